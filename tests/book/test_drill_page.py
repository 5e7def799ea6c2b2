"""The page of the drill says what its last result says, and its arithmetic is right."""
from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.drill.report import LAST, PAGE, WAIT, cores_for, memory_for, report
from tests.drill.web import counts, first_visits

HUB = {"students": 20, "chapter": "02_trajectories", "cells": 1580, "errors": [], "load before": 0.2, "together MB": 8200,
       "server seconds": {"median": 30.0, "most": 41.0}, "chapter seconds": {"median": 170.0, "most": 190.0},
       "processor seconds": {"median": 18.0, "most": 19.0}, "memory MB": {"median": 390.0, "most": 400.0},
       "hub": {"memory MB": 250.0, "processor seconds": 20.0}}
WEB = {"requests": 20000, "visitors": 50, "seconds": 8.0, "requests a second": 2500, "files a visit": 25.0, "MB a visit": 2.4, "lost": 0,
       "lost by its log": 0, "load before": 0.3}
RESULT = {"date": "2026-01-01", "machine": {"cores": 2, "memory GB": 24.0, "system": "Linux", "python": "3.11.7"}, "hub": HUB, "web": WEB}


def test_the_arithmetic_by_hand() -> None:
    # 1 + 0.25 + 30 × 0.4 = 13.25; 1 + 0.25 + 200 × 0.4 = 81.25
    assert (memory_for(30, HUB), memory_for(200, HUB)) == (14, 82)
    # 30 × 18 ÷ 120 = 4.5; 200 × 18 ÷ 120 = 30 exactly
    assert (cores_for(30, HUB), cores_for(200, HUB)) == (5, 30)
    assert WAIT == 120


def test_the_page_prints_the_formula_and_what_follows_from_it() -> None:
    page = report(RESULT)
    assert "1 GB + 250 MB + students × 400 MB" in page and "| 30 | 14 GB | 5 |" in page and "| 200 | 82 GB | 30 |" in page
    assert "students × 18.0 processor seconds ÷ 120 seconds" in page
    assert "no cell failed" in page and "none was lost" in page and "100 first visits a second" in page
    assert "2 cores and 24 GB" in page and "doing little else" in page


def test_a_busy_machine_and_a_failure_are_told() -> None:
    page = report({**RESULT, "hub": {**HUB, "errors": ["student03: TimeoutError: no kernel"], "load before": 9.0}, "web": {**WEB, "lost": 7}})
    assert "doing other work too (load average 9.0" in page
    assert "**1 failures**: student03: TimeoutError: no kernel" in page and "no cell failed" not in page
    assert "**7 were lost**" in page and "none was lost" not in page


def test_the_books_page_is_the_last_results() -> None:
    assert PAGE.read_text("utf-8") == report(json.loads(LAST.read_text("utf-8"))), "run `python -m tests.drill.report`"


SAID = """finished in 2.21s, 2261.34 req/s, 185.50MB/s
requests: 5000 total, 5000 started, 5000 done, 4990 succeeded, 10 failed, 4 errored, 6 timeout
status codes: 4990 2xx, 0 3xx, 10 4xx, 0 5xx
"""


def test_what_the_load_tool_says_is_read() -> None:
    found = counts(SAID)
    assert (found["seconds"], found["requests a second"], found["succeeded"], found["failed"], found["2xx"], found["4xx"]) == \
        (2.21, 2261.34, 4990, 10, 4990, 10)
    assert counts(SAID.replace("2.21s", "850.00ms"))["seconds"] == pytest.approx(0.85)


def test_a_first_visit_is_a_page_and_what_it_loads_by_itself(tmp_path: Path) -> None:
    for name in ("chapters/a.html", "_static/book.css", "_static/kit.js", "chapters/late.js"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "chapters" / "a.html").write_text(
        '<link rel="stylesheet" href="../_static/book.css?v=1"><link rel="next" href="b.html"><script src="../_static/kit.js"></script>'
        '<script src="missing.js"></script><script src="https://elsewhere.org/x.js"></script><a href="late.js">later</a>')
    assert first_visits(tmp_path) == ["/chapters/a.html", "/_static/book.css", "/_static/kit.js"]
