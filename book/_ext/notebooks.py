"""From a committed notebook to the notebook that a page shows.

A chapter's notebook holds records that JupyterLab draws by itself. A page has no kernel and no lab, so each of them is
turned into plain HTML here: charts into figures that the page's own Vega draws, maps into frames that load the site's
Leaflet, cells that need a kernel into a still of their first state, and folded cells in a row into one fold. Questions
and guesses stand without their code, which holds the answer; each coding exercise gets its stub. Nothing else changes.
"""
from __future__ import annotations

import copy
import html
import json
import re
from typing import Any

from exercises import CHECK, tagged, with_stubs
from minutes import with_minutes
from my_town import lead_to_sheets

__all__ = ["page_view", "one_fold", "chart_html", "asks", "VEGALITE"]

VEGALITE = "application/vnd.vegalite.v5+json"
CARRIED = re.compile(r"&lt;(script|style) data-carried=&quot;([\w./-]+)&quot;&gt;.*?&lt;/\1&gt;", re.DOTALL)
MOVES = "This picture moves when Python runs: download the notebook, or open the book in a lab."


def _lines(text: Any) -> str:
    """A title of Vega-Lite, a text or a list of lines, as one line of HTML."""
    return html.escape(" ".join(text) if isinstance(text, list) else str(text))


def _caption(title: Any) -> str:
    """The title of a chart as a caption that wraps, with its subtitle under it."""
    if isinstance(title, dict):
        below = title.get("subtitle")
        return _lines(title.get("text", "")) + (f"<span>{_lines(below)}</span>" if below else "")
    return _lines(title)


def chart_html(spec: dict[str, Any]) -> str:
    """A chart as a figure that `charts.js` draws: its title, its words for a screen reader, and its specification."""
    words = spec.get("description") or "Chart"
    inside = json.dumps({key: value for key, value in spec.items() if key not in ("title", "description")},
                        ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    caption = f"<figcaption>{_caption(spec['title'])}</figcaption>" if spec.get("title") else ""
    return (f'<figure class="book-chart">{caption}<div class="drawing" role="img" aria-label="{html.escape(words, quote=True)}">'
            f'</div><script type="application/json">{inside}</script></figure>')


def _linked(text: str, root: str) -> str:
    """Replace each script or style that a map carries inside by the site's own copy of that file."""
    def link(match: re.Match[str]) -> str:
        kind, name = match.groups()
        tag = f'<script src="{root}{name}"></script>' if kind == "script" else f'<link rel="stylesheet" href="{root}{name}">'
        return html.escape(tag)
    return CARRIED.sub(link, text)


def _shown(output: dict[str, Any], root: str) -> dict[str, Any]:
    """One output as the page shows it."""
    data = output.get("data", {})
    if VEGALITE in data:
        return {**output, "data": {"text/html": chart_html(data[VEGALITE])}}
    if "text/html" in data:
        text = "".join(data["text/html"]) if isinstance(data["text/html"], list) else data["text/html"]
        return {**output, "data": {**data, "text/html": lead_to_sheets(_linked(text, root))}}
    return output


def _silent(output: dict[str, Any]) -> bool:
    """Whether an output shows nothing: a number named for the text."""
    return "scrapbook" in output.get("metadata", {})


def _folded(cell: dict[str, Any]) -> bool:
    return tagged(cell, "hide-input")


def asks(cell: dict[str, Any]) -> bool:
    """Whether a cell asks the reader and shows nothing else: its code would give the answer away."""
    shown = ["".join(out.get("data", {}).get("text/html", "")) for out in cell.get("outputs", []) if not _silent(out)]
    return bool(shown) and all(text.startswith(('<div class="book-check"', '<figure class="book-guess"')) for text in shown)


def one_fold(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same cells, where folded cells that show nothing are joined to the folded cell after them: one fold to open.

    Parameters
    ----------
    cells : list of dict
        Cells of a notebook of format 4.

    Returns
    -------
    list of dict
    """
    joined: list[dict[str, Any]] = []
    for cell in cells:
        before = joined[-1] if joined else None
        if before is not None and _folded(before) and _folded(cell) and not tagged(before, CHECK) and not asks(cell) and \
                all(map(_silent, before["outputs"])):
            joined[-1] = {**cell, "source": "".join(before["source"]) + "\n\n" + "".join(cell["source"]),
                          "outputs": [*before["outputs"], *cell["outputs"]]}
        else:
            joined.append(cell)
    return joined


def page_view(notebook: dict[str, Any], root: str = "../_static/vendor/") -> dict[str, Any]:
    """The notebook as a page shows it.

    Parameters
    ----------
    notebook : dict
        A notebook of format 4, as read from its JSON. It is not changed.
    root : str
        Address of the site's carried JavaScript, relative to the page.

    Returns
    -------
    dict
    """
    view = copy.deepcopy(notebook)
    with_minutes(view)
    view["cells"] = one_fold(with_stubs(view["cells"]))
    for cell in view["cells"]:
        if cell["cell_type"] != "code":
            continue
        if _folded(cell) and asks(cell):
            cell["metadata"]["tags"] = ["remove-input"]
        if tagged(cell, CHECK):
            cell["metadata"]["mystnb"] = {"code_prompt_show": "Show the check", "code_prompt_hide": "Hide the check"}
        if "needs-kernel" in cell["metadata"].get("tags", []):
            cell["outputs"] = [{"output_type": "display_data", "metadata": {},
                                "data": {"text/html": f'<p class="needs-kernel">{MOVES}</p>'}},
                               *cell["metadata"].pop("still", [])]
        cell["outputs"] = [_shown(output, root) for output in cell["outputs"]]
    return view
