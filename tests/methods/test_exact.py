"""Exact tests: enumeration by hand on small cases, SciPy's permutation tests on the chapter's sizes, power by formula."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import permutation_test

from methods.exact import power, sign_flip_test, split_test

few = st.lists(st.integers(-6, 6).map(lambda x: x / 2), min_size=2, max_size=7)
SIDES = st.sampled_from(["two-sided", "greater", "less"])


def out(means: list[float], observed: float, side: str) -> int:
    """How many are as far out, in exact arithmetic."""
    if side == "greater":
        return sum(m >= observed for m in means)
    return sum(m <= observed for m in means) if side == "less" else sum(abs(m) >= abs(observed) for m in means)


def test_four_firms_flipped_by_hand() -> None:
    """2, 1, 1 and −1: sums of the sixteen flips are 5 once, 3 four times, 1 … ; 3 or more in size: 2 · (1 + 3 + 1)."""
    sums = [sum(s * d for s, d in zip(signs, (2, 1, 1, -1), strict=True)) for signs in itertools.product((1, -1), repeat=4)]
    assert sorted(sums) == [-5, -3, -3, -3, -1, -1, -1, -1, 1, 1, 1, 1, 3, 3, 3, 5]
    test = sign_flip_test([2, 1, 1, -1])
    assert (test.observed, test.as_far, test.arrangements, test.p_value) == (0.75, 8, 16, 0.5)
    assert test.differences.tolist() == [s / 4 for s in sorted(sums)]
    assert sign_flip_test([2, 1, 1, -1], "greater").as_far == 4


def test_two_against_three_split_by_hand() -> None:
    """7 and 5 against 4, 2, 1: the ten sums of two are 12, 11, 9, 9, 8, 7, 6, 6, 5, 3; one is as high as 12."""
    test = split_test([7, 4, 5, 2, 1], [True, False, True, False, False], "greater")
    assert (test.as_far, test.arrangements) == (1, 10)
    assert test.observed == pytest.approx(6 - 7 / 3)


@given(few, SIDES)
def test_every_flip_is_counted(values: list[float], side: str) -> None:
    means = [sum(s * d for s, d in zip(signs, values, strict=True)) for signs in itertools.product((1, -1), repeat=len(values))]
    test = sign_flip_test(values, side)
    assert (test.as_far, test.arrangements) == (out(means, sum(values), side), 2 ** len(values))


@given(few, st.data(), SIDES)
def test_every_split_is_counted(values: list[float], data: st.DataObject, side: str) -> None:
    n = len(values)
    first = data.draw(st.sets(st.integers(0, n - 1), min_size=1, max_size=n - 1))
    k, total = len(first), sum(values)

    def gap(chosen: tuple[int, ...]) -> float:          # times k (n − k): whole and half numbers, exact
        inside = sum(values[i] for i in chosen)
        return inside * (n - k) - (total - inside) * k

    gaps = [gap(chosen) for chosen in itertools.combinations(range(n), k)]
    test = split_test(values, [i in first for i in range(n)], side)
    assert (test.as_far, test.arrangements) == (out(gaps, gap(tuple(first)), side), math.comb(n, k))


def test_the_sizes_of_the_chapter_are_scipys() -> None:
    generator = np.random.default_rng(6)
    for _ in range(5):
        values = generator.normal(0.4, 1, 10)
        flips = sign_flip_test(values)
        other = permutation_test((values, np.zeros(10)), lambda a, b, axis: (a - b).mean(axis=axis),
                                 permutation_type="samples", vectorized=True, n_resamples=np.inf)
        assert flips.arrangements == 1024 == len(other.null_distribution)
        assert flips.p_value == pytest.approx(other.pvalue, abs=1e-12)
        split = split_test(values, np.arange(10) < 5)
        other = permutation_test((values[:5], values[5:]), lambda a, b, axis: a.mean(axis=axis) - b.mean(axis=axis),
                                 permutation_type="independent", vectorized=True, n_resamples=np.inf)
        assert split.arrangements == 252 == len(other.null_distribution)
        assert split.p_value == pytest.approx(other.pvalue, abs=1e-12)


@given(few, st.randoms(use_true_random=False))
def test_order_and_units_do_not_matter(values: list[float], random: object) -> None:
    mixed = values.copy()
    random.shuffle(mixed)
    one, other = sign_flip_test(values), sign_flip_test(mixed)
    assert one[:4] == pytest.approx(other[:4])
    assert one.differences.tolist() == other.differences.tolist()
    assert sign_flip_test([3 * v for v in values]).as_far == one.as_far
    firms = pd.Series(values, index=[f"f{i}" for i in range(len(values))])
    group = pd.Series([i == 0 for i in range(len(values))], index=firms.index)
    assert split_test(firms, group[::-1]).as_far == split_test(firms, group).as_far


@given(few)
def test_p_values_never_fall_below_their_floor(values: list[float]) -> None:
    assert sign_flip_test(values).p_value >= 2 / 2 ** len(values)
    assert sign_flip_test(values, "greater").p_value >= 1 / 2 ** len(values)


def test_power_without_effect_is_the_level_that_can_be_had() -> None:
    """Five pairs: the smallest two-sided p is 2/32, so at 0.05 nothing is found; at 0.0625 it is, 2 times in 32."""
    assert power([0, 3], cases=5, draws=200).tolist() == [0.0, 0.0]
    found = power([0], cases=5, level=0.0625, draws=20_000)[0]
    assert found == pytest.approx(2 / 32, abs=3 * math.sqrt(0.0625 * 0.9375 / 20_000))
    split = power([0], cases=6, first=3, level=0.1, draws=20_000)[0]          # 2 of 20 splits
    assert split == pytest.approx(0.1, abs=3 * math.sqrt(0.09 / 20_000))


def test_power_of_five_pairs_has_a_formula() -> None:
    """Only all signs alike is as far out as 2/32: power is Φ(e)⁵ + Φ(−e)⁵."""
    for effect in (0.5, 1.0):
        up = 0.5 * (1 + math.erf(effect / math.sqrt(2)))
        exact = up**5 + (1 - up) ** 5
        found = power([effect], cases=5, level=0.0625, draws=20_000)[effect]
        assert found == pytest.approx(exact, abs=3 * math.sqrt(exact * (1 - exact) / 20_000))


def test_power_grows_with_the_effect_and_is_the_same_each_time() -> None:
    effects = [0, 0.5, 1, 1.5, 2]
    for first in (None, 5):
        found = power(effects, cases=10, first=first, draws=500)
        assert found.is_monotonic_increasing
        pd.testing.assert_series_equal(found, power(effects, cases=10, first=first, draws=500))
    assert power([1], 10, draws=500)[1] > power([1], 10, first=5, draws=500)[1]       # pairs tell more than two groups


def test_what_is_refused() -> None:
    for bad in ([], [1, np.nan]):
        with pytest.raises(ValueError, match="differences are"):
            sign_flip_test(bad)
    with pytest.raises(ValueError, match="alternative is 'larger'"):
        sign_flip_test([1, 2], "larger")
    with pytest.raises(ValueError, match="19 cases have 524,288 flips"):
        sign_flip_test(range(19))
    with pytest.raises(ValueError, match="values are"):
        split_test([1, np.nan], [True, False])
    with pytest.raises(ValueError, match="alternative is"):
        split_test([1, 2], [True, False], "more")
    for group in ([True, True], [False, False], [True]):
        with pytest.raises(ValueError, match="both groups need a case"):
            split_test([1, 2], group)
    with pytest.raises(ValueError, match="'b' stands in one"):
        split_test(pd.Series([1, 2], ["a", "b"]), pd.Series([True, False], ["a", "c"]))
    with pytest.raises(ValueError, match="splits are too many"):
        split_test(range(30), [i < 15 for i in range(30)])
    for cases, first in ((1, None), (13, None), (4, 4), (4, 0)):
        with pytest.raises(ValueError, match=f"cases is {cases}"):
            power([1], cases, first)
    for level, draws in ((0, 10), (1, 10), (0.05, 0)):
        with pytest.raises(ValueError, match=f"level is {level}"):
            power([1], 4, level=level, draws=draws)
