"""Breakpoints: a series of years cut into runs, each near its own level or line."""
from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from methods._words import plain
from methods.landuse import by_year

__all__ = ["Breaks", "breakpoints", "runs"]


class Breaks(NamedTuple):
    """A series cut into runs of years."""

    years: list                 #: first year of each run but the first
    fitted: pd.Series           #: level or line of each run, by year
    error: float                #: sum of squared errors
    table: pd.DataFrame         #: by number of breaks: `error`, `bic`, and the `years`


def _costs(values: np.ndarray, years: np.ndarray, least: int, shape: str) -> tuple[np.ndarray, np.ndarray]:
    """Squared error and fitted values of every run of at least `least` years: cost[i, j] is of i up to j − 1."""
    n = len(values)
    cost, fits = np.full((n + 1, n + 1), np.inf), np.empty((n + 1, n + 1), object)
    for i in range(n):
        for j in range(i + least, n + 1):
            x = np.ones((j - i, 1)) if shape == "level" else np.column_stack([np.ones(j - i), years[i:j] - years[i]])
            fit = x @ np.linalg.lstsq(x, values[i:j], rcond=None)[0]
            cost[i, j], fits[i, j] = ((values[i:j] - fit) ** 2).sum(), fit
    return cost, fits


def _best(cost: np.ndarray, most: int) -> list[tuple[float, list[int]]]:
    """Smallest error with 0, 1, … breaks and the positions of the breaks (Bellman's recursion)."""
    n = len(cost) - 1
    error, back = [cost[0].copy()], [np.zeros(n + 1, int)]
    for _ in range(most):
        total = error[-1][:, None] + cost                       # last run from i up to j
        back.append(total.argmin(axis=0))
        error.append(total.min(axis=0))
    found = []
    for breaks in range(most + 1):
        if np.isfinite(error[breaks][n]):
            at, end = [], n
            for step in range(breaks, 0, -1):
                end = int(back[step][end])
                at.append(end)
            found.append((float(error[breaks][n]), at[::-1]))
    return found


def breakpoints(areas: pd.Series, most: int = 4, least: int = 3, shape: str = "level", number: int | None = None) -> Breaks:
    """Cut a series into runs of years so that each is as near as can be to its own level, or line.

    All cuts are compared, not only those that improve an earlier one. The number of breaks is the one with the
    lowest BIC, n · log(error / n) + parameters · log n, where each break costs a date and a level (or line).
    Years next to each other are alike, which BIC does not know: it finds breaks too easily.

    Parameters
    ----------
    areas : Series, by year
        Years may be missing.
    most : int
        Largest number of breaks.
    least : int
        Fewest years in a run, 2 or more.
    shape : {"level", "line"}
        What a run is fitted by.
    number : int, optional
        Take this number of breaks whatever BIC says.

    Returns
    -------
    Breaks

    Raises
    ------
    ValueError
        When the shape is unknown, `most`, `least` or `number` is out of range, or as in `steps`.

    References
    ----------
    Bai, J. and Perron, P. (2003). Computation and analysis of multiple structural change models. Journal of
    Applied Econometrics 18(1), 1–22.

    Examples
    --------
    >>> found = breakpoints(pd.Series([5.0, 5, 6, 9, 9, 10], index=range(2000, 2006)), most=1)
    >>> found.years, round(found.error, 3)
    ([2003], 1.333)
    """
    if shape not in ("level", "line"):
        raise ValueError(f"shape is {shape!r}: give 'level' or 'line'")
    areas = by_year(areas)
    if least < 2 or most < 0 or len(areas) < least:
        raise ValueError(f"least is {least} and most {most} for {len(areas)} years: a run has 2 years or more, and one must fit")
    years, values = areas.index.to_numpy(), areas.to_numpy()
    cost, fits = _costs(values, years, least, shape)
    found = _best(cost, most)
    n, own = len(values), 2 if shape == "line" else 1
    rows = [{"breaks": k, "error": e, "bic": n * np.log(max(e, 1e-9) / n) + (k + (k + 1) * own) * np.log(n),
             "years": [years[i].item() for i in at]} for k, (e, at) in enumerate(found)]
    table = pd.DataFrame(rows).set_index("breaks")
    if number is not None and number not in table.index:
        raise ValueError(f"{number} breaks do not fit: choose from {plain(table.index)}")
    chosen = int(table["bic"].idxmin()) if number is None else number
    ends = [0, *found[chosen][1], n]
    fitted = np.concatenate([fits[i, j] for i, j in pairwise(ends)])
    return Breaks(table.loc[chosen, "years"], pd.Series(fitted, areas.index), found[chosen][0], table)


def runs(found: Breaks) -> pd.DataFrame:
    """The runs between breaks, and how steep each is.

    Parameters
    ----------
    found : Breaks

    Returns
    -------
    DataFrame, one row per run
        `from` and `to` year, `start` and `end` fitted value, and `a year`, the slope between them (0 for levels).

    Examples
    --------
    >>> series = pd.Series([1.0, 2, 3, 9, 8, 7], index=range(2000, 2006))
    >>> runs(breakpoints(series, most=1, shape="line")).round(6).to_dict("list")
    {'from': [2000, 2003], 'to': [2002, 2005], 'start': [1.0, 9.0], 'end': [3.0, 7.0], 'a year': [1.0, -1.0]}
    """
    fitted = found.fitted
    number = np.searchsorted(found.years, fitted.index, side="right")
    ends = pd.DataFrame({"year": fitted.index, "fit": fitted.to_numpy()}).groupby(number).agg(["first", "last"])
    table = ends.set_axis(["from", "to", "start", "end"], axis=1).reset_index(drop=True)
    return table.assign(**{"a year": (table["end"] - table["start"]) / (table["to"] - table["from"])})
