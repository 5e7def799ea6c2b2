"""The explorer of the first chapter: what "town" means, and what the word then covers."""
from __future__ import annotations

import altair as alt
import pandas as pd

from data import load, outlines
from methods.towns import coverage, size_class
from widgets.explorer import Explorer, chart, choice, ordered, place, points
from widgets.ground import ground, plane
from widgets.theme import CONTEXT, INDUSTRY

__all__ = ["Towns"]

BOUNDS = [20_000, 30_000, 50_000, 75_000, 100_000, 150_000, 200_000]
SIZES = ["under 5,000", "5,000–9,999", "10,000–19,999", "20,000–49,999", "50,000–99,999", "100,000 and over"]
CALLED = ["a town", "not called a town"]


class Towns(Explorer):
    """Three meanings of the word and a bound: which of France's urban units it names, and what they hold."""

    title = "What is a town? Choose a meaning and a bound"
    table, pick, pick_label = "classes", "inhabitants", "Show only places of"
    credit = ["urban_units", "urban_units_occupations", "france_occupations", "communes"]
    note = "people in 2023, workers by residence in 2011"
    formats = {"share": ".1%"}
    meaning = choice({"shape": "a built-up area", "density": "a dense or semi-dense town", "flow": "the centre of an attraction area"},
                     "shape", "A town is …")
    bound = ordered({bound: f"{bound:,}" for bound in BOUNDS}, 100_000, "… with fewer inhabitants than")
    town = place("towns", "code", "Find a place", shows=["people", "workers", "called"], sheet=True)

    def prepare(self) -> None:
        units = load("urban_units").sort_values(["size_class", "urban_unit"]).set_index("urban_unit")
        now = load("urban_units_occupations").query("year == 2011").set_index("urban_unit")
        self.units = units.assign(people=units["population_2023"], workers=now["workers"].astype(int))
        self.sizes = size_class(self.units["people"], [5_000, 10_000, 20_000, 50_000, 100_000], SIZES)
        self.named = {"shape": pd.Series(True, index=units.index), "density": units["degurba"].isin(["dense town", "semi-dense town"]),
                      "flow": units["aav_category"] == "centre"}
        france = load("france_occupations").set_index("year")
        self.totals = {"people": int(load("communes")["population_2023"].sum()), "workers": int(france.loc[2011, "workers"])}

    def fixed(self) -> dict[str, pd.DataFrame]:
        x, y = plane(self.units["lon"], self.units["lat"])
        known = {"code": self.units.index, "name": self.units["name"], "people": self.units["people"], "workers": self.units["workers"],
                 "inhabitants": self.sizes.astype("str"), "x": x.round(1), "y": y.round(1)}
        return {"towns": pd.DataFrame(known).reset_index(drop=True)}

    def compute(self, meaning: str, bound: int) -> dict[str, pd.DataFrame]:
        inside = self.named[meaning] & (self.units["people"] < bound)
        called = inside.map({True: CALLED[0], False: CALLED[1]}).reset_index(drop=True)
        held = coverage(self.units, inside, self.totals)
        held = held.rename_axis("of").reset_index()[["of", "covered", "share"]].astype({"covered": int})
        classes = pd.DataFrame({"places": self.sizes.groupby(self.sizes, observed=False).size(),
                                "called towns": inside.groupby(self.sizes, observed=False).sum()})
        classes = classes.assign(share=classes["called towns"] / classes["places"]).rename_axis("inhabitants").reset_index()
        return {"towns": pd.DataFrame({"called": called}), "held": held, "classes": classes.astype({"inhabitants": "str"})}

    def say(self, tables: dict[str, pd.DataFrame], bound: int, **others: str) -> str:
        held = tables["held"].set_index("of")
        return (f"The word names {held.loc['towns', 'covered']:,} of {len(self.units):,} urban units; under {bound:,} inhabitants they hold "
                f"{held.loc['people', 'share']:.1%} of France’s people and {held.loc['workers', 'share']:.1%} of its workers.")

    def view(self) -> list[alt.TopLevelMixin]:
        colour = alt.Color("called:N", legend=None, scale=alt.Scale(domain=CALLED, range=[INDUSTRY, CONTEXT]))
        land = ground(outlines("departments"))
        dots = points("towns", "Map: the urban units that the word names, orange, among all others, grey.", land, size=12)
        wide = {"width": 220, "height": 90}
        share = alt.X("share:Q", title="share covered", axis=alt.Axis(format="%", tickCount=4), scale=alt.Scale(domain=[0, 1.12]))
        held = alt.Chart(alt.NamedData("held")).encode(share, alt.Y("of:N", title=None, sort=["towns", "people", "workers"]))
        numbers = held.mark_text(align="left", dx=4).encode(text=alt.Text("share:Q", format=".1%"))
        held = (held.mark_bar(color=INDUSTRY) + numbers).properties(
            description="Bars: share of urban units, of people and of workers that the word covers.", **wide)
        classes = chart("classes", "Bars: share of the places of each size that the word names.", width=190, height=150)
        classes = classes.mark_bar(cursor="pointer", color=INDUSTRY).encode(
            y=alt.Y("inhabitants:N", title=None, sort=SIZES), x=alt.X("share:Q", title="share called towns", axis=alt.Axis(format="%", tickCount=4),
            scale=alt.Scale(domain=[0, 1])), opacity=self.lit(1, 0.25))
        return [dots.encode(color=colour, opacity=self.lit(0.85, 0.04), tooltip=["name:N", "people:Q", "called:N"]),
                held, classes]
