"""Slides: one deck for each chapter, from the same notebooks, that opens with no network.

    python -m book._make.slides             every chapter, into _build/slides
    python -m book._make.slides 01 03       some of them

nbconvert makes reveal.js slides of them; what a deck loads is copied beside it, reveal.js from its npm package.
"""
from __future__ import annotations

import argparse
import html
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbconvert import SlidesExporter
from traitlets.config import Config

from book._make.chapters import KERNEL, sources
from book._make.slide_cells import slide_cells

HERE = Path(__file__).resolve().parents[2]
OUT, SITE, REVEAL = HERE / "_build" / "slides", HERE / "_build" / "html", HERE / "node_modules" / "reveal.js"
LOOK = Path(__file__).parent / "deck"

sys.path.append(str(HERE / "book" / "_ext"))
from reader import cited  # noqa: E402

__all__ = ["deck", "write"]


def deck(path: Path) -> str:
    """A chapter as one page of slides.

    Parameters
    ----------
    path : Path
        Its notebook, with outputs.

    Returns
    -------
    str
        HTML, which loads what `write` puts beside it.
    """
    notebook = json.loads(path.read_text("utf-8"))
    cells = slide_cells(notebook, cited(HERE / "book" / "references.bib"))
    title = cells[0]["source"].partition("\n")[0].lstrip("# ")
    node = nbformat.from_dict({"cells": cells, "metadata": {**KERNEL, "title": title}, "nbformat": 4, "nbformat_minor": 5})
    exporter = SlidesExporter(template_name="deck", extra_template_basedirs=[str(LOOK.parent)], exclude_output_prompt=True, exclude_input_prompt=True,
                              config=Config({"CSSHTMLHeaderPreprocessor": {"style": "friendly"}}))
    return exporter.from_notebook_node(node, {"metadata": {"name": path.stem}})[0]


def _beside(out: Path) -> None:
    """What the decks load: the site's look and Vega, Leaflet for maps, reveal.js."""
    if not (SITE / "_static" / "vendor" / "vega.js").exists():
        raise FileNotFoundError("the book is not built: run `make book` first, or `make slides`, which does it")
    static = out / "_static"
    for source, target in ((SITE / "_static" / "vendor" / "vega.js", "vendor/vega.js"), (SITE / "_static" / "book.css", "book.css"),
                           (REVEAL / "dist" / "reveal.css", "reveal/reveal.css"), (REVEAL / "dist" / "reveal.js", "reveal/reveal.js"),
                           (REVEAL / "LICENSE", "reveal/LICENSE"), (LOOK / "deck.css", "deck.css"), (LOOK / "deck.js", "deck.js")):
        (static / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, static / target)
    shutil.copytree(SITE / "_static" / "vendor" / "leaflet", static / "vendor" / "leaflet", dirs_exist_ok=True)


def write(names: Sequence[str] = (), out: Path = OUT) -> list[Path]:
    """Write the decks and a page that lists them.

    Parameters
    ----------
    names : sequence of str
        Beginnings of chapter names; all when empty.
    out : Path
        Folder.

    Returns
    -------
    list of Path

    Raises
    ------
    FileNotFoundError
        When the book is not built.
    ValueError
        When no chapter begins so.
    """
    chosen = [path.with_suffix(".ipynb") for path in sources() if path.stem.startswith(tuple(names) or ("",))]
    if not chosen:
        raise ValueError(f"no chapter begins with {', '.join(names)}: there are {', '.join(path.stem for path in sources())}")
    _beside(out)
    written = []
    for path in chosen:
        target = out / f"{path.stem}.html"
        target.write_text(deck(path), "utf-8", newline="\n")
        written.append(target)
        print(f"{target.stem}: {target.stat().st_size // 1024:,} KB", flush=True)
    links = "".join(f'<li><a href="{one.name}">{html.escape(one.stem)}</a></li>' for one in sorted(out.glob("[0-9]*.html")))
    (out / "index.html").write_text('<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Slides</title><link rel="icon" href="data:,">'
                                    f"</head><body><h1>Slides</h1><ul>{links}</ul></body></html>\n", "utf-8")
    return written


def main() -> int:
    parser = argparse.ArgumentParser(description="Make a deck of slides for each chapter.")
    parser.add_argument("names", nargs="*", help="beginnings of chapter names, such as 01")
    try:
        write(parser.parse_args().names)
    except (FileNotFoundError, ValueError) as problem:
        print(problem)
        return 1
    print("Open _build/slides/index.html; arrows or space lead on, F fills the screen.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
