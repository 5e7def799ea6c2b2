"""Explorers as pictures with their table: what slides and paper show in place of a thing that moves."""
from __future__ import annotations

import functools
import hashlib
import html
import importlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import vl_convert

from widgets.show import table

__all__ = ["RECORD", "explorer_parts", "svg_of"]

HERE = Path(__file__).resolve().parents[2]
SHELF = HERE / "_build" / "pictures"
RECORD = "application/vnd.book.explorer+json"
ROWS = 12           # of an explorer's table


def svg_of(spec: Mapping[str, Any], shelf: Path = SHELF) -> str:
    """A Vega-Lite chart as SVG that grows with its place; kept under a fingerprint, since a map takes seconds."""
    text = json.dumps(spec, sort_keys=True, default=str)
    kept = shelf / f"{hashlib.sha256((text + vl_convert.__version__).encode()).hexdigest()[:24]}.svg"
    if not kept.exists():
        shelf.mkdir(parents=True, exist_ok=True)
        kept.write_text(vl_convert.vegalite_to_svg(json.loads(text)), "utf-8")
    drawn = kept.read_text("utf-8")
    own = kept.stem[:8]                 # pictures on one page may not share the names of their parts
    drawn = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>p{own}-", drawn)
    return re.sub(r'<svg ([^>]*?)width="([\d.]+)" height="([\d.]+)"', r'<svg \1style="max-width:\2px;width:100%;height:auto"', drawn, count=1)


@functools.cache
def _paper(address: str, choices: str) -> Any:
    module, _, name = address.partition(":")
    explorer = getattr(importlib.import_module(module), name)(**json.loads(choices))
    return explorer.paper(), dict(explorer.formats)


def explorer_parts(record: Mapping[str, Any]) -> dict[str, str]:
    """An explorer in the state that it shows first.

    Parameters
    ----------
    record : mapping
        As `widgets.explorer.Explorer.record` gives it.

    Returns
    -------
    dict of str to str
        HTML: `title`, `sentence`, `pictures` (one SVG a chart, each with its words), `table` (its first rows), `credit`.
    """
    paper, formats = _paper(record["explorer"], json.dumps(record.get("choices", {}), sort_keys=True))
    pictures = "".join(f'<div role="img" aria-label="{html.escape(spec.get("description", paper.title), quote=True)}">{svg_of(spec)}</div>'
                       for spec in paper.charts)
    shown = table(paper.table.head(ROWS), f"{paper.title}: the rows", kind="toy", formats=formats).data
    rows = re.search("<table>.*</table>", shown, re.DOTALL)
    return {"title": html.escape(paper.title), "sentence": html.escape(paper.sentence), "pictures": f'<div class="book-pictures">{pictures}</div>',
            "table": f'<figure class="book-table">{rows[0] if rows else ""}</figure>', "credit": paper.credit}
