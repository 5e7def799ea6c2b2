"""Accesses counted: shares of ties before and since a date with the unknown kept, what hangs on unsure rows, positions.

Tables as in `methods.chains`, with `year_from` and `year_to` (missing when unknown) and kinds such as `tie`, in which
"unknown" is a value that no measure drops or guesses.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import networkx as nx
import numpy as np
import pandas as pd

from methods._accesses import checked
from methods._words import plain
from methods.chains import access_graph

__all__ = ["UNKNOWN", "period_of", "tie_shares", "by_certainty", "drop_one", "positions"]

UNKNOWN = "unknown"
PERIODS = ["before", "since", "undated"]


def period_of(accesses: pd.DataFrame, date: float) -> pd.Series:
    """Whether each access falls before a date or not, or cannot be told.

    A span without a first year ("before 2018") ends before its last year; one without a last year ("after 2018") starts in
    its first year or later. A span that contains the date and began earlier cannot be told.

    Parameters
    ----------
    accesses : DataFrame, one row per access
        With `year_from` and `year_to`.
    date : float
        Year.

    Returns
    -------
    Series of {"before", "since", "undated"}, by the number of the access

    Examples
    --------
    >>> table = pd.DataFrame({"sequence": [1, 2, 3, 4], "from": list("abcd"), "to": list("eeee"),
    ...                       "year_from": [1987, None, 2018, None], "year_to": [1987, 2018, None, None]})
    >>> period_of(table, 2018).tolist()
    ['before', 'before', 'since', 'undated']
    """
    rows = checked(accesses, "year_from", "year_to")
    first, last = rows["year_from"].astype(float), rows["year_to"].astype(float)
    before = (last < date) | (first.isna() & (last <= date))
    period = np.select([before, first >= date], PERIODS[:2], PERIODS[2])
    return pd.Series(period, index=pd.Index(rows["sequence"], name="sequence"), name="period", dtype="str")


def tie_shares(accesses: pd.DataFrame, date: float, kind: str = "tie") -> pd.DataFrame:
    """Share of accesses by kind of tie, before and since a date, with the unknown kept.

    Parameters
    ----------
    accesses : DataFrame, one row per access
        With `year_from`, `year_to` and the column of kinds. "unknown" is a kind like the others.
    date : float
        Year.
    kind : str
        Column of the kinds.

    Returns
    -------
    DataFrame, rows (period, kind): periods that have accesses, kinds in the order of their categories, else sorted
        `accesses` counted; `share` of the period's accesses; `low` and `high`, the share if none or all of the unknown were of
        this kind. For the unknown itself `low` is 0: all of it might be known one day.

    Raises
    ------
    ValueError
        When a kind is missing: write "unknown".

    Examples
    --------
    Four accesses, one personal, one unknown: personal ties are between one and two in four.

    >>> table = pd.DataFrame({"sequence": [1, 2, 3, 4], "from": list("abcd"), "to": list("eeee"), "year_from": [2000] * 4,
    ...                       "year_to": [2000] * 4, "tie": ["personal", "unknown", "mediated", "mediated"]})
    >>> tie_shares(table, 2010).loc[("before", "personal"), ["low", "high"]].tolist()
    [0.25, 0.5]
    """
    rows = checked(accesses, kind)
    if rows[kind].isna().any():
        number = rows.loc[rows[kind].isna(), "sequence"].iloc[0]
        raise ValueError(f"access {plain(number)} has no {kind}: write {UNKNOWN!r} where it is not known")
    kinds = list(rows[kind].cat.categories) if isinstance(rows[kind].dtype, pd.CategoricalDtype) else sorted(set(rows[kind]))
    counts = pd.crosstab(period_of(rows, date).to_numpy(), rows[kind].astype(str).to_numpy())
    counts = counts.reindex(index=[p for p in PERIODS if p in counts.index], columns=kinds, fill_value=0)
    whole = counts.sum(axis=1)
    hidden = counts[UNKNOWN] if UNKNOWN in counts else 0 * whole
    high, low = counts.add(hidden, axis=0), counts.copy()
    if UNKNOWN in counts:
        high[UNKNOWN], low[UNKNOWN] = hidden, 0
    rows = pd.MultiIndex.from_product([counts.index, kinds], names=["period", kind])
    figures = {"accesses": counts, "share": counts.div(whole, axis=0), "low": low.div(whole, axis=0), "high": high.div(whole, axis=0)}
    return pd.DataFrame({name: table.to_numpy().ravel() for name, table in figures.items()}, rows)


Measure = Callable[[pd.DataFrame], Mapping[str, float]]


def by_certainty(accesses: pd.DataFrame, measure: Measure, levels: Sequence[str], column: str = "access_certainty") -> pd.DataFrame:
    """A measure on the surest accesses alone, then with less sure ones, down to all.

    Parameters
    ----------
    accesses : DataFrame, one row per access
    measure : callable
        Takes a coding table, gives figures by name.
    levels : sequence of str
        Levels of certainty, the surest first; every row must have one of them.
    column : str
        Where they stand.

    Returns
    -------
    DataFrame, one row per level
        `accesses` kept when that level is the least sure one kept, then the figures. A level that leaves no row is left out.

    Raises
    ------
    ValueError
        When a row has another level.

    Examples
    --------
    >>> table = pd.DataFrame({"sequence": [1, 2], "from": ["a", "b"], "to": ["c", "c"], "access_certainty": ["said", "read"]})
    >>> by_certainty(table, lambda rows: {"givers": rows["from"].nunique()}, ["said", "read"])["givers"].to_dict()
    {'said': 1, 'read': 2}
    """
    rows = checked(accesses, column)
    own = rows[column].astype(str)
    strange = sorted(set(own) - set(levels))
    if strange:
        raise ValueError(f"an access is {strange[0]!r}, which is none of the levels {list(levels)}: add it, at its place")
    found = {}
    for number, level in enumerate(levels, start=1):
        kept = rows[own.isin(levels[:number])]
        if len(kept):
            found[level] = {"accesses": len(kept), **measure(kept)}
    return pd.DataFrame.from_dict(found, orient="index").rename_axis(column)


def drop_one(accesses: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """A measure without each access in turn: how much hangs on a single row.

    Parameters
    ----------
    accesses : DataFrame, at least two rows, one per access
    measure : callable
        As in `by_certainty`.

    Returns
    -------
    DataFrame, by the number of the access left out

    Raises
    ------
    ValueError
        When there are fewer than two accesses.

    Examples
    --------
    >>> table = pd.DataFrame({"sequence": [1, 2, 3], "from": list("aab"), "to": list("ccc")})
    >>> drop_one(table, lambda rows: {"givers": rows["from"].nunique()})["givers"].tolist()
    [2, 2, 1]
    """
    rows = checked(accesses)
    if len(rows) < 2:
        raise ValueError(f"{len(rows)} access: at least two are needed to leave one out")
    found = {number: measure(rows[rows["sequence"] != number]) for number in rows["sequence"]}
    return pd.DataFrame.from_dict({k: dict(v) for k, v in found.items()}, orient="index").rename_axis("sequence")


def positions(accesses: pd.DataFrame) -> pd.DataFrame:
    """Who stands between whom: degree, betweenness and Burt's constraint, with arrows and repetitions forgotten.

    They ask for a network that is whole. On one read out of a few facts they measure what was told, not who mattered.

    Parameters
    ----------
    accesses : DataFrame, one row per access

    Returns
    -------
    DataFrame, one row per actor, in sorted order
        `degree` (number of other actors it is joined to), `betweenness` (pairs of others whose shortest way leads through it;
        shared when there are several ways), `constraint` (Burt's: low when its contacts do not know one another).

    Raises
    ------
    ValueError
        As in `access_graph`.

    References
    ----------
    Freeman, L. C. (1977). A set of measures of centrality based on betweenness. Sociometry 40(1), 35–41. Burt, R. S. (1992).
    Structural Holes. Harvard University Press.

    Examples
    --------
    A star: all three pairs of its ends pass through the centre, whose constraint is 3 · (1/3)².

    >>> star = pd.DataFrame({"sequence": [1, 2, 3], "from": ["a", "b", "c"], "to": ["m", "m", "m"]})
    >>> positions(star).loc["m"].round(4).tolist()
    [3.0, 3.0, 0.3333]
    """
    graph = nx.Graph(access_graph(accesses))
    between, constraint = nx.betweenness_centrality(graph, normalized=False), nx.constraint(graph)
    table = pd.DataFrame({"degree": dict(graph.degree), "betweenness": between, "constraint": constraint})
    return table.sort_index().rename_axis("actor")
