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

from methods.specialisation import specialisation_index

__all__ = ["Finding", "Tables", "HOLDS", "PARTLY", "DOES_NOT", "UNTESTED", "DIFFER", "VERDICTS", "LARGEST_TOWN", "SPECIALISED", "finding",
           "units_of", "index_of", "town_index", "workers_of"]

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


def index_of(tables: Tables) -> pd.DataFrame:
    """Specialisation index of every unit at every census."""
    return specialisation_index(tables("urban_units_occupations"), tables("france_occupations"))


def town_index(tables: Tables) -> pd.DataFrame:
    """The same for towns under 100,000 inhabitants that have one at every census."""
    units = units_of(tables)
    return index_of(tables)[units["size_class"] <= LARGEST_TOWN].dropna()


def workers_of(tables: Tables) -> pd.DataFrame:
    """Workers by unit and census."""
    return tables("urban_units_occupations").pivot_table("workers", "urban_unit", "year")
