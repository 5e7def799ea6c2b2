"""The links in the table of the claims explorer: each leads to a page of the site and a place on it."""
from __future__ import annotations

from collections.abc import Callable

from tests.conftest import SITE, Visit
from tests.moving import alive

PAGE = SITE / "chapters" / "09_cross_reading.html"


def test_claims_and_figures_are_linked_and_the_addresses_unseen(visit: Callable[..., Visit]) -> None:
    seen = visit(PAGE.as_uri())
    page = alive(seen)
    place = page.locator("[data-explorer=claims]")
    place.locator("details > summary", has_text="The figures as a table").click()
    links = place.locator("table a")
    links.first.wait_for()
    addresses = links.evaluate_all("(all) => all.map((a) => a.getAttribute('href'))")
    assert len(addresses) >= 20
    for address in addresses:
        file, _, name = address.partition("#")
        target = (PAGE.parent / file).resolve()
        assert target.exists(), address
        assert not name or f'id="{name}"' in target.read_text("utf-8"), address
    heads = place.locator("table th[scope=col]").all_inner_texts()
    assert "where" in heads and not {"entry", "page"} & set(heads)
    links.first.click()
    page.wait_for_url("**/book/claims.html#*")
    seen.clean()
