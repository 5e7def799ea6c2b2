"""``python -m data.recipes`` makes again the files that have a recipe; ``--check`` only compares."""
from __future__ import annotations

import argparse
import csv
import filecmp
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from data import package
from data.recipes import carry_over, case_communes, communes, mons, shapes
from data.recipes.fetch import Downloads
from data.recipes.geography import Outlines

HOME = Path(__file__).resolve().parents[1]
FILES = ["tables/communes.csv", "tables/communes_unmatched.csv", "tables/former_communes.csv",
         "tables/case_communes_2021.csv", "tables/mons_municipalities.csv", "outlines/departments.geojson", "outlines/gier.geojson"]


def make(downloads: Downloads, outlines: Outlines, out: Path) -> None:
    """Write every file of `FILES` below a folder."""
    communes.make(downloads, outlines, out)
    shapes.make(downloads, outlines, out)
    case_communes.make(downloads, out)
    mons.make(downloads, out)


def misplaced(outlines: Outlines) -> list[str]:
    """Points and degrees of urbanisation of the official tables that the packages don't give again."""
    import pandas as pd
    wrong = []
    for name, commune in carry_over.LOCATED.items():
        held = pd.read_csv(HOME / "tables" / f"{name}.csv", dtype=str, keep_default_na=False)
        again = carry_over.located(held, commune, outlines)
        for row in held.index[(held != again).any(axis=1)]:
            before, after = list(held.loc[row]), list(again.loc[row])
            wrong.append(f"tables/{name}.csv, line {row + 2}: {before} would be {after}")
    return wrong


def check(downloads: Downloads, outlines: Outlines) -> list[str]:
    """What the recipes would change in the files of the book."""
    with tempfile.TemporaryDirectory() as folder:
        make(downloads, outlines, Path(folder))
        _, *others = filecmp.cmpfiles(HOME, folder, FILES, shallow=False)
    wrong = [f"{file}: the recipe gives another file" for files in others for file in files]
    return wrong + misplaced(outlines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m data.recipes", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if anything would change")
    parser.add_argument("--downloads", type=Path, metavar="FOLDER", help="keep packages here, and use them")
    options = parser.parse_args()
    missing = [name for name in ("shapely", "pyarrow") if find_spec(name) is None]
    if missing:
        print(f"no {' and no '.join(missing)}: pip install -r data/recipes/requirements.txt", file=sys.stderr)
        return 2
    csv.field_size_limit(2**31 - 1)
    with tempfile.TemporaryDirectory() as folder:
        downloads = Downloads(options.downloads or Path(folder))
        outlines = Outlines(downloads)
        if not options.check:
            make(downloads, outlines, HOME)
            print(f"{package.note()} entries of datapackage.json changed")
            return 0
        wrong = check(downloads, outlines)
    print("\n".join(wrong) or f"the recipes give again {len(FILES)} files and all points")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
