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
from book._make.own import NAME, OUT, PAGES
from tests.conftest import ROOT
from tests.data.official.country import country

__all__ = ["main"]

#: Words that are true of the book's figures only. They may stand in what says so.
WRONG = re.compile(r"\bworkers\b|1982–2011|census of 1982 |urban_units_occupations")
TRUE = re.compile(r"written for the book|the book: workers|stand-in|residence, 1982–2011: where a word|industry_and_workers_by_department")


def _hashes() -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in CHAPTERS.iterdir() if path.is_file()}


def _texts(cell: nbformat.NotebookNode) -> list[str]:
    """Prose, and titles and words of charts, tables and maps."""
    if cell.cell_type == "markdown":
        return [cell.source]
    shown = [output.get("data", {}) for output in cell.get("outputs", [])]
    specs = [value for data in shown for key, value in data.items() if "vegalite" in key]
    return [text for spec in specs for text in (str(spec.get("title", "")), spec.get("description", ""))] + [
        re.sub(r"<script.*?</script>|<[^>]+>", " ", str(data["text/html"]), flags=re.DOTALL) for data in shown if "text/html" in data]


def _labels(notebook: nbformat.NotebookNode) -> list[str]:
    """Lines that name what only the book's figures are, outside the part about its own stand-in."""
    wrong, kept = [], False
    for cell in notebook.cells:
        for whole in _texts(cell):
            text = whole
            kept = kept or "How good is the stand-in" in text
            if kept and "By hand: a toy" in text:
                kept, text = False, text.split("By hand: a toy")[1]
            if not kept:
                wrong += [line.strip()[:200] for line in text.splitlines() if WRONG.search(line) and not TRUE.search(line)]
    return wrong


def main(pages: bool = False) -> bool:
    """Files, folder, chapter (and pages): everything runs, every label is true, the committed chapters are as before."""
    before = _hashes()
    with tempfile.TemporaryDirectory() as name:
        folder, own = country(Path(name) / "files"), Path(name) / "own"
        subprocess.run([sys.executable, "-m", "data.official", str(folder), "--to", str(own)], cwd=ROOT, check=True)
        subprocess.run([sys.executable, "-m", "book._make.own", str(own), *([] if pages else ["--no-pages"])], cwd=ROOT, check=True)
    wrong = _labels(nbformat.read(OUT / "source" / "chapters" / f"{NAME}.ipynb", as_version=4))
    print("\n".join(wrong) or "every label follows the figures")
    lost = [page.name for page in PAGES if not (OUT / "source" / "chapters" / f"{page.name}.ipynb").is_file()]
    print(f"pages that did not run: {', '.join(lost) or 'none'}")
    same = _hashes() == before
    print("the committed chapters are as before" if same else "a committed chapter changed")
    return same and not wrong and not lost


if __name__ == "__main__":
    sys.exit(not main("--pages" in sys.argv))
