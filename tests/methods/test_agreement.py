"""Agreement of coders: worked examples from print, another library, and laws."""
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from methods.agreement import both_coded, cohens_kappa, krippendorff_alpha, percent_agreement

# Krippendorff (2011), the reliability data of four observers and twelve units, with its printed results.
OBSERVERS = pd.DataFrame({"A": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None], "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
                          "C": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None], "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None]})
codes = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=25)


@pytest.mark.parametrize(("level", "printed"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_the_published_example_of_alpha(level: str, printed: float) -> None:
    assert krippendorff_alpha(OBSERVERS, level) == pytest.approx(printed, abs=5e-4)


def test_alpha_does_not_hang_on_the_order_of_units_or_coders() -> None:
    turned = OBSERVERS.sample(frac=1, random_state=1)[["D", "B", "A", "C"]]
    for level in ("nominal", "ordinal", "interval"):
        assert krippendorff_alpha(turned, level) == pytest.approx(krippendorff_alpha(OBSERVERS, level), abs=1e-12)


def test_alpha_of_ordered_words_is_that_of_their_ranks() -> None:
    words = OBSERVERS.map(lambda v: None if pd.isna(v) else "abcde"[int(v) - 1])
    names = list("abcde")
    assert krippendorff_alpha(words, "ordinal", names) == pytest.approx(krippendorff_alpha(OBSERVERS, "ordinal"), abs=1e-12)


@given(codes, st.sampled_from([None, "linear", "quadratic"]))
def test_kappa_is_that_of_scikit_learn(pairs: list, weights: str | None) -> None:
    one, other = pd.Series([a for a, _ in pairs]), pd.Series([b for _, b in pairs])
    with np.errstate(invalid="ignore"):
        theirs = cohen_kappa_score(one, other, weights=weights, labels=range(4)) if len({*one, *other}) > 1 else np.nan
    assert cohens_kappa(one, other, weights, range(4)) == pytest.approx(theirs, abs=1e-9, nan_ok=True)


@given(codes)
def test_kappa_is_symmetric_and_one_only_when_all_agree(pairs: list) -> None:
    one, other = pd.Series([a for a, _ in pairs]), pd.Series([b for _, b in pairs])
    kappa = cohens_kappa(one, other)
    assert kappa == pytest.approx(cohens_kappa(other, one), abs=1e-12, nan_ok=True)
    assert kappa == pytest.approx(cohens_kappa(one.sample(frac=1, random_state=2), other), abs=1e-12, nan_ok=True)
    if not np.isnan(kappa):
        assert (kappa > 1 - 1e-9) == (percent_agreement(one, other) == 1)


def test_unknown_is_no_category() -> None:
    one, other = pd.Series(["x", "x", "y", None]), pd.Series(["x", "y", "y", "y"])
    assert len(both_coded(one, other)) == 3
    assert cohens_kappa(one, other) == cohens_kappa(one[:3], other[:3])


def test_weights_forgive_near_misses() -> None:
    one, near, far = pd.Series([0, 1, 2, 3]), pd.Series([0, 1, 2, 2]), pd.Series([0, 1, 2, 0])
    assert cohens_kappa(one, near, "quadratic") > cohens_kappa(one, near) > cohens_kappa(one, far, "quadratic")


@pytest.mark.parametrize(("call", "words"), [
    (lambda: cohens_kappa(pd.Series(["a"]), pd.Series(["a"]), "cubic"), "None, 'linear' or 'quadratic'; got 'cubic'"),
    (lambda: cohens_kappa(pd.Series(["a", "b"]), pd.Series(["a", "c"]), None, ["a", "b"]), "'c' is not one of"),
    (lambda: cohens_kappa(pd.Series(["low"]), pd.Series(["high"]), "linear"), "have none: give categories"),
    (lambda: both_coded(pd.Series({"u": 1}), pd.Series({"v": 1})), "only one coder has the unit 'u'"),
    (lambda: both_coded(pd.Series([1, 2], ["u", "u"]), pd.Series([1, 2], ["u", "u"])), "'u' is coded twice"),
    (lambda: both_coded(pd.Series([None]), pd.Series([1])), "no unit was coded by both"),
    (lambda: krippendorff_alpha(OBSERVERS, "ratio"), "got 'ratio'"),
    (lambda: krippendorff_alpha(OBSERVERS[["A"]]), "no unit was coded by two"),
    (lambda: krippendorff_alpha(OBSERVERS, "ordinal", [1, 2, 3]), "not among the categories")])
def test_what_cannot_be_is_said(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()


def test_one_code_throughout_is_undefined() -> None:
    same = pd.Series(["x", "x"])
    assert np.isnan(cohens_kappa(same, same))
    assert np.isnan(krippendorff_alpha(pd.DataFrame({"a": same, "b": same})))
