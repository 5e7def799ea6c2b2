"""Thematic coding: rarefaction by all subsets, agreement by scikit-learn, small code books by hand."""
from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from methods.coding import agreement_by_code, co_occurrence, heard_in_order, incidence, pairs_of_codes, saturation

BOOK = ["noise", "pride", "family"]
SAID = {"s1": ["noise"], "s2": ["noise", "pride"], "s3": [], "s4": ["pride", "noise"]}
tables = st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=1, max_size=7).map(
    lambda rows: pd.DataFrame(rows, [f"s{n}" for n in range(len(rows))], BOOK))


def test_incidence_by_hand_and_from_a_series() -> None:
    table = incidence(SAID, BOOK)
    assert table.astype(int).to_numpy().tolist() == [[1, 0, 0], [1, 1, 0], [0, 0, 0], [1, 1, 0]]
    pd.testing.assert_frame_equal(incidence(pd.Series(SAID), BOOK), table)


@pytest.mark.parametrize(("said", "book", "words"), [
    ({"s1": ["smell"]}, BOOK, "'s1' has the codes ['smell']"), ({"s1": ["noise", "noise"]}, BOOK, "'s1' has the codes"),
    ({"s1": "noise"}, BOOK, "the codes of 's1' are the text 'noise'"), ({"s1": []}, ["noise", "noise"], "a code stands twice"),
    ({}, BOOK, "there is no statement")])
def test_incidence_refuses(said: dict, book: list, words: str) -> None:
    with pytest.raises(ValueError, match=words.replace("[", r"\[").replace("]", r"\]")):
        incidence(said, book)


@given(tables)
def test_co_occurrence_counts_statements(table: pd.DataFrame) -> None:
    found = co_occurrence(table)
    for a in BOOK:
        for b in BOOK:
            assert found.loc[a, b] == sum(row[a] and row[b] for _, row in table.iterrows())
    pd.testing.assert_frame_equal(co_occurrence(table[::-1]), found)


def test_pairs_by_hand() -> None:
    pairs = pairs_of_codes(incidence(SAID, BOOK))
    first = pairs.iloc[0]
    assert first[["a", "b", "together"]].tolist() == ["noise", "pride", 2]
    assert first["expected"] == pytest.approx(3 * 2 / 4)
    assert first["jaccard"] == pytest.approx(2 / 3)
    assert len(pairs) == 3
    empty = pairs_of_codes(incidence({"s1": []}, BOOK[:2]))
    assert np.isnan(empty["jaccard"][0])


@given(tables)
def test_saturation_is_the_mean_over_all_subsets(table: pd.DataFrame) -> None:
    found = saturation(table)
    for n in range(len(table) + 1):
        heard = [int(table.iloc[list(some)].any().sum()) for some in combinations(range(len(table)), n)]
        assert found.loc[n, "expected"] == pytest.approx(np.mean(heard), abs=1e-9)
        assert found.loc[n, "spread"] == pytest.approx(np.std(heard), abs=1e-5)
    new = found["new"].dropna()
    assert (new >= -1e-12).all()
    assert (new.diff().dropna() <= 1e-9).all()                              # each further statement brings less
    once = int((table.sum() == 1).sum())
    assert found["new"].iloc[-1] == pytest.approx(once / len(table))        # the last step: codes heard once, over N


@given(tables, st.randoms(use_true_random=False))
def test_the_order_counts_in_one_curve_and_not_in_the_other(table: pd.DataFrame, chance: object) -> None:
    mixed = table.loc[chance.sample(list(table.index), len(table))]
    pd.testing.assert_frame_equal(saturation(mixed), saturation(table))
    heard = heard_in_order(mixed)
    assert heard.iloc[0] == 0
    assert heard.iloc[-1] == heard_in_order(table).iloc[-1] == int(table.any().sum())
    assert heard.diff().dropna().ge(0).all()


def test_heard_in_order_by_hand() -> None:
    table = incidence(SAID, BOOK)
    assert heard_in_order(table).tolist() == [0, 1, 2, 2, 2]
    assert heard_in_order(table.loc[["s3", "s4", "s1", "s2"]]).tolist() == [0, 0, 2, 2, 2]


def test_tables_hold_true_and_false() -> None:
    for method in (co_occurrence, heard_in_order, saturation, pairs_of_codes):
        with pytest.raises(ValueError, match="true or false"):
            method(pd.DataFrame({"noise": [2], "pride": [0]}))
        with pytest.raises(ValueError, match=r"the shape \(0, 3\)"):
            method(pd.DataFrame(columns=BOOK, dtype=bool))


@given(tables, st.data())
def test_agreement_is_that_of_scikit_learn(one: pd.DataFrame, data: st.DataObject) -> None:
    flips = data.draw(st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=len(one), max_size=len(one)))
    other = one ^ np.array(flips)
    found = agreement_by_code(one, other[["pride", "family", "noise"]][::-1])
    assert list(found.index) == [*BOOK, "all codes"]
    pairs = {code: (one[code], other[code]) for code in BOOK} | {"all codes": (one.to_numpy().ravel(), other.to_numpy().ravel())}
    for name, (a, b) in pairs.items():
        row = found.loc[name]
        assert row["agreement"] == pytest.approx(np.mean(np.asarray(a) == np.asarray(b)))
        assert row[["both", "only_one", "only_other", "neither"]].sum() == len(a)
        if len({*map(bool, a), *map(bool, b)}) == 2:
            assert row["kappa"] == pytest.approx(cohen_kappa_score(a, b), abs=1e-12)
        else:
            assert np.isnan(row["kappa"])
            assert np.isnan(row["alpha"])


def test_alpha_of_two_codes_by_hand() -> None:
    """Four decisions, yes-yes, yes-no, no-no, no-no: of 8 values 3 are yes; 2 · 1 of 8 differ, by chance 2 · 3 · 5 / 7 of 8."""
    one = pd.DataFrame({"noise": [True, True, False, False]})
    found = agreement_by_code(one, pd.DataFrame({"noise": [True, False, False, False]})).loc["noise"]
    assert found["alpha"] == pytest.approx(1 - 2 / (2 * 3 * 5 / 7))
    assert found[["both", "only_one", "only_other", "neither"]].tolist() == [1, 1, 0, 2]


def test_both_coders_have_the_same_statements_and_codes() -> None:
    table = incidence(SAID, BOOK)
    with pytest.raises(ValueError, match="the statement 's3' is in one coding only"):
        agreement_by_code(table, table.drop("s3"))
    with pytest.raises(ValueError, match="the code 'family' is in one coding only"):
        agreement_by_code(table, table.drop(columns="family"))
