"""The valley as an axis: areas by the sphere's formula, lines by many small steps, convergence by normal equations."""
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import load, outlines
from methods.clusters import haversine
from methods.territory import (
    along_line,
    beta_convergence,
    distances_to,
    outline_area,
    residentialisation,
    sigma_convergence,
)

RADIUS = 6371.0088
finite = st.floats(0.01, 1, allow_nan=False)


def box(west: float, south: float, east: float, north: float) -> list[list[float]]:
    """A ring, counter-clockwise, with many corners: its sides then follow meridians on any map."""
    up, across = np.linspace(south, north, 200), np.linspace(west, east, 200)
    ring = [*((x, south) for x in across), *((east, y) for y in up[1:]), *((x, north) for x in across[::-1][1:]), *((west, y) for y in up[::-1][1:])]
    return [list(map(float, point)) for point in ring]


@given(st.floats(-5, 8), st.floats(42, 50), st.floats(0.05, 0.5), st.floats(0.05, 0.5))
def test_area_is_that_of_the_sphere_between_parallels(west: float, south: float, wide: float, high: float) -> None:
    ring = box(west, south, west + wide, south + high)
    sphere = RADIUS**2 * np.radians(wide) * (np.sin(np.radians(south + high)) - np.sin(np.radians(south)))
    assert outline_area({"type": "Polygon", "coordinates": [ring]}) == pytest.approx(sphere, rel=1e-4)


def test_holes_are_taken_off_and_parts_added_up() -> None:
    outer, inner, other = box(4, 45, 5, 46), box(4.2, 45.2, 4.4, 45.4), box(6, 45, 6.5, 45.5)
    one = {"type": "Polygon", "coordinates": [outer, inner[::-1]]}
    both = {"type": "MultiPolygon", "coordinates": [[outer, inner[::-1]], [other]]}
    whole, hole, third = (outline_area({"type": "Polygon", "coordinates": [ring]}) for ring in (outer, inner, other))
    assert outline_area(one) == pytest.approx(whole - hole, rel=1e-9)
    assert outline_area(both) == pytest.approx(whole - hole + third, rel=1e-9)
    with pytest.raises(ValueError, match="'LineString'"):
        outline_area({"type": "LineString", "coordinates": outer})


def test_the_valley_has_the_area_of_its_parts() -> None:
    """Neighbours share their sides: no outline may overlap, so the communes lie inside the box that holds them."""
    shapes = outlines("gier")["features"]
    areas = [outline_area(shape["geometry"]) for shape in shapes]
    assert min(areas) > 1
    corners = np.array([point for s in shapes for part in ([s["geometry"]["coordinates"]] if s["geometry"]["type"] == "Polygon"
                        else s["geometry"]["coordinates"]) for point in part[0]])
    (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
    assert sum(areas) < RADIUS**2 * np.radians(east - west) * (np.sin(np.radians(north)) - np.sin(np.radians(south)))


STATIONS = pd.DataFrame({"lon": [4.5, 4.6, 4.8], "lat": [45.45, 45.53, 45.58]}, index=["a", "b", "c"])


def nearest_by_walking(lon: float, lat: float) -> tuple[float, float]:
    """Kilometres walked from the first station to the point of the line that is nearest on the sphere, and its distance."""
    best, passed = (np.inf, 0.0), 0.0
    for (lon0, lat0), (lon1, lat1) in zip(STATIONS.to_numpy()[:-1], STATIONS.to_numpy()[1:], strict=True):
        part = np.linspace(0, 1, 2001)
        away = haversine(lon, lat, lon0 + part * (lon1 - lon0), lat0 + part * (lat1 - lat0))
        length = float(haversine(lon0, lat0, lon1, lat1))
        at = int(away.argmin())
        best = min(best, (float(away[at]), passed + part[at] * length))
        passed += length
    return best[1], best[0]


@given(st.floats(4.4, 4.9), st.floats(45.4, 45.65))
def test_along_the_line_as_one_would_walk_it(lon: float, lat: float) -> None:
    found = along_line(pd.DataFrame({"lon": [lon], "lat": [lat]}), STATIONS).iloc[0]
    along, off = nearest_by_walking(lon, lat)
    assert abs(found["off"]) == pytest.approx(off, abs=0.02)
    if off < 3:             # far off, a bend can make two distant points nearly as near
        assert found["along"] == pytest.approx(along, abs=0.3)


def test_left_is_above_zero_and_ends_are_ends() -> None:
    line = pd.DataFrame({"lon": [0, 1], "lat": [0, 0]})
    places = pd.DataFrame({"lon": [0.5, 0.5, -1, 2], "lat": [0.1, -0.1, 0, 0]}, index=list("ABCD"))
    found = along_line(places, line)
    assert found["off"].tolist() == pytest.approx([11.119, -11.119, 111.195, 111.195], abs=2e-3)
    assert found["along"].tolist() == pytest.approx([55.597, 55.597, 0, 111.195], abs=2e-3)
    assert along_line(line, line)["off"].tolist() == [0, 0]


def test_a_line_needs_stations_and_places_need_points() -> None:
    places = pd.DataFrame({"lon": [4.5, None], "lat": [45.5, 45.5]}, index=["A", "B"])
    with pytest.raises(ValueError, match="1 station"):
        along_line(STATIONS, STATIONS.head(1))
    with pytest.raises(ValueError, match="'B', one of the places, has no coordinates"):
        along_line(places, STATIONS)
    with pytest.raises(ValueError, match="no column 'lat'"):
        along_line(places[["lon"]], STATIONS)
    with pytest.raises(ValueError, match="'a' stands twice among the stations"):
        along_line(STATIONS, STATIONS.iloc[[0, 0, 1]])
    with pytest.raises(ValueError, match="two stations in a row stand at the same point: 'a'"):
        along_line(STATIONS, STATIONS.iloc[[0, 0, 1]].set_index(pd.Index(list("abc"))))
    with pytest.raises(ValueError, match="one of the poles"):
        distances_to(STATIONS, places)


def test_distances_are_those_of_the_sphere_for_any_order() -> None:
    poles = pd.DataFrame({"lon": [4.39, 4.84], "lat": [45.44, 45.76]}, index=["west", "north"])
    found = distances_to(STATIONS, poles)
    for station, pole in [("a", "west"), ("c", "north")]:
        assert found.loc[station, pole] == pytest.approx(float(haversine(*STATIONS.loc[station], *poles.loc[pole])), abs=1e-3)
    pd.testing.assert_frame_equal(distances_to(STATIONS[::-1], poles).sort_index(), found)
    pd.testing.assert_frame_equal(along_line(STATIONS[::-1], STATIONS).sort_index(), along_line(STATIONS, STATIONS))


NATION = pd.DataFrame({"year": [1982, 2011], "managers": [10, 20], "intermediate": [20, 30], "workers": [30, 20]})
TOWNS = pd.DataFrame({"commune": ["B", "A", "A", "B"], "year": [1982, 1982, 2011, 2011], "managers": [5, 0, 10, 0],
                      "intermediate": [5, 20, 15, 0], "workers": [20, 40, 20, 0]})


def test_residentialisation_by_hand() -> None:
    found = residentialisation(TOWNS, NATION)               # the country: 30 / 30 = 1, then 50 / 20 = 2.5
    assert found.loc["A"].tolist() == pytest.approx([0.5, 1.25 / 2.5])
    assert found.loc["B", 1982] == pytest.approx(0.5)
    assert np.isnan(found.loc["B", 2011])                   # no worker: no ratio


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(1, 50)), min_size=2, max_size=6), st.randoms())
def test_residentialisation_of_a_group_is_that_of_its_sums(people: list, chance: object) -> None:
    rows = pd.DataFrame(people, columns=["managers", "intermediate", "workers"]).assign(year=1982, part="all")
    rows["commune"] = [f"{n:02d}" for n in range(len(rows))]
    grouped = residentialisation(rows, NATION, place="part")
    a, b, c = (sum(row[k] for row in people) for k in range(3))
    assert grouped.loc["all", 1982] == pytest.approx((a + b) / c)
    mixed = rows.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(residentialisation(mixed, NATION), residentialisation(rows, NATION))


def test_residentialisation_needs_its_columns_and_a_reference_each_year() -> None:
    with pytest.raises(ValueError, match="no column 'workers'"):
        residentialisation(TOWNS.drop(columns="workers"), NATION)
    with pytest.raises(ValueError, match="2011"):
        residentialisation(TOWNS, NATION.head(1))


def test_sigma_by_hand_and_the_two_spreads_can_part() -> None:
    values = pd.DataFrame({1982: [0.3, 0.5], 2011: [0.1, 0.2]}, index=["A", "B"])
    found = sigma_convergence(values)
    assert found["spread"].tolist() == pytest.approx([0.1, 0.05])
    assert found["relative"].tolist() == pytest.approx([0.25, 1 / 3])
    with pytest.raises(ValueError, match="1 place"):
        sigma_convergence(values.head(1))
    with pytest.raises(ValueError, match="'B' has a gap"):
        sigma_convergence(values.assign(gap=[1, None]))


@given(st.lists(finite, min_size=2, max_size=12), st.floats(0.1, 3), st.floats(-2, 2))
def test_sigma_moves_with_the_scale_and_not_with_the_level(values: list, factor: float, level: float) -> None:
    frame = pd.DataFrame({0: values, 1: [factor * value + level for value in values]})
    spread = sigma_convergence(frame)["spread"]
    assert spread[1] == pytest.approx(factor * spread[0], abs=1e-9)


@given(st.lists(st.tuples(finite, finite), min_size=4, max_size=15, unique_by=lambda pair: round(pair[0], 2)))
def test_beta_solves_the_normal_equations_in_any_order(pairs: list) -> None:
    first, last = (pd.Series([pair[k] for pair in pairs]) for k in (0, 1))
    x, y = first.to_numpy(), (last - first).to_numpy()
    slope, level = np.linalg.lstsq(np.column_stack([x, np.ones_like(x)]), y, rcond=None)[0]
    found = beta_convergence(first, last)
    assert found.slope == pytest.approx(slope, abs=1e-6)
    assert found.level == pytest.approx(level, abs=1e-6)
    assert found.low <= found.slope <= found.high
    assert 0 <= found.explained <= 1 + 1e-12
    assert beta_convergence(first, last[::-1]) == found


def test_beta_and_its_bounds_by_hand() -> None:
    """x = 1, 2, 3 and changes 1, 2, 2: slope 1/2, residual sum of squares 1/6, standard error sqrt(1/12), t(0.975; 1) = 12.7062."""
    found = beta_convergence(pd.Series([1.0, 2, 3]), pd.Series([2.0, 4, 5]))
    assert found.slope == pytest.approx(0.5)
    assert found.high - found.slope == pytest.approx(12.7062 * np.sqrt(1 / 12), rel=1e-5)
    assert found.explained == pytest.approx(0.75)
    assert found.level == pytest.approx(2 / 3)


def test_noise_alone_looks_like_convergence() -> None:
    """Places that never change, measured twice with an error as large as their differences: the slope is about −1/2."""
    generator = np.random.default_rng(63)
    truth = generator.standard_normal(20_000)
    one, two = (pd.Series(truth + generator.standard_normal(len(truth))) for _ in range(2))
    assert beta_convergence(one, two).slope == pytest.approx(-0.5, abs=0.02)


def test_beta_needs_the_same_places_and_enough_of_them() -> None:
    three = pd.Series([1.0, 2, 3], list("abc"))
    with pytest.raises(ValueError, match="'c' stands in one of the two"):
        beta_convergence(three, three.drop("c"))
    with pytest.raises(ValueError, match="2 places, 0 with a gap"):
        beta_convergence(three.head(2), three.head(2))
    with pytest.raises(ValueError, match="1 with a gap"):
        beta_convergence(three, three.where(three > 1))
    with pytest.raises(ValueError, match="1 first values"):
        beta_convergence(three * 0, three)
    with pytest.raises(ValueError, match="level is 1"):
        beta_convergence(three, three, level=1)


def test_the_valley_is_where_its_town_halls_are() -> None:
    """Saint-Chamond lies nearer Saint-Étienne, Givors nearer Lyon."""
    towns = load("communes").set_index("commune")[["lon", "lat"]]
    far = distances_to(towns.loc[["42207", "69091"]], towns.loc[["42218", "69123"]])
    assert far.loc["42207", "42218"] < far.loc["42207", "69123"]
    assert far.loc["69091", "69123"] < far.loc["69091", "42218"]
