"""From notebook to page: charts, maps, cells that need a kernel, minutes, mends, carried JavaScript."""
from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from queue import Empty

import nbformat
import pytest

from book._make.carry import carried
from book._make.chapters import in_slices, read_text, run

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

from mend import mend_page  # noqa: E402
from minutes import EXERCISE, planned_minutes  # noqa: E402
from notebooks import VEGALITE, chart_html, one_fold, page_view  # noqa: E402
from vendor import copy_vendor, join_vega  # noqa: E402

SPEC = {"mark": "bar", "title": {"text": "A < B", "subtitle": "why"}, "description": 'a "quoted" word', "data": {"values": [{"t": "</script>"}]}}


def cell(source: str, outputs: list | None = None, **metadata: object) -> dict:
    return {"cell_type": "code", "source": source, "metadata": metadata, "outputs": outputs or [], "execution_count": 1, "id": "a"}


def test_a_chart_keeps_its_title_words_and_data() -> None:
    page = chart_html(SPEC)
    assert "<figcaption>A &lt; B<span>why</span></figcaption>" in page
    assert 'aria-label="a &quot;quoted&quot; word"' in page
    assert page.count("</script>") == 1
    inside = page.split('json">')[1].split("</script>")[0]
    assert json.loads(inside)["data"] == SPEC["data"]


def test_the_page_view_leaves_the_notebook_alone() -> None:
    notebook = {"cells": [cell("x", [{"output_type": "display_data", "data": {VEGALITE: SPEC}, "metadata": {}}]),
                          cell("interact(f)", tags=["needs-kernel"], still=[{"output_type": "stream", "name": "stdout", "text": "first"}])],
                "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    before = json.dumps(notebook)
    chart, live = page_view(notebook)["cells"]
    assert json.dumps(notebook) == before
    assert "book-chart" in chart["outputs"][0]["data"]["text/html"]
    assert "moves when Python runs" in live["outputs"][0]["data"]["text/html"]
    assert live["outputs"][1]["text"] == "first"


def test_folded_cells_in_a_row_make_one_fold() -> None:
    number = {"output_type": "display_data", "data": {}, "metadata": {"scrapbook": {"name": "n"}}}
    shown = {"output_type": "stream", "name": "stdout", "text": "seen"}
    fold = {"tags": ["hide-input"]}
    cells = [cell("a", [number], **fold), cell("b", [shown], **fold), cell("c", **fold), cell("d")]
    assert [(c["source"], len(c["outputs"])) for c in one_fold(cells)] == [("a\n\nb", 2), ("c", 0), ("d", 0)]


def test_a_map_loads_the_sites_own_leaflet() -> None:
    frame = '<iframe srcdoc="&lt;script data-carried=&quot;leaflet/leaflet.js&quot;&gt;long code&lt;/script&gt;&lt;p&gt;"></iframe>'
    view = page_view({"cells": [cell("m", [{"output_type": "execute_result", "data": {"text/html": frame}, "metadata": {}}])]}, "../_static/vendor/")
    shown = view["cells"][0]["outputs"][0]["data"]["text/html"]
    assert "long code" not in shown
    assert "&lt;script src=&quot;../_static/vendor/leaflet/leaflet.js&quot;&gt;&lt;/script&gt;&lt;p&gt;" in shown


def test_minutes_follow_the_formula() -> None:
    notebook = {"cells": [{"cell_type": "markdown", "source": "word " * 359 + "{exercise}", "metadata": {}}, cell("a = 1\n# note\n\nb = 2\n" * 3)]}
    assert planned_minutes(notebook) == {"reading": 2, "looking": 0, "code": 1, "questions": 0, "exercises": EXERCISE, "all": 15}


def test_mends_are_made_once() -> None:
    page = '<script src="../_static/scripts/fontawesome.js?digest=1"></script>\n<div role="list" class="citation-list"><summary aria-label="Toggle hidden content">'
    page += '<body data-bs-spy="scroll" data-bs-target=".bd-toc-nav">'
    better = mend_page(page)
    assert "fontawesome" not in better and 'role="list"' not in better and "Toggle" not in better
    assert 'data-bs-target="#pst-page-toc-nav"' in better
    assert mend_page(better) == better
    below = '<p>from <span class="pasted-text">-0.8%</span> to <span class="pasted-text">+0.2%</span>, <span class="pasted-text">Saint-Chamond</span></p>'
    assert mend_page(below) == below.replace("-0.8%", "−0.8%")


def test_the_carried_leaflet_is_the_pinned_one() -> None:
    for name, text in carried().items():
        assert (ROOT / "widgets" / "carried" / name).read_text("utf-8") == text, f"{name} differs from the npm package: run `make carry`"
    pinned = json.loads((ROOT / "package.json").read_text())["dependencies"]["leaflet"]
    assert f"Leaflet {pinned}" in carried()["leaflet.js"]


def test_the_lock_holds_hashes_and_no_addresses() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: p for name, p in lock["packages"].items() if name}
    assert packages and all(p["integrity"].startswith("sha512-") for p in packages.values())
    assert not any("resolved" in p for p in packages.values())


def test_vega_is_one_script_and_a_missing_folder_is_explained(tmp_path: Path) -> None:
    joined = join_vega()
    assert joined.startswith("if(!globalThis.bookVega)")
    assert "sourceMappingURL" not in joined
    with pytest.raises(FileNotFoundError, match="npm ci"):
        copy_vendor(tmp_path, tmp_path / "node_modules")


CHAPTER = '''# %% [markdown]
# # Toy

# %%
x = {x}
print(x)

# %% tags=["needs-kernel", "nbval-ignore-output"]
from ipywidgets import interact
interact(lambda n: print("n is", n), n=(1, 5, 1));
'''


def test_a_chapter_runs_to_the_same_bytes_and_keeps_a_still(tmp_path: Path) -> None:
    path = tmp_path / "01_toy.py"
    path.write_text(CHAPTER.format(x="6 * 7"))
    first = run(path)
    assert first == run(path)
    notebook = nbformat.reads(first, 4)
    assert notebook.cells[1].outputs[0].text == "42\n"
    assert notebook.cells[2].outputs == []
    assert "n is 3" in notebook.cells[2].metadata["still"][0]["text"]
    assert [c.id for c in notebook.cells] == [c.id for c in read_text(path).cells]


def test_a_message_whose_signal_is_lost_is_heard() -> None:
    asked: list[float] = []

    async def get(timeout: float) -> str:
        asked.append(timeout)
        await asyncio.sleep(0)
        if len(asked) < 3:
            raise Empty
        return "reply"

    assert asyncio.run(in_slices(get)(timeout=600)) == "reply" and asked == [1.0] * 3
    asked.clear()
    assert asyncio.run(in_slices(get)()) == "reply"         # a wait without an end

    async def never(timeout: float) -> str:
        await asyncio.sleep(timeout)
        raise Empty

    with pytest.raises(Empty):
        asyncio.run(in_slices(never, 0.01)(timeout=0.03))


def test_what_is_printed_in_pieces_is_kept_in_one(tmp_path: Path) -> None:
    path = tmp_path / "01_toy.py"
    path.write_text("# %%\nimport sys, time\nfor n in range(3):\n    print(n)\n    sys.stdout.flush()\n    time.sleep(0.4)\n")
    assert [out.text for out in nbformat.reads(run(path), 4).cells[0].outputs] == ["0\n1\n2\n"]


def test_a_warning_in_a_chapter_stops_it(tmp_path: Path) -> None:
    path = tmp_path / "01_toy.py"
    path.write_text(CHAPTER.format(x="__import__('warnings').warn('old') or 1"))
    with pytest.raises(ValueError, match=r"01_toy\.py: a cell writes a warning"):
        run(path)
