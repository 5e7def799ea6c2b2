"""Questions that a page answers, a guess before a figure, and checks for coding exercises.

In a notebook and on paper each reads as it stands: the question, its options, the answer in a fold. In the book's pages
`checks.js` and `guess.js` bring it to life. Right answers are handed over computed, never typed.
"""
from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from IPython.display import HTML, display

from data import outlines
from widgets.ground import ground, plane
from widgets.show import _text, credit
from widgets.theme import figures, rounded

__all__ = ["choice", "number", "pick", "guess", "exercise", "compare", "Exercise"]

LISTED = 12         # options of a pick that are printed; more are only offered in the page's list


def _name(name: str, question: str) -> str:
    """A name for the page's address and for tests: the one given, or the question's first words."""
    return name or "-".join(re.findall(r"[a-z0-9]+", question.lower())[:5])


def _packed(record: Mapping[str, Any]) -> str:
    text = json.dumps(rounded(dict(record)), ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f'<script type="application/json">{text}</script>'


def _plain(value: Any) -> Any:
    """A NumPy scalar as Python's own."""
    return value.item() if isinstance(value, np.generic) else value


def _value(value: Any) -> float:
    """A number for a page: counts as they are, others to six digits."""
    number = float(value)
    return int(number) if number.is_integer() else figures(number)


def _fold(summary: str, inside: str) -> str:
    return f"<details><summary>{summary}</summary>{inside}</details>"


def _show_question(record: dict[str, Any], options: Sequence[str], told: str) -> None:
    """A question as a notebook and paper show it; the page's script takes it from there."""
    listed = "".join(f"<li>{html.escape(option)}</li>" for option in options)
    display(HTML(f'<div class="book-check" data-kind="{record["kind"]}" data-name="{html.escape(record["name"], quote=True)}">'
                 f'<p class="question"><strong>Check yourself.</strong> {html.escape(record["question"])}</p>'
                 + (f'<ul class="options">{listed}</ul>' if listed else "")
                 + _fold("Answer", f"<p>{html.escape(told)} {html.escape(record['why'])}</p>") + _packed(record) + "</div>"))


def _need(**words: str) -> None:
    for name, text in words.items():
        if not str(text).strip():
            raise ValueError(f"a question needs its {name}: it is empty")


def choice(question: str, options: Mapping[str, str], answer: str, why: str, name: str = "") -> None:
    """Ask to choose one of a few sentences.

    Parameters
    ----------
    question : str
    options : mapping of str to str
        Each option and the hint for a reader who chooses it. The right one's hint is not shown: since the figures decide which
        is right, an option that could be right under other figures may keep its hint. The page mixes their order.
    answer : str
        The right option, computed: ``"rises" if last > first else "falls"``, or ``rates.idxmax()``.
    why : str
        What the right answer rests on, shown when it is found.
    name : str
        For the page; made of the question's first words when not given.

    Raises
    ------
    ValueError
        When the answer is none of the options, or a wrong option has no hint.
    """
    _need(question=question, why=why)
    answer, known = str(_plain(answer)), {str(option): str(hint) for option, hint in options.items()}
    if len(known) < 2 or answer not in known:
        raise ValueError(f"the answer {answer!r} must be one of two options or more; they are {list(known)}")
    silent = [option for option, hint in known.items() if option != answer and not hint.strip()]
    if silent:
        raise ValueError(f"a wrong option needs a hint that teaches; without one: {silent}")
    mixed = sorted(known, key=lambda option: hashlib.sha256(f"{question} {option}".encode()).digest())
    record = {"kind": "choice", "name": _name(name, question), "question": question, "options": mixed, "answer": answer,
              "hints": {option: known[option] for option in mixed if option != answer}, "why": why}
    _show_question(record, mixed, f"{answer}.".replace("..", "."))


def number(question: str, answer: float, tolerance: float, hints: Mapping[float, str], otherwise: str, why: str,
           unit: str = "", form: str = ",.6g", name: str = "") -> None:
    """Ask for a number.

    Parameters
    ----------
    question : str
        It says how exact the answer must be.
    answer : float
        The right number, computed, in the unit in which it is asked: for a share in percent, ``100 * share``.
    tolerance : float
        How far off is still right.
    hints : mapping of float to str
        Typical wrong answers, computed too, each with the hint that it deserves.
    otherwise : str
        What to try, for any other number. The page says before it whether the number is too high or too low.
    why : str
        Shown when the answer is right.
    unit : str
        What stands after the field: ``"%"``, ``"towns"``.
    form : str
        How the answer is written.
    name : str
        As for `choice`.

    Raises
    ------
    ValueError
        When the tolerance is not above zero, or a typical wrong answer would pass for right.
    """
    _need(question=question, why=why, otherwise=otherwise)
    if not tolerance > 0:
        raise ValueError(f"tolerance must be above zero, got {tolerance}")
    answer, wrong = _value(answer), [[_value(value), hint] for value, hint in hints.items()]
    for value, hint in wrong:
        if abs(value - answer) <= tolerance:
            raise ValueError(f"the wrong answer {value} lies within {tolerance} of the right one, {answer}: narrow the tolerance")
        _need(hint=hint)
    record = {"kind": "number", "name": _name(name, question), "question": question, "answer": answer,
              "tolerance": _value(tolerance), "unit": unit, "hints": wrong, "otherwise": otherwise, "why": why}
    _show_question(record, [], f"{format(answer, form)}{'' if unit == '%' else ' '}{unit}".strip() + ".")


def pick(question: str, options: Sequence[str], answer: str, hints: Mapping[str, str], why: str, field: str,
         otherwise: str = "", name: str = "") -> None:
    """Ask to pick a mark of the chart or map that stands just above: by a click on it, or in a list.

    Parameters
    ----------
    question : str
    options : sequence of str
        Everything that can be picked, in the order of the list.
    answer : str
        The right one, computed.
    hints : mapping of str to str
        Typical wrong picks, each with its hint.
    why : str
        Shown when the right one is picked.
    field : str
        Column of the chart's data that names a mark: ``"name"``, or ``"properties.name"`` on a map of départements.
    otherwise : str
        The hint for picks that have none of their own; may be left out when all have one.
    name : str
        As for `choice`.

    Raises
    ------
    ValueError
        When the answer or a hint is for something that cannot be picked, or a wrong pick would get no hint.
    """
    _need(question=question, why=why, field=field)
    names, answer = [str(_plain(option)) for option in options], str(_plain(answer))
    strange = sorted({answer, *hints} - set(names))
    if strange:
        raise ValueError(f"{strange} cannot be picked: the options are {names[:LISTED]}")
    if answer in hints:
        raise ValueError(f"{answer!r} is right and has a hint for being wrong")
    silent = [option for option in names if option != answer and not hints.get(option, otherwise).strip()]
    if silent:
        raise ValueError(f"a wrong pick needs a hint: give otherwise=, or hints for {silent[:LISTED]}")
    record = {"kind": "pick", "name": _name(name, question), "question": question, "options": names, "answer": answer,
              "field": field, "hints": dict(hints), "otherwise": otherwise, "why": why}
    _show_question(record, names if len(names) <= LISTED else [], f"{answer}.")


# ---- guess first
def _series(truth: pd.Series, axis: Sequence[float], form: str) -> dict[str, Any]:
    """The values to guess, by label, on an axis that holds them all."""
    low, high = axis
    values = [_value(value) for value in truth]
    if len(values) < 2 or not all(low <= value <= high for value in values):
        raise ValueError(f"the axis from {low} to {high} must hold two values or more, and all of them: {values}")
    return {"labels": [str(label) for label in truth.index], "truth": values, "axis": [low, high], "form": form}


def _place(point: Sequence[float], landmarks: Mapping[str, Sequence[float]], outline: str) -> dict[str, Any]:
    """A point to guess on a map, in kilometres on the book's plane, with places to find one's way by."""
    land = ground(outlines(outline))
    def flat(lon: float, lat: float) -> list[float]:
        x, y = plane([lon], [lat])
        return [round(float(x[0])), round(float(y[0]))]
    return {"truth": flat(*point), "landmarks": [[name, *flat(*at)] for name, at in landmarks.items()], "picture": land.address,
            "x": [round(v) for v in land.x], "y": [round(v) for v in land.y]}


def guess(question: str, say: str, name: str, line: pd.Series | None = None, bars: pd.Series | None = None,
          point: Sequence[float] | None = None, axis: Sequence[float] = (0, 1), form: str = ".0%", given: int = 0,
          landmarks: Mapping[str, Sequence[float]] | None = None, outline: str = "departments", covers: int = 1,
          data: Sequence[str] = (), kind: str | None = None, note: str = "") -> None:
    """Let the reader say what they expect before the next figure, and see how far off they were.

    In the page the figure, table or printed frame that comes next stays covered until the reader has guessed or skipped. The guess
    is kept in the page's address. Without scripts, and on paper, the question stands alone and the next figure is there.

    Parameters
    ----------
    question : str
        What to draw or set.
    say : str
        What the figures say, in a sentence or two, shown after the guess.
    name : str
        Of the guess in the page's address: small letters, digits, hyphens.
    line, bars : Series of float
        The true values by label (years of a line from left to right, or bars from top to bottom). Give one of the three.
    point : pair of float
        A true place on a map: longitude and latitude.
    axis : pair of float
        Lowest and highest value that can be set.
    form : str
        How values are written: ``".0%"``, ``",.0f"``, ``".2f"``.
    given : int
        How many values at the beginning are shown from the start and cannot be moved.
    landmarks : mapping of str to (lon, lat), optional
        For a point: places to find one's way by.
    outline : str
        For a point: which outlines are drawn.
    covers : int
        How many of the figures that come next stay covered until the reader has guessed.
    data, kind, note
        As for `widgets.show.credit`.

    Raises
    ------
    ValueError
        When not exactly one of line, bars and point is given, a value lies outside the axis, or nothing is left to guess.
    """
    _need(question=question, say=say)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise ValueError(f"a guess is named in small letters, digits and hyphens for the page's address, got {name!r}")
    asked = {kind_: truth for kind_, truth in (("line", line), ("bars", bars), ("point", point)) if truth is not None}
    if len(asked) != 1:
        raise ValueError(f"give one of line=, bars= and point=, got {sorted(asked)}")
    (shape, truth), = asked.items()
    part = _place(truth, landmarks or {}, outline) if shape == "point" else _series(truth, axis, form)
    if shape != "point" and not 0 <= given < len(truth):
        raise ValueError(f"given={given} leaves nothing to guess among {len(truth)} values")
    record = {"kind": shape, "name": name, "question": question, "say": say, "given": given, "covers": covers, **part}
    told = "" if shape == "point" else "<ul>" + "".join(
        f"<li>{html.escape(label)}: {_text(value, form)}</li>" for label, value in zip(part["labels"], part["truth"], strict=True)) + "</ul>"
    display(HTML(f'<figure class="book-guess" data-kind="{shape}" data-name="{name}"><figcaption><strong>Guess first.</strong> '
                 f"{html.escape(question)}</figcaption>" + _fold("What the figures say", f"{told}<p>{html.escape(say)}</p>")
                 + _packed(record) + credit(data, kind, note) + "</figure>"))


# ---- coding exercises
class Exercise:
    """A check of a function that a reader writes: call it with the function and it says what is right or wrong.

    Parameters
    ----------
    test : callable
        Takes the reader's function; gives None when it is right, and else a sentence that says what is wrong.
    """

    def __init__(self, test: Callable[[Callable[..., Any]], str | None]) -> None:
        self.test, self.__name__, self.__doc__ = test, test.__name__, test.__doc__

    def hint(self, function: Callable[..., Any]) -> str | None:
        """What is wrong with a function; None when nothing is."""
        name = getattr(function, "__name__", "your function")
        try:
            return self.test(function)
        except NotImplementedError:
            return f"{name} is still to be written: replace the line that raises NotImplementedError."
        except Exception as problem:
            return f"{name} stops with {type(problem).__name__}: {problem}"

    def __call__(self, function: Callable[..., Any]) -> None:
        wrong = self.hint(function)
        print("Right." if wrong is None else f"Not yet. {wrong}")


def exercise(test: Callable[[Callable[..., Any]], str | None]) -> Exercise:
    """Make a check out of a function that tests a reader's function; see `Exercise`.

    Examples
    --------
    >>> @exercise
    ... def check_half(half):
    ...     return compare(half(10), 5, {20: "You doubled it."}, otherwise="Divide by two.")
    >>> check_half(lambda n: n / 2)
    Right.
    >>> check_half(lambda n: n * 2)
    Not yet. You doubled it.
    """
    return Exercise(test)


def _alike(got: Any, expected: Any) -> bool:
    """Whether two numbers, texts, lists, arrays, Series or frames are the same up to rounding."""
    if isinstance(expected, (pd.Series, pd.DataFrame)):
        if type(got) is not type(expected) or got.shape != expected.shape or set(got.index) != set(expected.index):
            return False
        got = got.reindex(expected.index)
        if isinstance(expected, pd.DataFrame):
            return set(got.columns) == set(expected.columns) and all(_alike(got[c], expected[c]) for c in expected)
    got, expected = np.asarray(got), np.asarray(expected)
    if got.shape != expected.shape:
        return False
    if "f" in got.dtype.kind + expected.dtype.kind and {got.dtype.kind, expected.dtype.kind} <= set("iufb"):
        return bool(np.allclose(got.astype(float), expected.astype(float), rtol=1e-6, atol=1e-9, equal_nan=True))
    return bool((got.astype(str) == expected.astype(str)).all())


def _kind_of(value: Any) -> str:
    """The kind of a value in a reader's words."""
    if isinstance(value, (bool, np.bool_)):
        return "True or False"
    if isinstance(value, (int, float, np.number)):
        return "one number"
    words = {pd.Series: "a Series", pd.DataFrame: "a table (DataFrame)", str: "a text", type(None): "nothing: is a `return` missing?"}
    return words.get(type(value), f"a {type(value).__name__}")


def compare(got: Any, expected: Any, wrong: Mapping[Any, str] | Sequence[tuple[Any, str]] = (), otherwise: str = "") -> str | None:
    """What to say about a result: nothing when it is right, else the hint that it deserves.

    Parameters
    ----------
    got, expected : number, str, list, array, Series or DataFrame
        Numbers with a fraction may differ by a millionth. The order of labelled rows does not matter.
    wrong : mapping or sequence of (value, str)
        Typical wrong results, computed, each with its hint.
    otherwise : str
        What to try, for any other result.

    Returns
    -------
    str or None

    Examples
    --------
    >>> compare(0.25, 0.5, {0.25: "That is the share of the others."}, otherwise="Look at the sum.")
    'That is the share of the others.'
    >>> compare(pd.Series([0.5]), 0.5, otherwise="Look at the sum.")
    'It gives a Series where one number is asked. Look at the sum.'
    """
    if _alike(got, expected):
        return None
    for value, hint in (wrong.items() if isinstance(wrong, Mapping) else wrong):
        if _alike(got, value):
            return hint
    if _kind_of(got) != _kind_of(expected):
        return f"It gives {_kind_of(got)} where {_kind_of(expected)} is asked. {otherwise}".strip()
    shown = f" {figures(float(_plain(got)), 4)}" if _kind_of(got) == "one number" else ""
    return f"It gives{shown or ' another result'}, which is not what the figures say. {otherwise}".strip()
