"""Reading case studies on one grid: hand-worked matrices, gaps filled in every way, and what is refused."""
from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import load
from methods.crossreading import (
    CELLS,
    agreement_of_readings,
    can_be_said,
    carried_by,
    differences,
    from_cells,
    matrix,
    support,
)

THEMES, STUDIES = ["ties", "land"], ["A", "B", "C"]
#: Six passages on three studies; by hand: ties A asset, B both, C unknown; land A unknown, B tension, C asset.
SAID = pd.DataFrame([("A", "ties", "asset", 10), ("A", "land", "unclear", 11), ("B", "ties", "tension", 10), ("B", "ties", "asset", 12),
                     ("B", "land", "tension", 11), ("C", "land", "asset", 11), ("C", "land", "asset", 3), ("D", "ties", "tension", 9)],
                    columns=["study", "theme", "pull", "paragraph"])
BY_HAND = [["asset", "both", "?"], ["?", "tension", "asset"]]
cell = st.sampled_from([*CELLS, None])
tables = st.lists(cell, min_size=6, max_size=6).map(
    lambda words: from_cells({at: w for at, w in zip(product(THEMES, STUDIES), words, strict=True) if w}, THEMES, STUDIES))


def test_a_matrix_by_hand() -> None:
    assert matrix(SAID, THEMES, STUDIES).fillna("?").to_numpy().tolist() == BY_HAND


def test_paragraphs_stand_only_where_a_passage_pulls() -> None:
    assert carried_by(SAID, THEMES, STUDIES).to_numpy().tolist() == [["§10", "§10, §12", ""], ["", "§11", "§3, §11"]]


@given(st.permutations(range(len(SAID))))
def test_order_of_passages_changes_nothing(order: list[int]) -> None:
    pd.testing.assert_frame_equal(matrix(SAID.iloc[order], THEMES, STUDIES), matrix(SAID, THEMES, STUDIES))
    pd.testing.assert_frame_equal(carried_by(SAID.iloc[order], THEMES, STUDIES), carried_by(SAID, THEMES, STUDIES))


def test_codes_may_be_categories_as_the_tables_have_them() -> None:
    coded = SAID.astype({"study": "category", "theme": "category", "pull": "category"})
    pd.testing.assert_frame_equal(matrix(coded, THEMES, STUDIES), matrix(SAID, THEMES, STUDIES))


@given(tables, st.sampled_from(["tension", "asset"]))
def test_support_is_what_every_way_of_filling_the_gaps_allows(table: pd.DataFrame, code: str) -> None:
    counts = support(table, code)
    for theme in THEMES:
        row = [word if isinstance(word, str) else None for word in table.loc[theme]]
        ways = product(*[[word] if word else CELLS for word in row])
        held = [sum(word in (code, "both") for word in way) for way in ways]
        assert (counts.loc[theme, "least"], counts.loc[theme, "most"]) == (min(held), max(held))
        assert counts.loc[theme, "cells"] == len(STUDIES)


@given(tables)
def test_what_can_be_said_is_true_of_every_or_some_filling(table: pd.DataFrame) -> None:
    counts = support(table)
    said = can_be_said(counts)
    for a, b in product(THEMES, THEMES):
        if a == b:
            assert said.loc[a, b] == ""
            continue
        pairs = list(product(range(counts.loc[a, "least"], counts.loc[a, "most"] + 1), range(counts.loc[b, "least"], counts.loc[b, "most"] + 1)))
        more = [x > y for x, y in pairs]
        assert said.loc[a, b] == ("surely" if all(more) else "perhaps" if any(more) else "no")


def test_differences_by_hand() -> None:
    other = from_cells({("ties", "A"): "tension", ("ties", "B"): "both", ("land", "B"): "both", ("land", "C"): "asset", ("ties", "C"): "asset"},
                       THEMES, STUDIES)
    cells = differences(matrix(SAID, THEMES, STUDIES), other.loc[THEMES[::-1], STUDIES[::-1]]).set_index(["theme", "study"])["relation"]
    assert cells.to_dict() == {("ties", "A"): "opposed", ("ties", "B"): "same", ("ties", "C"): "one knows", ("land", "A"): "neither knows",
                               ("land", "B"): "half apart", ("land", "C"): "same"}


def test_agreement_by_hand() -> None:
    """Four cells known to both. One reader: asset, asset, tension, both; the other: asset, both, tension, both.

    Steps: 0, 1, 0, 0 in the mean 1/4. By chance: the first's codes at 2, 2, 0, 1 against the second's at 2, 1, 0, 1: the 16
    differences are 0 1 2 1, 0 1 2 1, 2 1 0 1, 1 0 1 0 and add up to 14, in the mean 7/8. Kappa is 1 − (1/4) / (7/8) = 5/7.
    """
    names = list("ABCDE")
    one = from_cells(dict(zip(product(["t"], names), ["asset", "asset", "tension", "both", "asset"], strict=True)), ["t"], names)
    other = from_cells(dict(zip(product(["t"], names), ["asset", "both", "tension", "both"], strict=False)), ["t"], names)
    found = agreement_of_readings(one, other)
    assert found[["cells", "both", "same", "opposed"]].tolist() == [5, 4, 3, 0]
    assert found["kappa"] == pytest.approx(5 / 7)


@given(tables, tables)
def test_agreement_is_symmetric_and_full_with_oneself(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_series_equal(agreement_of_readings(one, other), agreement_of_readings(other, one))
    alone = agreement_of_readings(one, one)
    assert alone["same"] == alone["both"] == one.notna().to_numpy().sum()
    assert np.isnan(alone["kappa"]) or alone["kappa"] == pytest.approx(1)


def test_nothing_in_common_has_no_kappa() -> None:
    one, other = (from_cells({("ties", study): "asset"}, THEMES, STUDIES) for study in "AB")
    found = agreement_of_readings(one, other)
    assert found["both"] == 0 and np.isnan(found["kappa"]) and np.isnan(found["alpha"])


def test_what_is_refused() -> None:
    with pytest.raises(ValueError, match=r"pulls \['sideways'\]: code each as one of"):
        matrix(SAID.replace("unclear", "sideways"), THEMES, STUDIES)
    with pytest.raises(ValueError, match="needs each theme once"):
        matrix(SAID, ["ties", "ties"], STUDIES)
    with pytest.raises(ValueError, match="needs each study once"):
        carried_by(SAID, THEMES, [])
    with pytest.raises(ValueError, match="there is no cell"):
        from_cells({("weather", "A"): "asset"}, THEMES, STUDIES)
    with pytest.raises(ValueError, match=r"\['good'\]: write one of"):
        from_cells({("ties", "A"): "good"}, THEMES, STUDIES)
    with pytest.raises(ValueError, match="'tension' or an 'asset', got 'both'"):
        support(from_cells({}, THEMES, STUDIES), "both")
    with pytest.raises(ValueError, match=r"write one of"):
        support(pd.DataFrame([["good"]]))
    with pytest.raises(ValueError, match="the study 'C' is in one matrix only"):
        differences(from_cells({}, THEMES, STUDIES), from_cells({}, THEMES, STUDIES[:2]))


def test_the_two_readings_of_the_introduction_are_never_opposed() -> None:
    """Counted with a pencil from data/tables/case_readings.csv: six cells known to both, three alike, none opposed."""
    coding = load("case_readings").rename(columns={"issue_theme": "theme"})
    themes, studies = ["relations", "space and planning", "governance"], ["Genouillé", "Gier valley", "Mons"]
    one, other = (matrix(coding[coding["coder"] == coder], themes, studies) for coder in ("first", "second"))
    assert one.fillna("?").to_numpy().tolist() == [["asset"] * 3, ["asset", "both", "tension"], ["asset", "?", "?"]]
    assert other.fillna("?").to_numpy().tolist() == [["both", "both", "?"], ["asset", "both", "both"], ["asset", "tension", "tension"]]
    assert agreement_of_readings(one, other)[["both", "same", "opposed"]].tolist() == [6, 3, 0]
