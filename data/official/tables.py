"""Tables of the book's schema from what was read, and what was lost between the two."""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from data import load
from data.official.census import GROUPS, Census
from data.official.communes import overseas, place, without_cities_twice
from data.official.jobs import Jobs
from data.official.losses import Losses
from data.official.units import outside, today_zones
from data.official.zonings import Zoning

__all__ = ["census_tables", "jobs_tables", "places_tables"]

#: Communes add up to less than the sheets of départements by more than this: the sheets of communes are cut short.
AGREE = 0.005


def _classes(units: pd.DataFrame) -> pd.Series:
    return units.set_index("urban_unit")["size_class"]


def _placed(frame: pd.DataFrame, zoning: Zoning, units: pd.DataFrame) -> pd.DataFrame:
    """Rows of metropolitan France with their zone; a city beside its districts counted once.

    A zone that is neither a unit of the table nor "outside" (a unit whose population is not known) is no zone: it is lost.
    """
    frame, _ = without_cities_twice(frame[~overseas(frame["code"])])
    zone = frame["code"].map(place(frame["code"], zoning.communes["zone"])["zone"])
    return frame.assign(zone=zone.where(zone.isin(units["urban_unit"]) | outside(zone.fillna(""))))


def _short(census: Census, people: pd.DataFrame, groups: list[str], year: int) -> Iterator[tuple[str, float]]:
    """Départements whose communes add up to less than their own sheet, when all together do."""
    if census.departments is None:
        return
    own = census.departments[(census.departments["year"] == year) & ~overseas(census.departments["department"])]
    own = own.set_index("department")[groups].sum(axis=1)
    ours = people.groupby(people["code"].str[:2])[groups].sum().sum(axis=1)
    if own.sum() - ours.sum() > AGREE * own.sum():
        missing = own - ours.reindex(own.index, fill_value=0)
        yield from ((f"département {code} without communes of its own", amount) for code, amount in missing[missing > 0].items())


def _census_losses(path: Path, census: Census, frame: pd.DataFrame, groups: list[str]) -> Losses:
    """Losses of the census that loses most; each census is checked."""
    worst = None
    for year, people in frame.groupby("year"):
        lost = people[people["zone"].isna()]
        short = list(_short(census, people, groups, year))
        losses = Losses(path, f"people at work in {year}", people[groups].sum().sum() + sum(amount for _, amount in short))
        losses.add_communes(lost.set_index("code")["name"], lost.set_index("code")[groups].sum(axis=1))
        for cause, amount in short:
            losses.add(cause, amount)
        losses.check()
        worst = losses if worst is None or losses.share > worst.share else worst
    return worst


def _tell(losses: Losses, census: Census, frame: pd.DataFrame, groups: list[str]) -> None:
    """What is no loss and yet to be known: overseas, communes outside units, cells without a number, communes born later."""
    away = census.communes[overseas(census.communes["code"]) & census.communes[groups].notna().any(axis=1)]
    last = frame[frame["year"] == census.years[-1]]
    rural = last[outside(last["zone"].fillna("")).to_numpy()]
    missed, exists = frame[frame["missed"]], frame[frame[groups].notna().any(axis=1)]
    first = exists.groupby("code")["year"].min()
    born = first[first > census.years[0]]
    cities = without_cities_twice(census.communes)[1]
    losses.told("overseas", f"{away['code'].nunique()} communes overseas are left out")
    losses.told("outside", f"{rural[groups].sum().sum():,.0f} of {last[groups].sum().sum():,.0f} people at work in {census.years[-1]} live "
                f"outside any urban unit: they are in the class 'outside urban units'")
    losses.told("missed", f"{len(missed)} rows of communes have a cell without a number (counted as 0): "
                f"{', '.join(sorted(set(missed['code']))[:10]) or 'none'}")
    losses.told("born", f"{len(born)} communes have no figures at the first census and some later: until then they count where they were")
    if cities:
        losses.told("cities", f"{', '.join(cities)} and their districts both have rows: the districts count")


def _sums(frame: pd.DataFrame, key: str, groups: list[str]) -> pd.DataFrame:
    """Sums by a key and census in whole people; nobody at work in a place at a census means no figures."""
    sums = frame.groupby([key, "year"])[groups].sum().round(0).astype("int64").astype("object")
    sums[(sums == 0).all(axis=1)] = None
    return sums.reset_index()


def census_tables(census: Census, path: Path, zoning: Zoning, units: pd.DataFrame) -> tuple[dict[str, pd.DataFrame], Losses]:
    """Groups by urban unit, size class, département and in metropolitan France, at each census.

    Parameters
    ----------
    census : Census
    path : Path
        Where it was read, for messages.
    zoning : Zoning
        Composition of urban units.
    units : DataFrame
        Of `urban_units`.

    Returns
    -------
    tables : dict of str to DataFrame
        ``urban_units_KIND``, ``size_class_KIND``, ``department_KIND``, ``france_KIND``, KIND being sectors or occupations.
    losses : Losses
        Of the census that loses most.

    Raises
    ------
    RefusedError
        When more than 3 % of a census is lost.
    """
    groups = list(GROUPS[census.kind])
    frame = _placed(census.communes, zoning, units)
    losses = _census_losses(path, census, frame, groups)
    _tell(losses, census, frame, groups)
    classes = _classes(units)
    frame = frame[frame["zone"].notna()]
    frame = frame.assign(urban_unit=frame["zone"], size_class=frame["zone"].map(classes).fillna(0).astype(int), department=frame["code"].str[:2])
    inside = frame[frame["urban_unit"].isin(classes.index)]
    names = load("department_occupations").drop_duplicates("department").set_index("department")["name"]
    department = _sums(frame, "department", groups)
    department.insert(1, "name", department["department"].map(names))
    france = frame.groupby("year")[groups].sum().round(0).astype("int64").reset_index()
    return {f"urban_units_{census.kind}": _sums(inside, "urban_unit", groups), f"size_class_{census.kind}": _sums(frame, "size_class", groups),
            f"department_{census.kind}": department, f"france_{census.kind}": france}, losses


def _long(frame: pd.DataFrame, key: list[str], years: list[int]) -> pd.DataFrame:
    """Sums by key, activity and year, from one column a year; rows without establishment and job left out."""
    keys = [*key, "activity", "industry"]
    sums = frame.groupby(keys, as_index=False)[[f"{what}_{year}" for year in years for what in ("establishments", "jobs")]].sum()
    parts = [sums[keys].assign(year=year, establishments=sums[f"establishments_{year}"].round().astype("int64"),
                               jobs=sums[f"jobs_{year}"].round().astype("int64")) for year in years]
    long = pd.concat(parts, ignore_index=True)
    long = long[(long["establishments"] > 0) | (long["jobs"] > 0)]
    return long.sort_values([*key, "year", "activity", "industry"])[[*key, "year", "activity", "industry", "establishments", "jobs"]]


def jobs_tables(jobs: Jobs, path: Path, zoning: Zoning, units: pd.DataFrame) -> tuple[dict[str, pd.DataFrame], Losses]:
    """Private jobs by activity, in each urban unit and size class and in metropolitan France, each year.

    Parameters, returns and errors as for `census_tables`; losses are those of the last year.
    """
    last = f"jobs_{jobs.years[-1]}"
    frame = _placed(jobs.communes.assign(year=0, name=""), zoning, units)
    losses = Losses(path, f"jobs in {jobs.years[-1]}", frame[last].sum())
    lost = frame[frame["zone"].isna()].groupby("code")[last].sum()
    losses.add_communes(pd.Series(dtype="str"), lost)
    losses.check()
    away = jobs.communes[overseas(jobs.communes["code"])]
    classes = _classes(units)
    frame = frame[frame["zone"].notna()]
    frame = frame.assign(urban_unit=frame["zone"], size_class=frame["zone"].map(classes).fillna(0).astype(int))
    inside = frame[frame["urban_unit"].isin(classes.index)]
    losses.told("overseas", f"{away[last].sum():,.0f} jobs overseas are left out")
    losses.told("outside", f"{frame[last].sum() - inside[last].sum():,.0f} jobs in {jobs.years[-1]} are outside any urban unit")
    if cities := without_cities_twice(jobs.communes.assign(year=0))[1]:
        losses.told("cities", f"{', '.join(cities)} and their districts both have rows: the districts count")
    losses.told("missed", f"{jobs.suppressed:,} cells hold no number (counted as 0)")
    return {"urban_units_jobs": _long(inside, ["urban_unit"], jobs.years), "size_class_jobs": _long(frame, ["size_class"], jobs.years),
            "france_jobs": _long(frame, [], jobs.years)}, losses


def _by_class(places: pd.DataFrame, zones: pd.Series, units: pd.DataFrame) -> pd.DataFrame:
    """Places and people by the size class of their commune's urban unit."""
    def classes(found: pd.Series) -> pd.Series:
        return found.map(_classes(units)).fillna(0).astype(int)

    people = load("communes").set_index("commune")["population_2019"]
    by = pd.DataFrame({"third_places": classes(places["zone"]).value_counts(), "coworking": places.groupby(classes(places["zone"]))["coworking"].sum(),
                       "population_2019": people.groupby(classes(zones.reindex(people.index))).sum()})
    return by.reindex(range(9)).fillna(0).astype(int).rename_axis("size_class").reset_index()


def places_tables(places: pd.DataFrame, path: Path, zoning: Zoning, units: pd.DataFrame, zones: Zoning | None
                  ) -> tuple[dict[str, pd.DataFrame], Losses]:
    """Third places by size class of their commune, and by employment zone when its composition is there.

    Parameters, returns and errors as for `census_tables`.
    """
    here = places[~overseas(places["commune"])]
    here = _placed(here.assign(code=here["commune"], year=range(len(here))), zoning, units)     # no two rows stand for one place
    losses = Losses(path, "places", len(here))
    losses.add("places without a commune and without coordinates in metropolitan France", (here["how"] == "nowhere").sum())
    strange = here[(here["how"] != "nowhere") & here["zone"].isna()]
    losses.add_communes(pd.Series(dtype="str"), strange.groupby("commune").size())
    losses.check()
    losses.told("near", f"{(here['how'] == 'coordinates').sum()} places without a code are put in the nearest commune")
    losses.told("overseas", f"{len(places) - len(here)} places overseas are left out")
    found = here[here["zone"].notna()]
    tables = {"third_places_by_commune_class": _by_class(found, today_zones(zoning), units)}
    if zones is not None:
        zone = found["commune"].map(place(found["commune"], zones.communes["zone"])["zone"])
        people = load("communes").set_index("commune")["population_2023"]
        labels = zones.communes.drop_duplicates("zone").set_index("zone")["label"]
        by = pd.DataFrame({"name": labels, "population_2023": people.groupby(today_zones(zones).reindex(people.index)).sum(),
                           "third_places": zone.value_counts(), "coworking": found.groupby(zone)["coworking"].sum()})
        by = by[by["population_2023"].notna()].fillna({"third_places": 0, "coworking": 0}).rename_axis("employment_zone").reset_index()
        tables["zone_third_places"] = by.astype({"population_2023": int, "third_places": int, "coworking": int})
    return tables, losses


