"""Where specialised towns stand: neighbours on the sphere, join count, isolated towns and clusters."""
from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
import scipy

from methods._words import plain

__all__ = ["haversine", "neighbours", "join_count", "JoinCount", "clusters"]

EARTH_KM = 6371.0088        # mean radius


def haversine(lon: np.ndarray, lat: np.ndarray, to_lon: np.ndarray, to_lat: np.ndarray) -> np.ndarray:
    """Great-circle distance on a sphere of mean radius 6,371.0088 km.

    Parameters
    ----------
    lon, lat, to_lon, to_lat : arrays of degrees that broadcast together

    Returns
    -------
    array of kilometres

    Examples
    --------
    A quarter of a meridian:

    >>> round(float(haversine(0, 0, 0, 90)), 3) == round(6371.0088 * np.pi / 2, 3)
    True
    """
    lon, lat, to_lon, to_lat = (np.radians(np.asarray(angle, float)) for angle in (lon, lat, to_lon, to_lat))
    h = np.sin((to_lat - lat) / 2) ** 2 + np.cos(lat) * np.cos(to_lat) * np.sin((to_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(h, 0, 1)))


def _need_own_names(index: pd.Index) -> None:
    if not index.is_unique:
        raise ValueError(f"{plain(index[index.duplicated()][0])} stands twice: each place needs its own name")


def _located(places: pd.DataFrame) -> pd.DataFrame:
    """Keep the places that have coordinates, in the order of their names, after checking both."""
    lost = [name for name in ("lon", "lat") if name not in places]
    if lost:
        raise ValueError(f"no column {plain(lost[0])} among {', '.join(map(str, places.columns))}")
    _need_own_names(places.index)
    known = places[["lon", "lat"]].dropna().astype(float).sort_index()
    off = known[(known.lon.abs() > 180) | (known.lat.abs() > 90)]
    if len(off):
        lon, lat = off.iloc[0]
        raise ValueError(f"{plain(off.index[0])} has lon {lon:g}, lat {lat:g}: give degrees, at most 180 "
                         "east or west and 90 north or south")
    return known


def neighbours(places: pd.DataFrame, within: float) -> pd.DataFrame:
    """List the pairs of places that are at most so many kilometres apart.

    Parameters
    ----------
    places : DataFrame, one row per place, with a unique index
        Columns `lon` and `lat`, degrees. A place without coordinates has no neighbours here, and is no part
        of any later count: `places.lon.isna()` says which.
    within : float
        Largest distance, km, above 0; compared to the millimetre, so that no processor decides.

    Returns
    -------
    DataFrame, one row per pair
        `a`, `b` (index labels, a before b in sorted order) and `km`, in sorted order.

    Raises
    ------
    ValueError
        When a column is missing, an index label stands twice, coordinates are no degrees or `within` is not
        above 0.

    Examples
    --------
    One degree of the equator is 111.195 km:

    >>> places = pd.DataFrame({"lon": [0, 1, 2, None], "lat": [0, 0, 0, None]}, index=["A", "B", "C", "D"])
    >>> neighbours(places, within=112).to_dict("records")
    [{'a': 'A', 'b': 'B', 'km': 111.195}, {'a': 'B', 'b': 'C', 'km': 111.195}]
    """
    if not within > 0:
        raise ValueError(f"within is {within}: give a distance above 0 km")
    known = _located(places)
    lon, lat = np.radians(known.lon.to_numpy()), np.radians(known.lat.to_numpy())
    globe = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    chord = 2 * np.sin(min(within / EARTH_KM, np.pi) / 2) + 1e-9    # a little more: haversine decides
    pairs = scipy.spatial.cKDTree(globe).query_pairs(chord, output_type="ndarray") if len(known) else np.empty((0, 2), int)
    a, b = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))].T
    ends = known.iloc[a], known.iloc[b]
    km = haversine(ends[0].lon, ends[0].lat, ends[1].lon, ends[1].lat).round(6)
    table = pd.DataFrame({"a": known.index[a], "b": known.index[b], "km": km.round(3)})
    return table[km <= within].reset_index(drop=True)


class JoinCount(NamedTuple):
    """Pairs of neighbours that are both marked, beside what random marks give."""

    observed: int
    expected: float
    standard_deviation: float
    largest: int
    p_value: float
    pairs: int
    places: int
    marked: int


def _join_moments(pairs: np.ndarray, n: int, k: int) -> tuple[float, float]:
    """Mean and standard deviation of the join count when k of n places are marked at random."""
    joins = len(pairs)
    degree = np.bincount(pairs.ravel(), minlength=n).astype(float)
    touching = float((degree * (degree - 1)).sum() / 2)         # pairs of joins that share a place
    apart = joins * (joins - 1) / 2 - touching                  # pairs of joins that don't

    def together(r: int) -> float:                              # chance that r given places are all marked
        return float(np.prod([(k - i) / (n - i) if n > i else 0.0 for i in range(r)]))

    mean = joins * together(2)
    variance = mean + 2 * (touching * together(3) + apart * together(4)) - mean**2
    return mean, max(variance, 0.0) ** 0.5


def join_count(marked: pd.Series, pairs: pd.DataFrame, draws: int = 999, seed: int = 0) -> JoinCount:
    """Do marked places stand beside one another more often than chance would have it?

    Parameters
    ----------
    marked : Series of true and false, one value per *located* place, with a unique index
        Which places are marked (specialised). Leave out places without coordinates: nobody knows their
        neighbours.
    pairs : DataFrame with the columns `a` and `b`
        Neighbours, as `neighbours` gives them; both must be labels of `marked`.
    draws : int
        Number of random relabellings (the same number of marks dealt again among the places).
    seed : int
        Of the generator. Places are put in sorted order first, so the order of rows changes nothing.

    Returns
    -------
    JoinCount
        `observed` pairs with both ends marked; `expected` and `standard_deviation` under random marks, by
        formula; `largest` count among the draws; `p_value`, one-sided: (1 + draws at least as large) / (1 +
        draws); `pairs`, `places`, `marked` counted.

    Raises
    ------
    ValueError
        When a pair names an unknown place, a place stands twice, or `draws` is not above 0.

    References
    ----------
    Cliff, A. D. and Ord, J. K. (1973). Spatial Autocorrelation. Pion. Besag, J. and Diggle, P. J. (1977).
    Simple Monte Carlo tests for spatial pattern. Journal of the Royal Statistical Society C 26(3), 327–333.

    Examples
    --------
    Four places in a row, the first two marked: 1 of 3 pairs, and 3 · (2 · 1) / (4 · 3) = 0.5 expected.

    >>> pairs = pd.DataFrame({"a": ["A", "B", "C"], "b": ["B", "C", "D"]})
    >>> result = join_count(pd.Series([True, True, False, False], index=list("ABCD")), pairs)
    >>> result.observed, result.expected
    (1, 0.5)
    """
    if draws < 1:
        raise ValueError(f"draws is {draws}: give at least 1, 999 is usual")
    _need_own_names(marked.index)
    marked = marked.sort_index()
    ends = _positions(marked.index, pairs)
    flags = marked.to_numpy(bool)
    n, k = len(flags), int(flags.sum())
    observed = int((flags[ends[:, 0]] & flags[ends[:, 1]]).sum())
    mean, deviation = _join_moments(ends, n, k)
    generator = np.random.default_rng(seed)
    dealt = (generator.permutation(flags) for _ in range(draws))
    counts = np.array([np.count_nonzero(deal[ends[:, 0]] & deal[ends[:, 1]]) for deal in dealt])
    p_value = (1 + int((counts >= observed).sum())) / (1 + draws)
    return JoinCount(observed, mean, deviation, int(counts.max()), p_value, len(ends), n, k)


def _positions(index: pd.Index, pairs: pd.DataFrame) -> np.ndarray:
    """Positions in `index` of both ends of each pair."""
    ends = np.column_stack([index.get_indexer(pairs["a"]), index.get_indexer(pairs["b"])])
    if (ends < 0).any():
        row, side = np.argwhere(ends < 0)[0]
        name = pairs.iloc[row][["a", "b"][side]]
        raise ValueError(f"pair {row} names {plain(name)}, which has no mark: give both for the same places")
    return ends


def clusters(marked: pd.Series, pairs: pd.DataFrame) -> pd.DataFrame:
    """Put marked places that are neighbours, or neighbours of neighbours, into one cluster.

    Parameters
    ----------
    marked : Series of true and false, one value per place, with a unique index
        Places without coordinates may stand in it: without pairs they come out as isolated, so leave them out
        when "no known neighbour" is not to be read as "no neighbour".
    pairs : DataFrame with the columns `a` and `b`
        Neighbours, as `neighbours` gives them.

    Returns
    -------
    DataFrame, one row per marked place, in sorted order
        `cluster` (1 is the one with the most places, then 2, ...; equal sizes by their first place), `size`
        (places in it) and `isolated` (true when it is alone).

    Raises
    ------
    ValueError
        As in `join_count`.

    Examples
    --------
    >>> pairs = pd.DataFrame({"a": ["A", "B", "C"], "b": ["B", "C", "D"]})
    >>> clusters(pd.Series([True, True, False, True], index=list("ABCD")), pairs).to_dict("list")
    {'cluster': [1, 1, 2], 'size': [2, 2, 1], 'isolated': [False, False, True]}
    """
    _need_own_names(marked.index)
    marked = marked.sort_index().astype(bool)
    ends, flags = _positions(marked.index, pairs), marked.to_numpy()
    ends = ends[flags[ends[:, 0]] & flags[ends[:, 1]]]
    graph = scipy.sparse.coo_array((np.ones(len(ends), bool), (ends[:, 0], ends[:, 1])), shape=(len(flags), len(flags)))
    component = scipy.sparse.csgraph.connected_components(graph, directed=False)[1][flags]
    code, _ = pd.factorize(component)                           # numbered by their first place
    size = np.bincount(code)
    number = np.empty(len(size), int)
    number[np.lexsort((np.arange(len(size)), -size))] = np.arange(1, len(size) + 1)
    return pd.DataFrame({"cluster": number[code], "size": size[code], "isolated": size[code] == 1},
                        index=marked.index[flags])
