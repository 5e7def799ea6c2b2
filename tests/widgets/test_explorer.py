"""What a declaration gives: controls, states, words, a record, paper; and how it says what is wrong."""
from __future__ import annotations

import inspect
import random
from typing import Any

import altair as alt
import pandas as pd
import pytest
from traitlets import TraitError

from tests.demonstrations import Paths, Toy
from widgets.controls import choice, number, several, toggle
from widgets.explorer import RECORD, VIEW, Explorer, chart, vega_script
from widgets.store import unpack


@pytest.fixture(scope="module")
def toy() -> Toy:
    return Toy()


def small(**parts: Any) -> type[Explorer]:
    """An explorer of one toggle, with some of its parts replaced."""
    def compute(self: Explorer, on: bool) -> dict[str, pd.DataFrame]:
        return {"sizes": pd.DataFrame({"size": ["small"], "share": [1 / 3 if on else 0.25]})}
    usual = {"title": "Small", "table": "sizes", "kind": "toy", "on": toggle(True, "On"), "compute": compute,
             "say": lambda self, tables, **choices: f"A share of {tables['sizes']['share'][0]}.",
             "view": lambda self: [chart("sizes", "A bar.").mark_bar().encode(x="share:Q")]}
    return type("Small", (Explorer,), {**usual, **parts})


# ---- declaring
def test_a_declaration_is_short() -> None:
    assert len(inspect.getsource(Toy).splitlines()) < 60
    assert len(inspect.getsource(Paths).splitlines()) < 75              # more than half of it is its own method


def test_controls_stand_in_the_order_of_the_class() -> None:
    assert list(Toy.controls) == ["bound", "year", "parts", "measure", "grain", "far", "town"]


@pytest.mark.parametrize("make", [lambda: toggle(True, " "), lambda: choice([1, 2], 1, ""), lambda: number(0, 1, 0, "")])
def test_a_control_needs_a_label(make: Any) -> None:
    with pytest.raises(ValueError, match="needs a label"):
        make()


@pytest.mark.parametrize(("make", "words"), [
    (lambda: choice([1, 2], 3, "Cost"), "'Cost' starts at 3"), (lambda: number(0, 10, 5, "K", stored=[1, 2]), "must store 5"),
    (lambda: number(0, 10, 5, "K", stored=[5, 11]), r"\[11\] are none of"), (lambda: several([1, 2], [], "Parts"), "must store")])
def test_a_control_says_what_is_wrong(make: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make()


@pytest.mark.parametrize(("parts", "words"), [
    ({"title": ""}, "needs title"), ({"table": None}, "needs table"), ({"on": 1}, "at least one control"),
    ({"name": "Bad name"}, "small letters"), ({"kind": None}, "needs its mark"),
    ({"view": lambda self: [alt.Chart(alt.NamedData("sizes")).mark_bar()]}, "has no words")])
def test_an_explorer_says_what_is_wrong(parts: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        small(**parts)()


def test_too_many_states_are_refused() -> None:
    many = small(k=number(1, 501, 1, "K"), compute=lambda self, on, k: {"sizes": pd.DataFrame({"share": [1.0]})})()
    with pytest.raises(ValueError, match="1,002 states, and 1,000 is the most"):
        many.grid()


def test_halves_of_a_table_must_match() -> None:
    odd = small(fixed=lambda self: {"sizes": pd.DataFrame({"name": ["a", "b"]})})
    with pytest.raises(RuntimeError, match="compute gives 1 rows of 'sizes' and fixed 2"):
        odd()


# ---- choosing
def test_choices_are_ordinary_traits(toy: Toy) -> None:
    fresh, heard = Toy(), []
    fresh.observe(lambda change: heard.append(change["new"]), "bound")
    fresh.bound = 12_345                                    # outside the stored values: a kernel computes it
    assert heard == [12_345] and fresh._live["chosen"]["bound"] == 12_345
    with pytest.raises(TraitError):
        fresh.measure = "weather"
    fresh.parts = ["east", "north"]
    assert fresh.chosen()["parts"] == ("north", "east")


def test_a_kernel_sends_what_it_computed(toy: Toy) -> None:
    fresh = Toy()
    fresh.bound = 3000
    (tables, said), = unpack(fresh._live["store"]).states
    assert said == fresh.sentence() == toy.sentence(bound=3000)
    assert unpack(fresh._fixed).fixed["towns"]["name"].tolist() == toy.tables()["towns"]["name"].tolist()
    assert tables["towns"]["size"].tolist() == toy.tables(bound=3000)["towns"]["size"].tolist()


def test_what_cannot_be_is_said_in_words() -> None:
    fresh = Toy()
    fresh.bound = -1
    assert fresh._live["problem"] == "a town cannot have fewer than no inhabitants: choose a bound above zero"
    fresh.bound = 3000
    assert "problem" not in fresh._live


def test_a_broken_compute_stops_the_declaration() -> None:
    with pytest.raises(ZeroDivisionError):
        small(compute=lambda self, on: 1 / 0)()


# ---- the states
@pytest.mark.parametrize("make", [Toy, Paths])
def test_every_stored_state_is_what_compute_gives(make: type[Explorer]) -> None:
    explorer = make()
    found = unpack(explorer.stored())
    assert len(found.states) == len(explorer.grid())
    for choices, (changing, said) in zip(explorer.grid(), found.states, strict=True):
        tables = explorer.tables(**choices)
        assert said == explorer.say(tables, **choices)
        for name, frame in explorer.joined({}).items():
            assert tables[name][list(frame)].equals(found.fixed[name].astype(frame.dtypes))
        for name, frame in changing.items():
            pd.testing.assert_frame_equal(frame, tables[name][list(frame)], check_dtype=False, check_exact=True)


def test_the_same_states_give_the_same_bytes(toy: Toy) -> None:
    assert toy.stored() == Toy().stored()


def test_extremes_and_random_combinations_compute() -> None:
    """Also where the page stores nothing: a kernel may be asked for any of these."""
    toy, chance = Toy(), random.Random(63)
    for _ in range(60):
        toy.compute(bound=chance.choice([2000, 20000, chance.randint(2000, 20000)]), year=chance.choice(["1990", "2020"]),
                    parts=tuple(chance.sample(["north", "south", "east"], chance.randint(1, 3))), grain=chance.choice([1, 1000]),
                    measure=chance.choice(["people", "towns"]), far=chance.choice([True, False]))


def test_decimals_keep_six_figures() -> None:
    one = small()()
    assert one.tables()["sizes"]["share"].tolist() == [0.333333]
    assert one.sentence() == "A share of 0.333333."


# ---- what a notebook keeps, and paper
def test_a_notebook_keeps_a_small_record(toy: Toy) -> None:
    data, _ = Toy(grain=1000)._repr_mimebundle_()
    assert data[RECORD] == {"explorer": "tests.demonstrations:Toy", "name": "toy", "choices": {"grain": 1000}}
    assert VIEW in data and data["text/plain"].startswith("Ten invented towns. In 1990 the towns kept are")
    assert "0x" not in repr(toy) and repr(toy).startswith("Toy(bound=10000")


def test_paper_is_whole(toy: Toy) -> None:
    paper = toy.paper()
    assert paper.sentence == toy.sentence() and paper.table.equals(toy.tables()["sizes"])
    for spec in paper.charts:
        alt.Chart.from_dict(spec).to_dict()                         # valid against Vega-Lite's schema
    assert len(paper.charts[0]["datasets"]["towns"]) == 10
    assert paper.charts[0]["layer"][0]["mark"]["url"].startswith("data:image/svg+xml;base64,")


def test_paper_can_be_drawn(toy: Toy) -> None:
    convert = pytest.importorskip("vl_convert")
    for spec in toy.paper().charts:
        assert convert.vegalite_to_svg(spec).count("<path") > 2


def test_the_script_for_a_kernel_is_one_classic_script() -> None:
    pytest.importorskip("vl_convert")
    text = vega_script().decode()
    assert text.startswith("if(!globalThis.bookVega)") and "\nimport " not in text and "\nexport " not in text
