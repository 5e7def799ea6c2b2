"""Random weightings: closed shares, every content of the unknown cells, and laws."""
from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from methods.grids import bounds, dominance, score_interval
from methods.weightings import first_shares, pair_shares, random_weights, ranking_kept
from tests.methods.test_grids import FIRMS, NAN, contents, grids, weights

DRAWN = random_weights(["x", "y"], draws=40, seed=3)
FEW = DRAWN.head(8)
MANY = 20_000
NEAR = 4 * 0.5 / MANY**0.5          # four standard deviations of a share, at most


def surely_above(grid: pd.DataFrame, weight: np.ndarray, a: str, b: str) -> bool:
    """Whatever the unknown cells hold, tried one by one."""
    return all(full.loc[a].to_numpy() @ weight > full.loc[b].to_numpy() @ weight + 1e-9 for full in contents(grid, (0, 3)))


def test_weightings_are_those_of_the_uniform_law() -> None:
    """Dirichlet(1, ..., 1): mean 1/n, variance (n − 1) / n² (n + 1), P(w > t) = (1 − t)^(n − 1)."""
    for n in (2, 4):
        drawn = random_weights(list("abcd")[:n], MANY)
        assert drawn.min().min() >= 0
        np.testing.assert_allclose(drawn.sum(axis=1), 1, atol=1e-12)
        np.testing.assert_allclose(drawn.mean(), 1 / n, atol=NEAR)
        np.testing.assert_allclose(drawn.var(), (n - 1) / n**2 / (n + 1), atol=0.003)
        np.testing.assert_allclose((drawn > 0.5).mean(), 0.5 ** (n - 1), atol=NEAR)


def test_concentration_draws_weightings_to_the_middle() -> None:
    spread = [random_weights("abc", 2000, concentration=c).std().mean() for c in (0.2, 1, 20)]
    assert spread == sorted(spread, reverse=True)


@given(st.permutations("abcd"), st.integers(0, 5))
def test_weightings_do_not_hang_on_the_order_of_the_names(names: list, seed: int) -> None:
    pd.testing.assert_frame_equal(random_weights(names, 5, seed=seed), random_weights("abcd", 5, seed=seed))
    assert not random_weights(names, 5, seed=seed).equals(random_weights(names, 5, seed=seed + 1))


def test_shares_of_two_and_three_dimensions_in_closed_form() -> None:
    """(3, 0) against (0, 1): above when 3 w > 1 − w, so for 3/4 of the weightings; one dimension each: 1/6 an order."""
    low, high = bounds(pd.DataFrame({"x": [3, 0], "y": [0, 1]}, index=["A", "B"]))
    assert pair_shares(low, high, random_weights("xy", MANY))["above"].item() == pytest.approx(0.75, abs=NEAR)
    own = bounds(pd.DataFrame(np.eye(3), list("ABC"), list("xyz")))
    drawn = random_weights("xyz", MANY)
    kept = ranking_kept(*own, pd.Series({"x": 3, "y": 2, "z": 1}), drawn)
    assert kept["decided"] == kept["pairs"] == 3
    assert kept["kept"] == pytest.approx(1 / 6, abs=NEAR)
    assert kept["turned"] == pytest.approx(5 / 6, abs=NEAR)
    np.testing.assert_allclose(first_shares(*own, drawn), 1 / 3, atol=NEAR)


def test_an_unknown_cell_in_closed_form() -> None:
    """(2, ?) against (1, 1): surely above when 2 w > 1, surely below never (w + 1 − w < 2 w + 3 (1 − w))."""
    low, high = bounds(pd.DataFrame({"x": [2, 1], "y": [NAN, 1]}, index=["A", "B"]))
    drawn = random_weights("xy", MANY)
    row = pair_shares(low, high, drawn).iloc[0]
    assert (row["above"], row["below"]) == (pytest.approx(0.5, abs=NEAR), 0)
    first = first_shares(low, high, drawn)
    assert first.loc["A", "possibly"] == 1
    assert first.loc["A", "surely"] == first.loc["B"].iloc[1].__rsub__(1) == row["above"]


@settings(max_examples=40)
@given(grids)
def test_shares_are_those_of_every_content(grid: pd.DataFrame) -> None:
    table = pair_shares(*bounds(grid), DRAWN).set_index(["one", "other"])
    assert list(table.index) == list(combinations("ABC", 2))
    found = pair_shares(*bounds(grid), FEW).set_index(["one", "other"])
    for a, b in found.index:
        above = np.mean([surely_above(grid, weight, a, b) for weight in FEW.to_numpy()])
        below = np.mean([surely_above(grid, weight, b, a) for weight in FEW.to_numpy()])
        assert found.loc[(a, b)].tolist() == pytest.approx([above, below, 1 - above - below], abs=1e-12)


@settings(max_examples=40)
@given(grids)
def test_the_first_is_surely_so_when_above_every_other(grid: pd.DataFrame) -> None:
    low, high = bounds(grid)
    first = first_shares(low, high, DRAWN)
    assert (first["surely"] <= first["possibly"]).all()
    assert first["surely"].sum() <= 1 + 1e-12 <= 1e-9 + first["possibly"].sum() + 1e-12
    for name in "ABC":
        at_all = [all(surely_above(grid, weight, name, other) for other in "ABC" if other != name) for weight in FEW.to_numpy()]
        assert first_shares(low, high, FEW).loc[name, "surely"] == pytest.approx(np.mean(at_all))


@settings(max_examples=40)
@given(grids, weights)
def test_a_ranking_is_kept_when_every_decided_pair_is(grid: pd.DataFrame, weight: pd.Series) -> None:
    low, high = bounds(grid)
    kept = ranking_kept(low, high, weight, FEW)
    scores = score_interval(low, high, weight)
    decided = {(a, b) for a in "ABC" for b in "ABC" if scores.loc[a, "low"] > scores.loc[b, "high"] + 1e-9}
    assert (kept["pairs"], kept["decided"]) == (3, len(decided))
    if not decided:
        assert np.isnan(kept["kept"]) and np.isnan(kept["turned"])
        return
    under = [score_interval(low, high, row) for _, row in FEW.iterrows()]
    held = [all(one.loc[a, "low"] > one.loc[b, "high"] + 1e-9 for a, b in decided) for one in under]
    turned = [any(one.loc[b, "low"] > one.loc[a, "high"] + 1e-9 for a, b in decided) for one in under]
    assert (kept["kept"], kept["turned"]) == (pytest.approx(np.mean(held)), pytest.approx(np.mean(turned)))


@given(grids)
def test_what_dominates_in_every_dimension_is_above_under_every_weighting(grid: pd.DataFrame) -> None:
    low, high = bounds(grid)
    shares = pair_shares(low, high, DRAWN).set_index(["one", "other"])
    strict = {(a, b) for a in "ABC" for b in "ABC" if (low.loc[a] > high.loc[b]).all()}
    for a, b in strict:
        assert shares.loc[tuple(sorted((a, b))), "above" if a < b else "below"] == 1
    possible = dominance(low, high).set_index(["above", "below"])["necessary"]
    assert all(shares.loc[tuple(sorted(pair)), "below" if pair[0] < pair[1] else "above"] == 0 for pair in possible.index[possible])


@given(grids, weights, st.permutations("ABC"), st.permutations("xy"))
def test_the_order_of_rows_and_columns_changes_nothing(grid: pd.DataFrame, weight: pd.Series, rows: list, columns: list) -> None:
    low, high = bounds(grid)
    mixed = low.loc[rows, columns], high.loc[rows, columns]
    pd.testing.assert_frame_equal(pair_shares(*mixed, DRAWN[columns]), pair_shares(low, high, DRAWN))
    pd.testing.assert_frame_equal(first_shares(*mixed, DRAWN[columns]).sort_index(), first_shares(low, high, DRAWN))
    pd.testing.assert_series_equal(ranking_kept(*mixed, weight[columns], DRAWN[columns]), ranking_kept(low, high, weight, DRAWN))


LOW, HIGH = bounds(FIRMS)


@pytest.mark.parametrize(("call", "words"), [
    (lambda: random_weights([]), "a name each"),
    (lambda: random_weights(["x", "x"]), "a name each"),
    (lambda: random_weights("xy", draws=0), "draws is 0"),
    (lambda: random_weights("xy", concentration=0), "concentration 0"),
    (lambda: pair_shares(LOW, HIGH, random_weights("xy")), "has a weight or a column, and not both"),
    (lambda: first_shares(HIGH, LOW, random_weights(FIRMS.columns)), "low bound above its high one"),
    (lambda: ranking_kept(LOW, HIGH, pd.Series(0, FIRMS.columns), random_weights(FIRMS.columns)), "one of them above 0")])
def test_what_cannot_be_is_said(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
