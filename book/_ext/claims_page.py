"""The claims ledger as a page: one entry a claim, computed at the build, with filters that a small script makes alive."""
from __future__ import annotations

import html
import os
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

__all__ = ["setup"]

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"
FILTERS = {"article": "Article", "claim_kind": "Kind of claim", "thread": "Thread", "verdict": "Verdict"}


def _where(row: Any, root: str) -> str:
    """The link to the figure that carries a claim, or to the chapter that discusses it."""
    if not (CHAPTERS / f"{row['chapter']}.ipynb").exists():
        return "in a chapter that is not in this copy" if os.environ.get("BOOK_DATA") else "in no chapter yet"
    place = "#" + nodes.make_id(row["section"]) if isinstance(row["section"], str) else ""
    words = row["section"] if place else "the chapter"
    return f'<a href="{root}chapters/{row["chapter"]}.html{place}">{html.escape(words)}</a>'


def entry(name: str, row: Any, root: str = "../") -> str:
    """One claim as an item of the page's list."""
    known = " ".join(f'data-{key.replace("_", "-")}="{html.escape(str(row[key]), quote=True)}"' for key in FILTERS)
    said = f"introduction §{row['paragraph']:.0f}" if row["paragraph"] == row["paragraph"] else "abstract"
    said = said if row["article"] == "introduction" else f"{row['article']}, {said}"
    mark = f'<span class="verdict-mark verdict-{row["verdict"].replace(" ", "-")}">{row["verdict"]}</span>'
    own = row["figures"] != "the book’s figures"
    whose = f"On {row['figures']}" if own else "On the book’s figures" if os.environ.get("BOOK_DATA") else "Our figures"
    found = f"<p><strong>{whose}.</strong> {html.escape(row['words'][:1].upper() + row['words'][1:])}.</p>" if isinstance(row["words"], str) else ""
    return (f'<li id="{name}" {known}><p>{mark} <strong>{html.escape(row["statement"])}</strong> '
            f'<span class="why">{html.escape(said)}; {row["claim_kind"]}</span></p>{found}'
            f'<p class="why">Keep in mind: {html.escape(row["caveat"])}. What would test it: {html.escape(row["test"])}. '
            f"Where: {_where(row, root)}.</p></li>")


class ClaimsLedger(SphinxDirective):
    """Every claim with its verdict, and a count of verdicts."""

    def run(self) -> list[nodes.Node]:
        from methods.claims import VERDICTS
        from widgets.ledger import ledger
        from widgets.show import credit
        claims = ledger()
        counts = claims["verdict"].astype(str).value_counts()
        marks = ", ".join(f"{counts.get(v, 0)} {v}" for v in VERDICTS)
        chosen = "".join(
            f'<label>{words} <select data-filter="{key.replace("_", "-")}"><option value="">all</option>'
            + "".join(f"<option>{html.escape(v)}</option>" for v in (VERDICTS if key == "verdict" else claims[key].astype(str).unique())) + "</select></label>"
            for key, words in FILTERS.items())
        items = "".join(entry(str(name), row) for name, row in claims.iterrows())
        text = (f'<p>{len(claims)} claims: {marks}.</p><div class="book-ledger"><form class="tools">{chosen}<span role="status"></span></form>'
                f'<ol class="claims">{items}</ol></div>{credit(["claims"])}')
        return [nodes.raw(text=text, format="html")]


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("claims-ledger", ClaimsLedger)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
