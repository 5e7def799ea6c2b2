"""Putting results side by side: verdicts counted, evidence wanted, measures along one axis, places among their like."""
from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from methods._words import plain
from methods.claims.finding import DOES_NOT, HOLDS, PARTLY, VERDICTS

__all__ = ["verdict_counts", "evidence_wanted", "same_order", "rank_in_class"]

TESTED = [HOLDS, PARTLY, DOES_NOT]


def verdict_counts(claims: pd.DataFrame, by: str) -> pd.DataFrame:
    """How many claims of each group got which verdict.

    The claims are all there are, not a sample of more: plain counts, no intervals.

    Parameters
    ----------
    claims : DataFrame, one row per claim
        Columns `number`, `verdict` and the one named by `by`.
    by : str
        Column of groups: article, thread, kind.

    Returns
    -------
    DataFrame of whole numbers, one row per group in the order of its first claim
        A column for each verdict, then `claims` and `tested` (those with a verdict that figures gave).

    Raises
    ------
    KeyError
        When there is no such column.
    ValueError
        For a verdict that is not one of the five.

    Examples
    --------
    >>> few = pd.DataFrame({"number": [1, 2, 3], "verdict": ["holds", "sources differ", "holds"], "thread": ["b", "a", "b"]})
    >>> verdict_counts(few, "thread")[["holds", "claims", "tested"]].to_dict("index")
    {'b': {'holds': 2, 'claims': 2, 'tested': 2}, 'a': {'holds': 0, 'claims': 1, 'tested': 0}}
    """
    if by not in claims:
        raise KeyError(f"no column {by!r} to group claims by; there are {list(claims.columns)}")
    verdicts = claims["verdict"].astype("str")
    strange = sorted(set(verdicts) - set(VERDICTS))
    if strange:
        raise ValueError(f"a claim has the verdict {plain(strange)}: it must be one of {VERDICTS}")
    groups = claims[by].astype("str")
    first = claims["number"].groupby(groups).min().sort_values()
    counts = pd.crosstab(groups, verdicts).reindex(index=first.index, columns=VERDICTS, fill_value=0)
    counts.columns.name = None
    return counts.assign(claims=counts.sum(axis=1), tested=counts[TESTED].sum(axis=1))


def evidence_wanted(tests: pd.Series, book: Mapping[str, str]) -> pd.Series:
    """What kind of evidence each test asks for, by the words in which it is described.

    Parameters
    ----------
    tests : Series of str
        What would test each claim.
    book : mapping of kind to regular expression
        A code book of words; the first kind whose words are found, in the book's order, is taken.

    Returns
    -------
    Series of str
        A kind for each, "other" where no words of the book are found.

    Raises
    ------
    ValueError
        When the book is empty or names a kind "other", or an expression cannot be read.

    Examples
    --------
    >>> evidence_wanted(pd.Series(["jobs by branch", "interviews, coded", "a miracle"]), {"jobs": "jobs", "words": "interview"}).tolist()
    ['jobs', 'words', 'other']
    """
    if not book or "other" in book:
        raise ValueError(f"a book of words needs at least one kind, none of them called 'other'; got {list(book)}")
    for kind, words in book.items():
        try:
            re.compile(words)
        except re.error as problem:
            raise ValueError(f"the words of {kind!r} are no regular expression: {words!r} ({problem})") from None
    found = [tests.str.contains(words, case=False, regex=True).to_numpy(dtype=bool) for words in book.values()]
    return pd.Series(np.select(found, list(book), "other"), tests.index)


def same_order(profile: pd.DataFrame) -> pd.DataFrame:
    """Do two measures put the same things in the same order? Every pair of things, counted.

    Parameters
    ----------
    profile : DataFrame, one row per thing, one column per measure
        Sizes of town, say. Missing values leave the thing out of the pairs of that measure.

    Returns
    -------
    DataFrame, one row per pair of measures, in the order of the columns
        `one`, `other`, `pairs` (of things known to both), `same`, `opposed` (ties are neither) and `tau`, Kendall's
        tau-a: (same − opposed) / pairs, missing without a pair.

    Raises
    ------
    ValueError
        With fewer than two measures.

    References
    ----------
    Kendall, M. G. (1938). A new measure of rank correlation. Biometrika 30, 81–93.

    Examples
    --------
    Three sizes of town; the measures agree on two of the three pairs:

    >>> sizes = pd.DataFrame({"workers": [3, 2, 1], "third places": [9, 5, 7]}, index=["small", "medium", "large"])
    >>> same_order(sizes)[["pairs", "same", "opposed"]].to_numpy().tolist()
    [[3, 2, 1]]
    """
    if profile.shape[1] < 2:
        raise ValueError(f"two measures or more are needed to compare their order, got {list(profile.columns)}")
    rows = []
    for one, other in combinations(profile.columns, 2):
        both = profile[[one, other]].dropna().to_numpy(dtype=float)
        a, b = np.triu_indices(len(both), 1)
        turn = np.sign((both[a] - both[b]).prod(axis=1))
        same, opposed = int((turn > 0).sum()), int((turn < 0).sum())
        rows.append([one, other, len(a), same, opposed, (same - opposed) / len(a) if len(a) else np.nan])
    return pd.DataFrame(rows, columns=["one", "other", "pairs", "same", "opposed", "tau"])


def rank_in_class(values: pd.Series, classes: pd.Series, places: Sequence[str]) -> pd.DataFrame:
    """Where some places stand among the others of their own class.

    Parameters
    ----------
    values : Series of float, one per unit
    classes : Series, one per unit
        In any order of rows.
    places : sequence
        The units to place, by the index of `values`.

    Returns
    -------
    DataFrame, one row per place
        `class`, `value`, `others` (units of the class with a value, without the place), `lower` (of these, those with a
        lower value, ties by half) and `share` of them.

    Raises
    ------
    KeyError
        When a place has no value or no class.
    ValueError
        When a place is alone in its class.

    Examples
    --------
    >>> index = pd.Series({"A": 1.0, "B": 1.2, "C": 0.9, "D": 3.0})
    >>> rank_in_class(index, pd.Series({"A": "s", "B": "s", "C": "s", "D": "l"}), ["B"])[["others", "lower", "share"]].to_numpy().tolist()
    [[2.0, 2.0, 1.0]]
    """
    known = pd.DataFrame({"value": values, "class": classes.astype("str").reindex(values.index)}).dropna()
    rows = {}
    for place in places:
        if place not in known.index:
            raise KeyError(f"{place!r} has no value or no class: it cannot be ranked among its like")
        value, own = known.loc[place, "value"], known.loc[place, "class"]
        others = known.loc[(known["class"] == own) & (known.index != place), "value"]
        if others.empty:
            raise ValueError(f"{place!r} is alone in the class {own!r}: there is nothing to rank it among")
        lower = (others < value).sum() + (others == value).sum() / 2
        rows[place] = [own, value, len(others), lower, lower / len(others)]
    return pd.DataFrame.from_dict(rows, orient="index", columns=["class", "value", "others", "lower", "share"])
