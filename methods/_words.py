"""How error messages name a value: as a reader wrote it, without the name of its NumPy type."""
from __future__ import annotations

from collections.abc import Iterable

__all__ = ["plain"]


def plain(value: object) -> str:
    """Write a value, or a list of values, as plain Python.

    Examples
    --------
    >>> import numpy as np
    >>> plain(np.int64(1982)), plain([np.float64(0.5), "low"])
    ('1982', "[0.5, 'low']")
    """
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return "[" + ", ".join(map(plain, value)) + "]"
    return repr(value.item() if hasattr(value, "item") else value)
