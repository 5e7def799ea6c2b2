"""Segregation: the definition over all subsets of places, hand-worked toys, moments and coverage of redrawn samples."""
from __future__ import annotations

from itertools import chain, combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import OCCUPATIONS, load
from methods.segregation import basic_interval, dissimilarity, isolation, redraw, segregation
from methods.specialisation import share_interval

people = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=7).filter(
    lambda rows: sum(a for a, _ in rows) > 0 and sum(b for _, b in rows) > 0)


def widest_gap(one: list[int], other: list[int]) -> float:
    """Over all sets of places, the largest difference between the parts of the two groups that live there."""
    places = range(len(one))
    sets = chain.from_iterable(combinations(places, k) for k in range(len(one) + 1))
    return max(abs(sum(one[p] for p in some) / sum(one) - sum(other[p] for p in some) / sum(other)) for some in sets)


@given(people)
def test_dissimilarity_is_the_widest_gap_over_sets_of_places(rows: list) -> None:
    one, other = [a for a, _ in rows], [b for _, b in rows]
    found = dissimilarity(one, other)
    assert found == pytest.approx(widest_gap(one, other), abs=1e-12)
    assert 0 <= found <= 1 + 1e-12
    assert dissimilarity(other, one) == pytest.approx(found)
    assert dissimilarity(one[::-1], other[::-1]) == pytest.approx(found)
    assert dissimilarity([3 * a for a in one], other) == pytest.approx(found)        # the size of a group does not count


@given(people)
def test_joining_places_never_segregates(rows: list) -> None:
    one, other = [a for a, _ in rows], [b for _, b in rows]
    joined = dissimilarity([one[0] + one[1], *one[2:], 0], [other[0] + other[1], *other[2:], 0])
    assert joined <= dissimilarity(one, other) + 1e-12


@given(people)
def test_isolation_is_the_mean_of_what_each_member_meets(rows: list) -> None:
    group, whole = [a for a, _ in rows], [a + b for a, b in rows]
    met = [a / (a + b) for a, b in rows for _ in range(a)]
    found = isolation(group, whole)
    assert found == pytest.approx(sum(met) / len(met))
    assert sum(group) / sum(whole) - 1e-12 <= found <= 1 + 1e-12


def test_the_ends_of_the_scales() -> None:
    assert dissimilarity([5, 0], [0, 7]) == 1
    assert dissimilarity([2, 4], [3, 6]) == 0
    assert isolation([5, 0], [5, 7]) == 1
    assert isolation([2, 4], [10, 20]) == pytest.approx(0.2)


def test_many_tables_at_once_give_the_same() -> None:
    generator = np.random.default_rng(5)
    one, other = generator.integers(1, 40, (2, 6, 9))
    assert dissimilarity(one, other).tolist() == [dissimilarity(a, b) for a, b in zip(one, other, strict=True)]
    assert isolation(one, one + other).tolist() == [isolation(a, a + b) for a, b in zip(one, other, strict=True)]


@pytest.mark.parametrize(("one", "other", "words"), [
    ([1, -2], [1, 1], "one holds -2"), ([1, 2], [1, np.nan], "other holds nan"), ([0, 0], [1, 1], "one adds up to 0"),
    ([1, 2], [1, 1, 1], "one has 2 places and other 3")])
def test_counts_are_counts(one: list, other: list, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        dissimilarity(one, other)


def test_a_group_is_part_of_the_whole() -> None:
    with pytest.raises(ValueError, match="a group of 3"):
        isolation([3, 1], [2, 4])


TOWNS = pd.DataFrame({"workers": [300, 100, 60], "managers": [40, 90, 10], "others": [160, 210, 30]}, index=["B", "A", "C"])


def test_redrawn_shares_vary_as_the_intervals_of_shares_say() -> None:
    """The standard deviation of a redrawn share is sqrt(d (1 − f) p (1 − p) / (f N)), as in share_interval."""
    drawn = redraw(TOWNS, 0.25, 1.5, draws=20_000, seed=1)
    whole = TOWNS.sum(axis=1).sort_index().to_numpy()
    assert np.allclose(drawn.sum(axis=2), whole)
    shares = drawn[:, :, 0] / whole
    p = (TOWNS["workers"] / TOWNS.sum(axis=1)).sort_index().to_numpy()
    assert shares.mean(axis=0) == pytest.approx(p, abs=0.005)
    assert shares.std(axis=0) == pytest.approx(np.sqrt(1.5 * 0.75 * p * (1 - p) / (0.25 * whole)), rel=0.03)
    low, high = share_interval(TOWNS["workers"].sort_index(), TOWNS.sum(axis=1).sort_index(), 0.25, 1.5)
    inside = (shares > low.to_numpy()) & (shares < high.to_numpy())
    assert (inside.mean(axis=0) > 0.92).all()


@given(st.integers(0, 50))
def test_redrawing_takes_any_order_and_repeats(seed: int) -> None:
    one = redraw(TOWNS, 0.25, 1.5, draws=5, seed=seed)
    assert (one == redraw(TOWNS.sort_index(), 0.25, 1.5, draws=5, seed=seed)).all()
    assert (one != redraw(TOWNS, 0.25, 1.5, draws=5, seed=seed + 1)).any()


def test_nothing_sampled_nothing_redrawn() -> None:
    drawn = redraw(TOWNS, 1, draws=3)
    assert (drawn == TOWNS.sort_index().to_numpy()).all()
    level = redraw(TOWNS, 1, draws=1, even=True)[0]
    assert dissimilarity(level[:, 0], level[:, 1]) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(("change", "words"), [
    ({"fraction": 0}, "fraction is 0"), ({"design": 0}, "design 0"), ({"draws": 0}, "draws 0")])
def test_redraw_refuses_nonsense(change: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        redraw(TOWNS, **{"fraction": 0.25, **change})


def test_redraw_needs_names_and_people() -> None:
    with pytest.raises(ValueError, match="'A' stands twice"):
        redraw(pd.concat([TOWNS, TOWNS.loc[["A"]]]), 0.25)
    with pytest.raises(ValueError, match="a place adds up to 0"):
        redraw(TOWNS.assign(workers=0, managers=0, others=0), 0.25)


def test_basic_interval_turns_the_errors_round() -> None:
    drawn = np.linspace(0.2, 0.4, 401)                      # 2.5 % and 97.5 % at 0.205 and 0.395
    assert basic_interval(0.25, drawn) == pytest.approx((0.105, 0.295))
    with pytest.raises(ValueError, match="level is 2"):
        basic_interval(0.25, drawn, level=2)
    with pytest.raises(ValueError, match="1 of 2 draws are missing"):
        basic_interval(0.25, [0.1, np.nan])


def test_the_bounds_hold_the_truth_about_as_often_as_they_say() -> None:
    """Twenty places with known shares, sampled 200 times: the truth lies inside in most of them, the plain figure errs upward."""
    generator = np.random.default_rng(11)
    whole = generator.integers(200, 2000, 20)
    shares = generator.dirichlet([30, 6, 40], 20)
    truth = dissimilarity(whole * shares[:, 0], whole * shares[:, 1])
    names = [f"{n:02d}" for n in range(20)]
    values, inside = [], 0
    for seed in range(200):
        sample = np.rint(0.25 * whole / 0.75).astype(int)
        counted = generator.multinomial(sample, shares) / sample[:, None] * whole[:, None]
        table = pd.DataFrame(counted, names, ["workers", "managers", "others"])
        values.append(dissimilarity(table["workers"], table["managers"]))
        drawn = redraw(table, 0.25, draws=200, seed=seed)
        low, high = basic_interval(values[-1], dissimilarity(drawn[..., 0], drawn[..., 1]))
        inside += low <= truth <= high
    assert np.mean(values) > truth
    assert inside / 200 > 0.85


def gier() -> pd.DataFrame:
    counts = load("case_communes_occupations")
    return counts[~counts["commune"].isin(["86104", "26281"])]


def test_the_valley_as_the_trial_found_it() -> None:
    """The figures of the trial, computed apart from this code: 0.168 in 1982, 0.219 in 2011."""
    found = segregation(gier(), 0.25, 1.5, draws=200).table["value"]["dissimilarity"].round(3)
    assert found[[1982, 2011]].tolist() == [0.168, 0.219]


def test_segregation_takes_any_order_and_keeps_its_bounds() -> None:
    usual = segregation(gier(), 0.25, 1.5, draws=100)
    mixed = segregation(gier().sample(frac=1, random_state=2), 0.25, 1.5, draws=100)
    pd.testing.assert_frame_equal(usual.table, mixed.table)
    pd.testing.assert_frame_equal(usual.drawn, mixed.drawn)
    assert ((usual.table["low"] >= 0) & (usual.table["high"] <= 1) & (usual.table["low"] < usual.table["high"])).all()
    assert usual.drawn.shape == (100, 15)
    wide = segregation(gier(), 0.25, 3, draws=400).table, segregation(gier(), 0.25, 1, draws=400).table
    assert ((wide[0]["high"] - wide[0]["low"]) > (wide[1]["high"] - wide[1]["low"])).all()


def test_spread_evenly_only_noise_is_left() -> None:
    """Places alike: the figure is 0, and what a sample shows of it is the column `even`."""
    level = pd.DataFrame({"commune": list("ABCD"), "year": 1982, **dict.fromkeys(OCCUPATIONS, 100)})
    found = segregation(level, 0.25, draws=300)
    assert found.table["value"]["dissimilarity"][1982] == pytest.approx(0)
    mean = found.drawn["dissimilarity", 1982].mean()
    assert found.table["even"]["dissimilarity"][1982] == pytest.approx(mean, rel=0.15)
    assert segregation(level, 1).table["even"]["dissimilarity"][1982] == pytest.approx(0)
