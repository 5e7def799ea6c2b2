"""Substitution costs of optimal matching: constant, from transitions, by steps, or one's own."""
from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
import pandas as pd

from methods._words import plain
from methods.sequences import transition_matrix

__all__ = ["constant_costs", "transition_costs", "interval_costs", "own_costs"]


def constant_costs(states: Sequence[Hashable], value: float = 2.0) -> pd.DataFrame:
    """One price for replacing any state by any other.

    With an insertion or deletion at 1, a price of 2 is exactly that of one deletion and one insertion: the
    distance is then the one of the longest common subsequence.

    Parameters
    ----------
    states : sequence of k states
    value : float
        The price, above 0.

    Returns
    -------
    DataFrame (k, k)
        Symmetric, zero on the diagonal.

    Examples
    --------
    >>> constant_costs(["low", "high"]).to_numpy().tolist()
    [[0.0, 2.0], [2.0, 0.0]]
    """
    if not value > 0:
        raise ValueError(f"value is {value}: a substitution costs something above 0")
    return own_costs(value * (1 - np.eye(len(states))), states)


def interval_costs(states: Sequence[Hashable]) -> pd.DataFrame:
    """Price of the number of steps between two states, |i − j|: for states that are degrees of one thing.

    Parameters
    ----------
    states : sequence of k states, from the lowest

    Returns
    -------
    DataFrame (k, k)
        Symmetric, zero on the diagonal.

    Examples
    --------
    >>> interval_costs(["low", "middle", "high"]).to_numpy().tolist()
    [[0.0, 1.0, 2.0], [1.0, 0.0, 1.0], [2.0, 1.0, 0.0]]
    """
    steps = np.arange(len(states), dtype=float)
    return own_costs(np.abs(steps[:, None] - steps), states)


def transition_costs(sequences: pd.DataFrame | np.ndarray, states: Sequence[Hashable] | None = None,
                     unseen: str = "dear") -> pd.DataFrame:
    """Prices from the sequences themselves: 2 − p(i→j) − p(j→i), so that frequent moves are cheap.

    Parameters
    ----------
    sequences, states
        As in `encode`.
    unseen : {"dear", "raise"}
        What to do with a state that nobody ever leaves: its moves count as never made (p = 0, so the price is
        high, 2 when nobody enters it either), or an error.

    Returns
    -------
    DataFrame (states, states)
        Symmetric to the last digit, zero on the diagonal, from 0 to 2.

    Raises
    ------
    ValueError
        As in `transition_matrix`, or for a state never left when `unseen` is ``"raise"``.

    Examples
    --------
    p(a→b) = 2/3 and p(b→a) = 1, so replacing one by the other costs 2 − 5/3:

    >>> transition_costs([list("aab"), list("aba")]).round(3).loc["a", "b"].item()
    0.333
    """
    if unseen not in ("dear", "raise"):
        raise ValueError(f"unseen is {unseen!r}: give 'dear' or 'raise'")
    rates = transition_matrix(sequences, states)
    never = list(rates.index[rates.isna().all(axis=1)])
    if never and unseen == "raise":
        raise ValueError(f"nobody ever leaves {plain(never)}: leave these states out, or take unseen='dear'")
    p = rates.fillna(0.0).to_numpy()
    costs = 2 - (p + p.T)               # the sum first: 2 − p − q and 2 − q − p can differ in the last digit
    np.fill_diagonal(costs, 0.0)
    return own_costs(costs, list(rates.index))


def own_costs(matrix: pd.DataFrame | np.ndarray, states: Sequence[Hashable] | None = None) -> pd.DataFrame:
    """Check a matrix of substitution costs, of any origin.

    Parameters
    ----------
    matrix : DataFrame or array (k, k)
        Price of replacing the state of the row by the state of the column.
    states : sequence of k states, optional
        By default the index of `matrix`.

    Returns
    -------
    DataFrame (k, k)
        The same prices, floats, labelled by the states on both sides.

    Raises
    ------
    ValueError
        When the matrix is not square, symmetric, zero on the diagonal, non-negative and finite: the error
        names the states and the value.

    Examples
    --------
    >>> own_costs([[0, 1], [1, 0]], ["low", "high"]).loc["low", "high"].item()
    1.0
    """
    values = np.array(matrix, float)
    if values.ndim != 2 or values.shape[0] != values.shape[1]:
        raise ValueError(f"the costs have the shape {values.shape}: give one row and one column per state")
    if states is None:
        states = list(matrix.index) if isinstance(matrix, pd.DataFrame) else list(range(len(values)))
    if len(states) != len(values) or len(set(states)) < len(states):
        raise ValueError(f"{len(values)} rows of costs for the states {plain(states)}: give each its row")
    sides = [matrix.index, matrix.columns] if isinstance(matrix, pd.DataFrame) else []
    if any(list(side) != list(states) for side in sides):
        raise ValueError(f"rows {plain(sides[0])}, columns {plain(sides[1])}: give {plain(states)}")
    for wrong, remedy in ((~np.isfinite(values), "give a number"), (values < 0, "a cost is 0 or more"),
                          (np.eye(len(values), dtype=bool) & (values != 0), "keeping a state costs 0"),
                          (values != values.T, "the cost back must be the same")):
        if wrong.any():
            i, j = np.argwhere(wrong)[0]
            raise ValueError(f"the cost from {plain(states[i])} to {plain(states[j])} is {values[i, j]:g} "
                             f"(back: {values[j, i]:g}): {remedy}")
    return pd.DataFrame(values, index=pd.Index(states), columns=pd.Index(states))
