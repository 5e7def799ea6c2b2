"""What the figures of the book must obey: totals, published totals, joins, places."""
from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from data import OCCUPATIONS, load, outlines, schema

CENSUSES = [1982, 1990, 1999, 2006, 2011]
#: Communes that are small islands, which the outlines leave out: Sein, Molène, Hœdic, Houat.
ISLANDS = ["29083", "29084", "56085", "56086"]


def france() -> pd.DataFrame:
    return load("france_occupations").set_index("year")[OCCUPATIONS]


def share_of_workers(counts: pd.DataFrame) -> pd.Series:
    """Workers in people aged 25-54 in work, %."""
    return 100 * counts["workers"] / counts[OCCUPATIONS].sum(axis=1)


# ---- what adds up

def test_units_add_up_to_their_size_class() -> None:
    classes = load("urban_units").set_index("urban_unit")["size_class"]
    units = load("urban_units_occupations")
    units["size_class"] = units["urban_unit"].map(classes)
    sums = units.groupby(["size_class", "year"], observed=True)[OCCUPATIONS].sum()
    published = load("size_class_occupations").query("size_class != 'outside urban units'")
    published = published.set_index(["size_class", "year"])[OCCUPATIONS]
    assert len(sums) == 8 * 5
    assert (sums.to_numpy() == published.to_numpy()).all()
    assert sums.index.tolist() == published.index.tolist()


@pytest.mark.parametrize(("table", "parts"), [("size_class_occupations", 9), ("department_occupations", 96)])
def test_classes_and_departments_add_up_to_france(table: str, parts: int) -> None:
    counts = load(table)
    assert counts.groupby("year").size().tolist() == [parts] * 5
    pd.testing.assert_frame_equal(counts.groupby("year")[OCCUPATIONS].sum(), france())


def test_share_of_workers_in_france_at_the_five_censuses() -> None:
    shares = share_of_workers(france()).round(1)
    assert shares.to_dict() == {1982: 31.6, 1990: 28.2, 1999: 24.9, 2006: 22.6, 2011: 21.0}


def test_share_of_workers_in_the_smallest_towns_and_in_paris() -> None:
    classes = load("size_class_occupations").set_index(["size_class", "year"])
    shares = share_of_workers(classes).round(1)
    assert [shares["2,000–4,999", year] for year in (1982, 2011)] == [38.3, 25.6]
    assert [shares["Paris", year] for year in (1982, 2011)] == [23.6, 12.8]


def test_zones_hold_everybody_at_work() -> None:
    zones = load("employment_zones")
    assert zones["employed_2011"].sum() == france().loc[2011].sum()
    workers = (zones["employed_2011"] * zones["workers_pct_2011"]).sum() / zones["employed_2011"].sum()
    assert workers == pytest.approx(share_of_workers(france())[2011], abs=0.05)


def test_third_places_of_the_two_tables() -> None:
    zones, classes = load("employment_zones"), load("third_places_by_commune_class")
    assert (len(zones), zones["third_places"].sum(), zones["coworking"].sum()) == (304, 1502, 1117)
    assert classes["third_places"].sum() == 1512
    assert classes.loc[classes["size_class"].isna(), "third_places"].tolist() == [6]
    for table in (zones, classes):
        assert (table["coworking"] <= table["third_places"]).all()
    assert not ((zones["third_places"] >= 20) & (zones["coworking"] == 0)).any()


def test_land_around_mons_keeps_its_area() -> None:
    land = load("mons_land_use")
    land["area"] = land.drop(columns=["municipality", "name", "year"]).sum(axis=1)
    areas = land.pivot_table(index="name", columns="year", values="area")
    assert areas.shape == (13, 30)
    assert set(range(1983, 2016)) - set(areas) == {1992, 2003, 2006}
    assert (areas.max(axis=1) - areas.min(axis=1)).max() < 4       # ha, of 1,108 to 14,656
    factories = land.query("name == 'Mons'").set_index("year")["workshops_and_factories"].round()
    assert factories[[1983, 1996, 2015]].tolist() == [309, 495, 283]
    assert (factories.idxmax(), round(factories[2012] - factories[2011])) == (1996, -132)


def test_municipalities_around_mons_have_a_point_near_mons() -> None:
    land, points = load("mons_land_use"), load("mons_municipalities").set_index("municipality")
    assert dict(zip(land["municipality"], land["name"], strict=True)) == points["name"].to_dict()
    assert points.loc[points["name"] != points["point_of"], "name"].tolist() == ["Honnelles", "Quévy"]
    mons = points.loc["53053"]
    east = (points["lon"] - mons["lon"]) * 111.2 * np.cos(np.radians(50.45))
    far = np.hypot(east, (points["lat"] - mons["lat"]) * 111.2)
    assert far.max() < 25       # km
    assert (points["lat"].idxmax(), points["lat"].idxmin()) == ("53046", "53083")      # Lens in the north, Honnelles on the border


def test_age_groups_and_dwellings_add_up() -> None:
    communes = load("case_communes_2021")
    ages = communes[["aged_under_20", "aged_20_64", "aged_65_plus"]].sum(axis=1)
    uses = communes[["main_residences", "second_homes", "vacant_dwellings"]].sum(axis=1)
    assert (ages - communes["population_2021"]).abs().max() <= 3        # rounding by neighbourhood
    assert (uses - communes["dwellings"]).abs().max() <= 3
    assert (communes["houses"] + communes["flats"] <= communes["dwellings"] + 3).all()
    vacant = 100 * communes["vacant_dwellings"] / communes["dwellings"]
    assert (vacant - communes["vacant_dwellings_pct"]).abs().max() <= 0.05001


# ---- what other publications give

def test_census_population_is_the_legal_population() -> None:
    """Two packages, one census: the sums by neighbourhood and the legal populations of 2021."""
    census = load("case_communes_2021").set_index("commune")["population_2021"]
    legal = load("communes").set_index("commune")["population_2021"]
    assert (census - legal[census.index]).abs().max() <= 2


@pytest.mark.parametrize(("year", "people"), [(2019, 65_096_768), (2020, 65_269_154)])
def test_communes_and_what_could_not_be_matched_make_metropolitan_france(year: int, people: int) -> None:
    """The legal populations of metropolitan France that INSEE published; communes that split count once."""
    column = f"population_{year}"
    lost = load("communes_unmatched").query("column == @column").drop_duplicates(["counted", "left_out"])
    assert load("communes")[column].sum() + lost["people"].sum() == people


@pytest.mark.parametrize(("commune", "people"), [("75056", [2165423, 2145906, 2133111, 2113705, 2103778])])
def test_legal_populations_of_paris(commune: str, people: list[int]) -> None:
    row = load("communes").set_index("commune").loc[commune]
    assert row[[f"population_{year}" for year in range(2019, 2024)]].tolist() == people


def test_the_empty_cells_of_communes_are_those_of_the_list() -> None:
    communes, lost = load("communes").set_index("commune"), load("communes_unmatched")
    empty = {(commune, column) for column in communes for commune in communes.index[communes[column].isna()]}
    listed = {(row.commune, column) for row in lost.itertuples() for column in row.column.split(", ")}
    assert empty == listed
    assert lost["column"].value_counts().to_dict() == {
        "population_2022": 55, "population_2021": 21, "population_2020": 10, "population_2019": 10,
        "lon, lat": 5}


def test_no_commune_of_the_packages_jumps_where_it_only_merged() -> None:
    """A merger that is counted in part shows as a fall and a rise of the same size: none is left."""
    people = load("communes").set_index("commune")[[f"population_{year}" for year in range(2019, 2024)]]
    step = people[people["population_2019"] > 500].pct_change(axis=1, fill_method=None)
    there_and_back = ((step < -0.1) & (step.shift(-1, axis=1) > 0.1)).any(axis=1)
    assert step.index[there_and_back].tolist() == []


def test_towns_change_little_in_four_years_unless_listed_with_a_reason() -> None:
    towns = load("urban_units").set_index("urban_unit")
    change = towns["population_2023"] / towns["population_2019"] - 1
    listed = {entry["urban_unit"]: entry["reason"] for entry in schema.resource("urban_units")["exceptions"]}
    assert set(change.index[change.abs() > 0.25]) == set(listed)
    assert all(reason.startswith(towns.loc[unit, "name"]) for unit, reason in listed.items())


def test_towns_lose_no_ground_to_a_split() -> None:
    """Essarts en Bocage was one commune in 2019; the three of today are counted."""
    communes = load("communes").set_index("commune")["population_2023"]
    towns = load("urban_units").set_index("urban_unit")
    assert towns.loc["85212", "population_2023"] == communes[["85084", "85165", "85212"]].sum()
    assert towns.loc["85212", "population_2019"] == 9174


def test_a_town_holds_its_main_commune() -> None:
    towns = load("urban_units").set_index("main_commune_2026")
    communes = load("communes").set_index("commune")
    for year in (2019, 2023):
        people = communes.loc[towns.index, f"population_{year}"]
        assert (people.isna() | (people.to_numpy() <= towns[f"population_{year}"].to_numpy())).all()


def test_specialised_towns_counted_by_those_who_made_the_tables() -> None:
    """An index of 1.25 or more in 2011: 43.4 % of 2,175 towns under 100,000 people, 7 of 54 larger ones."""
    towns, units = load("urban_units").set_index("urban_unit"), load("urban_units_occupations")
    units["share"] = share_of_workers(units)
    shares = units.pivot_table(index="urban_unit", columns="year", values="share", dropna=False)
    index = shares / share_of_workers(france())
    small = towns["size_class"] <= "50,000–99,999"
    assert (small.sum(), index[small].notna().all(axis=1).sum()) == (2175, 2174)
    assert round(100 * (index.loc[small, 2011] >= 1.25).mean(), 1) == 43.4
    assert (index.loc[~small, 2011] >= 1.25).sum() == 7
    assert ((index.loc[small, 1982] < 1) & (index.loc[small, 2011] >= 1.25)).sum() == 77


def test_the_stand_in_and_industry_by_department() -> None:
    table = load("industry_and_workers_by_department")
    assert len(table) == 93
    assert set(load("department_occupations")["department"]) - set(table["department"]) == {"92", "93", "94"}
    assert round(table["workers_pct_2011"].corr(table["industry_pct_2016"]), 2) == 0.78
    counts = load("department_occupations").query("year == 2011").set_index("department")
    shares = share_of_workers(counts).round(1)
    assert table.set_index("department")["workers_pct_2011"].eq(shares[table["department"]]).all()


def test_segregation_in_the_gier_valley() -> None:
    """Dissimilarity between workers and managers over the 25 communes: 0.168 in 1982, 0.219 in 2011."""
    valley = load("case_communes_occupations").query("commune not in ['86104', '26281']")

    def dissimilarity(year: int) -> float:
        at = valley[valley["year"] == year]
        return (at["workers"] / at["workers"].sum() - at["managers"] / at["managers"].sum()).abs().sum() / 2

    assert [round(dissimilarity(year), 3) for year in (1982, 2011)] == [0.168, 0.219]


# ---- what joins

def test_units_and_their_counts_join() -> None:
    counts = load("urban_units_occupations")
    assert set(counts["urban_unit"]) == set(load("urban_units")["urban_unit"])
    assert counts.groupby("urban_unit")["year"].agg(tuple).unique().tolist() == [tuple(CENSUSES)]


def test_departments_join_outlines() -> None:
    names = {feature["id"]: feature["properties"]["name"] for feature in outlines("departments")["features"]}
    counts = load("department_occupations")
    assert counts.set_index("department")["name"].to_dict() == names
    assert set(load("communes")["department"]) == set(names)
    # three départements lie whole in the urban unit of Paris
    assert set(names) - set(load("urban_units")["department"]) == {"92", "93", "94"}
    assert set(load("urban_units")["department"]) < set(names)
    written = load("industry_and_workers_by_department").set_index("department")["name"]
    assert written.to_dict() == {code: names[code] for code in written.index}


def test_the_valley_joins_its_outlines_and_communes() -> None:
    names = {feature["id"]: feature["properties"]["name"] for feature in outlines("gier")["features"]}
    communes = load("communes").set_index("commune")["name"]
    for table in ("case_communes_occupations", "case_communes_2021"):
        held = load(table).drop_duplicates("commune").set_index("commune")["name"]
        assert set(held.index) == {*names, "86104", "26281"}
        assert held.to_dict() == communes[held.index].to_dict()
    assert names == communes[list(names)].to_dict()
    assert {"Rive-de-Gier", "La Grand-Croix", "L'Horme", "Échalas"} <= set(names.values())


def test_codes_of_communes_begin_with_their_department() -> None:
    communes = load("communes")
    assert (communes["commune"].str[:2] == communes["department"]).all()
    towns = load("urban_units")
    assert (towns["main_commune"].str[:2] == towns["department"]).all()
    codes = towns.set_index("main_commune")["main_commune_2026"]
    assert codes[codes != codes.index].to_dict() == {"14623": "14408", "49069": "49126"}


# ---- where things are

def inside(point: tuple[float, float], shape: dict) -> bool:
    """Whether a ray to the east crosses the outline an odd number of times."""
    x, y = point
    crossings = 0
    for ring in itertools.chain.from_iterable(shape["coordinates"]):
        corners = np.array(ring)
        (x0, y0), (x1, y1) = corners[:-1].T, corners[1:].T
        across = (y0 > y) != (y1 > y)
        crossings += (x < x0[across] + (y - y0[across]) / (y1 - y0)[across] * (x1 - x0)[across]).sum()
    return crossings % 2 == 1


def distance(point: tuple[float, float], shape: dict) -> float:
    """Degrees of latitude from a point to the nearest corner of an outline."""
    corners = np.vstack([np.array(ring) for ring in itertools.chain.from_iterable(shape["coordinates"])])
    east, north = (corners - point).T
    return float(np.hypot(east * np.cos(np.radians(point[1])), north).min())


@pytest.mark.parametrize("table", ["urban_units", "employment_zones", "communes"])
def test_every_point_lies_in_its_department(table: str) -> None:
    """Or within 0.06 degree of a corner of its simplified outline, which lacks small islands."""
    shapes = {feature["id"]: feature["geometry"] for feature in outlines("departments")["features"]}
    places = load(table).dropna(subset=["lon"])
    codes = places["commune" if table == "communes" else "main_commune"]
    outside = [code for code, lon, lat in zip(codes, places["lon"], places["lat"], strict=True)
               if not inside((lon, lat), shapes[code[:2]]) and distance((lon, lat), shapes[code[:2]]) > 0.06]
    assert outside == [code for code in ISLANDS if table == "communes"]


LOCATED = [("urban_units", "main_commune_2026"), ("employment_zones", "main_commune")]


@pytest.mark.parametrize(("table", "commune"), LOCATED)
def test_a_place_stands_where_its_main_commune_stands(table: str, commune: str) -> None:
    places, communes = load(table), load("communes").set_index("commune")
    there = communes.loc[places[commune], ["lon", "lat"]].to_numpy()
    assert (places[["lon", "lat"]].to_numpy() == there).all()


def test_the_largest_towns_are_cities() -> None:
    towns = load("urban_units")
    assert (towns.loc[towns["size_class"] >= "200,000–1,999,999", "degurba"] == "city").mean() > 0.9
    rural = towns["degurba"] <= "rural cluster"
    assert rural[towns["size_class"] == "2,000–4,999"].mean() > 0.5
    assert rural[towns["size_class"] >= "100,000–199,999"].sum() == 0


def test_outside_an_attraction_area_is_one_thing() -> None:
    towns = load("urban_units")
    outside = pd.DataFrame({"code": towns["aav2020"] == "000",
                            "class": towns["aav_class"] == "outside attraction areas",
                            "category": towns["aav_category"] == "outside"})
    assert outside.sum().tolist() == [246] * 3
    assert (outside.sum(axis=1) % 3 == 0).all()


# ---- what is quoted

@pytest.mark.parametrize("table", ["case_facts", "published_figures"])
def test_quoted_values_are_ranges_with_a_unit(table: str) -> None:
    quoted = load(table)
    both = quoted.dropna(subset=["low", "high"])
    assert (both["low"] <= both["high"]).all()
    valued = quoted[["low", "high"]].notna().any(axis=1)
    assert (valued == quoted["unit"].notna()).all()
    dated = quoted.dropna(subset=["year_from", "year_to"])
    assert (dated["year_from"] <= dated["year_to"]).all()


def test_sources_that_differ_are_shown_as_a_range_or_said() -> None:
    facts = load("case_facts")
    differ = facts[facts["certainty"] == "sources differ"]
    assert (differ["low"] < differ["high"]).all()
    assert facts["case"].value_counts().to_dict() == {
        "Genouillé": 11, "Novaciéries": 8, "Romans-sur-Isère": 7, "Gier valley": 2, "Mons": 2}


def test_the_timeline_dates_only_what_the_introduction_dates() -> None:
    timeline = load("timeline").set_index("event")
    assert timeline["date"].dropna().to_dict() == {"speech": "2023-05-11", "jobs-since-2016": "2016"}
    amounts = timeline["amount"].dropna()
    assert amounts.to_dict() == {"industrial-land": 1000, "territoires-d-industrie-2": 100}
    assert timeline["paragraph"].isin([1, 2]).all()


def test_facts_that_two_tables_quote_agree() -> None:
    facts, figures = load("case_facts").set_index("fact"), load("published_figures").set_index("figure")
    both = facts.index.intersection(figures.index)
    assert len(both) >= 10
    figures = figures.loc[both].dropna(subset=["unit"])
    assert len(figures) >= 8
    for column in ("low", "high", "unit"):
        pd.testing.assert_series_equal(facts.loc[figures.index, column], figures[column], check_names=False)
