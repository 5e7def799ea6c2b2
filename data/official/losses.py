"""What is lost between a file and a table: counted, told, and refused when it is too much."""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from data.official.files import RefusedError

__all__ = ["MOST", "Loss", "Losses"]

#: Largest part of a file's figures that may be lost.
MOST = 0.03
CAUSES = 10


class Loss(NamedTuple):
    """One cause: what was lost, where, and how much."""

    cause: str
    amount: float


class Losses:
    """The losses of one file.

    Parameters
    ----------
    path : Path
        The file.
    unit : str
        What is counted: "people at work", "jobs", "places".
    total : float
        How much the file holds for metropolitan France.

    Examples
    --------
    >>> losses = Losses(Path("list.csv"), "places", 100)
    >>> losses.add("no commune and no coordinates", 2)
    >>> losses.told("on the way", "3 places overseas")
    >>> list(losses.words())
    ['2.0 % of the places are lost: no commune and no coordinates, 2', '3 places overseas']
    """

    def __init__(self, path: Path, unit: str, total: float) -> None:
        self.path, self.unit, self.total = path, unit, total
        self.lost: list[Loss] = []
        self.other: dict[str, str] = {}

    def add(self, cause: str, amount: float) -> None:
        """Count a loss."""
        if amount > 0:
            self.lost.append(Loss(cause, float(amount)))

    def add_communes(self, names: pd.Series, amounts: pd.Series) -> None:
        """Count a loss for each commune: its name and code, and how much stood there."""
        for code, amount in amounts.items():
            name = names.get(code, "")
            self.add(f"{name} ({code}) in no zone" if name else f"commune {code or 'without a code'} in no zone", amount)

    def told(self, key: str, words: str) -> None:
        """Say something that is no loss."""
        self.other[key] = words

    @property
    def share(self) -> float:
        """Part of the total that is lost."""
        return sum(loss.amount for loss in self.lost) / self.total if self.total else 0.0

    def largest(self) -> list[Loss]:
        """The ten largest causes."""
        return sorted(self.lost, key=lambda loss: (-loss.amount, loss.cause))[:CAUSES]

    def check(self) -> None:
        """Nothing when little enough is lost.

        Raises
        ------
        RefusedError
            When more than `MOST` is, with the ten largest causes.
        """
        if self.share > MOST:
            causes = "; ".join(f"{loss.cause}, {loss.amount:,.0f}" for loss in self.largest())
            raise RefusedError(self.path, f"would lose {self.share:.1%} of its {self.unit}, more than {MOST:.0%} ({causes})",
                               "give a zoning of the same years, or the whole file")

    def words(self) -> Iterator[str]:
        """What is lost and what is told, one line each."""
        if self.lost:
            causes = "; ".join(f"{loss.cause}, {loss.amount:,.0f}" for loss in self.largest())
            more = f"; and {len(self.lost) - CAUSES} more" if len(self.lost) > CAUSES else ""
            yield f"{100 * self.share:.1f} % of the {self.unit} are lost: {causes}{more}"
        yield from self.other.values()
