"""How fast an explorer answers in a page: from the input to the drawing, and to the next painted frame.

    python -m tests.bench.explorer [module:Class]       the demonstration on real towns when none is named

Each change moves one control by its own input event. *Drawn* is when every chart has been drawn, *painted* when the frame
that shows it has been made. The processor is slowed by the browser itself.
"""
from __future__ import annotations

import importlib
import json
import os
import random
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.conftest import BROWSERS, QUIET
from tests.demonstrations import write_page

__all__ = ["LIMITS", "measure", "table"]

LIMITS = {"drawn": 50.0, "painted": 75.0, "slowest": 150.0}       # ms, slowed fourfold: two medians, one 95th percentile
CHANGES = 60
MOVE = """async ([name, choices]) => {
  const el = document.querySelector(`[data-explorer="${name}"]`), id = (c) => document.getElementById(`${el.explorer.id}-${c}`);
  const frame = () => new Promise((done) => requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel();
    port1.onmessage = done; port2.postMessage(0); }));
  const times = [];
  for (const [control, position] of choices) {
    await new Promise((done) => setTimeout(done, 60));
    const input = id(control), drawn = new Promise((done) => el.addEventListener("explorer:drawn", done, { once: true }));
    if (input.tagName === "SELECT") input.selectedIndex = position; else input.value = position;
    const start = performance.now();
    input.dispatchEvent(new Event("input"));
    await drawn;
    const middle = performance.now();
    await frame();
    times.push([middle - start, performance.now() - start]);
  }
  return times;
}"""


def moves(explorer: Any, count: int) -> list[tuple[str, int]]:
    """Changes that all change something: a control, and the position that it takes."""
    chance = random.Random(63)
    kinds = ("choice", "ordered", "number", "timeline")
    lists = {name: about["stored"] for name, about in explorer.controls.items() if about["kind"] in kinds}
    now, found = {name: stored.index(getattr(explorer, name)) for name, stored in lists.items()}, []
    while len(found) < count:
        name = chance.choice(list(lists))
        at = chance.choice([i for i in range(len(lists[name])) if i != now[name]])
        now[name] = at
        found.append((name, at))
    return found


def _timed(page: Page, name: str, changes: list[tuple[str, int]], slowed: int) -> dict[str, Any]:
    tools = page.context.new_cdp_session(page)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
    page.evaluate("(name) => document.querySelector(`[data-explorer='${name}']`).explorer.reset()", name)
    page.wait_for_timeout(500)
    page.evaluate(MOVE, [name, changes[:8]])                    # the first ones also compile what they run
    times = page.evaluate(MOVE, [name, changes[8:]])
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    found: dict[str, Any] = {"slowed": slowed}
    for i, what in enumerate(("drawn", "painted")):
        values = [pair[i] for pair in times]
        found |= {what: statistics.median(values), f"{what} late": statistics.quantiles(values, n=20)[-1]}
    return found


def measure(explorer: Any, program: str) -> list[dict[str, Any]]:
    """Medians and 95th percentiles, in milliseconds, at full speed and slowed fourfold."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        address = write_page(Path(folder), explorer).as_uri()
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address)
        page.wait_for_function(f"document.querySelector({json.dumps(f'[data-explorer={explorer.name}]')}).dataset.state")
        found = [_timed(page, explorer.name, moves(explorer, CHANGES), slowed) for slowed in (1, 4)]
        browser.close()
    return found


def table(explorer: Any, found: list[dict[str, Any]]) -> str:
    """The measures as a small table."""
    rows = max(len(frame) for frame in explorer.tables().values())
    lines = [f"{explorer.name}: {rows:,} points, {len(explorer.specs())} charts, {CHANGES - 8} changes; "
             "ms, median / 95th percentile", "| processor | drawn | painted |", "|---|---|---|"]
    lines += [f"| {'slowed fourfold' if one['slowed'] == 4 else 'full speed'} | {one['drawn']:.0f} / {one['drawn late']:.0f} "
              f"| {one['painted']:.0f} / {one['painted late']:.0f} |" for one in found]
    return "\n".join(lines)


def main() -> int:
    program = os.environ.get("BOOK_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)))
    module, _, name = (sys.argv[1] if len(sys.argv) > 1 else "tests.demonstrations:Paths").partition(":")
    explorer = getattr(importlib.import_module(module), name)()
    found = measure(explorer, program)
    print(table(explorer, found))
    slow = found[-1]
    good = slow["drawn"] < LIMITS["drawn"] and slow["painted"] < LIMITS["painted"] and slow["painted late"] < LIMITS["slowest"]
    print("within the limits" if good else f"over the limits {LIMITS}")
    return not good


if __name__ == "__main__":
    sys.exit(main())
