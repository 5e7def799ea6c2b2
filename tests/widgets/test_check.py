"""Questions, guesses and checked exercises as Python declares them."""
from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from widgets import check
from widgets.show import KINDS


@pytest.fixture(autouse=True)
def shell() -> Iterator[InteractiveShell]:
    """A Python shell as in a notebook: outside one, `display` prints."""
    yield InteractiveShell.instance()
    InteractiveShell.clear_instance()


def shown(ask: Any, **how: Any) -> tuple[str, dict[str, Any]]:
    """The HTML of a question, and the record that the page's script reads."""
    with capture_output() as seen:
        ask(**how)
    html = seen.outputs[0].data["text/html"]
    packed = re.search(r'<script type="application/json">(.*?)</script>', html, re.DOTALL)[1]
    return html, json.loads(packed.replace("<\\/", "</"))


CHOICE = {"question": "Up or down?", "options": {"up": "Look left.", "down": "Look right.", "level": "Look again."}, "answer": "down",
          "why": "It falls."}
NUMBER = {"question": "How many?", "answer": 60, "tolerance": 1, "hints": {40: "The others.", 100: "All of them."}, "otherwise": "Count.",
          "why": "Sixty.", "unit": "towns"}
PICK = {"question": "Which?", "options": ["A", "B", "C"], "answer": "B", "hints": {"A": "The other end."}, "otherwise": "Darker.",
        "why": "B it is.", "field": "name"}
GUESS = {"question": "How did it go?", "say": "It fell.", "name": "fall", "bars": pd.Series([0.1, 0.3], ["north", "south"]), "kind": "toy"}


# ---- on paper
def test_a_choice_reads_on_paper_and_folds_its_answer() -> None:
    html, record = shown(check.choice, **CHOICE)
    before, fold = html.split("<details>")
    assert "Up or down?" in before and all(f"<li>{option}</li>" in before for option in CHOICE["options"])
    assert "down. It falls." in fold and "It falls." not in before
    assert record["hints"] == {"up": "Look left.", "level": "Look again."}


def test_options_are_mixed_and_stay_as_they_are() -> None:
    first = [shown(check.choice, **{**CHOICE, "question": f"Question {n}?"})[1]["options"] for n in range(30)]
    assert first == [shown(check.choice, **{**CHOICE, "question": f"Question {n}?"})[1]["options"] for n in range(30)]
    places = [options.index("down") for options in first]
    assert {places.count(place) > 3 for place in range(3)} == {True}        # at each place now and then


def test_a_number_folds_its_answer_with_its_unit() -> None:
    html, record = shown(check.number, **NUMBER)
    assert "<p>60 towns. Sixty.</p>" in html
    assert record["hints"] == [[40, "The others."], [100, "All of them."]]
    assert "<p>12.5%. " in shown(check.number, **{**NUMBER, "answer": 12.46, "unit": "%", "form": ".1f"})[0]


def test_a_pick_lists_a_few_and_not_many() -> None:
    assert "<li>B</li>" in shown(check.pick, **PICK)[0]
    many = [str(n) for n in range(90)]
    html, record = shown(check.pick, **{**PICK, "options": many, "answer": "7", "hints": {}})
    assert "<li>" not in html and record["options"] == many


def test_a_guess_folds_what_the_figures_say_and_has_its_mark() -> None:
    html, record = shown(check.guess, **GUESS)
    before, fold = html.split("<details>")
    assert "How did it go?" in before and "30%" not in before.split("<script")[0]
    assert "<li>north: 10%</li><li>south: 30%</li>" in fold and "It fell." in fold
    assert KINDS["toy"] in html
    assert (record["kind"], record["labels"], record["truth"], record["axis"]) == ("bars", ["north", "south"], [0.1, 0.3], [0, 1])


def test_a_point_is_told_in_kilometres_on_the_books_plane() -> None:
    html, record = shown(check.guess, **{**GUESS, "bars": None, "point": (3.0, 47.5), "landmarks": {"Lyon": (4.85, 45.76)}})
    assert record["truth"] == [0, 111]                  # one degree of latitude north of the plane's origin
    name, x, y = record["landmarks"][0]
    assert name == "Lyon" and 130 < x < 155 and -90 < y < -75
    assert record["x"][0] < 0 < record["x"][1] and "111" not in html.split("<script")[0]


@pytest.mark.parametrize("text", ["<b>bold</b>", "</script><i>", 'a "quoted" & cut'])
def test_words_cannot_become_markup(text: str) -> None:
    html, record = shown(check.choice, **{**CHOICE, "question": text, "why": text})
    assert html.count("</script>") == 1 and "<b>" not in html.split("<script")[0] and "<i>" not in html.split("<script")[0]
    assert record["question"] == text


def test_computed_answers_may_be_numpys() -> None:
    assert shown(check.number, **{**NUMBER, "answer": np.float64(1 / 3), "tolerance": 0.01, "hints": {np.float64(0.5): "No."}})[1]["answer"] == 0.333333
    assert shown(check.choice, **{**CHOICE, "options": {1982: "a hint", 2011: "another"}, "answer": np.int64(2011)})[1]["answer"] == "2011"


# ---- what is refused
@pytest.mark.parametrize(("ask", "how", "words"), [
    (check.choice, CHOICE | {"answer": "sideways"}, "'sideways' must be one of"),
    (check.choice, CHOICE | {"options": {"up": "x", "down": "", "level": " "}}, r"without one: \['level'\]"),
    (check.choice, CHOICE | {"options": {"down": ""}}, "two options or more"),
    (check.choice, CHOICE | {"why": ""}, "needs its why"),
    (check.choice, CHOICE | {"question": " "}, "needs its question"),
    (check.number, NUMBER | {"tolerance": 0}, "above zero, got 0"),
    (check.number, NUMBER | {"hints": {61: "Close."}}, "61 lies within 1"),
    (check.number, NUMBER | {"hints": {40: ""}}, "needs its hint"),
    (check.number, NUMBER | {"otherwise": ""}, "needs its otherwise"),
    (check.pick, PICK | {"answer": "Z"}, r"\['Z'\] cannot be picked"),
    (check.pick, PICK | {"hints": {"Y": "x"}}, r"\['Y'\] cannot be picked"),
    (check.pick, PICK | {"hints": {"B": "x"}}, "'B' is right and has a hint"),
    (check.pick, PICK | {"otherwise": ""}, r"hints for \['C'\]"),
    (check.pick, PICK | {"field": ""}, "needs its field"),
    (check.guess, GUESS | {"line": GUESS["bars"]}, r"got \['bars', 'line'\]"),
    (check.guess, GUESS | {"bars": None}, r"got \[\]"),
    (check.guess, GUESS | {"axis": (0, 0.2)}, "must hold"),
    (check.guess, GUESS | {"bars": pd.Series([0.1])}, "two values or more"),
    (check.guess, GUESS | {"given": 2}, "leaves nothing to guess"),
    (check.guess, GUESS | {"name": "New towns"}, "got 'New towns'"),
    (check.guess, GUESS | {"kind": None}, "needs its mark"),
    (check.guess, GUESS | {"say": ""}, "needs its say"),
])
def test_what_is_missing_is_named(ask: Any, how: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        shown(ask, **how)


# ---- exercises
@check.exercise
def check_half(half: Any) -> str | None:
    return check.compare(half(10), 5, {20: "You doubled it."}, otherwise="Divide by two.")


@pytest.mark.parametrize(("function", "said"), [
    (lambda n: n / 2, None), (lambda n: n * 2, "You doubled it."),
    (lambda n: n - 2, "It gives 8.0, which is not what the figures say. Divide by two."),
    (lambda n: None, "It gives nothing: is a `return` missing? where one number is asked. Divide by two."),
    (lambda n: str(n), "It gives a text where one number is asked. Divide by two."),
    (lambda n: pd.Series([5]), "It gives a Series where one number is asked. Divide by two."),
    (lambda n: True, "It gives True or False where one number is asked. Divide by two."),
])
def test_a_check_says_what_is_wrong(function: Any, said: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_half.hint(function) == said
    check_half(function)
    assert capsys.readouterr().out == ("Right.\n" if said is None else f"Not yet. {said}\n")


def test_a_check_does_not_stop_at_a_functions_error() -> None:
    def half(n: int) -> float:
        return n / 0
    assert check_half.hint(half) == "half stops with ZeroDivisionError: division by zero"
    def begun(n: int) -> float:
        raise NotImplementedError("write half")
    assert "begun is still to be written" in check_half.hint(begun)


frames = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=8)


@given(frames, st.randoms(use_true_random=False))
def test_compare_knows_the_same_rows_in_another_order(values: list[float], chance: Any) -> None:
    one = pd.DataFrame({"a": values, "b": range(len(values))})
    order = list(one.index)
    chance.shuffle(order)
    assert check.compare(one.loc[order, ["b", "a"]], one) is None
    assert check.compare(one["a"].loc[order] * (1 + 1e-9), one["a"]) is None
    assert check.compare(one["a"] * 1.01 + 1, one["a"], otherwise="Look.") is not None or set(values) == {-100}
    assert check.compare(1_000_001, 1_000_000, otherwise="Look.") is not None         # counts are exact


@pytest.mark.parametrize(("got", "expected"), [([1, 2], [2, 1]), (pd.Series([1, 2]), pd.Series([1, 2], ["a", "b"])), ([1, 2], [1, 2, 3]),
                                               ("a", "b"), (pd.DataFrame({"a": [1]}), pd.DataFrame({"b": [1]})), (np.nan, 0.0)])
def test_compare_tells_results_apart(got: Any, expected: Any) -> None:
    assert "Look." in check.compare(got, expected, otherwise="Look.")
    assert check.compare(got, expected, [(got, "A typical one.")]) == "A typical one."
    assert check.compare(expected, expected) is None
