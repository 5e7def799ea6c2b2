"""What goes into a store comes out of it, whatever it is; and it takes little room."""
from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from widgets.store import Store, unpack

NUMBERS = {
    "int": st.integers(-(2**31) + 2, 2**31 - 3),
    "small": st.integers(0, 200),
    "float": st.floats(allow_nan=False, allow_infinity=False),
    "decimal": st.integers(-10**6, 10**6).map(lambda n: n / 1000),
    "gaps": st.one_of(st.just(math.nan), st.integers(0, 500).map(lambda n: n / 10)),
    "bool": st.booleans(),
    "str": st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6), st.sampled_from(["high", "low", "Éze", "nan", "None"])),
}
KINDS = {"int": "int64", "small": "int64", "float": float, "decimal": float, "gaps": float, "bool": bool, "str": object}


@st.composite
def states(draw: st.DrawFn) -> list[dict[str, pd.DataFrame]]:
    """Some states of two tables; the first table keeps its length, the second changes it."""
    names, kinds = st.sampled_from(["a", "b", "1990", "1982", "naïve"]), st.sampled_from(list(NUMBERS))
    shape = {table: draw(st.dictionaries(names, kinds, min_size=1)) for table in ("towns", "types")}
    rows = draw(st.integers(0, 7))

    def frame(table: str) -> pd.DataFrame:
        n = rows if table == "towns" else draw(st.integers(0, 4))
        return pd.DataFrame({name: pd.Series(draw(st.lists(NUMBERS[kind], min_size=n, max_size=n)), dtype=KINDS[kind])
                             for name, kind in shape[table].items()})
    return [{table: frame(table) for table in shape} for _ in range(draw(st.integers(1, 5)))]


def plain(value: object) -> object:
    """A missing value is None, and a whole decimal is the same as a whole number: JavaScript has one kind of number."""
    if value is None or value != value:
        return None
    return float(value) + 0.0 if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def as_text(tables: dict[str, pd.DataFrame]) -> str:
    """Every value of every table, to the last digit."""
    return repr({name: [(c, [plain(v) for v in frame[c].tolist()]) for c in frame] for name, frame in tables.items()})


def same(a: dict[str, pd.DataFrame], b: dict[str, pd.DataFrame]) -> bool:
    return as_text(a) == as_text(b)


@settings(deadline=None, max_examples=100)
@given(states())
def test_every_state_comes_back(every: list[dict[str, pd.DataFrame]]) -> None:
    store = Store()
    for i, tables in enumerate(every):
        store.put(tables, f"state {i}")
    found = unpack(store.pack())
    assert [say for _, say in found.states] == [f"state {i}" for i in range(len(every))]
    for tables, (held, _) in zip(every, found.states, strict=True):
        assert as_text(tables) == as_text(held)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=30), st.booleans(), st.booleans(),
       st.lists(st.lists(st.integers(0, 3), min_size=6, max_size=6), min_size=1, max_size=6))
def test_decided_columns_come_back(sequences: list[int], fixed: bool, hint: bool, groups: list[list[int]]) -> None:
    """A type for each group, a group for each sequence: kept by look-up, equal all the same, whether the key changes or not."""
    types = np.array([[7, 7, 2, 9]] * len(groups)) + np.arange(len(groups))[:, None]
    key = pd.DataFrame({"sequence": sequences})
    store = Store({"towns": key} if fixed else {}, {"towns": ["sequence", "group"]} if hint else {})
    every = []
    for group, kind in zip(groups, types, strict=True):
        of_town = np.array(group)[sequences]
        names = np.array(["a", "b", None, "d"], dtype=object)
        half = pd.DataFrame({"group": of_town, "type": kind[of_town], "name": names[of_town]})
        every.append({"towns": half if fixed else pd.concat([key, half], axis=1)})
        store.put(every[-1])
    found = unpack(store.pack())
    assert all(same(tables, held) for tables, (held, _) in zip(every, found.states, strict=True))
    assert not fixed or same(found.fixed, {"towns": key})


def test_a_wrong_hint_costs_room_never_a_figure() -> None:
    tables = {"towns": pd.DataFrame({"group": [0, 0, 1], "type": [1, 2, 3]})}          # group 0 holds two types
    store = Store(along={"towns": ["group", "absent"]})
    store.put(tables)
    assert same(unpack(store.pack()).states[0][0], tables)


def test_a_look_up_takes_little_room() -> None:
    random = np.random.default_rng(63)
    sequence, labels = random.integers(0, 300, 2000), random.integers(0, 8, (50, 300))
    sizes = {}
    for along in ({}, {"towns": ["sequence"]}):
        store = Store({"towns": pd.DataFrame({"sequence": sequence})}, along)
        for label in labels:
            store.put({"towns": pd.DataFrame({"type": label[sequence]})})
        sizes[bool(along)] = len(store.pack())
    assert sizes[True] < 12_000 < 35_000 < sizes[False], sizes       # 50 × 300 labels of 3 bits are 5.6 KB; 50 × 2,000 are 37.5


def test_the_same_states_give_the_same_bytes() -> None:
    def packed() -> bytes:
        store = Store({"towns": pd.DataFrame({"name": ["Thiers", "Vire"]})})
        for k in range(3):
            store.put({"towns": pd.DataFrame({"type": [k, 1]}), "types": pd.DataFrame({"share": [k / 8] * k})}, f"k is {k}")
        return store.pack()
    assert packed() == packed()


def test_equal_columns_are_kept_once() -> None:
    one, many = Store(), Store()
    for store, times in ((one, 1), (many, 200)):
        for _ in range(times):
            store.put({"towns": pd.DataFrame({"x": np.random.default_rng(1).random(500).round(4)})})
    assert len(many.pack()) < len(one.pack()) + 100


@pytest.mark.parametrize(("column", "words"), [
    ([1.0, math.inf], "infinite"), ([object(), 1], "give numbers, true or false, or texts"), ([2**40, 1], "count in thousands")])
def test_what_cannot_be_kept_is_said(column: list[object], words: str) -> None:
    store = Store()
    with pytest.raises((ValueError, TypeError), match=words):
        store.put({"towns": pd.DataFrame({"x": column})})
        store.pack()


def test_states_of_other_shapes_are_refused() -> None:
    store = Store()
    store.put({"towns": pd.DataFrame({"x": [1]})})
    with pytest.raises(ValueError, match="same tables and columns"):
        store.put({"towns": pd.DataFrame({"y": [1]})})
