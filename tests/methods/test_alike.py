"""Nearest trajectories, types kept, samples drawn again."""
from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from methods.alike import kept_types, nearest_trajectories, redrawn
from methods.costs import constant_costs, interval_costs, transition_costs
from methods.matching import optimal_matching
from methods.specialisation import classify
from methods.typology import order_classes, types_of_trajectories

BOUNDS, STATES = [0.8, 1, 1.25], ["low", "below", "above", "high"]


def some_towns(seed: int, towns: int = 25, dates: int = 4) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    return pd.DataFrame(generator.uniform(0.5, 1.6, (towns, dates)).round(1), [f"{n:02d}" for n in range(towns)], range(dates))


def edit_distance(one: list[str], other: list[str], costs: dict[str, dict[str, float]]) -> float:
    """The alignment table cell by cell, as the second chapter fills it with a pencil."""
    cells = np.add.outer(np.arange(len(one) + 1.0), np.arange(len(other) + 1.0))
    for i, a in enumerate(one, 1):
        for j, b in enumerate(other, 1):
            cells[i, j] = min(cells[i - 1, j - 1] + costs[a][b], cells[i - 1, j] + 1, cells[i, j - 1] + 1)
    return float(cells[-1, -1])


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 10**6), st.integers(1, 11), st.randoms())
def test_nearest_are_those_of_a_full_comparison_in_any_order(seed: int, number: int, random: object) -> None:
    index = some_towns(seed, towns=12)
    states = classify(index, BOUNDS, STATES)
    costs = interval_costs(STATES)
    words = {name: row.astype(str).tolist() for name, row in states.iterrows()}
    wanted = []
    for own in index.index:
        keys = [(round(edit_distance(words[own], words[other], costs.to_dict()), 9), round(float((index.loc[own] - index.loc[other]).abs().mean()), 9), other)
                for other in index.index if other != own]
        wanted += [[own, other, distance, gap] for distance, gap, other in sorted(keys)[:number]]
    names = list(index.index)
    random.shuffle(names)
    found = nearest_trajectories(index.loc[names], optimal_matching(states.loc[names], costs), number)
    assert found[["town", "other"]].to_numpy().tolist() == [row[:2] for row in wanted]
    np.testing.assert_allclose(found[["distance", "gap"]].to_numpy(float), [row[2:] for row in wanted], atol=1e-9)


def test_nearest_refuses_what_it_cannot_compare() -> None:
    index = some_towns(1, towns=3)
    match = optimal_matching(classify(index, BOUNDS, STATES), constant_costs(STATES))
    with pytest.raises(ValueError, match="'01' has no index"):
        nearest_trajectories(index.drop("01").reindex(index.index), match, 1)
    with pytest.raises(ValueError, match="'02' has a sequence or an index, not both"):
        nearest_trajectories(index.drop("02"), match, 1)
    for number in (0, 3):
        with pytest.raises(ValueError, match=f"number is {number}: give 1 to 2"):
            nearest_trajectories(index, match, number)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(1, 3), min_size=12, max_size=12), st.lists(st.integers(1, 4), min_size=12, max_size=12))
def test_kept_types_are_as_many_as_any_renaming_can_keep(usual: list[int], other: list[int]) -> None:
    towns = [f"{n:02d}" for n in range(12)]
    usual, other = pd.Series(usual, towns), pd.Series(other, towns)
    kept = kept_types(usual, {"again": usual, "other": other})
    renamings = [dict(zip(sorted(other.unique()), names, strict=False)) for names in permutations(range(1, 5))]
    assert kept["other"].sum() == max((other.map(names) == usual).sum() for names in renamings)
    assert kept["again"].all()
    assert kept_types(usual[::-1], {"other": other}).loc[towns, "other"].equals(kept["other"])


def test_kept_types_refuses_other_towns() -> None:
    usual = pd.Series([1, 2], list("AB"))
    with pytest.raises(ValueError, match=r"'B' has a type in one of the partitions only \(short\)"):
        kept_types(usual, {"short": usual[:1]})
    with pytest.raises(ValueError, match="no other choice"):
        kept_types(usual, {})


def test_other_samples_have_the_mean_and_the_spread_asked_for() -> None:
    index = pd.DataFrame({1982: [1.0, 2.0], 2011: [1.5, 0.02]}, list("AB"))
    spread = pd.DataFrame({1982: [0.1, 0.2], 2011: [0.0, 1.0]}, list("AB"))
    drawn = np.array([one.to_numpy() for one in redrawn(index, spread, 4000)])
    np.testing.assert_allclose(drawn.mean(axis=0)[:, 0], index[1982], atol=4 * 0.2 / 4000**0.5)
    np.testing.assert_allclose(drawn.std(axis=0)[:, 0], spread[1982], rtol=0.05)
    assert (drawn[:, 0, 1] == 1.5).all()
    assert drawn.min() == 0
    again = [one.to_numpy() for one in redrawn(index[::-1], spread, 3)]
    assert np.array_equal(again, drawn[:3])


def test_other_samples_refuse_a_spread_that_does_not_fit() -> None:
    index = pd.DataFrame({1982: [1.0]}, ["A"])
    with pytest.raises(ValueError, match="'B' has an index or a spread"):
        next(redrawn(index, pd.DataFrame({1982: [1.0, 1.0]}, list("AB")), 1))
    with pytest.raises(ValueError, match="a spread is -1"):
        next(redrawn(index, index * -1, 1))


def test_types_with_other_prices_and_methods_are_those_of_their_steps() -> None:
    from methods.matching import expand
    from methods.quality import partitions
    index = some_towns(7, towns=60)
    states = classify(index, BOUNDS, ["0", "1", "2", "3"])
    for price, method in ((None, "ward"), (constant_costs, "average"), (interval_costs, "k-medoids")):
        match = optimal_matching(states, transition_costs(states) if price is None else price(["0", "1", "2", "3"]))
        wanted = order_classes(index, expand(partitions(match.distances, match.weights, [4], method)[4], match.index))
        assert types_of_trajectories(index, BOUNDS, 4, price, method).equals(wanted)
