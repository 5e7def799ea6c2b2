"""The explorer of third places: grain, denominator, tiers, smallest zone, kind of place, smoothing."""
from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from data import load, outlines
from methods.concentration import quotients
from methods.small_counts import funnel, funnel_limits, smooth
from widgets.explorer import Explorer, chart, choice, place, points, toggle
from widgets.ground import ground, plane
from widgets.theme import CATEGORIES, CONTEXT

__all__ = ["ThirdPlaces"]

EIGHT = ["outside", "2,000–4,999", "5,000–9,999", "10,000–19,999", "20,000–49,999", "50,000–99,999", "100,000–199,999", "200,000 and over",
         "Paris"]
THREE, FOUR = ["under 20,000", "20,000–99,999", "100,000 and over"], ["under 20,000", "20,000–99,999", "100,000–199,999", "200,000 and Paris"]
BOUNDS = {"eight": (range(1, 9), EIGHT), "four": ([4, 6, 7], FOUR), "three": ([4, 6], THREE)}
ORDER = list(dict.fromkeys([*EIGHT, *FOUR, *THREE]))
DENOMINATORS = {"population_2018": "people", "employed_2011": "residents at work", "employment_2015": "jobs"}
SIDES = {"above": CATEGORIES[2], "inside": CONTEXT, "below": CATEGORIES[5]}


class ThirdPlaces(Explorer):
    """Quotients of third places by tier, with the map and the funnel of the zones, under every choice that makes them."""

    name = "third-places"
    title = "Third places: choose how to count them"
    table, pick, pick_label = "tiers", "tier", "Show only tier"
    credit = ["employment_zones", "third_places_by_commune_class"]
    note = "places of 2018–2019; exact 95 % intervals; map and funnel are always by zone; by commune there are people only"
    grain = choice({"zone": "the zone’s largest town", "commune": "the commune’s own town"}, "zone", "Tiers are by")
    counted = choice({"third_places": "all third places", "coworking": "coworking only"}, "third_places", "Count")
    against = choice(DENOMINATORS, "population_2018", "Compared with")
    tiers = choice({"eight": "eight size classes", "four": "four", "three": "small, medium, large"}, "eight", "Tiers")
    least = choice({0: "all zones", 20_000: "20,000 people", 50_000: "50,000 people", 100_000: "100,000 people"}, 0, "Keep zones of at least")
    smoothing = toggle(False, "Smooth the zones (empirical Bayes)")
    zone = place("zones", "code", "Find a zone", shows=["places", "expected", "quotient", "side"])

    def prepare(self) -> None:
        self.zones = load("employment_zones").set_index("employment_zone").sort_values(["population_2018", "name"], ascending=[False, True])
        self.classes = load("third_places_by_commune_class").dropna().sort_values("size_class").reset_index(drop=True)

    @staticmethod
    def _tier(sizes: pd.Series, tiers: str) -> pd.Series:
        bounds, names = BOUNDS[tiers]
        codes = np.digitize(sizes.cat.codes, list(bounds))
        return pd.Series(pd.Categorical.from_codes(codes, names, ordered=True), sizes.index)

    def fixed(self) -> dict[str, pd.DataFrame]:
        x, y = plane(self.zones["lon"], self.zones["lat"])
        known = {"code": self.zones.index, "name": self.zones["name"], "x": x.round(1), "y": y.round(1)}
        across = np.geomspace(0.25, 300, 40)
        limits = pd.concat([pd.DataFrame({"expected": across.round(3), "limit": line.round(3), "line": name})
                            for name, line in zip(("low", "high"), funnel_limits(across), strict=True)])
        return {"zones": pd.DataFrame(known).reset_index(drop=True), "limits": limits[limits["limit"].between(0.001, 7)].reset_index(drop=True)}

    def _zones(self, counted: str, against: str, kept: pd.Series, smoothing: bool) -> pd.DataFrame:
        """Quotient and side of each zone kept."""
        count, exposure = self.zones.loc[kept, counted], self.zones.loc[kept, against]
        found = funnel(count, exposure)[["expected", "quotient", "side"]]
        if smoothing:
            smoothed = smooth(count, exposure)
            side = np.select([smoothed["low"] > 1, smoothed["high"] < 1], ["above", "below"], "inside")
            found = found.assign(quotient=smoothed["smoothed"], side=side)
        return found

    def compute(self, grain: str, counted: str, against: str, tiers: str, least: int, smoothing: bool) -> dict[str, pd.DataFrame]:
        kept = self.zones["population_2018"] >= least
        found = self._zones(counted, against, kept, smoothing)
        tier = self._tier(self.zones["largest_town_size_class"], tiers)
        drawn = found.reindex(self.zones.index).assign(places=self.zones[counted], tier=tier.astype("str"))
        drawn = drawn.astype({"side": "object"}).fillna({"expected": -1.0, "quotient": -1.0, "side": "left out"}).round({"expected": 1, "quotient": 2})
        if grain == "zone":
            table = quotients(self.zones.loc[kept, counted], self.zones.loc[kept, against], tier[kept])
        else:
            table = quotients(self.classes[counted], self.classes["population_2019"], self._tier(self.classes["size_class"], tiers))
        table = table.rename_axis("tier").reset_index().astype({"tier": "str", "count": int})
        table = table[["tier", "count", "expected", "quotient", "low", "high"]].round({"expected": 1, "quotient": 2, "low": 2, "high": 2})
        return {"zones": drawn[["places", "expected", "quotient", "side", "tier"]].reset_index(drop=True), "tiers": table,
                "here": pd.DataFrame({"zones": [int(kept.sum())], "above": [int((found["side"] == "above").sum())],
                                      "below": [int((found["side"] == "below").sum())]})}

    def say(self, tables: dict[str, pd.DataFrame], grain: str, against: str, smoothing: bool, **others: Any) -> str:
        table, here = tables["tiers"], tables["here"].iloc[0]
        named = table["tier"] + table["count"].map(" ({:,} places)".format)
        clear = {"more": named[table["low"] > 1], "fewer": named[table["high"] < 1]}
        said = "; ".join(f"clearly {word} than their {'people' if grain == 'commune' else DENOMINATORS[against]} let expect: "
                         f"{', '.join(names) if len(names) else 'no tier'}" for word, names in clear.items())
        how = "Smoothed, " if smoothing else "In the funnel, "
        return f"{said[0].upper()}{said[1:]}. {how}{here['above']} of {here['zones']} zones are above and {here['below']} below."

    def view(self) -> list[alt.TopLevelMixin]:
        colour = alt.Color("side:N", legend=None, scale=alt.Scale(domain=[*SIDES, "left out"], range=[*SIDES.values(), "#E4E2DD"]))
        area = alt.Size("places:Q", legend=None, scale=alt.Scale(domain=[0, 300], range=[7, 1100]))
        tips = ["name:N", "places:Q", "expected:Q", "quotient:Q"]
        dots = points("zones", "Map: each zone a circle, its area its third places; green above the funnel, pink below, grey inside.",
                      ground(outlines("departments"))).encode(color=colour, size=area, opacity=self.lit(0.8, 0.05), tooltip=tips)
        bars = chart("tiers", "")
        y = alt.Y("tier:N", title=None, sort=ORDER, axis=alt.Axis(labelLimit=110))
        about = {"title": "over those expected", "scale": alt.Scale(domain=[0, 2.5], clamp=True), "axis": alt.Axis(tickCount=5)}
        spans = bars.mark_rule(strokeWidth=2).encode(alt.X("low:Q", **about), y, alt.X2("high:Q"), opacity=self.lit(1, 0.25))
        marks = bars.mark_point(filled=True, size=80, color=CATEGORIES[2], cursor="pointer").encode(
            alt.X("quotient:Q", **about), y, opacity=self.lit(1, 0.25))
        one = alt.Chart(alt.NamedData("tiers")).mark_rule(strokeDash=[4, 4]).encode(x=alt.datum(1))
        tiers = (one + spans + marks).properties(width=185, height=210, description="Dots with intervals: quotient of third places by tier; "
                                                 "dashed, 1 as in the country; what passes 2.5 is cut off.")
        across = alt.X("expected:Q", title="third places expected", scale=alt.Scale(type="log", domain=[0.2, 400], clamp=True),
                       axis=alt.Axis(values=[1, 10, 100], grid=False))
        up = alt.Scale(domain=[0, 7])
        shape = alt.Shape("side:N", legend=None, scale=alt.Scale(domain=[*SIDES, "left out"], range=["triangle-up", "circle", "triangle-down", "cross"]))
        cloud = alt.Chart(alt.NamedData("zones")).transform_filter("datum.expected >= 0").mark_point(filled=True, size=22).encode(
            across, alt.Y("quotient:Q", title="quotient", scale=up), colour, shape, opacity=self.lit(0.8, 0.05), tooltip=tips)
        lines = alt.Chart(alt.NamedData("limits")).mark_line(color="#4A5056", strokeWidth=1).encode(
            across, alt.Y("limit:Q", title="quotient", scale=up), alt.Detail("line:N"))
        both = (lines + cloud).properties(width=250, height=170, description="Funnel: quotient of each zone against third places expected, "
                                          "with 95 % limits; triangles are outside of them, or clear of 1 when smoothed.")
        return [dots, tiers, both]
