"""Ask the public lists of known vulnerabilities about every pinned package: `make audit`.

PyPI's packages by pip-audit, npm's by `npm audit`. A list that does not answer is a failure here, and so is one that
answers about nothing: each is first asked about an old release whose vulnerability is long known. Without that a silent
list would look like a clean one.
"""
from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from book._make.live_fetch import HERE

__all__ = ["AuditError", "LISTS", "LOCKS", "pinned", "python_findings", "npm_findings", "main"]

TOOL = HERE / "_build" / "audit" / ("Scripts" if sys.platform == "win32" else "bin") / "pip-audit"
LISTS = ("constraints.txt", "requirements.txt", "tests/requirements.txt", "tests/drill/requirements.txt", "tests/reference/requirements.txt",
         "tests/reference/requirements-counts.txt", "data/recipes/requirements.txt", "data/official/requirements.txt", "book/_live/requirements.txt", "book/_live/markupsafe.txt",
         "book/_live/lab-requirements.txt", "book/_kit/requirements.txt", "book/_make/audit-requirements.txt")
LOCKS = ("package-lock.json", "book/_live/package-lock.json", "tests/drill/package-lock.json")
KNOWN_PYTHON = "jinja2==2.4.1"                      # CVE-2014-1402, CVE-2019-10906
KNOWN_NPM = {"name": "known", "version": "1.0.0", "lockfileVersion": 3, "requires": True, "packages": {
    "": {"name": "known", "version": "1.0.0", "dependencies": {"lodash": "4.17.4"}},       # CVE-2019-10744
    "node_modules/lodash": {"version": "4.17.4", "resolved": "https://registry.npmjs.org/lodash/-/lodash-4.17.4.tgz"}}}


class AuditError(Exception):
    """No list answered: nothing is known, and nothing is claimed."""


def pinned(root: Path = HERE, lists: Iterable[str] = LISTS) -> list[str]:
    """Every `name==version` of the requirement lists, once.

    Examples
    --------
    >>> any(one.startswith("numpy==") for one in pinned())
    True
    """
    lines = [line for name in lists for line in (root / name).read_text("utf-8").splitlines()]
    found = {match[0].lower().replace("_", "-") for line in lines if (match := re.match(r"[A-Za-z0-9._-]+==[^\s;#]+", line))}
    return sorted(found)


# ---- PyPI
def _ask_python(pins: list[str]) -> list[dict[str, Any]]:
    """What pip-audit says of some pins, package by package; names with two versions are asked about in turn."""
    told: list[dict[str, Any]] = []
    left = list(pins)
    while left:
        now = list({pin.split("==")[0]: pin for pin in left}.values())
        left = [pin for pin in left if pin not in now]
        with tempfile.TemporaryDirectory() as folder:
            asked = Path(folder) / "pins.txt"
            asked.write_text("\n".join(now) + "\n")
            done = subprocess.run([str(TOOL), "--requirement", str(asked), "--no-deps", "--disable-pip", "--format", "json",
                                   "--progress-spinner", "off"], capture_output=True, text=True)
        if not done.stdout.startswith("{"):
            raise AuditError(f"PyPI's list of vulnerabilities does not answer: {(done.stderr.strip() or 'no words').splitlines()[-1][:200]}")
        told += json.loads(done.stdout)["dependencies"]
    return told


def python_findings(pins: list[str]) -> list[str]:
    """Known vulnerabilities of pinned packages of PyPI.

    Parameters
    ----------
    pins : list of str
        ``name==version``.

    Returns
    -------
    list of str
        One line each; empty when the list answered about every package and knows none.

    Raises
    ------
    AuditError
        When the list does not answer, or not about every package.
    """
    if not any(one.get("vulns") for one in _ask_python([KNOWN_PYTHON])):
        raise AuditError(f"PyPI's list of vulnerabilities knows nothing of {KNOWN_PYTHON}, which is known: it does not really answer from here")
    told = _ask_python(pins)
    silent = [one["name"] for one in told if "skip_reason" in one]
    if silent:
        raise AuditError(f"PyPI's list of vulnerabilities says nothing of {len(silent)} packages: {', '.join(silent[:8])}")
    return [f"{one['name']} {one['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'no release yet'}"
            for one in told for flaw in one["vulns"]]


# ---- npm
def _ask_npm(lock: Path) -> dict[str, Any]:
    npm = shutil.which("npm")
    if npm is None:
        raise AuditError("npm is not on the path: run `make audit`, which brings one along")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(lock, Path(folder) / "package-lock.json")
        root = json.loads(lock.read_text("utf-8"))["packages"][""]
        (Path(folder) / "package.json").write_text(json.dumps(root))
        done = subprocess.run([npm, "audit", "--json", "--audit"], cwd=folder, capture_output=True, text=True,
                              env={**os.environ, "npm_config_update_notifier": "false"})
    said = json.loads(done.stdout) if done.stdout.lstrip().startswith("{") else {}
    if "vulnerabilities" not in said:
        raise AuditError(f"npm's list of vulnerabilities does not answer: {said.get('message') or done.stderr.strip()[:200] or 'no words'}")
    return said["vulnerabilities"]


def npm_findings(locks: Iterable[Path]) -> list[str]:
    """Known vulnerabilities of what the locks of npm name; as `python_findings`."""
    with tempfile.TemporaryDirectory() as folder:
        known = Path(folder) / "package-lock.json"
        known.write_text(json.dumps(KNOWN_NPM))
        if "lodash" not in _ask_npm(known):
            raise AuditError("npm's list of vulnerabilities knows nothing of lodash 4.17.4, which is known: it does not really answer from here")
    return [f"{name} ({lock.parent.name}): {about['severity']}, {about['range']}" for lock in locks for name, about in sorted(_ask_npm(lock).items())]


def main() -> int:
    pins, silent, found = pinned(), [], []
    for name, ask in (("PyPI", lambda: python_findings(pins)), ("npm", lambda: npm_findings([HERE / lock for lock in LOCKS]))):
        try:
            new = ask()
            print(f"{name}: {len(new)} known vulnerabilities" if new else f"{name}: asked about every pinned package; none is known to be vulnerable")
            found += new
        except AuditError as problem:
            silent.append(name)
            print(f"{name}: NOT AUDITED. {problem}.", file=sys.stderr)
    print("\n".join(found))
    if silent:
        print(f"The audit failed: {' and '.join(silent)} could not be asked, so nothing is known about its packages. Try again where it can be reached.",
              file=sys.stderr)
    return bool(silent or found)


if __name__ == "__main__":
    sys.exit(main())
