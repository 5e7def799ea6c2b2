"""Every figure of every town's sheet, computed again by another path: by hand from the counts, or step by step with `methods`."""
from __future__ import annotations

import gzip
import re
from heapq import nsmallest
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from docutils.nodes import make_id
from scipy.optimize import linear_sum_assignment

from data import OCCUPATIONS, load
from methods.clusters import haversine
from methods.concentration import count_interval
from methods.costs import constant_costs, interval_costs, transition_costs
from methods.matching import expand, optimal_matching
from methods.quality import partitions
from methods.small_counts import funnel_limits, smooth
from methods.specialisation import classify
from methods.typology import order_classes
from widgets import my_town
from widgets.my_town import BOUNDS, CHOICES, DRAWS, STATES, STEPS, YEARS, line_chart, sheets, stored
from widgets.store import Store, unpack

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"
SPANS = [(1982, 2011), *pairwise(YEARS)]


@pytest.fixture(scope="module")
def towns() -> pd.DataFrame:
    return sheets()["towns"].set_index("code")


@pytest.fixture(scope="module")
def units() -> pd.DataFrame:
    return load("urban_units").set_index("urban_unit").sort_index()


@pytest.fixture(scope="module")
def counts() -> dict[int, pd.DataFrame]:
    """People by occupation, one table a census, in the order of the codes."""
    return {year: rows.set_index("urban_unit").sort_index()[OCCUPATIONS] for year, rows in load("urban_units_occupations").groupby("year")}


@pytest.fixture(scope="module")
def nation() -> pd.DataFrame:
    return load("france_occupations").set_index("year")[OCCUPATIONS]


@pytest.fixture(scope="module")
def index(counts: dict[int, pd.DataFrame], nation: pd.DataFrame) -> pd.DataFrame:
    """Workers over all at work, over the same in France."""
    share = {year: rows["workers"] / rows.sum(axis=1, min_count=1) for year, rows in counts.items()}
    return pd.DataFrame(share) / (nation["workers"] / nation.sum(axis=1))


@pytest.fixture(scope="module")
def paths(index: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """The towns under 100,000 inhabitants with an index at every census."""
    return index[units["size_class"].cat.codes <= 5].dropna()


def close(found: pd.Series, wanted: np.ndarray | pd.Series, digits: int) -> None:
    """Equal when rounded; half a unit of the last digit may fall either way."""
    np.testing.assert_allclose(found.to_numpy(float), np.asarray(wanted, float), rtol=0, atol=0.5 * 10**-digits + 1e-9)


def test_there_is_a_sheet_for_each_town_in_the_order_of_the_codes(towns: pd.DataFrame, units: pd.DataFrame) -> None:
    assert towns.index.tolist() == units.index.tolist()
    assert towns["name"].is_unique
    assert (towns["name"].str.replace(r" \(..\)$", "", regex=True) == units["name"]).all()
    assert (towns["population_2023"] == units["population_2023"]).all()
    close(towns["change"], (units["population_2023"] - units["population_2019"]) / units["population_2019"] * 100, 1)


def test_what_is_packed_comes_back() -> None:
    held = unpack(Store(stored()).pack()).fixed
    towns = held["towns"]
    for name, of in STEPS.items():
        towns[name] = (towns[name] + sum(towns[other] * times for other, times in of.items())).round(2)
    for name, column in sheets()["towns"].items():
        assert towns[name].equals(column) if column.dtype == "str" else np.array_equal(towns[name].astype(float), column.astype(float), equal_nan=True), name
    place = towns["order"][towns["order"] >= 0]
    like, typed = pd.Series(place.index, place), np.repeat(place.index, 10)
    other = like[(place[typed].to_numpy() + held["alike"]["step"].to_numpy())].to_numpy()
    assert np.array_equal(other, sheets()["alike"]["other"])
    for name in ("pairs", "zones", "bands", "types"):
        pd.testing.assert_frame_equal(held[name], sheets()[name], check_dtype=False)


def test_packed_sheets_are_small() -> None:
    assert len(gzip.compress(Store(stored()).pack())) < 185_000


def test_definitions_are_those_of_the_first_chapter(towns: pd.DataFrame, units: pd.DataFrame) -> None:
    assert (towns["shape"] == units["size_class"].isin(["2,000–4,999", "5,000–9,999", "10,000–19,999", "20,000–49,999", "50,000–99,999"])).all()
    assert (towns["density"] == units["degurba"].astype("str").str.contains("dense t")).all()
    small = units["aav_class"].isin(["under 50,000", "50,000–199,999"])
    assert (towns["flow"] == (small & (units["aav_category"] == "centre"))).all()
    for name in ("degurba", "size_class", "aav_class", "aav_category", "department"):
        assert (towns[name] == units[name].astype("str")).all()


def test_each_ring_names_the_centre_of_its_own_area(towns: pd.DataFrame, units: pd.DataFrame) -> None:
    own = units["aav2020"].to_numpy()
    for at, centre in enumerate(towns["centre"]):
        if centre >= 0:
            assert own[centre] == own[at] and units["aav_category"].iloc[centre] == "centre"
        else:
            assert towns["area"].iloc[at] == "outside" or not ((own == own[at]) & (units["aav_category"] == "centre")).any()


def test_index_and_interval_by_wilsons_formula(towns: pd.DataFrame, index: pd.DataFrame, counts: dict[int, pd.DataFrame], nation: pd.DataFrame) -> None:
    for year in YEARS:
        close(towns[f"index {year}"], index[year], 2)
        people = counts[year].sum(axis=1, min_count=1)
        p, n, z = counts[year]["workers"] / people, people * 0.25 / 1.5 / 0.75, 1.959963984540054
        reach = z / (1 + z**2 / n) * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
        centre, whole = (p + z**2 / (2 * n)) / (1 + z**2 / n), nation.loc[year, "workers"] / nation.loc[year].sum()
        close(towns[f"low {year}"], (centre - reach) / whole, 2)
        close(towns[f"high {year}"], (centre + reach) / whole, 2)
        state = np.where(index[year].isna(), -1, sum((index[year] >= bound).astype(int) for bound in BOUNDS))
        assert (towns[f"state {year}"] == state).all()


def test_bands_are_the_quartiles_of_each_class(index: pd.DataFrame, units: pd.DataFrame) -> None:
    bands = sheets()["bands"].set_index(["class", "year"])
    assert len(bands) == units["size_class"].nunique() * len(YEARS)
    for (name, year), row in bands.iterrows():
        values = index.loc[units["size_class"] == name, year]
        assert row["units"] == len(values)
        close(row[["low", "middle", "high"]], np.percentile(values.dropna(), [25, 50, 75]), 2)


def typed(paths: pd.DataFrame, bounds: tuple[float, ...], price: object = None, method: str = "k-medoids") -> pd.Series:
    """The second chapter's steps, one by one."""
    states = classify(paths, bounds, STATES)
    match = optimal_matching(states, transition_costs(states) if price is None else price(STATES))
    return order_classes(paths, expand(partitions(match.distances, match.weights, [6], method)[6], match.index))


def same(labels: pd.Series, types: pd.Series) -> pd.Series:
    """Which towns keep their type under the renaming that keeps most."""
    table = pd.crosstab(labels, types)
    rows, columns = linear_sum_assignment(-table.to_numpy())
    return labels.map(dict(zip(table.index[rows], table.columns[columns], strict=True))) == types


def test_types_and_how_often_they_stay(towns: pd.DataFrame, paths: pd.DataFrame) -> None:
    types = typed(paths, BOUNDS)
    assert (towns["type"] == types.reindex(towns.index, fill_value=0)).all()
    own = {"thresholds": [(0.75, 1, 1.25), (0.8, 1, 1.2), (0.9, 1.1, 1.3)]}
    others = [typed(paths, bounds) for bounds in own["thresholds"]] + [
        typed(paths, BOUNDS, *way) for way in ((interval_costs,), (constant_costs,), (None, "average"), (None, "ward"), (constant_costs, "ward"))]
    assert len(others) == len(CHOICES)
    kept = sum(same(labels, types).astype(int) for labels in others)
    assert (towns["kept"] == kept.reindex(towns.index, fill_value=-1)).all()
    sizes = types.value_counts()
    table = sheets()["types"]
    assert table["towns"].tolist() == [sizes[number] for number in range(1, 7)]
    close(table["first"], paths[1982].groupby(types).mean(), 2)
    close(table["last"], paths[2011].groupby(types).mean(), 2)
    new = ((paths[1982] < 1) & (paths[2011] >= 1.25)).astype(int)
    assert (towns["new"] == new.reindex(towns.index, fill_value=-1)).all()


def test_samples_drawn_again(towns: pd.DataFrame, paths: pd.DataFrame) -> None:
    """With the intervals' own widths, town after town from one seeded generator."""
    types, (_, low, high) = typed(paths, BOUNDS), my_town._index()
    generator, kept = np.random.default_rng(0), 0
    spread = ((high - low) / 3.92).loc[paths.index].to_numpy()
    for _ in range(DRAWS):
        moved = np.maximum(paths + generator.standard_normal(paths.shape) * spread, 0)
        kept = kept + same(typed(moved, BOUNDS), types).astype(int)
    assert (towns["redrawn"] == kept.reindex(towns.index, fill_value=-1)).all()


def test_a_town_without_a_type_is_large_or_lacks_a_census(towns: pd.DataFrame, units: pd.DataFrame) -> None:
    without = towns.index[towns["type"] == 0]
    assert (units.loc[without.drop("66104"), "size_class"] >= "100,000–199,999").all()
    assert not towns.loc["66104", "type"] and np.isnan(towns.loc["66104", "index 1982"])


def test_nearest_trajectories_of_every_town(towns: pd.DataFrame, paths: pd.DataFrame) -> None:
    states = classify(paths, BOUNDS, STATES)
    match = optimal_matching(states, transition_costs(states))
    far, values, codes = expand(match.distances, match.index), paths.to_numpy(), paths.index.to_numpy()
    alike = sheets()["alike"]
    names, distance = towns.index.to_numpy()[alike["other"]].reshape(len(paths), 10), alike["distance"].to_numpy().reshape(len(paths), 10)
    for at in range(len(paths)):
        gap = np.abs(values - values[at]).mean(axis=1).round(9)
        first = nsmallest(11, zip(far[at].round(9), gap, codes, strict=True))
        others = [one for one in first if one[2] != codes[at]][:10]
        assert names[at].tolist() == [code for _, _, code in others]
        np.testing.assert_allclose(distance[at], [round(one, 2) for one, _, _ in others], atol=1e-9)
    assert (towns.loc[codes, "alike"] == states.astype("str").agg("|".join, axis=1).pipe(lambda word: word.map(word.value_counts()))).all()


def test_neighbours_by_all_distances(towns: pd.DataFrame, units: pd.DataFrame, index: pd.DataFrame) -> None:
    lon, lat = units["lon"].to_numpy(), units["lat"].to_numpy()
    km = haversine(lon[:, None], lat[:, None], lon, lat)
    near = (km <= 20) & ~np.eye(len(units), dtype=bool)
    pairs = sheets()["pairs"]
    assert set(zip(pairs["a"], pairs["b"], strict=True)) == {(a, b) for a, b in np.argwhere(near) if a < b}
    close(pairs["km"], km[pairs["a"], pairs["b"]].round(3), 0)
    assert (towns["specialised near"] == near.astype(int) @ (index[2011] >= 1.25).to_numpy()).all()


def test_shift_share_by_its_formulas(towns: pd.DataFrame, counts: dict[int, pd.DataFrame], nation: pd.DataFrame) -> None:
    for start, end in SPANS:
        before, after, years = counts[start], counts[end], end - start
        whole, by_group = nation.loc[end].sum() / nation.loc[start].sum(), nation.loc[end] / nation.loc[start]
        jobs = before.sum(axis=1, min_count=1)
        variance = 1.5 * 3 * ((before * by_group**2).sum(axis=1) + after.sum(axis=1))       # (1 − 1/4) / (1/4) = 3
        local, reach = (after - before * by_group).sum(axis=1, skipna=False), 1.959963984540054 * np.sqrt(variance)
        wanted = {"change": (after - before).sum(axis=1, skipna=False), "national": jobs * (whole - 1),
                  "structural": (before * (by_group - whole)).sum(axis=1, skipna=False), "local": local, "low": local - reach, "high": local + reach}
        for name, value in wanted.items():
            close(towns[f"{name} {start}–{end}"], value / jobs / years * 100, 1)


def test_local_effect_of_workers_by_its_formula(towns: pd.DataFrame, counts: dict[int, pd.DataFrame], nation: pd.DataFrame) -> None:
    before, after, factor = counts[1982]["workers"], counts[2011]["workers"], nation.loc[2011, "workers"] / nation.loc[1982, "workers"]
    local, reach = after - before * factor, 1.959963984540054 * np.sqrt(1.5 * 3 * (before * factor**2 + after))
    for name, value in {"local": local, "low": local - reach, "high": local + reach}.items():
        close(towns[f"workers {name} 1982–2011"], value / before / 29 * 100, 1)
    assert (towns["workers reading"] == np.select([local > reach, -local > reach], [1, -1], 0)).all()


def test_zones_and_the_nearest_of_them(towns: pd.DataFrame, units: pd.DataFrame) -> None:
    zones, table = load("employment_zones").sort_values("employment_zone").reset_index(drop=True), sheets()["zones"]
    expected = zones["population_2018"] * zones["third_places"].sum() / zones["population_2018"].sum()
    low, high = count_interval(zones["third_places"])
    assert (table["name"] == zones["name"]).all() and (table["places"] == zones["third_places"]).all() and (table["coworking"] == zones["coworking"]).all()
    close(table["expected"], expected, 1)
    for name, value in {"quotient": zones["third_places"] / expected, "low": low / expected, "high": high / expected}.items():
        close(table[name], value, 2)
    limits = funnel_limits(expected)
    quotient = zones["third_places"] / expected
    assert (table["side"] == np.select([quotient > limits[1], quotient < limits[0]], ["above", "below"], "inside")).all()
    smoothed = smooth(zones["third_places"], zones["population_2018"])
    for name, column in {"smoothed": "smoothed", "smoothed low": "low", "smoothed high": "high"}.items():
        close(table[name], smoothed[column], 2)
    km = haversine(units["lon"].to_numpy()[:, None], units["lat"].to_numpy()[:, None], zones["lon"].to_numpy(), zones["lat"].to_numpy())
    own = units["main_commune"].to_numpy()[:, None] == zones["main_commune"].to_numpy()
    assert (towns["zone centre"] == own.any(axis=1)).all()
    assert (towns["zone"] == np.where(own.any(axis=1), own.argmax(axis=1), km.argmin(axis=1))).all()
    close(towns["zone km"], km[np.arange(len(km)), towns["zone"]], 0)


def test_the_chart_names_the_two_datasets_and_carries_none() -> None:
    text = str(line_chart())
    assert re.findall(r"'name': '(band|lines)'", text)
    assert "datasets" not in line_chart() and "'values': [{" not in text


def test_each_part_links_to_a_section_that_stands_and_names_known_tables() -> None:
    import sys
    sys.path.append(str(CHAPTERS.parent / "book" / "_ext"))
    from my_town import SECTIONS, _section
    for about in SECTIONS.values():
        told = _section(about)
        assert 'class="kind kind-official"' in told["source"]
        for chapter, titles in about["made"].items():
            heads = {make_id(head) for head in re.findall(r"^# #+ (.*)$", (CHAPTERS / f"{chapter}.py").read_text("utf-8"), re.MULTILINE)}
            for title in titles:
                assert make_id(title) in heads, f"{chapter} has no section {title!r}"
                assert f"{chapter}.html#{make_id(title)}" in told["source"]


def test_explorers_of_towns_lead_to_sheets_and_others_do_not() -> None:
    from widgets.explorers.recovery import Recovery
    from widgets.explorers.third_places import ThirdPlaces
    from widgets.explorers.towns import Towns
    from widgets.explorers.trajectories import Trajectories
    codes = set(sheets()["towns"]["code"])
    for made, leads in ((Towns, True), (Trajectories, True), (Recovery, True), (ThirdPlaces, False)):
        explorer = made()
        places = [control for control in explorer.plan()["controls"] if control["kind"] == "place"]
        assert [control.get("sheet", False) for control in places] == [leads]
        assert not leads or set(explorer.fixed()["towns"]["code"]) <= codes
