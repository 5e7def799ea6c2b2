"""From verified wheels to what the browser loads: slimmer wheels, the book's own, and a lock that names them all."""
from __future__ import annotations

import hashlib
import json
import re
import shutil
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from book._make.live_fetch import HERE, LISTS, OFFICIAL, LiveError, run, sha256

__all__ = ["own_wheel", "slim", "generated_lock", "lab_lock", "describe"]

BROWSER = {"sys_platform": "emscripten", "platform_system": "Emscripten", "os_name": "posix", "python_version": "3.14",
           "python_full_version": "3.14.2", "implementation_name": "cpython", "platform_python_implementation": "CPython", "extra": ""}
# What some package asks for, and a page does without. The lab completes names with jedi, and loads it by itself.
SPARED = {"jedi": "a page offers no completion", "jupyterlab-widgets": "the page has its own front end",
          "widgetsnbextension": "the page has its own front end", "tzdata": "no time zones in this book"}


def _own_members(root: Path, project: dict[str, Any]) -> Iterator[Path]:
    """The files of the packages that pyproject.toml names: their modules, and the data that it lists."""
    setup = project["tool"]["setuptools"]
    for package in setup["packages"]:
        folder = root.joinpath(*package.split("."))
        for pattern in ["*.py", *setup["package-data"].get(package, [])]:
            yield from (path for path in sorted(folder.glob(pattern)) if path.is_file())


def own_wheel(shelf: Path, root: Path = HERE) -> Path:
    """Write the wheel of `data`, `methods` and `widgets`; its name holds a mark of its content, so that no cache mixes two.

    It is written here, and not by a build tool, because that would need the network each time a module changes.

    Parameters
    ----------
    shelf : Path
        Where the wheel is put; an older one is taken away.
    root : Path
        The folder with pyproject.toml.

    Returns
    -------
    Path
    """
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in _own_members(root, project)}
    mark = hashlib.sha256(b"".join(name.encode() + b"\0" + data for name, data in sorted(files.items()))).hexdigest()[:8]
    name, version = project["project"]["name"].replace("-", "_"), f"{project['project']['version']}+{mark}"
    needs = "".join(f"Requires-Dist: {need}\n" for need in project["project"]["dependencies"])
    about = f"{name}-{version}.dist-info"
    files[f"{about}/METADATA"] = f"Metadata-Version: 2.4\nName: {project['project']['name']}\nVersion: {version}\n{needs}".encode()
    files[f"{about}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: book\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files[f"{about}/RECORD"] = "".join(f"{one},,\n" for one in [*files, f"{about}/RECORD"]).encode()
    shutil.rmtree(shelf, ignore_errors=True)
    shelf.mkdir(parents=True)
    wheel = shelf / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as whole:
        for one, data in sorted(files.items()):
            whole.writestr(zipfile.ZipInfo(one, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return wheel


def slim(wheels: Iterable[Path], target: Path, pyodide: Path, own: Path) -> None:
    """Put each wheel in the target folder, with bytecode; those already there from the same file stay.

    Parameters
    ----------
    wheels : iterable of Path
        Verified wheels; the book's own among them.
    target : Path
        The folder that the browser loads from.
    pyodide : Path
        The npm package.
    own : Path
        The book's own wheel, which keeps its text beside the bytecode.
    """
    notes, recipe = target / "slimmed.json", sha256(LISTS / "slim.py")[:12]
    known = json.loads(notes.read_text()) if notes.exists() else {}
    wanted = {wheel.name: f"{recipe} {sha256(wheel)}" for wheel in wheels}
    jobs = [[str(wheel), str(target / wheel.name), wheel == own] for wheel in wheels
            if known.get(wheel.name) != wanted[wheel.name] or not (target / wheel.name).exists()]
    for stray in target.glob("*.whl"):
        if stray.name not in wanted:
            stray.unlink()
    if jobs:
        listed = target / "jobs.json"
        listed.write_text(json.dumps(jobs))
        run("node", LISTS / "slim.mjs", pyodide, listed)
        listed.unlink()
    notes.write_text(json.dumps(wanted, indent=1))


def describe(wheel: Path) -> dict[str, Any]:
    """Name, version, imports and needs of a wheel, read from the wheel itself."""
    with zipfile.ZipFile(wheel) as whole:
        names = whole.namelist()
        meta = HeaderParser().parsestr(whole.read(next(n for n in names if n.endswith(".dist-info/METADATA"))).decode())
    tops = {re.sub(r"\.(pyc?|cpython.*\.so)$", "", name.split("/")[0]) for name in names}
    imports = sorted(top for top in tops if not top.endswith((".dist-info", ".data", ".libs")))
    needs = [Requirement(line) for line in meta.get_all("Requires-Dist", [])]
    return {"name": canonicalize_name(meta["Name"]), "version": meta["Version"], "imports": imports,
            "needs": sorted({canonicalize_name(r.name) for r in needs if r.marker is None or r.marker.evaluate(BROWSER)})}


def generated_lock(official: dict[str, Any], wheels: Path, own: Path) -> dict[str, Any]:
    """The lock that the browser's Pyodide reads: the official one's head, and exactly the wheels that are here.

    Raises
    ------
    LiveError
        When a wheel needs one that is not here.
    """
    packages: dict[str, Any] = {}
    for wheel in sorted(wheels.glob("*.whl")):
        about = describe(wheel)
        name = about["name"]
        known = official["packages"].get(name)
        same = name in OFFICIAL
        packages[name] = {
            "name": name, "version": about["version"], "file_name": wheel.name, "sha256": sha256(wheel), "size": wheel.stat().st_size,
            "imports": known["imports"] if same else about["imports"], "install_dir": "site", "package_type": "package",
            "unvendored_tests": False, "depends": sorted(map(canonicalize_name, known["depends"])) if same else about["needs"]}
        if wheel.name == own.name:          # what its modules import is told one by one: see needs.py
            packages[name]["depends"] = []
    for name, about in packages.items():
        absent = [need for need in about["depends"] if need not in packages and need not in SPARED]
        if absent:
            raise LiveError(f"{name} needs {', '.join(absent)}, and no list names it: add it to book/_live/requirements.txt")
        about["depends"] = [need for need in about["depends"] if need in packages and need not in SPARED]
    return {**{key: value for key, value in official.items() if key != "packages"}, "packages": packages}


def lab_lock(lock: dict[str, Any], own: Path) -> dict[str, Any]:
    """The same lock for the lab, whose kernel looks no further than a cell's own imports: the book's wheel brings everything."""
    packages = {name: {**about, "depends": [need for need in describe(own)["needs"] if need in lock["packages"]]}
                if about["file_name"] == own.name else about for name, about in lock["packages"].items()}
    return {**lock, "packages": packages}
