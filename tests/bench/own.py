"""The whole way from files in the official layouts to a book on them, on a made-up country: part of `make drill`.

    python -m tests.bench.own [--pages]
"""
from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat

from book._make.chapters import CHAPTERS
from book._make.own import NAME, OUT
from tests.conftest import ROOT
from tests.data.official.country import country

__all__ = ["main"]

#: Words that are true of the book's figures only. They may stand in what says so.
WRONG = re.compile(r"\bworkers\b|1982–2011|census of 1982 |urban_units_occupations")
TRUE = re.compile(r"no worker|written for the book|the book: workers|stand-in|book_table|workers_pct_2011|counts \*workers\*")


def _hashes() -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in CHAPTERS.iterdir() if path.is_file()}


def _labels(notebook: nbformat.NotebookNode) -> list[str]:
    """Lines of titles, captions, credits and prose that name what only the book's figures are."""
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            spec = next((value for key, value in output.get("data", {}).items() if "vegalite" in key), None)
            texts += [str(spec.get("title", "")), spec.get("description", "")] if spec else []
    begin, end = (next(i for i, text in enumerate(texts) if heading in text) for heading in ("How good is the stand-in", "By hand: a toy"))
    return [line for i, text in enumerate(texts) if not begin <= i <= end for line in text.splitlines() if WRONG.search(line) and not TRUE.search(line)]


def main(pages: bool = False) -> bool:
    """Files, folder, chapter (and pages): everything runs, every label is true, the committed chapters are as before."""
    before = _hashes()
    with tempfile.TemporaryDirectory() as name:
        folder, own = country(Path(name) / "files"), Path(name) / "own"
        subprocess.run([sys.executable, "-m", "data.official", str(folder), "--to", str(own)], cwd=ROOT, check=True)
        subprocess.run([sys.executable, "-m", "book._make.own", str(own), *([] if pages else ["--no-pages"])], cwd=ROOT, check=True)
    wrong = _labels(nbformat.read(OUT / "source" / "chapters" / f"{NAME}.ipynb", as_version=4))
    print("\n".join(wrong) or "every label follows the figures")
    same = _hashes() == before
    print("the committed chapters are as before" if same else "a committed chapter changed")
    return same and not wrong


if __name__ == "__main__":
    sys.exit(not main("--pages" in sys.argv))
