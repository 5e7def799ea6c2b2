"""Material throughput: closed formulas, a material account kept year by year, and laws."""
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods.throughput import scenarios, throughput, virgin_share, years_to

rates = st.floats(-0.05, 0.05)
parts = st.floats(0, 1)
lives = st.integers(0, 40)


@pytest.mark.parametrize(("rate", "times"), [(0.03, 4.38391), (0.01, 1.64463), (0.005, 1.28323), (0, 1), (-0.02, 0.36417)])
def test_fifty_years(rate: float, times: float) -> None:
    """Compound interest tables: 1.03 to the 50th is 4.38391, and so on."""
    assert throughput(rate, 50).iloc[-1] == pytest.approx(times, abs=5e-6)


@given(rates, st.integers(0, 80))
def test_each_year_grows_by_the_same_share(rate: float, years: int) -> None:
    flow = throughput(rate, years)
    assert (flow.index.tolist(), flow.iloc[0]) == (list(range(years + 1)), 1.0)
    np.testing.assert_allclose(flow.to_numpy()[1:], flow.to_numpy()[:-1] * (1 + rate))


@given(rates.filter(lambda rate: abs(rate) > 1e-4), st.floats(0.2, 5).filter(lambda f: abs(f - 1) > 1e-6))
def test_the_factor_is_reached_after_those_years(rate: float, factor: float) -> None:
    years = years_to(factor, rate)
    if (factor > 1) == (rate > 0):
        assert (1 + rate) ** years == pytest.approx(factor)
    else:
        assert years == float("inf")


def test_doublings() -> None:
    """70 divided by the rate in per cent is a rule of thumb for the doubling time."""
    assert years_to(2, 0.01) == pytest.approx(70, abs=0.5)
    assert years_to(2, 0.005) == pytest.approx(140, abs=2)
    assert years_to(0.5, -0.02) == pytest.approx(35, abs=1)
    assert (years_to(2, 0), years_to(1, 0.03)) == (float("inf"), 0)


@given(rates, parts, lives)
def test_the_account_kept_year_by_year(rate: float, part: float, life: int) -> None:
    """Put in, keep for `life` years, take back a part of what was put in then: what is missing is new."""
    history = [(1 + rate) ** year for year in range(-life, 1)]
    back = part * history[0]
    assert virgin_share(rate, part, life) == pytest.approx(max(0.0, (history[-1] - back) / history[-1]), abs=1e-9)


@given(st.floats(0, 0.05), parts, parts, st.floats(0, 40), st.floats(0, 40))
def test_more_recovery_and_shorter_lives_need_less_new_material_when_it_grows(rate: float, a: float, b: float, s: float, t: float) -> None:
    assert virgin_share(rate, max(a, b), s) <= virgin_share(rate, min(a, b), s) + 1e-12
    assert virgin_share(rate, a, min(s, t)) <= virgin_share(rate, a, max(s, t)) + 1e-12
    assert virgin_share(rate, a, s) >= 1 - a - 1e-12


def test_a_loop_closes_at_rest_and_never_in_growth() -> None:
    assert virgin_share(0, 1, 20) == 0
    assert virgin_share(0.01, 1, 20) > 0.18
    assert virgin_share(-0.02, 0.9, 20) == 0            # more comes back than is needed


def test_scenarios_are_the_pieces_put_together() -> None:
    table = scenarios([0.03, 0, -0.02], [0, 0.5, 0.9], years=50, life=20)
    assert table[["rate", "circularity"]].drop_duplicates().shape[0] == len(table) == 9
    for row in table.itertuples():
        flow, part = throughput(row.rate, 50), virgin_share(row.rate, row.circularity, 20)
        assert (row.throughput, row.virgin_share) == (flow.iloc[-1], part)
        assert row.virgin == pytest.approx(part * flow.iloc[-1])
        assert row.taken == pytest.approx(part * sum((1 + row.rate) ** year for year in range(1, 51)))
    at_rest = table[table["rate"] == 0]
    np.testing.assert_allclose(at_rest["taken"], [50, 25, 5])


@pytest.mark.parametrize(("call", "words"), [
    (lambda: throughput(-1, 5), "rate is -1"),
    (lambda: throughput(0.01, -1), "years is -1"),
    (lambda: years_to(0, 0.01), "factor is 0"),
    (lambda: years_to(2, -2), "rate is -2"),
    (lambda: virgin_share(0.01, 1.1, 20), "circularity is 1.1"),
    (lambda: virgin_share(0.01, 0.5, -1), "life is -1"),
    (lambda: virgin_share(float("nan"), 0.5, 1), "rate is nan")])
def test_what_cannot_be_is_said(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
