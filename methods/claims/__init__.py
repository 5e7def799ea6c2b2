"""Checks of the issue's claims: each takes the tables and returns a figure, its interval, a comparison in words, a verdict.

A check never reads a file: it is given a function that hands out tables by name. Its verdict follows from its figures
by the rule that its own text states, so that other figures give another verdict.
"""
from __future__ import annotations

from collections.abc import Callable

from methods.claims import third_places, towns, trajectories, valley
from methods.claims.finding import DIFFER, DOES_NOT, HOLDS, PARTLY, UNTESTED, VERDICTS, Finding, Tables

__all__ = ["Finding", "HOLDS", "PARTLY", "DOES_NOT", "UNTESTED", "DIFFER", "VERDICTS", "CHECKS", "FOLLOW"]

#: Every check by its name, as the table of claims names it.
CHECKS: dict[str, Callable[[Tables], Finding]] = {
    name: getattr(part, name) for part in (towns, trajectories, valley, third_places) for name in part.__all__}

#: Checks that follow what the tables count, and so run on a reader's own figures too; the others need the book's occupations.
FOLLOW = frozenset({*trajectories.__all__, "towns_lost_workers"})
