"""Which packages a piece of code brings into the browser: its imports, followed through the book's own modules.

A page loads only what its chapter imports. The book's three packages are one wheel, and each of their modules has needs of
its own: `methods.towns` works without SciPy, `methods.clusters` does not.
"""
from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

__all__ = ["OWN", "LATE", "imports_of", "module_needs", "packages_for", "with_depends"]

OWN = ("data", "methods", "widgets")
LATE = ("scipy", "scikit-learn")       # loaded when something of them is first asked for: large, and many cells do without
KNOWN = {*OWN, *sys.stdlib_module_names}


def imports_of(text: str, module: str = "") -> set[str]:
    """Every module that a piece of code names in an import, dotted; a text that is no Python names none.

    Examples
    --------
    >>> sorted(imports_of("import numpy as np; from methods import towns"))
    ['methods', 'methods.towns', 'numpy']
    """
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return set()
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*module.split(".")[:-node.level], *filter(None, [base])])
            found |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
    return found


def _with_parents(names: Iterable[str]) -> set[str]:
    """Importing `a.b.c` runs `a` and `a.b` too."""
    return {".".join(parts[:n]) for name in names for parts in [name.split(".")] for n in range(1, len(parts) + 1)}


def module_needs(root: Path) -> dict[str, list[str]]:
    """The foreign first names that each of the book's modules brings along, by module.

    Parameters
    ----------
    root : Path
        The folder that holds `data`, `methods` and `widgets`.

    Returns
    -------
    dict of str to list of str
    """
    direct: dict[str, set[str]] = {}
    for package in OWN:
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            if not {"recipes", "official"} & set(parts):
                name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
                direct[name] = _with_parents(imports_of(path.read_text("utf-8"), name))
    needs = {}
    for name in direct:
        seen, open_ = set(), _with_parents([name])
        while open_:
            seen |= open_
            open_ = {inner for one in open_ for inner in direct.get(one, ())} - seen
        needs[name] = sorted({one for one in seen if "." not in one and one not in KNOWN})
    return needs


def packages_for(texts: Iterable[str], needs: Mapping[str, list[str]], lock: Mapping[str, Any], without: Iterable[str] = ()) -> list[str]:
    """The packages of a lock that some cells bring in, with all that these depend on.

    Parameters
    ----------
    texts : iterable of str
        Python.
    needs : mapping
        As `module_needs` gives it.
    lock : mapping
        As `book._make.live_wheels.generated_lock` gives it.
    without : iterable of str
        Packages that are left out, with what they alone would bring.

    Returns
    -------
    list of str
        Sorted.
    """
    by_import = {name: package for package, about in lock["packages"].items() for name in about["imports"]}
    names = _with_parents(name for text in texts for name in imports_of(text))
    tops = {top for name in names for top in [name.split(".")[0], *needs.get(name, ())]}
    return with_depends({by_import[top] for top in tops if top in by_import}, lock, without)


def with_depends(packages: Iterable[str], lock: Mapping[str, Any], without: Iterable[str] = ()) -> list[str]:
    """Packages of a lock with all that they depend on, sorted; some are left out, with what they alone would bring.

    Examples
    --------
    >>> lock = {"packages": {"pandas": {"depends": ["numpy"]}, "numpy": {"depends": []}}}
    >>> with_depends(["pandas"], lock)
    ['numpy', 'pandas']
    """
    found, left = set(), set(without)
    open_ = set(packages) - left
    while open_:
        found |= open_
        open_ = {need for name in open_ for need in lock["packages"][name]["depends"]} - found - left
    return sorted(found)
