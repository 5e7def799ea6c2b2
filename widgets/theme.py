"""The look of every chart and map: one palette, one Altair theme, one way of writing a chart into a notebook."""
from __future__ import annotations

import math
from typing import Any

import altair as alt

__all__ = ["INDUSTRY", "SERVICES", "CONTEXT", "INK", "PAPER", "LAND", "BORDER", "CATEGORIES", "STATES", "figures",
           "signed", "start"]

# Okabe and Ito's colours: told apart with every common kind of colour vision.
INDUSTRY = "#D55E00"
SERVICES = "#0072B2"
CONTEXT = "#8A9097"
INK = "#22272B"
PAPER = "#FFFFFF"
LAND = "#F1EFEA"
BORDER = "#C9C4B8"
CATEGORIES = [INDUSTRY, SERVICES, "#009E73", "#E69F00", "#56B4E9", "#CC79A7", "#7A6A00", CONTEXT]
# From services to industry, through the middle: the ordered states of specialisation.
STATES = ["#0072B2", "#8DBBD9", "#F0B88A", "#C24E00"]

VEGALITE = "application/vnd.vegalite.v5+json"
WIDTH = 480


def figures(value: float, digits: int = 6) -> float:
    """Round to a number of significant digits, so that another processor writes the same bytes.

    Parameters
    ----------
    value : float
        Any number; infinities and missing values are returned as they are.
    digits : int
        How many significant digits to keep.

    Returns
    -------
    float

    Examples
    --------
    >>> figures(1234.56789)
    1234.57
    >>> figures(0.1 + 0.2)
    0.3
    """
    return float(f"{value:.{digits}g}") if math.isfinite(value) else value


def signed(value: float, form: str = "+,.1f") -> str:
    """A number as a sentence writes it, below zero with a true minus sign.

    Parameters
    ----------
    value : float
    form : str
        Python's format.

    Returns
    -------
    str

    Examples
    --------
    >>> signed(-21.94), signed(3, "+.2f")
    ('−21.9', '+3.00')
    """
    return format(value, form).replace("-", "−")


def rounded(part: Any) -> Any:
    """The same tree of dicts and lists with every float rounded to six significant digits."""
    if isinstance(part, dict):
        return {key: rounded(value) for key, value in part.items()}
    if isinstance(part, (list, tuple)):
        return [rounded(value) for value in part]
    return figures(part) if isinstance(part, float) else part


@alt.theme.register("book", enable=False)
def book_theme() -> alt.theme.ThemeConfig:
    """Quiet axes, titles that start at the left edge, the book's colours."""
    text = {"labelColor": INK, "titleColor": INK, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"}
    return {"config": {
        "font": "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
        "background": PAPER,
        "view": {"stroke": None, "continuousWidth": WIDTH, "continuousHeight": 300, "discreteWidth": WIDTH},
        "axis": {**text, "gridColor": "#E8E6E1", "domainColor": BORDER, "tickColor": BORDER},
        "axisY": {"domain": False, "ticks": False, "titleAngle": 0, "titleAlign": "left", "titleAnchor": "start",
                  "titleX": 0, "titleY": -8, "titleBaseline": "bottom"},
        "legend": {**text, "orient": "top", "title": None, "symbolType": "circle"},
        "header": text,
        "title": {"anchor": "start", "frame": "group", "fontSize": 15, "fontWeight": 600, "color": INK, "offset": 14,
                  "subtitleFontSize": 12.5, "subtitleColor": "#4A5056", "subtitlePadding": 5},
        "bar": {"color": INDUSTRY}, "line": {"color": INDUSTRY, "strokeWidth": 2.5}, "point": {"filled": True, "size": 55},
        "circle": {"opacity": 0.85}, "rule": {"color": CONTEXT}, "text": {"color": INK, "fontSize": 12},
        "range": {"category": CATEGORIES, "ordinal": STATES},
    }}


def _book_renderer(spec: dict[str, Any], **_: Any) -> dict[str, Any]:
    """A chart as the record that JupyterLab draws with no network, and that the book's pages draw with their own Vega.

    JupyterLab 4 knows Vega-Lite by its version 5 record; what this book draws is the same in versions 5 and 6.
    """
    spec = rounded(spec) | {"$schema": "https://vega.github.io/schema/vega-lite/v5.json"}
    return {VEGALITE: spec, "text/plain": f"<Chart: {_title(spec)}>"}


def _title(spec: dict[str, Any]) -> str:
    """The words of a chart's title, or of its description."""
    title = spec.get("title", spec.get("description", "no title"))
    title = title.get("text", "no title") if isinstance(title, dict) else title
    return " ".join(title) if isinstance(title, list) else str(title)


alt.renderers.register("book", _book_renderer)


def start() -> None:
    """Give charts the book's look. The first cell of every chapter calls it."""
    alt.theme.enable("book")
    alt.renderers.enable("book")
    alt.data_transformers.enable("default", max_rows=None)
