"""Reading tables: types, labels, speed, a reader's own file."""
from __future__ import annotations

import itertools
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data import load, outlines, schema

TABLES = schema.names("csv")
SIZES = ["outside urban units", "2,000–4,999", "5,000–9,999", "10,000–19,999", "20,000–49,999",
         "50,000–99,999", "100,000–199,999", "200,000–1,999,999", "Paris"]
TOWNS = """urban_unit,name,department,size_class,main_commune,main_commune_2026,lon,lat,degurba,aav2020,\
aav_class,aav_category,population_2019,population_2023
01101,Somewhere,01,1,01001,01001,5.5,46.2,13,000,0,30,2000,2100
2A101,"Else, where",2A,8,2A001,2A001,8.7,41.9,30,001,5,11,3000,2900
"""


def test_a_table_has_the_types_that_its_description_promises() -> None:
    towns = load("urban_units")
    kinds = {kind: [column for column in towns if towns[column].dtype == kind]
             for kind in set(towns.dtypes.map(str))}
    assert kinds == {
        "str": ["urban_unit", "name", "department", "main_commune", "main_commune_2026", "aav2020"],
        "category": ["size_class", "degurba", "aav_class", "aav_category"],
        "float64": ["lon", "lat"], "int64": ["population_2019", "population_2023"]}
    assert towns["urban_unit"].str.len().eq(5).all()
    assert towns.loc[towns["name"] == "Cussey-sur-l'Ognon", "urban_unit"].item() == "00151"


def test_years_are_whole_and_counts_with_gaps_are_floats() -> None:
    units = load("urban_units_occupations")
    assert units["year"].dtype == "int64"
    assert units["workers"].dtype == "float64"
    gaps = units[units["workers"].isna()]
    assert gaps[["urban_unit", "year"]].to_numpy().tolist() == [["66104", 1982]]
    assert load("france_occupations").dtypes.eq("int64").all()


@pytest.mark.parametrize(("name", "column"), [
    ("urban_units", "size_class"), ("size_class_occupations", "size_class"),
    ("third_places_by_commune_class", "size_class"), ("employment_zones", "largest_town_size_class")])
def test_size_classes_are_the_same_ordered_categories_everywhere(name: str, column: str) -> None:
    values = load(name)[column]
    assert values.cat.ordered
    assert values.cat.categories.tolist() == SIZES
    written = pd.read_csv(schema.HOME / "tables" / f"{name}.csv", usecols=[column])[column]
    assert values.cat.codes.tolist() == written.fillna(-1).astype(int).tolist()


def test_ordered_classes_compare() -> None:
    towns = load("urban_units")
    assert (towns["size_class"] <= "50,000–99,999").sum() == 2175
    assert (towns["size_class"] == "Paris").sum() == 1


@pytest.mark.parametrize("name", TABLES)
def test_a_copy_of_a_table_reads_as_the_table(name: str) -> None:
    pd.testing.assert_frame_equal(load(name, folder=schema.HOME / "tables"), load(name))


def test_a_table_of_ones_own_is_read_with_the_same_types(tmp_path: Path) -> None:
    (tmp_path / "urban_units.csv").write_text(TOWNS, encoding="utf-8-sig")
    own = load("urban_units", folder=tmp_path)
    assert own["name"].tolist() == ["Somewhere", "Else, where"]
    assert own["size_class"].tolist() == ["2,000–4,999", "Paris"]
    assert own.dtypes.equals(load("urban_units").dtypes)


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    rows = [["workers", "year", *["farmers", "self_employed", "managers", "intermediate", "clerical"]],
            ["6", "1982", "1", "2", "3", "4", "5"]]
    (tmp_path / "france_occupations.csv").write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    own = load("france_occupations", folder=str(tmp_path))
    assert own.iloc[0].tolist() == [1982, 1, 2, 3, 4, 5, 6]


def test_a_missing_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as error:
        load("timeline", folder=tmp_path)
    assert str(tmp_path / "timeline.csv") in str(error.value)
    assert "save it there" in str(error.value)


def quickest(function, *arguments: object, **options: object) -> float:
    """Seconds of the processor in the best of three runs, however busy the machine."""
    def once() -> float:
        start = time.process_time()
        function(*arguments, **options)
        return time.process_time() - start
    return min(once() for _ in range(3))


@pytest.mark.parametrize("name", TABLES)
def test_a_table_loads_in_a_fifth_of_a_second(name: str) -> None:
    assert quickest(load, name) < 0.2


def test_checking_eleven_thousand_rows_takes_less_than_a_second() -> None:
    assert quickest(load, "urban_units_occupations", folder=schema.HOME / "tables") < 1


def test_outlines_are_a_new_object_each_time() -> None:
    first = outlines("gier")
    first["features"].clear()
    assert len(outlines("gier")["features"]) == 25


def rings(geometry: dict) -> list:
    return list(itertools.chain.from_iterable(geometry["coordinates"]))


def area(ring: list) -> float:
    """Signed area of a ring: positive when it turns counter-clockwise (the shoelace formula)."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in itertools.pairwise(ring)) / 2


@pytest.mark.parametrize(("name", "many"), [("departments", 96), ("gier", 25)])
def test_outlines_are_closed_and_turn_as_the_standard_says(name: str, many: int) -> None:
    features = outlines(name)["features"]
    assert len(features) == many == len({feature["id"] for feature in features})
    for feature in features:
        for part in feature["geometry"]["coordinates"]:
            assert all(ring[0] == ring[-1] and len(ring) >= 4 for ring in part)
            assert [area(ring) > 0 for ring in part] == [True] + [False] * (len(part) - 1), feature["id"]


def test_neighbours_share_their_border_point_for_point() -> None:
    """A stretch between two corners belongs to one outline (coast, frontier) or to two, run both ways."""
    stretches: set[tuple] = set()
    for feature in outlines("departments")["features"]:
        for ring in rings(feature["geometry"]):
            for start, end in itertools.pairwise(map(tuple, ring)):
                assert (start, end) not in stretches, "two outlines lie on the same side of a stretch"
                stretches.add((start, end))
    alone = [(start, end) for start, end in stretches if (end, start) not in stretches]
    middle = np.array(alone).mean(axis=1)
    # what is not shared is coast or frontier: nothing in the middle of the country
    east, north = (middle - [2.5, 46.6]).T
    assert np.hypot(east * 0.69, north).min() > 2.3
    assert 1000 < len(alone) < len(stretches) / 5
