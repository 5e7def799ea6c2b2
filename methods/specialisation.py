"""Specialisation of places: shares, index, states, sampling intervals, over-representation."""
from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import NormalDist

import numpy as np
import pandas as pd

from data.words import OCCUPATIONS
from methods._words import plain
from methods.representation import exact_interval, over_representation, two_reasons

__all__ = ["share", "location_quotient", "specialisation_index", "classify", "share_interval", "index_interval", "exact_interval",
           "over_representation", "two_reasons"]

Table = pd.Series | pd.DataFrame


def _first(table: Table, bad: Table) -> str:
    """Name the first place of `table` where `bad` is true, and its value."""
    row, *column = np.argwhere(bad.to_numpy())[0]
    place = plain(table.index[row]) + "".join(f", {plain(table.columns[c])}" for c in column)
    return f"{table.to_numpy()[(row, *column)]:g} at {place}"


def share(part: Table, whole: Table) -> Table:
    """Part over whole, in [0, 1]; missing where the whole is zero or either is missing.

    Parameters
    ----------
    part, whole : Series or DataFrame of the same shape and index
        Counts, 0 or more, `part` at most `whole`.

    Returns
    -------
    Series or DataFrame
        Shares in [0, 1]. Nobody out of nobody is missing, never zero.

    Raises
    ------
    ValueError
        When a count is negative or a part is larger than its whole.

    Examples
    --------
    >>> share(pd.Series([30, 0, 0]), pd.Series([120, 50, 0])).tolist()
    [0.25, 0.0, nan]
    """
    if (part < 0).to_numpy().any():
        raise ValueError(f"a count is {_first(part, part < 0)}: counts are 0 or more")
    if (part > whole).to_numpy().any():
        raise ValueError(f"a part is {_first(part, part > whole)}, more than its whole: check both columns")
    return part / whole.where(whole > 0)


def location_quotient(shares: Table, reference: pd.Series | float) -> Table:
    """Specialisation index: the share here over the share in the reference.

    Parameters
    ----------
    shares : Series (one value per place) or DataFrame (one row per place, one column per date)
        Shares in [0, 1], missing allowed.
    reference : float, or Series with one share per column of `shares` (per row when `shares` is a Series)
        Share in the reference, usually the country at the same date.

    Returns
    -------
    Series or DataFrame
        1 = like the reference, 1.25 = a quarter more. Missing where the share is missing, and for zero over
        zero.

    Raises
    ------
    ValueError
        When a date (or row) has no reference, or the reference is zero where a place has some.

    Examples
    --------
    >>> shares = pd.DataFrame({1982: [0.4, 0.2], 2011: [0.3, None]}, index=["A", "B"])
    >>> location_quotient(shares, pd.Series({1982: 0.32, 2011: 0.2})).round(3).to_dict("list")
    {1982: [1.25, 0.625], 2011: [1.5, nan]}
    """
    keys = shares.columns if isinstance(shares, pd.DataFrame) else shares.index
    base = pd.Series(reference, index=keys, dtype=float)
    if base.isna().any():
        raise ValueError(f"no reference share for {plain(keys[base.isna()][0])}: give one for each date")
    empty = (shares > 0) & (base <= 0)
    if empty.to_numpy().any():
        raise ValueError(f"a share is {_first(shares, empty)}, but 0 in the reference, which must contain it")
    return shares / base.where(base > 0)


def specialisation_index(counts: pd.DataFrame, reference: pd.DataFrame, place: str = "urban_unit", group: str = "workers",
                         whole: Sequence[str] = tuple(OCCUPATIONS)) -> pd.DataFrame:
    """Specialisation index of every place at every date, from a table of counts.

    Parameters
    ----------
    counts : DataFrame, one row per place and `year`
        People by group, one column each.
    reference : DataFrame, one row per `year`
        The same groups in the country.
    place : str
        Column that names the place.
    group : str
        The group whose share is compared.
    whole : sequence of str
        The groups that make the whole.

    Returns
    -------
    DataFrame, one row per place (sorted), one column per year
        1 = like the country; missing where the place has no figures.

    Raises
    ------
    ValueError
        As in `share` and `location_quotient`.

    Examples
    --------
    >>> towns = pd.DataFrame({"town": ["A", "A"], "year": [1982, 2011], "workers": [30, 20], "others": [70, 80]})
    >>> country = pd.DataFrame({"year": [1982, 2011], "workers": [300, 160], "others": [700, 840]})
    >>> specialisation_index(towns, country, "town", whole=["workers", "others"]).round(6).to_numpy().tolist()
    [[1.0, 1.25]]
    """
    counts, nation = counts.assign(everybody=counts[list(whole)].sum(axis=1, min_count=1)), reference.set_index("year")
    part, all_ = (counts.pivot_table(name, place, "year", "sum") for name in (group, "everybody"))
    return location_quotient(share(part, all_), share(nation[group], nation[list(whole)].sum(axis=1)))


def _state_labels(bounds: Sequence[float]) -> list[str]:
    """Say the states between thresholds in words."""
    between = [f"{low:g} to {high:g}" for low, high in pairwise(bounds)]
    return [f"under {bounds[0]:g}", *between, f"{bounds[-1]:g} and over"]


def classify(values: Table, bounds: Sequence[float], states: Sequence[str] | None = None) -> Table:
    """Turn an index into ordered states by thresholds.

    Parameters
    ----------
    values : Series or DataFrame of numbers
        A missing value stays missing: it is never a state.
    bounds : k increasing numbers
        Thresholds; a value exactly on one belongs to the upper state.
    states : k + 1 texts, optional
        Names from the lowest state; by default the thresholds in words.

    Returns
    -------
    Series or DataFrame
        Ordered categoricals with the same k + 1 states in each column.

    Raises
    ------
    ValueError
        When the thresholds do not increase, the number of states is wrong, or a value is infinite.

    Examples
    --------
    >>> index = pd.Series([0.79, 0.8, 1.3, None])
    >>> classify(index, [0.8, 1, 1.25], ["low", "below", "above", "high"]).tolist()
    ['low', 'below', 'high', nan]
    """
    bounds = [float(bound) for bound in bounds]
    if not bounds or not all(low < high for low, high in pairwise(bounds)):
        raise ValueError(f"thresholds must increase, got {bounds}: give them from the lowest, each once")
    names = list(states) if states is not None else _state_labels(bounds)
    if len(names) != len(bounds) + 1:
        raise ValueError(f"{len(bounds)} thresholds make {len(bounds) + 1} states, got the names {names}")
    if np.isinf(values.to_numpy(float)).any():
        raise ValueError(f"a value is {_first(values, np.isinf(values))}: make it missing, it has no state")
    if isinstance(values, pd.DataFrame):
        return values.apply(lambda column: classify(column, bounds, names))
    codes = np.where(values.isna(), -1, np.searchsorted(bounds, values.astype(float), side="right"))
    return pd.Series(pd.Categorical.from_codes(codes, names, ordered=True), values.index, name=values.name)


def share_interval(part: Table, whole: Table, sampling_fraction: float = 1.0, design_effect: float = 1.0,
                   level: float = 0.95) -> tuple[Table, Table]:
    """Bounds of a share that comes from a sample (Wilson's interval with an effective sample size).

    With N people counted after weighting, a fraction f in the sample and a design effect d (people of one
    household are drawn together, so they tell less than as many people drawn alone), the variance of a share
    p is about d · (1 − f) · p (1 − p) / (f · N). That is the variance of a simple sample of n = f · N / (d ·
    (1 − f)) people, which Wilson's formula then turns into bounds that stay in [0, 1]. With f = 1 nothing was
    sampled: the bounds are the share itself. Not included: non-response, wrong answers, rounding, and a
    design effect that differs by place.

    Parameters
    ----------
    part, whole : Series or DataFrame
        Weighted counts as published.
    sampling_fraction : float
        f, in (0, 1]; 0.25 for a one-in-four sample.
    design_effect : float
        d, 1 for a simple random sample, usually between 1 and 3 for samples of households.
    level : float
        Confidence, in (0, 1).

    Returns
    -------
    low, high : like `part`
        Missing where the share is missing.

    Raises
    ------
    ValueError
        When f, d or the level is out of range, or as in `share`.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the
    American Statistical Association 22(158), 209–212. Kish, L. (1965). Survey Sampling. Wiley.

    Examples
    --------
    400 people of whom half work in a factory, one in four asked: n = 0.25 · 400 / 0.75 = 133.3 people.

    >>> low, high = share_interval(pd.Series([200]), pd.Series([400]), sampling_fraction=0.25)
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.416], [0.584])
    """
    if not 0 < sampling_fraction <= 1:
        raise ValueError(f"sampling_fraction is {sampling_fraction}: give 0.25 for one in four, 1 for all")
    if not design_effect > 0:
        raise ValueError(f"design_effect is {design_effect}: give a number above 0, 1 for a simple sample")
    if not 0 < level < 1:
        raise ValueError(f"level is {level}: give a confidence between 0 and 1, such as 0.95")
    p = share(part, whole)
    z2 = NormalDist().inv_cdf((1 + level) / 2) ** 2
    sample = sampling_fraction * whole.where(whole > 0) / design_effect
    spread = z2 * (1 - sampling_fraction) / sample              # z² / n
    centre, reach = p + spread / 2, np.sqrt(p * (1 - p) * spread + spread**2 / 4)
    return ((centre - reach) / (1 + spread)).clip(lower=0), ((centre + reach) / (1 + spread)).clip(upper=1)


def index_interval(part: Table, whole: Table, reference: pd.Series | float, sampling_fraction: float = 1.0,
                   design_effect: float = 1.0, level: float = 0.95) -> tuple[Table, Table]:
    """Bounds of the specialisation index: those of the share, over a reference taken as known.

    The reference counts millions of people, so its own sampling error is left out. Parameters, returns,
    errors and limits are those of `share_interval` and `location_quotient`.

    Examples
    --------
    >>> low, high = index_interval(pd.Series([200]), pd.Series([400]), 0.4, sampling_fraction=0.25)
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([1.04], [1.46])
    """
    bounds = share_interval(part, whole, sampling_fraction, design_effect, level)
    low, high = (location_quotient(bound, reference) for bound in bounds)
    return low, high
