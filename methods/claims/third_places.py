"""Checks of what the introduction and the abstract say of third places (§14): the figures of the seventh chapter."""
from __future__ import annotations

import numpy as np
import pandas as pd

from methods.claims.finding import DOES_NOT, HOLDS, PARTLY, Finding, Tables, finding
from methods.concentration import quotients
from methods.counts import poisson_regression
from methods.profiles import standardise

__all__ = ["third_places_at_both_ends", "third_places_lack_in_the_middle", "third_places_lack_in_metropolises",
           "third_places_where_in_difficulty"]

SMALL, MEDIUM, LARGE = "under 20,000", "20,000–99,999", "100,000 and over"


def _zones(tables: Tables) -> pd.DataFrame:
    """Employment zones, with the tier of their largest town."""
    zones = tables("employment_zones").set_index("employment_zone").sort_index()
    return zones.assign(tier=_tier(zones["largest_town_size_class"]))


def _tier(sizes: pd.Series) -> pd.Series:
    return pd.Series(np.array([SMALL, MEDIUM, LARGE])[np.digitize(sizes.cat.codes, [4, 6])], sizes.index)


def third_places_at_both_ends(tables: Tables) -> Finding:
    """Holds when small and large zones have a clearly higher rate than medium ones; partly when only one end has."""
    zones = _zones(tables)
    dummies = pd.get_dummies(zones["tier"]).astype(float)[[SMALL, LARGE]]
    ratio = poisson_regression(zones["third_places"], dummies, zones["population_2018"]).table
    small, large = ratio.loc[SMALL], ratio.loc[LARGE]
    clear = [end["low"] > 1 for end in (small, large)]
    return finding(small["ratio"], f"third places per inhabitant over those of zones around {MEDIUM}: {small['ratio']:.2f} ({small['low']:.2f} to "
                   f"{small['high']:.2f}) in smaller zones, {large['ratio']:.2f} ({large['low']:.2f} to {large['high']:.2f}) in larger ones",
                   HOLDS if all(clear) else PARTLY if any(clear) else DOES_NOT, small["low"], small["high"])


def third_places_lack_in_the_middle(tables: Tables) -> Finding:
    """Holds when towns of 20,000–99,999 have less than their share counted by zone and by commune; partly when by one of them."""
    zones, communes = _zones(tables), tables("third_places_by_commune_class").dropna().set_index("size_class").sort_index()
    by_zone = quotients(zones["third_places"], zones["population_2018"], zones["tier"]).loc[MEDIUM]
    own = _tier(pd.Series(communes.index, communes.index))
    by_commune = quotients(communes["third_places"], communes["population_2019"], own).loc[MEDIUM]
    clear = [row["high"] < 1 for row in (by_zone, by_commune)]
    return finding(by_zone["quotient"], f"around towns of {MEDIUM} third places are {by_zone['quotient']:.2f} of their share by zone, "
                   f"{by_commune['quotient']:.2f} ({by_commune['low']:.2f} to {by_commune['high']:.2f}) by commune",
                   HOLDS if all(clear) else PARTLY if any(clear) else DOES_NOT, by_zone["low"], by_zone["high"])


def third_places_lack_in_metropolises(tables: Tables) -> Finding:
    """Holds when large zones have less than their share; partly when only the mean large zone has less than the mean small one."""
    zones = _zones(tables)
    summed = quotients(zones["third_places"], zones["population_2018"], zones["tier"]).loc[LARGE]
    each = quotients(zones["third_places"], zones["population_2018"])["quotient"].groupby(zones["tier"]).mean()
    return finding(summed["quotient"], f"large zones have {summed['quotient']:.2f} of their share when people count; when each zone counts once "
                   f"the mean large one has {each[LARGE]:.2f} and the mean small one {each[SMALL]:.2f}",
                   HOLDS if summed["high"] < 1 else PARTLY if each[LARGE] < each[SMALL] else DOES_NOT, summed["low"], summed["high"])


def third_places_where_in_difficulty(tables: Tables) -> Finding:
    """Holds when the rate of third places clearly rises with unemployment."""
    zones = _zones(tables)
    z = standardise(zones[["unemployment_pct_2011", "self_employed_pct_2011"]])

    def ratio(name: str, kept: pd.Series) -> pd.Series:
        return poisson_regression(zones.loc[kept, "third_places"], z.loc[kept, [name]], zones.loc[kept, "population_2018"]).table.iloc[1]
    jobless = ratio("unemployment_pct_2011", zones["tier"].notna())
    own_account = ratio("self_employed_pct_2011", zones["tier"] != LARGE)
    return finding(jobless["ratio"], f"for one standard deviation more unemployment {jobless['ratio']:.2f} times the rate; for more self-employed, "
                   f"in zones under 100,000, {own_account['ratio']:.2f} times ({own_account['low']:.2f} to {own_account['high']:.2f})",
                   HOLDS if jobless["low"] > 1 else DOES_NOT, jobless["low"], jobless["high"])
