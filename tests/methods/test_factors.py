"""Factors and rankings: ballots counted by hand, brute force over firms, laws of Borda and Copeland."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods.factors import (
    RULES,
    bootstrap_ranks,
    family_scores,
    leave_one_out,
    points,
    ranking,
    weighted,
    within_firms,
)

# Three firms put a before b before c, two b, c, a: Borda says b (7 points to 6), most firms say a.
VOTES = pd.DataFrame([[3, 2, 1]] * 3 + [[1, 3, 2]] * 2, index=list("PQRST"), columns=["a", "b", "c"])

tables = st.integers(2, 5).flatmap(lambda n: st.integers(2, 4).flatmap(lambda m: st.lists(
    st.lists(st.integers(1, 5), min_size=m, max_size=m), min_size=n, max_size=n))).map(
    lambda rows: pd.DataFrame(rows, [f"f{i}" for i in range(len(rows))], [f"x{j}" for j in range(len(rows[0]))]))


def test_borda_and_copeland_differ_by_hand() -> None:
    assert points(VOTES, "borda").to_dict() == {"a": 6, "b": 7, "c": 2}
    assert points(VOTES, "copeland").to_dict() == {"a": 2, "b": 0, "c": -2}
    assert points(VOTES, "mean rank").to_dict() == pytest.approx({"a": -9 / 5, "b": -8 / 5, "c": -13 / 5})
    assert points(VOTES, "mean score").to_dict() == pytest.approx({"a": 11 / 5, "b": 12 / 5, "c": 7 / 5})
    assert ranking(VOTES, "borda").index.tolist() == ["b", "a", "c"]
    assert ranking(VOTES, "copeland").index.tolist() == ["a", "b", "c"]


def test_weights_of_firms_and_factors_by_hand() -> None:
    heavy = {"S": 3, "T": 3}                                                    # 3 firms for a first, weight 6 for b
    assert points(VOTES, "copeland", firms=heavy).to_dict() == {"a": -2, "b": 2, "c": 0}
    assert points(VOTES, "borda", firms=heavy).to_dict() == {"a": 6, "b": 3 + 12, "c": 6}
    assert points(VOTES, "mean score", firms=heavy)["a"] == pytest.approx((9 + 6) / 9)
    assert weighted(VOTES, {"a": 2, "b": 0}).loc["P"].to_dict() == {"a": 6, "c": 1}
    assert ranking(VOTES, "mean score", weights={"c": 3}).index[0] == "c"       # 3 · 1.4 > 2.4


def test_equal_scores_share_a_place() -> None:
    same = pd.DataFrame({"a": [2, 1], "b": [2, 1], "c": [1, 2]}, index=["P", "Q"])
    assert within_firms(same).to_numpy().tolist() == [[1.5, 1.5, 3], [2.5, 2.5, 1]]
    assert points(same, "borda").to_dict() == {"a": 2, "b": 2, "c": 2}
    assert ranking(same, "copeland")["place"].tolist() == [2, 2, 2]


def test_families_by_hand() -> None:
    kinds = {"a": "one", "b": "one"}                                            # c is left out
    assert family_scores(VOTES, kinds)["one"].tolist() == [2.5, 2.5, 2.5, 2, 2]
    assert family_scores(VOTES, {**kinds, "c": "two"}, {"b": 3}).loc["P"].to_dict() == {"one": 9 / 4, "two": 1}


@given(tables)
def test_borda_is_the_mean_rank_in_other_units(scores: pd.DataFrame) -> None:
    n, m = scores.shape
    expected = n * (m + points(scores, "mean rank"))
    assert points(scores, "borda").to_numpy() == pytest.approx(expected.to_numpy())
    assert points(scores, "borda").sum() == pytest.approx(n * m * (m - 1) / 2)


@given(tables)
def test_copeland_counts_duels(scores: pd.DataFrame) -> None:
    got = points(scores, "copeland")
    for factor in scores:
        wins = 0
        for other in scores.columns.drop(factor):
            ahead, behind = (scores[factor] > scores[other]).sum(), (scores[factor] < scores[other]).sum()
            wins += np.sign(ahead - behind)
        assert got[factor] == wins
    assert got.sum() == 0
    winners = [f for f in scores if all((scores[f] > scores[o]).sum() > (scores[f] < scores[o]).sum() for o in scores.columns.drop(f))]
    assert not winners or (ranking(scores, "copeland").iloc[0]["place"] == 1 and ranking(scores, "copeland").index[0] == winners[0])


@given(tables, st.sampled_from(RULES), st.randoms(use_true_random=False))
def test_order_of_rows_and_columns_does_not_matter(scores: pd.DataFrame, rule: str, random: object) -> None:
    rows, columns = list(scores.index), list(scores.columns)
    random.shuffle(rows)
    random.shuffle(columns)
    mixed = scores.loc[rows, columns]
    pd.testing.assert_frame_equal(ranking(mixed, rule), ranking(scores, rule))
    pd.testing.assert_frame_equal(leave_one_out(mixed, rule), leave_one_out(scores, rule))
    pd.testing.assert_frame_equal(bootstrap_ranks(mixed, rule, draws=20), bootstrap_ranks(scores, rule, draws=20))
    kinds = dict.fromkeys(columns[:1], "one") | dict.fromkeys(columns[1:], "two")
    pd.testing.assert_frame_equal(family_scores(mixed, kinds), family_scores(scores, kinds))


@given(tables, st.sampled_from(RULES))
def test_leaving_one_out_is_ranking_the_others(scores: pd.DataFrame, rule: str) -> None:
    places = leave_one_out(scores, rule)
    for firm in scores.index:
        others = ranking(scores.drop(index=firm), rule)["place"]
        assert places[firm].to_dict() == others.to_dict()


@given(tables, st.sampled_from(RULES), st.integers(1, 4))
def test_a_firm_that_counts_twice_is_two_firms(scores: pd.DataFrame, rule: str, times: int) -> None:
    twins = pd.concat([scores, *[scores.iloc[[0]].set_axis([f"twin{i}"]) for i in range(times - 1)]])
    assert points(scores, rule, firms={"f0": times}).to_numpy() == pytest.approx(points(twins, rule).to_numpy())


def test_bootstrap_of_two_firms_is_the_four_samples() -> None:
    """P alone, Q alone, or both (twice as often): a is first unless Q is drawn twice."""
    scores = pd.DataFrame({"a": [5, 1], "b": [1, 2]}, index=["P", "Q"])
    samples = [ranking(scores.loc[list(pair)].set_axis(["1", "2"]), "mean score")["place"]["a"] for pair in itertools.product("PQ", repeat=2)]
    assert samples == [1, 1, 1, 2]
    found = bootstrap_ranks(scores, "mean score", draws=4000)
    assert found.loc["a", "first"] == pytest.approx(3 / 4, abs=3 * np.sqrt(3 / 16 / 4000))
    assert found.loc["a", ["place", "low", "high"]].tolist() == [1, 1, 2]
    assert found["first"].sum() == pytest.approx(1)


@given(tables, st.sampled_from(RULES))
def test_bootstrap_stays_between_first_and_last(scores: pd.DataFrame, rule: str) -> None:
    found = bootstrap_ranks(scores, rule, draws=30)
    assert (found["low"] <= found["high"]).all()
    assert found["low"].min() >= 1
    assert found["high"].max() <= scores.shape[1]
    assert found["first"].sum() <= 1 + 1e-12


def test_what_is_refused() -> None:
    with pytest.raises(ValueError, match="score is missing"):
        points(VOTES.astype(float).mask(VOTES == 3))
    with pytest.raises(ValueError, match="score is missing, or there is none"):
        within_firms(VOTES.iloc[:0])
    with pytest.raises(ValueError, match="the firm 'P' stands twice"):
        points(pd.concat([VOTES, VOTES]))
    with pytest.raises(ValueError, match="the factor 'a' stands twice"):
        points(pd.concat([VOTES, VOTES[["a"]]], axis=1))
    with pytest.raises(ValueError, match="weight for 'd', which is no factor"):
        weighted(VOTES, {"d": 1})
    with pytest.raises(ValueError, match="weight for 'Z', which is no firm"):
        points(VOTES, firms={"Z": 2})
    for bad in ({"a": -1}, {"a": 0, "b": 0, "c": 0}):
        with pytest.raises(ValueError, match="weights of the factors are"):
            weighted(VOTES, bad)
    for call in (points, ranking, leave_one_out, bootstrap_ranks):
        with pytest.raises(ValueError, match="rule is 'plurality'"):
            call(VOTES, "plurality")
    with pytest.raises(ValueError, match="'d' has a family and no scores"):
        family_scores(VOTES, {"d": "one"})
    with pytest.raises(ValueError, match="family 'one' have the weight 0"):
        family_scores(VOTES, {"a": "one", "b": "two"}, {"a": 0})
    with pytest.raises(ValueError, match="there is 1 firm"):
        leave_one_out(VOTES.iloc[:1])
    for draws, level in ((0, 0.9), (5, 1), (5, 0)):
        with pytest.raises(ValueError, match=f"draws is {draws}"):
            bootstrap_ranks(VOTES, draws=draws, level=level)
