"""Coding exercises from one source, their solution: the stub that a reader starts from is generated.

In a chapter, a cell tagged `exercise` defines one function and calls its check; the cell tagged `exercise-check` before it
defines the check. The page and the reader's copy get the stub between the two.
"""
from __future__ import annotations

import ast
import copy
from typing import Any

__all__ = ["EXERCISE", "CHECK", "stub", "solved", "tagged", "with_stubs"]

EXERCISE, CHECK = "exercise", "exercise-check"


def tagged(cell: dict[str, Any], tag: str) -> bool:
    """Whether a cell is a code cell with a tag."""
    return cell["cell_type"] == "code" and tag in cell["metadata"].get("tags", [])


def solved(source: str) -> ast.FunctionDef:
    """The one function that an exercise's cell defines.

    Raises
    ------
    ValueError
        When the cell defines no function, or several, or does not call its check.
    """
    found = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    if len(found) != 1:
        raise ValueError(f"an exercise's cell defines one function, this one {len(found)}:\n{source}")
    if f"check_{found[0].name}({found[0].name})" not in source:
        raise ValueError(f"an exercise's cell calls check_{found[0].name}({found[0].name}):\n{source}")
    return found[0]


def stub(source: str) -> str:
    """The cell that a reader starts from: the same, its function without a body.

    Parameters
    ----------
    source : str
        The solution's cell.

    Returns
    -------
    str

    Examples
    --------
    >>> print(stub('def half(n):\\n    "Half of n."\\n    return n / 2\\n\\n\\ncheck_half(half)'))
    def half(n):
        "Half of n."
        raise NotImplementedError("write half")
    <BLANKLINE>
    <BLANKLINE>
    check_half(half)
    """
    function, lines = solved(source), source.splitlines()
    first = function.body[0]
    told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    kept = first.end_lineno if told else first.lineno - 1
    indent = " " * first.col_offset
    return "\n".join([*lines[:kept], f'{indent}raise NotImplementedError("write {function.name}")', *lines[function.end_lineno:]])


def with_stubs(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same cells, with each exercise's stub right after the cell that defines its check.

    Parameters
    ----------
    cells : list of dict
        Cells of a notebook of format 4.

    Returns
    -------
    list of dict

    Raises
    ------
    ValueError
        When a check is not followed by its exercise.
    """
    out: list[dict[str, Any]] = []
    for at, cell in enumerate(cells):
        out.append(cell)
        if tagged(cell, CHECK):
            solution = next((c for c in cells[at + 1:] if tagged(c, EXERCISE) or tagged(c, CHECK)), None)
            if solution is None or not tagged(solution, EXERCISE):
                raise ValueError(f"no cell tagged `{EXERCISE}` follows this check:\n{''.join(cell['source'])}")
            begun = copy.deepcopy(solution)
            begun.update(id=f"{solution.get('id', 'exercise')}-stub", source=stub("".join(solution["source"])), outputs=[], execution_count=None)
            begun["metadata"] = {"tags": ["stub"]}
            out.append(begun)
    return out
