"""Funnel and smoothing: tails of the Poisson law one by one, esda's stored rates, a gamma law's quantiles."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gamma, poisson

from methods.small_counts import funnel, funnel_limits, smooth

STORED = json.loads((Path(__file__).parents[1] / "reference" / "counts.json").read_text("utf-8"))["neighbours"]


@given(st.floats(0.05, 300), st.sampled_from([0.95, 0.998]))
def test_limits_are_passed_exactly_when_the_tail_is_smaller(expected: float, level: float) -> None:
    low, high = (float(limit[0]) for limit in funnel_limits(np.array([expected]), level))
    tail = (1 - level) / 2
    for x in range(int(expected + 8 * expected**0.5 + 12)):
        up, down = poisson.sf(x - 1, expected), poisson.cdf(x, expected)
        if min(abs(up - tail), abs(down - tail)) > 1e-9:  # on the limit itself either side will do
            assert (x / expected > high) == (up < tail)
            assert (x / expected < low) == (down < tail)


def test_funnel_by_hand() -> None:
    counts, people = pd.Series([9, 0, 1], list("ABC")), pd.Series([2, 4, 4], list("ABC"))
    table = funnel(counts, people)
    assert table["expected"].tolist() == [2, 4, 4]
    assert table["side"].tolist() == ["above", "below", "inside"]
    # P(9 or more | 2) = 0.000237; P(0 | 4) = 0.0183; P(at most 1 | 4) = 5 e⁻⁴ = 0.0916
    assert table["p_value"].tolist() == pytest.approx([2 * 0.00023745, 2 * np.exp(-4), 10 * np.exp(-4)], rel=1e-4)


def test_side_and_limits_agree_and_rows_may_stand_in_any_order() -> None:
    generator = np.random.default_rng(5)
    people = pd.Series(generator.integers(100, 90_000, 300), [f"z{i:03}" for i in range(300)])
    counts = pd.Series(generator.poisson(people / 5_000 * generator.gamma(2, 0.5, 300)), people.index)
    table = funnel(counts, people, level=0.998)
    assert (table["side"].eq("above") == (table["quotient"] > table["limit_high"])).all()
    assert (table["side"].eq("below") == (table["quotient"] < table["limit_low"])).all()
    assert set(table["side"]) == {"above", "inside", "below"}
    for make in (funnel, smooth):
        pd.testing.assert_frame_equal(make(counts, people), make(counts.sample(frac=1, random_state=1), people))


def test_smoothed_rates_are_esdas() -> None:
    """Stored by tests/reference/make_counts.py; tolerance 1e-10."""
    events, base = pd.Series(STORED["events"]), pd.Series(STORED["base"])
    rates = smooth(events, base)["smoothed"] * events.sum() / base.sum()
    assert rates.to_numpy() == pytest.approx(STORED["smoothed rates"], rel=1e-10)


def test_bounds_are_the_quantiles_of_the_gamma_law_whose_mean_is_the_estimate() -> None:
    counts, people = pd.Series([40, 10, 1], list("ABC")), pd.Series([1000, 1000, 20], list("ABC"))
    table, expected = smooth(counts, people), people * 51 / 2020
    spread = (expected * (counts / expected - 1) ** 2).sum() / 51 - 1 / 17  # Marshall's, by hand
    for name in "ABC":
        law = gamma(counts[name] + 1 / spread, scale=1 / (expected[name] + 1 / spread))
        assert table.loc[name, ["smoothed", "low", "high"]].tolist() == pytest.approx([law.mean(), law.ppf(0.025), law.ppf(0.975)])


def test_rates_that_vary_no_more_than_counting_are_all_the_same() -> None:
    table = smooth(pd.Series([5, 5, 5]), pd.Series([10, 10, 10]))
    assert table["weight"].tolist() == [0, 0, 0]
    assert table[["smoothed", "low", "high"]].to_numpy().tolist() == [[1, 1, 1]] * 3


def test_smoothing_pulls_towards_one_and_more_so_where_there_is_less() -> None:
    counts, people = pd.Series([40, 4, 10, 1]), pd.Series([1000, 100, 1000, 100])
    table = smooth(counts, people)
    pulled = (table["smoothed"] - 1) / (table["quotient"] - 1)
    assert pulled.between(0, 1).all()
    assert pulled[1] < pulled[0]
    assert pulled[3] < pulled[2]


def test_what_is_refused() -> None:
    with pytest.raises(ValueError, match="an expected count is 0"):
        funnel_limits(np.array([1.0, 0.0]))
    with pytest.raises(ValueError, match="level is 2"):
        funnel_limits(np.array([1.0]), level=2)
    for make in (funnel, smooth):
        with pytest.raises(ValueError, match="exposure of 1 is 0"):
            make(pd.Series([1, 2]), pd.Series([5, 0]))
        with pytest.raises(ValueError, match="level is 0"):
            make(pd.Series([1, 20]), pd.Series([5, 5]), level=0)
