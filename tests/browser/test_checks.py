"""Questions, guesses and the data behind figures in the built pages, with the network cut: every answer, right and wrong."""
from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from playwright.sync_api import Locator, Page, expect

from tests.axe import violations
from tests.conftest import ROOT, SITE, Visit
from widgets import check

PACKED = re.compile(r'<div class=\\"book-check\\"|<figure class=\\"book-guess\\"')
CHAPTERS = sorted(p.stem for p in (ROOT / "chapters").glob("*.ipynb") if PACKED.search(p.read_text("utf-8")))
ALL = sorted(p.stem for p in (ROOT / "chapters").glob("*.ipynb"))
each_chapter = pytest.mark.parametrize("chapter", CHAPTERS)
Open = Callable[..., Visit]


def alive(seen: Visit) -> Page:
    """The page, once questions answer and charts are drawn."""
    seen.page.wait_for_function("[...document.querySelectorAll('.book-check, .book-guess')].every((e) => e.dataset.alive) && "
                                "[...document.querySelectorAll('figure.book-chart')].every((f) => f.dataset.drawn)", timeout=30_000)
    return seen.page


def record(place: Locator) -> dict[str, Any]:
    return json.loads(place.locator("script").first.text_content() or "")


def said(place: Locator) -> str:
    """What the page answers, once it has."""
    place.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    words = place.get_by_role("status")
    expect(words).not_to_be_empty(timeout=20_000)
    return words.inner_text()


def answer(place: Locator, about: dict[str, Any], value: Any) -> str:
    """Give an answer and press the button."""
    if about["kind"] == "choice":
        place.get_by_label(value, exact=True).check()
    elif about["kind"] == "number":
        place.get_by_role("textbox").fill(str(value))
    else:
        place.get_by_role("combobox").select_option(value)
    place.get_by_role("button", name="Check").click()
    return said(place)


def unfold(folds: Locator) -> None:
    """Open folds; the rows behind a figure are made when they are asked for."""
    for fold in folds.all():
        fold.locator("summary").first.click()
        if "behind" in (fold.get_attribute("class") or ""):
            fold.locator("figure.book-table").first.wait_for()


# ---- questions
def test_there_are_chapters_with_questions() -> None:
    assert {"01_towns", "02_trajectories"} <= set(CHAPTERS)


@each_chapter
def test_every_answer_gets_what_it_deserves(chapter: str, served: str, visit: Open) -> None:
    seen = visit(f"{served}chapters/{chapter}.html")
    page = alive(seen)
    for place in page.locator(".book-check").all():
        about = record(place)
        if about["kind"] == "number":
            right, by = about["answer"], about["tolerance"]
            values = [(right, None), (right + 0.9 * by, None), (right - 0.9 * by, None), *about["hints"],
                      (right + 1000 * by + 1, "too high. " + about["otherwise"]), ("many", "not read as a number")]
        else:
            values = [(value, None if value == about["answer"] else about["hints"].get(value) or about["otherwise"]) for value in about["options"]]
        for value, hint in values:
            expected = f"Not yet. {hint}" if hint and about["kind"] != "number" else hint
            words = answer(place, about, value)
            assert (words == f"Right. {about['why']}") if hint is None else expected in words, f"{about['name']}, {value!r}: {words}"
            assert (hint is None) == ("right" in (place.get_attribute("class") or ""))
    seen.clean()


@each_chapter
def test_by_keyboard_alone(chapter: str, served: str, visit: Open) -> None:
    """From the first field of each kind of question: move, answer, and hear it, without a mouse."""
    seen = visit(f"{served}chapters/{chapter}.html")
    page = alive(seen)
    for kind in ("choice", "number", "pick"):
        for place in page.locator(f".book-check[data-kind={kind}]").all()[:1]:
            about = record(place)
            place.locator("input, select").first.focus()
            if kind == "number":
                page.keyboard.type(str(about["answer"]))
            elif kind == "choice":
                page.keyboard.press("Space")
                for _ in range(about["options"].index(about["answer"])):
                    page.keyboard.press("ArrowDown")
            else:
                for _ in range(about["options"].index(about["answer"]) + 1):
                    page.keyboard.press("ArrowDown")
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.textContent") == "Check"
            page.keyboard.press("Enter")
            assert said(place) == f"Right. {about['why']}"
    seen.clean()


@each_chapter
def test_a_screen_reader_knows_the_question_and_hears_the_answer(chapter: str, served: str, visit: Open) -> None:
    seen = visit(f"{served}chapters/{chapter}.html")
    page = alive(seen)
    for place in page.locator(".book-check").all():
        about = record(place)
        group = place.get_by_role("group")
        assert about["question"] in group.locator("legend").inner_text()
        assert group.locator("input, select").evaluate_all("(all) => all.every((e) => e.labels.length === 1)")
        place.get_by_role("status").evaluate("""(e) => {
            e.heard = []; new MutationObserver(() => { if (e.textContent) e.heard.push(e.textContent); }).observe(e, { childList: true }); }""")
        answer(place, about, about["answer"])
        place.get_by_role("button", name="Check").click()
        said(place)                                     # asked twice, said twice
        assert place.get_by_role("status").evaluate("(e) => e.heard") == [f"Right. {about['why']}"] * 2
    seen.clean()


WHERE = """(figure, [field, wanted]) => {
  const named = (datum) => field.split(".").reduce((part, key) => part?.[key], datum);
  const mine = (e) => e?.__data__ && e.__data__.datum && String(named(e.__data__.datum)) === wanted;
  for (const mark of figure.querySelectorAll("svg *")) {
    if (!mine(mark)) continue;
    const box = mark.getBoundingClientRect();
    for (let i = 1; i < 20; i++) for (let j = 1; j < 20; j++) {
      const x = box.left + (box.width * i) / 20, y = box.top + (box.height * j) / 20;
      if (mine(document.elementFromPoint(x, y))) return [x, y];
    }
  }
  return null;
}"""


@each_chapter
def test_a_click_on_the_chart_above_picks(chapter: str, served: str, visit: Open) -> None:
    seen = visit(f"{served}chapters/{chapter}.html", height=1600)
    page = alive(seen)
    for guess in page.locator(".book-guess").all():
        guess.get_by_role("button", name="Skip").click()        # a chart that is still covered cannot be clicked
    for place in page.locator(".book-check[data-kind=pick]").all():
        about = record(place)
        number = place.evaluate("(e) => [...document.querySelectorAll('figure.book-chart')].findLastIndex((f) => "
                                "f.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING)")
        figure, wrong = page.locator("figure.book-chart").nth(number), next(iter(about["hints"]))
        for value, words in ((wrong, f"Not yet. You picked {wrong}. {about['hints'][wrong]}"),
                             (about["answer"], f"Right. You picked {about['answer']}. {about['why']}")):
            figure.scroll_into_view_if_needed()
            at = figure.evaluate(WHERE, [about["field"], value])
            assert at, f"no mark of the chart is {value}"
            page.mouse.click(*at)
            expect(place.get_by_role("status")).to_have_text(words)
            assert place.get_by_role("combobox").input_value() == value
    seen.clean()


def test_an_empty_answer_is_asked_for(served: str, visit: Open) -> None:
    page = alive(visit(f"{served}chapters/01_towns.html"))
    for kind, words in (("choice", "Choose one"), ("number", "Write a number"), ("pick", "Pick a mark")):
        place = page.locator(f".book-check[data-kind={kind}]").first
        place.get_by_role("button", name="Check").click()
        assert words in said(place)


# ---- guesses
def slider(place: Locator) -> Locator:
    return place.locator("input[type=range]").first


@each_chapter
def test_guess_by_keyboard_compare_and_link(chapter: str, served: str, visit: Open) -> None:
    seen = visit(f"{served}chapters/{chapter}.html")
    page = alive(seen)
    for number, place in enumerate(page.locator(".book-guess").all()):
        about = record(place)
        covered = page.locator(".veiled").count()
        assert covered >= about["covers"]
        place.get_by_role("button", name="Show the figures").click()
        assert "Move something first" in said(place)
        slider(place).focus()
        before = slider(place).get_attribute("aria-valuetext")
        for _ in range(7):
            page.keyboard.press("ArrowRight")
        assert slider(place).get_attribute("aria-valuetext") != before
        place.get_by_role("button", name="Show the figures").press("Enter")
        words = said(place)
        assert re.search(r"^You (were|drew|found)", words) and words.endswith(about["say"])
        assert page.locator(".veiled").count() < covered
        assert f"guess-{about['name']}:" in page.evaluate("location.hash")
        assert place.get_by_role("button", name="Guess again").evaluate("(e) => e === document.activeElement")
        again = alive(visit(page.evaluate("location.href"))).locator(".book-guess").nth(number)
        assert said(again) == words
        assert slider(again).get_attribute("aria-valuetext") == slider(place).get_attribute("aria-valuetext")
        place.get_by_role("button", name="Guess again").click()
        assert page.locator(".veiled").count() == covered and f"guess-{about['name']}:" not in page.evaluate("location.hash")
    seen.clean()


@each_chapter
def test_a_guess_can_be_skipped(chapter: str, served: str, visit: Open) -> None:
    seen = visit(f"{served}chapters/{chapter}.html")
    page = alive(seen)
    for place in page.locator(".book-guess").all():
        place.get_by_role("button", name="Skip").click()
        assert "figure is below" in said(place)
    assert page.locator(".veiled").count() == 0
    seen.clean()


@each_chapter
def test_the_drawing_answers_to_mouse_and_finger(chapter: str, served: str, visit: Open) -> None:
    for touch in (False, True):
        seen = visit(f"{served}chapters/{chapter}.html", width=390 if touch else 1280, has_touch=touch)
        page = alive(seen)
        for place in page.locator(".book-guess").all():
            drawing = place.locator(".drawing")
            drawing.scroll_into_view_if_needed()
            before, box = place.locator("input[type=range]").evaluate_all("(all) => all.map((e) => e.value)"), drawing.bounding_box()
            x, y = box["x"] + box["width"] * 0.55, box["y"] + min(box["height"], 250) * 0.75
            if touch:
                page.touchscreen.tap(x, y)
            else:
                page.mouse.move(x, y)
                page.mouse.down()
                page.mouse.move(x - 30, y - 30, steps=4)
                page.mouse.up()
            assert place.locator("input[type=range]").evaluate_all("(all) => all.map((e) => e.value)") != before
        seen.clean()


@each_chapter
def test_guesses_and_explorers_share_the_address(chapter: str, served: str, visit: Open) -> None:
    seen = visit(f"{served}chapters/{chapter}.html")
    page = alive(seen)
    if not page.locator(".book-explorer").count():
        pytest.skip("no explorer")
    page.wait_for_function("[...document.querySelectorAll('.book-explorer')].every((e) => e.dataset.state)", timeout=60_000)
    place, explorer = page.locator(".book-guess").first, page.locator(".book-explorer").first
    slider(place).press("ArrowRight")
    place.get_by_role("button", name="Show the figures").click()
    guessed = page.evaluate("location.hash.slice(1)")
    name, select = explorer.get_attribute("data-explorer"), explorer.locator(".control select, .control input[type=checkbox], .control input[type=range]").first
    if select.evaluate("(e) => e.type") == "checkbox":
        select.click()
    else:
        select.focus()
        page.keyboard.press("ArrowDown" if select.evaluate("(e) => e.selectedIndex === 0 || e.value === e.max") else "ArrowUp")
    page.wait_for_function(f"location.hash.includes('{name}:')")
    assert guessed in page.evaluate("location.hash.slice(1).split(';')")
    state = explorer.get_attribute("data-state")
    again = alive(visit(page.evaluate("location.href")))
    again.wait_for_function("document.querySelector('.book-explorer').dataset.state")
    assert again.locator(".book-explorer").first.get_attribute("data-state") == state
    assert said(again.locator(".book-guess").first) == said(place)
    place.get_by_role("button", name="Guess again").click()
    assert page.evaluate("location.hash").startswith(f"#{name}:")
    seen.clean()


# ---- everyone, everywhere
@each_chapter
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_in_answered_questions(chapter: str, dark: bool, served: str, visit: Open) -> None:
    seen = visit(f"{served}chapters/{chapter}.html", dark=dark)
    page = alive(seen)
    for number, place in enumerate(page.locator(".book-check").all()):
        about = record(place)
        wrong = about["hints"][0][0] if about["kind"] == "number" else next(iter(about["hints"]))
        answer(place, about, about["answer"] if number % 2 else wrong)
    for place in page.locator(".book-guess").all():
        slider(place).press("ArrowRight")
        place.get_by_role("button", name="Show the figures").click()
    unfold(page.locator("details.behind, .book-check details"))
    assert violations(page, '{ include: [[".book-check"], [".book-guess"], [".behind"]] }', dark=dark) == []
    seen.clean()


@each_chapter
def test_as_a_file_on_a_phone(chapter: str, visit: Open) -> None:
    seen = visit((SITE / "chapters" / f"{chapter}.html").as_uri(), width=390, height=844)
    page = alive(seen)
    for place in page.locator(".book-check").all():
        answer(place, record(place), record(place)["answer"])
    for place in page.locator(".book-guess").all():
        slider(place).press("ArrowRight")
        place.get_by_role("button", name="Show the figures").click()
    unfold(page.locator("details.behind"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    seen.clean()


@each_chapter
def test_without_scripts_and_on_paper_everything_reads(chapter: str, served: str, visit: Open) -> None:
    page = visit(f"{served}chapters/{chapter}.html", java_script_enabled=False).page
    assert page.locator(".veiled").count() == 0
    for place in page.locator(".book-check").all():
        assert place.locator(".question").is_visible() and place.locator("form").count() == 0
        place.locator("summary").click()
        assert place.locator("details p").inner_text().endswith(json.loads(place.locator("script").text_content())["why"])
    printed = alive(visit(f"{served}chapters/{chapter}.html"))
    printed.emulate_media(media="print")
    assert printed.locator(".veiled").first.is_visible() and not printed.get_by_role("button", name="Check").first.is_visible()


def as_written(value: object) -> str:
    """A value of a chart as the page writes it into a file."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


# ---- the rows behind a figure
@pytest.mark.parametrize("chapter", ALL)
def test_every_chart_and_map_opens_its_rows(chapter: str, served: str, visit: Open, tmp_path: Path) -> None:
    seen = visit(f"{served}chapters/{chapter}.html")
    page = alive(seen)
    page.evaluate("document.querySelectorAll('.veiled').forEach((e) => e.classList.remove('veiled'))")
    figures = page.locator("figure.book-chart, figure.book-map").all()
    assert figures
    for figure in figures:
        fold = figure.locator("details.behind")
        assert fold.locator("table").count() == 0       # made when it is asked for
        if fold.count():
            fold.locator("summary").first.click()
        if "book-chart" in (figure.get_attribute("class") or ""):
            spec = json.loads(figure.locator("script[type='application/json']").first.text_content() or "")
            counts = [len(rows) for rows in spec["datasets"].values() if rows]
        else:
            places = re.findall(r"/\*places\*/(\[.*?\])/\*end\*/", figure.locator("iframe").get_attribute("srcdoc") or "", re.DOTALL)
            counts = [n for n in [sum(len(json.loads(p)) for p in places)] if n]
            counts += [len(json.loads(s.text_content() or "")) for s in figure.locator("script.rows").all()]
        assert counts
        expect(fold.locator("figure.book-table")).to_have_count(len(counts))
        for table, count in zip(fold.locator("figure.book-table").all(), counts, strict=True):
            rows = table.locator("tbody tr").count()
            assert rows == count if count <= 24 else rows == 21 and f"{count - 20:,} more rows" in table.inner_text()
    with page.expect_download() as saved:
        figures[0].get_by_text("Download these figures").first.click()
    saved.value.save_as(tmp_path / "rows.csv")
    lines = list(csv.DictReader((tmp_path / "rows.csv").read_text("utf-8-sig").splitlines()))
    assert lines == [{k: as_written(v) for k, v in row.items()} for row in
                     next(iter(json.loads(figures[0].locator("script[type='application/json']").first.text_content())["datasets"].values()))][:len(lines)]
    seen.clean()


# ---- a guess of a place, and addresses that say nonsense: on a page of our own
@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with a line, bars and a point to guess, and a table after each."""
    shell = InteractiveShell.instance()
    with capture_output() as seen:
        check.guess("Draw it.", "It falls.", "fall", line=pd.Series([10.0, 9.0, 2.0], ["a", "b", "c"]), given=1, axis=(0, 12), form=".0f", kind="toy")
        check.guess("Set them.", "South leads.", "lead", bars=pd.Series([0.1, 0.4], ["north", "south"]), axis=(0, 0.5), kind="toy")
        check.guess("Where?", "In the north.", "where", point=(3.0, 50.0), landmarks={"Lille": (3.06, 50.63), "Lyon": (4.85, 45.76)}, kind="toy")
    InteractiveShell.clear_instance()
    del shell
    after = '<div class="output"><figure class="book-table"><div class="scroll"><table><tbody></tbody></table></div>' \
            '<script type="application/json">{"heads": [], "formats": [], "rows": [], "name": "x"}</script></figure></div>'
    body = "".join(f'<div class="output">{o.data["text/html"]}</div>{after}' for o in seen.outputs)
    static = (ROOT / "book" / "_static").as_uri()
    scripts = "".join(f'<script src="{static}/{name}.js"></script>' for name in ("kit", "tables", "checks", "guess"))
    page = tmp_path_factory.mktemp("guess") / "index.html"
    page.write_text(f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Toy</title>'
                    f'<link rel="stylesheet" href="{static}/book.css"><main>{body}</main>{scripts}</html>', "utf-8")
    return page


@pytest.mark.parametrize(("part", "words"), [
    ("fall:9,2.04", "You were close everywhere: never more than 0 off. You found the largest movement: a fall from b to c."),
    ("fall:3,3", "You were furthest off for b: you expected 3, it is 9, 6 more. On average you were 4 off. "
                 "Your largest movement is a fall from a to b; in the figures it is a fall from b to c."),
    ("fall:12,12", "You were furthest off for c: you expected 12, it is 2, 10 less. On average you were 7 off, always too high. "
                   "Your largest movement is a rise from a to b; in the figures it is a fall from b to c."),
    ("lead:0.3,0.1", "You were furthest off for south: you expected 10%, it is 40%, 30 points more. On average you were 25 points off. "
                     "Highest is south; you put north there."),
    ("lead:0.02,0.3", "You were furthest off for south: you expected 30%, it is 40%, 10 points more. On average you were 9 points off, always too low. "
                   "You put south highest, and it is."),
    ("where:0,389", "You were close: the point lies 70 km south of Lille."),
    ("where:0,0", "You were about 390 km off: the point lies to the north of yours, 70 km south of Lille."),
])
def test_how_far_off_in_words(toy: Path, visit: Open, part: str, words: str) -> None:
    seen = visit(f"{toy.as_uri()}#guess-{part}")
    place = alive(seen).locator(f".book-guess[data-name={part.partition(':')[0]}]")
    assert said(place).startswith(words)
    seen.clean()


@pytest.mark.parametrize("part", ["fall:9", "fall:9,99", "fall:a,b", "fall:", "fall:1,2,3", "lead:0.1,-1", "where:0", "where:0,99999", "where:NaN,0",
                                  "fall:<img src=x onerror=alert(1)>,2"])
def test_an_address_that_says_nonsense_is_not_believed(toy: Path, visit: Open, part: str) -> None:
    seen = visit(f"{toy.as_uri()}#guess-{part}")
    page = alive(seen)
    assert page.locator(".veiled").count() == 3
    assert all(not words for words in page.get_by_role("status").all_inner_texts())
    seen.clean()


def test_a_place_by_keyboard_and_by_click(toy: Path, visit: Open) -> None:
    seen = visit(toy.as_uri())
    place = alive(seen).locator(".book-guess[data-name=where]")
    north = place.get_by_label("South to north")
    for _ in range(5):
        north.press("PageUp")
    assert "Lille" in (north.get_attribute("aria-valuetext") or "")
    box = place.locator("svg").bounding_box()
    seen.page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.6)
    assert "Lyon" in (north.get_attribute("aria-valuetext") or "")
    place.get_by_role("button", name="Show the figures").click()
    assert "to the north" in said(place) and "In the north." in said(place)
    seen.clean()


def test_a_missing_kit_leaves_the_questions_to_read(toy: Path, visit: Open, tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text(toy.read_text("utf-8").replace("kit.js", "gone.js"), "utf-8")
    seen = visit(page.as_uri())
    assert seen.page.locator("details").count() == 3 and seen.page.locator(".veiled").count() == 0
    with pytest.raises(AssertionError):
        seen.clean()
