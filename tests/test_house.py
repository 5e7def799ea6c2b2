"""The house: which folder may import what."""
from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ORDER = ["data", "methods", "widgets", "chapters"]
BROWSER = {"numpy", "pandas", "scipy", "sklearn", "networkx", "altair", "folium", "branca", "ipywidgets", "anywidget", "traitlets",
           "jsonschema", "IPython"}      # what the browser's Python has
ALONE = {"vl_convert"}                  # imported inside a function, with words for when it is missing
FILES = [path for folder in ORDER for path in sorted((ROOT / folder).rglob("*.py")) if not {"recipes", "official"} & set(path.relative_to(ROOT).parts)]


def imported(path: Path) -> set[str]:
    """The first names of everything that a file imports."""
    tree = ast.parse(path.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and not node.level}
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_browser_can_import_it(path: Path) -> None:
    foreign = imported(path) - BROWSER - ALONE - set(sys.stdlib_module_names) - set(ORDER)
    assert not foreign, f"{path.name} imports {sorted(foreign)}, which a browser's Python does not have"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_data_flows_one_way(path: Path) -> None:
    place = ORDER.index(path.relative_to(ROOT).parts[0])
    backwards = imported(path) & set(ORDER[place + 1:])
    assert not backwards, f"{path.name} stands in {ORDER[place]} and imports {sorted(backwards)}, which stand to its right"


def test_methods_read_no_file() -> None:
    for path in (p for p in FILES if p.parts[len(ROOT.parts)] == "methods"):
        tree = ast.parse(path.read_text("utf-8"))
        calls = {node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                 for node in ast.walk(tree) if isinstance(node, ast.Call)}
        assert not calls & {"open", "read_csv", "read_text", "read_json", "load", "to_csv"}, f"{path.name} reads or writes a file"
        assert not imported(path) & {"altair", "folium", "ipywidgets", "anywidget", "IPython"}, f"{path.name} draws"
