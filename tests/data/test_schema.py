"""The description of the tables: names, translation to JSON Schema, words."""
from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from data import schema

TABLES = schema.names("csv")
KINDS = {"official", "quoted", "our coding", "toy"}
#: Numbers that are years or ranks in a text, or whose unit stands on their row.
UNITLESS = {"number", "year", "year_from", "year_to", "published", "paragraph", "low", "high", "amount"}


def accepts(constraints: dict, value: object, kind: str = "string") -> bool:
    field = {"name": "x", "type": kind, "constraints": constraints}
    return Draft202012Validator(schema.json_schema(field)).is_valid(value)


@pytest.mark.parametrize(("kind", "constraints", "good", "bad"), [
    ("string", {"pattern": "[0-9]{2}|2A"}, ["01", "2A"], ["1", "012A", "2AB", "x01", "01\n"]),
    ("integer", {"minimum": 0, "maximum": 9}, [0, 9], [-1, 10, 1.5, "1"]),
    ("number", {"maximum": 100}, [-3.5, 100], [100.1, "7"]),
    ("integer", {"enum": [1982, 1990]}, [1990], [1991]),
    ("string", {"required": True}, ["", "x"], [1, None]),
])
def test_a_field_becomes_a_json_schema(kind: str, constraints: dict, good: list, bad: list) -> None:
    assert [accepts(constraints, value, kind) for value in good] == [True] * len(good)
    assert [accepts(constraints, value, kind) for value in bad] == [False] * len(bad)


def test_an_unknown_constraint_or_type_is_refused_rather_than_ignored() -> None:
    with pytest.raises(ValueError, match="jsonSchema"):
        schema.json_schema({"name": "x", "type": "string", "constraints": {"jsonSchema": {}}})
    with pytest.raises(ValueError, match="geopoint"):
        schema.json_schema({"name": "x", "type": "geopoint"})


@pytest.mark.parametrize("name", TABLES)
def test_every_column_of_every_table_translates_and_has_words(name: str) -> None:
    for field in schema.fields(name):
        Draft202012Validator.check_schema(schema.json_schema(field))
        assert field["title"]
        measured = field["type"] == "number" or "minimum" in field.get("constraints", {})
        if measured and field["name"] not in UNITLESS:
            assert field["unit"], f"{name}.{field['name']} has no unit"


@pytest.mark.parametrize("name", schema.names())
def test_every_entry_says_where_it_comes_from(name: str) -> None:
    entry = schema.resource(name)
    assert entry["kind"] in KINDS
    for key in ("title", "description", "producer", "vintage", "made", "licenses", "sources"):
        assert entry[key], f"{name} has no {key}"
    assert all(source["producer"] for source in entry["sources"])
    assert isinstance(entry["rebuildable"], bool)


@pytest.mark.parametrize("name", TABLES)
def test_categories_are_the_allowed_values_in_the_same_order(name: str) -> None:
    for field in schema.fields(name):
        if "categories" in field:
            assert [c["value"] for c in field["categories"]] == field["constraints"]["enum"]
            assert len({c["label"] for c in field["categories"]}) == len(field["categories"])


def test_a_wrong_name_is_answered_with_the_nearest_and_the_list() -> None:
    with pytest.raises(LookupError) as error:
        schema.resource("employment_zone", "csv")
    assert "did you mean 'employment_zones'" in str(error.value)
    assert all(name in str(error.value) for name in TABLES)
    with pytest.raises(LookupError, match=r"outlines\('gier'\)"):
        schema.resource("gier", "csv")
    with pytest.raises(LookupError, match=r"load\('communes'\)"):
        schema.resource("communes", "geojson")
