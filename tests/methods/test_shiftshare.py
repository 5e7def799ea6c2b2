"""Shift-share: a published worked example, a toy by hand, sums that hold to the last unit, and every error."""
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import OCCUPATIONS, load
from methods._jobs import wide, wide_reference
from methods.shiftshare import (
    CLASSIC,
    HOMOTHETIC,
    REGIONAL,
    dynamic_shift_share,
    homothetic_shift_share,
    per_year,
    pool,
    regional_shift_share,
    shift_share,
    total,
)


def tidy(counts: dict[str, dict[str, list[float]]], years: list[int]) -> pd.DataFrame:
    """{unit: {group: counts by year}} as a tidy table."""
    return pd.DataFrame([(unit, group, year, jobs) for unit, groups in counts.items() for group, row in groups.items()
                         for year, jobs in zip(years, row, strict=True)], columns=["unit", "group", "year", "jobs"])


TOY = tidy({"Ardenne": {"food": [100, 115, 130], "metal": [200, 190, 180], "services": [100, 105, 110]},
            "Bellevue": {"food": [100, 95, 90], "metal": [100, 80, 60], "services": [400, 465, 530]}}, [1, 2, 3])
WEST = pd.Series({"Ardenne": "west", "Bellevue": "east"})


def test_a_published_worked_example() -> None:
    """"Holukuluku" 1985–1995, course page of G. Krumme, University of Washington (faculty.washington.edu/krumme/350/ssexcel.html).

    The region has 500, 100, 200, 200 jobs, then 1000, 100, 250, 280; the country's four industries hold 10, 20, 40, 30 % of its jobs
    and grow by 10, 20, 30, 40 %. The page gives: growth 630, national growth effect 290, composition −95, −9, 2, 22 (−80),
    differential 450, −20, −10, 0 (420).
    """
    region = tidy({"Holukuluku": {"I": [500, 1000], "II": [100, 100], "III": [200, 250], "IV": [200, 280]}}, [1985, 1995])
    nation = pd.DataFrame({"group": ["I", "II", "III", "IV"] * 2, "year": [1985] * 4 + [1995] * 4,
                           "jobs": [1000, 2000, 4000, 3000, 1100, 2400, 5200, 4200]})
    effects = shift_share(region, 1985, 1995, nation)
    assert effects["structural"].tolist() == pytest.approx([-95, -9, 2, 22], abs=1e-9)
    assert effects["local"].tolist() == pytest.approx([450, -20, -10, 0], abs=1e-9)
    assert total(effects).loc["Holukuluku"].tolist() == pytest.approx([1000, 630, 290, -80, 420], abs=1e-9)


def test_the_toy_by_hand() -> None:
    """Country: food 200 → 220 (+10 %), metal 300 → 240 (−20 %), services 500 → 640 (+28 %), all 1,000 → 1,100 (+10 %)."""
    effects = shift_share(TOY, 1, 3)
    assert effects.loc["Ardenne", "structural"].tolist() == pytest.approx([0, -60, 18], abs=1e-9)
    assert effects.loc["Ardenne", "local"].tolist() == pytest.approx([20, 20, -18], abs=1e-9)
    towns = total(effects)
    assert towns.loc["Ardenne", ["change", *CLASSIC]].tolist() == pytest.approx([20, 40, -42, 22], abs=1e-9)
    assert towns.loc["Bellevue", ["change", *CLASSIC]].tolist() == pytest.approx([80, 60, 42, -22], abs=1e-9)
    assert per_year(towns, 2).loc["Ardenne"].tolist() == pytest.approx([2.5, 5, -5.25, 2.75], abs=1e-9)


def test_the_toys_split_by_hand() -> None:
    """With the country's mix Ardenne would have 80, 120, 200; its rates differ from the country's by 0.2, 0.1, −0.18."""
    effects = homothetic_shift_share(TOY, 1, 3).loc["Ardenne"]
    assert effects["homothetic"].tolist() == pytest.approx([80, 120, 200])
    assert effects["competitive"].tolist() == pytest.approx([16, 12, -36], abs=1e-9)
    assert effects["allocation"].tolist() == pytest.approx([4, 8, 18], abs=1e-9)


def test_the_toys_steps_by_hand() -> None:
    """First step, country 200 → 210, 300 → 270, 500 → 570: local 10, 10, −9 in Ardenne. Second: factors 22/21, 8/9, 64/57."""
    effects = dynamic_shift_share(TOY, [1, 2, 3]).loc["Ardenne"]
    second = np.array([130 - 115 * 22 / 21, 180 - 190 * 8 / 9, 110 - 105 * 64 / 57])
    assert effects["local"].tolist() == pytest.approx((np.array([10, 10, -9]) + second).tolist(), abs=1e-9)
    assert effects["change"].tolist() == [30, -20, 10]


def test_one_region_for_each_town_leaves_nothing_to_the_town() -> None:
    effects = regional_shift_share(TOY, 1, 3, WEST)
    assert effects["own"].tolist() == pytest.approx([0] * 6, abs=1e-9)
    same = regional_shift_share(TOY, 1, 3, pd.Series("all", WEST.index))
    assert same["regional"].tolist() == pytest.approx([0] * 6, abs=1e-9)


def test_a_region_known_as_a_whole() -> None:
    """West has 400 metal jobs, then 400: factor 1 where the country's is 0.8, so regional = 0.2 × 200 and own = 180 − 200."""
    rows = [(r, g, y, j) for r, g, one, two in [("west", "food", 200, 220), ("west", "metal", 400, 400), ("west", "services", 100, 128),
                                                 ("east", "food", 1, 1), ("east", "metal", 1, 1), ("east", "services", 1, 1)]
            for y, j in ((1, one), (3, two))]
    regional = pd.DataFrame(rows, columns=["region", "group", "year", "jobs"])
    effects = regional_shift_share(TOY, 1, 3, WEST, regional=regional)
    assert effects.loc[("Ardenne", "metal"), ["regional", "own"]].tolist() == pytest.approx([40, -20])
    assert effects.loc[("Ardenne", "services"), ["regional", "own"]].tolist() == pytest.approx([0, -18], abs=1e-9)


counts = st.lists(st.integers(1, 9_999), min_size=36, max_size=36)


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    """Four units, three groups, three years; some units have nobody of some group."""
    values = np.array(draw(counts), float).reshape(4, 3, 3)
    for unit, group in draw(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=3)):
        values[unit, group, 0] = 0
    index = pd.MultiIndex.from_product([list("ABCD"), list("xyz"), [1, 2, 3]], names=["unit", "group", "year"])
    return pd.Series(values.ravel(), index, name="jobs").reset_index()


REGION = pd.Series({"A": "n", "B": "n", "C": "s", "D": "s"})
FORMS = {"classic": (lambda t: shift_share(t, 1, 3), CLASSIC), "regional": (lambda t: regional_shift_share(t, 1, 3, REGION), REGIONAL),
         "homothetic": (lambda t: homothetic_shift_share(t, 1, 3), HOMOTHETIC),
         "dynamic": (lambda t: dynamic_shift_share(t, [1, 2, 3]), CLASSIC),
         "dynamic regional": (lambda t: dynamic_shift_share(t, [1, 2, 3], regional_shift_share, regions=REGION), REGIONAL)}


@pytest.mark.parametrize("form", FORMS)
@given(table=tables())
@settings(max_examples=30)
def test_every_form_adds_up(form: str, table: pd.DataFrame) -> None:
    """The effects add up to the change that the table shows, row by row (tolerance: a billionth of a job)."""
    method, names = FORMS[form]
    if form.endswith("regional") and (table.query("year == 1").groupby([table["unit"].map(REGION), "group"])["jobs"].sum() == 0).any():
        return              # nobody of a group in a whole region: a rate is not defined there
    effects = method(table)
    observed = table.pivot_table("jobs", ["unit", "group"], "year")
    known = effects[names].notna().all(axis=1)
    assert (known | (observed[1] == 0)).all(), "only a group without anybody may be missing"
    assert known.all() or form == "homothetic"
    assert effects["change"].tolist() == (observed[3] - observed[1]).tolist()
    assert np.abs(effects.loc[known, names].sum(axis=1) - effects.loc[known, "change"]).max() < 1e-9
    if "local" in effects:
        last = effects.loc[known, names[2:]].sum(axis=1)
        assert np.abs(last - effects.loc[known, "local"]).max() < 1e-9


@given(tables())
@settings(max_examples=30)
def test_what_one_place_gains_another_loses(table: pd.DataFrame) -> None:
    """Against their own sum: structural effects cancel over everything, local ones over the units of each group."""
    effects = shift_share(table, 1, 3)
    size = table["jobs"].sum()
    assert abs(effects["structural"].sum()) < 1e-9 * size
    assert effects.groupby("group")["local"].sum().abs().max() < 1e-9 * size
    own = total(regional_shift_share(table, 2, 3, REGION), REGION)["own"]
    assert own.abs().max() < 1e-9 * size


@given(tables(), st.randoms(use_true_random=False))
@settings(max_examples=12)
def test_rows_may_come_in_any_order(table: pd.DataFrame, random: object) -> None:
    order = list(table.index)
    random.shuffle(order)
    for method, _ in FORMS.values():
        try:
            usual = method(table)
        except ValueError:
            continue
        pd.testing.assert_frame_equal(usual, method(table.loc[order]), check_exact=True)


def test_with_one_group_the_structural_part_is_zero_and_the_national_one_everyones() -> None:
    """Nothing is left to compare: r_g = r. With all groups the part of one group is the same share of its jobs everywhere."""
    alone = shift_share(TOY[TOY["group"] == "metal"], 1, 3)
    assert alone["structural"].tolist() == pytest.approx([0, 0], abs=1e-9)
    metal = shift_share(TOY, 1, 3).xs("metal", level="group")
    assert (metal["structural"] / metal["jobs"]).tolist() == pytest.approx([-0.3, -0.3])


def test_the_dynamic_form_over_one_step_is_the_form_itself() -> None:
    pd.testing.assert_frame_equal(dynamic_shift_share(TOY, [1, 3]), shift_share(TOY, 1, 3))


def test_classic_effects_pool_and_homothetic_ones_do_not() -> None:
    table = pd.concat([TOY, TOY.assign(unit="Cosne", jobs=TOY["jobs"] * 2).drop_duplicates(["group", "year"])])
    classes = pd.Series({"Ardenne": "old", "Bellevue": "old", "Cosne": "new"})
    pooled = pool(table, classes, [1, 3])
    one, other = total(shift_share(table, 1, 3), classes), total(shift_share(pooled, 1, 3))
    assert np.allclose(one.loc[other.index], other)
    one, other = total(homothetic_shift_share(table, 1, 3), classes), total(homothetic_shift_share(pooled, 1, 3))
    assert abs(one.loc["old", "competitive"] - other.loc["old", "competitive"]) > 1


@pytest.mark.parametrize("hole", ["no row", "no number"])
def test_a_missing_count_is_missing_and_never_zero(hole: str) -> None:
    table = TOY.copy()
    at = (table["unit"] == "Ardenne") & (table["group"] == "food") & (table["year"] == 1)
    table = table[~at] if hole == "no row" else table.assign(jobs=table["jobs"].where(~at))
    effects = shift_share(table, 1, 3)
    assert effects.loc[("Ardenne", "food")].isna().all()
    assert effects.loc["Bellevue", "local"].tolist() == [0, 0, 0]         # Ardenne is left out of the country too
    assert total(effects).loc["Ardenne"].isna().all()
    assert list(total(effects, pd.Series("all", ["Ardenne", "Bellevue"]))["jobs"]) == [600]
    assert set(pool(table, WEST, [1, 3])["unit"]) == {"east"}
    assert dynamic_shift_share(table, [1, 2, 3]).loc[("Ardenne", "food")].isna().all()
    late = dynamic_shift_share(table, [2, 3])
    assert late.notna().all().all()


def test_saint_nazaire_has_no_change_from_1982() -> None:
    towns = load("urban_units_occupations").melt(["urban_unit", "year"], OCCUPATIONS, "group", "jobs")
    towns = towns.rename(columns={"urban_unit": "unit"})
    france = load("france_occupations").melt("year", OCCUPATIONS, "group", "jobs")
    effects = total(shift_share(towns, 1982, 2011, france))
    assert effects.index[effects.isna().any(axis=1)].tolist() == ["66104"]
    assert total(shift_share(towns, 1990, 2011, france)).notna().all().all()


def test_the_classes_of_france_cancel_out() -> None:
    """Size classes with what lies outside urban units are all of France: their structural and local effects cancel."""
    classes = load("size_class_occupations").astype({"size_class": "str"})
    classes = classes.melt(["size_class", "year"], OCCUPATIONS, "group", "jobs").rename(columns={"size_class": "unit"})
    france = load("france_occupations").melt("year", OCCUPATIONS, "group", "jobs")
    effects = total(shift_share(classes, 1982, 2011, france)).sum()
    assert effects["change"] == 20_146_975 - 15_732_468
    assert effects[["structural", "local"]].abs().max() < 1e-6


@pytest.mark.parametrize(("call", "words"), [
    (lambda: shift_share(TOY.drop(columns="group"), 1, 3), "no column 'group'"),
    (lambda: shift_share(TOY, 1, 4), "no row of 4: it has \\[1, 2, 3\\]"),
    (lambda: shift_share(TOY, 3, 1), "must go forward, each once; got \\[3, 1\\]"),
    (lambda: shift_share(pd.concat([TOY, TOY.head(1)]), 1, 3), "two rows for \\['Ardenne', 'food', 1\\]"),
    (lambda: shift_share(TOY.assign(jobs=-5), 1, 3), "has -5 jobs for \\['Ardenne', 'food', 1\\]"),
    (lambda: shift_share(TOY, 1, 3, pd.DataFrame({"group": ["food"] * 2, "year": [1, 3], "jobs": [9, 9]})), "no 'metal'"),
    (lambda: shift_share(TOY, 1, 3, TOY.drop(columns="unit").drop_duplicates(["group", "year"]).assign(jobs=0)), "0 jobs in 1: a rate"),
    (lambda: shift_share(TOY, 1, 3, pd.DataFrame({"group": ["food", "metal", "services"] * 2, "year": [1] * 3 + [3] * 3, "jobs": [0, 9, 9, 9, 9, 9]})),
     "nobody of 'food' at the start"),
    (lambda: shift_share(TOY, 1, 3, pd.DataFrame({"group": ["food", "metal", "services", "food", "metal"], "year": [1] * 3 + [3] * 2, "jobs": 9})),
     "no count for 'services' in 3"),
    (lambda: regional_shift_share(TOY, 1, 3, pd.Series({"Ardenne": "west"})), "no region for 'Bellevue'"),
    (lambda: dynamic_shift_share(TOY, [1]), "years are \\[1\\]: a change needs two"),
    (lambda: per_year(pd.DataFrame({"jobs": [1.0]}), 0), "the period is 0 years long"),
])
def test_errors_name_the_value(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()


def test_nobody_at_the_start_nowhere() -> None:
    """A group that is born during the period has no rate; its change is local, and the rest of the sum holds."""
    table = pd.concat([TOY[TOY["year"] != 2], tidy({"Ardenne": {"energy": [0, 12]}, "Bellevue": {"energy": [0, 0]}}, [1, 3])])
    effects = shift_share(table, 1, 3)
    assert effects.loc[("Ardenne", "energy"), ["change", *CLASSIC]].tolist() == [12, 0, 0, 12]


def test_the_reference_is_the_sum_of_the_units_that_are_whole() -> None:
    assert wide_reference(None, wide(TOY, [1, 3])).to_numpy().tolist() == [[200, 220], [300, 240], [500, 640]]
