"""The tidy table that `methods.shiftshare` and `methods.dynamics` share: one row per unit, group and year."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from methods._words import plain

__all__ = ["by_unit", "growth_factors", "pool", "wide", "wide_reference"]


def _checked(table: pd.DataFrame, keys: list[str], years: Sequence[int], what: str) -> pd.DataFrame:
    """The rows of some years, after a look at the columns, the years, the keys and the counts."""
    lost = [name for name in [*keys, "year", "jobs"] if name not in table]
    if lost:
        raise ValueError(f"{what} has no column {lost[0]!r}: give {', '.join([*keys, 'year', 'jobs'])}")
    absent = [year for year in years if not (table["year"] == year).any()]
    if absent:
        raise ValueError(f"{what} has no row of {plain(absent[0])}: it has {plain(sorted(table['year'].unique()))}")
    rows = table.loc[table["year"].isin(list(years)), [*keys, "year", "jobs"]]
    twice = rows.duplicated([*keys, "year"])
    if twice.any():
        raise ValueError(f"{what} has two rows for {plain(rows.loc[twice, [*keys, 'year']].iloc[0])}: add them up first")
    if (rows["jobs"] < 0).any():
        bad = rows[rows["jobs"] < 0].iloc[0]
        raise ValueError(f"{what} has {bad['jobs']:g} jobs for {plain(bad[[*keys, 'year']])}: counts are 0 or more")
    return rows.astype(dict.fromkeys(keys, "str"))


def wide(table: pd.DataFrame, years: Sequence[int]) -> pd.DataFrame:
    """Counts with one row per (unit, group), sorted, and one column per year; what has no row is missing, never zero.

    Examples
    --------
    >>> table = pd.DataFrame({"unit": ["A", "A"], "group": ["x", "x"], "year": [2, 1], "jobs": [5, 4]})
    >>> wide(table, [1, 2]).to_numpy().tolist()
    [[4.0, 5.0]]
    """
    if len(set(years)) != len(years) or list(years) != sorted(years):
        raise ValueError(f"years must go forward, each once; got {plain(years)}")
    rows = _checked(table, ["unit", "group"], years, "the table")
    # pivot_table would add missing counts up to zero, or drop a unit that has none
    return rows.astype({"jobs": float}).pivot(index=["unit", "group"], columns="year", values="jobs").sort_index()[list(years)]  # noqa: PD010


def wide_reference(reference: pd.DataFrame | None, counts: pd.DataFrame, region: pd.Series | None = None) -> pd.DataFrame:
    """Counts of the reference by group (or by region and group), one column per year.

    Without one of its own it is the sum of the units, those with a missing count left out at every date: a unit that
    appears is not growth.
    """
    keys = ["group"] if region is None else ["region", "group"]
    if reference is not None:
        rows = _checked(reference, keys, list(counts.columns), "the reference")
        whole = rows.astype({"jobs": float}).pivot(index=keys, columns="year", values="jobs").sort_index()[list(counts.columns)]  # noqa: PD010
    else:
        holes = counts.isna().any(axis=1).groupby("unit").transform("any")
        rows = counts[~holes]
        names = rows.index.get_level_values("group")
        by = [names] if region is None else [region.reindex(rows.index.get_level_values("unit")).to_numpy(), names]
        whole = rows.groupby(by).sum().rename_axis(keys if len(keys) > 1 else keys[0])
    if whole.isna().to_numpy().any():
        row, column = np.argwhere(whole.isna().to_numpy())[0]
        raise ValueError(f"the reference has no count for {plain(whole.index[row])} in {plain(whole.columns[column])}: give each")
    return whole


def by_unit(regions: pd.Series, units: pd.Index) -> pd.Series:
    """The region of each row's unit; a unit without one is an error."""
    region = regions.set_axis(regions.index.astype("str")).reindex(units)
    if region.isna().any():
        raise ValueError(f"no region for {plain(units[region.isna()][0])}: give one to each unit")
    return region.astype("str")


def growth_factors(whole: pd.DataFrame, keys: pd.Index, before: np.ndarray) -> np.ndarray:
    """End over start of the reference, for each key; one where neither it nor the unit had anything at the start."""
    lost = keys[~keys.isin(whole.index)]
    if len(lost):
        raise ValueError(f"the reference has no {plain(lost[0])}: it must hold every group of the table")
    start, end = whole.reindex(keys).to_numpy().T
    if ((start == 0) & (before > 0)).any():
        odd = plain(keys[(start == 0) & (before > 0)][0])
        raise ValueError(f"the reference has nobody of {odd} at the start, and a unit has some: it must contain the units")
    return np.divide(end, start, out=np.ones_like(end), where=start > 0)


def pool(table: pd.DataFrame, classes: pd.Series, years: Sequence[int]) -> pd.DataFrame:
    """Make one unit of each class of units: a tidy table that every function of `methods.shiftshare` and `methods.dynamics` takes.

    Parameters
    ----------
    table : DataFrame, columns `unit`, `group`, `year`, `jobs`
        One row per unit, group and year.
    classes : Series, by unit
        Class of each unit; a unit without one is left out.
    years : sequence of int
        The years kept. A unit with a missing count in one of them is left out of all.

    Returns
    -------
    DataFrame, columns `unit` (the class), `group`, `year`, `jobs`, sorted

    Examples
    --------
    >>> table = pd.DataFrame({"unit": ["A", "B", "C"], "group": "all", "year": 1, "jobs": [1, 2, 4]})
    >>> pool(table, pd.Series({"A": "small", "B": "small", "C": "large"}), [1])["jobs"].tolist()
    [4.0, 3.0]
    """
    counts = wide(table, years)
    holes = counts.isna().any(axis=1).groupby("unit").transform("any")
    counts = counts[~holes]
    units, groups = counts.index.get_level_values("unit"), counts.index.get_level_values("group")
    named = pd.Series(classes).set_axis(pd.Index(classes.index).astype("str")).reindex(units)
    known = named.notna().to_numpy()
    by = [named[known].astype("str").to_numpy(), groups[known]]
    sums = counts[known].groupby(by).sum().rename_axis(["unit", "group"])
    long = sums.reset_index().melt(["unit", "group"], var_name="year", value_name="jobs")
    return long.sort_values(["unit", "group", "year"], ignore_index=True)
