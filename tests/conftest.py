"""What several tests share: the built site, served and as files, and a browser whose network is cut."""
from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "_build" / "html"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
         "--disable-gpu", "--disable-quic"]
SLOW = float(os.environ.get("BOOK_SLOW", 1))     # how many times slower the pages run: what a test does not wait for shows
ADVICE = ("the browser tests need a Chromium on the path: `apt-get install chromium` on Debian and Ubuntu, `brew install chromium` "
          "on macOS, or set BOOK_CHROMIUM to a Chrome's program")

expect.set_options(timeout=20_000)       # milliseconds: a shared machine may be slow


@dataclass
class Visit:
    """A page opened with the network cut, and everything that it should not have done."""

    page: Page
    left: list[str] = field(default_factory=list)       # requests for another host: stopped, and listed
    failed: list[str] = field(default_factory=list)     # requests for the site itself that found nothing
    errors: list[str] = field(default_factory=list)     # what the console calls an error

    def clean(self) -> None:
        """Fail when the page asked another host, missed a file or reported an error."""
        assert not self.left, f"asked other hosts: {self.left}"
        assert not self.failed, f"files that are missing: {self.failed}"
        assert not self.errors, f"console errors: {self.errors}"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium that is already on this machine."""
    program = os.environ.get("BOOK_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        if os.environ.get("CI"):
            pytest.fail(ADVICE)
        pytest.skip(ADVICE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """Address of the built site in a sub-path, as on GitHub Pages."""
    assert (SITE / "index.html").exists(), "the site is not built: run `make book` first"

    class Handler(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            return super().translate_path(path.removeprefix("/book")) if path.startswith("/book/") else str(SITE / "nothing-here")

        def log_message(self, *_: object) -> None:
            """Say nothing: the tests report."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/book/"
    server.shutdown()
    server.server_close()


def opener(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """How a page is opened with the network cut; every page that it opened is closed at the end."""
    contexts = []

    def open_page(address: str, width: int = 1280, height: int = 900, wait: str = "load", dark: bool = False,
                  **options: object) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        if dark:
            context.add_init_script("localStorage.setItem('mode', 'dark'); localStorage.setItem('theme', 'dark')")
        page = context.new_page()
        if SLOW != 1:
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOW})
        seen = Visit(page)
        inside = ("http://127.0.0.1:", "http://localhost:", "file:", "data:", "blob:", "about:")

        def gate(route: Route) -> None:
            if route.request.url.startswith(inside):
                route.continue_()
            else:
                seen.left.append(route.request.url)
                route.abort()

        context.route("**/*", gate)
        page.on("response", lambda r: seen.failed.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        page.on("requestfailed", lambda r: seen.failed.append(f"{r.failure} {r.url}") if r.url.startswith(inside) else None)
        page.on("console", lambda m: seen.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: seen.errors.append(str(e)))
        page.goto(address, wait_until=wait)
        return seen

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open an address with the network cut: `visit(address, width=1280)`; what leaves, misses or fails is recorded."""
    yield from opener(browser)


@pytest.fixture(scope="module")
def long_visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """As `visit`, for a page that several tests share."""
    yield from opener(browser)
