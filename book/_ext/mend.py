"""What the theme's pages need before they are ours. Each mend says why; all are made in this one place."""
from __future__ import annotations

import re
from pathlib import Path

__all__ = ["POLICY", "mend_page", "mend_site"]

# What a page may load, and from where: from this site alone. What is allowed beyond that, and why:
#   'unsafe-inline' scripts    the theme's own short scripts, a map in its frame (folium writes one), and what a reader's own cell shows
#   'unsafe-eval'              Vega turns a chart's expressions into functions; WebAssembly, which is Python, is allowed with it
#   blob: scripts, workers     anywidget hands a widget's front end over as one; Python's worker starts from one, so that this same
#                              policy holds inside it: no code of a page can send a reader's table anywhere
#   'unsafe-inline' styles     Vega, the editor and widgets set them; the theme too
#   data:, blob: pictures      icons in the style sheets, outlines under maps, pictures to save
POLICY = "; ".join(f"{what} {whence}" for what, whence in {
    "default-src": "'self'", "script-src": "'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
    "worker-src": "'self' blob:", "style-src": "'self' 'unsafe-inline'", "img-src": "'self' data: blob:",
    "font-src": "'self' data:", "connect-src": "'self'", "frame-src": "'self'", "object-src": "'none'", "base-uri": "'self'",
    "form-action": "'self'"}.items())

MENDS = [
    # The policy above, first of all that a page says.
    (re.compile(r"<head>(?!\s*<meta http-equiv)"), f'<head>\n    <meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
    # The icon script (540 KB gzipped) replaces each icon's element, which breaks widgets that hold on to theirs.
    # Eleven icons are drawn by book.css instead.
    (re.compile(r'<script src="[^"]*scripts/fontawesome\.js[^"]*"></script>\s*'), ""),
    (re.compile(r'<link rel="preload"[^>]*fontawesome[^>]*>\s*'), ""),
    # A button's name must hold the words that it shows, for those who speak to their machine: here "Search Ctrl+K".
    (re.compile(r'(<button class="btn search-button-field[^>]*?) title="Search" aria-label="Search"'), r'\1 title="Search"'),
    # The three icons of the theme switch carry titles that are read as its words: its own name is enough.
    (re.compile(r'(<i class="theme-switch[^>]*?)\s+title="[^"]*"'), r'\1 aria-hidden="true"'),
    # A folded cell says "Show code cell source": the name it is given instead says less.
    (re.compile(r'<summary aria-label="Toggle hidden content">'), "<summary>"),
    # Python writes a number below zero with a hyphen; in a sentence it is a minus sign.
    (re.compile(r'(<span class="pasted-text">)-(?=\d)'), r"\1−"),
    # The theme's script looks for a list of contents under a name that no page has, and then takes every link of the page for an
    # entry: one that leads to a town (#town=...) stops it.
    (re.compile(r'data-bs-target="\.bd-toc-nav"'), 'data-bs-target="#pst-page-toc-nav"'),
    # A list of citations calls itself a list without calling its parts items.
    (re.compile(r'<div role="list" class="citation-list">'), '<div class="citation-list">'),
    (re.compile(r'(<div class="citation" id="[^"]*") role="doc-biblioentry"'), r"\1"),
]


def mend_page(text: str) -> str:
    """A page of the theme with every mend made; a page already mended stays as it is."""
    for pattern, better in MENDS:
        text = pattern.sub(better, text)
    return text


def mend_site(site: Path) -> None:
    """Mend every page of a built site."""
    for page in site.rglob("*.html"):
        if not {"_static", "lite"} & set(page.relative_to(site).parts):
            text = page.read_text("utf-8")
            better = mend_page(text)
            if better != text:
                page.write_text(better, "utf-8")
