"""Every link inside the built site leads to a file, and to a place in it that exists."""
from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.conftest import SITE

PAGES = sorted(p for p in SITE.rglob("*.html") if not {"_static", "lite"} & set(p.relative_to(SITE).parts))


class Links(HTMLParser):
    """The addresses that a page names, and the places in it that can be named."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.places: set[str] = {"", "top"}
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.addresses += [named[key] for key in ("href", "src", "data-src") if named.get(key)]
        self.places |= {named[key] for key in ("id", "name") if named.get(key)}


SEEN = {page: Links(page) for page in PAGES}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(SITE)))
def test_links_lead_somewhere(page: Path) -> None:
    lost = []
    for address in SEEN[page].addresses:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            continue
        target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        target = target / "index.html" if target.is_dir() else target
        if not target.exists() or (target in SEEN and unquote(parts.fragment) not in SEEN[target].places and "text=" not in parts.fragment):
            lost.append(address)
    assert not lost


def test_no_page_loads_a_script_or_a_style_from_elsewhere() -> None:
    for page in PAGES:
        text = page.read_text("utf-8")
        for part in text.split("<")[1:]:
            tag = part.split(">")[0]
            if tag.startswith(("script", "link", "img", "iframe")):
                assert "=\"http" not in tag.replace('rel="canonical" href="http', ""), f"{page.name}: <{tag}>"
