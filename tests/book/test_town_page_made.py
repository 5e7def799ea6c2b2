"""The page of one town: what the build writes beside it, and which maps lead to it."""
from __future__ import annotations

import html
import json
import re
import sys
from types import SimpleNamespace

import pytest

from tests.conftest import ROOT, SITE

sys.path.append(str(ROOT / "book" / "_ext"))

from my_town import IDLE, MOST, SECTIONS, lead_to_sheets, page_weight

from data import load


def a_map(names: list[str]) -> str:
    """A map's frame as a notebook holds it."""
    rows = [[47.0, 2.0, 3.0, "#fff", html.escape(f"{name}: 10 people")] for name in names]
    return html.escape(f"L.layerGroup(/*places*/{json.dumps(rows)}/*end*/.map(() => x.bindTooltip(words)));", quote=True)


def test_only_a_map_of_urban_units_leads_to_sheets() -> None:
    names = load("urban_units")["name"].tolist()
    assert "book/my_town.html" in html.unescape(lead_to_sheets(a_map(names)))
    assert lead_to_sheets(a_map([*names, "Genouillé"])) == a_map([*names, "Genouillé"])
    assert lead_to_sheets("<p>no map</p>") == "<p>no map</p>"


def test_the_script_and_the_page_are_as_large_as_was_said() -> None:
    assert page_weight(SITE) < MOST
    text = (SITE / "book" / "my_town.html").read_text("utf-8")
    assert not re.search("|".join(f"_static/{name}" for name in IDLE), text)
    whole = (SITE / "_static" / "explorers" / "_my_town.js").read_text("utf-8")
    plan = json.loads(whole.removeprefix("globalThis.bookTowns=").removesuffix(";\n"))["plan"]
    assert list(plan["sections"]) == list(SECTIONS)
    links = [link for about in plan["sections"].values() for link in re.findall(r'href="\.\./(chapters/[^"#]+)#([^"]+)"', about["source"])]
    assert len(links) == sum(len(titles) for about in SECTIONS.values() for titles in about["made"].values())
    for page, place in links:
        assert f'id="{place}"' in (SITE / page).read_text("utf-8"), f"{page} has no place {place}"


def test_a_page_too_heavy_stops_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    import my_town
    from sphinx.errors import ExtensionError

    app = SimpleNamespace(builder=SimpleNamespace(format="html"), outdir=str(SITE))
    monkeypatch.setattr(my_town, "MOST", 1000)
    with pytest.raises(ExtensionError, match=r"loads \d+,\d+ bytes gzipped; 1,000 is the most"):
        my_town._weigh(app, None)
    my_town._weigh(app, RuntimeError("another problem"))
