"""How far coders agree: percent agreement, Cohen's kappa, Krippendorff's alpha.

A unit that a coder left unknown is missing, and no category of its own: the pair it would make is left out.
"""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from methods._words import plain

__all__ = ["both_coded", "percent_agreement", "cohens_kappa", "krippendorff_alpha"]

WEIGHTS = {None: 0, "linear": 1, "quadratic": 2}


def both_coded(one: pd.Series, other: pd.Series) -> pd.DataFrame:
    """The units that both coders coded, in the sorted order of their names.

    Parameters
    ----------
    one, other : Series, one code per unit
        On the same units, in any order; missing where a coder could not tell.

    Returns
    -------
    DataFrame (units, 2), columns `one` and `other`

    Raises
    ------
    ValueError
        When a unit stands twice, only one coder has it, or no unit was coded by both.

    Examples
    --------
    >>> both_coded(pd.Series({"a": "x", "b": None}), pd.Series({"b": "y", "a": "x"})).values.tolist()
    [['x', 'x']]
    """
    for codes in (one, other):
        if codes.index.has_duplicates:
            raise ValueError(f"the unit {plain(codes.index[codes.index.duplicated()][0])} is coded twice by one coder: keep one row")
    lost = one.index.symmetric_difference(other.index)
    if len(lost):
        raise ValueError(f"only one coder has the unit {plain(lost[0])}: give both the same units, missing where one could not tell")
    pair = pd.DataFrame({"one": one.astype(object), "other": other.reindex(one.index).astype(object)}).sort_index().dropna()
    if pair.empty:
        raise ValueError("no unit was coded by both coders: there is no agreement to measure")
    return pair


def percent_agreement(one: pd.Series, other: pd.Series) -> float:
    """Share of the units coded by both that got the same code.

    Parameters
    ----------
    one, other : Series
        As in `both_coded`.

    Returns
    -------
    float
        In [0, 1].

    Examples
    --------
    >>> round(percent_agreement(pd.Series(["x", "x", "y", None]), pd.Series(["x", "y", "y", "y"])), 3)
    0.667
    """
    pair = both_coded(one, other)
    return float((pair["one"] == pair["other"]).mean())


def _categories(pair: pd.DataFrame, categories: Sequence[Any] | None, ordered: bool) -> list[Any]:
    """The categories of a pair of codings, in order."""
    used = list(dict.fromkeys(pair.to_numpy().ravel().tolist()))
    if categories is None:
        if ordered and any(isinstance(code, str) for code in used):
            raise ValueError(f"weights need an order, and {sorted(map(str, used))} have none: give categories=[...] from lowest to highest")
        return sorted(used)
    strange = [code for code in used if code not in categories]
    if strange:
        raise ValueError(f"the code {strange[0]!r} is not one of {list(categories)}: add it, or mend the coding")
    return list(categories)


def cohens_kappa(one: pd.Series, other: pd.Series, weights: str | None = None, categories: Sequence[Any] | None = None) -> float:
    """Agreement of two coders beyond what their habits would give by chance.

    Parameters
    ----------
    one, other : Series
        As in `both_coded`.
    weights : {None, "linear", "quadratic"}
        How much a disagreement counts: all the same, or by the distance between ordered categories, or by its
        square.
    categories : sequence, optional
        All categories, from lowest to highest when there are weights; those used, sorted, when not given.

    Returns
    -------
    float
        1 = they always agree, 0 = no better than chance, negative = worse. Missing when both coders used one
        and the same category throughout: chance alone then explains everything.

    Raises
    ------
    ValueError
        As in `both_coded`; for other weights, a code that is not a category, or texts without an order.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement
    20, 37–46. Cohen, J. (1968). Weighted kappa. Psychological Bulletin 70, 213–220.

    Examples
    --------
    Two readers of 50 proposals: both say yes to 20, both no to 15; they agree on 0.7, by chance on 0.5:

    >>> one = pd.Series(["yes"] * 25 + ["no"] * 25)
    >>> other = pd.Series(["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15)
    >>> round(cohens_kappa(one, other), 3)
    0.4
    """
    if weights not in WEIGHTS:
        raise ValueError(f"weights are None, 'linear' or 'quadratic'; got {weights!r}")
    pair = both_coded(one, other)
    names = _categories(pair, categories, weights is not None)
    code = {name: number for number, name in enumerate(names)}
    counts = np.zeros((len(names), len(names)))
    np.add.at(counts, (pair["one"].map(code).to_numpy(), pair["other"].map(code).to_numpy()), 1)
    shares = counts / counts.sum()
    chance = np.outer(shares.sum(axis=1), shares.sum(axis=0))
    apart = np.abs(np.subtract.outer(np.arange(len(names)), np.arange(len(names))))
    price = apart ** WEIGHTS[weights] if weights else (apart > 0).astype(float)
    by_chance = float((price * chance).sum())
    return 1 - float((price * shares).sum()) / by_chance if by_chance > 0 else float("nan")


def _squared_distance(values: np.ndarray, totals: np.ndarray, level: str) -> np.ndarray:
    """Krippendorff's squared difference between each two values."""
    if level == "nominal":
        return 1.0 - np.eye(len(values))
    if level == "interval":
        return np.subtract.outer(values.astype(float), values.astype(float)) ** 2
    below = np.cumsum(totals) - totals / 2
    return np.subtract.outer(below, below) ** 2


def krippendorff_alpha(codings: pd.DataFrame, level: str = "nominal", categories: Sequence[Any] | None = None) -> float:
    """Agreement of any number of coders, some units left out by some of them.

    Parameters
    ----------
    codings : DataFrame, one row per unit, one column per coder
        Codes; missing where a coder could not tell. Units coded by fewer than two are left out.
    level : {"nominal", "ordinal", "interval"}
        What a difference between two codes means: another name, another rank, another number.
    categories : sequence, optional
        From lowest to highest, for ordinal codes that are texts.

    Returns
    -------
    float
        1 = all agree; 0 = no better than chance. Missing when only one code was ever used.

    Raises
    ------
    ValueError
        For another level, or when no unit was coded twice.

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania.

    Examples
    --------
    Eight codes, four of each kind: by chance 2 × 4 × 4 / 7 pairs would differ; 2 do, in the last unit:

    >>> codes = pd.DataFrame({"one": [1, 2, 2], "two": [1, 2, 1], "three": [1, None, 2]})
    >>> round(krippendorff_alpha(codes), 4) == round(1 - 2 / (2 * 4 * 4 / 7), 4)
    True
    """
    if level not in ("nominal", "ordinal", "interval"):
        raise ValueError(f"level is 'nominal', 'ordinal' or 'interval'; got {level!r}")
    rows = [[code for code in row if not pd.isna(code)] for row in codings.astype(object).to_numpy().tolist()]
    rows = [row for row in rows if len(row) > 1]
    if not rows:
        raise ValueError("no unit was coded by two coders: there is no agreement to measure")
    used = {code for row in rows for code in row}
    names = sorted(used) if categories is None else [code for code in categories if code in used]
    if len(names) < len(used):
        raise ValueError(f"the codes {sorted(map(str, used - set(names)))} are not among the categories {list(categories or [])}")
    counts = np.array([[row.count(name) for name in names] for row in rows], dtype=float)      # unit x code
    coders = counts.sum(axis=1)
    pairs = (counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(len(names))) / (coders - 1)[:, None, None]
    observed, totals = pairs.sum(axis=0), counts.sum(axis=0)
    expected = (np.outer(totals, totals) - np.diag(totals)) / (totals.sum() - 1)
    numbers = np.array(names) if level == "interval" else np.arange(len(names))
    apart = _squared_distance(numbers, totals, level)
    by_chance = float((expected * apart).sum())
    return 1 - float((observed * apart).sum()) / by_chance if by_chance > 0 else float("nan")
