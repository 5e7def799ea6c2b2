"""Coding, transitions, chronogram, entropy and costs: counts by hand and laws."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from methods.costs import constant_costs, interval_costs, own_costs, transition_costs
from methods.sequences import chronogram, encode, entropy, transition_matrix

TOY = pd.DataFrame([list("lmh"), list("llm"), list("mmm")], index=["A", "B", "C"], columns=[1982, 1999, 2011])
STATES = ["l", "m", "h"]


def test_encode_keeps_the_order_of_states() -> None:
    assert encode(TOY, STATES).codes.tolist() == [[0, 1, 2], [0, 0, 1], [1, 1, 1]]
    assert encode(TOY).states == ["h", "l", "m"]  # sorted when no order is given
    kind = pd.CategoricalDtype(STATES, ordered=True)
    coded = encode(TOY.astype(kind))
    assert coded.states == STATES
    assert coded.codes.tolist() == encode(TOY, STATES).codes.tolist()
    assert encode(TOY.astype(kind), STATES[::-1]).codes.tolist() == [[2, 1, 0], [2, 2, 1], [1, 1, 1]]
    assert encode(np.array([[3, 1], [1, 2]])).codes.tolist() == [[2, 0], [0, 1]]


@pytest.mark.parametrize(
    ("table", "states", "words"),
    [
        (TOY.replace({"h": None}), STATES, "'A' has the state None at 2011"),
        (TOY, ["l", "m"], "'A' has the state 'h' at 2011"),
        (TOY, ["l", "m", "h", "l"], "stands twice"),
        (TOY.iloc[:0], STATES, "shape"),
        (TOY.replace({"h": None}), None, "cannot be sorted"),
        (TOY.assign(**{"x": TOY[1982].astype("category")}), None, "same categories"),
    ],
)
def test_encode_says_what_is_wrong(table: pd.DataFrame, states: list | None, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        encode(table, states)


def test_transitions_by_hand() -> None:
    counts = transition_matrix(TOY, STATES, counts=True)  # l→m twice, l→l once, m→h once, m→m twice
    assert counts.to_numpy().tolist() == [[1, 2, 0], [0, 2, 1], [0, 0, 0]]
    rates = transition_matrix(TOY, STATES)
    assert rates.loc["l"].tolist() == pytest.approx([1 / 3, 2 / 3, 0])
    assert transition_matrix([["l", "h"]], STATES).loc["l"].tolist() == [0, 0, 1]  # left once, at two dates
    assert rates.loc["h"].isna().all()  # nobody ever leaves it
    with pytest.raises(ValueError, match="one date"):
        transition_matrix(TOY[[1982]])


def test_transitions_of_a_known_chain() -> None:
    """Rates estimated on 20,000 moves of a two-state chain (standard error under 0.005)."""
    generator = np.random.default_rng(8)
    state, table = np.zeros(2_000, int), []
    for _ in range(11):
        table.append(state)
        state = np.where(generator.random(2_000) < np.where(state == 0, 0.3, 0.1), 1 - state, state)
    rates = transition_matrix(np.array(table).T).to_numpy()
    assert rates[[0, 1], [1, 0]] == pytest.approx([0.3, 0.1], abs=0.02)


def test_costs_by_hand() -> None:
    assert constant_costs(STATES, 1.5).to_numpy().tolist() == [[0, 1.5, 1.5], [1.5, 0, 1.5], [1.5, 1.5, 0]]
    assert interval_costs(STATES).loc["h"].tolist() == [2, 1, 0]
    costs = transition_costs(TOY, STATES)
    assert costs.loc["l", "m"] == pytest.approx(2 - 2 / 3)
    assert costs.loc["m", "h"] == pytest.approx(2 - 1 / 3)
    assert costs.loc["l", "h"] == 2  # never seen in either direction
    with pytest.raises(ValueError, match=r"nobody ever leaves \['h'\]"):
        transition_costs(TOY, STATES, unseen="raise")
    with pytest.raises(ValueError, match="unseen is 'zero'"):
        transition_costs(TOY, STATES, unseen="zero")


def test_transition_costs_are_symmetric_to_the_last_digit() -> None:
    table = np.random.default_rng(9).integers(0, 7, (500, 9))
    costs = transition_costs(table).to_numpy()
    assert (costs == costs.T).all()
    assert (costs >= 0).all()
    assert (costs <= 2).all()


@pytest.mark.parametrize(
    ("matrix", "states", "words"),
    [
        ([[0, 1, 2], [1, 0, 1]], None, r"shape \(2, 3\)"),
        ([[0, 1], [2, 0]], ["l", "h"], "from 'l' to 'h' is 1 .back: 2."),
        ([[0, 1], [1, 0.5]], ["l", "h"], "from 'h' to 'h' is 0.5"),
        ([[0, -1], [-1, 0]], ["l", "h"], "is -1"),
        ([[0, np.nan], [np.nan, 0]], ["l", "h"], "is nan"),
        ([[0, np.inf], [np.inf, 0]], ["l", "h"], "is inf"),
        ([[0, 1], [1, 0]], ["l"], r"2 rows of costs for the states \['l'\]"),
        (pd.DataFrame([[0, 1], [1, 0]], index=["l", "h"], columns=["h", "l"]), None, r"columns \['h', 'l'\]"),
    ],
)
def test_own_costs_say_what_is_wrong(matrix: list, states: list | None, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        own_costs(matrix, states)


def test_a_constant_cost_is_above_zero() -> None:
    with pytest.raises(ValueError, match="value is 0"):
        constant_costs(STATES, 0)


def test_chronogram_by_hand_and_by_class() -> None:
    shares = chronogram(TOY, STATES)
    assert shares.loc[2011].tolist() == pytest.approx([0, 2 / 3, 1 / 3])
    by = chronogram(TOY, STATES, by=pd.Series({"C": 2, "B": 1, "A": 1}))
    assert by.loc[(1, 1999)].tolist() == [0.5, 0.5, 0]
    assert by.loc[2].to_numpy().tolist() == [[0, 1, 0]] * 3
    assert np.allclose(by.sum(axis=1), 1)
    with pytest.raises(ValueError, match="'B' has no class"):
        chronogram(TOY, STATES, by=pd.Series({"A": 1, "C": 2}))


def test_entropy_of_known_mixtures() -> None:
    """Uniform over k of s states gives log k / log s."""
    for k in (1, 2, 3, 4):
        row = pd.DataFrame([[1 / k] * k + [0] * (4 - k)])
        assert entropy(row)[0] == pytest.approx(np.log(k) / np.log(4), abs=1e-12)
    assert entropy(pd.DataFrame([[1.0]]))[0] == 0
    with pytest.raises(ValueError, match=r"\[0.5, 0.4\]"):
        entropy(pd.DataFrame([[0.5, 0.4]]))
