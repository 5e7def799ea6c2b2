"""The explorer of the claims ledger: by article, thread and verdict, what is claimed, what figures say, what is missing."""
from __future__ import annotations

import re
from collections.abc import Sequence

import altair as alt
import pandas as pd

from data import load
from methods.claims import UNTESTED, VERDICTS
from methods.synthesis import evidence_wanted, verdict_counts
from widgets.explorer import Explorer, chart, choice
from widgets.theme import INDUSTRY, SERVICES

__all__ = ["Claims", "COLOURS", "EVIDENCE", "anchor", "counted_bars"]

#: Verdicts and their colours: figures decide in colour, the rest is pale.
COLOURS = dict(zip(VERDICTS, [SERVICES, "#8DBBD9", INDUSTRY, "#D5D2CB", "#E8C468"], strict=True))
#: Kinds of evidence by the words of a test, as regular expressions; the first that is found is taken.
EVIDENCE = {
    "jobs at the workplace": r"jobs|shift-share|sector|growth|signs of change|trajectories",
    "land, plots and flows": r"\bland\b|plot|commuting|supplies|on the site",
    "people's own words": r"interview|statements|opinion|scores|accesses|\bties\b|grid",
    "documents and records": r"review|laws|budget|plans|conflicts",
}
NONE = "no such claim in the ledger"


def anchor(section: str) -> str:
    """The name that a heading has in a page's address.

    Parameters
    ----------
    section : str

    Returns
    -------
    str

    Examples
    --------
    >>> anchor("Many, or more often?")
    'many-or-more-often'
    """
    return re.sub(r"[^a-z0-9]+", "-", section.lower()).strip("-")


def _colour(**legend: int) -> alt.Color:
    return alt.Color("verdict:N", title=None, sort=VERDICTS, scale=alt.Scale(domain=VERDICTS, range=list(COLOURS.values())),
                     legend=alt.Legend(orient="bottom", symbolType="square", labelExpr="replace(datum.label, 'cannot be tested', 'untested')",
                                       **legend) if legend else None)


def _stacked(base: alt.Chart, group: str, order: Sequence[str], most: int, **legend: int) -> alt.Chart:
    return base.mark_bar(stroke="white", strokeWidth=0.5).encode(
        alt.X("claims:Q", title="claims", axis=alt.Axis(tickCount=5, tickMinStep=1), scale=alt.Scale(domain=[0, most])), _colour(**legend),
        alt.Y(f"{group}:N", title=None, sort=list(order), axis=alt.Axis(labelLimit=170)),
        alt.Order("rank:Q"), tooltip=[f"{group}:N", "verdict:N", "claims:Q"])


def _long(counts: pd.DataFrame, group: str) -> pd.DataFrame:
    """One row per group and verdict, from `verdict_counts`."""
    rows = counts[VERDICTS].rename_axis(group).reset_index().melt(group, var_name="verdict", value_name="claims")
    return rows.assign(rank=rows["verdict"].map(VERDICTS.index))


def counted_bars(counts: pd.DataFrame) -> alt.Chart:
    """Claims by group and verdict, as stacked bars.

    Parameters
    ----------
    counts : DataFrame
        From `methods.synthesis.verdict_counts`.

    Returns
    -------
    altair.Chart
    """
    return _stacked(alt.Chart(_long(counts, "group")), "group", counts.index, int(counts["claims"].max()), columns=2)


class Claims(Explorer):
    """Claims of the issue by article, thread and verdict, with links to the figures that carry them."""

    title = "The claims of the issue: choose an article, a thread, a verdict"
    table = "claims"
    credit = ["claims"]
    note = "claims in our own words; verdicts on our figures, recomputed by the tests"
    links = {"claim": "entry", "where": "page"}
    article = choice(["all articles", "introduction", "Glita", "Gros-Balthazard & Talandier", "Ferru & Texier", "Périnaud & Morel-Journel",
                      "Gilbart & Mazy", "Baudelle et al.", "Fompérie & Maillefert"], "all articles", "Whose claim")
    thread = choice(["all threads", "why now", "towns and industry", "relations", "space and planning", "governance", "new objects", "together"],
                    "all threads", "Thread of the argument")
    verdict = choice(["all verdicts", *VERDICTS], "all verdicts", "Verdict on our figures")

    def prepare(self) -> None:
        claims = load("claims").sort_values("number").reset_index(drop=True)
        page = claims["chapter"] + ".html" + claims["section"].map(lambda name: f"#{anchor(name)}", na_action="ignore").fillna("")
        paragraph = claims["paragraph"].map(lambda n: f"§{n:.0f}", na_action="ignore").astype(object).fillna("abstract")
        self.claims = claims.astype({"article": "str", "thread": "str", "verdict": "str"}).assign(
            wanted=evidence_wanted(claims["test"], EVIDENCE), entry="../book/claims.html#" + claims["claim"], page=page, stated=paragraph,
            where=claims["section"].fillna("chapter " + claims["chapter"].str[:2]))
        self.orders = {by: list(dict.fromkeys(self.claims[by])) for by in ("article", "thread")}

    def fixed(self) -> dict[str, pd.DataFrame]:
        groups = {by: _long(verdict_counts(self.claims, by), by)[[by, "verdict", "rank"]] for by in self.orders}
        return {**groups, "evidence": pd.DataFrame({"evidence": [*EVIDENCE, "other"]})}

    def compute(self, article: str, thread: str, verdict: str) -> dict[str, pd.DataFrame]:
        chosen = pd.Series(True, self.claims.index)
        for column, value in (("article", article), ("thread", thread), ("verdict", verdict)):
            chosen &= value.startswith("all ") | (self.claims[column] == value)
        kept = self.claims[chosen]
        counts = {}
        for by in self.orders:
            found = kept.groupby([by, "verdict"]).size()
            keys = pd.MultiIndex.from_frame(self._still[by][[by, "verdict"]])
            counts[by] = pd.DataFrame({"claims": found.reindex(keys, fill_value=0).to_numpy(dtype=int)})
        untested = kept[kept["verdict"] == UNTESTED]
        needs = untested["wanted"].value_counts().reindex([*EVIDENCE, "other"], fill_value=0)
        table = kept[["statement", "verdict", "article", "stated", "where", "test", "entry", "page"]].rename(
            columns={"statement": "claim", "test": "what would test it", "stated": "stated in"})
        if table.empty:
            table = pd.DataFrame([[NONE, *[""] * 7]], columns=table.columns)
        return {**counts, "evidence": pd.DataFrame({"claims": needs.to_numpy(dtype=int)}), "claims": table}

    def say(self, tables: dict[str, pd.DataFrame], **choices: str) -> str:
        table = tables["claims"]
        if table["claim"].iloc[0] == NONE:
            return "The ledger has no such claim: choose another article, thread or verdict."
        counts = table["verdict"].value_counts()
        told = ", ".join(f"{counts[name]} “{name}”" for name in VERDICTS if name in counts)
        needs = tables["evidence"].sort_values("claims", ascending=False, kind="stable").iloc[0]
        wait = f"; what is missing most often is {needs['evidence']} ({needs['claims']})" if needs["claims"] else ""
        return f"{len(table)} of the {len(self.claims)} claims in the ledger: {told}{wait}."

    def view(self) -> list[alt.TopLevelMixin]:
        most = {by: int(self.claims[by].value_counts().max()) for by in self.orders}       # one scale in every state
        waiting = int(self.claims.loc[self.claims["verdict"] == UNTESTED, "wanted"].value_counts().max())
        threads = _stacked(chart("thread", "Bars: the chosen claims by thread of the argument and verdict.", width=165, height=150),
                           "thread", self.orders["thread"], most["thread"], columns=2)
        articles = _stacked(chart("article", "Bars: the chosen claims by article and verdict.", width=125, height=170), "article",
                            self.orders["article"], most["article"])
        needs = chart("evidence", "Bars: what the chosen claims that cannot be tested here are waiting for.", width=165, height=110)
        base = needs.encode(alt.Y("evidence:N", title=None, sort=[*EVIDENCE, "other"], axis=alt.Axis(labelLimit=170)),
                            alt.X("claims:Q", title="untested claims that wait for it", axis=alt.Axis(tickCount=4, tickMinStep=1),
                                  scale=alt.Scale(domain=[0, waiting])))
        return [threads, articles, base.mark_bar(color="#8A9097").encode(tooltip=["evidence:N", "claims:Q"])]
