"""From files to a folder: sums are right, losses are told, all or nothing is written."""
from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from data import load, schema
from data.official import __main__ as command
from data.official import communes, files, folder, losses, tables, units
from data.official.census import GROUPS
from data.official.files import RefusedError
from tests.data.official import making

ROOT = Path(__file__).resolve().parents[3]
ONE = {"agriculture": 10.25, "industry": 100.25, "construction": 20.25, "services": 300.25}
#: Bourg (01053) and Oyonnax (01283) are units; 01004 is in Bourg's; 01015 is outside; 01340 has become part of 01015.
ZONES = {"01053": ("01601", "Bourg"), "01004": ("01601", "Bourg"), "01283": ("01502", "Oyonnax"), "01015": ("01000", "hors"),
         "75056": ("00851", "Paris")}
TRUTH = {(code, year): {group: value * (1 + n) for group, value in ONE.items()}
         for n, code in enumerate(["01053", "01004", "01283", "01015", "01340", "75101", "75102"]) for year in (1968, 2022)}


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A folder with INSEE's sectors, units and zones, Urssaf's jobs and a list of places."""
    source = tmp_path / "given"
    source.mkdir()
    making.zoning(source / "UU2020_au_01-01-2024.xlsx", ZONES)
    making.zoning(source / "ZE2020_au_01-01-2024.xlsx", dict.fromkeys(ZONES, ("8401", "Bourg")), "ZE2020")
    making.census(source / "pop-act2554-empl-sa-sexe-cd-6822.xlsx", TRUTH)
    making.census(source / "pop-act2554-csp-cd-6811.xlsx", {("01053", year): dict.fromkeys(GROUPS["occupations"], 8.0) for year in (1968, 2011)},
                  kind="occupations")
    making.jobs(source / "jobs.csv", [("01053", "GS1 Industrie", "C1 x", {2016: (2, 10.5)}), ("1015", "GS3 Commerce", "GZ y", {2016: (1, 4)})], [2016])
    making.places(source / "places.csv", [{"INSEECOM": "01004", "TYPO": "coworking"}, {"INSEECOM": "01015", "TYPO": "fablab"}])
    return source


def run(given: Path, out: Path) -> None:
    assert command.main([str(given), "--to", str(out)]) == 0


def all_of(path: Path) -> dict[str, tuple[bytes, int]]:
    return {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in path.iterdir()}


def test_sums_equal_the_truth_and_every_table_loads(given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(given, out := tmp_path / "own")
    units_ = load("urban_units_sectors", out).set_index(["urban_unit", "year"])["industry"]
    assert units_.to_dict() == {(unit, year): people for year in (1968, 2022) for unit, people in
                                {"01601": round(100.25 * (1 + 2)), "01502": round(100.25 * 3), "00851": round(100.25 * (6 + 7))}.items()}
    classes = load("size_class_sectors", out)
    assert classes.groupby("year")["industry"].sum().tolist() == [round(100.25 * 28)] * 2
    outside = classes[classes["size_class"] == "outside urban units"]
    assert outside["industry"].tolist() == [round(100.25 * (4 + 5))] * 2
    assert load("france_sectors", out)["services"].tolist() == [round(300.25 * 28)] * 2
    assert load("department_sectors", out).query("department == '01'")["name"].tolist() == ["Ain", "Ain"]
    assert load("urban_units_occupations", out)["workers"].tolist() == [8, 8]
    assert load("france_jobs", out)[["activity", "industry", "jobs"]].values.tolist() == [["C1 x", "industry", 10], ["GZ y", "other", 4]]
    assert load("urban_units_jobs", out)["urban_unit"].tolist() == ["01601"]
    assert load("third_places_by_commune_class", out)["third_places"].sum() == 2
    assert load("zone_third_places", out)["coworking"].tolist() == [1]
    said = capsys.readouterr().out
    assert "4 jobs in 2016 are outside any urban unit" in said
    assert "live outside any urban unit" in said


def test_units_are_described_from_their_communes_of_today(given: Path, tmp_path: Path) -> None:
    run(given, out := tmp_path / "own")
    made = load("urban_units", out).set_index("urban_unit")
    people = load("communes").set_index("commune")["population_2023"]
    assert made.loc["01601", "population_2023"] == people[["01053", "01004"]].sum()
    assert made.loc["01601", ["name", "main_commune", "size_class"]].tolist() == ["Bourg", "01053", "50,000–99,999"]
    assert made.loc["00851", "size_class"] == "Paris"
    assert list(made.index) == ["00851", "01502", "01601"]         # the communes outside units are no unit


def test_sources_are_noted_and_a_second_run_changes_nothing(given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(given, out := tmp_path / "own")
    about = json.loads((out / folder.DESCRIPTION).read_text("utf-8"))
    noted = {source["file"]: source for source in about["sources"]}
    path = given / "pop-act2554-empl-sa-sexe-cd-6822.xlsx"
    assert set(noted) == {file.name for file in given.iterdir()}
    assert (noted[path.name]["bytes"], noted[path.name]["sha256"]) == (path.stat().st_size, files.sha256(path))
    assert about["years"]["sectors"] == [1968, 2022]
    before = all_of(out)
    capsys.readouterr()
    run(given, out)
    assert all_of(out) == before
    assert "nothing changed" in capsys.readouterr().out


def test_other_figures_replace_the_folder_and_leave_nothing_beside_it(given: Path, tmp_path: Path) -> None:
    run(given, out := tmp_path / "own")
    (given / "jobs.csv").unlink()
    run(given, out)
    assert not (out / "france_jobs.csv").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["given", "own"]


def test_a_folder_with_other_files_is_left_alone(given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "own"
    out.mkdir()
    (out / "thesis.txt").write_text("mine")
    assert command.main([str(given), "--to", str(out)]) == 1
    assert [path.name for path in out.iterdir()] == ["thesis.txt"]
    assert "own holds other files: name a folder that is empty or not there yet." in capsys.readouterr().err


@pytest.mark.parametrize("stop", [KeyboardInterrupt, MemoryError])
def test_an_interrupt_while_writing_leaves_what_was_there(given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: type) -> None:
    run(given, out := tmp_path / "own")
    before = all_of(out)
    (given / "jobs.csv").unlink()

    def stopped(*_: object) -> None:
        raise stop
    monkeypatch.setattr(folder, "check", stopped)
    if stop is KeyboardInterrupt:
        assert command.main([str(given), "--to", str(out)]) == 130
    else:
        with pytest.raises(stop):
            command.main([str(given), "--to", str(out)])
    assert all_of(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["given", "own"]


def test_a_cut_between_the_two_moves_is_mended_by_the_next_run(given: Path, tmp_path: Path) -> None:
    run(given, out := tmp_path / "own")
    before = {name: content for name, (content, _) in all_of(out).items()}
    left = tmp_path / f"{folder.BEGINS}own-x"
    left.mkdir()
    out.rename(left / "old")
    run(given, out)
    assert {name: content for name, (content, _) in all_of(out).items()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["given", "own"]


def test_a_process_that_is_told_to_end_leaves_nothing(given: Path, tmp_path: Path) -> None:
    slow = "import time; from data.official import folder, __main__ as m; folder.check = lambda *_: time.sleep(60); m.main()"
    program = subprocess.Popen([sys.executable, "-c", slow, str(given), "--to", str(tmp_path / "own")], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(f"{folder.BEGINS}*/new/*.csv")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(program.pid, signal.SIGTERM)
    assert "Nothing was changed" in program.communicate(timeout=60)[1]
    assert (program.returncode, [path.name for path in tmp_path.iterdir()]) == (0, ["given"])


# ---- what is lost

def test_more_than_three_percent_lost_is_an_error_with_the_ten_largest_causes(given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    strange = {(f"010{n:02}", year): {group: value * n for group, value in ONE.items()} for n in range(60, 75) for year in (1968, 2022)}
    names = {f"010{n:02}": f"Nowhere {n}" for n in range(60, 75)}
    zones = {**ZONES, **{"69123": ("00758", "Lyon")}}
    making.zoning(given / "UU2020_au_01-01-2024.xlsx", zones)
    making.census(given / "pop-act2554-empl-sa-sexe-cd-6822.xlsx", {**TRUTH, **strange}, names)
    assert command.main([str(given), "--to", str(tmp_path / "own")]) == 1
    said = capsys.readouterr().err
    share = sum(range(60, 75)) / (sum(range(60, 75)) + 28)
    assert f"would lose {share:.1%} of its people at work in 1968, more than 3%" in said
    assert [f"Nowhere {n} (010{n})" in said for n in range(60, 75)] == [False] * 5 + [True] * 10
    assert not (tmp_path / "own").exists()


def test_a_census_that_loses_too_much_is_not_hidden_by_the_others(given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    truth = {**TRUTH, ("01099", 1968): dict.fromkeys(ONE, 200.0), **{("01053", year): dict.fromkeys(ONE, 1e6) for year in (1975, 1982, 2022)}}
    making.census(given / "pop-act2554-empl-sa-sexe-cd-6822.xlsx", truth)
    assert command.main([str(given), "--to", str(tmp_path / "own")]) == 1
    assert "people at work in 1968" in capsys.readouterr().err


def test_a_little_lost_is_told(given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    making.census(given / "pop-act2554-empl-sa-sexe-cd-6822.xlsx",
                  {**TRUTH, ("01099", 2022): dict.fromkeys(ONE, 1.0), ("97101", 2022): dict.fromkeys(ONE, 1e6)}, {"01099": "Nowhere"})
    run(given, tmp_path / "own")
    said = capsys.readouterr().out
    assert "0.0 % of the people at work in 2022 are lost: Nowhere (01099) in no zone, 4" in said
    assert "1 communes overseas are left out" in said


def test_communes_that_add_up_to_less_than_their_départements_are_a_loss(given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sheet of communes whose last rows are gone: the sheets of départements know."""
    path = given / "pop-act2554-empl-sa-sexe-cd-6822.xlsx"
    sheets = {"DEP_1968": making._sheet("DEP", 1968, "sectors", {"01": ONE, "75": {g: 100 * v for g, v in ONE.items()}}, {}),
              "COM_1968": making._sheet("COM", 1968, "sectors", {"01053": ONE}, {})}
    making.workbook(path.rename(given / "mine.xlsx"), sheets)
    assert command.main([str(given), "--to", str(tmp_path / "own")]) == 1
    assert "département 75 without communes of its own, 43,100" in capsys.readouterr().err


def test_a_unit_whose_population_is_not_known_is_lost_not_put_outside(given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Celles (15031) left a commune since 2019, whose other parts are elsewhere: a unit of it alone has no population of 2019."""
    making.zoning(given / "UU2020_au_01-01-2024.xlsx", {**ZONES, "15031": ("15199", "Celles")})
    making.census(given / "pop-act2554-empl-sa-sexe-cd-6822.xlsx", {**TRUTH, ("15031", 2022): ONE}, {"15031": "Celles"})
    assert command.main([str(given), "--to", str(tmp_path / "own")]) == 1
    assert "Celles (15031) in no zone, 431" in capsys.readouterr().err


def test_attraction_areas_say_of_each_unit_what_its_main_commune_is(given: Path, tmp_path: Path) -> None:
    areas = {"01053": ("125", "Bourg"), "01004": ("125", "Bourg"), "01283": ("000", "hors"), "75056": ("001", "Paris"), "01015": ("9A1", "strange")}
    making.zoning(given / "AAV2020_au_01-01-2024.xlsx", areas, "AAV2020", dict(zip(areas, ["11", "20", "30", "11", "11"], strict=True)))
    run(given, out := tmp_path / "own")
    made = load("urban_units", out).set_index("urban_unit")
    assert made["aav2020"].to_dict() == {"00851": "001", "01502": "000", "01601": "125"}
    assert made["aav_class"].astype(str).to_dict() == {"00851": "Paris", "01502": "outside attraction areas", "01601": "50,000–199,999"}
    assert made["aav_category"].astype(str).to_dict() == {"00851": "centre", "01502": "outside", "01601": "centre"}


def test_places_of_a_city_and_of_its_districts_all_count(given: Path, tmp_path: Path) -> None:
    making.places(given / "places.csv", [{"INSEECOM": code, "TYPO": "coworking"} for code in ("75056", "75056", "75101", "75103")])
    run(given, out := tmp_path / "own")
    assert load("third_places_by_commune_class", out).set_index("size_class")["third_places"].to_dict()["Paris"] == 4


def test_jobs_of_a_city_beside_its_districts_count_once_and_it_is_said(given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    making.jobs(given / "jobs.csv", [(code, "GS1 Industrie", "C1 x", {2016: (1, jobs)}) for code, jobs in (("75056", 30), ("75101", 10), ("75102", 20))],
                [2016])
    run(given, out := tmp_path / "own")
    assert load("france_jobs", out)["jobs"].tolist() == [30]
    assert "75056 and their districts both have rows: the districts count" in capsys.readouterr().out


# ---- communes of every date

def test_communes_of_every_date_find_their_zone() -> None:
    zones = pd.Series({"01015": "00100", "75056": "00851", "01025": "00200"})
    found = communes.place(["01015", "01340", "75107", "01144", "99999"], zones)
    assert found["zone"].to_dict() == {"01015": "00100", "01340": "00100", "75107": "00851", "01144": "00200", "99999": None}
    assert found["how"].to_dict() == {"01015": "itself", "01340": "its commune of today", "75107": "its city",
                                      "01144": "its commune of today", "99999": "not found"}


def test_a_zoning_older_than_a_merger_still_places_the_commune_of_today() -> None:
    former = load("former_communes")
    commune = former["commune"].value_counts().index[0]
    parts = former.loc[former["commune"] == commune, "former"].tolist()
    found = communes.place([commune, *parts], pd.Series({parts[0]: "00100"}))
    assert set(found["zone"]) == {"00100"}


def test_a_zoning_of_districts_places_the_city() -> None:
    zones = pd.Series({f"751{n:02}": "00851" for n in range(1, 21)})
    assert communes.place(["75056", "75120"], zones)["zone"].tolist() == ["00851", "00851"]


def test_a_city_beside_its_districts_counts_once() -> None:
    frame = pd.DataFrame({"code": ["75056", "75101", "75056", "13055"], "year": [1968, 1968, 1975, 1968]})
    kept, cities = communes.without_cities_twice(frame)
    assert (kept.values.tolist(), cities) == ([["75101", 1968], ["75056", 1975], ["13055", 1968]], ["75056"])


def test_former_codes_are_no_codes_of_today_and_lead_to_one() -> None:
    today, former = set(load("communes")["commune"]), load("former_communes")
    assert len(former) > 4000
    assert not set(former["former"]) & today
    assert set(former["commune"]) <= today


def test_populations_of_a_split_commune_count_only_when_whole() -> None:
    parts = ["15031", "15035", "15047", "15141", "15171"]
    people = load("communes").set_index("commune")["population_2023"]
    whole = communes.same_ground(pd.Series("A", parts))
    assert whole.loc["A"].tolist() == [1804, people[parts].sum()]
    other = communes.same_ground(pd.Series(["A", "A", "A", "A", "B", "B"], [*parts, "01001"]))
    assert other.index.tolist() == ["B"]
    assert other.loc["B", "population_2023"] == people["01001"]


def test_size_classes_are_those_of_the_book() -> None:
    book = load("urban_units")
    ours = units.size_class(book["population_2019"])
    assert (ours == book["size_class"].cat.codes).mean() > 0.95         # INSEE's are of 2013 populations


def test_own_tables_are_described_as_well_as_the_books() -> None:
    for name, entry in schema.own().items():
        assert entry["kind"] == "official"
        assert (ROOT / entry["script"]).is_file()
        assert all(field["title"] and schema.json_schema(field) for field in schema.fields(name))
    assert "industrial employment by residence, people 25–54 in work" in schema.own()["urban_units_sectors"]["description"]


def test_the_largest_loss_is_three_percent() -> None:
    assert (losses.MOST, tables.AGREE) == (0.03, 0.005)
    with pytest.raises(RefusedError):
        over = losses.Losses(Path("x"), "places", 100)
        over.add("gone", 3.1)
        over.check()
    just = losses.Losses(Path("x"), "places", 100)
    just.add("gone", 3)
    just.check()
