"""Standardised measures, components, classes, stability: scikit-learn's and SciPy's results, toys, invariants."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler

from methods.profiles import bootstrap_stability, classes, principal_components, profiles, standardise
from methods.quality import adjusted_rand


def drawn(seed: int = 0, n: int = 60) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    centre = generator.normal(0, 2, (3, 4))[generator.integers(0, 3, n)]
    return pd.DataFrame(centre + generator.normal(size=(n, 4)), [f"z{i:02}" for i in range(n)], list("abcd"))


def test_standardised_as_scikit_learn_does() -> None:
    frame = drawn()
    assert standardise(frame).to_numpy() == pytest.approx(StandardScaler().fit_transform(frame))


def test_components_are_scikit_learns_but_for_the_sign() -> None:
    frame = drawn(1)
    found, other = principal_components(frame), PCA().fit(StandardScaler().fit_transform(frame))
    assert found.explained.to_numpy() == pytest.approx(other.explained_variance_ratio_)
    scores = other.transform(StandardScaler().fit_transform(frame))
    assert np.abs(found.scores.to_numpy()) == pytest.approx(np.abs(scores))


def test_loadings_are_correlations_and_their_largest_points_upwards() -> None:
    frame = drawn(2)
    found = principal_components(frame)
    for measure in frame:
        for number in found.scores:
            assert found.loadings.loc[measure, number] == pytest.approx(np.corrcoef(frame[measure], found.scores[number])[0, 1])
    assert (found.loadings.abs().max() == found.loadings.max()).all()
    assert (found.loadings**2).sum(axis=1).to_numpy() == pytest.approx(np.ones(4))


@pytest.mark.parametrize("number", [1, 2, 3, 5])
def test_ward_is_scipys(number: int) -> None:
    frame = drawn(3)
    other = fcluster(linkage(standardise(frame), "ward"), number, "maxclust")
    assert adjusted_rand(classes(frame, number).to_numpy(), other) == pytest.approx(1)


def test_k_means_is_scikit_learns_from_wards_centres() -> None:
    frame = drawn(4)
    z, ward = standardise(frame), classes(frame, 3)
    start = z.groupby(ward.loc[z.index]).mean().to_numpy()
    other = KMeans(3, init=start, n_init=1, algorithm="lloyd").fit_predict(z)
    assert adjusted_rand(classes(frame, 3, "k-means").to_numpy(), other) == pytest.approx(1)


def test_classes_are_numbered_from_the_largest() -> None:
    labels = classes(pd.DataFrame({"rate": [9, 1, 2, 8, 9, 50]}), 3)
    assert labels.tolist() == [1, 2, 2, 1, 1, 3]


@given(st.permutations([f"z{i:02}" for i in range(60)]))
def test_nothing_hangs_on_the_order_of_rows(order: list[str]) -> None:
    frame = drawn(5)
    moved = frame.loc[order]
    for method in ("ward", "k-means"):
        labels = classes(moved, 3, method)
        assert labels.index.tolist() == order
        pd.testing.assert_series_equal(labels.sort_index(), classes(frame, 3, method))
    pd.testing.assert_frame_equal(principal_components(moved).scores, principal_components(frame).scores)
    pd.testing.assert_frame_equal(profiles(moved, labels), profiles(frame, labels))


def test_stability_does_not_hang_on_the_order_either() -> None:
    frame = drawn(6)
    moved = frame.sample(frac=1, random_state=2)
    for method in ("ward", "k-means"):
        pd.testing.assert_series_equal(bootstrap_stability(frame, 3, method, 8), bootstrap_stability(moved, 3, method, 8))


def test_clear_groups_come_back_and_noise_does_not() -> None:
    generator = np.random.default_rng(7)
    clear = pd.DataFrame(np.repeat([[0, 0], [20, 0], [0, 20]], 20, axis=0) + generator.normal(size=(60, 2)))
    assert bootstrap_stability(clear, 3, draws=25).min() == pytest.approx(1)
    noise = pd.DataFrame(generator.normal(size=(60, 2)))
    assert bootstrap_stability(noise, 6, draws=25).min() < 0.75


def test_profiles_by_hand() -> None:
    frame = pd.DataFrame({"rate": [2.0, 4, 6], "size": [1.0, 1, 4]})
    table = profiles(frame, pd.Series(["x", "x", "y"]))
    assert table["places"].tolist() == [2, 1]
    assert table["rate"].tolist() == pytest.approx([-1 / (8 / 3) ** 0.5, 2 / (8 / 3) ** 0.5])
    assert table["size"].tolist() == pytest.approx([-1 / 2**0.5, 2 / 2**0.5])


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda f: standardise(f.assign(e=3)), "'e' is the same everywhere"),
        (lambda f: standardise(f.assign(a=f["a"].where(f.index != "z00"))), "'z00' has no 'a'"),
        (lambda f: principal_components(f.rename({"z01": "z00"})), "'z00' stands twice"),
        (lambda f: classes(f, 3, "magic"), "method is 'magic'"),
        (lambda f: classes(f, 61), "classes is 61"),
        (lambda f: profiles(f, pd.Series(1, f.index[1:])), "'z00' has measures or a class, not both"),
        (lambda f: bootstrap_stability(f, 3, draws=0), "draws is 0"),
    ],
)
def test_what_is_refused(make: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make(drawn())
