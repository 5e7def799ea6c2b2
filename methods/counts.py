"""Counts explained: Poisson regression with an exposure, and errors that allow for more spread than Poisson's."""
from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd
import scipy

from methods._words import plain
from methods.concentration import tail_of

__all__ = ["poisson_regression", "PoissonFit"]

STEPS = 100
TOLERANCE = 1e-12
VANISHED = -16.0         # a rate under a ten-millionth of the whole's: there is none


@dataclass(frozen=True)
class PoissonFit:
    """A fitted Poisson regression.

    Attributes
    ----------
    table : DataFrame, one row per coefficient, "constant" first
        `coefficient` and its `error`; `ratio`, what one unit more of the variable multiplies the rate by, with
        `low` and `high`; `p_value`.
    dispersion : float
        Pearson's chi-square over the degrees of freedom: 1 when the counts vary as Poisson counts do.
    deviance, null_deviance : float
        Of this model, and of the one with the same rate everywhere.
    fitted, residuals : Series, one per unit, in sorted order
        Expected counts, and Pearson residuals (divided by the root of the expected count).
    """

    table: pd.DataFrame
    dispersion: float
    deviance: float
    null_deviance: float
    fitted: pd.Series
    residuals: pd.Series


def _deviance(y: np.ndarray, mean: np.ndarray) -> float:
    """Twice the log-likelihood lost against a model that fits each count."""
    return float(2 * (scipy.special.xlogy(y, y / mean) - (y - mean)).sum())


def _design(counts: pd.Series, predictors: pd.DataFrame, exposure: pd.Series) -> tuple[pd.Index, np.ndarray, np.ndarray, np.ndarray]:
    """Check what was given; index, counts, columns and exposure in sorted order."""
    for other in (predictors, exposure):
        lost = counts.index.symmetric_difference(other.index)
        if len(lost):
            raise ValueError(f"{plain(lost[0])} does not stand in the counts, the predictors and the exposure alike: give it all three")
    index = counts.index.sort_values()
    y, n = counts[index].to_numpy(float), exposure[index].to_numpy(float)
    x = np.column_stack([np.ones(len(index)), predictors.loc[index].to_numpy(float)])
    for what, bad, rule in (("count", ~(y >= 0), "0 or more"), ("exposure", ~(n > 0), "above 0"),
                            ("row of predictors", ~np.isfinite(x).all(axis=1), "finite and complete")):
        if bad.any():
            raise ValueError(f"the {what} of {plain(index[bad][0])} must be {rule}: mend it or leave the unit out")
    if not y.any():
        raise ValueError("all counts are 0: no rate can be fitted")
    if np.linalg.matrix_rank(x / np.abs(x).max(axis=0).clip(min=1e-300)) < x.shape[1] or len(index) <= x.shape[1]:
        raise ValueError(f"the {x.shape[1]} coefficients can't be told apart with {len(index)} units: drop one of "
                         f"{plain(predictors.columns)}, or a group's reference")
    return index, y, x, n


def _solve(y: np.ndarray, x: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Coefficients by iteratively reweighted least squares, from the same rate everywhere."""
    beta = np.zeros(x.shape[1])
    beta[0] = np.log(y.sum() / n.sum())
    level, before = beta[0], np.inf
    for _ in range(STEPS):
        mean = n * np.exp(np.clip(x @ beta, -700, 700))
        now = _deviance(y, mean)
        if (x @ beta - level).min() < VANISHED:
            break
        if abs(before - now) <= TOLERANCE * (abs(now) + 0.1):
            return beta
        before, root = now, np.sqrt(mean)
        working = x @ beta + (y - mean) / mean
        beta = np.linalg.lstsq(x * root[:, None], working * root, rcond=None)[0]
    raise ValueError("no solution: a rate runs away to 0 or to infinity; a group without any count has no rate ratio; join it to another")


def poisson_regression(counts: pd.Series, predictors: pd.DataFrame, exposure: pd.Series, quasi: bool = True,
                       level: float = 0.95) -> PoissonFit:
    """Explain the rate of counts: log(expected count) = log(exposure) + constant + sum of coefficients × predictors.

    Parameters
    ----------
    counts : Series of numbers, 0 or more, one per unit
    predictors : DataFrame, one row per unit, on the same index
        Numbers; without a constant. Standardise them (`methods.profiles.standardise`) to compare ratios.
    exposure : Series above 0, on the same index
        People, for example: twice as many are expected to have twice the count.
    quasi : bool
        Multiply the errors by the root of the dispersion (quasi-Poisson): units vary more than counts drawn at
        one rate would, and Poisson's own errors take no notice.
    level : float
        Confidence of the bounds (normal law).

    Returns
    -------
    PoissonFit

    Raises
    ------
    ValueError
        When the three are not about the same units, a value is impossible, the predictors repeat one another,
        or there is no solution (a group in which nothing was counted).

    References
    ----------
    McCullagh, P. and Nelder, J. A. (1989). Generalized Linear Models, 2nd ed. Chapman & Hall. Wedderburn, R.
    W. M. (1974). Quasi-likelihood functions, generalized linear models, and the Gauss–Newton method.
    Biometrika 61(3), 439–447.

    Examples
    --------
    Two kinds of zones: 2 + 4 places for 200 people, 9 + 9 for 200. The ratio of the rates is 18 / 6.

    >>> zones = pd.DataFrame({"places": [2, 4, 9, 9], "people": [100.0] * 4, "large": [0, 0, 1, 1]})
    >>> fit = poisson_regression(zones["places"], zones[["large"]], zones["people"], quasi=False)
    >>> fit.table["ratio"].round(6).tolist(), fit.fitted.round(6).tolist()
    ([0.03, 3.0], [3.0, 3.0, 9.0, 9.0])
    """
    z = NormalDist().inv_cdf(1 - tail_of(level))
    index, y, x, n = _design(counts, predictors, exposure)
    beta = _solve(y, x, n)
    mean = n * np.exp(x @ beta)
    pearson = (y - mean) / np.sqrt(mean)
    dispersion = float((pearson**2).sum() / (len(y) - x.shape[1]))
    cover = np.linalg.inv(x.T @ (x * mean[:, None])) * (dispersion if quasi else 1.0)
    error = np.sqrt(np.diag(cover))
    table = pd.DataFrame({"coefficient": beta, "error": error, "ratio": np.exp(beta), "low": np.exp(beta - z * error),
                          "high": np.exp(beta + z * error), "p_value": 2 * scipy.special.ndtr(-np.abs(beta / np.where(error > 0, error, np.nan)))},
                         index=["constant", *predictors.columns])
    return PoissonFit(table, dispersion, _deviance(y, mean), _deviance(y, n * y.sum() / n.sum()),
                      pd.Series(mean, index), pd.Series(pearson, index))
