"""Evidence grids: every content of the unknown cells tried one by one, a grid worked by hand, and laws."""
from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from methods.grids import bounds, dominance, evidence_grid, rank_interval, score_interval

NAN = float("nan")
# By hand: four firms, three dimensions, two unknown cells.
FIRMS = pd.DataFrame({"links": [3, 2, 1, NAN], "loops": [2, 2, NAN, 0], "service": [2, 1, 1, 0]}, index=list("ABCD"))
cells = st.sampled_from([0.0, 1.0, 2.0, 3.0, NAN])
grids = arrays(float, (3, 2), elements=cells).map(lambda values: pd.DataFrame(values, list("ABC"), list("xy")))
weights = st.tuples(st.integers(0, 4), st.integers(1, 4)).map(lambda pair: pd.Series(pair, list("xy"), dtype=float))


def contents(grid: pd.DataFrame, levels: tuple[float, ...] = (0, 1, 2, 3)) -> list[pd.DataFrame]:
    """The grid with its unknown cells filled in every way."""
    holes = np.argwhere(np.isnan(grid.to_numpy()))
    filled = []
    for values in product(levels, repeat=len(holes)):
        full = grid.to_numpy(copy=True)
        full[tuple(holes.T)] = values
        filled.append(pd.DataFrame(full, grid.index, grid.columns))
    return filled


def dominates(grid: pd.DataFrame, a: str, b: str) -> bool:
    one, other = grid.loc[a].to_numpy(), grid.loc[b].to_numpy()
    return bool((one >= other).all() and (one > other).any())


@settings(max_examples=60)
@given(grids)
def test_dominance_is_that_of_every_content(grid: pd.DataFrame) -> None:
    table = dominance(*bounds(grid)).set_index(["above", "below"])
    assert list(table.index) == sorted(permutations("ABC", 2))
    every = contents(grid)
    for a, b in table.index:
        found = [dominates(full, a, b) for full in every]
        assert (table.loc[(a, b), "necessary"], table.loc[(a, b), "possible"]) == (all(found), any(found))
        both = [name for name in "xy" if grid.loc[[a, b], name].notna().all()]
        assert table.loc[(a, b), "shared"] == len(both)
        assert table.loc[(a, b), "on_shared"] == dominates(grid[both], a, b)


def test_dominance_by_hand() -> None:
    table = dominance(*bounds(FIRMS)).set_index(["above", "below"])
    assert table.index[table["necessary"]].tolist() == [("A", "B"), ("A", "D")]
    # D may have 3 links, as many as A, and has less of the rest; C may have 3 loops, so that A above C only may be
    assert table.index[table["possible"] & ~table["necessary"]].tolist() == [
        ("A", "C"), ("B", "C"), ("B", "D"), ("C", "D")]
    assert table.index[table["on_shared"]].tolist() == [("A", "B"), ("A", "C"), ("A", "D"), ("B", "C"), ("B", "D"), ("C", "D")]
    assert table.loc[("A", "D"), "shared"] == 2


def test_on_what_both_show_need_not_be_an_order() -> None:
    """A above B on x, B above C on y, C above A on z: each pair is known in another dimension."""
    ring = pd.DataFrame({"x": [2, 1, NAN], "y": [NAN, 2, 1], "z": [1, NAN, 2]}, index=list("ABC"))
    table = dominance(*bounds(ring)).set_index(["above", "below"])
    assert table.index[table["on_shared"]].tolist() == [("A", "B"), ("B", "C"), ("C", "A")]
    assert not table["necessary"].any()


@given(grids)
def test_necessary_dominance_is_an_order_and_possible(grid: pd.DataFrame) -> None:
    table = dominance(*bounds(grid)).set_index(["above", "below"])
    assert (table["possible"] | ~table["necessary"]).all()
    surely = set(table.index[table["necessary"]])
    assert not any((b, a) in surely for a, b in surely)
    assert all((a, d) in surely for a, b in surely for c, d in surely if b == c)


@given(grids, weights)
def test_a_score_interval_is_the_range_over_every_content(grid: pd.DataFrame, weight: pd.Series) -> None:
    scores = score_interval(*bounds(grid), weight)
    found = np.array([full.to_numpy() @ (weight / weight.sum()).to_numpy() for full in contents(grid)])
    np.testing.assert_allclose(scores["low"], found.min(axis=0), atol=1e-12)
    np.testing.assert_allclose(scores["high"], found.max(axis=0), atol=1e-12)
    np.testing.assert_allclose(scores["high"] - scores["low"], 3 * (1 - scores["known"]), atol=1e-12)


@given(grids, weights)
def test_dominance_holds_under_every_weight(grid: pd.DataFrame, weight: pd.Series) -> None:
    low, high = bounds(grid)
    scores, table = score_interval(low, high, weight), dominance(low, high)
    for row in table[table["necessary"]].itertuples():
        assert scores.loc[row.above, "low"] >= scores.loc[row.below, "high"] - 1e-12


@given(grids, weights)
def test_ranks_are_those_of_every_content(grid: pd.DataFrame, weight: pd.Series) -> None:
    """Best and worst rank, counting those strictly above, over all contents of the unknown cells at their ends."""
    ranks = rank_interval(score_interval(*bounds(grid), weight))
    totals = np.array([full.to_numpy() @ weight.to_numpy() for full in contents(grid, (0, 3))])
    above = (totals[:, None, :] > totals[:, :, None] + 1e-9).sum(axis=2)          # content x initiative: how many above
    level = (totals[:, None, :] >= totals[:, :, None] - 1e-9).sum(axis=2)          # at least as high, itself among them
    assert ranks["best"].tolist() == (1 + above.min(axis=0)).tolist()
    assert ranks["worst"].tolist() == level.max(axis=0).tolist()


@given(grids, weights, st.permutations("ABC"), st.permutations("xy"))
def test_the_order_of_rows_and_columns_changes_nothing(grid: pd.DataFrame, weight: pd.Series, rows: list, columns: list) -> None:
    low, high = bounds(grid)
    turned = bounds(grid.loc[rows, columns])
    pd.testing.assert_frame_equal(turned[0], low)
    pd.testing.assert_frame_equal(turned[1], high)
    mixed = low.loc[rows, columns], high.loc[rows, columns]
    pd.testing.assert_frame_equal(dominance(*mixed), dominance(low, high))
    pd.testing.assert_frame_equal(score_interval(*mixed, weight[columns]).sort_index(), score_interval(low, high, weight))


@given(grids, st.integers(0, 5), st.sampled_from([0.0, 1.0, 2.0, 3.0]))
def test_learning_a_cell_never_widens_an_interval(grid: pd.DataFrame, at: int, level: float) -> None:
    place = divmod(at, 2)
    if np.isnan(grid.iloc[place]):
        more = grid.copy()
        more.iloc[place] = level
        even = pd.Series(1.0, list("xy"))
        before, after = (score_interval(*bounds(known), even) for known in (grid, more))
        assert (after["low"] >= before["low"]).all() and (after["high"] <= before["high"]).all()
        first, then = (dominance(*bounds(known)) for known in (grid, more))
        assert (then["necessary"] | ~first["necessary"]).all()
        assert (first["possible"] | ~then["possible"]).all()


def test_two_coders_span_what_either_allows() -> None:
    one = pd.DataFrame({"x": [1, NAN, 2], "y": [0, 3, NAN]}, index=list("ABC"))
    two = pd.DataFrame({"y": [2, 3, NAN], "x": [1, 1, 3]}, index=list("ABC"))
    low, high = bounds(one, two)
    assert low.to_numpy().tolist() == [[1, 0], [0, 3], [2, 0]]
    assert high.to_numpy().tolist() == [[1, 2], [3, 3], [3, 3]]


# ---- from rows to a grid

CODING = pd.DataFrame({"initiative": ["mill", "mill", "forge", "forge"], "dimension": ["links", "service"] * 2,
                       "level": [2, 0, 3, NAN], "fact": ["f1", "f2", "f1", None],
                       "reading": ["stated", "weak", "inferred", None]})


@pytest.mark.parametrize(("least", "levels"), [("weak", [[3, NAN], [2, 0]]), ("inferred", [[3, NAN], [2, NAN]]),
                                               ("stated", [[NAN, NAN], [2, NAN]])])
def test_what_is_not_sure_enough_is_unknown(least: str, levels: list) -> None:
    for rows in (CODING, CODING.sample(frac=1, random_state=1)):
        grid = evidence_grid(rows, least)
        assert (list(grid.index), list(grid)) == (["forge", "mill"], ["links", "service"])
        np.testing.assert_array_equal(grid.to_numpy(), levels)


@given(st.permutations(range(4)))
def test_a_zero_is_a_level_and_unknown_is_not(order: list[int]) -> None:
    grid = evidence_grid(CODING.iloc[order])
    assert grid.loc["mill", "service"] == 0
    assert np.isnan(grid.loc["forge", "service"])
    low, high = bounds(grid)
    assert (low.loc["mill", "service"], high.loc["mill", "service"]) == (0, 0)
    assert (low.loc["forge", "service"], high.loc["forge", "service"]) == (0, 3)


def changed(**columns: list) -> pd.DataFrame:
    return CODING.assign(**columns)


LOW, HIGH = bounds(FIRMS)


@pytest.mark.parametrize(("call", "words"), [
    (lambda: evidence_grid(CODING.drop(columns="fact")), "no column 'fact'"),
    (lambda: evidence_grid(changed(dimension=["links", "links", "links", "service"])), "'mill' × 'links' is coded twice"),
    (lambda: evidence_grid(changed(level=[4, 0, 3, NAN])), "the level 4.0 is none of 0 to 3"),
    (lambda: evidence_grid(changed(level=[1.5, 0, 3, NAN])), "the level 1.5 is none of 0 to 3"),
    (lambda: evidence_grid(changed(fact=[None, "f2", "f1", None])), "'mill' × 'links' has a level and no fact"),
    (lambda: evidence_grid(changed(fact=["", "f2", "f1", None])), "'mill' × 'links' has a level and no fact"),
    (lambda: evidence_grid(changed(reading=["sure", "weak", "weak", None])), "the reading 'sure' is none of"),
    (lambda: evidence_grid(CODING, "certain"), "the reading 'certain' is none of"),
    (lambda: bounds(), "at least one grid"),
    (lambda: bounds(FIRMS, FIRMS.drop(index="A")), "grids of different cells"),
    (lambda: bounds(FIRMS + 1), "the level 4.0 is not between 0 and 3"),
    (lambda: dominance(LOW, HIGH.drop(index="A")), "not about the same cells"),
    (lambda: dominance(HIGH, LOW), "low bound above its high one"),
    (lambda: dominance(FIRMS, FIRMS), "low bound above its high one, or none"),
    (lambda: dominance(LOW.rename(index={"B": "A"}), HIGH.rename(index={"B": "A"})), "stands twice"),
    (lambda: score_interval(LOW, HIGH, pd.Series({"links": 1, "loops": 1})), "'service' has a weight or a column"),
    (lambda: score_interval(LOW, HIGH, pd.Series({"links": 1, "loops": -1, "service": 1})), "weights are 0 or more"),
    (lambda: score_interval(LOW, HIGH, pd.Series({"links": 0, "loops": 0, "service": 0})), "one of them above 0"),
    (lambda: rank_interval(pd.DataFrame({"low": [2], "high": [1]})), "above its high one")])
def test_what_cannot_be_is_said(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
