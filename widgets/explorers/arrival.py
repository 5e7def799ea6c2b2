"""The explorer of the fourth chapter: a plant's arrival as accesses, and what is left when some are not believed."""
from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from data import load
from methods.chains import reach
from widgets.explorer import Explorer, chart, choice, ordered
from widgets.networks import edges_between, network
from widgets.theme import CATEGORIES, CONTEXT, INDUSTRY, SERVICES

__all__ = ["ACTORS", "GROUPS", "PROXIMITIES", "TIES", "TARGET", "WIDE", "Arrival"]

TARGET = "plant"
TIES = {"personal": CATEGORIES[5], "professional": CATEGORIES[3], "institutional": SERVICES, "mediated": CATEGORIES[2], "unknown": CONTEXT}
PROXIMITIES = {"physical": INDUSTRY, "organised": SERVICES, "unknown": CONTEXT}
GROUPS = {"the project": "#22272B", "those around it": "#A9AFB5"}
WIDE = 340      # pixels: the network fits a telephone
#: Where each actor stands, in pixels, chosen by hand, so that nothing moves from one state to the next.
PLACES = {"founders": (150, 195), "plant": (250, 195), "own farm": (305, 252), "organic trade": (45, 248), "people met": (125, 285),
          "seller": (215, 285), "mayor": (120, 110), "local actors": (42, 75), "outside actors": (45, 145), "technical staff": (130, 30),
          "local producers": (290, 105), "builders": (312, 170), "future staff": (218, 60)}
ACTORS = pd.DataFrame([(name, x, y, list(GROUPS)[name not in ("founders", "plant", "own farm")]) for name, (x, y) in PLACES.items()],
                      columns=["name", "x", "y", "group"])
DATES = {1987: "1987", 2017: "before 2018", 2018: "2018", 2021: "2021", 9999: "all, with the undated"}
KEPT = {"all": "of every kind", "known": "known only", "professional": "all but professional", "institutional": "all but institutional"}
SURE = {"said": "only what is said", "read": "no disputed ones", "disputed": "all"}
STATUS = ["left out", "taken out", "joined to the plant", "cut off from it"]
REMOVED = ["nobody", "mayor", "founders", "people met", "seller"]


class Arrival(Explorer):
    """Whose coding, until when, which ties, how sure, who is taken out: what still reaches the plant."""

    title = "How a plant came to Genouillé: keep some accesses, take somebody out"
    table, credit = "accesses", ["genouille_coding"]
    note = "pale: left out or cut off; dashed: kind unknown"
    coder = choice({"first": "the first: what is written", "second": "the second: what words suggest"}, "first", "Coder")
    until = ordered(DATES, 9999, "Accesses known until")
    ties = choice(KEPT, "all", "Ties kept")
    sure = ordered(SURE, "disputed", "Accesses kept, by certainty")
    removed = choice(REMOVED, "nobody", "Take out")

    def prepare(self) -> None:
        coding = load("genouille_coding").sort_values(["coder", "sequence"])
        self.codings = {coder: rows.reset_index(drop=True) for coder, rows in coding.groupby("coder", observed=True)}
        self.drawn = edges_between(ACTORS, self.codings["first"][["from", "to"]])

    def fixed(self) -> dict[str, pd.DataFrame]:
        dated = self.codings["first"][["resource", "from", "to", "date"]].fillna({"date": "unknown"})
        return {"actors": ACTORS, "lines": self.drawn.drop(columns=["from", "to"]), "accesses": dated}

    def kept(self, coder: str, until: int, ties: str, sure: str) -> pd.Series:
        rows = self.codings[coder]
        tie, began = rows["tie"].astype("str"), rows["year_from"].fillna(rows["year_to"] - 1)
        early = (until == 9999) | (began <= until)
        certain = rows["access_certainty"] >= sure
        return early & certain & (ties == "all" or tie != ("unknown" if ties == "known" else ties))

    def compute(self, removed: str, **choices: Any) -> dict[str, pd.DataFrame]:
        rows, kept = self.codings[choices["coder"]], self.kept(**choices)
        there = (rows["from"] != removed) & (rows["to"] != removed)
        found = reach(rows[kept & there], TARGET).reindex(rows["sequence"]).reset_index(drop=True)
        joined, own = found["hands"] > 0, rows["from"] == removed
        status = np.select([~kept, own, joined], STATUS[:3], STATUS[3])
        kinds = {"tie": (rows["tie"], TIES), "proximity": (rows["proximity"], PROXIMITIES)}
        shares = [(of, kind, int((kept & ~own & (codes == kind)).sum())) for of, (codes, names) in kinds.items() for kind in names]
        seen = {TARGET, *rows.loc[joined, "from"], *rows.loc[joined, "to"]}
        table = pd.DataFrame({"tie": rows["tie"].astype("str"), "proximity": rows["proximity"].astype("str"), "status": status,
                              "route": found["route"].fillna("").replace("", "–")})
        return {"actors": pd.DataFrame({"shown": ACTORS["name"].isin(seen)}), "lines": pd.DataFrame({"kind": table["tie"], "shown": joined}),
                "accesses": table, "shares": pd.DataFrame(shares, columns=["of", "kind", "accesses"])}

    def say(self, tables: dict[str, pd.DataFrame], removed: str, **others: Any) -> str:
        table = tables["accesses"]
        left = table[table["status"].isin(STATUS[2:])]
        lost = left.loc[left["status"] == STATUS[3], "resource"]
        who = "These choices leave" if removed == "nobody" else f"Without the {removed} these choices leave"
        told = f"{who} {len(left)} of {len(table)} accesses ({(left['tie'] == 'unknown').sum()} through a tie that nobody tells) "
        return told + f"and join {len(left) - len(lost)} of them to the plant" + (f"; cut off: {', '.join(lost)}." if len(lost) else ".")

    def view(self) -> list[alt.TopLevelMixin]:
        net = network("actors", "lines", GROUPS, TIES, width=WIDE, shown=True).properties(
            description="Network: actors as dots, accesses as arrows coloured by tie; what does not reach the plant is pale.")
        bars = chart("shares", "Bars: accesses kept, by kind of tie and of proximity.", width=140, height=220)
        scale = alt.Scale(domain=[*TIES, *list(PROXIMITIES)[:2]], range=[*TIES.values(), *list(PROXIMITIES.values())[:2]])
        bars = bars.transform_calculate(row="datum.of + ': ' + datum.kind").mark_bar().encode(
            alt.X("accesses:Q", title="accesses kept", scale=alt.Scale(domain=[0, 8]), axis=alt.Axis(tickMinStep=1, tickCount=4)),
            alt.Y("row:N", title=None, sort=[f"tie: {k}" for k in TIES] + [f"proximity: {k}" for k in PROXIMITIES],
                  axis=alt.Axis(labelLimit=150)), alt.Color("kind:N", legend=None, scale=scale))
        return [net, bars]
