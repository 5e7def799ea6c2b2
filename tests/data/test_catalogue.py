"""What the columns mean and where tables come from, as a reader sees it."""
from __future__ import annotations

import pytest

from data import describe, load, schema, sources


@pytest.mark.parametrize("name", schema.names("csv"))
def test_a_description_has_a_line_for_every_column(name: str) -> None:
    about = describe(name)
    assert about["column"].tolist() == load(name).columns.tolist()
    assert about.notna().all().all()
    assert about["meaning"].str.len().gt(3).all()


@pytest.mark.parametrize("name", schema.names("csv"))
def test_what_is_missing_is_what_the_description_says_may_be(name: str) -> None:
    table, about = load(name), describe(name).set_index("column")
    incomplete = set(table.columns[table.isna().any()])
    assert incomplete <= set(about.index[about["gaps"] != ""])


def test_a_description_reads_well() -> None:
    about = describe("urban_units").set_index("column")
    assert about.loc["size_class", "type"] == "ordered categories"
    assert about.loc["size_class", "allowed"].startswith("0 = outside urban units; 1 = 2,000–4,999; ")
    assert about.loc["population_2023", ["unit", "allowed"]].tolist() == ["people", "0 or more"]
    assert describe("departments")["column"].tolist() == ["id", "name"]


def test_sources_of_all_tables_and_outlines() -> None:
    known = sources()
    assert known.index.tolist() == schema.names()
    assert known.index.name == "table"
    assert known["kind"].isin(["official", "quoted", "our coding", "toy"]).all()
    assert known.drop(columns="rebuildable").map(lambda text: isinstance(text, str)).all().all()


def test_licences_say_what_they_cover() -> None:
    licence = sources("urban_units").loc["urban_units", "licence"]
    assert "Licence Ouverte 2.0" in licence
    assert "CC BY 4.0 (degree of urbanisation, JRC)" in licence
    assert "ODbL 1.0 (the copy of the zonings that was read)" in licence
    assert "Statbel" in sources(["mons_land_use"]).loc["mons_land_use", "producer"]


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(LookupError, match="did you mean 'timeline'"):
        sources(["urban_units", "timelines"])
    with pytest.raises(LookupError, match="nothing_like_it"):
        describe("nothing_like_it")
