"""Are neighbours alike? The nearest places of each place, and Moran's I over them."""
from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from methods._words import plain
from methods.clusters import haversine

__all__ = ["nearest", "morans_i", "Moran"]


def nearest(places: pd.DataFrame, number: int) -> pd.DataFrame:
    """List for each place the so many places nearest to it, on the sphere.

    Parameters
    ----------
    places : DataFrame, one row per place, with a unique index
        Columns `lon` and `lat`, degrees, none missing.
    number : int
        Neighbours for each place, from 1 to the number of places less one.

    Returns
    -------
    DataFrame, `number` rows per place
        `a` (the place), `b` (its neighbour) and `km`, sorted by place and distance; of equally near places (to
        the millimetre) the first in sorted order is taken.

    Raises
    ------
    ValueError
        When an index label stands twice, a place has no coordinates, or there are too few places.

    Examples
    --------
    >>> places = pd.DataFrame({"lon": [0, 1, 3], "lat": [0, 0, 0]}, index=["A", "B", "C"])
    >>> nearest(places, 1)[["a", "b"]].to_numpy().tolist()
    [['A', 'B'], ['B', 'A'], ['C', 'B']]
    """
    if not places.index.is_unique:
        raise ValueError(f"{plain(places.index[places.index.duplicated()][0])} stands twice: each place needs its own name")
    known = places[["lon", "lat"]].astype(float).sort_index()
    lost = known.index[known.isna().any(axis=1)]
    if len(lost):
        raise ValueError(f"{plain(lost[0])} has no coordinates: leave it out")
    if not 1 <= number < len(known):
        raise ValueError(f"number is {number}: {len(known)} places have 1 to {len(known) - 1} neighbours")
    lon, lat = known["lon"].to_numpy(), known["lat"].to_numpy()
    km = haversine(lon[:, None], lat[:, None], lon, lat).round(6)
    np.fill_diagonal(km, np.inf)
    near = np.argsort(km, axis=1, kind="stable")[:, :number]
    a = np.repeat(np.arange(len(known)), number)
    return pd.DataFrame({"a": known.index[a], "b": known.index[near.ravel()], "km": km[a, near.ravel()].round(3)})


class Moran(NamedTuple):
    """Moran's I beside what values dealt at random give."""

    i: float
    expected: float
    standard_deviation: float       #: under random dealing, by formula
    p_value: float                  #: one-sided, from the draws
    places: int


def _spread(w: np.ndarray, z: np.ndarray) -> float:
    """Standard deviation of I when the values are dealt at random among the places (Cliff and Ord)."""
    n, s0 = len(z), w.sum()
    s1 = ((w + w.T) ** 2).sum() / 2
    s2 = ((w.sum(axis=0) + w.sum(axis=1)) ** 2).sum()
    kurtosis = (z**4).mean() / (z**2).mean() ** 2
    first = n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    second = kurtosis * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0**2)
    square = (first - second) / ((n - 1) * (n - 2) * (n - 3) * s0**2)
    return float(max(square - 1 / (n - 1) ** 2, 0.0) ** 0.5)


def morans_i(values: pd.Series, pairs: pd.DataFrame, draws: int = 999, seed: int = 0) -> Moran:
    """Do high values stand beside high ones, and low beside low?

    Parameters
    ----------
    values : Series, one per place, with a unique index
    pairs : DataFrame with the columns `a` and `b`
        Neighbours, as `nearest` gives them; each place's neighbours weigh 1 together.
    draws : int
        Number of random dealings of the values, 1 or more.
    seed : int
        Of the generator. Places are put in sorted order first, so the order of rows changes nothing.

    Returns
    -------
    Moran
        `i`: 0 or a little less when neighbours are unrelated, towards 1 when they are alike, under 0 when they
        are opposites; `expected` is −1 / (n − 1).

    Raises
    ------
    ValueError
        When there are fewer than four places, a place has no neighbour or no value, a pair names an unknown
        place, or all values are the same.

    References
    ----------
    Moran, P. A. P. (1950). Notes on continuous stochastic phenomena. Biometrika 37(1/2), 17–23. Cliff, A. D.
    and Ord, J. K. (1973). Spatial Autocorrelation. Pion.

    Examples
    --------
    Four places in a row; deviations −1, −1, 1, 1, each beside the mean of its neighbours −1, 0, 0, 1:

    >>> pairs = pd.DataFrame({"a": list("ABBCCD"), "b": list("BACBDC")})
    >>> morans_i(pd.Series([1, 1, 3, 3], list("ABCD")), pairs).i
    0.5
    """
    if draws < 1:
        raise ValueError(f"draws is {draws}: give at least 1, 999 is usual")
    values = values.sort_index().astype(float)
    n = len(values)
    if n < 4:
        raise ValueError(f"there are {n} places: Moran's I needs four")
    if values.isna().any():
        raise ValueError(f"{plain(values.index[values.isna()][0])} has no value: leave it out")
    w = _weights(values.index, pairs)
    z = (values - values.mean()).to_numpy()
    if not (np.abs(z) > 1e-12 * max(1.0, float(values.abs().max()))).any():
        raise ValueError(f"all values are {values.iloc[0]:g}: there is nothing to compare")
    scale = n / w.sum() / (z @ z)
    observed = float(scale * (z @ (w @ z)))
    generator = np.random.default_rng(seed)
    dealt = np.array([generator.permutation(z) for _ in range(draws)])
    drawn = scale * np.einsum("di,di->d", dealt, dealt @ w.T)
    p_value = (1 + int((drawn >= observed - 1e-12).sum())) / (1 + draws)
    return Moran(observed, -1 / (n - 1), _spread(w, z), p_value, n)


def _weights(index: pd.Index, pairs: pd.DataFrame) -> np.ndarray:
    """Weights (n, n), each row adding up to 1."""
    ends = [index.get_indexer(pairs[side]) for side in ("a", "b")]
    for side, at in zip("ab", ends, strict=True):
        if (at < 0).any():
            raise ValueError(f"a pair names {plain(pairs[side].iloc[int(np.argmax(at < 0))])}, which has no value: "
                             "give both for the same places")
    w = np.zeros((len(index), len(index)))
    w[ends[0], ends[1]] = 1.0
    alone = index[w.sum(axis=1) == 0]
    if len(alone):
        raise ValueError(f"{plain(alone[0])} has no neighbour: leave it out, or take the nearest places")
    return w / w.sum(axis=1, keepdims=True)
