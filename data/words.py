"""Words that several tables, methods and chapters share: occupational groups, and the regions that the introduction names."""
from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

import pandas as pd

__all__ = ["OCCUPATIONS", "REGIONS", "WORKERS", "Counted", "counted", "region_of"]

#: The six occupational groups: columns of every table of occupations.
OCCUPATIONS = ["farmers", "self_employed", "managers", "intermediate", "clerical", "workers"]

#: Regions of the introduction (§7) as lists of départements. The articles' own limits are not known: these are ours.
REGIONS = {
    "north-east": ["02", "08", "10", "25", "39", "51", "52", "54", "55", "57", "59", "60", "62", "67", "68", "70", "80", "88", "90"],
    "former Rhône-Alpes": ["01", "07", "26", "38", "42", "69", "73", "74"],
    "Brittany": ["22", "29", "35", "56"],
    "Pays de la Loire": ["44", "49", "53", "72", "85"],
}


class Counted(NamedTuple):
    """What stands for industry in the second chapter and in the ledger, and the words for it."""

    by: str                     #: "occupations" or "sectors": end of the tables' names
    group: str                  #: column of the group that stands for industry
    groups: tuple[str, ...]     #: columns of all groups
    people: str                 #: the group in words: "workers"
    what: str                   #: what is counted, in words
    years: tuple[int, ...]      #: censuses

    @property
    def span(self) -> str:
        """First and last census."""
        return f"{self.years[0]}–{self.years[-1]}"

    @property
    def many(self) -> str:
        """How many censuses, as a word."""
        words = dict(enumerate(["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]))
        return words.get(len(self.years), str(len(self.years)))

    @property
    def label(self) -> str:
        """What is counted, and when.

        Examples
        --------
        >>> WORKERS.label
        'workers by residence, 1982–2011'
        """
        return f"{self.what}, {self.span}"


#: The book's own figures.
WORKERS = Counted("occupations", "workers", tuple(OCCUPATIONS), "workers", "workers by residence", (1982, 1990, 1999, 2006, 2011))
#: INSEE's sector workbook, as `python -m data.official` brings it; its censuses are those of the file.
INDUSTRY = Counted("sectors", "industry", ("agriculture", "industry", "construction", "services"), "people in industry",
                   "industrial employment by residence, people 25–54 in work, INSEE", ())


def counted() -> Counted:
    """What the figures count: the book's workers, or what a reader's own folder (``BOOK_DATA``) holds.

    Returns
    -------
    Counted

    Examples
    --------
    >>> counted().group                     # without a folder of your own
    'workers'
    """
    folder = os.environ.get("BOOK_DATA")
    if not folder:
        return WORKERS
    years = json.loads((Path(folder) / "official.json").read_text(encoding="utf-8"))["years"]
    kind = next((kind for kind in (INDUSTRY, WORKERS) if kind.by in years), None)
    return WORKERS if kind is None else kind._replace(years=tuple(years[kind.by]))


def region_of(departments: pd.Series) -> pd.Series:
    """Region of each département, "elsewhere" when it is in none of `REGIONS`.

    Parameters
    ----------
    departments : Series of str
        Codes of départements.

    Returns
    -------
    Series of str

    Examples
    --------
    >>> region_of(pd.Series(["67", "35", "2A"])).tolist()
    ['north-east', 'Brittany', 'elsewhere']
    """
    known = {code: name for name, codes in REGIONS.items() for code in codes}
    return departments.astype("str").map(known).fillna("elsewhere")
