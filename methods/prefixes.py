"""Optimal matching of all pairs at once, each cell computed once per pair of distinct beginnings.

To align two sequences, dynamic programming fills a small table: its cell (i, j) is the cheapest way to turn
the first i states of one into the first j states of the other, and it needs three neighbours only (Needleman
and Wunsch). The cell depends on two *beginnings*, not on two sequences, and the sequences of a panel share
their beginnings: with four states there are at most 4, 16, 64 different ones of one, two, three dates, however
many towns. So each cell is computed once per pair of distinct beginnings (prefixes), level by level, for all
pairs at a time.

Two things only make it faster and change no result. Once many beginnings belong to one sequence there is
little left to share: the last dates are then done tile by tile, small enough for a processor's cache, on every processor at once. And
when all costs are whole multiples of 1, 1/2, 1/10 or 1/100, the work is done in small whole numbers, without
any rounding (`methods.matching` sees to that).
"""
from __future__ import annotations

import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

__all__ = ["prefixes", "all_pairs"]

SHARED = 0.3            # with more distinct beginnings than this share of the sequences, sharing ends
TILE = 64, 512          # sequences in a tile: rows, columns


def prefixes(codes: np.ndarray, shared: float = 1.0) -> list[tuple[np.ndarray, np.ndarray]]:
    """Find the distinct beginnings of distinct sequences, level by level.

    Parameters
    ----------
    codes : int array (m, dates)
        Distinct sequences in sorted order (rows as `numpy.unique` gives them).
    shared : float
        Once more than this share of the sequences has a beginning of its own, all get one.

    Returns
    -------
    list, one pair of arrays per date
        For each beginning up to that date: the number of its parent among those of the date before, and its
        last state.

    Examples
    --------
    Three sequences, but two beginnings after one date and after two:

    >>> [len(state) for _, state in prefixes(np.array([[0, 0, 0], [0, 0, 1], [1, 0, 0]]))]
    [2, 2, 3]
    """
    new = np.ones(codes.shape, bool)
    new[1:] = np.logical_or.accumulate(codes[1:] != codes[:-1], axis=1)     # unlike the row above so far
    levels, parent = [], np.zeros(len(codes), np.intp)
    for date in range(codes.shape[1]):
        if new[:, date].sum() > shared * len(codes):
            new[:, date] = True
        first = np.flatnonzero(new[:, date])
        levels.append((parent[first], codes[first, date]))
        parent = np.cumsum(new[:, date]) - 1
    return levels


def _trunk(levels: list, costs: np.ndarray, indel: np.generic, depth: int) -> list[np.ndarray]:
    """Fill rows 1 to `depth` of the table, all pairs at a time; return the last one, from its diagonal on."""
    row = [np.full((1, 1), 0 * indel)]
    row += [np.full((1, len(state)), j * indel) for j, (_, state) in enumerate(levels, start=1)]
    for i, (parent, state) in enumerate(levels[:depth]):        # row[k] is the cell (i, i + k)
        cells = []
        left = row[1].T                                         # the cell (i + 1, i): the other way round
        for k, (column_parent, column_state) in enumerate(levels[i:]):
            replaced = row[k][parent].take(column_parent, axis=1)
            replaced += costs[:, column_state].take(state, axis=0)
            shifted = np.minimum(row[k + 1][parent], left.take(column_parent, axis=1))
            shifted += indel
            left = np.minimum(replaced, shifted)
            cells.append(left)
        row = cells
    return row


def _tile(tops: list[np.ndarray], sides: list[np.ndarray], steps: list, costs: np.ndarray,
          indel: np.generic) -> np.ndarray:
    """Fill the last rows and columns of the table for one tile of pairs, from its upper and left edges."""
    above = tops
    for side, (row_state, _) in zip(sides[1:], steps, strict=True):
        here = [side]
        for k, (_, column_state) in enumerate(steps):
            cell = above[k]                                     # used for the last time: overwritten in place
            cell += costs[:, column_state].take(row_state, axis=0)
            shifted = np.minimum(above[k + 1], here[k])
            shifted += indel
            here.append(np.minimum(cell, shifted, out=cell))
        above = here
    return above[-1]


def _in_turn_or_side_by_side(fill: Callable[[int], None], starts: range) -> None:
    """Fill every row of tiles: no two write to the same place, and NumPy lets processors work at the same time."""
    workers = 1 if sys.platform == "emscripten" else min(os.cpu_count() or 1, 8, len(starts))     # a browser has one
    if workers == 1:
        for start in starts:
            fill(start)
        return
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(fill, starts))


def all_pairs(codes: np.ndarray, costs: np.ndarray, indel: np.generic) -> np.ndarray:
    """Optimal matching between all pairs of distinct sequences.

    Parameters
    ----------
    codes : int array (m, dates)
        Distinct sequences in sorted order.
    costs : array (states, states)
        Price of replacing one state by another, symmetric; its type is the one of the result.
    indel : number of the same type
        Price of inserting or deleting a state.

    Returns
    -------
    array (m, m)

    References
    ----------
    See `methods.matching.optimal_matching`.

    Examples
    --------
    >>> all_pairs(np.array([[0, 1], [1, 1]]), np.array([[0, 2], [2, 0]]), 1).tolist()
    [[0, 2], [2, 0]]
    """
    m, dates = codes.shape
    levels = prefixes(codes, SHARED)
    depth = next((t for t, (_, state) in enumerate(levels) if len(state) == m), dates)
    edge = _trunk(levels, costs, indel, depth)                  # shared beginnings against longer ones
    if depth == dates:
        return edge[0]
    home = levels[depth][0]                                     # the beginning that each sequence comes from
    edge[0] = edge[0][:, home]
    out = np.empty((m, m), costs.dtype)

    def fill(a: int) -> None:
        rows = slice(a, a + TILE[0])
        tops = [cell[home[rows]] for cell in edge]
        for b in range(a, m, TILE[1]):
            columns = slice(b, b + TILE[1])
            sides = [np.ascontiguousarray(cell[:, rows][home[columns]].T) for cell in edge]
            steps = [(state[rows], state[columns]) for _, state in levels[depth:]]
            out[rows, columns] = _tile([top[:, columns].copy() for top in tops], sides, steps, costs, indel)
            out[columns, rows] = out[rows, columns].T
    _in_turn_or_side_by_side(fill, range(0, m, TILE[0]))
    return out
