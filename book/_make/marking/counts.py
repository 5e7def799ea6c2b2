"""Questions on small counts, grids and growth: chapters 7 and 8."""
from __future__ import annotations

from functools import cache
from itertools import product

import pandas as pd

from book._make.marking.asking import Answer, Maker, Question, Student
from book._make.marking.towns import SOURCE, index, own_town, towns
from data import load
from methods.concentration import quotients
from methods.grids import bounds, evidence_grid, score_interval
from methods.small_counts import funnel
from methods.throughput import throughput, virgin_share

__all__ = ["MAKERS"]

FOUR = ["social economy", "cooperation", "circularity", "service"]
LISTS = "employment zones of metropolitan France; third places: CGET mission 2018–2019; people: INSEE 2018"


@cache
def zones() -> pd.DataFrame:
    """Employment zones with a name of their own."""
    found = load("employment_zones").set_index("employment_zone").sort_index()
    return found.assign(tier=found["largest_town_size_class"].astype(str))


def quotient_of_a_zone(student: Student) -> Question:
    """Quotient, exact interval and place in the funnel of a zone."""
    code = student.take("zones", list(zones().index))[0]
    own = zones().loc[code]
    found = quotients(zones()["third_places"], zones()["population_2018"]).loc[code]
    side = funnel(zones()["third_places"], zones()["population_2018"]).loc[code, "side"]
    given = pd.DataFrame({"place": [own["name"], "all zones"], "third places": [own["third_places"], zones()["third_places"].sum()],
                          "people 2018": [own["population_2018"], zones()["population_2018"].sum()]})
    return Question("07_third_places", f"Third places around {own['name']}", "Garwood’s bounds: use `count_interval` of `methods.concentration`, or a table of them.",
                    [Answer("Third places expected, to two decimals", found["expected"]), Answer("Location quotient, to two decimals", found["quotient"]),
                     Answer("Lower bound of its exact 95 % interval, to two decimals", found["low"]), Answer("Upper bound", found["high"]),
                     Answer("Above, inside or below the 95 % funnel?", str(side))], given, {}, LISTS, (code,))


def add_up_first(student: Student) -> Question:
    """Two ways to average the quotients of four zones."""
    codes = student.take("four zones", list(zones().index), 4)
    given = zones().loc[codes, ["name", "third_places", "population_2018"]].sort_values("name")
    each = quotients(zones()["third_places"], zones()["population_2018"])["quotient"]
    group = pd.Series("rest", zones().index)
    group[codes] = "four"
    together = quotients(zones()["third_places"], zones()["population_2018"], group)["quotient"]["four"]
    given.columns = ["zone", "third places", "people 2018"]
    whole = zones()["third_places"].sum() / zones()["population_2018"].sum()
    return Question("07_third_places", "Four zones, two averages", f"In all zones together there are {1e5 * whole:.3f} third places for 100,000 people.",
                    [Answer("Quotient of the four together: add up first, divide last; to two decimals", together),
                     Answer("Mean of their four quotients, to two decimals", each[codes].mean()),
                     Answer("Which counts people, which counts zones?", "the first counts people, the second counts zones")],
                    given.reset_index(drop=True), {}, LISTS, tuple(sorted(codes)))


@cache
def grid() -> pd.DataFrame:
    """Levels of the first reading in the four dimensions."""
    coding = load("romans_coding")
    return evidence_grid(coding[coding["coder"] == "first"])[FOUR]


@cache
def _weightings() -> list[tuple[int, ...]]:
    return [one for one in product(range(1, 6), repeat=4) if len(set(one)) > 2]


def unknown_in_a_score(student: Student) -> Question:
    """The score of two initiatives under weights of the student's own."""
    weights = pd.Series(student.take("weights", _weightings())[0], FOUR)
    known = grid().notna().any(axis=1)
    name = student.take("initiatives", sorted(grid().index[known]))[0]
    found = score_interval(*bounds(grid()), weights).loc[name]
    given = pd.DataFrame({"dimension": FOUR, "weight": weights.to_numpy(), "level": [grid().loc[name, one] for one in FOUR]})
    given["level"] = given["level"].map(lambda level: "unknown" if level != level else f"{level:.0f}")
    return Question("08_models", f"A score with unknown cells: {name}", "Levels go from 0 to 3. The score is the weighted mean level.",
                    [Answer("Lowest score that the unknown cells allow, to two decimals", found["low"]), Answer("Highest score", found["high"]),
                     Answer("Part of the weight that lies on known cells, in percent", 100 * found["known"], ".0f")],
                    given, {}, "our own coding of public facts", (name, *map(str, weights)))


def loop_against_growth(student: Student) -> Question:
    """New material under growth and recovery of the student's own."""
    rates, shares, lives = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3], [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], [5, 10, 15, 20, 25, 30]
    rate, part, life = student.take("growth", list(product(rates, shares, lives)))[0]
    new, flow = virgin_share(rate / 100, part, life), float(throughput(rate / 100, 50).iloc[-1])
    return Question("08_models", "What a loop can do against growth",
                    f"Throughput grows by {rate:g} % a year, material stays in use for {life} years, and {part:.0%} of what leaves use is recovered (invented levels).",
                    [Answer("Part of the throughput that must be taken anew, in percent, to one decimal", 100 * new, ".1f"),
                     Answer("Throughput after 50 years over today’s, to two decimals", flow),
                     Answer("New material in year 50 over today’s throughput, to two decimals", new * flow)], None, {}, "toy figures",
                    (f"{rate:g}", f"{part:g}", str(life)))


def beside_its_class(student: Student) -> Question:
    """A town beside the median of its size class, as the chapter sets Romans."""
    code, name = own_town(student)
    group = towns().index[towns()["size_class"] == towns().loc[code, "size_class"]]
    middle = index().loc[group].median().round(2)
    own = index().loc[code].round(2)
    given = pd.DataFrame({"census": own.index, name: own.to_numpy(), f"median of {len(group)} towns of its size": middle.to_numpy()})
    gap = (own - middle).round(2)
    return Question("08_models", f"{name} beside the towns of its size", "Specialisation index, France = 1.",
                    [Answer("Gap to the median in 1982, to two decimals", gap[1982], "+.2f"), Answer("and in 2011", gap[2011], "+.2f"),
                     Answer("Above, at or below the median at all five censuses, or not always the same?",
                            "above" if (gap > 0).all() else "below" if (gap < 0).all() else "at" if (gap == 0).all() else "not always the same")],
                    given, {"census": "d"}, SOURCE, (code,))


MAKERS = [Maker("07_third_places", quotient_of_a_zone), Maker("07_third_places", add_up_first), Maker("08_models", unknown_in_a_score),
          Maker("08_models", loop_against_growth), Maker("08_models", beside_its_class)]
