"""What a chapter weighs, when a reader first sees it, and how fast its explorers answer: on the built site.

    python -m tests.bench.pages
"""

from __future__ import annotations

import gzip
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.bench import live
from tests.bench.explorer import CHANGES, LIMITS, _timed, moves
from tests.browser.test_explorers import PLACED, made
from tests.conftest import BROWSERS, QUIET, ROOT, SITE

__all__ = ["main", "report"]

PAGE = ROOT / "book" / "measured.md"
HEAVIEST, FIRST_VIEW = 1_500_000, 1_500     # bytes gzipped; milliseconds, slowed fourfold


def first_visit(browser: Browser, page_file: Path) -> dict[str, Any]:
    """Bytes that a first visit loads, gzipped, and milliseconds to the first view on a processor slowed fourfold."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    files: set[Path] = set()
    page.on("request", lambda r: files.add(Path(r.url.split("?")[0].split("#")[0].removeprefix("file://"))))
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(page_file.as_uri())
    page.wait_for_timeout(3000)
    seen = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    page.close()
    weight = sum(len(gzip.compress(file.read_bytes(), 9)) for file in files if file.is_file())
    return {"page": page_file.stem, "weight": weight, "first view": seen}


def answers(browser: Browser, chapter: str, name: str, address: str) -> dict[str, Any]:
    """How fast an explorer answers in its chapter, slowed fourfold."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((SITE / "chapters" / f"{chapter}.html").as_uri())
    page.wait_for_function(f"document.querySelector('[data-explorer={name}]').dataset.state")
    found = _timed(page, name, moves(made(address), CHANGES), 4)
    page.close()
    return {"explorer": name, **found}


def report(visits: list[dict[str, Any]], timed: list[dict[str, Any]], python: list[dict[str, Any]]) -> str:
    """The page of the book that prints the measures."""
    lines = ["# Measured", "", "Made by `make bench` on the machine that built this edition; another machine gives other times. The processor is "
             "slowed fourfold, as on an old telephone, and the site is read from files.", "", "## A first visit", "",
             "| page | loads, gzipped | first view |", "|---|---|---|"]
    lines += [f"| {v['page']} | {v['weight'] / 1000:,.0f} kB | {v['first view'] / 1000:.1f} s |" for v in visits]
    lines += ["", f"Aims: under {HEAVIEST / 1000:,.0f} kB and {FIRST_VIEW / 1000:.1f} s.", "", "## An explorer's answer", "",
              f"From an input to the chart drawn, and painted; {CHANGES - 8} changes, median and 95th percentile, milliseconds.", "",
              "| explorer | drawn | painted |", "|---|---|---|"]
    lines += [f"| {t['explorer']} | {t['drawn']:.0f} / {t['drawn late']:.0f} | {t['painted']:.0f} / {t['painted late']:.0f} |" for t in timed]
    return "\n".join([*lines, "", f"Aims: medians under {LIMITS['drawn']:.0f} and {LIMITS['painted']:.0f}, 95th percentile under "
                      f"{LIMITS['slowest']:.0f}.", "", *(live.lines(python) if python else [])])


def main() -> bool:
    program = os.environ.get("BOOK_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        visits = [first_visit(browser, page) for page in sorted((SITE / "chapters").glob("*.html"))]
        timed = [answers(browser, *placed) for placed in PLACED]
        python = live.measure(browser.browser_type, program) if (SITE / "live").is_dir() else []
        browser.close()
    text = report(visits, timed, python)
    PAGE.write_text(text, "utf-8")
    print(text)
    light = all(v["weight"] < HEAVIEST and v["first view"] < FIRST_VIEW for v in visits)
    fast = all(t["drawn"] < LIMITS["drawn"] and t["painted"] < LIMITS["painted"] and t["painted late"] < LIMITS["slowest"] for t in timed)
    fast = fast and all(one[what] < live.AIMS[what] for one in python for what in ("first", "again"))
    print("within the aims" if light and fast else "over an aim")
    return light and fast


if __name__ == "__main__":
    sys.exit(not main())
