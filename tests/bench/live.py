"""How long Python in the page takes to start and to answer, and what it loads: on the built site, served from this machine.

    python -m tests.bench.live
"""

from __future__ import annotations

import functools
import http.server
import json
import os
import re
import shutil
import statistics
import tempfile
import threading
from html import unescape
from typing import Any

from playwright.sync_api import BrowserType, Page, sync_playwright

from tests.browser.test_explorers import PLACED
from tests.conftest import BROWSERS, QUIET, SITE, Visit
from tests.live import LONG, run_all, switch_on

__all__ = ["measure", "lines", "AIMS"]

AIMS = {"first": 5.0, "again": 3.0, "answer": 0.15}     # seconds
CHANGES = 12
REST = 5000             # milliseconds for the browser to write down what it has compiled


def _served() -> tuple[http.server.ThreadingHTTPServer, str]:
    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def end_headers(self) -> None:
            self.send_header("Cache-Control", "max-age=600")        # as GitHub Pages does
            super().end_headers()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}/"


def _first_result(page: Page, address: str) -> float:
    """Seconds from the press of the switch to the end of the first cell."""
    page.goto(address, wait_until="networkidle")
    began = page.evaluate("performance.now()")
    switch_on(Visit(page))
    return (page.evaluate("performance.now()") - began) / 1000


def _answers(page: Page, name: str) -> float:
    """Median seconds from a choice to the picture drawn with Python's answer."""
    took = page.evaluate("""async ([name, changes]) => {
        const front = [...document.querySelectorAll('.live-output .explorer')].map((e) => e.explorer).find((f) => f.plan.name === name);
        const control = front.grid.find((c) => c.kind === 'ordered' || c.kind === 'number') ?? front.grid[0], times = [];
        for (let i = 0; i < changes; i++) {
            const now = front.model.get(control.name), other = control.stored.find((v) => JSON.stringify(v) !== JSON.stringify(now));
            const began = performance.now(), drawn = new Promise((done) => front.el.addEventListener('explorer:drawn', () => done(true), {once: true}));
            front.put(control.name, other);
            const late = new Promise((done) => setTimeout(() => done(false), 20000));
            if (await Promise.race([drawn, late])) times.push(performance.now() - began);
        }
        return times;
    }""", [name, CHANGES])
    if len(took) < CHANGES // 2:
        raise RuntimeError(f"the explorer {name} answered {len(took)} of {CHANGES} choices")
    return statistics.median(took) / 1000


def measure(chromium: BrowserType, program: str) -> list[dict[str, Any]]:
    """For each chapter: megabytes, first result, second visit, and the answer of its explorers; each in a browser of its own.

    A reader's browser keeps files, and what it has compiled, on its disk: so does this one.
    """
    server, home = _served()
    found = []
    for path in sorted((SITE / "chapters").glob("*.html")):
        text = path.read_text("utf-8")
        about = json.loads(unescape(re.search(r'data-live="([^"]*)"', text)[1]))
        with tempfile.TemporaryDirectory() as profile:
            context = chromium.launch_persistent_context(profile, executable_path=program, args=QUIET, viewport={"width": 1280, "height": 900})
            page, address = context.new_page(), f"{home}chapters/{path.name}"
            page.set_default_timeout(LONG)
            first = _first_result(page, address)
            page.wait_for_timeout(REST)
            again = _first_result(page, address)
            run_all(page)
            answers = {name: _answers(page, name) for chapter, name, _ in PLACED if chapter == path.stem}
            found.append({"page": path.stem, "bytes": about["bytes"], "first": first, "again": again, "answers": answers})
            context.close()
    server.shutdown()
    server.server_close()
    return found


def lines(found: list[dict[str, Any]]) -> list[str]:
    """The part of the page of measures that tells it."""
    told = ["## Python in the page", "", "From the press of *Run the code here* to the result of the first cell; once with nothing kept in the "
            "browser, once on a second visit. Not slowed. An explorer's "
            f"answer: from a choice to the picture drawn with what Python computed, median of {CHANGES}.", "",
            "| page | loads, as kept | first result | second visit | explorer's answer |", "|---|---|---|---|---|"]
    told += [f"| {one['page']} | {one['bytes'] / 1e6:.0f} MB | {one['first']:.1f} s | {one['again']:.1f} s | "
             f"{', '.join(f'{seconds * 1000:.0f} ms' for seconds in one['answers'].values()) or '–'} |" for one in found]
    return [*told, "", f"Aims: {AIMS['first']:.0f} s, {AIMS['again']:.0f} s and {AIMS['answer'] * 1000:.0f} ms.", ""]


if __name__ == "__main__":
    program = os.environ.get("BOOK_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)))
    with sync_playwright() as playwright:
        print("\n".join(lines(measure(playwright.chromium, program))))
