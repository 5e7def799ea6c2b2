"""INSEE's sector and occupation workbooks: people aged 25–54 at work, by commune of residence, at up to nine censuses.

A workbook has a sheet ``COM_YYYY`` (communes) and a sheet ``DEP_YYYY`` (départements) for each census. All is found by
names: sheets, the header's row, columns. A header such as "Industrie / Hommes / RP1968" says group and census; the
workbook's own name says the first and the last census. Where they differ the file is refused.
"""
from __future__ import annotations

import re
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from data.official.files import AGAIN, RefusedError, say
from data.official.sheets import Workbook, code, fold, numbers

__all__ = ["GROUPS", "Census", "is_census", "read_census"]

#: Groups of the book -> how INSEE's folded headers begin.
GROUPS = {
    "sectors": {"agriculture": ("agriculture",), "industry": ("industrie",), "construction": ("batiment", "construction"),
                "services": ("tertiaire",)},
    "occupations": {"farmers": ("agriculteurs",), "self_employed": ("artisans",), "managers": ("cadres",),
                    "intermediate": ("professions intermediaires",), "clerical": ("employes",), "workers": ("ouvriers",)}}
SHEET = re.compile(r"(COM|DEP)_(\d{4})")
DEPARTMENT, COMMUNE, LABEL = "departement", "commune", "libelle"


class Census(NamedTuple):
    """What a workbook holds."""

    kind: str                   #: "sectors" or "occupations"
    years: list[int]
    communes: pd.DataFrame      #: code, name, year, one column a group (people; missing where the commune did not exist), missed
    departments: pd.DataFrame | None    #: department and the same; None when the workbook has no such sheets


def is_census(book: Workbook) -> bool:
    """Whether a workbook has a sheet for a census."""
    return any(SHEET.fullmatch(name) for name in book.sheets)


def _years(book: Workbook) -> list[int]:
    """Censuses that have a sheet of communes, checked against the workbook's name."""
    years = sorted(int(found[2]) for name in book.sheets if (found := SHEET.fullmatch(name)) and found[1] == "COM")
    if not years:
        raise RefusedError(book.path, "has no sheet of communes (COM_1968 and so on)", "give INSEE's workbook as it is published")
    named = re.search(r"[-_](\d\d)(\d\d)(?=\D*$)", book.path.stem)
    if named and "pop-act2554" in book.path.stem and (int(named[1]), int(named[2])) != (years[0] % 100, years[-1] % 100):
        raise RefusedError(book.path, f"is named as the edition {named[1]}–{named[2]} and holds {years[0]}–{years[-1]}",
                      "give it the name that INSEE gave it, or " + AGAIN)
    return years


def _group(header: str) -> tuple[str, str] | None:
    """Kind and group that a folded header names."""
    for kind, groups in GROUPS.items():
        for group, begins in groups.items():
            if header.startswith(begins):
                return kind, group
    return None


def _columns(book: Workbook, sheet: str, header: list[str]) -> tuple[str, dict[str, list[int]]]:
    """Kind of a sheet's figures, and the columns of each group; the unemployed are left out."""
    found: dict[tuple[str, str], list[int]] = {}
    year = sheet[-4:]
    for place, text in enumerate(header):
        census = re.search(r"\brp ?(\d{4})$", text)
        if census is None or (group := _group(text)) is None:
            continue
        if census[1] != year:
            raise RefusedError(book.path, f"has figures of {census[1]} in its sheet {sheet}", AGAIN)
        if "chom" not in text:
            found.setdefault(group, []).append(place)
    kinds = {kind for kind, _ in found}
    missing = [group for kind in kinds for group in GROUPS[kind] if (kind, group) not in found]
    if len(kinds) != 1 or missing:
        what = f"no column of {', '.join(missing)}" if missing else "columns of neither sectors nor occupations"
        raise RefusedError(book.path, f"has {what} in {sheet}", "give the sector or occupation workbook of INSEE, unchanged")
    return kinds.pop(), {group: places for (_, group), places in found.items()}


def _place(book: Workbook, sheet: str, header: list[str], begins: str) -> int:
    """The column of a code or a label; where there are several, the one that is not of a given year's geography."""
    places = [i for i, text in enumerate(header) if text.startswith(begins)]
    current = [i for i in places if not re.search(r"geographie (de )?\d{4}", header[i])]
    if not places:
        raise RefusedError(book.path, f"has no column {begins!r} in {sheet}", "give INSEE's workbook as it is published")
    return (current or places)[0]


def _codes(rows: list[list[Any]], department: int, commune: int | None) -> list[str]:
    """The code of each row: département, or département and commune; empty where a row has none."""
    codes = []
    for row in rows:
        first = code(row[department], 2)
        if commune is None:
            codes.append(first)
            continue
        own = code(row[commune], 5 - len(first)) if first else code(row[commune], 5)
        codes.append(own if len(own) == 5 else first + own)
    return codes


def _body(rows: list[list[Any]], at: int, department: int, figure: int) -> list[list[Any]]:
    """The rows below a header that are not empty, without the row of technical names (DR24, nes4xlot1s1rp1968)."""
    body = [row for row in rows[at + 1:] if any(cell not in ("", None) for cell in row)]
    technical = body and (code(body[0][department], 2).startswith("DR") or "rp" in fold(body[0][figure]))
    return body[1:] if technical else body


def _figures(body: list[list[Any]], columns: dict[str, list[int]]) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """People by group, and which rows miss a cell that they should have: one that holds no number, or is alone empty."""
    parts = {group: [numbers([row[place] for row in body]) for place in places] for group, places in columns.items()}
    values = np.array([value for pairs in parts.values() for value, _ in pairs])
    text = np.array([bad for pairs in parts.values() for _, bad in pairs])
    exists = ~np.isnan(values).all(axis=0)
    missed = text.any(axis=0) | (exists & np.isnan(values).any(axis=0))
    sums = {group: np.where(exists, np.nansum([value for value, _ in pairs], axis=0), np.nan) for group, pairs in parts.items()}
    return sums, missed


def _sheet(book: Workbook, sheet: str) -> tuple[str, pd.DataFrame]:
    """Kind of a sheet's figures; its rows: code, name, people by group, year, and whether a cell is missing."""
    rows, year = book.rows(sheet), sheet[-4:]
    at = book.header(sheet, rows, lambda cells: any(re.search(r"\brp ?\d{4}$", cell) for cell in cells),
                     "a census in its headers, such as RP1968")
    titles = (re.search(r"^recensement de la population de (\d{4})(?! *(?:a|et|-|–))", fold(cell)) for row in rows[:at] for cell in row)
    title = next((found[1] for found in titles if found), year)
    if title != year:
        raise RefusedError(book.path, f"says {title} at the top of its sheet {sheet}", AGAIN)
    header = [fold(cell) for cell in rows[at]]
    kind, columns = _columns(book, sheet, header)
    department, label = (_place(book, sheet, header, name) for name in (DEPARTMENT, LABEL))
    commune = _place(book, sheet, header, COMMUNE) if sheet.startswith("COM") else None
    body = _body(rows, at, department, columns[next(iter(columns))][0])
    sums, missed = _figures(body, columns)
    frame = pd.DataFrame({"code": _codes(body, department, commune), "name": [str(row[label]).strip() for row in body],
                          "year": int(year), **{group: sums[group] for group in GROUPS[kind]}, "missed": missed})
    _check(book, sheet, frame, list(GROUPS[kind]))
    return kind, frame


def _check(book: Workbook, sheet: str, frame: pd.DataFrame, groups: list[str]) -> None:
    """Nothing when codes are codes, stand once, and no figure is negative."""
    filled = frame[frame[groups].notna().any(axis=1)]
    lengths = [5] if sheet.startswith("COM") else [2, 3]
    wrong = filled["code"][~filled["code"].str.fullmatch(r"\d[0-9AB]\d*") | ~filled["code"].str.len().isin(lengths)]
    twice = filled["code"][filled["code"].duplicated()]
    what = (f"a row with figures and the code {wrong.iloc[0]!r}" if len(wrong) else f"{twice.iloc[0]} twice" if len(twice) else
            "a negative number of people" if (filled[groups] < 0).any(axis=None) else "no figures" if filled.empty else "")
    if what:
        raise RefusedError(book.path, f"has {what} in {sheet}", AGAIN)


def read_census(book: Workbook) -> Census:
    """All censuses of a workbook.

    Parameters
    ----------
    book : Workbook

    Returns
    -------
    Census

    Raises
    ------
    RefusedError
        When sheets, years, headers or codes are not INSEE's, or sheets hold figures of different kinds.
    """
    years, communes, departments, kinds = _years(book), [], [], set()
    for count, year in enumerate(years, 1):
        say(f"  {book.path.name}: {year}, {count} of {len(years)}")
        kind, frame = _sheet(book, f"COM_{year}")
        kinds.add(kind)
        communes.append(frame)
        if f"DEP_{year}" in book.sheets:
            departments.append(_sheet(book, f"DEP_{year}")[1].rename(columns={"code": "department"}))
    if len(kinds) > 1:
        raise RefusedError(book.path, "has sectors in one sheet and occupations in another", AGAIN)
    whole = pd.concat(departments, ignore_index=True) if departments else None
    return Census(kinds.pop(), years, pd.concat(communes, ignore_index=True), whole)
