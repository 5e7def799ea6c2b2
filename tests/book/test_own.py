"""The second chapter's text on other figures: every rule fits, every word follows; the ledger says whose figures it used."""
from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jupytext
import numpy as np
import pandas as pd
import pytest

from book._make import own, own_rules
from book._make.chapters import CHAPTERS
from data import counted, load
from data.loading import book_table
from data.words import INDUSTRY, WORKERS
from methods.beside import side_by_side
from methods.specialisation import specialisation_index
from widgets.show import credit

SOURCES = [cell.source for cell in jupytext.read(CHAPTERS / f"{own.NAME}.py", fmt="py:percent").cells]
YEARS = (1968, 1975, 1982, 1990, 1999, 2006, 2011, 2016, 2022)
WORDS = own.words_of(INDUSTRY._replace(years=YEARS))


def changed_parts() -> str:
    """The translated chapter without the part that stays as it is."""
    whole = "\n".join(own.translated(SOURCES, WORDS, lambda unit: unit))
    begin, end = own_rules.KEPT
    before, rest = whole.split(begin)
    return before + rest.split(end)[1]


def test_every_rule_fits_the_chapter_and_every_word_follows_the_figures() -> None:
    text = changed_parts()
    wrong = re.findall(r".*(?:\bworkers?\b|1982|2011|ccupation|five censuses|1,024|Saint-Nazaire).*", text)
    assert wrong == []
    assert "1968" in text and "2022" in text and "nine censuses" in text
    assert "{" + "first}" not in text


def test_the_part_about_the_books_own_stand_in_stays(capsys: pytest.CaptureFixture[str]) -> None:
    whole, (begin, end) = "\n".join(own.translated(SOURCES, WORDS, lambda unit: unit)), own_rules.KEPT
    kept = whole.split(begin)[1].split(end)[0].replace(own_rules.ABOUT_KEPT, "")
    assert kept.split() == "\n".join(SOURCES).split(begin)[1].split(end)[0].split()


def test_every_number_that_the_text_quotes_is_still_named_by_a_cell() -> None:
    text = "\n".join(own.translated(SOURCES, WORDS, lambda unit: unit))
    quoted = set(re.findall(r"\{glue:text\}`(\w+)", text))
    assert quoted <= set(re.findall(r"[(\s{\"](\w+)(?==|\":)", text)) | {"noise_mean"}


def test_a_rule_that_no_longer_fits_is_an_error() -> None:
    without = [text.replace("Saint-Nazaire", "Nantes") for text in SOURCES]
    with pytest.raises(ValueError, match="no longer says 'Saint-Nazaire"):
        own.translated(without, WORDS, lambda unit: unit)
    with pytest.raises(ValueError, match="has no headings"):
        own.translated([text.replace(own_rules.KEPT[1], "## Toy") for text in SOURCES], WORDS, lambda unit: unit)


def test_links_to_chapters_that_are_not_there_become_words() -> None:
    text = own._linked("see [the first chapter](01_towns.ipynb#a) and [here](02_trajectories.ipynb)")
    assert text == "see the first chapter and [here](02_trajectories.ipynb)"
    assert own._linked("[a](../chapters/01_towns.ipynb), [b](02_trajectories.ipynb#c), [d](claims.md)", sectors=False) == "a, b, [d](claims.md)"


def test_the_copy_of_the_book_leads_to_no_page_that_it_lacks(tmp_path: Path) -> None:
    for sectors in (True, False):
        own._prepared(tmp_path / "source", sectors)
        glossary = (tmp_path / "source" / "book" / "glossary.md").read_text("utf-8")
        assert not re.findall(r"0[13-9]_\w+\.ipynb" if sectors else r"\d_\w+\.ipynb", glossary) and "What is a town?" in glossary


def test_the_contents_follow_the_folder(tmp_path: Path) -> None:
    files = re.compile(r"- file: (\S+)")
    assert files.findall(own._toc(set(), True)) == ["chapters/02_trajectories", "book/claims", "book/glossary", "book/bibliography"]
    assert files.findall(own._toc({"places"}, False)) == ["chapters/third_places_in_your_list", "book/glossary", "book/bibliography"]
    with pytest.raises(ValueError, match=r"nothing that a page can be made of.*pop-act2554.*2016 and 2019 or a list of third places"):
        own.make(tmp_path)


def test_a_folder_without_sectors_has_the_other_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran_ = []
    monkeypatch.setattr(own, "OUT", tmp_path / "out")
    monkeypatch.setattr(own, "run", lambda path, *_: ran_.append(path.name) or "{}")
    monkeypatch.setenv("BOOK_DATA", "")
    (tmp_path / "mine").mkdir()
    assert sorted(own.make(with_jobs(tmp_path / "mine"), build=False).iterdir()) == [tmp_path / "out" / "source" / "chapters" / f"{JOBS.name}.{kind}" for kind in ("ipynb", "py")]
    assert ran_ == [f"{JOBS.name}.py"]
    index = own._index(None, _described(tmp_path / "mine"), {"jobs"})
    assert "neither the second chapter nor the ledger" in index and "pop-act2554" in index and "Counted here" not in index


# ---- a small folder of one's own: the book's units under other codes, workers as if they were industry
@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("own")
    units, counts = (pd.read_csv(Path(own.HERE) / "data" / "tables" / f"{name}.csv", dtype=str, keep_default_na=False)
                     for name in ("urban_units", "urban_units_occupations"))
    new = {code: f"{code[:2]}{n % 1000:03}" for n, code in enumerate(reversed(units["urban_unit"].tolist()))}
    new = dict(zip(new, pd.Series(new).groupby(pd.Series(new).str[:2]).cumcount().map("{:03}".format).radd(pd.Series(new).str[:2]), strict=True))
    france = pd.read_csv(Path(own.HERE) / "data" / "tables" / "france_occupations.csv", dtype=str)
    units.assign(urban_unit=units["urban_unit"].map(new)).to_csv(path / "urban_units.csv", index=False)
    for frame, name in ((counts.assign(urban_unit=counts["urban_unit"].map(new)), "urban_units"), (france, "france")):
        sums = frame[["farmers", "self_employed", "managers", "intermediate", "clerical"]].replace("", np.nan).astype(float)
        sectors = pd.DataFrame({"agriculture": sums["farmers"], "industry": frame["workers"].replace("", np.nan).astype(float),
                                "construction": sums["self_employed"], "services": sums[["managers", "intermediate", "clerical"]].sum(axis=1)})
        sectors[sectors["industry"].isna()] = np.nan
        keys = frame[["urban_unit", "year"]] if name == "urban_units" else frame[["year"]]
        pd.concat([keys, sectors.astype("Int64")], axis=1).to_csv(path / f"{name}_sectors.csv", index=False)
    (path / "official.json").write_text(json.dumps({"years": {"sectors": [1982, 1990, 1999, 2006, 2011]}, "sources": [
        {"file": "UU2020.xlsx", "what": "UU", "edition": "UU2020 2024-01-01"}]}))
    return path


def test_what_is_counted_is_said_in_one_place(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert counted() == WORKERS
    assert "book" not in credit(["urban_units_occupations"])
    monkeypatch.setenv("BOOK_DATA", str(folder))
    assert counted().label == "industrial employment by residence, people 25–54 in work, INSEE, 1982–2011"
    assert counted().many == "five"
    assert "counted: industrial employment by residence" in credit(["urban_units_sectors"])
    assert "counted:" not in credit(["industry_and_workers_by_department"])


def test_units_of_ones_own_are_credited_to_their_own_zoning(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "urban units 2010" in credit(["urban_units"])
    monkeypatch.setenv("BOOK_DATA", str(folder))
    assert "urban units (UU2020 2024-01-01)" in credit(["urban_units"])
    assert "2010" not in credit(["urban_units"])
    assert "ODbL" not in credit(["urban_units"])


def test_own_tables_are_loaded_and_the_books_stay_in_reach(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = load("urban_units")["urban_unit"].tolist()
    monkeypatch.setenv("BOOK_DATA", str(folder))
    assert set(load("urban_units")["urban_unit"]) != set(book)
    assert book_table("urban_units")["urban_unit"].tolist() == book
    assert len(load("communes")) > 30_000           # what the folder does not hold is the book's
    code_of = own._code_of()
    cholet = code_of("49501")
    assert load("urban_units").set_index("urban_unit").loc[cholet, "name"] == "Cholet"
    assert code_of("01001") == "01001"               # no unit of the book


def test_the_ledger_on_the_same_figures_under_other_names_gives_the_same_verdicts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The own figures are the book's under other codes and names: verdicts are the same, words and marks are not."""
    from widgets.ledger import ledger
    book = ledger(checked=False)
    monkeypatch.setenv("BOOK_DATA", str(folder))
    found = ledger(checked=False)
    here = found["figures"].fillna("").str.startswith("industrial employment")
    assert here.sum() == 14
    assert (found["verdict"] == book["verdict"]).all()
    assert found.loc[here, "caveat"].str.contains("on the book’s workers by residence").all()
    assert not found.loc[here, "words"].dropna().str.contains("workers").any()
    assert set(found.loc[~here, "figures"].dropna()) == {"the book’s figures"}


def test_two_results_side_by_side() -> None:
    units = book_table("urban_units").set_index("urban_unit")
    index = specialisation_index(book_table("urban_units_occupations"), book_table("france_occupations"))
    other = units.rename(index=lambda code: "x" + code)
    same = side_by_side((index, units), (index.rename(index=lambda code: "x" + code), other), ("a", "b")).set_index("question")
    assert same["a"].tolist() == same["b"].tolist()
    assert same.loc["agreement of the two typologies (1: the same)", "a"] == "1.00 over 2,174 towns"
    assert same.loc["newly specialised towns, of those that could", "a"].startswith("77 of ")
    assert same.loc["towns under 100,000 that are specialised", "b"] == "43.4%"
    with pytest.raises(ValueError, match="no town in common"):
        side_by_side((index, units), (index, units.assign(main_commune_2026="99999")), ("a", "b"))


# ---- pages on what some folders hold: small made folders, values by hand
JOBS, PLACES = own.PAGES
FIELDS = {"size_class_jobs": "size_class,year,activity,industry,establishments,jobs", "urban_units_jobs": "urban_unit,year,activity,industry,establishments,jobs",
          "third_places_by_commune_class": "size_class,third_places,coworking,population_2019",
          "zone_third_places": "employment_zone,name,population_2023,third_places,coworking"}
#: Size class, activity, industry, jobs of 2016 and 2019. All: 200 to 240; industry 100 to 100; in it metal 60 to 48, food 40 to 52.
BY_CLASS = [(1, "C5 metal", 1, 50, 42), (1, "C1 food", 1, 10, 14), (1, "GZ trade", 0, 40, 50),
            (7, "C5 metal", 1, 10, 6), (7, "C1 food", 1, 30, 38), (7, "GZ trade", 0, 60, 90)]
#: Industrial jobs of 2006, 2016 and 2019 in towns of the book; zeros are left out of the file.
BY_TOWN = {"49501": (100, 60, 110), "00151": (50, 45, 47), "00171": (30, 40, 20), "00152": (9, 0, 0)}


def write(folder: Path, name: str, rows: Iterable[tuple[object, ...]]) -> None:
    lines = [FIELDS[name], *(",".join(map(str, row)) for row in rows)]
    (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")


def with_jobs(folder: Path, years: tuple[int, ...] = (2006, 2016, 2019), areas: bool = True) -> Path:
    """A folder with private jobs by size class and by town, and the book's urban units."""
    write(folder, "size_class_jobs", [(size, year, activity, industry, 1, jobs) for size, activity, industry, *both in BY_CLASS
                                      for year, jobs in zip((2016, 2019), both, strict=True)])
    write(folder, "urban_units_jobs", [(town, year, "C5 metal", 1, 1, jobs) for town, all_ in BY_TOWN.items()
                                       for year, jobs in zip((2006, 2016, 2019), all_, strict=True) if year in years and jobs])
    units = pd.read_csv(Path(own.HERE) / "data" / "tables" / "urban_units.csv", dtype=str, keep_default_na=False)
    units.assign(**({} if areas else {"aav_class": ""})).to_csv(folder / "urban_units.csv", index=False)
    (folder / "official.json").write_text(json.dumps({"years": {"jobs": list(years)}, "sources": [
        {"file": "UU2020.xlsx", "what": "UU", "edition": "UU2020 2024-01-01"}, {"file": "lieux.csv", "what": "places", "edition": ""}]}))
    return folder


def with_places(folder: Path, zones: bool = True) -> Path:
    """A folder with third places: 20 for 4,000 people, and three zones with 20 for 4,000."""
    write(folder, "third_places_by_commune_class", [(0, 2, 1, 1000), (1, 0, 0, 0), (4, 3, 3, 2000), (8, 15, 5, 1000)])
    if zones:
        write(folder, "zone_third_places", [("8401", "Bourg", 2000, 1, 0), ("8402", "Oyonnax", 1000, 15, 5), ("8403", "Belley", 1000, 4, 2), ("8404", "Nowhere", 0, 0, 0)])
    (folder / "official.json").write_text(json.dumps({"years": {}, "sources": [{"file": "lieux.csv", "what": "places", "edition": ""}]}))
    return folder


def ran(page: own.Page, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
    """Names that a page's cells leave, what its sentences quote, and titles of its charts."""
    monkeypatch.setenv("BOOK_DATA", str(folder))
    names: dict[str, Any] = {}
    quoted: dict[str, Any] = {}
    titles: list[str] = []
    monkeypatch.setattr("widgets.glue", lambda **numbers: quoted.update(numbers))
    monkeypatch.setattr("widgets.figure", lambda chart, alt_text, **_: titles.append(chart.to_dict()["title"]))
    text = []
    for cell in own.cells(page, own.held(folder)).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, page.name, "exec"), names)
        else:
            text.append(cell.source)
    assert set(re.findall(r"\{glue:text\}`(\w+)", "\n".join(text))) <= set(quoted)
    return names, quoted, titles


def test_the_growth_of_jobs_is_computed_from_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sums and rates by hand; an activity that is not industry plays no part."""
    names, quoted, titles = ran(JOBS, with_jobs(tmp_path), monkeypatch)
    assert names["gained"].to_dict() == {"2,000–4,999": -4, "200,000–1,999,999": 4, "France": 0}
    assert names["rate"]["2,000–4,999"] == pytest.approx((56 / 60) ** (1 / 3) - 1)
    assert titles[0] == "Private industrial jobs, 2016–2019: +0.00% a year, up in 1 of 2 size classes"
    assert (names["small"], names["large"]) == (["2,000–4,999"], ["200,000–1,999,999"])
    assert (quoted["small"], quoted["large"], quoted["rural"], quoted["up"]) == (-4, 4, 0, 1)


def test_the_parts_of_the_change_of_jobs_add_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All jobs +20 %, metal −20 %, food +30 %, trade +40 %; within industry 0 %."""
    names, quoted, titles = ran(JOBS, with_jobs(tmp_path), monkeypatch)
    parts = ["national", "structural", "local", "change"]
    whole, within = names["whole"][parts], names["within_whole"][parts]
    assert whole.loc["2,000–4,999"].tolist() == pytest.approx([20, -20 + 1 + 8, -3, 6])       # 50 · −.4, 10 · .1, 40 · .2
    assert whole.loc["200,000–1,999,999"].tolist() == pytest.approx([20, -4 + 3 + 12, 3, 34])
    assert within.loc["2,000–4,999"].tolist() == pytest.approx([0, -10 + 3, 3, -4])
    assert within.loc["200,000–1,999,999"].tolist() == pytest.approx([0, -2 + 9, -3, 4])
    assert names["rates"].loc["2,000–4,999", "structural"] == pytest.approx(-11 / 100 / 3)
    assert titles[1:3] == ["All private jobs: best mix, 200,000–1,999,999; best local effect, 200,000–1,999,999",
                           "Industry alone: best mix, 200,000–1,999,999; best local effect, 2,000–4,999"]
    assert (quoted["small_structural"], quoted["small_local"], quoted["small_change"], quoted["branches"]) == (-7, 3, -4, 2)
    assert quoted["industry_gap"] == pytest.approx(100 * -0.2 / 3)
    assert quoted["all_local"] == "highest in the class “200,000–1,999,999” (+1.00%), lowest in “2,000–4,999” (-1.00%)"


def test_an_activity_that_a_class_lacks_is_a_zero_and_one_branch_has_no_mix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = with_jobs(tmp_path)
    write(folder, "size_class_jobs", [(1, 2016, "C5 metal", 1, 1, 30), (1, 2019, "C5 metal", 1, 1, 33), (7, 2016, "C5 metal", 1, 1, 70), (7, 2019, "C5 metal", 1, 1, 77),
                                      (7, 2016, "GZ trade", 0, 1, 20), (0, 2019, "GZ trade", 0, 1, 10)])
    names, quoted, titles = ran(JOBS, folder, monkeypatch)
    assert names["whole"]["change"].to_dict() == {"outside urban units": 10, "2,000–4,999": 3, "200,000–1,999,999": -13}
    assert titles[2] == "Industry alone: best mix, none; best local effect, none"
    assert quoted["within_mix"] == "the same in every size class (+0.00%)"


def test_turns_of_trend_are_counted_by_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cholet turns and has all its jobs back; another turns by little; one the other way; one has nobody left."""
    names, quoted, titles = ran(JOBS, with_jobs(tmp_path), monkeypatch)
    assert names["trends"]["trend"].astype("str").to_dict() == {
        "49501": "loss, then growth", "00151": "loss, then growth", "00171": "growth, then loss", "00152": "no change in one of them"}
    assert titles[3] == "Towns that turn around 2016: 2 from loss to gain, 1 from gain to loss"
    assert (quoted["turned"], quoted["turned_much"], quoted["whole_again"], quoted["years_before"], quoted["first"]) == (2, 1, 1, 10, 2006)
    units = load("urban_units").set_index("urban_unit")["size_class"].cat.codes[list(BY_TOWN)]
    small = units.index[units.between(1, 5)]
    assert (quoted["small_towns"], quoted["small_lost"]) == (len(small), len(small.difference(["00171"])))
    assert names["turns"].to_numpy().sum() == len(BY_TOWN)


def test_towns_of_one_size_are_told_apart_by_their_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names, quoted, titles = ran(JOBS, with_jobs(tmp_path), monkeypatch)
    found = names["compared"]
    assert found["units"].sum() == 3 and found["end"].sum() == 110 + 47 + 20        # the last town has no job at either date
    assert quoted["groups"] == 0 and len(titles) == 4                               # no group of ten towns: a table, and no chart
    assert quoted["towns_gain"] == 50 + 2 - 20


def test_a_page_says_what_its_folder_cannot_fill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = with_jobs(tmp_path, years=(2016, 2019), areas=False)
    assert own.held(folder) == {"jobs"}
    text = "\n".join(cell.source for cell in own.cells(JOBS, own.held(folder)).cells)
    assert "your file has none" in text and "name no attraction area" in text and "trend_reversal(towns" not in text and "PLACES" not in text
    assert len(ran(JOBS, folder, monkeypatch)[2]) == 3
    full = "\n".join(cell.source for cell in own.cells(JOBS, {"jobs", "earlier", "areas"}).cells)
    assert "your file has none" not in full and "name no attraction area" not in full and "trend_reversal(towns" in full
    assert not any(tag.startswith(("if-", "unless-")) for cell in own.cells(JOBS, {"jobs"}).cells for tag in cell.metadata.get("tags", []))


def test_third_places_of_a_list_are_set_beside_the_books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One place is expected for 200 people: 5, 10 and 5, and there are 2, 3 and 15; nobody lives in the class without people."""
    names, quoted, titles = ran(PLACES, with_places(tmp_path), monkeypatch)
    assert names["yours"]["quotient"].to_dict() == pytest.approx({"outside urban units": 0.4, "20,000–49,999": 0.3, "Paris": 3.0})
    assert names["book"].loc["Paris", "quotient"] == pytest.approx(337 / (10858524 * 1506 / 65093298), rel=1e-3)
    assert titles[0] == "Your list: 1 of 3 size classes clearly above their share, 1 clearly below"
    assert (quoted["rich"], quoted["poor"], quoted["places"], quoted["coworking"], quoted["book_places"]) == ("Paris", "20,000–49,999", 20, 9, 1506)
    assert (quoted["middle"], quoted["book_middle"]) == ("below both ends", "between the ends")
    assert quoted["mine_medium"].startswith("0.30 (0.06 to 0.88)")                  # Garwood: 0.619 and 8.767 over 10


def test_three_tiers_end_where_the_seventh_chapter_ends_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """1, 2, 3 and 4 places in the classes at both bounds, 20,000 and 100,000, where each is expected to have 2.5."""
    rows = [(size, places, 0, 1000) for size, places in ((3, 1), (4, 2), (5, 3), (6, 4))]
    write(with_places(tmp_path), "third_places_by_commune_class", rows)
    _, quoted, _ = ran(PLACES, tmp_path, monkeypatch)
    assert [quoted[f"mine_{tier}"].partition(" ")[0] for tier in ("small", "medium", "large")] == ["0.40", "1.00", "1.60"]
    assert quoted["middle"] == "between the ends"


def test_zones_outside_the_funnel_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected 10, 5 and 5; one has the chance e^−10 · 11 of so few, fifteen are as rare, four are usual."""
    names, quoted, titles = ran(PLACES, with_places(tmp_path), monkeypatch)
    assert (quoted["above_names"], quoted["below_names"], quoted["zones"]) == ("Oyonnax", "Bourg", 3)
    assert names["in_funnel"].loc["8401", "p_value"] == pytest.approx(2 * 11 * np.exp(-10))
    assert titles[1] == "Your list: 1 zone above the funnel, 1 below, of 3"


def test_the_authors_of_a_list_are_credited_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "CGET" in credit(["third_places_by_commune_class"])
    monkeypatch.setenv("BOOK_DATA", str(with_places(tmp_path)))
    told = credit(["third_places_by_commune_class"])
    assert "lieux.csv" in told and "CGET" not in told and "the terms of its author" in told


def test_a_page_is_there_when_its_files_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert own.held(tmp_path) == set()
    with_places(with_jobs(tmp_path))
    assert own.held(tmp_path) == {"jobs", "earlier", "areas", "places", "zones"}
    made: list[str] = []
    monkeypatch.setattr(own, "run", lambda path: made.append(path.name) or "{}")
    for gone, pages in ((None, own.PAGES), ("zone_third_places", own.PAGES), ("urban_units_jobs", (PLACES,)), ("third_places_by_commune_class", ())):
        if gone:
            (tmp_path / f"{gone}.csv").unlink()
        source = tmp_path / f"without {gone}"
        (source / "chapters").mkdir(parents=True)
        made.clear()
        own._pages(source, own.held(tmp_path))
        assert made == [f"{page.name}.py" for page in pages]
        toc = own._toc(own.held(tmp_path), True)
        assert [page for page in own.PAGES if f"chapters/{page.name}\n" in toc] == list(pages)
        index = own._index(own.words_of(INDUSTRY._replace(years=YEARS)), _described(tmp_path), own.held(tmp_path))
        assert index.count("not here") == len(own.PAGES) - len(pages)


def _described(folder: Path) -> Path:
    (folder / "official.json").write_text(json.dumps({"sources": []}))
    return folder


def test_a_list_without_places_has_no_page(tmp_path: Path) -> None:
    write(with_places(tmp_path), "third_places_by_commune_class", [(0, 0, 0, 1000)])
    assert "places" not in own.held(tmp_path)
