"""What is read equals the truth that the files were made from, whatever traps stand in them."""
from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.official.census import GROUPS, read_census
from data.official.jobs import is_jobs, read_jobs
from data.official.places import read_places
from data.official.sheets import Workbook
from data.official.zonings import read_zoning
from tests.data.official import making

CODES = ["01004", "01015", "2A004", "2B033", "42225", "69381", "75101", "75056", "97101"]
SLOW = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("module", ["census", "communes", "files", "jobs", "losses", "sheets", "units", "zonings"])
def test_examples_are_right(module: str) -> None:
    assert doctest.testmod(importlib.import_module(f"data.official.{module}")).failed == 0


@st.composite
def truths(draw: st.DrawFn, kind: str) -> dict[tuple[str, int], dict[str, float | None]]:
    """People by commune and census, in eighths; a commune that does not exist at a census has no figure at all."""
    years, groups = making.EDITIONS[draw(st.sampled_from(sorted(making.EDITIONS)))], GROUPS[kind]
    codes = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=5, unique=True))
    chance, most = draw(st.randoms(use_true_random=False)), draw(st.sampled_from([1, 100, 10**6]))
    truth = {(code, year): {group: chance.randrange(8 * most) / 8 for group in groups} if chance.random() < 0.8 else dict.fromkeys(groups)
             for code in codes for year in years}
    return truth | {("01001", year): dict.fromkeys(groups, 1.0) for year in years}       # no census is empty: INSEE's is not


@pytest.mark.parametrize("kind", ["sectors", "occupations"])
@SLOW
@given(data=st.data())
def test_a_census_is_read_as_it_was_written(kind: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    truth = data.draw(truths(kind))
    last = max(year for _, year in truth) % 100
    path = tmp_path_factory.mktemp("census") / f"pop-act2554-empl-sa-sexe-cd-68{last}.xlsx"
    making.census(path, truth, {"01004": "L’Abergement-Clémenciat"}, kind, comma=data.draw(st.booleans()), extra=data.draw(st.integers(0, 4)),
                  shuffle=data.draw(st.one_of(st.none(), st.integers(0, 99))), numbers=data.draw(st.booleans()))
    found = read_census(Workbook(path))
    assert (found.kind, found.years) == (kind, sorted({year for _, year in truth}))
    read = found.communes[found.communes["code"].str.len() == 5].set_index(["code", "year"])
    expected = pd.DataFrame.from_dict(truth, orient="index").astype(float)
    assert sorted(read.index) == sorted(expected.index)
    pd.testing.assert_frame_equal(read[list(GROUPS[kind])].sort_index(), expected[list(GROUPS[kind])].sort_index(), check_names=False,
                                  rtol=0, atol=2e-6)
    assert not read["missed"].any()
    whole = found.departments.groupby("year")[list(GROUPS[kind])].sum()
    np.testing.assert_allclose(whole, expected.groupby(level=1)[list(GROUPS[kind])].sum(), atol=2e-5)


def test_a_cell_that_holds_no_number_is_counted_and_named(tmp_path: Path) -> None:
    full = {"agriculture": 1.0, "industry": 2.0, "construction": 3.0, "services": 4.0}
    truth = {("01004", 1968): full, ("01005", 1968): {**full, "industry": "nd"}, ("01006", 1968): {**full, "services": None},
             ("01007", 1968): dict.fromkeys(full)}
    read = read_census(Workbook(making.census(tmp_path / "sectors.xlsx", truth))).communes.dropna(subset="industry").set_index("code")
    assert read["missed"].to_dict() == {"01004": False, "01005": True, "01006": True}
    assert (read.loc["01005", "industry"], read.loc["01006", "services"]) == (0, 0)


def test_a_sheet_with_the_département_of_another_year_reads_the_current_one(tmp_path: Path) -> None:
    """Châteaufort's column of 2024 says one département, its current code another."""
    path = making.census(tmp_path / "x.xlsx", {("78143", 1968): dict.fromkeys(GROUPS["sectors"], 8.0)})
    assert read_census(Workbook(path)).communes["code"].tolist()[0] == "78143"


def test_a_title_of_all_censuses_is_not_taken_for_one_of_another_year(tmp_path: Path) -> None:
    rows = making._sheet("COM", 2022, "sectors", {"01053": dict.fromkeys(GROUPS["sectors"], 8.0)}, {})
    rows[1] = ["Recensement de la population de 1968 à 2022"]
    assert read_census(Workbook(making.workbook(tmp_path / "x.xlsx", {"COM_2022": rows}))).years == [2022]


@pytest.mark.parametrize(("column", "zone"), [("UU2020", "00151"), ("UU2010", "2A301"), ("AAV2020", "002"), ("ZE2020", "0061")])
def test_a_composition_is_read_by_its_names(tmp_path: Path, column: str, zone: str) -> None:
    category = {"01004": "11", "2A004": "30"} if column == "AAV2020" else None
    path = making.zoning(tmp_path / f"{column}_au_01-01-2023.xlsx", {"01004": (zone, "Ambérieu"), "2A004": (zone, "Ambérieu")}, column, category)
    found = read_zoning(Workbook(path))
    assert (found.kind + str(found.year), found.edition) == (column, "2023-01-01")
    assert found.communes["zone"].to_dict() == {"01004": zone, "2A004": zone}
    assert found.communes["category"].to_dict() == (category or {"01004": "", "2A004": ""})


def test_the_edition_of_a_renamed_composition_comes_from_its_title(tmp_path: Path) -> None:
    path = making.zoning(tmp_path / "mine.xlsx", {"01004": ("00151", "x")})
    assert read_zoning(Workbook(path)).edition == "2024-01-01"


NUMBER = st.one_of(st.integers(0, 10_000), st.integers(0, 10_000).map(lambda n: n / 4))


@SLOW
@given(data=st.data())
def test_jobs_are_summed_as_they_were_written(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    years = data.draw(st.sampled_from([[2006], [2016, 2017], list(range(2006, 2026))]))
    activities = [("GS1 Industrie", "C1 Denrées alimentaires"), ("GS3 Commerce", "GZ Commerce; réparation")]
    rows = [(data.draw(st.sampled_from(["01004", "42225", "2A004"])), *data.draw(st.sampled_from(activities)),
             {year: (data.draw(st.integers(0, 50)), data.draw(NUMBER)) for year in years}) for _ in range(data.draw(st.integers(1, 6)))]
    path = making.jobs(tmp_path_factory.mktemp("jobs") / "urssaf.csv", rows, years, labels=data.draw(st.booleans()), comma=data.draw(st.booleans()),
                       encoding=data.draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252"])), zeros=data.draw(st.booleans()))
    assert is_jobs(path)
    found = read_jobs(path)
    expected: dict[tuple[str, str, int], dict[str, float]] = {}
    for code, sector, activity, values in rows:
        own = expected.setdefault((code, activity, int(sector.startswith("GS1"))), {})
        for year, (shops, people) in values.items():
            own[f"establishments_{year}"] = own.get(f"establishments_{year}", 0) + shops
            own[f"jobs_{year}"] = own.get(f"jobs_{year}", 0) + people
    read = found.communes.set_index(["code", "activity", "industry"]).to_dict("index")
    assert (found.years, found.suppressed, found.rows) == (years, 0, len(rows))
    assert {key: {name: pytest.approx(value) for name, value in own.items()} for key, own in expected.items()} == read


def test_jobs_with_a_cell_that_holds_no_number_are_counted(tmp_path: Path) -> None:
    rows = [("01004", "GS1 Industrie", "C1 x", {2016: (1, "s"), 2017: (1, "")}), ("01004", "GS1 Industrie", "C1 x", {2016: (2, 5), 2017: (1, 6)})]
    found = read_jobs(making.jobs(tmp_path / "u.csv", rows, [2016, 2017]))
    assert (found.suppressed, found.communes["jobs_2016"].tolist(), found.communes["jobs_2017"].tolist()) == (1, [5], [6])


def test_jobs_with_spaces_between_digits_are_read(tmp_path: Path) -> None:
    rows = [("01004", "GS1 Industrie", "C1 x", {2016: ("1 200", "1\u202f234,5")}), ("01004", "GS1 Industrie", "C1 x", {2016: (2, "nd")})]
    found = read_jobs(making.jobs(tmp_path / "u.csv", rows, [2016]))
    assert found.communes[["establishments_2016", "jobs_2016"]].values.tolist() == [[1202, 1234.5]]
    assert found.suppressed == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_places_by_code_by_coordinates_and_nowhere(tmp_path: Path, encoding: str) -> None:
    rows = [{"INSEECOM": "1004", "TYPO": "Espace de coworking", "LAT": "0", "LONG": "0"},
            {"INSEECOM": "0", "TYPO": "Fablab à côté", "LAT": "45,757", "LONG": "4,832"},        # the middle of Lyon
            {"INSEECOM": "0", "TYPO": "co-working", "LAT": "44.0", "LONG": "8.5"},               # at sea
            {"INSEECOM": "", "TYPO": "", "LAT": "", "LONG": ""}]
    found = read_places(making.places(tmp_path / "lieux.csv", rows, encoding=encoding))
    assert found["commune"].tolist() == ["01004", "69123", "", ""]
    assert found["how"].tolist() == ["code", "coordinates", "nowhere", "nowhere"]
    assert found["coworking"].tolist() == [True, False, True, False]


def test_places_in_a_workbook(tmp_path: Path) -> None:
    path = making.workbook(tmp_path / "x.xlsx", {"Notice": [["…"]], "Base": [["Nom", "Code INSEE", "Typologie"], ["a", 42225, "coworking"]]})
    assert read_places(Workbook(path)).iloc[0].tolist() == ["42225", "code", True]
