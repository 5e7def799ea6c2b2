"""Charts, tables and boxes as a chapter shows them: with words for those who do not see them, and their source."""
from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd
from IPython.display import HTML, display

from data import counted, sources
from data.words import WORKERS
from widgets.theme import rounded

__all__ = ["figure", "table", "data_used", "credit", "packed_rows", "KINDS"]

KINDS = {"official": "official figures", "quoted": "quoted figures", "our coding": "our own coding of public facts",
         "toy": "toy figures, invented for teaching"}
SHORT = 10      # rows shown from each end of a long table
WHOLE = 25      # a table of no more rows is shown whole, as the 25 communes of the Gier valley are


def _own(data: Sequence[str]) -> str:
    """What a reader's own figures count, and for whose the title was written; nothing for the book's."""
    own = counted()
    if own == WORKERS or not any(name.endswith(f"_{own.by}") for name in data):
        return ""
    return f"counted: {own.label}; the title’s words were written for the book’s {WORKERS.label}"


def credit(data: Sequence[str] = (), kind: str | None = None, note: str = "") -> str:
    """The line under a chart, map or table: where its figures come from, of what kind they are, under which licence.

    Parameters
    ----------
    data : sequence of str
        Names of the tables of `data` that the figures were computed from.
    kind : {"official", "quoted", "our coding", "toy"}, optional
        The mark. Read from the tables when not given.
    note : str
        What else a reader must know to read the figures.

    Returns
    -------
    str
        HTML.

    Raises
    ------
    ValueError
        When neither a table nor a kind is named, or the kind is not one of the four.
    """
    known = sources(list(data)) if data else pd.DataFrame(columns=["kind", "producer", "licence"])
    kinds = [kind] if kind else sorted(set(known["kind"]))
    if not kinds or any(k not in KINDS for k in kinds):
        raise ValueError(f"a figure needs its mark: name its tables with data=[...], or kind= one of {list(KINDS)}; got {kind!r}")
    who = "; ".join(dict.fromkeys(known["producer"]))
    licences = (re.sub(r" \(.*?\)", "", one) for line in known["licence"] for one in line.split("; "))      # what each covers: the catalogue
    licence = ", ".join(dict.fromkeys(licences))
    parts = [f"Source: {html.escape(who)}" if who else "", "tables " * (len(data) > 1) + "table " * (len(data) == 1) +
             ", ".join(f"<code>{html.escape(name)}</code>" for name in data), html.escape(licence), html.escape(note), html.escape(_own(data))]
    marks = " ".join(f'<span class="kind kind-{k.replace(" ", "-")}">{KINDS[k]}</span>' for k in kinds)
    return f'<p class="credit">{marks} {" · ".join(part for part in parts if part)}</p>'


def figure(chart: alt.TopLevelMixin, alt_text: str, data: Sequence[str] = (), kind: str | None = None, note: str = "") -> None:
    """Show a chart with its words and its source.

    Parameters
    ----------
    chart : altair chart
        Its title says the finding.
    alt_text : str
        What the chart shows, for a reader who does not see it.
    data, kind, note
        As for `credit`.
    """
    line = credit(data, kind, note)
    display(chart.properties(description=alt_text))
    display(HTML(line))


def _text(value: Any, form: str | None) -> str:
    """A value as a table prints it."""
    if value is None or (isinstance(value, float) and value != value):
        return "–"
    return format(value, form) if form and isinstance(value, (int, float)) else str(value)


def _usual_format(column: pd.Series) -> str | None:
    """Counts with commas, years as they are, other numbers to two digits."""
    if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column) or "year" in str(column.name):
        return None
    return ",.0f" if (column.dropna() % 1 == 0).all() else ",.2f"


def _rows(frame: pd.DataFrame) -> list[list[Any]]:
    """The values of a frame as plain Python, missing values as None, floats rounded."""
    values = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
    return rounded([[v.item() if hasattr(v, "item") else v for v in row] for row in values])


def _body(rows: list[list[Any]], formats: list[str | None]) -> str:
    """The rows of a table as HTML; the first cell of each is its heading."""
    def row(values: list[Any]) -> str:
        head, *rest = [html.escape(_text(v, f)) for v, f in zip(values, formats, strict=True)]
        numbers = [' class="number"' if isinstance(v, (int, float)) else "" for v in values[1:]]
        return f'<tr><th scope="row">{head}</th>' + "".join(f"<td{n}>{v}</td>" for n, v in zip(numbers, rest, strict=True)) + "</tr>"
    return "".join(row(values) for values in rows)


def packed_rows(frame: pd.DataFrame) -> str:
    """A frame as rows that a page's script reads, in a script element of the class `rows`."""
    records = [dict(zip(map(str, frame.columns), row, strict=True)) for row in _rows(frame)]
    text = json.dumps(records, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f'<script type="application/json" class="rows">{text}</script>'


def table(frame: pd.DataFrame, caption: str, data: Sequence[str] = (), kind: str | None = None, note: str = "",
          formats: Mapping[str, str] | None = None, name: str = "figures") -> HTML:
    """A table for a page: a caption that reads it, its first and last ten rows, and in the book's pages search and CSV.

    Parameters
    ----------
    frame : DataFrame
        One row per thing; the first column names it. The index is not shown.
    caption : str
        What the table says.
    data, kind, note
        As for `credit`.
    formats : mapping of str to str
        Python formats by column: ``",.0f"``, ``".2f"`` or ``".1%"``.
    name : str
        Name of the file that a reader downloads.

    Returns
    -------
    IPython.display.HTML

    Raises
    ------
    KeyError
        When a format is given for a column that the table does not have.
    """
    strange = set(formats or {}) - set(frame.columns)
    if strange:
        raise KeyError(f"formats for columns that are not in the table: {sorted(strange)}; it has {list(frame.columns)}")
    heads = [str(c) for c in frame.columns]
    forms = [(formats or {}).get(c, _usual_format(frame[c])) for c in frame.columns]
    rows = _rows(frame)
    if len(rows) <= WHOLE:
        body = _body(rows, forms)
    else:
        gap = f'<tr class="gap"><td colspan="{len(heads)}">… {len(rows) - 2 * SHORT:,} more rows …</td></tr>'
        body = _body(rows[:SHORT], forms) + gap + _body(rows[-SHORT:], forms)
    head = "".join(f'<th scope="col">{html.escape(h)}</th>' for h in heads)
    packed = json.dumps({"name": name, "heads": heads, "formats": forms, "rows": rows}, ensure_ascii=False, separators=(",", ":"))
    packed = packed.replace("</", "<\\/")
    return HTML(f'<figure class="book-table"><figcaption>{html.escape(caption)}</figcaption>'
                f'<div class="scroll" tabindex="0" role="region" aria-label="{html.escape(caption, quote=True)}">'
                f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
                f'<script type="application/json">{packed}</script>{credit(data, kind, note)}</figure>')


def data_used(*names: str) -> HTML:
    """The box that says which tables a chapter uses, generated from `datapackage.json`.

    Parameters
    ----------
    *names : str
        Names of tables of `data`.

    Returns
    -------
    IPython.display.HTML
    """
    known = sources(list(names))
    items = "".join(
        f'<li><strong>{html.escape(row["title"])}</strong> (<code>{name}</code>): {html.escape(row["producer"])}, '
        f'{html.escape(str(row["vintage"]))}. {html.escape(row["licence"])}. '
        f'<span class="kind kind-{row["kind"].replace(" ", "-")}">{KINDS[row["kind"]]}</span></li>'
        for name, row in known.iterrows())
    return HTML(f'<div class="book-data"><p>Data used in this chapter</p><ul>{items}</ul></div>')
