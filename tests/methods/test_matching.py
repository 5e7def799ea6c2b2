"""Optimal matching: three sequences by hand, every alignment of small ones, other implementations, laws."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import methods.prefixes as shared_beginnings
from methods.costs import constant_costs, interval_costs, own_costs, transition_costs
from methods.matching import Matching, expand, hamming, longest_common_subsequence, optimal_matching, prefixes

STORED = Path(__file__).parents[1] / "reference" / "sequences.npz"


def every_alignment(x: np.ndarray, y: np.ndarray, costs: np.ndarray, indel: float) -> float:
    """Smallest price among all alignments: choose which dates of one face which of the other, in order."""
    n = len(x)
    return min(
        sum(costs[x[i], y[j]] for i, j in zip(mine, yours, strict=True)) + indel * 2 * (n - k)
        for k in range(n + 1)
        for mine in combinations(range(n), k)
        for yours in combinations(range(n), k)
    )


def pair_by_pair(table: np.ndarray, costs: np.ndarray, indel: float) -> np.ndarray:
    """The usual algorithm, one cell of the alignment at a time for all pairs: nothing shared."""
    n, dates = table.shape
    above = [np.full((n, n), j * indel) for j in range(dates + 1)]
    for i in range(dates):
        row = [np.full((n, n), (i + 1) * indel)]
        for j in range(dates):
            match = above[j] + costs[table[:, i][:, None], table[:, j]]
            row.append(np.minimum(match, np.minimum(above[j + 1], row[j]) + indel))
        above = row
    return above[-1]


@st.composite
def panels(draw: st.DrawFn, largest: int = 5) -> tuple[np.ndarray, pd.DataFrame, float]:
    """Sequences, costs and a price of insertion: whole, halves, or any numbers."""
    k, dates, n = draw(st.integers(1, 4)), draw(st.integers(1, largest)), draw(st.integers(1, 7))
    table = np.array(
        draw(
            st.lists(st.lists(st.integers(0, k - 1), min_size=dates, max_size=dates), min_size=n, max_size=n)
        )
    )
    price = draw(
        st.sampled_from(
            [st.integers(1, 4).map(float), st.integers(1, 8).map(lambda x: x / 2), st.floats(0.01, 4)]
        )
    )
    upper = np.triu(np.array([[draw(price) for _ in range(k)] for _ in range(k)]), 1)
    return table, own_costs(upper + upper.T), draw(price)


def test_three_sequences_by_hand() -> None:
    """From abc to bcc: delete a, insert c = 2. From abc to ccc: replace both = 3, or one each = 1.5 + 2 · 1. ..."""
    costs = own_costs([[0, 1, 2], [1, 0, 1.5], [2, 1.5, 0]], ["a", "b", "c"])
    result = optimal_matching([list("abc"), list("bcc"), list("ccc")], costs, indel=1)
    # abc → bcc: 1 + 1; bcc → ccc: one replaced, 1.5; abc → ccc: 2 + 1.5 replaced, or a deleted, b replaced, c inserted
    assert result.distances.tolist() == [[0, 2, 3.5], [2, 0, 1.5], [3.5, 1.5, 0]]


@settings(max_examples=150)
@given(panels(), st.sampled_from([(64, 512), (2, 3), (1, 1)]), st.sampled_from([0.0, 0.6, 1.0]))
def test_every_alignment_of_small_sequences(panel: tuple, tile: tuple, shared: float) -> None:
    """Any tiles and any point where sharing ends give the same distances (tolerance: sums in another order, 1e-9)."""
    table, costs, indel = panel
    kept = shared_beginnings.TILE, shared_beginnings.SHARED
    shared_beginnings.TILE, shared_beginnings.SHARED = tile, shared
    try:
        result = optimal_matching(table, costs, indel)
    finally:
        shared_beginnings.TILE, shared_beginnings.SHARED = kept
    prices = costs.to_numpy()
    expected = [[every_alignment(x, y, prices, indel) for y in table] for x in table]
    assert expand(result.distances, result.index) == pytest.approx(np.array(expected), abs=1e-9)


@pytest.mark.parametrize("n", [1, 40, 700, 1_500])
@pytest.mark.parametrize("chain", [True, False])
def test_large_panels_equal_the_usual_algorithm(n: int, chain: bool) -> None:
    """Equal to the last digit: sharing beginnings changes which cells are computed, not how (tenths: 1e-12)."""
    generator = np.random.default_rng(n)
    table = generator.integers(0, 4, (n, 6))
    if chain:
        for date in range(1, 6):
            table[:, date] = np.where(generator.random(n) < 0.7, table[:, date - 1], table[:, date])
    distinct = np.unique(table, axis=0)
    for costs, indel, far in (
        (constant_costs(range(4)), 1, 0),
        (transition_costs(table, range(4)), 1, 0),
        (interval_costs(range(4)) / 10, 0.9, 1e-12),
    ):
        result = optimal_matching(table, costs, indel)
        assert np.abs(result.distances - pair_by_pair(distinct, costs.to_numpy(), indel)).max() <= far


@settings(max_examples=60)
@given(panels())
def test_metric_properties(panel: tuple) -> None:
    """Symmetric, zero on the diagonal, above zero elsewhere; triangles when the costs have them."""
    table, costs, indel = panel
    d = optimal_matching(table, costs, indel).distances
    assert (d == d.T).all()
    assert (d.diagonal() == 0).all()
    assert (d[~np.eye(len(d), dtype=bool)] >= 0).all()
    if (costs.to_numpy() + np.eye(len(costs)) > 0).all():
        assert (d[~np.eye(len(d), dtype=bool)] > 0).all()
    prices = np.minimum(costs.to_numpy(), 2 * indel)
    if (prices[:, None] <= prices[:, :, None] + prices[None] + 1e-12).all():
        assert (d[:, None] <= d[:, :, None] + d[None] + 1e-9).all()


@settings(max_examples=60)
@given(panels(), st.randoms())
def test_any_order_of_rows_gives_the_same(panel: tuple, random: object) -> None:
    table, costs, indel = panel
    frame = pd.DataFrame(table, index=[f"town {i}" for i in range(len(table))])
    names = list(frame.index)
    random.shuffle(names)
    one, other = (optimal_matching(part, costs, indel) for part in (frame, frame.loc[names]))
    assert (one.distances == other.distances).all()
    assert (one.weights == other.weights).all()
    pd.testing.assert_frame_equal(one.sequences, other.sequences)
    pd.testing.assert_series_equal(one.index, other.index.loc[frame.index])


@given(panels())
def test_hamming_counts_the_dates_that_differ(panel: tuple) -> None:
    table, costs, _ = panel
    counted = hamming(table, constant_costs(costs.index, 1) if len(costs) > 1 else costs)
    distinct = counted.sequences.to_numpy(int)
    assert (counted.distances == (distinct[:, None] != distinct).sum(axis=2)).all()
    priced = costs.to_numpy()[distinct[:, None], distinct].sum(axis=2)
    assert hamming(table, costs).distances == pytest.approx(priced, abs=1e-9)


def longest(x: tuple, y: tuple) -> int:
    n = len(x)
    shared = (
        k
        for k in range(n, 0, -1)
        if {tuple(x[i] for i in chosen) for chosen in combinations(range(n), k)}
        & {tuple(y[i] for i in chosen) for chosen in combinations(range(n), k)}
    )
    return next(shared, 0)


@given(panels())
def test_longest_common_subsequence_by_enumeration(panel: tuple) -> None:
    table, _, _ = panel
    result = longest_common_subsequence(table)
    rows = [tuple(row) for row in result.sequences.to_numpy(int)]
    expected = [[2 * (len(x) - longest(x, y)) for y in rows] for x in rows]
    assert result.distances.tolist() == expected


def test_usual_prices_are_the_longest_common_subsequence() -> None:
    """2 for a substitution and 1 for an insertion: the usual defaults are this special case."""
    table = np.random.default_rng(4).integers(0, 4, (60, 6))
    assert (
        optimal_matching(table, constant_costs(range(4))).distances
        == longest_common_subsequence(table).distances
    ).all()


def test_whole_prices_are_exact() -> None:
    """Tenths are counted as tenths: 0.1 + 0.2 is 0.3."""
    costs = own_costs([[0, 0.1, 0.2], [0.1, 0, 0.3], [0.2, 0.3, 0]])
    result = optimal_matching([[0, 0], [1, 2], [2, 1]], costs, indel=5)
    assert result.distances[0].tolist() == [0, 0.3, 0.3]


@pytest.mark.parametrize("price", [1_638, 1_639, 2_000])
def test_large_whole_prices_do_not_overflow(price: int) -> None:
    """On both sides of what small whole numbers can hold, distances are the price times those at 1."""
    table = np.random.default_rng(6).integers(0, 4, (50, 9))
    table[0], table[1] = 0, 1  # nothing in common: eighteen insertions and deletions
    unit = optimal_matching(table, constant_costs(range(4), 2), 1)
    dear = optimal_matching(table, constant_costs(range(4), 2 * price), price)
    assert unit.distances.max() == 18
    assert (dear.distances == price * unit.distances).all()


def test_rows_are_written_out_for_many_towns() -> None:
    table = np.random.default_rng(7).integers(0, 3, (700, 4))
    result = optimal_matching(table, interval_costs(range(3)), 0.7)
    at = result.index.to_numpy()
    assert (expand(result.distances, result.index) == result.distances[np.ix_(at, at)]).all()


def stored() -> dict[str, np.ndarray]:
    with np.load(STORED) as file:
        return {name: file[name] for name in file.files}


def square(half: np.ndarray, n: int) -> np.ndarray:
    full = np.zeros((n, n))
    full[np.triu_indices(n, 1)] = half
    return full + full.T


@pytest.mark.parametrize(
    "name",
    [
        "sequenzo constant",
        "sequenzo transitions",
        "sequenzo hamming",
        "giddy interval",
        "giddy hamming",
        "giddy arbitrary",
        "giddy markov",
        "giddy own",
    ],
)
def test_other_implementations_stored_results(name: str) -> None:
    """Equal to what giddy and sequenzo gave (made by tests/reference/make_sequences.py; tolerance 1e-12)."""
    store = stored()
    table, k = store["sequences"], int(store["sequences"].max()) + 1
    chain = transition_costs(table, range(k))
    ours = {
        "sequenzo constant": lambda: optimal_matching(table, constant_costs(range(k)), 1),
        "sequenzo transitions": lambda: optimal_matching(table, chain, 1),
        "sequenzo hamming": lambda: hamming(table, constant_costs(range(k), 1)),
        "giddy interval": lambda: optimal_matching(table, interval_costs(range(k)), k - 1),
        "giddy hamming": lambda: hamming(table, constant_costs(range(k), 1)),
        "giddy arbitrary": lambda: optimal_matching(table, constant_costs(range(k), 0.5), 1),
        "giddy markov": lambda: optimal_matching(table, chain / 2, 1),
        "giddy own": lambda: optimal_matching(
            table, own_costs(store["own costs"]), float(store["own indel"])
        ),
    }
    result: Matching = ours[name]()
    assert expand(result.distances, result.index) == pytest.approx(square(store[name], len(table)), abs=1e-12)


def test_transition_costs_are_sequenzos() -> None:
    store = stored()
    assert transition_costs(store["sequences"]).to_numpy() == pytest.approx(
        store["sequenzo transition costs"], abs=1e-12
    )


def test_weights_and_index_describe_the_rows() -> None:
    frame = pd.DataFrame([list("ab"), list("aa"), list("ab")], index=["X", "Y", "Z"])
    result = optimal_matching(frame, constant_costs(["a", "b"]))
    assert result.sequences.astype(str).agg("".join, axis=1).tolist() == ["aa", "ab"]
    assert result.weights.tolist() == [1, 2]
    assert result.distances.dtype == np.float64
    assert result.index.to_dict() == {"X": 1, "Y": 0, "Z": 1}
    assert expand(result.distances, result.index)[0].tolist() == [0, 2, 0]


def test_prefixes_are_the_distinct_beginnings() -> None:
    table = np.unique(np.random.default_rng(5).integers(0, 3, (50, 5)), axis=0)
    levels = prefixes(table)
    for date, (_, state) in enumerate(levels, start=1):
        assert len(state) == len(np.unique(table[:, :date], axis=0))
    parent, state = levels[2]
    beginnings = np.unique(table[:, :3], axis=0)
    assert (np.unique(table[:, :2], axis=0)[parent] == beginnings[:, :2]).all()
    assert (state == beginnings[:, 2]).all()


KIND = pd.CategoricalDtype(["l", "h", "x"])


@pytest.mark.parametrize(
    ("table", "costs", "indel", "words"),
    [
        ([["l", "h"]], constant_costs(["l"]), 1, "state 'h'"),
        ([["l", None]], constant_costs(["l", "h"]), 1, "state None"),
        (
            pd.DataFrame({1982: pd.Series(["l"], dtype=KIND)}),
            constant_costs(["l", "h"]),
            1,
            "'x' of 1982 has no price",
        ),
        ([["l", "h"]], constant_costs(["l", "h"]), 0, "indel is 0"),
        ([["l", "h"]], constant_costs(["l", "h"]), np.nan, "indel is nan"),
        (
            [["l", "h"]],
            pd.DataFrame([[0, 1], [2, 0]], index=["l", "h"], columns=["l", "h"]),
            1,
            "from 'l' to 'h' is 1",
        ),
    ],
)
def test_matching_says_what_is_wrong(table: object, costs: pd.DataFrame, indel: float, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        optimal_matching(table, costs, indel)


def test_expand_says_what_is_wrong() -> None:
    with pytest.raises(ValueError, match="sequence 2, there are values for 2"):
        expand(np.array([1, 2]), pd.Series([0, 2]))
