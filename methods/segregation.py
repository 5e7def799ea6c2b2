"""Segregation of groups over places, and what a sample lets one say of it."""
from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from data.words import OCCUPATIONS
from methods._words import plain

__all__ = ["dissimilarity", "isolation", "redraw", "basic_interval", "Segregation", "segregation"]


def _counts(values: ArrayLike, name: str) -> np.ndarray:
    """Counts as numbers, after checking them; sums over the last axis must not be 0."""
    counts = np.asarray(values, float)
    if (counts < 0).any() or np.isnan(counts).any():
        raise ValueError(f"{name} holds {plain(counts[(counts < 0) | np.isnan(counts)][0])}: counts are 0 or more, without gaps")
    if (counts.sum(axis=-1) <= 0).any():
        raise ValueError(f"{name} adds up to 0: nobody cannot be segregated")
    return counts


def dissimilarity(one: ArrayLike, other: ArrayLike) -> np.ndarray | float:
    """Share of one group that would have to move to be spread over the places as the other is.

    Parameters
    ----------
    one, other : arrays of counts, shape (..., places), in the same order of places

    Returns
    -------
    float, or array of shape (...)
        In [0, 1]: half the sum, over places, of the differences between the two groups' shares. 0 = spread
        alike, 1 = no place holds both.

    Raises
    ------
    ValueError
        When a count is negative or missing, a group is empty, or the shapes differ.

    References
    ----------
    Duncan, O. D. and Duncan, B. (1955). A methodological analysis of segregation indexes. American
    Sociological Review 20(2), 210–217.

    Examples
    --------
    Shares 0.5, 0.3, 0.2 against 0.2, 0.3, 0.5:

    >>> round(dissimilarity([50, 30, 20], [20, 30, 50]), 6)
    0.3
    """
    one, other = _counts(one, "one"), _counts(other, "other")
    if one.shape[-1] != other.shape[-1]:
        raise ValueError(f"one has {one.shape[-1]} places and other {other.shape[-1]}: give the same places to both")
    apart = np.abs(one / one.sum(axis=-1, keepdims=True) - other / other.sum(axis=-1, keepdims=True)).sum(axis=-1) / 2
    return float(apart) if apart.ndim == 0 else apart


def isolation(group: ArrayLike, whole: ArrayLike) -> np.ndarray | float:
    """Share of the group among the people of one's own place, for a member of the group on average.

    Parameters
    ----------
    group, whole : arrays of counts, shape (..., places)
        `group` is part of `whole`.

    Returns
    -------
    float, or array of shape (...)
        From the group's share in all the places together (spread evenly) to 1 (nobody else where they live).

    Raises
    ------
    ValueError
        As in `dissimilarity`, or when a group is larger than the whole of a place.

    References
    ----------
    Lieberson, S. (1981). An asymmetrical approach to segregation. In C. Peach et al. (eds.), Ethnic
    Segregation in Cities. Croom Helm.

    Examples
    --------
    Three of four members live where the group is three of four, one where it is one of four:

    >>> isolation([3, 1], [4, 4])
    0.625
    """
    group, whole = _counts(group, "group"), _counts(whole, "whole")
    if (group > whole).any():
        raise ValueError(f"a group of {plain(group[group > whole][0])} in a place of {plain(whole[group > whole][0])}: "
                         "the group is part of the whole")
    met = group / np.where(whole > 0, whole, 1)
    mean = (group / group.sum(axis=-1, keepdims=True) * met).sum(axis=-1)
    return float(mean) if mean.ndim == 0 else mean


def redraw(counts: pd.DataFrame, fraction: float, design: float = 1.0, draws: int = 1000, seed: int = 0,
           even: bool = False) -> np.ndarray:
    """What other samples of the same people could have counted.

    In each place as many people as the sample effectively held, n = f · N / (d · (1 − f)), are drawn from the
    groups as counted there, and weighted back to N: shares then vary as in
    `methods.specialisation.share_interval`. Places are drawn apart, and their totals are kept.

    Parameters
    ----------
    counts : DataFrame, one row per place with a unique index, one column per group
        Weighted counts of all the groups of a place.
    fraction : float
        f, in (0, 1]: 0.25 for one in four. With 1 nothing was sampled, and every draw is the counts.
    design : float
        Design effect d, above 0.
    draws : int
    seed : int
        Of the generator.
    even : bool
        Draw from the groups of all places together: what a sample shows where nothing is segregated.

    Returns
    -------
    array of float, shape (draws, places, groups), places in the sorted order of the index

    Raises
    ------
    ValueError
        When a parameter is out of range, a count is negative or missing, or a place is empty.

    Examples
    --------
    >>> towns = pd.DataFrame({"workers": [300, 100], "others": [100, 300]}, index=["A", "B"])
    >>> drawn = redraw(towns, fraction=0.25, draws=50)
    >>> drawn.shape, np.allclose(drawn.sum(axis=2), 400)
    ((50, 2, 2), True)
    """
    if not 0 < fraction <= 1 or not design > 0 or draws < 1:
        raise ValueError(f"fraction is {fraction}, design {design}, draws {draws}: give a fraction in (0, 1], a design effect "
                         "above 0 and at least one draw")
    if not counts.index.is_unique:
        raise ValueError(f"{plain(counts.index[counts.index.duplicated()][0])} stands twice: each place needs its own name")
    table = _counts(counts.sort_index().to_numpy(), "a place")
    whole = table.sum(axis=1, keepdims=True)
    shares = np.broadcast_to(table.sum(axis=0) / table.sum(), table.shape) if even else table / whole
    if fraction == 1:
        return np.repeat((shares * whole)[None], draws, axis=0)
    sample = np.maximum(np.rint(fraction * whole[:, 0] / (design * (1 - fraction))), 1).astype(int)
    drawn = np.random.default_rng(seed).multinomial(sample, shares, size=(draws, len(table)))
    return drawn / sample[:, None] * whole


def basic_interval(value: float, drawn: ArrayLike, level: float = 0.95) -> tuple[float, float]:
    """Bounds of a figure from redrawn ones: the errors of the draws, turned round.

    Redrawn segregation is too high on average, because noise sets places apart. A draw errs from the figure as
    the figure errs from the truth; so the bounds are 2 · value less the upper and the lower quantile.

    Parameters
    ----------
    value : float
        As computed from the counts.
    drawn : array of float
        The same figure in each draw.
    level : float
        Confidence, in (0, 1).

    Returns
    -------
    low, high : float
        They need not hold `value` in their middle, nor at all when the bias is large.

    Raises
    ------
    ValueError
        When the level is out of range or a draw is missing.

    References
    ----------
    Davison, A. C. and Hinkley, D. V. (1997). Bootstrap Methods and their Application. Cambridge University
    Press.

    Examples
    --------
    Draws between 0.2 and 0.4 around a figure of 0.25: it may well be too high by 0.15, or too low by 0.05.

    >>> low, high = basic_interval(0.25, [0.2, 0.4], level=0.999999)
    >>> round(low, 3), round(high, 3)
    (0.1, 0.3)
    """
    drawn = np.asarray(drawn, float)
    if not 0 < level < 1:
        raise ValueError(f"level is {level}: give a confidence between 0 and 1, such as 0.95")
    if not drawn.size or np.isnan(drawn).any():
        raise ValueError(f"{int(np.isnan(drawn).sum())} of {drawn.size} draws are missing: a bound needs all of them")
    lower, upper = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return float(2 * value - upper), float(2 * value - lower)


class Segregation(NamedTuple):
    """Segregation at each date, and what redrawn samples give."""

    table: pd.DataFrame     #: rows (measure, date); `value`, `low`, `high`, and `even`: the mean of draws from nothing segregated
    drawn: pd.DataFrame     #: one row per draw, columns (measure, date)


def segregation(counts: pd.DataFrame, fraction: float, design: float = 1.0, place: str = "commune", one: str = "workers",
                other: str = "managers", whole: Sequence[str] = tuple(OCCUPATIONS), draws: int = 1000, seed: int = 0,
                level: float = 0.95) -> Segregation:
    """Dissimilarity of two groups and isolation of each, at each date, with bounds by redrawing.

    Parameters
    ----------
    counts : DataFrame, one row per place and `year`
        People by group, one column each.
    fraction, design, draws, seed
        As in `redraw`.
    place : str
        Column that names the place.
    one, other : str
        The two groups.
    whole : sequence of str
        The groups that make the whole.
    level : float
        Confidence, as in `basic_interval`.

    Returns
    -------
    Segregation
        Measures "dissimilarity", "isolation of {one}" and "isolation of {other}". Bounds are kept within [0, 1].

    Raises
    ------
    ValueError
        As in `redraw`, `dissimilarity` and `isolation`.

    Examples
    --------
    >>> towns = pd.DataFrame({"commune": ["A", "B"], "year": 2011, "workers": [30, 10], "managers": [10, 30]})
    >>> found = segregation(towns, fraction=1, whole=["workers", "managers"])
    >>> found.table["value"].tolist()
    [0.5, 0.625, 0.625]
    """
    at = list(whole).index(one), list(whole).index(other)
    names = ["dissimilarity", f"isolation of {one}", f"isolation of {other}"]

    def measures(table: np.ndarray) -> list[np.ndarray | float]:
        a, b = (table[..., column] for column in at)
        return [dissimilarity(a, b), *(isolation(group, table.sum(axis=-1)) for group in (a, b))]

    rows, columns = {}, {}
    for number, (year, part) in enumerate(counts.groupby("year")):
        table = part.set_index(place)[list(whole)].sort_index()
        around, flat = (measures(redraw(table, fraction, design, draws, seed + 2 * number + k, bool(k))) for k in (0, 1))
        for name, value, drawn, chance in zip(names, measures(table.to_numpy(float)), around, flat, strict=True):
            low, high = np.clip(basic_interval(value, drawn, level), 0, 1)
            rows[name, year] = [value, float(low), float(high), float(np.mean(chance))]
            columns[name, year] = drawn
    keys = [(name, year) for name in names for year in sorted({key[1] for key in rows})]
    index = pd.MultiIndex.from_tuples(keys, names=["measure", "year"])
    table = pd.DataFrame([rows[key] for key in keys], index, ["value", "low", "high", "even"])
    return Segregation(table, pd.DataFrame({key: columns[key] for key in keys}))
