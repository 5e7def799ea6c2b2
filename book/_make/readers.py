"""Write the readers' copies of the chapters: plain Markdown, folded solutions, to be opened in any lab.

    python -m book._make.readers FOLDER
"""
from __future__ import annotations

import json
import sys
from pathlib import Path

from book._make.live_fetch import HERE

__all__ = ["write_copies"]

sys.path.append(str(HERE / "book" / "_ext"))
from reader import cited, reader_copy


def write_copies(folder: Path) -> list[Path]:
    """Write a copy of each chapter.

    Parameters
    ----------
    folder : Path
        Made when it is not there; a copy of the same name in it is written over.

    Returns
    -------
    list of Path
        The copies, in the order of the book.
    """
    folder.mkdir(parents=True, exist_ok=True)
    references, written = cited(HERE / "book" / "references.bib"), []
    for chapter in sorted((HERE / "chapters").glob("*.ipynb")):
        copy = reader_copy(json.loads(chapter.read_text("utf-8")), references)
        written.append(folder / chapter.name)
        written[-1].write_text(json.dumps(copy, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return written


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Say where: python -m book._make.readers notebooks")
    print(f"{len(write_copies(Path(sys.argv[1])))} notebooks in {sys.argv[1]}")
