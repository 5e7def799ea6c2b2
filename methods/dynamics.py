"""Growth by place and by group, and what each adds to the whole; with changes of trend, from `methods.reversals`.

Every function takes a tidy table with the columns `unit`, `group`, `year` and `jobs`, as `methods.shiftshare` does.
"""
from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import NormalDist

import pandas as pd

from methods._jobs import pool, wide
from methods.reversals import TRENDS, count_error, local_interval, reversals_by_noise, trend_reversal

__all__ = ["TRENDS", "growth_rate", "growth", "growth_interval", "contribution", "count_error", "local_interval",
           "trend_reversal", "reversals_by_noise"]


def growth_rate(start: pd.Series | float, end: pd.Series | float, years: float) -> pd.Series | float:
    """Mean growth a year, compounded: (end / start)^(1 / years) − 1.

    Parameters
    ----------
    start, end : numbers or Series of them
        Jobs, 0 or more.
    years : float
        Length of the period.

    Returns
    -------
    like `start`
        0.01 is one per cent a year; missing where there was nobody at the start.

    Raises
    ------
    ValueError
        When the length is not above 0.

    Examples
    --------
    >>> round(growth_rate(100, 121, 2), 6)
    0.1
    """
    if not years > 0:
        raise ValueError(f"the period is {years} years long: give a number above 0")
    if isinstance(start, pd.Series):
        return (end / start.where(start > 0)) ** (1 / years) - 1
    return (end / start) ** (1 / years) - 1 if start > 0 else float("nan")


def growth(table: pd.DataFrame, years: Sequence[int], classes: pd.Series | None = None) -> pd.DataFrame:
    """Growth a year of each unit, or of each class of units, from each date to the next.

    Parameters
    ----------
    table : DataFrame, columns `unit`, `group`, `year`, `jobs`
        The groups of a unit are added up.
    years : sequence of at least two years, increasing
    classes : Series, by unit, optional
        Class of each unit. A unit with a missing count at one of the years is left out of its class.

    Returns
    -------
    DataFrame, one row per unit or class (sorted), one column per period, such as ``"1982–1990"``
        Compounded; missing where a count is.

    Raises
    ------
    ValueError
        As in `methods.shiftshare.shift_share`.

    Examples
    --------
    >>> table = pd.DataFrame({"unit": "A", "group": "all", "year": [1, 2, 4], "jobs": [100, 110, 110]})
    >>> growth(table, [1, 2, 4]).round(6).loc["A"].to_dict()
    {'1–2': 0.1, '2–4': 0.0}
    """
    table = table if classes is None else pool(table, classes, years)
    jobs = wide(table, years).groupby("unit").sum(min_count=1)
    holes = wide(table, years).isna().groupby("unit").any()
    jobs = jobs.mask(holes)
    return pd.DataFrame({f"{a}–{b}": growth_rate(jobs[a], jobs[b], b - a) for a, b in pairwise(years)})


def growth_interval(table: pd.DataFrame, start: int, end: int, classes: pd.Series, level: float = 0.95) -> pd.DataFrame:
    """Growth a year of classes of units, with bounds that come from how differently their units grew.

    The growth of a class is a ratio of two sums. Its error is that of a ratio estimator, as if the units were drawn
    from many more of the same kind: it holds both what differs from town to town and the sampling of people.

    Parameters
    ----------
    table, classes
        As for `growth`; the groups of a unit are added up.
    start, end : int
        Two years of the table.
    level : float
        Confidence, in (0, 1).

    Returns
    -------
    DataFrame, one row per class
        `units`, `start` and `end` (jobs), `rate` a year (compounded), `low` and `high`, missing for a class of one unit.

    Raises
    ------
    ValueError
        When the level is out of range, or as in `growth`.

    References
    ----------
    Cochran, W. G. (1977). Sampling Techniques, 3rd edition, chapter 6. Wiley.

    Examples
    --------
    Two towns that grow alike leave no doubt, two that differ do.

    >>> table = pd.DataFrame({"unit": list("ABCD") * 2, "group": "all", "year": [1] * 4 + [2] * 4,
    ...                       "jobs": [100, 100, 100, 100, 110, 110, 90, 130]})
    >>> growth_interval(table, 1, 2, pd.Series({"A": "alike", "B": "alike", "C": "apart", "D": "apart"}))[
    ...     ["rate", "low", "high"]].round(3).to_numpy().tolist()
    [[0.1, 0.1, 0.1], [0.1, -0.292, 0.492]]
    """
    if not 0 < level < 1:
        raise ValueError(f"level is {level}: give a confidence between 0 and 1, such as 0.95")
    z = NormalDist().inv_cdf((1 + level) / 2)
    counts = wide(table, [start, end])
    jobs = counts.groupby("unit").sum()[~counts.isna().any(axis=1).groupby("unit").any()]
    named = pd.Series(classes).set_axis(pd.Index(classes.index).astype("str")).reindex(jobs.index)

    def one(rows: pd.DataFrame) -> pd.Series:
        n, before, after = len(rows), rows[start].sum(), rows[end].sum()
        ratio = after / before if before > 0 else float("nan")
        squares = ((rows[end] - ratio * rows[start]) ** 2).sum()
        reach = z * (n / (n - 1) * squares) ** 0.5 / before if n > 1 and before > 0 else float("nan")
        a_year = [max(r, 0) ** (1 / (end - start)) - 1 if r == r else r for r in (ratio, ratio - reach, ratio + reach)]
        return pd.Series([n, before, after, *a_year], ["units", "start", "end", "rate", "low", "high"])

    found = {name: one(rows) for name, rows in jobs.groupby(named, observed=True)}
    return pd.DataFrame(found).T.astype({"units": int}).rename_axis(named.name or "class")


def contribution(table: pd.DataFrame, start: int, end: int, by: str = "group", classes: pd.Series | None = None) -> pd.DataFrame:
    """What each group, unit or class adds to the growth of the whole, in points that add up to it.

    Parameters
    ----------
    table
        As for `growth`.
    start, end : int
        Two years of the table.
    by : {"group", "unit"}
    classes : Series, by unit, optional
        With ``by="unit"``: class of each unit.

    Returns
    -------
    DataFrame, one row per group, unit or class
        `start`, `change` (jobs), `own` growth over the period, `points` (change over all jobs at the start). Units with a
        missing count are left out of the whole too.

    Raises
    ------
    ValueError
        When `by` is neither, or as in `growth`.

    Examples
    --------
    >>> table = pd.DataFrame({"unit": "A", "group": ["x", "y"] * 2, "year": [1, 1, 2, 2], "jobs": [30, 70, 45, 65]})
    >>> contribution(table, 1, 2)["points"].round(6).to_dict()
    {'x': 0.15, 'y': -0.05}
    """
    if by not in ("group", "unit"):
        raise ValueError(f"by is {by!r}: give 'group' or 'unit'")
    units = pd.Index(table["unit"].astype("str").unique()).sort_values()
    kept = pool(table, pd.Series(units, units) if classes is None else classes, [start, end])
    counts = wide(kept, [start, end]).groupby(by).sum()
    whole = counts[start].sum()
    change = counts[end] - counts[start]
    return pd.DataFrame({"start": counts[start], "change": change, "own": change / counts[start].where(counts[start] > 0),
                         "points": change / whole})
