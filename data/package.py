"""``python -m data.package`` notes sizes and hashes in ``datapackage.json``; ``--check`` says what is wrong.

The description is written by hand. Only the two numbers that no hand should type are written here.
"""
from __future__ import annotations

import argparse
import csv
import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from data import checking, schema

__all__ = ["disorder", "note"]



def _hash(path: Path) -> str:
    return "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()


def note() -> int:
    """Write the size and hash of every file into the description, and nothing else.

    Returns
    -------
    int
        How many entries changed.
    """
    path = schema.HOME / "datapackage.json"
    text = before = path.read_text(encoding="utf-8")
    changed = 0
    for entry in schema.package()["resources"]:
        file = schema.HOME / entry["path"]
        start = text.index(f'"path": "{entry["path"]}"')
        rest = re.sub(r'"bytes": \d+', f'"bytes": {file.stat().st_size}', text[start:], count=1)
        rest = re.sub(r'"hash": "[^"]*"', f'"hash": "{_hash(file)}"', rest, count=1)
        changed += rest != text[start:]
        text = text[:start] + rest
    if text != before:
        path.write_text(text, encoding="utf-8", newline="\n")
        schema.package.cache_clear()
    return changed


def _files() -> Iterator[str]:
    """Files that are not as the description says, or that it does not name."""
    named = {entry["path"] for entry in schema.package()["resources"]}
    held = {f"{file.parent.name}/{file.name}" for folder in ("tables", "outlines")
            for file in (schema.HOME / folder).iterdir()}
    yield from (f"{file}: not described in datapackage.json" for file in sorted(held - named))
    yield from (f"{file}: described, but not there" for file in sorted(named - held))
    for entry in schema.package()["resources"]:
        if entry["path"] in held:
            file = schema.HOME / entry["path"]
            if (file.stat().st_size, _hash(file)) != (entry["bytes"], entry["hash"]):
                yield f"{entry['path']}: not the file described; if it should be, run python -m data.package"


def _vocabulary() -> Iterator[str]:
    """Columns that mean different things under one name."""
    first: dict[str, tuple[str, Any]] = {}
    for name in schema.names("csv"):
        for field in schema.fields(name):
            pattern = field.get("constraints", {}).get("pattern")
            meaning = (field["type"], field.get("unit"), field.get("categories"), pattern)
            table, known = first.setdefault(field["name"], (name, meaning))
            if known != meaning:
                yield f"{name}.{field['name']}: another type, unit, pattern or categories than in {table}"


def _read(name: str) -> list[dict[str, str]]:
    with (schema.HOME / schema.resource(name)["path"]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _keys() -> Iterator[str]:
    """Values of foreign keys that the table they point to does not have."""
    for name in schema.names("csv"):
        for key in schema.resource(name)["schema"].get("foreignKeys", []):
            (column,), (target,) = key["fields"], key["reference"]["fields"]
            known = {row[target] for row in _read(key["reference"]["resource"])}
            lost = sorted({row[column] for row in _read(name)} - known - {""})
            if lost:
                yield f"{name}.{column}: {', '.join(lost[:5])} not in {key['reference']['resource']}.{target}"


def _tables() -> Iterator[str]:
    """Tables that do not follow their schema."""
    for name in schema.names("csv"):
        for problem in checking.problems(name, schema.HOME / schema.resource(name)["path"])[:5]:
            yield f"tables/{name}.csv, {problem}"


def disorder() -> list[str]:
    """All that is not in order in ``data/``: files, vocabulary, tables, keys between them."""
    return [*_files(), *_vocabulary(), *_tables(), *_keys()]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m data.package", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when something is wrong")
    if not parser.parse_args().check:
        print(f"{note()} entries of datapackage.json changed")
    wrong = disorder()
    print("\n".join(wrong) or "tables, outlines and their description are in order")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
