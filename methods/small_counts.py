"""What small counts can say: funnel limits for a quotient, and smoothing that borrows from the whole."""
from __future__ import annotations

import numpy as np
import pandas as pd
import scipy

from methods.concentration import quotients, tail_of

__all__ = ["funnel_limits", "funnel", "smooth"]


def _upper(expected: np.ndarray, tail: float) -> np.ndarray:
    """The number u, not always whole, of which a Poisson law of this mean reaches u or more with this chance."""
    low, high = np.zeros_like(expected), expected + 12 * np.sqrt(expected) + 60
    for _ in range(80):
        middle = (low + high) / 2
        above = scipy.special.gammainc(np.maximum(middle, 1e-300), expected) > tail       # P(count ≥ middle)
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return (low + high) / 2


def _lower(expected: np.ndarray, tail: float) -> np.ndarray:
    """The number l of which the law stays at l or less with this chance; 0 where even 0 is likelier than that."""
    low, high = np.zeros_like(expected), expected + 1
    for _ in range(80):
        middle = (low + high) / 2
        above = scipy.special.gammaincc(middle + 1, expected) > tail                      # P(count ≤ middle)
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return np.where(np.exp(-expected) > tail, 0.0, (low + high) / 2)


def funnel_limits(expected: np.ndarray | pd.Series, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Limits that a quotient passes by chance with at most (1 − level) / 2 on each side, when all units are alike.

    Exact: a whole count lies outside of them if, and only if, its own tail of the Poisson law is smaller than
    that chance. Between whole counts the gamma function joins the points.

    Parameters
    ----------
    expected : array of numbers above 0
        Counts expected.
    level : float
        In (0, 1). 0.95 and 0.998 are usual.

    Returns
    -------
    low, high : arrays, as quotients
        `low` is 0 where even a count of 0 is no surprise.

    Raises
    ------
    ValueError
        When an expected count is not above 0, or the level is out of range.

    References
    ----------
    Spiegelhalter, D. J. (2005). Funnel plots for comparing institutional performance. Statistics in Medicine
    24(8), 1185–1202.

    Examples
    --------
    With 0.02532 expected, one or more has the chance 1 − exp(−0.02532) = 0.025; with 3.6889 expected, none
    has the chance exp(−3.6889) = 0.025:

    >>> low, high = funnel_limits(np.array([0.02532, 3.68888]))
    >>> round(float(high[0] * 0.02532), 3), round(float(low[1]), 3)
    (1.0, 0.0)
    """
    e, tail = np.asarray(expected, float), tail_of(level)
    if not (e > 0).all():
        raise ValueError(f"an expected count is {e.min():g}: give numbers above 0")
    return _lower(e, tail) / e, _upper(e, tail) / e


def funnel(counts: pd.Series, exposure: pd.Series, level: float = 0.95) -> pd.DataFrame:
    """Put each unit above, inside or below the funnel of its size.

    Parameters
    ----------
    counts, exposure : as for `quotients`
    level : float
        Of the limits.

    Returns
    -------
    DataFrame, one row per unit, in sorted order
        `count`, `expected`, `quotient`, `limit_low`, `limit_high`, `p_value` (twice the smaller tail), `side` ("above",
        "inside" or "below").

    Raises
    ------
    ValueError
        As `quotients`.

    Examples
    --------
    >>> places, people = pd.Series([9, 0, 1], list("ABC")), pd.Series([2, 4, 4], list("ABC"))
    >>> funnel(places, people)["side"].tolist()
    ['above', 'below', 'inside']
    """
    table = quotients(counts, exposure, level=level)[["count", "expected", "quotient"]]
    low, high = funnel_limits(table["expected"], level)
    x, e, tail = table["count"].to_numpy(float), table["expected"].to_numpy(float), tail_of(level)
    up = np.where(x > 0, scipy.special.gammainc(np.maximum(x, 1), e), 1.0)
    down = scipy.special.gammaincc(x + 1, e)
    side = np.select([up < tail, down < tail], ["above", "below"], "inside")
    return table.assign(limit_low=low, limit_high=high, p_value=np.minimum(1, 2 * np.minimum(up, down)), side=side)


def smooth(counts: pd.Series, exposure: pd.Series, level: float = 0.95) -> pd.DataFrame:
    """Empirical-Bayes quotients: pull each unit towards the whole, the more so the less there is to judge by.

    Marshall's global estimator. The spread of true rates is what is left of the spread of observed ones when
    that of mere counting is taken off. A gamma law with that mean and spread, seen through Poisson counts,
    gives the same estimate, and bounds for it; the law itself is taken as known.

    Parameters
    ----------
    counts, exposure : as for `quotients`
    level : float
        Of the bounds.

    Returns
    -------
    DataFrame, one row per unit, in sorted order
        `quotient` (raw), `weight` in [0, 1] (what the unit's own figure weighs), `smoothed`, `low`, `high`. All weights are 0
        when the rates vary no more than counting does.

    Raises
    ------
    ValueError
        As `quotients`.

    References
    ----------
    Marshall, R. J. (1991). Mapping disease and mortality rates using empirical Bayes estimators. Applied
    Statistics 40(2), 283–294.

    Examples
    --------
    >>> places, people = pd.Series([40, 10, 1], list("ABC")), pd.Series([1000, 1000, 20], list("ABC"))
    >>> smooth(places, people)[["quotient", "weight", "smoothed"]].round(2).to_numpy().tolist()
    [[1.58, 0.88, 1.52], [0.4, 0.88, 0.47], [1.98, 0.13, 1.13]]
    """
    table = quotients(counts, exposure)[["count", "expected", "quotient"]]
    e, q = table["expected"], table["quotient"]
    spread = max(float((e * (q - 1) ** 2).sum() / e.sum() - 1 / e.mean()), 0.0)
    weight = spread / (spread + 1 / e)
    smoothed = 1 + weight * (q - 1)
    low, high, tail = smoothed, smoothed, tail_of(level)
    if spread:
        shape, size = table["count"] + 1 / spread, e + 1 / spread
        low, high = (scipy.special.gammaincinv(shape, at) / size for at in (tail, 1 - tail))
    return pd.DataFrame({"quotient": q, "weight": weight, "smoothed": smoothed, "low": low, "high": high})
