"""The search for a place: contiguous land, criteria that thin candidates out, people around a place."""
from __future__ import annotations

from collections.abc import Mapping

import networkx as nx
import numpy as np
import pandas as pd
import scipy

from methods._words import plain
from methods.clusters import haversine, neighbours

__all__ = ["contiguous", "sieve", "people_around", "nearest_km"]


def _grid(plots: pd.DataFrame) -> pd.DataFrame:
    """The plots in the order of their names, after checking their places and areas."""
    lost = [name for name in ("row", "column", "hectares") if name not in plots]
    if lost:
        raise ValueError(f"no column {lost[0]!r} among {', '.join(map(str, plots.columns))}: each plot needs its place and its area")
    if not plots.index.is_unique:
        raise ValueError(f"{plain(plots.index[plots.index.duplicated()][0])} stands twice: each plot needs its own name")
    shared = plots.duplicated(["row", "column"])
    if shared.any():
        row, column = plots.loc[shared, ["row", "column"]].iloc[0]
        raise ValueError(f"two plots stand in row {row:g}, column {column:g}: a square of the grid holds one")
    bare = ~(plots["hectares"] > 0)
    if bare.any():
        raise ValueError(f"plot {plain(plots.index[bare][0])} has {plots['hectares'][bare].iloc[0]:g} hectares: give an area above 0")
    return plots.sort_index()


def contiguous(plots: pd.DataFrame, keep: pd.Series, least: float = 0.0) -> pd.DataFrame:
    """Join the plots that are kept and share a side into blocks: connected components of a grid.

    Parameters
    ----------
    plots : DataFrame, one row per plot, with a unique index
        `row` and `column` (whole numbers: its square of the grid) and `hectares`, above 0.
    keep : Series of true and false, by plot
        Which plots may be taken: those that meet the criteria.
    least : float
        Hectares that are wanted in one piece.

    Returns
    -------
    DataFrame, one row per block, the largest first
        `plots` (names, joined by spaces), `number`, `hectares`, `enough` (whether it has at least `least`). Blocks of one size
        stand in the order of their first plot. Plots that touch at a corner only are not joined. Empty when nothing is kept.

    Raises
    ------
    ValueError
        When a column is missing, a plot or its square stands twice, an area is not above 0, or a plot is not in `keep`.

    Examples
    --------
    Two plots side by side, one touching at a corner:

    >>> plots = pd.DataFrame({"row": [1, 1, 2], "column": [1, 2, 3], "hectares": [30, 40, 50]}, index=["A", "B", "C"])
    >>> contiguous(plots, pd.Series(True, plots.index), least=60).to_dict("list")
    {'plots': ['A B', 'C'], 'number': [2, 1], 'hectares': [70, 50], 'enough': [True, False]}
    """
    plots = _grid(plots)
    lost = plots.index.difference(keep.index)
    if len(lost):
        raise ValueError(f"keep says nothing of plot {plain(lost[0])}: give true or false for each")
    kept = plots[keep.reindex(plots.index).astype(bool)]
    at = {(row, column): name for name, row, column in zip(kept.index, kept["row"], kept["column"], strict=True)}
    graph = nx.Graph()
    graph.add_nodes_from(kept.index)
    for (row, column), name in at.items():
        graph.add_edges_from((name, at[beside]) for beside in ((row + 1, column), (row, column + 1)) if beside in at)
    blocks = [sorted(block) for block in nx.connected_components(graph)]
    found = [(" ".join(map(str, block)), len(block), kept.loc[block, "hectares"].sum()) for block in blocks]
    table = pd.DataFrame(found, columns=["plots", "number", "hectares"]).assign(first=[block[0] for block in blocks])
    table = table.sort_values(["hectares", "first"], ascending=[False, True]).drop(columns="first").reset_index(drop=True)
    return table.assign(enough=table["hectares"] >= least)


def sieve(criteria: Mapping[str, pd.Series]) -> pd.DataFrame:
    """How candidates fall with each criterion, asked in order, and what each would take if asked first or last.

    The candidates that are left in the end do not depend on the order; how many each criterion takes does. It takes most when
    asked first and fewest when asked last.

    Parameters
    ----------
    criteria : mapping of name to Series of true and false
        All on the same candidates, in any order of rows.

    Returns
    -------
    DataFrame, one row per criterion, in the order given
        `meet` (candidates that meet this one), `left` (that meet it and all before), `taken` (that it takes in this order),
        `if_first`, `if_last` (that it takes when asked before or after all others).

    Raises
    ------
    ValueError
        When there is no criterion, two speak of different candidates, or an answer is missing.

    Examples
    --------
    >>> flat, near = pd.Series([True, True, False, False]), pd.Series([True, False, True, False])
    >>> sieve({"flat": flat, "near": near})[["left", "if_first", "if_last"]].values.tolist()
    [[2, 2, 1], [1, 2, 1]]
    """
    if not criteria:
        raise ValueError("no criterion: give at least one")
    frame = pd.DataFrame({name: answers.astype("object") for name, answers in criteria.items()})
    if frame.isna().to_numpy().any():
        row, column = np.argwhere(frame.isna().to_numpy())[0]
        raise ValueError(f"{plain(frame.columns[column])} has no answer for {plain(frame.index[row])}: every criterion says true or false of each")
    frame = frame.astype(bool)
    left = frame.cumprod(axis=1).astype(int).sum().astype(int)
    others = {name: int(frame.drop(columns=name).all(axis=1).sum()) for name in frame}
    meet, everybody = frame.sum().astype(int), int(frame.all(axis=1).sum())
    return pd.DataFrame({"meet": meet, "left": left, "taken": -left.diff().fillna(left.iloc[0] - len(frame)).astype(int),
                         "if_first": len(frame) - meet, "if_last": pd.Series(others) - everybody})


def people_around(places: pd.DataFrame, people: pd.Series, within: float) -> pd.Series:
    """People in places at most so many kilometres away, its own included: a density where areas are not known.

    Everybody is counted at the one point of their place. Divide by π · within² for people per km²; on a coast or a border part
    of the circle is empty because nothing of it is in the table.

    Parameters
    ----------
    places : DataFrame, one row per place, with a unique index
        `lon` and `lat`, degrees.
    people : Series, by place
        Number of people.
    within : float
        Kilometres, above 0.

    Returns
    -------
    Series, by place, in sorted order
        Missing for a place without coordinates.

    Raises
    ------
    ValueError
        As in `methods.clusters.neighbours`, and when a place has no number of people.

    Examples
    --------
    One degree of the equator is 111.195 km:

    >>> places = pd.DataFrame({"lon": [0, 1, 2], "lat": [0, 0, 0]}, index=["A", "B", "C"])
    >>> people_around(places, pd.Series([10, 20, 40], places.index), within=112).tolist()
    [30, 70, 60]
    """
    own = people.reindex(places.index).sort_index()
    if own.isna().any():
        raise ValueError(f"no number of people for {plain(own.index[own.isna()][0])}: give one for each place")
    pairs = neighbours(places, within)
    both = pd.concat([pairs.set_index("a")["b"], pairs.set_index("b")["a"]])
    around = own.loc[both].groupby(both.index.to_numpy()).sum()
    return (own + around.reindex(own.index, fill_value=0)).where(places["lon"].notna() & places["lat"].notna()).rename("people_around")


def _globe(places: pd.DataFrame) -> np.ndarray:
    """Points of degrees as points on a sphere of radius 1."""
    lon, lat = np.radians(places["lon"].to_numpy(float)), np.radians(places["lat"].to_numpy(float))
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def nearest_km(places: pd.DataFrame, targets: pd.DataFrame) -> pd.Series:
    """Distance from each place to the nearest of some targets, along the great circle.

    Parameters
    ----------
    places : DataFrame, one row per place, with a unique index
        `lon` and `lat`, degrees.
    targets : DataFrame, at least one row
        `lon` and `lat`, degrees; rows without them are left out.

    Returns
    -------
    Series of km, by place, in sorted order, to the metre
        Missing for a place without coordinates.

    Raises
    ------
    ValueError
        When no target has coordinates.

    Examples
    --------
    One degree of the equator is 111.195 km:

    >>> places = pd.DataFrame({"lon": [0, 5], "lat": [0, 0]}, index=["A", "B"])
    >>> nearest_km(places, pd.DataFrame({"lon": [1, 7], "lat": [0, 0]})).tolist()
    [111.195, 222.39]
    """
    known, ends = places[["lon", "lat"]].dropna().sort_index(), targets[["lon", "lat"]].dropna()
    if ends.empty:
        raise ValueError("no target has a longitude and a latitude: give at least one")
    _, at = scipy.spatial.cKDTree(_globe(ends)).query(_globe(known)) if len(known) else (None, np.empty(0, int))
    near = ends.iloc[at]
    km = haversine(known["lon"], known["lat"], near["lon"], near["lat"]).round(3)
    return pd.Series(km, known.index, name="km").reindex(places.index.sort_values())
