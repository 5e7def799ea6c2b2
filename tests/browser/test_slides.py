"""The decks of slides, from files and with the network cut: every slide is drawn, fits its height, and can be read."""
from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from book._make import slides
from book._make.chapters import sources
from tests.conftest import Visit

Open = Callable[..., Visit]
NAMES = [path.stem for path in sources()]
NAMES = NAMES if os.environ.get("BOOK_DRILL") else NAMES[:1]        # all of them in `make drill`
FITTED = "Reveal.getCurrentSlide().dataset.fitted"


@pytest.fixture(scope="module")
def decks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    out = tmp_path_factory.mktemp("slides")
    slides.write(NAMES, out)
    yield out


@pytest.mark.parametrize("name", NAMES)
def test_a_deck_opens_from_a_file_and_every_slide_fits(name: str, decks: Path, visit: Open) -> None:
    seen = visit((decks / f"{name}.html").as_uri(), width=1280, height=720)
    page = seen.page
    page.wait_for_function("globalThis.Reveal?.isReady()")
    total, sections = page.evaluate("[Reveal.getTotalSlides(), document.querySelectorAll('.slides > section').length]")
    assert total > sections > 10
    bad, charts, maps = [], 0, 0
    for number in range(total):
        page.wait_for_function(FITTED, timeout=60_000)
        found = page.evaluate("""(() => { const slide = Reveal.getCurrentSlide(), inside = slide.querySelector('.fit'), box = inside.getBoundingClientRect();
            const wide = [...inside.querySelectorAll('table, pre, figure, svg')].map((e) => e.getBoundingClientRect().right);
            return { zoom: Number(slide.dataset.fitted), bottom: box.bottom, right: Math.max(box.right, ...wide), top: box.top,
                     charts: inside.querySelectorAll("figure.book-chart[data-drawn='yes'] svg").length, all: inside.querySelectorAll('figure.book-chart').length,
                     maps: inside.querySelectorAll('iframe[srcdoc]').length, waiting: inside.querySelectorAll('iframe[data-srcdoc]').length,
                     words: inside.innerText.trim().length + inside.querySelectorAll('svg, iframe').length }; })()""")
        charts, maps = charts + found["charts"], maps + found["maps"]
        if found["bottom"] > 720 or found["right"] > 1280 or found["top"] < 0 or found["zoom"] < 0.55 or found["charts"] < found["all"] or \
                found["waiting"] or not found["words"]:
            bad.append({"slide": number + 1, **found})
        page.evaluate("Reveal.next()")
    assert not bad, "\n".join(map(str, bad))
    assert charts and maps
    seen.clean()


@pytest.mark.parametrize("name", NAMES)
def test_a_map_has_its_size_when_its_slide_is_shown(name: str, decks: Path, visit: Open) -> None:
    seen = visit((decks / f"{name}.html").as_uri(), width=1280, height=720)
    page = seen.page
    page.wait_for_function("globalThis.Reveal?.isReady()")
    at = page.evaluate("""(() => { const all = Reveal.getSlides(), n = all.findIndex((s) => s.querySelector('iframe')), { h, v } = Reveal.getIndices(all[n]);
        Reveal.slide(h, v); return n; })()""")
    assert at > 0
    page.wait_for_function(FITTED)
    frame = next(f for f in page.frames if f.parent_frame)
    frame.wait_for_selector(".leaflet-container", timeout=20_000)
    size = frame.evaluate("[document.querySelector('.leaflet-container').clientWidth, document.querySelector('.leaflet-container').clientHeight]")
    assert size[0] > 600 and size[1] > 300
    seen.clean()


def test_a_deck_loads_nothing_but_what_lies_beside_it(decks: Path) -> None:
    for path in decks.glob("*.html"):
        text = re.sub(r"<script type=\"application/json\">.*?</script>", "", path.read_text("utf-8"), flags=re.DOTALL)
        for address in re.findall(r"<(?:script|link|img|iframe)[^>]*?(?:src|href)=\"([^\"]+)\"", text):
            assert address.startswith("data:") or (decks / address).is_file(), f"{path.name} loads {address}"
