"""What an instructor needs to know of each chapter, from the chapter itself and from what `book/teaching/` says about it.

A section that does not exist, a result that no cell names, or a session that does not fit stops the build.
"""
from __future__ import annotations

import csv
import html
import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from minutes import Section, planned_sections
from reader import _glued, plain_markdown
from sphinx.errors import ExtensionError

__all__ = ["COLUMNS", "TEACHING", "Chapter", "chapters", "courses", "measured"]

HERE = Path(__file__).resolve().parents[2]
TEACHING = HERE / "book" / "teaching"
COLUMNS = ["date", "chapter", "section", "minutes", "students", "note"]


class Chapter:
    """A chapter as an instructor needs it.

    Parameters
    ----------
    name : str
        Name of its file, without folder and ending.
    root : Path
        Folder of the book.
    """

    def __init__(self, name: str, root: Path = HERE) -> None:
        self.name, self.root = name, root
        self.notebook: dict[str, Any] = json.loads((root / "chapters" / f"{name}.ipynb").read_text("utf-8"))
        self.sections: list[Section] = planned_sections(self.notebook)
        self.title = self.sections[0].title

    @cached_property
    def teaching(self) -> dict[str, Any]:
        """What `book/teaching/NAME.yml` says.

        Raises
        ------
        ExtensionError
            When the chapter has no such file.
        """
        path = self.root / "book" / "teaching" / f"{self.name}.yml"
        if not path.exists():
            raise ExtensionError(f"chapters/{self.name}.ipynb has no book/teaching/{path.name}: write its goal, questions and misreadings "
                                 "there, as for the other chapters")
        return yaml.safe_load(path.read_text("utf-8"))

    @cached_property
    def results(self) -> dict[str, Any]:
        """What the chapter's cells named for its text."""
        return _glued(self.notebook)

    def at(self, title: str) -> Section:
        """The section with a title; the first screen has the empty one.

        Raises
        ------
        ExtensionError
            When there is none.
        """
        found = next((one for one in self.sections if one.title == title), self.sections[0] if not title else None)
        if found is None:
            raise ExtensionError(f"chapter {self.name} has no section {title!r}; it has {[one.title for one in self.sections[1:]]}")
        return found

    def parts(self, title: str) -> dict[str, float]:
        """Minutes of a section with what stands under it, by kind; of the first screen alone for the empty title."""
        at = self.sections.index(self.at(title))
        own = [self.sections[at]]
        for one in self.sections[at + 1:]:
            if own[0].level == 1 or one.level <= own[0].level:
                break
            own.append(one)
        return {part: sum(one.minutes[part] for one in own) for part in own[0].minutes}

    def minutes(self, title: str) -> float:
        """Minutes of a section with what stands under it."""
        return sum(self.parts(title).values())

    def link(self, title: str, words: str = "") -> str:
        """HTML that leads to a section, or to the top of the chapter for the empty title."""
        place = f"#{self.at(title).anchor}" if title else ""
        return f'<a href="../chapters/{self.name}.html{place}">{html.escape(words or title or self.title)}</a>'

    def text(self, markdown: str) -> str:
        """Text with the chapter's results in place of `glue` roles.

        Raises
        ------
        ExtensionError
            When it quotes a result that the chapter does not have.
        """
        try:
            return plain_markdown(" ".join(markdown.split()), self.results, {})
        except KeyError as missing:
            raise ExtensionError(f"book/teaching/{self.name}.yml quotes {missing}, which no cell of the chapter names: {markdown[:80]}") from missing


def chapters(root: Path = HERE) -> list[Chapter]:
    """Every chapter of the table of contents, in its order."""
    toc = yaml.safe_load((root / "_toc.yml").read_text("utf-8"))
    files = [one["file"] for part in toc["parts"] for one in part["chapters"]]
    return [Chapter(file.removeprefix("chapters/"), root) for file in files if file.startswith("chapters/")]


def measured(path: Path = TEACHING / "measured_minutes.csv") -> list[dict[str, str]]:
    """The times that instructors entered, one row each.

    Raises
    ------
    ExtensionError
        When the columns are others, or a number of minutes is not above zero.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        rows = list(reader)
        if reader.fieldnames != COLUMNS:
            raise ExtensionError(f"{path.name} has the columns {reader.fieldnames}; they must be {COLUMNS}")
    for row in rows:
        if not row["minutes"].replace(".", "", 1).isdigit() or not float(row["minutes"]) > 0:
            raise ExtensionError(f"{path.name}: minutes must be a number above zero, got {row['minutes']!r} in {row}")
    return rows


def courses(known: Mapping[str, Chapter], path: Path = TEACHING / "courses.yml") -> list[dict[str, Any]]:
    """The ready courses; each session gets its `parts`, `planned`, the minutes of these, and `total`, with its time for talk.

    A section that begins with `?` is left out as long as its chapter is not in the book.

    Raises
    ------
    ExtensionError
        When a section does not exist, or a course (one a week: a session) takes longer than it has.
    """
    def part(entry: str) -> tuple[Chapter, str]:
        name, _, title = entry.lstrip("?").partition("#")
        if name not in known:
            raise ExtensionError(f"{path.name} names the chapter {name!r}, which is not in _toc.yml; it has {list(known)}")
        known[name].at(title)
        return known[name], title
    made = yaml.safe_load(path.read_text("utf-8"))
    for course in made:
        for session in course["sessions"]:
            session["parts"] = [part(one) for one in session["sections"] if one[0] != "?" or one[1:].partition("#")[0] in known]
            session["at_home"] = part(session["home"])
            session["planned"] = sum(chapter.minutes(title) for chapter, title in session["parts"])
            session["total"] = session["planned"] + session["talk"]
        longest = (max if course.get("weekly") else sum)(one["total"] for one in course["sessions"])
        if longest > course["minutes"]:
            raise ExtensionError(f"the course {course['name']!r} has {course['minutes']} minutes and takes {longest:.0f}: leave out a section, or talk less")
    return made
