"""Chains and routes: a story by hand, every way through small networks, walks counted with matrices."""
from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods.chains import access_graph, chain_to, opens, reach, removal, route

ACTORS = list("abcdef")
STORY = pd.DataFrame(
    [(1, "cousin", "ann", "hint", 2001, 2001, None), (2, "owner", "ann", "workshop", 2003, 2003, 1), (3, "state", "town", "grant", None, None, None),
     (4, "town", "firm", "road", 2004, 2004, 2), (5, "ann", "firm", "money", 2004, 2004, None), (6, "town", "firm", "permit", None, None, 4)],
    columns=["sequence", "from", "to", "resource", "year_from", "year_to", "opened_by"])


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    """Up to nine accesses among six actors; each may be opened by one with a smaller number."""
    ties = draw(st.lists(st.sampled_from(list(permutations(ACTORS, 2))), min_size=1, max_size=9))
    numbers = range(1, len(ties) + 1)
    openers = [draw(st.sampled_from([None, *range(1, n)])) for n in numbers]
    table = pd.DataFrame({"sequence": numbers, "from": [a for a, _ in ties], "to": [b for _, b in ties],
                          "resource": [f"r{n}" for n in numbers], "opened_by": pd.Series(openers, dtype=float)})
    return table.iloc[draw(st.permutations(range(len(table))))]


def hands_by_walks(table: pd.DataFrame, target: str) -> dict[int, int]:
    """Fewest accesses from each giver to the target, its own access first: powers of the matrix of ties."""
    matrix = np.zeros((6, 6), int)
    for one, other in zip(table["from"], table["to"], strict=True):
        matrix[ACTORS.index(one), ACTORS.index(other)] = 1
    at, found = ACTORS.index(target), {}
    for row in table.itertuples():
        start, power = ACTORS.index(row.to), np.eye(6, dtype=int)
        steps = [k for k in range(6) if (power if k == 0 else np.linalg.matrix_power(matrix, k))[start, at]]
        found[row.sequence] = steps[0] + 1 if steps else 0
    return found


def test_the_network_keeps_every_access_and_what_is_said_of_it() -> None:
    graph = access_graph(STORY.sample(frac=1, random_state=1))
    assert list(graph) == ["ann", "cousin", "firm", "owner", "state", "town"]
    assert graph.number_of_edges("town", "firm") == 2
    assert graph["town"]["firm"][6]["resource"] == "permit"
    assert [key for *_, key in sorted(graph.edges(keys=True), key=lambda edge: edge[2])] == [1, 2, 3, 4, 5, 6]


def test_the_chain_of_the_story() -> None:
    assert chain_to(STORY, "permit")["resource"].tolist() == ["hint", "workshop", "road", "permit"]
    assert chain_to(STORY, 2)["resource"].tolist() == ["hint", "workshop"]
    assert chain_to(STORY, "money")["sequence"].tolist() == [5]
    assert opens(STORY).to_dict() == {1: 3, 2: 2, 3: 0, 4: 1, 5: 0, 6: 0}


def test_routes_of_the_story() -> None:
    assert route(STORY, "state", "firm") == ["state", "town", "firm"]
    assert route(STORY, "firm", "state") == []
    found = reach(STORY, "firm")
    assert found["hands"].tolist() == [2, 2, 2, 1, 1, 1]
    assert found.loc[3, "route"] == "state → town → firm"


def test_removals_of_the_story() -> None:
    lost = removal(STORY, "firm")
    assert lost["own"].to_dict() == {"ann": 1, "cousin": 1, "owner": 1, "state": 1, "town": 2}
    assert lost["resources"].to_dict() == {"ann": "hint, workshop", "cousin": "", "owner": "", "state": "", "town": "grant"}
    longer = pd.concat([STORY, pd.DataFrame({"sequence": [7], "from": ["europe"], "to": ["state"], "resource": ["fund"]})])
    assert removal(longer, "firm").loc["town", ["cut_off", "resources"]].tolist() == [2, "grant, fund"]


def test_of_two_shortest_ways_the_first_in_the_alphabet() -> None:
    table = pd.DataFrame({"sequence": [1, 2, 3, 4], "from": ["s", "s", "z", "m"], "to": ["z", "m", "t", "t"]})
    for rows in (table, table[::-1]):
        assert route(rows, "s", "t") == ["s", "m", "t"]


def test_nothing_reaches_where_nothing_is() -> None:
    assert reach(STORY[:0], "firm").empty
    assert reach(STORY, "nobody")["hands"].tolist() == [0] * 6


@given(tables(), st.sampled_from(ACTORS))
def test_reach_counts_the_walks(table: pd.DataFrame, target: str) -> None:
    found = reach(table, target)
    assert found["hands"].to_dict() == hands_by_walks(table, target)
    assert (found["route"].str.count("→") == found["hands"]).all()
    assert found.index.is_monotonic_increasing


@given(tables(), st.sampled_from(ACTORS))
def test_a_removal_is_what_is_lost_without_the_actor(table: pd.DataFrame, target: str) -> None:
    if target not in {*table["from"], *table["to"]}:
        with pytest.raises(ValueError, match=f"no access names '{target}'"):
            removal(table, target)
        return
    lost, before = removal(table, target), hands_by_walks(table, target)
    assert lost.index.tolist() == sorted({*table["from"], *table["to"]} - {target})
    for actor, row in lost.iterrows():
        rest = table[(table["from"] != actor) & (table["to"] != actor)]
        after = hands_by_walks(rest, target)
        assert row["own"] == (table["from"] == actor).sum()
        others = sorted(table.loc[table["from"] != actor, "sequence"])
        lost = [n for n in others if before[n] > 0 and after.get(n, 0) == 0]
        assert (row["cut_off"], row["resources"]) == (len(lost), ", ".join(f"r{n}" for n in lost))


@given(tables())
def test_chains_follow_who_opened_whom(table: pd.DataFrame) -> None:
    opener = table.set_index("sequence")["opened_by"].to_dict()
    counted = opens(table)
    for number in table["sequence"]:
        chain = chain_to(table, number)["sequence"].tolist()
        assert chain[-1] == number
        assert [opener[n] for n in chain[1:]] == chain[:-1]
        assert np.isnan(opener[chain[0]])
    in_chains = [n for number in table["sequence"] for n in chain_to(table, number)["sequence"][:-1]]
    assert counted.to_dict() == {n: in_chains.count(n) for n in sorted(table["sequence"])}


@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(table: pd.DataFrame, random: object) -> None:
    rows = list(range(len(table)))
    random.shuffle(rows)
    mixed = table.iloc[rows]
    pd.testing.assert_frame_equal(reach(mixed, "a"), reach(table, "a"))
    pd.testing.assert_series_equal(opens(mixed), opens(table))
    pd.testing.assert_frame_equal(chain_to(mixed, 1), chain_to(table, 1))
    target = sorted({*table["from"], *table["to"]})[0]
    pd.testing.assert_frame_equal(removal(mixed, target), removal(table, target))


@pytest.mark.parametrize(("change", "words"), [
    ({"sequence": [1, 2, 3, 4, 5, 5]}, "two accesses have the number 5"),
    ({"to": ["cousin", "ann", "town", "firm", "firm", "firm"]}, "access 1 leads from 'cousin' to itself"),
    ({"resource": ["hint", "permit", "grant", "road", "money", "permit"]}, "2 accesses give 'permit'"),
    ({"resource": ["hint", "workshop", "grant", "road", "money", "nothing"]}, "0 accesses give 'permit': name one of hint, workshop"),
    ({"opened_by": [None, 1, None, 9, None, 4]}, "access 4 is opened by 9, which is not in the table"),
    ({"opened_by": [6, 1, None, 2, None, 4]}, r"accesses \[1, 2, 4, 6\] open one another in a circle"),
    ({"year_from": [2005, 2003, None, 2004, 2004, None]}, "access 2 ends before access 1, which opened it, begins"),
])
def test_a_chain_says_what_is_wrong(change: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        chain_to(STORY.assign(**change), "permit")


def test_a_missing_column_and_an_unknown_actor_are_named() -> None:
    with pytest.raises(ValueError, match="no column 'opened_by' among sequence, from"):
        opens(STORY.drop(columns="opened_by"))
    with pytest.raises(ValueError, match="no column 'to'"):
        access_graph(STORY.drop(columns="to"))
    with pytest.raises(ValueError, match="no access names 'king': the actors are ann"):
        route(STORY, "king", "firm")
