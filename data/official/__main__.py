"""``python -m data.official FILES --to FOLDER``: official files in, tables that the chapters can run on out."""
from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from data.official.census import is_census, read_census
from data.official.files import RefusedError, container
from data.official.folder import provenance, write
from data.official.jobs import is_jobs, read_jobs
from data.official.losses import Losses
from data.official.places import is_places, read_places
from data.official.sheets import Workbook
from data.official.tables import census_tables, jobs_tables, places_tables
from data.official.units import urban_units
from data.official.zonings import is_zoning, read_zoning

__all__ = ["make", "recognise"]

ABOUT = """Reads official files, whichever of these are given, and writes a folder of tables:
  INSEE, people aged 25-54 at work by sector     pop-act2554-empl-sa-sexe-cd-6822.xlsx (or -6820, -6811)
  INSEE, the same by occupational group          pop-act2554-csp-cd-6822.xlsx
  INSEE, urban units by commune (always needed)  UU2020_au_01-01-YYYY.xlsx
  INSEE, attraction areas, employment zones      AAV2020_au_01-01-YYYY.xlsx, ZE2020_au_01-01-YYYY.xlsx
  Urssaf, private jobs by commune and APE        a CSV file, as exported
  a list of third places                         a CSV file or a workbook
Files are recognised by what they hold. 01_towns says where to get them. Nothing leaves this machine."""


class Source(NamedTuple):
    """A file that was recognised and read."""

    path: Path
    what: str           #: "sectors", "occupations", "UU", "AAV", "ZE", "jobs", "places"
    content: Any
    edition: str


def recognise(path: Path) -> Source:
    """Read a file by what it holds.

    Raises
    ------
    RefusedError
        When it is none of the files that this command reads, or not whole.
    """
    if container(path) == "workbook":
        book = Workbook(path)
        if is_census(book):
            census = read_census(book)
            return Source(path, census.kind, census, f"{census.years[0]}–{census.years[-1]}")
        if is_zoning(book):
            zoning = read_zoning(book)
            return Source(path, zoning.kind, zoning, f"{zoning.kind}{zoning.year} {zoning.edition}".strip())
        if is_places(book):
            return Source(path, "places", read_places(book), "")
        raise RefusedError(path, f"has the sheets {', '.join(book.sheets[:5])} and none that is known (COM_YYYY, Composition_communale, a "
                           "list of places)", "give the workbook as its producer publishes it")
    if is_jobs(path):
        jobs = read_jobs(path)
        return Source(path, "jobs", jobs, f"{jobs.years[0]}–{jobs.years[-1]}")
    if is_places(path):
        return Source(path, "places", read_places(path), "")
    raise RefusedError(path, "has columns of neither Urssaf's jobs nor a list of places", "give the CSV file as its producer publishes it")


def _sorted(paths: list[Path]) -> dict[str, Source]:
    """Sources by what they are, each kind once."""
    found: dict[str, Source] = {}
    for path in paths:
        source = recognise(path)
        if source.what in found:
            raise RefusedError(path, f"holds the same kind of figures as {found[source.what].path.name}", "give one of the two")
        found[source.what] = source
    if "UU" not in found:
        raise RefusedError(paths[0], "can't be summed by urban unit alone", "give INSEE's UU2020_au_01-01-YYYY.xlsx too")
    return found


def make(paths: list[Path], out: Path) -> tuple[bool, list[str]]:
    """Read files and write the folder.

    Parameters
    ----------
    paths : list of Path
    out : Path

    Returns
    -------
    changed : bool
    words : list of str
        What was read, and what was lost of it.

    Raises
    ------
    RefusedError
        When a file or the folder is not taken; nothing is changed then.
    """
    found = _sorted(paths)
    zoning, areas, zones = (found[kind].content if kind in found else None for kind in ("UU", "AAV", "ZE"))
    units = urban_units(zoning, areas)
    tables: dict[str, pd.DataFrame] = {"urban_units": units}
    losses: dict[str, Losses] = {}
    for kind, how in (("sectors", census_tables), ("occupations", census_tables), ("jobs", jobs_tables)):
        if kind in found:
            made, losses[kind] = how(found[kind].content, found[kind].path, zoning, units)
            tables |= made
    if "places" in found:
        made, losses["places"] = places_tables(found["places"].content, found["places"].path, zoning, units, zones)
        tables |= made
    told = {kind: list(losses[kind].words()) if kind in losses else [] for kind in found}
    sources = [provenance(source.path, kind, source.edition, told[kind]) for kind, source in sorted(found.items())]
    years = {kind: found[kind].content.years for kind in ("sectors", "occupations", "jobs") if kind in found}
    changed = write(tables, out, {"format": 1, "years": years, "sources": sources})
    return changed, [f"{s['file']}: {s['what']} {s['edition']}".rstrip() + "".join(f"\n  {line}" for line in s["told"]) for s in sources]


def _listed(names: list[Path]) -> list[Path]:
    """Files, and the files of folders."""
    names = [name.expanduser() for name in names]
    files = [file for name in names for file in (sorted(name.iterdir()) if name.is_dir() else [name])]
    return [file for file in files if not file.name.startswith((".", "~$"))]


def main(words: list[str] | None = None) -> int:
    """The command; 0 when done, 1 when a file is refused, 130 when interrupted."""
    parser = argparse.ArgumentParser(prog="python -m data.official", description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILES", help="files, or folders of files")
    parser.add_argument("--to", required=True, type=Path, metavar="FOLDER", help="where the tables go")
    asked = parser.parse_args(words)
    signal.signal(signal.SIGTERM, signal.default_int_handler)       # an end asked for politely tidies up too
    try:
        files = _listed(asked.files)
        if not files:
            raise RefusedError(asked.files[0], "holds no file", "name the files that you downloaded")
        changed, lines = make(files, asked.to.expanduser())
    except RefusedError as error:
        print(f"{error} Nothing was changed.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Nothing was changed.", file=sys.stderr)
        return 130
    print("\n".join(lines))
    print(f"{asked.to}: " + ("written. Next: make own BOOK_DATA=" + str(asked.to) if changed else "nothing changed"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
