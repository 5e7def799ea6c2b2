"""Questions for marking: one sheet for each student, about other places for each, and the answers for the instructor.

    python -m book._make.questions --class 30                        every chapter that has questions
    python -m book._make.questions --class 30 --seed 7 --chapters 01 03

The same seed gives the same sheets. Answers come from the functions that the chapters use. Everything is written into
`_build/questions`, which is in no page of the book.
"""
from __future__ import annotations

import argparse
import csv
import io
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader
from markdown_it import MarkdownIt

from book._make.marking import MAKERS, Question, Student
from book._make.marking.asking import markdown_table

__all__ = ["answers_csv", "answers_text", "questions_for", "sheet_text", "write"]

HERE = Path(__file__).resolve().parents[2]
OUT, SITE = HERE / "_build" / "questions", HERE / "_build" / "html"
TEMPLATE = Environment(loader=FileSystemLoader(Path(__file__).parent / "marking"), autoescape=False).get_template("sheet.html.j2")
MARKDOWN = MarkdownIt("commonmark").enable("table")


def in_book() -> list[str]:
    """The chapters of the table of contents."""
    toc = yaml.safe_load((HERE / "_toc.yml").read_text("utf-8"))
    return [one["file"].removeprefix("chapters/") for part in toc["parts"] for one in part["chapters"] if one["file"].startswith("chapters/")]


def questions_for(student: Student, chapters: Sequence[str] = ()) -> list[Question]:
    """The questions of one student.

    Parameters
    ----------
    student : Student
    chapters : sequence of str
        Beginnings of chapter names, such as ``"01"``; all when empty.

    Returns
    -------
    list of Question

    Raises
    ------
    ValueError
        When no chapter that has questions begins so.
    """
    have = sorted({maker.chapter for maker in MAKERS})
    strange = [one for one in chapters if not any(name.startswith(one) for name in have)]
    if strange:
        raise ValueError(f"no questions for {strange[0]!r}: chapters with questions are {', '.join(have)}")
    return [maker.ask(student) for maker in MAKERS if not chapters or maker.chapter.startswith(tuple(chapters))]


def sheet_text(student: Student, questions: Sequence[Question]) -> str:
    """A student's sheet as Markdown."""
    parts = [f"# Questions, sheet {student.number + 1}", "Name:", "Figures are official unless the line under a question says otherwise; they are those "
             "of the book’s tables. Show how you found each answer."]
    for n, one in enumerate(questions, 1):
        parts += [f"## {n}. {one.title}", one.text]
        if one.given is not None:
            parts.append(markdown_table(one.given, one.forms))
        parts.append("\n".join(f"{letter}. {answer.what}" for letter, answer in enumerate(one.answers, 1)))
        parts.append(f"*Chapter {one.chapter[:2]}. Source: {one.source}.*")
    return "\n\n".join(parts) + "\n"


def answers_text(student: Student, questions: Sequence[Question]) -> str:
    """The answers of one sheet as Markdown."""
    rows = [f"| {n}.{m} | {answer.what} | **{answer.text}** |" for n, one in enumerate(questions, 1) for m, answer in enumerate(one.answers, 1)]
    return "\n".join([f"## Sheet {student.number + 1}", "", "| no. | asked | answer |", "|---|---|---|", *rows]) + "\n"


def answers_csv(students: Sequence[tuple[Student, Sequence[Question]]]) -> str:
    """Every answer of every sheet, one row each."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["sheet", "question", "part", "chapter", "title", "asked", "answer"])
    for student, questions in students:
        for n, one in enumerate(questions, 1):
            writer.writerows([student.number + 1, n, m, one.chapter, one.title, answer.what, answer.text] for m, answer in enumerate(one.answers, 1))
    return out.getvalue()


def _page(title: str, texts: Sequence[str], room: bool = True) -> str:
    bodies = [MARKDOWN.render(text).replace("<p>Name:</p>", "<p>Name: ______________________________</p>") for text in texts]
    return TEMPLATE.render(title=title, bodies=bodies, room=room) + "\n"


def write(size: int, seed: int = 0, chapters: Sequence[str] = (), out: Path = OUT) -> list[Path]:
    """Write the sheets of a class and the answers.

    Parameters
    ----------
    size : int
        Number of students, 1 or more.
    seed : int
    chapters : sequence of str
        As for `questions_for`.
    out : Path
        Folder; what earlier sheets left in it goes.

    Returns
    -------
    list of Path
        `sheet-01.md` and `.html` for each student, `sheets.html` with all of them to print, `answers.html` and `answers.csv`.

    Raises
    ------
    ValueError
        When the class is empty, or the folder lies in the public site.
    """
    if size < 1:
        raise ValueError(f"a class has one student or more, got {size}")
    if out.resolve().is_relative_to(SITE.resolve()):
        raise ValueError(f"{out.name} lies in the public site: answers would be read by everybody; choose another folder")
    students = [(student, questions_for(student, chapters)) for student in (Student(n, seed) for n in range(size))]
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    texts = [sheet_text(*one) for one in students]
    files = {"sheets.html": _page("Questions", texts), "answers.csv": answers_csv(students),
             "answers.html": _page("Answers", [f"# Answers, seed {seed}\n", *(answers_text(*one) for one in students)], room=False)}
    for (student, _), text in zip(students, texts, strict=True):
        name = f"sheet-{student.number + 1:02d}"
        files |= {f"{name}.md": text, f"{name}.html": _page(f"Questions, sheet {student.number + 1}", [text])}
    for name, text in files.items():
        (out / name).write_text(text, "utf-8", newline="\n")
    return [out / name for name in sorted(files)]


def main() -> int:
    parser = argparse.ArgumentParser(description="Write questions for marking.")
    parser.add_argument("--class", dest="size", type=int, required=True, help="number of students")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--chapters", nargs="*", default=[], help="beginnings of chapter names, such as 01 03")
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args()
    try:
        files = write(asked.size, asked.seed, asked.chapters, asked.out)
    except ValueError as problem:
        print(problem)
        return 1
    without = [name for name in in_book() if name not in {maker.chapter for maker in MAKERS}]
    print(f"{asked.size} sheets, {len(files)} files in {asked.out.name}/: print sheets.html; answers.html and answers.csv are yours."
          + (f" No questions for: {', '.join(without)}." if without else ""))
    return 0


if __name__ == "__main__":
    sys.exit(main())
