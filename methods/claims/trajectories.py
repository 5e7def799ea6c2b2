"""Checks of what the introduction and the abstract say after Glita (§7): the figures of the second chapter."""
from __future__ import annotations

import pandas as pd

from data.words import region_of
from methods.claims.finding import (
    DOES_NOT,
    HOLDS,
    LARGEST_TOWN,
    PARTLY,
    SPECIALISED,
    Finding,
    Tables,
    counted_of,
    finding,
    index_of,
    town_index,
    unit_at,
    units_of,
    workers_of,
)
from methods.clusters import join_count, neighbours
from methods.representation import exact_interval, over_representation, two_reasons
from methods.specialisation import share
from methods.typology import types_of_trajectories

__all__ = ["towns_are_specialised", "towns_are_many", "industry_sits_in_smaller_places", "north_east_leads", "rhone_alpes_leads",
           "old_towns_lost_workers", "two_isolated_towns", "clusters_of_towns", "new_specialised_towns", "new_towns_grow",
           "new_towns_in_brittany", "shrinking_towns_lose_most", "towns_resist"]


def _ends(tables: Tables) -> tuple[int, int]:
    """First and last census: 1982 and 2011 in the book."""
    years = counted_of(tables).years
    return years[0], years[-1]


def _rates(tables: Tables, year: int) -> pd.DataFrame:
    known = index_of(tables)[year].dropna()
    size = units_of(tables)["size_class"].reindex(known.index)
    groups = size.astype("str").where(size <= LARGEST_TOWN, "larger")
    return over_representation(groups, known >= SPECIALISED)


def towns_are_specialised(tables: Tables) -> Finding:
    """Holds when at each census a town is specialised more often than a larger unit, at the last beyond the intervals."""
    often, last = {}, _ends(tables)[1]
    for year in index_of(tables):
        rate = _rates(tables, year)
        small, large = rate.drop("larger"), rate.loc["larger"]
        often[year] = small["marked"].sum() / small["towns"].sum() / large["share"]
    low, high = exact_interval(int(small["marked"].sum()), int(small["towns"].sum()))
    share = small["marked"].sum() / small["towns"].sum()
    always = min(often.values()) > 1
    return finding(share, f"{share:.1%} of the towns are specialised in {last}, {large['share']:.1%} of the larger units; more often at "
                    f"{sum(v > 1 for v in often.values())} of {len(often)} censuses",
                    HOLDS if always and low > large["high"] else PARTLY if max(often.values()) > 1 else DOES_NOT, low, high)


def _reasons(tables: Tables) -> pd.Series:
    known = index_of(tables)[_ends(tables)[1]].dropna()
    small = units_of(tables)["size_class"].reindex(known.index) <= LARGEST_TOWN
    return two_reasons(small, known >= SPECIALISED)


def towns_are_many(tables: Tables) -> Finding:
    """Holds when mere number is the larger part of the ratio of small to large specialised units."""
    reasons = _reasons(tables)
    return finding(reasons["many_part"], f"{reasons['odds']:.0f} small specialised units for each large one = {reasons['many']:.1f} because they "
                    f"are many × {reasons['often']:.1f} because they are specialised more often", HOLDS if reasons["many_part"] > 0.5 else PARTLY)


def industry_sits_in_smaller_places(tables: Tables) -> Finding:
    """Holds when each class of towns is specialised more often than the larger units; partly when only some are."""
    rate = _rates(tables, _ends(tables)[1])
    small, large = rate.drop("larger"), rate.loc["larger"]
    above = small["low"] > large["share"]
    return finding(_reasons(tables)["often"], f"{above.sum()} of {len(above)} classes of towns are clearly specialised more often than larger "
                    f"units ({large['share']:.1%}); towns of {LARGEST_TOWN} are not ({small.loc[LARGEST_TOWN, 'share']:.1%})"
                    if not above.all() else f"all {len(above)} classes are specialised more often than larger units",
                    HOLDS if above.all() else PARTLY if above.any() else DOES_NOT)


def _region_of_high_type(tables: Tables, region: str) -> pd.Series:
    index = town_index(tables)
    types = types_of_trajectories(index)
    return over_representation(region_of(units_of(tables).loc[index.index, "department"]), types == 1).loc[region]


def north_east_leads(tables: Tables) -> Finding:
    """Holds when the most specialised type is over-represented in the north-east, beyond its interval."""
    row = _region_of_high_type(tables, "north-east")
    return finding(row["ratio"], f"the most specialised type is {row['ratio']:.2f} times as common in the north-east as in France",
                    HOLDS if row["ratio_low"] > 1 else DOES_NOT, row["ratio_low"], row["ratio_high"])


def rhone_alpes_leads(tables: Tables) -> Finding:
    """The same for the former Rhône-Alpes."""
    row = _region_of_high_type(tables, "former Rhône-Alpes")
    return finding(row["ratio"], f"the most specialised type is {row['ratio']:.2f} times as common in the former Rhône-Alpes as in France",
                    HOLDS if row["ratio_low"] > 1 else DOES_NOT, row["ratio_low"], row["ratio_high"])


def old_towns_lost_workers(tables: Tables) -> Finding:
    """Holds when more than half of the towns specialised at the first census have fewer workers at the last."""
    index, workers, (first, last) = town_index(tables), workers_of(tables), _ends(tables)
    old = index.index[index[first] >= SPECIALISED]
    fell = workers.loc[old, last] < workers.loc[old, first]
    low, high = exact_interval(int(fell.sum()), len(fell))
    return finding(fell.mean(), f"{fell.sum():,} of the {len(fell):,} towns that were specialised in {first} have fewer "
                   f"{counted_of(tables).people} in {last}",
                    HOLDS if low > 0.5 else PARTLY if fell.any() else DOES_NOT, low, high)


def _around(tables: Tables) -> tuple[pd.Series, pd.DataFrame]:
    """Which located units are specialised at the last census, and pairs of them within 20 km."""
    units, index = units_of(tables), index_of(tables)[_ends(tables)[1]]
    located = units[units["lon"].notna() & index.reindex(units.index).notna()]
    return index[located.index] >= SPECIALISED, neighbours(located, within=20)


def two_isolated_towns(tables: Tables) -> Finding:
    """Holds when Decazeville and Montbard are specialised and in the quarter of units with the fewest within 20 km."""
    marked, pairs = _around(tables)
    count = pd.concat([pairs["a"], pairs["b"]]).value_counts().reindex(marked.index, fill_value=0)
    ends = {name: unit_at(units_of(tables), commune) for name, commune in (("Decazeville", "12089"), ("Montbard", "21425"))}
    few = max(count[code] for code in ends.values())
    return finding(few, "; ".join(f"{name}: {count[code]} other units within 20 km" for name, code in ends.items())
                    + f"; a middling unit has {count.median():.0f}",
                    HOLDS if all(marked[c] for c in ends.values()) and few <= count.quantile(0.25) else PARTLY)


def clusters_of_towns(tables: Tables) -> Finding:
    """Holds when specialised units stand together more than chance, and around each of the four places named; else partly."""
    marked, pairs = _around(tables)
    joins = join_count(marked, pairs, draws=200)
    both = pd.concat([pairs.rename(columns={"a": "b", "b": "a"}), pairs])
    near = marked[both["b"]].groupby(both["a"].to_numpy()).agg(["sum", "size"])
    places = ["49099", "43224", "57672", "25388"]       # Cholet, Sainte-Sigolène, Thionville, Montbéliard
    named = near.reindex([unit_at(units_of(tables), commune) for commune in places]).dropna().astype(int)
    clear = exact_interval(named["sum"], named["size"])[0] > marked.mean()
    return finding(joins.observed / joins.expected, f"{joins.observed:,} pairs of specialised neighbours where chance gives "
                    f"{joins.expected:,.0f}; of the four places named, {int(clear.sum())} clearly above the country’s rate",
                    DOES_NOT if joins.p_value > 0.05 else HOLDS if clear.all() else PARTLY)


def _new(tables: Tables) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Index of the towns; which could become specialised after the first census; which did."""
    index, (first, last) = town_index(tables), _ends(tables)
    eligible = index[first] < 1
    return index, eligible, eligible & (index[last] >= SPECIALISED)


def new_specialised_towns(tables: Tables) -> Finding:
    """Holds partly when there are newly specialised towns, but in some of them the share of workers did not rise."""
    index, eligible, new = _new(tables)
    c, (first, last) = counted_of(tables), _ends(tables)
    counts = tables(f"urban_units_{c.by}").set_index(["year", "urban_unit"])
    part = share(counts[c.group], counts[list(c.groups)].sum(axis=1))
    rose = (part[last].loc[index.index] > part[first].loc[index.index])[new]
    return finding(new.sum(), f"{new.sum()} of {eligible.sum()} towns that could became specialised; in {int(rose.sum())} of them the share of "
                    f"{c.people} rose, in {int((~rose).sum())} only the country’s fell", HOLDS if rose.all() else PARTLY if rose.any() else DOES_NOT)


def new_towns_grow(tables: Tables) -> Finding:
    """Holds when newly specialised towns gain people more often than other towns that could have become so."""
    index, eligible, new = _new(tables)
    units = units_of(tables).loc[index.index]
    grows = units["population_2023"] > units["population_2019"]
    ours, like, old = grows[new].mean(), grows[eligible & ~new].mean(), grows[~eligible].mean()
    low, high = exact_interval(int(grows[new].sum()), int(new.sum()))
    return finding(ours, f"{ours:.0%} of the new towns gained people between 2019 and 2023, {like:.0%} of the other towns that could have become "
                    f"so, {old:.0%} of the rest", HOLDS if low > like else PARTLY if ours > old else DOES_NOT, low, high)


def new_towns_in_brittany(tables: Tables) -> Finding:
    """Holds when towns that could became specialised in Brittany more often than in France, beyond the interval."""
    index, eligible, new = _new(tables)
    region = region_of(units_of(tables).loc[index.index, "department"])
    row, base = over_representation(region[eligible], new[eligible]).loc["Brittany"], new.sum() / eligible.sum()
    return finding(row["share"], f"{row['marked']:.0f} of {row['towns']:.0f} towns that could, {row['share']:.0%}; in France {base:.0%}",
                    HOLDS if row["low"] > base else PARTLY if row["share"] > base else DOES_NOT, row["low"], row["high"])


def shrinking_towns_lose_most(tables: Tables) -> Finding:
    """Holds when workers fell faster from 1999 to the last census in the towns that lose people than in the others."""
    index, workers = town_index(tables), workers_of(tables)
    units = units_of(tables).loc[index.index]
    shrinks = units["population_2023"] < units["population_2019"]
    sums = workers.loc[index.index].groupby(shrinks).sum()
    last = _ends(tables)[1]
    change = sums[last] / sums[1999] - 1
    return finding(change[True] - change[False], f"{counted_of(tables).people} 1999–{last}: {change[True]:+.1%} in towns that lost people between 2019 and 2023, "
                    f"{change[False]:+.1%} in the others", HOLDS if change[True] < min(change[False], 0) else DOES_NOT)


def towns_resist(tables: Tables) -> Finding:
    """Holds when workers fell more slowly from the first to the last census in towns under 100,000 than in larger units."""
    workers, small, (first, last) = workers_of(tables), town_index(tables).index, _ends(tables)
    large = units_of(tables).index[units_of(tables)["size_class"] > LARGEST_TOWN]
    change = {name: workers.loc[part, last].sum() / workers.loc[part, first].sum() - 1 for name, part in (("towns", small), ("larger", large))}
    return finding(change["towns"] - change["larger"], f"{counted_of(tables).people} {first}–{last}: {change['towns']:+.1%} in towns under 100,000, "
                    f"{change['larger']:+.1%} in larger units", HOLDS if change["towns"] > change["larger"] else DOES_NOT)
