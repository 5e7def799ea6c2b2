"""The kit, unpacked into an empty folder with the network cut: the site, a live cell, the lab, an install, a notebook.

`make kit-drill` runs these; they are no part of `make test`, since the kit takes long to make.
"""
from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, Visit
from tests.live import LONG, cell, switch_on

KIT = ROOT / "_build" / "kit" / "industrial-reconquest-kit.zip"
SAYS = "import sys; print('%d.%d' % sys.version_info[:2])"
Open = Callable[..., Visit]


def _account() -> dict[str, object]:
    with zipfile.ZipFile(KIT) as whole:
        return json.loads(whole.read("industrial-reconquest-kit/account.json"))


ACCOUNT = _account()


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked kit, in a folder where nothing else is."""
    folder = tmp_path_factory.mktemp("stick")
    subprocess.run(["unzip", "-q", str(KIT), "-d", str(folder)], check=True)      # as a user does: it keeps what may be started
    return folder / "industrial-reconquest-kit"


@pytest.fixture(scope="module")
def started(kit: Path) -> Iterator[str]:
    """The address that the start script says."""
    going = subprocess.Popen(["sh", str(kit / "start.sh"), "18700"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                             env={**os.environ, "BROWSER": "true"})
    address = next(found[0] for line in going.stdout if (found := re.search(r"http://127\.0\.0\.1:\d+/", line)))
    yield address
    going.terminate()
    going.wait(20)
    going.stdout.close()


def test_the_network_is_cut() -> None:
    """Where a namespace is allowed, no other host can be reached; else the gates of the browser and of pip are what cuts."""
    assert os.environ.get("BOOK_CUT") in ("namespace", "browser"), "run this with `make kit-drill`"
    if os.environ["BOOK_CUT"] == "namespace":
        with pytest.raises(OSError, match=r"unreachable"), socket.create_connection(("192.0.2.1", 80), timeout=5):
            pass


def test_every_file_is_as_the_account_says(kit: Path) -> None:
    sizes = {one["file"]: one["bytes"] for one in ACCOUNT["files"]}
    there = {path.relative_to(kit).as_posix(): path.stat().st_size for path in kit.rglob("*") if path.is_file()}
    assert {name: size for name, size in there.items() if name not in ("index.html", "account.json", "requirements.txt")} == sizes
    assert {"site/index.html", "data/datapackage.json", "serve.py"} <= set(there)


def test_the_start_page_and_the_site_open_as_files(kit: Path, visit: Open) -> None:
    seen = visit((kit / "index.html").as_uri())
    seen.page.click("a.door")
    seen.page.wait_for_url("**/site/book/index.html")
    seen.page.goto((kit / "site" / "chapters" / "01_towns.html").as_uri())
    seen.page.wait_for_function("[...document.querySelectorAll('figure.book-chart')].every((f) => f.dataset.drawn)", timeout=LONG)
    seen.clean()


needs_live = pytest.mark.skipif(not ACCOUNT["python in the pages"], reason="a kit without Python in its pages: `make live book kit`")


@needs_live
def test_a_live_cell_runs(started: str, visit: Open) -> None:
    seen = visit(started + "chapters/01_towns.html")
    page = switch_on(seen)
    one = cell(page, "import altair as alt")
    assert one.evaluate("(c) => c.ran") == "ran", one.evaluate("(c) => c.output.innerText")
    one.evaluate("(c) => { c.editor.set('import data, numpy\\nprint(6 * 7, len(data.load(\"urban_units\")))'); return c.page.run(c); }")
    assert one.evaluate("(c) => c.output.innerText").startswith("42 ")
    seen.clean()


@needs_live
def test_the_lab_opens_a_chapter_and_runs_a_cell(started: str, visit: Open) -> None:
    seen = visit(started + "lite/lab/index.html?path=01_towns.ipynb", wait="domcontentloaded")
    page = seen.page
    page.wait_for_function("globalThis.jupyterapp?.shell?.currentWidget?.content?.widgets?.length > 5", timeout=LONG)
    page.wait_for_function("jupyterapp.shell.currentWidget.sessionContext?.session?.kernel?.status === 'idle'", timeout=LONG)
    page.evaluate("jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute("
                  "{ code: 'from data import load; assert len(load(\"urban_units\")) > 1000' }).done.then((m) => { globalThis.said = m.content.status; })")
    page.wait_for_function("globalThis.said", timeout=LONG)
    assert page.evaluate("globalThis.said") == "ok"
    assert not seen.left, f"asked other hosts: {seen.left}"


def pythons() -> list[tuple[str, str]]:
    """The versions that the kit has wheels for and this machine has: each with its program."""
    found = [(version, shutil.which(f"python{version}")) for version in ACCOUNT["python"]]
    return [(version, program) for version, program in found if program
            and subprocess.run([program, "-c", SAYS], capture_output=True, text=True).stdout.strip() == version]


def test_this_machine_has_a_python_to_install_with() -> None:
    assert pythons(), f"none of Python {ACCOUNT['python']} is here: make the kit with KIT_PYTHON= this machine's version"


@pytest.mark.parametrize(("version", "program"), pythons())
def test_an_install_runs_a_notebook(version: str, program: str, kit: Path, tmp_path: Path) -> None:
    """As a reader does: the install script, then a chapter from beginning to end, with no packages of this machine."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON", "VIRTUAL_ENV", "JUPYTER"))}
    bare |= {"HOME": str(tmp_path), "PIP_CONFIG_FILE": os.devnull, "PATH": f"{_links(tmp_path, program)}:/usr/bin:/bin"}
    done = subprocess.run(["sh", str(kit / "install.sh"), str(tmp_path / "book")], env=bare, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    place = tmp_path / "book" / "python" / "bin"
    assert subprocess.run([place / "python", "-c", SAYS], capture_output=True, text=True).stdout.strip() == version
    assert str(place / "jupyter") in done.stdout
    notebook = tmp_path / "book" / "notebooks" / "01_towns.ipynb"
    ran = subprocess.run([place / "jupyter", "execute", "--inplace", str(notebook)], env=bare, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr[-2000:]
    cells = [one for one in json.loads(notebook.read_text("utf-8"))["cells"] if one["cell_type"] == "code"]
    assert len(cells) > 30 and all(one["execution_count"] for one in cells)
    lab = subprocess.run([place / "jupyter", "lab", "--version"], env=bare, capture_output=True, text=True)
    assert lab.returncode == 0 and re.match(r"\d+\.\d+", lab.stdout)


def _links(folder: Path, program: str) -> Path:
    """A folder where `python3` is the program that is tried."""
    place = folder / "programs"
    place.mkdir()
    (place / "python3").symlink_to(os.path.realpath(subprocess.run([program, "-c", "import sys; print(sys.executable)"], capture_output=True,
                                                                   text=True).stdout.strip()))
    return place
