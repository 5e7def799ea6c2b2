"""Results side by side: counts against a loop, Kendall's tau against SciPy's, ranks by hand, and what is refused."""
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from data import load
from methods.claims import VERDICTS
from methods.synthesis import evidence_wanted, rank_in_class, same_order, verdict_counts

CLAIMS = load("claims")


@pytest.mark.parametrize("by", ["article", "thread", "claim_kind"])
def test_counts_are_those_of_a_loop(by: str) -> None:
    counted: dict[tuple[str, str], int] = {}
    for row in CLAIMS.to_dict("records"):
        at = str(row[by]), str(row["verdict"])
        counted[at] = counted.get(at, 0) + 1
    found = verdict_counts(CLAIMS, by)
    assert {(g, v): found.loc[g, v] for g in found.index for v in VERDICTS if found.loc[g, v]} == counted
    assert found["claims"].sum() == len(CLAIMS)
    assert (found["tested"] == found["holds"] + found["holds partly"] + found["does not hold"]).all()
    assert found.index[0] == str(CLAIMS.sort_values("number")[by].iloc[0])
    pd.testing.assert_frame_equal(verdict_counts(CLAIMS.sample(frac=1, random_state=1), by), found)


def test_the_first_kind_of_the_book_is_taken() -> None:
    tests = pd.Series(["jobs by branch and interviews", "INTERVIEWS", "weather"], index=[5, 3, 9])
    assert evidence_wanted(tests, {"words": "interview", "jobs": r"jobs\b"}).to_dict() == {5: "words", 3: "words", 9: "other"}
    assert evidence_wanted(tests, {"jobs": r"jobs\b", "words": "interview"}).loc[5] == "jobs"


numbers = st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), min_size=3, max_size=12)


@given(numbers)
def test_same_order_counts_pairs_as_scipy_does(pairs: list[tuple[int, int]]) -> None:
    """SciPy's tau-b divides by what ties leave; turned back to pairs it must give the same balance."""
    frame = pd.DataFrame(pairs, columns=["a", "b"])
    row = same_order(frame).iloc[0]
    n = len(frame) * (len(frame) - 1) / 2
    ties = [(frame[c].value_counts() * (frame[c].value_counts() - 1) / 2).sum() for c in "ab"]
    expected = kendalltau(frame["a"], frame["b"]).statistic
    assert row["pairs"] == n
    if np.isnan(expected):
        assert row["same"] == row["opposed"] == 0
    else:
        assert (row["same"] - row["opposed"]) == pytest.approx(expected * np.sqrt((n - ties[0]) * (n - ties[1])), abs=1e-9)
        assert row["tau"] == pytest.approx((row["same"] - row["opposed"]) / n)


def test_missing_values_leave_a_thing_out_of_its_pairs_only() -> None:
    frame = pd.DataFrame({"a": [1, 2, 3.0], "b": [3, 2, 1.0], "c": [1, np.nan, 2]})
    found = same_order(frame).set_index(["one", "other"])[["pairs", "same", "opposed"]]
    assert found.loc[("a", "b")].tolist() == [3, 0, 3]
    assert found.loc[("a", "c")].tolist() == [1, 1, 0]
    assert found.loc[("b", "c")].tolist() == [1, 0, 1]
    one = same_order(frame.iloc[[1]])
    assert one["pairs"].eq(0).all() and one["tau"].isna().all()


def test_ranks_by_hand() -> None:
    values = pd.Series({"A": 1.0, "B": 2.0, "C": 2.0, "D": 4.0, "E": np.nan, "F": 9.0, "G": 8.0})
    classes = pd.Series({"A": "s", "B": "s", "C": "s", "D": "s", "E": "s", "F": "l", "G": "l"})
    found = rank_in_class(values, classes.sample(frac=1, random_state=3), ["B", "D", "G"])
    assert found["others"].tolist() == [3, 3, 1]
    assert found["lower"].tolist() == [1.5, 3, 0]                # B: A is lower, C counts half
    assert found["share"].tolist() == [0.5, 1, 0]


@given(st.lists(st.floats(-10, 10), min_size=2, max_size=20))
def test_shares_of_a_whole_class_average_one_half(values: list[float]) -> None:
    series = pd.Series(values)
    found = rank_in_class(series, pd.Series("one", series.index), list(series.index))
    assert found["share"].mean() == pytest.approx(0.5)


def test_what_is_refused() -> None:
    with pytest.raises(KeyError, match="no column 'colour'"):
        verdict_counts(CLAIMS, "colour")
    with pytest.raises(ValueError, match="has the verdict"):
        verdict_counts(pd.DataFrame({"number": [1], "verdict": ["maybe"], "thread": ["x"]}), "thread")
    with pytest.raises(ValueError, match="at least one kind"):
        evidence_wanted(CLAIMS["test"], {})
    with pytest.raises(ValueError, match="'other'"):
        evidence_wanted(CLAIMS["test"], {"other": "x"})
    with pytest.raises(ValueError, match="no regular expression"):
        evidence_wanted(CLAIMS["test"], {"jobs": "("})
    with pytest.raises(ValueError, match="two measures or more"):
        same_order(pd.DataFrame({"a": [1, 2]}))
    values, classes = pd.Series({"A": 1.0, "B": 2.0}), pd.Series({"A": "s", "B": "l"})
    with pytest.raises(KeyError, match="'Z' has no value"):
        rank_in_class(values, classes, ["Z"])
    with pytest.raises(ValueError, match="alone in the class"):
        rank_in_class(values, classes, ["A"])
