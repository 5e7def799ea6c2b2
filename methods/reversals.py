"""Changes of trend and local effects beside what sampling alone would show.

Every function takes a tidy table with the columns `unit`, `group`, `year` and `jobs`, as `methods.shiftshare` does.
"""
from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import NormalDist

import numpy as np
import pandas as pd
import scipy

from methods._jobs import by_unit, growth_factors, wide, wide_reference
from methods._words import plain

__all__ = ["TRENDS", "count_error", "local_interval", "trend_reversal", "reversals_by_noise"]

#: What two successive changes can make.
TRENDS = ["growth twice", "growth, then loss", "loss, then growth", "loss twice", "no change in one of them"]


def count_error(jobs: pd.Series | np.ndarray | float, sampling_fraction: float, design_effect: float = 1.0) -> pd.Series | np.ndarray | float:
    """Standard error of a count that was weighted up from a sample: √(d (1 − f) / f × count).

    It is the error behind `methods.specialisation.share_interval` for a group that is a small part of the people
    counted; for a large part it is on the wide side.

    Parameters
    ----------
    jobs : number, array or Series
        Weighted counts as published.
    sampling_fraction : float
        f, in (0, 1].
    design_effect : float
        d, above 0.

    Returns
    -------
    like `jobs`

    Raises
    ------
    ValueError
        When f or d is out of range.

    Examples
    --------
    400 people, one in four asked, one by one: √(0.75 / 0.25 × 400).

    >>> round(float(count_error(400, 0.25)), 2)
    34.64
    """
    if not 0 < sampling_fraction <= 1:
        raise ValueError(f"sampling_fraction is {sampling_fraction}: give 0.25 for one in four, 1 for all")
    if not design_effect > 0:
        raise ValueError(f"design_effect is {design_effect}: give a number above 0, 1 for a simple sample")
    return np.sqrt(design_effect * (1 - sampling_fraction) / sampling_fraction * jobs)


def local_interval(table: pd.DataFrame, years: Sequence[int], reference: pd.DataFrame | None = None,
                   sampling_fraction: float = 1.0, design_effect: float = 1.0, level: float = 0.95,
                   regions: pd.Series | None = None, regional: pd.DataFrame | None = None) -> pd.DataFrame:
    """The local effect of each unit, all its groups together, with the bounds that sampling leaves it.

    Between two dates it is (jobs at the end) − Σ (jobs of a group at the start) × (growth factor of the group in the
    reference). Over more dates the steps are added up (dynamic form). Either way it is a weighted sum of counts, whose
    errors are those of `count_error`; the reference is taken as known.

    Parameters
    ----------
    table
        As for `methods.shiftshare.shift_share`.
    years : sequence of at least two years, increasing
    reference : DataFrame, columns `group`, `year`, `jobs`, optional
        As for `methods.shiftshare.shift_share`.
    sampling_fraction, design_effect : float
        As for `count_error`.
    level : float
        Confidence, in (0, 1).
    regions : Series, by unit, optional
        With it the effect is what the unit does beyond its region: `own` of `methods.shiftshare.regional_shift_share`.
    regional : DataFrame, columns `region`, `group`, `year`, `jobs`, optional
        As there; the country's `reference` is then not used.

    Returns
    -------
    DataFrame, one row per unit
        `jobs` at the first date, `local`, `low`, `high`, in jobs; missing for a unit with a missing count.

    Raises
    ------
    ValueError
        When a number is out of range, or as in `methods.shiftshare.shift_share`.

    Examples
    --------
    >>> table = pd.DataFrame({"unit": list("AB") * 2, "group": "all", "year": [1, 1, 2, 2], "jobs": [100, 100, 130, 90]})
    >>> local_interval(table, [1, 2], sampling_fraction=0.25).loc["A"].round(1).tolist()
    [100.0, 20.0, -33.8, 73.8]
    """
    if not 0 < level < 1:
        raise ValueError(f"level is {level}: give a confidence between 0 and 1, such as 0.95")
    counts, z = wide(table, years), NormalDist().inv_cdf((1 + level) / 2)
    units, groups = (counts.index.get_level_values(level) for level in ("unit", "group"))
    if regions is None:
        whole, keys = wide_reference(reference, counts), groups
    else:
        region = by_unit(regions, units)
        whole = wide_reference(regional, counts, region.groupby(level=0).first())
        keys = pd.MultiIndex.from_arrays([region.to_numpy(), groups])
    steps = [growth_factors(whole[[a, b]], keys, counts[a].fillna(0).to_numpy()) for a, b in pairwise(years)]
    weights = pd.DataFrame(-np.column_stack([*steps, -np.ones(len(counts))]), counts.index, list(years))
    weights[list(years)[1:-1]] += 1
    parts = pd.DataFrame({"jobs": counts[years[0]], "local": (counts * weights).sum(axis=1, skipna=False),
                          "square": (weights**2 * count_error(counts, sampling_fraction, design_effect) ** 2).sum(axis=1, skipna=False)})
    found = parts.groupby("unit").sum().mask(parts.isna().any(axis=1).groupby("unit").any())
    reach = z * found.pop("square") ** 0.5
    return found.assign(low=found["local"] - reach, high=found["local"] + reach)


def trend_reversal(table: pd.DataFrame, years: Sequence[int], sampling_fraction: float = 1.0, design_effect: float = 1.0,
                   level: float = 0.95) -> pd.DataFrame:
    """Does a unit gain in one period and lose in the next, or the contrary, and is that beyond sampling noise?

    Parameters
    ----------
    table
        As for `methods.dynamics.growth`; the groups of a unit are added up.
    years : three years, increasing
        Two periods that meet in the middle.
    sampling_fraction, design_effect : float
        As for `count_error`.
    level : float
        Confidence, in (0, 1).

    Returns
    -------
    DataFrame, one row per unit without a missing count
        `jobs` at the first date, `first` and `second` (changes, in jobs), `trend` (categorical, one of `TRENDS`), `clear`
        (both changes are further from zero than their sampling error allows, each taken alone).

    Raises
    ------
    ValueError
        When there are not three years, or a number is out of range.

    Examples
    --------
    >>> table = pd.DataFrame({"unit": list("AB") * 3, "group": "all", "year": [1, 1, 2, 2, 3, 3],
    ...                       "jobs": [1000, 100, 400, 90, 1200, 95]})
    >>> trend_reversal(table, [1, 2, 3], sampling_fraction=0.25)[["trend", "clear"]].to_numpy().tolist()
    [['loss, then growth', True], ['loss, then growth', False]]
    """
    if len(years) != 3:
        raise ValueError(f"years are {plain(years)}: two periods that meet have three dates")
    if not 0 < level < 1:
        raise ValueError(f"level is {level}: give a confidence between 0 and 1, such as 0.95")
    z, counts = NormalDist().inv_cdf((1 + level) / 2), wide(table, years)
    jobs = counts.groupby("unit").sum()[~counts.isna().any(axis=1).groupby("unit").any()]
    changes = jobs.diff(axis=1).iloc[:, 1:].set_axis(["first", "second"], axis=1)
    squares = count_error(jobs, sampling_fraction, design_effect) ** 2
    reach = z * np.sqrt(squares.iloc[:, :2].to_numpy() + squares.iloc[:, 1:].to_numpy())
    up, down = changes > 0, changes < 0
    codes = np.select([up["first"] & up["second"], up["first"] & down["second"], down["first"] & up["second"],
                       down["first"] & down["second"]], range(4), 4)
    return changes.assign(jobs=jobs.iloc[:, 0], trend=pd.Categorical.from_codes(codes, TRENDS),
                          clear=(changes.abs() > reach).all(axis=1))[["jobs", "first", "second", "trend", "clear"]]


def _both_below(h: np.ndarray, k: np.ndarray, rho: np.ndarray) -> np.ndarray:
    """Chance that two standard normal variables of correlation rho lie below h and k (Owen's formula)."""
    h, k = (np.where(np.abs(value) < 1e-12, 1e-12, value) for value in (h, k))      # zero has two sides: take one
    root = np.sqrt(1 - rho**2)
    tails = scipy.special.owens_t(h, (k / h - rho) / root) + scipy.special.owens_t(k, (h / k - rho) / root)
    return (scipy.special.ndtr(h) + scipy.special.ndtr(k)) / 2 - tails - np.where(h * k > 0, 0, 0.5)


def reversals_by_noise(table: pd.DataFrame, years: Sequence[int], reference: pd.DataFrame, sampling_fraction: float,
                       design_effect: float = 1.0) -> pd.DataFrame:
    """What sampling alone would show, had every unit followed the path of the reference exactly.

    A unit's true counts are then the path of the reference, at the unit's own mean level; each census draws its count
    with the error of `count_error`. Two changes share the count in the middle, drawn once: a count too high there
    makes a gain and then a loss.

    Parameters
    ----------
    table, years, sampling_fraction, design_effect
        As for `trend_reversal`; f under 1.
    reference : DataFrame, columns `group`, `year`, `jobs`
        Its groups are added up.

    Returns
    -------
    DataFrame, one row per unit without a missing count and with somebody
        Chance of each of the first four of `TRENDS`; they add up to 1. The sum of a column is the number of units to expect.

    Raises
    ------
    ValueError
        When f is 1 (without sampling there is no noise), or as in `trend_reversal`.

    References
    ----------
    Owen, D. B. (1956). Tables for computing bivariate normal probabilities. Annals of Mathematical Statistics 27(4),
    1075–1090.

    Examples
    --------
    A country that stands still: both signs are even, and the shared middle makes three reversals for two that are not.

    >>> table = pd.DataFrame({"unit": "A", "group": "all", "year": [1, 2, 3], "jobs": [100, 100, 100]})
    >>> country = table.drop(columns="unit").assign(jobs=1000)
    >>> reversals_by_noise(table, [1, 2, 3], country, 0.25).round(4).to_numpy().tolist()
    [[0.1667, 0.3333, 0.3333, 0.1667]]
    """
    if not 0 < sampling_fraction < 1:
        raise ValueError(f"sampling_fraction is {sampling_fraction}: noise comes from a sample, give one under 1")
    counts = wide(table, years)
    if counts.shape[1] != 3:
        raise ValueError(f"years are {plain(years)}: two periods that meet have three dates")
    path = wide_reference(reference, counts).sum()
    jobs = counts.groupby("unit").sum()[~counts.isna().any(axis=1).groupby("unit").any()]
    jobs = jobs[jobs.sum(axis=1) > 0]
    level = np.outer(jobs.sum(axis=1) / path.sum(), path)
    square = count_error(level, sampling_fraction, design_effect) ** 2
    spread = np.sqrt(square[:, :2] + square[:, 1:])
    lost = -np.diff(level, axis=1) / spread                   # below this, a change is seen as a loss
    rho = -square[:, 1] / spread.prod(axis=1)
    both = _both_below(lost[:, 0], lost[:, 1], rho)
    first, second = scipy.special.ndtr(lost[:, 0]), scipy.special.ndtr(lost[:, 1])
    return pd.DataFrame(np.column_stack([1 - first - second + both, second - both, first - both, both]), jobs.index, TRENDS[:4])
