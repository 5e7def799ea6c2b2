"""Weighted trees: SciPy on the towns themselves, any order of rows, ties, by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import scipy.cluster.hierarchy as scipy_trees
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import pdist, squareform

from methods.costs import constant_costs
from methods.matching import expand, optimal_matching
from methods.quality import adjusted_rand, partitions
from methods.trees import cut, first_lowest, linkage

METHODS = ["average", "ward", "complete"]


def points(seed: int, m: int = 40) -> tuple[np.ndarray, np.ndarray]:
    """Distances without ties between m points of a plane, and whole weights."""
    generator = np.random.default_rng(seed)
    return squareform(pdist(generator.random((m, 2)))), generator.integers(1, 6, m)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("seed", range(5))
def test_equals_scipy_on_all_towns_without_ties(method: str, seed: int) -> None:
    """Heights (to 1e-9, relative) and every partition of the expanded distances."""
    d, weights = points(seed)
    index = np.repeat(np.arange(len(d)), weights)
    other = scipy_trees.linkage(squareform(d[np.ix_(index, index)]), method)
    tree = linkage(d, weights, method)
    assert tree.heights == pytest.approx(other[len(index) - len(d) :, 2], rel=1e-9)
    assert not tree.tied.any()
    for k in (1, 2, 5, 17, 40):
        assert adjusted_rand(cut(tree, k)[index], scipy_trees.fcluster(other, k, "maxclust")) == 1


@pytest.mark.parametrize("method", METHODS)
def test_equals_scipy_on_distances_that_are_no_distances_of_points(method: str) -> None:
    d = squareform(np.random.default_rng(3).uniform(1, 2, 780))
    tree, other = linkage(d, method=method), scipy_trees.linkage(squareform(d), method)
    assert tree.to_scipy() == pytest.approx(other, rel=1e-9)
    assert scipy_trees.is_valid_linkage(tree.to_scipy())


def test_ward_by_hand() -> None:
    """Two towns at 0, one at 1, two at 5. First 0 with 1: √(2·2·1/3); then 2/3 moves by 1/3: √(2·3·2/5)·14/3."""
    spots = np.array([0, 1, 5])
    tree = linkage(abs(spots[:, None] - spots), [2, 1, 2], "ward")
    assert tree.merges.tolist() == [[0, 1], [0, 2]]
    assert tree.heights == pytest.approx([np.sqrt(4 / 3), np.sqrt(12 / 5) * 14 / 3])


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.sampled_from([*METHODS, "k-medoids"]), st.randoms())
def test_any_order_of_towns_gives_the_same_classes(seed: int, method: str, random: object) -> None:
    """Whole distances, full of ties: towns mixed at random keep their class, whatever the number of classes."""
    towns = pd.DataFrame(
        np.random.default_rng(seed).integers(0, 3, (40, 4)), index=[f"{i:02d}" for i in range(40)]
    )
    names = list(towns.index)
    random.shuffle(names)
    one, other = (optimal_matching(table, constant_costs(range(3))) for table in (towns, towns.loc[names]))
    for k in (2, 3, 5):
        first, second = (
            expand(partitions(m.distances, m.weights, [k], method)[k], m.index) for m in (one, other)
        )
        pd.testing.assert_series_equal(first, second.loc[first.index])


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.sampled_from(METHODS))
def test_last_digits_do_not_decide(seed: int, method: str) -> None:
    """Distances changed by a part in 10¹³, as another processor might, give the same merges and ties."""
    generator = np.random.default_rng(seed)
    table = np.unique(generator.integers(0, 3, (40, 4)), axis=0)
    result = optimal_matching(table, constant_costs(range(3)))
    noise = np.triu(generator.uniform(-1e-13, 1e-13, result.distances.shape), 1)
    tree = linkage(result.distances, None, method)
    noisy = linkage(result.distances * (1 + noise + noise.T), None, method)
    assert noisy.merges.tolist() == tree.merges.tolist()
    assert noisy.tied.tolist() == tree.tied.tolist()


@pytest.mark.parametrize("method", METHODS)
def test_without_ties_the_order_of_looking_changes_nothing(method: str) -> None:
    d, weights = points(11)
    usual = linkage(d, weights, method)
    other = linkage(d, weights, method, np.random.default_rng(1).permutation(len(d)))
    assert other.merges.tolist() == usual.merges.tolist()
    assert other.heights == pytest.approx(usual.heights)


def test_ties_are_seen_and_the_order_decides_them() -> None:
    equal = np.ones((3, 3)) - np.eye(3)
    tree = linkage(equal)
    assert tree.merges.tolist() == [[0, 1], [0, 2]]
    assert tree.tied.tolist() == [True, False]
    assert cut(linkage(equal, order=np.array([2, 0, 1])), 2).tolist() == [1, 2, 1]


def test_first_lowest_sees_equal_sums() -> None:
    assert first_lowest(np.array([0.3, 0.1 + 0.2])) == 0
    assert first_lowest(np.array([0.1 + 0.2, 0.3])) == 0
    assert first_lowest(np.array([0.3 + 1e-6, 0.3])) == 1
    assert first_lowest(np.array([2.0, 0.0, 0.0])) == 1


def test_one_item_is_a_tree() -> None:
    assert cut(linkage(np.zeros((1, 1)), [7]), 1).tolist() == [1]


SQUARE = np.ones((3, 3)) - np.eye(3)


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"distances": np.ones((2, 3))}, r"shape \(2, 3\)"),
        ({"distances": np.ones((3, 3))}, "0 on the diagonal"),
        ({"distances": SQUARE * np.nan}, "finite"),
        ({"method": "single"}, "method is 'single'"),
        ({"weights": [1, 0, 1]}, r"\[1.0, 0.0, 1.0\]"),
        ({"weights": [1, 1]}, "for 3 items"),
        ({"order": [0, 0, 1]}, "0 to 2 once"),
    ],
)
def test_linkage_says_what_is_wrong(choices: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        linkage(**({"distances": SQUARE} | choices))


@pytest.mark.parametrize("classes", [0, 4])
def test_cut_says_what_is_wrong(classes: int) -> None:
    with pytest.raises(ValueError, match=f"classes is {classes}: there are 3"):
        cut(linkage(SQUARE), classes)
