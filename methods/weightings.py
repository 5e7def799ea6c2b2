"""Random weightings of an evidence grid: which decisions hold whatever the weights, and whatever the unknown cells.

The bounds of the cells come from `methods.grids.bounds`.
"""
from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from methods.grids import SAME, _need_pair, _normed

__all__ = ["random_weights", "pair_shares", "first_shares", "ranking_kept"]


def random_weights(dimensions: Sequence[str], draws: int = 1000, concentration: float = 1.0, seed: int = 0) -> pd.DataFrame:
    """Weightings at random: each is as likely as any other (Dirichlet).

    Parameters
    ----------
    dimensions : sequence of str
        Names; their order does not matter.
    draws : int
    concentration : float
        1: every weighting equally likely; larger: nearer to equal weights; smaller: one dimension rules.
    seed : int

    Returns
    -------
    DataFrame (draws, dimensions), columns sorted
        Each row adds up to 1.

    Raises
    ------
    ValueError
        When there is no dimension, one stands twice, or a number is not above 0.

    Examples
    --------
    >>> drawn = random_weights(["service", "links"], draws=4)
    >>> list(drawn), drawn.sum(axis=1).round(9).tolist()
    (['links', 'service'], [1.0, 1.0, 1.0, 1.0])
    """
    names = sorted(dimensions)
    if not names or len(set(names)) < len(names):
        raise ValueError(f"random weights need dimensions with a name each; got {list(dimensions)}")
    if draws < 1 or not concentration > 0:
        raise ValueError(f"draws is {draws} and concentration {concentration}: both must be above 0")
    drawn = np.random.default_rng(seed).dirichlet([concentration] * len(names), size=draws)
    return pd.DataFrame(drawn, columns=names)


def _decided(low: pd.DataFrame, high: pd.DataFrame, weights: pd.DataFrame) -> tuple[list[tuple[str, str]], np.ndarray]:
    """Each pair of initiatives, and under each weighting 1 (the first surely above), −1 (surely below) or 0 (open)."""
    _need_pair(low, high)
    share = _normed(weights, low.columns)
    pairs = list(combinations(sorted(low.index), 2))
    a, b = ([pair[end] for pair in pairs] for end in (0, 1))
    above = share @ (low.loc[a].to_numpy() - high.loc[b].to_numpy()).T > SAME
    below = share @ (high.loc[a].to_numpy() - low.loc[b].to_numpy()).T < -SAME
    return pairs, above.astype(int) - below.astype(int)


def pair_shares(low: pd.DataFrame, high: pd.DataFrame, weights: pd.DataFrame) -> pd.DataFrame:
    """For each pair: under which share of the weightings one is surely above the other.

    Parameters
    ----------
    low, high : DataFrame, initiatives × dimensions
        From `bounds`.
    weights : DataFrame (draws, dimensions)
        From `random_weights`.

    Returns
    -------
    DataFrame, one row per pair, sorted
        `one`, `other`; `above`, `below`: share of the weightings in which `one` is surely above, surely below `other`,
        whatever the unknown cells hold; `open`: the rest.

    Raises
    ------
    ValueError
        As in `score_interval`.

    References
    ----------
    Lahdelma, R., Hokkanen, J. and Salminen, P. (1998). SMAA: stochastic multiobjective acceptability analysis. European
    Journal of Operational Research 106(1), 137–143.

    Examples
    --------
    With weights w and 1 − w the mill has 3 w, the forge 1 − w: the mill is above when w is over 1/4.

    >>> from methods.grids import bounds
    >>> grid = pd.DataFrame({"links": [3, 0], "service": [0, 1]}, index=["mill", "forge"])
    >>> drawn = pd.DataFrame({"links": [0.1, 0.3, 0.5, 0.9], "service": [0.9, 0.7, 0.5, 0.1]})
    >>> pair_shares(*bounds(grid), drawn).iloc[0].astype(object).tolist() == ['forge', 'mill', 0.25, 0.75, 0.0]
    True
    """
    pairs, state = _decided(low, high, weights)
    table = pd.DataFrame(pairs, columns=["one", "other"])
    return table.assign(above=(state > 0).mean(axis=0), below=(state < 0).mean(axis=0), open=(state == 0).mean(axis=0))


def first_shares(low: pd.DataFrame, high: pd.DataFrame, weights: pd.DataFrame) -> pd.DataFrame:
    """For each initiative: under which share of the weightings it is first.

    Parameters and errors are those of `pair_shares`.

    Returns
    -------
    DataFrame, one row per initiative
        `surely`: above all others whatever the unknown cells hold; `possibly`: no other is surely above.

    Examples
    --------
    >>> from methods.grids import bounds
    >>> grid = pd.DataFrame({"links": [3, None], "service": [2, 1]}, index=["mill", "forge"])
    >>> drawn = pd.DataFrame({"links": [0.5, 0.0], "service": [0.5, 1.0]})
    >>> first_shares(*bounds(grid), drawn).loc["mill"].tolist()       # 2.5 against 0.5 to 2; 2 against 1
    [1.0, 1.0]
    """
    _need_pair(low, high)
    share = _normed(weights, low.columns)
    worst, best = share @ low.to_numpy().T, share @ high.to_numpy().T             # draws × initiatives
    others = [np.delete(np.arange(len(low)), at) for at in range(len(low))]
    surely = [(worst[:, [at]] > best[:, rest] + SAME).all(axis=1).mean() for at, rest in enumerate(others)]
    possibly = [(best[:, [at]] >= worst[:, rest] - SAME).all(axis=1).mean() for at, rest in enumerate(others)]
    return pd.DataFrame({"surely": surely, "possibly": possibly}, index=low.index)


def ranking_kept(low: pd.DataFrame, high: pd.DataFrame, weights: pd.Series, drawn: pd.DataFrame) -> pd.Series:
    """How much of a ranking is left when the weights are drawn at random.

    Parameters
    ----------
    low, high : DataFrame, initiatives × dimensions
        From `bounds`.
    weights : Series, one value per dimension
        Those of the ranking: a pair is *decided* when one of the two is surely above the other.
    drawn : DataFrame (draws, dimensions)
        From `random_weights`.

    Returns
    -------
    Series
        `pairs`; `decided` of them under `weights`; `kept`: share of the drawn weightings under which every one of these is
        decided the same way (missing when none is); `turned`: share under which at least one is decided the other way. In
        a grid with no unknown cell and no equal scores, `kept` is the share that keeps the whole order.

    Raises
    ------
    ValueError
        As in `score_interval`.

    Examples
    --------
    >>> from methods.grids import bounds
    >>> grid = pd.DataFrame({"links": [3, 0], "service": [0, 1]}, index=["mill", "forge"])
    >>> drawn = pd.DataFrame({"links": [0.1, 0.3, 0.5, 0.9], "service": [0.9, 0.7, 0.5, 0.1]})
    >>> ranking_kept(*bounds(grid), pd.Series({"links": 1, "service": 1}), drawn).tolist()
    [1.0, 1.0, 0.75, 0.25]
    """
    pairs, (chosen,) = _decided(low, high, weights.to_frame().T)
    state = _decided(low, high, drawn)[1][:, chosen != 0]
    sides = chosen[chosen != 0]
    kept = (state == sides).all(axis=1).mean() if len(sides) else float("nan")
    turned = (state == -sides).any(axis=1).mean() if len(sides) else float("nan")
    return pd.Series({"pairs": len(pairs), "decided": len(sides), "kept": kept, "turned": turned}, dtype=float)
