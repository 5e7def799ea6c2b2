"""Zoomable maps: folium on outlines that the book carries, complete with no network."""
from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import folium
import numpy as np
import pandas as pd
from branca.element import Template
from folium.map import Layer
from IPython.display import HTML

from data import outlines
from widgets.show import credit, packed_rows
from widgets.theme import BORDER, CONTEXT, LAND, figures

__all__ = ["base_map", "Points", "radius", "show_map", "town_map"]

CARRIED = Path(__file__).parent / "carried"


class Points(Layer):
    """A layer of circles, one per place, with words that show on the pointer.

    Parameters
    ----------
    places : DataFrame
        Columns `lon` and `lat` in degrees (WGS 84); rows without them are left out.
    name : str
        Name of the layer in the map's control.
    colour : str or Series
        One colour, or one per place.
    size : float or Series
        Radius in pixels, one or one per place; see `radius`.
    words : Series of str
        What the pointer shows, one per place.
    show : bool
        Whether the layer is visible at first.

    Raises
    ------
    ValueError
        When no place has a point.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.layerGroup(/*places*/{{ this.places | tojson }}/*end*/.map(([lat, lon, radius, colour, words]) =>
            L.circleMarker([lat, lon], {radius, color: "#fff", weight: .6, fillColor: colour, fillOpacity: .85})
             .bindTooltip(words)));
        {% endmacro %}""")

    def __init__(self, places: pd.DataFrame, name: str, colour: str | pd.Series = CONTEXT, size: float | pd.Series = 3.0,
                 words: pd.Series | None = None, show: bool = True) -> None:
        super().__init__(name=name, overlay=True, control=True, show=show)
        self._name = "Points"
        words = places["name"] if words is None else words
        frame = pd.DataFrame({"lat": places["lat"], "lon": places["lon"], "size": size, "colour": colour, "words": words})
        frame = frame.dropna(subset=["lat", "lon"])
        if frame.empty:
            raise ValueError(f"no place of the layer {name!r} has a longitude and a latitude: give at least one")
        self.places = [[figures(a), figures(b), figures(s, 3), c, html.escape(w)] for a, b, s, c, w in frame.itertuples(index=False)]


def radius(people: pd.Series, largest: float = 18.0, reference: float = 2_000_000.0) -> pd.Series:
    """Radius in pixels of a circle whose area is in proportion to a number of people.

    Parameters
    ----------
    people : Series
        Number of people.
    largest : float
        Radius, in pixels, at `reference` people. No circle is smaller than 1.5 pixels or larger than `largest`.
    reference : float
        Number of people.

    Returns
    -------
    Series

    Examples
    --------
    >>> radius(pd.Series([2_000_000, 500_000]), largest=20).tolist()
    [20.0, 10.0]
    """
    return (np.sqrt(people / reference) * largest).clip(1.5, largest)


def base_map(name: str = "departments", bounds: Sequence[Sequence[float]] | None = None, abroad: bool = False) -> folium.Map:
    """An empty map on outlines that the book carries: add layers to it, then `show_map` it.

    Parameters
    ----------
    name : str
        Which outlines: see `data.outlines`.
    bounds : pair of (lat, lon), optional
        South-west and north-east corners. The outlines' own when not given.
    abroad : bool
        Colour the whole ground as land: the places lie beyond the outlines, of which only the border is of use.

    Returns
    -------
    folium.Map
    """
    ground = folium.Map(tiles=None, prefer_canvas=True, zoom_snap=0.25, max_bounds=False)
    ground.default_js, ground.default_css = [], []
    if abroad:
        folium.Rectangle([[-85, -180], [85, 180]], stroke=False, fill=True, fill_color=LAND, fill_opacity=1).add_to(ground)
    land = folium.GeoJson(outlines(name), name="Outlines", control=False, smooth_factor=0.3,
                          style_function=lambda _: {"fillColor": LAND, "fillOpacity": 1, "color": BORDER, "weight": 0.7})
    land.add_to(ground)
    ground.fit_bounds(bounds or land.get_bounds(), padding=(4, 4))
    return ground


def town_map(towns: pd.DataFrame, colour: pd.Series, words: pd.Series, layers: pd.Series, people: str = "population_2023") -> folium.Map:
    """A map of towns: one circle each, its area in proportion to the people, in layers that a reader can switch.

    Parameters
    ----------
    towns : DataFrame
        One row per town, with `lon`, `lat` and the column of `people`.
    colour : Series of str
        A colour for each town; towns without one are left out.
    words : Series of str
        What the pointer shows.
    layers : Series of categories
        The layer of each town; one layer is drawn for each category that has towns, in their order.
    people : str
        Column with the number of people.

    Returns
    -------
    folium.Map
    """
    ground = base_map()
    drawn = towns[colour.reindex(towns.index).notna()].sort_values([people, "name"], ascending=[False, True])
    by_layer = drawn.groupby(layers.reindex(drawn.index), observed=True, sort=True)
    for name, group in reversed(list(by_layer)):        # the last layers hold the large circles: they go to the bottom
        Points(group, str(name), colour[group.index], radius(group[people]), words[group.index]).add_to(ground)
    return ground


@cache
def _carried(name: str) -> str:
    kind = "script" if name.endswith(".js") else "style"
    return f'<{kind} data-carried="leaflet/{name}">{(CARRIED / name).read_text("utf-8")}</{kind}>'


def _page(ground: folium.Map, title: str) -> str:
    """The map as a page of its own, which asks nothing of the network and is the same at every run."""
    text = ground.get_root().render()
    names = dict.fromkeys(re.findall(r"[0-9a-f]{32}", text))     # folium names things at random: number them instead
    for number, name in enumerate(names, 1):
        text = text.replace(name, str(number))
    text = text.replace("<html>", '<html lang="en">', 1)
    head = f"<title>{html.escape(title)}</title>{_carried('leaflet.css')}{_carried('leaflet.js')}"
    return text.replace("<head>", f"<head>{head}<style>.leaflet-container{{background:#DCE6EC}}</style>", 1)


def show_map(ground: folium.Map, title: str, alt_text: str, legend: Mapping[str, str] | None = None,
             data: Sequence[str] = (), kind: str | None = None, note: str = "", height: int = 520,
             rows: pd.DataFrame | None = None) -> HTML:
    """A map as a chapter shows it: a title that says the finding, a legend, the map, its source.

    Parameters
    ----------
    ground : folium.Map
        Made by `base_map`.
    title : str
        The finding.
    alt_text : str
        What the map shows, for a reader who does not see it.
    legend : mapping of str to str
        Words to colours.
    data, kind, note
        As for `widgets.show.credit`.
    height : int
        In pixels.
    rows : DataFrame, optional
        What the map shows besides its `Points`, one row per thing, for the fold *Data behind this figure*: needed when a map
        has no `Points`. It does not repeat them.

    Returns
    -------
    IPython.display.HTML

    Raises
    ------
    ValueError
        When a map has neither `Points` nor rows: nothing would stand behind it.
    """
    if rows is None and not any(isinstance(child, Points) for child in ground._children.values()):
        raise ValueError("a map without Points needs rows=, a table of what it shows, for the fold “Data behind this figure”")
    if not any(isinstance(child, folium.LayerControl) for child in ground._children.values()):
        folium.LayerControl(collapsed=True).add_to(ground)
    frame = html.escape(_page(ground, title), quote=True)
    keys = "".join(f'<li><span data-colour="{colour}" style="background:{colour}"></span>{html.escape(words)}</li>' for words, colour in (legend or {}).items())
    return HTML(f'<figure class="book-map"><figcaption>{html.escape(title)}</figcaption>' + (f'<ul class="legend">{keys}</ul>' if keys else "") +
                f'<p class="words">{html.escape(alt_text)}</p>'
                f'<iframe title="{html.escape(title, quote=True)}" srcdoc="{frame}" loading="lazy" '
                f'style="width:100%;height:{height}px;border:0"></iframe>{"" if rows is None else packed_rows(rows)}{credit(data, kind, note)}</figure>')
