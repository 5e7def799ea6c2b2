"""`make new-chapter`: the skeleton runs, and passes the same tests as every chapter."""
from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from book._make.new_chapter import begin

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

from taught import Chapter  # noqa: E402


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the book without what is built or installed."""
    left_out = shutil.ignore_patterns("_build", ".venv", "node_modules", ".git", "__pycache__", ".*_cache", ".hypothesis", "*.egg-info", "*.ipynb")
    return Path(shutil.copytree(ROOT, tmp_path / "book", ignore=left_out))


def test_a_new_chapter_passes_the_standard(copy: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    def do(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", *command], cwd=copy, env=env, capture_output=True, text=True, check=False)
    made = do("book._make.new_chapter", "harbours")
    assert made.returncode == 0, made.stdout + made.stderr
    path = sorted((copy / "chapters").glob("*_harbours.py"))[0]
    assert f"file: chapters/{path.stem}\n" in (copy / "_toc.yml").read_text("utf-8")
    assert (copy / "tests" / "chapters" / "wrong" / path.name).exists()
    taught = Chapter(path.stem, copy)
    entries = [*taught.teaching["questions"], *taught.teaching["misreadings"]]
    assert all(taught.at(one["section"]).title and all(taught.text(text) for text in one.values()) for one in entries)
    tests = do("pytest", "tests/chapters", "-k", path.stem, "-p", "no:cacheprovider")
    assert tests.returncode == 0, tests.stdout[-3000:]
    assert int(tests.stdout.split(" passed")[0].split()[-1]) >= 15
    ruff = do("ruff", "check", "chapters", "tests/chapters")
    assert ruff.returncode == 0, ruff.stdout
    again = do("book._make.new_chapter", "harbours")
    assert again.returncode == 1 and "called harbours already" in again.stdout


@pytest.mark.parametrize("name", ["Harbours", "03_harbours", "two words", "../out", ""])
def test_a_name_that_is_no_name_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="small letters"):
        begin(name, tmp_path)


def test_the_seven_steps_name_what_exists() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert [line.split(".")[0] for line in text.splitlines() if line[:1].isdigit()] == list("1234567")
    for place in ("widgets/check.py", "widgets/explorers/towns.py", "data/datapackage.json"):
        assert place in text and (ROOT / place).exists()
    assert "new-chapter:" in (ROOT / "Makefile").read_text("utf-8")
