"""The explorer of the fifth chapter: the Gier valley by figure, date and part, on a map and down the line of its floor."""
from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from data import OCCUPATIONS, load, outlines
from methods.specialisation import share
from methods.territory import along_line, outline_area, residentialisation
from widgets.explorer import Explorer, chart, choice, ordered, place, points
from widgets.ground import ground, plane
from widgets.theme import INDUSTRY, SERVICES

__all__ = ["Valley"]

FIGURES = {"index": "skilled residents for one worker, France = 1", "workers": "workers among residents at work, %",
           "skilled": "managers and intermediate among residents at work, %", "aged": "aged 65 and over in 2021, %",
           "vacant": "vacant dwellings in 2021, %", "growth": "change of population 2019–2023, %",
           "density": "inhabitants per km² in 2023"}
YEARS = [1982, 1990, 1999, 2006, 2011]
PARTS = {"whole": "the whole valley", "valley floor": "the valley floor", "hillsides": "the hillsides"}
QUARTERS = ["left out", "lowest quarter", "second quarter", "third quarter", "highest quarter"]
SHADES = ["#ECEAE4", "#C9DFEF", "#7FB3D5", "#2E7FB5", "#003F6B"]


class Valley(Explorer):
    """Seven figures, five censuses or the change between them, two ideas of the valley floor."""

    title = "The Gier valley: choose a figure, a date and a part"
    table, pick, pick_label = "ranking", "quarter", "Show only the"
    credit = ["case_communes_occupations", "case_communes_2021", "communes", "france_occupations", "gier"]
    note = "occupations by residence, aged 25–54 at work; floor and hillsides: our own classification"
    figure = choice(FIGURES, "index", "Figure")
    when = ordered({**{str(year): str(year) for year in YEARS}, "change": "change 1982 to 2011"}, "2011", "Census",
                   help="The last four figures have one date only: this control does not change them.")
    part = choice(PARTS, "whole", "Show")
    rule = choice({"density": "500 inhabitants per km² or more", "line": "within 1.5 km of its line"}, "density", "The floor is")
    commune = place("communes", "code", "Find a commune", shows=["value", "quarter"])

    def prepare(self) -> None:
        shapes = {shape["id"]: shape["geometry"] for shape in outlines("gier")["features"]}
        valley = load("communes").set_index("commune").loc[sorted(shapes)]
        density = valley["population_2023"] / pd.Series({code: outline_area(shape) for code, shape in shapes.items()})
        stations = valley[density >= 500].sort_values("lon", ascending=False)
        self.valley = valley.join(along_line(valley, stations))
        self.floor = {"density": density >= 500, "line": self.valley["off"].abs() <= 1.5}
        counts = load("case_communes_occupations").query("commune in @shapes")
        homes = load("case_communes_2021").set_index("commune").loc[valley.index]
        people = counts.assign(all=counts[OCCUPATIONS].sum(axis=1), skilled=counts["managers"] + counts["intermediate"])
        people = {name: people.pivot_table(name, "commune", "year") for name in ("workers", "skilled", "all")}
        self.dated = {"index": residentialisation(counts, load("france_occupations")),
                      **{name: 100 * share(people[name], people["all"]) for name in ("workers", "skilled")}}
        self.single = {"aged": homes["aged_65_plus_pct"], "vacant": homes["vacant_dwellings_pct"], "density": density,
                       "growth": 100 * (valley["population_2023"] / valley["population_2019"] - 1)}

    def _values(self, figure: str, when: str) -> pd.Series:
        """The figure of each commune."""
        if figure in self.single:
            return self.single[figure].round(1)
        dated = self.dated[figure]
        return (dated[2011] - dated[1982] if when == "change" else dated[int(when)]).round(2 if figure == "index" else 1)

    def fixed(self) -> dict[str, pd.DataFrame]:
        x, y = plane(self.valley["lon"], self.valley["lat"])
        known = {"code": self.valley.index, "name": self.valley["name"], "along": self.valley["along"].round(2), "x": x.round(2),
                 "y": y.round(2), "people": self.valley["population_2023"].astype(int)}
        return {"communes": pd.DataFrame(known).reset_index(drop=True)}

    def compute(self, figure: str, when: str, part: str, rule: str) -> dict[str, pd.DataFrame]:
        side = self.floor[rule].map({True: "valley floor", False: "hillsides"})
        value, shown = self._values(figure, when), (side == part) | (part == "whole")
        rank = value[shown].rank(method="average", pct=True)
        quarter = np.ceil(rank * 4 - 1e-9).clip(1, 4).reindex(value.index).fillna(0).astype(int).map(dict(enumerate(QUARTERS)))
        frame = pd.DataFrame({"name": self.valley["name"], "part": side, "value": value, "quarter": quarter})
        ranking = frame[shown].sort_values(["value", "name"], ascending=[False, True])[["name", "part", "value", "quarter"]]
        middle = pd.DataFrame([[name, float(value[side == name].median())] for name in list(PARTS)[1:]], columns=["part", "median"])
        return {"communes": frame[["part", "value", "quarter"]].reset_index(drop=True), "ranking": ranking.rename(
            columns={"name": "commune"}).reset_index(drop=True), "middle": middle.round(3)}

    def say(self, tables: dict[str, pd.DataFrame], figure: str, when: str, part: str, rule: str) -> str:
        ranking, middle = tables["ranking"], tables["middle"].set_index("part")["median"]
        date = "" if figure in self.single else f", {when}" if when != "change" else ", change from 1982 to 2011"
        form = "{:,.2f}" if figure == "index" else "{:,.1f}"
        floor, hills = (form.format(middle[name]).replace("-", "−") for name in ("valley floor", "hillsides"))
        return (f"{FIGURES[figure][0].upper()}{FIGURES[figure][1:]}{date}: the median commune has {floor} on the valley floor and {hills} on the hillsides; "
                f"{ranking['commune'].iloc[0]} is highest of the {len(ranking)} communes shown, {ranking['commune'].iloc[-1]} lowest.")

    def view(self) -> list[alt.TopLevelMixin]:
        shade = alt.Color("quarter:N", legend=None, scale=alt.Scale(domain=QUARTERS, range=SHADES))
        tips = ["name:N", "part:N", "value:Q", "quarter:N"]
        dots = points("communes", "Map: the communes of the valley; the darker, the higher the figure; the larger, the more inhabitants.",
                      ground(outlines("gier")), side=330).encode(
            color=shade, size=alt.Size("people:Q", legend=None, scale=alt.Scale(range=[70, 700])), opacity=self.lit(0.95, 0.12),
            stroke=alt.value("#22272B"), strokeWidth=alt.value(0.7), tooltip=tips)
        parts = list(PARTS)[1:]
        profile = chart("communes", "Profile: the figure against the kilometres along the line of the valley floor, from Givors to "
                        "Saint-Chamond; circles, the floor, triangles, the hillsides.", width=235, height=190).transform_filter(
            "datum.quarter !== 'left out'").mark_point(filled=True, size=70).encode(
            alt.X("along:Q", title="km along the line, from Givors", scale=alt.Scale(domain=[0, 24.5], nice=False), axis=alt.Axis(tickCount=6)), alt.Y("value:Q", title="figure", scale=alt.Scale(zero=False)),
            alt.Color("part:N", legend=alt.Legend(orient="bottom"), scale=alt.Scale(domain=parts, range=[INDUSTRY, SERVICES])),
            alt.Shape("part:N", scale=alt.Scale(domain=parts, range=["circle", "triangle-up"]), legend=alt.Legend(orient="bottom")), opacity=self.lit(0.95, 0.12), tooltip=tips)
        bars = chart("ranking", "Ranking: the figure of each commune shown, from the highest.", width=150, height=alt.Step(13)).mark_bar(
            cursor="pointer", stroke="#22272B", strokeWidth=0.3).encode(
            alt.Y("commune:N", title=None, sort=alt.EncodingSortField("value", order="descending"), axis=alt.Axis(labelFontSize=10)),
            alt.X("value:Q", title="figure", axis=alt.Axis(tickCount=4)), color=shade, opacity=self.lit(1, 0.25),
            tooltip=["commune:N", "value:Q", "quarter:N"])
        return [dots, profile, bars]
