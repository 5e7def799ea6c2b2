"""Python's memory, kept after the imports that every chapter makes, so that a page begins with it instead of making it again."""
from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from book._make.live_fetch import LISTS, run, sha256
from book._make.needs import packages_for

__all__ = ["keep_memory"]

RECIPE = [LISTS / "remember.py", LISTS / "remember.mjs", LISTS / "front" / "begin.js"]


def _about(file: Path) -> dict[str, Any]:
    return {"file_name": file.name, "sha256": sha256(file), "size": file.stat().st_size}


def keep_memory(folder: Path, npm: Path, lock: dict[str, Any]) -> dict[str, Any]:
    """Make `memory.bin` and `memory.zip` beside the wheels, and `memory.json` that tells of them; done once for what they are made of.

    Memory fits only the very libraries that it was made with: the page asks for both files by their SHA-256.

    Parameters
    ----------
    folder : Path
        Pyodide's files and the slim wheels.
    npm : Path
        The packages from npm.
    lock : dict
        As `book._make.live_wheels.generated_lock` gives it.

    Returns
    -------
    dict
        `memory` and `files` (each a `file_name`, `sha256` and `size` in bytes: what Python knows, gzipped, and what it may still
        read), `layout` (where compiled libraries lie in the memory), `packages` (those that were imported, with what they depend
        on) and `made_of`.

    Raises
    ------
    LiveError
        When a package cannot be imported, or the memory holds something of JavaScript's.
    """
    names = packages_for([RECIPE[0].read_text("utf-8")], {}, lock)
    wheels = [lock["packages"][name]["file_name"] for name in names]
    parts = [*RECIPE, *(folder / name for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", *wheels))]
    made_of = hashlib.sha256("".join(map(sha256, parts)).encode()).hexdigest()
    memory, files, notes = (folder / f"memory.{kind}" for kind in ("bin", "zip", "json"))
    if notes.exists() and memory.exists() and files.exists() and (known := json.loads(notes.read_text("utf-8")))["made_of"] == made_of:
        return known
    layout = run("node", RECIPE[1], folder, npm, memory, files, *wheels)
    about = {"memory": _about(memory), "files": _about(files), "layout": json.loads(layout), "packages": names, "made_of": made_of}
    notes.write_text(json.dumps(about, separators=(",", ":")), "utf-8")
    return about
