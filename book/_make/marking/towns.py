"""Questions on towns: chapters 1, 2 and 3."""
from __future__ import annotations

from functools import cache

import pandas as pd

from book._make.marking.asking import Answer, Maker, Question, Student
from data import OCCUPATIONS, load
from methods.costs import constant_costs
from methods.dynamics import growth
from methods.matching import optimal_matching
from methods.shiftshare import shift_share, total
from methods.specialisation import classify, location_quotient, share, specialisation_index
from methods.towns import agreement, skill_ratio

__all__ = ["MAKERS", "CENSUSES", "SOURCE", "census", "index", "own_town", "towns"]

CENSUSES = [1982, 1990, 1999, 2006, 2011]
BOUNDS, STATES, LETTERS = [0.8, 1, 1.25], ["low", "below", "above", "high"], dict(zip(["low", "below", "above", "high"], "LBAH", strict=True))
SOURCE = "INSEE, people aged 25–54 in work, by residence (urban units of 2010)"
GROUPS = {"workers": "workers", "managers": "skilled", "intermediate": "skilled", "farmers": "others", "self_employed": "others",
          "clerical": "others"}


@cache
def census() -> pd.DataFrame:
    """People in work by urban unit and census, in six groups."""
    return load("urban_units_occupations").set_index(["urban_unit", "year"]).sort_index()[OCCUPATIONS]


@cache
def nation() -> pd.DataFrame:
    return load("france_occupations").set_index("year")[OCCUPATIONS]


@cache
def towns() -> pd.DataFrame:
    """Urban units under 100,000 inhabitants with a name of their own, 1,000 people at work or more, and workers and skilled among them at each census."""
    units = load("urban_units").set_index("urban_unit").sort_index()
    counts = census().reindex(pd.MultiIndex.from_product([units.index, CENSUSES], names=["urban_unit", "year"]))
    whole = (counts[["workers", "managers", "intermediate"]] > 0).all(axis=1) & counts.sum(axis=1, skipna=False).ge(1000)
    whole = whole.groupby(level="urban_unit").all()
    named = units["name"].map(units["name"].value_counts()) == 1
    return units[whole & named & (units["size_class"] <= "50,000–99,999") & units["lon"].notna()]


@cache
def index() -> pd.DataFrame:
    """Specialisation index of every town at the five censuses."""
    return specialisation_index(census().reset_index(), nation().reset_index())


def own_town(student: Student) -> tuple[str, str]:
    """A student's own town: its code and name."""
    code = student.take("towns", list(towns().index))[0]
    return code, towns().loc[code, "name"]


def two_lists(student: Student) -> Question:
    """How far do two definitions agree on ten towns?"""
    dense = towns()["degurba"].astype(str).str.contains("dense t")
    codes = [*student.take("dense towns", list(dense.index[dense]), 4), *student.take("other towns", list(dense.index[~dense]), 6)]
    given = towns().loc[sorted(codes, key=lambda code: towns().loc[code, "name"]), ["name", "population_2023", "degurba"]].reset_index(drop=True)
    given["degurba"] = given["degurba"].astype(str)
    size, density = given["population_2023"] >= 5_000, given["degurba"].str.contains("dense t")
    found = agreement(size, density)
    given.columns = ["town", "people 2023", "degree of urbanisation"]
    return Question("01_towns", "Two definitions of ten towns", "Definition A: 5,000 inhabitants or more. Definition B: a dense or a semi-dense town.",
                    [Answer("How many of the ten does A accept?", int(size.sum()), "d"), Answer("How many does B accept?", int(density.sum()), "d"),
                     Answer("Jaccard index of the two lists, to two decimals", found.jaccard)], given, {}, "INSEE, Eurostat (degree of urbanisation)", tuple(sorted(codes)))


def skilled_for_one_worker(student: Student) -> Question:
    """Managers and intermediate occupations for each worker, at both ends of the figures."""
    code, name = own_town(student)
    given = census().loc[code].loc[[1982, 2011], ["managers", "intermediate", "workers"]]
    ratio, country = skill_ratio(given), skill_ratio(nation().loc[[1982, 2011]])
    return Question("01_towns", f"Fewer workers, more skilled work in {name}",
                    f"In France there were {country[1982]:.3f} managers and intermediate occupations for one worker in 1982 and {country[2011]:.3f} in 2011.",
                    [Answer(f"The same ratio in {name} in 1982, to two decimals", ratio[1982]), Answer("and in 2011", ratio[2011]),
                     Answer("By what factor did it grow, to two decimals?", ratio[2011] / ratio[1982]),
                     Answer("Did it grow by a larger factor than in France? (yes or no)",
                            "yes" if ratio[2011] / ratio[1982] > country[2011] / country[1982] else "no")],
                    given.reset_index(), {"year": "d"}, SOURCE, (code,))


def _shares(code: str) -> pd.DataFrame:
    """Workers and people at work in a town, beside the share of workers in France."""
    own = census().loc[code].loc[CENSUSES]
    return pd.DataFrame({"workers": own["workers"], "at work": own.sum(axis=1),
                         "workers in France, share": share(nation()["workers"], nation().sum(axis=1)).round(4)})


def index_and_states(student: Student) -> Question:
    """Index and states of a town at five censuses."""
    code, name = own_town(student)
    given = _shares(code)
    values = location_quotient(share(given["workers"], given["at work"]), given["workers in France, share"])
    word = "".join(LETTERS[str(state)] for state in classify(values, BOUNDS, STATES))
    still = share(given["workers"], given["at work"])[2011] / given["workers in France, share"][1982]
    return Question("02_trajectories", f"The trajectory of {name}",
                    "States: low (L) under 0.8, below (B) from 0.8, above (A) from 1, high (H) from 1.25.",
                    [Answer("Specialisation index in 1982, to two decimals", values[1982]), Answer("and in 2011", values[2011]),
                     Answer("The five states as a word of five letters", word),
                     Answer("What would the index of 2011 be if the country had kept its share of 1982, to two decimals?", still)],
                    given.rename_axis("census").reset_index(), {"census": "d", "workers in France, share": ".2%"}, SOURCE, (code,))


@cache
def words() -> pd.Series:
    """The word of states of every town."""
    states = classify(index().loc[towns().index, CENSUSES], BOUNDS, STATES)
    return states.apply(lambda row: "".join(LETTERS[str(state)] for state in row), axis=1)


def distance_of_two(student: Student) -> Question:
    """Optimal matching of two towns' words."""
    code, name = own_town(student)
    others = list(words().index[words() != words()[code]])
    other = student.take("second towns", others)[0]
    pair = pd.DataFrame([list(words()[code]), list(words()[other])], index=["one", "other"])
    states = pair.apply(lambda column: pd.Categorical(column, list("LBAH"), ordered=True))
    found = optimal_matching(states, constant_costs(list("LBAH")))
    distance = found.distances[found.index.iloc[0], found.index.iloc[1]]
    by_date = 2 * (pair.loc["one"] != pair.loc["other"]).sum()
    given = pd.DataFrame({"town": [name, towns().loc[other, "name"]], "states 1982–2011": [words()[code], words()[other]]})
    return Question("02_trajectories", f"How far apart are {given['town'][0]} and {given['town'][1]}?",
                    "To delete a state costs 1, to insert one costs 1, to replace one by another costs 2. Fill the alignment table.",
                    [Answer("Distance by optimal matching", float(distance), ".0f"),
                     Answer("Distance date by date, where a date that differs costs 2", int(by_date), "d")], given, {}, SOURCE, (code, other))


def change_taken_apart(student: Student) -> Question:
    """Shift-share of a town in three groups."""
    code, name = own_town(student)
    def grouped(counts: pd.DataFrame) -> pd.DataFrame:
        return counts.T.groupby(GROUPS).sum().T[["workers", "skilled", "others"]]
    own, country = grouped(census().loc[code]).loc[[1982, 2011]], grouped(nation()).loc[[1982, 2011]]
    long = own.rename_axis("year").reset_index().melt("year", var_name="group", value_name="jobs").assign(unit=name)
    reference = country.rename_axis("year").reset_index().melt("year", var_name="group", value_name="jobs")
    parts = total(shift_share(long, 1982, 2011, reference)).loc[name]
    given = pd.concat({name: own.T, "France": country.T}, axis=1)
    given.columns = [f"{place} {year}" for place, year in given.columns]
    return Question("03_recovery", f"The change of {name}, taken apart",
                    "Take the change of everybody in work from 1982 to 2011 apart by shift-share in these three groups, with France as the reference. "
                    "Skilled: managers and intermediate occupations.",
                    [Answer(f"Change of {name}, in people", float(own.loc[2011].sum() - own.loc[1982].sum()), "+,.0f"),
                     *(Answer(f"{part.capitalize()} part, in people", float(parts[part]), "+,.0f") for part in ("national", "structural", "local"))],
                    given.rename_axis("group").reset_index(), {}, SOURCE, (code,))


def turn_of_trend(student: Student) -> Question:
    """Growth of workers in two periods."""
    code, name = own_town(student)
    workers = census().loc[code, "workers"].loc[[1999, 2006, 2011]]
    long = workers.rename_axis("year").rename("jobs").reset_index().assign(unit=name, group="workers")
    rates = growth(long, [1999, 2006, 2011]).loc[name]
    first, second = rates.iloc[0], rates.iloc[1]
    trend = f"{'growth' if first > 0 else 'loss' if first < 0 else 'no change'}, then {'growth' if second > 0 else 'loss' if second < 0 else 'no change'}"
    return Question("03_recovery", f"A change of trend in {name}?", "Growth a year is the constant rate that leads from one count to the next.",
                    [Answer("Growth of workers a year from 1999 to 2006, in percent, to two decimals", 100 * first, "+.2f"),
                     Answer("and from 2006 to 2011", 100 * second, "+.2f"), Answer("In words: growth or loss, then growth or loss?", trend),
                     Answer("Which count do both periods share, so that an error in it would bend both?", "that of 2006")],
                    workers.rename_axis("census").reset_index(), {"census": "d"}, SOURCE, (code,))


MAKERS = [Maker("01_towns", two_lists), Maker("01_towns", skilled_for_one_worker), Maker("02_trajectories", index_and_states),
          Maker("02_trajectories", distance_of_two), Maker("03_recovery", change_taken_apart), Maker("03_recovery", turn_of_trend)]
