"""A chapter as slides: which parts of it a deck shows, and where one slide ends and the next begins.

A heading opens a slide. Under it text goes on as long as it fits, then on the next slide; each figure, each cell of the
lesson with its output, each question has a slide of its own. Folded code, tables' tools and solutions are left out.
"""
from __future__ import annotations

import math
import re
import sys
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from book._make.pictures import RECORD, explorer_parts

sys.path.append(str(Path(__file__).resolve().parents[1] / "_ext"))
from exercises import CHECK, EXERCISE, tagged
from notebooks import page_view
from reader import _glued, plain_markdown

__all__ = ["slide_cells", "blocks", "packed"]

LINE, LINES = 92, 11        # characters of a line of a slide, and how many lines stand on one
MOST_ROWS = 12              # of a table: as many as a toy may have
ENDS = 5                    # rows kept from each end of a longer one
SOLUTION = re.compile(r"^:::\{solution\}.*?^:::$", re.DOTALL | re.MULTILINE)
SCRIPT = re.compile(r'<script type="application/json">.*?</script>', re.DOTALL)


def blocks(text: str) -> list[str]:
    """Markdown in pieces that must not be cut: paragraphs, quotations, items of a list, fenced code.

    Examples
    --------
    >>> blocks("One.\\n\\n- a\\n- b\\n\\n> q\\n>\\n> r")
    ['One.', '- a', '- b', '> q\\n>\\n> r']
    """
    found: list[str] = []
    for part in re.split(r"\n{2,}(?![^`]*```(?:\n|$)(?:(?!```)[\s\S])*$)", text.strip()):
        items = re.split(r"\n(?=(?:[-*]|\d+\.) )", part) if re.match(r"(?:[-*]|\d+\.) ", part) else [part]
        found += [item for item in items if item.strip()]
    return found


def _lines(block: str) -> float:
    """How many lines of a slide a block takes."""
    plain = re.sub(r"\]\([^)]*\)|[*`>#]", "", block)
    return sum(math.ceil(max(len(line), 1) / LINE) for line in re.split(r"\n(?=```|> ?\n)|\n\n", " ".join(plain.split()))) + 0.6


def _sentences(block: str) -> list[str]:
    """A block that is longer than a slide, sentence by sentence."""
    quote = block.startswith(">")
    text = " ".join(re.sub(r"^> ?", "", line) for line in block.splitlines()) if quote else block
    parts = re.split(r"(?<=[.?!])\s+(?=[A-Z*])", text)
    return [f"> {part}" if quote else part for part in parts]


def packed(parts: list[str]) -> Iterator[list[str]]:
    """Blocks in groups that fit on a slide each."""
    group: list[str] = []
    used = 0.0
    for part in parts:
        for piece in _sentences(part) if _lines(part) > LINES else [part]:
            if group and used + _lines(piece) > LINES:
                yield group
                group, used = [], 0.0
            group.append(piece)
            used += _lines(piece)
    if group:
        yield group


def _joined(group: list[str]) -> str:
    """Blocks as Markdown again; items of one list stay one list."""
    text = group[0]
    for before, block in pairwise(group):
        item = re.compile(r"(?:[-*]|\d+\.) ")
        text += ("\n" if item.match(before) and item.match(block) else "\n\n") + block
    return text


def _short(soup: BeautifulSoup) -> None:
    """Tables keep their first and last rows, without their tools."""
    for body in soup.find_all("tbody"):
        rows = body.find_all("tr", recursive=False)
        if len(rows) > MOST_ROWS:
            for row in rows[ENDS:-ENDS]:
                row.decompose()
            gap = BeautifulSoup('<tr class="gap"><td colspan="99">… the other rows: in the page of the chapter …</td></tr>', "html.parser")
            rows[ENDS - 1].insert_after(gap)


def _output(output: dict[str, Any]) -> dict[str, Any] | None:
    """An output as a slide shows it; None for what a slide leaves out."""
    if "text" in output:
        output = {**output, "text": "".join(output["text"])}
    if "data" in output:
        output = {**output, "data": {kind: "".join(value) if isinstance(value, list) else value for kind, value in output["data"].items()}}
    text = "".join(output.get("data", {}).get("text/html", ""))
    if "scrapbook" in output.get("metadata", {}) or 'class="book-data"' in text:
        return None
    if not text:
        return output if output.get("text") or output.get("data") else None
    if 'class="book-chart"' in text:            # its script is the chart
        return output
    soup = BeautifulSoup(SCRIPT.sub("", text), "html.parser")
    for frame in soup.find_all("iframe"):       # a map is made when its slide is shown: in a hidden one it would have no size
        frame["data-srcdoc"], frame["loading"] = frame.get("srcdoc", ""), "eager"
        del frame["srcdoc"]
    for fold in soup.select(".book-claims details"):
        fold["open"] = ""
    _short(soup)
    return {**output, "data": {"text/html": str(soup)}}


def _figures(outputs: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Outputs in slides: each figure apart, a line of source with the figure before it."""
    group: list[dict[str, Any]] = []
    for output in outputs:
        text = "".join(output.get("data", {}).get("text/html", ""))
        if group and not text.startswith('<p class="credit"') and re.match(r"\s*<(?:figure|div class=\"book-)", text):
            yield group
            group = []
        group.append(output)
    if group:
        yield group


def _explorer(record: Mapping[str, Any], name: str) -> list[str]:
    parts = explorer_parts(record)
    return [f'<p class="title"><strong>{parts["title"]}</strong></p>{parts["pictures"]}<p class="credit">The state shown first. It moves in the page of '
            f"the chapter ({name}).</p>", f'<p class="title">{parts["sentence"]}</p>{parts["table"]}{parts["credit"]}']


def _html(text: str) -> dict[str, Any]:
    return {"output_type": "display_data", "metadata": {}, "data": {"text/html": text}}


def _unsolved(source: str, solving: bool) -> tuple[str, bool]:
    """A cell's text without solutions, and whether it leaves one open; `solving` says whether one is open before it."""
    parts = re.split(r"^:::\{solution-(start|end)\}.*?^:::$", source, flags=re.DOTALL | re.MULTILINE)
    kept = [] if solving else [parts[0]]
    for mark, text in zip(parts[1::2], parts[2::2], strict=True):
        solving = mark == "start"
        kept += [] if solving else [text]
    return SOLUTION.sub("", "\n".join(kept)), solving


class _Deck:
    """The slides so far, and the section that they stand in."""

    def __init__(self) -> None:
        self.cells: list[dict[str, Any]] = []
        self.section, self.fresh = "", False

    def add(self, cell: dict[str, Any]) -> None:
        heads = "slide" if self.fresh or not self.cells else "subslide"
        cell["metadata"] |= {"slideshow": {"slide_type": heads}, "kicker": "" if self.fresh else self.section}
        cell["id"] = f"slide-{len(self.cells)}"
        self.cells.append(cell)
        self.fresh = False

    def text(self, markdown: str) -> None:
        """Text with its headings; what follows a heading stands under it."""
        for part in re.split(r"^(?=#{1,3} )", markdown, flags=re.MULTILINE):
            head = re.match(r"(#{1,3}) +(.*)\n?", part)
            if head:
                self.section, self.fresh = head[2].strip(), True
                part = part[head.end():]
            groups = list(packed(blocks(part)))
            if head and not groups:
                groups = [[]]
            for n, group in enumerate(groups):
                title = f"{head[1]} {self.section}\n\n" if head and n == 0 else ""
                self.add({"cell_type": "markdown", "metadata": {}, "source": title + (_joined(group) if group else "")})

    def shown(self, cell: Mapping[str, Any], source: str, outputs: list[dict[str, Any]]) -> None:
        tags = [] if source else ["remove-input"]
        self.add({**cell, "metadata": {"tags": tags}, "source": source, "outputs": outputs})


def slide_cells(notebook: Mapping[str, Any], references: Mapping[str, str]) -> list[dict[str, Any]]:
    """The cells of a chapter's deck, each of them a slide.

    Parameters
    ----------
    notebook : mapping
        A chapter's notebook of format 4, with outputs. It is not changed.
    references : mapping of str to str
        See `reader.cited`.

    Returns
    -------
    list of dict
        Cells of format 4 with `slideshow` in their metadata; `kicker` is the section's title where it is not on the slide.
    """
    results, deck, solving = _glued(notebook), _Deck(), False
    for cell in page_view(dict(notebook), "_static/vendor/")["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            source, solving = _unsolved(source, solving)
            deck.text(plain_markdown(source, results, references).replace("](../book/", "](").strip())
            continue
        if solving or tagged(cell, CHECK) or tagged(cell, EXERCISE):
            continue
        hidden = {"hide-input", "remove-input"} & set(cell["metadata"].get("tags", []))
        record = next((out["data"][RECORD] for out in cell["outputs"] if RECORD in out.get("data", {})), None)
        if record:
            for text in _explorer(record, deck.section):
                deck.shown(cell, "", [_html(text)])
            continue
        groups = list(_figures([shown for shown in map(_output, cell["outputs"]) if shown]))
        if hidden and not groups:
            continue
        if not hidden and (not groups or len(groups) > 1):
            deck.shown(cell, source, [])
        for n, group in enumerate(groups):
            deck.shown(cell, source if not hidden and len(groups) == 1 and n == 0 else "", group)
    return deck.cells
