"""Python in the pages, in a browser with the network cut and the site in a sub-path: every cell of every chapter.

These tests need the layer that `make live` makes. Where it is not there they are skipped.
"""
from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from playwright.sync_api import Page

from tests.axe import violations
from tests.browser.test_explorers import PLACED, made
from tests.conftest import ROOT, SITE, Visit
from tests.live import LONG, cell, chapter_cells, differences, run_all, settled, switch_on
from widgets.explorer import Explorer
from widgets.explorers.towns import Towns

THERE = (SITE / "live").is_dir()
pytestmark = pytest.mark.skipif(not THERE, reason="no live layer: run `make live`, then `make book`")
Open = Callable[..., Visit]
CHAPTERS = sorted((ROOT / "chapters").glob("[0-9][0-9]_*.ipynb"))
# Cells that the browser's Python cannot run, or not to the same values: (chapter, beginning of the code) and the reason.
CANNOT: dict[tuple[str, str], str] = {}


# ---- before the switch
def test_nothing_is_loaded_before_it_is_asked_for(served: str, visit: Open) -> None:
    seen = visit("about:blank")
    asked: list[str] = []
    seen.page.on("request", lambda request: asked.append(request.url))
    seen.page.goto(served + "chapters/01_towns.html", wait_until="networkidle")
    assert seen.page.locator(".live-switch").is_visible()
    assert not [address for address in asked if "/live/" in address]
    seen.clean()


def test_a_page_without_code_offers_no_python(served: str, visit: Open) -> None:
    assert visit(served + "book/glossary.html").page.locator(".live-switch").count() == 0


def test_a_file_says_what_to_start(visit: Open) -> None:
    page = visit((SITE / "chapters" / "01_towns.html").as_uri()).page
    page.click(".live-switch")
    assert "python -m http.server" in page.inner_text(".live")
    assert page.locator(".live-switch").is_enabled()


def test_loading_is_told_and_can_be_cancelled(served: str, visit: Open) -> None:
    seen = visit(served + "chapters/01_towns.html")
    page = seen.page
    page.click(".live-switch")
    page.wait_for_function("/of \\d+ MB, \\d+ s/.test(document.querySelector('.live-page .now')?.innerText)", timeout=LONG)
    page.get_by_role("button", name="Cancel").click()
    assert "Cancelled" in page.inner_text(".live")
    assert page.locator(".live-switch").is_enabled()
    assert page.locator(".live-cell").count() == 0


# ---- every cell of every chapter
@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_every_cell_gives_the_committed_values(path: Path, served: str, visit: Open) -> None:
    """All that a chapter shows, and its explorers' answers, from one start of Python: its pages take time and memory."""
    seen = visit(f"{served}chapters/{path.stem}.html")
    page = switch_on(seen)
    run_all(page)
    live = page.evaluate("""document.querySelector('.live').live.cells.map((c) => ({source: c.original, ran: c.ran, outputs: c.outputs ?? [],
        shown: c.output.innerText.slice(0, 2000)}))""")
    committed = chapter_cells(path)
    assert [one["source"] for one in live] == [one["source"] for one in committed]
    wrong = []
    for mine, theirs in zip(live, committed, strict=True):
        if any(path.stem == name and mine["source"].startswith(code) for name, code in CANNOT):
            continue
        if "stub" in theirs["metadata"].get("tags", []):        # the reader's to write
            wrong += [f"ran, with nothing written: {mine['source'][:80]!r}"] if mine["ran"] else []
        elif mine["ran"] != "ran":
            wrong.append(f"did not run: {mine['source'][:80]!r}: {mine['shown'][:600]}")
        elif "needs-kernel" in theirs["metadata"].get("tags", []):
            wrong += [f"shows nothing: {mine['source'][:80]!r}"] if not mine["outputs"] else []
        else:
            wrong += [f"{mine['source'][:80]!r}: {one}" for one in differences(mine["outputs"], theirs["outputs"])]
    assert not wrong, "\n".join(wrong)
    page.wait_for_function("[...document.querySelectorAll('.live-output figure.book-chart')].every((f) => f.dataset.drawn)", timeout=LONG)
    assert page.locator(".live-error").count() == 0
    for _, name, address in [one for one in PLACED if one[0] == path.stem]:
        check_answers(page, name, made(address))
    assert "edited 42" in edit(page, committed[1]["source"], "print('edited', 6 * 7)")
    seen.clean()


def other_choices(explorer: Explorer) -> dict[str, object]:
    """Choices that no page holds, where a control has values that are not stored; else the last state of the grid."""
    for name, about in explorer.controls.items():
        every = np.arange(about["low"], about["high"], about["step"]).round(10).tolist() if about["kind"] == "number" else about.get("values", [])
        free = [value for value in every if value not in about.get("stored", every)]
        if free:
            return {name: type(getattr(explorer, name))(free[0])}
    return explorer.grid()[-1]


def check_answers(page: Page, name: str, explorer: Explorer) -> None:
    """The explorer that a cell made answers what `compute` gives here for the same choices."""
    choices = other_choices(explorer)
    page.evaluate("""([name, choices]) => {
        const front = [...document.querySelectorAll('.live-output .explorer')].map((e) => e.explorer).find((f) => f.plan.name === name);
        for (const [key, value] of Object.entries(choices)) front.model.set(key, value);
        front.model.save_changes();
    }""", [name, {key: list(v) if isinstance(v, tuple) else v for key, v in choices.items()}])
    page.wait_for_function("""(words) => [...document.querySelectorAll('.live-output .explorer')].some((e) =>
        e.querySelector('.sentence').innerText === words && e.getAttribute('aria-busy') === 'false')""",
                           arg=explorer.sentence(**choices), timeout=LONG)


# ---- one page with Python on, which several tests share: each leaves it as it found it
@pytest.fixture(scope="module")
def towns(served: str, long_visit: Open) -> Visit:
    seen = long_visit(f"{served}chapters/01_towns.html")
    run_all(switch_on(seen))
    return seen


def edit(page: Page, text: str, code: str) -> str:
    """Write code into a cell's editor as a reader would, run it from the keyboard, give back what it shows."""
    one = cell(page, text)
    one.evaluate("(c) => { const fold = c.element.querySelector('details'); if (fold) fold.open = true; c.before = c.outputs; c.editor.focus(); }")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(code)
    page.keyboard.press("ControlOrMeta+Enter")
    page.wait_for_function("(c) => c.outputs !== c.before && !c.busy", arg=one, timeout=LONG)
    return one.evaluate("(c) => c.output.innerText")


def reset(page: Page, text: str) -> None:
    cell(page, text).evaluate("(c) => c.back.click()")


def test_a_cell_is_edited_and_run(towns: Visit) -> None:
    page = towns.page
    shown = edit(page, "Jaccard index: {pair", "print('hands', len(towns))\ntowns[['people']].head(2)")
    assert "hands 2,"[:6] in shown and "people" in shown
    assert cell(page, "Jaccard index: {pair").evaluate("(c) => c.element.dataset.live") == "edited ran"
    reset(page, "Jaccard index: {pair")
    assert "town by flow" in cell(page, "Jaccard index: {pair").evaluate("(c) => c.output.innerText")
    assert page.evaluate("localStorage.getItem('live:' + location.pathname)") is None
    towns.clean()


def test_shift_enter_runs_and_goes_on(towns: Visit) -> None:
    page = towns.page
    one = cell(page, "both = pd.DataFrame({name:")
    before = cell(page, "pair = agreement(")
    before.evaluate("(c) => c.editor.focus()")
    one.evaluate("(c) => { const fold = c.element.querySelector('details'); if (fold) fold.open = true; }")
    page.keyboard.press("Shift+Enter")
    settled(page)
    assert "Ran in" in before.evaluate("(c) => c.says.textContent")
    assert page.evaluate("document.activeElement.closest('div.cell') !== null")
    assert not before.evaluate("(c) => c.element.contains(document.activeElement)")


def test_an_error_is_told_in_the_readers_lines(towns: Visit) -> None:
    page = towns.page
    shown = edit(page, "Jaccard index: {pair", "bounds = [10, 5]\nsize_class(toy['people'], bounds)")
    assert "ValueError" in shown and "line 2" in shown and "methods/towns.py" in shown
    assert "The whole traceback" in shown
    shown = edit(page, "Jaccard index: {pair", "for town in towns\n    pass")
    assert "SyntaxError" in shown and "line 1" in shown
    shown = edit(page, "Jaccard index: {pair", "import geopandas")
    assert "ModuleNotFoundError" in shown
    reset(page, "Jaccard index: {pair")
    towns.clean()


def test_a_package_that_the_chapter_does_not_use_is_loaded_when_imported(towns: Visit) -> None:
    shown = edit(towns.page, "Jaccard index: {pair", "from sklearn.cluster import KMeans\nKMeans(2, n_init=1, random_state=0).fit([[0], [1], [9]]).labels_.tolist()")
    assert "[1, 1, 0]" in shown or "[0, 0, 1]" in shown
    reset(towns.page, "Jaccard index: {pair")
    towns.clean()


def test_interact_answers(towns: Visit) -> None:
    page = towns.page
    box = page.locator("div.cell.tag_needs-kernel")
    assert len(cell(page, "interact(label_covers").evaluate("(c) => c.outputs")) == 1      # its semicolon keeps the function unsaid
    first = box.locator(".live-output").inner_text()
    assert "towns under" in first
    slider = box.get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("(before) => document.querySelector('div.cell.tag_needs-kernel .live-output').innerText.match(/towns under [\\d,]+/)[0] !== before",
                           arg=first[first.index("towns under"):].split(" people")[0], timeout=LONG)
    box.locator("select").select_option("people")
    page.wait_for_function("document.querySelector('div.cell.tag_needs-kernel .live-output').innerText.includes('of the people')", timeout=LONG)
    assert box.locator("pre").all_inner_texts()
    towns.clean()


OWN = """from widgets.explorer import number

class Mine(Towns):
    name = "mine"
    bound = number(20_000, 200_000, 100_000, "under", step=1_000, stored=[100_000])

mine = Mine()
mine"""


def test_a_readers_own_explorer_answers_for_any_value(towns: Visit) -> None:
    """A control that the reader gives more values: moved from the keyboard, the picture follows Python's answer."""
    page = towns.page
    edit(page, "Jaccard index: {pair", OWN)
    page.wait_for_selector("div.cell .explorer input[max='200000']", timeout=LONG)
    place = page.locator("div.cell .explorer").filter(has=page.locator("input[max='200000']"))
    place.locator("input[max='200000']").focus()
    page.keyboard.press("ArrowRight")
    said = Towns().sentence(bound=101_000)
    page.wait_for_function("""(words) => [...document.querySelectorAll('div.cell .explorer')].some((e) => e.explorer.plan.name === 'mine'
        && e.querySelector('.sentence').innerText === words && e.dataset.state?.includes('bound=101000'))""", arg=said, timeout=LONG)
    assert place.locator("canvas").count() >= 2
    reset(page, "Jaccard index: {pair")
    towns.clean()


def test_the_notebook_holds_the_readers_code(towns: Visit, tmp_path: Path) -> None:
    page = towns.page
    edit(page, "Jaccard index: {pair", "print('mine')")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download as notebook").click()
    saved.value.save_as(tmp_path / "mine.ipynb")
    notebook = nbformat.read(tmp_path / "mine.ipynb", 4)
    nbformat.validate(notebook)
    sources = [one.source for one in notebook.cells if one.cell_type == "code"]
    copy = json.loads((SITE / "_sources" / "chapters" / "01_towns.ipynb").read_text("utf-8"))
    assert "print('mine')" in sources and len(sources) == sum(one["cell_type"] == "code" for one in copy["cells"])
    reset(page, "Jaccard index: {pair")


# ---- a reader's own files
TOWNS = b"town,people\nAuriac,1200\nBelmont,3400\n"
DROP = """([name, text, target, kind]) => {
    const held = new DataTransfer();
    held.items.add(new File([text], name));
    const event = new DragEvent(kind, {dataTransfer: held, bubbles: true, cancelable: true});
    document.querySelector(target).dispatchEvent(event);
    return event.defaultPrevented;
}"""


def bring(page: Page, *files: Any) -> str:
    """Choose files with the button, as paths or as names and bytes; give back what the bar says of them."""
    page.evaluate("document.querySelector('.live').live.say('')")
    page.get_by_label("Bring a file").set_input_files([one if isinstance(one, Path) else
        {"name": one[0], "mimeType": "text/csv", "buffer": one[1]} for one in files])
    return told(page)


def told(page: Page) -> str:
    page.wait_for_function("document.querySelector('.live-page .now').innerText", timeout=LONG)
    return page.inner_text(".live-page .now [role=status]").strip()


def test_a_file_is_brought_with_the_button(towns: Visit) -> None:
    page = towns.page
    assert bring(page, ("towns.csv", TOWNS)) == 'towns.csv (37 bytes) is here, in this page only: pd.read_csv("towns.csv") reads it.'
    assert "4600" in edit(page, "Jaccard index: {pair", 'int(pd.read_csv("towns.csv")["people"].sum())')
    reset(page, "Jaccard index: {pair")
    towns.clean()


def test_a_dropped_file_does_the_same(towns: Visit) -> None:
    """Dropped on an editor, which would otherwise write the file into its code."""
    page = towns.page
    page.evaluate("document.querySelector('.live').live.say('')")
    before = page.evaluate("document.querySelector('.live').live.cells.map((c) => c.editor.get())")
    assert page.evaluate(DROP, ["dropped.csv", "a,b\n1,41\n", ".live-editor .cm-content", "dragover"])
    assert page.locator(".live-drop").is_visible()
    assert page.evaluate(DROP, ["dropped.csv", "a,b\n1,41\n", ".live-editor .cm-content", "drop"])
    assert page.locator(".live-drop").is_hidden()
    assert told(page) == 'dropped.csv (9 bytes) is here, in this page only: pd.read_csv("dropped.csv") reads it.'
    assert page.evaluate("document.querySelector('.live').live.cells.map((c) => c.editor.get())") == before
    assert "41" in edit(page, "Jaccard index: {pair", 'int(pd.read_csv("dropped.csv")["b"][0])')
    reset(page, "Jaccard index: {pair")
    towns.clean()


# name, bytes, code that uses the line which the bar gives, what it then shows
LINES = [("semi.csv", b"town;share\nA;12,5\n", "float({line}['share'][0] * 2)", "25.0"),
         ("accents.csv", "town,n\nLod\xe8ve,3\n".encode("latin-1"), "{line}['town'][0]", "Lod\xe8ve"),
         ("tabs.tsv", b"town\tn\nA\t17\n", "int({line}['n'][0])", "17"),
         ("rows.json", b'[{"n": 23}]', "int({line}['n'][0])", "23"),
         ("shapes.geojson", b'{"type": "FeatureCollection", "features": []}', "{line}['type']", "FeatureCollection"),
         ("note.txt", b"a line", "{line}.upper()", "A LINE"),
         ("e\u0301te\u0301 1.dat", b"abc", "len({line}), open('\xe9t\xe9 1.dat').read()", "(3, 'abc')")]


def test_the_line_that_the_bar_gives_reads_the_file(towns: Visit) -> None:
    page = towns.page
    for name, content, code, shows in LINES:
        line = bring(page, (name, content)).split("in this page only: ")[1].rsplit(" reads it", 1)[0].rsplit(" gives its", 1)[0]
        *before, line = line.split("; ")
        assert shows in edit(page, "Jaccard index: {pair", "\n".join([*before, code.format(line=line)])), name
    assert "save the table as CSV" in bring(page, ("book.xlsx", b"PK"))
    reset(page, "Jaccard index: {pair")
    towns.clean()


def test_what_is_not_taken_is_told_and_not_written(towns: Visit, tmp_path: Path) -> None:
    page = towns.page
    most, large = tmp_path / "most.dat", tmp_path / "large.csv"
    for path, size in ((most, 20_000_000), (large, 20_000_001)):
        with path.open("wb") as out:
            out.truncate(size)
    assert bring(page, most).startswith("most.dat (20.0 MB) is here")
    assert bring(page, large) == "large.csv is larger than 20 MB, the most that a page takes: nothing was written."
    assert bring(page, ("empty.csv", b"")) == "empty.csv is empty: nothing was written."
    module = "{} was not taken, since Python could mistake it for a module: paste its code into a cell."
    assert bring(page, ("pandas.py", b"1")) == module.format("pandas.py")
    both = bring(page, ("Data.PYC", b"1"), ("..\\up\t\u202eward.csv", b"a\n1\n"))
    assert both.startswith(module.format("Data.PYC") + " upward.csv (4 bytes) is here"), both
    shown = edit(page, "Jaccard index: {pair", "import os\nprint(sorted(os.listdir()), os.listdir('..'))")
    assert "upward.csv" in shown.split("]")[0]
    assert not [name for name in ("large", "empty", "pandas", "Data") if name in shown], shown
    reset(page, "Jaccard index: {pair")
    towns.clean()


def test_axe_finds_nothing_serious_while_python_is_on(towns: Visit) -> None:
    page = towns.page
    assert violations(page, serious=True) == []


# ---- the memory that Python begins with, and what is loaded later
def test_a_large_package_comes_when_something_of_it_is_used(served: str, visit: Open) -> None:
    seen = visit(f"{served}chapters/01_towns.html")
    asked: list[str] = []
    seen.page.context.on("request", lambda request: asked.append(request.url))
    page = switch_on(seen)
    assert [one for one in asked if "/memory.zip" in one], "the requests of Python's worker are not seen here"
    edit(page, "pair = agreement(", "from methods import counts\nhasattr(counts.scipy, '__file__'), pd.DataFrame({'a': [1]})")
    assert not [one for one in asked if "/scipy-" in one]
    assert "0.5" in edit(page, "pair = agreement(", "float(counts.scipy.stats.binom.pmf(1, 2, 0.5))")
    assert len([one for one in asked if "/scipy-" in one]) == 1
    assert "Loading" not in page.inner_text(".live-page .now")
    seen.clean()


@pytest.mark.parametrize(("part", "change", "words"), [
    ("layout", {"lies": []}, "does not fit"), ("memory", {"sha256": "0" * 64}, "Failed to fetch"), ("files", {"sha256": "0" * 64}, "")],
    ids=["unfit", "another memory", "other files"])
def test_without_its_memory_python_begins_from_nothing(part: str, change: dict[str, Any], words: str, served: str, visit: Open) -> None:
    """A browser in which it does not fit, a file that is not the one that was kept: slower, and the same Python."""
    seen = visit(f"{served}chapters/01_towns.html")
    about = json.loads((SITE / "live" / "pyodide" / "memory.json").read_text("utf-8"))
    about[part] |= change
    seen.page.context.route("**/memory.json*", lambda route: route.fulfill(body=json.dumps(about)))
    told: list[str] = []
    seen.page.on("console", lambda message: told.append(message.text))
    page = switch_on(seen)
    assert [one for one in told if one.startswith("Python begins from nothing") and words in one], told
    assert "('x', 2)" in edit(page, "pair = agreement(", "pd.Series(['x', 'x']).value_counts().reset_index().apply(tuple, axis=1)[0]")


# ---- stop, reload, an explorer that no cell was run for
def test_brought_files_stay_until_a_reload(served: str, visit: Open) -> None:
    seen = visit(f"{served}chapters/01_towns.html", width=390, height=844)
    page = seen.page
    assert not page.evaluate(DROP, ["towns.csv", "a", "body", "drop"])     # Python is off: the browser does as it always does
    page = switch_on(seen)
    one = cell(page, "pair = agreement(")
    one.evaluate("(c) => { c.editor.set('while True:\\n    pass'); c.page.run(c); }")
    page.wait_for_function("(c) => c.busy", arg=one, timeout=LONG)
    assert bring(page, ("towns.csv", TOWNS)) == "towns.csv waits until the cell that runs is done."
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Stop", exact=True).click()
    page.wait_for_function("document.querySelector('.live-page .now').innerText.includes('towns.csv is still here')", timeout=LONG)
    one.evaluate("""(c) => { c.editor.set('import pandas as pd\\nint(pd.read_csv("towns.csv")["people"].sum())'); return c.page.run(c); }""")
    assert "4600" in one.evaluate("(c) => c.output.innerText")

    page.get_by_role("button", name="Switch Python off").click()
    assert page.locator(".live-drop").count() == 0
    assert not page.evaluate(DROP, ["towns.csv", "a", "body", "drop"])
    page.reload()
    page = switch_on(seen)
    assert "still here" not in page.inner_text(".live-page .now")
    one = cell(page, "pair = agreement(")
    one.evaluate("(c) => { c.editor.set('import os\\nprint(os.listdir())'); return c.page.run(c); }")
    assert "towns.csv" not in one.evaluate("(c) => c.output.innerText")
    seen.clean()


def test_stopped_kept_and_reset(served: str, visit: Open) -> None:
    seen = visit(f"{served}chapters/01_towns.html", width=390, height=844)
    page = switch_on(seen)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    one = cell(page, "pair = agreement(")
    one.evaluate("(c) => { c.editor.set('while True:\\n    pass'); c.page.run(c); }")
    page.wait_for_function("(c) => c.busy", arg=one, timeout=LONG)
    one.evaluate("(c) => c.running.click()")
    page.wait_for_function("document.querySelector('.live-page .now').innerText.includes('forgotten')", timeout=LONG)
    assert not one.evaluate("(c) => c.busy")

    one.evaluate("(c) => { c.editor.set('print(6 * 7)'); return c.page.run(c); }")
    assert "42" in one.evaluate("(c) => c.output.innerText")
    page.reload()
    page = switch_on(seen)
    assert "1 cell" in page.inner_text(".live")
    one = cell(page, "pair = agreement(")
    assert one.evaluate("(c) => c.editor.get()") == "print(6 * 7)"
    page.get_by_role("button", name="Reset page").click()
    page.wait_for_function("document.querySelector('.live-page .now').innerText.includes('forgotten')", timeout=LONG)
    assert one.evaluate("(c) => c.editor.get() === c.original")
    assert page.evaluate("localStorage.getItem('live:' + location.pathname)") is None

    page.get_by_role("button", name="Switch Python off").click()
    assert page.locator(".live-cell, .live-editor").count() == 0
    assert page.locator(".live-switch").is_enabled()


def test_a_stored_explorer_comes_alive_where_it_stands(served: str, visit: Open) -> None:
    """With no cell run for it, the explorer of the page takes its choices along and answers for other values."""
    seen = visit(f"{served}chapters/01_towns.html#towns:bound=50000")
    page = switch_on(seen)
    page.locator("[data-explorer=towns]").first.scroll_into_view_if_needed()
    page.wait_for_selector(".live-explorer .explorer[data-state]", timeout=LONG)
    state = page.locator(".live-explorer .explorer").get_attribute("data-state")
    assert "bound=50000" in state
    slider = page.locator(".live-explorer input[type=range]").first
    assert slider.is_visible()
    seen.clean()
