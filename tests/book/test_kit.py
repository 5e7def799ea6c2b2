"""The kit for the room: what is in the zip, what its account says, and that its scripts do what the start page says."""
from __future__ import annotations

import json
import stat
import subprocess
import sys
import urllib.request
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest

from book._make import kit_wheels
from book._make.kit import FILES, NAME, Kit, _requirements, account_of, gather, start_page, write
from book._make.kit_wheels import SYSTEMS, VERSIONS, KitError, pins, roots, versions_asked, wheels_for_all

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = {"cells": [{"cell_type": "markdown", "source": ["# Towns & flows\n", "text"]}], "nbformat": 4}
LACKING = [{"system": "Windows x86-64", "python": "3.13", "wheels": ["one-1.0-py3-none-any.whl"], "missing": ["rare==2.0"]}]


def put(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small book: two pages, a notebook, a table, two wheels; no live layer and no slides."""
    put(tmp_path / "html", index_dot_html="<h1>book</h1>", chapters__a_dot_html="<h1>a</h1>", _sources__chapters__a_dot_ipynb=json.dumps(NOTEBOOK))
    put(tmp_path / "data", datapackage_dot_json="{}", tables__t_dot_csv="a\n1\n", __init___dot_py="no table")
    (tmp_path / "data" / "code.py").write_text("not a table")
    (tmp_path / "shelf" / "wheels").mkdir(parents=True)
    (tmp_path / "shelf" / "wheels" / "one-1.0-py3-none-any.whl").write_bytes(b"w" * 5000)
    (tmp_path / "the_book-0.1+abc-py3-none-any.whl").write_bytes(b"b" * 100)
    return tmp_path


def made(small: Path) -> Kit:
    return gather(small / "html", small / "data", small / "slides", small / "shelf", LACKING, small / "the_book-0.1+abc-py3-none-any.whl")


def test_the_zip_holds_every_part_below_one_folder(small: Path) -> None:
    kit = made(small)
    target = write(kit, account_of(kit, VERSIONS, "2026-01-01"), "the_book\n", small / "kit.zip")
    with zipfile.ZipFile(target) as whole:
        names = {one.filename.removeprefix(f"{NAME}/"): one for one in whole.infolist()}
        assert whole.testzip() is None
        assert all(one.filename.startswith(f"{NAME}/") for one in whole.infolist())
        assert whole.read(f"{NAME}/site/chapters/a.html") == b"<h1>a</h1>"
    assert {"index.html", "account.json", "requirements.txt", "site/index.html", "notebooks/a.ipynb", "data/datapackage.json", "data/tables/t.csv",
            "wheels/one-1.0-py3-none-any.whl", "wheels/the_book-0.1+abc-py3-none-any.whl", "serve.py", "install.py", "start.sh", "start.command",
            "start.bat", "install.sh", "install.command", "install.bat"} <= set(names)
    assert not [name for name in names if name.startswith("data/") and name.endswith(".py")]
    assert names["wheels/one-1.0-py3-none-any.whl"].compress_type == zipfile.ZIP_STORED
    for name, about in names.items():
        runs = bool((about.external_attr >> 16) & stat.S_IXUSR)
        assert runs == name.endswith((".sh", ".command")), name
    assert not list(small.glob("*.part"))


def test_the_account_names_what_is_absent(small: Path) -> None:
    kit = made(small)
    account = account_of(kit, ("3.12", "3.13"), "2026-01-01")
    assert account["python in the pages"] is account["lab without a server"] is account["slides"] is False
    assert account["wheels"] == [{"system": "Windows x86-64", "python": "3.13", "wheels": 1, "missing": ["rare==2.0"]}]
    assert {one["file"]: one["bytes"] for one in account["files"]}["wheels/one-1.0-py3-none-any.whl"] == 5000
    page = start_page(kit, account)
    assert "no Python for its pages" in page and "make live" in page and "no slides" in page and "rare==2.0" in page
    assert "Towns &amp; flows" in page


def test_the_account_names_what_is_there(small: Path) -> None:
    put(small / "html", live__needs_dot_json="{}", lite__index_dot_html="lab")
    put(small / "slides", one_dot_pdf="slides")
    kit = made(small)
    account = account_of(kit, VERSIONS, "2026-01-01")
    assert account["python in the pages"] is account["lab without a server"] is account["slides"] is True
    assert "slides/one.pdf" in kit.files
    page = start_page(kit, account)
    assert "Run the code here" in page and "make live" not in page and "slides/" in page
    assert "Python of the pages" in page and "lab without a server" in page


class Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for key, value in attrs if key in ("href", "src") and value]


def test_the_start_page_leads_to_what_the_kit_holds_and_asks_nobody(small: Path) -> None:
    kit = made(small)
    page = start_page(kit, account_of(kit, VERSIONS, "2026-01-01"))
    assert "$" not in page
    inside = [link for link in Links(page).found if not link.startswith("http://127.0.0.1:8000/")]
    there = {*kit.files, "account.json", "data/"}
    assert inside and set(inside) <= there
    named = {word for word in ("start.bat", "start.command", "start.sh", "install.bat", "install.command", "install.sh") if word in page}
    assert named == {path.name for path in FILES.iterdir() if path.suffix in (".bat", ".command", ".sh")}


def test_no_book_no_kit(tmp_path: Path) -> None:
    with pytest.raises(KitError, match="make book"):
        gather(tmp_path, tmp_path, tmp_path, tmp_path, [], tmp_path)


# ---- the scripts
@pytest.mark.parametrize("kind", ["start", "install"])
def test_scripts_are_alike_on_each_system(kind: str) -> None:
    program = {"start": "serve.py", "install": "install.py"}[kind]
    shell = (FILES / f"{kind}.sh").read_text()
    assert shell == (FILES / f"{kind}.command").read_text()
    assert len(shell.splitlines()) == 3 and f"exec python3 {program}" in shell and "\r" not in shell
    windows = (FILES / f"{kind}.bat").read_bytes()
    assert windows.count(b"\r\n") == windows.count(b"\n") and program.encode() in windows and b"%~dp0" in windows
    subprocess.run(["sh", "-n", str(FILES / f"{kind}.sh")], check=True)


def test_the_start_script_serves_this_machine_alone(small: Path) -> None:
    for name in ("serve.py", "start.sh"):
        (small / name).write_bytes((FILES / name).read_bytes())
    put(small, site__index_dot_html="<h1>the book</h1>", site__live__a_dot_mjs="export {}", site__live__b_dot_wasm="w")
    going = subprocess.Popen(["sh", str(small / "start.sh"), "18630"], stdout=subprocess.PIPE, text=True, env={"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "BROWSER": "true"})
    try:
        said = going.stdout.readline()
        while "taken" in said:
            said = going.stdout.readline()
        address = said.split()[4]
        assert address.startswith("http://127.0.0.1:1863")
        with urllib.request.urlopen(address, timeout=10) as answer:
            assert answer.read() == b"<h1>the book</h1>"
        kinds = {}
        for name in ("live/a.mjs", "live/b.wasm"):
            with urllib.request.urlopen(address + name, timeout=10) as answer:
                kinds[name] = answer.headers.get_content_type()
        assert kinds == {"live/a.mjs": "text/javascript", "live/b.wasm": "application/wasm"}
    finally:
        going.terminate()
        going.wait(10)
        going.stdout.close()


def test_an_install_without_a_fitting_python_says_which_it_needs(tmp_path: Path) -> None:
    (tmp_path / "install.py").write_bytes((FILES / "install.py").read_bytes())
    (tmp_path / "account.json").write_text(json.dumps({"python": ["3.2", "3.3"]}))
    done = subprocess.run([sys.executable, str(tmp_path / "install.py"), str(tmp_path / "home")], capture_output=True, text=True)
    assert done.returncode == 1 and "Python 3.2 and 3.3" in done.stderr
    assert not (tmp_path / "home").exists()


def test_an_install_asks_for_this_books_wheel_and_the_pinned_lab() -> None:
    lines = _requirements(Path("industrial_reconquest-0.1.0+abc-py3-none-any.whl")).splitlines()
    assert lines[0] == "industrial_reconquest==0.1.0+abc"
    assert [line for line in lines if line.startswith("jupyterlab==")] == [pin for pin in pins() if pin.startswith("jupyterlab==")]


# ---- the wheels
def test_versions_are_added_in_order_and_read_with_care() -> None:
    assert versions_asked("") == VERSIONS
    assert versions_asked("3.11 3.13") == ("3.11", "3.12", "3.13")
    with pytest.raises(KitError, match=r"python3.*KIT_PYTHON="):
        versions_asked("python3")


def test_what_is_asked_for_is_what_the_packages_import() -> None:
    asked = roots()
    assert {"numpy", "altair", "jupyterlab", "pip"} <= set(asked)
    assert {pin.split("==")[0] for pin in pins()} >= set(asked) - {"pip"}


def need_none(monkeypatch: pytest.MonkeyPatch, come: set[str]) -> list[list[str]]:
    """Instead of uv and pip: three needs, of which some come."""
    asked: list[list[str]] = []

    def fetch(needs: list[str], system: object, version: str, shelf: Path) -> None:
        asked.append(list(needs))
        for need in needs:
            name, _, pinned = need.partition("==")
            if name not in come:
                raise KitError(f"ERROR: No matching distribution found for {need}")
            (shelf / "wheels" / f"{name}-{pinned}-py3-none-any.whl").write_bytes(name.encode())
    monkeypatch.setattr(kit_wheels, "_needs", lambda *_: ["one==1.0", "rare==2.0", "two==1.0"])
    monkeypatch.setattr(kit_wheels, "_fetch", fetch)
    return asked


def test_what_pypi_lacks_is_named_and_the_rest_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    need_none(monkeypatch, {"one", "two"})
    [target] = wheels_for_all(tmp_path, ["3.12"], SYSTEMS[2:])
    assert target == {"system": "Windows x86-64", "python": "3.12", "missing": ["rare==2.0"],
                      "wheels": ["one-1.0-py3-none-any.whl", "two-1.0-py3-none-any.whl"]}


def test_when_nothing_comes_no_kit_is_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    need_none(monkeypatch, set())
    with pytest.raises(KitError, match="is PyPI reachable"):
        wheels_for_all(tmp_path, ["3.12"], SYSTEMS[:1])


def test_another_failure_is_not_taken_for_a_lack(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    need_none(monkeypatch, {"one"})

    def full(*_: object) -> None:
        raise KitError("OSError: no space left on device")
    monkeypatch.setattr(kit_wheels, "_fetch", full)
    with pytest.raises(KitError, match="no space left"):
        wheels_for_all(tmp_path, ["3.12"], SYSTEMS[:1])


def test_what_was_fetched_is_not_fetched_again_unless_it_is_damaged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked = need_none(monkeypatch, {"one", "two", "rare"})
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels" / "old-0.1-py3-none-any.whl").write_bytes(b"from an older edition")
    first = wheels_for_all(tmp_path, ["3.12"], SYSTEMS[:1])
    assert not (tmp_path / "wheels" / "old-0.1-py3-none-any.whl").exists()
    assert wheels_for_all(tmp_path, ["3.12"], SYSTEMS[:1]) == first and len(asked) == 1
    (tmp_path / "wheels" / "one-1.0-py3-none-any.whl").write_bytes(b"damaged")
    wheels_for_all(tmp_path, ["3.12"], SYSTEMS[:1])
    assert len(asked) == 2


@pytest.mark.parametrize(("system", "file", "fits"), [
    (0, "numpy-2.4.3-cp312-cp312-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl", True),
    (0, "numpy-2.4.3-cp313-cp313-manylinux_2_28_x86_64.whl", False),
    (0, "numpy-2.4.3-cp312-cp312-win_amd64.whl", False),
    (1, "numpy-2.4.3-cp312-cp312-macosx_11_0_arm64.whl", True),
    (1, "numpy-2.4.3-cp312-cp312-macosx_14_0_arm64.whl", False),
    (2, "numpy-2.4.3-cp312-cp312-win_amd64.whl", True),
    (2, "numpy-2.4.3-cp310-abi3-win_amd64.whl", True),
    (2, "numpy-2.4.2-cp312-cp312-win_amd64.whl", False)])
def test_a_wheel_is_counted_only_where_it_would_install(system: int, file: str, fits: bool) -> None:
    assert (kit_wheels._wheel_of("numpy==2.4.3", [file], SYSTEMS[system], "3.12") == file) is fits
