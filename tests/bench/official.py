"""How long a large file of Urssaf takes, and how much memory: a made-up one of 200 MB in the official layout.

    python -m tests.bench.official
"""
from __future__ import annotations

import itertools
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from data import load
from tests.conftest import ROOT
from tests.data.official import making

__all__ = ["main"]

PAGE, TITLE = ROOT / "book" / "measured.md", "## A large official file"
MEGABYTES, SECONDS, GIGABYTE = 200, 60, 1_000_000_000
YEARS = range(2006, 2026)
SECTORS = ["GS1 Industrie", "GS2 Construction", "GS3 Commerce"]


def large(path: Path, codes: list[str]) -> int:
    """Write rows of commune and activity, thirteen of nine groups for each commune in turn, until the file is large enough; how many."""
    draw, rows = np.random.default_rng(0), 0
    head = making.jobs(path, [], list(YEARS), encoding="cp1252").read_bytes()
    pool = [";".join(map(str, figures)) for figures in draw.poisson(3, (5000, 2 * len(YEARS)))]
    with path.open("wb") as file:
        file.write(head)
        for code, n in itertools.cycle(itertools.product(codes, range(13))):
            own = making.described(code, SECTORS[n % 3], f"S{n % 9:02} Denrées alimentaires et boissons", f"{n:04}A")
            file.write((";".join(own) + ";" + pool[draw.integers(len(pool))] + "\r\n").encode("cp1252"))
            rows += 1
            if rows % 1000 == 0 and file.tell() > MEGABYTES * 1_000_000:
                return rows


def measure() -> dict[str, float]:
    """Seconds, peak memory in bytes, rows and size of the command on a large file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        codes = sorted(load("communes")["commune"])
        units = making.zoning(folder / "UU2020_au_01-01-2024.xlsx", {c: (f"{c[:2]}{101 + int(c[2:]) % 25}", "Unit") for c in codes})
        rows = large(folder / "jobs.csv", codes)
        size, begun = (folder / "jobs.csv").stat().st_size, time.monotonic()
        subprocess.run([sys.executable, "-m", "data.official", str(folder / "jobs.csv"), str(units), "--to", str(folder / "own")],
                       cwd=ROOT, check=True, capture_output=True)
        seconds = time.monotonic() - begun
    return {"seconds": seconds, "memory": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024, "rows": rows, "size": size}


def main() -> bool:
    """Measure, print, and note it in the page of measures; whether it is within the aims."""
    found = measure()
    words = (f"`python -m data.official` on a file in Urssaf’s layout, Latin-1, {found['size'] / 1e6:.0f} MB, {found['rows']:,} rows, "
             f"{len(YEARS)} years: {found['seconds']:.0f} s from start to written folder, {found['memory'] / 1e6:,.0f} MB of memory at most. "
             f"Aims: {SECONDS} s and {GIGABYTE / 1e6:,.0f} MB.")
    page = PAGE.read_text("utf-8").split(TITLE)[0].rstrip()
    PAGE.write_text(f"{page}\n\n{TITLE}\n\n{words}\n", "utf-8")
    print(words)
    return found["seconds"] < SECONDS and found["memory"] < GIGABYTE


if __name__ == "__main__":
    sys.exit(not main())
