"""From classes to a typology: mean trajectories, order, names, and numbers matched between partitions."""
from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import scipy

from methods._words import plain
from methods.costs import transition_costs
from methods.matching import expand, optimal_matching
from methods.quality import partitions
from methods.specialisation import classify

__all__ = ["mean_trajectories", "order_classes", "name_classes", "match_labels", "types_of_trajectories"]


def _aligned(values: pd.DataFrame, labels: pd.Series) -> tuple[pd.DataFrame, pd.Series]:
    """Both in the sorted order of the towns, so that sums do not depend on the order of rows."""
    lost = values.index.symmetric_difference(labels.index)
    if len(lost):
        raise ValueError(f"{plain(lost[0])} has a trajectory or a class, not both: give it both")
    values = values.sort_index()
    return values, labels.loc[values.index]


def mean_trajectories(values: pd.DataFrame, labels: pd.Series) -> pd.DataFrame:
    """Mean of a measure at each date, class by class (each town counts the same).

    Parameters
    ----------
    values : DataFrame (n, dates), one row per town
        For example the specialisation index.
    labels : Series, one class per town, on the same index

    Returns
    -------
    DataFrame (classes, dates)

    Raises
    ------
    ValueError
        When the two are not about the same towns.

    Examples
    --------
    >>> values = pd.DataFrame({1982: [1.0, 2.0, 5.0], 2011: [2.0, 4.0, 5.0]})
    >>> mean_trajectories(values, pd.Series([1, 1, 2])).to_numpy().tolist()
    [[1.5, 3.0], [5.0, 5.0]]
    """
    values, labels = _aligned(values, labels)
    return values.groupby(labels.to_numpy()).mean().rename_axis("class")


def order_classes(values: pd.DataFrame, labels: pd.Series) -> pd.Series:
    """Number the classes again, 1 for the one with the highest mean trajectory, then down.

    Parameters
    ----------
    values, labels
        As in `mean_trajectories`.

    Returns
    -------
    Series
        The same classes under the numbers 1, 2, ..., on the index of `labels`. Means are compared to nine
        digits; the level at the last date decides between equal ones, then the first town of each class.

    Raises
    ------
    ValueError
        When the two are not about the same towns.

    Examples
    --------
    >>> order_classes(pd.DataFrame({1982: [1.0, 2.0], 2011: [2.0, 4.0]}), pd.Series([1, 2])).tolist()
    [2, 1]
    """
    table = mean_trajectories(values, labels)
    ordered, aligned = _aligned(values, labels)
    first = pd.Series(np.arange(len(ordered)), index=aligned.to_numpy()).groupby(level=0).min()

    def nine_digits(x: float) -> float:
        return float(f"{x:.9g}")

    keys = {name: (-nine_digits(row.mean()), -nine_digits(row.iloc[-1]), first[name])
            for name, row in table.iterrows()}
    number = {name: place for place, name in enumerate(sorted(keys, key=keys.__getitem__), start=1)}
    return labels.map(number).astype(int)


def name_classes(trajectories: pd.DataFrame, bounds: Sequence[float], states: Sequence[str]) -> pd.Series:
    """Name each class after the states where its mean trajectory starts and ends.

    Parameters
    ----------
    trajectories : DataFrame (classes, dates)
        As `mean_trajectories` gives it.
    bounds, states
        As in `methods.specialisation.classify`.

    Returns
    -------
    Series
        A name per class: ``"high"`` when it starts and ends there, else ``"average → high"``. Classes that
        would share a name get ``", rising"`` or ``", falling"``, and their last mean in brackets when that is
        not enough.

    Raises
    ------
    ValueError
        When a mean is missing, or as in `classify`.

    Examples
    --------
    >>> means = pd.DataFrame({1982: [1.3, 1.1], 2011: [1.6, 1.4]}, index=[1, 2])
    >>> name_classes(means, [1, 1.25], ["low", "average", "high"]).to_dict()
    {1: 'high', 2: 'average → high'}
    """
    if trajectories.isna().to_numpy().any():
        name = trajectories.index[trajectories.isna().any(axis=1)][0]
        raise ValueError(f"the mean trajectory of class {plain(name)} lacks a date: give each class a figure")
    start, end = (classify(trajectories.iloc[:, at], bounds, states).astype(str) for at in (0, -1))
    first, last = trajectories.iloc[:, 0], trajectories.iloc[:, -1]
    names = start.where(start == end, start + " → " + end)
    moves = pd.Series(np.where(last > first, ", rising", ", falling"), index=names.index)
    names = names.where(~names.duplicated(keep=False), names + moves)
    return names.where(~names.duplicated(keep=False), names + last.map(" ({:.3g})".format)).rename("name")


def _best_pairs(gain: np.ndarray) -> list[tuple[int, int]]:
    """Pair rows with columns for the largest total; of equal ones, each row gets the first column it can."""
    rows, columns = list(range(gain.shape[0])), list(range(gain.shape[1]))
    pairs = []

    def best(of_rows: list[int], of_columns: list[int]) -> int:
        part = gain[np.ix_(of_rows, of_columns)]
        return int(part[scipy.optimize.linear_sum_assignment(part, maximize=True)].sum()) if part.size else 0

    left = best(rows, columns)
    while rows and columns:
        row = rows.pop(0)
        for column in columns:
            others = [other for other in columns if other != column]
            if gain[row, column] + best(rows, others) == left:
                pairs.append((row, column))
                left, columns = left - int(gain[row, column]), others
                break
    return pairs


def match_labels(labels: pd.Series, reference: pd.Series) -> pd.Series:
    """Give classes the numbers of the classes of another partition that they share most towns with.

    So that a type keeps its number, and its colour, when a threshold or the number of classes changes.

    Parameters
    ----------
    labels, reference : Series of whole numbers, one class per town
        Only towns that stand in both are used to match.

    Returns
    -------
    Series
        `labels` under new numbers: each class of the reference goes to at most one class, such that as many
        towns as possible keep their number (the Hungarian method); classes left over get the numbers after
        the largest. Of equal solutions the first in the order of the numbers is taken, whatever the library
        prefers.

    Raises
    ------
    ValueError
        When no town stands in both.

    References
    ----------
    Kuhn, H. W. (1955). The Hungarian method for the assignment problem. Naval Research Logistics Quarterly 2,
    83–97.

    Examples
    --------
    >>> match_labels(pd.Series([1, 1, 2, 3]), pd.Series([2, 2, 1, 1])).tolist()
    [2, 2, 1, 3]
    """
    both = labels.index.intersection(reference.index)
    if not len(both):
        raise ValueError(f"no town stands in both partitions, which start with {plain(labels.index[0])} and "
                         f"{plain(reference.index[0])}: give the same names of towns to both")
    names = sorted(labels.unique())
    shared = pd.crosstab(labels.loc[both], reference.loc[both]).reindex(names, fill_value=0)
    paired = {names[row]: shared.columns[column] for row, column in _best_pairs(shared.to_numpy())
              if shared.iloc[row, column] > 0}
    fresh = int(max(reference.max(), 0))
    for name in names:
        if name not in paired:
            fresh += 1
            paired[name] = fresh
    return labels.map(paired).astype(int)


def types_of_trajectories(index: pd.DataFrame, bounds: Sequence[float] = (0.8, 1, 1.25), number: int = 6,
                          price: Callable[[Sequence[str]], pd.DataFrame] | None = None, method: str = "k-medoids") -> pd.Series:
    """The second chapter's typology in one call: states, transition-rate costs, optimal matching, medoids.

    Parameters
    ----------
    index : DataFrame (n, dates), one row per town
        Specialisation index, without missing values.
    bounds : increasing numbers
        Where the states begin.
    number : int
        How many types.
    price : function of the states that gives costs, optional
        `methods.costs.constant_costs` or `methods.costs.interval_costs`; transition rates when not given.
    method : {"k-medoids", "average", "ward"}
        As for `methods.quality.partitions`.

    Returns
    -------
    Series of int, one per town
        1 is the type with the highest mean trajectory.

    Raises
    ------
    ValueError
        When an index is missing.

    Examples
    --------
    >>> index = pd.DataFrame({1982: [1.5, 1.6, 0.5, 0.6], 2011: [1.4, 1.5, 0.5, 0.5]}, list("abcd"))
    >>> types_of_trajectories(index, number=2).tolist()
    [1, 1, 2, 2]
    """
    if index.isna().to_numpy().any():
        raise ValueError(f"{plain(index.index[index.isna().any(axis=1)][0])} has no index at some date: leave such towns out")
    states = classify(index, bounds, [str(number) for number in range(len(bounds) + 1)])
    match = optimal_matching(states, transition_costs(states) if price is None else price(list(states.iloc[:, 0].cat.categories)))
    labels = partitions(match.distances, match.weights, [number], method)[number]
    return order_classes(index, expand(labels, match.index))
