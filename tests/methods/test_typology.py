"""Trajectories, order, names and matched numbers of classes."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods.typology import match_labels, mean_trajectories, name_classes, order_classes

BOUNDS, STATES = [0.8, 1, 1.25], ["low", "below", "above", "high"]


def test_mean_trajectories_by_hand_and_in_any_order() -> None:
    values = pd.DataFrame({1982: [1.0, 2.0, 5.0], 2011: [2.0, 4.0, 5.0]}, index=list("ABC"))
    labels = pd.Series({"C": 2, "A": 1, "B": 1})
    table = mean_trajectories(values, labels)
    assert table.loc[1].tolist() == [1.5, 3]
    assert table.loc[2].tolist() == [5, 5]
    with pytest.raises(ValueError, match="'C' has a trajectory or a class"):
        mean_trajectories(values, labels.drop("C"))


@given(st.integers(0, 10**6), st.randoms())
def test_means_are_the_same_to_the_last_digit_in_any_order(seed: int, random: object) -> None:
    generator = np.random.default_rng(seed)
    values = pd.DataFrame(generator.random((30, 3)), index=[f"{i:02d}" for i in range(30)])
    labels = pd.Series(generator.integers(1, 4, 30), index=values.index)
    names = list(values.index)
    random.shuffle(names)
    assert mean_trajectories(values.loc[names], labels).equals(mean_trajectories(values, labels[::-1]))
    pd.testing.assert_series_equal(order_classes(values.loc[names], labels), order_classes(values, labels))


def test_classes_are_numbered_from_the_highest() -> None:
    values = pd.DataFrame({1982: [1.0, 1.5, 0.5, 1.5], 2011: [1.0, 1.5, 2.5, 1.5]}, index=list("ABCD"))
    assert order_classes(values, pd.Series([10, 20, 30, 40], index=list("ABCD"))).tolist() == [4, 2, 1, 3]


def test_names_say_start_and_end() -> None:
    means = pd.DataFrame(
        {1982: [1.4, 0.9, 0.7, 1.1, 1.2, 1.1], 2011: [1.3, 1.3, 0.7, 1.2, 1.1, 1.24]}, index=range(1, 7)
    )
    assert name_classes(means, BOUNDS, STATES).tolist() == [
        "high",
        "below → high",
        "low",
        "above, rising (1.2)",
        "above, falling",
        "above, rising (1.24)",
    ]
    with pytest.raises(ValueError, match="class 1 lacks a date"):
        name_classes(means.where(means < 1.35), BOUNDS, STATES)


def test_numbers_follow_the_towns() -> None:
    reference = pd.Series([1] * 5 + [2] * 3 + [3] * 2)
    assert match_labels(reference.map({1: 3, 2: 1, 3: 2}), reference).tolist() == reference.tolist()
    finer = pd.Series([1] * 4 + [4] + [2] * 3 + [3] * 2)
    assert match_labels(finer.map({1: 2, 2: 3, 3: 1, 4: 4}), reference).tolist() == finer.tolist()
    coarser = match_labels(pd.Series([1] * 8 + [2] * 2), reference)
    assert coarser.tolist() == [1] * 8 + [3] * 2
    apart = match_labels(pd.Series([1, 1, 2, 2], index=list("ABCD")), pd.Series([3, 3], index=list("AB")))
    assert apart.tolist() == [3, 3, 4, 4]  # a class without a town in common gets the next number
    with pytest.raises(ValueError, match="start with 'A' and 0"):
        match_labels(pd.Series([1], index=["A"]), reference)


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=1, max_size=25))
def test_as_many_towns_as_possible_keep_their_number(rows: list[tuple[int, int]]) -> None:
    """Against every way to rename four classes."""
    labels, reference = (pd.Series(column) for column in zip(*rows, strict=True))
    matched = match_labels(labels, reference)
    assert pd.crosstab(labels, matched).gt(0).sum().max() == 1  # still the same classes
    best = max(
        (labels.map(dict(zip(range(1, 5), names, strict=True))) == reference).sum()
        for names in permutations(range(1, 5))
    )
    assert (matched == reference).sum() == best


def test_equal_solutions_are_settled_by_the_numbers() -> None:
    reference = pd.Series([1, 2, 1, 2])
    assert match_labels(pd.Series([1, 1, 2, 2]), reference).tolist() == [1, 1, 2, 2]
    assert match_labels(pd.Series([2, 2, 1, 1]), reference).tolist() == [2, 2, 1, 1]
