"""Writing files so that a second run, on any system, gives the same bytes."""
from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

__all__ = ["write_geojson", "write_table"]


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a CSV table: UTF-8, commas, line feeds, missing values empty.

    Parameters
    ----------
    path : Path
    header : sequence of str
    rows : iterable of sequences
        ``None`` is a missing value.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(["" if value is None else value for value in row] for row in rows)


def write_geojson(path: Path, features: Iterable[dict[str, Any]]) -> None:
    """Write a GeoJSON FeatureCollection, one feature on a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    text = '{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n"
    path.write_text(text, encoding="utf-8", newline="\n")
