"""The questions, guesses and checked exercises of every chapter: enough of them, computed, with hints that teach."""
from __future__ import annotations

import ast
import importlib.util
import json
import re
import sys
import types
from pathlib import Path
from typing import Any

import nbformat
import pytest

from book._make.chapters import read_text, sources
from tests.chapters.running import asked, ran
from widgets.ground import plane
from widgets.theme import VEGALITE

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

from exercises import CHECK, EXERCISE, solved, stub, tagged  # noqa: E402

# Chapters that still lack four questions and a guess. A chapter that has them is taken off.
WITHOUT_CHECKS = {"06_fabric", "07_third_places", "08_models", "09_cross_reading"}
PACKED = re.compile(r'<(?:div class="book-check"|figure class="book-guess").*?<script type="application/json">(.*?)</script>', re.DOTALL)
each_chapter = pytest.mark.parametrize("path", sources(), ids=lambda p: p.stem)


def cells(path: Path) -> list[Any]:
    return [c for c in nbformat.read(path.with_suffix(".ipynb"), as_version=4).cells if c.cell_type == "code"]


def shown(cell: Any) -> list[dict[str, Any]]:
    """The questions and guesses that a cell shows."""
    html = "".join("".join(out.get("data", {}).get("text/html", "")) for out in cell.outputs)
    return [json.loads(text.replace("<\\/", "</")) for text in PACKED.findall(html)]


def records(path: Path) -> list[dict[str, Any]]:
    return [record for cell in cells(path) for record in shown(cell)]


def questions(path: Path) -> list[dict[str, Any]]:
    return [r for r in records(path) if r["kind"] in ("choice", "number", "pick")]


def exercises(path: Path) -> list[Any]:
    return [c for c in read_text(path).cells if tagged(c, EXERCISE)]


@each_chapter
def test_four_questions_and_a_guess(path: Path) -> None:
    enough = len(questions(path)) >= 4 and len(records(path)) > len(questions(path))
    if path.stem in WITHOUT_CHECKS:
        assert not enough, f"{path.stem} has its questions and its guess: take it off WITHOUT_CHECKS"
    else:
        assert enough, f"{path.stem} has {len(questions(path))} questions and {len(records(path)) - len(questions(path))} guesses"


@each_chapter
def test_every_wrong_answer_has_a_hint_of_its_own(path: Path) -> None:
    names = [r["name"] for r in records(path)]
    assert len(names) == len(set(names)), f"two are called the same: {sorted(names)}"
    for r in questions(path):
        hints = [hint for _, hint in r["hints"]] if r["kind"] == "number" else list(r["hints"].values())
        texts = [*hints, r["why"], *([r["otherwise"]] if r.get("otherwise") else [])]
        assert hints and all(len(text) > 20 for text in texts), f"a hint that is too short to teach: {r['name']}"
        assert len(set(texts)) == len(texts), f"the same hint twice: {r['name']}"
        if r["kind"] == "choice":
            assert set(r["hints"]) == set(r["options"]) - {r["answer"]}
            assert len(r["options"]) >= 3, f"a coin would answer half the time: {r['name']}"
        if r["kind"] == "number":
            assert len(hints) >= 2 and all(abs(wrong - r["answer"]) > r["tolerance"] for wrong, _ in r["hints"])


@each_chapter
def test_right_answers_are_those_of_the_figures(path: Path) -> None:
    """Each answer is computed in its cell, and computed again it is the one that the page holds."""
    for stored, computed in zip(records(path), ran(path).answers, strict=True):
        if stored["kind"] == "number":
            assert stored["answer"] == pytest.approx(computed, rel=5e-6)
        elif stored["kind"] in ("choice", "pick"):
            assert stored["answer"] == str(computed)
        elif stored["kind"] == "point":
            assert stored["truth"] == [round(float(v[0])) for v in plane(*[[part] for part in computed])]
        else:
            assert stored["truth"] == pytest.approx([float(v) for v in computed], rel=5e-6)


def typed(value: ast.expr, source: str) -> bool:
    """Whether an answer is written instead of computed."""
    if isinstance(value, ast.Name):
        made = [n.value for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Assign) and any(getattr(t, "id", "") == value.id for t in n.targets)]
        return any(typed(one, source) for one in made)
    return not any(isinstance(n, (ast.Name, ast.Attribute, ast.Subscript)) for n in ast.walk(value))


@pytest.mark.parametrize(("source", "expected"), [("check.number('q', answer=3)", True), ("A = 'x'\ncheck.choice('q', answer=A)", True),
                                                 ("check.pick('q', answer=rates.idxmax())", False), ("A = s.max()\ncheck.number('q', answer=A)", False),
                                                 ("A = 'x'\ncheck.choice('q', answer=A if s[0] > s[1] else 'y')", False)])
def test_a_typed_answer_would_be_seen(source: str, expected: bool) -> None:
    (_, _, value), = asked(source)
    assert typed(value, source) is expected


@each_chapter
def test_no_answer_and_no_percentage_is_typed(path: Path) -> None:
    for cell in cells(path):
        for kind, call, value in asked(cell.source):
            assert not typed(value, cell.source), f"the answer of a {kind} is typed:\n{cell.source}"
            texts = [n.value for n in ast.walk(call) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
            assert not [t for t in texts if re.search(r"\d ?%", t) and not re.fullmatch(r"[+,]*\.\d%", t)], f"a percentage is typed in:\n{cell.source}"


@each_chapter
def test_questions_stand_alone_in_folded_cells(path: Path) -> None:
    for cell in cells(path):
        if asked(cell.source):
            assert "hide-input" in cell.metadata.get("tags", []), f"the code gives the answer away:\n{cell.source}"
            others = [o for o in cell.outputs if "scrapbook" not in o.metadata and "book-check" not in str(o.data) and "book-guess" not in str(o.data)]
            assert not others, f"something else is shown beside a question:\n{cell.source}"


def field_of(row: dict[str, Any], field: str) -> Any:
    for part in field.split("."):
        row = row.get(part, {})
    return row


@each_chapter
def test_what_can_be_picked_is_on_the_chart_above(path: Path) -> None:
    chart: dict[str, Any] = {}
    for cell in cells(path):
        for r in shown(cell):
            if r["kind"] == "pick":
                named = {str(field_of(row, r["field"])) for rows in chart["datasets"].values() for row in rows}
                assert set(r["options"]) <= named, f"not on the chart above: {sorted(set(r['options']) - named)[:5]}"
        for out in cell.outputs:
            chart = out.get("data", {}).get(VEGALITE, chart)


@each_chapter
def test_a_figure_follows_each_guess(path: Path) -> None:
    after, wanted = 0, 0
    for cell in reversed(cells(path)):
        html = "".join("".join(o.get("data", {}).get("text/html", "")) for o in cell.outputs)
        guesses = [r for r in shown(cell) if r["kind"] in ("line", "bars", "point")]
        for r in guesses:
            wanted += 1
            assert after >= r["covers"], f"nothing is left to cover after the guess {r['name']}"
        after += not guesses and ("<figure" in html or "dataframe" in html or any(VEGALITE in o.get("data", {}) for o in cell.outputs))
    assert wanted or path.stem in WITHOUT_CHECKS


# ---- coding exercises
def wrong_answers(path: Path) -> dict[str, list[Any]]:
    """The typical wrong answers kept for a chapter, by exercise."""
    kept = Path(__file__).parent / "wrong" / path.name
    if not kept.exists():
        return {}
    spec = importlib.util.spec_from_file_location(f"wrong_{path.stem}", kept)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: dict[str, list[Any]] = {}
    for name, function in vars(module).items():
        if isinstance(function, types.FunctionType) and "__" in name:
            found.setdefault(name.partition("__")[0], []).append(function)
    return found


def in_chapter(function: types.FunctionType, names: dict[str, Any]) -> types.FunctionType:
    """The same function, its free names those of the chapter."""
    return types.FunctionType(function.__code__, names, function.__name__, function.__defaults__, function.__closure__)


@each_chapter
def test_solutions_pass_stubs_and_wrong_answers_fail_with_their_hint(path: Path) -> None:
    names, kept, seen = ran(path).names, wrong_answers(path), set()
    for cell in exercises(path):
        name = solved(cell.source).name
        seen.add(name)
        check = names[f"check_{name}"]
        assert check.hint(names[name]) is None, f"the solution of {name} does not pass: {check.hint(names[name])}"
        begun = dict(names)
        exec(compile(stub(cell.source), f"stub of {name}", "exec"), begun)
        with pytest.raises(NotImplementedError, match=f"write {name}"):
            begun[name](*[None] * names[name].__code__.co_argcount)
        assert "still to be written" in check.hint(begun[name])
        hints = []
        for function in kept.get(name, []):
            hints.append(check.hint(in_chapter(function, names)))
            assert function.__doc__ in str(hints[-1]), f"{function.__name__} is told: {hints[-1]}"
        assert len(set(hints)) >= 2, f"{name} needs two typical wrong answers or more in tests/chapters/wrong/{path.name}"
    assert set(kept) <= seen, f"wrong answers to exercises that are not there: {sorted(set(kept) - seen)}"


@each_chapter
def test_each_check_stands_before_its_solution(path: Path) -> None:
    code = [c for c in read_text(path).cells if c.cell_type == "code"]
    assert sum(tagged(c, CHECK) for c in code) == len(exercises(path))
    for cell in code:
        if tagged(cell, CHECK):
            assert "hide-input" in cell.metadata["tags"]
            assert "@check.exercise" in cell.source
