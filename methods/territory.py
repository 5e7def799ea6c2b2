"""A valley as an axis: places along a line and beside it, who lives there, and whether places grow alike."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import scipy

from methods._words import plain
from methods.clusters import EARTH_KM, haversine
from methods.specialisation import location_quotient
from methods.towns import skill_ratio

__all__ = ["outline_area", "along_line", "distances_to", "residentialisation", "sigma_convergence", "Beta", "beta_convergence"]


def _plane(lon: np.ndarray, lat: np.ndarray, middle: float) -> tuple[np.ndarray, np.ndarray]:
    """Kilometres east of a meridian and north of the equator; areas are true (sinusoidal projection)."""
    lon, lat = np.asarray(lon, float), np.asarray(lat, float)
    return EARTH_KM * np.cos(np.radians(lat)) * np.radians(lon - middle), EARTH_KM * np.radians(lat)


def _degrees(places: pd.DataFrame, what: str) -> pd.DataFrame:
    """The coordinates of places, after checking that each has them and its own name."""
    lost = [name for name in ("lon", "lat") if name not in places]
    if lost:
        raise ValueError(f"no column {plain(lost[0])} among {', '.join(map(str, places.columns))}")
    known = places[["lon", "lat"]].astype(float)
    if not known.index.is_unique:
        raise ValueError(f"{plain(known.index[known.index.duplicated()][0])} stands twice among the {what}: keep one row")
    missing = known.index[known.isna().any(axis=1)]
    if len(missing):
        raise ValueError(f"{plain(missing[0])}, one of the {what}, has no coordinates: give them, or leave it out")
    return known


def outline_area(geometry: Mapping[str, Any]) -> float:
    """Area inside an outline, holes taken off.

    Parameters
    ----------
    geometry : mapping
        GeoJSON Polygon or MultiPolygon in degrees (WGS 84), outer rings counter-clockwise and holes clockwise,
        as the standard says.

    Returns
    -------
    float
        Square kilometres, on a sphere; sides are straight on an equal-area plane.

    Raises
    ------
    ValueError
        When the geometry is no polygon.

    References
    ----------
    Snyder, J. P. (1987). Map projections: a working manual. US Geological Survey Professional Paper 1395
    (the sinusoidal projection keeps areas).

    Examples
    --------
    Half a square degree at the equator is about 111.195² / 2 km²:

    >>> corner = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [0, 1], [0, 0]]]}
    >>> round(outline_area(corner)), round(111.195**2 / 2)
    (6182, 6182)
    """
    kind = geometry.get("type")
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"the geometry is a {kind!r}: give a Polygon or a MultiPolygon")
    polygons = geometry["coordinates"] if kind == "MultiPolygon" else [geometry["coordinates"]]
    area = 0.0
    for ring in (np.asarray(ring, float) for polygon in polygons for ring in polygon):
        x, y = _plane(ring[:, 0], ring[:, 1], float(ring[:, 0].mean()))
        area += float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum()) / 2
    return area


def along_line(places: pd.DataFrame, stations: pd.DataFrame) -> pd.DataFrame:
    """Where each place stands along a line from station to station, and how far beside it.

    Parameters
    ----------
    places : DataFrame, one row per place, with a unique index
        Columns `lon` and `lat`, degrees.
    stations : DataFrame, one row per station, in the order in which the line passes them
        Columns `lon` and `lat`, degrees; at least two.

    Returns
    -------
    DataFrame, on the index of `places`
        `along` : km from the first station to the nearest point of the line; `off` : km from the line, above 0
        to the left of one who walks along it, below 0 to the right. Both to the metre; straight lines on a
        plane, so for tens of kilometres.

    Raises
    ------
    ValueError
        When a place or station has no coordinates or stands twice, or there are fewer than two stations.

    Examples
    --------
    A line one degree eastwards along the equator, and a place a tenth of a degree north of its middle:

    >>> line = pd.DataFrame({"lon": [0, 1], "lat": [0, 0]})
    >>> along_line(pd.DataFrame({"lon": [0.5], "lat": [0.1]}, index=["A"]), line).round(1).to_dict("records")
    [{'along': 55.6, 'off': 11.1}]
    """
    known, line = _degrees(places, "places"), _degrees(stations, "stations")
    if len(line) < 2:
        raise ValueError(f"{len(line)} station: a line needs two or more")
    middle = float(line["lon"].mean())
    corners = np.column_stack(_plane(line["lon"], line["lat"], middle))
    at = np.column_stack(_plane(known["lon"], known["lat"], middle))
    start, step = corners[:-1], np.diff(corners, axis=0)
    length = np.hypot(*step.T)
    if (length == 0).any():
        raise ValueError(f"two stations in a row stand at the same point: {plain(line.index[np.argmin(length)])} and the next")
    from_start = at[:, None] - start                                                # place x segment x 2
    part = ((from_start * step).sum(axis=2) / length**2).clip(0, 1)
    apart = np.hypot(*np.moveaxis(from_start - part[..., None] * step, 2, 0))
    nearest = apart.round(9).argmin(axis=1)
    row = np.arange(len(at))
    passed = np.append(0, np.cumsum(length))[nearest] + part[row, nearest] * length[nearest]
    turn = step[nearest, 0] * from_start[row, nearest, 1] - step[nearest, 1] * from_start[row, nearest, 0]
    side = np.where(turn < 0, -1, 1)
    return pd.DataFrame({"along": passed.round(3), "off": (side * apart[row, nearest]).round(3) + 0.0}, known.index)


def distances_to(places: pd.DataFrame, poles: pd.DataFrame) -> pd.DataFrame:
    """Great-circle distance from each place to each pole.

    Parameters
    ----------
    places, poles : DataFrame, one row each, with unique indexes
        Columns `lon` and `lat`, degrees.

    Returns
    -------
    DataFrame, one row per place, one column per pole
        Kilometres, to the metre. As the crow flies: no road, no train.

    Raises
    ------
    ValueError
        When a place or a pole has no coordinates or stands twice.

    Examples
    --------
    >>> points = pd.DataFrame({"lon": [0, 0], "lat": [0, 1]}, index=["A", "B"])
    >>> distances_to(points, points.loc[["B"]])["B"].tolist()
    [111.195, 0.0]
    """
    known, to = _degrees(places, "places"), _degrees(poles, "poles")
    km = haversine(*(known[[c]].to_numpy() for c in ("lon", "lat")), to["lon"].to_numpy(), to["lat"].to_numpy())
    return pd.DataFrame(km.round(3), known.index, to.index)


def residentialisation(counts: pd.DataFrame, reference: pd.DataFrame, place: str = "commune") -> pd.DataFrame:
    """Managers and intermediate occupations for one worker, over the same ratio in the reference.

    It says who lives in a place, not where they work: a rise against the country fits a place that fills with
    residents of other occupations, it does not prove that they came from elsewhere or commute.

    Parameters
    ----------
    counts : DataFrame, one row per place and `year` (or several, which are added up)
        Columns `managers`, `intermediate` and `workers`, people, and the column `place`.
    reference : DataFrame, one row per `year`
        The same columns, usually for the country.
    place : str
        Column that names the place, or a group of places.

    Returns
    -------
    DataFrame, one row per place (sorted), one column per year
        1 = as in the reference; missing where there is no worker.

    Raises
    ------
    ValueError
        When a column is missing, a year has no reference, or the reference is 0 where a place has some.

    Examples
    --------
    >>> towns = pd.DataFrame({"commune": ["A"], "year": [2011], "managers": [10], "intermediate": [20], "workers": [40]})
    >>> nation = pd.DataFrame({"year": [2011], "managers": [50], "intermediate": [100], "workers": [100]})
    >>> residentialisation(towns, nation).to_numpy().tolist()
    [[0.5]]
    """
    groups = ["managers", "intermediate", "workers"]
    lost = [name for name in (place, "year", *groups) if name not in counts]
    if lost:
        raise ValueError(f"no column {plain(lost[0])} among {', '.join(map(str, counts.columns))}")
    sums = counts.groupby([place, "year"], observed=True)[groups].sum()
    here = skill_ratio(sums).reset_index().pivot_table("skill_ratio", place, "year", dropna=False)
    nation = skill_ratio(reference.set_index("year")).reindex(here.columns)
    return location_quotient(here, nation)


def sigma_convergence(values: pd.DataFrame) -> pd.DataFrame:
    """Do places become alike? The spread of a figure over the places at each date.

    Parameters
    ----------
    values : DataFrame, one row per place, one column per date
        Without gaps.

    Returns
    -------
    DataFrame, one row per date
        `mean`, `spread` (standard deviation over all the places, in the unit of the figure) and `relative`
        (spread over mean). The two can move in opposite ways when the mean moves: look at both.

    Raises
    ------
    ValueError
        When a value is missing, or there are fewer than two places.

    References
    ----------
    Barro, R. J. and Sala-i-Martin, X. (1992). Convergence. Journal of Political Economy 100(2), 223–251.

    Examples
    --------
    >>> sigma_convergence(pd.DataFrame({1982: [0.4, 0.6], 2011: [0.15, 0.25]})).round(3).to_dict("list")
    {'mean': [0.5, 0.2], 'spread': [0.1, 0.05], 'relative': [0.2, 0.25]}
    """
    if len(values) < 2:
        raise ValueError(f"{len(values)} place: a spread needs two or more")
    if values.isna().to_numpy().any():
        raise ValueError(f"{plain(values.index[values.isna().any(axis=1)][0])} has a gap: leave it out at every date")
    mean, spread = values.mean(), values.std(ddof=0)
    return pd.DataFrame({"mean": mean, "spread": spread, "relative": spread / mean.where(mean != 0)})


class Beta(NamedTuple):
    """The line through the changes of places against where they began."""

    slope: float            #: below 0: places that began high lost more (or gained less)
    low: float              #: bounds of the slope
    high: float
    level: float            #: change of a place that began at 0
    explained: float        #: share of the differences in change that the line takes up, in [0, 1]


def beta_convergence(first: pd.Series, last: pd.Series, level: float = 0.95) -> Beta:
    """Do places that began high lose more? Least squares of the change on the first value.

    Noise in the first value alone makes the slope negative (regression to the mean): a place drawn too high at
    the start "falls" by being measured again. Compare with what noise gives before believing it.

    Parameters
    ----------
    first, last : Series, one value per place, on the same index
        At least three places.
    level : float
        Confidence of the bounds of the slope, in (0, 1); Student's, places taken as independent.

    Returns
    -------
    Beta

    Raises
    ------
    ValueError
        When the two are not about the same places, there are fewer than three, a value is missing, or all
        began alike.

    References
    ----------
    Barro, R. J. and Sala-i-Martin, X. (1992), as above. Friedman, M. (1992). Do old fallacies ever die?
    Journal of Economic Literature 30(4), 2129–2132.

    Examples
    --------
    Each place keeps half of what it had:

    >>> beta = beta_convergence(pd.Series([0.2, 0.4, 0.6]), pd.Series([0.1, 0.2, 0.3]))
    >>> round(beta.slope, 6), round(beta.explained, 6)
    (-0.5, 1.0)
    """
    if not 0 < level < 1:
        raise ValueError(f"level is {level}: give a confidence between 0 and 1, such as 0.95")
    odd = first.index.symmetric_difference(last.index)
    if len(odd):
        raise ValueError(f"{plain(odd[0])} stands in one of the two only: give both for the same places")
    pair = pd.DataFrame({"first": first, "last": last}).sort_index().astype(float)
    if len(pair) < 3 or pair.isna().to_numpy().any() or pair["first"].nunique() < 2:
        raise ValueError(f"{len(pair)} places, {int(pair.isna().any(axis=1).sum())} with a gap, {pair['first'].nunique()} first "
                         "values: a line needs three places or more, without gaps, that did not all begin alike")
    fit = scipy.stats.linregress(pair["first"], pair["last"] - pair["first"])
    reach = float(scipy.stats.t.ppf((1 + level) / 2, len(pair) - 2)) * float(fit.stderr)
    return Beta(float(fit.slope), float(fit.slope) - reach, float(fit.slope) + reach, float(fit.intercept), float(fit.rvalue) ** 2)
