"""Voilà, for projecting a chapter: with the network cut, charts, explorer and `interact` are alive.

`make kit-drill` runs this beside the kit's own tests; Voilà is in the drill's environment.
"""
from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, Visit
from tests.live import LONG

VOILA = ROOT / "_build" / "drill" / "bin" / "voila"
CHAPTER = ROOT / "_build" / "html" / "_sources" / "chapters" / "01_towns.ipynb"
PORT = 18866
ICONS = "https://cdn.jsdelivr.net/npm/@fortawesome/"         # what Voilà's own page asks another host for; book/room.md says so


@pytest.fixture
def projected(tmp_path: Path) -> Iterator[str]:
    """The address at which Voilà shows the first chapter."""
    shutil.copyfile(CHAPTER, tmp_path / CHAPTER.name)
    environment = {**os.environ, "HOME": str(tmp_path), "PATH": f"{VOILA.parent}:{os.environ['PATH']}"}
    going = subprocess.Popen([VOILA, str(tmp_path / CHAPTER.name), "--no-browser", f"--port={PORT}", "--Voila.ip=127.0.0.1"], env=environment,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{PORT}/"
    for _ in range(240):
        with contextlib.suppress(OSError), urllib.request.urlopen(address + "voila/static/voila.js", timeout=5):
            break
        assert going.poll() is None, "Voilà stopped"
        time.sleep(0.5)
    yield address
    going.terminate()
    going.wait(30)


def test_a_chapter_is_projected_and_answers(projected: str, visit: Callable[..., Visit]) -> None:
    seen = visit("about:blank")
    page = seen.page
    page.set_default_timeout(LONG)
    page.goto(projected, timeout=LONG)
    page.wait_for_selector(".explorer canvas", timeout=LONG)
    page.wait_for_selector(".widget-interact .noUi-handle", timeout=LONG)
    assert page.locator("h1").first.inner_text().startswith("What is a town?")
    sentence = page.locator(".explorer .sentence").first
    before = sentence.inner_text()
    page.locator(".explorer input[type=range]").first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("(words) => document.querySelector('.explorer .sentence').innerText !== words", arg=before, timeout=LONG)
    box = page.locator(".widget-interact").first
    said = box.inner_text()
    box.locator(".noUi-handle").first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("(words) => document.querySelector('.widget-interact').innerText !== words", arg=said, timeout=LONG)
    assert page.locator(".vega-embed").count() > 3
    assert not [address for address in seen.left if not address.startswith(ICONS)], seen.left
