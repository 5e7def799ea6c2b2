"""The reader's copy of a chapter: the notebook as it is downloaded, in plain Markdown that any notebook program shows.

The committed notebook speaks to the book's builder: roles that quote a result, boxes, exercises with folded solutions. In
the copy each stands as its reader should meet it: the number, a quotation, a fold. A first cell says in one sentence how to
get the book's packages when they are missing.
"""
from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from exercises import CHECK, EXERCISE, tagged, with_stubs
from minutes import with_minutes
from notebooks import asks
from pybtex.database import parse_file

__all__ = ["reader_copy", "cited", "plain_markdown"]

PREFIX = "application/papermill.record/"
FIRST = '''try:
    import data, methods, widgets
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError(
        "This chapter needs the book's packages: in the folder of the book's repository, run "
        "`pip install -r requirements.txt`, then restart this notebook."
    ) from missing'''
UNFOLD = "**Solution.** Unfold the next cell."
BOX = re.compile(r"^:::\{(\w[\w-]*)\} ?(.*)\n((?::\w+:.*\n)*)((?:.*\n)*?):::$", re.MULTILINE)


def cited(bibliography: Path) -> dict[str, str]:
    """Each reference as it stands in a sentence: authors and year."""
    def authors(entry: Any) -> str:
        names = [" ".join(person.last_names) or str(person) for person in entry.persons["author"]]
        return " and ".join(names) if len(names) < 3 else f"{names[0]} et al."
    return {key: f"{authors(entry)} {entry.fields['year']}" for key, entry in parse_file(str(bibliography)).entries.items()}


def _box(match: re.Match[str]) -> str:
    """A box of the book as plain Markdown."""
    kind, title, _, inside = match.groups()
    inside = inside.strip("\n")
    if kind == "exercise":
        return f"**Exercise.** {inside}"
    if kind == "solution":
        return f"<details><summary>Solution</summary>\n\n{inside}\n\n</details>"
    if kind == "solution-start":
        return UNFOLD
    if kind == "solution-end":
        return ""
    quoted = "\n".join(f"> {line}".rstrip() for line in inside.splitlines())
    return f"> **{title}**\n>\n{quoted}" if title else quoted


def plain_markdown(text: str, results: Mapping[str, Any], references: Mapping[str, str]) -> str:
    """A cell's text with results for roles, and plain quotations and folds for boxes.

    Parameters
    ----------
    text : str
        MyST Markdown.
    results : mapping of str to number or str
        What the chapter glued.
    references : mapping of str to str
        See `cited`.

    Returns
    -------
    str
        Markdown.

    Raises
    ------
    KeyError
        When the text quotes a result or a reference that does not exist.
    """
    def result(match: re.Match[str]) -> str:
        name, _, form = match[1].partition(":")
        return format(results[name], form)
    text = re.sub(r"\{glue:text\}`([^`]+)`", result, text)
    text = re.sub(r"\{cite:p\}`([^`]+)`", lambda m: "(" + "; ".join(references[k.strip()] for k in m[1].split(",")) + ")", text)
    text = re.sub(r"\{cite(?::t)?\}`([^`]+)`", lambda m: "; ".join(references[k.strip()] for k in m[1].split(",")), text)
    text = re.sub(r"\{(?:term|ref|doc)\}`([^`<]+?)(?: *<[^`>]*>)?`", r"\1", text)
    text = re.sub(r"\[([^\]]+)\]\(\.\./book/[^)]*\)", r"\1", text)
    return BOX.sub(_box, text)


def _glued(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """What the cells of a chapter glued, by name."""
    outputs = [out for cell in notebook["cells"] for out in cell.get("outputs", []) if "scrapbook" in out.get("metadata", {})]
    return {out["metadata"]["scrapbook"]["name"]: _value("".join(out["data"][PREFIX + "text/plain"])) for out in outputs}


def _value(text: str) -> Any:
    """A glued record read back: a whole number, a number, or a text between quotes."""
    if text[:1] in "'\"":
        return text[1:-1]
    return int(text) if re.fullmatch(r"-?\d+", text) else float(text)


def reader_copy(notebook: Mapping[str, Any], references: Mapping[str, str]) -> dict[str, Any]:
    """The notebook that a reader downloads.

    Parameters
    ----------
    notebook : mapping
        A chapter's notebook of format 4, with outputs. It is not changed.
    references : mapping of str to str
        See `cited`.

    Returns
    -------
    dict
        A notebook of format 4.
    """
    mine, results = copy.deepcopy(dict(notebook)), _glued(notebook)
    with_minutes(mine)
    first = {"cell_type": "code", "id": "packages", "metadata": {}, "execution_count": None, "outputs": [], "source": FIRST}
    cells, solving = [first], False
    for cell in with_stubs(mine["cells"]):
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            solving = max(source.rfind("{solution-start}"), -1) > source.rfind("{solution-end}")
            cell["source"] = plain_markdown(source, results, references).strip()
            if not cell["source"]:
                continue
        else:
            cell["metadata"].pop("still", None)
            cell["outputs"] = [out for out in cell["outputs"] if "scrapbook" not in out.get("metadata", {})]
            if tagged(cell, EXERCISE):              # a text, so that running everything does not put it in place of the reader's own
                cells[-1]["source"] = cells[-1]["source"].removesuffix(UNFOLD).strip()
                cells = [*cells[:-1], *(cells[-1:] if cells[-1]["source"] else [])]
                cells.append({"cell_type": "markdown", "id": cell["id"], "metadata": {}, "source":
                              f"<details><summary>Solution</summary>\n\n```python\n{source}\n```\n\n</details>"})
                continue
            if tagged(cell, CHECK) or asks(cell):
                cell["metadata"]["jupyter"] = {"source_hidden": True}
            if solving:
                cell["metadata"]["jupyter"] = {"source_hidden": True, "outputs_hidden": True}
        cells.append(cell)
    return {**mine, "cells": cells}
