"""Poisson regression: statsmodels' stored fits, rates by hand, the equations that a maximum must meet."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods.counts import poisson_regression

STORED = json.loads((Path(__file__).parents[1] / "reference" / "counts.json").read_text("utf-8"))["regression"]
X = pd.DataFrame(STORED["x"], columns=["x1", "x2"])
Y, N = pd.Series(STORED["counts"]), pd.Series(STORED["exposure"])


@pytest.mark.parametrize(("name", "quasi"), [("poisson", False), ("quasi", True)])
def test_statsmodels_stored_fits(name: str, quasi: bool) -> None:
    """Made by tests/reference/make_counts.py; tolerance 1e-8."""
    fit, other = poisson_regression(Y, X, N, quasi=quasi), STORED[name]
    for column in ("coefficient", "error", "p_value"):
        assert fit.table[column].to_numpy() == pytest.approx(other[column], rel=1e-7, abs=1e-12)
    assert np.log(fit.table[["low", "high"]].to_numpy()) == pytest.approx(np.array(other["interval"]), rel=1e-8)
    for number in ("dispersion", "deviance", "null_deviance"):
        assert getattr(fit, number) == pytest.approx(other[number], rel=1e-8)
    assert fit.residuals.to_numpy() == pytest.approx(other["pearson"], rel=1e-6, abs=1e-9)


def test_two_groups_are_two_rates() -> None:
    counts, people = pd.Series([2, 4, 9, 9]), pd.Series([100, 100, 100, 200])
    fit = poisson_regression(counts, pd.DataFrame({"large": [0, 0, 1, 1]}), people, quasi=False)
    assert fit.table.loc["constant", "ratio"] == pytest.approx(6 / 200)
    assert fit.table.loc["large", "ratio"] == pytest.approx((18 / 300) / (6 / 200))
    assert fit.table.loc["large", "error"] == pytest.approx((1 / 6 + 1 / 18) ** 0.5)  # of a log ratio of two counts


@given(st.integers(0, 10_000))
def test_a_maximum_leaves_no_slope_and_any_order_gives_it(seed: int) -> None:
    generator = np.random.default_rng(seed)
    n = int(generator.integers(8, 40))
    x = pd.DataFrame(generator.normal(size=(n, 2)), columns=["a", "b"])
    people = pd.Series(generator.uniform(50, 5000, n))
    counts = pd.Series(generator.poisson(people * 0.01 * np.exp(0.4 * x["a"])))
    fit = poisson_regression(counts, x, people)
    assert fit.fitted.sum() == pytest.approx(counts.sum())
    for name in x:
        assert (x[name] * (counts - fit.fitted)).sum() == pytest.approx(0, abs=1e-6 * counts.sum())
    assert 0 <= fit.deviance <= fit.null_deviance + 1e-9
    order = generator.permutation(n)
    again = poisson_regression(counts[order], x, people[order])
    pd.testing.assert_frame_equal(fit.table, again.table)
    pd.testing.assert_series_equal(fit.residuals, again.residuals)


def test_twice_the_people_at_the_same_rate_change_no_ratio() -> None:
    one, two = poisson_regression(Y, X, N), poisson_regression(Y, X, N * 1000)
    assert one.table["coefficient"].iloc[1:].to_numpy() == pytest.approx(two.table["coefficient"].iloc[1:].to_numpy())


def test_quasi_errors_are_the_root_of_the_dispersion_wider() -> None:
    plain, quasi = poisson_regression(Y, X, N, quasi=False), poisson_regression(Y, X, N)
    assert (quasi.table["error"] / plain.table["error"]).to_numpy() == pytest.approx(plain.dispersion**0.5)
    assert plain.dispersion == quasi.dispersion


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: poisson_regression(Y, X.drop(3), N), "3 does not stand in"),
        (lambda: poisson_regression(Y.replace(Y[0], -1), X, N), "count of 0 must be 0 or more"),
        (lambda: poisson_regression(Y, X, N.where(N.index != 4, 0)), "exposure of 4 must be above 0"),
        (lambda: poisson_regression(Y, X.assign(x1=X["x1"].where(X.index != 5)), N), "row of predictors of 5 must be finite"),
        (lambda: poisson_regression(Y * 0, X, N), "all counts are 0"),
        (lambda: poisson_regression(Y, X.assign(x3=X["x1"] * 2), N), "can't be told apart"),
        (lambda: poisson_regression(Y[:3], X[:3], N[:3]), "can't be told apart with 3 units"),
        (lambda: poisson_regression(Y, X, N, level=3), "level is 3"),
    ],
)
def test_what_is_refused(make: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make()


def test_a_group_with_nothing_has_no_ratio() -> None:
    counts, people = pd.Series([5, 7, 6, 0, 0]), pd.Series([10] * 5)
    with pytest.raises(ValueError, match="a group without any count has no rate ratio"):
        poisson_regression(counts, pd.DataFrame({"empty": [0, 0, 0, 1, 1]}), people)
