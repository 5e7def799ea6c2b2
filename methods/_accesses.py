"""What every measure on a coding table of accesses asks of it."""
from __future__ import annotations

import pandas as pd

from methods._words import plain

__all__ = ["checked"]


def checked(accesses: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The accesses in the order of their numbers, with the columns that a measure needs."""
    lost = [name for name in ("sequence", "from", "to", *columns) if name not in accesses]
    if lost:
        raise ValueError(f"no column {lost[0]!r} among {', '.join(map(str, accesses.columns))}: a coding table needs it")
    twice = accesses["sequence"].duplicated()
    if twice.any():
        raise ValueError(f"two accesses have the number {plain(accesses['sequence'][twice].iloc[0])}: code one coder at a time, each access once")
    alone = accesses["from"].astype(str) == accesses["to"].astype(str)
    if alone.any():
        row = accesses[alone].iloc[0]
        raise ValueError(f"access {plain(row['sequence'])} leads from {row['from']!r} to itself: an access joins two actors")
    return accesses.sort_values("sequence").reset_index(drop=True)
