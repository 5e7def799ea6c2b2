"""Land use over the years: shares, change, steps that need a second look, what swapped with what."""
from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from methods._words import plain

__all__ = ["land_shares", "change", "against", "per_inhabitant", "steps", "in_steps", "swaps", "by_year"]


def by_year(areas: pd.Series) -> pd.Series:
    """One area a year, in the order of the years, checked.

    Parameters
    ----------
    areas : Series, by year
        Hectares.

    Returns
    -------
    Series of float, by year in order

    Raises
    ------
    ValueError
        When an area is missing or negative, a year stands twice, or there is one year only.

    Examples
    --------
    >>> by_year(pd.Series({2015: 3, 1983: 5})).to_dict()
    {1983: 5.0, 2015: 3.0}
    """
    if areas.isna().any() or (areas < 0).any() or len(areas) < 2:
        bad = areas[areas.isna() | (areas < 0)]
        raise ValueError(f"areas must be known and 0 or more in at least two years; got {plain(list(bad)) if len(bad) else plain(list(areas))}: "
                         "leave out the years without a figure")
    if areas.index.has_duplicates:
        raise ValueError(f"the year {plain(areas.index[areas.index.duplicated()][0])} stands twice: give each once")
    return areas.sort_index().astype(float)


def land_shares(areas: pd.DataFrame) -> pd.DataFrame:
    """Share of each use in the land of its row.

    Parameters
    ----------
    areas : DataFrame, one row per place or year, one column per use
        Hectares, 0 or more, which add up to the whole area.

    Returns
    -------
    DataFrame of the same shape
        In [0, 1]; each row adds up to 1. Missing where a row has no land.

    Raises
    ------
    ValueError
        When an area is negative or missing.

    Examples
    --------
    >>> land_shares(pd.DataFrame({"factories": [10], "housing": [30]})).to_dict("list")
    {'factories': [0.25], 'housing': [0.75]}
    """
    if areas.isna().to_numpy().any() or (areas < 0).to_numpy().any():
        raise ValueError("an area is negative or missing: a share needs every use of the row")
    whole = areas.sum(axis=1)
    return areas.div(whole.where(whole > 0), axis=0)


def change(areas: pd.DataFrame, start: int, end: int) -> pd.DataFrame:
    """Change of each use between two years.

    Parameters
    ----------
    areas : DataFrame, one row per year, one column per use or place
        Hectares.
    start, end : int
        Years of the index.

    Returns
    -------
    DataFrame, one row per use
        `start`, `end`, `hectares` (end − start) and `change` (relative; missing from nothing).

    Raises
    ------
    KeyError
        When there is no figure of one of the years.

    Examples
    --------
    >>> change(pd.DataFrame({"factories": [20.0, 15.0]}, index=[1983, 2015]), 1983, 2015).iloc[0].to_dict()
    {'start': 20.0, 'end': 15.0, 'hectares': -5.0, 'change': -0.25}
    """
    for year in (start, end):
        if year not in areas.index:
            raise KeyError(f"no figure of {year}: the years are {plain(sorted(areas.index))}")
    first, last = areas.loc[start].astype(float), areas.loc[end].astype(float)
    gained = last - first
    return pd.DataFrame({"start": first, "end": last, "hectares": gained, "change": gained / first.where(first > 0)})


def against(areas: pd.DataFrame, part: Sequence[str], others: Sequence[str]) -> pd.Series:
    """Hectares of some uses for each hectare of others: production against housing and offices.

    Parameters
    ----------
    areas : DataFrame, one row per year or place, one column per use
    part, others : lists of uses, none in both

    Returns
    -------
    Series
        Missing where there is none of the others.

    Raises
    ------
    ValueError
        When a use stands in both lists, or one is empty.

    Examples
    --------
    >>> land = pd.DataFrame({"factories": [8], "storage": [2], "housing": [40]})
    >>> against(land, ["factories", "storage"], ["housing"]).tolist()
    [0.25]
    """
    both = sorted(set(part) & set(others))
    if both or not len(part) or not len(others):
        raise ValueError(f"{both or 'one of the lists'} {'stands on both sides' if both else 'is empty'}: compare some uses with others")
    base = areas[sorted(others)].sum(axis=1)
    return areas[sorted(part)].sum(axis=1) / base.where(base > 0)


def per_inhabitant(areas: pd.Series, people: pd.Series) -> pd.Series:
    """Square metres for each inhabitant, only where a population is known for the very same place or year.

    Parameters
    ----------
    areas : Series
        Hectares.
    people : Series
        Inhabitants, by the same index; a place or year that it lacks stays without a figure.

    Returns
    -------
    Series, by the index of `areas`

    Raises
    ------
    ValueError
        When a population is negative.

    Examples
    --------
    >>> per_inhabitant(pd.Series({1983: 50.0, 2015: 60.0}), pd.Series({2015: 20_000})).to_dict()
    {1983: nan, 2015: 30.0}
    """
    if (people < 0).any():
        raise ValueError(f"a population is {plain(people[people < 0].iloc[0])}: give 0 or more, or leave it out")
    known = people.reindex(areas.index).astype(float)
    return areas * 10_000 / known.where(known > 0)


def steps(areas: pd.Series, threshold: float = 0.10, floor: float = 0.0) -> pd.DataFrame:
    """Steps from one year to the next that are larger than a threshold: to be looked at before any word on a trend.

    Parameters
    ----------
    areas : Series, by year
        Hectares of one use in one place. Years may be missing: a step then spans several years, and says so.
    threshold : float
        Relative to the area before the step; 0.10 is 10 %.
    floor : float
        Steps of fewer hectares are left out: one plot in a village is a large share of little.

    Returns
    -------
    DataFrame, one row per step, by year
        `from`, `to`, `before`, `after`, `hectares`, `change` (missing from nothing) and `years`, how many it spans.

    Raises
    ------
    ValueError
        When an area is missing or negative, a year stands twice, there is one year only, or the threshold or
        the floor is negative.

    Examples
    --------
    >>> steps(pd.Series({1983: 100.0, 1984: 105.0, 1985: 84.0})).to_dict("list")
    {'from': [1984], 'to': [1985], 'before': [105.0], 'after': [84.0], 'hectares': [-21.0], 'change': [-0.2], 'years': [1]}
    """
    if threshold < 0 or floor < 0:
        raise ValueError(f"threshold is {threshold} and floor {floor}: give numbers of 0 or more, 0.10 is 10 %")
    areas = by_year(areas)
    years, values = areas.index.to_numpy(), areas.to_numpy()
    frame = pd.DataFrame({"from": years[:-1], "to": years[1:], "before": values[:-1], "after": values[1:]})
    frame["hectares"] = (frame["after"] - frame["before"]).round(6)
    frame["change"] = frame["hectares"] / frame["before"].where(frame["before"] > 0)
    frame["years"] = frame["to"] - frame["from"]
    from_nothing = (frame["before"] == 0) & (frame["after"] > 0)
    large = (frame["change"].abs() > threshold) | from_nothing
    return frame[large & (frame["hectares"].abs() >= floor)].reset_index(drop=True)


def in_steps(areas: pd.Series, threshold: float = 0.10, floor: float = 0.0) -> pd.Series:
    """Split a change between the first and the last year into large steps and all the rest.

    Parameters, errors as for `steps`.

    Returns
    -------
    Series
        `total` = `up` (large steps upwards) + `down` (downwards) + `rest` (all other years), in hectares.

    Examples
    --------
    >>> in_steps(pd.Series({1983: 100.0, 1984: 105.0, 1985: 84.0})).to_dict()
    {'total': -16.0, 'up': 0.0, 'down': -21.0, 'rest': 5.0}
    """
    areas, found = by_year(areas), steps(areas, threshold, floor)["hectares"]
    total, up, down = areas.iloc[-1] - areas.iloc[0], found[found > 0].sum(), found[found < 0].sum()
    return pd.Series({"total": total, "up": up, "down": down, "rest": total - up - down}).round(6)


def swaps(areas: pd.DataFrame, start: int, end: int) -> pd.Series:
    """What each use gained and lost between two years, from the largest loss to the largest gain.

    The land of a place does not change, so gains and losses cancel. If one use loses in one year about what
    another gains, the same plots may have changed their name. The figures do not say so, nor do they deny it.

    Parameters
    ----------
    areas : DataFrame, one row per year, one column per use
    start, end : int
        Years of the index.

    Returns
    -------
    Series, by use
        Hectares, by size and then by name.

    Raises
    ------
    KeyError
        As for `change`.

    Examples
    --------
    >>> land = pd.DataFrame({"factories": [9, 4], "waste": [1, 6], "housing": [5, 5]}, index=[2011, 2012])
    >>> swaps(land, 2011, 2012).to_dict()
    {'factories': -5.0, 'housing': 0.0, 'waste': 5.0}
    """
    gained = change(areas, start, end)["hectares"].round(6).sort_index()
    return gained.sort_values(kind="stable")
