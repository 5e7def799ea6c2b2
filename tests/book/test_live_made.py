"""How the live layer is made: nothing is kept that is not the official file; what is there is not fetched again."""
from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from book._make import live_fetch, live_memory
from book._make.live_fetch import OFFICIAL, LiveError, official_wheels
from book._make.live_wheels import describe, generated_lock, own_wheel
from book._make.needs import imports_of, module_needs, packages_for

ROOT = Path(__file__).resolve().parents[2]
TRUE = {name: f"the true {name}".encode() for name in OFFICIAL}
LOCK = {"info": {"python": "3.14"}, "packages": {
    name: {"file_name": f"{name}.whl", "sha256": hashlib.sha256(data).hexdigest(), "imports": [name], "depends": []} for name, data in TRUE.items()}}


class Source:
    """A source that gives what it is told to, and notes what it was asked for."""

    def __init__(self, wrong: Iterable[str] = (), stops_after: int | None = None) -> None:
        self.wrong, self.stops_after, self.asked = set(wrong), stops_after, []

    def __call__(self, version: str, names: Iterable[str], into: Path) -> None:
        for count, name in enumerate(names):
            if count == self.stops_after:
                raise OSError("the line was cut")
            self.asked.append(name)
            stem = name.removesuffix(".whl")
            (into / name).write_bytes(b"something else" if stem in self.wrong else TRUE[stem])


def fetch(monkeypatch: pytest.MonkeyPatch, shelf: Path, *sources: Source) -> dict[str, str]:
    monkeypatch.setattr(live_fetch, "SOURCES", [(f"source {i}", one) for i, one in enumerate(sources, 1)])
    return official_wheels(LOCK, "0", shelf, say=lambda _: None)


def test_a_file_that_is_not_the_official_one_is_taken_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first, second = Source(wrong=["pandas", "six"]), Source()
    came = fetch(monkeypatch, tmp_path, first, second)
    assert came["pandas.whl"] == came["six.whl"] == "source 2"
    assert came["numpy.whl"] == "source 1"
    assert sorted(second.asked) == ["pandas.whl", "six.whl"]
    assert (tmp_path / "pandas.whl").read_bytes() == TRUE["pandas"]


def test_what_no_source_gives_is_named_and_not_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(LiveError, match=r"scipy\.whl.*SOURCES"):
        fetch(monkeypatch, tmp_path, Source(wrong=["scipy"]), Source(wrong=["scipy"]))
    assert not (tmp_path / "scipy.whl").exists()


def test_a_cut_run_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(LiveError):
        fetch(monkeypatch, tmp_path, Source(stops_after=4))
    again = Source()
    fetch(monkeypatch, tmp_path, again)
    assert len(again.asked) == len(OFFICIAL) - 4
    never = Source()
    fetch(monkeypatch, tmp_path, never)
    assert not never.asked


def test_a_file_damaged_on_the_shelf_is_fetched_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fetch(monkeypatch, tmp_path, Source())
    (tmp_path / "numpy.whl").write_bytes(b"damaged")
    again = Source()
    fetch(monkeypatch, tmp_path, again)
    assert again.asked == ["numpy.whl"]


# ---- which packages a cell brings in
def book(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        path = folder.joinpath(*name.split("__")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def test_needs_follow_the_books_own_modules(tmp_path: Path) -> None:
    root = book(tmp_path, data__words="", methods__near="from scipy import spatial", methods__towns="import pandas\nfrom .near import x",
                widgets__charts="from methods.near import y\nimport altair", methods__plain="import json")
    needs = module_needs(root)
    assert needs == {"data.words": [], "methods.near": ["scipy"], "methods.plain": [], "methods.towns": ["pandas", "scipy"],
                     "widgets.charts": ["altair", "scipy"]}


def test_packages_come_with_what_they_depend_on_and_no_more() -> None:
    def package(*imports: str, depends: Iterable[str] = ()) -> dict[str, object]:
        return {"imports": list(imports), "depends": list(depends)}
    lock = {"packages": {"numpy": package("numpy"), "pandas": package("pandas", depends=["numpy", "six"]), "six": package("six"),
                         "scikit-learn": package("sklearn", depends=["numpy"]), "the-book": package("data", "methods")}}
    needs = {"methods": [], "methods.towns": ["pandas"]}
    assert packages_for(["from methods.towns import share"], needs, lock) == ["numpy", "pandas", "six", "the-book"]
    assert packages_for(["import methods"], needs, lock) == ["the-book"]
    assert packages_for(["def f():\n    import sklearn.cluster"], needs, lock) == ["numpy", "scikit-learn"]
    assert packages_for(["not python (", "import nowhere"], needs, lock) == []
    assert packages_for(["import pandas"], needs, lock, ["numpy"]) == ["pandas", "six"]
    assert packages_for(["import sklearn"], needs, lock, ["scikit-learn"]) == []


def test_memory_is_made_again_only_when_its_parts_change(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lock = {"packages": {name: {"imports": [name], "depends": ["numpy"] if name == "pandas" else [], "file_name": f"{name}.whl"}
                         for name in ("numpy", "pandas", "scipy")}}
    for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "numpy.whl", "pandas.whl", "scipy.whl"):
        (tmp_path / name).write_text(name)
    ran = []

    def node(*command: object) -> str:
        ran.append(command)
        (tmp_path / "memory.bin").write_bytes(b"kept")
        (tmp_path / "memory.zip").write_bytes(b"zipped")
        return json.dumps({"first": {"functions": 1, "memory": 2}, "lies": [[1, 2, 3]]})

    monkeypatch.setattr(live_memory, "run", node)
    about = live_memory.keep_memory(tmp_path, tmp_path, lock)
    assert about["packages"] == ["numpy", "pandas"] and ran[0][-2:] == ("numpy.whl", "pandas.whl")
    assert about["memory"] == {"file_name": "memory.bin", "size": 4, "sha256": hashlib.sha256(b"kept").hexdigest()}
    assert about["files"]["size"] == 6 and about["layout"]["lies"] == [[1, 2, 3]]
    assert live_memory.keep_memory(tmp_path, tmp_path, lock) == about and len(ran) == 1
    (tmp_path / "scipy.whl").write_text("another, which is not in it")
    live_memory.keep_memory(tmp_path, tmp_path, lock)
    assert len(ran) == 1
    (tmp_path / "pandas.whl").write_text("another")
    live_memory.keep_memory(tmp_path, tmp_path, lock)
    assert len(ran) == 2


def test_the_memory_holds_nothing_that_a_chapter_does_without() -> None:
    """Its packages are those that every chapter imports, and what these depend on."""
    layer = ROOT / "_build" / "live" / "site"
    if not (layer / "needs.json").exists():
        pytest.skip("no live layer: run `make live`")
    lock, memory, needs = (json.loads((layer / name).read_text("utf-8")) for name in ("pyodide/pyodide-lock.json", "pyodide/memory.json", "needs.json"))
    for path in sorted((ROOT / "chapters").glob("*.ipynb")):
        cells = ["".join(cell["source"]) for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
        spare = set(memory["packages"]) - set(packages_for(["import IPython, comm", *cells], needs, lock))
        assert not spare, f"{path.stem} does without {sorted(spare)}"


def test_relative_imports_are_read() -> None:
    assert imports_of("from .near import x", "methods.towns") == {"methods.near", "methods.near.x"}
    assert imports_of("from . import near", "methods.towns") == {"methods", "methods.near"}


# ---- the book's own wheel and the lock
def test_the_books_wheel_holds_what_pyproject_names(tmp_path: Path) -> None:
    wheel = own_wheel(tmp_path / "a")
    with zipfile.ZipFile(wheel) as whole:
        names = whole.namelist()
    assert {"data/__init__.py", "data/datapackage.json", "data/tables/urban_units.csv", "methods/towns.py", "widgets/explorer.js",
            "widgets/explorers/towns.py", "widgets/carried/leaflet.js"} <= set(names)
    assert not [name for name in names if "recipes" in name or "__pycache__" in name]
    again = own_wheel(tmp_path / "b")
    assert again.name == wheel.name and again.read_bytes() == wheel.read_bytes()
    about = describe(wheel)
    assert about["imports"] == ["data", "methods", "widgets"] and "pandas" in about["needs"]


def test_a_wheel_that_needs_another_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "lonely-1.0-py3-none-any.whl", "w") as whole:
        whole.writestr("lonely/__init__.py", "")
        whole.writestr("lonely-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: lonely\nVersion: 1.0\nRequires-Dist: friend\n"
                       "Requires-Dist: elsewhere; sys_platform == 'win32'\n")
    with pytest.raises(LiveError, match="lonely needs friend"):
        generated_lock({"packages": {}}, tmp_path, tmp_path / "own.whl")


def test_the_lists_agree_with_the_kernels_versions() -> None:
    """Pure packages in the browser are the kernel's, but for the two that stand in for compiled ones."""
    def pins(path: Path) -> dict[str, str]:
        lines = [line.split()[0] for line in path.read_text("utf-8").splitlines() if "==" in line and not line.startswith("#")]
        return {name.lower().replace("_", "-"): version for name, version in (line.split("==") for line in lines)}
    browser = {**pins(ROOT / "book" / "_live" / "requirements.txt"), **pins(ROOT / "book" / "_live" / "markupsafe.txt")}
    kernel = {**pins(ROOT / "constraints.txt"), **pins(ROOT / "requirements.txt")}
    other = {name for name, version in browser.items() if kernel.get(name) != version}
    assert other == {"jsonschema", "pyrsistent"}


def test_what_is_installed_is_what_the_lock_names() -> None:
    """The official versions that the browser gets are the kernel's own, SciPy apart."""
    layer = ROOT / "_build" / "live" / "site" / "pyodide" / "pyodide-lock.json"
    if not layer.exists():
        pytest.skip("no live layer: run `make live`")
    packages = json.loads(layer.read_text("utf-8"))["packages"]
    kernel = dict(line.split()[0].split("==") for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines() if "==" in line)
    versions = {name: (packages[name]["version"], kernel[name]) for name in ("numpy", "pandas", "scikit-learn", "networkx", "altair", "folium", "ipywidgets")}
    assert all(browser == ours for browser, ours in versions.values()), versions
