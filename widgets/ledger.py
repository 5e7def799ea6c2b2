"""The claims ledger: what the issue claims, what our figures say of it, and where."""
from __future__ import annotations

import html
from collections.abc import Callable

import pandas as pd
from IPython.display import HTML

from data import counted, load
from data.loading import book_table
from data.words import WORKERS
from methods.claims import CHECKS, FOLLOW, VERDICTS
from widgets.show import credit

__all__ = ["ledger", "show_claims", "claim_items"]


class _Own:
    """Hands out a reader's own tables, and says what they count."""

    def __init__(self) -> None:
        self.counted = counted()

    def __call__(self, name: str) -> pd.DataFrame:
        return load(name)


def _on(check: str) -> tuple[Callable[[str], pd.DataFrame], str]:
    """The tables that a check runs on, and what they count: a reader's own where it follows what is counted, else the book's."""
    own = counted() != WORKERS and check in FOLLOW
    return (_Own(), counted().label) if own else (book_table, "the book’s figures")


def ledger(checked: bool = True) -> pd.DataFrame:
    """Every claim, with what its check finds now.

    Parameters
    ----------
    checked : bool
        Whether to run the checks; without, only the stored verdicts are there.

    Returns
    -------
    DataFrame, one row per claim, in the order of the introduction
        The columns of the table `claims`, then `value`, `low`, `high` (missing without a check), `words`, the comparison that
        decided, and `figures`, what it was computed on. On a reader's own figures the verdict is the one that they give.
    """
    claims = load("claims").sort_values("number").set_index("claim")
    checks = claims["check"].dropna()
    own = counted() != WORKERS
    found = {name: CHECKS[check](_on(check)[0]) for name, check in checks.items() if checked or (own and check in FOLLOW)}
    claims = claims.assign(figures=checks.map(lambda check: _on(check)[1]))
    for name, check in checks.items():
        if own and check in FOLLOW:
            claims.loc[name, "caveat"] = f"computed on {_on(check)[1]}; on the book’s {WORKERS.label}: {claims.loc[name, 'verdict']}"
            claims.loc[name, "verdict"] = found[name].verdict
    parts = {part: pd.Series({name: getattr(finding, part) for name, finding in found.items()}, dtype=kind)
             for part, kind in (("value", float), ("low", float), ("high", float), ("words", object))}
    return claims.assign(**parts)


def _several(verdict: str, count: int) -> str:
    """The verdict with its verb in the plural."""
    return verdict if count == 1 else verdict.replace("holds", "hold").replace("does", "do")


def claim_items(claims: pd.DataFrame) -> str:
    """Claims as the items of a list: verdict, statement, where it is stated."""
    def item(row: pd.Series) -> str:
        mark = f'<span class="verdict-mark verdict-{row["verdict"].replace(" ", "-")}">{row["verdict"]}</span>'
        where = f"§{row['paragraph']:.0f}" if pd.notna(row["paragraph"]) else "abstract"
        return f"<li>{mark} {html.escape(row['statement'])} ({where})</li>"
    return "".join(item(row) for _, row in claims.iterrows())


def show_claims(chapter: str) -> HTML:
    """The claims that a chapter discusses and the verdicts on our figures, for its first screen.

    Parameters
    ----------
    chapter : str
        Name of its file, as in the table `claims`.

    Returns
    -------
    IPython.display.HTML

    Raises
    ------
    KeyError
        When no claim of the ledger names that chapter.
    """
    claims = ledger(checked=False)
    own = claims[claims["chapter"] == chapter]
    if own.empty:
        raise KeyError(f"no claim of the ledger names the chapter {chapter!r}; they name {sorted(claims['chapter'].unique())}")
    counts = own["verdict"].astype(str).value_counts()
    said = ", ".join(f"{counts[verdict]} {_several(verdict, counts[verdict])}" for verdict in VERDICTS if verdict in counts)
    return HTML(f'<figure class="book-claims"><details><summary>Claim by claim: {said}</summary><ul>{claim_items(own)}</ul></details>'
                f"{credit(['claims'])}</figure>")
