"""Coding exercises from one source: the stub is made from the solution, and stands where the reader starts."""
from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from book._make.chapters import sources

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

from exercises import solved, stub, with_stubs  # noqa: E402
from notebooks import page_view  # noqa: E402
from reader import cited, reader_copy  # noqa: E402

SOLUTION = '''import math


def area(
    radius,
    pi=math.pi,
):
    """Of a circle.

    In the unit of the radius, squared.
    """
    square = radius ** 2        # first
    return pi * square


check_area(area)'''


def test_a_stub_keeps_all_but_the_body() -> None:
    begun = stub(SOLUTION)
    assert begun == SOLUTION.replace("    square = radius ** 2        # first\n    return pi * square", '    raise NotImplementedError("write area")')
    names: dict = {"check_area": lambda area: None}
    exec(begun, names)
    with pytest.raises(NotImplementedError, match="write area"):
        names["area"](2)
    assert names["area"].__doc__.startswith("Of a circle.")


def test_a_stub_without_a_docstring() -> None:
    assert stub("def f(x):\n    return x\n\n\ncheck_f(f)") == 'def f(x):\n    raise NotImplementedError("write f")\n\n\ncheck_f(f)'


@pytest.mark.parametrize(("source", "words"), [("x = 1", "one function, this one 0"), ("def f(): pass\ndef g(): pass\ncheck_f(f)", "this one 2"),
                                               ("def f(): pass", r"calls check_f\(f\)")])
def test_a_cell_that_is_no_exercise_is_refused(source: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        solved(source)


def cell(source: str, *tags: str) -> dict:
    return {"cell_type": "code", "id": source[:3], "metadata": {"tags": list(tags)}, "source": source, "outputs": [], "execution_count": 1}


CHECK, TEXT = cell("chk = 1", "hide-input", "exercise-check"), {"cell_type": "markdown", "id": "t", "metadata": {}, "source":
                                                                 ":::{solution-start} a\n:class: dropdown\n:::"}
DONE = cell("def f(x):\n    return x\n\n\ncheck_f(f)", "exercise")


def test_a_stub_follows_its_check() -> None:
    cells = with_stubs([CHECK, TEXT, DONE])
    assert [c["source"][:5] for c in cells] == ["chk =", "def f", ":::{s", "def f"]
    assert "NotImplementedError" in cells[1]["source"] and "NotImplementedError" not in cells[3]["source"]
    with pytest.raises(ValueError, match="follows this check"):
        with_stubs([CHECK, TEXT])


def test_the_page_shows_the_stub_and_names_the_check() -> None:
    view = page_view({"cells": [CHECK, TEXT, DONE]})["cells"]
    assert view[0]["metadata"]["mystnb"]["code_prompt_show"] == "Show the check"
    assert view[1]["metadata"]["tags"] == ["stub"]


def test_a_question_stands_in_the_page_without_its_code() -> None:
    asking = cell("check.choice()", "hide-input")
    asking["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": {"text/html": '<div class="book-check">?</div>'}}]
    silent = cell("a = 1", "hide-input")
    first, second = page_view({"cells": [silent, asking]})["cells"]
    assert first["metadata"]["tags"] == ["hide-input"] and second["metadata"]["tags"] == ["remove-input"]


def test_the_readers_copy_starts_from_the_stub_and_folds_the_solution() -> None:
    copy = reader_copy({"cells": [CHECK, TEXT, DONE], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}, {})["cells"][1:]
    assert [c["cell_type"] for c in copy] == ["code", "code", "markdown"]
    assert copy[0]["metadata"]["jupyter"]["source_hidden"] and "jupyter" not in copy[1]["metadata"]
    assert "NotImplementedError" in copy[1]["source"]
    assert copy[2]["source"].startswith("<details><summary>Solution</summary>") and "return x" in copy[2]["source"]


@pytest.mark.parametrize("path", sources(), ids=lambda p: p.stem)
def test_every_exercise_of_a_chapter_has_its_stub_in_the_readers_copy(path: Path) -> None:
    notebook = json.loads(path.with_suffix(".ipynb").read_text("utf-8"))
    count = sum("exercise" in c["metadata"].get("tags", []) for c in notebook["cells"])
    copy = reader_copy(notebook, cited(ROOT / "book" / "references.bib"))["cells"]
    code = [c["source"] for c in copy if c["cell_type"] == "code"]
    assert sum("raise NotImplementedError(" in source for source in code) == count
    assert sum("<summary>Solution</summary>\n\n```python" in c["source"] for c in copy) == count
