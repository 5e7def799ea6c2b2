"""Reading a table, the book's or a reader's own, into a typed DataFrame."""
from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd

from data import schema
from data.checking import check

__all__ = ["book_table", "load", "outlines"]


def _dtype(field: dict[str, Any]) -> str:
    """How pandas reads a column. Whole numbers that may be missing become floats, with NaN."""
    if field["type"] == "string":
        return "str"
    complete = field.get("constraints", {}).get("required", False) and "categories" not in field
    return "int64" if field["type"] == "integer" and complete else "float64"


def _categorical(codes: pd.Series, field: dict[str, Any]) -> pd.Categorical:
    """Labels in place of codes, in the order of the description."""
    values = pd.Index([category["value"] for category in field["categories"]], dtype=codes.dtype)
    labels = [category["label"] for category in field["categories"]]
    kind = pd.CategoricalDtype(labels, ordered=field.get("categoriesOrdered", False))
    return pd.Categorical.from_codes(values.get_indexer(codes), dtype=kind)


def _read(path: Path, name: str) -> pd.DataFrame:
    """A file that is known to be right, typed."""
    columns = {field["name"]: field for field in schema.fields(name)}
    types = {column: _dtype(field) for column, field in columns.items()}
    frame = pd.read_csv(path, dtype=types, encoding="utf-8-sig", keep_default_na=False, na_values=[""],
                        float_precision="round_trip")
    for column, field in columns.items():
        if "categories" in field:
            frame[column] = _categorical(frame[column], field)
    return frame[list(columns)]


def _own_folder(name: str) -> str | None:
    """The folder of a reader's own tables (``BOOK_DATA``), when it holds this one or only it could."""
    folder = os.environ.get("BOOK_DATA")
    if folder and (Path(folder) / f"{name}.csv").is_file():
        return folder
    if name in schema.own():
        if folder:
            return folder
        raise FileNotFoundError(f"{name!r} is no table of the book but one of your own: make it from official files with "
                                "`python -m data.official`, and set BOOK_DATA to its folder")
    return None


def load(name: str, folder: str | Path | None = None) -> pd.DataFrame:
    """Read a table.

    Codes are text and keep their leading zeros. Classes are categories with readable labels, ordered where
    they have an order; ``.cat.codes`` of ``size_class`` is INSEE's number of the class, in every table (0
    outside urban units, 8 Paris). Years and complete counts are int64; counts that have gaps are float64,
    with NaN in the gaps.

    Parameters
    ----------
    name : str
        Name of a table: see `sources`.
    folder : str or Path, optional
        Folder with a table of your own, in a file called ``name`` with ``.csv`` at the end: the same columns
        (see `describe`) in any order, separated by commas, in UTF-8. It is checked before it is read: each
        column, and the key that no two lines may share. Whether its codes stand in other tables is not.
        When not given, the folder that the environment's ``BOOK_DATA`` names, for the tables that it holds.

    Returns
    -------
    DataFrame
        One row per line of the file, in its order; columns in the order of the description.

    Raises
    ------
    LookupError
        When the book has no table of that name.
    FileNotFoundError
        When the folder has no such file.
    TableError
        When a table of your own is not as described: which line, column and value, and what was expected.

    Examples
    --------
    >>> classes = load("size_class_occupations")
    >>> classes.loc[classes["year"] == 2011, "size_class"].cat.codes.tolist()
    [0, 1, 2, 3, 4, 5, 6, 7, 8]
    >>> small = classes[(classes["year"] == 2011) & (classes["size_class"] == "2,000–4,999")]
    >>> groups = ["farmers", "self_employed", "managers", "intermediate", "clerical", "workers"]
    >>> (100 * small["workers"] / small[groups].sum(axis=1)).round(1).item()        # share of workers, %
    25.6
    """
    entry = schema.resource(name, "csv")
    folder = folder or _own_folder(name)
    if folder is None:
        return _read(schema.HOME / entry["path"], name)
    path = Path(folder) / f"{name}.csv"
    if not path.is_file():
        raise FileNotFoundError(f"{path} does not exist: to use a table of your own in place of {name!r}, "
                                f"save it there under the name {path.name}")
    check(name, path)
    return _read(path, name)


def book_table(name: str) -> pd.DataFrame:
    """A table as the book carries it, also when ``BOOK_DATA`` names a folder that holds one of that name.

    Raises
    ------
    LookupError
        When the book has no such table.

    Examples
    --------
    >>> len(book_table("urban_units"))
    2229
    """
    if name in schema.own():
        raise LookupError(f"{name!r} is no table of the book: load it from your own folder")
    return _read(schema.HOME / schema.resource(name, "csv")["path"], name)


def outlines(name: str) -> dict[str, Any]:
    """Outlines on a map.

    Parameters
    ----------
    name : str
        ``"departments"`` (the 96 of metropolitan France) or ``"gier"`` (the 25 communes of the valley).

    Returns
    -------
    dict
        A GeoJSON FeatureCollection: WGS 84, degrees; ``id`` of a feature is the code, its property ``name``
        the name. Outer rings turn counter-clockwise, as the standard of GeoJSON says (d3's spherical
        projections want the contrary).

    Raises
    ------
    LookupError
        When there are no outlines of that name.

    Examples
    --------
    >>> outlines("departments")["features"][0]["properties"]
    {'name': 'Ain'}
    """
    entry = schema.resource(name, "geojson")
    return json.loads((schema.HOME / entry["path"]).read_text(encoding="utf-8"))
