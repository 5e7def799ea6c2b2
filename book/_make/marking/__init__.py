"""Questions for marking: each maker asks about places that a student draws, and answers with the functions of `methods`."""
from __future__ import annotations

from book._make.marking import cases, counts, towns
from book._make.marking.asking import Answer, Maker, Question, Student

__all__ = ["MAKERS", "Answer", "Maker", "Question", "Student"]

MAKERS: list[Maker] = sorted([*towns.MAKERS, *cases.MAKERS, *counts.MAKERS], key=lambda maker: maker.chapter)
