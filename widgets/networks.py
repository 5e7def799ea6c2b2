"""Networks as charts: who is tied to whom, or which stands above which; places come from the caller and stay put."""
from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from widgets.theme import INK, PAPER

__all__ = ["edges_between", "network"]

WIDTH, HEIGHT = 460, 320        # pixels; the places of nodes are given in them
GAP = 7.0                       # pixels between two ties of the same pair


def edges_between(nodes: pd.DataFrame, ties: pd.DataFrame, gap: float = GAP) -> pd.DataFrame:
    """Where each tie is drawn: side by side when a pair has several, with an arrow two thirds of the way.

    Parameters
    ----------
    nodes : DataFrame, one row per node
        `name`, and `x`, `y` in pixels, y upwards.
    ties : DataFrame, one row per tie
        `from`, `to`: names of nodes; other columns are kept.
    gap : float
        Pixels between two ties of one pair.

    Returns
    -------
    DataFrame, one row per tie, in the order given
        The columns of `ties`, then `x`, `y`, `x2`, `y2` (its two ends), `ax`, `ay` (its arrow).

    Raises
    ------
    KeyError
        When a tie names a node that is not there.

    Examples
    --------
    >>> nodes = pd.DataFrame({"name": ["mayor", "firm"], "x": [0, 30], "y": [0, 0]})
    >>> edges_between(nodes, pd.DataFrame({"from": ["mayor"], "to": ["firm"]}))[["x", "x2", "ax"]].values.tolist()
    [[0.0, 30.0, 20.0]]
    """
    at = nodes.set_index("name")[["x", "y"]].astype(float)
    strange = sorted(set(ties["from"]).union(ties["to"]) - set(at.index))
    if strange:
        raise KeyError(f"a tie names {strange[0]!r}, which is not among the nodes: add it, or mend the name")
    start, end = at.loc[ties["from"]].to_numpy(), at.loc[ties["to"]].to_numpy()
    forward = (ties["from"] <= ties["to"]).to_numpy()
    pair = pd.Series([tuple(sorted(two)) for two in zip(ties["from"], ties["to"], strict=True)], dtype=object)
    order, size = pair.groupby(pair).cumcount().to_numpy(), pair.groupby(pair).transform("size").to_numpy()
    along = end - start
    unit = along / np.maximum(np.hypot(*along.T), 1e-9)[:, None] * np.where(forward, 1, -1)[:, None]
    aside = np.column_stack([-unit[:, 1], unit[:, 0]]) * ((order - (size - 1) / 2) * gap)[:, None]
    start, end = start + aside, end + aside
    arrow = start + (end - start) * 2 / 3
    drawn = np.column_stack([start, end, arrow]).round(1)
    return ties.reset_index(drop=True).join(pd.DataFrame(drawn, columns=["x", "y", "x2", "y2", "ax", "ay"]))


def network(nodes: pd.DataFrame | str, edges: pd.DataFrame | str, node_colours: Mapping[str, str], edge_colours: Mapping[str, str],
            width: int = WIDTH, height: int = HEIGHT, shown: bool = False) -> alt.LayerChart:
    """Nodes with their names, joined by arrows in the colour of their kind; a tie of kind "unknown" is dashed.

    Parameters
    ----------
    nodes : DataFrame, or name of an explorer's table
        `name`, `x`, `y` (pixels), `group`; one row per node.
    edges : DataFrame, or name of an explorer's table
        As `edges_between` gives it, with `kind`.
    node_colours, edge_colours : mapping
        Groups and kinds to colours, in the order of the legend.
    width, height : int
        In pixels.
    shown : bool
        Whether both tables have a column `shown` (true or false): what is not shown is left pale.

    Returns
    -------
    altair.LayerChart
    """
    points, lines = (alt.NamedData(part) if isinstance(part, str) else part for part in (nodes, edges))
    x, y = (alt.Scale(domain=[0, side], nice=False, zero=False) for side in (width, height))

    def lit(yes: float) -> object:
        return alt.condition("datum.shown", alt.value(yes), alt.value(0.12)) if shown else alt.value(yes)

    def place(chart: alt.Chart, across: str, up: str) -> alt.Chart:
        return chart.encode(alt.X(f"{across}:Q", axis=None, scale=x), alt.Y(f"{up}:Q", axis=None, scale=y))
    kinds = alt.Color("kind:N", scale=alt.Scale(domain=list(edge_colours), range=list(edge_colours.values())),
                      legend=alt.Legend(symbolType="stroke", columns=3, orient="bottom") if edge_colours else None)
    groups = alt.Fill("group:N", scale=alt.Scale(domain=list(node_colours), range=list(node_colours.values())),
                      legend=alt.Legend(symbolType="circle", columns=3))
    base = alt.Chart(lines).encode(kinds, opacity=lit(0.9))
    rules = place(base.mark_rule(strokeWidth=2), "x", "y").encode(
        alt.X2("x2:Q"), alt.Y2("y2:Q"), strokeDash=alt.condition("datum.kind === 'unknown'", alt.value([5, 4]), alt.value([1, 0])))
    turn = f"atan2((datum.x2 - datum.x) * width / {width}, (datum.y2 - datum.y) * height / {height}) * 180 / PI"    # a page may stretch it
    arrows = place(base.transform_calculate(turn=turn).mark_point(shape="wedge", filled=True, size=420, opacity=1), "ax", "ay").encode(
        kinds.copy().legend(None), alt.Angle("turn:Q", scale=None))
    dots = place(alt.Chart(points).mark_circle(size=260, stroke=PAPER, strokeWidth=2, opacity=1), "x", "y").encode(
        groups, opacity=lit(1), tooltip=["name:N", "group:N"])
    names = place(alt.Chart(points).mark_text(dy=-17, fontSize=12, color=INK, stroke=PAPER, strokeWidth=3, strokeJoin="round",
                                              fontWeight=500), "x", "y").encode(alt.Text("name:N"), opacity=lit(1))
    words = names.mark_text(dy=-17, fontSize=12, color=INK, fontWeight=500)
    layers = rules + arrows + dots + names + words
    return layers.resolve_scale(color="independent").properties(width=width, height=height)
