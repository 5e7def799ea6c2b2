"""The book's Sphinx extension: notebooks as pages, and each page with the scripts that it uses and no other."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mend import mend_site
from notebooks import page_view
from reader import cited, reader_copy
from sphinx.application import Sphinx
from vendor import copy_vendor

__all__ = ["setup"]


# Which kinds of things a page must hold to load a script; each stands after those that it uses.
SCRIPTS = [("vendor/vega.js", ["chart"]), ("kit.js", ["chart", "map", "table", "check", "guess"]), ("charts.js", ["chart"]),
           ("tables.js", ["chart", "map", "table"]), ("checks.js", ["check"]), ("guess.js", ["guess"]), ("ledger.js", ["ledger"])]


def read_notebook(app: Sphinx, docname: str, content: list[str]) -> None:
    """Before a notebook is parsed, turn it into the one that the page shows."""
    if Path(app.env.doc2path(docname)).suffix == ".ipynb":
        root = "../" * docname.count("/") + "_static/vendor/"
        content[0] = json.dumps(page_view(json.loads(content[0]), root))


def add_scripts(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """A page with a chart loads Vega, a page with a table twin its search, a page with questions what answers them."""
    body = context.get("body") or ""
    for number, (script, kinds) in enumerate(SCRIPTS):
        if any(f'class="book-{kind}' in body for kind in kinds):
            app.add_js_file(script, priority=700 + number)


def offer_copies(site: Path, source: Path) -> None:
    """Under the download button of each chapter, the reader's copy instead of the source."""
    references = cited(source / "book" / "references.bib")
    for offered in (site / "_sources" / "chapters").glob("*.ipynb"):
        notebook = json.loads((source / "chapters" / offered.name).read_text("utf-8"))
        offered.write_text(json.dumps(reader_copy(notebook, references), ensure_ascii=False, indent=1) + "\n", "utf-8")


def finish(app: Sphinx, problem: Exception | None) -> None:
    """When the pages are written, put the carried JavaScript and the readers' copies beside them; mend what the theme gets wrong."""
    if problem is None and app.builder.format == "html":
        copy_vendor(Path(app.outdir))
        mend_site(Path(app.outdir))
        offer_copies(Path(app.outdir), Path(app.srcdir))


def setup(app: Sphinx) -> dict[str, Any]:
    app.setup_extension("catalogue")
    app.setup_extension("claims_page")
    app.setup_extension("teaching")
    app.setup_extension("explorers")
    app.setup_extension("live")
    app.setup_extension("my_town")
    app.setup_extension("offline")
    app.connect("source-read", read_notebook)
    app.connect("html-page-context", add_scripts)
    app.connect("build-finished", finish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
