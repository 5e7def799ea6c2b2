"""Where things are thick on the ground: location quotients with exact intervals, Lorenz and Gini."""
from __future__ import annotations

import numpy as np
import pandas as pd
import scipy

from methods._words import plain
from methods.representation import exact_interval

__all__ = ["count_interval", "quotients", "lorenz", "gini"]


def tail_of(level: float) -> float:
    """Chance left on each side of an interval."""
    if not 0 < level < 1:
        raise ValueError(f"level is {level}: give a confidence between 0 and 1, such as 0.95")
    return (1 - level) / 2


def _checked(counts: pd.Series, exposure: pd.Series) -> pd.DataFrame:
    """Counts and exposures of the same units, in sorted order, so that sums do not hang on the order of rows."""
    lost = counts.index.symmetric_difference(exposure.index)
    if len(lost):
        raise ValueError(f"{plain(lost[0])} has a count or an exposure, not both: give it both")
    if not counts.index.is_unique:
        raise ValueError(f"{plain(counts.index[counts.index.duplicated()][0])} stands twice: each unit needs its own name")
    table = pd.DataFrame({"count": counts, "exposure": exposure.reindex(counts.index)}).sort_index()
    bad = table[(table["count"] < 0) | (table["count"] % 1 != 0) | table["count"].isna()]
    if len(bad):
        raise ValueError(f"the count of {plain(bad.index[0])} is {bad['count'].iloc[0]:g}: counts are whole numbers, 0 or more")
    bad = table[~(table["exposure"] > 0)]
    if len(bad):
        raise ValueError(f"the exposure of {plain(bad.index[0])} is {bad['exposure'].iloc[0]:g}: a rate needs more than "
                         "nobody; leave the unit out")
    if not table["count"].sum():
        raise ValueError("all counts are 0: there is no concentration of nothing")
    return table


def count_interval(counts: np.ndarray | pd.Series | int, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Garwood's exact bounds of the mean of a Poisson law, from one count.

    Parameters
    ----------
    counts : whole number or array of them, 0 or more
    level : float
        Confidence, in (0, 1); the true one is at least this.

    Returns
    -------
    low, high : arrays, in counts
        The low bound of a count of 0 is 0; the high one is not.

    Raises
    ------
    ValueError
        When a count is negative, or the level out of range.

    References
    ----------
    Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28(3/4), 437–442.

    Examples
    --------
    Nothing seen: the high bound solves exp(−m) = 0.025.

    >>> low, high = count_interval(0)
    >>> float(low), round(float(high), 4), round(float(-np.log(0.025)), 4)
    (0.0, 3.6889, 3.6889)
    """
    x, tail = np.asarray(counts, float), tail_of(level)
    if (x < 0).any():
        raise ValueError(f"a count is {x.min():g}: counts are 0 or more")
    low = np.where(x > 0, scipy.special.gammaincinv(np.maximum(x, 1), tail), 0.0)
    return low, scipy.special.gammaincinv(x + 1, 1 - tail)


def quotients(counts: pd.Series, exposure: pd.Series, groups: pd.Series | None = None, level: float = 0.95,
              law: str = "poisson") -> pd.DataFrame:
    """Location quotients: each unit's share of the things over its share of the people, with exact bounds.

    Parameters
    ----------
    counts : Series of whole numbers, one per unit
        Things counted (third places); 0 is a count like another.
    exposure : Series, one value above 0 per unit, on the same index
        What they are compared with (people, people in work, jobs).
    groups : Series on the same index, optional
        Units are summed by group (tiers) first; a unit without a group still counts in the reference.
    level : float
        Confidence of the bounds.
    law : {"poisson", "binomial"}
        Garwood's bounds of the count, the reference taken as known; or Clopper and Pearson's bounds of the
        share of the things, their total taken as known. The second is narrower where a group holds a large
        part of them.

    Returns
    -------
    DataFrame, one row per unit or group, in sorted order
        `units`, `empty` (units with nothing), `count`, `exposure`, `expected` (at the rate of the whole),
        `quotient` (1 = as the whole), `low`, `high`. A group with nothing keeps its row: quotient 0, and a
        high bound.

    Raises
    ------
    ValueError
        When the two are not about the same units, a count or exposure is impossible, or all counts are 0.

    Examples
    --------
    >>> places, people = pd.Series([6, 2, 0], list("ABC")), pd.Series([300, 300, 200], list("ABC"))
    >>> quotients(places, people)["quotient"].round(3).tolist()
    [2.0, 0.667, 0.0]
    >>> quotients(places, people)["high"].round(2).tolist()
    [4.35, 2.41, 1.84]
    """
    if law not in ("poisson", "binomial"):
        raise ValueError(f"law is {law!r}: give 'poisson' or 'binomial'")
    units = _checked(counts, exposure)
    everything, everybody = units["count"].sum(), units["exposure"].sum()
    by = pd.Series(units.index, units.index) if groups is None else groups.reindex(units.index)
    units = units.assign(units=1, empty=(units["count"] == 0).astype(int))
    table = units.groupby(by, observed=True, sort=True)[["units", "empty", "count", "exposure"]].sum()
    table["expected"] = table["exposure"] * everything / everybody
    table["quotient"] = table["count"] / table["expected"]
    if law == "poisson":
        low, high = count_interval(table["count"], level)
    else:
        low, high = (bound * everything for bound in exact_interval(table["count"], everything, level))
    return table.assign(low=low / table["expected"], high=high / table["expected"])


def lorenz(counts: pd.Series, exposure: pd.Series) -> pd.DataFrame:
    """Lorenz curve: the share of the things that the least provided part of the people has.

    Parameters
    ----------
    counts, exposure : as for `quotients`

    Returns
    -------
    DataFrame
        `people` and `things`, shares in [0, 1] from (0, 0) to (1, 1); units of equal rate make one step.

    Raises
    ------
    ValueError
        As `quotients`.

    Examples
    --------
    >>> lorenz(pd.Series([0, 1, 3], list("ABC")), pd.Series([50, 25, 25], list("ABC"))).to_numpy().tolist()
    [[0.0, 0.0], [0.5, 0.0], [0.75, 0.25], [1.0, 1.0]]
    """
    units = _checked(counts, exposure)
    rate = (units["count"] / units["exposure"]).map("{:.12e}".format).astype(float)
    steps = units.groupby(rate.to_numpy(), sort=True)[["exposure", "count"]].sum()
    curve = (steps / steps.sum()).cumsum().set_axis(["people", "things"], axis=1)
    curve.iloc[-1] = 1.0
    return pd.concat([pd.DataFrame({"people": [0.0], "things": [0.0]}), curve], ignore_index=True)


def gini(counts: pd.Series, exposure: pd.Series) -> float:
    """Gini's coefficient of a Lorenz curve: 0 when all units have the same rate, near 1 when one small unit has all.

    Parameters
    ----------
    counts, exposure : as for `quotients`

    Returns
    -------
    float in [0, 1)

    Raises
    ------
    ValueError
        As `quotients`.

    Examples
    --------
    >>> gini(pd.Series([0, 1, 3], list("ABC")), pd.Series([50, 25, 25], list("ABC")))
    0.625
    """
    curve = lorenz(counts, exposure).to_numpy()
    return float(1 - (np.diff(curve[:, 0]) * (curve[1:, 1] + curve[:-1, 1])).sum())
