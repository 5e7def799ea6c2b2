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


def keep_memory(folder: Path, npm: Path, lock: dict[str, Any]) -> dict[str, Any]:
    """Make `memory.bin` beside the wheels, and `memory.json` that tells of it; done once for what it is made of.

    Memory fits only the very files that it was made with: the page asks for them, and for it, by their SHA-256.

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
        `file_name`, `layout` (where compiled libraries lie in it), `sha256`, `size` (bytes, gzipped), `packages` (those that were imported, with what they depend on) and
        `made_of`.

    Raises
    ------
    LiveError
        When a package cannot be imported, or the memory holds something of JavaScript's.
    """
    names = packages_for([RECIPE[0].read_text("utf-8")], {}, lock)
    wheels = [lock["packages"][name]["file_name"] for name in names]
    parts = [*RECIPE, *(folder / name for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", *wheels))]
    made_of = hashlib.sha256("".join(map(sha256, parts)).encode()).hexdigest()
    target, notes = folder / "memory.bin", folder / "memory.json"
    if notes.exists() and target.exists() and (known := json.loads(notes.read_text("utf-8")))["made_of"] == made_of:
        return known
    layout = run("node", RECIPE[1], folder, npm, target, *wheels)
    about = {"file_name": target.name, "layout": json.loads(layout), "sha256": sha256(target), "size": target.stat().st_size, "packages": names, "made_of": made_of}
    notes.write_text(json.dumps(about, separators=(",", ":")), "utf-8")
    return about
