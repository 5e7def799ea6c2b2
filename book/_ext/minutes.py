"""How long a chapter takes: computed from its length, by a formula that the instructor's page prints."""
from __future__ import annotations

import math
import re
from typing import Any

__all__ = ["planned_minutes", "with_minutes", "WORDS_A_MINUTE", "LINES_A_MINUTE", "EXERCISE"]

WORDS_A_MINUTE = 180        # prose read with a pencil in hand
LINES_A_MINUTE = 6          # code read and run; folded cells draw what the text reads, and are not counted
EXERCISE = 8                # minutes for an exercise
TOKEN = "{planned-minutes}"


def planned_minutes(notebook: dict[str, Any]) -> dict[str, int]:
    """Minutes to read a chapter, to run its code and to do its exercises.

    Parameters
    ----------
    notebook : dict
        A notebook of format 4.

    Returns
    -------
    dict of str to int
        `reading`, `code` and `exercises`, each rounded up to whole minutes, and `all`, their sum rounded up to five.
        Planned, not timed in a class.
    """
    def source(cell: dict[str, Any]) -> str:
        return "".join(cell["source"])
    prose = [source(c) for c in notebook["cells"] if c["cell_type"] == "markdown"]
    code = [source(c) for c in notebook["cells"]
            if c["cell_type"] == "code" and "hide-input" not in c["metadata"].get("tags", [])]
    words = sum(len(re.findall(r"\w+(?:['’-]\w+)*", text)) for text in prose)
    lines = sum(1 for text in code for line in text.splitlines() if line.strip() and not line.strip().startswith("#"))
    exercises = sum(len(re.findall(r"\{exercise\}", text)) for text in prose)
    parts = {"reading": math.ceil(words / WORDS_A_MINUTE), "code": math.ceil(lines / LINES_A_MINUTE), "exercises": exercises * EXERCISE}
    return parts | {"all": math.ceil(sum(parts.values()) / 5) * 5}


def with_minutes(notebook: dict[str, Any]) -> None:
    """Put the planned minutes where a chapter says `{planned-minutes}`."""
    parts = planned_minutes(notebook)
    words = (f"{parts['all']} minutes planned ({parts['reading']} to read, {parts['code']} for the code, "
             f"{parts['exercises']} for the exercises); not yet timed in a class")
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = "".join(cell["source"]).replace(TOKEN, words)
