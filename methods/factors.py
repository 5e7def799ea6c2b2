"""Factors that firms score: weights, rankings by four rules, families of factors, and how firm a ranking is."""
from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from methods._words import plain

__all__ = ["RULES", "weighted", "within_firms", "points", "ranking", "family_scores", "leave_one_out", "bootstrap_ranks"]

#: Rules that turn the scores of several firms into one ranking.
RULES = ("mean score", "mean rank", "borda", "copeland")


def _checked(scores: pd.DataFrame) -> pd.DataFrame:
    """Firms and factors in sorted order, so that no result hangs on that of the rows."""
    if scores.empty or scores.isna().to_numpy().any():
        raise ValueError("a score is missing, or there is none: give one for each firm and factor, and leave out what "
                         "was not asked of all")
    for names, what in ((scores.index, "firm"), (scores.columns, "factor")):
        if names.has_duplicates:
            raise ValueError(f"the {what} {plain(names[names.duplicated()][0])} stands twice: give each once")
    return scores.sort_index().sort_index(axis=1).astype(float)


def _weights(weights: Mapping | pd.Series | None, names: pd.Index, what: str) -> pd.Series:
    """A weight for each name; 1 where none is given."""
    given = pd.Series(dict(weights or {}) if not isinstance(weights, pd.Series) else weights, dtype=float)
    strange = given.index.difference(names)
    if len(strange):
        raise ValueError(f"there is a weight for {plain(strange[0])}, which is no {what}: the {what}s are {plain(names)}")
    full = given.reindex(names).fillna(1.0)
    if (full < 0).any() or not full.sum() > 0:
        raise ValueError(f"the weights of the {what}s are {full.to_dict()}: give numbers of 0 or more, not all 0")
    return full


def weighted(scores: pd.DataFrame, weights: Mapping[str, float] | pd.Series | None = None) -> pd.DataFrame:
    """Scores times the weight of their factor; a factor of weight 0 is left out.

    Parameters
    ----------
    scores : DataFrame, one row per firm, one column per factor
        Larger is more important; none missing.
    weights : mapping of factors to numbers of 0 or more, optional
        1 for a factor that is not named.

    Returns
    -------
    DataFrame, firms and factors sorted

    Raises
    ------
    ValueError
        When a score is missing, a name stands twice, or a weight is negative or of no factor.

    Examples
    --------
    >>> scores = pd.DataFrame({"land": [4, 2], "ties": [3, 3]}, index=["A", "B"])
    >>> weighted(scores, {"ties": 2}).to_dict("list")
    {'land': [4.0, 2.0], 'ties': [6.0, 6.0]}
    """
    scores = _checked(scores)
    full = _weights(weights, scores.columns, "factor")
    return (scores * full).loc[:, full > 0]


def within_firms(scores: pd.DataFrame) -> pd.DataFrame:
    """Rank of each factor inside each firm: 1 for the highest score, the mean rank for equal ones.

    Parameters
    ----------
    scores : DataFrame, one row per firm, one column per factor

    Returns
    -------
    DataFrame of the same shape, firms and factors sorted

    Examples
    --------
    >>> within_firms(pd.DataFrame({"a": [5], "b": [3], "c": [3]})).iloc[0].tolist()
    [1.0, 2.5, 2.5]
    """
    return _checked(scores).rank(axis=1, ascending=False)


def _points_by_firm(scores: pd.DataFrame, rule: str) -> np.ndarray:
    """What each firm gives each factor, so that a rule is a weighted sum over firms: (firms, factors[, factors])."""
    values = scores.to_numpy(float)
    if rule == "mean score":
        return values
    if rule == "mean rank":
        return -scores.rank(axis=1, ascending=False).to_numpy()
    if rule == "borda":         # one point for each factor below, half a point for each equal one
        return values.shape[1] - scores.rank(axis=1, ascending=False).to_numpy()
    if rule == "copeland":      # +1 where the firm puts the first factor above the second, −1 where below
        return np.sign((values[:, :, None] - values[:, None, :]).round(9))
    raise ValueError(f"rule is {rule!r}: give one of {', '.join(RULES)}")


def _summed(given: np.ndarray, firms: np.ndarray, rule: str) -> np.ndarray:
    """Points of each factor under weights of firms (..., firms): (..., factors)."""
    if rule == "copeland":
        duels = np.sign(np.tensordot(firms, given, 1).round(9))
        return duels.sum(axis=-1)
    total = np.tensordot(firms, given, 1)
    return total if rule == "borda" else total / firms.sum(axis=-1, keepdims=True)


def points(scores: pd.DataFrame, rule: str = "borda", weights: Mapping[str, float] | pd.Series | None = None,
           firms: Mapping[str, float] | pd.Series | None = None) -> pd.Series:
    """What each factor gets from all firms, by one of four rules.

    Parameters
    ----------
    scores : DataFrame, one row per firm, one column per factor
    rule : {"mean score", "mean rank", "borda", "copeland"}
        The mean of the scores; the mean of the ranks inside each firm, with a minus so that more is better;
        Borda's points, one from each firm for each factor that it puts below, half a one for an equal; or
        Copeland's: factors that this one beats in most firms, minus those that beat it.
    weights : mapping of factors to numbers, optional
        They multiply the scores before any rule.
    firms : mapping of firms to numbers, optional
        How much each firm counts; 1 when it is not named.

    Returns
    -------
    Series, by factor in sorted order
        More is better.

    Raises
    ------
    ValueError
        When the rule is unknown, or as in `weighted`.

    Examples
    --------
    >>> scores = pd.DataFrame({"a": [5, 5, 1], "b": [4, 4, 5], "c": [1, 1, 4]}, index=["X", "Y", "Z"])
    >>> points(scores, "borda").to_dict(), points(scores, "copeland").to_dict()
    ({'a': 4.0, 'b': 4.0, 'c': 1.0}, {'a': 2.0, 'b': 0.0, 'c': -2.0})
    """
    scores = weighted(scores, weights)
    counts = _weights(firms, scores.index, "firm").to_numpy()
    return pd.Series(_summed(_points_by_firm(scores, rule), counts, rule), scores.columns, name="points")


def _places(given: np.ndarray) -> np.ndarray:
    """Place of each factor in the last direction: 1 for most points, the mean place for equal ones."""
    given = given.round(9)
    above = (given[..., None, :] > given[..., None]).sum(axis=-1)
    equal = (given[..., None, :] == given[..., None]).sum(axis=-1)
    return 1 + above + (equal - 1) / 2


def ranking(scores: pd.DataFrame, rule: str = "borda", weights: Mapping[str, float] | pd.Series | None = None,
            firms: Mapping[str, float] | pd.Series | None = None) -> pd.DataFrame:
    """Points and places of the factors, the first place on top.

    Parameters, errors as for `points`.

    Returns
    -------
    DataFrame, one row per factor
        `points` and `place` (1 for most points; equal ones share the mean place). Equal places by name.

    Examples
    --------
    >>> scores = pd.DataFrame({"a": [5, 5, 1], "b": [4, 4, 5], "c": [1, 1, 4]}, index=["X", "Y", "Z"])
    >>> ranking(scores, "borda")["place"].to_dict()
    {'a': 1.5, 'b': 1.5, 'c': 3.0}
    """
    got = points(scores, rule, weights, firms)
    table = pd.DataFrame({"points": got, "place": _places(got.to_numpy())}, got.index).rename_axis("factor")
    return table.sort_values("place", kind="stable")


def family_scores(scores: pd.DataFrame, families: Mapping[str, str] | pd.Series,
                  weights: Mapping[str, float] | pd.Series | None = None) -> pd.DataFrame:
    """Mean score of each family of factors in each firm.

    Parameters
    ----------
    scores : DataFrame, one row per firm, one column per factor
    families : mapping of factors to families
        A factor that is not named is left out.
    weights : mapping of factors to numbers, optional
        Of the factors inside their family.

    Returns
    -------
    DataFrame, one row per firm (sorted), one column per family (sorted)

    Raises
    ------
    ValueError
        When a family's factors all have the weight 0, a factor of `families` has no scores, or as in
        `weighted`.

    Examples
    --------
    >>> scores = pd.DataFrame({"land": [4, 2], "access": [2, 2], "ties": [5, 1]}, index=["A", "B"])
    >>> kinds = {"land": "economic", "access": "economic", "ties": "personal"}
    >>> family_scores(scores, kinds, {"land": 3}).to_dict("list")
    {'economic': [3.5, 2.0], 'personal': [5.0, 1.0]}
    """
    scores, kinds = _checked(scores), pd.Series(dict(families))
    if len(odd := kinds.index.difference(scores.columns)):
        raise ValueError(f"{plain(odd[0])} has a family and no scores: the factors are {plain(scores.columns)}")
    full = _weights(weights, scores.columns, "factor")
    means = {}
    for family, members in sorted(kinds.groupby(kinds).groups.items()):
        names = sorted(members)
        if not full[names].sum() > 0:
            raise ValueError(f"all factors of the family {family!r} have the weight 0: leave one above 0")
        means[family] = scores[names] @ full[names] / full[names].sum()
    return pd.DataFrame(means)


def leave_one_out(scores: pd.DataFrame, rule: str = "borda", weights: Mapping[str, float] | pd.Series | None = None) -> pd.DataFrame:
    """Places of the factors when each firm in turn is left out.

    Parameters, errors as for `points`; there must be two firms or more.

    Returns
    -------
    DataFrame, one row per factor (sorted), one column per firm left out

    Examples
    --------
    >>> scores = pd.DataFrame({"a": [5, 5, 1], "b": [4, 4, 5]}, index=["X", "Y", "Z"])
    >>> leave_one_out(scores, "copeland").loc["a"].to_dict()
    {'X': 1.5, 'Y': 1.5, 'Z': 1.0}
    """
    scores = weighted(scores, weights)
    if len(scores) < 2:
        raise ValueError(f"there is {len(scores)} firm: leave one out of two or more")
    given = _points_by_firm(scores, rule)
    places = _places(_summed(given, 1.0 - np.eye(len(scores)), rule))
    return pd.DataFrame(places.T, scores.columns.rename("factor"), scores.index.rename("left out"))


def bootstrap_ranks(scores: pd.DataFrame, rule: str = "borda", weights: Mapping[str, float] | pd.Series | None = None,
                    draws: int = 2000, seed: int = 0, level: float = 0.9) -> pd.DataFrame:
    """How far places move when the firms are drawn again, with replacement.

    Parameters
    ----------
    scores, rule, weights
        As for `points`.
    draws : int
        How many samples of as many firms.
    seed : int
        Of the generator.
    level : float
        Share of the samples that lies between `low` and `high`, in (0, 1).

    Returns
    -------
    DataFrame, one row per factor, the first place on top
        `place`, `low` and `high` place, and `first`, the share of the samples in which it is alone on top.

    Raises
    ------
    ValueError
        When draws or level are out of range, or as in `points`.

    References
    ----------
    Efron, B. (1979). Bootstrap methods: another look at the jackknife. The Annals of Statistics 7(1), 1–26.

    Examples
    --------
    >>> scores = pd.DataFrame({"a": [5, 5], "b": [4, 3], "c": [1, 2]}, index=["X", "Y"])
    >>> bootstrap_ranks(scores, draws=20)["first"].to_dict()
    {'a': 1.0, 'b': 0.0, 'c': 0.0}
    """
    if draws < 1 or not 0 < level < 1:
        raise ValueError(f"draws is {draws} and level {level}: give at least one draw and a level such as 0.9")
    table, scores = ranking(scores, rule, weights), weighted(scores, weights)
    drawn = np.random.default_rng(seed).multinomial(len(scores), np.full(len(scores), 1 / len(scores)), draws)
    places = _places(_summed(_points_by_firm(scores, rule), drawn.astype(float), rule))
    low, high = np.quantile(places, [(1 - level) / 2, (1 + level) / 2], axis=0, method="closest_observation")
    spread = pd.DataFrame({"low": low, "high": high, "first": (places == 1).mean(axis=0)}, scores.columns)
    return table[["place"]].join(spread)
