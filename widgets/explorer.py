"""An explorer: labelled controls, a computation, a view. Declared once; alive in a page, with a kernel and on paper.

    class Sizes(Explorer):
        title = "Towns by size"
        table, pick, credit = "classes", "size class", ["urban_units"]
        largest = choice({20_000: "20,000", 50_000: "50,000"}, 50_000, "Largest town kept")

        def prepare(self): ...                      # load what compute needs, once
        def fixed(self): ...                        # {table: columns that no choice changes}
        def compute(self, largest): ...             # {table: DataFrame}, by calling `methods`
        def say(self, tables, largest): ...         # one sentence that reads the tables
        def view(self): ...                         # [altair charts over named tables]

`Sizes()` in a notebook moves with the kernel; at the build of the book every stored state is computed once and kept
beside the page (`book/_ext/explorers.py`); `paper()` gives the first state whole. `explorer.js` draws all of them.
"""
from __future__ import annotations

import base64
import functools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import altair as alt
import anywidget
import numpy as np
import pandas as pd
import traitlets as t

from widgets.controls import choice, chosen_values, number, ordered, place, several, timeline, toggle
from widgets.ground import Ground
from widgets.show import credit as credit_line
from widgets.store import Store, Tables
from widgets.theme import rounded

__all__ = ["Explorer", "Paper", "RECORD", "chart", "points", "choice", "number", "ordered", "place", "several", "timeline",
           "toggle"]

HERE = Path(__file__).parent
RECORD = "application/vnd.book.explorer+json"       # what a committed notebook keeps of an explorer
VIEW = "application/vnd.jupyter.widget-view+json"
MOST = 1000                                         # states that a page may keep, unless the explorer says why more


class Paper(NamedTuple):
    """What a page without any script shows of an explorer."""

    title: str
    sentence: str
    charts: list[dict[str, Any]]        #: whole Vega-Lite specifications, data and outlines inside
    table: pd.DataFrame
    credit: str                         #: HTML


def chart(table: str, words: str, **properties: Any) -> alt.Chart:
    """An empty chart over one of the explorer's tables.

    Parameters
    ----------
    table : str
        Its name.
    words : str
        What the chart shows, for a reader who does not see it.
    **properties
        As for `altair.Chart.properties`: `width`, `height`, `title`.

    Returns
    -------
    altair.Chart
    """
    return alt.Chart(alt.NamedData(table)).properties(description=words, **properties)


def points(table: str, words: str, ground: Ground, side: int = 340, size: float = 14, x: str = "x", y: str = "y") -> alt.Chart:
    """A map: circles over outlines, which are drawn once as a picture behind the chart.

    Parameters
    ----------
    table, words
        As for `chart`; `x` and `y` are its columns of kilometres on the plane (see `widgets.ground.plane`).
    ground : Ground
        The outlines, from `widgets.ground.ground`.
    side : int
        Width and height, in pixels.
    size : float
        Area of a circle, in square pixels.

    Returns
    -------
    altair.Chart
    """
    def along(channel: Any, field: str, window: tuple[float, float]) -> Any:
        return channel(field, type="quantitative", axis=None, scale=alt.Scale(domain=list(window), nice=False, zero=False))
    bare = chart(table, words, width=side, height=side, padding=0, background="transparent", usermeta={"ground": ground.svg})
    return bare.mark_circle(size=size).encode(along(alt.X, x, ground.x), along(alt.Y, y, ground.y))


def _tables_drawn(part: Any) -> Iterator[str]:
    """The names of the tables that a specification draws."""
    if isinstance(part, dict):
        data = part.get("data")
        if isinstance(data, dict) and "name" in data and "values" not in data:
            yield data["name"]
        for inner in part.values():
            yield from _tables_drawn(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _tables_drawn(inner)


def _plain_axes(spec: Mapping[str, Any]) -> dict[str, str] | None:
    """The table and the two columns of a chart that puts each row at a place; None for other charts."""
    axes = [spec.get("encoding", {}).get(axis, {}) for axis in "xy"]
    changed = {"aggregate", "bin", "stack"}
    plain = all(axis.get("type") == "quantitative" and "field" in axis and not changed & set(axis) for axis in axes)
    if not plain or "name" not in spec.get("data", {}):
        return None
    return {"table": spec["data"]["name"], "x": axes[0]["field"], "y": axes[1]["field"]}


def _six_figures(column: pd.Series) -> pd.Series:
    """Decimals to six significant digits, so that another processor gives the same."""
    if not pd.api.types.is_float_dtype(column):
        return column
    values = column.to_numpy(dtype=float, na_value=np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.nan_to_num(np.floor(np.log10(np.abs(values))), neginf=0, posinf=0)
    up, down = 10.0 ** np.clip(5 - size, 0, 300), 10.0 ** np.clip(size - 5, 0, 300)
    return pd.Series(np.rint(values * up / down) * down / up, index=column.index)


@functools.cache
def vega_script() -> bytes:
    """What draws in a kernel's front end, as one classic script that leaves `bookVega`; empty when no package here holds it.

    vl-convert hands out Vega-Embed alone, so there a table is replaced where a page changes it in place.
    """
    try:
        import vl_convert
    except ImportError:
        return b""
    bundle = vl_convert.javascript_bundle("globalThis.bookVega={embed:vegaEmbed};")
    return f"if(!globalThis.bookVega)(()=>{{{bundle}\n}})();".encode()


class Explorer(anywidget.AnyWidget):
    """Subclass it: controls as class attributes, `compute`, `view` and `say`.

    Attributes
    ----------
    name : str
        Small letters, digits and hyphens: its name in addresses and files. The class's own name when not given.
    title : str
        What a reader sees above the controls.
    table : str
        Which table is shown as the table twin.
    pick : str, optional
        A column: a click on one of its values, or a brush over rows, lights the same values in every chart.
    pick_label : str
        Words for the list beside the controls that does the same from the keyboard.
    credit, kind, note
        As for `widgets.show.credit`: names of tables, mark, what else to know.
    formats : dict of str to str
        Formats of the table's columns, as for `widgets.show.table`.
    links : dict of str to str
        Columns of the table twin whose words lead to the address in another column, which stays unseen; in the book's pages.
    along : dict of str to list of str
        Columns of codes that decide others, by table: see `widgets.store.Store`.
    most : int
        How many states a page may keep.
    picked : list
        The values of `pick` that are lit; an ordinary trait.
    """

    name = title = pick_label = note = ""
    table: str | None = None
    pick: str | None = None
    kind: str | None = None
    credit: Sequence[str] = ()
    formats: Mapping[str, str] = {}
    along: Mapping[str, Sequence[str]] = {}
    links: Mapping[str, str] = {}
    most = MOST
    controls: Mapping[str, dict[str, Any]] = {}

    _esm = HERE / "explorer.js"
    picked = t.List().tag(sync=True)
    _plan = t.Dict().tag(sync=True)         # controls, charts, words
    _fixed = t.Bytes().tag(sync=True)       # the columns that no choice changes
    _live = t.Dict().tag(sync=True)         # the state that the kernel computed last, and for which choices

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        own = {name: trait.metadata["control"] for name, trait in vars(cls).items()
               if isinstance(trait, t.TraitType) and "control" in trait.metadata}
        if own:                 # in the order of the class body; anywidget makes a bare subclass of every instance
            cls.controls = {**cls.controls, **own}

    def __init__(self, **choices: Any) -> None:
        self._address = f"{type(self).__module__}:{type(self).__qualname__}"
        self.name = self.name or type(self).__name__.lower()
        self._check()
        super().__init__(**choices)
        self.prepare()
        self._still = self.fixed()
        self._plan = self.plan()
        self._fixed = Store(self._still).pack()
        self._answer()
        self.observe(self._answer, [name for name, about in self.controls.items() if about["kind"] != "place"])
        self.on_msg(self._asked)

    def _check(self) -> None:
        """What every explorer must have, before anything is computed."""
        if not re.fullmatch(r"[a-z][a-z0-9-]*", self.name):
            raise ValueError(f"an explorer's name is made of small letters, digits and hyphens; got {self.name!r}")
        missing = [word for word in ("title", "table") if not getattr(self, word)]
        if missing or not self.controls:
            raise ValueError(f"{type(self).__name__} needs {' and '.join(missing) or 'at least one control'}")

    # ---- what a subclass writes
    def prepare(self) -> None:
        """Load what `compute` needs; called once."""

    def fixed(self) -> Tables:
        """The columns that no choice changes, by table: names, places. Same rows and order as in `compute`."""
        return {}

    def compute(self, **choices: Any) -> Tables:
        """The tables that the choices give, by name; raise ValueError, in words, for choices that cannot be."""
        raise NotImplementedError

    def view(self) -> list[alt.TopLevelMixin]:
        """Charts over the tables: see `chart` and `points`."""
        raise NotImplementedError

    def say(self, tables: Tables, **choices: Any) -> str:
        """One sentence that reads the tables."""
        raise NotImplementedError

    def lit(self, yes: float = 1.0, no: float = 0.08) -> Any:
        """An encoding's value for rows that are picked, and for those that are not while others are."""
        return alt.condition(f"pick === null || pick[datum[{json.dumps(self.pick)}]]", alt.value(yes), alt.value(no))

    def brush(self) -> alt.Parameter:
        """A rectangle that picks the rows inside it: add it to one chart with `add_params`."""
        return alt.selection_interval(name="brush")

    # ---- the choices and their tables
    def chosen(self) -> dict[str, Any]:
        """The choices that `compute` receives, as they stand."""
        def one(name: str, about: dict[str, Any]) -> Any:
            value = getattr(self, name)
            return tuple(v for v in about["values"] if v in value) if about["kind"] == "several" else value
        return {name: one(name, about) for name, about in self.controls.items() if about["kind"] != "place"}

    def grid(self) -> list[dict[str, Any]]:
        """The choices of every state that a page keeps.

        Raises
        ------
        ValueError
            When there are more than `most`: store fewer values of a control, or say why more.
        """
        states = chosen_values(self.controls)
        if len(states) > self.most:
            raise ValueError(f"{type(self).__name__} would store {len(states):,} states, and {self.most:,} is the most: "
                             "give stored=[...] to a control, or raise `most` and see the size that the build prints")
        return states

    def changing(self, **choices: Any) -> Tables:
        """What `compute` gives, decimals to six significant digits, its rows checked against `fixed`."""
        tables = {name: frame.reset_index(drop=True).apply(_six_figures) for name, frame in self.compute(**choices).items()}
        for name, frame in tables.items():
            if name in self._still and len(frame) != len(self._still[name]):
                raise RuntimeError(f"compute gives {len(frame)} rows of {name!r} and fixed {len(self._still[name])}: "
                                   "they are halves of one table")
        return tables

    def joined(self, changing: Tables) -> Tables:
        """Whole tables: what is fixed beside what changes."""
        halves = {name: [half[name].reset_index(drop=True) for half in (self._still, changing) if name in half]
                  for name in {**self._still, **changing}}
        return {name: pd.concat(both, axis=1) for name, both in halves.items()}

    def tables(self, **choices: Any) -> Tables:
        """The whole tables of some choices; those not given are as they stand."""
        return self.joined(self.changing(**{**self.chosen(), **choices}))

    def sentence(self, **choices: Any) -> str:
        """The sentence of some choices; those not given are as they stand."""
        every = {**self.chosen(), **choices}
        return self.say(self.tables(**every), **every)

    def _put(self, store: Store, choices: dict[str, Any]) -> None:
        changing = self.changing(**choices)
        store.put(changing, self.say(self.joined(changing), **choices))

    # ---- first life: a page
    def stored(self) -> bytes:
        """Every state of the grid, packed for a page."""
        store = Store(self._still, self.along)
        for choices in self.grid():
            self._put(store, choices)
        return store.pack()

    def specs(self) -> list[dict[str, Any]]:
        """The charts as Vega-Lite, without data."""
        with alt.theme.enable("book"):
            specs = [rounded({k: v for k, v in one.to_dict().items() if k != "datasets"}) for one in self.view()]
        for spec in specs:
            if not spec.get("description"):
                raise ValueError(f"a chart of {type(self).__name__} has no words: make it with chart() or points()")
            spec["config"] = {**spec.get("config", {}), "aria": False}      # a description per circle takes time, unheard
            if self.pick:
                spec["params"] = [{"name": "pick", "value": None}, *spec.get("params", [])]
        return specs

    def plan(self) -> dict[str, Any]:
        """What the front end needs beside the figures."""
        grounds: list[str] = []
        charts = []
        for spec in self.specs():
            ground = spec.pop("usermeta", {}).get("ground")
            if ground is not None and ground not in grounds:
                grounds.append(ground)
            charts.append({"spec": spec, "tables": sorted(set(_tables_drawn(spec))), "words": spec["description"],
                           "ground": None if ground is None else grounds.index(ground), "axes": _plain_axes(spec)})
        controls = [{"name": name, "default": getattr(self, name), **about} for name, about in self.controls.items()]
        credit = credit_line(self.credit, self.kind, self.note)
        return {"name": self.name, "title": self.title, "table": self.table, "pick": self.pick, "formats": dict(self.formats),
                "links": dict(self.links), "pickLabel": self.pick_label or f"Show only {self.pick}", "controls": controls, "charts": charts,
                "grounds": grounds, "credit": credit}

    # ---- second life: a kernel
    def _answer(self, change: Any = None) -> None:
        """Compute the state of the choices as they stand, and send it; what cannot be computed is said in words."""
        choices = self.chosen()
        sent = {name: list(v) if isinstance(v, tuple) else v for name, v in choices.items()}
        if self._live.get("chosen") == sent:
            return
        store = Store()
        try:
            self._put(store, choices)
        except Exception as problem:
            if change is None:          # the first state: the author sees the whole error
                raise
            words = str(problem) if isinstance(problem, ValueError) else f"{type(problem).__name__}: {problem}"
            self._live = {"chosen": sent, "problem": words}
            return
        self._live = {"chosen": sent, "store": store.pack()}

    def _asked(self, _: Any, content: Any, buffers: Any) -> None:
        """A front end that has no Vega asks for it, once per page."""
        if content == "vega":
            script = vega_script()
            self.send({"kind": "vega"}, [script] if script else [])

    # ---- third life: paper
    def paper(self) -> Paper:
        """The state as it stands, whole: charts with their data and outlines, the sentence, the table."""
        tables = self.tables()
        charts = [self._whole(spec, tables) for spec in self.specs()]
        return Paper(self.title, self.say(tables, **self.chosen()), charts, tables[self.table or ""].drop(columns=list(self.links.values())),
                     credit_line(self.credit, self.kind, self.note))

    @staticmethod
    def _whole(spec: dict[str, Any], tables: Tables) -> dict[str, Any]:
        """A specification with its data, and its outlines as a picture under the points; nobody brushes paper."""
        spec["params"] = [param for param in spec.get("params", []) if "select" not in param]
        data = {name: json.loads(tables[name].to_json(orient="records", double_precision=15)) for name in _tables_drawn(spec)}
        ground = spec.pop("usermeta", {}).get("ground")
        if ground is not None:
            side, high = spec["width"], spec["height"]
            address = "data:image/svg+xml;base64," + base64.b64encode(ground.encode()).decode()
            land = {"data": {"values": [{}]}, "mark": {"type": "image", "url": address, "width": side, "height": high},
                    "encoding": {"x": {"value": side / 2}, "y": {"value": high / 2}}}
            inner = {k: spec.pop(k) for k in ("data", "mark", "encoding", "transform") if k in spec}
            spec["layer"] = [land, inner]
        return {**spec, "datasets": data}

    # ---- what a notebook keeps
    def _words(self) -> str:
        return f"{self.title}. {self.sentence()} (Run this cell to move it.)"

    def record(self) -> dict[str, Any]:
        """What a committed notebook keeps: where the explorer is declared, and the choices that are not its first ones."""
        first = {name: trait.default() for name, trait in self.traits().items() if name in self.controls}
        moved = {name: getattr(self, name) for name in self.controls if getattr(self, name) != first[name]}
        return {"explorer": self._address, "name": self.name, "choices": moved}

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        found = super()._repr_mimebundle_(**options)
        data, about = found if isinstance(found, tuple) else (found or {}, {})
        return {**data, "text/plain": self._words(), RECORD: self.record()}, about

    def __repr__(self) -> str:
        choices = ", ".join(f"{name}={value!r}" for name, value in self.chosen().items())
        return f"{self._address.rpartition(':')[2]}({choices})"
