"""Charts that several chapters draw."""
from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd
import pytest

from methods.sequences import chronogram
from methods.trees import linkage
from widgets.charts import _apart, common_sequences, department_map, interval_dots, named_lines, state_bars, tree_lines

SEQUENCES = pd.DataFrame({1982: ["low", "high", "low"], 2011: ["low", "high", "high"]}, index=["A", "B", "C"])
COLOURS = {"low": "#00f", "high": "#f00"}


def flat(spec: dict) -> list[dict]:
    """The layers of a chart, however deep they stand."""
    return [inner for layer in spec["layer"] for inner in flat(layer)] if "layer" in spec else [spec]


def test_labels_keep_apart_and_keep_their_order() -> None:
    heights = _apart(pd.Series([1.0, 1.01, 3.0]), 0.2)
    assert heights == pytest.approx([0.905, 1.105, 3.0], abs=1e-3)


def test_each_line_is_named_once_at_its_end() -> None:
    frame = pd.DataFrame({"name": ["a", "a", "b", "b"], "year": [1982, 2011] * 2, "value": [1.0, 2.0, 1.0, 0.5], "label": list("aabb")})
    spec = named_lines(frame, {"a": "#000", "b": "#111"}, "index", rule=1).to_dict()
    assert [layer["transform"][0]["filter"] for layer in flat(spec) if "transform" in layer] == ["datum.year == 2011"]


def test_bars_of_states_add_up_and_keep_the_order_of_states() -> None:
    spec = state_bars(chronogram(SEQUENCES, ["low", "high"], pd.Series("all", SEQUENCES.index)), COLOURS, ["all"]).to_dict()
    rows = pd.DataFrame(next(iter(spec["datasets"].values())))
    assert rows.groupby("date")["share"].sum().tolist() == [1, 1]
    assert spec["encoding"]["color"]["scale"]["domain"] == ["low", "high"]


def test_the_most_common_sequence_comes_first_and_ties_keep_their_order() -> None:
    spec = common_sequences(SEQUENCES, np.array([2, 5, 2]), COLOURS, most=2).to_dict()
    rows = pd.DataFrame(next(iter(spec["datasets"].values())))
    assert rows.groupby("rank")["towns"].first().tolist() == [5, 2]
    assert rows[rows["rank"] == 2]["state"].tolist() == ["low", "low"]


@pytest.mark.parametrize("colours", [None, {"x": "#000"}])
def test_dots_stand_with_their_intervals(colours: dict[str, str] | None) -> None:
    frame = pd.DataFrame({"group": ["a", "b"], "kind": "x", "value": [1.0, 2.0], "low": [0.5, 1.0], "high": [2.0, 3.0], "other": 0})
    spec = interval_dots(frame, "share", colours, rule=1).to_dict()
    assert len(flat(spec)) == 3 and "other" not in str(spec["datasets"])


def test_an_interval_without_an_estimate_has_no_point() -> None:
    frame = pd.DataFrame({"group": ["a", "b"], "low": [0, 1], "high": [1, 2]})
    marks = [layer["mark"]["type"] for layer in flat({"layer": [interval_dots(frame, "level").to_dict()]})]
    assert marks == ["rule"]


def test_a_tree_draws_one_fork_a_merge_and_colours_those_above_the_cut() -> None:
    points = np.array([0, 1, 4, 9])
    spec = tree_lines(linkage(abs(points[:, None] - points)), 3, "#f00").to_dict()
    rows = pd.DataFrame(next(iter(spec["datasets"].values())))
    assert len(rows) == 4 * 3 and rows.groupby("fork")["above"].first().sum() == 2


def test_every_departement_is_on_the_map_and_only_known_ones_have_a_value() -> None:
    spec = department_map(pd.Series({"01": 2.0}), pd.Series({"01": "Ain"}), "gap", alt.Scale(domain=[0, 2])).to_dict()
    features = next(iter(spec["datasets"].values()))
    assert len(features) == 96
    assert [f["properties"] for f in features if "value" in f["properties"]] == [{"name": "Ain", "value": 2.0}]
    assert all(len(ring) >= 4 and ring[0] == ring[-1] for f in features for part in f["geometry"]["coordinates"] for ring in part)


def test_lines_over_named_steps_are_labelled_by_their_steps() -> None:
    frame = pd.DataFrame({"name": "a", "year": [0, 1, 2], "value": [1.0, 2.0, 3.0], "label": "a"})
    spec = named_lines(frame, {"a": "#000"}, "index", steps=["small", "medium", "large"]).to_dict()
    axis = flat(spec)[0]["encoding"]["x"]["axis"]
    assert axis["values"] == [0, 1, 2] and axis["labelExpr"] == '["small", "medium", "large"][datum.value]'
    rows = pd.DataFrame(next(iter(spec["datasets"].values())))
    assert rows.sort_values("year")["step"].tolist() == ["small", "medium", "large"]


def test_an_axis_of_whole_numbers_has_no_halves() -> None:
    frame = pd.DataFrame({"group": ["a"], "value": [1], "low": [0], "high": [2]})
    axes = [layer["encoding"]["x"]["axis"] for layer in flat(interval_dots(frame, "cases", form=".0f").to_dict())]
    assert all(axis["tickMinStep"] == 1 and axis["format"] == ".0f" for axis in axes)
