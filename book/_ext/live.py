"""Python in the pages: when `make live` has made the layer, put it beside the site and offer it on each chapter.

Without the layer nothing is added: the book builds and reads the same.
"""
from __future__ import annotations

import hashlib
import html
import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

__all__ = ["cells_of", "chapter_about", "place_layer", "place_lab", "setup"]

HERE = Path(__file__).resolve().parents[2]
LAYER = HERE / "_build" / "live" / "site"
FRONT = HERE / "book" / "_live" / "front"
CORE = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"]
ENTRY = {"name": "", "path": "", "content": None, "created": "2026-01-01T00:00:00Z", "last_modified": "2026-01-01T00:00:00Z",
         "format": None, "mimetype": None, "size": None, "writable": True, "type": "directory"}
LISTS = ["pyodide/pyodide-lock.json", "pyodide/memory.json", "needs.json"]
ALWAYS = "import data"      # the book's own modules

sys.path.append(str(HERE))
from book._make.needs import LATE, packages_for  # noqa: E402


def _front_files(layer: Path) -> list[Path]:
    """The files of a page with Python: ours, those joined by `make live`, and the module that both sides share."""
    joined = [layer / name for name in ("editor.js", "unzip.js", "widgets.js", "widgets.css")]
    return [*sorted(FRONT.glob("*.*")), HERE / "book" / "_make" / "needs.py", *joined]


def marks(layer: Path) -> dict[str, str]:
    """Names that change with the content, so that no cache mixes two editions."""
    def mark(*files: Path) -> str:
        return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:10]
    return {"front": f"front-{mark(*_front_files(layer))}", "mark": mark(*(layer / name for name in LISTS))}


def cells_of(body: str) -> list[str]:
    """The code of a built page, cell by cell."""
    found = re.findall(r'<div class="cell_input.*?<pre>(.*?)</pre>', body, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", one)) for one in found]


def chapter_about(texts: list[str], layer: Path = LAYER) -> dict[str, Any]:
    """What a page says to its switch: the packages that it loads at the start, their bytes, and where the layer lies.

    Parameters
    ----------
    texts : list of str
        The code of its cells.
    layer : Path
        The layer, as `make live` leaves it.

    Returns
    -------
    dict
        `packages`, `bytes`, `front` and `mark`.
    """
    lock, memory, needs = (json.loads((layer / name).read_text("utf-8")) for name in LISTS)
    packages = sorted({*memory["packages"], *packages_for([ALWAYS, *texts], needs, lock, LATE)})
    size = sum((layer / "pyodide" / name).stat().st_size for name in CORE) + sum(memory[name]["size"] for name in ("memory", "files"))
    size += sum(lock["packages"][name]["size"] for name in packages if name not in memory["packages"])
    return {"packages": packages, "bytes": size, **marks(layer)}


def _put(source: Path, target: Path) -> None:
    """A file beside the site: the same file where the disk allows, since the layer is large."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def place_layer(site: Path, layer: Path = LAYER) -> None:
    """Put the layer beside a built site, in `live/`; what an older edition left there goes."""
    shutil.rmtree(site / "live", ignore_errors=True)
    front = site / "live" / marks(layer)["front"]
    for source in _front_files(layer):
        front.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, front / source.name)
    for source in sorted((layer / "pyodide").iterdir()):
        if source.name != "slimmed.json":
            _put(source, site / "live" / "pyodide" / source.name)
    for source in (layer / "needs.json", layer.parent / "account.json"):
        _put(source, site / "live" / source.name)


def place_lab(site: Path, lab: Path) -> None:
    """Put the lab beside a built site, in `lite/`, with the readers' copies of the chapters.

    The lab's Python has no Vega to hand to an explorer, so its page loads the site's own.
    """
    target = site / "lite"
    shutil.rmtree(target, ignore_errors=True)
    for source in sorted(path for path in lab.rglob("*") if path.is_file()):
        _put(source, target / source.relative_to(lab))
    for page in [*target.glob("lab/index.html"), *target.glob("notebooks/index.html")]:
        text = page.read_text("utf-8")
        page.unlink()                       # not through the link: the lab itself stays as it was built
        page.write_text(text.replace("<head>", '<head><script src="../../_static/vendor/vega.js"></script>', 1), "utf-8")
    listed = []
    (target / "files").mkdir(exist_ok=True)
    for copy in sorted((site / "_sources" / "chapters").glob("*.ipynb")):
        shutil.copyfile(copy, target / "files" / copy.name)
        listed.append({**ENTRY, "name": copy.name, "path": copy.name, "size": copy.stat().st_size, "type": "notebook"})
    (target / "api" / "contents").mkdir(parents=True, exist_ok=True)
    (target / "api" / "contents" / "all.json").write_text(json.dumps({**ENTRY, "type": "directory", "format": "json", "content": listed}), "utf-8")


# ---- what Sphinx calls
def _offer(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    texts = cells_of(context.get("body") or "")
    if texts and (LAYER.parent / "ready").exists():
        lab = f"{pagename.partition('/')[2]}.ipynb" if pagename.startswith("chapters/") else ""
        about = {**chapter_about(texts), "lab": lab}
        app.add_js_file("live.js", priority=750, **{"data-live": json.dumps(about, separators=(",", ":"))})


def _finish(app: Sphinx, problem: Exception | None) -> None:
    if problem is None and app.builder.format == "html" and (LAYER.parent / "ready").exists():
        place_layer(Path(app.outdir))
        place_lab(Path(app.outdir), LAYER.parent / "lab")


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("html-page-context", _offer)
    app.connect("build-finished", _finish, priority=800)     # after the readers' copies are made
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
