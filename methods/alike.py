"""One town beside the others: whose trajectory is nearest, and whether its type is the same when a choice changes."""
from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from methods._words import plain
from methods.matching import Matching, expand
from methods.typology import match_labels

__all__ = ["nearest_trajectories", "kept_types", "redrawn"]


def nearest_trajectories(index: pd.DataFrame, matching: Matching, number: int = 10) -> pd.DataFrame:
    """The towns whose sequences are nearest to each town's, by the distance of a matching.

    Many towns follow one sequence: their distance is zero. Among equally distant towns those come first whose index
    differs least, date by date; then the first in sorted order.

    Parameters
    ----------
    index : DataFrame (n, dates), one row per town
        Specialisation index, without missing values.
    matching : Matching
        Distances between the sequences of the same towns (see `methods.matching.optimal_matching`).
    number : int
        How many towns for each, from 1 to n − 1.

    Returns
    -------
    DataFrame, `number` rows for each town (sorted), the nearest first
        `town`, `other`, `distance` (between the sequences) and `gap` (mean absolute difference of the index).

    Raises
    ------
    ValueError
        When an index is missing, a town has no sequence, or there are too few towns.

    Examples
    --------
    A and B follow one sequence; so do C and D, and the level of C is nearer to A's.

    >>> from methods.costs import interval_costs
    >>> from methods.matching import optimal_matching
    >>> index = pd.DataFrame({1982: [1.5, 1.6, 0.7, 0.5], 2011: [1.5, 1.6, 0.7, 0.5]}, list("ABCD"))
    >>> found = optimal_matching((index > 1).astype(int), interval_costs([0, 1]))
    >>> nearest_trajectories(index, found, 2).query("town == 'A'")[["other", "distance", "gap"]].round(6).to_numpy().tolist()
    [['B', 0.0, 0.1], ['C', 2.0, 0.8]]
    """
    index = index.sort_index()
    if index.isna().to_numpy().any():
        raise ValueError(f"{plain(index.index[index.isna().any(axis=1)][0])} has no index at some date: leave such towns out")
    lost = index.index.symmetric_difference(matching.index.index)
    if len(lost):
        raise ValueError(f"{plain(lost[0])} has a sequence or an index, not both: give it both")
    if not 0 < number < len(index):
        raise ValueError(f"number is {number}: give 1 to {len(index) - 1}, there are {len(index)} towns")
    far = expand(matching.distances, matching.index.loc[index.index]).round(9)
    values, rows = index.to_numpy(), []
    for at, own in enumerate(values):
        gap = np.abs(values - own).mean(axis=1).round(9)
        order = np.lexsort((gap, far[at]))                     # a stable sort: equal towns stay in sorted order
        others = order[order != at][:number]
        rows.append(pd.DataFrame({"town": index.index[at], "other": index.index[others], "distance": far[at, others], "gap": gap[others]}))
    return pd.concat(rows, ignore_index=True)


def kept_types(reference: pd.Series, others: Mapping[str, pd.Series]) -> pd.DataFrame:
    """Whether each town keeps its type when the types are made otherwise.

    The numbers of each other partition are first matched with those of the reference (`methods.typology.match_labels`).

    Parameters
    ----------
    reference : Series of int, one type per town
    others : mapping of a choice, in words, to the types it gives for the same towns

    Returns
    -------
    DataFrame of bool, one row per town of the reference, one column per choice

    Raises
    ------
    ValueError
        When the towns are not the same, or there is no other choice.

    Examples
    --------
    >>> usual = pd.Series([1, 1, 2, 2], list("ABCD"))
    >>> kept_types(usual, {"other numbers": pd.Series([7, 7, 9, 7], list("ABCD"))})["other numbers"].tolist()
    [True, True, True, False]
    """
    if not others:
        raise ValueError("there is no other choice: give at least one partition to compare with")
    for name, labels in others.items():
        lost = labels.index.symmetric_difference(reference.index)
        if len(lost):
            raise ValueError(f"{plain(lost[0])} has a type in one of the partitions only ({name}): compare the same towns")
    return pd.DataFrame({name: match_labels(labels, reference).loc[reference.index] == reference for name, labels in others.items()})


def redrawn(index: pd.DataFrame, spread: pd.DataFrame, draws: int, seed: int = 0) -> Iterator[pd.DataFrame]:
    """The index as other samples might have given it: moved at random by its own sampling error.

    Parameters
    ----------
    index, spread : DataFrames (n, dates), one row per town, on the same index
        The index and its standard error.
    draws : int
        How many samples.
    seed : int
        Of the generator; towns are taken in sorted order, so that the order of rows does not matter.

    Yields
    ------
    DataFrame (n, dates)
        Never below 0.

    Raises
    ------
    ValueError
        When the two are not about the same towns, or a spread is negative.

    Examples
    --------
    >>> index = pd.DataFrame({1982: [1.0], 2011: [1.2]}, ["A"])
    >>> [one.round(2).to_numpy().tolist() for one in redrawn(index, index * 0, 2)]
    [[[1.0, 1.2]], [[1.0, 1.2]]]
    """
    lost = index.index.symmetric_difference(spread.index)
    if len(lost):
        raise ValueError(f"{plain(lost[0])} has an index or a spread, not both: give it both")
    if (spread < 0).to_numpy().any():
        raise ValueError(f"a spread is {spread.min().min():g}: a standard error is 0 or more")
    index = index.sort_index()
    spread, generator = spread.loc[index.index, index.columns], np.random.default_rng(seed)
    for _ in range(draws):
        yield (index + generator.standard_normal(index.shape) * spread).clip(lower=0)
