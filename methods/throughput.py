"""Material throughput: growth compounded, and what circularity can and cannot take off it."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

__all__ = ["throughput", "years_to", "virgin_share", "scenarios"]


def _need_rate(rate: float) -> None:
    if not rate > -1:
        raise ValueError(f"rate is {rate}: give growth a year as a share above −1, such as 0.01 for 1 %")


def throughput(rate: float, years: int) -> pd.Series:
    """Material put through an economy that grows by the same share each year; year 0 = 1.

    Parameters
    ----------
    rate : float
        Growth a year as a share: 0.01 is 1 %; above −1.
    years : int
        0 or more.

    Returns
    -------
    Series (years + 1,), by year from 0

    Raises
    ------
    ValueError
        When the rate or the number of years is out of range.

    Examples
    --------
    >>> throughput(0.5, 2).tolist()
    [1.0, 1.5, 2.25]
    """
    _need_rate(rate)
    if years < 0:
        raise ValueError(f"years is {years}: give 0 or more")
    when = np.arange(int(years) + 1)
    return pd.Series((1.0 + rate) ** when, pd.Index(when, name="year"), name="throughput")


def years_to(factor: float, rate: float) -> float:
    """Years until a throughput has been multiplied by a factor.

    Parameters
    ----------
    factor : float
        Above 0: 2 for a doubling, 0.5 for a halving.
    rate : float
        Growth a year as a share, above −1.

    Returns
    -------
    float
        Infinite when the rate never leads there.

    Raises
    ------
    ValueError
        When the factor or the rate is out of range.

    Examples
    --------
    >>> round(years_to(2, 0.01), 1), years_to(2, -0.02)
    (69.7, inf)
    """
    _need_rate(rate)
    if not factor > 0:
        raise ValueError(f"factor is {factor}: give a number above 0, such as 2 for a doubling")
    if factor == 1:
        return 0.0
    if rate == 0 or np.sign(np.log(factor)) != np.sign(rate):
        return float("inf")
    return float(np.log(factor) / np.log1p(rate))


def virgin_share(rate: float, circularity: float, life: float) -> float:
    """Part of the throughput that must be taken anew, when what comes back was put in years ago.

    Of what was put in `life` years ago a share `circularity` comes back today. In a throughput that grows, less was put in
    then than is needed now, so even perfect recovery does not close the loop: 1 − circularity × (1 + rate)^(−life), and no
    less than 0. The same rate is taken to have held before, too.

    Parameters
    ----------
    rate : float
        Growth a year as a share, above −1.
    circularity : float
        Share recovered of what leaves use, in [0, 1].
    life : float
        Years that material stays in use, 0 or more.

    Returns
    -------
    float
        In [0, 1].

    Raises
    ------
    ValueError
        When a number is out of range.

    References
    ----------
    Grosse, F. (2010). Is recycling "part of the solution"? The role of recycling in an expanding society and a world of
    finite resources. S.A.P.I.EN.S 3(1).

    Examples
    --------
    Twice as much is put in each year as the year before; all of last year's comes back, half of what is needed:

    >>> virgin_share(1.0, circularity=1.0, life=1)
    0.5
    """
    _need_rate(rate)
    if not 0 <= circularity <= 1:
        raise ValueError(f"circularity is {circularity}: give the share recovered, between 0 and 1")
    if not life >= 0:
        raise ValueError(f"life is {life}: give the years in use, 0 or more")
    return max(0.0, 1.0 - circularity * (1.0 + rate) ** -life)


def scenarios(rates: Sequence[float], circularities: Sequence[float], years: int = 50, life: float = 20) -> pd.DataFrame:
    """Throughput and new material after some years, for each rate of growth and each circularity.

    Parameters
    ----------
    rates, circularities : sequences of float
        As in `virgin_share`.
    years : int
        0 or more.
    life : float
        Years that material stays in use, 0 or more.

    Returns
    -------
    DataFrame, one row per rate and circularity, in the order given
        `rate`, `circularity`; `throughput` in the last year (first year = 1); `virgin_share` of it; `virgin`: new material
        in the last year (the whole throughput of the first year = 1); `taken`: new material of all years after the first,
        added up, in the same unit.

    Raises
    ------
    ValueError
        As in `throughput` and `virgin_share`.

    Examples
    --------
    >>> scenarios([0.0, 1.0], [0.5], years=2, life=1)[["throughput", "virgin", "taken"]].values.tolist()
    [[1.0, 0.5, 1.0], [4.0, 3.0, 4.5]]
    """
    rows = []
    for rate in rates:
        flow = throughput(rate, years)
        for circularity in circularities:
            part = virgin_share(rate, circularity, life)
            rows.append([rate, circularity, flow.iloc[-1], part, part * flow.iloc[-1], part * flow.iloc[1:].sum()])
    return pd.DataFrame(rows, columns=["rate", "circularity", "throughput", "virgin_share", "virgin", "taken"])
