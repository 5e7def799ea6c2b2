"""The book on paper: what a page leaves out, opens or draws, and links that stay inside the document."""
from __future__ import annotations

import re

import pytest
import yaml
from bs4 import BeautifulSoup

from book._make import pdf
from book._make.pdf import joined, on_paper, pages
from tests.conftest import ROOT

PAGE = """<article class="bd-article"><h1 id="top">A<a class="headerlink" href="#top">#</a></h1>
<div class="book-explorer" data-explorer="towns" data-choices="{&quot;bound&quot;: 5}" data-python="widgets.explorers.towns:Towns"><table><tbody>ROWS</tbody></table></div>
<details class="hide above-input"><summary>Show the code</summary>secret code</details>
<details><summary>Answer</summary>42</details><div class="toggle-hidden admonition">open me</div><div class="veiled">a figure</div>
<svg><clipPath id="c0"></clipPath><g clip-path="url(#c0)" fill="url(#c0)"></g><use href="#c0"></use></svg>
<a href="../book/data.html#table-x">the data</a><a href="02.html">next</a><a href="https://a.org/x">out</a><a href="#top">up</a>
<p id="twice"></p><p id="twice"></p><script>alert(1)</script><form>search</form><div class="tools">CSV</div></article>"""


@pytest.fixture
def article(monkeypatch: pytest.MonkeyPatch):
    seen: list[dict] = []
    parts = {"title": "Towns", "sentence": "Many.", "pictures": "<svg class='pic'></svg>", "table": "<table></table>", "credit": "<p>who</p>"}
    monkeypatch.setattr(pdf, "explorer_parts", lambda record: seen.append(record) or parts)
    made = on_paper(BeautifulSoup(PAGE.replace("ROWS", "<tr></tr>" * 15), "html.parser").article, "chapters/01")
    return made, seen


def test_what_moves_stands_still_and_what_is_folded_is_open(article) -> None:
    made, seen = article
    text = made.get_text(" ")
    assert seen == [{"explorer": "widgets.explorers.towns:Towns", "name": "towns", "choices": {"bound": 5}}]
    assert made.select_one("svg.pic") and "3 more rows" in text and "Many." in text
    assert "secret code" not in text and "alert" not in text and "CSV" not in text and "search" not in text
    assert all(fold.has_attr("open") for fold in made.select("details")) and "42" in text
    assert not made.select(".toggle-hidden, .veiled") and "open me" in text and "a figure" in text


def test_names_are_the_pages_own_and_links_stay_inside(article) -> None:
    made, _ = article
    assert [one["id"] for one in made.find_all("p", id=True)] == ["chapters-01--twice"]
    assert made["id"] == "chapters-01" and made.h1["id"] == "chapters-01--top"
    assert made.find("g")["clip-path"] == made.find("g")["fill"] == "url(#chapters-01--c0)" and made.find("use")["href"] == "#chapters-01--c0"
    assert [a["href"] for a in made.find_all("a")] == ["#book-data--table-x", "#chapters-02", "https://a.org/x", "#chapters-01--top"]
    document = joined([("chapters/01", "A & B", made)], ["../html/x.css", "../html/x.css"])
    assert document.count("x.css") == 1 and '<a href="#chapters-01">A &amp; B</a>' in document
    lost = re.findall(r'href="#([^"]+)"', re.sub(r"<use[^>]*>", "", document))
    assert all(f'id="{place}"' in document for place in lost), "a link to a page that is not printed"


def test_every_page_of_the_contents_is_printed_in_its_order() -> None:
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    found = pages()
    assert found[0] == toc["root"] and len(found) == len(set(found)) == 1 + sum(len(part["chapters"]) for part in toc["parts"])
    assert "book/instructors" in found and found.index("chapters/01_towns") < found.index("book/glossary")


def test_what_cannot_be_printed_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setattr(pdf, "SITE", tmp_path)
    with pytest.raises(FileNotFoundError, match="make book"):
        pdf.write()
    (tmp_path / "index.html").touch()
    with pytest.raises(ValueError, match="no page begins with nowhere"):
        pdf.write(["nowhere"])
    monkeypatch.setattr(pdf, "PROGRAMS", ("no-such-browser",))
    monkeypatch.delenv("BOOK_CHROMIUM", raising=False)
    with pytest.raises(FileNotFoundError, match="apt-get install chromium"):
        pdf.chromium()
