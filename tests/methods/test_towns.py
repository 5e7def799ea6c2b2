"""Size classes, coverage, agreement and the rank–size rule: counts by hand and laws of their own."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods.towns import agreement, coverage, rank_size, size_class, skill_ratio

# Twelve towns, small enough to count on fingers.
TOWNS = pd.DataFrame(
    {
        "people": [
            2_000,
            3_000,
            4_000,
            5_000,
            6_000,
            9_000,
            12_000,
            20_000,
            45_000,
            60_000,
            120_000,
            900_000,
        ],
        "workers": [300, 500, 450, 700, 600, 1_000, 1_100, 2_000, 3_500, 4_000, 8_000, 40_000],
    },
    index=list("ABCDEFGHIJKL"),
)


def test_size_classes_by_hand() -> None:
    classes = size_class(TOWNS.people, [5_000, 20_000, 100_000])
    assert classes.value_counts(sort=False).to_dict() == {
        "under 5,000": 3,
        "5,000–19,999": 4,
        "20,000–99,999": 3,
        "100,000 and over": 2,
    }
    assert classes.cat.ordered
    assert classes["D"] == "5,000–19,999"  # exactly on a bound: the upper class


def test_size_class_keeps_missing_and_names() -> None:
    classes = size_class(pd.Series([0.0, np.nan, 1.5]), [1.5], ["small", "large"])
    assert classes.tolist()[::2] == ["small", "large"]  # nobody left is a size too
    assert pd.isna(classes[1])


@pytest.mark.parametrize(
    ("population", "bounds", "labels", "words"),
    [
        ([1], [5, 5], None, "each once"),
        ([1], [], None, "must increase"),
        ([1], [5], ["a"], "2 classes"),
        ([-3], [5], None, "is -3"),
    ],
)
def test_size_class_says_what_is_wrong(
    population: list, bounds: list, labels: list | None, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        size_class(pd.Series(population), bounds, labels)


def test_coverage_by_hand() -> None:
    table = coverage(TOWNS, TOWNS.people < 20_000, {"people": 2_000_000, "workers": 100_000})
    assert table.loc["towns"].tolist() == [7, 12, 7 / 12, 0]
    assert table.loc["people"].tolist() == [41_000, 2_000_000, 0.0205, 0]
    assert table.loc["workers"].tolist() == [4_650, 100_000, 0.0465, 0]
    assert coverage(TOWNS, lambda towns: towns.people > 0, {"towns": 24}).share["towns"] == 0.5


def test_coverage_counts_what_it_does_not_know() -> None:
    holes = TOWNS.assign(workers=TOWNS.workers.where(TOWNS.workers > 400))
    assert coverage(holes, TOWNS.people < 5_000, {"workers": 1_000}).loc[
        "workers", ["covered", "missing"]
    ].tolist() == [950, 1]


@pytest.mark.parametrize(
    ("definition", "totals", "words"),
    [
        (TOWNS.people < 5_000, {"jobs": 1}, "no column 'jobs'"),
        (TOWNS.people < 5_000, {"people": 0}, "'people': 0"),
        (TOWNS.people.iloc[1:] < 5_000, {}, "leaves out 'A'"),
        (TOWNS.people, {}, "gives 2000 for 'A'"),
    ],
)
def test_coverage_says_what_is_wrong(definition: pd.Series, totals: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        coverage(TOWNS, definition, totals)


def test_agreement_by_hand_and_in_any_order() -> None:
    few, dense = TOWNS.people < 20_000, TOWNS.workers < 1_000
    result = agreement(few, dense.sample(frac=1, random_state=1))
    assert result.table.to_numpy().tolist() == [
        [5, 2],
        [0, 5],
    ]  # few and dense, few only, dense only, neither
    assert result.jaccard == 5 / 7
    assert agreement(dense, few).jaccard == result.jaccard


def test_agreement_of_nothing_is_missing_and_of_others_an_error() -> None:
    nothing = pd.Series([False, False])
    assert np.isnan(agreement(nothing, nothing).jaccard)
    with pytest.raises(ValueError, match="2 stands in one definition only"):
        agreement(nothing, pd.Series([False, False, True]))


def test_rank_size_is_exact_on_its_own_law() -> None:
    ranks = np.arange(1, 101)
    for exponent in (0.8, 1.0, 1.3):
        line = rank_size((ranks - 0.5) ** (-1 / exponent) * 1e6)
        assert line.slope == pytest.approx(-exponent, rel=1e-12)
        assert line.intercept == pytest.approx(exponent * np.log(1e6), rel=1e-12)
        assert line.standard_error == pytest.approx(exponent * np.sqrt(2 / 100), rel=1e-12)
        assert line.high - line.low == pytest.approx(2 * 1.959964 * line.standard_error, rel=1e-6)


def test_rank_size_interval_covers_the_exponent_of_pareto_samples() -> None:
    """In 400 samples of 300 towns the 95 % interval holds the true exponent in about 95 % (binomial noise: 1.1 points)."""
    generator = np.random.default_rng(1)
    lines = [rank_size(generator.pareto(1.1, 300) + 1) for _ in range(400)]
    held = np.mean([line.low < -1.1 < line.high for line in lines])
    assert 0.915 < held < 0.985
    assert np.mean([line.slope for line in lines]) == pytest.approx(-1.1, abs=0.02)


@given(
    st.lists(st.integers(1, 10**6), min_size=2, max_size=12).filter(lambda x: len(set(x)) > 1), st.randoms()
)
def test_rank_size_takes_any_order_and_scale(sizes: list[int], random: object) -> None:
    line = rank_size(pd.Series(sizes))
    mixed = sizes.copy()
    random.shuffle(mixed)
    assert rank_size(pd.Series(mixed)) == line
    assert rank_size(pd.Series(sizes) * 10.0).slope == pytest.approx(line.slope, rel=1e-6)


@pytest.mark.parametrize(
    ("sizes", "level", "words"),
    [
        ([1, 0], 0.95, "a size is 0"),
        ([5, 5], 0.95, "1 different"),
        ([1, 2], 95, "level is 95"),
        ([1, 2], 0, "level is 0"),
        ([1, 2], 1, "level is 1"),
    ],
)
def test_rank_size_says_what_is_wrong(sizes: list, level: float, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        rank_size(pd.Series(sizes), level)


def test_skill_ratio() -> None:
    table = pd.DataFrame({"managers": [10, 1], "intermediate": [20, 1], "workers": [60, 0]})
    ratio = skill_ratio(table)
    assert ratio[0] == 0.5
    assert np.isnan(ratio[1])
    assert skill_ratio(table.replace(60, 1))[0] == 30
    with pytest.raises(ValueError, match="'workers'"):
        skill_ratio(table[["managers", "intermediate"]])
