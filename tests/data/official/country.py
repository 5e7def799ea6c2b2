"""A whole country in the official layouts: made up from the book's own counts, to try what needs all its towns.

    python -m tests.data.official.country FOLDER
"""
from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from data import OCCUPATIONS
from data.loading import book_table
from tests.data.official import making

__all__ = ["country"]

#: Census of the made-up file -> census of the book whose workers stand in.
NEAREST = {1968: 1982, 1975: 1982, 1982: 1982, 1990: 1990, 1999: 1999, 2006: 2006, 2011: 2011, 2016: 2011, 2022: 2011}
NOISE = 0.02        # so little that paths repeat, and a drill ends


def _jobs(folder: Path, people: dict[str, dict[str, float]], draw: np.random.Generator) -> None:
    """Urssaf's jobs of three years: two branches of industry and one of services, each with a pace of its own."""
    activities = [("GS1 Industrie", "C1 Denrées alimentaires", "industry", 0.4, -0.01), ("GS1 Industrie", "C5 Autres produits", "industry", 0.6, 0.02),
                  ("GS4 Commerce", "GZ Commerce", "services", 0.5, 0.03)]
    making.jobs(folder / "jobs.csv", [(commune, sector, activity, {
        2006: (1, int(part * groups[group] * np.exp(draw.normal(0.1, 0.1)))), 2016: (1, int(part * groups[group])),
        2019: (1, int(part * groups[group] * (1 + draw.normal(pace, 0.05))))})
        for commune, groups in people.items() for sector, activity, group, part, pace in activities], [2006, 2016, 2019])


def country(folder: Path) -> Path:
    """Write compositions of units and zones, nine censuses, Urssaf's jobs and third places: every unit of the book as one commune.

    Parameters
    ----------
    folder : Path
        Made if need be.

    Returns
    -------
    Path
        The folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    units, counts = book_table("urban_units"), book_table("urban_units_occupations").set_index(["urban_unit", "year"])
    zones = {row.main_commune_2026: (row.urban_unit, row.name) for row in units.itertuples()}
    making.zoning(folder / "UU2020_au_01-01-2024.xlsx", zones)
    people = counts[OCCUPATIONS].sum(axis=1).where(lambda all_: all_ > 0, 1000)
    workers, draw = counts["workers"].fillna(300), np.random.default_rng(0)
    truth = {}
    for commune, (unit, _) in zones.items():
        for year, like in NEAREST.items():
            whole = float(people[unit, like])
            industry = round(min(0.7 * workers[unit, like] * np.exp(draw.normal(0, NOISE)), 0.8 * whole), 2)
            truth[commune, year] = {"agriculture": round(0.03 * whole, 2), "industry": float(industry), "construction": round(0.08 * whole, 2),
                                    "services": round(0.89 * whole - float(industry), 2)}
    making.census(folder / "pop-act2554-empl-sa-sexe-cd-6822.xlsx", truth)
    _jobs(folder, {commune: truth[commune, 2016] for commune in zones}, draw)
    making.zoning(folder / "ZE2020_au_01-01-2024.xlsx", {
        commune: (f"{1000 + int(commune[:2].replace('2A', '20').replace('2B', '96'))}", f"Zone {commune[:2]}") for commune in zones}, "ZE2020")
    listed = draw.poisson(units["population_2019"] / 40_000)
    making.places(folder / "places.csv", [{"ID": f"{row.urban_unit}-{n}", "NOM": "Place", "INSEECOM": row.main_commune_2026, "TYPO": "Coworking"}
                                          for row, many in zip(units.itertuples(), listed, strict=True) for n in range(many)])
    return folder


if __name__ == "__main__":
    country(Path(sys.argv[1]))
