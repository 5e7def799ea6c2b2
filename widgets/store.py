"""Tables of many states, kept in little room: every column once, small whole numbers, one gzip.

A page without Python holds the tables of every state of an explorer. Most of their columns say the same thing twice: the
years of a chart, the names of the towns, the type of two towns with the same past. What follows keeps

* a column that does not change from one state to the next once;
* decimals as whole numbers, with the number of decimals (0.125 is 125 and 3), and words as numbers of a word list;
* a column that another column decides (the type of a town, once its group is known) as one value for each value of the
  other, and the front end looks it up: ``type = types_of_groups[group]``.

What comes out is equal to what went in, to the last digit. The layout, which `explorer.js` reads as well:

    gzip( length of the head (4 bytes) | head (JSON, filled up with spaces) | values of every family, on 8-byte marks )

A *family* is one column of one table in all its states: its kind of number (`t`), decimals (`d`), words (`w`), the
deciding column (`by`), the lengths of its distinct runs (`n`, one number where all are equal), and which run each state
takes (`s`, as steps from the state before; left out where there is one run).
"""
from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

__all__ = ["Store", "Stored", "unpack"]

Tables = dict[str, pd.DataFrame]

KINDS = {"u1": np.uint8, "i1": np.int8, "u2": np.uint16, "i2": np.int16, "i4": np.int32, "f8": np.float64}
DECIMALS = 9


class Stored(NamedTuple):
    """What `unpack` gives back."""

    fixed: Tables                           #: the tables that no choice changes
    states: list[tuple[Tables, str]]        #: for each state what changes, and its sentence


class _Family:
    """One column of one table, in every state."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.words: dict[str, int] | None = None
        self.kind: str | None = None                # "int", "float", "bool" or "str"
        self.runs: list[np.ndarray] = []            # distinct runs: float, int, or numbers of words; missing is NaN or -1
        self.seen: dict[tuple[int, bytes], int] = {}
        self.which: list[int] = []                  # for each state, its run

    def put(self, column: pd.Series) -> None:
        """Add the next state's values."""
        kind, values = self._plain(column)
        if self.kind not in (None, kind):
            if {self.kind, kind} != {"int", "float"}:
                raise TypeError(f"{self.name} holds {kind} in one state and {self.kind} in another: give it one kind of value")
            kind = "float"
        self.kind = kind
        mark = (len(values), values.astype(float).tobytes())
        if mark not in self.seen:
            self.seen[mark] = len(self.runs)
            self.runs.append(values)
        self.which.append(self.seen[mark])

    def _plain(self, column: pd.Series) -> tuple[str, np.ndarray]:
        """The values of a column as numbers, and what kind they are."""
        if pd.api.types.is_bool_dtype(column):
            return "bool", column.to_numpy(dtype=np.int64)
        if pd.api.types.is_integer_dtype(column) and not column.isna().any():
            return "int", column.to_numpy(dtype=np.int64)
        if pd.api.types.is_numeric_dtype(column):
            values = column.to_numpy(dtype=float, na_value=np.nan)
            if np.isinf(values).any():
                raise ValueError(f"{self.name} holds an infinite number: a chart cannot draw it; leave the value missing")
            return "float", values + 0.0         # a zero is a zero: -0.0 becomes 0.0
        return "str", self._numbered(column)

    def _numbered(self, column: pd.Series) -> np.ndarray:
        """Words as numbers of the family's word list; a missing one is -1."""
        codes, found = pd.factorize(column)
        if not all(isinstance(word, str) for word in found):
            strange = next(word for word in found if not isinstance(word, str))
            raise TypeError(f"{self.name} holds {strange!r}, a {type(strange).__name__}: give numbers, true or false, or texts")
        self.words = {} if self.words is None else self.words
        numbers = np.array([self.words.setdefault(word, len(self.words)) for word in found] + [-1], dtype=np.int64)
        return numbers[codes]


def _decimals(values: np.ndarray) -> int | None:
    """How many decimals write these numbers exactly, as whole numbers below 2**31; None when there are none such."""
    known = values[~np.isnan(values)]
    for digits in range(DECIMALS + 1):
        whole = np.rint(known * 10**digits)
        if np.abs(whole).max(initial=0) >= 2**31 - 1:
            return None
        if np.array_equal(whole / 10**digits, known):
            return digits
    return None


def _smallest(values: np.ndarray, room: int) -> str:
    """The smallest kind of number that holds the values and `room` more above the largest."""
    low, high = int(values.min(initial=0)), int(values.max(initial=0)) + room
    return next(kind for kind in ("u1", "i1", "u2", "i2", "i4")
                if np.iinfo(KINDS[kind]).min <= low and high <= np.iinfo(KINDS[kind]).max)


def _encoded(family: _Family) -> tuple[dict[str, Any], list[np.ndarray]]:
    """A family's runs as small whole numbers, and the words that tell how to read them."""
    joined = np.concatenate(family.runs) if family.runs else np.empty(0)
    if family.kind == "float":
        digits = _decimals(joined.astype(float))
        if digits is None:
            return {"t": "f8"}, [run.astype(np.float64) for run in family.runs]
        missing, whole = np.isnan(joined), np.rint(np.nan_to_num(joined) * 10**digits).astype(np.int64)
        about: dict[str, Any] = {"d": digits}
    else:
        missing, whole = (joined < 0 if family.kind == "str" else np.zeros(len(joined), bool)), joined.astype(np.int64)
        about = {"w": list(family.words or ())} if family.kind == "str" else {"b": 1} if family.kind == "bool" else {}
        if np.abs(whole).max(initial=0) >= 2**31 - 1:
            raise ValueError(f"{family.name} holds whole numbers above two thousand million: count in thousands")
    about["t"] = _smallest(np.where(missing, 0, whole), int(missing.any()))
    if missing.any():
        about["m"] = int(np.iinfo(KINDS[about["t"]]).max)
        whole = np.where(missing, about["m"], whole)
    cuts = np.cumsum([len(run) for run in family.runs])[:-1]
    return about, np.split(whole.astype(KINDS[about["t"]]), cuts)


def _decided(runs: Sequence[np.ndarray], keys: Sequence[np.ndarray]) -> list[np.ndarray] | None:
    """For each state, one value for each value of the deciding column; None when that column does not decide."""
    found = []
    for values, key in zip(runs, keys, strict=True):
        if len(values) != len(key) or (len(key) and key.min() < 0):
            return None
        book = np.zeros(int(key.max(initial=-1)) + 1, dtype=values.dtype)
        book[key] = values
        if not np.array_equal(book[key], values, equal_nan=values.dtype == np.float64):
            return None
        found.append(book)
    return found


def _distinct(runs: Sequence[np.ndarray]) -> tuple[list[np.ndarray], list[int]]:
    """Each run once, and which one each state takes."""
    seen: dict[tuple[int, bytes], int] = {}
    once: list[np.ndarray] = []
    which = []
    for run in runs:
        mark = (len(run), run.tobytes())
        if mark not in seen:
            seen[mark] = len(once)
            once.append(run)
        which.append(seen[mark])
    return once, which


def _bytes(runs: Sequence[np.ndarray]) -> bytes:
    """All runs in one, first bytes first: like stands by like, which packs well."""
    joined = np.concatenate(runs) if runs else np.empty(0, np.uint8)
    joined = joined.astype(joined.dtype.newbyteorder("<"))
    return np.frombuffer(joined.tobytes(), np.uint8).reshape(-1, joined.dtype.itemsize).T.tobytes()


class Store:
    """Collects states, then packs them.

    Parameters
    ----------
    fixed : dict of str to DataFrame, optional
        The columns that no choice changes, by table. A table of `fixed` and a table of the states that have the same name
        are two halves of one table: same rows, same order.
    along : dict of str to list of str, optional
        By table, whole-number columns (codes from 0) that decide others, fine ones first: with
        ``{"towns": ["sequence", "group"]}`` a column that takes one value for each group is kept by group, else one that
        takes one value for each sequence by sequence. A column that neither decides is kept whole: a wrong hint costs
        room, never a figure.

    Examples
    --------
    >>> store = Store({"towns": pd.DataFrame({"name": ["Thiers", "Vire"]})})
    >>> store.put({"towns": pd.DataFrame({"share": [0.25, 0.5]})}, "Half in Vire.")
    >>> stored = unpack(store.pack())
    >>> stored.fixed["towns"]["name"].tolist(), stored.states[0][0]["towns"]["share"].tolist(), stored.states[0][1]
    (['Thiers', 'Vire'], [0.25, 0.5], 'Half in Vire.')
    """

    def __init__(self, fixed: Tables | None = None, along: Mapping[str, Sequence[str]] | None = None) -> None:
        self.along = along or {}
        self.fixed = self._families(fixed or {})
        self.states: dict[str, dict[str, _Family]] | None = None
        self.says: list[str] = []
        self._add(self.fixed, fixed or {})

    @staticmethod
    def _families(tables: Tables) -> dict[str, dict[str, _Family]]:
        return {name: {column: _Family(f"{name}.{column}") for column in frame.columns} for name, frame in tables.items()}

    @staticmethod
    def _add(families: dict[str, dict[str, _Family]], tables: Tables) -> None:
        for name, frame in tables.items():
            for column in frame.columns:
                families[name][column].put(frame[column])

    def put(self, tables: Tables, say: str = "") -> None:
        """Add a state.

        Raises
        ------
        ValueError
            When its tables or columns are not those of the states before.
        """
        if self.states is None:
            self.states = self._families(tables)
        shape = {name: list(frame.columns) for name, frame in tables.items()}
        before = {name: list(columns) for name, columns in self.states.items()}
        if shape != before:
            raise ValueError(f"every state needs the same tables and columns: this one has {shape}, the first has {before}")
        self._add(self.states, tables)
        self.says.append(say)

    def _keys(self, table: str, column: str) -> list[str]:
        """The columns that may decide this one, the coarsest first."""
        declared = list(self.along.get(table, ()))
        before = declared[:declared.index(column)] if column in declared else declared
        return [name for name in reversed(before) if name != column]

    def _key_runs(self, table: str, name: str) -> list[np.ndarray] | None:
        """The deciding column's values in each state; None when it is not there or no column of codes."""
        states = self.states or {}
        family = states.get(table, {}).get(name) or self.fixed.get(table, {}).get(name)
        if family is None or family.kind != "int":
            return None
        return [family.runs[w] for w in family.which] if name in states.get(table, {}) else family.runs * len(self.says)

    def _family(self, table: str, column: str, family: _Family) -> tuple[dict[str, Any], bytes]:
        about, runs = _encoded(family)
        which = family.which
        for name in self._keys(table, column) if family not in self.fixed.get(table, {}).values() else ():
            keys = self._key_runs(table, name)
            books = _decided([runs[w] for w in which], keys) if keys is not None else None
            if books is not None:
                about["by"] = name
                runs, which = _distinct(books)
                break
        lengths = [len(run) for run in runs]
        about["n"] = lengths[0] if len(set(lengths)) == 1 else lengths
        if len(runs) > 1:
            about["s"] = np.diff(which, prepend=0).tolist()
        return about, _bytes(runs)

    def pack(self) -> bytes:
        """Everything, as bytes: the same states give the same bytes."""
        body = bytearray()
        head: dict[str, Any] = {"says": self.says}
        for part, families in (("fixed", self.fixed), ("states", self.states or {})):
            head[part] = {}
            for table, columns in families.items():
                head[part][table] = []          # pairs, not a dict: JavaScript would sort a column called "1990" to the front
                for column, family in columns.items():
                    about, raw = self._family(table, column, family)
                    body += b"\0" * (-len(body) % 8)
                    head[part][table].append([column, {**about, "o": len(body), "z": len(raw)}])
                    body += raw
        text = json.dumps(head, separators=(",", ":"), ensure_ascii=False).encode()
        text += b" " * (-(len(text) + 4) % 8)
        return gzip.compress(len(text).to_bytes(4, "little") + text + bytes(body), 9, mtime=0)


def _runs(about: Mapping[str, Any], body: bytes) -> list[np.ndarray]:
    """The distinct runs of a family, as numbers."""
    kind = np.dtype(KINDS[about["t"]]).newbyteorder("<")
    raw = np.frombuffer(body, np.uint8, about["z"], about["o"]).reshape(kind.itemsize, -1).T.tobytes()
    values = np.frombuffer(raw, kind)
    lengths = about["n"] if isinstance(about["n"], list) else [about["n"]] * (len(values) // about["n"] if about["n"] else 1)
    return np.split(values, np.cumsum(lengths)[:-1])


def _column(about: Mapping[str, Any], values: np.ndarray) -> pd.Series:
    """Stored numbers as the values that were put in."""
    missing = values == about["m"] if "m" in about else np.zeros(len(values), bool)
    if "w" in about:
        words = np.array([*about["w"], None], dtype=object)
        return pd.Series(words[np.where(missing, len(about["w"]), values)], dtype="str")
    if "d" in about:
        return pd.Series(np.where(missing, np.nan, values / 10 ** about["d"]))
    if about["t"] == "f8":
        return pd.Series(values.astype(float))
    return pd.Series(values.astype(bool if "b" in about else np.int64))


def _states(families: Mapping[str, Any], body: bytes, count: int, fixed: Tables) -> Iterator[Tables]:
    """The tables of each state in turn."""
    runs = {(table, column): _runs(about, body) for table, columns in families.items() for column, about in columns.items()}
    which = {at: np.cumsum(families[at[0]][at[1]].get("s", [0] * count)) for at in runs}

    def values(table: str, column: str, state: int) -> np.ndarray:
        about, run = families[table][column], runs[table, column][which[table, column][state]]
        if "by" not in about:
            return run
        key = about["by"]
        return run[values(table, key, state) if key in families[table] else fixed[table][key].to_numpy()]

    for state in range(count):
        yield {table: pd.DataFrame({column: _column(about, values(table, column, state)) for column, about in columns.items()})
               for table, columns in families.items()}


def unpack(packed: bytes) -> Stored:
    """The tables and sentences of every state, from what `Store.pack` gave.

    Parameters
    ----------
    packed : bytes

    Returns
    -------
    Stored
    """
    whole = gzip.decompress(packed)
    cut = 4 + int.from_bytes(whole[:4], "little")
    head, body = json.loads(whole[4:cut]), whole[cut:]
    families = {part: {table: dict(columns) for table, columns in head[part].items()} for part in ("fixed", "states")}
    fixed = next(_states(families["fixed"], body, 1, {}), {})
    return Stored(fixed, list(zip(_states(families["states"], body, len(head["says"]), fixed), head["says"], strict=True)))
