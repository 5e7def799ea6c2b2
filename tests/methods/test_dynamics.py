"""Growth, contributions, changes of trend and noise: by hand, by drawing, and against SciPy."""
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from data import load
from methods.dynamics import (
    TRENDS,
    contribution,
    count_error,
    growth,
    growth_interval,
    growth_rate,
    local_interval,
    reversals_by_noise,
    trend_reversal,
)
from methods.reversals import _both_below
from methods.shiftshare import dynamic_shift_share, regional_shift_share, shift_share, total
from methods.specialisation import share_interval


def towns(rows: dict[str, list[float]], years: list[int]) -> pd.DataFrame:
    """One group, one row of counts per town."""
    return pd.DataFrame([(name, "all", year, jobs) for name, counts in rows.items() for year, jobs in zip(years, counts, strict=True)],
                        columns=["unit", "group", "year", "jobs"])


THREE = towns({"A": [100, 110, 99], "B": [200, 150, 180], "C": [50, 60, 70], "D": [80, 70, 60], "E": [10, 10, 30]}, [1, 2, 3])
CLASSES = pd.Series({"A": "one", "B": "one", "C": "two", "D": "two", "E": "two"})


def test_growth_is_compounded() -> None:
    """100 to 133.1 in three years is a tenth a year."""
    assert growth_rate(100, 133.1, 3) == pytest.approx(0.1)
    rates = growth_rate(pd.Series([100.0, 0.0]), pd.Series([121.0, 5.0]), 2)
    assert rates[0] == pytest.approx(0.1)
    assert np.isnan(rates[1])
    assert np.isnan(growth_rate(0, 5, 1))


def test_growth_of_france() -> None:
    """Workers, % a year: −0.06, −0.26, −0.82, −1.46 (worked out apart from this code)."""
    france = load("france_occupations").assign(unit="France", group="workers").rename(columns={"workers": "jobs"})
    found = growth(france, [1982, 1990, 1999, 2006, 2011])
    assert (found.loc["France"] * 100).round(2).tolist() == [-0.06, -0.26, -0.82, -1.46]
    assert list(found.columns) == ["1982–1990", "1990–1999", "1999–2006", "2006–2011"]


def test_growth_of_classes_by_hand() -> None:
    found = growth(THREE, [1, 2, 3], CLASSES)
    assert found.loc["one"].tolist() == pytest.approx([260 / 300 - 1, 279 / 260 - 1])
    holes = pd.concat([THREE[(THREE["unit"] != "A") | (THREE["year"] != 1)]])
    assert growth(holes, [1, 2, 3], CLASSES).loc["one"].tolist() == pytest.approx([150 / 200 - 1, 180 / 150 - 1])
    assert np.isnan(growth(holes, [1, 2, 3]).loc["A", "1–2"])


def test_interval_of_a_ratio_covers_as_often_as_it_says() -> None:
    """Towns drawn from a population whose ratio is known: 95 % intervals hold it in 95 % of 400 lots, give or take sampling (3 points)."""
    generator, held = np.random.default_rng(7), 0
    for _ in range(400):
        before = generator.integers(200, 2_000, 60).astype(float)
        after = before * (0.9 + generator.normal(0, 0.1, 60))
        table = pd.DataFrame({"unit": [*map(str, range(60))] * 2, "group": "all", "year": [1] * 60 + [2] * 60, "jobs": np.r_[before, after]})
        found = growth_interval(table, 1, 2, pd.Series("x", [*map(str, range(60))])).loc["x"]
        held += found["low"] <= -0.1 <= found["high"]
    assert held / 400 == pytest.approx(0.95, abs=0.03)


def test_interval_by_hand() -> None:
    """Two towns, 100 → 90 and 100 → 130: ratio 1.1, residuals −20 and 20, error √(2/1 · 800) / 200 = 0.2."""
    found = growth_interval(towns({"C": [100, 90], "D": [100, 130]}, [1, 2]), 1, 2, pd.Series("x", ["C", "D"])).loc["x"]
    assert found[["rate", "low", "high"]].tolist() == pytest.approx([0.1, 0.1 - 1.959964 * 0.2, 0.1 + 1.959964 * 0.2], abs=1e-6)
    lone = growth_interval(towns({"C": [100, 90]}, [1, 2]), 1, 2, pd.Series("x", ["C"])).loc["x"]
    assert lone["rate"] == pytest.approx(-0.1)
    assert np.isnan(lone["low"])


@given(st.lists(st.integers(1, 5_000), min_size=12, max_size=12))
@settings(max_examples=30)
def test_contributions_add_up_to_the_growth_of_the_whole(values: list[int]) -> None:
    index = pd.MultiIndex.from_product([list("ABC"), list("xy"), [1, 2]], names=["unit", "group", "year"])
    table = pd.Series(values, index, name="jobs").reset_index()
    whole = table.groupby("year")["jobs"].sum()
    for by, classes in (("group", None), ("unit", None), ("unit", pd.Series({"A": "p", "B": "p", "C": "q"}))):
        assert contribution(table, 1, 2, by, classes)["points"].sum() == pytest.approx(whole[2] / whole[1] - 1, abs=1e-12)


def test_error_of_a_count_is_that_of_a_small_share() -> None:
    """The interval of `share_interval` for 2,000 of 10 million, in people, is the count ± 1.96 errors (tolerance: 1 %)."""
    low, high = share_interval(pd.Series([2_000.0]), pd.Series([1e7]), 0.25, 1.5)
    half = (high - low)[0] / 2 * 1e7
    assert half == pytest.approx(1.959964 * count_error(2_000, 0.25, 1.5), rel=0.01)
    assert count_error(2_000, 1.0) == 0


def test_errors_and_signs_by_hand() -> None:
    """f = 1: nothing sampled, every change that is not zero is clear."""
    found = trend_reversal(THREE, [1, 2, 3])
    assert found["trend"].astype(str).to_dict() == {"A": TRENDS[1], "B": TRENDS[2], "C": TRENDS[0], "D": TRENDS[3], "E": TRENDS[4]}
    assert found["clear"].to_dict() == {"A": True, "B": True, "C": True, "D": True, "E": False}
    assert found[["jobs", "first", "second"]].loc["B"].tolist() == [200, -50, 30]


def test_a_change_is_clear_beyond_its_own_error() -> None:
    """f = 1/4: the error of 400 → 500 is √(3 · 900) = 52.0, and 1.96 × 52.0 = 101.8: 100 is not clear, 102 with 502 is at 102.1 not either."""
    for end, clear in ((500, False), (504, True)):
        found = trend_reversal(towns({"A": [400, end, 0]}, [1, 2, 3]), [1, 2, 3], 0.25)
        assert bool(found.loc["A", "clear"]) is clear


def test_local_interval_is_the_local_effect() -> None:
    both = pd.concat([THREE, THREE.assign(group="other", jobs=THREE["jobs"] * 3 + 7)])
    assert local_interval(both, [1, 3])["local"].tolist() == pytest.approx(total(shift_share(both, 1, 3))["local"].tolist(), abs=1e-9)
    assert local_interval(both, [1, 2, 3])["local"].tolist() == pytest.approx(
        total(dynamic_shift_share(both, [1, 2, 3]))["local"].tolist(), abs=1e-9)
    own = total(regional_shift_share(both, 1, 3, CLASSES))["own"]
    assert local_interval(both, [1, 3], regions=CLASSES)["local"].tolist() == pytest.approx(own.tolist(), abs=1e-9)


def test_local_interval_holds_what_drawing_gives() -> None:
    """Counts drawn with the error of a count: the spread of 4,000 local effects is that of the interval (tolerance: 4 %)."""
    table = towns({"A": [400, 380, 420], "B": [900, 800, 700]}, [1, 2, 3])
    country = table.drop(columns="unit").groupby(["group", "year"], as_index=False)["jobs"].sum()
    factors = [1180 / 1300, 1120 / 1180]
    generator = np.random.default_rng(5)
    true = np.array([400, 380, 420])
    drawn = true + generator.standard_normal((4_000, 3)) * count_error(true, 0.25, 1.5)
    steps = drawn[:, 1:] - drawn[:, :-1] * factors
    found = local_interval(table, [1, 2, 3], country, 0.25, 1.5).loc["A"]
    assert (found["high"] - found["low"]) / 2 == pytest.approx(1.96 * steps.sum(axis=1).std(), rel=0.04)


@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(-0.95, 0.95))
def test_two_normal_variables_below(h: float, k: float, rho: float) -> None:
    """Against SciPy's integration (tolerance 1e-5: its own)."""
    other = multivariate_normal([0, 0], [[1, rho], [rho, 1]], seed=1).cdf([h, k])
    assert float(_both_below(np.array([h]), np.array([k]), np.array([rho]))[0]) == pytest.approx(other, abs=1e-5)


def test_noise_is_what_drawing_gives() -> None:
    """Twenty thousand draws of a town that follows the country (tolerance: three standard errors, 0.011)."""
    country = towns({"x": [1000, 960, 950]}, [1, 2, 3]).drop(columns="unit")
    found = reversals_by_noise(towns({"A": [210, 180, 192]}, [1, 2, 3]), [1, 2, 3], country, 0.25, 1.5).loc["A"]
    level = 582 / 2910 * np.array([1000, 960, 950])
    drawn = level + np.random.default_rng(3).standard_normal((20_000, 3)) * count_error(level, 0.25, 1.5)
    first, second = np.diff(drawn, axis=1).T
    seen = [((first > 0) & (second > 0)).mean(), ((first > 0) & (second < 0)).mean(),
            ((first < 0) & (second > 0)).mean(), ((first < 0) & (second < 0)).mean()]
    assert found.tolist() == pytest.approx(seen, abs=0.011)
    assert found.sum() == pytest.approx(1)


def test_a_country_that_stands_still_reverses_two_towns_in_three() -> None:
    """Orthants of a correlation of −1/2: 1/4 + asin(−1/2) / 2π = 1/6 each for the same sign twice."""
    country = towns({"x": [9, 9, 9]}, [1, 2, 3]).drop(columns="unit")
    found = reversals_by_noise(towns({"A": [5, 9, 4]}, [1, 2, 3]), [1, 2, 3], country, 0.5)
    assert found.to_numpy().ravel().tolist() == pytest.approx([1 / 6, 1 / 3, 1 / 3, 1 / 6])


@given(st.permutations(range(15)))
@settings(max_examples=10)
def test_rows_may_come_in_any_order(order: list[int]) -> None:
    mixed, country = THREE.iloc[order], THREE.drop(columns="unit").groupby(["group", "year"], as_index=False)["jobs"].sum()
    for call in (lambda t: growth(t, [1, 2, 3], CLASSES), lambda t: growth_interval(t, 1, 3, CLASSES), lambda t: contribution(t, 1, 3, "unit"),
                 lambda t: trend_reversal(t, [1, 2, 3], 0.25), lambda t: local_interval(t, [1, 2, 3], None, 0.25),
                 lambda t: reversals_by_noise(t, [1, 2, 3], country, 0.25)):
        pd.testing.assert_frame_equal(call(THREE), call(mixed), check_exact=True)


def test_a_town_with_a_hole_is_left_out() -> None:
    table = THREE.assign(jobs=THREE["jobs"].where((THREE["unit"] != "B") | (THREE["year"] != 2)))
    country = THREE.drop(columns="unit").groupby(["group", "year"], as_index=False)["jobs"].sum()
    assert list(trend_reversal(table, [1, 2, 3]).index) == list("ACDE")
    assert list(reversals_by_noise(table, [1, 2, 3], country, 0.25).index) == list("ACDE")
    assert growth_interval(table, 1, 2, CLASSES).loc["one", "units"] == 1
    assert contribution(table, 1, 2, "unit").index.tolist() == list("ACDE")
    assert local_interval(table, [1, 2, 3]).loc["B"].isna().all()


@pytest.mark.parametrize(("call", "words"), [
    (lambda: growth_rate(1, 2, 0), "the period is 0 years long"),
    (lambda: growth_interval(THREE, 1, 2, CLASSES, level=95), "level is 95"),
    (lambda: contribution(THREE, 1, 2, by="town"), "by is 'town'"),
    (lambda: count_error(5, 0), "sampling_fraction is 0"),
    (lambda: count_error(5, 0.5, 0), "design_effect is 0"),
    (lambda: trend_reversal(THREE, [1, 2]), "years are \\[1, 2\\]: two periods"),
    (lambda: trend_reversal(THREE, [1, 2, 3], level=2), "level is 2"),
    (lambda: local_interval(THREE, [1, 2], level=0), "level is 0"),
    (lambda: reversals_by_noise(THREE, [1, 2, 3], THREE.drop(columns="unit").drop_duplicates("year"), 1), "noise comes from a sample"),
    (lambda: reversals_by_noise(THREE, [1, 2], THREE.drop(columns="unit").drop_duplicates("year"), 0.5), "three dates"),
    (lambda: local_interval(THREE, [1, 2], regions=pd.Series({"A": "x"})), "no region for 'B'"),
])
def test_errors_name_the_value(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
