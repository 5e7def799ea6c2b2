"""What every check of a claim is made of: verdicts, a finding, and the tables that several checks read.

A check never reads a file: it is given a function that hands out tables by name. Its verdict follows from its figures
by the rule that its own text states, so that other figures give another verdict.
"""
from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from data.words import WORKERS, Counted
from methods.specialisation import specialisation_index

__all__ = ["Finding", "Tables", "HOLDS", "PARTLY", "DOES_NOT", "UNTESTED", "DIFFER", "VERDICTS", "LARGEST_TOWN", "SPECIALISED", "finding",
           "counted_of", "units_of", "unit_at", "index_of", "town_index", "workers_of"]

HOLDS, PARTLY, DOES_NOT = "holds", "holds partly", "does not hold"
UNTESTED, DIFFER = "cannot be tested here", "sources differ"
VERDICTS = [HOLDS, PARTLY, DOES_NOT, UNTESTED, DIFFER]
Tables = Callable[[str], pd.DataFrame]
SPECIALISED = 1.25                          # an index from here on is called specialised, as in the second chapter
LARGEST_TOWN = "50,000–99,999"              # the largest size class of towns under 100,000 inhabitants


class Finding(NamedTuple):
    """What a check found."""

    value: float            #: the figure that decides
    low: float              #: its 95 % interval, missing when it is a full count
    high: float
    words: str              #: the comparison, in words
    verdict: str            #: one of `VERDICTS`


def finding(value: float, words: str, verdict: str, low: float = np.nan, high: float = np.nan) -> Finding:
    """A finding, its numbers as plain floats and its minus signs as print has them."""
    return Finding(float(value), float(low), float(high), re.sub(r"(?<![\w–])-(?=\d)", "−", words), verdict)


def units_of(tables: Tables) -> pd.DataFrame:
    return tables("urban_units").set_index("urban_unit").sort_index()


def unit_at(units: pd.DataFrame, commune: str) -> str:
    """Code of the unit whose main commune is this one of today: codes of units change with the zoning, communes' hardly."""
    found = units.index[units["main_commune_2026"] == commune]
    if found.empty:
        raise LookupError(f"no urban unit has the main commune {commune}: the table of units is not whole")
    return found[0]


def counted_of(tables: Tables) -> Counted:
    """What the tables count: the function that hands them out says it as ``counted``; workers when it does not."""
    return getattr(tables, "counted", WORKERS)


def index_of(tables: Tables) -> pd.DataFrame:
    """Specialisation index of every unit at every census."""
    c = counted_of(tables)
    return specialisation_index(tables(f"urban_units_{c.by}"), tables(f"france_{c.by}"), group=c.group, whole=c.groups)


def town_index(tables: Tables) -> pd.DataFrame:
    """The same for towns under 100,000 inhabitants that have one at every census."""
    units = units_of(tables)
    return index_of(tables)[units["size_class"] <= LARGEST_TOWN].dropna()


def workers_of(tables: Tables) -> pd.DataFrame:
    """Workers, or what the tables count instead, by unit and census."""
    c = counted_of(tables)
    return tables(f"urban_units_{c.by}").pivot_table(c.group, "urban_unit", "year")
