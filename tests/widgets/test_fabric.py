"""The toy of the sixth chapter stands twice, in the chapter's cell and in its explorer: it is one toy."""
from __future__ import annotations

import ast
from pathlib import Path

from widgets.explorers.fabric import DIGITS, FAMILIES, Fabric
from widgets.explorers.land import EVERYWHERE, Land

ROOT = Path(__file__).resolve().parents[2]


def test_the_explorer_holds_the_chapters_toy() -> None:
    tree = ast.parse((ROOT / "chapters" / "06_fabric.py").read_text("utf-8"))
    named = {target.id: node.value for node in ast.walk(tree) if isinstance(node, ast.Assign) for target in node.targets if isinstance(target, ast.Name)}
    assert ast.literal_eval(named["DIGITS"]) == DIGITS
    factors = {kind: ast.literal_eval(named[kind]) for kind in ("ECONOMIC", "PERSONAL")}
    assert [*factors["ECONOMIC"], *factors["PERSONAL"]] == list(FAMILIES)
    assert {FAMILIES[name] for name in factors["PERSONAL"]} == {"personal"}


def test_land_adds_up_over_the_municipalities() -> None:
    land = Land()
    every = land.tables(place=EVERYWHERE, year=2015)
    parts = [land.tables(place=name, year=2015)["uses"]["change"] for name in land.controls["place"]["values"][1:]]
    assert (sum(parts) - every["uses"]["change"]).abs().max() < 0.2          # rounded to a tenth, thirteen times
    assert abs(every["places"]["hectares"].sum() - every["uses"].loc[0, "year chosen"]) < 0.7


def test_a_weight_that_was_not_stored_still_computes() -> None:
    fabric = Fabric()
    without = fabric.tables(customers=0)["factors"]
    assert without.loc[without["factor"] == "customers", "place"].isna().all()
    assert "customers" not in fabric.sentence(customers=0)
