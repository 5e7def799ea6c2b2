"""A chapter's cells run once in this process, for every test that needs its names."""
from __future__ import annotations

import ast
import contextlib
import io
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import ipywidgets

from book._make.chapters import read_text

__all__ = ["ASKS", "Ran", "asked", "ran"]

# What a call of `check` is given by the figures: the argument that holds it.
ASKS = {"choice": ["answer"], "number": ["answer"], "pick": ["answer"], "guess": ["line", "bars", "point"]}


@dataclass
class Ran:
    """What a chapter leaves behind."""

    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})
    interacts: list[tuple[Callable[..., Any], dict[str, Any]]] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)        # what each question's and guess's answer is, in the page's order


def asked(source: str) -> list[tuple[str, ast.Call, ast.expr]]:
    """The calls of `check` in a cell: kind, call, and the expression of the right answer."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "check":
            wanted = [k.value for k in node.keywords if k.arg in ASKS.get(node.func.attr, [])]
            found += [(node.func.attr, node, value) for value in wanted]
    return found


@cache
def ran(path: Path) -> Ran:
    """Run a chapter's text twin as its notebook would run, from its own folder; `interact` is only written down."""
    out, real, before = Ran(), ipywidgets.interact, Path.cwd()
    ipywidgets.interact = lambda function, **controls: out.interacts.append((function, controls))
    os.chdir(path.parent)
    try:
        for number, cell in enumerate(c for c in read_text(path).cells if c.cell_type == "code"):
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(cell.source, f"{path.stem}, code cell {number}", "exec"), out.names)
            out.answers += [eval(compile(ast.Expression(value), "answer", "eval"), out.names) for _, _, value in asked(cell.source)]
    finally:
        ipywidgets.interact = real
        os.chdir(before)
    return out
