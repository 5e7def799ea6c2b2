"""Every page of the built site, in a real browser, with the network cut."""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.axe import violations
from tests.conftest import SITE, Visit

PAGES = sorted(str(p.relative_to(SITE)) for p in SITE.rglob("*.html") if not {"_static", "lite"} & set(p.parts) and p != SITE / "index.html")
each_page = pytest.mark.parametrize("name", PAGES)
Open = Callable[..., Visit]


def settle(seen: Visit) -> None:
    """Wait until every chart is drawn and every map is there."""
    page = seen.page
    page.evaluate("document.querySelectorAll('iframe').forEach((f) => { f.loading = 'eager'; })")
    page.wait_for_function("[...document.querySelectorAll('figure.book-chart')].every((f) => f.dataset.drawn)", timeout=20_000)
    page.wait_for_load_state("networkidle")


def test_the_pages_are_there() -> None:
    assert {"search.html", "genindex.html", "book/index.html", "book/how_to_read.html", "chapters/01_towns.html"} <= set(PAGES)


def test_the_front_door_leads_in(served: str, visit: Open) -> None:
    seen = visit(served)
    seen.page.wait_for_url("**/book/index.html")
    seen.clean()


@each_page
def test_asks_nobody_and_works(name: str, served: str, visit: Open) -> None:
    seen = visit(served + name)
    settle(seen)
    seen.clean()


@each_page
def test_no_sideways_scroll_on_a_phone(name: str, served: str, visit: Open) -> None:
    seen = visit(served + name, width=390, height=844)
    settle(seen)
    wide = seen.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390, f"{name} is {wide} pixels wide on a screen of 390"
    seen.clean()


@each_page
def test_opens_as_a_file(name: str, visit: Open) -> None:
    seen = visit((SITE / name).as_uri())
    settle(seen)
    seen.clean()


@each_page
def test_pictures_have_words(name: str, served: str, visit: Open) -> None:
    seen = visit(served + name)
    settle(seen)
    bare = seen.page.evaluate("""[
        ...[...document.images].filter((i) => !i.alt && i.getAttribute("role") !== "presentation").map((i) => i.src.slice(0, 80)),
        ...[...document.querySelectorAll("figure.book-chart .drawing")].filter((d) => (d.getAttribute("aria-label") ?? "").length < 40).map(() => "chart"),
        ...[...document.querySelectorAll("iframe")].filter((f) => !f.title).map(() => "frame"),
    ]""")
    assert not bare, f"without words: {bare}"


@each_page
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious(name: str, dark: bool, served: str, visit: Open) -> None:
    seen = visit(served + name, dark=dark)
    settle(seen)
    assert seen.page.evaluate("document.documentElement.dataset.theme") == ("dark" if dark else "light")
    assert violations(seen.page, serious=True, dark=dark) == []


def test_search_finds_a_word(served: str, visit: Open) -> None:
    seen = visit(served + "search.html?q=trajectory")
    seen.page.wait_for_selector("#search-results li", timeout=10_000)
    seen.clean()
    assert "Glossary" in seen.page.inner_text("#search-results")


def test_a_map_shows_the_towns(served: str, visit: Open) -> None:
    seen = visit(served + "chapters/01_towns.html")
    settle(seen)
    frame = next(f for f in seen.page.frames if f.parent_frame)
    frame.wait_for_selector(".leaflet-container canvas", timeout=10_000)
    frame.locator(".leaflet-control-layers-overlays label").nth(1).wait_for(state="attached")
    seen.clean()


def test_a_table_is_searched_and_saved(served: str, visit: Open, tmp_path: Path) -> None:
    seen = visit(served + "chapters/01_towns.html")
    settle(seen)
    long = seen.page.locator("figure.book-table:has(input[type=search])").first
    long.locator("input[type=search]").fill("cholet")
    expect(long.locator("tbody tr").first).to_contain_text("Cholet")
    assert long.locator("tbody tr").count() < 5
    with seen.page.expect_download() as saved:
        long.get_by_text("Download these figures").click()
    saved.value.save_as(tmp_path / "figures.csv")
    lines = (tmp_path / "figures.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) > 2_000
    assert any("Cholet" in line for line in lines)
