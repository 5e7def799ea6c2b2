"""Contiguous land by flooding a grid, criteria in every order, people around places one by one."""
from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from methods.clusters import haversine
from methods.land import contiguous, nearest_km, people_around, sieve

GRID = pd.DataFrame([(r, c, 10 * r + c) for r, c in product(range(1, 4), range(1, 5))], columns=["row", "column", "hectares"],
                    index=[f"{'ABC'[r - 1]}{c}" for r, c in product(range(1, 4), range(1, 5))])


def flood(kept: set[tuple[int, int]]) -> list[set[tuple[int, int]]]:
    """The pieces of a set of squares, by wetting one and letting the water run."""
    dry, pieces = set(kept), []
    while dry:
        wet, edge = set(), {min(dry)}
        while edge:
            wet |= edge
            edge = {(r + dr, c + dc) for r, c in edge for dr, dc in ((0, 1), (1, 0), (0, -1), (-1, 0))} & dry - wet
        pieces.append(wet)
        dry -= wet
    return pieces


@given(st.lists(st.booleans(), min_size=12, max_size=12), st.integers(1, 200), st.randoms(use_true_random=False))
def test_blocks_are_what_water_fills(flags: list[bool], least: int, random: object) -> None:
    keep = pd.Series(flags, GRID.index)
    found = contiguous(GRID, keep, least)
    squares = {(int(GRID.loc[name, "row"]), int(GRID.loc[name, "column"])): name for name in GRID.index[keep]}
    pieces = [sorted(squares[s] for s in piece) for piece in flood(set(squares))]
    area = {" ".join(piece): int(GRID.loc[piece, "hectares"].sum()) for piece in pieces}
    assert dict(zip(found["plots"], found["hectares"], strict=True)) == area
    assert found["hectares"].is_monotonic_decreasing
    assert (found["enough"] == (found["hectares"] >= least)).all()
    assert found["number"].sum() == keep.sum()
    names = list(GRID.index)
    random.shuffle(names)
    pd.testing.assert_frame_equal(contiguous(GRID.loc[names], keep[::-1], least), found)


def test_a_corner_does_not_join_and_the_bound_is_enough() -> None:
    keep = pd.Series(GRID.index.isin(["A1", "B2", "B3"]), GRID.index)
    found = contiguous(GRID, keep, least=45)
    assert found["plots"].tolist() == ["B2 B3", "A1"]
    assert found["enough"].tolist() == [True, False]
    assert contiguous(GRID, ~GRID["hectares"].between(0, 99)).empty


@pytest.mark.parametrize(("plots", "words"), [
    (GRID.drop(columns="row"), "no column 'row'"),
    (pd.concat([GRID, GRID[:1]]), "'A1' stands twice"),
    (GRID.assign(row=1), "two plots stand in row 1, column 1"),
    (GRID.assign(hectares=GRID["hectares"].where(GRID.index != "B2", 0)), "'B2' has 0 hectares"),
    (GRID.rename(index={"A1": "Z9"}), "keep says nothing of plot 'Z9'"),
])
def test_land_says_what_is_wrong(plots: pd.DataFrame, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        contiguous(plots, pd.Series(True, GRID.index))


@settings(max_examples=60)
@given(st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=1, max_size=7))
def test_criteria_in_every_order(rows: list[list[bool]]) -> None:
    frame = pd.DataFrame(rows, columns=list("xyz"))
    orders = {order: sieve({name: frame[name] for name in order}) for order in permutations("xyz")}
    for order, found in orders.items():
        kept = [sum(all(row[list("xyz").index(n)] for n in order[:k]) for row in rows) for k in (1, 2, 3)]
        assert found["left"].tolist() == kept
        assert found["taken"].tolist() == [len(rows) - kept[0], kept[0] - kept[1], kept[1] - kept[2]]
        assert found["meet"].tolist() == [sum(row[list("xyz").index(n)] for row in rows) for n in order]
    for name in "xyz":
        taken = [found.loc[name, "taken"] for found in orders.values()]
        assert {found.loc[name, "if_first"] for found in orders.values()} == {max(taken)}
        assert {found.loc[name, "if_last"] for found in orders.values()} == {min(taken)}


def test_criteria_are_matched_by_candidate_not_by_row() -> None:
    one, other = pd.Series({"a": True, "b": True, "c": False}), pd.Series({"c": True, "b": False, "a": True})
    assert sieve({"one": one, "other": other})["left"].tolist() == [2, 1]


def test_what_a_sieve_needs() -> None:
    with pytest.raises(ValueError, match="no criterion"):
        sieve({})
    with pytest.raises(ValueError, match="'other' has no answer for 'b'"):
        sieve({"one": pd.Series({"a": True, "b": True}), "other": pd.Series({"a": True})})


@given(st.integers(0, 10**6), st.floats(20, 300))
def test_people_around_one_by_one(seed: int, within: float) -> None:
    generator = np.random.default_rng(seed)
    places = pd.DataFrame({"lon": generator.uniform(-1, 3, 15), "lat": generator.uniform(45, 47, 15)}, index=[f"{i:02d}" for i in generator.permutation(15)])
    people = pd.Series(generator.integers(0, 1000, 15), places.index)
    expected = {a: sum(people[b] for b in places.index if haversine(*places.loc[a], *places.loc[b]).round(6) <= within) for a in places.index}
    found = people_around(places, people, within)
    assert found.to_dict() == expected
    assert found.index.is_monotonic_increasing
    pd.testing.assert_series_equal(people_around(places[::-1], people, within), found)


def test_a_place_without_a_point_has_no_surroundings() -> None:
    places = pd.DataFrame({"lon": [0.0, None], "lat": [0.0, None]}, index=["A", "B"])
    found = people_around(places, pd.Series([5, 7], ["A", "B"]), 10)
    assert found["A"] == 5
    assert np.isnan(found["B"])
    with pytest.raises(ValueError, match="no number of people for 'B'"):
        people_around(places, pd.Series([5], ["A"]), 10)
    with pytest.raises(ValueError, match="within is 0"):
        people_around(places, pd.Series([5, 7], ["A", "B"]), 0)


@given(st.integers(0, 10**6), st.integers(1, 9))
def test_the_nearest_is_the_least_of_all_distances(seed: int, number: int) -> None:
    generator = np.random.default_rng(seed)
    places, targets = (pd.DataFrame({"lon": generator.uniform(-180, 180, n), "lat": generator.uniform(-90, 90, n)}, index=generator.permutation(n))
                       for n in (12, number))
    found = nearest_km(places, targets)
    least = {a: min(haversine(*places.loc[a], *targets.loc[b]) for b in targets.index) for a in places.index}
    assert found.to_dict() == pytest.approx(least, abs=6e-4)
    pd.testing.assert_series_equal(nearest_km(places[::-1], targets[::-1]), found)


def test_nothing_near_without_points() -> None:
    places = pd.DataFrame({"lon": [0.0, None], "lat": [0.0, None]}, index=["B", "A"])
    assert nearest_km(places, places).to_dict() == pytest.approx({"A": np.nan, "B": 0.0}, nan_ok=True)
    with pytest.raises(ValueError, match="no target has"):
        nearest_km(places, places[1:])
