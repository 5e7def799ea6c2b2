"""The audit asks about everything that is pinned, tells what it finds, and never takes silence for good news."""
from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from book._make import audit
from book._make.audit import KNOWN_PYTHON, LISTS, LOCKS, AuditError, npm_findings, pinned, python_findings

ROOT = Path(__file__).resolve().parents[2]
FLAW = {"id": "PYSEC-0", "fix_versions": ["9.9"]}


def lists(monkeypatch: pytest.MonkeyPatch, answer: Callable[[str, str], dict[str, Any]], knows: bool = True) -> None:
    """Instead of PyPI's list: it knows the old release or not, and answers about each pin."""
    def ask(pins: list[str]) -> list[dict[str, Any]]:
        if pins == [KNOWN_PYTHON]:
            return [{"name": "jinja2", "version": "2.4.1", "vulns": [FLAW] if knows else []}]
        return [{"name": name, "version": version, **answer(name, version)} for name, version in (pin.split("==") for pin in pins)]
    monkeypatch.setattr(audit, "_ask_python", ask)


def test_every_list_and_lock_of_the_tree_is_asked_about() -> None:
    tree = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    named = {path for path in tree if path.endswith(".txt") and ("requirements" in Path(path).name or Path(path).name in ("constraints.txt", "markupsafe.txt"))}
    assert set(LISTS) == named - {"binder/requirements.txt"}         # that one names the book's own
    assert set(LOCKS) == {path for path in tree if Path(path).name == "package-lock.json"}


def test_pins_are_read_without_marks_and_comments(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("# old==1\n-c b.txt\nTyping_Extensions==4.1   # why\nattrs==2.0 --hash=sha256:ab\nloose>=3\n")
    (tmp_path / "b.txt").write_text("attrs==2.0\nattrs==3.0; python_version > '3'\n")
    assert pinned(tmp_path, ["a.txt", "b.txt"]) == ["attrs==2.0", "attrs==3.0", "typing-extensions==4.1"]


def test_what_is_known_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    lists(monkeypatch, lambda name, _: {"vulns": [FLAW] if name == "weak" else []})
    assert python_findings(["strong==1.0", "weak==2.0"]) == ["weak 2.0: PYSEC-0, mended in 9.9"]


def test_silence_is_not_good_news(monkeypatch: pytest.MonkeyPatch) -> None:
    lists(monkeypatch, lambda *_: {"vulns": []}, knows=False)
    with pytest.raises(AuditError, match="does not really answer"):
        python_findings(["strong==1.0"])
    lists(monkeypatch, lambda *_: {"skip_reason": "not found"})
    with pytest.raises(AuditError, match="nothing of 1 packages: strong"):
        python_findings(["strong==1.0"])


def test_npm_is_asked_about_an_old_release_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[Path] = []

    def ask(lock: Path) -> dict[str, Any]:
        asked.append(lock)
        return {"lodash": {"severity": "critical", "range": "<4.17.12"}} if "lodash" in lock.read_text() else {}
    monkeypatch.setattr(audit, "_ask_npm", ask)
    (tmp_path / "package-lock.json").write_text("{}")
    assert npm_findings([tmp_path / "package-lock.json"]) == []
    assert len(asked) == 2
    monkeypatch.setattr(audit, "_ask_npm", lambda lock: {})
    with pytest.raises(AuditError, match="lodash"):
        npm_findings([tmp_path / "package-lock.json"])


def test_a_list_that_cannot_be_asked_fails_the_audit(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def nobody(*_: object) -> list[str]:
        raise AuditError("the list does not answer")
    monkeypatch.setattr(audit, "python_findings", nobody)
    monkeypatch.setattr(audit, "npm_findings", lambda locks: [])
    assert audit.main() == 1
    said = capsys.readouterr()
    assert "PyPI: NOT AUDITED" in said.err and "nothing is known about its packages" in said.err
    assert "PyPI: asked" not in said.out
    monkeypatch.setattr(audit, "python_findings", lambda pins: [])
    assert audit.main() == 0
    monkeypatch.setattr(audit, "python_findings", lambda pins: ["weak 2.0: PYSEC-0"])
    assert audit.main() == 1
