"""Make the results of statsmodels and of esda that the tests of counts and of neighbours compare with.

    pip install -r tests/reference/requirements-counts.txt        (in an environment of its own)
    python tests/reference/make_counts.py

Writes `counts.json` beside this file: what was given to both libraries, what they gave, and their versions.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent
ROUND = 12


def digits(values: Any) -> Any:
    """Plain numbers, to twelve significant digits."""
    if np.ndim(values):
        return [digits(v) for v in np.asarray(values).tolist()]
    return float(f"{float(values):.{ROUND}g}")


def regression() -> dict[str, Any]:
    """Poisson regressions of statsmodels on 60 units drawn with more spread than Poisson's."""
    import statsmodels.api as sm

    generator = np.random.default_rng(63)
    x = generator.normal(size=(60, 2)).round(4)
    exposure = np.exp(generator.normal(3, 1, 60)).round(3)
    clumps = generator.gamma(2, 0.5, 60)
    counts = generator.poisson(exposure * np.exp(-2 + 0.5 * x[:, 0] - 0.3 * x[:, 1]) * clumps)
    design = sm.add_constant(x)
    out: dict[str, Any] = {"x": x.tolist(), "exposure": exposure.tolist(), "counts": counts.tolist()}
    for name, scale in (("poisson", None), ("quasi", "X2")):
        model = sm.GLM(counts, design, family=sm.families.Poisson(), offset=np.log(exposure))
        fit = model.fit(scale=scale, tol=1e-14, maxiter=200)
        out[name] = {
            "coefficient": digits(fit.params),
            "error": digits(fit.bse),
            "p_value": digits(fit.pvalues),
            "interval": digits(fit.conf_int()),
            "dispersion": digits(fit.pearson_chi2 / fit.df_resid),
            "deviance": digits(fit.deviance),
            "null_deviance": digits(fit.null_deviance),
            "pearson": digits(fit.resid_pearson),
        }
    return out


def neighbours() -> dict[str, Any]:
    """Nearest neighbours of libpysal, Moran's I and empirical-Bayes rates of esda, on 60 places."""
    from esda.moran import Moran
    from esda.smoothing import Empirical_Bayes
    from libpysal.weights import KNN

    generator = np.random.default_rng(64)
    lon, lat = generator.uniform(-4, 8, 60).round(4), generator.uniform(43, 51, 60).round(4)
    values = (np.sin(lon) + generator.normal(0, 0.5, 60)).round(4)
    w = KNN.from_array(np.column_stack([lon, lat]), k=6, radius=6371.0088)
    near = [sorted(w.neighbors[i]) for i in range(60)]
    w.transform = "r"
    np.random.seed(63)  # noqa: NPY002 - esda draws from it
    moran = Moran(values, w, permutations=9999)
    events, base = generator.poisson(6, 60), generator.integers(200, 4000, 60)
    return {
        "lon": lon.tolist(),
        "lat": lat.tolist(),
        "values": values.tolist(),
        "nearest": [[int(j) for j in row] for row in near],
        "i": digits(moran.I),
        "expected": digits(moran.EI),
        "standard_deviation": digits(moran.seI_rand),
        "p_value": digits(moran.p_sim),
        "events": events.tolist(),
        "base": base.tolist(),
        "smoothed rates": digits(np.ravel(Empirical_Bayes(events, base).r)),
    }


def main() -> None:
    """Compute and write."""
    names = ("statsmodels", "esda", "libpysal", "numpy", "scipy", "pandas")
    versions = {name: version(name) for name in names} | {"python": ".".join(map(str, sys.version_info[:3]))}
    store = {"versions": versions, "regression": regression(), "neighbours": neighbours()}
    (HERE / "counts.json").write_text(json.dumps(store) + "\n", "utf-8")


if __name__ == "__main__":
    main()
