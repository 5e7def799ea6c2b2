"""The map of the landing page: every town of metropolitan France, drawn once as a picture."""
from __future__ import annotations

import html

from data import load, outlines
from methods.specialisation import classify, specialisation_index
from widgets.ground import ground, plane
from widgets.maps import radius
from widgets.show import credit
from widgets.theme import STATES, figures

__all__ = ["hero"]

NAMES = ["under 0.8", "0.8 to 1", "1 to 1.25", "1.25 and over"]
TABLES = ["urban_units", "urban_units_occupations", "france_occupations"]


def hero(year: int = 2011, size: int = 640) -> str:
    """Every urban unit as a circle: its area the people, its colour the share of workers over that of France.

    Parameters
    ----------
    year : int
        A census: 1982, 1990, 1999, 2006 or 2011.
    size : int
        Side of the picture in pixels.

    Returns
    -------
    str
        HTML: the picture, its title, its words and its source.
    """
    index = specialisation_index(load("urban_units_occupations"), load("france_occupations"))[year]
    towns = load("urban_units").set_index("urban_unit")
    states = classify(index.reindex(towns.index), [0.8, 1.0, 1.25], NAMES)
    large = towns["size_class"].cat.codes > 5
    high, alike = ((states[group].dropna() == NAMES[-1]).mean() for group in (~large, large))
    towns = towns.assign(state=states.cat.codes).dropna(subset=["lon", "lat"]).query("state >= 0")
    towns = towns.sort_values(["population_2023", "name"], ascending=[False, True])
    land = ground(outlines("departments"), size)
    x, y = plane(towns["lon"], towns["lat"])
    scale = size / (land.x[1] - land.x[0])
    people = radius(towns["population_2023"], 26)
    circles = zip((x - land.x[0]) * scale, (land.y[1] - y) * scale, people, towns["state"], strict=True)
    dots = "".join(f'<circle cx="{figures(cx, 5)}" cy="{figures(cy, 5)}" r="{figures(r, 2)}" fill="{STATES[s]}"/>'
                   for cx, cy, r, s in circles)
    title = (f"Workers live in small towns: {high:.0%} of the towns under 100,000 inhabitants have a share of workers a "
             f"quarter above the country’s; of the larger ones, {alike:.0%}")
    note = (f"share of workers aged 25–54 over the share in France, {year}, by place of residence: a stand-in for industry, "
            "not industrial employment")
    keys = "".join(f'<li><span style="background:{c}"></span>{n}</li>' for n, c in zip(NAMES, STATES, strict=True))
    picture = land.svg.removesuffix("</svg>").replace("<svg ", f'<svg role="img" aria-label="{html.escape(title, quote=True)}" ', 1)
    inner = f'<g transform="scale(4)" stroke="#fff" stroke-width=".4" fill-opacity=".85">{dots}</g></svg>'
    return (f'<figure class="book-map hero"><figcaption>{html.escape(title)}</figcaption><ul class="legend">{keys}</ul>{picture}{inner}'
            f"{credit(TABLES, note=note)}</figure>")
