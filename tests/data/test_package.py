"""The files and their description agree; another implementation of the standard says so too."""
from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import frictionless
import pytest

from data import package, schema


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the folder `data` that a test may spoil."""
    home = tmp_path / "data"
    home.mkdir()
    shutil.copy(schema.HOME / "datapackage.json", home)
    for folder in ("tables", "outlines"):
        shutil.copytree(schema.HOME / folder, home / folder)
    monkeypatch.setattr(schema, "HOME", home)
    schema.package.cache_clear()
    yield home
    schema.package.cache_clear()


def test_all_is_in_order() -> None:
    assert package.disorder() == []


def test_one_changed_figure_is_noticed(copy: Path) -> None:
    file = copy / "tables" / "france_occupations.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("4964452", "4964453"), encoding="utf-8", newline="\n")
    assert [line.split(":")[0] for line in package.disorder()] == ["tables/france_occupations.csv"]


def test_a_file_too_many_and_a_file_too_few_are_noticed(copy: Path) -> None:
    (copy / "tables" / "timeline.csv").rename(copy / "tables" / "time.csv")
    assert list(package._files()) == ["tables/time.csv: not described in datapackage.json",
                                      "tables/timeline.csv: described, but not there"]


def test_a_key_that_leads_nowhere_is_noticed(copy: Path) -> None:
    file = copy / "tables" / "urban_units.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(",25186,25186,", ",25186,25999,"), encoding="utf-8")
    assert list(package._keys()) == ["urban_units.main_commune_2026: 25999 not in communes.commune"]


def test_one_name_with_two_meanings_is_noticed(copy: Path) -> None:
    text = (copy / "datapackage.json").read_text(encoding="utf-8")
    start = text.index('"name": "employment_zones"')
    text = text[:start] + text[start:].replace('"unit": "places"', '"unit": "rooms"', 1)
    (copy / "datapackage.json").write_text(text, encoding="utf-8")
    schema.package.cache_clear()
    assert any("third_places" in line for line in package._vocabulary())


def test_noting_writes_sizes_and_hashes_and_nothing_else(copy: Path) -> None:
    before = json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))
    assert package.note() == 0
    with (copy / "tables" / "timeline.csv").open("a", encoding="utf-8") as file:
        file.write("more,cause,world,,,More,,,,1\n")
    assert package.note() == 1
    after = json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))
    old, new = ({r["name"]: r for r in content["resources"]}["timeline"] for content in (before, after))
    assert new["bytes"] == old["bytes"] + 29
    assert new["hash"] != old["hash"]
    assert new | {"bytes": 0, "hash": ""} == old | {"bytes": 0, "hash": ""}
    assert package.disorder() == []


def test_the_reference_implementation_finds_the_package_valid() -> None:
    """frictionless checks sizes, hashes, types, constraints and keys; categories it carries unread."""
    report = frictionless.validate(str(schema.HOME / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "note"])[:5]
    assert report.stats["tasks"] == len(schema.names())


def test_sizes_of_what_pages_carry() -> None:
    assert len(gzip.compress((schema.HOME / "outlines" / "departments.geojson").read_bytes(), 9)) < 60_000
    assert (schema.HOME / "tables" / "communes.csv").stat().st_size < 2 * 1024**2
