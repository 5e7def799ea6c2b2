"""The coding of Romans-sur-Isère: no level without a fact, every cell once, no person named."""
from __future__ import annotations

from itertools import product

import pandas as pd
import pytest

from data import load, schema

CODING = load("romans_coding")
FACTS = load("case_facts").set_index("fact")
OWN = {"group of social enterprises": "romans-association", "Pôle Sud": "romans-pole-sud", "shoe workshop and brand": "romans-workshop",
       "Start-Up de Territoire": "romans-start-up", "Cité de la Chaussure": "romans-cite"}
LISTS = {field["name"]: field["constraints"].get("enum") for field in schema.fields("romans_coding")}


def test_no_coded_row_lacks_a_fact() -> None:
    coded = CODING["level"].notna()
    assert coded.any()
    assert (CODING["fact"].notna() == coded).all()
    assert (CODING["reading"].notna() == coded).all()
    assert CODING["why"].str.len().gt(8).all()


def test_each_fact_is_about_romans_and_about_the_initiative() -> None:
    coded = CODING.dropna(subset="level")
    assert (FACTS.loc[coded["fact"], "case"] == "Romans-sur-Isère").all()
    assert coded["fact"].tolist() == coded["initiative"].map(OWN).tolist()


def test_every_cell_stands_once_for_each_coder() -> None:
    cells = list(zip(CODING["coder"], CODING["initiative"], CODING["dimension"], strict=True))
    assert sorted(cells) == sorted(product(LISTS["coder"], LISTS["initiative"], LISTS["dimension"]))
    assert (len(LISTS["initiative"]), len(LISTS["dimension"])) == (5, 6)


def test_a_cell_is_stated_only_where_the_fact_uses_its_words() -> None:
    """What the coding calls stated can be looked up in the words of the fact."""
    words = {"social economy": "social enterprises", "cooperation": "cooperation"}
    stated = CODING[CODING["reading"] == "stated"]
    assert len(stated)
    for row in stated.itertuples():
        assert words[row.dimension] in FACTS.loc[row.fact, "statement"]


def test_no_fact_speaks_of_circularity_so_no_cell_does() -> None:
    romans = FACTS[FACTS["case"] == "Romans-sur-Isère"]
    assert not romans["statement"].str.contains("circular|recycl|repair|reuse|waste", case=False).any()
    assert CODING.loc[CODING["dimension"] == "circularity", "level"].isna().all()


@pytest.mark.parametrize("coder", LISTS["coder"])
def test_unknown_is_more_common_than_known(coder: str) -> None:
    mine = CODING[CODING["coder"] == coder]
    assert 0 < mine["level"].notna().sum() < len(mine) / 2


def test_it_is_marked_as_our_own_coding() -> None:
    entry = schema.resource("romans_coding")
    assert entry["kind"] == "our coding"
    assert "not known to be the article's" in entry["description"]
    assert pd.isna(entry["script"])
