"""Shift-share: what part of a place's change comes with the country, with its mix of groups, with its region, or is its own.

Every function takes a tidy table with the columns `unit`, `group`, `year` and `jobs`; a count that is missing, or has no
row, stays missing and is never a zero (write the zeros of a source that leaves them out). Groups may be sectors or occupations: nothing here knows which.
"""
from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from methods._jobs import by_unit, growth_factors, pool, wide, wide_reference
from methods._words import plain

__all__ = ["CLASSIC", "REGIONAL", "HOMOTHETIC", "shift_share", "regional_shift_share", "homothetic_shift_share",
           "dynamic_shift_share", "total", "per_year", "pool"]

#: The effects that add up to the change, form by form.
CLASSIC = ["national", "structural", "local"]
REGIONAL = ["national", "structural", "regional", "own"]
HOMOTHETIC = ["national", "structural", "competitive", "allocation"]


def _parts(table: pd.DataFrame, start: int, end: int, reference: pd.DataFrame | None) -> tuple[pd.DataFrame, pd.DataFrame, np.ndarray]:
    """Counts, reference, and the classic effects' only ingredients: how far the whole and each group of it grew."""
    counts = wide(table, [start, end])
    whole = wide_reference(reference, counts)
    if not whole[start].sum() > 0:
        raise ValueError(f"the reference has {whole[start].sum():g} jobs in {start}: a rate needs some")
    return counts, whole, growth_factors(whole, counts.index.get_level_values("group"), counts[start].to_numpy())


def shift_share(table: pd.DataFrame, start: int, end: int, reference: pd.DataFrame | None = None) -> pd.DataFrame:
    """Classic shift-share: the change of each unit and group as national + structural + local.

    With E jobs at the start, r the growth of all jobs of the reference and r_g that of the group: national = E r (if
    the group had followed the country), structural = E (r_g − r) (because the group does better or worse than others
    everywhere), local = what is left, the change minus E r_g.

    Parameters
    ----------
    table : DataFrame, columns `unit`, `group`, `year`, `jobs`
        One row per unit, group and year. A missing count makes the unit's effects of that group missing.
    start, end : int
        Two years of the table, `start` before `end`.
    reference : DataFrame, columns `group`, `year`, `jobs`, optional
        The country. When not given, the sum of the units that have every count.

    Returns
    -------
    DataFrame, one row per unit and group (sorted)
        `jobs` at the start, `change`, and `national`, `structural`, `local`, in jobs: they add up to `change`.

    Raises
    ------
    ValueError
        When a column or year is missing, a key stands twice, a count is negative, or the reference lacks a group.

    References
    ----------
    Dunn, E. S. (1960). A statistical and analytical technique for regional analysis. Papers of the Regional Science
    Association 6, 97–112.

    Examples
    --------
    All jobs grow from 200 to 220 (a tenth), metal falls from 100 to 90, services rise from 100 to 130.

    >>> table = pd.DataFrame({"unit": list("AABB") * 2, "group": ["metal", "services"] * 4, "year": [1] * 4 + [2] * 4,
    ...                       "jobs": [80, 20, 20, 80, 76, 30, 14, 100]})
    >>> shift_share(table, 1, 2).loc["A"].round(6).reset_index()
          group  jobs  change  national  structural  local
    0     metal  80.0    -4.0       8.0       -16.0    4.0
    1  services  20.0    10.0       2.0         4.0    4.0
    """
    counts, whole, group = _parts(table, start, end, reference)
    before, after = counts[start], counts[end]
    overall = whole[end].sum() / whole[start].sum()
    effects = pd.DataFrame({"jobs": before, "change": after - before, "national": before * (overall - 1),
                            "structural": before * (group - overall), "local": after - before * group})
    return effects.mask(effects["change"].isna())


def regional_shift_share(table: pd.DataFrame, start: int, end: int, regions: pd.Series, reference: pd.DataFrame | None = None,
                         regional: pd.DataFrame | None = None) -> pd.DataFrame:
    """Shift-share with a regional effect: local = regional + own.

    regional = E (r_Rg − r_g): the group does better or worse in the whole region R; own = the change minus E r_Rg: what
    the unit does beyond its region.

    Parameters
    ----------
    table, start, end, reference
        As for `shift_share`.
    regions : Series, by unit
        The region of each unit.
    regional : DataFrame, columns `region`, `group`, `year`, `jobs`, optional
        The whole of each region. When not given, the sum of its units that have every count.

    Returns
    -------
    DataFrame, one row per unit and group (sorted)
        The columns of `shift_share`, then `regional` and `own`, which add up to `local`.

    Raises
    ------
    ValueError
        When a unit has no region, or as in `shift_share`.

    Examples
    --------
    >>> table = pd.DataFrame({"unit": ["A", "B", "C"] * 2, "group": "all", "year": [1] * 3 + [2] * 3,
    ...                       "jobs": [100, 100, 200, 130, 110, 200]})
    >>> effects = regional_shift_share(table, 1, 2, pd.Series({"A": "west", "B": "west", "C": "east"}))
    >>> effects[["national", "regional", "own"]].round(6).to_numpy().tolist()
    [[10.0, 10.0, 10.0], [10.0, 10.0, -10.0], [20.0, -20.0, 0.0]]
    """
    effects = shift_share(table, start, end, reference)
    counts = wide(table, [start, end])
    units = counts.index.get_level_values("unit")
    region = by_unit(regions, units)
    whole = wide_reference(regional, counts, region.groupby(level=0).first())
    keys = pd.MultiIndex.from_arrays([region.to_numpy(), counts.index.get_level_values("group")])
    before = effects["jobs"].fillna(0).to_numpy()
    own = counts[end] - counts[start] * growth_factors(whole, keys, before)
    return effects.assign(regional=effects["local"] - own, own=own.mask(effects["change"].isna()))


def homothetic_shift_share(table: pd.DataFrame, start: int, end: int, reference: pd.DataFrame | None = None) -> pd.DataFrame:
    """Esteban-Marquillas' split of the local effect: competitive + allocation.

    The homothetic jobs E* are those that a unit of this size would have in the group with the country's mix. competitive
    = E* (r_ig − r_g), the advantage freed of the unit's own mix; allocation = (E − E*) (r_ig − r_g), positive when the unit is
    specialised where it does well (or is not where it does badly). The rate r_ig of nobody is not defined: where the
    unit had no jobs in the group at the start, the two are missing, and `local` is not.

    Parameters
    ----------
    table, start, end, reference
        As for `shift_share`.

    Returns
    -------
    DataFrame, one row per unit and group (sorted)
        The columns of `shift_share`, then `homothetic` (E*), `competitive` and `allocation`, which add up to `local`.
        Not additive over units: pool places first (`pool`), then decompose.

    Raises
    ------
    ValueError
        As in `shift_share`.

    References
    ----------
    Esteban-Marquillas, J. M. (1972). A reinterpretation of shift-share analysis. Regional and Urban Economics 2(3),
    249–255.

    Examples
    --------
    A has 80 of its 100 jobs in metal, the country half: E* is 50. Metal kept 95 % of its jobs in A, 90 % in the country.

    >>> table = pd.DataFrame({"unit": list("AABB") * 2, "group": ["metal", "services"] * 4, "year": [1] * 4 + [2] * 4,
    ...                       "jobs": [80, 20, 20, 80, 76, 30, 14, 100]})
    >>> homothetic_shift_share(table, 1, 2).loc[("A", "metal"), ["local", "homothetic", "competitive", "allocation"]].round(6).tolist()
    [4.0, 50.0, 2.5, 1.5]
    """
    counts, whole, _ = _parts(table, start, end, reference)
    effects = shift_share(table, start, end, reference)
    mix = (whole[start] / whole[start].sum()).reindex(counts.index.get_level_values("group")).to_numpy()
    size = effects["jobs"].groupby("unit").transform(lambda jobs: jobs.sum(skipna=False))
    advantage = effects["local"] / effects["jobs"].where(effects["jobs"] > 0)          # r_ig − r_g
    competitive = size * mix * advantage
    return effects.assign(homothetic=size * mix, competitive=competitive, allocation=effects["local"] - competitive)


def dynamic_shift_share(table: pd.DataFrame, years: Sequence[int], form: Callable[..., pd.DataFrame] = shift_share,
                        **options: Any) -> pd.DataFrame:
    """Dynamic shift-share: decompose each step between two dates with the jobs at its own start, and add the steps up.

    The comparison of two far dates applies the mix of the first to the whole span. Here the mix moves.

    Parameters
    ----------
    table
        As for `shift_share`.
    years : sequence of at least two years, increasing
    form : function
        `shift_share` or another one of this module.
    **options
        What that form takes more: `reference`, `regions`, `regional`.

    Returns
    -------
    DataFrame, one row per unit and group (sorted)
        The columns of the form; `jobs` is at the first date, `change` over the whole span. A count that is missing at one
        of the dates makes the row missing.

    Raises
    ------
    ValueError
        When there are fewer than two years, or as in the form.

    References
    ----------
    Barff, R. A. and Knight, P. L. (1988). Dynamic shift-share analysis. Growth and Change 19(2), 1–10.

    Examples
    --------
    >>> table = pd.DataFrame({"unit": list("AB") * 3, "group": "all", "year": [1, 1, 2, 2, 3, 3],
    ...                       "jobs": [100, 100, 150, 100, 150, 150]})
    >>> dynamic_shift_share(table, [1, 2, 3]).loc["A", ["change", "national", "local"]].round(6).to_numpy().tolist()
    [[50.0, 55.0, -5.0]]
    """
    if len(years) < 2:
        raise ValueError(f"years are {plain(years)}: a change needs two")
    steps = [form(table, start, end, **options) for start, end in pairwise(years)]
    keys = wide(table, years).index
    steps = [step.reindex(keys) for step in steps]
    jobs = steps[0]["jobs"]
    every = sum(steps[1:], steps[0]).assign(jobs=jobs).drop(columns="homothetic", errors="ignore")
    return every.mask(every["change"].isna())


def total(effects: pd.DataFrame, classes: pd.Series | None = None) -> pd.DataFrame:
    """Add effects up over groups, by unit or by class of units.

    Parameters
    ----------
    effects : DataFrame
        From a function of this module.
    classes : Series, by unit, optional
        Class of each unit; a unit without one is left out.

    Returns
    -------
    DataFrame, one row per unit or class
        The same columns. A unit with a group that is missing is missing; a class adds up the units that are whole.

    Examples
    --------
    >>> rows = pd.MultiIndex.from_tuples([("A", "x"), ("A", "y"), ("B", "x")], names=["unit", "group"])
    >>> effects = pd.DataFrame({"jobs": [10, 20, 5], "local": [1, -3, None]}, rows)
    >>> total(effects).to_numpy().tolist()
    [[30.0, -2.0], [nan, nan]]
    """
    by_unit = effects.groupby("unit").sum().astype(float)
    holes = effects.isna().groupby("unit").any()
    if classes is None:
        return by_unit.mask(holes.any(axis=1))
    whole = by_unit[~holes.any(axis=1)]
    return whole.groupby(classes.reindex(whole.index), observed=True).sum()


def per_year(effects: pd.DataFrame, years: int) -> pd.DataFrame:
    """Effects as percentages of the jobs at the start, for one year: they still add up.

    Parameters
    ----------
    effects : DataFrame
        From `total` or a form; `jobs` above 0, or the row is missing.
    years : int
        Length of the period, in years.

    Returns
    -------
    DataFrame
        Every column but `jobs`, in % of it a year (not compounded).

    Raises
    ------
    ValueError
        When the length is not above 0.

    Examples
    --------
    >>> per_year(pd.DataFrame({"jobs": [200.0], "change": [20.0], "local": [-10.0]}), 5).to_numpy().tolist()
    [[2.0, -1.0]]
    """
    if not years > 0:
        raise ValueError(f"the period is {years} years long: give a number above 0")
    return effects.drop(columns="jobs").div(effects["jobs"].where(effects["jobs"] > 0) * years / 100, axis=0)
