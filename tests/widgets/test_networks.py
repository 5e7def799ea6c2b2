"""Networks: where ties and arrows are drawn."""
from __future__ import annotations

import math
import re

import pandas as pd
import pytest
import vl_convert

from widgets.networks import edges_between, network

NODES = pd.DataFrame({"name": ["a", "b", "c"], "x": [0, 0, 30], "y": [0, 90, 0], "group": ["one", "one", "two"]})


def test_an_arrow_stands_two_thirds_of_the_way() -> None:
    drawn = edges_between(NODES, pd.DataFrame({"from": ["a", "b", "a", "c"], "to": ["b", "c", "c", "b"]}), gap=0)
    assert drawn.loc[0, ["x", "y", "x2", "y2", "ax", "ay"]].tolist() == [0, 0, 0, 90, 0, 60]
    assert drawn[["ax", "ay"]].to_numpy().tolist() == [[0, 60], [20, 30], [20, 0], [10, 60]]


def test_an_arrow_points_to_its_end_at_any_width() -> None:
    """From a (0, 0) to b (30, 90), drawn twice as wide: atan2(60, 90) from upwards."""
    nodes = pd.DataFrame({"name": ["a", "b"], "x": [0, 30], "y": [0, 90], "group": ["one", "one"]})
    ties = edges_between(nodes, pd.DataFrame({"from": ["a"], "to": ["b"], "kind": ["k"]}))
    spec = network(nodes, ties, {"one": "#000"}, {"k": "#222"}, width=100, height=100).properties(width=200).to_dict()
    svg = vl_convert.vegalite_to_svg(spec)
    turns = [float(turn) for turn in re.findall(r"rotate\((-?[\d.]+)", svg)]
    assert any(abs(turn - math.degrees(math.atan2(60, 90))) < 0.1 for turn in turns)


def test_ties_of_one_pair_lie_side_by_side_in_both_directions() -> None:
    drawn = edges_between(NODES, pd.DataFrame({"from": ["a", "a", "b"], "to": ["b", "b", "a"]}), gap=10)
    assert drawn["x"].tolist() == drawn["x2"].tolist()
    assert sorted(drawn["x"]) == [-10, 0, 10]


def test_a_tie_to_nobody_is_named() -> None:
    with pytest.raises(KeyError, match="'d', which is not among the nodes"):
        edges_between(NODES, pd.DataFrame({"from": ["a"], "to": ["d"]}))


def test_tables_by_name_or_whole() -> None:
    ties = edges_between(NODES, pd.DataFrame({"from": ["a"], "to": ["b"], "kind": ["k"]}))
    for nodes, edges in ((NODES, ties), ("nodes", "edges")):
        spec = network(nodes, edges, {"one": "#000", "two": "#111"}, {"k": "#222"}, shown=isinstance(nodes, str)).to_dict()
        assert len(spec["layer"]) == 5


def test_a_tie_of_unknown_kind_is_dashed() -> None:
    spec = network("nodes", "edges", {"one": "#000"}, {"unknown": "#222"}).to_dict()
    dash = spec["layer"][0]["encoding"]["strokeDash"]
    assert "unknown" in dash["condition"]["test"]
    assert dash["condition"]["value"] != dash["value"]
