"""The book kept in a browser, and as one file: read after the network, and the server itself, are gone."""
from __future__ import annotations

import functools
import http.server
import json
import re
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import SITE, Visit
from tests.live import LONG, cell, switch_on

Open = Callable[..., Visit]
PAGE = "book/how_to_read.html"


class Server:
    """The site in a sub-path, on a server that can be taken away."""

    def __init__(self) -> None:
        class Handler(http.server.SimpleHTTPRequestHandler):
            def translate_path(self, path: str) -> str:
                return super().translate_path(path.removeprefix("/book")) if path.startswith("/book/") else str(SITE / "nothing-here")

            def log_message(self, *_: object) -> None:
                """Say nothing: the tests report."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(SITE)))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address, self.there = f"http://127.0.0.1:{self.server.server_port}/book/", True

    def take_away(self) -> None:
        if self.there:
            self.server.shutdown()
            self.server.server_close()
            self.there = False


@pytest.fixture
def server() -> Iterator[Server]:
    one = Server()
    yield one
    one.take_away()


def keep(seen: Visit) -> None:
    page = seen.page
    page.get_by_role("button", name=re.compile("Read offline")).click()
    page.wait_for_function("/The book is kept here|could not be kept/.test(document.querySelector('#book-offline').innerText)", timeout=LONG)
    assert "The book is kept here" in page.inner_text("#book-offline")


def test_kept_read_without_a_server_and_removed(server: Server, visit: Open) -> None:
    seen = visit(server.address + PAGE, wait="networkidle")
    page = seen.page
    size = sum(path.stat().st_size for path in SITE.rglob("*") if path.is_file() and path.relative_to(SITE).parts[0] not in ("live", "lite")
               and path.name not in ("industrial-reconquest.zip", "offline.json", "sw.js", ".buildinfo", "objects.inv"))
    assert f"({round(size / 1e6)} MB)" in page.get_by_role("button", name=re.compile("Read offline")).inner_text()
    keep(seen)
    seen.clean()
    server.take_away()
    page.goto(server.address + "chapters/02_trajectories.html")     # a page that was never opened
    page.wait_for_function("[...document.querySelectorAll('figure.book-chart')].every((f) => f.dataset.drawn)", timeout=LONG)
    page.wait_for_selector("[data-explorer][data-alive]", timeout=LONG)
    assert page.locator("h1").first.inner_text().startswith("Trajectories")
    page.goto(server.address)
    page.wait_for_url("**/book/index.html")

    page.goto(server.address + PAGE)
    page.get_by_role("button", name="Remove what is kept").click()
    page.wait_for_function("document.querySelector('#book-offline').innerText.includes('Removed')", timeout=LONG)
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


@pytest.mark.skipif(not (SITE / "live").is_dir(), reason="no live layer: run `make live`, then `make book`")
def test_kept_with_its_python(server: Server, visit: Open) -> None:
    seen = visit(server.address + PAGE, wait="networkidle")
    page = seen.page
    page.get_by_label(re.compile("with the Python of its pages")).check()
    keep(seen)
    assert "with its Python" in page.inner_text("#book-offline")
    server.take_away()
    page.goto(server.address + "chapters/01_towns.html")
    switch_on(seen)
    one = cell(page, "import altair as alt")
    assert one.evaluate("(c) => c.ran") == "ran", one.evaluate("(c) => c.output.innerText")
    one.evaluate("""(c) => { c.editor.set('from methods import counts\\nfloat(counts.scipy.stats.binom.pmf(1, 2, 0.5))'); return c.page.run(c); }""")
    assert "0.5" in one.evaluate("(c) => c.output.innerText")          # what is loaded later is kept too


def test_an_older_edition_gives_way_to_the_networks(server: Server, visit: Open) -> None:
    """With a network the page is the network's: what is kept never hides a newer edition."""
    seen = visit(server.address + PAGE, wait="networkidle")
    keep(seen)
    seen.page.evaluate("""async () => { const [name] = await caches.keys(), store = await caches.open(name);
        await store.put(new URL('../book/glossary.html', location.href), new Response('<h1>an old edition</h1>', {headers: {'content-type': 'text/html'}})); }""")
    seen.page.goto(server.address + "book/glossary.html")
    assert "Glossary" in seen.page.inner_text("h1")
    server.take_away()
    seen.page.goto(server.address + "book/glossary.html")
    assert seen.page.inner_text("h1") == "an old edition"


def test_the_zip_is_the_whole_book(visit: Open, tmp_path: Path) -> None:
    with zipfile.ZipFile(SITE / "industrial-reconquest.zip") as whole:
        whole.extractall(tmp_path)
    assert json.loads((SITE / "offline.json").read_text("utf-8"))["zip"] == (SITE / "industrial-reconquest.zip").stat().st_size
    folder = tmp_path / "industrial-reconquest"
    seen = visit((folder / "index.html").as_uri())
    seen.page.wait_for_url("**/book/index.html")
    seen.page.goto((folder / "chapters" / "01_towns.html").as_uri())
    seen.page.wait_for_function("[...document.querySelectorAll('figure.book-chart')].every((f) => f.dataset.drawn)", timeout=LONG)
    assert seen.page.locator(".live-switch").count() == 0
    seen.clean()
