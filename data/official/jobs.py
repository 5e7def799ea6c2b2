"""Urssaf's private jobs by commune and activity: one long file, one row a commune and activity, years side by side.

Read in a stream: only the sums by commune and group of activities are held. Columns are found by name; an export with
labels ("Effectifs salariés 2006") and one with field names (``effectifs_salaries_2006``) read the same.
"""
from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from data.official.files import AGAIN, RefusedError, kept, ticking
from data.official.sheets import fold

__all__ = ["Jobs", "decoded", "first_line", "is_jobs", "name_of", "read_jobs"]

#: What each needed column is called, folded; the first that is there is taken.
NAMES = {"commune": ("code_commune", "codecommune", "code_insee_commune"),
         "activity": ("secteur_na17", "secteur_na_17", "grand_secteur_d_activite"), "sector": ("grand_secteur_d_activite",)}
FIGURES = {"establishments": r"nombre_d_etablissements(?:_employeurs)?_(\d{4})", "jobs": r"effectifs_salaries(?:_moyens)?_(\d{4})"}
#: How the name of the sector of industry begins.
INDUSTRY = "gs1"
SAMPLE = 4_000_000


class Jobs(NamedTuple):
    """What a file holds, summed."""

    years: list[int]
    communes: pd.DataFrame      #: code, activity, industry (0 or 1), then establishments_YYYY and jobs_YYYY of every year
    suppressed: int             #: cells that are not empty and hold no number
    rows: int                   #: rows of the file


def name_of(cell: str) -> str:
    """A header as a field name.

    Examples
    --------
    >>> name_of("Nombre d’établissements 2006"), name_of("code_commune")
    ('nombre_d_etablissements_2006', 'code_commune')
    """
    return re.sub(r"[^a-z0-9]+", "_", fold(cell)).strip("_")


def decoded(content: bytes) -> tuple[str, str]:
    """Text and its encoding: UTF-8 with or without its mark, else Latin-1 as Windows writes it."""
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        if error.start >= len(content) - 4 and error.reason == "unexpected end of data":        # cut in the middle of a letter
            return content[:error.start].decode("utf-8-sig"), "utf-8"
        return content.decode("cp1252", errors="replace"), "cp1252"


def first_line(path: Path) -> tuple[str, str]:
    """The first line of a text, and its encoding."""
    with path.open("rb") as file:
        text, encoding = decoded(file.read(SAMPLE))
    return text.lstrip("\r\n").split("\n", 1)[0].rstrip("\r"), encoding


def _header(path: Path) -> tuple[list[str], str, str]:
    """Folded names of the columns, the separator, and the encoding."""
    line, encoding = first_line(path)
    separator = max(";,\t|", key=line.count)
    return [name_of(cell) for cell in next(csv.reader(io.StringIO(line), delimiter=separator), [])], separator, encoding


def is_jobs(path: Path) -> bool:
    """Whether a text has Urssaf's columns of jobs."""
    return any(re.fullmatch(FIGURES["jobs"], name) for name in _header(path)[0])


def _found(path: Path, header: list[str]) -> tuple[dict[str, int], dict[str, int]]:
    """Places of the columns that name a row, and of the figures (``jobs_2006``)."""
    named = {key: next((header.index(name) for name in names if name in header), None) for key, names in NAMES.items()}
    figures = {f"{what}_{found[1]}": place for place, name in enumerate(header) for what, pattern in FIGURES.items()
               if (found := re.fullmatch(pattern, name))}
    missing = [NAMES[key][0] for key, place in named.items() if place is None]
    if missing:
        raise RefusedError(path, f"has no column {' and no column '.join(missing)}", "download Urssaf's table by commune and APE, with all columns")
    years = [{name[-4:] for name in figures if name.startswith(what)} for what in FIGURES]
    if years[0] != years[1]:
        raise RefusedError(path, f"has establishments or jobs alone for {', '.join(sorted(years[0] ^ years[1]))}", AGAIN)
    return named, figures


def _whole(path: Path, columns: int, separator: str, encoding: str) -> None:
    """Nothing when the last line has as many cells as the header."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 200_000))
        lines = file.read().decode(encoding, errors="replace").rstrip("\r\n").split("\n")
    last = next(csv.reader(io.StringIO(lines[-1]), delimiter=separator), [])
    if len(last) != columns:
        raise RefusedError(path, f"is cut short: its last line has {len(last)} cells, its header {columns}", AGAIN)


def _in_utf8(path: Path, folder: Path) -> Path:
    """A copy of a Latin-1 file in UTF-8."""
    copy = folder / "jobs.csv"
    with path.open(encoding="cp1252", errors="replace", newline="") as source, copy.open("w", encoding="utf-8", newline="") as target:
        shutil.copyfileobj(source, target, 8_000_000)
    return copy


def _sums(pl: Any, path: Path, separator: str, named: dict[str, int], figures: dict[str, int], columns: int, spaces: bool = False) -> Any:
    """Sums by commune, activity and sector, in a stream; how many cells hold no number; the lowest number.

    With `spaces`, digits may be parted by spaces: slower, so it is tried only when some cell holds no number.
    """
    frame = pl.scan_csv(path, separator=separator, has_header=False, skip_rows=1, infer_schema=False, encoding="utf8-lossy",
                        new_columns=[f"c{i}" for i in range(columns)], low_memory=True)
    text = {key: pl.col(f"c{place}").fill_null("").str.strip_chars() for key, place in named.items()}
    plain = {name: (pl.col(f"c{place}").str.replace_all(r"[\s\u00a0\u202f]", "") if spaces else pl.col(f"c{place}").str.strip_chars())
             .str.replace(",", ".", literal=True) for name, place in figures.items()}
    numbers = {name: cell.cast(pl.Float64, strict=False) for name, cell in plain.items()}
    bad = pl.sum_horizontal([(number.is_null() & (plain[name].fill_null("") != "")).cast(pl.Int64) for name, number in numbers.items()])
    code = text["commune"].str.to_uppercase()
    keys = [pl.when(code == "").then(code).otherwise(code.str.zfill(5)).alias("code"), text["activity"].alias("activity"),
            text["sector"].str.to_lowercase().str.starts_with(INDUSTRY).cast(pl.Int8).alias("industry")]
    sums = {name: number.fill_null(0).sum() for name, number in numbers.items()}
    return frame.group_by(keys).agg(pl.len().alias("rows"), bad.sum().alias("bad"), pl.min_horizontal(numbers.values()).min().alias("low"),
                                    **sums).collect(engine="streaming")


def read_jobs(path: Path) -> Jobs:
    """Sums of a file by commune and group of activities.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Jobs

    Raises
    ------
    RefusedError
        When columns are missing, the file is cut short, or a number is negative.
    """
    pl = kept("polars", "polars")
    header, separator, encoding = _header(path)
    named, figures = _found(path, header)
    _whole(path, len(header), separator, encoding)
    with tempfile.TemporaryDirectory(prefix="official-jobs-") as folder, ticking(f"{path.name}: summing by commune and activity"):
        source = path if encoding == "utf-8" else _in_utf8(path, Path(folder))
        try:
            sums = _sums(pl, source, separator, named, figures, len(header))
            if sums["bad"].sum():
                sums = _sums(pl, source, separator, named, figures, len(header), spaces=True)
        except pl.exceptions.NoDataError as error:
            raise RefusedError(path, "has no rows below its header", AGAIN) from error
        except pl.exceptions.PolarsError as error:
            raise RefusedError(path, f"has a line that is no line of a CSV file ({str(error).splitlines()[0][:80]})", AGAIN) from error
    rows, bad, low = int(sums["rows"].sum()), int(sums["bad"].sum()), sums["low"].min()
    if low is not None and low < 0:
        raise RefusedError(path, f"has a negative number, {low:g}", AGAIN)
    sums = sums.drop("rows", "bad", "low").sort("code", "activity", "industry")
    frame = pd.DataFrame({name: sums[name].to_numpy() for name in sums.columns})
    return Jobs(sorted({int(name[-4:]) for name in figures}), frame, bad, rows)
