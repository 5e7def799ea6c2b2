"""k-medoids: every choice of medoids on small maps, the package kmedoids on larger ones, weights as towns."""

from __future__ import annotations

from itertools import combinations

import kmedoids
import numpy as np
import pytest
from scipy.spatial.distance import pdist, squareform

from methods.medoids import k_medoids, medoids


def cloud(seed: int, m: int = 60) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    return squareform(pdist(generator.random((m, 2)))), generator.integers(1, 5, m)


def loss_of(d: np.ndarray, weights: np.ndarray, chosen: tuple) -> float:
    return float(weights @ d[:, list(chosen)].min(axis=1))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("k", [2, 4, 7])
def test_equals_the_package_kmedoids_on_all_towns(seed: int, k: int) -> None:
    """Same medoids and loss as PAM with the same greedy start, each town standing for itself (no ties; 1e-9)."""
    d, weights = cloud(seed)
    index = np.repeat(np.arange(len(d)), weights)
    other = kmedoids.pam(d[np.ix_(index, index)], k, init="build", max_iter=1_000)
    ours = k_medoids(d, weights, k)
    assert ours.loss == pytest.approx(other.loss, rel=1e-9)
    assert sorted(ours.medoids.tolist()) == sorted(index[other.medoids].tolist())
    assert (ours.medoids[ours.labels - 1][index] == index[other.medoids][other.labels]).all()


def test_no_exchange_helps_and_small_maps_are_solved() -> None:
    for seed in range(20):
        d, weights = cloud(seed, 12)
        found = k_medoids(d, weights, 3)
        best = min(loss_of(d, weights, chosen) for chosen in combinations(range(12), 3))
        exchanges = [
            loss_of(d, weights, {*found.medoids} - {out} | {item})
            for out in found.medoids
            for item in range(12)
        ]
        assert found.loss <= min(exchanges) + 1e-12
        assert found.loss <= best * 1.1  # a local best: within a tenth of the best of all 220


def test_labels_are_the_nearest_medoid_and_numbered_by_first_item() -> None:
    d, weights = cloud(9)
    found = k_medoids(d, weights, 5)
    assert (found.labels == d[:, found.medoids].argmin(axis=1) + 1).all()
    assert (found.labels[found.medoids] == np.arange(1, 6)).all()
    _, first = np.unique(found.labels, return_index=True)
    assert (np.diff(first) > 0).all()
    assert found.loss == pytest.approx(loss_of(d, weights, tuple(found.medoids)))


def test_ties_go_to_the_first_and_to_the_order() -> None:
    equal = np.ones((4, 4)) - np.eye(4)
    assert k_medoids(equal, None, 2).medoids.tolist() == [0, 1]
    assert k_medoids(equal, None, 2).labels.tolist() == [1, 2, 1, 1]
    assert sorted(k_medoids(equal, None, 2, np.array([3, 2, 1, 0])).medoids.tolist()) == [2, 3]


def test_extremes() -> None:
    d, weights = cloud(2, 8)
    assert k_medoids(d, weights, 8).loss == 0
    assert k_medoids(d, weights, 1).medoids.tolist() == [(weights @ d).argmin()]


def test_medoid_of_each_class() -> None:
    spots = np.array([0, 1, 2, 9, 10])
    d = abs(spots[:, None] - spots)
    assert medoids(d, None, np.array([1, 1, 1, 2, 2])) == {1: 1, 2: 3}  # 9 and 10 are equal: the first
    assert medoids(d, [5, 1, 1, 1, 2], np.array([1, 1, 1, 2, 2])) == {1: 0, 2: 4}


@pytest.mark.parametrize(
    ("k", "order", "words"), [(0, None, "classes is 0"), (4, None, "there are 3"), (2, [0, 1], "0 to 2 once")]
)
def test_k_medoids_says_what_is_wrong(k: int, order: list | None, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        k_medoids(np.ones((3, 3)) - np.eye(3), None, k, order)
