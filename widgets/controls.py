"""The controls of an explorer: each is a trait of the widget, with the words and values that the front end needs.

A control is declared as a class attribute: ``bound = choice({20_000: "20,000"}, 20_000, "Largest town")``. Its value is an
ordinary trait: `observe` it, or link it to a slider of ipywidgets. The values it holds in a page that has no Python are
its *stored* values; with Python, a number may take any other value as well.
"""
from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import traitlets as t

__all__ = ["choice", "ordered", "number", "toggle", "several", "timeline", "place", "chosen_values"]

Value = str | int | float
Options = Mapping[Value, str] | Sequence[Value]


def _tagged(trait: t.TraitType, kind: str, label: str, help: str, **about: Any) -> t.TraitType:
    """A trait that the front end shares, with what it says about its control."""
    if not label.strip():
        raise ValueError(f"a {kind} control needs a label: say what it changes")
    return trait.tag(sync=True, control={"kind": kind, "label": label, "help": help, **about})


def _listed(options: Options, default: Value, label: str) -> dict[str, Any]:
    """The values of a list and their words."""
    words = dict(options) if isinstance(options, Mapping) else {value: str(value) for value in options}
    if not all(isinstance(value, (str, int, float)) for value in words):
        raise TypeError(f"the values of {label!r} must be numbers or texts; got {list(words)}")
    if default not in words:
        raise ValueError(f"{label!r} starts at {default!r}, which is not one of {list(words)}")
    return {"values": list(words), "words": [str(word) for word in words.values()]}


def _kept(stored: Sequence[Any] | None, every: Sequence[Any], default: Any, label: str) -> list[Any]:
    """The values that a page keeps: those declared, in order, among them the first one shown."""
    kept = list(every) if stored is None else [value for value in every if value in stored]
    strange = [value for value in stored or () if value not in every]
    if strange or default not in kept:
        raise ValueError(f"{label!r} must store {default!r} and values that it can take; {strange} are none of {list(every)}")
    return kept


def choice(options: Options, default: Value, label: str, help: str = "", stored: Sequence[Value] | None = None) -> t.TraitType:
    """One of a list.

    Parameters
    ----------
    options : mapping of value to words, or sequence of values
        What can be chosen.
    default : str, int or float
        What is chosen at first.
    label : str
        What the control changes, in words that a reader sees beside it.
    help : str
        A longer explanation, shown under the control.
    stored : sequence, optional
        The values kept in a page without Python; all of them when not given.

    Returns
    -------
    traitlets.Enum

    Raises
    ------
    ValueError
        When the label is empty, or the default is not one of the options.

    Examples
    --------
    >>> cost = choice({"constant": "the same for all", "rates": "from transition rates"}, "constant", "Cost")
    >>> cost.metadata["control"]["values"]
    ['constant', 'rates']
    """
    about = _listed(options, default, label)
    kept = _kept(stored, about["values"], default, label)
    return _tagged(t.Enum(about["values"], default_value=default), "choice", label, help, **about, stored=kept)


def ordered(options: Options, default: Value, label: str, help: str = "", stored: Sequence[Value] | None = None) -> t.TraitType:
    """One of a list that has an order, as a slider from first to last. Parameters as for `choice`."""
    about = _listed(options, default, label)
    kept = _kept(stored, about["values"], default, label)
    return _tagged(t.Enum(about["values"], default_value=default), "ordered", label, help, **about, stored=kept)


def number(low: float, high: float, default: float, label: str, step: float = 1, help: str = "",
           stored: Sequence[float] | None = None, format: str = "", unit: str = "") -> t.TraitType:
    """A number in a range, as a slider.

    Parameters
    ----------
    low, high, step : float
        The range and the step of the slider. Whole numbers give a whole number.
    default : float
        The first value.
    label, help : str
        As for `choice`.
    stored : sequence of float, optional
        The values kept in a page without Python, where the slider stops at no other; every step when not given.
    format : {",.0f", ".1f", ".2f", ".1%", ...}, optional
        How the value is written.
    unit : str
        What follows the value.

    Returns
    -------
    traitlets.Int or traitlets.Float

    Examples
    --------
    >>> high = number(1.1, 1.5, 1.25, "“High” starts at", step=0.05, stored=[1.15, 1.25, 1.35], unit=" × France")
    >>> high.metadata["control"]["stored"]
    [1.15, 1.25, 1.35]
    """
    values = np.round(np.arange(low, high + step / 2, step), 10).tolist()
    whole = all(float(value).is_integer() for value in (low, high, step, default))
    values = [int(value) for value in values] if whole else values
    trait = (t.Int if whole else t.Float)(default)
    return _tagged(trait, "number", label, help, low=low, high=high, step=step, format=format, unit=unit,
                   stored=_kept(stored, values, default, label))


def toggle(default: bool, label: str, help: str = "") -> t.TraitType:
    """Yes or no, as a box to tick. Parameters as for `choice`."""
    return _tagged(t.Bool(default), "toggle", label, help, stored=[False, True])


def several(options: Options, default: Sequence[Value], label: str, help: str = "", least: int = 1,
            stored: Sequence[Sequence[Value]] | None = None) -> t.TraitType:
    """Any number of a list, as boxes to tick.

    `compute` receives a tuple, in the order of the options.

    Parameters
    ----------
    options, label, help
        As for `choice`.
    default : sequence
        What is ticked at first.
    least : int
        How many stay ticked: the front end keeps the last ones.
    stored : sequence of sequences, optional
        The combinations kept in a page without Python; every combination of at least `least` when not given.

    Returns
    -------
    traitlets.List
    """
    about = _listed(options, next(iter(options)), label)
    values = about["values"]
    every = [[value for value, ticked in zip(values, ticks, strict=True) if ticked]
             for ticks in itertools.product([True, False], repeat=len(values)) if sum(ticks) >= least]
    ticked = [value for value in values if value in default]
    wanted = None if stored is None else [[value for value in values if value in some] for some in stored]
    trait = t.List(t.Enum(values), default_value=ticked)
    return _tagged(trait, "several", label, help, **about, least=least, stored=_kept(wanted, every, ticked, label))


def timeline(options: Options, default: Value, label: str, help: str = "", pace: float = 1.2,
             stored: Sequence[Value] | None = None) -> t.TraitType:
    """One of a run of dates, as a slider that can play.

    Parameters
    ----------
    options, default, label, help, stored
        As for `choice`.
    pace : float
        Seconds that each date stays while it plays.

    Returns
    -------
    traitlets.Enum
    """
    about = _listed(options, default, label)
    kept = _kept(stored, about["values"], default, label)
    return _tagged(t.Enum(about["values"], default_value=default), "timeline", label, help, **about, pace=pace, stored=kept)


def place(table: str, key: str, label: str, names: str = "name", shows: Sequence[str] = (), help: str = "",
          sheet: bool = False) -> t.TraitType:
    """Search for one row of a table by its name; it is ringed in the charts and its row is written out.

    The search takes no notice of accents, capitals and hyphens, and `compute` does not receive it.

    Parameters
    ----------
    table : str
        Which of the tables that `compute` and `fixed` give.
    key : str
        Its column of codes, as text; the trait holds one of them, or nothing.
    label, help : str
        As for `choice`.
    names : str
        Its column of names, which the reader searches.
    shows : sequence of str, optional
        The columns to write out; the name alone when not given.
    sheet : bool
        Whether the codes are those of urban units, each of which has its sheet on the page *My town*: in the book's pages a link
        leads there.

    Returns
    -------
    traitlets.Unicode
    """
    about = {"table": table, "key": key, "names": names, "shows": list(shows), **({"sheet": True} if sheet else {})}
    return _tagged(t.Unicode(""), "place", label, help, **about)


def chosen_values(controls: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Every combination of the stored values, the last control changing fastest.

    Parameters
    ----------
    controls : mapping of str to mapping
        What each control says about itself, by name.

    Returns
    -------
    list of dict
    """
    grid = {name: [tuple(v) if isinstance(v, list) else v for v in about["stored"]]
            for name, about in controls.items() if about["kind"] != "place"}
    return [dict(zip(grid, values, strict=True)) for values in itertools.product(*grid.values())]
