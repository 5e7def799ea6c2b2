"""INSEE's compositions of zones by commune: urban units (UU), attraction areas (AAV), employment zones (ZE)."""
from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd

from data.official.files import RefusedError
from data.official.sheets import Workbook, code, fold

__all__ = ["Zoning", "is_zoning", "read_zoning"]

SHEET = "composition_communale"
ZONE = re.compile(r"(uu|aav|ze)(\d{4})")
WIDTH = {"UU": 5, "AAV": 3, "ZE": 4}


class Zoning(NamedTuple):
    """Which zone each commune of one date belongs to."""

    kind: str               #: "UU", "AAV" or "ZE"
    year: int               #: of the zoning, such as 2020
    edition: str            #: date of the list of communes, "" when neither the file's name nor its titles give it
    communes: pd.DataFrame  #: indexed by commune: name, zone, label, department, category (empty text where there is none)


def is_zoning(book: Workbook) -> bool:
    """Whether a workbook has the sheet of a composition."""
    return any(fold(name) == SHEET for name in book.sheets)


def _edition(book: Workbook, titles: list[list[object]]) -> str:
    """Date of the list of communes: from the file's name, else from the titles above the header."""
    for text in [book.path.stem, *(fold(cell) for row in titles for cell in row)]:
        if found := re.search(r"0?1er janvier (\d{4})|01[-/]01[-/](\d{4})", text):
            return f"{found[1] or found[2]}-01-01"
    return ""


def read_zoning(book: Workbook) -> Zoning:
    """A composition, its header found by the cell CODGEO.

    Parameters
    ----------
    book : Workbook

    Returns
    -------
    Zoning

    Raises
    ------
    RefusedError
        When there is no such sheet, no zone, or a commune stands twice.
    """
    sheet = next((name for name in book.sheets if fold(name) == SHEET), None)
    if sheet is None:
        raise RefusedError(book.path, f"has no sheet Composition_communale but {', '.join(book.sheets[:5])}",
                      "give INSEE's composition of urban units, attraction areas or employment zones")
    rows = book.rows(sheet)
    at = book.header(sheet, rows, lambda cells: "codgeo" in cells, "a cell CODGEO")
    header = [fold(cell) for cell in rows[at]]
    zones = [found for cell in header if (found := ZONE.fullmatch(cell))]
    if len(zones) != 1:
        raise RefusedError(book.path, f"has {len(zones)} columns of zones (UU2020, AAV2020, ZE2020) in {sheet}",
                      "give a file with one zoning")
    kind, column = zones[0][1].upper(), zones[0][0]
    named = re.search(r"(UU|AAV|ZE)(\d{4})", book.path.stem.upper())
    if named and named[0].lower() != column:
        raise RefusedError(book.path, f"is named as {named[0]} and holds {column.upper()}", "give it the name that INSEE gave it")
    body = [row for row in rows[at + 1:] if str(row[header.index("codgeo")]).strip()]

    def texts(name: str, width: int = 0) -> list[str]:
        place = header.index(name) if name in header else None
        return ["" if place is None else code(row[place], width) if width else str(row[place]).strip() for row in body]

    frame = pd.DataFrame({"commune": texts("codgeo", 5), "name": texts("libgeo"), "zone": texts(column, WIDTH[kind]),
                          "label": texts("lib" + column), "department": texts("dep", 2), "category": texts("cate" + column, 2)})
    _check(book, frame)
    return Zoning(kind, int(zones[0][2]), _edition(book, rows[:at]), frame.set_index("commune"))


def _check(book: Workbook, frame: pd.DataFrame) -> None:
    """Nothing when each commune stands once, with a code and a zone."""
    wrong = frame["commune"][~frame["commune"].str.fullmatch(r"\d[0-9AB]\d{3}")]
    twice, bare = frame["commune"][frame["commune"].duplicated()], frame["commune"][frame["zone"] == ""]
    what = ("no commune" if frame.empty else f"a commune called {wrong.iloc[0]!r}" if len(wrong) else
            f"the commune {twice.iloc[0]} twice" if len(twice) else f"no zone for the commune {bare.iloc[0]}" if len(bare) else "")
    if what:
        raise RefusedError(book.path, f"has {what}", "download it again from INSEE")
