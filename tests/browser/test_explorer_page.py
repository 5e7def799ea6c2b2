"""An explorer in a page with no Python and no network: every control, every state, the address, the files, the words."""
from __future__ import annotations

import csv
import functools
import http.server
import io
import itertools
import json
import random
import re
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Download, Locator, Page, expect

from tests.axe import violations
from tests.conftest import Visit
from tests.demonstrations import Paths, Toy, write_page
from tests.moving import alive, check_drawn_as_computed, drawn
from widgets.explorer import Explorer

FIRST = "bound=10000&year=1990&parts=north&parts=south&parts=east&measure=people&grain=1&far=true"
Open = Callable[..., Visit]


@pytest.fixture(scope="session")
def explorers() -> dict[str, Explorer]:
    return {"toy": Toy(), "paths": Paths()}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, explorers: dict[str, Explorer]) -> Path:
    folder = tmp_path_factory.mktemp("explorers")
    write_page(folder, *explorers.values())
    return folder


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    """The page, served."""
    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing: the tests report."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/index.html"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(visit: Open, address: str) -> Iterator[Page]:
    seen = visit(address)
    yield alive(seen)
    seen.clean()


def place_of(page: Page) -> Locator:
    return page.locator("[data-explorer=toy]")


def in_state(page: Page, state: str | re.Pattern[str]) -> None:
    """Wait until the toy is in a state: the whole of it, or a pattern."""
    expect(place_of(page)).to_have_attribute("data-state", state)


# ---- it lives, wherever it is opened
def test_alive_when_served(visit: Open, address: str, explorers: dict[str, Explorer]) -> None:
    seen = visit(address)
    page = alive(seen)
    for name, explorer in explorers.items():
        place = page.locator(f"[data-explorer={name}]")
        assert place.locator(".sentence").inner_text() == explorer.sentence()
        assert place.locator("canvas").count() == 3
    seen.clean()


def test_alive_as_a_file(visit: Open, folder: Path) -> None:
    seen = visit((folder / "index.html").as_uri())
    in_state(alive(seen), FIRST)
    seen.clean()


def test_words_and_table_without_scripts(visit: Open, address: str, explorers: dict[str, Explorer]) -> None:
    seen = visit(address, java_script_enabled=False)
    place = seen.page.locator("[data-explorer=toy]")
    assert place.locator(".sentence").inner_text() == explorers["toy"].sentence()
    assert place.locator("tbody tr").count() == len(explorers["toy"].tables()["sizes"])
    assert "toy figures" in place.inner_text()


@pytest.mark.parametrize("width", [320, 390])
def test_no_sideways_scroll_on_a_phone(visit: Open, address: str, width: int) -> None:
    seen = visit(address, width=width, height=844)
    assert alive(seen).evaluate("document.documentElement.scrollWidth") <= width
    seen.clean()


# ---- each control, by keyboard and by mouse
@pytest.mark.parametrize(("label", "keys", "expected"), [
    ("Large from", ["ArrowRight"], "bound=20000"), ("Large from", ["Home"], "bound=2000"),
    ("Census", ["End"], "year=2020"), ("the east", ["Space"], "parts=north&parts=south&measure"),
    ("Bars show", ["ArrowDown"], "measure=towns"), ("Counts rounded", ["ArrowRight"], "grain=1000"),
    ("Keep towns under 1,000 inhabitants", ["Space"], "far=false")])
def test_keyboard_moves_each_control(page: Page, label: str, keys: list[str], expected: str) -> None:
    page.locator("[data-explorer=toy]").get_by_label(label, exact=True).focus()
    for key in keys:
        page.keyboard.press(key)
    in_state(page, re.compile(re.escape(expected)))


def test_tab_reaches_every_control_in_order(page: Page) -> None:
    page.locator("h1").click()
    order = []
    for _ in range(12):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.closest('.control')?.innerText.split('\\n')[0].trim()"))
    seen = [words for words, _ in itertools.groupby(order)]
    assert seen[:9] == ["Large from", "Census", "Parts kept", "Bars show", "Counts rounded", "Keep towns under 1,000 inhabitants",
                        "Find a town", "Show only towns that are", "Reset"]


def test_mouse_moves_each_control(page: Page) -> None:
    toy = page.locator("[data-explorer=toy]")
    for label in ("Large from", "Counts rounded"):
        box = toy.get_by_label(label, exact=True).bounding_box()
        page.mouse.click(box["x"] + box["width"] - 3, box["y"] + box["height"] / 2)
    toy.get_by_label("the east").click()
    toy.get_by_label("Keep towns under 1,000 inhabitants").click()
    toy.get_by_label("Bars show").select_option(label="towns")
    in_state(page, "bound=20000&year=1990&parts=north&parts=south&measure=towns&grain=1000&far=false")
    toy.get_by_role("button", name="Reset").click()
    in_state(page, FIRST)


def test_time_plays_and_pauses(page: Page) -> None:
    toy = page.locator("[data-explorer=toy]")
    toy.get_by_role("button", name="Play").focus()
    page.keyboard.press("Enter")
    expect(toy.get_by_role("button", name="Pause")).to_be_visible()
    page.wait_for_function("document.querySelector('[data-explorer=toy]').dataset.state.includes('year=2020')")
    toy.get_by_role("button", name="Play").wait_for()               # it stops at the last date by itself


def test_the_last_box_stays_ticked(page: Page) -> None:
    toy = page.locator("[data-explorer=toy]")
    for part in ("the north", "the east"):
        toy.get_by_label(part).click()
    toy.get_by_label("the south").click()
    assert toy.get_by_label("the south").is_checked()
    expect(toy).to_contain_text("At least 1 must stay ticked")
    in_state(page, re.compile("parts=south&measure"))


def test_a_combination_that_is_not_held_is_said(page: Page) -> None:
    toy = page.locator("[data-explorer=toy]")
    toy.get_by_label("the north").click()
    page.wait_for_function("document.querySelector('[data-explorer=toy]').dataset.problem")
    expect(toy.locator(".sentence")).to_contain_text("does not hold that combination")
    in_state(page, FIRST)                                            # the picture stays
    toy.get_by_label("the north").click()
    expect(page.locator("[data-explorer=toy][data-problem]")).to_have_count(0)


# ---- the figures
@pytest.mark.parametrize("name", ["toy", "paths"])
def test_what_is_drawn_is_what_was_computed(page: Page, explorers: dict[str, Explorer], name: str) -> None:
    check_drawn_as_computed(page, name, explorers[name])


def test_charts_that_add_up_follow(page: Page, explorers: dict[str, Explorer]) -> None:
    """A sum that Vega makes itself is right after rows have changed in place."""
    choices = {**explorers["toy"].chosen(), "year": "2020", "grain": 1000}
    drawn(page, "toy", [choices])
    sums = page.evaluate("document.querySelector('[data-explorer=toy]').explorer.views[2].view.data('data_0')"
                         ".map((r) => [r.part, r.sum_people ?? r['sum_people']])")
    towns = explorers["toy"].tables(**choices)["towns"]
    assert dict(sums) == towns.groupby("part")["people"].sum().to_dict()


def test_table_and_sentence_agree(page: Page, explorers: dict[str, Explorer]) -> None:
    toy = page.locator("[data-explorer=toy]")
    toy.get_by_text("The figures as a table").click()
    toy.locator("thead").wait_for()
    for choices in random.Random(4).sample(explorers["toy"].grid(), 12):
        drawn(page, "toy", [choices])
        shown = toy.locator("tbody tr").evaluate_all("(rows) => rows.map((r) => [...r.cells].map((c) => c.innerText))")
        sizes = explorers["toy"].tables(**choices)["sizes"]
        assert [row[:4] for row in shown] == [[size, f"{towns:,}", f"{people:,}", f"{share:.1%}"]
                                              for size, towns, people, share, _ in sizes.itertuples(index=False)]
        assert all(f"{r[1]} {r[0]}" in toy.locator(".sentence").inner_text() for r in shown)


def test_heads_of_the_table_keep_their_order(page: Page) -> None:
    toy = page.locator("[data-explorer=toy]")
    toy.get_by_text("The figures as a table").click()
    toy.locator("thead").wait_for()
    assert toy.locator("thead th").all_inner_texts() == ["size", "towns", "people", "share", "bar"]


# ---- linked selection and search
def check_lit(page: Page, pick: dict[str, bool] | None) -> None:
    """Wait until every chart has the same sizes lit."""
    page.wait_for_function("""(pick) => document.querySelector('[data-explorer=toy]').explorer.views
        .every(({ view }) => JSON.stringify(view.signal('pick')) === pick)""", arg=json.dumps(pick, separators=(",", ":")))


def test_a_click_lights_the_same_in_every_chart(page: Page) -> None:
    box = page.locator("[data-explorer=toy] .picture").nth(1).locator("canvas").bounding_box()
    page.mouse.click(box["x"] + 90, box["y"] + 40)                   # the bar of large towns
    check_lit(page, {"large": True})
    shown = page.locator("[data-explorer=toy]").get_by_label("Show only towns that are")
    assert shown.evaluate("(s) => s.selectedOptions[0].text") == "large"
    page.mouse.click(box["x"] + 90, box["y"] + 40)
    check_lit(page, None)


def test_the_list_lights_too(page: Page) -> None:
    page.locator("[data-explorer=toy]").get_by_label("Show only towns that are").select_option(label="small")
    check_lit(page, {"small": True})


def test_a_brush_lights_what_is_inside(page: Page) -> None:
    box = page.locator("[data-explorer=toy] .picture").nth(0).locator("canvas").bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 100, box["y"] + 50, steps=4)          # a1 (small) at 12, 12; b1 (large) at 20, 20
    page.mouse.up()
    check_lit(page, {"small": True, "large": True})
    page.mouse.move(box["x"] + 33, box["y"] + 110)
    page.mouse.down()
    page.mouse.move(box["x"] + 2, box["y"] + 2, steps=4)             # a1 alone
    page.mouse.up()
    check_lit(page, {"small": True})
    page.locator("[data-explorer=toy]").get_by_label("Show only towns that are").select_option(label="large")
    check_lit(page, {"large": True})
    assert page.evaluate("document.querySelector('[data-explorer=toy]').explorer.views[0].view.data('brush_store').length") == 0


@pytest.mark.parametrize(("typed", "offered"), [
    ("breV", ["Brévigny"]), ("ste oeuvre", ["Sainte-Œuvre"]), ("eze", ["Éze"]), ("l'hay", ["L’Haÿ"]),
    ("corb", ["Corbeil (a3)", "Corbeil (a4)"]), ("zzz", [])])
def test_search_takes_no_notice_of_accents(page: Page, typed: str, offered: list[str]) -> None:
    toy = page.locator("[data-explorer=toy]")
    toy.get_by_label("Find a town").press_sequentially(typed)
    expect(toy.locator("li:visible")).to_have_text(offered)


def test_a_found_place_is_ringed_and_written_out(page: Page) -> None:
    toy = page.locator("[data-explorer=toy]")
    toy.get_by_label("Find a town").press_sequentially("eze")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    ring = toy.locator(".ring")
    ring.wait_for()
    expect(toy.locator(".row")).to_have_text("Éze: people 21000; size large.")
    box, canvas = ring.bounding_box(), toy.locator("canvas").first.bounding_box()
    assert box["x"] + box["width"] / 2 - canvas["x"] == pytest.approx(0.88 * 220, abs=2)
    assert box["y"] + box["height"] / 2 - canvas["y"] == pytest.approx(0.88 * 220, abs=2)
    toy.get_by_label("Census", exact=True).press("End")
    in_state(page, FIRST.replace("1990", "2020"))
    expect(toy.locator(".row")).to_have_text("Éze: people 24500; size large.")
    toy.get_by_role("button", name="Clear").click()
    expect(ring).to_have_count(0)
    expect(toy.locator(".row")).to_have_text("")


# ---- the address
def test_a_link_restores_the_state(visit: Open, address: str, browser: Any) -> None:
    seen = visit(address, permissions=["clipboard-read", "clipboard-write"])
    page = alive(seen)
    toy = page.locator("[data-explorer=toy]")
    toy.get_by_label("Counts rounded").press("End")
    toy.get_by_label("the east").click()
    toy.get_by_label("Show only towns that are").select_option(label="small")
    toy.get_by_label("Find a town").press_sequentially("dun")
    page.keyboard.press("Enter")
    page.locator("[data-explorer=paths]").get_by_label("Number of types").press("ArrowRight")
    toy.get_by_role("button", name="Copy link").click()
    page.get_by_text("Link copied").first.wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(address + "#")
    again = alive(visit(link))
    in_state(again, "bound=10000&year=1990&parts=north&parts=south&measure=people&grain=1000&far=true")
    expect(again.locator("[data-explorer=paths]")).to_have_attribute("data-state", "high=1.25&link=ward&largest=100000&k=6")
    expect(again.locator("[data-explorer=toy] .row")).to_have_text(re.compile("^Dun"))
    check_lit(again, {"small": True})


def test_a_new_fragment_in_the_same_page_is_followed(page: Page) -> None:
    page.evaluate("location.hash = '#toy:grain=1000&pick=large'")
    page.wait_for_function("document.querySelector('[data-explorer=toy]').dataset.state.includes('grain=1000')")
    check_lit(page, {"large": True})


def test_reset_leaves_a_clean_address(page: Page) -> None:
    toy = page.locator("[data-explorer=toy]")
    toy.get_by_label("Counts rounded").press("End")
    page.wait_for_function("location.hash.includes('grain=1000')")
    toy.get_by_role("button", name="Reset").click()
    page.wait_for_function("location.hash === ''")


BAD = ["bound=1e4", "bound=NaN", "bound=-1", "bound=99999", "bound=10001", "bound=0x2710", 'bound=<img src=x onerror="evil()">',
       "grain=<script>evil()</script>", "grain=constructor", "grain=__proto__", "year=2021", "year=javascript:evil()",
       "parts=west", "parts=", "measure=people%00", "far=1", "town=zz9", 'town="><img src=x onerror=evil()>', "pick=toString",
       "pick=<svg onload=evil()>", "__proto__=1", "%E0%A4%A=1", "_plan=x", "_states=x", "picked=large", "a.prototype.x=1"]


HARMLESS = """(() => { const { plan, model } = document.querySelector("[data-explorer=toy]").explorer;
  return window.hurt === undefined && ({}).x === undefined && !document.querySelector(".explorer :is(img, script, svg)")
  && plan.controls.every((c) => JSON.stringify(model.get(c.name)) === JSON.stringify(c.default)); })()"""


def test_an_address_can_inject_nothing(visit: Open, address: str) -> None:
    seen = visit("about:blank")
    seen.page.add_init_script("window.evil = () => { window.hurt = true; }")
    for opened in ("&".join(BAD), "&".join(reversed(BAD))):
        seen.page.goto("about:blank")
        seen.page.goto(f"{address}#toy:{opened}")
        page = alive(seen)
        in_state(page, FIRST)
        assert page.evaluate(HARMLESS)
    for bad in BAD:
        page.evaluate("(bad) => { location.hash = bad; }", f"#toy:{bad}")
        page.wait_for_timeout(80)                                   # for harm that would come late
        assert page.evaluate(HARMLESS), bad
        check_lit(page, None)
    seen.clean()


# ---- files
def kept(page: Page, button: str) -> bytes:
    with page.expect_download() as waiting:
        page.locator("[data-explorer=toy]").get_by_role("button", name=button).click()
    download: Download = waiting.value
    return Path(download.path()).read_bytes()


def test_the_table_is_downloaded_whole(page: Page, explorers: dict[str, Explorer]) -> None:
    text = kept(page, "Table (CSV)").decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(text)))
    assert [{k: str(v) for k, v in row.items()} for row in found] == [
        {k: (f"{v:g}" if isinstance(v, float) and v.is_integer() else str(v)) for k, v in row.items()}
        for row in explorers["toy"].tables()["sizes"].to_dict("records")]


def test_the_picture_is_whole(page: Page, explorers: dict[str, Explorer]) -> None:
    page.locator("[data-explorer=toy]").get_by_label("Find a town").press_sequentially("hem")
    page.keyboard.press("Enter")
    svg = ElementTree.fromstring(kept(page, "Picture (SVG)"))
    space = "{http://www.w3.org/2000/svg}"
    assert len(svg.findall(f"{space}svg")) == 4 and len(svg.findall(f"{space}circle")) == 1        # three charts, outlines, ring
    words = " ".join(text.text or "" for text in svg.findall(f"{space}text"))
    assert "Ten invented towns" in words and explorers["toy"].sentence() in words and "toy figures" in words
    png = kept(page, "Picture (PNG)")
    assert png.startswith(b"\x89PNG") and len(png) > 5000


# ---- everyone can use it, and what is missing shows
def test_axe_finds_nothing(page: Page) -> None:
    toy = page.locator("[data-explorer=toy]")
    for place in page.locator("details").all():
        place.locator("summary").click()
    toy.get_by_label("Find a town").press_sequentially("corb")
    page.keyboard.press("ArrowDown")
    assert violations(page) == []


def test_axe_would_find_a_control_without_a_label(page: Page) -> None:
    page.evaluate("document.querySelector('[data-explorer=toy] select').closest('.control').querySelector('label').remove()")
    assert any(found.startswith("select-name") for found in violations(page))


def test_a_screen_reader_hears_the_end_of_a_movement(page: Page) -> None:
    toy = page.locator("[data-explorer=toy]")
    page.wait_for_function("document.querySelector('[data-explorer=toy] .quiet').textContent")      # the first state is said
    page.evaluate("""() => {
        window.heard = [];
        new MutationObserver(() => heard.push(document.querySelector('[data-explorer=toy] .quiet').textContent))
          .observe(document.querySelector('[data-explorer=toy] .quiet'), { childList: true });
    }""")
    toy.get_by_label("Large from").evaluate("""(range) => {          // four moves at once, however slow the machine
        const moves = [() => { range.value = range.min; }, () => { range.value = range.max; }, () => range.stepDown(), () => range.stepUp()];
        for (const move of moves) { move(); range.dispatchEvent(new Event("input", { bubbles: true })); }
    }""")
    page.wait_for_function("heard.length")
    page.wait_for_timeout(300)                                       # for a second that would come late
    assert page.evaluate("heard") == [toy.locator(".sentence").inner_text()]


KERNEL = """async ([plan, fixed, live]) => {
  const bytes = (text) => new DataView(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer), heard = {};
  const values = { ...Object.fromEntries(plan.controls.map((c) => [c.name, c.default])), picked: [], _plan: plan, _fixed: bytes(fixed),
                   _live: { ...live, store: bytes(live.store) } };
  delete globalThis.bookVega;
  const model = { get: (k) => values[k], set: (k, v) => { values[k] = v; heard[`change:${k}`]?.(); }, on: (k, act) => { heard[k] = act; },
                  off() {}, save_changes() {}, send: () => setTimeout(() => heard["msg:custom"]({ kind: "vega" }, [])) };
  document.querySelector("main").replaceChildren(document.createElement("div"));
  await globalThis.bookExplorer.render({ model, el: document.querySelector("main div") });
}"""


def test_a_kernel_that_cannot_draw_shows_words_and_table(visit: Open, address: str, explorers: dict[str, Explorer]) -> None:
    seen, toy = visit(address), explorers["toy"]
    live = {**toy._live, "store": b64encode(toy._live["store"]).decode()}
    alive(seen).evaluate(KERNEL, [toy._plan, b64encode(toy._fixed).decode(), live])
    assert "pip install vl-convert-python" in seen.page.locator(".pictures").inner_text()
    assert seen.page.locator("tbody tr").count() == len(toy.tables()["sizes"])
    assert seen.page.locator(".sentence").inner_text() == toy.sentence()
    seen.page.get_by_label("Keep towns under 1,000 inhabitants").click()            # nobody answers
    expect(seen.page.locator(".explorer")).to_have_attribute("aria-busy", "true")


def test_the_same_explorer_twice_on_a_page(visit: Open, tmp_path: Path) -> None:
    address = write_page(tmp_path, Toy(), Toy(grain=1000)).as_uri()
    page = alive(visit(f"{address}#toy:far=false;toy-2:year=2020"))
    states = page.locator(".book-explorer").evaluate_all("(all) => all.map((e) => e.dataset.state)")
    assert states == [FIRST.replace("far=true", "far=false"), FIRST.replace("1990", "2020").replace("grain=1&", "grain=1000&")]
    page.get_by_role("button", name="Reset").nth(1).click()
    page.wait_for_function("location.hash === '#toy:far=false'")
    assert "grain=1000" in (page.locator(".book-explorer").nth(1).get_attribute("data-state") or "")


@pytest.mark.parametrize(("gone", "words"), [("vendor/vega.js", "script that draws"), ("explorers/toy.js", "scripts are missing"),
                                            ("explorers/_front.js", "scripts are missing")])
def test_a_missing_script_is_seen(visit: Open, folder: Path, tmp_path: Path, gone: str, words: str) -> None:
    copy = tmp_path / "index.html"
    text = (folder / "index.html").read_text("utf-8")
    copy.write_text(re.sub(r'src="', f'src="{folder.as_uri()}/', text).replace(gone, f"gone/{gone}"), "utf-8")
    seen = visit(copy.as_uri())
    seen.page.get_by_text(words).first.wait_for()
    assert seen.page.locator("[data-explorer=toy] tbody tr").count() == 2           # the figures are still there to read
    with pytest.raises(AssertionError):
        seen.clean()
