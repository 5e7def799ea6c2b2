"""The wheels of the kit: what an install needs on each system and each version of Python, fetched without running anything.

What a system needs is worked out by uv, since pip weighs a requirement's conditions (`sys_platform == "win32"`) for the
machine that it runs on; the files are then fetched by pip. What PyPI has no wheel of is told, and the rest is kept.
"""
from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from book._make.live_fetch import HERE, LiveError, sha256

__all__ = ["SYSTEMS", "VERSIONS", "System", "KitError", "roots", "pins", "versions_asked", "wheels_for_all"]

TOOLS = HERE / "_build" / "kit" / "tools"
VERSIONS = ("3.12", "3.13")
LAST = ".99"        # of a line of Python, whatever number it has by now: some packages refuse its first ones
LAB = ("jupyterlab", "vl-convert-python", "pip")        # beside what the book's own packages import


class KitError(LiveError):
    """What went wrong while the kit was made, in words that say what to do."""


@dataclass(frozen=True)
class System:
    """A kind of machine: its name, what uv calls it, and the tags of the wheels that it takes."""

    name: str
    uv: str
    tags: tuple[str, ...]


SYSTEMS = (
    System("Linux x86-64", "x86_64-manylinux_2_28",
           (*(f"manylinux_2_{minor}_x86_64" for minor in range(28, 4, -1)), "manylinux2014_x86_64", "manylinux2010_x86_64",
            "manylinux1_x86_64", "linux_x86_64")),
    System("macOS arm64", "aarch64-apple-darwin", ("macosx_13_0_arm64",)),        # pip adds the older ones
    System("Windows x86-64", "x86_64-pc-windows-msvc", ("win_amd64",)),
)


def versions_asked(more: str) -> tuple[str, ...]:
    """The kit's versions of Python, with those that KIT_PYTHON adds.

    Parameters
    ----------
    more : str
        Versions such as ``"3.11 3.14"``; may be empty.

    Returns
    -------
    tuple of str

    Raises
    ------
    KitError
        When one is not a version of two numbers.

    Examples
    --------
    >>> versions_asked("3.14")
    ('3.12', '3.13', '3.14')
    """
    for one in more.split():
        if not re.fullmatch(r"3\.\d+", one):
            raise KitError(f"KIT_PYTHON holds {one!r}: name versions as in KIT_PYTHON=\"3.11 3.14\"")
    return tuple(sorted({*VERSIONS, *more.split()}, key=lambda version: int(version.split(".")[1])))


def roots(root: Path = HERE) -> list[str]:
    """The names that are asked for: what pyproject.toml says the book's packages import, the lab, and pip."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    return [*project["dependencies"], *LAB]


def pins(root: Path = HERE) -> list[str]:
    """The versions of requirements.txt and constraints.txt, one `name==version` a line."""
    lines = [line.split("#")[0].strip() for name in ("requirements.txt", "constraints.txt") for line in (root / name).read_text("utf-8").splitlines()]
    return [line for line in lines if "==" in line]


def _said(*command: str | Path) -> str:
    """What a command prints; when it fails, the end of what it said is the error."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode:
        raise KitError(f"`{Path(str(command[0])).name} {' '.join(map(str, command[1:4]))} …` failed:\n" + "\n".join(done.stderr.splitlines()[-12:]))
    return done.stdout


def _needs(system: System, version: str, shelf: Path) -> list[str]:
    """Every package that an install needs there, pinned."""
    uv = shutil.which("uv", path=str(TOOLS / ("Scripts" if sys.platform == "win32" else "bin")))
    if uv is None:
        raise KitError("uv is not there: run `make kit`, which installs it in an environment of its own")
    asked, pinned = shelf / "asked.txt", shelf / "pinned.txt"
    asked.write_text("\n".join(roots()) + "\n")
    pinned.write_text("\n".join(pins()) + "\n")
    said = _said(uv, "pip", "compile", asked, "--quiet", "--no-config", "--no-header", "--no-annotate", "--python-platform", system.uv,
                 "--python-version", version + LAST, "--constraint", pinned)
    return [line.strip() for line in said.splitlines() if "==" in line]


def _fetch(needs: Iterable[str], system: System, version: str, shelf: Path) -> None:
    tags = [part for tag in system.tags for part in ("--platform", tag)]
    _said(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:", "--implementation",
          "cp", "--python-version", version + LAST, *tags, "--dest", shelf / "wheels", *needs)


def _wheel_of(need: str, files: Iterable[str], system: System, version: str) -> str | None:
    """The file on the shelf that this system and version would install."""
    from packaging import tags
    from packaging.utils import canonicalize_name, parse_wheel_filename
    platforms = [*tags.mac_platforms((13, 0), "arm64")] if system.name.startswith("macOS") else list(system.tags)
    numbers = tuple(map(int, version.split(".")))
    taken = {*tags.cpython_tags(numbers, platforms=platforms), *tags.compatible_tags(numbers, f"cp{version.replace('.', '')}", platforms)}
    name, _, pinned = need.partition("==")
    for file in files:
        found, its_version, _, its_tags = parse_wheel_filename(file)
        if found == canonicalize_name(name) and str(its_version) == pinned and its_tags & taken:
            return file
    return None


def _one_target(system: System, version: str, shelf: Path) -> dict[str, Any]:
    """Fetch what one system and version needs; what is lacking is left out, and the rest asked for again."""
    needs = _needs(system, version, shelf)
    asked, lacking = list(needs), True
    while asked and lacking:
        lacking = None
        try:
            _fetch(asked, system, version, shelf)
        except KitError as problem:
            lacking = re.search(r"No matching distribution found for (\S+)", str(problem))
            if lacking is None or lacking[1] not in asked:
                raise
            print(f"  PyPI has no wheel of {lacking[1]} for it", flush=True)
            asked.remove(lacking[1])
    if not asked:
        raise KitError(f"no wheel came for {system.name}, Python {version}: is PyPI reachable?")
    there = [path.name for path in (shelf / "wheels").glob("*.whl")]
    files = {need: _wheel_of(need, there, system, version) for need in needs}
    return {"system": system.name, "python": version, "wheels": sorted(filter(None, files.values())),
            "missing": sorted(need for need, file in files.items() if file is None)}


def wheels_for_all(shelf: Path, versions: Iterable[str] = VERSIONS, systems: Iterable[System] = SYSTEMS) -> list[dict[str, Any]]:
    """Fetch the wheels of every system and version; what was fetched for the same lists is not fetched again.

    Parameters
    ----------
    shelf : Path
        Where the wheels are kept, in `wheels/`, with the account of them.
    versions : iterable of str
        Of Python.
    systems : iterable of System

    Returns
    -------
    list of dict
        For each system and version: `system`, `python`, `wheels` (file names) and `missing` (what PyPI has no wheel of).

    Raises
    ------
    KitError
        When nothing comes.
    """
    versions, systems, folder = list(versions), list(systems), shelf / "wheels"
    folder.mkdir(parents=True, exist_ok=True)
    mark = hashlib.sha256(json.dumps([roots(), pins(), versions, [one.name for one in systems]]).encode()).hexdigest()
    notes = shelf / "wheels.json"
    kept = json.loads(notes.read_text("utf-8")) if notes.exists() else {"mark": ""}
    if kept["mark"] == mark and all((folder / name).exists() and sha256(folder / name) == known for name, known in kept["files"].items()):
        return kept["targets"]
    targets = []
    for system in systems:
        for version in versions:
            print(f"Kit: wheels for {system.name}, Python {version} ...", flush=True)
            targets.append(_one_target(system, version, shelf))
    used = {name for target in targets for name in target["wheels"]}
    for path in folder.iterdir():
        if path.name not in used:
            path.unlink()
    notes.write_text(json.dumps({"mark": mark, "files": {name: sha256(folder / name) for name in sorted(used)}, "targets": targets}, indent=1))
    return targets
