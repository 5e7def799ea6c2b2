"""Numbers that prose takes from the computation."""
from __future__ import annotations

from typing import Any

import numpy as np
from IPython.display import display

from widgets.theme import figures

__all__ = ["glue"]

PREFIX = "application/papermill.record/"


def glue(**numbers: Any) -> None:
    """Name results, so that the page's text can quote them instead of repeating them.

    The text quotes a name as ``{glue:text}`name` `` or, with a format, ``{glue:text}`name:.1f` ``. The record is the one
    that MyST-NB's own ``glue`` writes; this one also runs in a browser's Python.

    Parameters
    ----------
    **numbers : int, float or str
        A name for each result. Floats are kept to six significant digits.

    Raises
    ------
    TypeError
        When a value is neither a number nor a text: glue one figure, not a table.
    """
    for name, value in numbers.items():
        if isinstance(value, np.generic):
            value = value.item()
        if not isinstance(value, (int, float, str)):
            raise TypeError(f"glue takes numbers and texts; {name} is a {type(value).__name__}: pick the one figure to quote")
        value = figures(value) if isinstance(value, float) else value
        record = {"scrapbook": {"name": name, "mime_prefix": PREFIX}}
        display({PREFIX + "text/plain": repr(value)}, metadata=record, raw=True)
