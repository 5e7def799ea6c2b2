"""Outlines of the départements and of the Gier valley: small enough for a page, borders still shared."""
from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from data.recipes.fetch import Downloads
from data.recipes.geography import GIER, TODAY, Outlines, by_code, metropolitan
from data.recipes.writing import write_geojson

__all__ = ["make"]

#: Simplification: the corners with the smallest triangles are dropped, up to this side squared. In degrees of
#: latitude; 0.015 is about 1.7 km, a pixel on a map of France 600 pixels wide.
TOLERANCE = 0.015
#: Decimals of the coordinates of départements (0.001 degree is 80 to 110 m) and of communes (8 to 11 m).
DECIMALS, FINE = 3, 4
#: Islands under this area are left out, in square degrees: about 5 km2.
ISLAND = 0.0006
#: East-west shrinking of a degree of longitude in the middle of France.
SHRINK = math.cos(math.radians(46.5))


def _polygons(shape: Any) -> list[Any]:
    return list(getattr(shape, "geoms", [shape]))


def _departments(outlines: Outlines) -> tuple[list[str], Any]:
    """Codes, and outlines without overlap or gap: communes, and cantons where a commune has no outline."""
    import numpy as np
    import shapely
    pieces: dict[str, list[Any]] = {code: list(cantons) for code, cantons in outlines.cantons.items()}
    for commune, shape in outlines.communes.items():
        pieces.setdefault(commune[:2], []).append(shape)
    codes = sorted(pieces)
    whole = [shapely.union_all([shapely.make_valid(piece) for piece in pieces[code]]) for code in codes]
    return codes, shapely.coverage_clean(np.array(whole))


def _simplified(whole: Any) -> Any:
    """The same outlines with fewer corners; a shared border loses the same corners on both sides."""
    import shapely
    squeezed = shapely.transform(whole, lambda xy: xy * [SHRINK, 1.0])
    return shapely.transform(shapely.coverage_simplify(squeezed, TOLERANCE), lambda xy: xy / [SHRINK, 1.0])


def _large_enough(shape: Any, others: Any) -> Any:
    """Without small islands and pinholes; small parts and holes that border on another département stay."""
    import shapely

    def filled(ring: Any) -> bool:
        hole = shapely.Polygon(ring)
        return hole.area > ISLAND or hole.buffer(-1e-6).intersects(others)

    kept = [part for part in _polygons(shape) if part.area > ISLAND or part.intersects(others)]
    return shapely.MultiPolygon([shapely.Polygon(p.exterior, [*filter(filled, p.interiors)]) for p in kept])


def _coordinates(shape: Any, decimals: int) -> list[list[list[list[float]]]]:
    """Rings as GeoJSON wants them: outer ones counter-clockwise, holes clockwise, no point twice in a row."""
    from shapely.geometry.polygon import orient
    parts = []
    for part in _polygons(shape):
        turned, rings = orient(part), []
        for ring in [turned.exterior, *turned.interiors]:
            points = [[round(x, decimals), round(y, decimals)] for x, y in ring.coords]
            points = [point for i, point in enumerate(points) if i == 0 or point != points[i - 1]]
            if len(points) >= 4:
                rings.append(points)
        parts.append(rings)
    return sorted(part for part in parts if part)


def _features(shapes: Iterable[tuple[str, str, Any]], decimals: int) -> list[dict[str, Any]]:
    """One GeoJSON feature for each (code, name, outline)."""
    return [{"type": "Feature", "id": code, "properties": {"name": name},
             "geometry": {"type": "MultiPolygon", "coordinates": _coordinates(shape, decimals)}}
            for code, name, shape in shapes]


def make(downloads: Downloads, outlines: Outlines, out: Path) -> None:
    """Write ``departments.geojson`` and ``gier.geojson`` into ``out/outlines``."""
    import numpy as np
    import shapely
    names = {row["code"]: row["nom"] for row in downloads.decoupage(TODAY, "departements")
             if metropolitan(row["code"])}
    codes, whole = _departments(outlines)
    assert codes == sorted(names), f"départements without an outline: {sorted(set(names) ^ set(codes))}"
    light = _simplified(whole)
    kept = [_large_enough(shape, shapely.union_all(np.delete(light, i))) for i, shape in enumerate(light)]
    features = _features(zip(codes, map(names.get, codes), kept, strict=True), DECIMALS)
    write_geojson(out / "outlines" / "departments.geojson", features)
    communes = by_code(downloads.decoupage(TODAY))
    gier = _features(((code, communes[code]["nom"], outlines.communes[code]) for code in sorted(GIER)), FINE)
    write_geojson(out / "outlines" / "gier.geojson", gier)
    corners = sum(len(ring) for f in features for part in f["geometry"]["coordinates"] for ring in part)
    print(f"outlines: {len(features)} départements, {corners:,} corners; {len(gier)} communes of the Gier")
