"""Our coding of accesses at Genouillé: every row stands on a fact or a paragraph, and says no more than it."""
from __future__ import annotations

import pandas as pd
import pytest

from data import load, sources

#: Roles that a row may name; no person, no firm.
ROLES = {"founders", "organic trade", "people met", "seller", "own farm", "plant", "mayor", "local actors", "outside actors",
         "technical staff", "local producers", "builders", "future staff"}


@pytest.fixture(scope="module")
def coding() -> pd.DataFrame:
    return load("genouille_coding")


@pytest.fixture(scope="module")
def carried(coding: pd.DataFrame) -> pd.DataFrame:
    """Each row that has a fact, beside the fact."""
    facts = load("case_facts").query("case == 'Genouillé'")
    return coding[coding["fact"].notna()].merge(facts, on="fact", how="left", suffixes=("", "_fact"), validate="many_to_one")


def test_it_is_marked_as_our_coding() -> None:
    assert sources("genouille_coding").loc["genouille_coding", "kind"] == "our coding"


def test_no_row_lacks_a_fact_or_a_paragraph(coding: pd.DataFrame) -> None:
    facts = set(load("case_facts").query("case == 'Genouillé'")["fact"])
    assert (coding["fact"].notna() | coding["paragraph"].notna()).all()
    assert set(coding["fact"].dropna()) <= facts
    assert coding["paragraph"].dropna().isin([10, 11, 12]).all()        # the paragraphs on this case


def test_a_row_has_the_date_of_its_fact_and_no_other(coding: pd.DataFrame, carried: pd.DataFrame) -> None:
    assert coding.loc[coding["fact"].isna(), ["date", "year_from", "year_to"]].isna().to_numpy().all()
    for column in ("date", "year_from", "year_to"):
        pd.testing.assert_series_equal(carried[column], carried[f"{column}_fact"], check_names=False)


def test_what_is_planned_or_differs_is_not_said(carried: pd.DataFrame) -> None:
    doubtful = carried["certainty"].isin(["planned", "sources differ"])
    assert doubtful.any()
    assert ((carried["access_certainty"] == "disputed") == doubtful).all()


def test_what_only_a_figure_carries_is_our_reading(carried: pd.DataFrame) -> None:
    valued = carried["low"].notna()
    assert (carried.loc[valued, "access_certainty"] < "said").all()


def test_two_coders_code_the_same_accesses(coding: pd.DataFrame) -> None:
    judged = ["coder", "tie", "proximity", "why"]
    one, other = (coding[coding["coder"] == coder].drop(columns=judged).set_index("sequence").sort_index() for coder in ("first", "second"))
    pd.testing.assert_frame_equal(one, other)
    assert len(one) == 13


def test_the_second_coder_knows_a_tie_wherever_the_first_does(coding: pd.DataFrame) -> None:
    ties = coding.pivot_table("tie", "sequence", "coder", aggfunc="first", observed=True).astype(str)
    hidden = ties == "unknown"
    assert (hidden["first"] >= hidden["second"]).all()


def test_actors_are_roles_and_the_only_distance_is_in_a_fact(coding: pd.DataFrame) -> None:
    assert {*coding["from"], *coding["to"]} == ROLES
    far = coding.dropna(subset=["km_at_most"]).set_index("sequence")["km_at_most"].to_dict()
    assert far == {4: 0.0, 10: 40.0}
    said = load("case_facts").set_index("fact").loc["genouille-producers", "statement"]
    assert "40 km" in said


def test_what_opened_an_access_has_a_smaller_number(coding: pd.DataFrame) -> None:
    linked = coding.dropna(subset=["opened_by"])
    assert (linked["opened_by"] < linked["sequence"]).all()
    assert linked.groupby("coder", observed=True).size().tolist() == [3, 3]
