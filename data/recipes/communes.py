"""Legal populations 2019-2023 on the communes of today, and what could not be brought to them.

A legal population is published for the communes of the year in which it is published; some packages give it
for the communes of the year after, by code. So a commune that absorbed others in that very year shows only
its own part, and one that took another's code shows nothing: such figures are left out, and listed. Communes
overseas are left out, because the zonings and the censuses of the book cover metropolitan France only.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from data.recipes.fetch import Downloads
from data.recipes.geography import TODAY, Outlines, by_code, metropolitan, today_of
from data.recipes.writing import write_table

__all__ = ["EDITIONS", "Gap", "former_communes", "make", "populations"]

#: Census year -> (list of communes that it was published for, list of communes whose package holds it).
EDITIONS = {2019: (2021, 2021), 2020: (2022, 2022), 2021: (2023, 2024), 2022: (2024, 2025),
            2023: (2025, 2026)}


class Gap(NamedTuple):
    """A figure of a commune of today that the packages do not give."""

    reason: str             #: "split since", "absorbed others", "new code"
    people: int | None      #: what they give instead
    counted: list[str]      #: codes of the communes of today (or, absorbed, of that date) that this counts
    left_out: list[str]     #: codes of that date without a figure


def _parts(rows: list[dict[str, Any]]) -> dict[str, set[str]]:
    """Every code that a commune stands for: its own, its former ones, its delegated and associated communes'.

    Of these only the ones that are communes again today are used: the lists give a few former codes to the
    wrong neighbour.
    """
    parts = {code: {code, *row.get("anciensCodes", [])} for code, row in by_code(rows).items()}
    for row in rows:
        if row.get("chefLieu") in parts:
            parts[row["chefLieu"]].add(row["code"])
    return parts


def populations(published: list[dict[str, Any]], held: list[dict[str, Any]], today: list[dict[str, Any]]
                ) -> tuple[dict[str, int], dict[str, Gap]]:
    """Population of each commune of today at one census, or why there is none.

    Parameters
    ----------
    published, held, today : list of dict
        Communes when the census was published; communes with its ``population``; communes of today.

    Returns
    -------
    known : dict of str to int
        People, by commune of today.
    gaps : dict of str to Gap
        The others.

    Examples
    --------
    A absorbed B between the publication and the package, which gives A's old part only; C has since left D:

    >>> def commune(code, people=None, old=()):
    ...     return {"type": "commune-actuelle", "code": code, "population": people, "anciensCodes": list(old)}
    >>> published = [commune("A"), commune("B"), commune("D", old=["C"]), commune("E")]
    >>> held = [commune("A", 30, ["B"]), commune("D", 50, ["C"]), commune("E", 70)]
    >>> today = [commune("A", old=["B"]), commune("C"), commune("D"), commune("E")]
    >>> known, gaps = populations(published, held, today)
    >>> known
    {'E': 70}
    >>> gaps["A"]
    Gap(reason='absorbed others', people=30, counted=['A'], left_out=['B'])
    >>> gaps["C"] == gaps["D"], gaps["C"].people, gaps["C"].counted
    (True, 50, ['C', 'D'])
    """
    now, people = today_of(today), {code: row.get("population") for code, row in by_code(held).items()}
    known: dict[str, int] = {}
    gaps: dict[str, Gap] = {}
    members: dict[str, list[str]] = {}
    parts = _parts(published)
    for code in parts:
        restored = {part for part in parts[code] if now.get(part) == part and part not in parts}
        lands = sorted({now[code], *restored})
        if len(lands) > 1:
            gaps |= dict.fromkeys(lands, Gap("split since", people.get(code), lands, []))
        else:
            members.setdefault(now[code], []).append(code)
    for commune, codes in members.items():
        counted = [code for code in codes if people.get(code) is not None]
        left_out = sorted(set(codes) - set(counted))
        total = sum(people[code] for code in counted) if counted else None
        if left_out and commune not in gaps:
            gaps[commune] = Gap("absorbed others" if counted else "new code", total, counted, left_out)
        elif commune not in gaps:
            known[commune] = total
    return known, gaps


def _unmatched(gaps: dict[int, dict[str, Gap]], names: dict[str, str], pointless: list[str]
               ) -> Iterator[list[Any]]:
    """Rows of the list of what could not be matched."""
    for year, found in gaps.items():
        for commune, gap in found.items():
            yield [commune, names[commune], f"population_{year}", gap.reason, gap.people,
                   " ".join(gap.counted) or None, " ".join(gap.left_out) or None]
    for commune in pointless:
        yield [commune, names[commune], "lon, lat", "no outline, no town hall", None, None, None]


def former_communes(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Codes that no commune has any more, each with the commune of today that holds its ground.

    Parameters
    ----------
    rows : list of dict
        Communes of today, with their ``anciensCodes``, and delegated and associated communes.

    Returns
    -------
    list of (former, commune), sorted

    Examples
    --------
    >>> now = {"type": "commune-actuelle", "code": "42225", "anciensCodes": ["42106"]}
    >>> former_communes([now, {"type": "commune-deleguee", "code": "42225", "chefLieu": "42225"}])
    [('42106', '42225')]
    """
    today = by_code(rows)
    return sorted((old, now) for old, now in today_of(rows).items() if old not in today and now in today)


def make(downloads: Downloads, outlines: Outlines, out: Path) -> None:
    """Write ``communes.csv``, ``communes_unmatched.csv`` and ``former_communes.csv`` into ``out/tables``."""
    lists = {year: downloads.decoupage(year) for both in EDITIONS.values() for year in both}
    today = by_code(lists[TODAY])
    known, gaps = {}, {}
    for year, (published, held) in EDITIONS.items():
        known[year], gaps[year] = populations(lists[published], lists[held], lists[TODAY])
        gaps[year] = {commune: gap for commune, gap in gaps[year].items() if metropolitan(commune)}
        assert set(today) == set(known[year]) | set(gaps[year]), f"communes of today without a row in {year}"
    points = {commune: outlines.point(commune) for commune in sorted(today)}
    rows = ([commune, today[commune]["nom"], today[commune]["departement"], lon, lat,
             *(known[year].get(commune) for year in EDITIONS)] for commune, (lon, lat, _) in points.items())
    header = ["commune", "name", "department", "lon", "lat", *(f"population_{year}" for year in EDITIONS)]
    write_table(out / "tables" / "communes.csv", header, rows)
    names = {commune: row["nom"] for commune, row in today.items()}
    pointless = [commune for commune, (_, _, how) in points.items() if how == "none"]
    write_table(out / "tables" / "communes_unmatched.csv",
                ["commune", "name", "column", "reason", "people", "counted", "left_out"],
                sorted(_unmatched(gaps, names, pointless)))
    write_table(out / "tables" / "former_communes.csv", ["former", "commune"], former_communes(lists[TODAY]))
    print(f"communes: {len(points):,}; points:", dict(Counter(how for _, _, how in points.values())),
          "; without a population:", {year: len(found) for year, found in gaps.items()})
