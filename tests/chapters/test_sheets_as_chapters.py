"""The sheets of the towns say what the chapters say: for every town, against what the chapters' own cells leave behind."""
from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from methods.matching import expand
from methods.typology import match_labels
from tests.chapters.running import ran
from widgets.my_town import CHOICES, YEARS, sheets

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"


@pytest.fixture(scope="module")
def towns() -> pd.DataFrame:
    return sheets()["towns"].set_index("code")


def names(chapter: str) -> dict[str, Any]:
    return ran(CHAPTERS / f"{chapter}.py").names


def close(found: pd.Series, wanted: pd.Series, digits: int) -> None:
    np.testing.assert_allclose(found.to_numpy(float), wanted.reindex(found.index).to_numpy(float), rtol=0, atol=0.5 * 10**-digits + 1e-9)


def test_definitions(towns: pd.DataFrame) -> None:
    definitions = list(names("01_towns")["definitions"].values())
    for column, mask in zip(("shape", "density", "flow"), definitions, strict=True):
        assert (towns[column] == mask.reindex(towns.index)).all()


def test_index_states_types_and_what_they_depend_on(towns: pd.DataFrame) -> None:
    left = names("02_trajectories")
    for year in YEARS:
        for column, table in (("index", left["index"]), ("low", left["low"]), ("high", left["high"])):
            close(towns[f"{column} {year}"], table[year], 2)
        states = left["states"][year].cat.codes
        assert (towns.loc[states.index, f"state {year}"] == states).all()
    types = left["types"]
    assert (towns["type"] == types.reindex(towns.index, fill_value=0)).all()
    assert sheets()["types"]["name"].tolist() == left["names"].tolist()
    kept = sum((match_labels(left["choices"][name], types) == types).astype(int) for name in CHOICES)
    assert (towns["kept"] == kept.reindex(towns.index, fill_value=-1)).all()
    assert (towns["new"] == left["new"].astype(int).reindex(towns.index, fill_value=-1)).all()


def test_nearest_and_neighbours(towns: pd.DataFrame) -> None:
    left = names("02_trajectories")
    far = expand(left["match"].distances, left["match"].index)
    codes, alike = left["states"].index, sheets()["alike"]
    others = codes.get_indexer(towns.index[alike["other"]]).reshape(len(codes), 10)
    told = alike["distance"].to_numpy().reshape(len(codes), 10)
    np.testing.assert_allclose(told, np.take_along_axis(far, others, axis=1), atol=0.006)
    np.fill_diagonal(far, np.inf)
    np.testing.assert_allclose(told, np.sort(far, axis=1)[:, :10], atol=0.006)
    pairs, around = sheets()["pairs"], left["around"]
    assert sorted(zip(towns.index[pairs["a"]], towns.index[pairs["b"]], strict=True)) == sorted(zip(left["pairs"]["a"], left["pairs"]["b"], strict=True))
    assert (towns["specialised near"] == around["sum"].reindex(towns.index, fill_value=0)).all()


def test_setting_and_change(towns: pd.DataFrame) -> None:
    left = names("03_recovery")
    setting = (towns["place"] + ", " + towns["area"] + " area").where(towns["area"] != "outside", "outside all areas")
    assert (setting == left["setting"].reindex(towns.index)).all()
    for column in ("local", "low", "high"):
        close(towns[f"workers {column} 1982–2011"], left["rate"][column], 1)
    reading = left["verdict"].map({"clearly better": 1, "clearly worse": -1}).fillna(0)
    assert (towns["workers reading"] == reading.reindex(towns.index)).all()
    effects = left["per_year"](left["total"](left["shift_share"](left["towns"], 1982, 2011, left["nation"])), left["span"])
    for column in ("change", "national", "structural", "local"):
        close(towns[f"{column} 1982–2011"], effects[column], 1)


def test_third_places() -> None:
    left, zones = names("07_third_places"), sheets()["zones"].set_index("name")
    named = left["zones"]["name"]
    for column, table, field in (("quotient", left["in_funnel"], "quotient"), ("smoothed", left["smoothed"], "smoothed"),
                                 ("smoothed low", left["smoothed"], "low"), ("smoothed high", left["smoothed"], "high")):
        close(zones[column], table[field].set_axis(named.loc[table.index]), 2)
    assert (zones["side"] == left["in_funnel"]["side"].astype("str").set_axis(named.loc[left["in_funnel"].index]).reindex(zones.index)).all()
