"""Over-representation of kinds of towns in groups, its exact intervals, and its two reasons."""
from __future__ import annotations

import numpy as np
import pandas as pd
import scipy

from methods._words import plain

__all__ = ["exact_interval", "over_representation", "two_reasons"]


def exact_interval(successes: pd.Series | np.ndarray | int, trials: pd.Series | np.ndarray | int,
                   level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Clopper and Pearson's exact bounds of a proportion.

    Parameters
    ----------
    successes, trials : whole numbers or arrays of them
        With 0 ≤ successes ≤ trials; no trial gives the bounds 0 and 1.
    level : float
        Confidence, in (0, 1); the true one is at least this.

    Returns
    -------
    low, high : arrays of bounds in [0, 1]

    Raises
    ------
    ValueError
        When there are more successes than trials, or a negative number.

    References
    ----------
    Clopper, C. J. and Pearson, E. S. (1934). The use of confidence or fiducial limits illustrated in the case
    of the binomial. Biometrika 26(4), 404–413.

    Examples
    --------
    None out of three: the upper bound solves (1 − p)³ = 0.025.

    >>> low, high = exact_interval(0, 3)
    >>> float(low), round(float(high), 4), round(1 - 0.025 ** (1 / 3), 4)
    (0.0, 0.7076, 0.7076)
    """
    x, n = np.asarray(successes, float), np.asarray(trials, float)
    if (x < 0).any() or (x > n).any():
        raise ValueError(f"{successes} successes in {trials} trials: successes lie between 0 and the trials")
    if not 0 < level < 1:
        raise ValueError(f"level is {level}: give a confidence between 0 and 1, such as 0.95")
    tail = (1 - level) / 2
    low = np.where(x > 0, scipy.special.betaincinv(np.maximum(x, 1), n - x + 1, tail), 0.0)
    high = np.where(x < n, scipy.special.betaincinv(x + 1, np.maximum(n - x, 1), 1 - tail), 1.0)
    return low, high


def _hypergeometric_p(x: int, group: int, marked: int, everyone: int) -> float:
    """Chance of a count as far out as `x` when `marked` labels fall at random: twice the smaller tail."""
    k = np.arange(max(0, group + marked - everyone), min(group, marked) + 1)

    def log_choose(n: int, r: np.ndarray | int) -> np.ndarray:
        return scipy.special.gammaln(n + 1) - scipy.special.gammaln(np.asarray(r) + 1) - scipy.special.gammaln(n - np.asarray(r) + 1)

    p = np.exp(log_choose(group, k) + log_choose(everyone - group, marked - k) - log_choose(everyone, marked))
    return float(min(1.0, 2 * min(p[k <= x].sum(), p[k >= x].sum())))


def over_representation(groups: pd.Series, marked: pd.Series, level: float = 0.95) -> pd.DataFrame:
    """Is a kind of town more common in some groups than its share in all groups would have it?

    Parameters
    ----------
    groups : Series, one value per town
        Group of each town (size class, region, type); a town without a group is left out.
    marked : Series of true and false, on the same index
        Which towns are of that kind (for example specialised).
    level : float
        Confidence of the intervals.

    Returns
    -------
    DataFrame, one row per group
        `towns`, `marked`, `expected` (towns × share of marked in all groups), `share` with exact bounds `low`
        and `high` (Clopper and Pearson), `ratio` of that share to the one in all groups with `ratio_low` and
        `ratio_high` (the base taken as known), `p_value` (conditional: the same number of marked towns dealt
        at random among all, twice the smaller tail).

    Raises
    ------
    ValueError
        When the two Series are not about the same towns.

    References
    ----------
    See `exact_interval`.

    Examples
    --------
    >>> groups = pd.Series(["small"] * 4 + ["large"] * 4)
    >>> marked = pd.Series([True, True, True, False, True, False, False, False])
    >>> table = over_representation(groups, marked)
    >>> table.loc["small", ["towns", "marked", "expected", "share", "ratio"]].tolist()
    [4.0, 3.0, 2.0, 0.75, 1.5]
    """
    if len(groups.index.symmetric_difference(marked.index)):
        odd = groups.index.symmetric_difference(marked.index)[0]
        raise ValueError(f"{plain(odd)} stands in one of the two only: give both for the same towns")
    marked = marked.loc[groups.index].astype(bool)[groups.notna()]
    table = marked.groupby(groups.dropna(), observed=True).agg(towns="size", marked="sum").astype(int)
    everyone, total = int(table.towns.sum()), int(table.marked.sum())
    base = total / everyone if everyone and total else float("nan")
    low, high = exact_interval(table.marked, table.towns, level)
    table = table.assign(expected=table.towns * base, share=table.marked / table.towns, low=low, high=high)
    table = table.assign(ratio=table.share / base, ratio_low=table.low / base, ratio_high=table.high / base)
    return table.assign(p_value=[_hypergeometric_p(row.marked, row.towns, total, everyone)
                                 for row in table.itertuples()])


def two_reasons(small: pd.Series, marked: pd.Series) -> pd.Series:
    """Why most specialised towns are small: small towns are many, or they are specialised more often?

    Among marked towns there are (small marked) / (large marked) small ones for one large one. That number is
    a product, exactly: (small towns / large towns) × (share marked among small / share marked among large).
    The first factor is there whatever industry does; only the second says that it sits in smaller places.
    Logarithms share the product out.

    Parameters
    ----------
    small, marked : Series of true and false, one value per town, on the same index
        Which towns are small, and which are specialised.

    Returns
    -------
    Series
        `odds` small for one large among marked towns; `many` and `often`, its two factors; `many_part`, the
        share of the first in the logarithm of the product (missing when `odds` is 1; over 1 when the two pull
        apart); `expected`, small marked towns if both kinds were marked equally often; `observed`; `excess`
        of the second.

    Raises
    ------
    ValueError
        When small or large towns, or their marked ones, are missing altogether: a ratio needs all four.

    Examples
    --------
    80 small towns of which 40 are marked, 20 large ones of which 5 are: 8 for 1 = 4 × 2.

    >>> small = pd.Series([True] * 80 + [False] * 20)
    >>> marked = pd.Series([True] * 40 + [False] * 40 + [True] * 5 + [False] * 15)
    >>> two_reasons(small, marked)[["odds", "many", "often", "expected", "excess"]].tolist()
    [8.0, 4.0, 2.0, 36.0, 4.0]
    """
    table = over_representation(small.astype(bool), marked)
    if set(table.index) != {True, False} or (table.marked == 0).any():
        raise ValueError(f"marked towns, small (True) and large (False): {table.marked.to_dict()} of "
                         f"{table.towns.to_dict()}: a ratio needs some of both kinds")
    many = table.towns[True] / table.towns[False]
    often = table.share[True] / table.share[False]
    odds = table.marked[True] / table.marked[False]
    part = np.log(many) / np.log(odds) if odds != 1 else float("nan")
    expected, observed = table.expected[True], table.marked[True]
    return pd.Series({"odds": odds, "many": many, "often": often, "many_part": part, "expected": expected,
                      "observed": observed, "excess": observed - expected}, dtype=float)
