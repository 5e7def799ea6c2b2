"""Files that are not taken: each gives one clear sentence and changes nothing."""
from __future__ import annotations

import builtins
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.official import __main__ as command
from data.official import files, sheets
from data.official.files import RefusedError
from tests.data.official import making

ROOT = Path(__file__).resolve().parents[3]
ONE = {"agriculture": 1.0, "industry": 2.0, "construction": 3.0, "services": 4.0}
TRUTH = {("01053", year): ONE for year in (1968, 2022)}
NAME = "pop-act2554-empl-sa-sexe-cd-6822.xlsx"
YEARS = [2016, 2017]
ROWS = [("01053", "GS1 Industrie", "C1 x", dict.fromkeys(YEARS, (1, 2)))] * 400


def census(folder: Path, **traps: Any) -> Path:
    return making.census(folder / NAME, TRUTH, **traps)


def cut(path: Path, part: float = 0.6) -> Path:
    path.write_bytes(path.read_bytes()[:int(path.stat().st_size * part)])
    return path


def flipped(path: Path) -> Path:
    """One byte changed in the middle of a sheet's packed content."""
    content = bytearray(path.read_bytes())
    place = content.index(b"xl/worksheets/sheet4.xml") + 120
    content[place] ^= 0xFF
    path.write_bytes(content)
    return path


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def without(path: Path, column: str) -> Path:
    text = path.read_text("utf-8")
    return written(path, text.replace(column, "something_else").encode())


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
BROKEN: dict[str, tuple[Callable[[Path], Path], str]] = {
    "not there": (lambda f: f / "x.xlsx", "is not there"),
    "empty": (lambda f: written(f / "x.xlsx", b""), "is empty"),
    "only a mark": (lambda f: written(f / "x.csv", b"\xef\xbb\xbf\r\n"), "is empty"),
    "cut short": (lambda f: cut(census(f)), "is cut short or damaged"),
    "damaged": (lambda f: flipped(census(f)), "damaged"),
    "password": (lambda f: written(f / NAME, OLE + "EncryptedPackage".encode("utf-16-le") + bytes(2000)), "is protected by a password"),
    "old container": (lambda f: written(f / "x.xls", OLE), "without a workbook that can be read"),
    "old workbook cut": (lambda f: written(f / "x.xls", OLE + "Workbook".encode("utf-16-le")), "is cut short or damaged"),
    "archive": (lambda f: making.workbook(f / "a.xlsx", {"x": [["1"]]}).rename(f / "a.zip"), "is a workbook, and its name says text"),
    "renamed CSV": (lambda f: making.jobs(f / "u.csv", ROWS, YEARS).rename(f / "u.xlsx"), "is a text, and its name says workbook"),
    "web page": (lambda f: written(f / "u.csv", b"\n<!DOCTYPE html><html>"), "is a web page"),
    "picture": (lambda f: written(f / "u.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "is neither a workbook nor a text"),
    "other sheets": (lambda f: making.workbook(f / "x.xlsx", {"Feuil1": [["a"]]}), "has the sheets Feuil1 and none that is known"),
    "no communes": (lambda f: making.workbook(f / NAME, {"DEP_1968": [["a"]]}), "has no sheet of communes"),
    "no header": (lambda f: making.workbook(f / "x.xlsx", {"COM_1968": [["a"], ["b"]]}), "has no row in COM_1968 with a census"),
    "wrong year in a title": (lambda f: census(f, said=1975), "says 1975 at the top of its sheet"),
    "wrong year in headers": (lambda f: making.workbook(f / "x.xlsx", {"COM_1975": making._sheet("COM", 1968, "sectors", {"01053": ONE}, {}, said=1975)}),
                              "has figures of 1968 in its sheet COM_1975"),
    "another edition's name": (lambda f: census(f).rename(f / "pop-act2554-empl-sa-sexe-cd-6820.xlsx"), "is named as the edition 68–20 and holds 1968–2022"),
    "a commune twice": (lambda f: making.workbook(f / "x.xlsx", {"COM_1968": making._sheet("COM", 1968, "sectors", {"01053": ONE, "0153": ONE}, {}, numbers=True)}),
                        "has 01053 twice in COM_1968"),
    "a negative number": (lambda f: making.census(f / "x.xlsx", {("01053", 1968): {**ONE, "industry": -2.0}}), "has a negative number"),
    "no figures": (lambda f: making.census(f / "x.xlsx", {("01053", 1968): {}}), "has no figures in COM_1968"),
    "two kinds": (lambda f: making.workbook(f / "x.xlsx", {"COM_1968": making._sheet("COM", 1968, "sectors", {"01053": ONE}, {}), "COM_1975": making._sheet(
        "COM", 1975, "occupations", {"01053": dict.fromkeys(making.OCCUPATIONS, 1.0)}, {})}), "has sectors in one sheet and occupations in another"),
    "no CODGEO": (lambda f: making.workbook(f / "x.xlsx", {"Composition_communale": [["CODE", "UU2020"]]}), "has no row in Composition_communale with a cell CODGEO"),
    "no zone": (lambda f: making.workbook(f / "x.xlsx", {"Composition_communale": [["CODGEO", "DEP"]]}), "has 0 columns of zones"),
    "another zoning's name": (lambda f: making.zoning(f / "UU2010.xlsx", {"01053": ("01601", "x")}), "is named as UU2010 and holds UU2020"),
    "jobs without communes": (lambda f: without(making.jobs(f / "u.csv", ROWS, YEARS), "code_commune"), "has no column code_commune"),
    "jobs of half a year": (lambda f: without(making.jobs(f / "u.csv", ROWS, YEARS), "nombre_d_etablissements_2017"), "alone for 2017"),
    "jobs cut short": (lambda f: cut(making.jobs(f / "u.csv", ROWS, YEARS), 0.999), "is cut short: its last line has"),
    "negative jobs": (lambda f: making.jobs(f / "u.csv", [("01053", "GS1", "C1", {2016: (1, -2)})], [2016]), "has a negative number, -2"),
    "jobs without rows": (lambda f: making.jobs(f / "u.csv", [], YEARS), "has no rows below its header"),
    "another CSV": (lambda f: written(f / "u.csv", b"a;b\n1;2\n"), "has columns of neither"),
    "places with a broken row": (lambda f: written(f / "p.csv", b"INSEECOM;TYPO\n01053;x\n01053\n"), "has another number of cells in row 3"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_each_broken_file_gives_one_sentence_and_changes_nothing(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "given"
    source.mkdir()
    make, words = BROKEN[case]
    path = make(source)
    units = making.zoning(tmp_path / "UU2020.xlsx", {"01053": ("01601", "Bourg")})
    assert command.main([str(units), str(path), "--to", str(tmp_path / "own")]) == 1
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert said.startswith(path.name)
    assert words in said
    assert re.fullmatch(r"[^\n]+: [^\n]+\. Nothing was changed\.", said)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["UU2020.xlsx", "given"]


@pytest.mark.parametrize(("limit", "value", "words"), [
    ("MOST_BYTES", {"workbook": 1000, "text": 1000}, "more than the 0 that are read"), ("MOST_UNPACKED", 1000, "GB, more than"),
    ("MOST_ROWS", 5, "rows in COM_1968, more than the 5 that are read")])
def test_a_huge_workbook_is_refused_by_the_limits_that_are_declared(limit: str, value: Any, words: str, tmp_path: Path,
                                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets if limit == "MOST_ROWS" else files, limit, value)
    with pytest.raises(RefusedError, match=words):
        command.recognise(census(tmp_path))


def test_a_huge_text_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = making.jobs(tmp_path / "u.csv", ROWS, YEARS)
    with path.open("r+b") as file:
        file.truncate(files.MOST_BYTES["text"] + 1)      # sparse: it takes no room
    with pytest.raises(RefusedError, match="more than the 2,000 that are read"):
        command.recognise(path)


def test_files_without_urban_units_and_two_of_a_kind_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = census(tmp_path)
    assert command.main([str(path), "--to", str(tmp_path / "own")]) == 1
    assert "give INSEE's UU2020_au_01-01-YYYY.xlsx too" in capsys.readouterr().err
    zones = [making.zoning(tmp_path / f"UU2020 {n}.xlsx", {"01053": ("01601", "x")}) for n in (1, 2)]
    assert command.main([*map(str, zones), "--to", str(tmp_path / "own")]) == 1
    assert "holds the same kind of figures as UU2020 1.xlsx" in capsys.readouterr().err


@pytest.mark.parametrize(("module", "package"), [("python_calamine", "python-calamine"), ("polars", "polars")])
def test_a_missing_package_is_said_in_a_plain_sentence(module: str, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                       capsys: pytest.CaptureFixture[str]) -> None:
    real = builtins.__import__

    def without_it(name: str, *rest: Any, **more: Any) -> Any:
        if name == module:
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(files.importlib, "import_module", lambda name: without_it(name))
    path = census(tmp_path) if module == "python_calamine" else making.jobs(tmp_path / "u.csv", ROWS, YEARS)
    assert command.main([str(path), "--to", str(tmp_path / "own")]) == 1
    assert f"{package} is not installed: run pip install -r data/official/requirements.txt" in capsys.readouterr().err


def test_the_help_names_the_files() -> None:
    done = subprocess.run([sys.executable, "-m", "data.official", "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "pop-act2554-empl-sa-sexe-cd-6822.xlsx" in done.stdout


def test_the_book_imports_neither_the_command_nor_its_packages() -> None:
    words = "import sys, data, methods, widgets; print([m for m in sys.modules if m.startswith(('data.official', 'polars', 'python_calamine'))])"
    assert subprocess.run([sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip() == "[]"
