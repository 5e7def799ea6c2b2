"""The ground under small maps: outlines on a plane, drawn once as one picture."""
from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from widgets.theme import BORDER, LAND

__all__ = ["Ground", "ground", "plane"]

EARTH = 6371.0      # mean radius, kilometres


class Ground(NamedTuple):
    """Outlines as one picture, and the square of the plane that it shows."""

    svg: str                        #: the picture
    x: tuple[float, float]          #: kilometres, west to east
    y: tuple[float, float]          #: kilometres, south to north

    @property
    def address(self) -> str:
        """The picture as an address that a page or a chart can hold."""
        return "data:image/svg+xml;base64," + b64encode(self.svg.encode()).decode()


def plane(lon: ArrayLike, lat: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Kilometres east and north of 3° E, 46.5° N, on an equidistant conic projection true at 44° and 49° north.

    Parameters
    ----------
    lon, lat : array_like of float, shape (n,)
        Degrees, WGS 84. Missing values stay missing.

    Returns
    -------
    x, y : ndarray of float, shape (n,)
        Kilometres.

    References
    ----------
    Snyder, J. P. (1987). Map projections: a working manual. US Geological Survey Professional Paper 1395.

    Examples
    --------
    >>> x, y = plane([3.0], [47.5])
    >>> round(float(x[0])), round(float(y[0]))       # one degree of latitude is about 111 km
    (0, 111)
    """
    south, north, middle = np.radians([44.0, 49.0, 46.5])
    cone = (np.cos(south) - np.cos(north)) / (north - south)
    apex = np.cos(south) / cone + south
    ray = apex - np.radians(np.asarray(lat, dtype=float))
    turn = cone * np.radians(np.asarray(lon, dtype=float) - 3.0)
    return EARTH * ray * np.sin(turn), EARTH * ((apex - middle) - ray * np.cos(turn))


def _rings(part: Any) -> Iterator[np.ndarray]:
    """Every ring of a geometry's coordinates, shape (n, 2)."""
    if isinstance(part[0][0], (int, float)):
        yield np.asarray(part, dtype=float)[:, :2]
    else:
        for inner in part:
            yield from _rings(inner)


def ground(outline: dict[str, Any], size: int = 340, fill: str = LAND, stroke: str = BORDER,
           window: tuple[float, float, float, float] | None = None) -> Ground:
    """Outlines as one picture in the square that holds them, or in a window on part of them.

    Parameters
    ----------
    outline : dict
        A GeoJSON FeatureCollection in WGS 84; see `data.outlines`.
    size : int
        Side of the picture in pixels.
    fill, stroke : str
        Colours of the land and of its borders.
    window : west, south, east, north in degrees, optional
        Show the square around this part only, as land throughout: beyond the border there is land, and no outline of it.

    Returns
    -------
    Ground
    """
    rings = [np.column_stack(plane(r[:, 0], r[:, 1])) for f in outline["features"] for r in _rings(f["geometry"]["coordinates"])]
    corners = np.vstack(rings) if window is None else np.column_stack(plane(window[0::2], window[1::2]))
    centre, half = (corners.min(axis=0) + corners.max(axis=0)) / 2, float(np.ptp(corners, axis=0).max()) / 2 * 1.02
    low = centre - half
    scale = 4 * size / (2 * half)
    land = "" if window is None else f'<rect width="{4 * size}" height="{4 * size}" fill="{fill}"/>'
    if window is not None:
        rings = [ring for ring in rings if (np.abs(ring - centre) < 2 * half).all(axis=1).any()]
    path = "".join("M" + "L".join(f"{x:.0f} {4 * size - y:.0f}" for x, y in (ring - low) * scale) + "Z" for ring in rings)
    svg = (f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 {4 * size} {4 * size}">{land}'
           f'<path d="{path}" fill="{fill}" fill-rule="evenodd" stroke="{stroke}" stroke-width="2"/></svg>')
    return Ground(svg, (float(low[0]), float(low[0] + 2 * half)), (float(low[1]), float(low[1] + 2 * half)))
