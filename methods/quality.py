"""How good and how sure classes are: inertia, silhouette, agreement of partitions, what ties change."""
from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from methods._words import plain
from methods.medoids import k_medoids
from methods.trees import METHODS, cut, linkage

__all__ = ["partitions", "inertia", "silhouette", "quality", "adjusted_rand", "stability", "tie_sensitivity"]


def partitions(distances: np.ndarray, weights: np.ndarray | None, classes: Iterable[int],
               method: str = "average", order: np.ndarray | None = None) -> dict[int, np.ndarray]:
    """Classes of the items by any method, for several numbers of classes.

    Parameters
    ----------
    distances, weights, order
        As in `methods.trees.linkage` and `methods.medoids.k_medoids`.
    classes : numbers of classes, each from 1 to m
    method : {"average", "ward", "complete", "k-medoids"}

    Returns
    -------
    dict
        For each number of classes, int array (m,): class of each item, numbered from 1 by the first item of
        each.

    Raises
    ------
    ValueError
        When the method is unknown, or as in the two functions.

    Examples
    --------
    >>> points = np.array([0, 1, 4])
    >>> {k: labels.tolist() for k, labels in partitions(abs(points[:, None] - points), None, [1, 2]).items()}
    {1: [1, 1, 1], 2: [1, 1, 2]}
    """
    if method == "k-medoids":
        return {k: k_medoids(distances, weights, k, order).labels for k in classes}
    if method not in METHODS:
        raise ValueError(f"method is {method!r}: give one of {', '.join(METHODS)}, k-medoids")
    tree = linkage(distances, weights, method, order)
    return {k: cut(tree, k) for k in classes}


def _members(labels: np.ndarray, weights: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    """Classes as columns of 0 and 1 (m, k), and the weights (m,)."""
    names, code = np.unique(labels, return_inverse=True)
    w = np.ones(len(code)) if weights is None else np.asarray(weights, float)
    return np.eye(len(names))[code], w


def inertia(distances: np.ndarray, weights: np.ndarray | None, labels: np.ndarray) -> float:
    """Spread inside classes: sum over pairs of towns of a class of distance², over the towns of the class.

    For points in space this is the usual sum of squares around the centres of the classes, and one merge of
    Ward's tree adds half the square of its height.

    Parameters
    ----------
    distances : array (m, m)
    weights : array (m,) or None
    labels : array (m,)

    Returns
    -------
    float, 0 or more

    Examples
    --------
    Points 0, 2 and 10 in two classes: (2²) / 2.

    >>> points = np.array([0, 2, 10])
    >>> inertia(abs(points[:, None] - points), None, np.array([1, 1, 2]))
    2.0
    """
    members, w = _members(labels, weights)
    mass = members * w[:, None]
    return float((mass * (np.asarray(distances, float)**2 @ mass)).sum(axis=0) @ (0.5 / mass.sum(axis=0)))


def silhouette(distances: np.ndarray, weights: np.ndarray | None, labels: np.ndarray) -> np.ndarray:
    """How much nearer a town is to its own class than to the next: 1 at best, below 0 when misplaced.

    Parameters
    ----------
    distances : array (m, m)
    weights : array (m,) of whole numbers, or None
        How many towns follow each item: they count as so many towns at distance zero from one another.
    labels : array (m,), at least two classes

    Returns
    -------
    array (m,)
        In [−1, 1]; 0 for a class of one town. The average over towns is the mean weighted by `weights`.

    Raises
    ------
    ValueError
        When there is one class only.

    References
    ----------
    Rousseeuw, P. J. (1987). Silhouettes: a graphical aid to the interpretation and validation of cluster
    analysis. Journal of Computational and Applied Mathematics 20, 53–65.

    Examples
    --------
    Points 0, 2 and 10 in two classes; for the first: own class 2, next class 10, so (10 − 2) / 10.

    >>> points = np.array([0, 2, 10])
    >>> silhouette(abs(points[:, None] - points), None, np.array([1, 1, 2])).tolist()
    [0.8, 0.75, 0.0]
    """
    members, w = _members(labels, weights)
    if members.shape[1] < 2:
        raise ValueError("there is one class: a silhouette compares with the next class, give at least two")
    size, own = w @ members, members.astype(bool)
    total = np.asarray(distances, float) @ (members * w[:, None])       # from each item to each class's towns
    inside = (total * members).sum(axis=1) / np.maximum(members @ size - 1, 1e-300)
    outside = np.where(own, np.inf, total / size).min(axis=1)
    widest = np.maximum(inside, outside)
    apart = (outside - inside) / np.where(widest > 0, widest, 1)
    return np.where((members @ size > 1) & (widest > 0), apart, 0.0)


def quality(distances: np.ndarray, weights: np.ndarray | None,
            by_classes: Mapping[int, np.ndarray]) -> pd.DataFrame:
    """Measures to choose a number of classes by.

    Parameters
    ----------
    distances : array (m, m)
    weights : array (m,) or None
    by_classes : mapping of a number of classes to labels (m,)
        As `partitions` gives.

    Returns
    -------
    DataFrame, one row per number of classes, in increasing order
        `within`, the inertia; `explained`, 1 − within / inertia of the whole; `jump`, what this class more
        took away from the inertia of the row above (missing in the first row, or when the row above has not
        one class less); `silhouette`, its average over towns (missing for one class); `smallest`, towns in
        the smallest class.

    Examples
    --------
    >>> points = np.array([0, 2, 10])
    >>> d = abs(points[:, None] - points)
    >>> table = quality(d, None, partitions(d, None, [1, 2], "ward"))
    >>> table.within.round(3).tolist(), table.silhouette.round(3).tolist()
    ([56.0, 2.0], [nan, 0.517])
    """
    whole = inertia(distances, weights, np.zeros(len(distances)))
    rows = {}
    for k in sorted(by_classes):
        members, w = _members(by_classes[k], weights)
        within = inertia(distances, weights, by_classes[k])
        mean = np.average(silhouette(distances, weights, by_classes[k]), weights=w) if k > 1 else np.nan
        jump = rows[k - 1]["within"] - within if k - 1 in rows else np.nan
        rows[k] = {"within": within, "explained": 1 - within / whole if whole else np.nan, "jump": jump,
                   "silhouette": float(mean), "smallest": int((w @ members).min())}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("classes")


def adjusted_rand(a: np.ndarray | pd.Series, b: np.ndarray | pd.Series,
                  weights: np.ndarray | None = None) -> float:
    """Agreement of two partitions: pairs of towns put together by both, corrected for chance.

    Parameters
    ----------
    a, b : labels of the same items, in the same order (two Series are aligned by their index)
    weights : array of whole numbers, optional
        How many towns each item stands for.

    Returns
    -------
    float
        1 for the same classes under any names, about 0 for unrelated ones, below 0 for less than chance.

    Raises
    ------
    ValueError
        When the two are not about the same items.

    References
    ----------
    Hubert, L. and Arabie, P. (1985). Comparing partitions. Journal of Classification 2, 193–218.

    Examples
    --------
    Of 6 pairs the first puts 2 together, the second 3, both 1: (1 − 2 · 3 / 6) / ((2 + 3) / 2 − 2 · 3 / 6).

    >>> adjusted_rand(np.array([1, 1, 2, 2]), np.array([5, 5, 5, 6]))
    0.0
    """
    if isinstance(a, pd.Series) and isinstance(b, pd.Series):
        if len(odd := a.index.symmetric_difference(b.index)):
            raise ValueError(f"{plain(odd[0])} stands in one partition only: compare the same towns")
        b = b.loc[a.index]
    if len(a) != len(b):
        raise ValueError(f"{len(a)} and {len(b)} labels: compare partitions of the same items")
    (rows, r), (columns, c) = (np.unique(np.asarray(labels), return_inverse=True) for labels in (a, b))
    w = np.ones(len(r)) if weights is None else np.asarray(weights, float)
    table = np.bincount(r * len(columns) + c, w, len(rows) * len(columns)).reshape(len(rows), len(columns))

    def pairs(counts: np.ndarray) -> float:
        return float((counts * (counts - 1) / 2).sum())

    both, every = pairs(table), pairs(table.sum())
    by_a, by_b = pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    expected = by_a * by_b / every if every else 0.0
    largest = (by_a + by_b) / 2
    return 1.0 if largest == expected else (both - expected) / (largest - expected)


def stability(reference: pd.Series, others: Mapping[str, pd.Series]) -> pd.Series:
    """How much of a typology is left under other choices: adjusted Rand index of each with the reference.

    Parameters
    ----------
    reference : Series, one class per town
    others : mapping of a choice, in words, to the classes it gives for the same towns

    Returns
    -------
    Series
        Adjusted Rand index by choice, in the order given.

    Raises
    ------
    ValueError
        As in `adjusted_rand`.

    Examples
    --------
    >>> stability(pd.Series([1, 1, 2]), {"other names": pd.Series([2, 2, 1])}).to_dict()
    {'other names': 1.0}
    """
    return pd.Series({name: adjusted_rand(reference, labels) for name, labels in others.items()}, dtype=float,
                     name="adjusted_rand")


def tie_sensitivity(distances: np.ndarray, weights: np.ndarray | None, classes: Iterable[int] | int,
                    method: str = "average", orders: int = 50, seed: int = 0) -> pd.DataFrame:
    """Run a classification again with ties broken in other orders, and compare with the canonical one.

    Parameters
    ----------
    distances, weights, method
        As in `partitions`.
    classes : int or several
    orders : int
        Number of orders drawn.
    seed : int
        Of the generator.

    Returns
    -------
    DataFrame (orders, classes)
        Adjusted Rand index between towns' classes under each order and under the canonical one: 1 throughout
        when ties change nothing. As many different orders give as many honest answers, the lowest says how
        much is choice.

    Raises
    ------
    ValueError
        When `orders` is not above 0, or as in `partitions`.

    Examples
    --------
    Three points at equal distances, two towns each: any two may be put together, and two such choices share
    fewer pairs than chance would have it, (3 − 49 / 15) / (7 − 49 / 15).

    >>> equal = np.ones((3, 3)) - np.eye(3)
    >>> sorted(tie_sensitivity(equal, [2, 2, 2], 2, orders=20)[2].round(3).unique().tolist())
    [-0.071, 1.0]
    """
    if orders < 1:
        raise ValueError(f"orders is {orders}: give at least 1, 50 is enough to see")
    numbers = [classes] if isinstance(classes, int) else list(classes)
    usual = partitions(distances, weights, numbers, method)
    generator = np.random.default_rng(seed)
    rows = []
    for _ in range(orders):
        other = partitions(distances, weights, numbers, method, generator.permutation(len(distances)))
        rows.append([adjusted_rand(usual[k], other[k], weights) for k in numbers])
    return pd.DataFrame(rows, columns=pd.Index(numbers, name="classes")).rename_axis("order")
