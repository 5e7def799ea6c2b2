"""A list of third places: of each its commune or its coordinates, and its kind."""
from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data import load
from data.official.files import AGAIN, RefusedError
from data.official.jobs import decoded, first_line, name_of
from data.official.sheets import Workbook, code, numbers

__all__ = ["is_places", "read_places"]

NAMES = {"commune": ("inseecom", "insee_com", "code_insee", "code_commune", "codgeo", "depcom", "com_insee"),
         "kind": ("typo", "typologie", "type", "type_de_tiers_lieu", "categorie"),
         "lat": ("lat", "latitude", "y_wgs84"), "lon": ("long", "lon", "lng", "longitude", "x_wgs84")}
#: A degree of longitude in the middle of France, in degrees of latitude.
SHRINK = 0.69
#: Metropolitan France, in degrees; a place further than this from every commune's point stays unplaced (about 15 km).
BOX, FAR = {"lat": (41.2, 51.2), "lon": (-5.5, 9.7)}, 0.14


def _places_of(header: list[str]) -> dict[str, int]:
    return {key: header.index(name) for key, names in NAMES.items() for name in names[::-1] if name in header}


def _is_header(header: list[str]) -> bool:
    found = _places_of(header)
    return "kind" in found and ("commune" in found or {"lat", "lon"} <= set(found))


def _rows(source: Workbook | Path) -> list[list[Any]]:
    """Rows from the header on: of the first sheet that has one, or of a CSV; empty when there is none."""
    if isinstance(source, Workbook):
        for sheet in source.sheets:
            rows = source.rows(sheet)
            at = next((i for i, row in enumerate(rows[:20]) if _is_header([name_of(str(cell)) for cell in row])), None)
            if at is not None:
                return rows[at:]
        return []
    line = first_line(source)[0]
    text = decoded(source.read_bytes())[0]
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=max(";,\t|", key=line.count)) if row]
    return rows if rows and _is_header([name_of(cell) for cell in rows[0]]) else []


def is_places(source: Workbook | Path) -> bool:
    """Whether a file has the columns of a list of places: a kind, and a commune or coordinates."""
    if isinstance(source, Workbook):
        return bool(_rows(source))
    line = first_line(source)[0]
    return _is_header([name_of(cell) for cell in next(csv.reader([line], delimiter=max(";,\t|", key=line.count)), [])])


def _nearest(lon: np.ndarray, lat: np.ndarray) -> list[str]:
    """Commune whose point is nearest to each place; empty when none is near."""
    known = load("communes").dropna(subset=["lon", "lat"])
    x, y, codes = known["lon"].to_numpy(), known["lat"].to_numpy(), known["commune"].tolist()
    found = []
    for east, north in zip(lon, lat, strict=True):
        away = (SHRINK * (x - east)) ** 2 + (y - north) ** 2
        nearest = int(away.argmin())
        found.append(codes[nearest] if away[nearest] <= FAR ** 2 else "")
    return found


def read_places(source: Workbook | Path) -> pd.DataFrame:
    """The places of a list.

    Parameters
    ----------
    source : Workbook or Path
        A workbook, or a CSV.

    Returns
    -------
    DataFrame, one row per place
        ``commune``: the code that the list gives, else the nearest commune's, else empty; ``how``: "code", "coordinates"
        or "nowhere"; ``coworking``: whether its kind says so.

    Raises
    ------
    RefusedError
        When rows have another length than the header, or there are none.
    """
    path = source.path if isinstance(source, Workbook) else source
    rows = _rows(source)
    found, body = _places_of([name_of(str(cell)) for cell in rows[0]]), rows[1:]
    short = next((i for i, row in enumerate(body, 2) if len(row) != len(rows[0])), None)
    if short or not body:
        raise RefusedError(path, f"has another number of cells in row {short} than in its header" if short else "has no places", AGAIN)
    codes = pd.Series([code(row[found["commune"]], 5) if "commune" in found else "" for row in body], dtype="str")
    codes = codes.where(codes.str.fullmatch(r"\d[0-9AB]\d{3}") & (codes != "00000"), "")
    frame = pd.DataFrame({"commune": codes, "how": np.where(codes != "", "code", "nowhere"),
                          "coworking": ["cowork" in name_of(str(row[found["kind"]])).replace("_", "") for row in body]})
    if {"lat", "lon"} <= set(found):
        at = {axis: numbers([row[found[axis]] for row in body])[0] for axis in BOX}
        here = (frame["how"] == "nowhere").to_numpy() & np.all([(at[a] >= low) & (at[a] <= high) for a, (low, high) in BOX.items()], axis=0)
        if here.any():
            near = _nearest(at["lon"][here], at["lat"][here])
            frame.loc[here, "commune"] = near
            frame.loc[here, "how"] = ["coordinates" if name else "nowhere" for name in near]
    return frame
