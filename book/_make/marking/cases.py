"""Questions on the case studies' methods, asked of other places: chapters 4, 5 and 6."""
from __future__ import annotations

from functools import cache
from itertools import combinations

import numpy as np
import pandas as pd

from book._make.marking.asking import Answer, Maker, Question, Student
from book._make.marking.towns import SOURCE, census, index, nation, own_town, towns
from data import load
from methods.agreement import cohens_kappa, percent_agreement
from methods.clusters import haversine
from methods.exact import sign_flip_test
from methods.land import nearest_km, people_around, sieve
from methods.landuse import in_steps, steps
from methods.segregation import dissimilarity, isolation
from methods.territory import residentialisation

__all__ = ["MAKERS"]

WITHIN = 10         # kilometres
USES = {"workshops_and_factories": "workshops and factories", "housing": "housing", "storage": "storage", "shops": "shops",
        "wasteland": "wasteland", "public_and_community": "public and community buildings"}
YEARS = 12


def near(code: str, count: int) -> list[str]:
    """A town and those nearest to it."""
    here = towns().loc[code]
    km = pd.Series(haversine(here["lon"], here["lat"], towns()["lon"], towns()["lat"]), towns().index)
    return [str(one) for one in km.reset_index().sort_values([0, "urban_unit"])["urban_unit"].head(count)]


@cache
def communes() -> pd.DataFrame:
    """Communes with people within ten kilometres per km², and distance to the nearest urban unit's point."""
    found = load("communes").set_index("commune").sort_index()
    found = found[found["lon"].notna()]
    around = people_around(found, found["population_2023"], within=WITHIN) / (np.pi * WITHIN**2)
    return found.assign(density=around.round(1), town=nearest_km(found, load("urban_units")).round(1))


def search_for_land(student: Student) -> Question:
    """Which communes around a town pass three criteria?"""
    code, name = own_town(student)
    here = towns().loc[code]
    km = pd.Series(haversine(here["lon"], here["lat"], communes()["lon"], communes()["lat"]), communes().index)
    found = communes().loc[km.sort_values(kind="stable").index[:12]].sort_values("name")
    bound = float(np.sort(found["density"])[6])         # half of them pass
    bound = float(f"{bound:.2g}")
    criteria = {"few people": found["population_2023"] < 1000, "emptiness": found["density"] < bound, "a town": found["town"] <= 5}
    fall = sieve(criteria)
    given = found[["name", "population_2023", "density", "town"]]
    given.columns = ["commune", "people 2023", "people per km² within 10 km", "km to the nearest urban unit"]
    return Question("04_arrival", f"Could criteria have found it? Twelve communes around {name}",
                    f"Three criteria: under 1,000 inhabitants; under {bound:,g} people per km² within 10 km; an urban unit within 5 km.",
                    [Answer("How many communes meet all three?", int(fall["left"].iloc[-1]), "d"),
                     Answer("How many does the second criterion take if it is asked first?", int(fall.loc["emptiness", "if_first"]), "d"),
                     Answer("How many does it take if it is asked last?", int(fall.loc["emptiness", "if_last"]), "d")],
                    given, {"people per km² within 10 km": ",.1f", "km to the nearest urban unit": ".1f"}, "INSEE, populations 2023", (code,))


@cache
def codings() -> pd.DataFrame:
    """The two codings of the chapter side by side."""
    both = load("genouille_coding").set_index("sequence")
    first, second = (both[both["coder"] == coder] for coder in ("first", "second"))
    return first[["from", "to", "resource"]].assign(first=first["tie"].astype(str), second=second["tie"].astype(str)).sort_index()


def two_coders(student: Student) -> Question:
    """Agreement on some of the rows."""
    rows = list(student.take("rows coded", list(combinations(codings().index, 9)))[0])
    given = codings().loc[rows]
    return Question("04_arrival", "Two coders, nine accesses", "Take *unknown* as a code like another.",
                    [Answer("On how many of the nine do they agree?", int((given["first"] == given["second"]).sum()), "d"),
                     Answer("Cohen’s kappa, to two decimals", cohens_kappa(given["first"], given["second"])),
                     Answer("Percent agreement", 100 * percent_agreement(given["first"], given["second"]), ".0f")],
                    given.reset_index(drop=True), {}, "our own coding of public facts", tuple(map(str, rows)))


def who_lives_there(student: Student) -> Question:
    """Residentialisation of a town."""
    code, name = own_town(student)
    groups = ["managers", "intermediate", "workers"]
    own, country = census().loc[code].loc[[1982, 2011], groups], nation().loc[[1982, 2011], groups]
    found = residentialisation(own.reset_index().assign(town=name), country.reset_index(), place="town").loc[name]
    given = pd.concat({name: own.T, "France": country.T}, axis=1)
    given.columns = [f"{place} {year}" for place, year in given.columns]
    return Question("05_valley", f"Who lives in {name}?", "The index: managers and intermediate occupations for one worker, over the same ratio in France.",
                    [Answer("Index in 1982, to two decimals", found[1982]), Answer("and in 2011", found[2011]),
                     Answer("Did the town draw nearer to France’s level of 1? (yes or no)", "yes" if abs(found[2011] - 1) < abs(found[1982] - 1) else "no")],
                    given.rename_axis("group").reset_index(), {}, SOURCE, (code,))


def spread_of_two_groups(student: Student) -> Question:
    """Dissimilarity and isolation over six neighbouring towns."""
    code, name = own_town(student)
    codes = near(code, 6)
    now = census().xs(2011, level="year").loc[codes]
    at_work = now.sum(axis=1)
    given = pd.DataFrame({"town": towns().loc[codes, "name"], "workers": now["workers"], "managers": now["managers"], "at work": at_work})
    return Question("05_valley", f"{name} and its five nearest towns",
                    "Towns under 100,000 inhabitants, figures of 2011. Dissimilarity is between workers and managers; isolation of workers is among all at work.",
                    [Answer("Dissimilarity, to three decimals", float(dissimilarity(now["workers"], now["managers"])), ".3f"),
                     Answer("Isolation of workers, to three decimals", float(isolation(now["workers"], at_work)), ".3f"),
                     Answer("What would the isolation be if workers were spread evenly, to three decimals?", now["workers"].sum() / at_work.sum(), ".3f")],
                    given.reset_index(drop=True), {}, SOURCE, (code,))


@cache
def _windows() -> list[tuple[str, str, int]]:
    """Every stretch of known years in which some use of some municipality made a step of over a tenth and over a hectare."""
    land = load("mons_land_use").sort_values(["name", "year"]).set_index(["name", "year"])
    return [(name, use, start) for name in land.index.unique("name") for use in USES
            for start in range(len(land.loc[name]) - YEARS + 1)
            if land.loc[name][use].iloc[start:start + YEARS].min() >= 1 and len(steps(land.loc[name][use].iloc[start:start + YEARS].round(1), floor=1))]


def steps_before_trends(student: Student) -> Question:
    """A stretch of the land register, split into steps and all the rest."""
    name, use, start = student.take("land", _windows())[0]
    land = load("mons_land_use").sort_values(["name", "year"]).set_index(["name", "year"])
    areas = land.loc[name][use].iloc[start:start + YEARS].round(1)
    split, found = in_steps(areas, floor=1), steps(areas, floor=1)
    given = areas.rename("hectares").reset_index()
    return Question("06_fabric", f"{USES[use].capitalize()} in {name}",
                    "A step: over a tenth of the area before it, and one hectare or more. Some years are not in the register.",
                    [Answer("How many steps are there?", len(found), "d"), Answer("Change from the first to the last year, in hectares, to one decimal", split["total"], "+.1f"),
                     Answer("What do the steps upwards add up to?", split["up"], "+.1f"), Answer("And those downwards?", split["down"], "+.1f"),
                     Answer("What is left of the change without any step?", split["rest"], "+.1f")],
                    given, {"year": "d", "hectares": ".1f"}, "land register, via IWEPS", (name, use, str(start)))


def exact_pairs(student: Student) -> Question:
    """An exact paired test on six towns."""
    code, name = own_town(student)
    codes = near(code, 6)
    values = index().loc[codes, [1982, 2011]].round(2)
    change = (values[2011] - values[1982]).round(2)
    test = sign_flip_test(change.tolist())
    given = pd.DataFrame({"town": towns().loc[codes, "name"], "index 1982": values[1982], "index 2011": values[2011]}).reset_index(drop=True)
    return Question("06_fabric", f"{name} and its neighbours: an exact paired test", "Take the change of each town’s specialisation index, to two decimals as "
                    "it follows from the table. List all ways to flip the signs of the six changes.",
                    [Answer("Mean change, to three decimals", test.observed, "+.3f"), Answer("How many ways are there?", test.arrangements, "d"),
                     Answer("How many are at least as far from zero as the mean change?", test.as_far, "d"),
                     Answer("*p*, to two decimals", test.p_value)], given, {"index 1982": ".2f", "index 2011": ".2f"}, SOURCE, (code,))


MAKERS = [Maker("04_arrival", search_for_land), Maker("04_arrival", two_coders), Maker("05_valley", who_lives_there),
          Maker("05_valley", spread_of_two_groups), Maker("06_fabric", steps_before_trends), Maker("06_fabric", exact_pairs)]
