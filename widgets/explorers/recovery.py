"""The explorer of the third chapter: the change of a set of towns, taken apart by shift-share in four forms."""
from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import altair as alt
import numpy as np
import pandas as pd

from data import OCCUPATIONS, load, outlines, region_of
from methods.dynamics import local_interval
from methods.shiftshare import (
    CLASSIC,
    HOMOTHETIC,
    REGIONAL,
    dynamic_shift_share,
    homothetic_shift_share,
    per_year,
    pool,
    regional_shift_share,
    shift_share,
    total,
)
from widgets.explorer import Explorer, chart, choice, place, points
from widgets.ground import ground, plane
from widgets.theme import CONTEXT, INDUSTRY, SERVICES

__all__ = ["Recovery"]

YEARS = [1982, 1990, 1999, 2006, 2011]
SPANS = {"1982–2011": (1982, 2011), **{f"{a}–{b}": (a, b) for a, b in pairwise(YEARS)}}
SIZES = ["outside urban units", "2,000–4,999", "5,000–9,999", "10,000–19,999", "20,000–49,999", "50,000–99,999", "100,000–199,999",
         "200,000–1,999,999", "Paris"]
NAMES = {"all": "everybody in work", "workers": "workers", "managers": "managers", **{g: g.replace("_", "-") for g in OCCUPATIONS}}
FORMS = {"classic": "classic", "regional": "with a region effect", "homothetic": "with the country’s mix", "dynamic": "step by step"}
PARTS = {"classic": CLASSIC, "regional": REGIONAL, "homothetic": HOMOTHETIC, "dynamic": CLASSIC}
COLOURS = {"national": CONTEXT, "structural": SERVICES, "local": INDUSTRY, "regional": "#E69F00", "own": INDUSTRY, "competitive": INDUSTRY,
           "allocation": "#CC79A7", "change": "#22272B"}
EDGES = [-2, -1, -0.5, 0.5, 1, 2]                                   # % a year
SHADES = ["#0072B2", "#5C9FCC", "#AFCDE2", "#D9D9D9", "#F3BF95", "#E58B45", "#C24E00"]


def tidy(name: str, unit: str) -> pd.DataFrame:
    """A table of occupations with one row per unit, group and year."""
    long = load(name).melt([unit, "year"], OCCUPATIONS, "group", "jobs")
    return long.rename(columns={unit: "unit"}).astype({"unit": "str"})


def setting_of(units: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The size of each unit's attraction area (outside, small, medium, large), and its place in it (pole, ring, outside)."""
    code, kind = units["aav_class"].cat.codes, units["aav_category"].astype("str")
    area = pd.Series(np.select([code == 0, code == 1, code == 2], ["outside", "small", "medium"], "large"), units.index)
    return area, kind.where(kind.isin(["ring", "outside"]), "pole")


class Recovery(Explorer):
    """Period, setting, group and form: what the change of towns is made of, and how sure the local part is."""

    title = "Take the change apart (the figures stop in 2011)"
    table, pick, pick_label = "top", "inhabitants", "Show only places of"
    credit = ["urban_units", "urban_units_occupations", "size_class_occupations", "department_occupations", "france_occupations"]
    note = "residents aged 25–54 in work; % a year of their number at the start; intervals: one form in four, design effect 1.5"
    formats = dict.fromkeys(("local effect", "low", "high"), "+.1f")
    span = choice(list(SPANS), "1982–2011", "Period")
    area = choice({"all": "of every size, and outside", "outside": "(outside all areas)", "small": "under 50,000",
                   "medium": "50,000–199,999", "large": "200,000 and over"}, "all", "Attraction area")
    where = choice({"all": "anywhere", "pole": "in the pole", "ring": "in the ring"}, "all", "Place in the area")
    group = choice(NAMES, "all", "Who", stored=["all", "workers", "managers"])
    form = choice(FORMS, "classic", "The change is cut")
    town = place("towns", "code", "Find a town", shows=["rate"], sheet=True)

    def prepare(self) -> None:
        self.units = load("urban_units").sort_values(["size_class", "urban_unit"]).set_index("urban_unit")
        self.towns, self.classes = tidy("urban_units_occupations", "urban_unit"), tidy("size_class_occupations", "size_class")
        self.nation = load("france_occupations").melt("year", OCCUPATIONS, "group", "jobs")
        twice = self.units["name"].duplicated(keep=False)
        self.names = self.units["name"].where(~twice, self.units["name"] + " (" + self.units["department"] + ")")
        self.size, self.region = self.units["size_class"].astype("str"), region_of(self.units["department"])
        whole = load("department_occupations").assign(region=lambda d: region_of(d["department"]))
        self.whole = whole.groupby(["region", "year"])[OCCUPATIONS].sum().reset_index().melt(["region", "year"], OCCUPATIONS, "group", "jobs")
        self.area_of, self.place_of = setting_of(self.units)
        self.ground, self.kept = ground(outlines("departments")), {}

    def _kept(self, area: str, where: str) -> pd.Series:
        """Which towns the setting keeps; outside all areas there is neither pole nor ring."""
        inside = (self.area_of == area) | (area == "all")
        return inside & ((self.place_of == where) | (where == "all") | (area == "outside"))

    def _effects(self, span: str, form: str, units: pd.DataFrame) -> pd.DataFrame:
        """Effects of units (or classes) by group, in one of the forms."""
        start, end = SPANS[span]
        if form == "regional":
            return regional_shift_share(units, start, end, self.region, self.nation, self.whole)
        if form == "dynamic":
            return dynamic_shift_share(units, [y for y in YEARS if start <= y <= end], reference=self.nation)
        return (homothetic_shift_share if form == "homothetic" else shift_share)(units, start, end, self.nation)

    def _once(self, key: tuple[str, ...], make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """A result that many choices share, computed once."""
        if key not in self.kept:
            self.kept[key] = make()
        return self.kept[key]

    def _by_class(self, span: str, area: str, where: str, form: str) -> pd.DataFrame:
        """Effects of each size class of the towns kept, by group."""
        sizes = self.size[self._kept(area, where)]
        if form == "regional":                  # linear: the towns' effects add up
            rows = self._once(("towns", span), lambda: self._effects(span, form, self.towns).dropna())
            size = sizes.reindex(rows.index.get_level_values("unit")).to_numpy()
            return rows.groupby([size, rows.index.get_level_values("group")]).sum().rename_axis(["unit", "group"])
        years = YEARS if SPANS[span][0] == YEARS[0] else YEARS[1:]      # one town has no figures at the first
        whole = self.classes if (area, where) == ("all", "all") else self._once(
            ("pool", str(years[0]), area, where), lambda: pool(self.towns, sizes, years))
        return self._once((span, area, where, form), lambda: self._effects(span, form, whole))

    def _towns(self, span: str, form: str, group: str) -> pd.DataFrame:
        """Local effect of every town and its interval, in % a year; the setting does not change it."""
        steps = form if form in ("regional", "dynamic") else "classic"      # competitive and allocation add up to local
        start, end = SPANS[span]
        years = [y for y in YEARS if start <= y <= end] if steps == "dynamic" else [start, end]
        some = self.towns if group == "all" else self.towns[self.towns["group"] == group]
        own = {"regions": self.region, "regional": self.whole} if steps == "regional" else {}
        found = self._once((span, steps, group), lambda: local_interval(some, years, self.nation, 0.25, 1.5, **own)).loc[self.units.index]
        return found[["local", "low", "high"]].div(found["jobs"].where(found["jobs"] > 0) * (end - start) / 100, axis=0)

    def fixed(self) -> dict[str, pd.DataFrame]:
        x, y = plane(self.units["lon"], self.units["lat"])
        known = {"code": self.units.index, "name": self.names, "inhabitants": self.size, "x": x.round(1), "y": y.round(1)}
        return {"towns": pd.DataFrame(known).reset_index(drop=True)}

    def compute(self, span: str, area: str, where: str, group: str, form: str) -> dict[str, pd.DataFrame]:
        groups = OCCUPATIONS if group == "all" else [group]
        start, end = SPANS[span]
        rows = self._by_class(span, area, where, form)
        rates = per_year(total(rows[rows.index.get_level_values("group").isin(groups)]), end - start).round(2)
        parts = PARTS[form]
        rates = rates.loc[[s for s in SIZES if s in rates.index], [*parts, "change"]].rename_axis("inhabitants").reset_index()
        bars = rates.melt("inhabitants", var_name="part", value_name="value")
        ends = rates[parts].cumsum(axis=1).assign(change=rates["change"]).to_numpy().T.ravel()
        bars = bars.assign(until=ends.round(2), since=np.where(bars["part"] == "change", 0, (ends - bars["value"]).round(2)))
        local, kept = self._towns(span, form, group), self._kept(area, where)
        shade = np.where(local["local"].isna(), -1, np.digitize(local["local"].fillna(0), EDGES))
        towns = pd.DataFrame({"rate": local["local"].round(1).to_numpy(), "shade": shade, "kept": kept.to_numpy()})
        top = local[kept].dropna().assign(name=self.names, inhabitants=self.size).rename_axis("code").reset_index()
        clear = pd.DataFrame({"above": [int((top["low"] > 0).sum())], "below": [int((top["high"] < 0).sum())], "towns": [len(top)]})
        top = top.sort_values(["low", "code"], ascending=[False, True]).head(10)
        top = top.rename(columns={"name": "town", "local": "local effect"})[["town", "inhabitants", "local effect", "low", "high"]].round(1)
        return {"bars": bars[["inhabitants", "part", "since", "until", "value"]], "towns": towns, "top": top, "clear": clear}

    def say(self, tables: dict[str, pd.DataFrame], span: str, area: str, where: str, group: str, form: str) -> str:
        bars, clear = tables["bars"], tables["clear"].iloc[0]
        change = bars[bars["part"] == "change"].set_index("inhabitants")["value"]
        last = PARTS[form][2] if form != "regional" else "own"
        part = bars[bars["part"] == last].set_index("inhabitants")["value"]
        who, fewer = ("Those in work", NAMES[group])[group != "all"].capitalize(), (change < 0).sum() or "none"
        rule = "in their region" if form == "regional" else "in France"
        return (f"{who} became fewer in {fewer} of {len(change)} size classes here in {span}. The {last} effect is highest in "
                f"“{part.idxmax()}” ({part.max():+.2f} % a year). Beyond sampling noise, {clear['above']:,} of {clear['towns']:,} towns did "
                f"better than the same groups {rule}, and {clear['below']:,} worse.")

    def view(self) -> list[alt.TopLevelMixin]:
        shade = alt.Color("shade:O", legend=None, scale=alt.Scale(domain=[*range(-1, 7)], range=["#FFFFFF", *SHADES]))
        lit = "datum.kept && (pick === null || pick[datum['inhabitants']])"
        dots = points("towns", "Map: local effect of each town kept, blue below and orange above what its groups did elsewhere; others faint.",
                      self.ground, size=14)
        dots = dots.encode(color=shade, opacity=alt.condition(lit, alt.value(0.9), alt.value(0.06)), tooltip=["name:N", "rate:Q"])
        order = list(COLOURS)
        bars = chart("bars", "Waterfall: for each size of town, the parts of the change one after the other, and the change itself, % a year.",
                     width=170, height=380).mark_bar(cursor="pointer").encode(
            alt.Y("inhabitants:N", title=None, sort=SIZES), alt.YOffset("part:N", sort=order),
            alt.X("since:Q", title="% a year", axis=alt.Axis(tickCount=4)), alt.X2("until:Q"), opacity=self.lit(1, 0.2),
            color=alt.Color("part:N", sort=order, legend=alt.Legend(columns=2), scale=alt.Scale(domain=order, range=list(COLOURS.values()))),
            tooltip=["inhabitants:N", "part:N", "value:Q"])
        top = alt.Chart(alt.NamedData("top")).encode(alt.Y("town:N", title=None, sort=alt.SortField("low", "descending"),
                                                           axis=alt.Axis(labelLimit=170)), color=alt.value(INDUSTRY))
        spans = top.mark_rule(strokeWidth=1.6).encode(alt.X("low:Q", title="local effect, % a year", axis=alt.Axis(tickCount=4)), alt.X2("high:Q"))
        top = (spans + top.mark_point(filled=True, size=60).encode(alt.X("local effect:Q"))).properties(
            description="The ten towns whose interval of the local effect begins highest.", width=120, height=210)
        return [dots, bars, top]
