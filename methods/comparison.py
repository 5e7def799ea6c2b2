"""Do groups differ? Chi-square on what they hold, Kruskal–Wallis on their members, and members dealt at random."""
from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
import scipy

from methods._words import plain
from methods.concentration import quotients

__all__ = ["Test", "chi_square", "kruskal_wallis", "permutation_test", "Deals"]


class Test(NamedTuple):
    """A test and the size of what it found."""

    __test__ = False            # no test of pytest's

    statistic: float
    degrees: int
    p_value: float
    effect: float


def _grouped(values: pd.Series, groups: pd.Series) -> pd.DataFrame:
    """Values and the groups of the same units, in sorted order; units without a group left out."""
    lost = values.index.symmetric_difference(groups.index)
    if len(lost):
        raise ValueError(f"{plain(lost[0])} has a value or a group, not both: give it both")
    table = pd.DataFrame({"value": values, "group": groups.astype("object")}).sort_index()
    table = table[table["group"].notna()]
    if table["value"].isna().any():
        raise ValueError(f"{plain(table.index[table['value'].isna()][0])} has no value: leave it out")
    if table["group"].nunique() < 2:
        raise ValueError(f"the groups are {plain(table['group'].unique())}: a comparison needs two")
    return table


def chi_square(counts: pd.Series, exposure: pd.Series, groups: pd.Series | None = None) -> Test:
    """Are things spread over the groups as people are? Each *thing* is one observation.

    Parameters
    ----------
    counts, exposure, groups : as for `methods.concentration.quotients`

    Returns
    -------
    Test
        `effect` is Cohen's w, the root of the statistic over the number of things: 0.1 is small, 0.3 middling,
        0.5 large. The test takes each thing as placed on its own; where they come in clumps its p is too small.

    Raises
    ------
    ValueError
        As `quotients`.

    References
    ----------
    Cohen, J. (1988). Statistical Power Analysis for the Behavioral Sciences, 2nd ed. Lawrence Erlbaum.

    Examples
    --------
    10 and 10 expected, 14 and 6 seen: (4² + 4²) / 10.

    >>> result = chi_square(pd.Series([14, 6]), pd.Series([50, 50]))
    >>> round(result.statistic, 6), result.degrees, round(result.effect, 6)
    (3.2, 1, 0.4)
    """
    table = quotients(counts, exposure, groups)
    expected = table["exposure"] * table["count"].sum() / table["exposure"].sum()
    statistic = float(((table["count"] - expected) ** 2 / expected).sum())
    degrees = len(table) - 1
    if degrees < 1:
        raise ValueError(f"the groups are {plain(table.index)}: a comparison needs two")
    return Test(statistic, degrees, float(scipy.special.chdtrc(degrees, statistic)), float((statistic / table["count"].sum()) ** 0.5))


def kruskal_wallis(values: pd.Series, groups: pd.Series) -> Test:
    """Are the members of some groups ranked higher than those of others? Each *member* is one observation.

    Parameters
    ----------
    values : Series, one per unit
        Rates or quotients; ties share their mean rank, and the statistic is corrected for them.
    groups : Series on the same index
        A unit without a group is left out.

    Returns
    -------
    Test
        `effect` is epsilon squared, H over the number of members less one: the part of the spread of ranks that groups take up,
        in [0, 1].

    Raises
    ------
    ValueError
        When the two are not about the same units, a value is missing, there is one group only, or all values
        are the same.

    References
    ----------
    Kruskal, W. H. and Wallis, W. A. (1952). Use of ranks in one-criterion variance analysis. Journal of the
    American Statistical Association 47(260), 583–621.

    Examples
    --------
    Ranks 1, 2 against 3, 4: H = 12 / 20 · (3² / 2 + 7² / 2) − 15.

    >>> result = kruskal_wallis(pd.Series([1, 2, 5, 9]), pd.Series(["a", "a", "b", "b"]))
    >>> round(result.statistic, 6), round(result.effect, 6)
    (2.4, 0.8)
    """
    table = _grouped(values, groups)
    n, ranks = len(table), scipy.stats.rankdata(table["value"].to_numpy(float).round(12))
    sums = pd.Series(ranks).groupby(table["group"].to_numpy()).agg(["sum", "size"])
    h = 12 / (n * (n + 1)) * float((sums["sum"] ** 2 / sums["size"]).sum()) - 3 * (n + 1)
    ties = np.unique(ranks, return_counts=True)[1].astype(float)
    room = 1 - float((ties**3 - ties).sum()) / (n**3 - n)
    if room <= 0:
        raise ValueError(f"all values are {table['value'].iloc[0]:g}: there is nothing to rank")
    h, degrees = h / room, len(sums) - 1
    return Test(h, degrees, float(scipy.special.chdtrc(degrees, h)), h / (n - 1))


class Deals(NamedTuple):
    """An observed statistic beside those of groups dealt at random."""

    observed: float
    mean: float
    largest: float
    p_value: float


def permutation_test(counts: pd.Series, exposure: pd.Series, groups: pd.Series, draws: int = 999, seed: int = 0) -> Deals:
    """Would groups dealt at random among the units differ as much? Whole *units* are dealt, with all they hold.

    The statistic is that of `chi_square`. Its usual p takes each thing as placed on its own; here a unit with
    many things stays one unit, so that a few extraordinary ones are no longer counted as hundreds of proofs.

    Parameters
    ----------
    counts, exposure, groups : as for `methods.concentration.quotients`
        Every unit has a group.
    draws : int
        Number of random deals, 1 or more. Each group keeps its number of units.
    seed : int
        Of the generator. Units are put in sorted order first, so the order of rows changes nothing.

    Returns
    -------
    Deals
        `observed`; `mean` and `largest` of the deals; `p_value`, (1 + deals at least as large) / (1 + draws).

    Raises
    ------
    ValueError
        As `quotients`, or when a unit has no group, there is one group only, or `draws` is under 1.

    Examples
    --------
    Four alike units in two groups: every deal is as good as the one seen.

    >>> units = pd.Series([2, 2, 2, 2], list("ABCD"))
    >>> permutation_test(units, units * 10, pd.Series(list("xxyy"), list("ABCD")), draws=9).p_value
    1.0
    """
    if draws < 1:
        raise ValueError(f"draws is {draws}: give at least 1, 999 is usual")
    table = _grouped(counts, groups)
    lost = counts.index.difference(table.index)
    if len(lost):
        raise ValueError(f"{plain(lost[0])} has no group: leave it out")
    quotients(counts, exposure)                                         # checks both
    things, people = table["value"].to_numpy(float), exposure[table.index].to_numpy(float)
    names, code = np.unique(table["group"].astype(str), return_inverse=True)
    share, generator = things.sum() / people.sum(), np.random.default_rng(seed)

    def statistic(dealt: np.ndarray) -> float:
        expected = np.bincount(dealt, people, len(names)) * share
        return float(((np.bincount(dealt, things, len(names)) - expected) ** 2 / expected).sum())
    observed = statistic(code)
    drawn = np.array([statistic(generator.permutation(code)) for _ in range(draws)])
    p_value = (1 + int((drawn >= observed * (1 - 1e-9)).sum())) / (1 + draws)
    return Deals(observed, float(drawn.mean()), float(drawn.max()), p_value)
