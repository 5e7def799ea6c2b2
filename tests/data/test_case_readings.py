"""Our two readings of what the introduction says of the case studies: each row on a paragraph, no more than it says."""
from __future__ import annotations

import pandas as pd
import pytest

from data import load, sources

READINGS = load("case_readings").sort_values(["coder", "passage"]).reset_index(drop=True)
CLAIMS = load("claims").set_index("claim")
ARTICLES = {"Genouillé": "Ferru & Texier", "Gier valley": "Périnaud & Morel-Journel", "Mons": "Gilbart & Mazy",
            "Romans-sur-Isère": "Fompérie & Maillefert"}


def test_it_is_marked_as_our_coding() -> None:
    assert sources("case_readings").loc["case_readings", "kind"] == "our coding"


def test_a_passage_stands_in_the_paragraph_of_its_claim_and_article() -> None:
    carried = READINGS.dropna(subset="claim").join(CLAIMS, on="claim", rsuffix="_claim")
    assert len(carried) > 20
    assert (carried["paragraph"] == carried["paragraph_claim"]).all()
    assert carried["article"].astype(str).tolist() == [ARTICLES[study] for study in carried["study"]]
    assert READINGS["paragraph"].isin([10, 11, 12, 15]).all()


def test_both_read_the_same_passages() -> None:
    one, other = (READINGS[READINGS["coder"] == coder].set_index("passage")[["study", "paragraph", "claim", "said"]] for coder in ("first", "second"))
    pd.testing.assert_frame_equal(one, other)
    assert len(one) == 17


@pytest.mark.parametrize(("study", "theme"), [(s, t) for s in list(ARTICLES)[:3] for t in ("relations", "space and planning", "governance")])
def test_each_cell_of_the_three_studies_was_looked_at(study: str, theme: str) -> None:
    """An unknown cell is one whose passages do not tell, not one that was forgotten."""
    first = READINGS[READINGS["coder"] == "first"]
    assert ((first["study"] == study) & (first["issue_theme"] == theme)).any()


def test_the_first_reader_codes_no_goal() -> None:
    goals = READINGS["why"].str.startswith("a goal")
    first, second = (READINGS.loc[goals & (READINGS["coder"] == coder), "pull"] for coder in ("first", "second"))
    assert len(first) == len(second) > 0
    assert (first == "unclear").all() and (second == "tension").all()


def test_each_code_has_its_reason() -> None:
    assert (READINGS["why"].str.len() > 12).all()
    assert READINGS.drop_duplicates(["pull", "why"]).shape[0] == READINGS["why"].nunique()      # one reason, one code
