"""What Binder is told exists, and does what it says; the image itself needs Docker, and is not built here."""
from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.specifiers import SpecifierSet

from book._make.readers import write_copies

ROOT = Path(__file__).resolve().parents[2]
BINDER = ROOT / "binder"


def test_it_holds_what_binder_knows() -> None:
    assert {path.name for path in BINDER.iterdir()} == {"README.md", "requirements.txt", "runtime.txt", "postBuild"}


def test_its_requirements_lead_to_the_books() -> None:
    lines = [line for line in (BINDER / "requirements.txt").read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert lines == ["-r ../requirements.txt"]
    assert (BINDER / lines[0].split()[1]).resolve() == ROOT / "requirements.txt"
    # Binder runs pip from the root: there `-e .` is the book, and the constraints lie beside the list that names them
    named = (ROOT / "requirements.txt").read_text("utf-8")
    assert re.search(r"^-e \.$", named, re.MULTILINE) and (ROOT / "pyproject.toml").exists()
    assert all((ROOT / name).exists() for name in re.findall(r"^-c (\S+)", named, re.MULTILINE))
    assert "\njupyterlab==" in named


def test_its_python_is_one_that_the_book_takes() -> None:
    version = re.fullmatch(r"python-(3\.\d+)", (BINDER / "runtime.txt").read_text("utf-8").strip())[1]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert version in SpecifierSet(project["requires-python"])


def test_after_the_build_the_chapters_are_there_as_readers_meet_them(tmp_path: Path) -> None:
    script = BINDER / "postBuild"
    assert os.access(script, os.X_OK)
    command = script.read_text("utf-8").splitlines()[-1]
    assert command == "python -m book._make.readers notebooks"
    done = subprocess.run([sys.executable, *command.split()[1:-1], str(tmp_path / "notebooks")], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    copies = {path.name: json.loads(path.read_text("utf-8")) for path in (tmp_path / "notebooks").glob("*.ipynb")}
    assert set(copies) == {path.name for path in (ROOT / "chapters").glob("*.ipynb")}
    assert "01_towns.ipynb" in copies       # which the link of the README opens
    for name, copy in copies.items():
        assert "{glue:" not in json.dumps(copy), name
        assert copy["cells"][0]["id"] == "packages"


def test_a_copy_is_the_one_that_the_page_offers(tmp_path: Path) -> None:
    offered = ROOT / "_build" / "html" / "_sources" / "chapters" / "01_towns.ipynb"
    written = next(path for path in write_copies(tmp_path) if path.name == "01_towns.ipynb")
    assert written.read_text("utf-8") == offered.read_text("utf-8")
