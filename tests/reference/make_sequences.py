"""Make the results of giddy and sequenzo that the tests compare with.

    python -m tests.reference.make_sequences

Installs both into an environment of their own (`.venv/others`, about 1 GB, once), computes, and writes `sequences.npz`
and `sequences.json` (versions, and what each array is) beside this file. `make bench` uses the same environment.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import venv
import warnings
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent
ENVIRONMENT = HERE.parents[1] / ".venv" / "others"
ABOUT = {
    "sequences": "60 sequences of 7 dates and 4 states: a chain that stays with probability 0.7, seed 63",
    "sequenzo constant": "OM, sm CONSTANT (2), indel 1",
    "sequenzo transitions": "OM, sm TRATE, indel 1",
    "sequenzo transition costs": "the substitution costs of TRATE",
    "sequenzo hamming": "HAM",
    "giddy interval": "dist_type interval: |i - j|, indel 3",
    "giddy hamming": "dist_type hamming",
    "giddy arbitrary": "dist_type arbitrary: 0.5, indel 1",
    "giddy markov": "dist_type markov: (2 - p - p') / 2, indel 1",
    "giddy own": "subs_mat own costs, own indel",
    "own costs": "symmetric costs drawn at random",
    "own indel": "their indel",
}


def others_python() -> Path:
    """Python of the environment that has both, made when it is missing; BOOK_OTHERS names another one."""
    if given := os.environ.get("BOOK_OTHERS"):
        return Path(given)
    python = ENVIRONMENT / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not (ENVIRONMENT / "ready").exists():
        print(f"Installing giddy and sequenzo into {ENVIRONMENT} (once, about 1 GB) ...", flush=True)
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
        subprocess.run(
            [
                python,
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--requirement",
                HERE / "requirements.txt",
            ],
            check=True,
        )
        (ENVIRONMENT / "ready").touch()
    return python


def chain(n: int, dates: int, states: int, seed: int, stay: float = 0.7) -> np.ndarray:
    """Sequences that keep their state with probability `stay` and else draw any."""
    generator = np.random.default_rng(seed)
    table = generator.integers(0, states, (n, dates))
    for date in range(1, dates):
        table[:, date] = np.where(generator.random(n) < stay, table[:, date - 1], table[:, date])
    return table


def with_sequenzo(table: np.ndarray) -> Any:
    """Wrap a table for sequenzo, without what it prints."""
    import pandas as pd
    from sequenzo import SequenceData

    dates = [str(2000 + i) for i in range(table.shape[1])]
    frame = pd.DataFrame(table, columns=dates)
    frame.insert(0, "id", range(len(frame)))
    states = list(range(int(table.max()) + 1))
    with contextlib.redirect_stdout(io.StringIO()):
        return SequenceData(frame, time=dates, id_col="id", states=states, labels=[f"s{i}" for i in states])


def sequenzo_distances(wrapped: Any, **choices: Any) -> np.ndarray:
    """Distances of sequenzo, without what it prints."""
    from sequenzo import get_distance_matrix

    with contextlib.redirect_stdout(io.StringIO()):
        return np.asarray(get_distance_matrix(seqdata=wrapped, **choices))


def giddy_distances(table: np.ndarray, **choices: Any) -> np.ndarray:
    """Distances of giddy, without what it prints."""
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from giddy.sequence import Sequence

        return Sequence(table.astype(str), **choices).seq_dis_mat


def compute() -> None:
    """Compute everything and write both files (runs in the other environment)."""
    from sequenzo import get_substitution_cost_matrix

    table = chain(60, 7, 4, seed=63)
    prices = np.random.default_rng(64).uniform(0.5, 2, (4, 4)).round(3)
    own = np.triu(prices, 1) + np.triu(prices, 1).T
    wrapped = with_sequenzo(table)
    with contextlib.redirect_stdout(io.StringIO()):
        rates = get_substitution_cost_matrix(wrapped, method="TRATE")["sm"]
    rates = np.asarray(rates, float)[-4:, -4:]  # sequenzo counts states from 1
    results = {
        "sequenzo constant": sequenzo_distances(wrapped, method="OM", sm="CONSTANT", indel=1),
        "sequenzo transitions": sequenzo_distances(wrapped, method="OM", sm="TRATE", indel=1),
        "sequenzo hamming": sequenzo_distances(wrapped, method="HAM"),
        "giddy own": giddy_distances(table, subs_mat=own, indel=0.8),
    }
    results |= {
        f"giddy {kind}": giddy_distances(table, dist_type=kind)
        for kind in ("interval", "hamming", "arbitrary", "markov")
    }
    halves = {name: d[np.triu_indices(len(table), 1)] for name, d in results.items()}
    others = {
        "sequences": table.astype(np.int8),
        "own costs": own,
        "own indel": np.array(0.8),
        "sequenzo transition costs": rates,
    }
    np.savez_compressed(HERE / "sequences.npz", **others, **halves)
    versions = {name: version(name) for name in ("sequenzo", "giddy", "numpy", "scipy")} | {
        "python": ".".join(map(str, sys.version_info[:3]))
    }
    (HERE / "sequences.json").write_text(json.dumps({"versions": versions, "arrays": ABOUT}, indent=2) + "\n")


if __name__ == "__main__":
    if "--here" in sys.argv:
        compute()
    else:
        subprocess.run([others_python(), Path(__file__), "--here"], check=True)
