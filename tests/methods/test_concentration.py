"""Quotients, their exact bounds, Lorenz and Gini: tails of SciPy's laws, hand-worked tables, double sums."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, chi2, poisson

from methods.concentration import count_interval, gini, lorenz, quotients

NAMES = list("ABCDE")
PLACES = pd.Series([6, 2, 0, 0, 4], NAMES)
PEOPLE = pd.Series([300, 300, 200, 100, 300], NAMES)
TIERS = pd.Series(["town", "town", "rural", "rural", None], NAMES)


@given(st.integers(0, 400), st.sampled_from([0.8, 0.95, 0.998]))
def test_garwood_is_the_chi_square_quantile_and_leaves_the_right_tails(x: int, level: float) -> None:
    low, high = count_interval(x, level)
    tail = (1 - level) / 2
    assert low == pytest.approx(chi2.ppf(tail, 2 * x) / 2 if x else 0, abs=1e-9)
    assert high == pytest.approx(chi2.ppf(1 - tail, 2 * x + 2) / 2)
    assert poisson.cdf(x, high) == pytest.approx(tail)
    if x:
        assert poisson.sf(x - 1, low) == pytest.approx(tail)


def test_garwoods_published_bounds() -> None:
    """95 % bounds of 1, 5 and 10, as every table of them has them (two decimals)."""
    low, high = count_interval(np.array([1, 5, 10]))
    assert low.round(2).tolist() == [0.03, 1.62, 4.80]
    assert high.round(2).tolist() == [5.57, 11.67, 18.39]


def test_quotients_by_hand() -> None:
    table = quotients(PLACES, PEOPLE)  # 12 places, 1,200 people: one for a hundred
    assert table["expected"].tolist() == [3, 3, 2, 1, 3]
    assert table["quotient"].tolist() == pytest.approx([2, 2 / 3, 0, 0, 4 / 3])
    assert table["empty"].tolist() == [0, 0, 1, 1, 0]
    assert table.loc["C", "low"] == 0
    assert table.loc["C", "high"] == pytest.approx(-np.log(0.025) / 2)


def test_groups_keep_empty_cells_and_those_without_a_group_stay_in_the_reference() -> None:
    table = quotients(PLACES, PEOPLE, TIERS)
    assert table.index.tolist() == ["rural", "town"]
    assert table.loc["rural", ["units", "empty", "count", "exposure", "expected", "quotient", "low"]].tolist() == [
        2, 2, 0, 300, 3, 0, 0,
    ]  # fmt: skip
    assert table.loc["rural", "high"] == pytest.approx(3.6889 / 3, abs=1e-4)
    assert table.loc["town", "quotient"] == pytest.approx(8 / 6)


def test_binomial_bounds_are_scipys() -> None:
    table = quotients(PLACES, PEOPLE, law="binomial")
    for name in NAMES:
        other, share = binomtest(PLACES[name], 12).proportion_ci(method="exact"), PEOPLE[name] / 1200
        assert table.loc[name, ["low", "high"]].tolist() == pytest.approx([other.low / share, other.high / share])
    assert (table["high"] < quotients(PLACES, PEOPLE)["high"]).all()


@st.composite
def units(draw: st.DrawFn) -> tuple[pd.Series, pd.Series]:
    n = draw(st.integers(2, 30))
    counts = draw(st.lists(st.integers(0, 50), min_size=n, max_size=n).filter(any))
    exposure = draw(st.lists(st.integers(1, 10_000), min_size=n, max_size=n))
    names = [f"z{i:02}" for i in range(n)]
    return pd.Series(counts, names), pd.Series(exposure, names)


@given(units(), st.randoms(use_true_random=False))
def test_laws_and_any_order(given_: tuple[pd.Series, pd.Series], chance: object) -> None:
    counts, exposure = given_
    table = quotients(counts, exposure)
    assert table["expected"].sum() == pytest.approx(counts.sum())
    assert (table["quotient"] * table["exposure"]).sum() / table["exposure"].sum() == pytest.approx(1)
    assert ((table["low"] <= table["quotient"]) & (table["quotient"] <= table["high"])).all()
    order = list(counts.index)
    chance.shuffle(order)
    pd.testing.assert_frame_equal(table, quotients(counts[order], exposure))
    pd.testing.assert_frame_equal(lorenz(counts, exposure), lorenz(counts[order], exposure))
    curve = lorenz(counts, exposure)
    assert curve.iloc[-1].tolist() == [1, 1]
    slopes = np.diff(curve["things"]) / np.diff(curve["people"])
    assert (np.diff(slopes) > -1e-9).all()
    m = counts.sum() / exposure.sum()
    rate, part = (counts / exposure).to_numpy(), (exposure / exposure.sum()).to_numpy()
    double = (np.outer(part, part) * np.abs(np.subtract.outer(rate, rate))).sum() / (2 * m)
    assert gini(counts, exposure) == pytest.approx(double, abs=1e-9)


def test_gini_of_equal_rates_and_of_one_that_has_all() -> None:
    assert gini(pd.Series([1, 2, 3]), pd.Series([10, 20, 30])) == pytest.approx(0)
    assert gini(pd.Series([0, 0, 0, 7]), pd.Series([1, 1, 1, 1])) == pytest.approx(3 / 4)  # (n − 1) / n


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: quotients(PLACES, PEOPLE.drop("C")), "'C' has a count or an exposure, not both"),
        (lambda: quotients(PLACES.replace(2, -2), PEOPLE), "count of 'B' is -2"),
        (lambda: quotients(PLACES.replace(2, 2.5), PEOPLE), "count of 'B' is 2.5"),
        (lambda: quotients(PLACES, PEOPLE.replace(200, 0)), "exposure of 'C' is 0"),
        (lambda: quotients(PLACES * 0, PEOPLE), "all counts are 0"),
        (lambda: quotients(PLACES, PEOPLE, law="normal"), "law is 'normal'"),
        (lambda: quotients(PLACES, PEOPLE, level=1), "level is 1"),
        (lambda: quotients(PLACES.rename({"B": "A"}), PEOPLE.rename({"B": "A"})), "'A' stands twice"),
        (lambda: count_interval(-1), "a count is -1"),
        (lambda: lorenz(PLACES * 0, PEOPLE), "all counts are 0"),
        (lambda: gini(PLACES, PEOPLE.replace(100, -1)), "exposure of 'D' is -1"),
    ],
)
def test_what_is_refused(make: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make()
