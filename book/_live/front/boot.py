"""The Python side of a live page: runs inside Pyodide, in the page's worker.

It gives IPython a way to show things in a page (`Show`, `Result`), ipywidgets a way to speak with it (`PageComm`), and the
page two functions to call: `run` for a cell, `hear` for what a control says. Errors are told shortly: the reader's own lines
first, and what lies in between only when asked for.
"""
from __future__ import annotations

import base64
import importlib
import io
import json
import linecache
import sys
import traceback
import types
from typing import Any

import comm
from comm.base_comm import BaseComm, CommManager
from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from live_page import lock_text, needs_text, now, post
from needs import LATE, packages_for, with_depends
from pyodide.ffi import to_js

source = ""                 # the code that runs
cell = ""                   # where what is shown belongs: the cell that runs, or whose control was moved
lock, needs = json.loads(lock_text), json.loads(needs_text)
captured: list[dict[str, Any]] = []     # output widgets that are open, the innermost last


# ---- starting
class Later(types.ModuleType):
    """A module of a large package that few cells use, before something of it is first asked for: then it is loaded, and the cell waits."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name not in ("__path__", "__version__"):       # what others ask every module
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            now(to_js(with_depends([late[self.__name__]], lock)))
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


late = {name: package for package in LATE for name in lock["packages"][package]["imports"]}
for name in late:
    sys.modules[name] = Later(name)
for name in ("random", "numpy.random"):
    if name in sys.modules:
        sys.modules[name].seed()        # the memory that Python begins with is the same every time


# ---- sending
def plain(value: Any) -> Any:
    """What JSON does not know: numbers of NumPy, bytes, and the rest as text."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(value).decode()
    return str(value)


def send(kind: str, buffers: Any = None, **about: Any) -> None:
    parts = to_js([to_js(memoryview(one).tobytes()) for one in buffers or []])
    post(kind, json.dumps({"cell": cell, **about}, default=plain), parts)


def show(output: dict[str, Any]) -> None:
    """Show an output where it belongs: in the innermost open output widget, or in the cell."""
    if not captured:
        send("output", output=output)
        return
    frame = captured[-1]
    if frame.pop("clear", False):
        frame["outputs"].clear()
    outputs = frame["outputs"]
    if output["output_type"] == "stream" and outputs and outputs[-1].get("name") == output["name"]:
        outputs[-1] = {**outputs[-1], "text": outputs[-1]["text"] + output["text"]}
    else:
        outputs.append(json.loads(json.dumps(output, default=plain)))


class Show(DisplayPublisher):
    """What `display` calls."""

    def publish(self, data: dict[str, Any], metadata: Any = None, **_: Any) -> None:
        show({"output_type": "display_data", "data": data, "metadata": metadata or {}})

    def clear_output(self, wait: bool = False) -> None:
        if captured:
            captured[-1]["clear"] = True
            if not wait:
                captured[-1]["outputs"].clear()
        else:
            send("clear")


class Result(DisplayHook):
    """What the last line of a cell calls."""

    def quiet(self) -> bool:
        """A semicolon at the end of a cell asks for silence."""
        return self.semicolon_at_end_of_expression(source)

    def write_output_prompt(self) -> None:
        """A page has no prompts."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        self.found = format_dict, md_dict or {}

    def finish_displayhook(self) -> None:
        data, metadata = self.__dict__.pop("found", (None, None))
        if data:
            show({"output_type": "execute_result", "data": data, "metadata": metadata, "execution_count": None})


class Stream(io.TextIOBase):
    """Standard output and error: each piece is shown as it comes."""

    def __init__(self, name: str) -> None:
        self.name = name

    def write(self, text: str) -> int:
        if text:
            show({"output_type": "stream", "name": self.name, "text": text})
        return len(text)


# ---- errors, told to be read
class Cells(CachingCompiler):
    """Names each cell's code after the cell, so that an error can say where it is."""

    runs = 0

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        Cells.runs += 1
        return f"<cell {cell}, run {Cells.runs}>"


def place(frame: traceback.FrameSummary) -> str:
    """Where a line stands, in the reader's words; empty for a line of somebody else's package."""
    if frame.filename.startswith("<cell "):
        return f"cell {frame.filename[6:].partition(',')[0]}"
    inside = frame.filename.partition("site-packages/")[2]
    return inside if inside.startswith(("data/", "methods/", "widgets/")) else ""


def told(problem: BaseException) -> list[str]:
    """An error as lines: what it is, then the reader's and the book's own lines that led there."""
    if isinstance(problem, SyntaxError):
        at = f"{problem.text.rstrip()}\n{' ' * max((problem.offset or 1) - 1, 0)}^" if problem.text else ""
        return [f"{type(problem).__name__}: {problem.msg}", f"in this cell, line {problem.lineno}:\n{at}"]
    lines = ["".join(traceback.format_exception_only(problem)).strip()]
    hidden = 0
    for frame in reversed(traceback.extract_tb(problem.__traceback__)):
        where = place(frame)
        if not where:
            hidden += "IPython" not in frame.filename
            continue
        if hidden:
            lines.append(f"… {hidden} line{'s' * (hidden > 1)} inside other packages")
            hidden = 0
        name = f", in {frame.name}" if frame.name != "<module>" else ""
        lines.append(f"in {where}, line {frame.lineno}{name}:\n    {linecache.getline(frame.filename, frame.lineno or 0).strip()}")
    return lines


class Shell(InteractiveShell):
    """IPython for a page."""

    def showtraceback(self, exc_tuple: Any = None, *_: Any, **__: Any) -> None:
        kind, problem, trace = self._get_exc_info(exc_tuple)
        sys.last_type, sys.last_value, sys.last_traceback = kind, problem, trace
        whole = "".join(traceback.format_exception(problem))
        show({"output_type": "error", "ename": kind.__name__, "evalue": str(problem), "traceback": told(problem), "whole": whole})

    def showsyntaxerror(self, *_: Any, **__: Any) -> None:
        self.showtraceback()


shell = Shell.instance(displayhook_class=Result, display_pub_class=Show, compiler_class=Cells)
shell.kernel = None          # pandas looks for it, to know that it does not write to a terminal
shell.display_formatter.active_types = list(shell.display_formatter.formatters)
sys.stdout, sys.stderr = Stream("stdout"), Stream("stderr")


# ---- widgets
class PageComm(BaseComm):
    """The line between a widget in Python and its front end in the page."""

    def publish_msg(self, msg_type: str, data: Any = None, metadata: Any = None, buffers: Any = None, **keys: Any) -> None:
        send(msg_type, buffers, comm_id=self.comm_id, data=data or {}, metadata=metadata or {},
             target_name=keys.get("target_name") or self.target_name)


lines = CommManager()
comm.create_comm = PageComm
comm.get_comm_manager = lambda: lines


def open_output(widget: Any) -> Any:
    captured.append({"outputs": list(widget.outputs)})
    return widget


def close_output(widget: Any, kind: Any, problem: Any, trace: Any) -> bool:
    if problem is not None:
        shell.showtraceback((kind, problem, trace))
    widget.outputs = tuple(captured.pop()["outputs"])
    return problem is not None


def with_widgets() -> None:
    """Let an output widget take what is shown while it is open: a notebook's front end does it by message numbers."""
    from ipywidgets import Output
    Output.__enter__, Output.__exit__ = open_output, close_output
    Output.clear_output = lambda widget, *_, **__: setattr(widget, "outputs", ())


# ---- what the page calls
def wanted(code: str) -> Any:
    """The packages to load before a cell runs: all that it brings in, but for those that only the book's modules may come to use."""
    texts = [shell.transform_cell(code)]
    named = packages_for(texts, {}, lock)
    return to_js(packages_for(texts, needs, lock, [one for one in LATE if one not in named]))


def run(name: str, code: str) -> bool:
    """Run a cell; whether it went well."""
    global cell, source
    cell, source = name, code
    if "ipywidgets" in packages_for([shell.transform_cell(code)], needs, lock):
        with_widgets()
    captured.clear()
    return shell.run_cell(code, store_history=False).success


def hear(name: str, comm_id: str, text: str, buffers: Any) -> None:
    """A control was moved: tell its widget."""
    global cell
    cell = name
    line = lines.get_comm(comm_id)
    if line is not None:
        line.handle_msg({"content": {"comm_id": comm_id, "data": json.loads(text)}, "metadata": {},
                         "buffers": [one.to_memoryview() for one in buffers]})
