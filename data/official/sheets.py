"""Rows of a workbook's sheets; text, numbers and codes in its cells."""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from data.official.files import AGAIN, RefusedError, container, kept

__all__ = ["MOST_ROWS", "Workbook", "code", "fold", "numbers"]

#: Most rows of a sheet: INSEE's have about 39,000.
MOST_ROWS = 200_000
#: Rows at the top in which a header is looked for.
TOP = 60


def fold(cell: Any) -> str:
    """A cell's text without accents, capitals, line breaks and double spaces.

    Examples
    --------
    >>> fold("Libellé de\\ndépartement ")
    'libelle de departement'
    """
    text = unicodedata.normalize("NFKD", str(cell)).replace("’", "'")
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).lower().split())


def code(cell: Any, width: int) -> str:
    """A code as text of a width, also when a spreadsheet took it for a number; empty when there is none.

    Examples
    --------
    >>> code(1.0, 2), code("2a", 2), code(" 4 ", 3), code("", 3)
    ('01', '2A', '004', '')
    """
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip().upper()
    return text.zfill(width) if text else ""


def _number(text: str) -> float:
    """A number as French or English tables write it; NaN when it is none."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", text)
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+\.\d+", plain):
        plain = plain.replace(",", "")
    plain = plain.replace(",", ".")
    return float(plain) if re.fullmatch(r"-?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", plain) else np.nan


def numbers(cells: Sequence[Any]) -> tuple[np.ndarray, np.ndarray]:
    """The numbers in cells, and which cells hold something that is none.

    Parameters
    ----------
    cells : sequence

    Returns
    -------
    values : ndarray of float
        NaN where a cell is empty or holds no number.
    suppressed : ndarray of bool
        Where a cell is not empty and holds no number: "s", "nd", "///".

    Examples
    --------
    >>> values, suppressed = numbers([12.5, "1 234,5", "", None, "nd"])
    >>> values.tolist(), suppressed.tolist()
    ([12.5, 1234.5, nan, nan, nan], [False, False, False, False, True])
    """
    values, suppressed = np.full(len(cells), np.nan), np.zeros(len(cells), bool)
    for place, cell in enumerate(cells):
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            values[place] = cell
        elif cell is not None and (text := str(cell).strip()):
            values[place] = _number(text)
            suppressed[place] = np.isnan(values[place])
    return values, suppressed


class Workbook:
    """A workbook whose sheets are read one at a time.

    Parameters
    ----------
    path : Path

    Raises
    ------
    RefusedError
        When it can't be opened: see `container`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if container(path) != "workbook":
            raise RefusedError(path, "is not a workbook", "give an .xlsx or .xls file")
        calamine = kept("python_calamine", "python-calamine")
        try:
            self._book = calamine.CalamineWorkbook.from_path(str(path))
        except calamine.PasswordError as error:
            raise RefusedError(path, "is protected by a password", "save it without the password in a spreadsheet") from error
        except (calamine.CalamineError, OSError) as error:
            raise RefusedError(path, "is cut short or damaged", AGAIN) from error
        self._damage = (calamine.CalamineError, OSError, ValueError)
        self.sheets: list[str] = list(self._book.sheet_names)

    def rows(self, sheet: str) -> list[list[Any]]:
        """All rows of a sheet, empty cells as empty text.

        Raises
        ------
        RefusedError
            When the sheet can't be read, or has more than `MOST_ROWS` rows.
        """
        try:
            rows = self._book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        except self._damage as error:
            raise RefusedError(self.path, f"has a sheet {sheet} that can't be read", AGAIN) from error
        if len(rows) > MOST_ROWS:
            raise RefusedError(self.path, f"has {len(rows):,} rows in {sheet}, more than the {MOST_ROWS:,} that are read", AGAIN)
        return rows

    def header(self, sheet: str, rows: list[list[Any]], is_header: Callable[[list[str]], bool], holds: str) -> int:
        """Number of the first row near the top that is a header, by its names.

        Raises
        ------
        RefusedError
            When no row is.
        """
        for place, row in enumerate(rows[:TOP]):
            if is_header([fold(cell) for cell in row]):
                return place
        raise RefusedError(self.path, f"has no row in {sheet} with {holds}", "give the file as its producer publishes it")
