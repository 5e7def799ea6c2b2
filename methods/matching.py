"""Distances between sequences: optimal matching, Hamming's distance, the longest common subsequence.

Each cell of the alignment is computed once per pair of distinct beginnings: `methods.prefixes` explains it.
"""
from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from methods._words import plain
from methods.costs import constant_costs, own_costs
from methods.prefixes import all_pairs, prefixes
from methods.sequences import encode

__all__ = ["Matching", "optimal_matching", "hamming", "longest_common_subsequence", "expand", "prefixes"]

Table = pd.DataFrame | np.ndarray

ROWS = 64               # rows written at a time, so that they stay in the cache


@dataclass(frozen=True)
class Matching:
    """Distances between distinct sequences, in canonical order: by state, date after date.

    Attributes
    ----------
    sequences : DataFrame (m, dates)
        The distinct sequences, ordered categoricals.
    distances : array (m, m)
        Symmetric, zero on the diagonal.
    index : Series, one value per row of the table given
        Number (0 to m − 1) of the distinct sequence that the row follows.
    weights : array (m,)
        How many rows follow each distinct sequence.
    """

    sequences: pd.DataFrame
    distances: np.ndarray
    index: pd.Series
    weights: np.ndarray


def _whole(costs: np.ndarray, indel: float, dates: int) -> tuple[np.ndarray, np.generic, int]:
    """Turn costs into small whole numbers of 1, 1/2, 1/10 or 1/100 when they are such, else leave them."""
    costs = np.minimum(costs, 2 * indel)            # dearer ones are never chosen: delete, then insert
    for parts in (1, 2, 10, 100):
        scaled, step = np.round(costs * parts), round(indel * parts)
        if (scaled / parts == costs).all() and step / parts == indel and (2 * dates + 2) * step < 2**15:
            return scaled.astype(np.int16), np.int16(step), parts
    return costs, np.float64(indel), 1


def optimal_matching(sequences: Table, costs: pd.DataFrame, indel: float = 1.0) -> Matching:
    """Cheapest way to turn each sequence into each other by replacing, inserting and deleting states.

    Parameters
    ----------
    sequences : DataFrame (n, dates), one row per town, or array
        States at each date, none missing (see `methods.sequences.encode`).
    costs : DataFrame (k, k)
        Price of replacing one state by another, labelled by all the states (see `methods.costs`).
    indel : float
        Price of inserting or deleting one state, above 0. A substitution dearer than two of these is never
        chosen.

    Returns
    -------
    Matching
        Distances among the *distinct* sequences, how many rows follow each, and which one each row follows.
        Use `expand` for the rows.

    Raises
    ------
    ValueError
        When a state is missing or has no price, the costs are not as `own_costs` wants them, or `indel` is
        not above 0.

    Notes
    -----
    The distance is a metric when the costs are one (the triangle inequality holds between states). The
    computation is exact: see `methods.prefixes`.

    References
    ----------
    Needleman, S. B. and Wunsch, C. D. (1970). A general method applicable to the search for similarities in
    the amino acid sequence of two proteins. Journal of Molecular Biology 48(3), 443–453. Abbott, A. and
    Forrest, J. (1986). Optimal matching methods for historical sequences. Journal of Interdisciplinary
    History 16(3), 471–494.

    Examples
    --------
    From ``abc`` to ``bcc``: delete a, insert c, price 2, against two substitutions, price 4. Three towns, two
    distinct sequences:

    >>> result = optimal_matching([list("abc"), list("bcc"), list("abc")], constant_costs(["a", "b", "c"]))
    >>> result.distances.tolist(), result.weights.tolist(), result.index.tolist()
    ([[0.0, 2.0], [2.0, 0.0]], [2, 1], [0, 1, 0])
    """
    costs = own_costs(costs)
    if not (indel > 0 and np.isfinite(indel)):
        raise ValueError(f"indel is {indel}: give the price of an insertion or deletion, a number above 0")
    coded = encode(sequences, _priced(sequences, costs))
    distinct, index, weights = np.unique(coded.codes, axis=0, return_inverse=True, return_counts=True)
    prices, step, parts = _whole(costs.to_numpy(), float(indel), distinct.shape[1])
    distances = all_pairs(distinct, np.ascontiguousarray(prices), step)
    if prices.dtype == np.int16:
        distances = distances / float(parts)
    table = pd.DataFrame({date: pd.Categorical.from_codes(column, coded.states, ordered=True)
                          for date, column in zip(coded.dates, distinct.T, strict=True)})
    return Matching(table, distances, pd.Series(index.ravel(), index=coded.rows, name="sequence"), weights)


def _priced(sequences: Table, costs: pd.DataFrame) -> Sequence[Hashable]:
    """States in the order of the costs, after checking that each category has a price."""
    if isinstance(sequences, pd.DataFrame):
        for date, column in sequences.items():
            if isinstance(column.dtype, pd.CategoricalDtype):
                lost = [state for state in column.cat.categories if state not in costs.index]
                if lost:
                    raise ValueError(f"the state {plain(lost[0])} of {plain(date)} has no price: add one")
    return list(costs.index)


def hamming(sequences: Table, costs: pd.DataFrame) -> Matching:
    """Compare date by date, without any shift: optimal matching with insertions too dear to be used.

    Parameters
    ----------
    sequences : DataFrame (n, dates) or array
    costs : DataFrame (k, k)
        As in `optimal_matching`; with `constant_costs(states, 1)` the distance is the number of dates that
        differ.

    Returns
    -------
    Matching

    Raises
    ------
    ValueError
        As in `optimal_matching`.

    References
    ----------
    Hamming, R. W. (1950). Error detecting and error correcting codes. Bell System Technical Journal 29(2),
    147–160.

    Examples
    --------
    >>> hamming([list("abc"), list("bcc")], constant_costs(["a", "b", "c"], 1)).distances.tolist()
    [[0.0, 2.0], [2.0, 0.0]]
    """
    dearest = np.shape(sequences)[1] * float(own_costs(costs).to_numpy().max())     # all dates replaced
    return optimal_matching(sequences, costs, indel=max(dearest, 1.0))


def longest_common_subsequence(sequences: Table, states: Sequence[Hashable] | None = None) -> Matching:
    """Count what two sequences do not share in the same order: optimal matching at 1 to insert, 2 to replace.

    The distance is 2 · (dates − length of the longest common subsequence).

    Parameters
    ----------
    sequences, states
        As in `methods.sequences.encode`.

    Returns
    -------
    Matching

    Raises
    ------
    ValueError
        As in `optimal_matching`.

    Examples
    --------
    ``abc`` and ``bcc`` share ``bc``, in this order: 2 · (3 − 2).

    >>> longest_common_subsequence([list("abc"), list("bcc")]).distances.tolist()
    [[0.0, 2.0], [2.0, 0.0]]
    """
    return optimal_matching(sequences, constant_costs(encode(sequences, states).states), indel=1.0)


def expand(values: np.ndarray | pd.Series, index: pd.Series) -> pd.Series | np.ndarray:
    """Give the rows what was computed for the distinct sequences.

    Parameters
    ----------
    values : array (m,) or (m, m)
        One value per distinct sequence (a class), or per pair (a distance).
    index : Series (n,)
        `Matching.index`.

    Returns
    -------
    Series (n,) on the rows, or array (n, n)

    Raises
    ------
    ValueError
        When `values` is about fewer sequences than `index`.

    Examples
    --------
    >>> expand(np.array([5, 7]), pd.Series([0, 1, 0], index=["A", "B", "C"])).to_dict()
    {'A': 5, 'B': 7, 'C': 5}
    """
    values, at = np.asarray(values), index.to_numpy()
    if at.max() >= len(values):
        raise ValueError(f"a row follows sequence {at.max()}, there are values for {len(values)}: give the "
                         "index of the same matching")
    if values.ndim == 1:
        return pd.Series(values[at], index=index.index)
    out = np.empty((len(at), len(at)), values.dtype)
    for a in range(0, len(at), ROWS):
        np.take(values[at[a:a + ROWS]], at, axis=1, out=out[a:a + ROWS], mode="clip")
    return out
