"""The description of the tables, ``datapackage.json`` (Data Package standard 2), read."""
from __future__ import annotations

import difflib
import json
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["HOME", "allowed", "fields", "json_schema", "names", "own", "package", "resource"]

#: Folder of the tables, the outlines and their description.
HOME = Path(__file__).resolve().parent

JSON_TYPES = {"string": "string", "integer": "integer", "number": "number"}
CONSTRAINTS = ("minimum", "maximum", "enum", "minLength", "maxLength")      # the same word in both standards


@cache
def package() -> dict[str, Any]:
    """The whole description: content of ``datapackage.json``. Read it, do not change it."""
    return json.loads((HOME / "datapackage.json").read_text(encoding="utf-8"))


@cache
def own() -> dict[str, dict[str, Any]]:
    """Tables that only a reader's own folder holds, by name: content of ``own_tables.json``. Read it, do not change it.

    Examples
    --------
    >>> own()["france_sectors"]["producer"]
    'INSEE, harmonised censuses'
    """
    described = json.loads((Path(__file__).resolve().parent / "own_tables.json").read_text(encoding="utf-8"))
    return {entry["name"]: entry for entry in described["resources"]}


def names(kind: str | None = None) -> list[str]:
    """Names of the tables and outlines.

    Parameters
    ----------
    kind : {"csv", "geojson"}, optional
        Tables or outlines only.

    Returns
    -------
    list of str

    Examples
    --------
    >>> names("geojson")
    ['departments', 'gier']
    """
    return [entry["name"] for entry in package()["resources"] if kind in (None, entry["format"])]


def resource(name: str, kind: str | None = None) -> dict[str, Any]:
    """What the description says of one table or outline.

    Parameters
    ----------
    name : str
    kind : {"csv", "geojson"}, optional
        What it must be.

    Returns
    -------
    dict

    Raises
    ------
    LookupError
        When there is none of that name; the error lists those there are, and the nearest.

    Examples
    --------
    >>> resource("urban_unit", "csv")       # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    LookupError: no table is called 'urban_unit'; did you mean 'urban_units'? The tables are: urban_units, ...
    """
    if name in own() and kind in (None, "csv"):
        return own()[name]
    what = {"csv": "table", "geojson": "outline", None: "table or outline"}[kind]
    for entry in package()["resources"]:
        if entry["name"] == name:
            if kind in (None, entry["format"]):
                return entry
            raise LookupError(f"{name!r} is not a {what}: read it with " +
                              ("load" if entry["format"] == "csv" else "outlines") + f"({name!r})")
    known = names(kind)
    near = difflib.get_close_matches(str(name), known, 1, 0.5)
    hint = f"; did you mean {near[0]!r}?" if near else "."
    raise LookupError(f"no {what} is called {name!r}{hint} The {what}s are: {', '.join(known)}")


def fields(name: str) -> list[dict[str, Any]]:
    """Descriptions of the columns of a table, in its order (of outlines: identifier and properties)."""
    entry = resource(name)
    return entry.get("schema", entry.get("features"))["fields"]


def json_schema(field: dict[str, Any]) -> dict[str, Any]:
    """JSON Schema of one value of a column, from the column's Table Schema.

    Parameters
    ----------
    field : dict
        A field of Table Schema: type string, integer or number; constraints pattern, minimum, maximum, enum,
        minLength, maxLength. Whether a value may be missing or repeated is a matter of the table, not of it.

    Returns
    -------
    dict

    Raises
    ------
    ValueError
        When the field asks for a type or a constraint that this translation does not know.

    Examples
    --------
    >>> json_schema({"name": "share", "type": "number", "constraints": {"required": True, "maximum": 100}})
    {'type': 'number', 'maximum': 100}
    >>> json_schema({"name": "department", "type": "string", "constraints": {"pattern": "[0-9]{2}"}})
    {'type': 'string', 'pattern': '^(?:[0-9]{2})$(?!\\\\n)'}
    """
    if field["type"] not in JSON_TYPES:
        raise ValueError(f"column {field['name']}: type {field['type']!r} is none of {', '.join(JSON_TYPES)}")
    schema: dict[str, Any] = {"type": JSON_TYPES[field["type"]]}
    for constraint, value in field.get("constraints", {}).items():
        if constraint == "pattern":
            schema["pattern"] = f"^(?:{value})$(?!\\n)"      # Python's $ also stands before a last \n
        elif constraint in CONSTRAINTS:
            schema[constraint] = value
        elif constraint not in ("required", "unique"):
            raise ValueError(f"column {field['name']}: {constraint!r} has no translation to JSON Schema")
    return schema


def _bounds(constraints: dict[str, Any]) -> str:
    """The bounds of a number in words."""
    low, high = constraints.get("minimum"), constraints.get("maximum")
    if low is None:
        return "" if high is None else f"{high} or less"
    return f"{low} or more" if high is None else f"{low} to {high}"


def allowed(field: dict[str, Any]) -> str:
    """Values that a column may hold, in words.

    Examples
    --------
    >>> allowed({"name": "year", "type": "integer", "constraints": {"enum": [1982, 1990]}})
    '1982; 1990'
    >>> sizes = [{"value": 1, "label": "small"}, {"value": 2, "label": "large"}]
    >>> allowed({"name": "size", "type": "integer", "categories": sizes})
    '1 = small; 2 = large'
    >>> allowed({"name": "people", "type": "integer", "constraints": {"minimum": 0}})
    '0 or more'
    """
    constraints = field.get("constraints", {})
    if "categories" in field:
        pairs = [(str(category["value"]), category["label"]) for category in field["categories"]]
        return "; ".join(value if value == label else f"{value} = {label}" for value, label in pairs)
    if "enum" in constraints:
        return "; ".join(map(str, constraints["enum"]))
    return field.get("form") or _bounds(constraints)
