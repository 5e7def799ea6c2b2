"""Second explorer of the sixth chapter: land around Mons by use, municipality and year."""
from __future__ import annotations

import altair as alt
import pandas as pd

from data import load, outlines
from methods.landuse import change, in_steps, steps, swaps
from widgets.explorer import Explorer, chart, choice, points, timeline
from widgets.ground import ground, plane
from widgets.theme import CONTEXT, INDUSTRY, INK, SERVICES, signed

__all__ = ["Land", "USES", "WINDOW"]

USES = {"workshops_and_factories": "workshops and factories", "storage": "storage", "offices": "offices", "shops": "shops", "housing": "housing",
        "wasteland": "wasteland"}
YEARS = [1984, 1986, 1991, 1996, 2001, 2005, 2011, 2012, 2013, 2015]
EVERYWHERE = "all 13"
WINDOW = (3.58, 50.31, 4.03, 50.58)      # degrees: the municipalities and the French border
MOVES = ["grew", "within 10 %", "shrank"]
FLOOR = 1.0                             # hectares: smaller steps are left out


class Land(Explorer):
    """A use, a municipality, a year: the line with its large steps, the map, what swapped with what."""

    title = "Land around Mons: look for the steps before the trend"
    table, credit = "uses", ["mons_land_use", "mons_municipalities"]
    note = "large step: over 10 % and at least 1 ha from one year to the next; no figures for 1992, 2003, 2006; thin line: the border with France; grey in the last chart: uses that are not on the list"
    formats = dict.fromkeys(("1983", "year chosen", "change", "in large steps", "all other years"), ",.1f")
    use = choice(USES, "workshops_and_factories", "Land for")
    place = choice([EVERYWHERE, "Boussu", "Colfontaine", "Dour", "Frameries", "Hensies", "Honnelles", "Jurbise", "Lens", "Mons", "Quaregnon",
                    "Quiévrain", "Quévy", "Saint-Ghislain"], "Mons", "Municipality")
    year = timeline(YEARS, 2012, "Year")

    def prepare(self) -> None:
        land = load("mons_land_use").sort_values(["name", "year"]).set_index(["name", "year"]).drop(columns="municipality")
        whole = pd.concat({EVERYWHERE: land.groupby("year").sum()}, names=["name"])
        self.land = pd.concat([land, whole]).round(1)
        self.by_use = {use: land.reset_index().pivot_table(use, "name", "year") for use in USES}
        self.points = load("mons_municipalities").sort_values("name")
        self.ground = ground(outlines("departments"), window=WINDOW)

    def fixed(self) -> dict[str, pd.DataFrame]:
        x, y = plane(self.points["lon"], self.points["lat"])
        places = pd.DataFrame({"name": self.points["name"], "x": x.round(2), "y": y.round(2)}).reset_index(drop=True)
        years = self.land.loc[EVERYWHERE].index
        return {"places": places, "line": pd.DataFrame({"year": years}), "uses": pd.DataFrame({"use": list(USES.values())}),
                "swaps": pd.DataFrame({"use": [name.replace("_", " ") for name in sorted(self.land.columns)]})}

    def compute(self, use: str, place: str, year: int) -> dict[str, pd.DataFrame]:
        here, of_use = self.land.loc[place], self.by_use[use]
        if year not in here.index or year == here.index.min():
            raise ValueError(f"there is no step into {year}: choose one of {', '.join(map(str, here.index[1:]))}")
        moved = (of_use[year] / of_use[1983].where(of_use[1983] > 0) - 1).fillna(0)
        kind = moved.gt(0.1).map({True: MOVES[0], False: MOVES[1]}).mask(moved < -0.1, MOVES[2])
        places = pd.DataFrame({"hectares": of_use[year], "size": (of_use[year] / of_use.to_numpy().max()).round(4), "since 1983": kind,
                               "chosen": (of_use.index == place) | (place == EVERYWHERE)}).reset_index(drop=True)
        large = steps(here[use], floor=FLOOR)
        line = pd.DataFrame({"hectares": here[use], "step": here.index.isin(large["to"]), "now": here.index == year}).reset_index(drop=True)
        before = int(here.index[here.index < year].max())
        swapped = swaps(here, before, year).sort_index().round(1)
        until = here.loc[:year]
        split = pd.DataFrame({name: in_steps(until[name], floor=FLOOR) for name in USES}).T
        totals = change(here[list(USES)], 1983, year)
        uses = pd.DataFrame({"1983": totals["start"], "year chosen": totals["end"], "change": totals["hectares"],
                             "in large steps": split["up"] + split["down"], "all other years": split["rest"]})
        return {"places": places, "line": line, "uses": uses.round(1).reset_index(drop=True),
                "swaps": pd.DataFrame({"hectares": swapped.to_numpy(), "listed": [name in USES for name in swapped.index], "from": before})}

    def say(self, tables: dict[str, pd.DataFrame], use: str, place: str, year: int) -> str:
        row = tables["uses"].iloc[list(USES).index(use)]
        line = tables["line"]
        large = line.loc[line["step"], "year"].astype(int)
        named = ", ".join(map(str, large)) if len(large) else "none"
        gained = tables["swaps"].sort_values(["hectares", "use"])
        return (f"{USES[use].capitalize()}, {place}: {row['1983']:,.1f} ha in 1983, {row['year chosen']:,.1f} in {year}; of the change of {signed(row['change'])} ha, "
                f"{signed(row['in large steps'])} fell in large steps. Large steps in all years: {named}. From {gained['from'].iloc[0]:.0f} to {year} most land was gained by "
                f"{gained['use'].iloc[-1]} ({signed(gained['hectares'].iloc[-1])} ha), most lost by {gained['use'].iloc[0]} ({signed(gained['hectares'].iloc[0])}).")

    def view(self) -> list[alt.TopLevelMixin]:
        colour = alt.Color("since 1983:N", legend=alt.Legend(columns=3), scale=alt.Scale(domain=MOVES, range=[INDUSTRY, CONTEXT, SERVICES]))
        dots = points("places", "Map of the 13 municipalities: area of the circle by hectares, colour by change since 1983.", self.ground, side=300)
        dots = dots.encode(color=colour, size=alt.Size("size:Q", legend=None, scale=alt.Scale(domain=[0, 1], range=[12, 2600])), opacity=alt.condition(
            "datum.chosen", alt.value(0.9), alt.value(0.35)), tooltip=["name:N", "hectares:Q", "since 1983:N"])
        base = alt.Chart(alt.NamedData("line"))
        x = alt.X("year:Q", title=None, scale=alt.Scale(domain=[1983, 2015], nice=False), axis=alt.Axis(format="d", tickCount=6, grid=False))
        y = alt.Y("hectares:Q", title="hectares", scale=alt.Scale(zero=True))
        lines = base.mark_line(color=CONTEXT).encode(x, y) + base.mark_point(filled=True, size=60, color=INDUSTRY, opacity=1).transform_filter(
            "datum.step").encode(x, y, tooltip=["year:Q", "hectares:Q"]) + base.mark_point(size=200, color=INK, filled=False, opacity=1).transform_filter("datum.now").encode(x, y)
        bars = chart("swaps", "Bars: hectares gained and lost by each of twelve uses in the year chosen.", width=190, height=230).mark_bar().encode(
            alt.Y("use:N", title=None, sort=alt.EncodingSortField("hectares", op="min"), axis=alt.Axis(labelLimit=150)),
            alt.X("hectares:Q", title="gained or lost in the year, ha", axis=alt.Axis(tickCount=4)),
            alt.Color("listed:N", legend=None, scale=alt.Scale(domain=[True, False], range=[INDUSTRY, CONTEXT])), tooltip=["use:N", "hectares:Q"])
        lines = lines.properties(width=260, height=180, description="Line: hectares of the use in the municipality, 1983 to 2015, large steps marked, "
                                 "the chosen year ringed.")
        return [dots, lines, bars]
