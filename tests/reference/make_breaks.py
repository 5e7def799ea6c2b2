"""Make the breakpoints of ruptures that the tests compare with.

    python -m tests.reference.make_breaks

Run it with a Python that has the libraries of `requirements.txt` and pandas; it writes `breaks.json` beside this file:
for the workshops and factories of Mons, of Saint-Ghislain and of all 13 municipalities, the best cut into runs of at
least three years with one to four breaks (dynamic programming, squared error), and its error.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import pandas as pd

HERE = Path(__file__).parent


def main() -> None:
    import ruptures
    land = pd.read_csv(HERE.parents[1] / "data" / "tables" / "mons_land_use.csv")
    cases = []
    for name in ("Mons", "Saint-Ghislain", "all"):
        here = land if name == "all" else land[land["name"] == name]
        series = here.groupby("year")["workshops_and_factories"].sum().sort_index()
        values = series.to_numpy(dtype=float)
        search = ruptures.Dynp(model="l2", min_size=3, jump=1).fit(values)
        for breaks in (1, 2, 3, 4):
            ends = search.predict(n_bkps=breaks)
            error = search.cost.sum_of_costs(ends)
            cases.append({"name": name, "breaks": breaks, "years": [int(series.index[at]) for at in ends[:-1]],
                          "error": round(float(error), 6)})
    text = json.dumps({"made by": {"ruptures": version("ruptures")}, "cases": cases}, indent=1, ensure_ascii=False)
    (HERE / "breaks.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
