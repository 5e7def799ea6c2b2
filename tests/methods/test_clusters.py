"""Neighbours, join counts and clusters: distances by hand, the full law of small maps, networkx."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from methods.clusters import clusters, haversine, join_count, neighbours

LINE = pd.DataFrame({"a": ["A", "B", "C"], "b": ["B", "C", "D"]})


def random_places(seed: int, n: int = 60) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    return pd.DataFrame(
        {"lon": generator.uniform(-5, 8, n), "lat": generator.uniform(42, 51, n)},
        index=[f"{i:03d}" for i in generator.permutation(n)],
    )


def test_distances_on_the_sphere() -> None:
    assert haversine(0, 0, 180, 0) == pytest.approx(np.pi * 6371.0088)
    assert haversine(3, 45, 3, 46) == pytest.approx(111.195, abs=5e-4)  # a degree of a meridian
    assert haversine(0, 60, 1, 60) == pytest.approx(111.195 / 2, abs=2e-3)  # the cosine of 60° is a half
    assert haversine(2, 48, 2, 48) == 0


def test_neighbours_are_all_pairs_that_are_near_enough() -> None:
    places = random_places(1)
    pairs = neighbours(places, 80)
    expected = [
        (a, b)
        for a, b in combinations(sorted(places.index), 2)
        if haversine(*places.loc[a], *places.loc[b]) <= 80
    ]
    assert list(zip(pairs.a, pairs.b, strict=True)) == expected
    pd.testing.assert_frame_equal(neighbours(places.sample(frac=1, random_state=2), 80), pairs)


def test_a_distance_on_the_bound_is_within() -> None:
    places = pd.DataFrame({"lon": [0.0, 0.0], "lat": [0.0, 0.5]}, index=["A", "B"])
    km = float(haversine(0, 0, 0, 0.5).round(6))
    assert len(neighbours(places, km)) == 1
    assert len(neighbours(places, km - 0.001)) == 0


def test_the_ends_of_the_globe_are_places() -> None:
    ends = pd.DataFrame({"lon": [180.0, -180.0, 0.0], "lat": [0.0, 0.0, 90.0]}, index=list("ABC"))
    assert neighbours(ends, 0.5)[["a", "b"]].to_numpy().tolist() == [["A", "B"]]


def test_places_without_coordinates_have_no_neighbours() -> None:
    places = random_places(3, 20)
    places.loc["999"] = np.nan
    pairs = neighbours(places, 400)
    assert "999" not in {*pairs.a, *pairs.b}
    assert len(neighbours(pd.DataFrame({"lon": [np.nan], "lat": [1.0]}), 10)) == 0


@pytest.mark.parametrize(
    ("places", "within", "words"),
    [
        (pd.DataFrame({"x": [1]}), 5, "no column 'lon'"),
        (pd.DataFrame({"lon": [700_000.0], "lat": [6e6]}), 5, "lon 700000"),
        (pd.DataFrame({"lon": [1, 1], "lat": [1, 1]}, index=["A", "A"]), 5, "'A' stands twice"),
        (pd.DataFrame({"lon": [1.0], "lat": [1.0]}), 0, "within is 0"),
        (pd.DataFrame({"lon": [1.0], "lat": [95.0]}), 5, "lat 95"),
    ],
)
def test_neighbours_say_what_is_wrong(places: pd.DataFrame, within: float, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        neighbours(places, within)


def test_moments_are_those_of_all_ways_to_mark() -> None:
    """Mean and standard deviation against the 70 ways to mark 4 of 8 places."""
    places = random_places(4, 8)
    pairs = neighbours(places, 350)
    names = sorted(places.index)
    counts = [
        sum({a, b} <= set(marked) for a, b in zip(pairs.a, pairs.b, strict=True))
        for marked in combinations(names, 4)
    ]
    result = join_count(pd.Series([True] * 4 + [False] * 4, index=names), pairs, draws=10)
    assert 5 < len(pairs) < 25
    assert result.expected == pytest.approx(np.mean(counts), rel=1e-12)
    assert result.standard_deviation == pytest.approx(np.std(counts), rel=1e-9)
    assert result.observed == counts[0]


def test_random_relabelling_agrees_with_the_formula() -> None:
    """Mean of 2,000 draws within four standard errors; a marked half of a map stands out, random marks don't."""
    places = random_places(5, 200)
    pairs = neighbours(places, 100)
    west = places.lon < places.lon.median()
    result = join_count(west, pairs, draws=2_000)
    assert result.observed > result.largest
    assert result.p_value == 1 / 2_001
    chance = pd.Series(np.random.default_rng(6).permutation(west.to_numpy()), index=west.index)
    other = join_count(chance, pairs, draws=2_000)
    assert other.expected == result.expected
    assert abs(other.observed - other.expected) < 3 * other.standard_deviation
    assert other.p_value > 0.01


def test_join_count_takes_any_order_of_rows() -> None:
    places = random_places(7, 100)
    pairs, marked = neighbours(places, 100), places.lat > 46
    result = join_count(marked, pairs, draws=50)
    assert (
        join_count(marked.sample(frac=1, random_state=1), pairs.sample(frac=1, random_state=2), draws=50)
        == result
    )


def test_join_count_with_nobody_or_everybody_marked() -> None:
    nobody = pd.Series(False, index=list("ABCD"))
    assert join_count(nobody, LINE, draws=1)[:3] == (0, 0.0, 0.0)
    assert join_count(~nobody, LINE, draws=5)[:3] == (3, 3.0, 0.0)
    assert join_count(nobody, LINE, draws=5).p_value == 1


def test_three_places_all_neighbours_have_no_chance_to_differ() -> None:
    triangle = pd.DataFrame({"a": ["A", "A", "B"], "b": ["B", "C", "C"]})
    result = join_count(pd.Series([True, False, True], index=list("ABC")), triangle, draws=20)
    assert result[:5] == (1, 1.0, 0.0, 1, 1.0)


@pytest.mark.parametrize(
    ("marked", "draws", "words"),
    [
        (pd.Series(True, index=list("ABC")), 9, "pair 2 names 'D'"),
        (pd.Series(True, index=list("ABCDA")), 9, "'A' stands twice"),
        (pd.Series(True, index=list("ABCD")), 0, "draws is 0"),
    ],
)
def test_join_count_says_what_is_wrong(marked: pd.Series, draws: int, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        join_count(marked, LINE, draws)


@settings(max_examples=50)
@given(st.integers(0, 10**6), st.randoms())
def test_clusters_are_the_components_of_a_graph(seed: int, random: object) -> None:
    places = random_places(seed, 40)
    pairs = neighbours(places, 120)
    marked = pd.Series(np.random.default_rng(seed).random(40) < 0.5, index=sorted(places.index))
    graph = nx.Graph(list(zip(pairs.a, pairs.b, strict=True)))
    graph.add_nodes_from(marked.index)
    expected = sorted(
        (sorted(part) for part in nx.connected_components(graph.subgraph(marked.index[marked]))),
        key=lambda part: (-len(part), part[0]),
    )
    table = clusters(marked, pairs)
    assert [sorted(table.index[table.cluster == i + 1]) for i in range(len(expected))] == expected
    assert (table.isolated == (table["size"] == 1)).all()
    mixed = list(marked.index)
    random.shuffle(mixed)
    pd.testing.assert_frame_equal(clusters(marked.loc[mixed], pairs[::-1]), table)
