"""Run the chapters: each `chapters/NN_name.py` (py:percent) becomes an executed `chapters/NN_name.ipynb`.

The same source gives the same file, to the byte: cell names come from the cells' text, no time is recorded, no widget's
state is kept. A cell tagged `needs-kernel` is stored without output; what it shows first is kept in its metadata as a
still for the page and for paper.

    python -m book._make.chapters              run the chapters that changed
    python -m book._make.chapters --all        run every chapter
    python -m book._make.chapters --check      run every chapter, change nothing, fail if a file would change
"""
from __future__ import annotations

import argparse
import hashlib
import math
import os
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from queue import Empty
from time import monotonic
from typing import Any

import jupytext
import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parents[2]
CHAPTERS = HERE / "chapters"
VIEW, STATE = "application/vnd.jupyter.widget-view+json", "application/vnd.jupyter.widget-state+json"
EXPLORER = "application/vnd.book.explorer+json"
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}, "language_info": {"name": "python"}}


def read_text(path: Path) -> nbformat.NotebookNode:
    """The text twin as a notebook without outputs, each cell named after its own text."""
    notebook = jupytext.read(path, fmt="py:percent")
    seen: Counter[str] = Counter()
    for cell in notebook.cells:
        name = hashlib.sha256(cell.source.encode()).hexdigest()[:10]
        seen[name] += 1
        cell["id"] = name if seen[name] == 1 else f"{name}-{seen[name]}"
        cell.metadata = {"tags": cell.metadata["tags"]} if cell.metadata.get("tags") else {}
    notebook.metadata = dict(KERNEL)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def _still(outputs: list[dict[str, Any]], states: dict[str, Any]) -> list[dict[str, Any]]:
    """What an `interact` cell shows first: the outputs that its output widget holds."""
    models = [out["data"][VIEW]["model_id"] for out in outputs if VIEW in out.get("data", {})]
    found: list[dict[str, Any]] = []
    while models:
        state = states.get(models.pop(0), {}).get("state", {})
        found += state.get("outputs", [])
        models += [child.removeprefix("IPY_MODEL_") for child in state.get("children", [])]
    return found


def in_slices(get: Callable[..., Awaitable[Any]], slice_: float = 1.0) -> Callable[..., Awaitable[Any]]:
    """Ask a kernel's channel for a message again and again, for no longer than was asked.

    On a busy machine the signal that a message has come can be lost: it is there, and a single wait would last its whole time.
    """
    async def wait(timeout: float | None = None) -> Any:
        until = math.inf if timeout is None else monotonic() + timeout
        while True:
            try:
                return await get(timeout=max(0.0, min(slice_, until - monotonic())))
            except Empty:
                if monotonic() >= until:
                    raise
    return wait


class Client(NotebookClient):
    """Runs a notebook, and hears of each message though its signal be lost."""

    async def async_start_new_kernel_client(self) -> Any:
        client = await super().async_start_new_kernel_client()
        for channel in (client.shell_channel, client.iopub_channel):
            channel.get_msg = in_slices(channel.get_msg)
        return client


def run(path: Path, timeout: int = 600) -> str:
    """Execute one chapter.

    Parameters
    ----------
    path : Path
        The text twin.
    timeout : int
        Seconds that a cell may take.

    Returns
    -------
    str
        The notebook's JSON.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        When a cell fails; the message holds the cell.
    ValueError
        When a cell leaves an error, or a `needs-kernel` cell shows nothing.
    """
    notebook = read_text(path)
    Client(notebook, timeout=timeout, kernel_name="python3", record_timing=False, coalesce_streams=True, raise_on_iopub_timeout=True,
           iopub_timeout=30, resources={"metadata": {"path": str(path.parent)}}).execute()
    states = notebook.metadata.pop("widgets", {}).get(STATE, {}).get("state", {})
    for cell in notebook.cells:
        if "needs-kernel" in cell.metadata.get("tags", []):
            still = _still(cell.outputs, states)
            if not still:
                raise ValueError(f"{path.name}: a needs-kernel cell shows nothing at first:\n{cell.source}")
            cell.metadata["still"], cell.outputs = still, []
        for output in cell.get("outputs", []):
            if EXPLORER in output.get("data", {}):
                output["data"].pop(VIEW, None)      # the live widget dies with its kernel and is named at random
            if output.get("name") == "stderr" or output.output_type == "error":
                raise ValueError(f"{path.name}: a cell writes a warning or an error:\n{cell.source}\n{output}")
    notebook.metadata = dict(KERNEL)
    nbformat.validate(notebook)
    return nbformat.writes(notebook) + "\n"


def sources() -> list[Path]:
    """The text twins, in the order of the book."""
    return sorted(CHAPTERS.glob("[0-9][0-9]_*.py"))


def _fingerprint(path: Path) -> str:
    """What a chapter's result depends on: its text and every file of data, methods and widgets."""
    files = [path, *(f for folder in ("data", "methods", "widgets") for f in sorted((HERE / folder).rglob("*"))
                     if f.is_file() and not {"__pycache__", "recipes", "official"} & set(f.relative_to(HERE).parts))]
    return hashlib.sha256(b"".join(hashlib.sha256(f.read_bytes()).digest() for f in files)).hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description="Run the chapters.")
    parser.add_argument("--all", action="store_true", help="run every chapter, changed or not")
    parser.add_argument("--check", action="store_true", help="run every chapter and fail if a committed file would change")
    parser.add_argument("names", nargs="*", help="beginnings of chapter names, such as 01")
    asked = parser.parse_args()
    stamps, moved, stale = HERE / "_build" / "chapters", [], {}
    stamps.mkdir(parents=True, exist_ok=True)
    for path in sources():
        target, stamp, print_ = path.with_suffix(".ipynb"), stamps / path.stem, _fingerprint(path)
        if asked.names and not path.name.startswith(tuple(asked.names)):
            continue
        fresh = target.exists() and stamp.exists() and stamp.read_text() == print_ + hashlib.sha256(target.read_bytes()).hexdigest()
        if fresh and not asked.all and not asked.check:
            print(f"{path.stem}: unchanged")
            continue
        stale[path] = print_
    with ProcessPoolExecutor(min(os.cpu_count() or 1, max(len(stale), 1))) as pool:
        for (path, print_), text in zip(stale.items(), pool.map(run, stale), strict=True):
            target = path.with_suffix(".ipynb")
            old = target.read_text("utf-8") if target.exists() else ""
            moved += [path.stem] * (old != text)
            if not asked.check:
                target.write_text(text, "utf-8", newline="\n")
                (stamps / path.stem).write_text(print_ + hashlib.sha256(target.read_bytes()).hexdigest())
            print(f"{path.stem}: {'as before' if old == text else 'changed'}, {len(text) // 1024} KB", flush=True)
    if asked.check and moved:
        print(f"not in step with their text: {', '.join(moved)}. Run `make chapters` and commit the notebooks.")
    return bool(asked.check and moved)


if __name__ == "__main__":
    sys.exit(main())
