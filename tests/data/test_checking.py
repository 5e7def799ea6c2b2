"""A bad table is refused: the error names line, column and value, what was expected and what to do."""
from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable
from pathlib import Path

import frictionless
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from data import TableError, load, schema
from data.checking import problems

#: Tables of every kind of column, small enough to be spoiled a hundred times.
SMALL = ["france_occupations", "size_class_occupations", "employment_zones", "third_places_by_commune_class",
         "case_communes_2021", "case_facts", "published_figures", "timeline", "communes_unmatched",
         "mons_land_use"]
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])
WORDS = st.text(LETTERS, min_size=1, max_size=8)
NO_NUMBERS = ["nan", "inf", "infinity"]


def committed(name: str) -> list[list[str]]:
    """Header and rows of a table of the book."""
    with (schema.HOME / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def written(rows: list[list[str]], folder: Path, name: str) -> Path:
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path


def spoilt(name: str, change: Callable[[str], str], folder: Path) -> TableError:
    """The error that a table gives once its text is changed."""
    text = (schema.HOME / "tables" / f"{name}.csv").read_text(encoding="utf-8")
    assert change(text) != text, "the change changes nothing"
    (folder / f"{name}.csv").write_text(change(text), encoding="utf-8", newline="")
    with pytest.raises(TableError) as error:
        load(name, folder=folder)
    assert str(folder / f"{name}.csv") in str(error.value)
    return error.value


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    plain = text.isascii() and text == text.strip() and "_" not in text
    return plain and text.lower().lstrip("+-") not in NO_NUMBERS


def bad_values(field: dict) -> st.SearchStrategy[str]:
    """Values that a column does not allow, made from its description without the code under test."""
    rule, bad = field.get("constraints", {}), []
    if rule.get("required"):
        bad.append(st.just(""))
    if "enum" in rule:
        bad.append(WORDS.filter(lambda text: text not in map(str, rule["enum"]) and not is_number(text)))
        if field["type"] == "integer":
            bad.append(st.integers(-99, 99).filter(lambda value: value not in rule["enum"]).map(str))
    elif field["type"] != "string":
        bad.append(WORDS.filter(lambda text: not is_number(text)))
        bad.append(st.sampled_from(["1 000", "1,5", "12 %", "n.d.", "1e", "--1", "0x10", "½", "NaN", "inf"]))
        if field["type"] == "integer":
            bad.append(st.floats(0, 1000).filter(lambda value: value % 1).map("{:.3f}".format))
    if "enum" not in rule and "minimum" in rule:
        bad.append(st.integers(1, 10**6).map(lambda below: str(rule["minimum"] - below)))
    if "enum" not in rule and "maximum" in rule:
        bad.append(st.integers(1, 10**6).map(lambda above: str(int(rule["maximum"]) + 1 + above)))
    if rule.get("pattern", "").endswith("+"):
        bad.append(st.sampled_from(["Capital", "two words", "é", "under_score"]))
    elif "pattern" in rule:
        bad.append(st.from_regex(rf"\A(?:{rule['pattern']})[0-9A-Z]\Z"))
    return st.one_of(bad) if bad else st.nothing()


@st.composite
def spoilt_cells(draw: st.DrawFn) -> tuple[str, list[list[str]], int, str, str]:
    """A table with one cell that is not allowed: name, rows, index of the row, column, value."""
    name = draw(st.sampled_from(SMALL))
    rows = committed(name)
    ruled = [field for field in schema.fields(name) if field.get("constraints") or field["type"] != "string"]
    field = draw(st.sampled_from(ruled))
    row, column = draw(st.integers(1, len(rows) - 1)), rows[0].index(field["name"])
    value = draw(bad_values(field))
    assume(value != rows[row][column])
    rows[row][column] = value
    return name, rows, row, field["name"], value


@settings(max_examples=300, deadline=None, derandomize=True)
@given(spoilt_cells())
def test_any_bad_cell_is_named(case: tuple[str, list[list[str]], int, str, str]) -> None:
    name, rows, row, column, value = case
    with tempfile.TemporaryDirectory() as folder:
        path = written(rows, Path(folder), name)
        with pytest.raises(TableError) as error:
            load(name, folder=folder)
    assert [(p.line, p.column, p.value) for p in error.value.problems] == [(row + 1, column, value)]
    message = str(error.value)
    assert str(path) in message
    assert f"line {row + 1}, column {column}: found {value!r}, expected " in message
    assert error.value.problems[0].remedy.endswith(".")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from(SMALL), st.data())
def test_rows_and_columns_may_stand_in_any_order(name: str, data: st.DataObject) -> None:
    header, *rows = committed(name)
    order = data.draw(st.permutations(range(len(header))))
    rows = data.draw(st.permutations(rows))
    with tempfile.TemporaryDirectory() as folder:
        path = written([[row[i] for i in order] for row in [header, *rows]], Path(folder), name)
        assert problems(name, path) == []


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from([n for n in SMALL if "primaryKey" in schema.resource(n)["schema"]]), st.data())
def test_a_row_that_stands_twice_is_named_with_both_lines(name: str, data: st.DataObject) -> None:
    rows = committed(name)
    first = data.draw(st.integers(1, len(rows) - 1))
    second = data.draw(st.integers(first + 1, len(rows)))
    rows.insert(second, rows[first])
    with tempfile.TemporaryDirectory() as folder:
        found = problems(name, written(rows, Path(folder), name))
    assert [problem.line for problem in found] == [second + 1]
    assert f"line {first + 1} has it" in found[0].expected


SPOILS = [("france_occupations", "1982,937860", "1982,937 860"), ("france_occupations", "1990,", "1982,"),
          ("france_occupations", "4964452", ""), ("employment_zones", "\n0050,", "\n50,"),
          ("employment_zones", ",24.3,", ",240.3,"), ("urban_units", "\n00151,", "\n151,"),
          ("urban_units", ",25186,25186,", ",25186,2a186,"), ("size_class_occupations", "\n8,", "\n9,"),
          ("mons_land_use", "1024.5", "many"), ("timeline", "\nspeech,policy,", "\nspeech,speech,"),
          ("case_facts", "genouille-farm", "Farm")]


@pytest.mark.parametrize(("name", "old", "new"), SPOILS)
def test_the_reference_implementation_refuses_the_same(name: str, old: str, new: str, tmp_path: Path) -> None:
    """frictionless and our check find fault with the same lines."""
    ours = spoilt(name, lambda text: text.replace(old, new, 1), tmp_path)
    description = frictionless.Schema.from_descriptor(schema.resource(name)["schema"] | {"foreignKeys": []})
    report = frictionless.Resource(path=f"{name}.csv", basepath=str(tmp_path), schema=description).validate()
    assert {line for (line,) in report.flatten(["rowNumber"])} == {problem.line for problem in ours.problems}


def test_lost_leading_zeros_are_recognised(tmp_path: Path) -> None:
    error = spoilt("urban_units", lambda text: text.replace("\n00151,", "\n151,"), tmp_path)
    assert "Keep the leading zeros" in str(error)


@pytest.mark.parametrize(("change", "words"), [
    (lambda text: text.replace(",", ";"), "columns separated by commas"),
    (lambda text: text.replace(",", "\t"), "columns separated by commas"),
    (lambda text: "", "at least one line of figures"),
    (lambda text: text.splitlines()[0] + "\n", "at least one line of figures"),
    (lambda text: text.replace("Boussu,1983", 'Boussu,"1983', 1), "a line of CSV"),
    (lambda text: text.replace("Boussu,1983", "Boussu,,1983", 1), "15 cells separated by commas, not 16"),
    (lambda text: text.replace("Boussu,1983", "Boussu", 1), "15 cells separated by commas, not 14"),
    (lambda text: text.replace("\n53014,Boussu,1984", "\n\n53014,Boussu,1984", 1), "not 0"),
    (lambda text: text.replace("farmland", "fields", 1), "a column farmland"),
    (lambda text: text.replace("farmland", "offices", 1), "each column once"),
])
def test_files_that_are_not_such_a_table(change: Callable[[str], str], words: str, tmp_path: Path) -> None:
    assert words in str(spoilt("mons_land_use", change, tmp_path))


def test_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    text = (schema.HOME / "tables" / "mons_land_use.csv").read_text(encoding="utf-8")
    first = next(line for line, row in enumerate(text.splitlines(), 1) if "é" in row)
    (tmp_path / "mons_land_use.csv").write_text(text, encoding="latin-1")
    with pytest.raises(TableError, match="UTF-8") as error:
        load("mons_land_use", folder=tmp_path)
    assert error.value.problems[0].line == first


def test_what_excel_adds_is_no_problem(tmp_path: Path) -> None:
    text = (schema.HOME / "tables" / "timeline.csv").read_text(encoding="utf-8")
    text = text.replace("\n", "\r\n") + "\r\n\r\n"
    (tmp_path / "timeline.csv").write_text(text, encoding="utf-8-sig", newline="")
    assert load("timeline", folder=tmp_path).equals(load("timeline"))


def test_lines_are_counted_through_cells_with_line_breaks(tmp_path: Path) -> None:
    rows = committed("timeline")
    rows[1][5] = "Two\nlines"
    rows[1][9] = rows[3][9] = "99"
    assert [problem.line for problem in problems("timeline", written(rows, tmp_path, "timeline"))] == [2, 5]


def test_many_problems_are_counted_and_the_first_five_told(tmp_path: Path) -> None:
    error = spoilt("mons_land_use", lambda text: text.replace("Boussu,19", "Boussu,18"), tmp_path)
    assert [problem.line for problem in error.problems] == list(range(2, 18))
    assert str(error).count("\n") == 6
    assert str(error).endswith("... and 11 more")


def test_problems_stand_in_the_order_of_the_file(tmp_path: Path) -> None:
    """Whatever the order of the columns that are wrong."""
    rows = committed("france_occupations")
    rows[1][6], rows[2][1], rows[3][3], rows[4][1] = "a", "b", "c", "d"
    found = problems("france_occupations", written(rows, tmp_path, "france_occupations"))
    assert [problem.value for problem in found] == ["a", "b", "c", "d"]


@pytest.mark.parametrize("value", ["1e999", "inf", "-Infinity", "nan"])
def test_what_is_not_a_finite_number_is_none(value: str, tmp_path: Path) -> None:
    error = spoilt("case_facts", lambda text: text.replace(",260,260,ha", f",{value},260,ha"), tmp_path)
    assert [(problem.column, problem.value) for problem in error.problems] == [("low", value)]


def test_numbers_that_differ_in_writing_only_are_the_same(tmp_path: Path) -> None:
    text = (schema.HOME / "tables" / "size_class_occupations.csv").read_text(encoding="utf-8")
    text = text.replace("\n1,1982,", "\n01,+1982,")
    (tmp_path / "size_class_occupations.csv").write_text(text, encoding="utf-8")
    assert load("size_class_occupations", folder=tmp_path).equals(load("size_class_occupations"))
