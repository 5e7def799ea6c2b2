"""Run chapters and the ledger on a reader's own figures: `make own BOOK_DATA=folder`.

The folder is one that `python -m data.official` wrote. A copy of the book's sources is made in ``_build/own/source``; there the
second chapter's text is read with the words of the new figures (`own_rules`), run, and built into ``_build/own/_build/html``. The
text of the third and the seventh is about figures of other years: in their place a page of its own (`PAGES`) runs their functions on
what the folder holds. A folder without figures by sector has these pages alone. The committed chapters are only read.
"""
from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from book._make import own_rules
from book._make.chapters import CHAPTERS, HERE, run

__all__ = ["NAME", "PAGES", "cells", "held", "main", "translated", "words_of"]

#: The chapter that runs on other figures.
NAME = "02_trajectories"
OUT = HERE / "_build" / "own"
#: Seconds that a cell may take: sequences of nine censuses are far more various than those of five.
LONGEST = 7200


class Page(NamedTuple):
    """A page beside the second chapter, on what some folders hold."""

    template: Path      #: its text twin; a cell tagged ``if-NEED`` or ``unless-NEED`` depends on the folder too
    name: str           #: what it is called in the copy
    need: str           #: what the folder must hold, of `held`
    about: str          #: the page in words
    lacking: str        #: what to bring where it is not there, in words


PAGES = (
    Page(Path(__file__).with_name("own_recovery.py.txt"), "recovery_in_jobs", "jobs",
         "the recovery of 2016–2019 in private jobs, with the functions of the third chapter", "Urssaf's jobs of 2016 and 2019"),
    Page(Path(__file__).with_name("own_third_places.py.txt"), "third_places_in_your_list", "places",
         "third places, with the functions of the seventh chapter", "a list of third places"))
SECTORS = "INSEE's workbook of sectors, pop-act2554-empl-sa-sexe-cd-6822.xlsx"


def words_of(counted: Any) -> dict[str, str]:
    """What fills the places of the rules, from what the figures count."""
    years = [str(year) for year in counted.years]
    return {"first": years[0], "last": years[-1], "many": counted.many, "what": counted.what, "label": counted.label, "people": counted.people,
            "by": counted.by, "group": counted.group, "years": ", ".join(years), "words": f"{4 ** len(years):,}"}


def _rule(text: str, old: str, new: str) -> tuple[str, int]:
    """A text with a rule applied, and how often it was."""
    pattern = r"\s+".join(re.escape(word) for word in old.replace("{{", "{").replace("}}", "}").split())
    return re.subn(pattern, lambda _: new, text)


def _parts(sources: list[str]) -> list[list[tuple[str, bool]]]:
    """Each cell as parts, and whether a part stays as it is: from one heading of `own_rules.KEPT` to the other."""
    begin, end = own_rules.KEPT
    kept, parts = False, []
    for text in sources:
        heading = end if kept else begin
        before, found, after = text.partition(heading)
        parts.append([(before, kept)] if not found else
                     [(before + heading + "\n\n" + "@kept@", False), (after, True)] if not kept else [(before, True), (heading + after, False)])
        kept ^= bool(found)
    if kept or sum(len(of_cell) > 1 for of_cell in parts) != 2:
        raise ValueError(f"{NAME} has no headings {begin!r} and {end!r} in this order: put book/_make/own_rules.py in step with it")
    return parts


def _general(text: str, words: dict[str, str]) -> str:
    for pattern, new in own_rules.GENERAL:
        text = re.sub(pattern, new.format_map(words), text)
    return text


def _codes(text: str, code_of: Callable[[str], str]) -> str:
    """Codes of urban units in quotes, as the units of the own figures have them."""
    return re.sub(r'"(\d[0-9AB]\d{3})"', lambda found: f'"{code_of(found[1])}"', text)


def translated(sources: list[str], words: dict[str, str], code_of: Callable[[str], str]) -> list[str]:
    """The chapter's cells, with the words of other figures.

    Parameters
    ----------
    sources : list of str
        Text of each cell.
    words : dict
        Of `words_of`.
    code_of : function
        The code of a unit of the book in the own figures.

    Returns
    -------
    list of str
        As many.

    Raises
    ------
    ValueError
        When a rule's old text is in no cell: the chapter has changed, and its rule with it must.
    """
    used = [0] * len(own_rules.RULES)
    verdict = re.compile(r":::\{admonition\} On our figures.*?\n:::", re.DOTALL)

    def part(text: str, kept: bool) -> str:
        if kept:
            return text
        text = verdict.sub("@verdict@", text)
        for place, (old, new) in enumerate(own_rules.RULES):
            text, times = _rule(text, old, new.format_map(words))
            used[place] += times
        return _codes(_general(text, words), code_of).replace("@verdict@", own_rules.VERDICT.format_map(words)).replace("@kept@", own_rules.ABOUT_KEPT)

    done = ["".join(part(*one) for one in of_cell) for of_cell in _parts(sources)]
    lost = [old for (old, _), times in zip(own_rules.RULES, used, strict=True) if not times]
    if lost:
        raise ValueError(f"{NAME} no longer says {lost[0]!r}: put the rule in book/_make/own_rules.py in step with it")
    return done


def _linked(text: str, sectors: bool = True) -> str:
    """Links to chapters that this copy does not hold, as plain words."""
    return re.sub(rf"\[([^\]]+)\]\((?:\.\./chapters/)?0[{'13-9' if sectors else '1-9'}]_\w+\.ipynb(?:#[^)]*)?\)", r"\1", text)


def _code_of() -> Callable[[str], str]:
    """The own code of a unit of the book: that of the unit with the same main commune; itself for what is no unit."""
    from data import load
    from data.loading import book_table
    communes = book_table("urban_units").set_index("urban_unit")["main_commune_2026"]
    own = load("urban_units").set_index("main_commune_2026")["urban_unit"]

    def code(unit: str) -> str:
        if unit not in communes.index:
            return unit
        if communes[unit] not in own.index:
            raise ValueError(f"the chapter names the urban unit {unit} of commune {communes[unit]}; your zoning has no unit there")
        return own[communes[unit]]
    return code


def write_text(target: Path, words: dict[str, str], code_of: Callable[[str], str]) -> None:
    """Write the chapter's text twin on other figures."""
    import jupytext
    notebook = jupytext.read(CHAPTERS / f"{NAME}.py", fmt="py:percent")
    texts = translated([cell.source for cell in notebook.cells], words, code_of)
    for cell, text in zip(notebook.cells, texts, strict=True):
        cell.source = _linked(text) if cell.cell_type == "markdown" else text
    head, _, rest = notebook.cells[0].source.partition("\n")
    notebook.cells[0].source = f"{head}\n\n{own_rules.BANNER.format_map(words)}\n{rest}"
    after = next(i for i, cell in enumerate(notebook.cells) if "figure(" in cell.source) + 1
    beside = jupytext.reads("# %% tags=[\"hide-input\"]\n" + own_rules.BESIDE.format_map(words) + "\n", fmt="py:percent").cells
    notebook.cells[after:after] = beside
    jupytext.write(notebook, target, fmt="py:percent")


def _prepared(source: Path, sectors: bool) -> None:
    """A copy of what a build needs, without the chapters."""
    shutil.rmtree(source, ignore_errors=True)
    shutil.copytree(HERE / "book", source / "book", ignore=shutil.ignore_patterns("__pycache__", "_live"))
    for folder in ("data", "methods", "widgets"):
        shutil.copytree(HERE / folder, source / folder, ignore=shutil.ignore_patterns("__pycache__", "recipes"))
    for name in ("_config.yml", "package.json", "requirements.txt", "constraints.txt", "pyproject.toml"):
        shutil.copy(HERE / name, source / name)
    (source / "node_modules").symlink_to(HERE / "node_modules", target_is_directory=True)
    (source / "chapters").mkdir()
    glossary = source / "book" / "glossary.md"
    glossary.write_text(_linked(glossary.read_text("utf-8"), sectors), "utf-8")


def held(folder: Path) -> set[str]:
    """What a folder holds of the things that pages and their cells ask for.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    set of str
        Of "jobs" (industrial ones of 2016 and 2019, by town and by size class), "earlier" (of a year before these too), "areas" (towns
        whose attraction area is known), "places" and "zones" (third places by size class, by employment zone).
    """
    def columns(name: str, *which: str) -> pd.DataFrame:
        path = folder / f"{name}.csv"
        return pd.read_csv(path, usecols=list(which)) if path.is_file() else pd.DataFrame(columns=list(which))

    by_town, by_class = (set(columns(name, "year", "industry").query("industry == 1")["year"]) for name in ("urban_units_jobs", "size_class_jobs"))
    units = columns("urban_units", "aav_class", "aav_category")
    has = {"jobs": len(units) > 0 and {2016, 2019} <= by_town & by_class, "earlier": any(year < 2016 for year in by_town),
           "areas": units.notna().all(axis=1).any(), "places": columns("third_places_by_commune_class", "third_places")["third_places"].sum() > 0,
           "zones": columns("zone_third_places", "third_places")["third_places"].sum() > 0}
    return {name for name, there in has.items() if there}


def cells(page: Page, has: set[str]) -> Any:
    """A page's notebook, with the cells that a folder can fill.

    Parameters
    ----------
    page : Page
    has : set of str
        Of `held`.

    Returns
    -------
    nbformat.NotebookNode
    """
    import jupytext
    notebook = jupytext.reads(page.template.read_text("utf-8"), fmt="py:percent")
    kept = []
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        asked = [tag for tag in tags if tag.startswith(("if-", "unless-"))]
        if all((tag.partition("-")[2] in has) == tag.startswith("if-") for tag in asked):
            cell.metadata["tags"] = [tag for tag in tags if tag not in asked]
            kept.append(cell)
    notebook.cells = kept
    return notebook


def _pages(source: Path, has: set[str]) -> None:
    """Write and run the pages whose figures the folder holds."""
    import jupytext
    for page in PAGES:
        if page.need in has:
            text = source / "chapters" / f"{page.name}.py"
            jupytext.write(cells(page, has), text, fmt="py:percent")
            print(f"running {page.about} ...", flush=True)
            text.with_suffix(".ipynb").write_text(run(text), "utf-8")


def _toc(has: set[str], sectors: bool) -> str:
    """The contents: the second chapter and the ledger where there are sectors, the pages that can be filled, the back matter."""
    names = [f"chapters/{NAME}"] * sectors + [f"chapters/{page.name}" for page in PAGES if page.need in has]
    names += ["book/claims"] * sectors + ["book/glossary", "book/bibliography"]
    return "format: jb-book\nroot: index\nchapters:\n" + "".join(f"  - file: {name}\n" for name in names)


def _index(words: dict[str, str] | None, folder: Path, has: set[str]) -> str:
    """The first page: what these figures are, which pages run on them, and what was lost on the way; no words without sectors."""
    about = json.loads((folder / "official.json").read_text("utf-8"))
    lines = ["# Industrial reconquest, on your figures", "", f"Counted here: **{words['label']}**. The second chapter and the ledger of "
             "claims run on them. The other chapters of the book are not in this copy; pages of its own stand for two of them:" if words else
             "Your folder holds no figures by sector, so that neither the second chapter nor the ledger of claims runs on it (bring "
             f"{SECTORS}). Pages of its own stand for two other chapters of the book:", ""]
    lines += [f"- {page.about}" + ("." if page.need in has else f": not here, for your folder holds no figures for it (bring {page.lacking}).")
              for page in PAGES]
    lines += ["", "## The files", ""]
    for one in about["sources"]:
        lines += [f"- `{one['file']}`: {one['what']} {one['edition']}, {one['bytes']:,} bytes, {one['date']}, SHA-256 `{one['sha256'][:16]}…`",
                  *(f"  - {words_}" for words_ in one["told"])]
    return "\n".join(lines) + "\n"


def make(folder: Path, build: bool = True) -> Path:
    """Run the chapter and the pages on a folder's figures and build their book.

    Parameters
    ----------
    folder : Path
        Made by `python -m data.official`.
    build : bool
        Whether to build the pages too.

    Returns
    -------
    Path
        The first page, or the folder of notebooks when nothing is built.

    Raises
    ------
    ValueError
        When the folder holds nothing that a page can be made of, or a rule does not fit the chapter.
    """
    from data import counted
    sectors, source = (folder / "urban_units_sectors.csv").is_file(), OUT / "source"
    has = held(folder)
    if not sectors and not any(page.need in has for page in PAGES):
        raise ValueError(f"{folder} holds nothing that a page can be made of: give python -m data.official {SECTORS}, or "
                         + " or ".join(page.lacking for page in PAGES))
    os.environ["BOOK_DATA"] = str(folder.resolve())
    words = words_of(counted()) if sectors else None
    _prepared(source, sectors)
    if words:
        text = source / "chapters" / f"{NAME}.py"
        write_text(text, words, _code_of())
        print(f"running {NAME} on {words['label']} (minutes; nine censuses make many different paths) ...", flush=True)
        text.with_suffix(".ipynb").write_text(run(text, LONGEST), "utf-8")
        (source / "book" / "claims.md").write_text(own_rules.LEDGER.format_map(words), "utf-8")
    _pages(source, has)
    if not build:
        return source / "chapters"
    (source / "_toc.yml").write_text(_toc(has, sectors), "utf-8")
    (source / "index.md").write_text(_index(words, folder, has), "utf-8")
    subprocess.run([str(Path(sys.executable).parent / "jupyter-book"), "build", str(source), "--path-output", str(OUT), "--all", "--quiet"], check=True)
    return OUT / "_build" / "html" / "index.html"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m book._make.own", description="Run the second chapter, the ledger, and pages in place of the third and the seventh on your own figures.")
    parser.add_argument("folder", type=Path, help="a folder that python -m data.official wrote")
    parser.add_argument("--no-pages", action="store_true", help="run the chapters, build no pages")
    asked = parser.parse_args()
    try:
        print(make(asked.folder.expanduser(), not asked.no_pages))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
