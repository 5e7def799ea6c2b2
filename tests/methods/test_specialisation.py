"""Shares, index, states and sampling intervals: counts by hand, laws, and other libraries' intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from methods.specialisation import classify, index_interval, location_quotient, share, share_interval

WORKERS = pd.DataFrame({1982: [40, 30, 0], 2011: [30, 10, 20]}, index=["A", "B", "C"])
EVERYBODY = pd.DataFrame({1982: [100, 100, 0], 2011: [100, 100, 100]}, index=["A", "B", "C"])


def test_share_and_index_by_hand() -> None:
    shares = share(WORKERS, EVERYBODY)
    assert shares.loc["A"].tolist() == [0.4, 0.3]
    assert np.isnan(shares.loc["C", 1982])  # nobody out of nobody
    index = location_quotient(shares, pd.Series({1982: 0.4, 2011: 0.25}))
    assert index.loc[["A", "B"]].to_numpy().tolist() == [[1.0, 1.2], [0.3 / 0.4, 0.4]]
    assert np.isnan(index.loc["C", 1982])


def test_index_of_the_whole_is_one() -> None:
    """The index of places, weighted by their people, averages to 1 against the places together."""
    generator = np.random.default_rng(3)
    whole = pd.Series(generator.integers(100, 1_000, 50))
    part = (whole * generator.uniform(0.1, 0.6, 50)).astype(int)
    index = location_quotient(share(part, whole), part.sum() / whole.sum())
    assert np.average(index, weights=whole) == pytest.approx(1, rel=1e-12)


def test_one_place_against_a_reference_by_date() -> None:
    assert location_quotient(
        pd.Series({1982: 0.5, 2011: 0.2}), pd.Series({2011: 0.2, 1982: 0.25})
    ).tolist() == [2, 1]


def test_zero_over_zero_is_missing_and_never_a_state() -> None:
    index = location_quotient(pd.Series([0.0, np.nan]), 0.0)
    assert index.isna().all()
    assert classify(index, [1]).isna().all()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: share(pd.Series([5]), pd.Series([4])), "a part is 5 at 0"),
        (
            lambda: share(pd.DataFrame({1982: [-1]}, index=["A"]), pd.DataFrame({1982: [4]}, index=["A"])),
            "-1 at 'A', 1982",
        ),
        (lambda: location_quotient(pd.Series([0.5]), 0.0), "0.5 at 0, but 0 in the reference"),
        (
            lambda: location_quotient(share(WORKERS, EVERYBODY), pd.Series({1982: 0.4})),
            "no reference share for 2011",
        ),
        (lambda: classify(pd.Series([1.0]), [1, 1]), "got \\[1.0, 1.0\\]"),
        (lambda: classify(pd.Series([1.0]), [1], ["one"]), "1 thresholds make 2 states"),
        (lambda: classify(pd.Series([np.inf]), [1]), "inf at 0"),
    ],
)
def test_errors_name_the_value(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()


def test_classify_on_the_bounds_and_with_names() -> None:
    states = classify(
        pd.DataFrame({1982: [0.8, np.nan], 2011: [1.25, 0.1]}), [0.8, 1, 1.25], ["a", "b", "c", "d"]
    )
    assert states[1982].tolist()[0] == "b"
    assert pd.isna(states.loc[1, 1982])
    assert states[2011].tolist() == ["d", "a"]
    assert states[1982].dtype == states[2011].dtype
    assert classify(pd.Series([1.0]), [0.8, 1.25]).cat.categories.tolist() == [
        "under 0.8",
        "0.8 to 1.25",
        "1.25 and over",
    ]


@given(
    st.lists(st.floats(0, 3), min_size=1, max_size=20),
    st.lists(st.floats(0.1, 2.9), min_size=1, max_size=4, unique=True),
)
def test_states_grow_with_the_index(values: list[float], bounds: list[float]) -> None:
    bounds = sorted(bounds)
    states = classify(pd.Series(sorted(values)), bounds)
    codes = states.cat.codes
    assert codes.is_monotonic_increasing
    assert codes.tolist() == [sum(value >= bound for bound in bounds) for value in sorted(values)]


@pytest.mark.parametrize(("successes", "trials"), [(0, 20), (7, 20), (50, 200), (20, 20)])
def test_interval_without_correction_is_wilsons(successes: int, trials: int) -> None:
    """With f tiny and as many people in the sample, the bounds are SciPy's Wilson interval (tolerance: f itself)."""
    fraction = 1e-9
    low, high = share_interval(pd.Series([successes / fraction]), pd.Series([trials / fraction]), fraction)
    other = binomtest(successes, trials).proportion_ci(method="wilson")
    assert (low[0], high[0]) == pytest.approx((other.low, other.high), abs=1e-8)


def test_interval_shrinks_with_the_sample_and_grows_with_the_design_effect() -> None:
    part, whole = pd.Series([100.0]), pd.Series([400.0])
    widths = [
        np.subtract(*share_interval(part, whole, f, d)[::-1])[0]
        for f, d in ((0.25, 2), (0.25, 1), (0.5, 1), (1, 1))
    ]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] == pytest.approx(0, abs=1e-12)  # everybody was asked
    assert [bound[0] for bound in share_interval(pd.Series([1.0]), pd.Series([4.0]))] == [
        0.25,
        0.25,
    ]  # the default


def test_interval_covers_as_often_as_it_says() -> None:
    """One in four people drawn without replacement from 1,200, of whom 30 % are workers: 95 % (2,000 draws, ± 1.5)."""
    generator = np.random.default_rng(5)
    drawn = generator.hypergeometric(360, 840, 300, 2_000)
    low, high = share_interval(pd.Series(drawn * 4.0), pd.Series(np.full(2_000, 1_200.0)), 0.25)
    assert ((low < 0.3) & (high > 0.3)).mean() == pytest.approx(0.95, abs=0.015)


def test_index_interval_is_the_interval_of_the_share_over_the_reference() -> None:
    part, whole = WORKERS.iloc[:2], EVERYBODY.iloc[:2]
    reference = pd.Series({1982: 0.4, 2011: 0.25})
    for index_bound, share_bound in zip(
        index_interval(part, whole, reference, 0.25, 1.5), share_interval(part, whole, 0.25, 1.5), strict=True
    ):
        pd.testing.assert_frame_equal(index_bound, share_bound / reference)


@pytest.mark.parametrize(
    ("fraction", "effect", "level", "words"),
    [
        (0, 1, 0.95, "sampling_fraction is 0"),
        (25, 1, 0.95, "sampling_fraction is 25"),
        (0.25, 0, 0.95, "design_effect is 0"),
        (0.25, 1, 95, "level is 95"),
        (0.25, 1, 0, "level is 0"),
        (0.25, 1, 1, "level is 1"),
    ],
)
def test_interval_says_what_is_wrong(fraction: float, effect: float, level: float, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        share_interval(pd.Series([1]), pd.Series([4]), fraction, effect, level)
