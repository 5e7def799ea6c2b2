"""What a question for marking is made of, and how a student gets places of their own."""
from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["Answer", "Maker", "Question", "Student", "markdown_table"]


@dataclass(frozen=True)
class Answer:
    """One thing to find, with its value and how it is written."""

    what: str                   #: what is asked, as the sheet says it
    value: float | int | str
    form: str = ".2f"           #: format of a number; the sheet asks for as many digits

    @property
    def text(self) -> str:
        """The answer as it is written."""
        return self.value if isinstance(self.value, str) else format(self.value, self.form).replace("-", "−")


@dataclass(frozen=True)
class Question:
    """A question about one student's places, with its answers."""

    chapter: str                #: name of the chapter's file
    title: str
    text: str                   #: Markdown
    answers: list[Answer]
    given: pd.DataFrame | None = None   #: the figures that the student needs, first column names the row
    forms: dict[str, str] = field(default_factory=dict)
    source: str = ""            #: where the figures come from
    places: tuple[str, ...] = ()        #: what makes it this student's own


class Student:
    """A student's draw: the same seed gives the same places, and no two students of a class the same ones.

    Parameters
    ----------
    number : int
        From 0.
    seed : int
    """

    def __init__(self, number: int, seed: int = 0) -> None:
        self.number, self.seed = number, seed

    def take(self, pool: str, things: Sequence[Any], count: int = 1) -> list[Any]:
        """The student's share of a pool that all students draw from in one shuffled order, without replacement as long as it lasts.

        Raises
        ------
        ValueError
            When the pool is smaller than what one student needs.
        """
        if len(things) < count:
            raise ValueError(f"the pool {pool!r} has {len(things)} things and one student needs {count}")
        order = np.random.default_rng([self.seed, zlib.crc32(pool.encode())]).permutation(len(things))
        return [things[order[(self.number * count + n) % len(things)]] for n in range(count)]


@dataclass(frozen=True)
class Maker:
    """One kind of question: the chapter it belongs to, and a function that asks it of a student."""

    chapter: str
    ask: Callable[[Student], Question]

    @property
    def name(self) -> str:
        return self.ask.__name__


def _written(value: Any, form: str | None) -> str:
    if value is None or (isinstance(value, float) and value != value):
        return "–"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    return format(value, form or (",.0f" if float(value).is_integer() else ",.2f")).replace("-", "−")


def markdown_table(frame: pd.DataFrame, forms: dict[str, str]) -> str:
    """A frame as a Markdown table; numbers stand to the right.

    Examples
    --------
    >>> print(markdown_table(pd.DataFrame({"town": ["A"], "people": [1200]}), {}))
    | town | people |
    |---|---:|
    | A | 1,200 |
    """
    numeric = [pd.api.types.is_numeric_dtype(frame[column]) for column in frame]
    rows = [[_written(value, forms.get(str(column))) for column, value in zip(frame, row, strict=True)]
            for row in frame.astype(object).to_numpy().tolist()]
    lines = [list(map(str, frame.columns)), *rows]
    rule = "|" + "|".join("---:" if number else "---" for number in numeric) + "|"
    head, *body = ["| " + " | ".join(line) + " |" for line in lines]
    return "\n".join([head, rule, *body])
