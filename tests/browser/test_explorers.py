"""The explorers of the built book, in a browser with the network cut: every one, every control, drawn as computed."""
from __future__ import annotations

import importlib
import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import SITE, Visit
from tests.moving import alive, check_drawn_as_computed, drawn, name_of
from widgets.explorer import RECORD, Explorer

Open = Callable[..., Visit]


def placed() -> list[tuple[str, str, str]]:
    """Chapter, name and class of every explorer that a committed notebook shows."""
    found = []
    for path in sorted((SITE.parents[1] / "chapters").glob("*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            records = [out["data"][RECORD] for out in cell.get("outputs", []) if RECORD in out.get("data", {})]
            found += [(path.stem, record["name"], record["explorer"]) for record in records]
    return found


PLACED = placed()
each = pytest.mark.parametrize(("chapter", "name", "address"), PLACED, ids=[name for _, name, _ in PLACED])


@cache
def made(address: str) -> Explorer:
    module, name = address.split(":")
    return getattr(importlib.import_module(module), name)()


def test_there_are_explorers() -> None:
    assert {"towns", "trajectories"} <= {name for _, name, _ in PLACED}


@each
def test_drawn_as_computed(chapter: str, name: str, address: str, served: str, visit: Open) -> None:
    seen = visit(f"{served}chapters/{chapter}.html")
    check_drawn_as_computed(alive(seen), name, made(address))
    seen.clean()


def controls(page: Page, name: str) -> list[Locator]:
    """The inputs that change a choice: not the search for a place."""
    return page.locator(f"[data-explorer={name}]").locator("select, input[type=range], input[type=checkbox]").all()


@each
@pytest.mark.parametrize("by", ["keyboard", "mouse"])
def test_every_control_moves(chapter: str, name: str, address: str, by: str, served: str, visit: Open) -> None:
    """By keyboard on the site served from a sub-path, by mouse on its files."""
    seen = visit(f"{served}chapters/{chapter}.html" if by == "keyboard" else (SITE / "chapters" / f"{chapter}.html").as_uri())
    page, place = alive(seen), f"[data-explorer={name}]"
    for control in controls(page, name):
        label = control.evaluate("(e) => (e.labels?.[0]?.innerText ?? e.ariaLabel ?? '').trim()")
        assert label, "a control without a name"
        before = control.evaluate("(e) => e.type === 'checkbox' ? String(e.checked) : e.value")
        tag = control.evaluate("(e) => e.type")
        if by == "keyboard":
            control.focus()
            at_end = tag == "range" and control.evaluate("(e) => e.value === e.max")
            page.keyboard.press("Space" if tag == "checkbox" else "ArrowLeft" if at_end else "ArrowDown" if tag == "select-one" else "ArrowRight")
        elif tag == "range":
            control.scroll_into_view_if_needed()
            box = control.bounding_box()
            page.mouse.click(box["x"] + 4, box["y"] + box["height"] / 2)
        elif tag == "checkbox":
            control.click()
        else:
            control.select_option(index=1 if control.evaluate("(e) => e.selectedIndex") != 1 else 0)
        after = control.evaluate("(e) => e.type === 'checkbox' ? String(e.checked) : e.value")
        assert after != before, f"{label!r} does not move by {by}"
    page.wait_for_timeout(300)                      # for a problem that would come late
    expect(page.locator(f"{place}[data-problem]")).to_have_count(0)
    seen.clean()


@each
def test_the_link_restores_the_state(chapter: str, name: str, address: str, served: str, visit: Open) -> None:
    explorer = made(address)
    last = explorer.grid()[-1]
    seen = visit(f"{served}chapters/{chapter}.html")
    page = alive(seen)
    drawn(page, name, [last])
    page.wait_for_function("location.hash.length > 1")
    link = page.evaluate("location.href")
    again = alive(visit(link))
    assert again.locator(f"[data-explorer={name}]").get_attribute("data-state") == name_of(last)
    assert again.locator(f"[data-explorer={name}] .sentence").inner_text() == explorer.sentence(**last)


@each
def test_sentence_and_table_agree_as_a_file_and_on_a_phone(chapter: str, name: str, address: str, visit: Open) -> None:
    explorer, seen = made(address), visit((SITE / "chapters" / f"{chapter}.html").as_uri(), width=390, height=844)
    page = alive(seen)
    place = page.locator(f"[data-explorer={name}]")
    place.locator("summary").first.click()
    expected: Any = explorer.tables()[explorer.table]
    shown = place.locator("tbody tr")
    expect(shown).to_have_count(len(expected) if len(expected) <= 25 else 21)       # a longer table: ten rows from each end, and a gap
    plain = re.sub(r"[,%\s]", "", shown.first.inner_text())
    assert plain.startswith(re.sub(r"[,%\s]", "", str(expected.iloc[0, 0])))
    assert place.locator(".sentence").inner_text() == explorer.sentence()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    seen.clean()
