"""Which zone a commune of any date belongs to, and populations on today's ground.

A commune is looked for in the zoning itself; as a district of Paris, Lyon or Marseille in its city; through the commune of
today that holds its ground, as the table ``former_communes`` says; and through another commune of the zoning's date that the
same commune of today has absorbed. What is found in none of these ways is lost, and counted.
"""
from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from data import load

__all__ = ["DISTRICTS", "overseas", "place", "same_ground", "today_of", "without_cities_twice"]

#: City -> its districts (arrondissements).
DISTRICTS = {"75056": [str(code) for code in range(75101, 75121)], "69123": [str(code) for code in range(69381, 69390)],
             "13055": [str(code) for code in range(13201, 13217)]}
CITY = {district: city for city, districts in DISTRICTS.items() for district in districts}


def overseas(codes: pd.Series) -> pd.Series:
    """Which codes of communes are overseas: the book covers metropolitan France."""
    return codes.str.startswith(("97", "98"))


def today_of(codes: Iterable[str]) -> dict[str, str]:
    """Commune of today of each code that has one.

    Examples
    --------
    >>> today_of(["01340", "01015", "75102", "99999"])
    {'01340': '01015', '01015': '01015', '75102': '75056'}
    """
    today, former = set(load("communes")["commune"]), dict(load("former_communes").itertuples(index=False, name=None))
    found = {}
    for code in codes:
        now = CITY.get(code, code)
        now = now if now in today else former.get(now)
        if now is not None:
            found[code] = now
    return found


def place(codes: Iterable[str], zones: pd.Series) -> pd.DataFrame:
    """The zone of each commune.

    Parameters
    ----------
    codes : iterable of str
        Codes of communes of any date.
    zones : Series of str
        Zone of each commune of the zoning's date, indexed by commune.

    Returns
    -------
    DataFrame, one row per code
        ``zone`` (missing when not found) and ``how``: "itself", "its city", "its commune of today", "a commune that is
        now the same", "not found".
    """
    codes = sorted(set(codes))
    known, now = zones.to_dict(), today_of({*codes, *zones.index})
    same: dict[str, set[str]] = {}
    for commune, zone in known.items():
        same.setdefault(now.get(commune, ""), set()).add(zone)
    rows = {}
    for code in codes:
        ways = {"itself": known.get(code), "its city": known.get(CITY.get(code, "")), "its commune of today": known.get(now.get(code, "")),
                "a commune that is now the same": min(same.get(now.get(code, "-"), {""})) or None}
        if code not in known and CITY.get(code) and not ways["its city"]:       # a zoning that lists districts only
            ways["its city"] = next((known[other] for other in DISTRICTS[CITY[code]] if other in known), None)
        if code in DISTRICTS and code not in known:
            ways["its city"] = next((known[other] for other in DISTRICTS[code] if other in known), None)
        how = next((way for way, zone in ways.items() if zone), "not found")
        rows[code] = (ways.get(how), how)
    return pd.DataFrame.from_dict(rows, orient="index", columns=["zone", "how"], dtype="object").rename_axis("commune")


def without_cities_twice(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Rows without those of a city whose districts stand beside it at the same census, and the cities dropped so.

    Parameters
    ----------
    frame : DataFrame
        With columns ``code`` and ``year``.

    Returns
    -------
    frame : DataFrame
    cities : list of str
    """
    districts = frame[frame["code"].isin(CITY)]
    both = set(zip(districts["code"].map(CITY), districts["year"], strict=True))
    twice = pd.Series([pair in both for pair in zip(frame["code"], frame["year"], strict=True)], frame.index, dtype=bool)
    return frame[~twice], sorted(set(frame.loc[twice, "code"]))


def same_ground(zone: pd.Series) -> pd.DataFrame:
    """Legal populations of zones in 2019 and 2023, on the same communes at both dates.

    Parameters
    ----------
    zone : Series of str
        Zone of each commune of today, indexed by commune.

    Returns
    -------
    DataFrame, one row per zone
        ``population_2019``, ``population_2023``; communes that have split since 2019 count when all their parts are in the
        zone, and are left out of both otherwise.
    """
    people = load("communes").set_index("commune")[["population_2019", "population_2023"]].reindex(zone.index)
    whole = people.dropna().groupby(zone).sum()
    split = load("communes_unmatched").query("column == 'population_2019' and reason == 'split since'")
    for (parts, before), _ in split.groupby(["counted", "people"]):
        codes = parts.split()
        zones = set(zone.reindex(codes))
        if len(zones) == 1 and (name := zones.pop()) == name and all(code in people.index for code in codes):
            after = people.loc[codes, "population_2023"].sum()
            whole.loc[name] = whole.loc[name].add([before, after]) if name in whole.index else [before, after]
    return whole.astype(int).sort_index()
