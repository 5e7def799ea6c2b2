"""How long a chapter and each of its sections take: computed from their length, by a formula that the instructor's page prints."""
from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from docutils.nodes import make_id

__all__ = ["planned_minutes", "planned_sections", "formula", "with_minutes", "Section", "WORDS_A_MINUTE", "LINES_A_MINUTE", "QUESTION", "GUESS",
           "FIGURE", "EXPLORER", "LEVELS", "EXERCISE"]

WORDS_A_MINUTE = 180        # prose read with a pencil in hand
LINES_A_MINUTE = 6          # code read and run; folded cells draw what the text reads, and are not counted
FIGURE, EXPLORER = 0.5, 5   # minutes to look at a chart, map or table, and to try what the text proposes in an explorer
QUESTION, GUESS = 1, 2      # minutes for a question that the page asks, and for a guess before a figure
# Minutes for an exercise, by how its first words begin; the first that fits counts.
LEVELS = {"Read": 5, "By hand": 8, "Change a": 8, "Recode": 8, "Compare": 10, "Compute": 12, "Change": 12, "Code": 12, "Mend": 12, "Open": 15}
EXERCISE = 10               # and for one that begins otherwise
TOKEN = "{planned-minutes}"
PARTS = ("reading", "looking", "code", "questions", "exercises")
CHART, LIVE = "application/vnd.vegalite.v5+json", "application/vnd.book.explorer+json"
SEEN = re.compile(r'<figure class="book-(?:table|map)')
ASKED = re.compile(r"\{exercise\}[^\n]*(?:\n:[^\n]*)*\s*(?:\*([^*\n]+?)\.?\*)?")
HEADING = re.compile(r"^(#{1,3}) +(.+?)\s*$", re.MULTILINE)


class Section(NamedTuple):
    """A part of a chapter, from its heading to the next heading of any level."""

    level: int                  #: 1 for the chapter's first screen, 2, or 3 for a part of a part
    title: str
    anchor: str                 #: its place in the page's address
    minutes: dict[str, float]   #: `reading`, `looking`, `code`, `questions`, `exercises`, not rounded

    @property
    def all(self) -> float:
        """Minutes of the section itself, without the parts under it."""
        return sum(self.minutes.values())


def _exercise(kind: str | None) -> int:
    """Minutes for an exercise whose first words are these."""
    return next((minutes for words, minutes in LEVELS.items() if (kind or "").startswith(words)), EXERCISE)


def _prose(text: str) -> dict[str, float]:
    return {"reading": len(re.findall(r"\w+(?:['’-]\w+)*", text)) / WORDS_A_MINUTE,
            "exercises": sum(_exercise(found[1]) for found in ASKED.finditer(text))}


def _code(cell: dict[str, Any]) -> dict[str, float]:
    """Minutes of a code cell: lines that are seen, and what its outputs show and ask."""
    outputs = [out.get("data", {}) for out in cell.get("outputs", [])]
    shown = "".join("".join(data.get("text/html", "")) for data in outputs)
    figures = sum(CHART in data for data in outputs) + len(SEEN.findall(shown))
    asked = {"questions": shown.count('<div class="book-check"') * QUESTION + shown.count('<figure class="book-guess"') * GUESS,
             "looking": figures * FIGURE + sum(LIVE in data for data in outputs) * EXPLORER}
    if "hide-input" in cell["metadata"].get("tags", []):
        return asked
    lines = [line for line in "".join(cell["source"]).splitlines() if line.strip() and not line.strip().startswith("#")]
    return asked | {"code": len(lines) / LINES_A_MINUTE}


def _parts(cell: dict[str, Any]) -> Iterator[tuple[tuple[int, str] | None, dict[str, float]]]:
    """The pieces of a cell: each with the heading that opens it, if one does, and its minutes."""
    if cell["cell_type"] != "markdown":
        yield None, _code(cell)
        return
    text = "".join(cell["source"])
    plain = re.sub(r"^```.*?^```", lambda m: "\n" * m[0].count("\n"), text, flags=re.DOTALL | re.MULTILINE)     # comments in code are no headings
    lines, opens = text.splitlines(), {}
    for found in HEADING.finditer(plain):
        opens[plain.count("\n", 0, found.start())] = (len(found[1]), found[2])
    places = sorted({0, *opens})
    for begin, end in zip(places, [*places[1:], len(lines)], strict=True):
        yield opens.get(begin), _prose("\n".join(lines[begin:end]))


def planned_sections(notebook: dict[str, Any]) -> list[Section]:
    """Minutes of each part of a chapter, in its order.

    Parameters
    ----------
    notebook : dict
        A notebook of format 4, with outputs.

    Returns
    -------
    list of Section
        The first is what stands before the first heading of level 2. Minutes are not rounded, so that they add up.
    """
    found: list[Section] = []
    for cell in notebook["cells"]:
        for heading, minutes in _parts(cell):
            if heading or not found:
                level, title = heading or (1, "")
                found.append(Section(level, title, make_id(title), dict.fromkeys(PARTS, 0.0)))
            for part, value in minutes.items():
                found[-1].minutes[part] += value
    return found


def planned_minutes(notebook: dict[str, Any]) -> dict[str, int]:
    """Minutes to read a chapter, to look at its figures, to run its code, to answer its questions and to do its exercises.

    Parameters
    ----------
    notebook : dict
        A notebook of format 4.

    Returns
    -------
    dict of str to int
        `reading`, `looking`, `code`, `questions` and `exercises`, each rounded up to whole minutes, and `all`, their sum rounded up to five.
        Planned, not timed in a class.
    """
    sections = planned_sections(notebook)
    parts = {part: math.ceil(round(sum(one.minutes[part] for one in sections), 6)) for part in PARTS}
    return parts | {"all": math.ceil(sum(parts.values()) / 5) * 5}


def formula() -> str:
    """The formula in words, with the constants that the code uses."""
    levels = ", ".join(f"{minutes} for “{words} …”" for words, minutes in LEVELS.items())
    return (f"minutes = words / {WORDS_A_MINUTE} + {FIGURE} for each chart, map or table + {EXPLORER} for an explorer + lines of code that are not "
            f"folded / {LINES_A_MINUTE} + {QUESTION} for each question that the page asks + {GUESS} for each guess before a figure + for each exercise "
            f"by its level: {levels}, {EXERCISE} for any other")


def with_minutes(notebook: dict[str, Any]) -> None:
    """Put the planned minutes where a chapter says `{planned-minutes}`."""
    parts = planned_minutes(notebook)
    asked = f"{parts['questions']} for the questions in the page, " if parts["questions"] else ""
    words = (f"{parts['all']} minutes planned ({parts['reading']} to read, {parts['looking']} to look, {parts['code']} for the code, {asked}"
             f"{parts['exercises']} for the exercises); not yet timed in a class")
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = "".join(cell["source"]).replace(TOKEN, words)
