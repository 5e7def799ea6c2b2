"""The sheet of every town: what each chapter says of it, computed once with the chapters' own choices and functions.

`sheets` gives tables; `book/_ext/my_town.py` packs them into one script beside the page `book/my_town.md`, and
`book/_static/my_town.js` puts them into sentences.
"""
from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from data import OCCUPATIONS, load
from methods.alike import kept_types, nearest_trajectories, redrawn
from methods.clusters import haversine, neighbours
from methods.concentration import quotients
from methods.costs import constant_costs, interval_costs, transition_costs
from methods.dynamics import local_interval
from methods.matching import optimal_matching
from methods.shiftshare import per_year, shift_share, total
from methods.small_counts import funnel, smooth
from methods.specialisation import classify, index_interval, specialisation_index
from methods.typology import mean_trajectories, name_classes, types_of_trajectories
from widgets.explorers.recovery import SPANS, setting_of, tidy
from widgets.theme import CONTEXT, INDUSTRY, INK, SERVICES, rounded

__all__ = ["BOUNDS", "CHOICES", "STATES", "STEPS", "YEARS", "companions", "line_chart", "sheets", "stored", "typology"]

YEARS = [1982, 1990, 1999, 2006, 2011]
BOUNDS, STATES, SPECIALISED = (0.8, 1, 1.25), ["low", "below", "above", "high"], 1.25
FRACTION, DESIGN = 0.25, 1.5                    # one form in four, people of one household drawn together
KILOMETRES, NEAREST, DRAWS = 20, 10, 50
#: The second chapter's other ways to six types.
CHOICES: dict[str, dict[str, Any]] = {
    "thresholds 0.75 / 1 / 1.25": {"bounds": (0.75, 1, 1.25)}, "thresholds 0.8 / 1 / 1.2": {"bounds": (0.8, 1, 1.2)},
    "thresholds 0.9 / 1.1 / 1.3": {"bounds": (0.9, 1.1, 1.3)}, "costs by steps": {"price": interval_costs},
    "constant costs": {"price": constant_costs}, "average linkage": {"method": "average"}, "Ward’s linkage": {"method": "ward"},
    "Ward, constant costs": {"price": constant_costs, "method": "ward"}}


# ---- what several tables share
@cache
def _units() -> pd.DataFrame:
    """Urban units in the order in which every table here counts them."""
    return load("urban_units").set_index("urban_unit").sort_index()


@cache
def _index() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Specialisation index of every unit at every census, and the bounds of its 95 % interval."""
    counts, france = load("urban_units_occupations"), load("france_occupations").set_index("year")
    counts["at_work"] = counts[OCCUPATIONS].sum(axis=1, min_count=1)
    part, whole = (counts.pivot_table(name, "urban_unit", "year", "sum") for name in ("workers", "at_work"))
    low, high = index_interval(part, whole, france["workers"] / france[OCCUPATIONS].sum(axis=1), FRACTION, DESIGN)
    index = specialisation_index(counts, load("france_occupations"))
    return tuple(one.reindex(_units().index) for one in (index, low, high))


@cache
def _towns() -> pd.DataFrame:
    """The index of the towns that the second chapter sorts into types."""
    return _index()[0][_units()["size_class"] <= "50,000–99,999"].dropna()


@cache
def typology() -> tuple[pd.Series, pd.Series]:
    """The type of each town, and the name of each type."""
    types = types_of_trajectories(_towns(), BOUNDS)
    return types, name_classes(mean_trajectories(_towns(), types), BOUNDS, STATES)


# ---- one block of columns for each part of a sheet
def _places() -> pd.DataFrame:
    """Names, what each definition says, people, area."""
    units, (area, place) = _units(), setting_of(_units())
    twice = units["name"].duplicated(keep=False)
    centre = units.index.to_series()[units["aav_category"] == "centre"]
    around = units["aav2020"].map(pd.Series(centre.index, units.loc[centre.index, "aav2020"]))
    known = ["department", "size_class", "degurba", "aav_class", "aav_category", "population_2023"]
    change = (units["population_2023"] / units["population_2019"] - 1) * 100
    return units[known].assign(
        code=units.index, name=units["name"].where(~twice, units["name"] + " (" + units["department"] + ")"),
        change=change.round(1), area=area, place=place,
        centre=_number(around.where(area != "outside")), shape=units["size_class"] <= "50,000–99,999",
        density=units["degurba"].isin(["semi-dense town", "dense town"]),
        flow=(units["aav_class"] <= "50,000–199,999") & (units["aav_category"] == "centre"))


def _number(codes: pd.Series) -> pd.Series:
    """Codes of units as the numbers of their rows; -1 for none."""
    return codes.map(pd.Series(np.arange(len(_units())), _units().index)).fillna(-1).astype(int)


def _path() -> pd.DataFrame:
    """Index, interval and state at each census."""
    parts = dict(zip(("index", "low", "high"), _index(), strict=True))
    columns = {f"{name} {year}": table[year].round(2) for name, table in parts.items() for year in YEARS}
    states = classify(_index()[0], BOUNDS, STATES)
    columns |= {f"state {year}": states[year].cat.codes for year in YEARS}
    return pd.DataFrame(columns)


def _type() -> pd.DataFrame:
    """Type of each town, and how often it stays: under other choices, and when the sample is drawn again; 0 and -1 without one."""
    towns, (types, _), (_, low, high) = _towns(), typology(), _index()
    spread = ((high - low) / (2 * 1.96)).loc[towns.index]
    others = {name: types_of_trajectories(towns, **{"bounds": BOUNDS, **choice}) for name, choice in CHOICES.items()}
    drawn = {str(n): types_of_trajectories(sample, BOUNDS) for n, sample in enumerate(redrawn(towns, spread, DRAWS))}
    new = (towns[1982] < 1) & (towns[2011] >= SPECIALISED)
    found = pd.DataFrame({"type": types, "kept": kept_types(types, others).sum(axis=1), "redrawn": kept_types(types, drawn).sum(axis=1),
                          "alike": _matching().index.map(pd.Series(_matching().weights)), "new": new.astype(int)})
    return found.reindex(_units().index, fill_value=-1).assign(type=lambda d: d["type"].clip(lower=0))


@cache
def _matching() -> Any:
    states = classify(_towns(), BOUNDS, STATES)
    return optimal_matching(states, transition_costs(states))


def _change() -> pd.DataFrame:
    """Shift-share of everybody in work by period, % a year, and the interval of the local effect; the local effect of workers."""
    towns, nation = tidy("urban_units_occupations", "urban_unit"), load("france_occupations").melt("year", OCCUPATIONS, "group", "jobs")
    columns = {}
    for span, (start, end) in SPANS.items():
        parts = per_year(total(shift_share(towns, start, end, nation)), end - start)
        columns |= {f"{part} {span}": parts[part] for part in ("change", "national", "structural", "local")}
        for who, rows in {"": towns, "workers ": towns[towns["group"] == "workers"]}.items():
            if who and span != "1982–2011":
                continue
            found = per_year(local_interval(rows, [start, end], nation, FRACTION, DESIGN), end - start)
            if who:
                columns["workers reading"] = (found["low"] > 0).astype(int) - (found["high"] < 0).astype(int)
            columns |= {f"{who}{name} {span}": found[name] for name in ("local", "low", "high") if who or name != "local"}
    return pd.DataFrame(columns).reindex(_units().index).round(1)


def _zone_of() -> pd.DataFrame:
    """The employment zone whose centre is nearest, and how far it is: our tables do not say which zone a town lies in."""
    units, zones = _units(), load("employment_zones").set_index("employment_zone").sort_index()
    far = haversine(units["lon"].to_numpy()[:, None], units["lat"].to_numpy()[:, None], zones["lon"].to_numpy(), zones["lat"].to_numpy())
    at = pd.Series(zones["main_commune"]).reset_index(drop=True)
    own = units["main_commune"].map(pd.Series(at.index, at))
    nearest = own.fillna(pd.Series(far.argmin(axis=1), units.index)).astype(int)
    return pd.DataFrame({"zone": nearest, "zone km": far[np.arange(len(units)), nearest].round().astype(int), "zone centre": own.notna()})


def _around() -> tuple[pd.DataFrame, pd.Series]:
    """Pairs of units within 20 km, by row number; and how many of each unit's are specialised in 2011."""
    pairs = neighbours(_units(), within=KILOMETRES)
    marked = _index()[0][2011] >= SPECIALISED
    ends = pd.concat([pairs.rename(columns={"a": "b", "b": "a"}), pairs])
    count = marked[ends["b"]].groupby(ends["a"].to_numpy()).sum().reindex(_units().index, fill_value=0)
    return pairs.assign(a=_number(pairs["a"]), b=_number(pairs["b"]), km=pairs["km"].round().astype(int)), count


# ---- tables beside that of the towns
def companions() -> pd.DataFrame:
    """The nearest trajectories of each town, in the order of the towns, ten rows each."""
    return nearest_trajectories(_towns(), _matching(), NEAREST)


def _zones() -> pd.DataFrame:
    """Third places of each employment zone: counted, expected, quotient, funnel, smoothed."""
    zones = load("employment_zones").set_index("employment_zone").sort_index()
    places, people = zones["third_places"], zones["population_2018"]
    exact, smoothed = quotients(places, people), smooth(places, people)
    found = pd.DataFrame({"name": zones["name"], "people": people, "places": places, "coworking": zones["coworking"],
                          "expected": exact["expected"].round(1), "side": funnel(places, people)["side"].astype("str")})
    for name, table, column in (("quotient", exact, "quotient"), ("low", exact, "low"), ("high", exact, "high"),
                                ("smoothed", smoothed, "smoothed"), ("smoothed low", smoothed, "low"), ("smoothed high", smoothed, "high")):
        found[name] = table[column].round(2)
    return found.reset_index(drop=True)


def _bands() -> pd.DataFrame:
    """Quartiles of the index among the units of each size class, census by census."""
    size, quartiles = _units()["size_class"], {"low": 0.25, "middle": 0.5, "high": 0.75}
    parts = [_index()[0].groupby(size, observed=True).quantile(part).round(2).rename_axis("class").reset_index().melt(
        "class", var_name="year", value_name=name) for name, part in quartiles.items()]
    rows = parts[0].merge(parts[1]).merge(parts[2]).sort_values(["class", "year"])
    return rows.assign(units=rows["class"].map(size.value_counts()).astype(int)).astype({"class": "str", "year": int})


def _types() -> pd.DataFrame:
    types, names = typology()
    means = mean_trajectories(_towns(), types).round(2)
    return pd.DataFrame({"name": names, "towns": types.value_counts(), "first": means[1982], "last": means[2011]}).reset_index(drop=True)


@cache
def sheets() -> dict[str, pd.DataFrame]:
    """Every figure of every sheet.

    Returns
    -------
    dict of str to DataFrame
        `towns`, one row per urban unit in the order of the codes; `alike`, ten rows for each town that has a type, in that
        order (`other` is a row of `towns`); `pairs` within 20 km; `zones`, `bands` (quartiles by size class) and `types`.
    """
    pairs, specialised = _around()
    towns = pd.concat([_places(), _path(), _type(), _change(), _zone_of(), specialised.rename("specialised near")], axis=1)
    alike = companions()
    alike = pd.DataFrame({"other": _number(alike["other"]), "distance": alike["distance"].round(2)})
    tables = {"towns": towns, "alike": alike, "pairs": pairs, "zones": _zones(), "bands": _bands(), "types": _types()}
    return {name: _plain(table.reset_index(drop=True)) for name, table in tables.items()}


#: Columns that others nearly tell, in the order in which they are read: what is stored is the rest, which takes little room.
STEPS: dict[str, dict[str, int]] = {
    **{f"{end} {year}": {f"index {year}": 1} for year in YEARS for end in ("low", "high")},
    **{f"change {span}": {f"{part} {span}": 1 for part in ("national", "structural", "local")} for span in SPANS},
    **{f"{end} {span}": {f"local {span}": 1 + (end == "high"), **({f"low {span}": -1} if end == "high" else {})}
       for span in SPANS for end in ("low", "high")},
    "workers low 1982–2011": {"workers local 1982–2011": 1},
    "workers high 1982–2011": {"workers local 1982–2011": 2, "workers low 1982–2011": -1}}


def stored() -> dict[str, pd.DataFrame]:
    """The tables of `sheets` as they are packed.

    Each column of `STEPS` is kept less the sum of the columns that nearly tell it. Towns with a type get an `order` in which
    like stands by like; the nearest of a town are kept as `step`, so many places further in that order.
    """
    towns, alike = sheets()["towns"], sheets()["alike"]
    rest = {name: (towns[name] - sum(towns[other] * times for other, times in of.items())).round(2) for name, of in STEPS.items()}
    typed = np.flatnonzero(towns["type"] > 0)
    like = typed[np.lexsort((_towns().mean(axis=1), _matching().index[_towns().index]))]
    order = pd.Series(np.arange(len(like)), like).reindex(towns.index, fill_value=-1)
    step = order[alike["other"]].to_numpy() - order[np.repeat(typed, NEAREST)].to_numpy()
    return {**sheets(), "towns": towns.assign(**rest, order=order), "alike": pd.DataFrame({"step": step, "distance": alike["distance"]})}


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """Categories as words: what a store keeps."""
    return table.astype({name: "str" for name in table if isinstance(table[name].dtype, pd.CategoricalDtype)})


def _labels(base: alt.Chart, **marks: Any) -> Iterator[alt.Chart]:
    """Words on a chart, over a white rim, so that a line under them can be read through."""
    look = {"fontSize": 12, "fontWeight": 600, "limit": 210, **marks}
    yield base.mark_text(stroke="#fff", strokeWidth=4, strokeJoin="round", **look).encode(color=alt.value("#fff"))
    yield base.mark_text(**look)


def line_chart() -> dict[str, Any]:
    """The index of one town or two at five censuses, over the middle half of the towns of its class: Vega-Lite without data.

    The rows come in two datasets: `band` (`year`, `low`, `middle`, `high`, `words` where the label stands) and `lines` (`which`
    of the two towns, `town`, `year`, `index`, `low`, `high`, `label` where the name stands, `above` the line or below).
    """
    year = alt.X("year:Q", title=None, scale=alt.Scale(domain=[1982, 2011], nice=False, padding=12),
                 axis=alt.Axis(values=YEARS, format="d", grid=False))
    def up(field: str) -> alt.Y:
        return alt.Y(field, title="index, France = 1", scale=alt.Scale(zero=False, padding=16))
    band, lines = (alt.Chart(alt.NamedData(name)).encode(year) for name in ("band", "lines"))
    hue = alt.Color("which:N", legend=None, scale=alt.Scale(domain=["first", "second"], range=[INDUSTRY, SERVICES]))
    tips = ["town:N", "year:Q", *(alt.Tooltip(f"{name}:Q", format=".2f") for name in ("index", "low", "high"))]
    drawn = lines.encode(hue, up("index:Q"), tooltip=tips)
    middle = band.mark_area(color=CONTEXT, opacity=0.3).encode(up("low:Q"), alt.Y2("high:Q"))
    spans = lines.mark_rule(strokeWidth=1.4).encode(hue, up("low:Q"), alt.Y2("high:Q"), tooltip=tips)
    over, under = (lines.transform_filter(f"datum.label && {where}datum.above").encode(hue, up(f"{end}:Q"), alt.Text("label:N"))
                   for where, end in (("", "high"), ("!", "low")))
    said = band.transform_filter("datum.words").encode(up("middle:Q"), alt.Text("words:N"), color=alt.value(INK))
    chart = alt.layer(middle, spans, drawn.mark_line(), drawn.mark_point(filled=True, size=70, opacity=1), *_labels(said),
                      *_labels(over, dy=-9), *_labels(under, dy=10, baseline="top"))
    with alt.theme.enable("book"):
        spec = rounded(chart.properties(height=240, width="container").to_dict())
    spec["config"]["aria"] = False
    return {**spec, "autosize": {"type": "fit-x", "contains": "padding"}}
