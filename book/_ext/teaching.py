"""The instructor's page: generated from the chapters themselves, and from what `book/teaching/` says about each.

Nothing is typed twice: minutes come from the formula, answers to the exercises from the chapters' solutions, figures in
the answers from the chapters' results.
"""
from __future__ import annotations

import html
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import Any

from exercises import EXERCISE as CODING
from exercises import tagged
from minutes import formula, planned_minutes
from reader import cited, plain_markdown
from sphinx.application import Sphinx
from taught import COLUMNS, HERE, TEACHING, Chapter, chapters, courses, measured

__all__ = ["instructors_page", "setup"]

FIRST, WHOLE = "first screen", "whole chapter"
PAGE = "book/instructors"


# ---- the parts of the page, as Markdown
def _number(minutes: float) -> str:
    """Whole minutes, at least one where there is anything at all."""
    return str(max(round(minutes), 1)) if minutes else ""


def _minutes_table(chapter: Chapter, times: list[dict[str, str]]) -> str:
    """Minutes by section, with the median of those that were measured."""
    def seen(section: str) -> str:
        own = [float(row["minutes"]) for row in times if row["chapter"] == chapter.name and row["section"] == section]
        return f"{median(own):.0f} ({len(own)})" if own else "–"
    rows = []
    for one in chapter.sections:
        title, name = (one.title, one.title) if one.level > 1 else ("", FIRST)
        minutes = chapter.parts(title)
        cells = [_number(sum(minutes[part] for part in parts)) for parts in (minutes, ["reading"], ["looking", "code"], ["questions", "exercises"])]
        inside = "".join(f'<td class="number">{cell}</td>' for cell in [*cells, seen(name)])
        rows.append(f'<tr class="level-{one.level}"><th scope="row">{chapter.link(title, name)}</th>{inside}</tr>')
    whole = planned_minutes(chapter.notebook)["all"]
    rows.append(f'<tr><th scope="row">{WHOLE}, rounded up</th><td class="number">{whole}</td><td></td><td></td><td></td>'
                f'<td class="number">{seen(WHOLE)}</td></tr>')
    heads = "".join(f'<th scope="col">{head}</th>' for head in
                    ("section", "planned", "to read", "figures and code", "questions and exercises", "measured (classes)"))
    return ('<details class="book-fold"><summary>Minutes by section, planned; the last column says what was timed in a class</summary>'
            f'<div class="scroll" tabindex="0" role="region" aria-label="Minutes by section: {html.escape(chapter.title, quote=True)}">'
            f'<table class="book-columns minutes"><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table></div></details>')


def _needs(chapter: Chapter) -> str:
    """What the chapter itself says one needs."""
    text = "\n\n".join("".join(cell["source"]) for cell in chapter.notebook["cells"] if cell["cell_type"] == "markdown")
    said = " ".join(text.partition("**You need**")[2].partition("\n\n")[0].split())
    return said.replace("](0", "](../chapters/0")


def _output(cell: Mapping[str, Any]) -> str:
    """What a solution's cell prints or shows, as plain text."""
    texts = []
    for out in cell.get("outputs", []):
        if "scrapbook" not in out.get("metadata", {}):
            texts.append("".join(out.get("text", "") or out.get("data", {}).get("text/plain", "")))
    shown = "\n".join(text.rstrip() for text in texts if text.strip())
    return f"\n```text\n{shown}\n```\n" if shown else ""


def _answers(chapter: Chapter, references: Mapping[str, str]) -> str:
    """The exercises with their solutions, out of the chapter's own cells."""
    cells = chapter.notebook["cells"]
    starts = [n for n, cell in enumerate(cells) if cell["cell_type"] == "markdown" and "{exercise}" in "".join(cell["source"])]
    parts = []
    for cell in cells[starts[0]:]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            text = source.split("## Exercises")[-1].partition("\n## ")[0]
            plain = plain_markdown(text, chapter.results, references)
            parts.append(plain.replace("<details><summary>Solution</summary>", "**Answer.**").replace("</details>", "")
                         .replace("**Solution.** Unfold the next cell.", "**Answer.**"))
        elif "hide-input" not in cell["metadata"].get("tags", []) or tagged(cell, CODING):
            parts.append(f"```python\n{source}\n```\n{_output(cell)}")
        if cell["cell_type"] == "markdown" and "\n## Summary" in source:
            break
    return ('<details class="book-fold"><summary>Answers to the exercises, from the chapter’s own solutions</summary>\n\n' + "\n\n".join(parts)
            + "\n\n</details>")


def _chapter(chapter: Chapter, times: list[dict[str, str]], references: Mapping[str, str]) -> str:
    about = chapter.teaching
    asked = "\n".join(f"{n}. **{chapter.text(one['ask'])}** {chapter.text(one['answer'])} ({chapter.link(one['section'])})"
                      for n, one in enumerate(about["questions"], 1))
    wrong = "\n".join(f"- *{chapter.text(one['reading'])}* {chapter.text(one['instead'])} ({chapter.link(one['section'])})" for one in about["misreadings"])
    return (f"## {chapter.name[:2]}. {chapter.title}\n\n**Goal.** {chapter.text(about['goal'])}\n\n"
            f"**Needs** {_needs(chapter)} **Planned:** {planned_minutes(chapter.notebook)['all']} minutes with all exercises. "
            f"{chapter.link('', 'Open the chapter')}.\n\n{_minutes_table(chapter, times)}\n\n"
            f"**Ask in class**\n\n{asked}\n\n**Frequent misreadings**\n\n{wrong}\n\n{_answers(chapter, references)}\n")


def _session(session: Mapping[str, Any], head: str) -> str:
    """A session: its sections chapter by chapter, and how long it takes."""
    items = []
    for chapter, parts in groupby(session["parts"], key=lambda part: part[0]):
        listed = ", ".join(f"{chapter.link(title, title or FIRST)} ({_number(chapter.minutes(title))})" for _, title in parts)
        items.append(f"- *{chapter.title}*: {listed}")
    home, title = session["at_home"]
    return (f"{head}{session['planned']:.0f} minutes with the page, {session['talk']} to talk, {session['total']:.0f} together.\n\n" + "\n".join(items)
            + f"\n- At home: {home.link(title, f'{home.title}, exercises'.replace('?,', '?'))} ({_number(home.minutes(title))})\n")


def _course(course: Mapping[str, Any]) -> str:
    weekly, several = course.get("weekly", False), len(course["sessions"]) > 1
    lines = [f"### {course['name']}\n\n{course['about'].strip()}\n"]
    for n, session in enumerate(course["sessions"], 1):
        head = f"**{f'Week {n}: ' if weekly else ''}{session['title']}**  \n" if several else ""
        lines.append(_session(session, head))
    if not weekly:
        lines.append(f"In all {sum(one['total'] for one in course['sessions']):.0f} of {course['minutes']} minutes.\n")
    return "\n".join(lines)


def instructors_page(text: str, root: Path = HERE) -> str:
    """The source of the instructor's page with everything that is computed in its place.

    Parameters
    ----------
    text : str
        `book/instructors.md`, with `{{minutes-formula}}`, `{{teaching-courses}}`, `{{measured-columns}}` and `{{teaching-chapters}}`.
    root : Path
        Folder of the book.

    Returns
    -------
    str
        MyST Markdown.
    """
    own = chapters(root)
    times, references = measured(root / "book" / "teaching" / "measured_minutes.csv"), cited(root / "book" / "references.bib")
    made = courses({one.name: one for one in own}, root / "book" / "teaching" / "courses.yml")
    parts = {"minutes-formula": formula(), "measured-columns": ",".join(COLUMNS),
             "measured-rows": f"{len(times)} rows so far" if times else "no row so far: nobody has timed a class yet",
             "teaching-courses": "\n".join(map(_course, made)), "teaching-chapters": "\n".join(_chapter(one, times, references) for one in own)}
    for name, part in parts.items():
        text = text.replace("{{" + name + "}}", part)
    return text


def _generate(app: Sphinx, docname: str, content: list[str]) -> None:
    if docname == PAGE:
        for path in [*TEACHING.glob("*.*"), *(HERE / "chapters").glob("*.ipynb")]:
            app.env.note_dependency(str(path))
        content[0] = instructors_page(content[0], Path(app.srcdir))


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("source-read", _generate)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
