"""The explorer of the chapter on Romans: weights, certainty and coder, and what they can and cannot decide."""
from __future__ import annotations

import altair as alt
import pandas as pd

from data import load
from methods.grids import bounds, dominance, evidence_grid, rank_interval, score_interval
from methods.weightings import first_shares, random_weights, ranking_kept
from widgets.explorer import Explorer, choice, ordered
from widgets.networks import edges_between, network
from widgets.theme import INDUSTRY, INK, SERVICES

__all__ = ["Models"]

DIMENSIONS = ["social economy", "cooperation", "circularity", "service"]
BESIDE = ["soft attractiveness", "links between actors"]
SHORT = {"group of social enterprises": "group", "Pôle Sud": "Pôle Sud", "shoe workshop and brand": "workshop",
         "Start-Up de Territoire": "Start-Up", "Cité de la Chaussure": "Cité"}
#: Where each initiative stands in the network, chosen by hand, so that nothing moves from one state to the next.
PLACES = {"group": (45, 195), "Pôle Sud": (155, 250), "workshop": (265, 195), "Start-Up": (225, 50), "Cité": (85, 50)}
KINDS = {"surely above": INDUSTRY, "on what both show": SERVICES}
SHADES = ["#F4F2EE", "#FBE3D0", "#F0B88A", "#E0803A"]      # level 0 to 3, all light enough for dark figures
WEIGHTS = {0: "left out", 1: "counts once", 3: "counts three times"}


def weight(dimension: str) -> object:
    """The control for the weight of a dimension."""
    return ordered(WEIGHTS, 1, f"Weight of {dimension}")


class Models(Explorer):
    """An evidence grid with unknown cells: dominance, scores as intervals, and what random weights leave of a ranking."""

    title = "Which initiative comes first? Choose weights, certainty and coder"
    table = "scores"
    credit = ["romans_coding"]
    note = "levels 0 to 3; our coding, twice, of one public fact for each initiative"
    formats = {"least": ".2f", "most": ".2f", "surely first": ".0%", "possibly first": ".0%"}
    social = weight("links to the social economy")
    cooperation = weight("cooperation")
    circularity = weight("circularity")
    service = weight("service")
    coder = choice({"first": "our first reading", "second": "our second reading"}, "first", "Coder")
    least = ordered({"stated": "stated only", "inferred": "stated or inferred", "weak": "every level"}, "weak", "Levels that count")
    unknown = choice({"unknown": "unknown: any level from 0 to 3", "zero": "zero (the usual mistake)"}, "unknown", "An empty cell is")

    def prepare(self) -> None:
        coding = load("romans_coding").assign(initiative=lambda rows: rows["initiative"].map(SHORT))
        self.grids = {(coder, least): evidence_grid(coding[coding["coder"] == coder], least)
                      for coder in ("first", "second") for least in ("weak", "inferred", "stated")}
        self.drawn = {}

    def _drawn(self, kept: list[str]) -> pd.DataFrame:
        """A thousand weightings of the dimensions that are kept; the same for the same dimensions."""
        if tuple(kept) not in self.drawn:
            self.drawn[tuple(kept)] = random_weights(kept, 1000)
        return self.drawn[tuple(kept)]

    def fixed(self) -> dict[str, pd.DataFrame]:
        nodes = pd.DataFrame([(name, *at, "initiative", True) for name, at in PLACES.items()], columns=["name", "x", "y", "group", "shown"])
        cells = pd.MultiIndex.from_product([PLACES, DIMENSIONS + BESIDE], names=["initiative", "dimension"])
        return {"nodes": nodes, "cells": cells.to_frame(index=False), "scores": pd.DataFrame({"initiative": list(PLACES)})}

    def compute(self, social: int, cooperation: int, circularity: int, service: int, coder: str, least: str,
                unknown: str) -> dict[str, pd.DataFrame]:
        weights = pd.Series([social, cooperation, circularity, service], DIMENSIONS, dtype=float)
        weights = weights[weights > 0] if weights.any() else weights + 1             # all left out: all count alike
        grid = self.grids[coder, least]
        filled = grid if unknown == "unknown" else grid.fillna(0)
        low, high = bounds(filled[list(weights.index)])
        scores, first = score_interval(low, high, weights), first_shares(low, high, self._drawn(list(weights.index)))
        ranks = rank_interval(scores)
        table = pd.DataFrame({"least": scores["low"], "most": scores["high"], "best rank": ranks["best"], "worst rank": ranks["worst"],
                              "surely first": first["surely"], "possibly first": first["possibly"]}).loc[list(PLACES)]
        level = filled.loc[list(PLACES), DIMENSIONS + BESIDE].to_numpy().ravel()
        cells = pd.DataFrame({"level": level, "text": [f"{value:.0f}" if value == value else "?" for value in level]})
        kept = ranking_kept(low, high, weights, self._drawn(list(weights.index)))
        here = pd.DataFrame({"decided": [int(kept["decided"])], "kept": [kept["kept"]], "known": [int((low == high).sum().sum())],
                             "cells": [low.size]})
        return {"scores": table.reset_index(drop=True), "cells": cells, "edges": self._edges(low, high), "here": here}

    def _edges(self, low: pd.DataFrame, high: pd.DataFrame) -> pd.DataFrame:
        """One row per pair, with an arrow where one dominates; pale, without one, where nothing can be said."""
        table = dominance(low, high)
        kind = table["necessary"].map({True: "surely above", False: "on what both show"}).where(table["on_shared"] | table["necessary"])
        ties = table.assign(kind=kind, pair=[tuple(sorted(two)) for two in zip(table["above"], table["below"], strict=True)])
        ties = ties.sort_values("kind", na_position="last", kind="stable").drop_duplicates("pair").sort_values("pair")
        ties = ties.rename(columns={"above": "from", "below": "to"})[["from", "to", "kind"]]
        drawn = edges_between(self._still["nodes"], ties, gap=0)
        drawn[["ax", "ay"]] = drawn[["ax", "ay"]].where(drawn["kind"].notna())
        return drawn.assign(shown=drawn["kind"].notna(), kind=drawn["kind"].fillna("open"))

    def say(self, tables: dict[str, pd.DataFrame], **choices: str | int) -> str:
        here, surely = tables["here"].iloc[0], (tables["edges"]["kind"] == "surely above").sum()
        head = (f"The facts fill {here['known']:.0f} of {here['cells']:.0f} cells:" if choices["unknown"] == "unknown" else
                "With every empty cell set to 0, which no fact says,")
        said = f"{head} {surely} of 10 pairs are in order before any weight, and {here['decided']:.0f} with these weights"
        return said + (f"; {here['kept']:.0%} of 1,000 random weightings keep all of them." if here["decided"] else
                       "; any of the five may come first, and any last.")

    def view(self) -> list[alt.TopLevelMixin]:
        def rows(table: str) -> alt.Chart:
            return alt.Chart(alt.NamedData(table)).encode(alt.Y("initiative:N", sort=list(PLACES), title=None))

        cells = alt.Chart(alt.NamedData("cells")).encode(
            alt.X("initiative:N", sort=list(PLACES), title=None, axis=alt.Axis(orient="top", labelAngle=-35, ticks=False)),
            alt.Y("dimension:N", sort=DIMENSIONS + BESIDE, title=None))
        shade = alt.Color("level:Q", legend=None, scale=alt.Scale(domain=[0, 1, 2, 3], range=SHADES))
        grid = cells.mark_rect(stroke="#DDDAD3").encode(color=alt.condition("isValid(datum.level)", shade, alt.value("#FFFFFF")))
        ties = network("nodes", "edges", {"initiative": INK}, KINDS, width=310, height=290, shown=True)
        at = alt.X("least:Q", title="weighted mean level", scale=alt.Scale(domain=[0, 3]))
        spans = rows("scores").encode(at, tooltip=["initiative:N", "least:Q", "most:Q"])
        lines = spans.mark_rule(strokeWidth=5, color=INDUSTRY, strokeCap="round").encode(alt.X2("most:Q"))
        share = {"scale": alt.Scale(domain=[0, 1]), "axis": alt.Axis(format="%", tickCount=3), "title": "first: maybe (pale), surely"}
        maybe, surely = (rows("scores").encode(alt.X(f"{how} first:Q", **share)) for how in ("possibly", "surely"))
        words = {"Levels of five initiatives in six dimensions, a question mark where no fact tells.":
                 (grid + cells.mark_text(color=INK).encode(text="text:N")).properties(width=205, height=160),
                 "Weighted mean level of each initiative, from the least to the most that the empty cells allow.":
                 (lines + spans.mark_point(filled=True, color=INDUSTRY, size=60, opacity=1)).properties(width=210, height=120),
                 "An arrow leads from the initiative that is above to the one below; pale where nothing can be said.": ties,
                 "Share of a thousand random weightings in which each may be first, and in which it surely is.":
                 (maybe.mark_bar(color="#BFD9EA") + surely.mark_bar(color=INDUSTRY, height=7)).properties(width=210, height=120)}
        return [one.properties(description=said) for said, one in words.items()]
