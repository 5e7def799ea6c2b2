"""From the output of ``official_tables`` to the tables of the book: one vocabulary, gaps, corrections.

``python -m data.recipes.carry_over FOLDER`` reads the files that ``official_tables`` wrote into FOLDER. It
changes:

* columns: ``population`` of employment zones becomes ``population_2018``; the municipalities of Mons get a
  code and a name like every other table; départements and communes get their name from the list of 2026;
* missing values: Saint-Nazaire (66104) has zeros in 1982 where it has no figures; the six third places that
  could not be placed have no size class;
* points: ``official_tables`` took each town hall as the source gives it. Some lie far from their commune, six
  by more than 25 km (Carnac in Burgundy: the sign of its longitude is lost), and the degree of urbanisation
  was read there. Both are taken again, at points that lie in the commune; Orée d'Anjou (49303) gets the point
  that it lacked;
* ground: Essarts en Bocage was one commune in 2019 and is three today. ``population_2023`` counted one of
  them, and now counts the three.
"""
from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data import OCCUPATIONS
from data.recipes.fetch import Downloads
from data.recipes.geography import TODAY, Outlines, by_code
from data.recipes.writing import write_table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LOCATED", "carry_over", "located"]

UNITS = ["urban_unit", "name", "department", "size_class", "main_commune", "main_commune_2026", "lon", "lat",
         "degurba", "aav2020", "aav_class", "aav_category", "population_2019", "population_2023"]
ZONES = ["employment_zone", "name", "main_commune", "lon", "lat", "largest_town_size_class",
         "population_2018", "employed_2011", "unemployment_pct_2011", "workers_pct_2011", "managers_pct_2011",
         "self_employed_pct_2011", "workers_pct_1982", "employment_1998", "employment_2006",
         "employment_2015", "third_places", "coworking"]
DEPARTMENTS = ["department", "name", "region", "jobs_2016", "industry_pct_2016", "workers_pct_2011",
               "population_change_pct_2011_2016", "vacant_dwellings_pct"]
#: The source's spelling of three regions -> their legal name.
REGIONS = {"Auvergne et Rhône-Alpes": "Auvergne-Rhône-Alpes", "Nouvelle Aquitaine": "Nouvelle-Aquitaine",
           "Bourgogne et Franche-Comté": "Bourgogne-Franche-Comté"}
#: Urban unit -> the communes of today on the ground that one commune held in 2019.
GROUND = {"85212": ["85084", "85165", "85212"]}
#: Table -> its column with the commune that stands for the row. Their points can be made again.
LOCATED = {"urban_units": "main_commune_2026", "employment_zones": "main_commune"}


def located(frame: pd.DataFrame, commune: str, outlines: Outlines) -> pd.DataFrame:
    """A table with its points (and degrees of urbanisation, if it has them) taken from the packages again."""
    points = [outlines.point(code) for code in frame[commune]]
    assert all(how != "none" for *_, how in points), "a commune that stands for a row has no point"
    frame = frame.assign(lon=[str(lon) for lon, _, _ in points], lat=[str(lat) for _, lat, _ in points])
    if "degurba" in frame:
        frame["degurba"] = [str(outlines.urbanisation(lon, lat)) for lon, lat, _ in points]
    return frame


def _same_ground(units: pd.DataFrame, today: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Urban units whose main commune has since been split, with all of its people in 2023."""
    units = units.copy()
    for unit, communes in GROUND.items():
        people = sum(today[commune]["population"] for commune in communes)
        units.loc[units["urban_unit"] == unit, "population_2023"] = str(people)
    return units


def _without_empty_censuses(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows where every group counts zero people have no figures: empty, not zero."""
    frame = frame.copy()
    frame.loc[(frame[OCCUPATIONS] == "0").all(axis=1), OCCUPATIONS] = ""
    return frame


def carry_over(source: Path, downloads: Downloads, outlines: Outlines, out: Path) -> None:
    """Write the official tables into ``out/tables``.

    Parameters
    ----------
    source : Path
        Folder with the output of ``official_tables``.
    downloads, outlines
        Where names, points and degrees of urbanisation come from.
    out : Path
    """
    import pandas as pd
    today = by_code(downloads.decoupage(TODAY))
    names = {code: row["nom"] for code, row in today.items()}
    departments = {row["code"]: row["nom"] for row in downloads.decoupage(TODAY, "departements")}

    def table(file: str, name: str, columns: list[str], change: Callable[[Any], Any]) -> None:
        frame = change(pd.read_csv(source / f"{file}.csv", dtype=str, keep_default_na=False))
        if name in LOCATED:
            frame = located(frame, LOCATED[name], outlines)
        rows = frame[columns].itertuples(index=False, name=None)
        write_table(out / "tables" / f"{name}.csv", columns, rows)

    span, years = "_occupations_1982_2011", ["year", *OCCUPATIONS]
    table("urban_units", "urban_units", UNITS, lambda f: _same_ground(f, today))
    table(f"urban_units{span}", "urban_units_occupations", ["urban_unit", *years], _without_empty_censuses)
    table(f"size_class{span}", "size_class_occupations", ["size_class", *years], lambda f: f)
    table(f"department{span}", "department_occupations", ["department", "name", *years],
          lambda f: f.assign(name=f["department"].map(departments)))
    table(f"france{span}", "france_occupations", years, lambda f: f)
    table(f"case_communes{span}", "case_communes_occupations", ["commune", "name", *years],
          lambda f: f.assign(name=f["commune"].map(names)))
    table("employment_zones", "employment_zones", ZONES,
          lambda f: f.rename(columns={"population": "population_2018"}))
    table("third_places_by_commune_class", "third_places_by_commune_class",
          ["size_class", "third_places", "coworking", "population_2019"],
          lambda f: f.assign(size_class=f["size_class"].replace("unknown", "")))
    table("industry_and_workers_by_department", "industry_and_workers_by_department", DEPARTMENTS,
          lambda f: f.assign(region=f["region"].replace(REGIONS)))
    mons = pd.read_csv(source / "mons_land_use_1983_2015.csv", nrows=0).columns[3:].tolist()
    table("mons_land_use_1983_2015", "mons_land_use", ["municipality", "name", "year", *mons],
          lambda f: f.rename(columns={"municipality": "name", "refnis": "municipality"}))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        packages = Downloads(Path(folder))
        carry_over(Path(sys.argv[1]), packages, Outlines(packages), Path(__file__).resolve().parents[1])
