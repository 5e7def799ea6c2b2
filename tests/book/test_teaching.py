"""The instructor's page: minutes by the formula, an entry for every chapter, courses that fit, answers from the chapters themselves."""
from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest
import yaml
from sphinx.errors import ExtensionError

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

import minutes  # noqa: E402
from minutes import planned_minutes, planned_sections  # noqa: E402
from taught import COLUMNS, TEACHING, chapters, courses, measured  # noqa: E402
from teaching import instructors_page  # noqa: E402

CHAPTERS = chapters()
BY_NAME = {one.name: one for one in CHAPTERS}
each_chapter = pytest.mark.parametrize("name", list(BY_NAME))
PAGE = (ROOT / "book" / "instructors.md").read_text("utf-8")


def test_every_chapter_has_its_entry() -> None:
    lacking = sorted(set(BY_NAME) - {path.stem for path in TEACHING.glob("[0-9]*.yml")})
    assert not lacking, f"no book/teaching/NAME.yml (goal, three questions with answers, misreadings) for: {lacking}"


@each_chapter
def test_an_entry_is_whole_and_points_to_sections(name: str) -> None:
    chapter = BY_NAME[name]
    about = chapter.teaching
    assert set(about) == {"goal", "questions", "misreadings"} and len(about["goal"]) > 80
    assert len(about["questions"]) == 3 and len(about["misreadings"]) >= 3
    for one in [*about["questions"], *about["misreadings"]]:
        assert chapter.at(one["section"]).title == one["section"]
        assert all(chapter.text(text).strip() for text in one.values())
    assert all(set(one) == {"ask", "answer", "section"} for one in about["questions"])
    assert all(set(one) == {"reading", "instead", "section"} for one in about["misreadings"])


@each_chapter
def test_no_result_is_typed_in_an_entry(name: str) -> None:
    """A number with decimals, or a percentage, is quoted from the chapter; those that the chapter's own text sets are choices, not results."""
    about = BY_NAME[name].teaching
    prose = "\n".join("".join(cell["source"]) for cell in BY_NAME[name].notebook["cells"])
    texts = [about["goal"], *(text for one in [*about["questions"], *about["misreadings"]] for key, text in one.items() if key != "section")]
    for text in texts:
        bare = re.sub(r"\{glue:text\}`[^`]+`", "", text)
        typed = [found for found in re.findall(r"\d+\.\d+|\d+ ?%", bare) if found not in prose]
        assert not typed, f"typed in an entry: {typed} in {text}"


def test_a_result_that_does_not_exist_stops_the_build() -> None:
    with pytest.raises(ExtensionError, match="no cell of the chapter names"):
        CHAPTERS[0].text("It is {glue:text}`absent:.1%`.")
    with pytest.raises(ExtensionError, match="has no section 'Nowhere'"):
        CHAPTERS[0].at("Nowhere")


def test_sections_add_up_to_the_chapter() -> None:
    for chapter in CHAPTERS:
        whole = planned_minutes(chapter.notebook)
        total = sum(one.all for one in chapter.sections)
        assert total <= whole["all"] < total + 10       # each of five parts is rounded up, then their sum to five
        top = chapter.minutes("") + sum(chapter.minutes(one.title) for one in chapter.sections if one.level == 2)
        assert top == pytest.approx(total)
        titles = [one.title for one in chapter.sections]
        assert len(titles) == len(set(titles)), "two sections of one name: a link cannot tell them apart"


def test_minutes_by_hand() -> None:
    text = "# A\n\n" + "word " * 177 + "\n\n## B\n\n```\n# no heading\n```\n\n:::{exercise}\n:label: x\n*By hand.* Try.\n:::\n\n:::{exercise}\n*Open.* Say.\n:::"
    shown = {"data": {"text/html": '<div class="book-check"></div><figure class="book-guess"></figure><figure class="book-table"></figure>'}}
    code = {"cell_type": "code", "source": "a = 1\n\n# why\nb = 2\nc = 3", "metadata": {}, "outputs": [shown]}
    first, second = planned_sections({"cells": [{"cell_type": "markdown", "source": text, "metadata": {}}, code]})
    assert first.title == "A" and first.minutes["reading"] == pytest.approx(178 / 180)
    assert second.minutes == pytest.approx({"reading": 12 / 180, "looking": 0.5, "code": 0.5, "questions": 3, "exercises": 8 + 15})


def test_the_formula_prints_the_constants(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minutes, "WORDS_A_MINUTE", 123)
    monkeypatch.setitem(minutes.LEVELS, "Open", 77)
    assert "words / 123" in minutes.formula() and "77 for “Open …”" in minutes.formula()


def test_every_exercise_has_a_level() -> None:
    """The first words of an exercise decide its minutes; none falls through to the usual ones."""
    for chapter in CHAPTERS:
        text = "\n".join("".join(cell["source"]) for cell in chapter.notebook["cells"] if cell["cell_type"] == "markdown")
        for found in minutes.ASKED.finditer(text):
            assert found[1] and found[1].startswith(tuple(minutes.LEVELS)), f"{chapter.name}: an exercise begins with {found[1]!r}"


def test_courses_fit_and_use_their_time() -> None:
    made = courses(BY_NAME)
    assert [one["name"] for one in made] == ["Ninety minutes", "Half a day", "Six weeks"]
    for course in made:
        lengths = [one["total"] for one in course["sessions"]]
        assert len(course["sessions"]) == (6 if course.get("weekly") else len(lengths))
        for length in lengths if course.get("weekly") else [sum(lengths)]:
            assert 0.7 * course["minutes"] <= length <= course["minutes"], f"{course['name']}: {length:.0f} of {course['minutes']}"
    used = {chapter.name for course in made for session in course["sessions"] for chapter, _ in session["parts"]}
    assert {name for name in BY_NAME if name <= "09_z"} <= used, f"in no course: {sorted(set(BY_NAME) - used)}"       # a tenth one may wait


@pytest.mark.parametrize(("entry", "words"), [("01_towns#Nowhere", "no section"), ("77_none", "not in _toc.yml"), ("01_towns#Exercises", "takes")])
def test_a_course_that_cannot_be_stops_the_build(entry: str, words: str, tmp_path: Path) -> None:
    course = {"name": "Short", "about": "", "minutes": 20, "sessions": [{"title": "", "talk": 0, "sections": [entry], "home": "01_towns"}]}
    path = tmp_path / "courses.yml"
    path.write_text(yaml.safe_dump([course]), "utf-8")
    with pytest.raises(ExtensionError, match=words):
        courses(BY_NAME, path)
    course["sessions"][0]["sections"] = ["01_towns", "?77_none"]
    path.write_text(yaml.safe_dump([course]), "utf-8")
    assert len(courses(BY_NAME, path)[0]["sessions"][0]["parts"]) == 1


def copy_of_the_book(folder: Path) -> Path:
    for name in ("book/teaching", "book/references.bib", "_toc.yml", *(f"chapters/{name}.ipynb" for name in BY_NAME)):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile)(ROOT / name, target)
    return folder


def test_the_page_holds_every_chapter_and_no_open_role() -> None:
    made = instructors_page(PAGE)
    assert not re.search(r"\{glue:|\{\{|:::|\{cite", made)
    for chapter in CHAPTERS:
        assert f"## {chapter.name[:2]}. {chapter.title}" in made
        text = "\n".join("".join(cell["source"]) for cell in chapter.notebook["cells"] if cell["cell_type"] == "markdown")
        own = made.partition(f"## {chapter.name[:2]}. ")[2].partition("\n## ")[0]
        assert own.count("**Exercise.**") == own.count("**Answer.**") == text.count("{exercise}")


def test_a_measured_time_appears_and_a_bad_one_is_refused(tmp_path: Path) -> None:
    root = copy_of_the_book(tmp_path)
    sheet = root / "book/teaching/measured_minutes.csv"
    assert measured(sheet) == [] or TEACHING.joinpath(sheet.name).read_text("utf-8").startswith(",".join(COLUMNS))
    head = ",".join(COLUMNS)
    sheet.write_text(f"{head}\n2027-03-01,01_towns,The explorer,13,24,second year\n2027-03-02,01_towns,The explorer,15,20,\n", "utf-8")
    made = instructors_page(PAGE, root)
    assert '<td class="number">14 (2)</td>' in made and "2 rows so far" in made
    sheet.write_text(f"{head}\n2027-03-01,01_towns,The explorer,long,24,\n", "utf-8")
    with pytest.raises(ExtensionError, match="got 'long'"):
        instructors_page(PAGE, root)
    sheet.write_text("chapter,minutes\n", "utf-8")
    with pytest.raises(ExtensionError, match="they must be"):
        measured(sheet)


@each_chapter
def test_measured_times_name_a_section(name: str) -> None:
    titles = {one.title for one in BY_NAME[name].sections} | {"first screen", "whole chapter"}
    for row in measured():
        assert row["chapter"] in BY_NAME, f"measured_minutes.csv names the chapter {row['chapter']!r}"
        assert row["chapter"] != name or row["section"] in titles, f"measured_minutes.csv names the section {row['section']!r} of {name}"


def test_a_chapter_without_entry_is_named(tmp_path: Path) -> None:
    root = copy_of_the_book(tmp_path)
    (root / "book/teaching/03_recovery.yml").unlink()
    with pytest.raises(ExtensionError, match=r"chapters/03_recovery.ipynb has no book/teaching/03_recovery.yml"):
        instructors_page(PAGE, root)
