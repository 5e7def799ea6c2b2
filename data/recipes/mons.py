"""Points of the 13 municipalities around Mons, from the places of GeoNames."""
from __future__ import annotations

import csv
from pathlib import Path

from data.recipes.fetch import Downloads
from data.recipes.writing import write_table

__all__ = ["VILLAGES", "make"]

LAND = Path(__file__).resolve().parents[1] / "tables" / "mons_land_use.csv"
#: Municipalities that GeoNames has no place of that name for -> the village in them whose point stands for them.
VILLAGES = {"Honnelles": "Roisin", "Quévy": "Quévy-le-Petit"}
#: West, south, east, north: other places of the country bear the same names.
AROUND = (3.5, 50.25, 4.2, 50.65)


def make(downloads: Downloads, out: Path) -> None:
    """Write ``mons_municipalities.csv`` into ``out/tables``: the municipalities of ``mons_land_use``."""
    west, south, east, north = AROUND
    places: dict[str, list[tuple[float, float]]] = {}
    for place in downloads.cities():
        lon, lat = float(place["lng"]), float(place["lat"])
        if place["country"] == "BE" and west < lon < east and south < lat < north:
            places.setdefault(place["name"], []).append((lon, lat))
    with LAND.open(encoding="utf-8", newline="") as file:
        names = {row["municipality"]: row["name"] for row in csv.DictReader(file)}
    rows = []
    for code, name in sorted(names.items()):
        point_of = VILLAGES.get(name, name)
        found = places.get(point_of, [])
        assert len(found) == 1, f"{point_of}: {len(found)} places of that name, expected one"
        lon, lat = found[0]
        rows.append([code, name, round(lon, 4), round(lat, 4), point_of])
    write_table(out / "tables" / "mons_municipalities.csv",
                ["municipality", "name", "lon", "lat", "point_of"], rows)
    print(f"Mons: {len(rows)} municipalities, {len(VILLAGES)} at the point of a village")
