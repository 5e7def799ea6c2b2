"""The second chapter's text on other figures: every rule fits, every word follows; the ledger says whose figures it used."""
from __future__ import annotations

import json
import re
from pathlib import Path

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


def test_the_recovery_in_jobs_is_computed_from_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Three classes: outside, small, large; sums and rates by hand. A class of another sector plays no part."""
    rows = [(0, 100, 110), (1, 1000, 1100), (7, 2000, 1900)]
    lines = [f"{size},{year},C1 x,1,1,{jobs}" for size, *both in rows for year, jobs in zip((2016, 2019), both, strict=True)]
    lines += [f"1,{year},GZ y,0,1,{jobs}" for year, jobs in ((2016, 5), (2019, 5000))]
    (tmp_path / "size_class_jobs.csv").write_text("size_class,year,activity,industry,establishments,jobs\n" + "\n".join(lines) + "\n")
    (tmp_path / "official.json").write_text(json.dumps({"years": {"jobs": [2016, 2019]}}))
    monkeypatch.setenv("BOOK_DATA", str(tmp_path))
    names: dict[str, object] = {}
    for cell in jupytext.reads(own.RECOVERY.read_text("utf-8"), fmt="py:percent").cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, "recovery", "exec"), names)
    assert names["gained"].to_dict() == {"outside urban units": 10, "2,000–4,999": 100, "200,000–1,999,999": -100, "France": 10}
    assert names["rate"]["2,000–4,999"] == pytest.approx(1.1 ** (1 / 3) - 1)
    assert names["title"].startswith("Private industrial jobs, 2016–2019: +0.11% a year, up in 2 of 3")
    assert (names["small"], names["large"], names["up"]) == (["2,000–4,999"], ["200,000–1,999,999"], 2)
