"""Two explorers that the tests drive: a toy of ten towns with every kind of control, and real towns for the measures."""
from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import fcluster, linkage

from book._ext.explorers import RECORD, page_scripts, place_explorers, write_scripts
from book._ext.vendor import join_vega
from data import OCCUPATIONS, load, outlines
from widgets.explorer import Explorer, chart, choice, number, ordered, place, points, several, timeline, toggle
from widgets.ground import Ground, ground, plane
from widgets.theme import CATEGORIES, CONTEXT

ROOT = Path(__file__).resolve().parents[1]
TOWNS = pd.DataFrame(                   # invented: ten towns on an island 100 km wide
    [("a1", "Brévigny", "north", 12, 1200, 900), ("a2", "Sainte-Œuvre", "north", 30, 5200, 5900),
     ("a3", "Corbeil", "north", 55, 8300, 8000), ("a4", "Corbeil", "south", 62, 2500, 3100),
     ("a5", "L’Haÿ", "south", 71, 15000, 11000), ("a6", "Dun", "south", 80, 700, 650),
     ("a7", "Éze", "east", 88, 21000, 24500), ("a8", "Fontaine", "east", 91, 3300, 2100),
     ("a9", "Gué", "east", 45, 990, 1200), ("b1", "Hem", "east", 20, 40500, 38200)],
    columns=["code", "name", "part", "x", "1990", "2020"])
ISLAND = Ground('<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200" viewBox="0 0 200 200">'
                '<rect x="10" y="10" width="180" height="180" fill="#F1EFEA"/></svg>', (0, 100), (0, 100))


class Toy(Explorer):
    """Every kind of control, every kind of column, three charts: a map to brush, bars to click, a chart that adds up."""

    title = "Ten invented towns"
    table, pick, pick_label = "sizes", "size", "Show only towns that are"
    kind, along = "toy", {"towns": ["rank"]}
    formats = {"share": ".1%"}
    bound = number(2000, 20000, 10000, "Large from", step=1000, stored=[2000, 10000, 20000], format=",.0f",
                   unit=" inhabitants")
    year = timeline({"1990": "1990", "2020": "2020"}, "1990", "Census", pace=0.2)
    parts = several({"north": "the north", "south": "the south", "east": "the east"}, ["north", "south", "east"], "Parts kept",
                    stored=[["north", "south", "east"], ["north", "south"], ["south"]])
    measure = choice({"people": "inhabitants", "towns": "towns"}, "people", "Bars show", help="The table has both.")
    grain = ordered({1: "fine", 1000: "coarse"}, 1, "Counts rounded")
    far = toggle(True, "Keep towns under 1,000 inhabitants")
    town = place("towns", "code", "Find a town", shows=["people", "size"])

    def fixed(self) -> dict[str, pd.DataFrame]:
        return {"towns": TOWNS[["code", "name", "part", "x"]].assign(y=100 - TOWNS["x"])}

    def compute(self, bound: int, year: str, parts: tuple, measure: str, grain: int, far: bool) -> dict[str, pd.DataFrame]:
        if bound < 0:
            raise ValueError("a town cannot have fewer than no inhabitants: choose a bound above zero")
        kept = TOWNS["part"].isin(parts) & (far | (TOWNS[year] >= 1000))
        people = (TOWNS[year] / grain).round().astype(int) * grain
        size = np.where(~kept, "left out", np.where(people >= bound, "large", "small"))
        rank = people.rank(method="first", ascending=False).astype(int)
        towns = pd.DataFrame({"rank": rank, "people": people.where(kept), "size": size, "kept": kept})
        sizes = towns[kept].groupby("size", as_index=False).agg(towns=("rank", "size"), people=("people", "sum"))
        sizes["share"] = sizes["people"] / sizes["people"].sum()
        sizes["bar"] = sizes["people"] if measure == "people" else sizes["towns"].astype(float)
        return {"towns": towns, "sizes": sizes.assign(people=sizes["people"].astype(int))}

    def say(self, tables: dict[str, pd.DataFrame], year: str, **others: Any) -> str:
        sizes = tables["sizes"]
        told = " and ".join(f"{n} {size}" for size, n in zip(sizes["size"], sizes["towns"], strict=True))
        return f"In {year} the towns kept are {told}."

    def view(self) -> list[alt.TopLevelMixin]:
        scale = alt.Scale(domain=["large", "small", "left out"], range=[*CATEGORIES[:2], CONTEXT])
        colour, wide = alt.Color("size:N", legend=None, scale=scale), {"width": 220, "height": 80}
        dots = points("towns", "Map of the island: a circle for each town, coloured by size.", ISLAND, side=220, size=120)
        bars = chart("sizes", "Bars: inhabitants of large and of small towns.", **wide).mark_bar(cursor="pointer")
        sums = chart("towns", "Bars: inhabitants by part of the island, added up by the chart.", **wide).mark_bar()
        return [dots.encode(color=colour, opacity=self.lit(0.9, 0.1), tooltip=["name:N", "people:Q"]).add_params(self.brush()),
                bars.encode(x="bar:Q", y="size:N", color=colour, opacity=self.lit(1, 0.2)),
                sums.encode(x="sum(people):Q", y="part:N")]


YEARS = [1982, 1990, 1999, 2006, 2011]
BOUNDS = [0.8, 1.0]


class Paths(Explorer):
    """Real towns under 100,000 inhabitants, their share of workers at five censuses, cut into types."""

    title = "Paths of the towns, 1982–2011"
    table, pick = "types", "type"
    credit = ["urban_units", "urban_units_occupations", "france_occupations"]
    along = {"towns": ["sequence", "group"]}
    high = ordered([1.15, 1.25, 1.35, 1.5], 1.25, "“High” starts at (× France)")
    link = choice({"ward": "Ward", "average": "average", "complete": "complete"}, "ward", "Linkage")
    largest = ordered({10_000: "10,000", 20_000: "20,000", 50_000: "50,000", 100_000: "100,000"}, 100_000, "Largest town")
    k = number(2, 8, 5, "Number of types")
    town = place("towns", "code", "Find a town", shows=["type"])

    def prepare(self) -> None:
        jobs, france = load("urban_units_occupations"), load("france_occupations").set_index("year")
        share = jobs["workers"] / jobs[OCCUPATIONS].sum(axis=1)
        nation = jobs["year"].map(france["workers"] / france[OCCUPATIONS].sum(axis=1)).astype(float)
        index = jobs.assign(index=share / nation).pivot_table("index", "urban_unit", "year", dropna=False)[YEARS]
        units = load("urban_units").set_index("urban_unit").loc[index.index]
        keep = (units["population_2023"] < 100_000) & units["lon"].between(-6, 10) & index.notna().all(axis=1)
        order = np.lexsort(np.digitize(index[keep], [*BOUNDS, 1.15, 1.25, 1.35, 1.5]).T)      # like by like: packs well
        self.units, self.index = units[keep].iloc[order], index[keep].iloc[order]
        self.ground = ground(outlines("departments"))
        self.trees: dict[tuple, tuple] = {}

    def fixed(self) -> dict[str, pd.DataFrame]:
        x, y = plane(self.units["lon"], self.units["lat"])
        named = self.units["name"].reset_index().set_axis(["code", "name"], axis=1)
        return {"towns": named.assign(x=x.round(1), y=y.round(1))}

    def tree(self, high: float, link: str, largest: int) -> tuple:
        if (high, link, largest) not in self.trees:
            inside = (self.units["population_2023"] < largest).to_numpy()
            paths, which = np.unique(np.digitize(self.index[inside], [*BOUNDS, high]), axis=0, return_inverse=True)
            self.trees[high, link, largest] = inside, which.ravel(), linkage(paths.astype(float), link)
        return self.trees[high, link, largest]

    def compute(self, high: float, link: str, largest: int, k: int) -> dict[str, pd.DataFrame]:
        if not 1 < high < 10:
            raise ValueError("“high” must start above 1, the French share")
        inside, which, tree = self.tree(high, link, largest)
        index, deep, cut = self.index[inside].to_numpy(), fcluster(tree, 8, "maxclust"), fcluster(tree, k, "maxclust")
        order = sorted(set(cut), key=lambda c: index[cut[which] == c].mean())
        kind = np.array([order.index(c) + 1 for c in cut])[which]
        towns = pd.DataFrame(0, index=range(len(inside)), columns=["sequence", "group", "type"])
        towns.loc[inside] = np.column_stack([which + 1, deep[which], kind])
        types = range(1, len(order) + 1)
        paths = [(c, y, round(float(index[kind == c, n].mean()), 3)) for c in types for n, y in enumerate(YEARS)]
        sizes = [(c, int((kind == c).sum()), *index[kind == c][:, [0, -1]].mean(axis=0).round(2).tolist()) for c in types]
        return {"towns": towns, "paths": pd.DataFrame(paths, columns=["type", "year", "index"]),
                "types": pd.DataFrame(sizes, columns=["type", "towns", "index 1982", "index 2011"])}

    def say(self, tables: dict[str, pd.DataFrame], **choices: Any) -> str:
        types = tables["types"]
        big = types.loc[types["towns"].idxmax()]
        return (f"{types['towns'].sum():,} towns fall into {len(types)} types; the largest, type {int(big['type'])}, holds "
                f"{int(big['towns']):,} and goes from {big['index 1982']:.2f} to {big['index 2011']:.2f} times the French share.")

    def view(self) -> list[alt.TopLevelMixin]:
        colour = alt.Color("type:O", legend=None, scale=alt.Scale(domain=list(range(9)), range=["#d0d0d0", *CATEGORIES]))
        wide = {"width": 230, "height": 130}
        dots = points("towns", "Map of the towns, coloured by type.", self.ground)
        lines = chart("paths", "Lines: mean index of each type at five censuses.", **wide).mark_line()
        bars = chart("types", "Bars: towns in each type.", **wide).mark_bar(cursor="pointer")
        return [dots.encode(color=colour, opacity=self.lit(0.9, 0.05), tooltip=["name:N", "type:O"]),
                lines.encode(x=alt.X("year:O", title=None), y=alt.Y("index:Q", scale=alt.Scale(domain=[0, 3])), color=colour,
                             opacity=self.lit()),
                bars.encode(y=alt.Y("type:O", scale=alt.Scale(domain=list(range(1, 9)))),
                            x=alt.X("towns:Q", scale=alt.Scale(domain=[0, 2200])), color=colour, opacity=self.lit())]


PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Explorers</title>
{scripts}</head><body style="margin:1rem;font-family:sans-serif"><main><h1>Explorers</h1>{places}</main></body></html>
"""


def write_page(folder: Path, *explorers: Explorer) -> Path:
    """A page as the book's build makes it, but with no theme around the explorers."""
    records, shelf = [explorer.record() for explorer in explorers], folder / "shelf"
    outputs = [{"data": {RECORD: record}} for record in records]
    place_explorers({"cells": [{"outputs": outputs}]}, shelf)
    write_scripts(records, shelf, folder / "explorers")
    (folder / "vendor").mkdir()
    (folder / "vendor" / "vega.js").write_text(join_vega(), "utf-8")
    shutil.copy(ROOT / "book" / "_static" / "explorers.js", folder)
    places = "".join(output["data"]["text/html"] for output in outputs)
    scripts = "".join(f'<script src="{name}"></script>\n' for name in page_scripts(places))
    (folder / "index.html").write_text(PAGE.format(scripts=scripts, places=places), "utf-8")
    return folder / "index.html"
