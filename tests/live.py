"""What the tests of live Python share: a page with Python on, and outputs compared by what they say."""
from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.conftest import SITE, Visit

__all__ = ["LONG", "Visit", "switch_on", "run_all", "chapter_cells", "differences", "cell", "settled"]

LONG = 300_000      # milliseconds: a shared machine may be slow; nothing here waits for its own sake
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
VIEW = "application/vnd.jupyter.widget-view+json"


def switch_on(seen: Visit) -> Page:
    """Press the switch and wait until the first cell has run."""
    page = seen.page
    page.click(".live-switch")
    page.wait_for_function("document.querySelector('.live').dataset.state === 'on'", timeout=LONG)
    page.wait_for_function("/^(edited )?(ran|failed)$/.test(document.querySelector('div.cell').dataset.live)", timeout=LONG)
    return page


def settled(page: Page) -> None:
    """Wait until no cell runs or waits."""
    page.wait_for_function("document.querySelector('.live').live.order.then(() => true)", timeout=LONG)


def run_all(page: Page) -> None:
    """Run every cell of the page, and wait for the last."""
    page.evaluate("document.querySelector('.live').live.runAll().then((well) => { globalThis.allRan = String(well); })")
    page.wait_for_function("globalThis.allRan", timeout=LONG)


def cell(page: Page, text: str) -> Any:
    """The first cell whose code holds a text: an element handle of the page's own object."""
    return page.evaluate_handle("(text) => document.querySelector('.live').live.cells.find((c) => c.original.includes(text))", text)


def chapter_cells(chapter: Path) -> list[dict[str, Any]]:
    """The code cells of a committed notebook, as the page joins them: with each exercise's stub, without a question's code."""
    import sys
    sys.path.insert(0, str(SITE.parents[1] / "book" / "_ext"))
    from exercises import tagged, with_stubs
    from notebooks import asks, one_fold
    cells = json.loads(chapter.read_text("utf-8"))["cells"]
    joined = [one for one in one_fold(with_stubs(cells)) if one["cell_type"] == "code" and not (tagged(one, "hide-input") and asks(one))]
    return [{**one, "source": "".join(one["source"])} for one in joined]


def _chart(spec: dict[str, Any]) -> str:
    """A chart as text; its tables in the order in which it draws them, since their names are made from their digits."""
    rest = json.dumps({key: value for key, value in spec.items() if key != "datasets"}, sort_keys=True)
    names = dict.fromkeys(re.findall(r"\bdata-[0-9a-f]{32}\b", rest))
    return rest + "".join(f" {name}: {json.dumps(spec['datasets'][name], sort_keys=True)}" for name in names)


def _texts(output: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What an output says, by type; names made from data are numbered, since a last digit changes them."""
    data = output.get("data") or {output.get("name", "error"): output.get("text", output.get("evalue", ""))}
    glued = output.get("metadata", {}).get("scrapbook", {}).get("name", "")
    for kind, value in sorted(data.items()):
        if kind != VIEW:
            text = value if isinstance(value, str) else "".join(value) if isinstance(value, list) else _chart(value)
            names = dict.fromkeys(re.findall(r"\bdata-[0-9a-f]{32}\b|0x[0-9a-f]+\b", text))
            for number, name in enumerate(names, 1):
                text = text.replace(name, f"NAME{chr(64 + number)}")
            # the browser's Python counts in 32 bits where the kernel's counts in 64: the name of a column of counts says so
            yield f"{glued} {kind}".strip(), text.replace("dtype: int32", "dtype: int64")


def _joined(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Pieces of one stream put together."""
    joined: list[dict[str, Any]] = []
    for one in outputs:
        one = {**one, "text": "".join(one["text"])} if "text" in one else one
        if joined and one["output_type"] == "stream" and joined[-1].get("name") == one["name"]:
            joined[-1] = {**joined[-1], "text": joined[-1]["text"] + one["text"]}
        else:
            joined.append(one)
    return joined


def differences(live: list[dict[str, Any]], committed: list[dict[str, Any]], close: float = 2e-5) -> list[str]:
    """Where two lists of outputs do not say the same: words to the letter, numbers to five significant digits."""
    live, committed = _joined(live), _joined(committed)
    if len(live) != len(committed):
        return [f"{len(live)} outputs instead of {len(committed)}: {json.dumps(live)[:600]}"]
    found = []
    for mine, theirs in zip(map(dict, map(_texts, live)), map(dict, map(_texts, committed)), strict=True):
        if set(mine) != set(theirs):
            found.append(f"{sorted(mine)} instead of {sorted(theirs)}")
        for kind in set(mine) & set(theirs):
            a, b = mine[kind], theirs[kind]
            pairs = list(zip(NUMBER.findall(a), NUMBER.findall(b), strict=False))
            apart = [(x, y) for x, y in pairs if not math.isclose(float(x), float(y), rel_tol=close, abs_tol=1e-9)]
            if apart or NUMBER.sub("#", a) != NUMBER.sub("#", b):
                at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), 0)
                found.append(f"{kind}: {a[max(at - 60, 0):at + 60]!r} instead of {b[max(at - 60, 0):at + 60]!r}; numbers apart: {apart[:5]}")
    return found
