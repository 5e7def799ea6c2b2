"""The claims ledger: every verdict and every figure is computed again; other figures give other verdicts."""
from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from data import load
from methods.claims import CHECKS, DOES_NOT, HOLDS, PARTLY, VERDICTS, Finding

CLAIMS = load("claims").set_index("claim")
CHECKED = CLAIMS[CLAIMS["check"].notna()]


@pytest.fixture(scope="module")
def found() -> dict[str, Finding]:
    return {name: check(load) for name, check in CHECKS.items()}


def test_every_check_belongs_to_one_claim() -> None:
    assert sorted(CHECKED["check"]) == sorted(CHECKS)
    assert len(CLAIMS) >= 30
    assert set(CLAIMS["verdict"]) <= set(VERDICTS)


@pytest.mark.parametrize("claim", CHECKED.index)
def test_the_stored_verdict_is_the_computed_one(claim: str, found: dict[str, Finding]) -> None:
    finding = found[CLAIMS.loc[claim, "check"]]
    assert CLAIMS.loc[claim, "verdict"] == finding.verdict
    assert np.isfinite(finding.value)
    assert np.isnan(finding.low) or finding.low <= finding.value <= finding.high
    assert any(letter.isdigit() for letter in finding.words)


def test_without_a_check_nothing_is_said_to_hold() -> None:
    assert not CLAIMS.loc[CLAIMS["check"].isna(), "verdict"].isin([HOLDS, PARTLY, DOES_NOT]).any()


def test_a_stand_in_says_so() -> None:
    """A claim about industry that workers by residence decide carries that caveat."""
    about = CHECKED[CHECKED["chapter"].isin(["02_trajectories"])]
    assert about["caveat"].str.contains("workers by residence|stand-in|population").all()


def changed(**tables: Callable[[pd.DataFrame], pd.DataFrame]) -> Callable[[str], pd.DataFrame]:
    return lambda name: tables[name](load(name)) if name in tables else load(name)


def swapped(counts: pd.DataFrame) -> pd.DataFrame:
    """The censuses in the other direction."""
    return counts.assign(year=counts["year"].map({1982: 2011, 1990: 2006, 1999: 1999, 2006: 1990, 2011: 1982}))


def turned(units: pd.DataFrame) -> pd.DataFrame:
    """North-east and former Rhône-Alpes in each other's place, as far as the codes go."""
    codes = dict(zip(["67", "68", "57", "54", "88", "70", "39", "52"], ["01", "07", "26", "38", "42", "69", "73", "74"], strict=True))
    codes |= {new: old for old, new in codes.items()}
    return units.assign(department=units["department"].astype("str").replace(codes))


@pytest.mark.parametrize(("check", "tables", "verdict"), [
    ("towns_lost_workers", changed(urban_units_occupations=swapped), DOES_NOT),
    ("old_towns_lost_workers", changed(urban_units_occupations=lambda t: t.assign(workers=t["workers"].where(t["year"] < 2011, 10 * t["workers"]))),
     DOES_NOT),
    ("managers_in_large_units", changed(size_class_occupations=lambda t: t.assign(managers=1)), PARTLY),
    ("rhone_alpes_leads", changed(urban_units=turned), HOLDS),
    ("valley_residential", changed(case_communes_occupations=swapped), DOES_NOT),
    ("some_towns_shrink", changed(urban_units=lambda t: t.assign(population_2019=t["population_2023"] - 1 + 2 * (t["department"] == "06"))), DOES_NOT),
])
def test_other_figures_give_another_verdict(check: str, tables: Callable[[str], pd.DataFrame], verdict: str, found: dict[str, Finding]) -> None:
    assert found[check].verdict != verdict
    assert CHECKS[check](tables).verdict == verdict


def test_row_order_changes_nothing(found: dict[str, Finding]) -> None:
    def shuffled(name: str) -> pd.DataFrame:
        return load(name).sample(frac=1, random_state=7).reset_index(drop=True)
    for name, check in CHECKS.items():
        again, first = check(shuffled), found[name]
        assert (again.words, again.verdict) == (first.words, first.verdict)
        assert again.value == pytest.approx(first.value, rel=1e-12)
