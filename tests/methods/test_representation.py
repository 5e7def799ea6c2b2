"""Over-representation and its two reasons: counts by hand, SciPy's exact intervals and tests."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, hypergeom

from methods.representation import exact_interval, over_representation, two_reasons


@given(st.integers(1, 300), st.data())
def test_exact_interval_is_scipys(trials: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, trials))
    other = binomtest(successes, trials).proportion_ci(method="exact")
    assert exact_interval(successes, trials) == pytest.approx((other.low, other.high), abs=1e-10)


def test_exact_interval_without_trials_and_with_nonsense() -> None:
    assert exact_interval(0, 0) == (0, 1)
    with pytest.raises(ValueError, match="5 successes in 4 trials"):
        exact_interval(5, 4)
    for level in (0, 1):
        with pytest.raises(ValueError, match=f"level is {level}"):
            exact_interval(1, 4, level=level)


GROUPS = pd.Series(["west"] * 6 + ["east"] * 4 + [None], index=list("ABCDEFGHIJK"))
MARKED = pd.Series(
    [True, False, False, False, False, False, True, True, True, False, True], index=list("ABCDEFGHIJK")
)


def test_over_representation_by_hand() -> None:
    table = over_representation(GROUPS, MARKED)  # 4 of 10 marked; the town without a group is left out
    assert table.loc["west", ["towns", "marked", "expected"]].tolist() == pytest.approx([6, 1, 2.4])
    assert table.loc["east", ["share", "ratio"]].tolist() == pytest.approx([0.75, 1.875])
    # three or more of the four marked among four: (4 · 6 + 1) / 210, twice
    assert table.p_value["east"] == pytest.approx(2 * 25 / 210)
    assert table.expected.sum() == table.marked.sum()


def test_over_representation_p_value_is_the_hypergeometric_one() -> None:
    generator = np.random.default_rng(2)
    groups, marked = pd.Series(generator.integers(0, 4, 400)), pd.Series(generator.random(400) < 0.3)
    for row in over_representation(groups, marked).itertuples():
        law = hypergeom(400, marked.sum(), row.towns)
        tails = law.cdf(row.marked), law.sf(row.marked - 1)
        assert row.p_value == pytest.approx(min(1, 2 * min(tails)), rel=1e-9)


def test_over_representation_takes_any_order_and_refuses_other_towns() -> None:
    pd.testing.assert_frame_equal(
        over_representation(GROUPS, MARKED),
        over_representation(GROUPS.sample(frac=1, random_state=1), MARKED[::-1]),
    )
    with pytest.raises(ValueError, match="'K' stands in one of the two"):
        over_representation(GROUPS, MARKED.drop("K"))


def test_two_reasons_multiply_to_the_odds() -> None:
    small = pd.Series([True] * 90 + [False] * 10)
    marked = pd.Series([True] * 30 + [False] * 60 + [True] * 2 + [False] * 8)
    reasons = two_reasons(small, marked)
    assert reasons.many == 9
    assert reasons.often == pytest.approx((30 / 90) / (2 / 10))
    assert reasons.odds == pytest.approx(reasons.many * reasons.often)
    assert reasons.many_part == pytest.approx(np.log(9) / np.log(15))
    assert reasons.expected + reasons.excess == reasons.observed == 30


def test_only_the_number_counts_when_both_are_marked_equally_often() -> None:
    small = pd.Series([True] * 80 + [False] * 20)
    marked = pd.Series(([True] + [False] * 3) * 25)
    reasons = two_reasons(small, marked)
    assert reasons.often == 1
    assert reasons.many_part == 1
    assert reasons.excess == 0


def test_two_reasons_need_both_kinds() -> None:
    with pytest.raises(ValueError, match=r"False: 0"):
        two_reasons(pd.Series([True, True, False]), pd.Series([True, False, False]))
