"""Nearest places and Moran's I: libpysal's and esda's stored results, every dealing enumerated."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods.autocorrelation import morans_i, nearest

STORED = json.loads((Path(__file__).parents[1] / "reference" / "counts.json").read_text("utf-8"))["neighbours"]
PLACES = pd.DataFrame({"lon": STORED["lon"], "lat": STORED["lat"]})
VALUES = pd.Series(STORED["values"])


def test_nearest_are_libpysals() -> None:
    """Stored by tests/reference/make_counts.py: the same six of 60 places."""
    pairs = nearest(PLACES, 6)
    assert pairs.groupby("a")["b"].apply(sorted).tolist() == STORED["nearest"]
    assert (pairs.groupby("a")["km"].diff().dropna() >= 0).all()


def test_morans_i_is_esdas() -> None:
    """I, its expectation and standard deviation to 1e-10; p from other draws, 9,999 each, to 0.002."""
    result = morans_i(VALUES, nearest(PLACES, 6), draws=9999)
    assert result[:3] == pytest.approx((STORED["i"], STORED["expected"], STORED["standard_deviation"]), rel=1e-10)
    assert result.p_value == pytest.approx(STORED["p_value"], abs=0.002)
    assert result.places == 60


def test_moments_are_those_of_every_dealing() -> None:
    values = pd.Series([1.0, 2.0, 4.0, 9.0, 3.0])
    pairs = pd.DataFrame({"a": [0, 1, 1, 2, 3, 4], "b": [1, 0, 2, 3, 4, 0]})
    every = [morans_i(pd.Series(deal), pairs, draws=1).i for deal in permutations(values)]
    result = morans_i(values, pairs, draws=2000)
    assert np.mean(every) == pytest.approx(result.expected)
    assert np.std(every) == pytest.approx(result.standard_deviation)
    share = np.mean(np.array(every) >= result.i - 1e-12)
    assert result.p_value == pytest.approx(share, abs=0.03)


@given(st.permutations(range(60)))
def test_any_order_of_places(order: list[int]) -> None:
    pairs = nearest(PLACES, 6)
    pd.testing.assert_frame_equal(pairs, nearest(PLACES.loc[order], 6))
    assert morans_i(VALUES, pairs, draws=9) == morans_i(VALUES[order], pairs.sample(frac=1, random_state=1), draws=9)


def test_of_equally_near_places_the_first_is_taken() -> None:
    row = pd.DataFrame({"lon": [0, 1, -1], "lat": [0, 0, 0]}, index=["B", "C", "A"])
    assert nearest(row, 1).set_index("a")["b"].to_dict() == {"A": "B", "B": "A", "C": "B"}
    assert nearest(row, 1)["km"].tolist() == [111.195] * 3


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: nearest(PLACES.rename({1: 0}), 2), "0 stands twice"),
        (lambda: nearest(PLACES.assign(lon=PLACES["lon"].where(PLACES.index != 7)), 2), "7 has no coordinates"),
        (lambda: nearest(PLACES, 60), "number is 60: 60 places have 1 to 59"),
        (lambda: nearest(PLACES, 0), "number is 0"),
        (lambda: morans_i(VALUES[:3], nearest(PLACES[:3], 1)), "there are 3 places"),
        (lambda: morans_i(VALUES * 0, nearest(PLACES, 6)), "all values are 0"),
        (lambda: morans_i(VALUES.where(VALUES.index != 5), nearest(PLACES, 6)), "5 has no value"),
        (lambda: morans_i(VALUES[:59], nearest(PLACES, 6)), "a pair names 59"),
        (lambda: morans_i(VALUES, nearest(PLACES, 6).query("a != 3")), "3 has no neighbour"),
        (lambda: morans_i(VALUES, nearest(PLACES, 6), draws=0), "draws is 0"),
    ],
)
def test_what_is_refused(make: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make()
