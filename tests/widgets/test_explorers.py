"""The book's explorers without a browser: every control at its ends, other combinations by chance."""
from __future__ import annotations

import importlib
import pkgutil
import random

import pandas as pd
import pytest

import widgets.explorers
from widgets.explorer import Explorer

for module in pkgutil.iter_modules(widgets.explorers.__path__):
    importlib.import_module(f"widgets.explorers.{module.name}")
CLASSES = [c for c in Explorer.__subclasses__() if c.__module__.startswith("widgets.explorers.")]


@pytest.fixture(scope="module", params=CLASSES, ids=lambda c: c.__name__)
def explorer(request: pytest.FixtureRequest) -> Explorer:
    return request.param()


def right(explorer: Explorer, choices: dict) -> None:
    """The tables have the columns and rows that the page draws, and the sentence says something of them."""
    tables, first = explorer.tables(**choices), explorer.tables()
    assert tables.keys() == first.keys()
    for name, frame in tables.items():
        assert list(frame.columns) == list(first[name].columns), f"{name} with {choices}"
        assert len(frame), f"{name} is empty with {choices}"
    for name, still in explorer.fixed().items():
        assert len(tables[name]) == len(still)
    assert explorer.table in tables
    said = explorer.say(tables, **choices)
    assert said.endswith(".") and "nan" not in said.lower().split() and len(said) > 30


def test_each_control_at_its_ends(explorer: Explorer) -> None:
    first = explorer.chosen()
    for name, about in explorer.controls.items():
        if about["kind"] != "place":
            for value in (about["stored"][0], about["stored"][-1]):
                right(explorer, {**first, name: tuple(value) if isinstance(value, list) else value})


def test_combinations_by_chance(explorer: Explorer) -> None:
    grid = explorer.grid()
    for choices in random.Random(1982).sample(grid, min(len(grid), 25)):
        right(explorer, choices)


def test_the_same_choices_give_the_same_tables(explorer: Explorer) -> None:
    again = type(explorer)()
    choices = random.Random(2011).choice(explorer.grid())
    for name, frame in explorer.tables(**choices).items():
        pd.testing.assert_frame_equal(frame, again.tables(**choices)[name])


def test_every_choice_changes_something(explorer: Explorer) -> None:
    """A control that changes nothing from where the explorer starts misleads."""
    first = explorer.chosen()
    usual = explorer.tables()
    for name, about in explorer.controls.items():
        if about["kind"] != "place":
            others = [tuple(v) if isinstance(v, list) else v for v in about["stored"] if v not in (first[name], list(first[name]) if isinstance(first[name], tuple) else None)]
            moved = [any(not frame.equals(usual[t]) for t, frame in explorer.tables(**{**first, name: v}).items()) for v in others]
            assert all(moved), f"{name}: {[v for v, m in zip(others, moved, strict=True) if not m]} changes nothing"
