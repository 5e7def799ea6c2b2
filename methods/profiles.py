"""Types of places from several measures at once: standardise, principal components, classes, profiles, stability."""
from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from methods._words import plain
from methods.trees import cut, linkage

__all__ = ["standardise", "principal_components", "Components", "classes", "profiles", "bootstrap_stability"]

METHODS = ("ward", "k-means")


def _complete(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame in sorted order, after checking that nothing is missing and each place has its own name."""
    if not frame.index.is_unique:
        raise ValueError(f"{plain(frame.index[frame.index.duplicated()][0])} stands twice: each place needs its own name")
    frame = frame.astype(float).sort_index()
    lost = ~np.isfinite(frame.to_numpy())
    if lost.any():
        row, column = np.argwhere(lost)[0]
        raise ValueError(f"{plain(frame.index[row])} has no {plain(frame.columns[column])}: leave the place or the measure out")
    return frame


def standardise(frame: pd.DataFrame) -> pd.DataFrame:
    """Give every measure the mean 0 and the standard deviation 1, so that its unit no longer counts.

    Parameters
    ----------
    frame : DataFrame, one row per place, one column per measure

    Returns
    -------
    DataFrame, in sorted order
        Numbers of standard deviations (of the whole, not of a sample) above the mean.

    Raises
    ------
    ValueError
        When a value is missing, a place stands twice or a measure is the same everywhere.

    Examples
    --------
    >>> standardise(pd.DataFrame({"rate": [2, 4, 6]}))["rate"].round(3).tolist()
    [-1.225, 0.0, 1.225]
    """
    frame = _complete(frame)
    spread = frame.std(ddof=0)
    flat = spread.index[spread <= 1e-12 * frame.abs().max().clip(lower=1)]
    if len(flat):
        raise ValueError(f"{plain(flat[0])} is the same everywhere: it can tell no place from another; drop it")
    return (frame - frame.mean()) / spread


class Components(NamedTuple):
    """Principal components."""

    scores: pd.DataFrame        #: places × components
    loadings: pd.DataFrame      #: measures × components: correlation of the measure with the component
    explained: pd.Series        #: share of the spread of all measures, adding up to 1


def principal_components(frame: pd.DataFrame) -> Components:
    """Turn measures that go together into fewer new ones that do not.

    Parameters
    ----------
    frame : DataFrame, one row per place, one column per measure
        Standardised here.

    Returns
    -------
    Components
        As many as measures, named 1, 2, ... from the one that explains most. The sign is such that the measure
        with the largest loading (the first of equal ones) points upwards.

    Raises
    ------
    ValueError
        As `standardise`.

    References
    ----------
    Jolliffe, I. T. (2002). Principal Component Analysis, 2nd ed. Springer.

    Examples
    --------
    Two measures with the correlation 0.8 have the components (1 + 0.8) / 2 and (1 − 0.8) / 2:

    >>> frame = pd.DataFrame({"a": [1, 2, 3, 4], "b": [1, 3, 2, 4]})
    >>> found = principal_components(frame)
    >>> found.explained.round(6).tolist(), found.loadings[1].round(4).tolist()
    ([0.9, 0.1], [0.9487, 0.9487])
    """
    z = standardise(frame)
    left, size, right = np.linalg.svd(z.to_numpy(), full_matrices=False)
    names = range(1, len(size) + 1)
    loadings = right.T * size / len(z) ** 0.5
    top = np.array([int(np.argmax(column.round(9))) for column in np.abs(loadings).T])
    sign = np.where(loadings[top, np.arange(len(size))] < 0, -1.0, 1.0)
    return Components(pd.DataFrame(left * size * sign, z.index, names), pd.DataFrame(loadings * sign, z.columns, names),
                      pd.Series(size**2 / (size**2).sum(), names))


def _numbered(labels: np.ndarray) -> np.ndarray:
    """Classes numbered from the largest; of equal ones the one with the first place comes first."""
    names, first, sizes = np.unique(labels, return_index=True, return_counts=True)
    order = names[np.lexsort((first, -sizes))]
    number = {name: at for at, name in enumerate(order.tolist(), start=1)}
    return np.array([number[label] for label in labels.tolist()])


def _k_means(points: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Move each point to the nearest centre until none moves, starting from given classes."""
    for _ in range(300):
        names = np.unique(labels)
        centres = np.array([points[labels == name].mean(axis=0) for name in names])
        away = ((points[:, None] - centres) ** 2).sum(axis=2)
        near = names[np.argmax(away <= away.min(axis=1, keepdims=True) * (1 + 1e-9), axis=1)]
        if (near == labels).all() or len(np.unique(near)) < len(names):
            break
        labels = near
    return labels


def _labels(points: np.ndarray, number: int, method: str) -> np.ndarray:
    """Classes of points in their order."""
    distances = np.sqrt(((points[:, None] - points) ** 2).sum(axis=2))
    labels = cut(linkage(distances, method="ward"), number)
    return _numbered(labels if method == "ward" else _k_means(points, labels))


def classes(frame: pd.DataFrame, number: int, method: str = "ward") -> pd.Series:
    """Sort places into classes of like places.

    Parameters
    ----------
    frame : DataFrame, one row per place, one column per measure
        Standardised here.
    number : int
        Of classes, from 1 to the number of places.
    method : {"ward", "k-means"}
        Cut of Ward's tree; or the same classes, improved by moving each place to the nearest centre until none
        moves. Nothing is drawn at random.

    Returns
    -------
    Series of int, on the index of `frame`
        1 is the largest class.

    Raises
    ------
    ValueError
        As `standardise`, or when the method is unknown or there are more classes than places.

    References
    ----------
    Ward, J. H. (1963). Hierarchical grouping to optimize an objective function. Journal of the American
    Statistical Association 58(301), 236–244. Lloyd, S. P. (1982). Least squares quantization in PCM. IEEE
    Transactions on Information Theory 28(2), 129–137.

    Examples
    --------
    >>> classes(pd.DataFrame({"rate": [9, 1, 2, 8, 9]}), 2).tolist()
    [1, 2, 2, 1, 1]
    """
    if method not in METHODS:
        raise ValueError(f"method is {method!r}: give one of {', '.join(METHODS)}")
    z = standardise(frame)
    return pd.Series(_labels(z.to_numpy(), number, method), z.index, name="class").loc[frame.index]


def profiles(frame: pd.DataFrame, labels: pd.Series) -> pd.DataFrame:
    """What each class is like: the mean of each standardised measure.

    Parameters
    ----------
    frame : DataFrame, one row per place, one column per measure
    labels : Series, the class of each place, on the same index

    Returns
    -------
    DataFrame, one row per class
        `places`, then the mean of each measure, in standard deviations of all places.

    Raises
    ------
    ValueError
        As `standardise`, or when the two are not about the same places.

    Examples
    --------
    >>> profiles(pd.DataFrame({"rate": [2, 4, 6]}), pd.Series([1, 1, 2])).round(3).to_numpy().tolist()
    [[2.0, -0.612], [1.0, 1.225]]
    """
    lost = frame.index.symmetric_difference(labels.index)
    if len(lost):
        raise ValueError(f"{plain(lost[0])} has measures or a class, not both: give it both")
    z = standardise(frame)
    by = labels.loc[z.index].rename("class")
    means = z.groupby(by).mean()
    means.insert(0, "places", by.groupby(by).size())
    return means


def bootstrap_stability(frame: pd.DataFrame, number: int, method: str = "ward", draws: int = 100, seed: int = 0) -> pd.Series:
    """How far does each class come back when the places are drawn again?

    As many places are drawn with replacement and classified again; each class is compared with the one that
    resembles it most, by Jaccard's index over the places drawn.

    Parameters
    ----------
    frame, number, method : as for `classes`
    draws : int
        1 or more.
    seed : int
        Of the generator. Places are put in sorted order first, so the order of rows changes nothing.

    Returns
    -------
    Series, one value per class
        Mean of the index over the draws that hold a place of the class: over 0.75 a class is called stable, under 0.5 it
        dissolves.

    Raises
    ------
    ValueError
        As `classes`, or when `draws` is under 1.

    References
    ----------
    Hennig, C. (2007). Cluster-wise assessment of cluster stability. Computational Statistics and Data Analysis
    52, 258–271.

    Examples
    --------
    Two groups far apart always come back:

    >>> bootstrap_stability(pd.DataFrame({"rate": [*range(20), *range(900, 920)]}), 2, draws=20).tolist()
    [1.0, 1.0]
    """
    if draws < 1:
        raise ValueError(f"draws is {draws}: give at least 1, 100 is usual")
    usual = classes(frame, number, method).sort_index().to_numpy()
    points, generator = standardise(frame).to_numpy(), np.random.default_rng(seed)
    found: dict[int, list[float]] = {label: [] for label in range(1, number + 1)}
    for _ in range(draws):
        at = np.sort(generator.integers(0, len(points), len(points)))
        if len(np.unique(points[at], axis=0)) < number:
            continue
        drawn, first = _labels(points[at], number, method), np.unique(at, return_index=True)[1]
        old, new = usual[at][first], drawn[first]               # each place once
        for label, scores in found.items():
            ours = old == label
            if ours.any():
                scores.append(max(float((ours & (new == k)).sum() / (ours | (new == k)).sum()) for k in range(1, number + 1)))
    return pd.Series({label: float(np.mean(scores)) if scores else float("nan") for label, scores in found.items()}, name="stability")
