"""Checking a table file against its description, and saying what is wrong in words that help."""
from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from data import schema

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

__all__ = ["Problem", "TableError", "check", "problems"]

NUMBERS = {"integer": re.compile(r"[+-]?[0-9]{1,18}"),
           "number": re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")}
KINDS = {"integer": "a whole number", "number": "a number", "string": "text"}
SHOWN = 5       # problems that an error message tells in full


class Problem(NamedTuple):
    """One thing that is wrong in a table file."""

    line: int       #: line of the file, the header being line 1
    column: str     #: name of the column; empty when the line as a whole is wrong
    value: str      #: what stands there
    expected: str   #: what should
    remedy: str     #: what to do

    def __str__(self) -> str:
        where = f"line {self.line}" + (f", column {self.column}" if self.column else "")
        return f"{where}: found {self.value!r}, expected {self.expected}. {self.remedy}"


class TableError(ValueError):
    """A table file that is not as described.

    Attributes
    ----------
    path : Path
        The file.
    problems : list of Problem
        All that is wrong, from the top of the file.
    """

    def __init__(self, path: Path, problems: list[Problem]) -> None:
        self.path, self.problems = path, problems
        more = len(problems) - SHOWN
        lines = [f"  {problem}" for problem in problems[:SHOWN]] + [f"  ... and {more:,} more"] * (more > 0)
        super().__init__(f"{path} can't be used as it is:\n" + "\n".join(lines))


@cache
def _field(name: str, column: str) -> dict[str, Any]:
    return next(field for field in schema.fields(name) if field["name"] == column)


@cache
def _validator(name: str, column: str) -> Validator:
    from jsonschema import Draft202012Validator  # here: most readers never check a table of their own
    return Draft202012Validator(schema.json_schema(_field(name, column)))


def _parsed(text: str, kind: str) -> Any:
    """A text as a number if the column holds numbers, None when it is none."""
    if kind == "string":
        return text
    if not NUMBERS[kind].fullmatch(text):
        return None
    return int(text) if kind == "integer" else float(text)


def _right(text: str, field: dict[str, Any], validator: Validator) -> bool:
    value = _parsed(text, field["type"])
    finite = value is not None and not (isinstance(value, float) and math.isinf(value))
    return finite and validator.is_valid(value)


def _expected(field: dict[str, Any]) -> str:
    """What a column holds, in words."""
    words = schema.allowed(field)
    if "categories" in field or "enum" in field.get("constraints", {}):
        return f"one of {words}"
    unit = f" ({field['unit']})" if "unit" in field else ""
    return KINDS[field["type"]] + (f", {words}" if words else "") + unit


def _remedy(text: str, field: dict[str, Any]) -> str:
    """What to do about a value that is not as described."""
    kind, constraints = field["type"], field.get("constraints", {})
    pattern = constraints.get("pattern", "")
    if kind == "string" and pattern:
        if any(re.fullmatch(pattern, text.zfill(width)) for width in range(len(text) + 1, 6)):
            return "Keep the leading zeros: read and save the column as text."
        if re.fullmatch(pattern, text.strip().upper()):
            return f"Write {text.strip().upper()!r}, without spaces and in capitals."
    if kind == "string":
        return f"Write it like {field['example']!r}." if "example" in field else "Write one of these."
    if _parsed(text, kind) is None:
        decimals = "a point before decimals" if kind == "number" else "no decimals"
        return f"Write digits only: no spaces, no separator of thousands, no unit, {decimals}."
    return "Correct the value; if it is not known, " + ("remove the line." if constraints.get("required")
                                                        else "leave the cell empty.")


def _column_problems(name: str, column: str, values: list[str]) -> Iterator[tuple[int, str, str]]:
    """(row, expected, remedy) of each value of a column that is wrong; a repeated value is read once."""
    field, validator = _field(name, column), _validator(name, column)
    constraints = field.get("constraints", {})
    counts = Counter(values)
    wrong = {text for text in counts if text and not _right(text, field, validator)}
    unique = constraints.get("unique")
    twice = {text for text, times in counts.items() if unique and text and times > 1}
    empty = {""} if constraints.get("required") and "" in counts else set()
    if not (wrong or twice or empty):
        return
    for row, text in enumerate(values):
        if text in empty:
            yield row, _expected(field), "The cell is empty: fill it in, or remove the line."
        elif text in wrong:
            yield row, _expected(field), _remedy(text, field)
        elif text in twice:
            yield row, "a value that stands on no other line", "Keep one of the lines."


def _header_problems(name: str, header: list[str]) -> Iterator[Problem]:
    """Columns that are missing, unknown or repeated."""
    columns = [field["name"] for field in schema.fields(name)]
    if len(header) == 1 and len(columns) > 1 and any(mark in header[0] for mark in ";\t|"):
        yield Problem(1, "", header[0], "columns separated by commas",
                      "Save the table as CSV with commas, in UTF-8, with a point before decimals.")
        return
    for column, times in Counter(header).items():
        if column not in columns:
            yield Problem(1, column, column, f"one of the columns {', '.join(columns)}",
                          "Rename the column, or remove it.")
        elif times > 1:
            yield Problem(1, column, column, "each column once", "Remove the second one.")
    for column in columns:
        if column not in header:
            yield Problem(1, column, ", ".join(header), f"a column {column}",
                          f"Add it ({_field(name, column)['title']}); see describe({name!r}).")


def _length_problems(rows: list[list[str]], lines: list[int], width: int) -> Iterator[Problem]:
    """Rows with more or fewer cells than the header."""
    for line, row in zip(lines, rows, strict=True):
        if len(row) != width:
            remedy = "Put a cell that holds a comma between quotation marks; leave gaps empty."
            expected = f"{width} cells separated by commas, not {len(row)}"
            yield Problem(line, "", ",".join(row), expected, remedy)


def _key_problems(name: str, header: list[str], rows: list[list[str]], lines: list[int]) -> Iterator[Problem]:
    """Rows whose primary key stands on an earlier row."""
    key = schema.resource(name)["schema"].get("primaryKey", [])
    where = [header.index(column) for column in key]
    first: dict[tuple[str, ...], int] = {}
    for line, row in zip(lines, rows, strict=True):
        value = tuple(row[i] for i in where)
        if key and value in first:
            expected = f"a combination that stands once; line {first[value]} has it"
            yield Problem(line, " and ".join(key), ", ".join(value), expected, "Remove one of the two lines.")
        first.setdefault(value, line)


def _text(path: Path) -> str:
    """The content of a file in UTF-8, with or without the mark that Excel puts first."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        near = content[max(error.start - 10, 0):error.start + 10].decode("latin-1")
        remedy = "Save the file again as CSV UTF-8."
        raise TableError(path, [Problem(line, "", near, "text in UTF-8", remedy)]) from None


def _rows(path: Path) -> tuple[list[list[str]], list[int]]:
    """The rows of a file, the header first, and the line on which each begins; no empty rows at the end."""
    rows: list[list[str]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        for row in reader:
            rows.append(row)
            lines.append(reader.line_num - sum(cell.count("\n") for cell in row))
    except csv.Error as error:
        remedy = "Look for a quotation mark too many."
        raise TableError(path, [Problem(reader.line_num, "", str(error), "a line of CSV", remedy)]) from None
    while rows and not rows[-1]:
        rows.pop()
    return rows, lines[:len(rows)]


def problems(name: str, path: Path) -> list[Problem]:
    """All that is wrong in a table file, from the top.

    Parameters
    ----------
    name : str
        Name of the table whose description it must follow.
    path : Path
        The file: CSV with commas, UTF-8.

    Returns
    -------
    list of Problem
        Empty when nothing is. What makes the rest unreadable (header, length of lines) is told alone.

    Raises
    ------
    TableError
        When the file is not CSV in UTF-8 at all.
    """
    rows, lines = _rows(path)
    if len(rows) < 2:
        header = ",".join(rows[0]) if rows else ""
        return [Problem(1, "", header, "a header and at least one line of figures", "Fill the file.")]
    header, rows, lines = rows[0], rows[1:], lines[1:]
    found = [*_header_problems(name, header)] or [*_length_problems(rows, lines, len(header))]
    if found:
        return found
    for column, values in zip(header, zip(*rows, strict=True), strict=True):
        found += [Problem(lines[row], column, values[row], expected, remedy)
                  for row, expected, remedy in _column_problems(name, column, list(values))]
    return sorted([*found, *_key_problems(name, header, rows, lines)], key=lambda problem: problem.line)


def check(name: str, path: Path) -> None:
    """Nothing when a table file is as described, an error that names every problem otherwise.

    Parameters
    ----------
    name : str
        Name of the table whose description it must follow.
    path : Path
        The file.

    Raises
    ------
    TableError
        Line, column, value, what was expected, and what to do.
    """
    if found := problems(name, path):
        raise TableError(path, found)
