"""Hierarchical classes of weighted items, the same for any order of the rows.

A town more that follows a sequence already seen changes how much the sequence weighs, not what there is to
compare: the tree is grown on distinct sequences, each as heavy as the towns that follow it. The result is the
one of the usual algorithm on all towns, where identical ones are merged first, at height zero.

Ties. Several pairs are often equally close, and which of them is merged first changes the classes. Usual
libraries take the pair that comes first in the table: the order of the rows then decides. Here items come in
a canonical order (the caller's, by state and date, from `methods.matching`), and of all pairs within a
billionth of the smallest distance the first in that order is merged, so that neither the rows nor the last
digits of a processor decide. The choice is still a choice: `Tree.tied` says which merges had one, and
`methods.quality.tie_sensitivity` what it changes.
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

__all__ = ["Tree", "linkage", "cut", "first_lowest"]

TOLERANCE = 1e-9        # distances closer than this, relative to the smaller, are equal


@dataclass(frozen=True)
class Tree:
    """Merges of m items, from the closest pair to the whole.

    Attributes
    ----------
    merges : int array (m − 1, 2)
        Items that stand for the two groups merged: the smallest number in each, the smaller first.
    heights : array (m − 1,)
        Distance between the two groups, never falling.
    tied : bool array (m − 1,)
        Whether another pair was as close at that moment.
    weights : array (m,)
        Of the items.
    """

    merges: np.ndarray
    heights: np.ndarray
    tied: np.ndarray
    weights: np.ndarray

    def to_scipy(self) -> np.ndarray:
        """Write the tree as SciPy's linkage matrix (m − 1, 4), for `scipy.cluster.hierarchy.dendrogram`.

        The last column counts items, not their weights.
        """
        node = {item: item for item in range(len(self.weights))}
        size = dict.fromkeys(node, 1)
        rows = []
        for step, (i, j) in enumerate(self.merges.tolist()):
            size[i] += size[j]
            rows.append((*sorted((node[i], node[j])), self.heights[step], size[i]))
            node[i] = len(self.weights) + step
        return np.array(rows, float).reshape(-1, 4)


def first_lowest(values: np.ndarray) -> int:
    """Position of the first value that is the smallest, to a relative difference of a billionth.

    Examples
    --------
    >>> first_lowest(np.array([0.5, 0.3, 0.1 + 0.2, 0.3 - 1e-16]))
    1
    """
    lowest = values.min()
    return int(np.argmax(values <= lowest + TOLERANCE * abs(lowest)))


# Distance from the group that i and j make to each other group, from the distances of i and of j to it, the
# one between i and j, and the three weights (Lance and Williams).
METHODS: dict[str, Callable[..., np.ndarray]] = {
    "average": lambda d_i, d_j, d_ij, w_i, w_j, w: (w_i * d_i + w_j * d_j) / (w_i + w_j),
    "complete": lambda d_i, d_j, d_ij, w_i, w_j, w: np.maximum(d_i, d_j),
    "ward": lambda d_i, d_j, d_ij, w_i, w_j, w: np.sqrt(
        ((w_i + w) * d_i**2 + (w_j + w) * d_j**2 - w * d_ij**2) / (w_i + w_j + w)),
}


def _start(distances: np.ndarray, weights: np.ndarray | None, method: str) -> tuple[np.ndarray, np.ndarray]:
    """Check what was given; distances between groups of identical items, none to itself."""
    d = np.array(distances, float)
    if d.ndim != 2 or d.shape[0] != d.shape[1] or not len(d):
        raise ValueError(f"the distances have the shape {d.shape}: give one row and one column per item")
    if not np.isfinite(d).all() or (d < 0).any() or (d != d.T).any() or d.diagonal().any():
        raise ValueError("the distances must be finite, 0 or more, symmetric and 0 on the diagonal")
    w = np.ones(len(d)) if weights is None else np.array(weights, float)
    if w.shape != (len(d),) or not (w > 0).all():
        raise ValueError(f"the weights are {w.tolist()[:5]}... for {len(d)} items: give one above 0 for each")
    if method not in METHODS:
        raise ValueError(f"method is {method!r}: give one of {', '.join(METHODS)}")
    if method == "ward":        # a towns in one place, b in another, d apart: d · sqrt(2ab / (a + b))
        d *= np.sqrt(2 * np.outer(w, w) / np.add.outer(w, w))
    np.fill_diagonal(d, np.inf)
    return d, w


def _join(d: np.ndarray, w: np.ndarray, nearest: np.ndarray, lowest: np.ndarray, i: int, j: int,
          update: Callable[..., np.ndarray]) -> None:
    """Merge group j into group i: new distances, then each group's nearest other group."""
    with np.errstate(invalid="ignore"):                     # groups merged before are infinitely far
        new = update(d[i], d[j], d[i, j], w[i], w[j], w)
    new[~np.isfinite(lowest)] = np.inf
    new[[i, j]] = np.inf
    d[i], d[:, i], d[j], d[:, j] = new, new, np.inf, np.inf
    w[i] += w[j]
    lowest[j] = np.inf
    closer = new < lowest
    lowest[closer], nearest[closer] = new[closer], i
    stale = ((nearest == i) | (nearest == j)) & ~closer & np.isfinite(lowest)
    stale[i] = True
    lost = np.flatnonzero(stale)
    nearest[lost] = d[lost].argmin(axis=1)
    lowest[lost] = d[lost, nearest[lost]]


def linkage(distances: np.ndarray, weights: np.ndarray | None = None, method: str = "average",
            order: np.ndarray | None = None) -> Tree:
    """Merge the two closest groups, again and again, until one is left.

    Parameters
    ----------
    distances : array (m, m)
        Symmetric, zero on the diagonal.
    weights : array (m,), optional
        How many towns each item stands for, above 0; by default 1.
    method : {"average", "ward", "complete"}
        Distance between groups: mean of all pairs of towns; Ward's criterion in the convention of SciPy and
        of R's ward.D2 (on the distances given, squared inside); largest of all pairs.
    order : permutation of 0 ... m − 1, optional
        Order in which equally close pairs are looked at, in place of the canonical one.

    Returns
    -------
    Tree

    Raises
    ------
    ValueError
        When the distances, weights or method are not as above.

    References
    ----------
    Lance, G. N. and Williams, W. T. (1967). A general theory of classificatory sorting strategies: 1.
    Hierarchical systems. The Computer Journal 9(4), 373–380. Ward, J. H. (1963). Hierarchical grouping to
    optimize an objective function. Journal of the American Statistical Association 58(301), 236–244. Murtagh,
    F. and Legendre, P. (2014). Ward's hierarchical agglomerative clustering method: which algorithms
    implement Ward's criterion? Journal of Classification 31, 274–295.

    Examples
    --------
    Points at 0, 1 and 4 on a line, the last one followed by two towns:

    >>> points = np.array([0, 1, 4])
    >>> tree = linkage(abs(points[:, None] - points), [1, 1, 2])
    >>> tree.merges.tolist(), tree.heights.tolist()
    ([[0, 1], [0, 2]], [1.0, 3.5])
    """
    d, w = _start(distances, weights, method)
    m = len(d)
    order = np.arange(m) if order is None else np.asarray(order)
    if not np.array_equal(np.sort(order), np.arange(m)):
        raise ValueError(f"order must hold each number from 0 to {m - 1} once, got {order.tolist()[:5]}...")
    tree_weights, d, w = w, d[np.ix_(order, order)], w[order]
    nearest = d.argmin(axis=1)
    lowest = d[np.arange(m), nearest]
    merges, heights, tied = np.empty((m - 1, 2), int), np.empty(m - 1), np.empty(m - 1, bool)
    for step in range(m - 1):
        limit = lowest.min() * (1 + TOLERANCE)
        i = int(np.argmax(lowest <= limit))
        j = int(np.argmax(d[i] <= limit))
        tied[step] = np.count_nonzero(lowest <= limit) > 2
        merges[step], heights[step] = (i, j), d[i, j]
        _join(d, w, nearest, lowest, i, j, METHODS[method])
    return Tree(_named(merges, order), np.maximum.accumulate(heights), tied, tree_weights)


def _named(merges: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Name each group by its smallest item in canonical order, whatever order the ties were looked at."""
    name, out = order.copy(), np.empty_like(merges)
    for step, (i, j) in enumerate(merges):
        out[step] = sorted((name[i], name[j]))
        name[i] = out[step, 0]
    return out


def cut(tree: Tree, classes: int) -> np.ndarray:
    """Undo the last merges so that so many classes are left.

    Parameters
    ----------
    tree : Tree of m items
    classes : int
        From 1 to m.

    Returns
    -------
    int array (m,)
        Class of each item, 1 to `classes`, numbered by the first item of each.

    Raises
    ------
    ValueError
        When there are fewer items than classes.

    Examples
    --------
    >>> points = np.array([0, 1, 4])
    >>> cut(linkage(abs(points[:, None] - points)), 2).tolist()
    [1, 1, 2]
    """
    m = len(tree.weights)
    if not 1 <= classes <= m:
        raise ValueError(f"classes is {classes}: there are {m} distinct items, give a number from 1 to {m}")
    group = np.arange(m)
    for i, j in tree.merges[:m - classes]:
        group[group == j] = i
    return np.unique(group, return_inverse=True)[1] + 1
