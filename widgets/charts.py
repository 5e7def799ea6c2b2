"""Charts that several chapters draw: paths with their names, states over time, intervals, trees, départements."""
from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import scipy

from data import outlines
from methods.trees import Tree
from widgets.ground import plane
from widgets.theme import BORDER, CONTEXT, INDUSTRY, INK, PAPER

__all__ = ["named_lines", "state_bars", "common_sequences", "interval_dots", "tree_lines", "department_map"]


def _apart(values: pd.Series, gap: float) -> list[float]:
    """Heights for labels: those of the values, moved as little as keeps each `gap` above the one below."""
    order = np.argsort(values.to_numpy(), kind="stable")
    heights = values.to_numpy(dtype=float)[order]
    for _ in range(200):
        for low in range(len(heights) - 1):
            short = gap - (heights[low + 1] - heights[low])
            if short > 1e-9:
                heights[low], heights[low + 1] = heights[low] - short / 2, heights[low + 1] + short / 2
    out = np.empty(len(heights))
    out[order] = heights
    return out.round(4).tolist()


def named_lines(frame: pd.DataFrame, colours: Mapping[str, str], y_title: str, room: float = 0.68, rule: float | None = None,
                height: int = 330, steps: Sequence[str] = ()) -> alt.LayerChart:
    """Lines over time, or over named steps, each named at its end: no legend to look up.

    Parameters
    ----------
    frame : DataFrame, one row per line and date
        Columns `name`, `year`, `value`, and `label` (what stands at the end of the line).
    colours : mapping of names to colours
    y_title : str
    room : float
        Room for the labels, as a share of the span of years.
    rule : float, optional
        Value at which to draw a horizontal line.
    height : int
        In pixels.
    steps : sequence of str, optional
        Names of the years 0, 1, 2, … when they are no years but steps in an order: size classes, say.

    Returns
    -------
    altair.LayerChart
    """
    years = sorted(int(year) for year in frame["year"].unique())
    span = alt.Scale(domain=[years[0], years[-1] + room * (years[-1] - years[0])], nice=False, zero=False)
    at_end = frame[frame["year"] == years[-1]]
    gap = 17 / height * (frame["value"].max() - frame["value"].min())
    if steps:
        frame = frame.assign(step=[steps[year] for year in frame["year"]])
    frame = frame.assign(label_at=frame["name"].map(dict(zip(at_end["name"], _apart(at_end["value"], gap), strict=True))))
    axis = {"labelExpr": f"{json.dumps(list(steps))}[datum.value]", "labelAngle": -60, "labelOverlap": False,
            "tickCount": len(steps)} if steps else {"format": "d", "labelOverlap": "greedy"}
    base = alt.Chart(frame).encode(
        alt.X("year:Q", title=None, scale=span, axis=alt.Axis(values=years, grid=False, **axis)),
        alt.Y("value:Q", title=y_title, scale=alt.Scale(zero=False)),
        alt.Color("name:N", legend=None, scale=alt.Scale(domain=list(colours), range=list(colours.values()))),
        tooltip=["name:N", "step:N" if steps else alt.Tooltip("year:Q", format="d"), alt.Tooltip("value:Q", format=".2f")])
    ends = base.transform_filter(f"datum.year == {years[-1]}").mark_text(align="left", dx=7, fontSize=12)
    chart = base.mark_line(strokeWidth=3) + base.mark_point(filled=True, size=45, opacity=1) + ends.encode(
        alt.Y("label_at:Q"), alt.Text("label:N"), color=alt.value(INK))
    if rule is not None:
        line = alt.Chart(pd.DataFrame({"from": [years[0]], "to": [years[-1]], "value": [rule]})).mark_rule(
            strokeDash=[4, 4], color=CONTEXT).encode(alt.X("from:Q", scale=span), alt.X2("to:Q"), alt.Y("value:Q"))
        chart = line + chart
    return chart.properties(height=height)


def state_bars(shares: pd.DataFrame, colours: Mapping[str, str], order: Sequence[str], height: int = 260) -> alt.Chart:
    """Chronograms side by side: for each class, the share of each state at each date.

    Parameters
    ----------
    shares : DataFrame
        As `methods.sequences.chronogram` gives it class by class: rows (class, date), one column per state.
    colours : mapping of states to colours, from the lowest state
    order : sequence of str
        The classes from left to right; a comma or an arrow in a name starts a new line.
    height : int
        In pixels.

    Returns
    -------
    altair.Chart
    """
    long = shares.rename_axis(["class", "date"]).reset_index().melt(["class", "date"], var_name="state", value_name="share")
    long["state"], long["class"] = long["state"].astype(str), long["class"].astype(str)
    long["rank"] = long["state"].map(list(colours).index)
    return alt.Chart(long).mark_bar().encode(
        alt.X("class:N", sort=list(order), title=None, scale=alt.Scale(paddingInner=0.14),
              axis=alt.Axis(labelAngle=0, labelExpr="split(replace(datum.label, regexp('(, | → )'), '$1|'), '|')", ticks=False, domain=False)),
        alt.XOffset("date:O", scale=alt.Scale(paddingInner=0.06)),
        alt.Y("share:Q", title=None, axis=alt.Axis(format="%"), stack=True, scale=alt.Scale(domain=[0, 1])),
        alt.Color("state:N", scale=alt.Scale(domain=list(colours), range=list(colours.values())), sort=list(colours),
                  legend=alt.Legend(symbolType="square", columns=4)),
        alt.Order("rank:Q", sort="ascending"),
        tooltip=["class", "date:O", "state", alt.Tooltip("share:Q", format=".1%")]).properties(height=height)


def common_sequences(sequences: pd.DataFrame, weights: np.ndarray, colours: Mapping[str, str], most: int = 12) -> alt.LayerChart:
    """The sequences that most towns follow, one row each, with the number of towns.

    Parameters
    ----------
    sequences : DataFrame (m, dates)
        Distinct sequences of states.
    weights : int array (m,)
        How many towns follow each.
    colours : mapping of states to colours
    most : int
        How many rows.

    Returns
    -------
    altair.LayerChart
    """
    first = np.lexsort((np.arange(len(weights)), -np.asarray(weights)))[:most]
    rows = [{"rank": rank, "date": str(date), "state": str(sequences.iloc[at][date]), "towns": int(weights[at])}
            for rank, at in enumerate(first.tolist(), start=1) for date in sequences.columns]
    dates = [str(date) for date in sequences.columns]
    base = alt.Chart(pd.DataFrame(rows)).encode(alt.Y("rank:O", axis=None))
    x = alt.X("date:N", sort=[*dates, "towns"], title=None, scale=alt.Scale(domain=[*dates, "towns"]),
              axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False))
    cells = base.mark_rect(stroke=PAPER, strokeWidth=2).encode(
        x, alt.Color("state:N", sort=list(colours), scale=alt.Scale(domain=list(colours), range=list(colours.values())),
                     legend=alt.Legend(symbolType="square", columns=4)), tooltip=["date", "state", "towns"])
    counts = base.transform_filter(f"datum.date == '{dates[-1]}'").transform_calculate(date="'towns'").mark_text(
        fontSize=12).encode(x, alt.Text("towns:Q"))
    return (cells + counts).properties(height=24 * most)


def interval_dots(frame: pd.DataFrame, x_title: str, colours: Mapping[str, str] | None = None, order: Sequence[str] | None = None,
                  rule: float | None = None, form: str = ".2f", height: int = 200) -> alt.LayerChart:
    """Estimates with their intervals, one row per group; several kinds a row, in colours, one under the other.

    Parameters
    ----------
    frame : DataFrame
        Columns `group`, `low`, `high`, `value` unless all that is known is the interval, and `kind` when there are several.
    x_title : str
    colours : mapping of kinds to colours, optional
    order : sequence of str, optional
        The groups from top to bottom; as they stand when not given.
    rule : float, optional
        Value at which to draw a vertical line.
    form : str
        How values are written.
    height : int
        In pixels.

    Returns
    -------
    altair.LayerChart
    """
    groups = list(order) if order is not None else list(dict.fromkeys(frame["group"]))
    frame = frame[[c for c in ("group", "kind", "value", "low", "high") if c in frame]].reset_index(drop=True)
    percent = {"format": form} if "%" in form else {"format": form, "tickMinStep": 1} if form == ".0f" else {}
    base = alt.Chart(frame).encode(
        alt.Y("group:N", sort=groups, title=None, axis=alt.Axis(labelLimit=190)),
        tooltip=[c for c in ("group", "kind") if c in frame] + [alt.Tooltip(c, format=form) for c in ("value", "low", "high") if c in frame])
    if colours:
        names = list(colours)
        base = base.encode(alt.YOffset("kind:N", sort=names, scale=alt.Scale(paddingOuter=0.35)),
                           alt.Color("kind:N", sort=names, scale=alt.Scale(domain=names, range=list(colours.values())),
                                     legend=alt.Legend(columns=3, **({} if "value" in frame else {"symbolType": "stroke"}))))
    else:
        base = base.encode(color=alt.value(INDUSTRY))
    axis, zero = alt.Axis(tickCount=6, **percent), alt.Scale(zero="%" in form)
    thick = 1.6 if "value" in frame else 5
    chart = base.mark_rule(strokeWidth=thick).encode(alt.X("low:Q", title=x_title, axis=axis, scale=zero), alt.X2("high:Q"))
    if "value" in frame:
        chart = chart + base.mark_point(filled=True, size=80, opacity=1).encode(alt.X("value:Q", title=x_title, axis=axis, scale=zero))
    if rule is not None:
        chart = alt.Chart(pd.DataFrame({"at": [rule]})).mark_rule(strokeDash=[4, 4], color=CONTEXT).encode(alt.X("at:Q")) + chart
    return chart.properties(height=height)


def tree_lines(tree: Tree, classes: int, colour: str, y_title: str = "distance", height: int = 260) -> alt.LayerChart:
    """A whole tree; what lies above the cut into so many classes is drawn in colour.

    Parameters
    ----------
    tree : Tree
    classes : int
        At least 2.
    colour : str
    y_title : str
    height : int
        In pixels.

    Returns
    -------
    altair.LayerChart
    """
    drawn = scipy.cluster.hierarchy.dendrogram(tree.to_scipy(), no_plot=True)
    bound = float(tree.heights[-(classes - 1)])
    rows = [{"fork": fork, "point": point, "x": float(x), "height": round(float(y), 4), "above": bool(ys[1] >= bound - 1e-9)}
            for fork, (xs, ys) in enumerate(zip(drawn["icoord"], drawn["dcoord"], strict=True))
            for point, (x, y) in enumerate(zip(xs, ys, strict=True))]
    base = alt.Chart(pd.DataFrame(rows)).encode(
        alt.X("x:Q", axis=None, scale=alt.Scale(nice=False)), alt.Y("height:Q", title=y_title), alt.Detail("fork:N"), alt.Order("point:Q"))
    low = base.transform_filter("!datum.above").mark_line(strokeWidth=0.8, color=CONTEXT)
    high = base.transform_filter("datum.above").mark_line(strokeWidth=2, color=colour)
    return (low + high).properties(height=height)


def _on_the_plane(shape: Mapping[str, Any]) -> dict[str, Any]:
    """A shape in whole kilometres on the plane of `widgets.ground`; rings too small to have an area are left out."""
    polygons = []
    for polygon in shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]:
        rings = []
        for ring in polygon:
            flat = np.column_stack(plane(*np.asarray(ring, dtype=float)[:, :2].T)).round().astype(int)
            flat = flat[np.append(True, (flat[1:] != flat[:-1]).any(axis=1))]
            if len(flat) >= 4:
                rings.append(flat.tolist())
        if rings:
            polygons.append(rings)
    return {"type": "MultiPolygon", "coordinates": polygons}


def department_map(values: pd.Series, names: pd.Series, title: str, scale: alt.Scale, form: str = "+.1f", height: int = 420) -> alt.Chart:
    """A map of the départements in shades; those without a value stay grey.

    Parameters
    ----------
    values, names : Series, by code of the département
    title : str
        Of the legend.
    scale : altair.Scale
        Of the shades.
    form : str
        How values are written.
    height : int
        In pixels.

    Returns
    -------
    altair.Chart
    """
    features = []
    for feature in outlines("departments")["features"]:
        code = feature["id"]
        about = {"name": str(names.get(code, code))}
        if code in values.index:
            about["value"] = float(values[code])
        features.append({"type": "Feature", "properties": about, "geometry": _on_the_plane(feature["geometry"])})
    shades = alt.Color("properties.value:Q", scale=scale, title=title, legend=alt.Legend(format=form, gradientLength=180, titleLimit=400))
    return alt.Chart(alt.InlineData(values=features)).mark_geoshape(stroke=PAPER, strokeWidth=0.7).encode(
        color=alt.condition("isValid(datum.properties.value)", shades, alt.value(BORDER)),
        tooltip=[alt.Tooltip("properties.name:N", title="département"), alt.Tooltip("properties.value:Q", title=title, format=form)],
    ).project(type="identity", reflectY=True).properties(height=height)
