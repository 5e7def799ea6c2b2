"""Checks of what the introduction says of towns in general (§3–4): the figures of the first chapter."""
from __future__ import annotations

from data.words import OCCUPATIONS
from methods.claims.finding import (
    DOES_NOT,
    HOLDS,
    LARGEST_TOWN,
    PARTLY,
    Finding,
    Tables,
    counted_of,
    finding,
    town_index,
    units_of,
    workers_of,
)
from methods.representation import exact_interval
from methods.towns import skill_ratio

__all__ = ["towns_hold_workers", "managers_in_large_units", "towns_lost_workers", "some_towns_shrink", "fewer_and_more_skilled"]


def towns_hold_workers(tables: Tables) -> Finding:
    """Holds when towns under 100,000 have a larger part of France's workers than of its people."""
    units, now = units_of(tables), workers_of(tables)[2011]
    small = units["size_class"] <= LARGEST_TOWN
    workers = now[units.index[small]].sum() / tables("france_occupations").set_index("year").loc[2011, "workers"]
    people = units.loc[small, "population_2023"].sum() / tables("communes")["population_2023"].sum()
    return finding(workers, f"towns under 100,000 inhabitants hold {workers:.1%} of France’s workers and {people:.1%} of its people",
                    HOLDS if workers > people else DOES_NOT)


def managers_in_large_units(tables: Tables) -> Finding:
    """Holds when managers are a larger share in each class from 200,000 inhabitants on than in each class of towns."""
    now = tables("size_class_occupations").query("year == 2011").set_index("size_class").sort_index()
    part = now["managers"] / now[OCCUPATIONS].sum(axis=1)
    large, small = part[["200,000–1,999,999", "Paris"]], part["2,000–4,999":LARGEST_TOWN]
    return finding(large.min() / small.max(), f"managers are {large.min():.0%} and {large.max():.0%} of those at work in the largest "
                    f"units, {small.min():.0%} to {small.max():.0%} in the classes of towns", HOLDS if large.min() > small.max() else PARTLY)


def towns_lost_workers(tables: Tables) -> Finding:
    """Holds when towns under 100,000 have fewer workers at the last census than at the first."""
    workers, c = workers_of(tables).loc[town_index(tables).index].sum(), counted_of(tables)
    first, last = c.years[0], c.years[-1]
    change = workers[last] / workers[first] - 1
    return finding(change, f"{workers[first]:,.0f} {c.people} in {first}, {workers[last]:,.0f} in {last}: {change:+.1%}",
                    HOLDS if change < 0 else DOES_NOT)


def some_towns_shrink(tables: Tables) -> Finding:
    """Holds partly when some, not most, towns lose people and those have more workers; holds when most do."""
    units = units_of(tables)
    units = units[units["size_class"] <= LARGEST_TOWN]
    now = tables("urban_units_occupations").query("year == 2011").set_index("urban_unit").loc[units.index]
    shrinks = units["population_2023"] < units["population_2019"]
    groups = now.groupby(shrinks)[[*OCCUPATIONS]].sum()
    workers = groups["workers"] / groups.sum(axis=1)
    low, high = exact_interval(int(shrinks.sum()), len(shrinks))
    more = workers[True] > workers[False]
    return finding(shrinks.mean(), f"{shrinks.mean():.0%} of the towns lost people between 2019 and 2023; workers were {workers[True]:.1%} of "
                    f"those at work there, {workers[False]:.1%} elsewhere", (HOLDS if shrinks.mean() > 0.5 else PARTLY) if more else DOES_NOT,
                    low, high)


def fewer_and_more_skilled(tables: Tables) -> Finding:
    """Holds when in every size class of towns workers fall and skilled occupations for each worker rise, 1982 to 2011."""
    counts = tables("size_class_occupations").set_index(["year", "size_class"]).sort_index()
    then, now = (counts.loc[year].loc["2,000–4,999":LARGEST_TOWN] for year in (1982, 2011))
    both = (skill_ratio(now) > skill_ratio(then)) & (now["workers"] < then["workers"])
    first, last = (skill_ratio(part.sum().to_frame().T).iloc[0] for part in (then, now))
    return finding(last, f"for each worker {first:.2f} managers and intermediate occupations in 1982, {last:.2f} in 2011; both in "
                    f"{both.sum()} of {len(both)} classes of towns", HOLDS if both.all() else PARTLY if both.any() else DOES_NOT)
