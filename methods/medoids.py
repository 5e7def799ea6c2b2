"""Classes around medoids: k-medoids of weighted items, and the medoid of each class of any partition."""
from __future__ import annotations

from typing import NamedTuple

import numpy as np

from methods.trees import TOLERANCE, first_lowest

__all__ = ["k_medoids", "KMedoids", "medoids"]


class KMedoids(NamedTuple):
    """`labels` 1 to k of the items, the `medoids` of the classes, and `loss`, all towns' distance to them."""

    labels: np.ndarray
    medoids: np.ndarray
    loss: float


def _build(d: np.ndarray, w: np.ndarray, classes: int) -> np.ndarray:
    """Choose medoids one by one, each time the item that shortens the way of all to their medoid the most."""
    chosen = [first_lowest(w @ d)]
    while len(chosen) < classes:
        nearest = d[:, chosen].min(axis=1)
        way = w @ np.minimum(d, nearest[:, None])
        way[chosen] = np.inf
        chosen.append(first_lowest(way))
    return np.sort(chosen)


def _best_swap(d: np.ndarray, w: np.ndarray, chosen: np.ndarray) -> tuple[float, int, int]:
    """Find the medoid and the item whose exchange shortens the way the most: (change, position, item)."""
    to_chosen = d[:, chosen]
    owner = to_chosen.argmin(axis=1)
    ranked = np.sort(to_chosen, axis=1)
    first, second = ranked[:, :1], ranked[:, 1:2]
    kept = np.minimum(d, first)                             # way of each item when a candidate is added ...
    lost = w[:, None] * (np.minimum(d, second) - kept)      # ... and what taking its medoid away adds to it
    change = w @ (kept - first) + (owner == np.arange(len(chosen))[:, None]).astype(float) @ lost
    change[:, chosen] = np.inf
    lowest = change.min()
    place, item = np.argwhere(change <= lowest + TOLERANCE * abs(lowest))[0]
    return float(lowest), int(place), int(item)


def k_medoids(distances: np.ndarray, weights: np.ndarray | None, classes: int,
              order: np.ndarray | None = None) -> KMedoids:
    """Find k items such that all towns are as near as possible to one of them (partitioning around medoids).

    The usual two phases: build a first choice greedily, then make the best exchange as long as one helps.
    Nothing is drawn at random; of equal choices (to a billionth) the first in canonical order is taken.

    Parameters
    ----------
    distances : array (m, m)
        Symmetric, zero on the diagonal.
    weights : array (m,) or None
        How many towns each item stands for; None for 1 each.
    classes : int
        k, from 1 to m.
    order : permutation of 0 ... m − 1, optional
        Order in which equal choices are looked at, in place of the canonical one.

    Returns
    -------
    KMedoids
        `labels` numbered by the first item of each class; `medoids[c - 1]` is the medoid of class c.

    Raises
    ------
    ValueError
        When there are fewer items than classes, or the order is no permutation.

    References
    ----------
    Kaufman, L. and Rousseeuw, P. J. (1990). Finding Groups in Data. Wiley.

    Examples
    --------
    >>> points = np.array([0, 1, 2, 10, 11, 12])
    >>> k_medoids(abs(points[:, None] - points), None, 2)
    KMedoids(labels=array([1, 1, 1, 2, 2, 2]), medoids=array([1, 4]), loss=4.0)
    """
    m = len(distances)
    if not 1 <= classes <= m:
        raise ValueError(f"classes is {classes}: there are {m} distinct items, give a number from 1 to {m}")
    order = np.arange(m) if order is None else np.asarray(order)
    if not np.array_equal(np.sort(order), np.arange(m)):
        raise ValueError(f"order must hold each number from 0 to {m - 1} once, got {order.tolist()[:5]}...")
    d = np.asarray(distances, float)[np.ix_(order, order)]
    w = (np.ones(m) if weights is None else np.asarray(weights, float))[order]
    chosen = _build(d, w, classes)
    loss = float(w @ d[:, chosen].min(axis=1))
    while 1 < classes < m:
        change, place, item = _best_swap(d, w, chosen)
        if not change < -TOLERANCE * loss:
            break
        chosen[place] = item
        chosen.sort()
        loss = float(w @ d[:, chosen].min(axis=1))
    return _numbered(d, chosen, order, loss)


def _numbered(d: np.ndarray, chosen: np.ndarray, order: np.ndarray, loss: float) -> KMedoids:
    """Give each item to its nearest medoid and number the classes by their first item in canonical order."""
    near = d[:, chosen]
    at = np.argmax(near <= near.min(axis=1, keepdims=True) * (1 + TOLERANCE), axis=1)
    at[chosen] = np.arange(len(chosen))         # a medoid at distance 0 from another still has its own class
    owner = np.empty(len(order), int)
    owner[order] = at
    _, first = np.unique(owner, return_index=True)
    rank = np.argsort(np.argsort(first))
    centres = np.empty(len(chosen), int)
    centres[rank] = order[chosen]
    return KMedoids(rank[owner] + 1, centres, loss)


def medoids(distances: np.ndarray, weights: np.ndarray | None, labels: np.ndarray) -> dict[int, int]:
    """Find the item of each class that is nearest to all others of the class: its most typical sequence.

    Parameters
    ----------
    distances, weights
        As in `k_medoids`.
    labels : array (m,)
        Class of each item.

    Returns
    -------
    dict
        Item number by class. Of equal items the heaviest is taken, then the first in canonical order.

    Examples
    --------
    >>> points = np.array([0, 1, 2, 10, 11])
    >>> medoids(abs(points[:, None] - points), [1, 1, 1, 1, 3], np.array([1, 1, 1, 2, 2]))
    {1: 1, 2: 4}
    """
    d, labels = np.asarray(distances, float), np.asarray(labels)
    w = np.ones(len(d)) if weights is None else np.asarray(weights, float)
    found = {}
    for name in np.unique(labels):
        members = np.flatnonzero(labels == name)
        way = d[np.ix_(members, members)] @ w[members]
        equal = members[way <= way.min() * (1 + TOLERANCE)]
        found[name.item()] = int(equal[np.argmax(w[equal])])
    return found
