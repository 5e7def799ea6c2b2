"""First explorer of the sixth chapter: ten toy firms, and what weights and rules do to a ranking and an exact test."""
from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from methods.exact import ExactTest, sign_flip_test, split_test
from methods.factors import bootstrap_ranks, family_scores, leave_one_out, ranking
from widgets.explorer import Explorer, chart, choice, ordered
from widgets.theme import CONTEXT, INDUSTRY, SERVICES, signed

__all__ = ["Fabric", "FAMILIES", "SCORES"]

ECONOMIC = ["land price", "lorry access", "customers", "suppliers", "staff", "collaboration"]
PERSONAL = ["family near", "short commute", "roots", "liked place"]
FAMILIES = dict.fromkeys(ECONOMIC, "economic") | dict.fromkeys(PERSONAL, "personal")
#: The chapter's toy: ten invented firms, A to E in the urban fabric, F to J in a business park; scores from 0 to 5.
DIGITS = ["2231215130", "2143043404", "2031012412", "3320222522", "1122413343",
          "2411123324", "3331223221", "5441203321", "3351304233", "1242214131"]
SCORES = pd.DataFrame([[int(digit) for digit in row] for row in DIGITS], list("ABCDEFGHIJ"), list(FAMILIES))
FABRIC = pd.Series([True] * 5 + [False] * 5, SCORES.index)
WEIGHTS = {0: "0", 0.5: "½", 1: "1", 1.5: "1½", 2: "2", 3: "3"}
ORDER, KINDS = ["economic", "personal", "left out"], {"economic": SERVICES, "personal": INDUSTRY, "left out": CONTEXT}


def _words(test: ExactTest) -> list[Any]:
    return [round(test.observed, 3), test.arrangements, test.as_far, round(test.p_value, 4)]


class Fabric(Explorer):
    """Weights, a rule, one doubtful factor, one firm less: ranking, exact tests and how firm they are."""

    title = "Ten toy firms: weigh their reasons"
    table, pick, pick_label, kind = "factors", "factor", "Show only", "toy"
    note = "intervals: 90 % of 2,000 samples of the firms, drawn with replacement"
    formats = {"points": ".2f", "first": ".0%"}
    rule = choice({"borda": "Borda’s points", "copeland": "Copeland’s duels", "mean score": "the mean score"}, "borda", "Ranked by")
    collaboration = choice({"economic": "an economic factor", "personal": "a personal factor", "left out": "left out"}, "economic",
                           "Collaboration is")
    family = ordered(WEIGHTS, 1, "Weight of “family near”", stored=[0.5, 1, 2])
    customers = ordered(WEIGHTS, 1, "Weight of “customers”", stored=[0.5, 1, 2])
    without = choice({"none": "none"} | {firm: f"firm {firm}" for firm in SCORES.index}, "none", "Leave out")

    def fixed(self) -> dict[str, pd.DataFrame]:
        return {"factors": pd.DataFrame({"factor": sorted(FAMILIES)}),
                "firms": pd.DataFrame({"firm": SCORES.index, "stands in": FABRIC.map({True: "fabric", False: "park"})}),
                "tests": pd.DataFrame({"question": ["personal − economic", "the same gap, fabric − park"]})}

    def compute(self, rule: str, collaboration: str, family: float, customers: float, without: str) -> dict[str, pd.DataFrame]:
        scores, weights = SCORES.drop(index=without, errors="ignore"), {"family near": family, "customers": customers}
        kinds = {name: kind for name, kind in {**FAMILIES, "collaboration": collaboration}.items() if kind != "left out"}
        kept = scores[list(kinds)]
        means = family_scores(kept, kinds, weights)
        gap = (means["personal"] - means["economic"]).round(9)
        flips, split = sign_flip_test(gap), split_test(gap, FABRIC[gap.index])
        table = ranking(kept, rule, weights)[["points"]].join(bootstrap_ranks(kept, rule, weights, draws=2000))
        one_less = leave_one_out(kept, rule, weights)
        table["lowest with one firm less"] = one_less.max(axis=1)
        table.insert(0, "family", pd.Series(kinds))
        table = table.reindex(sorted(FAMILIES)).round(4).reset_index(drop=True)
        counts, edges = np.histogram(flips.differences, np.arange(-1.55, 1.6, 0.1))
        bars = pd.DataFrame({"gap": edges[:-1].round(2), "to": edges[1:].round(2), "flips": counts, "observed": round(flips.observed, 3)})
        firms = pd.DataFrame({"gap": gap}).reindex(SCORES.index).round(3).reset_index(drop=True)
        tests = pd.DataFrame([_words(flips), _words(split)], columns=["gap", "arrangements", "as far", "p"])
        return {"factors": table.assign(family=table["family"].fillna("left out")), "firms": firms, "flips": bars, "tests": tests}

    def say(self, tables: dict[str, pd.DataFrame], **choices: Any) -> str:
        paired, split = (tables["tests"].iloc[row] for row in (0, 1))
        best = tables["factors"].nsmallest(1, "place").iloc[0]
        return (f"First is “{best['factor']}”, alone on top in {best['first']:.0%} of the samples. Personal minus economic: "
                f"{signed(paired['gap'], '+.2f')} points; {paired['as far']:,} of {paired['arrangements']:,} flips are as far out (p = {paired['p']:.3f}). "
                f"Fabric minus park: {signed(split['gap'], '+.2f')} (p = {split['p']:.3f}).")

    def view(self) -> list[alt.TopLevelMixin]:
        colour = alt.Color("family:N", legend=alt.Legend(columns=3), scale=alt.Scale(domain=ORDER, range=list(KINDS.values())))
        place = alt.Scale(domain=[0.5, 10.5], nice=False)
        rows = alt.Chart(alt.NamedData("factors")).encode(
            alt.Y("factor:N", title=None, sort=alt.EncodingSortField("place", op="min"), axis=alt.Axis(labelLimit=130)), color=colour, opacity=self.lit(1, 0.2))
        dots = rows.mark_rule(strokeWidth=2).encode(alt.X("low:Q", scale=place, title="place (1 = first)", axis=alt.Axis(values=[1, 4, 7, 10])),
                                                    alt.X2("high:Q")) + rows.mark_circle(size=90, opacity=1, cursor="pointer").encode(
            alt.X("place:Q", scale=place), tooltip=["factor:N", "family:N", "place:Q", "points:Q"])
        firm = chart("firms", "Bars: personal minus economic score of each firm, in the fabric and in the park.", width=200, height=180).mark_bar().encode(
            alt.Y("firm:N", title=None), alt.X("gap:Q", title="personal − economic", scale=alt.Scale(domain=[-2, 3]), axis=alt.Axis(tickCount=5)),
            alt.Color("stands in:N", legend=alt.Legend(columns=2), scale=alt.Scale(domain=["fabric", "park"], range=["#009E73", "#7A6A00"])),
            tooltip=["firm:N", "stands in:N", "gap:Q"])
        base = alt.Chart(alt.NamedData("flips"))
        bars = base.mark_bar(color=CONTEXT).encode(alt.X("gap:Q", title="mean gap under each flip", bin=alt.Bin(binned=True, step=0.1),
                                                         scale=alt.Scale(domain=[-1.55, 1.55]), axis=alt.Axis(values=[-1, 0, 1])),
                                                   alt.X2("to:Q"), alt.Y("flips:Q", title="flips"))
        line = base.mark_rule(color=INDUSTRY, strokeWidth=3).encode(alt.X("max(observed):Q"))
        dots = dots.properties(width=200, height=230, description="For each factor its place in the ranking, and the places it takes when the "
                               "firms are drawn again.")
        flips = (bars + line).properties(width=220, height=150, description="Histogram: the mean gap under every flip of signs; a line where the "
                                         "observed one stands.")
        return [dots, firm, flips]
