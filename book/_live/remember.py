"""Runs inside Pyodide, under Node: what every chapter imports, and the first use of it, before Python's memory is kept."""
import ast  # noqa: F401
import importlib.util
import io
import random  # noqa: F401
import sys
import types  # noqa: F401

import comm  # noqa: F401
from IPython.core.interactiveshell import InteractiveShell


def read_later(name):
    """Let a module be read when something of it is first asked for: the recipe of Python's own documentation."""
    spec = importlib.util.find_spec(name)
    spec.loader = importlib.util.LazyLoader(spec.loader)
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])


def held():
    """The files of the modules that have been read."""
    read = [module for module in list(sys.modules.values()) if type(module) is not importlib.util._LazyModule]
    return [module.__file__ for module in read if getattr(module, "__file__", None)]


read_later("requests")          # folium names it, for maps that fetch their rows; ours carry them
shell = InteractiveShell.instance()
shell.kernel = None             # pandas looks for it when it is imported, to know that it does not write to a terminal
with shell.builtin_trap:
    import altair as alt
    import anywidget  # noqa: F401
    import folium
    import ipywidgets  # noqa: F401
    import numpy  # noqa: F401
    import pandas as pd

    toy = pd.read_csv(io.StringIO("a,b\nx,1\ny,2.5\n"))
    toy.groupby("a")["b"].sum()
    toy._repr_html_()
    alt.Chart(toy).mark_bar().encode(x="a", y="b").to_dict()
    folium.Map()._repr_html_()
shell.run_cell("len('toy')", silent=True)
InteractiveShell.clear_instance()
del shell, toy
