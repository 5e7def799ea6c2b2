"""The explorer of the claims: its links lead somewhere, its counts are the ledger's."""
from __future__ import annotations

from pathlib import Path

import nbformat
import pandas as pd
import pytest
from docutils import nodes

from data import load
from widgets.explorers.claims import EVIDENCE, NONE, Claims, anchor, counted_bars

ROOT = Path(__file__).resolve().parents[2]
CLAIMS = load("claims").set_index("claim")
EVERY = {"article": "all articles", "thread": "all threads", "verdict": "all verdicts"}


@pytest.fixture(scope="module")
def explorer() -> Claims:
    return Claims()


@pytest.mark.parametrize("section", sorted(CLAIMS["section"].dropna().unique()))
def test_an_anchor_is_the_one_that_the_book_gives_a_heading(section: str) -> None:
    assert anchor(section) == nodes.make_id(section)


def headings(chapter: str) -> set[str]:
    cells = nbformat.read(ROOT / "chapters" / f"{chapter}.ipynb", as_version=4).cells
    lines = [line for cell in cells if cell.cell_type == "markdown" for line in cell.source.splitlines()]
    return {nodes.make_id(line.lstrip("# ")) for line in lines if line.startswith("#")}


def test_each_link_leads_to_a_chapter_a_heading_and_an_entry(explorer: Claims) -> None:
    table = explorer.tables(**EVERY)["claims"]
    assert len(table) == len(CLAIMS)
    for row in table.itertuples():
        chapter, _, place = row.page.partition(".html")
        assert place.lstrip("#") in {"", *headings(chapter)}, row.page
        page, _, name = row.entry.partition("#")
        assert page == "../book/claims.html" and CLAIMS.loc[name, "statement"] == row.claim


def test_links_are_declared_and_their_addresses_stay_off_paper(explorer: Claims) -> None:
    assert explorer.plan()["links"] == {"claim": "entry", "where": "page"}
    assert set(explorer.paper().table.columns) == set(explorer.tables()["claims"].columns) - {"entry", "page"}


def test_counts_are_the_ledgers(explorer: Claims) -> None:
    for thread in CLAIMS["thread"].unique():
        tables = explorer.tables(**{**EVERY, "thread": thread})
        own = CLAIMS[CLAIMS["thread"] == thread]
        assert tables["claims"]["claim"].tolist() == own["statement"].tolist()
        assert tables["article"]["claims"].sum() == tables["thread"]["claims"].sum() == len(own)
        assert tables["evidence"]["claims"].sum() == (own["verdict"] == "cannot be tested here").sum()


def test_choices_without_a_claim_say_so(explorer: Claims) -> None:
    choices = {**EVERY, "article": "Glita", "thread": "why now"}
    tables = explorer.tables(**choices)
    assert tables["claims"]["claim"].tolist() == [NONE] and not tables["article"]["claims"].any()
    assert "no such claim" in explorer.say(tables, **choices)


def test_nearly_all_tests_are_found_in_the_book_of_words(explorer: Claims) -> None:
    evidence = explorer.tables(**EVERY)["evidence"].set_index("evidence")["claims"]
    assert set(EVIDENCE) <= set(evidence.index) and evidence["other"] <= 2
    assert (evidence > 0).all()


def test_bars_hold_every_claim_once() -> None:
    from methods.synthesis import verdict_counts
    spec = counted_bars(verdict_counts(load("claims"), "thread")).to_dict()
    assert pd.DataFrame(next(iter(spec["datasets"].values())))["claims"].sum() == len(CLAIMS)
