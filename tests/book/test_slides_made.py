"""From notebook to slides: what a deck keeps, what it leaves out, and where it is cut."""
from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from book._make.chapters import sources
from book._make.pictures import RECORD, svg_of
from book._make.slide_cells import LINES, blocks, packed, slide_cells

EXERCISES = """## Exercises

:::{exercise}
:label: a
*Read.* What is it?
:::

:::{solution} a
:class: dropdown
A secret.
:::

:::{exercise}
:label: b
*Code.* Write it.
:::

:::{solution-start} b
:class: dropdown
:::"""


def text(source: str) -> dict:
    return {"cell_type": "markdown", "id": source[:3], "metadata": {}, "source": source}


def code(source: str, *outputs: str, tags: tuple[str, ...] = ()) -> dict:
    shown = [{"output_type": "display_data", "metadata": {}, "data": {"text/html": one}} for one in outputs]
    return {"cell_type": "code", "id": source[:3], "metadata": {"tags": list(tags)}, "source": source, "outputs": shown, "execution_count": 1}


def cells(*given: dict) -> list[dict]:
    return slide_cells({"cells": list(given), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, {})


def test_a_heading_opens_a_slide_and_what_follows_names_it() -> None:
    first, second, third = cells(text("# Title\n\nOne.\n\n## Part\n\nTwo."), code("draw()", "<figure class='book-chart'></figure>", tags=("hide-input",)))
    assert [c["metadata"]["slideshow"]["slide_type"] for c in (first, second, third)] == ["slide", "slide", "subslide"]
    assert second["source"] == "## Part\n\nTwo." and third["metadata"]["kicker"] == "Part" and third["source"] == ""


def test_solutions_and_folded_code_are_left_out() -> None:
    made = cells(text(EXERCISES), code("secret = 42"), text("It is 42.\n\n:::{solution-end}\n:::\n\n## Summary\n\nDone."), code("glue(x=1)", tags=("hide-input",)))
    whole = json.dumps(made)
    assert "secret" not in whole and "42" not in whole and ":::" not in whole and "glue" not in whole
    assert "What is it?" in whole and "Write it." in whole and "Done." in whole


def test_lesson_code_stays_with_its_output_and_figures_stand_apart() -> None:
    figure = '<figure class="book-chart">{}</figure>'
    lesson, two = code("x = 1", "<p>1</p>"), code("both()", figure.format(1), '<p class="credit">who</p>', figure.format(2), tags=("hide-input",))
    made = cells(text("## A"), lesson, two)
    assert [(c["source"], len(c["outputs"])) for c in made[1:]] == [("x = 1", 1), ("", 2), ("", 1)]


def test_what_is_printed_is_joined() -> None:
    printed = code("print()")
    printed["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["one\n", "two\n"]}]
    assert cells(text("# A"), printed)[1]["outputs"][0]["text"] == "one\ntwo\n"


def test_long_text_is_cut_between_blocks_and_a_longer_block_between_sentences() -> None:
    paragraph = "A sentence of some words that says little. " * 12
    groups = list(packed(blocks("\n\n".join([paragraph] * 4))))
    assert len(groups) > 1 and " ".join(" ".join(group) for group in groups).split() == (paragraph * 4).split()
    long = list(packed([paragraph * 4]))
    assert len(long) > 1 and all(sum(len(block) for block in group) < 92 * LINES for group in long)


def test_code_and_lists_are_not_torn() -> None:
    assert blocks("```python\na = 1\n\nb = 2\n```\n\nText.") == ["```python\na = 1\n\nb = 2\n```", "Text."]
    assert blocks("1. one\n   more\n2. two") == ["1. one\n   more", "2. two"]


def test_a_long_table_keeps_its_ends_and_a_map_waits() -> None:
    table = "<figure class='book-table'><table><tbody>" + "".join(f"<tr><td>{n}</td></tr>" for n in range(30)) + "</tbody></table></figure>"
    shown = cells(text("# A"), code("t", table, tags=("hide-input",)), code("m", "<figure class='book-map'><iframe srcdoc='x'></iframe></figure>", tags=("hide-input",)))
    rows = shown[1]["outputs"][0]["data"]["text/html"]
    assert "<td>4</td>" in rows and "<td>25</td>" in rows and "<td>5</td>" not in rows and "<td>24</td>" not in rows
    frame = shown[2]["outputs"][0]["data"]["text/html"]
    assert 'data-srcdoc="x"' in frame and " srcdoc=" not in frame


def test_a_picture_grows_with_its_place_and_names_its_parts(tmp_path: Path) -> None:
    spec = {"data": {"values": [{"a": 1, "b": 2}]}, "mark": "bar", "encoding": {"x": {"field": "a", "type": "quantitative"}}}
    one, other = svg_of(spec, tmp_path), svg_of({**spec, "mark": "point"}, tmp_path)
    assert one.startswith("<svg") and "width:100%" in one and 'width="' not in one[:one.index(">")]
    names = [set(re.findall(r'\bid="([^"]+)"', svg)) for svg in (one, other)]
    assert not names[0] & names[1]
    assert svg_of(spec, tmp_path) == one and len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("path", sources(), ids=lambda p: p.stem)
def test_every_section_and_figure_of_a_chapter_is_in_its_deck(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = dict.fromkeys(("title", "sentence", "pictures", "table", "credit"), "<p>explorer</p>")
    monkeypatch.setattr("book._make.slide_cells.explorer_parts", lambda record: parts)         # drawn in the browser's test
    notebook = json.loads(path.with_suffix(".ipynb").read_text("utf-8"))
    before = json.dumps(notebook)
    made = slide_cells(notebook, dict.fromkeys(re.findall(r"[a-z]+\d{4}|introduction|glita|recovery|ferru|perinaud|gilbart|baudelle|fomperie", before), "ref"))
    assert json.dumps(notebook) == before
    headings = re.findall(r"^#{1,3} (.+?)\s*$", "\n".join(c["source"] for c in made if c["cell_type"] == "markdown"), re.MULTILINE)
    told = re.sub(r"```.*?```", "", "\n\n".join("".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "markdown"), flags=re.DOTALL)
    assert headings == re.findall(r"^#{1,3} (.+?)\s*$", told, re.MULTILINE)
    assert len(made) > len(headings)
    outputs = [out for c in notebook["cells"] for out in c.get("outputs", [])]
    charts = sum("application/vnd.vegalite.v5+json" in out.get("data", {}) for out in outputs)
    whole = json.dumps([out for c in made for out in c.get("outputs", [])])
    assert whole.count('class=\\"book-chart\\"') == charts
    assert sum("explorer" in json.dumps(c.get("outputs", [])) and "<p>explorer</p>" in json.dumps(c["outputs"]) for c in made if c["cell_type"] == "code") == \
        2 * sum(RECORD in out.get("data", {}) for out in outputs)
    assert not re.search(r"\{glue:|:::", "\n".join(c["source"] for c in made))
