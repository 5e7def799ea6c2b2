"""The book's tables: how to read them, what their columns mean, where they come from.

>>> from data import load, describe, sources
>>> load("france_occupations")["year"].tolist()
[1982, 1990, 1999, 2006, 2011]
"""
from data.catalogue import describe, sources
from data.checking import TableError
from data.loading import load, outlines
from data.words import OCCUPATIONS, REGIONS, counted, region_of

__all__ = ["load", "describe", "sources", "outlines", "OCCUPATIONS", "REGIONS", "counted", "region_of", "TableError"]
