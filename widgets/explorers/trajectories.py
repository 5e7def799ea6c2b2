"""The explorer of the second chapter: the typology of towns' trajectories under every choice that makes it."""
from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from data import counted, load, outlines
from methods.costs import constant_costs, interval_costs, transition_costs
from methods.matching import Matching, expand, hamming, optimal_matching
from methods.quality import adjusted_rand, partitions
from methods.specialisation import classify, specialisation_index
from methods.typology import match_labels, order_classes
from widgets.explorer import Explorer, chart, choice, number, ordered, place, points
from widgets.ground import ground, plane
from widgets.theme import STATES

__all__ = ["Trajectories"]

COUNTED = counted()
YEARS = list(COUNTED.years)
AXIS = {"values": YEARS[::4]} if len(YEARS) > 6 else {}         # what has room under a small chart
FIRST, LAST = f"index {YEARS[0]}", f"index {YEARS[-1]}"
THRESHOLDS = {"usual": (0.8, 1.0, 1.25), "low": (0.8, 1.0, 1.15), "higher": (0.8, 1.0, 1.35), "highest": (0.8, 1.0, 1.5),
              "narrow": (0.9, 1.0, 1.1), "wide": (0.67, 1.0, 1.5), "three": (0.9, 1.1), "two": (1.25,)}
COSTS = {"rates": "from transition rates", "constant": "constant", "steps": "steps between states", "hamming": "constant, date by date"}
METHODS = {"k-medoids": "around medoids", "average": "tree, average linkage", "ward": "tree, Ward’s linkage"}
LARGEST = {20_000: 3, 50_000: 4, 100_000: 5}            # bound -> INSEE's largest class kept
TYPES = ["#C24E00", "#009E73", "#CC79A7", "#E6B422", "#8DBBD9", "#0072B2", "#7A6A00", "#444A50"]
USUAL = {"thresholds": "usual", "cost": "rates", "method": "k-medoids", "largest": 100_000, "k": 6}


def index_of_towns() -> pd.DataFrame:
    """Specialisation index of the urban units under 100,000 inhabitants: one row per town with a figure at every census."""
    index = specialisation_index(load(f"urban_units_{COUNTED.by}"), load(f"france_{COUNTED.by}"), group=COUNTED.group, whole=COUNTED.groups)
    units = load("urban_units").set_index("urban_unit")
    return index[units["size_class"].reindex(index.index).cat.codes <= LARGEST[100_000]].dropna()


class Trajectories(Explorer):
    """Thresholds, costs, method, towns kept and number of types: each choice, and what it does to the typology."""

    title = "Trajectories of the towns: make your own typology"
    table, pick, pick_label = "types", "type", "Show only type"
    credit = ["urban_units", f"urban_units_{COUNTED.by}", f"france_{COUNTED.by}"]
    note = f"share of {COUNTED.people} over that of France, by residence; type 1 is the most specialised of the chapter's six"
    along = {"towns": ["sequence", "group"]}
    most = 3 * 8 * 4 * 3 * 7        # every number of types is cut from the same comparison; the script's size is what matters
    thresholds = choice({name: "thresholds " + " · ".join(f"{bound:g}" for bound in bounds) for name, bounds in THRESHOLDS.items()},
                        "usual", "States of the index")
    cost = choice(COSTS, "rates", "Cost of a substitution")
    method = choice(METHODS, "k-medoids", "Types are made")
    largest = ordered({bound: f"{bound:,}" for bound in LARGEST}, 100_000, "Towns with fewer inhabitants than")
    k = number(2, 8, 6, "Number of types")
    town = place("towns", "code", "Find a town", shows=["type", "usual"], sheet=True)

    def prepare(self) -> None:
        self.index = index_of_towns()
        units = load("urban_units").set_index("urban_unit").loc[self.index.index]
        edges = sorted({bound for bounds in THRESHOLDS.values() for bound in bounds})
        order = np.lexsort((self.index.index, *np.digitize(self.index, edges).T))       # like beside like: packs well
        self.index, self.units = self.index.iloc[order], units.iloc[order]
        self.codes, self.ground = self.units["size_class"].cat.codes, ground(outlines("departments"))
        self.grown: dict[tuple, tuple] = {}
        self.usual = order_classes(self.index, self._labels(**USUAL)[0])

    def _grown(self, thresholds: str, cost: str, method: str, largest: int) -> tuple[Matching, dict[int, np.ndarray]]:
        """Sequences compared and cut into two to eight classes; kept, because the number of types does not change it."""
        asked = (thresholds, cost, method, largest)
        if asked not in self.grown:
            bounds = THRESHOLDS[thresholds]
            states = classify(self.index[self.codes <= LARGEST[largest]], bounds, [str(n) for n in range(len(bounds) + 1)])
            names = list(states.iloc[:, 0].cat.categories)
            price = {"rates": lambda: transition_costs(states), "steps": lambda: interval_costs(names)}.get(
                cost, lambda: constant_costs(names))()
            match = hamming(states, price) if cost == "hamming" else optimal_matching(states, price)
            self.grown[asked] = match, partitions(match.distances, match.weights, range(2, 9), method)
        return self.grown[asked]

    def _labels(self, k: int, **choices: Any) -> tuple[pd.Series, pd.Series, pd.Series]:
        """Class, sequence and deepest class of each town kept."""
        match, cuts = self._grown(**choices)
        if k not in cuts:
            raise ValueError(f"there are no {k} types here: choose from {min(cuts)} to {max(cuts)}")
        return expand(cuts[k], match.index), match.index, expand(cuts[8], match.index)

    def fixed(self) -> dict[str, pd.DataFrame]:
        x, y = plane(self.units["lon"], self.units["lat"])
        known = {"code": self.index.index, "name": self.units["name"], "x": x.round(1), "y": y.round(1), "usual": self.usual}
        return {"towns": pd.DataFrame(known).reset_index(drop=True)}

    def compute(self, k: int, **choices: Any) -> dict[str, pd.DataFrame]:
        labels, sequence, group = self._labels(k, **choices)
        kind = match_labels(labels, self.usual)
        towns = pd.DataFrame({"sequence": sequence + 1, "group": group, "type": kind}).reindex(self.index.index, fill_value=0)
        types, code = np.unique(kind.to_numpy(), return_inverse=True)
        members = np.eye(len(types))[code]                                     # town x type
        sizes, index = members.sum(axis=0), self.index.loc[kind.index].to_numpy()
        means = (members.T @ index / sizes[:, None]).round(2)
        states = np.digitize(index, THRESHOLDS[choices["thresholds"]])         # the lowest state is what the chart leaves blank
        shares = [(members.T @ (states == state) / sizes[:, None] * 100).round().astype(int) for state in range(1, states.max() + 1)]
        paths = pd.DataFrame({"type": np.repeat(types, len(YEARS)), "year": np.tile(YEARS, len(types)), "index": means.ravel()})
        chrono = pd.concat([paths[["type", "year"]].assign(state=state + 1, share=part.ravel()) for state, part in enumerate(shares, 1)])
        table = pd.DataFrame({"type": types, "towns": sizes.astype(int), FIRST: means[:, 0], LAST: means[:, -1]})
        agree = round(adjusted_rand(kind, self.usual[kind.index]), 2)
        here = pd.DataFrame({"agreement": [agree], "moved": [int((kind != self.usual[kind.index]).sum())]})
        return {"towns": towns.reset_index(drop=True), "paths": paths, "types": table,
                "shares": chrono.reset_index(drop=True), "here": here}

    def say(self, tables: dict[str, pd.DataFrame], **choices: Any) -> str:
        types, here = tables["types"], tables["here"].iloc[0]
        moved = tables["towns"]["type"].to_numpy()
        changed = self.units[(moved > 0) & (moved != self.usual.to_numpy())].nlargest(3, "population_2023")["name"]
        names = ", ".join(changed)
        told = f"{types['towns'].sum():,} towns fall into {len(types)} types. "
        if not here["moved"]:
            return told + "These are the chapter’s own choices."
        return told + (f"Agreement with the chapter’s six types (adjusted Rand index): {here['agreement']:.2f}; {here['moved']:,.0f} towns "
                       f"have another type, the largest are {names}.")

    def view(self) -> list[alt.TopLevelMixin]:
        colour = alt.Color("type:O", legend=None, scale=alt.Scale(domain=[*range(9)], range=["#D9D9D9", *TYPES]))
        dots = points("towns", "Map: each town coloured by its type; grey, the towns left out.", self.ground, size=14)
        lines = chart("paths", f"Lines: mean index of each type at {COUNTED.many} censuses.", width=210, height=130).mark_line(strokeWidth=3).encode(
            alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, **AXIS)), alt.Y("index:Q", title="mean index", scale=alt.Scale(domain=[0.2, 2.4])),
            color=colour, opacity=self.lit())
        bars = chart("types", "Bars: number of towns of each type.", width=210, height=120).mark_bar(cursor="pointer").encode(
            alt.Y("type:O", scale=alt.Scale(domain=[*range(1, 9)])), alt.X("towns:Q", scale=alt.Scale(domain=[0, 1500]), axis=alt.Axis(tickCount=4)),
            color=colour, opacity=self.lit())
        state = alt.Color("state:O", legend=None, scale=alt.Scale(domain=[1, 2, 3, 4], range=STATES))
        chrono = chart("shares", "Stacked bars: for each type, the share of its towns in each state at " f"{COUNTED.many} censuses, from the lowest state, "
                       "left blank, to the highest, orange.", width=250, height=110).mark_bar().encode(
            alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, values=[YEARS[0], YEARS[-1]])),
            alt.Y("share:Q", stack="zero", title="% of towns by state", scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(tickCount=2)),
            alt.Order("state:O"), color=state, opacity=self.lit())
        chrono = chrono.encode(alt.X("type:O", title=f"type, {COUNTED.many} censuses each", axis=alt.Axis(labelAngle=0),
                                     scale=alt.Scale(domain=[*range(1, 9)])), xOffset="year:O")
        return [dots.encode(color=colour, opacity=self.lit(0.9, 0.05), tooltip=["name:N", "type:O", "usual:O"]), lines, bars, chrono]
