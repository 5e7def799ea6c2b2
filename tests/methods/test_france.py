"""The methods on the towns of France: figures worked out apart from this code, and what the chapter relies on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data import OCCUPATIONS, load
from methods.clusters import clusters, join_count, neighbours
from methods.costs import constant_costs, transition_costs
from methods.matching import Matching, expand, optimal_matching
from methods.quality import adjusted_rand, partitions, quality, tie_sensitivity
from methods.representation import over_representation, two_reasons
from methods.specialisation import classify, location_quotient, share

STATES = ["under", "below", "above", "specialised"]


@pytest.fixture(scope="module")
def units() -> pd.DataFrame:
    return load("urban_units").set_index("urban_unit")


@pytest.fixture(scope="module")
def shares() -> pd.DataFrame:
    counts = load("urban_units_occupations")
    counts = counts.assign(everybody=counts[OCCUPATIONS].sum(axis=1))
    part, whole = (counts.pivot_table(name, "urban_unit", "year", "sum") for name in ("workers", "everybody"))
    return share(part, whole)


@pytest.fixture(scope="module")
def index(shares: pd.DataFrame) -> pd.DataFrame:
    country = load("france_occupations").set_index("year")
    return location_quotient(shares, country.workers / country[OCCUPATIONS].sum(axis=1))


@pytest.fixture(scope="module")
def small(units: pd.DataFrame) -> pd.Series:
    return units.size_class < "100,000–199,999"


@pytest.fixture(scope="module")
def states(index: pd.DataFrame, small: pd.Series) -> pd.DataFrame:
    return classify(index[small.loc[index.index]].dropna(), [0.8, 1, 1.25], STATES)


@pytest.fixture(scope="module")
def matched(states: pd.DataFrame) -> Matching:
    return optimal_matching(states, transition_costs(states))


def test_specialised_towns_in_2011(index: pd.DataFrame, small: pd.Series) -> None:
    """2,175 of 2,229 units are small; 43.4 % of them specialised, 7 of the 54 larger ones."""
    specialised = index[2011] >= 1.25
    table = over_representation(small, specialised)
    assert table.towns.to_dict() == {False: 54, True: 2_175}
    assert table.marked[False] == 7
    assert table.share[True] == pytest.approx(0.434, abs=5e-4)
    reasons = two_reasons(small, specialised)
    assert reasons.odds == pytest.approx(reasons.many * reasons.often)


def test_newly_specialised_towns(index: pd.DataFrame, shares: pd.DataFrame, small: pd.Series) -> None:
    """77 were under 1 in 1982 and at 1.25 or more in 2011; in 28 of them the share of workers did not rise."""
    new = small.loc[index.index] & (index[1982] < 1) & (index[2011] >= 1.25)
    assert new.sum() == 77
    assert (shares.loc[new, 2011] <= shares.loc[new, 1982]).sum() == 28


def test_one_town_has_no_figure_in_1982(index: pd.DataFrame, small: pd.Series, states: pd.DataFrame) -> None:
    """Saint-Nazaire, 66104: missing, never a state (given one, it would make a 272nd sequence)."""
    holes = index[small.loc[index.index]].isna().any(axis=1)
    assert holes.index[holes].tolist() == ["66104"]
    assert len(states) == 2_174
    assert len(states.drop_duplicates()) == 271


def test_specialised_towns_cluster(units: pd.DataFrame, index: pd.DataFrame) -> None:
    """Pairs at most 20 km apart, all units: far more than any of 200 random draws, by about a fifth."""
    located = units.lon.notna()
    pairs, specialised = neighbours(units, 20), (index[2011] >= 1.25).loc[units.index[located]]
    result = join_count(specialised, pairs, draws=200)
    assert result.observed > result.largest > result.expected
    assert result.observed / result.expected == pytest.approx(1.19, abs=0.02)
    assert clusters(specialised, pairs)["size"].gt(0).sum() == specialised.sum()


def test_the_same_page_for_any_order_of_rows(states: pd.DataFrame, matched: Matching) -> None:
    """Classes of each method, whole towns shuffled."""
    mixed = states.sample(frac=1, random_state=63)
    again = optimal_matching(mixed, transition_costs(mixed))
    for method in ("average", "ward", "complete", "k-medoids"):
        one, other = (
            expand(partitions(m.distances, m.weights, [4], method)[4], m.index) for m in (matched, again)
        )
        pd.testing.assert_series_equal(one, other.loc[one.index])


def test_what_ties_change(states: pd.DataFrame, matched: Matching) -> None:
    """Medoids with transition costs hardly move when ties are broken otherwise; trees do."""
    stable = tie_sensitivity(matched.distances, matched.weights, [3, 4, 5], "k-medoids")
    assert stable.min().min() > 0.95
    constant = optimal_matching(states, constant_costs(STATES))
    for method in ("ward", "average"):
        assert tie_sensitivity(constant.distances, constant.weights, 4, method)[4].min() < 0.7
        assert tie_sensitivity(matched.distances, matched.weights, 4, method)[4].min() < 0.8


def test_four_classes_are_a_good_number(matched: Matching) -> None:
    """The average silhouette is highest at three and four; the fifth class takes away far less than the fourth."""
    table = quality(
        matched.distances,
        matched.weights,
        partitions(matched.distances, matched.weights, range(1, 9), "k-medoids"),
    )
    assert set(table.silhouette.nlargest(2).index) == {3, 4}
    assert table.jump[4] > 3 * table.jump[5]
    assert table.smallest[4] > 200


def test_shuffled_rows_move_a_usual_library(states: pd.DataFrame) -> None:
    """What the canonical order is for: SciPy's Ward on all towns, rows shuffled, agrees with itself far from fully."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    constant = optimal_matching(states, constant_costs(STATES))
    d, mix = expand(constant.distances, constant.index), np.random.default_rng(1).permutation(len(states))
    usual = fcluster(linkage(squareform(d, checks=False), "ward"), 4, "maxclust")
    shuffled = fcluster(linkage(squareform(d[np.ix_(mix, mix)], checks=False), "ward"), 4, "maxclust")
    assert adjusted_rand(usual[mix], shuffled) < 0.95
