"""Coded plots: Gower's distance by hand and by loops, classes against SciPy's tree."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from methods.plots import gower, plot_classes
from methods.quality import adjusted_rand

PLOTS = pd.DataFrame({"footprint": [100, 300, 500], "coverage": [0.2, 0.8, 0.8], "access": ["street", "yard", "yard"]}, index=["x", "y", "z"])
plots = st.lists(st.tuples(st.integers(1, 9), st.sampled_from("abc"), st.sampled_from("uv")), min_size=2, max_size=8).map(
    lambda rows: pd.DataFrame(rows, [f"p{i}" for i in range(len(rows))], ["size", "access", "mix"]))


def test_gower_by_hand() -> None:
    d = gower(PLOTS)
    assert d.loc["x", "y"] == pytest.approx((0.5 + 1 + 1) / 3)
    assert d.loc["x", "z"] == pytest.approx(1)
    assert d.loc["y", "z"] == pytest.approx((0.5 + 0 + 0) / 3)
    assert plot_classes(PLOTS, 2).to_dict() == {"x": 1, "y": 2, "z": 2}


@given(plots)
def test_gower_is_what_loops_give(coded: pd.DataFrame) -> None:
    d, span = gower(coded), max(coded["size"].max() - coded["size"].min(), 1)
    for a in coded.index:
        for b in coded.index:
            one, other = coded.loc[a], coded.loc[b]
            parts = [abs(one["size"] - other["size"]) / span, one["access"] != other["access"], one["mix"] != other["mix"]]
            assert d.loc[a, b] == pytest.approx(sum(parts) / 3)


@given(plots, st.integers(1, 8), st.sampled_from(["average", "complete", "k-medoids"]), st.randoms(use_true_random=False))
def test_order_and_names_do_not_matter(coded: pd.DataFrame, classes: int, method: str, random: object) -> None:
    classes = min(classes, len(coded))
    rows = list(coded.index)
    random.shuffle(rows)
    mixed = coded.loc[rows, coded.columns[::-1]]
    pd.testing.assert_series_equal(plot_classes(mixed, classes, method), plot_classes(coded, classes, method))
    assert plot_classes(coded, classes, method).nunique() == classes


def test_classes_are_scipys_when_nothing_is_tied() -> None:
    generator = np.random.default_rng(7)
    for _ in range(10):
        coded = pd.DataFrame({"a": generator.random(12), "b": generator.random(12)}, index=[f"p{i:02}" for i in range(12)])
        other = fcluster(linkage(squareform(gower(coded).to_numpy(), checks=False), "average"), 4, "maxclust")
        assert adjusted_rand(plot_classes(coded, 4).to_numpy(), other) == 1


def test_what_is_refused() -> None:
    with pytest.raises(ValueError, match="a code is missing"):
        gower(PLOTS.mask(PLOTS == 0.2))
    with pytest.raises(ValueError, match="the plot 'x' stands twice"):
        gower(pd.concat([PLOTS, PLOTS]))
    for classes in (0, 4):
        with pytest.raises(ValueError, match=f"{classes} classes of 3 plots"):
            plot_classes(PLOTS, classes)
    with pytest.raises(ValueError, match="method is 'single'"):
        plot_classes(PLOTS, 2, "single")
