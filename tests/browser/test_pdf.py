"""The printed book: a PDF with its pages, its outline, every chart, explorer and map as a picture, and nothing asked of another host."""
from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from book._make import pdf
from tests.conftest import SITE

# One chapter, a page of text and the one with a look of its own on paper in `make test`; the whole book in `make drill`.
NAMES = pdf.pages() if os.environ.get("BOOK_DRILL") else ["book/how_to_read", "book/my_town", "chapters/04_arrival"]


@pytest.fixture(scope="module")
def printed(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a printed book; `browser` skips where there is no Chromium."""
    out = tmp_path_factory.mktemp("pdf")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "sync_playwright", lambda: Running(browser))
        pdf.write(NAMES, out)
    yield out


class Running:
    """A Playwright that hands out the browser of the tests: a second one cannot be started beside it."""

    def __init__(self, browser: Browser) -> None:
        self.browser = self.chromium = self
        self.running = browser

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave it open for other tests."""

    def launch(self, **_: object) -> Running:
        return self

    def new_context(self, **options: object) -> object:
        return self.running.new_context(**options)

    def close(self) -> None:
        """As above."""


def test_the_pdf_has_pages_and_an_outline(printed: Path) -> None:
    data = (printed / "book.pdf").read_bytes()
    assert data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Type\s*/Page\b", data)) > 8 * len(NAMES) / 2
    assert b"/Outlines" in data and b"/StructTreeRoot" in data


def test_every_chart_explorer_and_map_is_a_picture(printed: Path) -> None:
    document = BeautifulSoup((printed / "book.html").read_text("utf-8"), "html.parser")
    for name in NAMES:
        page = BeautifulSoup((SITE / f"{name}.html").read_text("utf-8"), "html.parser").select_one("article.bd-article")
        paper = document.find(id=name.replace("/", "-"))
        assert len(paper.select("figure.book-chart .drawing svg")) == len(page.select("figure.book-chart"))
        assert len(paper.select("img.still")) == len(page.select("iframe"))
        for explorer in paper.select(".book-explorer"):
            assert explorer.select(".book-pictures svg") and explorer.select("table tbody tr") and explorer.select(".credit")
        assert len(paper.select(".book-explorer")) == len(page.select(".book-explorer"))
    assert not document.select("script, iframe, button, form")


def test_nothing_in_the_document_is_elsewhere(printed: Path) -> None:
    document = BeautifulSoup((printed / "book.html").read_text("utf-8"), "html.parser")
    for part in document.select("link[href], img[src], image"):
        address = part.get("href") or part.get("src") or part.get("xlink:href")
        assert address.startswith("data:") or (printed / address).exists() or address.startswith("../"), address
    names = [part["id"] for part in document.find_all(id=True)]
    assert len(names) == len(set(names)), "two places of one name"
    lost = {link["href"][1:] for link in document.find_all("a", href=re.compile("^#"))} - set(names)
    assert not lost, f"links that lead nowhere: {sorted(lost)[:10]}"
