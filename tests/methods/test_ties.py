"""Shares, periods, certainty, positions: bounds against every way to fill in the unknown, Burt's formula written out."""
from __future__ import annotations

from itertools import combinations, product

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from methods.ties import by_certainty, drop_one, period_of, positions, tie_shares

KINDS = ["personal", "mediated", "unknown"]
LEVELS = ["said", "read", "disputed"]


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    size = draw(st.integers(1, 8))
    pick = lambda values: [draw(st.sampled_from(values)) for _ in range(size)]
    years = pick([(1987, 1987), (1990, 2020), (None, 2018), (2018, None), (2018, 2018), (2021, 2021), (None, None)])
    table = pd.DataFrame({"sequence": range(1, size + 1), "from": [f"g{n}" for n in range(size)], "to": "plant", "tie": pick(KINDS),
                          "access_certainty": pick(LEVELS), "year_from": pd.Series([a for a, _ in years], dtype=float),
                          "year_to": pd.Series([b for _, b in years], dtype=float)})
    return table.iloc[draw(st.permutations(range(size)))]


@pytest.mark.parametrize(("years", "date", "period"), [
    ((1987, 1987), 2018, "before"), ((2018, 2018), 2018, "since"), ((1990, 2017), 2018, "before"), ((1990, 2018), 2018, "undated"),
    ((None, 2018), 2018, "before"), ((None, 2018), 2017, "undated"), ((None, 2017), 2018, "before"),
    ((2018, None), 2018, "since"), ((2018, None), 2019, "undated"), ((None, None), 2018, "undated")])
def test_periods(years: tuple, date: int, period: str) -> None:
    table = pd.DataFrame({"sequence": [1], "from": "a", "to": "b", "year_from": pd.Series([years[0]], dtype=float),
                          "year_to": pd.Series([years[1]], dtype=float)})
    assert period_of(table, date).tolist() == [period]


@settings(max_examples=60)
@given(tables())
def test_bounds_are_those_of_every_way_to_know_the_unknown(table: pd.DataFrame) -> None:
    found, periods = tie_shares(table, 2018), period_of(table, 2018)
    assert (found.groupby("period")["share"].sum() - 1).abs().max() < 1e-12
    assert found["accesses"].sum() == len(table)
    for period, rows in table.set_index("sequence").groupby(periods):
        hidden = int((rows["tie"] == "unknown").sum())
        known = rows["tie"][rows["tie"] != "unknown"].tolist()
        filled = [[*known, *guess] for guess in product(KINDS[:2], repeat=hidden)]
        for kind in set(table["tie"]) - {"unknown"}:
            shares = [way.count(kind) / len(rows) for way in filled]
            assert found.loc[(period, kind), ["low", "high"]].tolist() == pytest.approx([min(shares), max(shares)])
            assert found.loc[(period, kind), "share"] == pytest.approx(min(shares))
        if "unknown" in set(table["tie"]):
            assert found.loc[(period, "unknown"), ["low", "share", "high"]].tolist() == pytest.approx([0, hidden / len(rows), hidden / len(rows)])


@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(table: pd.DataFrame, random: object) -> None:
    rows = list(range(len(table)))
    random.shuffle(rows)
    mixed = table.iloc[rows]
    pd.testing.assert_frame_equal(tie_shares(mixed, 2018), tie_shares(table, 2018))
    pd.testing.assert_frame_equal(positions(mixed), positions(table))

    def measure(rows: pd.DataFrame) -> dict[str, float]:
        return {"first": rows["sequence"].iloc[0]}
    pd.testing.assert_frame_equal(by_certainty(mixed, measure, LEVELS), by_certainty(table, measure, LEVELS))


def test_kinds_keep_the_order_and_the_empty_places_of_their_categories() -> None:
    table = pd.DataFrame({"sequence": [1, 2], "from": ["a", "b"], "to": "c", "year_from": [2000, 2000], "year_to": [2000, 2000],
                          "tie": pd.Categorical(["unknown", "personal"], ["personal", "professional", "unknown"])})
    found = tie_shares(table, 1990).loc["since"]
    assert found.index.tolist() == ["personal", "professional", "unknown"]
    assert found["accesses"].tolist() == [1, 0, 1]
    assert found["high"].tolist() == [1.0, 0.5, 0.5]


def test_an_empty_kind_is_asked_for() -> None:
    table = pd.DataFrame({"sequence": [1, 2], "from": ["a", "b"], "to": "c", "tie": ["personal", None], "year_from": 1.0, "year_to": 1.0})
    with pytest.raises(ValueError, match="access 2 has no tie: write 'unknown'"):
        tie_shares(table, 2018)


@given(tables())
def test_levels_are_nested_and_end_with_everything(table: pd.DataFrame) -> None:
    found = by_certainty(table, lambda rows: {"kept": len(rows), "sum": rows["sequence"].sum()}, LEVELS)
    for level, row in found.iterrows():
        own = table[table["access_certainty"].isin(LEVELS[:LEVELS.index(level) + 1])]
        assert (row["accesses"], row["kept"], row["sum"]) == (len(own), len(own), own["sequence"].sum())
    assert found["accesses"].iloc[-1] == len(table)


@given(tables().filter(lambda table: len(table) > 1))
def test_one_left_out_at_a_time(table: pd.DataFrame) -> None:
    found = drop_one(table, lambda rows: {"sum": rows["sequence"].sum()})
    assert (found["sum"] + found.index == table["sequence"].sum()).all()
    assert found.index.tolist() == sorted(table["sequence"])


def test_what_certainty_needs() -> None:
    table = pd.DataFrame({"sequence": [1], "from": "a", "to": "b", "access_certainty": ["guessed"]})
    with pytest.raises(ValueError, match="an access is 'guessed', which is none of the levels"):
        by_certainty(table, lambda rows: {}, LEVELS)
    with pytest.raises(ValueError, match="1 access: at least two"):
        drop_one(table, lambda rows: {})


def burt(edges: set[frozenset], actor: str) -> float:
    """Burt's formula with equal ties: the sum over contacts j of (p_ij + sum over q of p_iq p_qj) squared."""
    friends = {a: {next(iter(e - {a})) for e in edges if a in e} for e in edges for a in e}

    def p(i: str, j: str) -> float:
        return 1 / len(friends[i]) if j in friends[i] else 0.0
    return sum((p(actor, j) + sum(p(actor, q) * p(q, j) for q in friends[actor] - {j})) ** 2 for j in friends[actor])


@settings(max_examples=60)
@given(st.sets(st.sampled_from([frozenset(pair) for pair in combinations("abcde", 2)]), min_size=1))
def test_positions_by_formula_and_by_counting_ways(edges: set[frozenset]) -> None:
    ties = [tuple(sorted(edge)) for edge in sorted(edges, key=sorted)]
    table = pd.DataFrame({"sequence": range(len(ties)), "from": [a for a, _ in ties], "to": [b for _, b in ties]})
    found, graph = positions(table), nx.Graph(ties)
    for actor in graph:
        assert found.loc[actor, "constraint"] == pytest.approx(burt(edges, actor))
        through = 0.0
        for one, other in combinations(sorted(set(graph) - {actor}), 2):
            if nx.has_path(graph, one, other):
                ways = list(nx.all_shortest_paths(graph, one, other))
                through += np.mean([actor in way for way in ways])
        assert found.loc[actor, "betweenness"] == pytest.approx(through)
        assert found.loc[actor, "degree"] == len(set(graph[actor]))


def test_arrows_both_ways_and_repetitions_count_once() -> None:
    table = pd.DataFrame({"sequence": [1, 2, 3, 4], "from": ["a", "b", "a", "b"], "to": ["b", "a", "b", "c"]})
    once = pd.DataFrame({"sequence": [1, 2], "from": ["a", "b"], "to": ["b", "c"]})
    pd.testing.assert_frame_equal(positions(table), positions(once))
