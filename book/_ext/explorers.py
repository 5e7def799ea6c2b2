"""Explorers in a built page: every stored state computed once, and kept in one classic script beside the page.

A committed notebook holds only a small record: which class, and which choices it shows first. Here the record becomes
words and a table that a reader sees without any script, and `_static/explorers/NAME.js` holds all states. Computing is
kept in `_build/explorers` under a fingerprint of what it depends on, so that an unchanged book builds without it.
"""
from __future__ import annotations

import gzip
import hashlib
import html
import importlib.util
import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging

__all__ = ["RECORD", "kept_on_shelf", "script_of", "inside_of", "classic", "fingerprint", "page_scripts", "place_explorers", "write_scripts",
           "setup"]

HERE = Path(__file__).resolve().parents[2]
FRONT = HERE / "widgets" / "explorer.js"
RECORD = "application/vnd.book.explorer+json"
PLACED = re.compile(r'<div class="book-explorer" data-explorer="([a-z0-9-]+)"')
MOST = 300_000          # bytes of one explorer's script, gzipped: what a telephone gets in a second or two

log = logging.getLogger(__name__)


def classic(module: str) -> str:
    """The front end as a classic script that leaves `bookExplorer`: ``file://`` refuses modules."""
    text, found = re.subn(r"^export default ", "globalThis.bookExplorer = ", module, flags=re.MULTILINE)
    if found != 1 or re.search(r"^\s*(import|export)\b", text, flags=re.MULTILINE):
        raise ExtensionError("explorer.js must import nothing and have one `export default`, at the start of a line")
    return "(() => {\n" + text + "})();\n"


def fingerprint(record: Mapping[str, Any], root: Path = HERE) -> str:
    """What an explorer's states depend on: its record, and every file of data, methods and widgets; the pins; this file."""
    files = [path for folder in ("data", "methods", "widgets") for path in sorted((root / folder).rglob("*"))
             if path.is_file() and not {"__pycache__", "recipes", "official"} & set(path.relative_to(root).parts) and path.suffix != ".js"]
    files += [path for path in (root / "requirements.txt", root / "constraints.txt", Path(__file__)) if path.exists()]
    module = record["explorer"].partition(":")[0]
    if not module.startswith("widgets."):
        files.append(Path(importlib.util.find_spec(module).origin))
    whole = hashlib.sha256(json.dumps(record, sort_keys=True).encode())
    for path in files:
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:24]


def _explorer(record: Mapping[str, Any]) -> Any:
    """The explorer that a record names, in the state that it shows first."""
    module, _, name = record["explorer"].partition(":")
    try:
        return getattr(importlib.import_module(module), name)(**record.get("choices", {}))
    except Exception as problem:
        raise ExtensionError(f"the explorer {record['explorer']} of a page cannot be made: {problem}", problem) from problem


def inside_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the page without scripts: title, sentence, table and source of the state shown first.

    Parameters
    ----------
    record : mapping
        As `widgets.explorer.Explorer.record` gives it.

    Returns
    -------
    dict
        `html`.
    """
    explorer = _explorer(record)
    from widgets.show import table
    paper, title = explorer.paper(), html.escape(explorer.title)
    rows = re.search("<table>.*</table>", table(paper.table, paper.title, kind="toy", formats=explorer.formats).data, re.DOTALL)
    return {"html": f'<p class="title"><strong>{title}</strong></p><p class="sentence">{html.escape(paper.sentence)}</p>'
                    f'<div class="scroll" tabindex="0" role="region" aria-label="{html.escape(paper.title, quote=True)}">'
                    f"{rows[0] if rows else ''}</div>{paper.credit}"}


def script_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """Every stored state of an explorer, as the classic script that a page loads.

    Parameters
    ----------
    record : mapping
        As `widgets.explorer.Explorer.record` gives it; its choices play no part.

    Returns
    -------
    dict
        `text` of the script, and how many `states` it holds.

    Raises
    ------
    sphinx.errors.ExtensionError
        When a state cannot be computed.
    """
    explorer = _explorer({**record, "choices": {}})
    try:
        states = b64encode(explorer.stored()).decode()
    except Exception as problem:
        raise ExtensionError(f"a state of the explorer {record['explorer']} cannot be computed: {problem}", problem) from problem
    stored = json.dumps({"plan": explorer.plan(), "states": states}, ensure_ascii=False, separators=(",", ":"))
    text = f'(globalThis.bookExplorers??={{}})[{json.dumps(record["name"])}]={stored};\n'
    return {"text": text, "states": len(explorer.grid())}


def kept_on_shelf(make: Callable[[Mapping[str, Any]], dict[str, Any]], record: Mapping[str, Any], shelf: Path) -> dict[str, Any]:
    """What `make` gives for a record, from the shelf when nothing that it depends on has changed."""
    record = {**record, "choices": {}} if make is script_of else dict(record)
    which = hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()[:8]
    kept, print_ = shelf / f"{record['name']}-{make.__name__}-{which}.json", fingerprint(record)
    if kept.exists() and (found := json.loads(kept.read_text("utf-8")))["print"] == print_:
        return found
    found = {"print": print_, **make(record)}
    shelf.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(found, ensure_ascii=False), "utf-8")
    return found


def _records(notebook: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every output of a notebook that holds an explorer, with its record."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if RECORD in output.get("data", {}):
                yield output, output["data"][RECORD]


def place_explorers(notebook: Mapping[str, Any], shelf: Path) -> list[dict[str, Any]]:
    """In a notebook about to become a page, put each explorer's words and table where its record stands.

    Parameters
    ----------
    notebook : dict
        A notebook of format 4; its outputs are changed.
    shelf : Path
        Where computed explorers are kept.

    Returns
    -------
    list of dict
        The records.
    """
    records = []
    for output, record in _records(notebook):
        choices = html.escape(json.dumps(record.get("choices", {})), quote=True)
        output["data"] = {"text/html": f'<div class="book-explorer" data-explorer="{record["name"]}" data-choices="{choices}" '
                                       f'data-python="{record["explorer"]}">'
                                       f"{kept_on_shelf(inside_of, record, shelf)['html']}</div>"}
        records.append(record)
    return records


def page_scripts(body: str) -> list[str]:
    """The scripts, in `_static`, that a page with explorers loads, in order; none for another page."""
    names = dict.fromkeys(PLACED.findall(body))
    return ["vendor/vega.js", "explorers/_front.js", *(f"explorers/{name}.js" for name in names), "explorers.js"] if names else []


# ---- what Sphinx calls
def _shelf(app: Sphinx) -> Path:
    return Path(app.outdir).parent / "explorers"


def _known(env: BuildEnvironment) -> dict[str, list[dict[str, Any]]]:
    """The records of every page, by page."""
    if not hasattr(env, "book_explorers"):
        env.book_explorers = {}
    return env.book_explorers


def _page_print(record: Mapping[str, Any]) -> str:
    """What a page with this explorer depends on: its states, and the front end, whose checksum stands in the page's link."""
    return fingerprint(record) + hashlib.sha256(FRONT.read_bytes()).hexdigest()[:8]


def _place(app: Sphinx, docname: str, content: list[str]) -> None:
    if Path(app.env.doc2path(docname)).suffix != ".ipynb" or RECORD not in content[0]:
        return
    notebook = json.loads(content[0])
    records = place_explorers(notebook, _shelf(app))
    _known(app.env)[docname] = [{"record": record, "print": _page_print(record)} for record in records]
    content[0] = json.dumps(notebook)


def _outdated(app: Sphinx, env: BuildEnvironment, *of_pages: Iterable[str]) -> list[str]:
    """Pages whose notebook is as before, but whose explorers would now say something else."""
    return [page for page, held in _known(env).items() if any(_page_print(one["record"]) != one["print"] for one in held)]


def _forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _known(env).pop(docname, None)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    _known(env).update({name: _known(other)[name] for name in docnames if name in _known(other)})


def write_scripts(records: Iterable[Mapping[str, Any]], shelf: Path, target: Path) -> None:
    """Write the front end and one script for each explorer, and say how large each is.

    Raises
    ------
    ExtensionError
        When two classes share a name.
    """
    classes: dict[str, str] = {}
    for record in records:
        name, declared = record["name"], record["explorer"]
        if classes.setdefault(name, declared) != declared:
            raise ExtensionError(f"two explorers are called {name!r}: {classes[name]} and {declared}; give one another name")
    target.mkdir(parents=True, exist_ok=True)
    for name, declared in classes.items():
        found = kept_on_shelf(script_of, {"explorer": declared, "name": name}, shelf)
        (target / f"{name}.js").write_text(found["text"], "utf-8", newline="\n")
        size = len(gzip.compress(found["text"].encode(), 9, mtime=0))
        print(f"explorer {name}: {found['states']:,} states, {size / 1000:,.0f} KB gzipped")
        if size > MOST:
            log.warning("the explorer %s takes %s bytes gzipped; %s is the most: store fewer states, or round its decimals", name,
                        f"{size:,}", f"{MOST:,}", type="explorers", subtype="size")
    if classes:
        (target / "_front.js").write_text(classic(FRONT.read_text("utf-8")), "utf-8", newline="\n")


def _write(app: Sphinx, env: BuildEnvironment) -> None:
    """Before pages are written, so that each page's links carry the scripts' checksums."""
    if app.builder.format == "html":
        records = [one["record"] for page in sorted(_known(env)) for one in _known(env)[page]]
        write_scripts(records, _shelf(app), Path(app.outdir) / "_static" / "explorers")


def _add_scripts(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    for number, script in enumerate(page_scripts(context.get("body") or "")):
        app.add_js_file(script, priority=700 if script == "vendor/vega.js" else 730 + number)


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("source-read", _place, priority=400)        # before the notebook becomes a page's view
    app.connect("env-get-outdated", _outdated)
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)
    app.connect("env-updated", _write)
    app.connect("html-page-context", _add_scripts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
