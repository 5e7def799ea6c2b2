"""What the columns of a table mean, and where tables come from."""
from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from data import schema

__all__ = ["describe", "sources"]

TYPES = {"string": "text", "integer": "whole number", "number": "number"}
COLUMNS = ["column", "meaning", "type", "unit", "allowed", "gaps"]
SOURCES = ["title", "description", "kind", "producer", "vintage", "licence", "made", "rebuildable", "script",
           "known_gaps"]


def _type(field: dict[str, Any]) -> str:
    if "categories" in field:
        return "ordered categories" if field.get("categoriesOrdered") else "categories"
    return TYPES[field["type"]]


def _gaps(field: dict[str, Any]) -> str:
    if field.get("constraints", {}).get("required"):
        return ""
    return field.get("gaps", "may be empty")


def describe(name: str) -> pd.DataFrame:
    """What each column of a table means.

    Parameters
    ----------
    name : str
        Name of a table, or of an outline.

    Returns
    -------
    DataFrame
        One row per column of the table: its name, meaning, type, unit, allowed values, and what is missing
        (empty text: nothing). All text.

    Raises
    ------
    LookupError
        When there is no such table.

    Examples
    --------
    >>> about = describe("france_occupations")
    >>> about.loc[about["column"] == "workers", ["type", "unit", "allowed"]].iloc[0].tolist()
    ['whole number', 'people', '0 or more']
    """
    rows = [{"column": field["name"],
             "meaning": field["title"] + (f". {field['description']}" if "description" in field else ""),
             "type": _type(field), "unit": field.get("unit", ""), "allowed": schema.allowed(field),
             "gaps": _gaps(field)} for field in schema.fields(name)]
    return pd.DataFrame(rows, columns=COLUMNS, dtype="str")


def _licence(entry: dict[str, Any]) -> str:
    """The licences of a table in one line, each with what it covers."""
    return "; ".join(licence["title"] + (f" ({licence['covers']})" if "covers" in licence else "")
                     for licence in entry["licenses"])


def _zoning(editions: dict[str, dict[str, Any]]) -> str:
    """Edition of the composition of urban units that a reader brought."""
    return editions["UU"]["edition"] if "UU" in editions else "of the reader"


def _own_units(entry: dict[str, Any], editions: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Urban units from a composition that a reader brought."""
    zoning = _zoning(editions)
    return {**entry, "producer": f"INSEE, urban units ({zoning}), legal populations; JRC, degree of urbanisation; IGN, points",
            "description": "Towns as continuously built-up areas, from the composition that the reader brought.",
            "vintage": f"zoning {zoning}; legal populations 2019 and 2023",
            "made": "Communes of today put in their unit; size classes computed from legal populations of 2019.",
            "script": "data/official/units.py", "rebuildable": False,
            "known_gaps": "Degree of urbanisation, and attraction area when no composition of areas was given, are those of the book's own "
                          "table, where a unit has the same main commune; else they are missing.",
            "licenses": [one for one in entry["licenses"] if one["name"] != "ODbL-1.0"]}


def _own_places(entry: dict[str, Any], editions: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Third places from a list that a reader brought: nothing of it is the book's."""
    zoning = _zoning(editions)
    file = f" ({editions['places']['file']})" if "places" in editions else ""
    zones = schema.own()["zone_third_places"]
    return {**entry, "producer": f"the author of the reader's list{file}; INSEE, urban units ({zoning}), legal populations",
            "vintage": f"the list's date; zoning {zoning}; legal populations 2019", "made": "Each place put in its commune, each commune in its unit.",
            **{key: zones[key] for key in ("script", "rebuildable", "known_gaps", "licenses")}}


OWN = {"urban_units": _own_units, "third_places_by_commune_class": _own_places}


def _entry(name: str) -> dict[str, Any]:
    """What the description says of a table; of a table of the book that a reader's own folder replaces, what the folder says."""
    entry, folder = schema.resource(name), os.environ.get("BOOK_DATA")
    if name not in OWN or not folder or not (Path(folder) / f"{name}.csv").is_file():
        return entry
    about = json.loads((Path(folder) / "official.json").read_text(encoding="utf-8"))
    return OWN[name](entry, {source["what"]: source for source in about.get("sources", [])})


def sources(tables: str | Sequence[str] | None = None) -> pd.DataFrame:
    """Where tables come from.

    Parameters
    ----------
    tables : str or sequence of str, optional
        Names of tables and outlines; all when not given.

    Returns
    -------
    DataFrame
        One row per table, named by the index: its title and description, the kind of its figures ("official",
        "quoted", "our coding" or "toy"), its producer (short, for captions), vintage, licence, how it was
        made, whether it can be made again from packages (bool) and by which script (empty: none), and its
        known gaps (empty: none known).

    Raises
    ------
    LookupError
        When there is no such table.

    Examples
    --------
    >>> sources("mons_land_use").loc["mons_land_use", ["producer", "kind"]].tolist()
    ['Statbel, land register', 'official']
    """
    wanted = schema.names() if tables is None else [tables] if isinstance(tables, str) else list(tables)
    entries = [_entry(name) for name in wanted]
    rows = [{**entry, "licence": _licence(entry), "script": entry["script"] or ""} for entry in entries]
    return pd.DataFrame([{column: row[column] for column in SOURCES} for row in rows],
                        index=pd.Index(wanted, name="table", dtype="str"), columns=SOURCES)
