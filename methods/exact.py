"""Exact tests for a handful of cases: every flip of signs, every split into two groups, and their power."""
from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import comb
from typing import NamedTuple

import numpy as np
import pandas as pd

from methods._words import plain

__all__ = ["ExactTest", "sign_flip_test", "split_test", "power"]

SIDES = ("two-sided", "greater", "less")
MOST = 1 << 18          # arrangements that are still listed one by one
DIGITS = 9              # sums that agree to so many decimals are equal: the same mean, added up in another order


class ExactTest(NamedTuple):
    """What an exact test found."""

    observed: float             #: the mean difference, as it is
    p_value: float              #: share of the arrangements that are as far out as the observed one
    as_far: int                 #: how many arrangements those are
    arrangements: int           #: how many there are in all
    differences: np.ndarray     #: the mean difference of each arrangement, sorted


def _need_side(alternative: str) -> None:
    if alternative not in SIDES:
        raise ValueError(f"alternative is {alternative!r}: give one of {', '.join(SIDES)}")


def _tail(means: np.ndarray, observed: np.ndarray | float, alternative: str) -> np.ndarray:
    """Where an arrangement is as far out as the observed one."""
    if alternative == "greater":
        return means >= observed
    return means <= observed if alternative == "less" else abs(means) >= abs(observed)


def _result(means: np.ndarray, observed: float, alternative: str) -> ExactTest:
    means = np.sort(means.round(DIGITS))
    as_far = int(_tail(means, round(observed, DIGITS), alternative).sum())
    return ExactTest(observed, as_far / len(means), as_far, len(means), means)


def _signs(cases: int) -> np.ndarray:
    """All rows of +1 and −1, shape (2^cases, cases)."""
    bits = np.arange(1 << cases)[:, None] >> np.arange(cases)
    return 1.0 - 2.0 * (bits & 1)


def _choices(cases: int, first: int) -> np.ndarray:
    """All ways to put `first` of the cases into the first group, as +1/first there and −1/rest elsewhere."""
    rows = np.full((comb(cases, first), cases), -1.0 / (cases - first))
    for row, chosen in enumerate(combinations(range(cases), first)):
        rows[row, list(chosen)] = 1.0 / first
    return rows


def _numbers(values: pd.Series | Sequence[float], what: str) -> np.ndarray:
    """Sorted numbers without gaps: sums do not hang on the order of the rows."""
    found = np.asarray(values, float)
    if not len(found) or np.isnan(found).any():
        raise ValueError(f"{what} are {plain(found)}: give at least one number, and leave out cases without one")
    return found


def sign_flip_test(differences: pd.Series | Sequence[float], alternative: str = "two-sided") -> ExactTest:
    """Exact paired test: could the sign of each difference as well have been the other one?

    If the two things compared were alike, swapping them in any one case would be as likely as not. So all
    2ⁿ ways to flip signs are listed, and those whose mean difference is as far from zero are counted.

    Parameters
    ----------
    differences : n numbers, n at most 18
        One per case, first thing minus second. Zeros may stand: a flip does nothing to them.
    alternative : {"two-sided", "greater", "less"}
        "greater": the first thing is larger. Choose before looking.

    Returns
    -------
    ExactTest

    Raises
    ------
    ValueError
        When there is no number, one is missing, there are too many to list, or the alternative is unknown.

    References
    ----------
    Fisher, R. A. (1935). The Design of Experiments. Oliver and Boyd, section 21.

    Examples
    --------
    Three differences 1, 2, 3 and eight flips: only +++ and −−− are as far out as a mean of 2.

    >>> test = sign_flip_test([1, 2, 3])
    >>> test.observed, test.as_far, test.arrangements, test.p_value
    (2.0, 2, 8, 0.25)
    """
    _need_side(alternative)
    found = np.sort(_numbers(differences, "the differences"))
    if 1 << len(found) > MOST:
        raise ValueError(f"{len(found)} cases have {1 << len(found):,} flips: list at most 18 cases")
    return _result(_signs(len(found)) @ found / len(found), float(found.mean()), alternative)


def split_test(values: pd.Series | Sequence[float], group: pd.Series | Sequence[bool],
               alternative: str = "two-sided") -> ExactTest:
    """Exact test of two groups: could the same cases as well have been split otherwise?

    Parameters
    ----------
    values : n numbers
        One per case.
    group : n of true and false, both present
        True for the first group; a Series is aligned with `values` by its index.
    alternative : {"two-sided", "greater", "less"}
        "greater": the mean of the first group is larger.

    Returns
    -------
    ExactTest
        Of the mean of the first group minus that of the second, over all splits into groups of these sizes.

    Raises
    ------
    ValueError
        When a group is empty, a value is missing, the two are not about the same cases, there are too many
        splits to list, or the alternative is unknown.

    Examples
    --------
    Two of four cases, 3 and 4 against 1 and 2: of six splits two are as far apart, this one and its mirror.

    >>> test = split_test([1, 2, 3, 4], [False, False, True, True])
    >>> test.observed, test.as_far, test.arrangements
    (2.0, 2, 6)
    """
    _need_side(alternative)
    if isinstance(values, pd.Series) and isinstance(group, pd.Series):
        if len(odd := values.index.symmetric_difference(group.index)):
            raise ValueError(f"{plain(odd[0])} stands in one of the two only: give both for the same cases")
        group = group.loc[values.index]
    found, first = _numbers(values, "the values"), np.asarray(group, bool)
    if len(found) != len(first) or not 0 < first.sum() < len(first):
        raise ValueError(f"{int(first.sum())} of {len(first)} cases are in the first group, for {len(found)} values: "
                         "both groups need a case, and each case a value")
    if comb(len(found), int(first.sum())) > MOST:
        raise ValueError(f"{comb(len(found), int(first.sum())):,} splits are too many to list: {MOST:,} is the most")
    order = np.argsort(found, kind="stable")
    means = _choices(len(found), int(first.sum())) @ found[order]
    return _result(means, float(found[first].mean() - found[~first].mean()), alternative)


def power(effects: Sequence[float], cases: int, first: int | None = None, level: float = 0.05, draws: int = 2000,
          seed: int = 0) -> pd.Series:
    """How often a two-sided exact test finds a true difference of a given size, by simulation.

    Values are drawn from a normal law whose standard deviation is 1, so an effect of 1 is one standard
    deviation: of the paired differences, or of the values inside each group.

    Parameters
    ----------
    effects : numbers
        True differences, in standard deviations.
    cases : int
        Cases in all, at most 12.
    first : int, optional
        Cases in the first group, for the test of two groups; the paired test when not given.
    level : float
        A p-value of at most this is called a finding.
    draws : int
        Samples drawn for each effect; the same ones, shifted, so that the curve is smooth.
    seed : int

    Returns
    -------
    Series, by effect
        Share of the samples in which the difference is found; at effect 0, how often nothing is called a
        finding, at most `level` but for chance.

    Raises
    ------
    ValueError
        When cases, first, level or draws are out of range.

    Examples
    --------
    Two pairs have four flips: no p-value is under 0.5, so nothing is ever found.

    >>> power([0, 5], cases=2).tolist()
    [0.0, 0.0]
    """
    if not 2 <= cases <= 12 or (first is not None and not 0 < first < cases):
        raise ValueError(f"cases is {cases} and first {first}: give 2 to 12 cases, and fewer in the first group")
    if not 0 < level < 1 or draws < 1:
        raise ValueError(f"level is {level} and draws {draws}: give a level such as 0.05 and at least one draw")
    noise = np.random.default_rng(seed).standard_normal((draws, cases))
    paired = first is None
    weights = _signs(cases) / cases if paired else _choices(cases, int(first or 0))
    shift = np.ones(cases) if paired else (np.arange(cases) < int(first or 0)).astype(float)
    found = {}
    for effect in effects:
        means = (noise + effect * shift) @ weights.T                # its first column is the observed arrangement
        far = _tail(means.round(DIGITS), means[:, :1].round(DIGITS), "two-sided").mean(axis=1)
        found[float(effect)] = float((far <= level + 1e-12).mean())
    return pd.Series(found, name="power").rename_axis("effect")
