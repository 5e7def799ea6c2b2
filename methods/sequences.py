"""Sequences of states: coding, transitions, chronogram and entropy."""
from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from methods._words import plain

__all__ = ["encode", "Coded", "transition_matrix", "chronogram", "entropy"]


class Coded(NamedTuple):
    """Sequences as numbers: `codes` (n, dates), 0 for the first of `states`; labels `rows` and `dates`."""

    codes: np.ndarray
    states: list[Hashable]
    rows: pd.Index
    dates: pd.Index


def _states_of(table: pd.DataFrame) -> list[Hashable]:
    """Find the states of a table: its categories when it has them, else its distinct values, sorted."""
    kinds = [kind.categories for kind in table.dtypes if isinstance(kind, pd.CategoricalDtype)]
    if kinds and (len(kinds) < table.shape[1] or any(not kind.equals(kinds[0]) for kind in kinds)):
        raise ValueError("the dates do not have the same categories: give `states`, or the same to each date")
    if kinds:
        return list(kinds[0])
    try:
        return sorted(pd.unique(table.to_numpy().ravel()))
    except TypeError as error:
        raise ValueError("the states cannot be sorted (missing or mixed values): give `states` in order, and "
                         "leave out rows with a missing state") from error


def _column_codes(column: pd.Series, states: list[Hashable]) -> np.ndarray:
    """Number the states of one date; −1 for a state that is missing or unknown."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        if list(column.cat.categories) == states:
            return column.cat.codes.to_numpy(np.intp)
        column = column.astype(object)
    return pd.Index(states).get_indexer(pd.Index(column))


def encode(sequences: pd.DataFrame | np.ndarray, states: Sequence[Hashable] | None = None) -> Coded:
    """Write sequences of states as rows of small numbers.

    Parameters
    ----------
    sequences : DataFrame (n, dates), one row per town, or array of that shape
        States at each date. Categorical columns (as `methods.specialisation.classify` gives) keep their
        order.
    states : sequence, optional
        All possible states in order; by default the categories, or the distinct values sorted.

    Returns
    -------
    Coded
        `codes`, `states`, `rows`, `dates`.

    Raises
    ------
    ValueError
        When a state is missing or unknown (the error says where), or the columns have different categories.

    Examples
    --------
    >>> encode([["low", "low"], ["low", "high"]], states=["low", "high"]).codes.tolist()
    [[0, 0], [0, 1]]
    """
    table = sequences if isinstance(sequences, pd.DataFrame) else pd.DataFrame(np.asarray(sequences))
    if table.empty:
        raise ValueError(f"the table of sequences has the shape {table.shape}: it needs rows and dates")
    known = list(states) if states is not None else _states_of(table)
    if len(set(known)) < len(known):
        raise ValueError(f"a state stands twice in {plain(known)}: name each once")
    codes = np.column_stack([_column_codes(column, known) for _, column in table.items()])
    if (codes < 0).any():
        row, date = np.argwhere(codes < 0)[0]
        name, when, state = map(plain, (table.index[row], table.columns[date], table.iloc[row, date]))
        raise ValueError(f"{name} has the state {state} at {when}: give one of {plain(known)}, or leave the row "
                         "out (missing is no state)")
    return Coded(codes, known, table.index, table.columns)


def transition_matrix(sequences: pd.DataFrame | np.ndarray, states: Sequence[Hashable] | None = None,
                      counts: bool = False) -> pd.DataFrame:
    """How often a state is followed by another from one date to the next.

    Parameters
    ----------
    sequences, states
        As in `encode`.
    counts : bool
        Give the number of moves in place of their share.

    Returns
    -------
    DataFrame (states, states)
        Row: state left; column: state reached; each row adds up to 1. A state that nobody ever leaves (it
        stands at the last date only, or nowhere) has no share: its row is missing.

    Raises
    ------
    ValueError
        As in `encode`, or with a single date.

    Examples
    --------
    >>> transition_matrix([list("aab"), list("aba")]).to_numpy().round(3).tolist()
    [[0.333, 0.667], [1.0, 0.0]]
    """
    coded = encode(sequences, states)
    if coded.codes.shape[1] < 2:
        raise ValueError("the sequences have one date: a transition needs two")
    k = len(coded.states)
    moves = np.bincount((coded.codes[:, :-1] * k + coded.codes[:, 1:]).ravel(), minlength=k * k).reshape(k, k)
    table = pd.DataFrame(moves, pd.Index(coded.states, name="from"), pd.Index(coded.states, name="to"))
    left = table.sum(axis=1)
    return table if counts else table.div(left.where(left > 0), axis=0)


def chronogram(sequences: pd.DataFrame | np.ndarray, states: Sequence[Hashable] | None = None,
               by: pd.Series | None = None) -> pd.DataFrame:
    """Share of each state at each date, for all towns or class by class.

    Parameters
    ----------
    sequences, states
        As in `encode`.
    by : Series, one class per row of `sequences`, optional

    Returns
    -------
    DataFrame
        One row per date (or per class and date, in sorted order), one column per state; each row adds up to
        1.

    Raises
    ------
    ValueError
        As in `encode`, or when a row has no class.

    Examples
    --------
    >>> chronogram([list("ab"), list("bb")]).to_numpy().tolist()
    [[0.5, 0.5], [0.0, 1.0]]
    """
    coded = encode(sequences, states)
    dates, names = pd.Index(coded.dates, name="date"), pd.Index(coded.states, name="state")

    def shares(codes: np.ndarray) -> pd.DataFrame:
        counts = [np.bincount(column, minlength=len(names)) for column in codes.T]
        return pd.DataFrame(np.array(counts) / len(codes), index=dates, columns=names)

    if by is None:
        return shares(coded.codes)
    classes = pd.Series(by).reindex(coded.rows)
    if classes.isna().any():
        raise ValueError(f"{plain(classes.index[classes.isna()][0])} has no class: give one to each sequence")
    parts = {name: shares(coded.codes[(classes == name).to_numpy()]) for name in sorted(classes.unique())}
    return pd.concat(parts, names=["class"])


def entropy(shares: pd.DataFrame) -> pd.Series:
    """How mixed the states are at each date: Shannon's entropy over its largest value.

    Parameters
    ----------
    shares : DataFrame, one column per state, rows that add up to 1
        As `chronogram` gives it.

    Returns
    -------
    Series
        In [0, 1]: 0 when all are in one state, 1 when all states are as common. Zero when there is one state
        only.

    Raises
    ------
    ValueError
        When a row does not add up to 1 or has a negative share.

    References
    ----------
    Shannon, C. E. (1948). A mathematical theory of communication. Bell System Technical Journal 27, 379–423.

    Examples
    --------
    >>> entropy(pd.DataFrame({"a": [1.0, 0.5], "b": [0.0, 0.5]})).tolist()
    [0.0, 1.0]
    """
    p = shares.to_numpy(float)
    wrong = ~np.isclose(p.sum(axis=1), 1) | (p < 0).any(axis=1)
    if wrong.any():
        raise ValueError(f"the shares at {plain(shares.index[wrong][0])} are {plain(p[wrong][0])}: they must be "
                         "0 or more and add up to 1")
    mixed = -(p * np.log(np.where(p > 0, p, 1))).sum(axis=1) / max(np.log(p.shape[1]), 1e-300)
    return pd.Series(np.abs(mixed), index=shares.index, name="entropy")
