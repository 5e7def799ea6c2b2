"""The book without a network: the list of files that *Read offline* keeps, the worker that hands them out, and a zip."""
from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

__all__ = ["site_files", "write_zip", "write_list", "setup"]

ZIP = "industrial-reconquest.zip"
OWN = {ZIP, "offline.json", "sw.js", ".buildinfo", "objects.inv"}
SWITCH = re.compile(r'<script data-live="[^"]*"[^>]*></script>')


class ReadOffline(SphinxDirective):
    """The place of the button and of the link to the zip."""

    def run(self) -> list[nodes.Node]:
        link = f'<a href="../{ZIP}" download>Download the book (zip)</a>'
        return [nodes.raw(text=f'<div id="book-offline"><p>{link}</p></div>', format="html")]


def site_files(site: Path) -> tuple[list[str], list[str]]:
    """The files of a built site, and those of its Python, as addresses below its root; the lab is a program of its own."""
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    files = [name for name in files if name not in OWN and not name.startswith(".")]
    python = ("live/", "lite/")
    return [name for name in files if not name.startswith(python)], [name for name in files if name.startswith("live/")]


def write_zip(site: Path) -> int:
    """The site as one file: unpack it and open `index.html`. Its pages offer no Python, since a file cannot start any.

    Returns
    -------
    int
        Bytes.
    """
    with zipfile.ZipFile(site / ZIP, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as whole:
        for name in site_files(site)[0]:
            data = (site / name).read_bytes()
            if name.endswith(".html"):
                data = SWITCH.sub("", data.decode("utf-8")).encode()
            whole.writestr(zipfile.ZipInfo(f"industrial-reconquest/{name}", (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return (site / ZIP).stat().st_size


def write_list(site: Path, zipped: int) -> None:
    """What *Read offline* keeps: every file with its size, and a mark of this edition."""
    pages, live = [[[name, (site / name).stat().st_size] for name in names] for names in site_files(site)]
    whole = hashlib.sha256()
    for name, _ in pages:
        whole.update(name.encode() + hashlib.sha256((site / name).read_bytes()).digest())
    whole.update(json.dumps(live).encode())
    (site / "offline.json").write_text(json.dumps({"mark": whole.hexdigest()[:12], "zip": zipped, "site": pages, "live": live},
                                                  separators=(",", ":")), "utf-8")


def _add_script(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    if 'id="book-offline"' in (context.get("body") or ""):
        app.add_js_file("offline.js", priority=740)


def _finish(app: Sphinx, problem: Exception | None) -> None:
    """Last of all: when every other file is beside the pages."""
    if problem is None and app.builder.format == "html":
        site = Path(app.outdir)
        shutil.copyfile(site / "_static" / "sw.js", site / "sw.js")     # at the root: a worker answers for what lies below it
        write_list(site, write_zip(site))


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("read-offline", ReadOffline)
    app.connect("html-page-context", _add_script)
    app.connect("build-finished", _finish, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
