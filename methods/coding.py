"""Thematic coding of statements: a code book, themes that come together, saturation, agreement code by code."""
from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd
import scipy

from methods._words import plain
from methods.agreement import cohens_kappa, krippendorff_alpha, percent_agreement

__all__ = ["incidence", "co_occurrence", "pairs_of_codes", "heard_in_order", "saturation", "agreement_by_code"]


def incidence(codings: Mapping[str, Collection[str]], book: Sequence[str]) -> pd.DataFrame:
    """Which statement carries which code of the book.

    Parameters
    ----------
    codings : mapping of statement to codes
        Any number of codes each, none included; a Series of lists will do.
    book : sequence of str
        All codes, each once, in the order of the columns.

    Returns
    -------
    DataFrame of true and false, one row per statement in the order given, one column per code

    Raises
    ------
    ValueError
        When the book names a code twice, a code is not in the book, a statement repeats one, or there is no
        statement.

    Examples
    --------
    >>> incidence({"s1": ["noise", "pride"], "s2": []}, ["noise", "pride"]).to_numpy().tolist()
    [[True, True], [False, False]]
    """
    codes = list(book)
    if len(set(codes)) < len(codes):
        raise ValueError(f"a code stands twice in the book {plain(codes)}: name each once")
    if not len(codings):
        raise ValueError("there is no statement: give one or more")
    for statement, given in codings.items():
        if isinstance(given, str):
            raise ValueError(f"the codes of {plain(statement)} are the text {given!r}: give a list of codes")
        strange = [code for code in given if code not in codes]
        if strange or len(set(given)) < len(given):
            raise ValueError(f"{plain(statement)} has the codes {plain(given)}: each must be one of {plain(codes)}, once; add "
                             "the code to the book, or mend the coding")
    rows = {statement: [code in given for code in codes] for statement, given in codings.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=codes)


def _checked(table: pd.DataFrame) -> np.ndarray:
    """A table of true and false as numbers 0 and 1."""
    values = table.to_numpy()
    if not len(table) or not np.isin(values, [0, 1]).all():
        raise ValueError(f"the table has the shape {table.shape} and the values {plain(pd.unique(values.ravel())[:5])}: give one "
                         "row per statement, true or false for each code (see `incidence`)")
    return values.astype(int)


def co_occurrence(table: pd.DataFrame) -> pd.DataFrame:
    """In how many statements two codes stand together; on the diagonal, how many carry the code at all.

    Parameters
    ----------
    table : DataFrame of true and false, statements × codes
        As `incidence` gives it.

    Returns
    -------
    DataFrame (codes, codes), symmetric whole numbers

    Raises
    ------
    ValueError
        When the table is empty or holds anything but true and false.

    Examples
    --------
    >>> co_occurrence(incidence({"s1": ["a", "b"], "s2": ["a"]}, ["a", "b"])).to_numpy().tolist()
    [[2, 1], [1, 1]]
    """
    ones = _checked(table)
    return pd.DataFrame(ones.T @ ones, table.columns, table.columns)


def pairs_of_codes(table: pd.DataFrame) -> pd.DataFrame:
    """Each pair of codes: how often together, beside what unrelated codes would give.

    Parameters
    ----------
    table : DataFrame of true and false, statements × codes

    Returns
    -------
    DataFrame, one row per pair
        `a`, `b`, `together`, `expected` (statements with a × statements with b / statements) and `jaccard`
        (together over statements with at least one; missing when there is none). Most often together first,
        then in the order of the book.

    Raises
    ------
    ValueError
        As in `co_occurrence`.

    Examples
    --------
    >>> pairs_of_codes(incidence({"s1": ["a", "b"], "s2": ["a"]}, ["a", "b"])).to_dict("records")
    [{'a': 'a', 'b': 'b', 'together': 1, 'expected': 1.0, 'jaccard': 0.5}]
    """
    counts = co_occurrence(table)
    rows = []
    for a, b in combinations(counts.columns, 2):
        together, one, other = int(counts.loc[a, b]), int(counts.loc[a, a]), int(counts.loc[b, b])
        either = one + other - together
        rows.append([a, b, together, one * other / len(table), together / either if either else float("nan")])
    pairs = pd.DataFrame(rows, columns=["a", "b", "together", "expected", "jaccard"])
    return pairs.sort_values("together", ascending=False, kind="stable").reset_index(drop=True)


def heard_in_order(table: pd.DataFrame) -> pd.Series:
    """How many different codes were heard after one, two, … statements, in the order of the rows.

    Parameters
    ----------
    table : DataFrame of true and false, statements × codes
        Its order of rows is the order of the interviews: here it matters.

    Returns
    -------
    Series of whole numbers, from 0 after no statement

    Raises
    ------
    ValueError
        As in `co_occurrence`.

    Examples
    --------
    >>> heard_in_order(incidence({"s1": ["a"], "s2": ["a"], "s3": ["b"]}, ["a", "b"])).tolist()
    [0, 1, 1, 2]
    """
    seen = np.maximum.accumulate(_checked(table), axis=0).sum(axis=1)
    return pd.Series(np.append(0, seen), pd.RangeIndex(len(table) + 1, name="statements"), name="codes")


def saturation(table: pd.DataFrame) -> pd.DataFrame:
    """How many different codes so many statements hold, averaged exactly over all orders of the statements.

    A code carried by k of N statements is missed by n of them with the chance C(N − k, n) / C(N, n); adding
    up the chances of not being missed gives the mean, and the same for pairs of codes its spread.

    Parameters
    ----------
    table : DataFrame of true and false, statements × codes

    Returns
    -------
    DataFrame, one row per number of statements from 0 to N
        `expected` codes heard, `spread` (standard deviation over orders) and `new` (expected codes that the
        last of them brings; missing at 0).

    Raises
    ------
    ValueError
        As in `co_occurrence`.

    References
    ----------
    Hurlbert, S. H. (1971). The nonconcept of species diversity: a critique and alternative parameters. Ecology
    52(4), 577–586. Colwell, R. K., Mao, C. X. and Chang, J. (2004). Interpolating, extrapolating, and comparing
    incidence-based species accumulation curves. Ecology 85(10), 2717–2727.

    Examples
    --------
    Three statements, code a in two of them and b in one: a first statement holds 2/3 + 1/3 = 1 code on average.

    >>> saturation(incidence({"s1": ["a"], "s2": ["a"], "s3": ["b"]}, ["a", "b"]))["expected"].round(3).tolist()
    [0.0, 1.0, 1.667, 2.0]
    """
    ones = _checked(table)
    total, n = len(ones), np.arange(len(ones) + 1)
    either = ones.sum(axis=0)[:, None] + ones.sum(axis=0) - ones.T @ ones           # statements with one of two codes
    missed = scipy.special.comb(total - either[..., None], n) / scipy.special.comb(total, n)    # code x code x n
    alone = np.diagonal(missed, axis1=0, axis2=1).T                                 # code x n
    expected = (1 - alone).sum(axis=0)
    variance = (missed - alone[:, None] * alone[None]).sum(axis=(0, 1)).clip(0)
    new = np.append(np.nan, np.diff(expected))
    return pd.DataFrame({"expected": expected, "spread": np.sqrt(variance.round(12)), "new": new}, pd.Index(n, name="statements"))


def agreement_by_code(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """How far two coders agree on each code, and on all decisions together.

    Each code on each statement is a decision, yes or no.

    Parameters
    ----------
    one, other : DataFrame of true and false, statements × codes
        The two codings, in any order of rows and columns.

    Returns
    -------
    DataFrame, one row per code in the order of `one`, then "all codes"
        `both`, `only_one`, `only_other`, `neither` (decisions), `agreement` (share), `kappa` (Cohen) and
        `alpha` (Krippendorff, nominal); the last two are missing where a code is always or never given.

    Raises
    ------
    ValueError
        When the two have not the same statements and codes, or as in `co_occurrence`.

    References
    ----------
    See `methods.agreement`.

    Examples
    --------
    >>> book, ours = ["a"], {"s1": ["a"], "s2": ["a"], "s3": [], "s4": []}
    >>> other = incidence({**ours, "s2": []}, book)
    >>> agreement_by_code(incidence(ours, book), other).loc["a", ["both", "only_one", "agreement", "kappa"]].tolist()
    [1.0, 1.0, 0.75, 0.5]
    """
    for mine, yours, what in ((one.index, other.index, "statement"), (one.columns, other.columns, "code")):
        odd = mine.symmetric_difference(yours)
        if len(odd):
            raise ValueError(f"the {what} {plain(odd[0])} is in one coding only: give both the same")
    codes = list(one.columns)
    left = pd.DataFrame(_checked(one), one.index, codes).sort_index()
    right = pd.DataFrame(_checked(other), other.index, other.columns).reindex(index=left.index, columns=codes)
    rows = {code: (left[code], right[code]) for code in codes}
    rows["all codes"] = pd.Series(left.to_numpy().ravel()), pd.Series(right.to_numpy().ravel())
    return pd.DataFrame({name: _decisions(a, b) for name, (a, b) in rows.items()}).T


def _decisions(a: pd.Series, b: pd.Series) -> pd.Series:
    """Two coders' yes (1) and no (0) on the same things."""
    a, b = (side.reset_index(drop=True) for side in (a, b))
    return pd.Series({"both": (a & b).sum(), "only_one": (a > b).sum(), "only_other": (a < b).sum(), "neither": (1 - (a | b)).sum(),
                      "agreement": percent_agreement(a, b), "kappa": cohens_kappa(a, b, categories=[0, 1]),
                      "alpha": krippendorff_alpha(pd.DataFrame({"one": a, "other": b}))}, dtype=float)
