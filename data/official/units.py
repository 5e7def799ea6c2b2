"""The table of urban units from a composition: names, sizes, places, populations, and what other zonings say of them."""
from __future__ import annotations

import numpy as np
import pandas as pd

from data import load, schema
from data.loading import book_table
from data.official.communes import place, same_ground, today_of
from data.official.zonings import Zoning

__all__ = ["outside", "size_class", "today_zones", "urban_units"]

#: Bounds of INSEE's size classes 1 to 8 of urban units, and of its classes 1 to 4 of attraction areas, in inhabitants.
BOUNDS, AREA_BOUNDS = [5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 2_000_000], [50_000, 200_000, 700_000]
PARIS_AREA = "001"


def outside(zones: pd.Series) -> pd.Series:
    """Which codes of urban units stand for the communes of a département outside any: 01000 and so on."""
    return zones.str.fullmatch(r"\d[0-9AB]000")


def size_class(people: pd.Series) -> pd.Series:
    """INSEE's number of the size class of urban units.

    Examples
    --------
    >>> size_class(pd.Series([2_100, 5_000, 99_999, 2_000_000])).tolist()
    [1, 2, 5, 8]
    """
    return pd.Series(np.digitize(people, BOUNDS) + 1, people.index)


def today_zones(zoning: Zoning) -> pd.Series:
    """Zone of each commune of today that has one."""
    return place(load("communes")["commune"], zoning.communes["zone"])["zone"].dropna()


def _main(zones: pd.Series) -> pd.DataFrame:
    """The commune of today with most people in each zone, with its point and département."""
    communes = load("communes").set_index("commune").loc[zones.index].assign(zone=zones)
    communes = communes.sort_values("population_2023", kind="stable")
    middle = communes.groupby("zone")[["lon", "lat"]].mean().round(4)
    main = communes.rename_axis("main_commune_2026").reset_index().groupby("zone").tail(1).set_index("zone").sort_index()
    main[["lon", "lat"]] = main[["lon", "lat"]].fillna(middle)
    return main


def _known_of(main: pd.Series) -> pd.DataFrame:
    """What the book's own table says of each main commune: degree of urbanisation, attraction area."""
    columns = ["degurba", "aav2020", "aav_class", "aav_category"]
    book = book_table("urban_units").drop_duplicates("main_commune_2026").set_index("main_commune_2026")
    for column in ("degurba", "aav_class", "aav_category"):
        values = {c["label"]: c["value"] for f in schema.fields("urban_units") if f["name"] == column for c in f["categories"]}
        book[column] = book[column].astype("object").map(values)
    return book[columns].reindex(main.to_numpy()).set_axis(main.index)


def _areas(main: pd.Series, zoning: Zoning) -> pd.DataFrame:
    """Attraction area of each main commune, its class and the commune's category."""
    zones = today_zones(zoning)
    people = same_ground(zones)["population_2019"]
    area = place(main, zoning.communes["zone"])["zone"].reindex(main.to_numpy()).set_axis(main.index)
    category = place(main, zoning.communes["category"].replace("", np.nan).dropna())["zone"].reindex(main.to_numpy()).set_axis(main.index)
    number = pd.Series(np.digitize(people, AREA_BOUNDS) + 1, people.index)
    number[PARIS_AREA] = 5
    number["000"] = 0
    area = area.where(area.fillna("").str.fullmatch(r"[0-9]{3}|[A-Z]{3}"))
    return pd.DataFrame({"aav2020": area, "aav_class": area.map(number), "aav_category": pd.to_numeric(category, errors="coerce")})


def urban_units(zoning: Zoning, areas: Zoning | None) -> pd.DataFrame:
    """The table ``urban_units`` from a composition of urban units.

    Parameters
    ----------
    zoning : Zoning
        Of the kind "UU".
    areas : Zoning, optional
        Of the kind "AAV"; without it the book's own table is asked, and a unit whose main commune it does not know has none.

    Returns
    -------
    DataFrame, one row per unit of metropolitan France
        The columns of ``urban_units``. Size classes are computed from the legal populations of 2019.
    """
    zones = today_zones(zoning)
    zones = zones[~outside(zones)]
    people, main = same_ground(zones), _main(zones)
    main = main.loc[main.index.isin(people.index)]
    labels = zoning.communes.drop_duplicates("zone").set_index("zone")["label"]
    today = today_of(zoning.communes.index)
    old = {now: code for code, now in sorted(today.items(), reverse=True)} | {code: code for code in zoning.communes.index}
    units = pd.DataFrame({"name": labels.reindex(main.index), "department": main["department"],
                          "size_class": size_class(people["population_2019"].reindex(main.index)),
                          "main_commune": main["main_commune_2026"].map(old), "main_commune_2026": main["main_commune_2026"],
                          "lon": main["lon"], "lat": main["lat"]})
    known = _known_of(units["main_commune_2026"])
    if areas is not None:
        known = known.assign(**_areas(units["main_commune_2026"], areas))
    units = units.join(known).join(people)
    return units.rename_axis("urban_unit").reset_index()[[field["name"] for field in schema.fields("urban_units")]]
