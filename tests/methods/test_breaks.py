"""Breakpoints: every cut of a short series by brute force, another library's on the land of Mons."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import load
from methods.breaks import breakpoints, runs

STORED = json.loads((Path(__file__).parents[1] / "reference" / "breaks.json").read_text("utf-8"))
short = st.lists(st.integers(0, 40), min_size=4, max_size=9).map(lambda x: pd.Series(x, range(1990, 1990 + len(x)), dtype=float))


def error_of(values: np.ndarray, years: np.ndarray, shape: str) -> float:
    if shape == "level":
        return float(((values - values.mean()) ** 2).sum())
    fit = np.polyval(np.polyfit(years - years[0], values, 1), years - years[0])
    return float(((values - fit) ** 2).sum())


def cuts(n: int, breaks: int, least: int) -> list[list[int]]:
    every = itertools.combinations(range(1, n), breaks)
    return [[0, *at, n] for at in every if all(b - a >= least for a, b in itertools.pairwise([0, *at, n]))]


@given(short, st.integers(0, 2), st.sampled_from(["level", "line"]))
def test_no_cut_is_better(series: pd.Series, breaks: int, shape: str) -> None:
    values, years = series.to_numpy(), series.index.to_numpy()
    every = [sum(error_of(values[a:b], years[a:b], shape) for a, b in itertools.pairwise(ends)) for ends in cuts(len(values), breaks, 2)]
    table = breakpoints(series, most=2, least=2, shape=shape).table
    assert (breaks in table.index) == bool(every)
    if every:
        found = breakpoints(series, most=2, least=2, shape=shape, number=breaks)
        assert found.error == pytest.approx(min(every), abs=1e-6)
        assert ((series - found.fitted) ** 2).sum() == pytest.approx(found.error, abs=1e-6)


@given(short, st.sampled_from(["level", "line"]))
def test_lines_never_fit_worse_than_levels_and_order_does_not_matter(series: pd.Series, shape: str) -> None:
    found = breakpoints(series, most=3, least=2, shape=shape)
    levels, lines = (breakpoints(series, most=3, least=2, shape=s).table["error"] for s in ("level", "line"))
    assert (lines <= levels + 1e-9).all()
    again = breakpoints(series.sample(frac=1, random_state=3), most=3, least=2, shape=shape)
    assert again.years == found.years
    pd.testing.assert_series_equal(again.fitted, found.fitted)
    assert found.table["bic"].min() == found.table.loc[len(found.years), "bic"]


@given(short, st.sampled_from(["level", "line"]))
def test_runs_cover_the_years_and_slopes_are_least_squares(series: pd.Series, shape: str) -> None:
    found = breakpoints(series, most=2, least=2, shape=shape)
    table = runs(found)
    assert table["from"].tolist() == [series.index[0], *found.years]
    assert table["to"].iloc[-1] == series.index[-1]
    for row in table.itertuples():
        part = series.loc[row[1]:row[2]]
        slope = np.polyfit(part.index - row[1], part, 1)[0] if shape == "line" else 0
        assert row[5] == pytest.approx(slope, abs=1e-6)


def test_a_clear_step_and_a_clear_bend_are_found() -> None:
    step = pd.Series([5, 5.1, 4.9, 5, 9, 9.1, 8.9, 9], range(2000, 2008))
    assert breakpoints(step).years == [2004]
    assert breakpoints(step).fitted.round(3).tolist() == [5.0] * 4 + [9.0] * 4
    bend = pd.Series([0, 1, 2, 3, 8, 7, 6, 5.0], [2000, 2001, 2002, 2004, 2005, 2006, 2007, 2008])
    assert breakpoints(bend, shape="line", most=1).years == [2005]
    assert breakpoints(pd.Series([1.0, 1.1, 0.9, 1, 1.1, 0.9], range(6))).years == []


@pytest.mark.parametrize("case", STORED["cases"], ids=lambda c: f"{c['name']}-{c['breaks']}")
def test_the_cuts_of_another_library(case: dict) -> None:
    land = load("mons_land_use")
    here = land if case["name"] == "all" else land[land["name"] == case["name"]]
    series = here.groupby("year")["workshops_and_factories"].sum()
    found = breakpoints(series, most=4, least=3, number=case["breaks"])
    assert found.years == case["years"]
    assert found.error == pytest.approx(case["error"], rel=1e-6)


def test_what_is_refused() -> None:
    series = pd.Series([1.0, 2, 3, 4], range(4))
    with pytest.raises(ValueError, match="shape is 'curve'"):
        breakpoints(series, shape="curve")
    for most, least in ((1, 1), (-1, 2), (1, 5)):
        with pytest.raises(ValueError, match=f"least is {least} and most {most}"):
            breakpoints(series, most, least)
    with pytest.raises(ValueError, match="3 breaks do not fit"):
        breakpoints(series, most=3, least=2, number=3)
