"""Runs inside Pyodide, under Node: wheels with their Python compiled to bytecode, and without their tests.

The browser would otherwise compile every module that a chapter imports, each time: half of the wait before the first result.
Third-party modules keep only the bytecode (as Pyodide's own `py-compile` does); the book's own keep their text too, so that
a reader can look at it and that errors show it.
"""
import importlib.util
import marshal
import sys
import zipfile
from pathlib import Path

DROPPED = (".pyx", ".pxd", ".h", ".c", ".pyi", ".map")
UNCHECKED = (0b01).to_bytes(4, "little")        # a hash-based bytecode file that is not compared with its text


def bytecode(text: bytes, name: str) -> bytes:
    code = compile(text, f"/lib/python3.14/site-packages/{name}", "exec", dont_inherit=True)
    return importlib.util.MAGIC_NUMBER + UNCHECKED + importlib.util.source_hash(text) + marshal.dumps(code)


def members(whole: zipfile.ZipFile, own: bool):
    """Name and bytes of everything that the slim wheel holds."""
    for name in sorted(whole.namelist()):
        folders = name.split("/")[:-1]
        if name.endswith("/") or "tests" in folders or name.endswith(DROPPED):
            continue
        data = whole.read(name)
        if own or not name.endswith(".py"):
            yield name, data
        if name.endswith(".py"):
            try:
                compiled = bytecode(data, name)
            except SyntaxError:             # a template that is no Python
                yield name, data
                continue
            stem = name.rpartition("/")[2][:-3]
            cached = f"{'/'.join([*folders, '__pycache__', stem])}.{sys.implementation.cache_tag}.pyc"
            yield (cached if own else name + "c"), compiled


def slim(wheel: Path, target: Path, own: bool) -> None:
    with zipfile.ZipFile(wheel) as whole, zipfile.ZipFile(target, "w") as thin:
        for name, data in members(whole, own):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            thin.writestr(entry, data, compresslevel=9)


for line in jobs:                           # noqa: F821  (given by slim.mjs)
    source, target, own = line
    slim(Path(source), Path(target), bool(own))
