"""Plots coded by a few criteria: how unlike two of them are, and the classes that follow."""
from __future__ import annotations

import numpy as np
import pandas as pd

from methods._words import plain
from methods.quality import partitions

__all__ = ["gower", "plot_classes"]


def _unlike(column: pd.Series) -> np.ndarray:
    """How unlike each two values are, from 0 to 1: over the range for numbers, same or not for words."""
    values = column.to_numpy()
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        gap, span = np.abs(values[:, None] - values).astype(float), float(np.ptp(values))
        return gap / span if span else gap
    return (values[:, None].astype(object) != values.astype(object)).astype(float)


def gower(plots: pd.DataFrame) -> pd.DataFrame:
    """Gower's distance between coded things: the mean, over criteria, of how unlike two codes are.

    Parameters
    ----------
    plots : DataFrame, one row per plot, one column per criterion
        A numeric criterion counts the gap between two values over its range; a criterion in words counts 0
        for the same word and 1 for another. None missing.

    Returns
    -------
    DataFrame (plots, plots)
        In [0, 1], 0 on the diagonal; plots in sorted order.

    Raises
    ------
    ValueError
        When a code is missing, a plot stands twice, or there is no criterion.

    References
    ----------
    Gower, J. C. (1971). A general coefficient of similarity and some of its properties. Biometrics 27(4),
    857–871.

    Examples
    --------
    Footprints 100 and 300 in a range of 400, another access: (0.5 + 1) / 2.

    >>> plots = pd.DataFrame({"footprint": [100, 300, 500], "access": ["street", "yard", "yard"]}, index=[1, 2, 3])
    >>> gower(plots).loc[1].tolist()
    [0.0, 0.75, 1.0]
    """
    if plots.isna().to_numpy().any() or plots.empty:
        raise ValueError("a code is missing, or there is none: give each plot a code for each criterion")
    if plots.index.has_duplicates:
        raise ValueError(f"the plot {plain(plots.index[plots.index.duplicated()][0])} stands twice: give each once")
    plots = plots.sort_index()
    mean = sum(_unlike(plots[name]) for name in sorted(plots.columns)) / plots.shape[1]
    return pd.DataFrame(mean, plots.index, plots.index)


def plot_classes(plots: pd.DataFrame, classes: int, method: str = "average") -> pd.Series:
    """Classes of plots from Gower's distance, the same for any order of the rows.

    Parameters
    ----------
    plots : DataFrame
        As for `gower`.
    classes : int
        How many, from 1 to the number of plots.
    method : {"average", "ward", "complete", "k-medoids"}
        As for `methods.quality.partitions`.

    Returns
    -------
    Series, by plot in sorted order
        Classes from 1, numbered by the first plot of each.

    Raises
    ------
    ValueError
        When `classes` is out of range, or as in `gower` and `partitions`.

    Examples
    --------
    >>> plots = pd.DataFrame({"footprint": [100, 120, 500], "access": ["street", "street", "yard"]}, index=["a", "b", "c"])
    >>> plot_classes(plots, 2).to_dict()
    {'a': 1, 'b': 1, 'c': 2}
    """
    if not 1 <= classes <= len(plots):
        raise ValueError(f"{classes} classes of {len(plots)} plots: give 1 to {len(plots)}")
    distances = gower(plots)
    labels = partitions(distances.to_numpy().round(12), None, [classes], method)[classes]
    return pd.Series(labels, distances.index, name="class")
