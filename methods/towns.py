"""What a town is: size classes, coverage and agreement of definitions, rank–size rule, skills."""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pandas as pd

from methods._words import plain

__all__ = ["size_class", "coverage", "agreement", "Agreement", "rank_size", "RankSize", "skill_ratio"]


def _bound_labels(bounds: Sequence[float]) -> list[str]:
    """Say the classes between bounds in words: under 5,000; 5,000–19,999; 20,000 and over."""
    whole = all(float(bound).is_integer() for bound in bounds)
    texts = [f"{bound:,.0f}" if whole else f"{bound:,g}" for bound in bounds]
    ends = [f"{bound - 1:,.0f}" for bound in bounds] if whole else texts
    between = [f"{low}–{high}" for low, high in zip(texts, ends[1:], strict=False)]
    return [f"under {texts[0]}", *between, f"{texts[-1]} and over"]


def size_class(population: pd.Series, bounds: Sequence[float],
               labels: Sequence[str] | None = None) -> pd.Series:
    """Put each town into a size class between any bounds.

    Parameters
    ----------
    population : Series, one value per town
        Inhabitants, 0 or more. A missing value gives a missing class.
    bounds : sequence of k increasing numbers
        Where one class ends and the next begins; a town exactly on a bound belongs to the upper class.
    labels : sequence of k + 1 texts, optional
        Names of the classes from the smallest; by default the bounds in words.

    Returns
    -------
    Series
        Ordered categorical with k + 1 classes, on the index of `population`.

    Raises
    ------
    ValueError
        When the bounds do not increase, a population is negative or the number of labels is wrong.

    Examples
    --------
    >>> size_class(pd.Series([4_999, 5_000, 25_000]), bounds=[5_000, 20_000]).tolist()
    ['under 5,000', '5,000–19,999', '20,000 and over']
    """
    bounds = [float(bound) for bound in bounds]
    if not bounds or not all(low < high for low, high in pairwise(bounds)):
        raise ValueError(f"bounds must increase, got {bounds}: give them from the smallest, each once")
    names = list(labels) if labels is not None else _bound_labels(bounds)
    if len(names) != len(bounds) + 1:
        raise ValueError(f"{len(bounds)} bounds make {len(bounds) + 1} classes, got the labels {names}")
    sizes = pd.Series(population).astype(float)
    if (sizes < 0).any():
        town = sizes.index[sizes < 0][0]
        raise ValueError(f"the population of {town} is {sizes[town]:g}: correct it, or make it missing")
    codes = np.where(sizes.isna(), -1, np.searchsorted(bounds, sizes, side="right"))
    return pd.Series(pd.Categorical.from_codes(codes, names, ordered=True), sizes.index, name="size_class")


def _as_mask(units: pd.DataFrame, definition: pd.Series | Callable[[pd.DataFrame], pd.Series]) -> pd.Series:
    """Turn a definition into one true or false per row of `units`."""
    mask = definition(units) if callable(definition) else definition
    mask = pd.Series(mask, index=None if isinstance(mask, pd.Series) else units.index)
    lost = units.index.difference(mask.index)
    if len(lost):
        raise ValueError(f"the definition leaves out {plain(lost[0])} ({len(lost)} such): give each a value")
    mask = mask.loc[units.index]
    if mask.isna().any() or not mask.isin([True, False]).all():
        bad = mask.index[mask.isna() | ~mask.isin([True, False])][0]
        raise ValueError(f"the definition gives {plain(mask[bad])} for {plain(bad)}: give true or false")
    return mask.astype(bool)


def coverage(units: pd.DataFrame, definition: pd.Series | Callable[[pd.DataFrame], pd.Series],
             totals: Mapping[str, float]) -> pd.DataFrame:
    """Count what a definition of "town" covers: how many towns, people, workers, and their share of a total.

    Parameters
    ----------
    units : DataFrame, one row per town
        With at least the columns named in `totals`.
    definition : Series of true and false, or function of `units`
        Which rows are towns.
    totals : mapping of column to number
        The whole that each column is a part of (for example the people of France), above 0. The key
        ``"towns"``, if given, replaces the number of rows of `units`.

    Returns
    -------
    DataFrame
        Rows ``"towns"`` and one per column; columns `covered`, `total`, `share` (in [0, 1] when the total is
        the whole) and `missing` (covered towns without a figure: they add nothing to `covered`).

    Raises
    ------
    ValueError
        When a column is unknown, a total is not positive, or the definition leaves a town undecided.

    Examples
    --------
    >>> units = pd.DataFrame({"people": [10, 20, 70]}, index=["A", "B", "C"])
    >>> coverage(units, lambda towns: towns.people < 50, {"people": 200}).share.round(3).to_dict()
    {'towns': 0.667, 'people': 0.15}
    """
    covered = units[_as_mask(units, definition)]
    rows = {"towns": (len(covered), totals.get("towns", len(units)), 0)}
    for column in (name for name in totals if name != "towns"):
        if column not in units:
            raise ValueError(f"no column {column!r}: `totals` may name {', '.join(map(str, units.columns))}")
        rows[column] = covered[column].sum(), totals[column], int(covered[column].isna().sum())
    bad = {name: total for name, (_, total, _) in rows.items() if not total > 0}
    if bad:
        raise ValueError(f"totals must be above 0, got {bad}: a share needs a whole")
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["covered", "total", "missing"])
    return table.assign(share=table.covered / table.total)[["covered", "total", "share", "missing"]]


class Agreement(NamedTuple):
    """What two definitions have in common: the cross-table of counts and the Jaccard index."""

    table: pd.DataFrame
    jaccard: float


def agreement(a: pd.Series, b: pd.Series) -> Agreement:
    """Compare two definitions of "town", case by case.

    Parameters
    ----------
    a, b : Series of true and false, one value per unit, on the same index (in any order)

    Returns
    -------
    Agreement
        `table`, DataFrame of counts, rows `a` true and false, columns `b` true and false; `jaccard`, units
        that both cover over units that at least one covers, in [0, 1], missing when neither covers any.

    Raises
    ------
    ValueError
        When the two are not about the same units.

    References
    ----------
    Jaccard, P. (1912). The distribution of the flora in the alpine zone. New Phytologist 11, 37–50.

    Examples
    --------
    >>> a, b = pd.Series([True, True, True, False]), pd.Series([False, True, True, True])
    >>> agreement(a, b).jaccard
    0.5
    """
    odd = a.index.symmetric_difference(b.index)
    if len(odd):
        raise ValueError(f"{plain(odd[0])} stands in one definition only ({len(odd)} such): give it both")
    first, second = (_as_mask(pd.DataFrame(index=a.index), mask) for mask in (a, b))
    counts = [[int(((first == in_a) & (second == in_b)).sum()) for in_b in (True, False)]
              for in_a in (True, False)]
    table = pd.DataFrame(counts, pd.Index([True, False], name="a"), pd.Index([True, False], name="b"))
    union = len(first) - table.loc[False, False]
    return Agreement(table, float(table.loc[True, True] / union) if union else float("nan"))


class RankSize(NamedTuple):
    """The rank–size line: log(rank − 1/2) = intercept + slope · log(size), with the interval of its slope."""

    slope: float
    low: float
    high: float
    standard_error: float
    intercept: float
    towns: int


def rank_size(population: pd.Series, level: float = 0.95) -> RankSize:
    """Fit the rank–size rule of towns and say how sure its slope is.

    Towns are ranked from the largest; the logarithm of the rank, less one half, is regressed on the logarithm
    of the size. A slope of −1 is the rule in its plain form (the second town half the first, the third a
    third). The half takes away most of the bias of small samples, and the usual standard error of the
    regression is far too small (ranks are not independent): the right one is |slope| · sqrt(2 / n).

    Parameters
    ----------
    population : Series or array of n values
        Inhabitants, above 0; missing values are left out. Equal sizes may be ranked either way: the line is
        the same.
    level : float
        Confidence of the interval, in (0, 1).

    Returns
    -------
    RankSize
        `slope` (negative; its opposite is the exponent of the Pareto law), `low`, `high`, `standard_error`,
        `intercept`, `towns` (n).

    Raises
    ------
    ValueError
        When a size is not above 0, or fewer than two different sizes are left.

    References
    ----------
    Gabaix, X. and Ibragimov, R. (2011). Rank − 1/2: a simple way to improve the OLS estimation of tail
    exponents. Journal of Business & Economic Statistics 29(1), 24–39.

    Examples
    --------
    Sizes made so that (rank − 1/2) · size is 60 give a slope of −1 exactly, with a standard error of sqrt(2 /
    3):

    >>> line = rank_size(pd.Series([120, 40, 24]))
    >>> round(line.slope, 6), round(line.standard_error, 4)
    (-1.0, 0.8165)
    """
    sizes = np.sort(pd.Series(population).dropna().to_numpy(float))[::-1]
    if not (sizes > 0).all():
        raise ValueError(f"a size is {sizes.min():g}: the rule has logarithms, leave out what is not above 0")
    if len(np.unique(sizes)) < 2:
        raise ValueError(f"{len(np.unique(sizes))} different sizes: a line needs at least two")
    if not 0 < level < 1:
        raise ValueError(f"level is {level}: give a confidence between 0 and 1, such as 0.95")
    x, y = np.log(sizes), np.log(np.arange(1, len(sizes) + 1) - 0.5)
    slope = float(((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum())
    error = abs(slope) * (2 / len(sizes)) ** 0.5
    reach = NormalDist().inv_cdf((1 + level) / 2) * error
    intercept = float(y.mean() - slope * x.mean())
    return RankSize(slope, slope - reach, slope + reach, error, intercept, len(sizes))


def skill_ratio(occupations: pd.DataFrame) -> pd.Series:
    """Managers and intermediate occupations for one worker: fewer workers and more skilled people raise it.

    Parameters
    ----------
    occupations : DataFrame, one row per place or census
        With the columns `managers`, `intermediate` and `workers`, people.

    Returns
    -------
    Series
        (managers + intermediate) / workers; missing where there is no worker.

    Raises
    ------
    ValueError
        When a column is missing.

    Examples
    --------
    >>> skill_ratio(pd.DataFrame({"managers": [10], "intermediate": [20], "workers": [60]})).tolist()
    [0.5]
    """
    lost = [name for name in ("managers", "intermediate", "workers") if name not in occupations]
    if lost:
        raise ValueError(f"no column {plain(lost[0])} among {', '.join(map(str, occupations.columns))}")
    skilled = occupations["managers"] + occupations["intermediate"]
    return (skilled / occupations["workers"].where(occupations["workers"] > 0)).rename("skill_ratio")
