"""Maps: complete with no network, the same at every run, on a projection that is checked."""
from __future__ import annotations

import html
import json
import re

import numpy as np
import pandas as pd
import pytest

from data import outlines
from widgets import Points, base_map, radius, show_map, town_map
from widgets.ground import ground, plane

TOY = pd.DataFrame({"name": ["A<b>", "B", "C"], "lon": [2.0, 3.0, np.nan], "lat": [48.0, 47.0, 46.0], "population_2023": [100_000, 4_000, 10]})


def shown(towns: pd.DataFrame = TOY) -> str:
    layers = pd.Series(pd.Categorical(["large", "small", "small"], ["small", "large"], ordered=True), index=towns.index)
    colour = pd.Series("#D55E00", index=towns.index)
    return show_map(town_map(towns, colour, towns["name"], layers), "A finding", "What it shows", {"high": "#D55E00"}, kind="toy").data


def test_a_map_asks_nobody_and_is_the_same_twice() -> None:
    first = shown()
    assert first == shown()
    assert not re.findall(r"<(?:script|link|img|iframe)[^>]*https?:", html.unescape(first))
    assert 'title="A finding"' in first and "What it shows" in first


def test_places_without_a_point_are_left_out_and_words_are_escaped() -> None:
    page = html.unescape(shown())
    places = json.loads(re.search(r"/\*places\*/(\[\[48.*?\]\])/\*end\*/", page)[1])
    assert [place[4] for place in places] == ["A&lt;b&gt;"]      # what the browser is given as HTML
    assert "A<b>" not in page and '"C"' not in page
    with pytest.raises(ValueError, match="'nowhere'"):
        Points(TOY.iloc[2:], "nowhere")


def test_what_a_map_shows_stands_behind_it() -> None:
    with pytest.raises(ValueError, match="rows="):
        show_map(base_map(), "A finding", "What it shows", kind="toy")
    rows = pd.DataFrame({"zone": ["</script>", "B"], "share": [1 / 3, np.nan]})
    page = show_map(base_map(), "A finding", "What it shows", kind="toy", rows=rows).data
    packed = re.search(r'class="rows">(.*?)</script>', page)[1].replace("<\\/", "</")
    assert json.loads(packed) == [{"zone": "</script>", "share": 0.333333}, {"zone": "B", "share": None}]


def test_areas_of_circles_are_in_proportion() -> None:
    r = radius(pd.Series([1_000_000, 250_000]))
    assert (r**2)[0] / (r**2)[1] == pytest.approx(4)
    assert radius(pd.Series([1, 10**9])).tolist() == [1.5, 18.0]


def test_base_map_frames_the_outlines() -> None:
    text = base_map().get_root().render()
    south_west = re.search(r"fitBounds\(\s*\[\[([\d.-]+), ([\d.-]+)\]", text)
    assert 41 < float(south_west[1]) < 42
    assert -5.5 < float(south_west[2]) < -4.5


def test_the_plane_keeps_distances_in_france() -> None:
    """Against the great circle: Lille to Perpignan, and Brest to Strasbourg, within half a percent."""
    for (lon1, lat1), (lon2, lat2) in [((3.06, 50.63), (2.90, 42.70)), ((-4.49, 48.39), (7.75, 48.57))]:
        a, b = np.radians([lat1, lat2])
        h = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(lon2 - lon1) / 2) ** 2
        x, y = plane([lon1, lon2], [lat1, lat2])
        assert np.hypot(*np.diff([x, y], axis=1).ravel()) == pytest.approx(2 * 6371 * np.arcsin(h**0.5), rel=0.005)


def test_the_ground_holds_all_departments() -> None:
    land = ground(outlines("departments"), 300)
    assert land.svg.count("M") >= 96
    assert land.x[1] - land.x[0] == pytest.approx(land.y[1] - land.y[0])
    assert 950 < land.x[1] - land.x[0] < 1200
    numbers = [int(n) for n in re.findall(r"-?\d+", re.search(r' d="([^"]*)"', land.svg)[1])]
    assert min(numbers) >= 0 and max(numbers) <= 1200


def test_a_window_shows_land_throughout_and_the_border_only_near() -> None:
    west, south, east, north = 3.58, 50.31, 4.03, 50.58
    part, whole = ground(outlines("departments"), 300, window=(west, south, east, north)), ground(outlines("departments"), 300)
    x, y = plane([west, east], [south, north])
    assert part.x[0] <= x.min() and x.max() <= part.x[1]
    assert part.y[0] <= y.min() and y.max() <= part.y[1]
    assert part.x[1] - part.x[0] < 40                   # km
    assert "<rect" in part.svg and "<rect" not in whole.svg
    assert len(part.svg) < len(whole.svg) / 10


def test_abroad_is_land_too() -> None:
    assert "L.rectangle" in base_map(abroad=True).get_root().render()
    assert "L.rectangle" not in base_map().get_root().render()
