"""Evidence grids: initiatives × dimensions, levels or unknown; dominance before any weight, scores and ranks as intervals.

An unknown cell is no zero: it may hold any level. So every figure here is a pair, the least and the most that the unknown
cells allow; `bounds` makes the pair once, and the other functions take it.
"""
from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import numpy as np
import pandas as pd

from methods._words import plain

__all__ = ["evidence_grid", "bounds", "dominance", "score_interval", "rank_interval"]

TOP = 3                                         # levels run from 0 to this
READINGS = ("weak", "inferred", "stated")       # how surely a fact carries a level, from the least
SAME = 1e-9                                     # scores closer than this are equal


def _check_coding(coding: pd.DataFrame, top: int) -> None:
    """Each cell once, whole levels in range, a fact for each level."""
    lost = [name for name in ("initiative", "dimension", "level", "fact", "reading") if name not in coding]
    if lost:
        raise ValueError(f"the coding has no column {lost[0]!r}: it has {list(coding.columns)}")
    twice = coding[coding.duplicated(["initiative", "dimension"])]
    if len(twice):
        raise ValueError(f"{twice['initiative'].iloc[0]!r} × {twice['dimension'].iloc[0]!r} is coded twice: take one coder, and one row a cell")
    coded = coding[coding["level"].notna()]
    strange = [level for level in coded["level"] if level not in range(top + 1)]
    if strange:
        raise ValueError(f"the level {plain(strange[0])} is none of 0 to {top}: mend it, or leave the cell empty when nothing is known")
    bare = coded[coded["fact"].isna() | (coded["fact"].astype("str") == "")]
    if len(bare):
        raise ValueError(f"{bare['initiative'].iloc[0]!r} × {bare['dimension'].iloc[0]!r} has a level and no fact: name the fact, "
                         "or leave the level empty")


def evidence_grid(coding: pd.DataFrame, least: str = "weak", readings: Sequence[str] = READINGS, top: int = TOP) -> pd.DataFrame:
    """One coder's rows as a grid of levels; what no fact carries surely enough is unknown.

    Parameters
    ----------
    coding : DataFrame, one row per cell
        `initiative`, `dimension`, `level` (whole, 0 to `top`; missing when unknown), `fact` (what carries the level) and
        `reading` (how surely it does, one of `readings`).
    least : str
        The least sure reading that counts: cells read less surely become unknown.
    readings : sequence of str
        From the least sure to the surest.
    top : int
        The highest level.

    Returns
    -------
    DataFrame of float, one row per initiative, one column per dimension, both sorted
        Levels; missing when unknown.

    Raises
    ------
    ValueError
        When a cell stands twice, a level is out of range or has no fact, or a reading is not one of `readings`.

    Examples
    --------
    >>> coding = pd.DataFrame({"initiative": ["mill", "mill"], "dimension": ["links", "service"], "level": [2, 1],
    ...                        "fact": ["f1", "f2"], "reading": ["stated", "weak"]})
    >>> evidence_grid(coding, least="inferred").values.tolist()
    [[2.0, nan]]
    """
    _check_coding(coding, top)
    order = {name: place for place, name in enumerate(readings)}
    strange = [name for name in [*coding.loc[coding["level"].notna(), "reading"], least] if name not in order]
    if strange:
        raise ValueError(f"the reading {plain(strange[0])} is none of {list(readings)}")
    sure = coding["reading"].astype("str").map(order).fillna(-1) >= order[least]
    cells = coding.assign(level=coding["level"].astype(float).where(sure))
    grid = cells.pivot_table("level", "initiative", "dimension", dropna=False)     # one row a cell: nothing is averaged
    return grid.sort_index().sort_index(axis=1)


def bounds(*grids: pd.DataFrame, top: int = TOP) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The lowest and the highest level that each cell may have.

    Parameters
    ----------
    *grids : DataFrame, one per coder
        As `evidence_grid` gives them, with the same initiatives and dimensions. With several coders a cell runs from the
        lowest to the highest that any of them allows; a coder who could not tell allows every level.
    top : int
        The highest level.

    Returns
    -------
    low, high : DataFrame of float, initiatives × dimensions, both sorted

    Raises
    ------
    ValueError
        When there is no grid, the grids are not about the same cells, or a level is out of range.

    Examples
    --------
    >>> low, high = bounds(pd.DataFrame({"links": [2.0, None]}, index=["mill", "forge"]))
    >>> low["links"].to_dict(), high["links"].to_dict()
    ({'forge': 0.0, 'mill': 2.0}, {'forge': 3.0, 'mill': 2.0})
    """
    if not grids:
        raise ValueError("bounds needs at least one grid: see evidence_grid")
    ordered = [grid.sort_index().sort_index(axis=1).astype(float) for grid in grids]
    for grid in ordered:
        if not (grid.index.equals(ordered[0].index) and grid.columns.equals(ordered[0].columns)):
            raise ValueError(f"grids of different cells: {list(ordered[0].index)} × {list(ordered[0].columns)} and "
                             f"{list(grid.index)} × {list(grid.columns)}; give the same initiatives and dimensions")
        out = grid[(grid < 0) | (grid > top)].melt()["value"].dropna()
        if len(out):
            raise ValueError(f"the level {plain(out.iloc[0])} is not between 0 and {top}: mend it, or give the grid its top")
    low = pd.concat([grid.fillna(0) for grid in ordered]).groupby(level=0).min()
    high = pd.concat([grid.fillna(top) for grid in ordered]).groupby(level=0).max()
    return low, high


def _need_pair(low: pd.DataFrame, high: pd.DataFrame) -> None:
    if not (low.index.equals(high.index) and low.columns.equals(high.columns)):
        raise ValueError("low and high are not about the same cells: take both from one call of bounds")
    if low.index.has_duplicates or low.columns.has_duplicates:
        raise ValueError("an initiative or a dimension stands twice: each needs its own name")
    if not (low.to_numpy() <= high.to_numpy()).all():
        raise ValueError("a cell has its low bound above its high one, or none: unknown is 0 to the top, see bounds")


def dominance(low: pd.DataFrame, high: pd.DataFrame) -> pd.DataFrame:
    """Who is at least as high in every dimension and higher in one: before any weight is chosen.

    Parameters
    ----------
    low, high : DataFrame, initiatives × dimensions
        From `bounds`.

    Returns
    -------
    DataFrame, one row per ordered pair of initiatives, sorted
        `above`, `below`; `necessary`: above dominates below whatever the unknown cells hold; `possible`: for at least one
        content of them; `shared`: number of dimensions where both are known; `on_shared`: above dominates below on these
        alone (false when there is none). `on_shared` compares other dimensions in each pair, so it need not be an order.

    Raises
    ------
    ValueError
        When the two are no pair of bounds.

    References
    ----------
    Roy, B. (1996). Multicriteria Methodology for Decision Aiding. Kluwer.

    Examples
    --------
    The forge's service is unknown. Were it 0, the mill would dominate; were it 3, neither would.

    >>> grid = pd.DataFrame({"links": [3, 1], "service": [2, None]}, index=["mill", "forge"])
    >>> table = dominance(*bounds(grid)).set_index(["above", "below"])
    >>> table.loc[("mill", "forge")].to_dict() == {"necessary": False, "possible": True, "shared": 1, "on_shared": True}
    True
    >>> bool(table.loc[("forge", "mill"), "possible"])
    False
    """
    _need_pair(low, high)
    names = sorted(low.index)
    least, most = low.loc[names].to_numpy(dtype=float), high.loc[names].to_numpy(dtype=float)
    rows = []
    for a, b in permutations(range(len(names)), 2):
        worst, best = least[a] - most[b], most[a] - least[b]
        both = (least[a] == most[a]) & (least[b] == most[b])
        rows.append([names[a], names[b], bool((worst >= 0).all() and (worst > 0).any()), bool((best >= 0).all() and (best > 0).any()),
                     int(both.sum()), bool((worst[both] >= 0).all() and (worst[both] > 0).any())])
    return pd.DataFrame(rows, columns=["above", "below", "necessary", "possible", "shared", "on_shared"])


def _normed(weights: pd.DataFrame, dimensions: pd.Index) -> np.ndarray:
    """Weights (draws × dimensions, in the order of the dimensions) that add up to one."""
    odd = weights.columns.symmetric_difference(dimensions)
    if len(odd):
        raise ValueError(f"{plain(odd[0])} has a weight or a column, and not both: weights are for {list(dimensions)}")
    values = weights[dimensions].to_numpy(dtype=float)
    if not (np.isfinite(values).all() and (values >= 0).all() and (values.sum(axis=1) > 0).all()):
        raise ValueError("weights are 0 or more, and one of them above 0: leave a dimension out with the weight 0")
    return values / values.sum(axis=1, keepdims=True)


def score_interval(low: pd.DataFrame, high: pd.DataFrame, weights: pd.Series) -> pd.DataFrame:
    """The weighted mean level of each initiative, from the least to the most that the unknown cells allow.

    Parameters
    ----------
    low, high : DataFrame, initiatives × dimensions
        From `bounds`.
    weights : Series, one value per dimension
        0 or more; only their proportions matter.

    Returns
    -------
    DataFrame, one row per initiative
        `low`, `high`: levels; `known`: share of the weight on cells that are known.

    Raises
    ------
    ValueError
        When the two are no pair of bounds, or the weights don't fit the dimensions.

    Examples
    --------
    >>> grid = pd.DataFrame({"links": [3, 1], "service": [2, None]}, index=["mill", "forge"])
    >>> score_interval(*bounds(grid), pd.Series({"links": 1, "service": 1})).loc["forge"].tolist()
    [0.5, 2.0, 0.5]
    """
    _need_pair(low, high)
    share = _normed(weights.to_frame().T, low.columns)[0]
    return pd.DataFrame({"low": low.to_numpy() @ share, "high": high.to_numpy() @ share,
                         "known": (low == high).to_numpy() @ share}, index=low.index)


def rank_interval(scores: pd.DataFrame) -> pd.DataFrame:
    """The best and the worst rank that each initiative can have.

    Parameters
    ----------
    scores : DataFrame with `low` and `high`
        From `score_interval`.

    Returns
    -------
    DataFrame, one row per initiative
        `best` = 1 + those that are surely above; `worst` = all but those that are surely below.

    Raises
    ------
    ValueError
        When a low score is above its high one.

    Examples
    --------
    >>> rank_interval(pd.DataFrame({"low": [2.5, 0.5, 0], "high": [2.5, 2.0, 3]}, index=list("ABC"))).values.tolist()
    [[1, 2], [2, 3], [1, 3]]
    """
    if not (scores["low"] <= scores["high"] + SAME).all():
        raise ValueError("a low score is above its high one: take the scores from score_interval")
    surely = scores["low"].to_numpy()[:, None] > scores["high"].to_numpy()[None, :] + SAME      # row above column
    return pd.DataFrame({"best": 1 + surely.sum(axis=0), "worst": len(scores) - surely.sum(axis=1)}, index=scores.index)
