"""Networks: where ties and arrows are drawn."""
from __future__ import annotations

import pandas as pd
import pytest

from widgets.networks import edges_between, network

NODES = pd.DataFrame({"name": ["a", "b", "c"], "x": [0, 0, 30], "y": [0, 90, 0], "group": ["one", "one", "two"]})


def test_an_arrow_points_to_its_end() -> None:
    drawn = edges_between(NODES, pd.DataFrame({"from": ["a", "b", "a", "c"], "to": ["b", "c", "c", "b"]}), gap=0)
    assert drawn["angle"].tolist() == [0.0, 161.6, 90.0, 341.6]         # up, down and right, right, up and left
    assert drawn.loc[0, ["x", "y", "x2", "y2", "ax", "ay"]].tolist() == [0, 0, 0, 90, 0, 60]


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
