"""From a chapter to a page: the notebook that is committed, strict nbval on it, and the book's build."""
from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from book._ext.explorers import RECORD, classic, fingerprint, page_scripts
from book._make.chapters import run
from tests.conftest import ROOT

CHAPTER = f"""# %% [markdown]
# # A page with an explorer

# %%
import sys
sys.path.insert(0, {str(ROOT)!r})
from tests.demonstrations import Toy

# %%
Toy(grain=1000)

# %%
Toy()
"""
CONF = f"""
import sys
sys.path[:0] = [{str(ROOT / "book" / "_ext")!r}, {str(ROOT)!r}]
extensions = ["myst_nb", "explorers"]
html_static_path = [{str(ROOT / "book" / "_static")!r}]
nb_execution_mode = "off"
exclude_patterns = ["_build", "*.py"]
"""


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("chapters") / "10_toy.py"
    path.write_text(CHAPTER, "utf-8")
    path.with_suffix(".ipynb").write_text(run(path), "utf-8")
    return path.with_suffix(".ipynb")


def outside(*command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "COV"))}
    return subprocess.run([sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, env=clean, check=False)


def test_the_notebook_keeps_the_record_alone(notebook: Path) -> None:
    text = notebook.read_text("utf-8")
    outputs = [out["data"] for cell in json.loads(text)["cells"] for out in cell.get("outputs", [])]
    assert [sorted(data) for data in outputs] == [sorted([RECORD, "text/plain"])] * 2
    assert outputs[0][RECORD]["choices"] == {"grain": 1000} and outputs[1][RECORD]["choices"] == {}
    assert "widget" not in text and len(text) < 4000


def test_strict_nbval_passes(notebook: Path) -> None:
    found = outside("pytest", "-p", "no:cacheprovider", "--nbval", notebook.name, folder=notebook.parent)
    assert found.returncode == 0, found.stdout[-3000:]


def test_strict_nbval_sees_another_sentence(notebook: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.ipynb"
    changed.write_text(notebook.read_text("utf-8").replace("the towns kept are 3 large", "the towns kept are 4 large"), "utf-8")
    assert outside("pytest", "-p", "no:cacheprovider", "--nbval", changed.name, folder=tmp_path).returncode == 1


def build(folder: Path) -> subprocess.CompletedProcess[str]:
    return outside("sphinx", "-q", "-W", "--keep-going", ".", "_build/html", folder=folder)


def test_a_book_is_built_with_its_explorers(notebook: Path, tmp_path: Path) -> None:
    """The page has words, table and scripts; nothing is computed twice; a change in what it depends on is followed."""
    (tmp_path / "conf.py").write_text(CONF, "utf-8")
    (tmp_path / "index.ipynb").write_bytes(notebook.read_bytes())
    first = build(tmp_path)
    assert first.returncode == 0, first.stderr
    assert "explorer toy: 144 states, " in first.stdout
    page = (tmp_path / "_build/html/index.html").read_text("utf-8")
    assert page.count('<div class="book-explorer" data-explorer="toy"') == 2 and "In 1990 the towns kept are 3 large" in page
    loaded = [source.split("?")[0] for source in re.findall(r'<script src="_static/([^"]+)"', page)]
    assert [name for name in loaded if name in page_scripts(page)] == page_scripts(page)
    assert loaded.count("explorers/toy.js") == 1
    script = (tmp_path / "_build/html/_static/explorers/toy.js").read_bytes()

    made = [*(tmp_path / "_build/explorers").iterdir(), tmp_path / "_build/html/index.html"]

    def written() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in made}
    before = written()
    assert build(tmp_path).returncode == 0 and written() == before
    with (tmp_path / "conf.py").open("a") as conf:          # as if a method had changed: page and states are made again
        conf.write("import explorers\nexplorers.fingerprint = lambda record: 'changed'\n")
    third = build(tmp_path)
    assert third.returncode == 0, third.stderr
    assert all(now > before[path] for path, now in written().items())
    assert (tmp_path / "_build/html/_static/explorers/toy.js").read_bytes() == script


@pytest.mark.parametrize(("record", "words"), [
    ({"explorer": "tests.demonstrations:Absent", "name": "toy", "choices": {}}, "cannot be made"),
    ({"explorer": "tests.demonstrations:Toy", "name": "toy", "choices": {"bound": -1}}, "cannot be made")])
def test_a_broken_explorer_stops_the_build(notebook: Path, tmp_path: Path, record: dict[str, object], words: str) -> None:
    held = json.loads(notebook.read_text("utf-8"))
    held["cells"][2]["outputs"][0]["data"][RECORD] = record
    (tmp_path / "conf.py").write_text(CONF, "utf-8")
    (tmp_path / "index.ipynb").write_text(json.dumps(held), "utf-8")
    found = build(tmp_path)
    assert found.returncode != 0 and words in found.stderr, found.stderr


def test_an_explorer_that_is_too_large_fails_the_build(notebook: Path, tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(CONF + "\nimport explorers\nexplorers.MOST = 1000\n", "utf-8")
    (tmp_path / "index.ipynb").write_bytes(notebook.read_bytes())
    found = build(tmp_path)
    assert found.returncode != 0 and "1,000 is the most" in found.stderr


def test_the_fingerprint_follows_what_states_depend_on(tmp_path: Path) -> None:
    record = {"explorer": "tests.demonstrations:Toy", "name": "toy", "choices": {}}
    for folder in ("data", "methods", "widgets"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.py").write_text("1", "utf-8")
    prints = {fingerprint(record, tmp_path)}
    for folder in ("data", "methods", "widgets"):
        (tmp_path / folder / "a.py").write_text("2", "utf-8")
        prints.add(fingerprint(record, tmp_path))
    assert len(prints) == 4 and fingerprint({**record, "choices": {"far": False}}, tmp_path) not in prints
    (tmp_path / "widgets" / "explorer.js").write_text("3", "utf-8")
    assert fingerprint(record, tmp_path) in prints


def test_the_front_end_becomes_a_classic_script() -> None:
    text = classic((ROOT / "widgets" / "explorer.js").read_text("utf-8"))
    assert "globalThis.bookExplorer = { render, parts: {" in text and not re.search(r"^(import|export)\b", text, re.MULTILINE)
    with pytest.raises(Exception, match="import nothing"):
        classic("import x from 'y';\nexport default { render };\n")
