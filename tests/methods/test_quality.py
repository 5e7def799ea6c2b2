"""Inertia, silhouette, adjusted Rand index, ties: scikit-learn on the towns themselves, closed forms."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import pdist, squareform
from sklearn.metrics import adjusted_rand_score, silhouette_samples

from methods.quality import (
    adjusted_rand,
    inertia,
    partitions,
    quality,
    silhouette,
    stability,
    tie_sensitivity,
)
from methods.trees import linkage


def cloud(seed: int, m: int = 30) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    spots = generator.random((m, 2))
    return spots, squareform(pdist(spots)), generator.integers(1, 5, m)


@pytest.mark.parametrize("seed", range(4))
def test_silhouette_is_scikit_learns_on_all_towns(seed: int) -> None:
    _, d, weights = cloud(seed)
    labels = np.random.default_rng(seed).integers(0, 4, len(d))
    index = np.repeat(np.arange(len(d)), weights)
    other = silhouette_samples(d[np.ix_(index, index)], labels[index], metric="precomputed")
    assert silhouette(d, weights, labels)[index] == pytest.approx(other, abs=1e-12)


def test_silhouette_of_a_town_alone_and_of_one_spot() -> None:
    d = np.array([[0.0, 1, 1], [1, 0, 0], [1, 0, 0]])
    assert silhouette(d, None, np.array([1, 2, 3])).tolist() == [0, 0, 0]
    assert silhouette(d, None, np.array([1, 2, 2])).tolist() == [0, 1, 1]
    with pytest.raises(ValueError, match="one class"):
        silhouette(d, None, np.array([1, 1, 1]))


def test_inertia_is_the_sum_of_squares_around_centres() -> None:
    spots, d, weights = cloud(7)
    labels = np.random.default_rng(7).integers(0, 3, len(d))
    expected = 0.0
    for name in range(3):
        part, w = spots[labels == name], weights[labels == name]
        expected += (w[:, None] * (part - np.average(part, axis=0, weights=w)) ** 2).sum()
    assert inertia(d, weights, labels) == pytest.approx(expected)


def test_ward_adds_half_its_height_squared() -> None:
    _, d, weights = cloud(8)
    table = quality(d, weights, partitions(d, weights, range(1, 31), "ward"))
    heights = linkage(d, weights, "ward").heights
    assert table.jump.to_numpy()[1:] == pytest.approx(heights[::-1] ** 2 / 2)
    assert table.explained.iloc[0] == 0
    assert table.explained.iloc[-1] == pytest.approx(1)
    assert table.smallest.iloc[0] == weights.sum()


def test_quality_finds_three_heaps() -> None:
    generator = np.random.default_rng(10)
    spots = np.concatenate([generator.normal(centre, 0.05, (15, 2)) for centre in ((0, 0), (1, 0), (0, 1))])
    d = squareform(pdist(spots))
    for method in ("average", "ward", "complete", "k-medoids"):
        table = quality(d, None, partitions(d, None, range(2, 7), method))
        assert table.silhouette.idxmax() == 3
        assert table.smallest[3] == 15


def test_quality_without_the_row_above_has_no_jump() -> None:
    _, d, weights = cloud(1)
    assert quality(d, weights, partitions(d, weights, [2, 4, 5])).jump.isna().tolist() == [True, True, False]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(1, 4)), min_size=2, max_size=30))
def test_adjusted_rand_is_scikit_learns(rows: list[tuple[int, int, int]]) -> None:
    a, b, weights = np.array(rows).T
    expected = adjusted_rand_score(np.repeat(a, weights), np.repeat(b, weights))
    assert adjusted_rand(a, b, weights) == pytest.approx(expected, abs=1e-12)


def test_adjusted_rand_aligns_names_and_refuses_other_towns() -> None:
    a = pd.Series([1, 1, 2], index=list("ABC"))
    assert adjusted_rand(a, pd.Series([7, 5, 5], index=list("CBA"))) == 1
    with pytest.raises(ValueError, match="'C' stands in one partition"):
        adjusted_rand(a, pd.Series([7, 5, 5], index=list("BAD")))
    with pytest.raises(ValueError, match="3 and 2 labels"):
        adjusted_rand(np.array([1, 2, 3]), np.array([1, 2]))


def test_adjusted_rand_of_unrelated_classes_is_about_zero() -> None:
    generator = np.random.default_rng(12)
    values = [adjusted_rand(generator.integers(0, 4, 500), generator.integers(0, 4, 500)) for _ in range(200)]
    assert np.mean(values) == pytest.approx(0, abs=2e-3)


def test_stability_keeps_the_order_given() -> None:
    reference = pd.Series([1, 1, 2, 2])
    result = stability(reference, {"other": pd.Series([1, 2, 1, 2]), "same": reference})
    assert result.index.tolist() == ["other", "same"]
    assert result["same"] == 1
    assert result["other"] == pytest.approx(-0.5)


@pytest.mark.parametrize("method", ["average", "ward", "complete", "k-medoids"])
def test_without_ties_nothing_is_sensitive(method: str) -> None:
    _, d, weights = cloud(13)
    table = tie_sensitivity(d, weights, [2, 5], method, orders=8)
    assert table.shape == (8, 2)
    assert (table == 1).all(axis=None)


def test_ties_are_measured_and_seeded() -> None:
    d = squareform(pdist(np.random.default_rng(1).integers(0, 3, (40, 4)), "cityblock"))
    table = tie_sensitivity(d, None, 4, "ward", orders=10, seed=5)
    assert table[4].min() < 1
    assert len(tie_sensitivity(d, None, 4, "ward", orders=1)) == 1
    pd.testing.assert_frame_equal(table, tie_sensitivity(d, None, 4, "ward", orders=10, seed=5))


def test_unknown_methods_and_orders_are_named() -> None:
    d = np.ones((3, 3)) - np.eye(3)
    with pytest.raises(ValueError, match="method is 'kmeans'"):
        partitions(d, None, [2], "kmeans")
    with pytest.raises(ValueError, match="orders is 0"):
        tie_sensitivity(d, None, 2, orders=0)
