"""The whole book on paper: the built pages, printed by a Chromium that is already on the machine, as one PDF.

    python -m book._make.pdf                            every page of the table of contents, into _build/pdf/book.pdf
    python -m book._make.pdf book/index chapters/01     some of them

Charts are taken as the page draws them. What moves on a page stands still here: an explorer as pictures with its table, a map
as the picture that it shows first, questions and exercises with their answers open. No request leaves the machine.
"""
from __future__ import annotations

import argparse
import base64
import html
import json
import os
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import yaml
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Page, Route, sync_playwright

from book._make.pictures import ROWS, explorer_parts

__all__ = ["chromium", "joined", "on_paper", "pages", "write"]

HERE = Path(__file__).resolve().parents[2]
SITE, OUT = HERE / "_build" / "html", HERE / "_build" / "pdf"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
STILL = re.compile(r"_static/(?:explorers|live|guess|checks|offline)\.js")        # these bring a page to life: paper does without
WIDTH = 720         # of the window in which charts are drawn: about the width of the paper
ALIVE = "The sheet of a town is made in the page, where one of them can be printed alone."
FOOT = '<div style="font: 8px sans-serif; width: 100%; text-align: center; color: #4a5056"><span class="pageNumber"></span></div>'


def chromium() -> str:
    """The Chromium of this machine.

    Raises
    ------
    FileNotFoundError
        When there is none.
    """
    found = os.environ.get("BOOK_CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        raise FileNotFoundError("printing needs a Chromium on the path: `apt-get install chromium` on Debian and Ubuntu, `brew install chromium` on macOS, "
                                "or set BOOK_CHROMIUM to a Chrome's program")
    return found


def pages(root: Path = HERE) -> list[str]:
    """Every page of the table of contents, in its order, without ending."""
    toc = yaml.safe_load((root / "_toc.yml").read_text("utf-8"))
    return [toc["root"], *(one["file"] for part in toc["parts"] for one in part["chapters"])]


# ---- one page as it stands on paper
def _gate(route: Route) -> None:
    address = route.request.url
    inside = address.startswith(("file:", "data:", "blob:", "about:"))
    (route.continue_ if inside and not STILL.search(address) else route.abort)()


def _draw(page: Page) -> None:
    """Wait until charts and maps are there, and put a picture in the place of each map."""
    page.evaluate("document.querySelectorAll('iframe').forEach((f) => { f.loading = 'eager'; })")
    page.wait_for_function("[...document.querySelectorAll('figure.book-chart')].every((f) => f.dataset.drawn)", timeout=120_000)
    for frame in page.query_selector_all("iframe"):
        frame.scroll_into_view_if_needed()
        inside = frame.content_frame()
        if inside:
            inside.wait_for_selector(".leaflet-container", timeout=60_000)
            inside.add_style_tag(content=".leaflet-control-zoom, .leaflet-control-layers { display: none }")
        page.wait_for_timeout(700)          # a map draws its circles in the frame after
        picture = base64.b64encode(frame.screenshot(type="png")).decode()
        frame.evaluate("(f, picture) => { const i = new Image(); i.src = 'data:image/png;base64,' + picture; i.alt = f.title; i.className = 'still'; f.replaceWith(i); }", picture)


def on_paper(article: Tag, name: str) -> Tag:
    """An article with everything that needs a reader's hand taken out, opened, or drawn.

    Parameters
    ----------
    article : bs4.Tag
        `article.bd-article` of a page whose charts are drawn. It is changed.
    name : str
        The page, such as ``"chapters/01_towns"``.

    Returns
    -------
    bs4.Tag
    """
    for box in article.select(".book-explorer"):
        record = {"explorer": box["data-python"], "name": box["data-explorer"], "choices": json.loads(box["data-choices"])}
        parts = explorer_parts(record)
        more = len(box.select("tbody tr")) - ROWS
        told = f"The state shown first; it moves in the page. {f'{more} more rows stand there.' if more > 0 else ''}"
        box.clear()
        box.append(BeautifulSoup(f'<p class="title"><strong>{parts["title"]}</strong></p>{parts["pictures"]}<p>{parts["sentence"]}</p>{parts["table"]}'
                                 f'<p class="credit">{told}</p>{parts["credit"]}', "html.parser"))
    for sheet in article.select(".book-my-town"):          # its look on paper is that of one sheet alone: it would hide the rest of the book
        sheet.replace_with(BeautifulSoup(f'<p class="credit">{ALIVE}</p>', "html.parser"))
    for gone in article.select("script, button, .vega-bindings, .tools, .headerlink, .live, .cell_input.hide, details.hide.above-input, .behind, "
                               "#book-offline, form, .toggle-button, .copybtn"):
        gone.decompose()
    for fold in article.select("details"):
        fold["open"] = ""
    for hidden in article.select(".toggle-hidden, .veiled"):
        hidden["class"] = [one for one in hidden["class"] if one not in ("toggle-hidden", "veiled")]
    return _renamed(article, name)


def _renamed(article: Tag, name: str) -> Tag:
    """The same article with names that no other page has, and with links that stay inside the document."""
    own = name.replace("/", "-")
    folder = name.rpartition("/")[0]
    seen: set[str] = set()
    for part in article.find_all(id=True):      # an exercise's box gives each of its parts the same name: the first keeps it
        unique = f"{own}--{part['id']}"
        if unique in seen:
            del part["id"]
        else:
            part["id"] = unique
        seen.add(unique)
    for part in article.find_all(True):
        for key in ("href", "xlink:href"):
            address = part.get(key)
            if address and not re.match(r"[a-z]+:", address):
                path, _, place = address.partition("#")
                place = "" if place.startswith("town=") else place     # the sheet of a town, which paper does without
                there = os.path.normpath(f"{folder}/{path}").removesuffix(".html").replace("/", "-") if path else own
                part[key] = f"#{there}--{place}" if place else f"#{there}"
        for key in ("clip-path", "fill", "mask", "style", "filter"):
            if "url(#" in part.get(key, ""):
                part[key] = part[key].replace("url(#", f"url(#{own}--")
    article["id"] = own
    return article


def captured(page: Page, name: str) -> tuple[str, Tag, list[str]]:
    """A page's title, its article as it stands on paper, and the style sheets that it uses."""
    page.goto((SITE / f"{name}.html").as_uri(), wait_until="load")
    _draw(page)
    soup = BeautifulSoup(page.content(), "html.parser")
    article = soup.select_one("article.bd-article")
    styles = [link["href"].split("?")[0] for link in soup.select('link[rel~="stylesheet"]') if not re.match(r"[a-z]+:", link["href"])]
    title = article.find("h1").get_text().rstrip("#").strip()
    return title, on_paper(article, name), styles


# ---- the document
def joined(parts: Sequence[tuple[str, str, Tag]], styles: Sequence[str]) -> str:
    """Every article as one document, with a list of them in front.

    Parameters
    ----------
    parts : sequence of (name, title, article)
    styles : sequence of str
        Addresses of style sheets, relative to the document.

    Returns
    -------
    str
        HTML.
    """
    known = {name.replace("/", "-") for name, _, _ in parts}
    for _, _, article in parts:
        for link in article.find_all("a", href=re.compile("^#")):
            if link["href"][1:].partition("--")[0] not in known:        # a page that is not printed
                link.name = "span"
                del link["href"]
    listed = "".join(f'<li><a href="#{name.replace("/", "-")}">{html.escape(title)}</a></li>' for name, title, _ in parts)
    sheets = "".join(f'<link rel="stylesheet" href="{one}">' for one in dict.fromkeys(styles))
    look = (Path(__file__).parent / "paper.css").read_text("utf-8")
    return ('<!DOCTYPE html><html lang="en" data-theme="light" data-mode="light"><head><meta charset="utf-8"><title>Industrial reconquest, hands on</title>'
            f'{sheets}<style>{look}</style></head><body><nav class="front"><p class="book-title">Industrial reconquest, hands on</p><ol>{listed}</ol>'
            "<p>Printed from the pages of the book. What moves there stands still here: explorers as the state that they show first, with their table; maps as "
            "they open; folded code is left out; answers and solutions are open.</p></nav>" + "".join(str(article) for _, _, article in parts) + "</body></html>\n")


SHRINK = """document.querySelectorAll('.scroll > table, .cell_output table, .cell_output pre, .highlight pre, table').forEach((e) => {
    const room = document.body.clientWidth, wide = e.scrollWidth;
    if (wide > room) e.style.zoom = room / wide;
})"""


def _print(page: Page, document: Path, paper: Path) -> None:
    """A document as a PDF on A4, with its outline; what is wider than the paper is made smaller."""
    page.set_viewport_size({"width": 658, "height": 1000})     # A4 less its margins
    page.emulate_media(media="print")
    page.goto(document.resolve().as_uri(), wait_until="load")
    page.evaluate(SHRINK)
    page.pdf(path=str(paper), format="A4", print_background=True, display_header_footer=True, header_template="<span></span>", footer_template=FOOT,
             margin={"top": "16mm", "bottom": "18mm", "left": "18mm", "right": "18mm"}, outline=True, tagged=True)


def write(names: Sequence[str] = (), out: Path = OUT) -> Path:
    """Print the book.

    Parameters
    ----------
    names : sequence of str
        Beginnings of page names; all pages when empty.
    out : Path
        Folder.

    Returns
    -------
    Path
        The PDF; the document that was printed stands beside it.

    Raises
    ------
    FileNotFoundError
        When the book is not built, or there is no Chromium.
    ValueError
        When no page begins so.
    """
    if not (SITE / "index.html").exists():
        raise FileNotFoundError("the book is not built: run `make book` first, or `make pdf`, which does it")
    chosen = [name for name in pages() if name.startswith(tuple(names) or ("",))]
    if not chosen:
        raise ValueError(f"no page begins with {', '.join(names)}: there are {', '.join(pages())}")
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": WIDTH, "height": 1000}, device_scale_factor=2)
        context.route("**/*", _gate)
        page, parts, styles = context.new_page(), [], []
        for name in chosen:
            title, article, used = captured(page, name)
            parts.append((name, title, article))
            styles += [Path(os.path.relpath(SITE / name.rpartition("/")[0] / one, out)).as_posix() for one in used]
            print(name, flush=True)
        (out / "book.html").write_text(joined(parts, styles), "utf-8")
        _print(page, out / "book.html", out / "book.pdf")
        browser.close()
    return out / "book.pdf"


def main() -> int:
    parser = argparse.ArgumentParser(description="Print the book as one PDF.")
    parser.add_argument("names", nargs="*", help="beginnings of page names, such as chapters/01")
    try:
        paper = write(parser.parse_args().names)
    except (FileNotFoundError, ValueError) as problem:
        print(problem)
        return 1
    print(f"_build/pdf/{paper.name}: {paper.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
