"""How fast distances and classes of sequences are computed, beside sequenzo (C++) and giddy, in one run.

    python -m tests.bench.sequences             all three; installs the others once (about 1 GB)
    python -m tests.bench.sequences --alone     the book's methods only

Each time is the shortest of several, ours and sequenzo's taken in turns; giddy runs once, on the first case. All three
compute exact distances with prices from transition rates or constant ones; *all rows* is ours written out for
every pair of rows, as the others do. *Chain*: sequences that keep their state with
probability 0.75, as towns do; *dice*: every state drawn at random, the worst case, where hardly any beginning is shared.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from methods.costs import constant_costs, transition_costs
from methods.matching import Matching, expand, optimal_matching
from methods.trees import linkage
from tests.reference.make_sequences import (
    chain,
    giddy_distances,
    others_python,
    sequenzo_distances,
    with_sequenzo,
)

__all__ = ["LIMITS", "main"]

STATES, DATES, ROUNDS, REPEATS = 5, 9, 3, 3
CASES = [
    ("chain", 2_300),
    ("chain", 6_000),
    ("chain", 12_000),
    ("dice", 2_300),
    ("dice", 3_000),
    ("dice", 6_000),
]
PRICES = ("constant", "transitions")
# Seconds promised for random sequences of nine dates and five states, and for the towns of France with their tree.
LIMITS = {("chain", 2_300): 0.12, ("chain", 6_000): 0.5, "France": 0.05}
GIDDY_FACTOR = 300


def table_of(kind: str, n: int) -> np.ndarray:
    """Random sequences, the same in both environments."""
    return chain(n, DATES, STATES, seed=n, stay=0.75 if kind == "chain" else 0.0)


def shortest(run: Callable[[], object], repeats: int = REPEATS) -> float:
    """Shortest time of several runs, in seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def our_times(kind: str, n: int, prices: str) -> np.ndarray:
    """Time of our distances, prices included: between the distinct sequences, and written out for all rows."""
    table = table_of(kind, n)

    def run() -> Matching:
        costs = (
            constant_costs(range(STATES)) if prices == "constant" else transition_costs(table, range(STATES))
        )
        return optimal_matching(table, costs, indel=1)

    def run_all() -> np.ndarray:
        result = run()
        return expand(result.distances, result.index)

    return np.array([shortest(run), shortest(run_all)])


def other_time(library: str, kind: str, n: int, prices: str) -> float:
    """Time of another library's distances; runs in the other environment."""
    table = table_of(kind, n)
    if library == "giddy":
        costs = 2.0 * (1 - np.eye(STATES))
        giddy_distances(table[:20], subs_mat=costs, indel=1)  # imported before the clock starts
        return shortest(lambda: giddy_distances(table, subs_mat=costs, indel=1), 1)
    wrapped, sm = with_sequenzo(table), {"constant": "CONSTANT", "transitions": "TRATE"}[prices]
    return shortest(lambda: sequenzo_distances(wrapped, method="OM", sm=sm, indel=1))


def ask(library: str, kind: str, n: int, prices: str) -> float:
    """Ask the other environment for one time."""
    command = [others_python(), "-m", "tests.bench.sequences", "--other", library, kind, str(n), prices]
    root = Path(__file__).parents[2]
    return float(
        subprocess.run(command, check=True, capture_output=True, text=True, cwd=root).stdout.split()[-1]
    )


def france_times() -> tuple[int, int, dict[str, float]]:
    """Towns, distinct sequences, and the time of distances with the tree, for each way to grow it."""
    from data import load
    from methods.specialisation import classify, location_quotient, share

    counts = load("urban_units_occupations")
    groups = ["farmers", "self_employed", "managers", "intermediate", "clerical", "workers"]
    counts = counts.assign(everybody=counts[groups].sum(axis=1))
    part, whole = (counts.pivot_table(name, "urban_unit", "year", "sum") for name in ("workers", "everybody"))
    units = load("urban_units").set_index("urban_unit")
    small = units.index[units.size_class < "100,000–199,999"]
    country = load("france_occupations").set_index("year")
    index = (
        location_quotient(share(part, whole), country.workers / country[groups].sum(axis=1))
        .loc[small]
        .dropna()
    )
    states = classify(index, [0.8, 1, 1.25])

    def run(method: str) -> Matching:
        result = optimal_matching(states, transition_costs(states), indel=1)
        linkage(result.distances, result.weights, method)
        return result

    towns = run("average")
    return (
        len(states),
        len(towns.weights),
        {m: shortest(lambda m=m: run(m), 7) for m in ("average", "ward", "complete")},
    )


def rows(alone: bool) -> pd.DataFrame:
    """Time every case, ours and the others' in turns."""
    found = []
    for kind, n in CASES:
        distinct = len(np.unique(table_of(kind, n), axis=0))
        for prices in PRICES:
            ours, theirs = np.full(2, np.inf), np.nan if alone else np.inf
            for _ in range(ROUNDS):
                ours = np.minimum(ours, our_times(kind, n, prices))
                theirs = theirs if alone else min(theirs, ask("sequenzo", kind, n, prices))
            found.append(
                {
                    "sequences": f"{n:,} {kind}",
                    "distinct": distinct,
                    "prices": prices,
                    "ours, s": ours[0],
                    "all rows, s": ours[1],
                    "sequenzo, s": theirs,
                    "sequenzo / all rows": theirs / ours[1],
                }
            )
    return pd.DataFrame(found)


def main(alone: bool = False) -> bool:
    """Print the times and ratios; say whether every promise is kept."""
    towns, distinct, times = france_times()
    print(
        f"France: {towns:,} towns, {distinct} distinct sequences; distances and tree, "
        + ", ".join(f"{method} {1e3 * t:.0f} ms" for method, t in times.items())
    )
    table = rows(alone)
    print(table.round(3).to_string(index=False))
    kept = max(times.values()) < LIMITS["France"]
    for (kind, n), limit in ((key, limit) for key, limit in LIMITS.items() if key != "France"):
        kept &= bool((table["ours, s"][table.sequences == f"{n:,} {kind}"] < limit).all())
    if not alone:
        giddy = ask("giddy", *CASES[0], "constant")
        factor = giddy / table["ours, s"].iloc[:2].max()
        print(f"giddy, {CASES[0][1]:,} {CASES[0][0]}: {giddy:.1f} s, {factor:.0f} times ours")
        kept &= factor >= GIDDY_FACTOR and bool(
            (table["sequenzo / all rows"][table.distinct > 2_500] >= 1).all()
        )
    print(
        "Every promise is kept." if kept else "A promise is NOT kept: see LIMITS in tests/bench/sequences.py."
    )
    return kept


if __name__ == "__main__":
    if "--other" in sys.argv:
        library, kind, n, prices = sys.argv[-4:]
        print(other_time(library, kind, int(n), prices))
    else:
        sys.exit(0 if main("--alone" in sys.argv) else 1)
