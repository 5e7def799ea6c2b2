"""The folder that is written: all of it or nothing, and nothing when nothing changed."""
from __future__ import annotations

import datetime
import filecmp
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from data.checking import check
from data.official.files import RefusedError, sha256
from data.recipes.writing import write_table

__all__ = ["DESCRIPTION", "provenance", "write"]

#: File of a folder that says what its tables were made from.
DESCRIPTION = "official.json"
BEGINS = ".official-"


def provenance(path: Path, what: str, edition: str, words: list[str]) -> dict[str, Any]:
    """What is noted of a source: name, what it is, edition, size, SHA-256, date of the file, and what was lost of it."""
    date = datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC).date().isoformat()
    return {"file": path.name, "what": what, "edition": edition, "bytes": path.stat().st_size, "sha256": sha256(path), "date": date,
            "told": words}


def _files(tables: dict[str, pd.DataFrame], folder: Path, about: dict[str, Any]) -> None:
    """Write every table, check it against its description, and describe the whole."""
    made = []
    for name, frame in sorted(tables.items()):
        path = folder / f"{name}.csv"
        plain = frame.astype(object).where(frame.notna(), None)
        write_table(path, list(frame.columns), ([int(v) if isinstance(v, float) and v.is_integer() else v for v in row]
                                                for row in plain.itertuples(index=False, name=None)))
        check(name, path)
        made.append({"name": name, "rows": len(frame), "bytes": path.stat().st_size, "sha256": sha256(path)})
    text = json.dumps({**about, "tables": made}, ensure_ascii=False, indent=1)
    (folder / DESCRIPTION).write_text(text + "\n", encoding="utf-8", newline="\n")


def _ours(out: Path) -> None:
    """Nothing when a folder is empty, not there, or was made by this command."""
    if out.exists() and not out.is_dir():
        raise RefusedError(out, "is a file", "name a folder that is empty or not there yet")
    if out.is_dir() and any(out.iterdir()) and not (out / DESCRIPTION).is_file():
        raise RefusedError(out, "holds other files", "name a folder that is empty or not there yet")


@contextmanager
def _aside(out: Path) -> Iterator[Path]:
    """A folder beside the one asked for, gone at the end whatever happens; so are those that a power cut left."""
    out.parent.mkdir(parents=True, exist_ok=True)
    for left in out.parent.glob(f"{BEGINS}{out.name}-*"):
        if (left / "old").is_dir() and not out.exists():        # cut between the two moves: what stood there comes back
            (left / "old").replace(out)
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"{BEGINS}{out.name}-", dir=out.parent, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _same(one: Path, other: Path) -> bool:
    """Whether two folders hold the same files, byte for byte."""
    if not other.is_dir():
        return False
    names = sorted(path.name for path in one.iterdir())
    return names == sorted(path.name for path in other.iterdir()) and not any(filecmp.cmpfiles(one, other, names, shallow=False)[1:])


def write(tables: dict[str, pd.DataFrame], out: Path, about: dict[str, Any]) -> bool:
    """Write tables and their description into a folder: all or nothing.

    Parameters
    ----------
    tables : dict of str to DataFrame
        By the name of their description.
    out : Path
        A folder that is empty, not there, or made by this function: what stood in it is replaced.
    about : dict
        What is noted beside the tables.

    Returns
    -------
    bool
        Whether anything changed.

    Raises
    ------
    RefusedError
        When the folder holds other files.
    TableError
        When a table is not as described: a defect of this program.
    """
    _ours(out)
    with _aside(out) as aside:
        new, old = aside / "new", aside / "old"
        new.mkdir()
        _files(tables, new, about)
        if _same(new, out):
            return False
        if out.is_dir():
            out.replace(old)
        try:
            new.replace(out)
        except BaseException:
            if old.is_dir():
                old.replace(out)
            raise
    return True
