"""Every chapter: text and notebook in step, outputs as stored are clean, cells short, every picture with words."""
from __future__ import annotations

import ast
import importlib
import json
import re
import sys
from pathlib import Path

import nbformat
import pytest

from book._make.chapters import read_text, sources

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))
from notebooks import asks  # noqa: E402

VEGALITE = "application/vnd.vegalite.v5+json"
TWINS = sources()
each_chapter = pytest.mark.parametrize("path", TWINS, ids=lambda p: p.stem)


def notebook(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path.with_suffix(".ipynb"), as_version=4)


def code(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook(path).cells if cell.cell_type == "code"]


def tags(cell: nbformat.NotebookNode) -> list[str]:
    return cell.metadata.get("tags", [])


def test_there_are_chapters_and_each_notebook_has_its_text() -> None:
    assert TWINS
    assert {p.stem for p in TWINS} == {p.stem for p in (ROOT / "chapters").glob("*.ipynb")}


@each_chapter
def test_text_and_notebook_are_in_step(path: Path) -> None:
    text, run = read_text(path), notebook(path)
    assert [(c.cell_type, c.id, c.source, tags(c)) for c in text.cells] == [(c.cell_type, c.id, c.source, tags(c)) for c in run.cells], \
        "the notebook was not made from this text: run `make chapters`"


@each_chapter
def test_outputs_are_clean(path: Path) -> None:
    raw = path.with_suffix(".ipynb").read_text("utf-8")
    assert not re.search(r" at 0x[0-9a-f]{6,}", raw), "an address in memory: it changes at every run"
    assert not re.search(r"https?://[\w.]*(jsdelivr|unpkg|cdnjs|googleapis|jquery|openstreetmap)", raw), "an output asks another host"
    for cell in code(path):
        for output in cell.outputs:
            assert output.output_type != "error"
            assert output.get("name") != "stderr", f"a warning in the outputs of:\n{cell.source}"


@each_chapter
def test_only_needs_kernel_cells_are_ignored(path: Path) -> None:
    live = [cell for cell in code(path) if "needs-kernel" in tags(cell)]
    assert len(live) <= 2
    for cell in code(path):
        assert ("nbval-ignore-output" in tags(cell)) == ("needs-kernel" in tags(cell))
        assert not {"nbval-skip", "nbval-raises-exception", "raises-exception"} & set(tags(cell))
    for cell in live:
        assert cell.outputs == []
        assert cell.metadata["still"]
        assert "interact(" in cell.source


@each_chapter
def test_no_name_is_made_in_a_question_alone(path: Path) -> None:
    """The page leaves a question's code out, so that Python in the page never runs it: what others use is made elsewhere."""
    made: set[str] = set()
    hidden: dict[str, str] = {}
    for cell in code(path):
        nodes = list(ast.walk(ast.parse(re.sub(r"(?m)^\s*%.*$", "", cell.source))))
        names = [node for node in nodes if isinstance(node, ast.Name)]
        stored = {node.id for node in names if isinstance(node.ctx, ast.Store)}
        stored |= {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
        stored |= {node.arg for node in nodes if isinstance(node, ast.arg)}
        stored |= {node.asname or node.name.partition(".")[0] for node in nodes if isinstance(node, ast.alias)}
        if "hide-input" in tags(cell) and asks(cell):
            hidden |= dict.fromkeys(stored - made, cell.source)
            continue
        lost = {node.id for node in names if isinstance(node.ctx, ast.Load)} & set(hidden) - stored
        assert not lost, f"{sorted(lost)}, used in:\n{cell.source[:200]}\nmade only in the question:\n{hidden[min(lost)][:200]}"
        made |= stored
        hidden = {name: source for name, source in hidden.items() if name not in stored}


@each_chapter
def test_cells_are_short(path: Path) -> None:
    for cell in code(path):
        lines = [line for line in cell.source.splitlines() if line.strip()]
        assert len(lines) <= 20, f"{len(lines)} lines in one cell:\n{cell.source}"
        wide = [line for line in lines if len(line) > 90]
        assert not wide, f"wider than the page shows: {wide}"


@each_chapter
def test_every_chart_has_a_finding_words_and_a_source(path: Path) -> None:
    for cell in code(path):
        shown = [out.data for out in cell.outputs if "data" in out]
        for here, after in zip(shown, [*shown[1:], {}], strict=False):
            if VEGALITE in here:
                spec = here[VEGALITE]
                assert spec.get("title"), f"a chart without a title that says the finding:\n{cell.source}"
                assert len(spec.get("description", "")) > 40, f"a chart without words for those who don't see it:\n{cell.source}"
                assert 'class="credit"' in "".join(after.get("text/html", "")), f"a chart without its source:\n{cell.source}"


@each_chapter
def test_every_figure_carries_one_of_the_four_marks(path: Path) -> None:
    """Tables, charts, maps and explorers: official, quoted, our own coding, or toy."""
    from widgets.explorer import RECORD
    from widgets.show import KINDS
    marks = {f'class="kind kind-{kind.replace(" ", "-")}"' for kind in KINDS}
    for cell in code(path):
        for output in (out for out in cell.outputs if "data" in out):
            html = "".join(output.data.get("text/html", ""))
            if "<figure" in html or 'class="credit"' in html:
                assert any(mark in html for mark in marks), f"a figure without its mark:\n{cell.source}"
            if RECORD in output.data:
                module, _, name = output.data[RECORD]["explorer"].partition(":")
                plan = getattr(importlib.import_module(module), name)().plan()
                assert any(mark in plan["credit"] for mark in marks), f"an explorer without its mark:\n{cell.source}"


@each_chapter
def test_no_result_is_typed_in_prose(path: Path) -> None:
    """Percentages and counts in prose come from the computation; quoted ones name their source in the same paragraph."""
    allowed = re.compile(r"§|cited|quoted|Observatoire|toy|census|\{glue|https?://|article|no\. ", re.IGNORECASE)
    for cell in notebook(path).cells:
        if cell.cell_type != "markdown" or "exercise" in cell.source or "solution" in cell.source:
            continue
        for paragraph in cell.source.split("\n\n"):
            typed = re.findall(r"(?<![\w.`{:])\d[\d,.]* ?%", paragraph)
            assert not typed or allowed.search(paragraph), f"typed in prose: {typed} in:\n{paragraph}"


@each_chapter
def test_the_standard(path: Path) -> None:
    """The parts that every chapter has, in their order, and at least three exercises with a solution each."""
    text = "\n".join(cell.source for cell in notebook(path).cells if cell.cell_type == "markdown")
    parts = ["class: verdict", "What would change it", "you will be able to", "{planned-minutes}", "The question", "differs from the",
             "toy", "How far can this be trusted", "Exercises", "Summary", "Further reading"]
    places = [text.find(part) for part in parts]
    assert -1 not in places, f"missing: {[p for p, at in zip(parts, places, strict=True) if at < 0]}"
    assert places == sorted(places), f"out of order: {dict(zip(parts, places, strict=True))}"
    exercises, solutions = len(re.findall(r"\{exercise\}", text)), len(re.findall(r"\{solution(?:-start)?\}", text))
    assert exercises == solutions >= 3
    source = "\n".join(cell.source for cell in code(path))
    assert "data_used(" in source
    assert "show_map(" in source


@each_chapter
def test_glued_names_exist(path: Path) -> None:
    raw = json.loads(path.with_suffix(".ipynb").read_text("utf-8"))
    made = {out["metadata"]["scrapbook"]["name"] for cell in raw["cells"] for out in cell.get("outputs", []) if "scrapbook" in out.get("metadata", {})}
    text = "\n".join("".join(cell["source"]) for cell in raw["cells"] if cell["cell_type"] == "markdown")
    quoted = set(re.findall(r"\{glue:text\}`(\w+)", text))
    assert quoted <= made, f"the text quotes results that no cell names: {sorted(quoted - made)}"
    assert made <= quoted, f"cells name results that the text does not quote: {sorted(made - quoted)}"
