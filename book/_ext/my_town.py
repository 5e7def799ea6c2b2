"""The page of one town: every sheet's figures in one classic script beside the page, and where each figure was made.

The figures are those of `widgets.my_town`; `_static/my_town.js` puts them into sentences. Computing is kept beside that of the
explorers, under the same fingerprint.
"""
from __future__ import annotations

import gzip
import hashlib
import html
import json
import re
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from explorers import FRONT, classic, kept_on_shelf
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

__all__ = ["MOST", "SECTIONS", "lead_to_sheets", "page_weight", "script", "setup"]

MOST = 600_000          # bytes of everything that the page loads, gzipped
PAGE = "book/my_town"
FIRST = "12302"         # Decazeville, which the introduction names: shown until the reader chooses
RECORD = {"explorer": "widgets.my_town:sheets", "name": "my-town", "words": hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]}
UNITS, COUNTS, FRANCE = "urban_units", "urban_units_occupations", "france_occupations"
SAMPLE = "intervals at 95 %: one form in four, design effect 1.5"
SECTIONS: dict[str, dict[str, Any]] = {
    "called": {"title": "What each definition calls it", "data": [UNITS], "note": "lists, no sampling, no interval; density: at the point given for the main commune, which may miss the built-up ground",
               "made": {"01_towns": ["Three definitions, hardly the same towns"]}},
    "people": {"title": "People", "data": [UNITS], "note": "legal populations, on the ground of today’s communes: full counts, no interval",
               "made": {"01_towns": ["Growing and shrinking towns"]}},
    "path": {"title": "Its path since 1982", "data": [UNITS, COUNTS, FRANCE],
             "note": f"share of workers among residents aged 25–54 in work, over that of France; a stand-in for industry; {SAMPLE}",
             "made": {"02_trajectories": ["The index, and how sure it is", "States and sequences"]}},
    "type": {"title": "Type, and how stable it is", "data": [UNITS, COUNTS, FRANCE],
             "note": "six types by optimal matching and medoids; samples drawn again: each index moved by its own sampling error",
             "made": {"02_trajectories": ["The typology", "What remains when the choices change"]}},
    "alike": {"title": "The ten nearest trajectories", "data": [UNITS, COUNTS, FRANCE],
              "note": "nearest by the distance between sequences of states, in brackets; among equals, by the mean gap between their indexes",
              "made": {"02_trajectories": ["Distances"]}},
    "near": {"title": "Neighbours within 20 km", "data": [UNITS, COUNTS, FRANCE],
             "note": "as the crow flies between main communes; specialised: an index of 1.25 or more in 2011, whose interval stands in each sheet",
             "made": {"02_trajectories": ["Isolated or clustered?"]}},
    "change": {"title": "Its area, and its change taken apart", "data": [UNITS, COUNTS, FRANCE],
               "note": f"everybody aged 25–54 in work, six groups, by residence; {SAMPLE}, for the local effect",
               "made": {"03_recovery": ["Isolated, or round a large centre?", "The mix or the place?", "The map"]}},
    "zone": {"title": "Employment zone and third places", "data": ["employment_zones", UNITS],
             "note": "places of 2018–2019 over people of 2018; exact 95 % interval of the quotient; smoothed by empirical Bayes",
             "made": {"07_third_places": ["By zone", "The funnel: which zones are out of line?", "Smoothing"]}}}

IDLE = ["copybutton", "clipboard", "togglebutton", "design-tabs", "sphinx-design", "mystnb", "exercise"]     # nothing here to copy, fold or tab


def _section(about: Mapping[str, Any]) -> dict[str, Any]:
    """A section's title, its mark and source, and links to what made it."""
    from widgets.show import credit
    links = [f'<a href="../chapters/{chapter}.html#{nodes.make_id(title)}">{html.escape(title)}</a> (chapter {int(chapter[:2])})'
             for chapter, titles in about["made"].items() for title in titles]
    return {"title": about["title"], "source": credit(about["data"], note=about["note"]) + f'<p class="made">Made in {", ".join(links)}.</p>'}


def script(record: Mapping[str, Any] = RECORD) -> dict[str, Any]:
    """All sheets as the classic script that the page loads.

    Returns
    -------
    dict
        `text` of the script, and how many `towns` it holds.
    """
    from widgets.explorers.recovery import SPANS
    from widgets.my_town import CHOICES, DRAWS, STATES, STEPS, YEARS, line_chart, stored
    from widgets.store import Store
    tables = stored()
    plan = {"first": FIRST, "years": YEARS, "states": STATES, "spans": list(SPANS), "choices": len(CHOICES), "draws": DRAWS, "steps": list(STEPS.items()),
            "sections": {key: _section(about) for key, about in SECTIONS.items()}, "chart": line_chart()}
    whole = {"plan": plan, "tables": b64encode(Store(tables).pack()).decode()}
    text = f"globalThis.bookTowns={json.dumps(whole, ensure_ascii=False, separators=(',', ':'))};\n"
    return {"text": text, "towns": len(tables["towns"])}


def page_weight(site: Path, page: str = PAGE) -> int:
    """Bytes, gzipped, of a built page and of every script and style that it names."""
    whole = site / f"{page}.html"
    text = whole.read_text("utf-8")
    named = re.findall(r'<(?:script|link)\b[^>]*?\b(?:src|href)="([^"#?]+\.(?:js|css))', text)
    files = {(whole.parent / name).resolve() for name in named} | {whole}
    return sum(len(gzip.compress(file.read_bytes(), 9, mtime=0)) for file in files)


PLACES = re.compile(r"/\*places\*/(.*?)/\*end\*/", re.DOTALL)
POPUP = """.bindTooltip(words).bindPopup(() => {
    const name = new DOMParser().parseFromString(words, "text/html").body.textContent.split(": ")[0], link = document.createElement("a");
    Object.assign(link, { target: "_top", textContent: `Sheet of ${name}`, href: `../book/my_town.html#${new URLSearchParams({ town: name })}` });
    return link;
})"""


def lead_to_sheets(text: str) -> str:
    """A map of a page whose circles are all urban units: a click on one offers a link to its sheet. Other text stays as it is."""
    found = [json.loads(html.unescape(one)) for one in PLACES.findall(text)]
    if not found:
        return text
    from data import load
    names = {html.unescape(row[4]).split(": ")[0] for rows in found for row in rows}
    return text.replace(".bindTooltip(words)", html.escape(POPUP, quote=True)) if names <= set(load("urban_units")["name"]) else text


class MyTown(SphinxDirective):
    """The place of the sheet, with words for a page without scripts."""

    def run(self) -> list[nodes.Node]:
        words = ("The sheet of a town stands here when the page’s scripts run. Without them, the same figures stand in the tables of the "
                 'chapters: <a href="../chapters/01_towns.html">1</a>, <a href="../chapters/02_trajectories.html">2</a>, '
                 '<a href="../chapters/03_recovery.html">3</a> and <a href="../chapters/07_third_places.html">7</a>.')
        return [nodes.raw(text=f'<div class="book-my-town"><p>{words}</p></div>', format="html")]


# ---- what Sphinx calls
def _write(app: Sphinx, env: BuildEnvironment) -> None:
    """Before pages are written, so that the page's links carry the scripts' checksums."""
    if app.builder.format != "html" or PAGE not in env.found_docs:
        return
    found = kept_on_shelf(script, RECORD, Path(app.outdir).parent / "explorers")
    target = Path(app.outdir) / "_static" / "explorers"
    target.mkdir(parents=True, exist_ok=True)
    (target / "_front.js").write_text(classic(FRONT.read_text("utf-8")), "utf-8", newline="\n")
    (target / "_my_town.js").write_text(found["text"], "utf-8", newline="\n")
    size = len(gzip.compress(found["text"].encode(), 9, mtime=0))
    print(f"my town: {found['towns']:,} sheets, {size / 1000:,.0f} KB gzipped")


def _add_scripts(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    if 'class="book-my-town"' in (context.get("body") or ""):
        for number, name in enumerate(["vendor/vega.js", "explorers/_front.js", "explorers/_my_town.js", "my_town.js"]):
            app.add_js_file(name, priority=700 if not number else 730 + number)
        for kind in ("css_files", "script_files"):
            context[kind] = [file for file in context[kind] if not any(name in str(getattr(file, "filename", file)) for name in IDLE)]


def _weigh(app: Sphinx, problem: Exception | None) -> None:
    """When every file is there: what a reader's browser fetches for this page."""
    if problem is None and app.builder.format == "html" and (Path(app.outdir) / f"{PAGE}.html").exists():
        weight = page_weight(Path(app.outdir))
        print(f"my town: the page loads {weight / 1000:,.0f} KB gzipped, theme and Vega included")
        if weight > MOST:
            raise ExtensionError(f"the page of the towns loads {weight:,} bytes gzipped; {MOST:,} is the most: round its figures, or leave some out")


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("my-town", MyTown)
    app.connect("env-updated", _write)
    app.connect("html-page-context", _add_scripts)
    app.connect("build-finished", _weigh, priority=850)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
