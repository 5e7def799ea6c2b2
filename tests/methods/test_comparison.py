"""Chi-square, Kruskal–Wallis and dealt units: SciPy's results, every deal enumerated, a case where the tests disagree."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare, kruskal

from methods.comparison import chi_square, kruskal_wallis, permutation_test


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 500)), min_size=2, max_size=9).filter(lambda rows: any(x for x, _ in rows)))
def test_chi_square_is_scipys(rows: list[tuple[int, int]]) -> None:
    counts, people = (pd.Series(column, dtype=float) for column in zip(*rows, strict=True))
    other = chisquare(counts, people * counts.sum() / people.sum())
    ours = chi_square(counts, people)
    assert (ours.statistic, ours.p_value) == pytest.approx((other.statistic, other.pvalue), abs=1e-9)
    assert ours.degrees == len(rows) - 1
    assert ours.effect**2 * counts.sum() == pytest.approx(ours.statistic)


def test_chi_square_by_groups_by_hand() -> None:
    counts, people = pd.Series([10, 4, 6]), pd.Series([30, 20, 50])
    ours = chi_square(counts, people, pd.Series(["a", "a", "b"]))  # 14 against 10 and 6 against 10
    assert ours.statistic == pytest.approx(3.2)
    assert ours.degrees == 1


@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from("abc")), min_size=6, max_size=40))
def test_kruskal_wallis_is_scipys_with_ties(rows: list[tuple[int, str]]) -> None:
    values, groups = pd.Series([v for v, _ in rows]), pd.Series([g for _, g in rows])
    if groups.nunique() < 2 or values.nunique() < 2:
        return
    other = kruskal(*[values[groups == name] for name in sorted(groups.unique())])
    ours = kruskal_wallis(values, groups)
    assert (ours.statistic, ours.p_value) == pytest.approx((other.statistic, other.pvalue), abs=1e-9)
    assert 0 <= round(ours.effect, 9) <= 1
    assert ours == kruskal_wallis(values[::-1], groups)


def test_the_two_disagree_when_one_unit_makes_the_group() -> None:
    """Nine alike units in each of two tiers; in one, a tenth unit holds as much as all others together."""
    people = pd.Series([100] * 18 + [300])
    counts, tiers = pd.Series([2] * 18 + [40]), pd.Series(["x"] * 9 + ["y"] * 10)
    assert chi_square(counts, people, tiers).p_value < 1e-3
    assert kruskal_wallis(counts / people, tiers).p_value > 0.3
    assert permutation_test(counts, people, tiers, draws=400).p_value > 0.05


def test_permutation_test_is_the_enumeration_of_all_deals() -> None:
    counts, people = pd.Series([9, 7, 1, 0, 2], list("ABCDE")), pd.Series([10, 20, 10, 20, 20], list("ABCDE"))
    groups = pd.Series(list("xxyyy"), list("ABCDE"))
    every = [chi_square(counts, people, pd.Series(deal, list("ABCDE"))).statistic for deal in permutations(groups)]
    result = permutation_test(counts, people, groups, draws=4000, seed=1)
    observed = chi_square(counts, people, groups).statistic
    assert result.observed == pytest.approx(observed)
    assert result.p_value == pytest.approx(np.mean(np.array(every) >= observed - 1e-9), abs=0.02)
    assert result.mean == pytest.approx(np.mean(every), rel=0.05)
    assert result.largest == pytest.approx(max(every))


@given(st.permutations(range(12)))
def test_no_test_hangs_on_the_order_of_rows(order: list[int]) -> None:
    counts, people = pd.Series([3, 0, 1, 8, 2, 2, 5, 0, 0, 1, 7, 3]), pd.Series(range(10, 22))
    groups = pd.Series(list("abcabcabcabc"))
    for usual, moved in (
        (permutation_test(counts, people, groups, 20), permutation_test(counts[order], people[order], groups, 20)),
        (chi_square(counts, people, groups), chi_square(counts[order], people, groups[order])),
        (kruskal_wallis(counts / people, groups), kruskal_wallis((counts / people)[order], groups)),
    ):
        assert usual == moved


def test_units_without_a_group_are_left_out_of_ranks_only() -> None:
    values, groups = pd.Series([1, 2, 5, 9, 7]), pd.Series(["a", "a", "b", "b", None])
    assert kruskal_wallis(values, groups).statistic == pytest.approx(2.4)
    with pytest.raises(ValueError, match="4 has no group"):
        permutation_test(values, values, groups)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda v, g: kruskal_wallis(v, g.drop(1)), "1 has a value or a group, not both"),
        (lambda v, g: kruskal_wallis(v.where(v > 1), g), "0 has no value"),
        (lambda v, g: kruskal_wallis(v, g.replace("b", "a")), r"groups are \['a'\]"),
        (lambda v, g: kruskal_wallis(v * 0 + 3, g), "all values are 3"),
        (lambda v, g: chi_square(v, v, g.replace("b", "a")), "a comparison needs two"),
        (lambda v, g: chi_square(v, v - 1, g), "exposure of 0 is 0"),
        (lambda v, g: permutation_test(v, v, g, draws=0), "draws is 0"),
        (lambda v, g: permutation_test(v, v - 1, g), "exposure of 0 is 0"),
        (lambda v, g: permutation_test(v, v, g.replace("b", "a")), "a comparison needs two"),
    ],
)
def test_what_is_refused(make: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make(pd.Series([1, 2, 5, 9]), pd.Series(["a", "a", "b", "b"]))
