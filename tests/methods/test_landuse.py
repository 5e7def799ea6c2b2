"""Land use: sums that must close, steps counted by hand, the published figures of Mons."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import load
from methods.landuse import against, by_year, change, in_steps, land_shares, per_inhabitant, steps, swaps

LAND = pd.DataFrame({"factories": [40.0, 44.0, 30.0, 33.0], "waste": [10.0, 6.0, 20.0, 15.0], "housing": [50.0, 50.0, 50.0, 52.0]},
                    index=[2000, 2001, 2002, 2004])
areas = st.lists(st.integers(0, 500), min_size=2, max_size=12).map(lambda x: pd.Series(x, range(1983, 1983 + len(x))) / 10)


def test_shares_and_change_by_hand() -> None:
    assert land_shares(LAND).loc[2000].tolist() == [0.4, 0.1, 0.5]
    table = change(LAND, 2000, 2004)
    assert table.loc["factories"].tolist() == pytest.approx([40, 33, -7, -0.175])
    assert table.loc["waste", "change"] == pytest.approx(0.5)
    assert np.isnan(change(pd.DataFrame({"a": [0.0, 1.0]}), 0, 1).loc["a", "change"])
    assert against(LAND, ["factories", "waste"], ["housing"]).tolist() == pytest.approx([1, 1, 1, 48 / 52])
    assert np.isnan(against(LAND.assign(housing=0), ["factories"], ["housing"])).all()


def test_steps_by_hand() -> None:
    """+10 % is not over 10 %; −14 of 44 is; +10 % over two years is not; waste moves by more each time."""
    found = steps(LAND["factories"])
    assert found.to_dict("records") == [{"from": 2001, "to": 2002, "before": 44.0, "after": 30.0, "hectares": -14.0,
                                         "change": pytest.approx(-14 / 44), "years": 1}]
    waste = steps(LAND["waste"])
    assert waste["hectares"].tolist() == [-4, 14, -5]
    assert waste["years"].tolist() == [1, 1, 2]
    assert steps(LAND["waste"], floor=5)["hectares"].tolist() == [14, -5]
    assert steps(LAND["waste"], threshold=0.3)["to"].tolist() == [2001, 2002]
    assert in_steps(LAND["waste"]).to_dict() == {"total": 5, "up": 14, "down": -9, "rest": 0}
    assert in_steps(LAND["factories"]).to_dict() == {"total": -7, "up": 0, "down": -14, "rest": 7}


def test_a_use_that_appears_is_a_step() -> None:
    found = steps(pd.Series({2000: 0.0, 2001: 0.0, 2002: 3.0}))
    assert found[["from", "to", "hectares"]].to_numpy().tolist() == [[2001, 2002, 3.0]]
    assert found["change"].isna().all()


def test_swaps_cancel_by_hand() -> None:
    assert swaps(LAND, 2001, 2002).to_dict() == {"factories": -14, "housing": 0, "waste": 14}
    assert swaps(LAND, 2001, 2002).index.tolist() == ["factories", "housing", "waste"]


def test_nobody_known_nothing_divided() -> None:
    per = per_inhabitant(LAND["housing"], pd.Series({2001: 10_000, 2004: 0}))
    assert per[2001] == 50.0
    assert per.drop(2001).isna().all()


def test_the_published_figures_of_mons() -> None:
    """309 ha in 1983, peak 495 in 1996, 283 in 2015, −132 in the single year 2011–12."""
    land = load("mons_land_use")
    mons = land[land["name"] == "Mons"].set_index("year")["workshops_and_factories"]
    assert (mons[[1983, 1996, 2015]].round().tolist(), mons.idxmax()) == ([309, 495, 283], 1996)
    found = steps(mons, floor=1).set_index("to")
    assert found.index.tolist() == [1985, 1986, 2005, 2012]
    assert round(found.loc[2012, "hectares"]) == -132
    split = in_steps(mons)
    assert split["total"] == pytest.approx(mons[2015] - mons[1983])
    whole = land.groupby("year").sum(numeric_only=True)
    assert land_shares(whole).sum(axis=1).tolist() == pytest.approx([1.0] * 30)


@given(areas, st.floats(0, 0.5), st.integers(0, 10))
def test_steps_and_the_rest_make_the_change(series: pd.Series, threshold: float, floor: int) -> None:
    split = in_steps(series, threshold, floor)
    assert split["total"] == pytest.approx(series.iloc[-1] - series.iloc[0], abs=1e-6)
    assert split["up"] + split["down"] + split["rest"] == pytest.approx(split["total"], abs=1e-5)
    found = steps(series, threshold, floor)
    assert (found["hectares"].abs() >= floor).all()
    assert len(found) <= len(steps(series, threshold / 2, floor / 2))
    for row in found.itertuples():
        assert row.before == 0 or abs(row.after - row.before) > threshold * row.before - 1e-9
    mixed = series.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(steps(mixed, threshold, floor), found)


@given(st.lists(st.lists(st.integers(0, 50), min_size=3, max_size=3), min_size=2, max_size=5))
def test_shares_add_up_and_swaps_cancel_where_land_does_not_change(rows: list[list[int]]) -> None:
    land = pd.DataFrame(rows, columns=list("abc"), index=range(2000, 2000 + len(rows)), dtype=float)
    land["rest"] = 200 - land.sum(axis=1)
    assert land_shares(land).sum(axis=1).to_numpy() == pytest.approx(1)
    gained = swaps(land, 2000, 2001)
    assert gained.sum() == pytest.approx(0, abs=1e-6)
    assert gained.is_monotonic_increasing
    pd.testing.assert_series_equal(swaps(land[::-1], 2000, 2001), gained)
    table = change(land, 2000, 2001)
    assert (table["start"] + table["hectares"]).to_numpy() == pytest.approx(table["end"].to_numpy())
    ratio = against(land, ["a"], ["b", "c"]).dropna()
    assert (ratio * (land["b"] + land["c"])[ratio.index]).to_numpy() == pytest.approx(land.loc[ratio.index, "a"].to_numpy())


def test_what_is_refused() -> None:
    with pytest.raises(ValueError, match="negative or missing"):
        land_shares(LAND - 20)
    with pytest.raises(ValueError, match="negative or missing"):
        land_shares(LAND.mask(LAND == 6))
    for call in (change, swaps):
        with pytest.raises(KeyError, match="no figure of 2003"):
            call(LAND, 2000, 2003)
    with pytest.raises(ValueError, match="stands on both sides"):
        against(LAND, ["factories"], ["factories", "housing"])
    with pytest.raises(ValueError, match="is empty"):
        against(LAND, [], ["housing"])
    with pytest.raises(ValueError, match="a population is -1"):
        per_inhabitant(LAND["waste"], pd.Series({2000: -1}))
    for bad in (LAND["waste"] - 12, LAND["waste"].mask(LAND["waste"] == 6), LAND["waste"].iloc[:1]):
        for call in (by_year, steps, in_steps):
            with pytest.raises(ValueError, match="in at least two years"):
                call(bad)
    with pytest.raises(ValueError, match="the year 2000 stands twice"):
        by_year(pd.concat([LAND["waste"], LAND["waste"]]))
    for threshold, floor in ((-0.1, 0), (0.1, -1)):
        with pytest.raises(ValueError, match=f"threshold is {threshold} and floor {floor}"):
            steps(LAND["waste"], threshold, floor)
