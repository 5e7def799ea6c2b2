"""Access to resources as dated, typed ties: the network, chains in time, routes through actors, what a removal cuts off.

A coding table has one row per access: `sequence` (its number, a name), `from` (who gives or opens), `to` (who receives),
`resource`, and where a measure asks for it `opened_by` (number of the access that opened it, missing when unknown).
"""
from __future__ import annotations

import networkx as nx
import pandas as pd

from methods._accesses import checked
from methods._words import plain

__all__ = ["access_graph", "chain_to", "opens", "route", "reach", "removal"]


def access_graph(accesses: pd.DataFrame) -> nx.MultiDiGraph:
    """The coding table as a network: actors are nodes, each access is an arrow with its date, tie and resource.

    Parameters
    ----------
    accesses : DataFrame, one row per access
        See the head of this module.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes in sorted order. Several accesses may join one pair: each is an edge whose key is its number, whose attributes
        are the other columns.

    Raises
    ------
    ValueError
        When a column is missing, a number stands twice, or an access leads from an actor to itself.

    Examples
    --------
    >>> table = pd.DataFrame({"sequence": [1, 2], "from": ["aunt", "aunt"], "to": ["ann", "ann"], "resource": ["loan", "advice"]})
    >>> sorted(access_graph(table).edges(data="resource"))
    [('aunt', 'ann', 'advice'), ('aunt', 'ann', 'loan')]
    """
    rows = checked(accesses)
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(sorted({*rows["from"], *rows["to"]}))
    for row in rows.to_dict("records"):
        graph.add_edge(row["from"], row["to"], key=row["sequence"], **{k: v for k, v in row.items() if k not in ("from", "to", "sequence")})
    return graph


def _openings(rows: pd.DataFrame) -> nx.DiGraph:
    """Which access opened which, checked: known numbers, no circle, no opening by what began later."""
    known, graph = set(rows["sequence"]), nx.DiGraph()
    graph.add_nodes_from(rows["sequence"])
    linked = rows.dropna(subset=["opened_by"])
    for number, opener in zip(linked["sequence"], linked["opened_by"], strict=True):
        if opener not in known:
            raise ValueError(f"access {plain(number)} is opened by {opener:g}, which is not in the table: add that row, or leave it missing")
        graph.add_edge(opener, number)
    if not nx.is_directed_acyclic_graph(graph):
        circle = sorted(one for one, _ in nx.find_cycle(graph))
        raise ValueError(f"accesses {plain(circle)} open one another in a circle: what opens must come first")
    if {"year_from", "year_to"} <= set(rows):
        at = rows.set_index("sequence")[["year_from", "year_to"]]
        for opener, number in graph.edges:
            if at.loc[opener, "year_from"] > at.loc[number, "year_to"]:
                raise ValueError(f"access {plain(number)} ends before access {plain(opener)}, which opened it, begins: check their years")
    return graph


def chain_to(accesses: pd.DataFrame, resource: str | int) -> pd.DataFrame:
    """The chain in time: from the access that nobody is known to have opened to the one that gives a resource.

    Parameters
    ----------
    accesses : DataFrame, one row per access
        With `opened_by`.
    resource : str or int
        The resource, or the number of the access.

    Returns
    -------
    DataFrame
        The rows of the chain, in the order in which one opened the next. The chain ends where knowledge ends: its first row
        may have been opened by something that nobody told.

    Raises
    ------
    ValueError
        When no access gives the resource, or several do; when accesses open one another in a circle, or a later one opens an
        earlier one.

    Examples
    --------
    >>> table = pd.DataFrame({"sequence": [1, 2, 3], "from": ["friend", "owner", "bank"], "to": ["ann"] * 3,
    ...                       "resource": ["hint", "workshop", "loan"], "opened_by": [None, 1, None]})
    >>> chain_to(table, "workshop")["resource"].tolist()
    ['hint', 'workshop']
    """
    rows = checked(accesses, "resource", "opened_by")
    graph = _openings(rows)
    by_number = not isinstance(resource, str)
    found = rows.loc[rows["sequence" if by_number else "resource"] == resource, "sequence"].tolist()
    if len(found) != 1:
        given = ", ".join(dict.fromkeys(rows["resource"]))
        raise ValueError(f"{len(found)} accesses give {plain(resource)}: name one of {given}, or an access by its number")
    chain = [found[0]]
    while (before := list(graph.predecessors(chain[0]))):
        chain.insert(0, before[0])
    return rows.set_index("sequence").loc[chain].reset_index()


def opens(accesses: pd.DataFrame) -> pd.Series:
    """How many later accesses each one opened, directly or through others, as far as is known.

    Parameters
    ----------
    accesses : DataFrame, one row per access
        With `opened_by`.

    Returns
    -------
    Series of int, by the number of the access

    Raises
    ------
    ValueError
        As in `chain_to`.

    Examples
    --------
    >>> table = pd.DataFrame({"sequence": [1, 2, 3], "from": list("abc"), "to": list("ddd"), "opened_by": [None, 1, 2]})
    >>> opens(table).tolist()
    [2, 1, 0]
    """
    rows = checked(accesses, "opened_by")
    graph = _openings(rows)
    counts = [len(nx.descendants(graph, number)) for number in rows["sequence"]]
    return pd.Series(counts, index=pd.Index(rows["sequence"], name="sequence"), name="opens", dtype=int)


def _shortest(graph: nx.MultiDiGraph, start: str, end: str) -> list[str]:
    """The shortest way through actors, the first in the alphabet when there are several; empty when there is none."""
    if start not in graph or end not in graph or not nx.has_path(graph, start, end):
        return []
    return min(nx.all_shortest_paths(graph, start, end))


def route(accesses: pd.DataFrame, start: str, end: str) -> list[str]:
    """The way through actors: the fewest hands by which what one actor gives can come to another.

    Parameters
    ----------
    accesses : DataFrame, one row per access
    start, end : str
        Actors.

    Returns
    -------
    list of str
        The actors from `start` to `end`; empty when no way joins them. Of several shortest ways the first in the alphabet.

    Raises
    ------
    ValueError
        When an actor is not in the table.

    Examples
    --------
    >>> table = pd.DataFrame({"sequence": [1, 2], "from": ["state", "mayor"], "to": ["mayor", "firm"]})
    >>> route(table, "state", "firm")
    ['state', 'mayor', 'firm']
    """
    graph = access_graph(accesses)
    for actor in (start, end):
        if actor not in graph:
            raise ValueError(f"no access names {actor!r}: the actors are {', '.join(graph)}")
    return _shortest(graph, start, end)


def reach(accesses: pd.DataFrame, target: str) -> pd.DataFrame:
    """Which accesses lead on to an actor, and through whom.

    Dates and kinds are not looked at: choose the rows before.

    Parameters
    ----------
    accesses : DataFrame, one row per access
        With `resource`. It may be empty.
    target : str
        The actor for whom the resources are wanted. Without any access to it, nothing reaches it.

    Returns
    -------
    DataFrame, one row per access, by number
        `resource`, `from`, `hands` (number of accesses from the giver to the target; 0 when cut off), `route` (the actors,
        joined by arrows; empty when cut off).

    Examples
    --------
    >>> table = pd.DataFrame({"sequence": [1, 2, 3], "from": ["state", "mayor", "firm"], "to": ["mayor", "firm", "town"],
    ...                       "resource": ["grant", "land", "jobs"]})
    >>> reach(table, "firm")["hands"].tolist()
    [2, 1, 0]
    """
    rows, graph = checked(accesses, "resource"), access_graph(accesses)
    ways = [[giver, *way] if (way := _shortest(graph, to, target)) else [] for giver, to in zip(rows["from"], rows["to"], strict=True)]
    found = pd.DataFrame({"resource": rows["resource"], "from": rows["from"], "hands": [max(len(way) - 1, 0) for way in ways],
                          "route": [" → ".join(way) for way in ways]})
    return found.set_index(pd.Index(rows["sequence"], name="sequence")).astype({"hands": int})


def removal(accesses: pd.DataFrame, target: str) -> pd.DataFrame:
    """What the target loses when one actor is taken out of the network.

    Parameters
    ----------
    accesses : DataFrame, one row per access
        With `resource`.
    target : str
        The actor for whom the resources are wanted.

    Returns
    -------
    DataFrame, one row per other actor, in sorted order
        `own` (accesses that it gives: they go with it), `cut_off` (what others give, to it or to one another, that reached the
        target and no longer does), `resources` (those resources, by number of the access, joined by commas).

    Raises
    ------
    ValueError
        When no access names the target.

    Examples
    --------
    >>> table = pd.DataFrame({"sequence": [1, 2], "from": ["state", "mayor"], "to": ["mayor", "firm"], "resource": ["grant", "land"]})
    >>> removal(table, "firm").to_dict("list")
    {'own': [1, 1], 'cut_off': [1, 0], 'resources': ['grant', '']}
    """
    rows = checked(accesses, "resource")
    actors = sorted({*rows["from"], *rows["to"]})
    if target not in actors:
        raise ValueError(f"no access names {target!r}: the actors are {', '.join(actors)}")
    reached, found = rows[(reach(rows, target)["hands"] > 0).to_numpy()], []
    for actor in (a for a in actors if a != target):
        own, rest = rows["from"] == actor, rows[(rows["from"] != actor) & (rows["to"] != actor)]
        still = reach(rest, target).query("hands > 0").index
        lost = reached[(reached["from"] != actor) & ~reached["sequence"].isin(still)]
        found.append((actor, int(own.sum()), len(lost), ", ".join(lost["resource"])))
    return pd.DataFrame(found, columns=["actor", "own", "cut_off", "resources"]).set_index("actor")
