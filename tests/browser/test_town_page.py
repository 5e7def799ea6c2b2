"""The page of one town, in a real browser with the network cut: its figures, its address, its search, two towns, paper, weight."""
from __future__ import annotations

import gzip
import re
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from tests.axe import violations
from tests.conftest import SITE, Visit
from widgets.my_town import CHOICES, DRAWS, STATES, YEARS, sheets

PAGE = SITE / "book" / "my_town.html"
SPANS = ["1982–2011", "1982–1990", "1990–1999", "1999–2006", "2006–2011"]
Open = Callable[..., Visit]


@pytest.fixture(scope="module")
def towns() -> pd.DataFrame:
    return sheets()["towns"].reset_index(names="row").set_index("code", drop=False)


def sample(towns: pd.DataFrame, count: int = 20) -> list[str]:
    """Towns at the ends of each measure, those that lack something, and some drawn by a seed."""
    ends = [towns[name].idxmin() for name in ("population_2023", "index 2011", "local 1982–2011", "kept", "change")]
    ends += [towns[name].idxmax() for name in ("population_2023", "index 2011", "local 1982–2011", "alike", "change", "zone km")]
    near = pd.concat([sheets()["pairs"]["a"], sheets()["pairs"]["b"]]).value_counts()
    ends += [towns.index[near.idxmax()], next(code for code, row in zip(towns.index, towns["row"], strict=True) if row not in near.index)]
    special = ["66104", "12302", "49501", "82202", "27109", towns.index[towns["new"] == 1][0], towns["name"].str.len().idxmax()]
    drawn = np.random.default_rng(63).choice(towns.index, count, replace=False)
    return list(dict.fromkeys([*ends, *special, *drawn.tolist()]))


def go(page: Page, code: str, other: str = "") -> None:
    """Lead an open page to a town, and wait until it is drawn."""
    page.evaluate("(hash) => { location.hash = hash; }", f"#town={code}" + (f"&with={other}" if other else ""))
    page.wait_for_function("(codes) => document.querySelector('.book-my-town').dataset.town === codes", arg=f"{code} {other}".strip())


def opened(visit: Open, address: str = "", **options: object) -> Visit:
    seen = visit(PAGE.as_uri() + address, **options)
    seen.page.wait_for_selector(".book-my-town[data-town]")
    return seen


def numeral(value: float, form: str) -> str:
    """A number as the page writes it: a true minus, none before zero."""
    text = format(value + 0.0, form)
    text = format(0.0, form.replace("+", "")) if not float(text.replace(",", "")) else text
    return text.replace("-", "−")


READ = """() => Object.fromEntries([...document.querySelectorAll('.sheet .part')].map((part) => [part.className.split('part-')[1], {
    text: [...part.querySelectorAll('.pair p')].map((p) => p.textContent).join(' '),
    rows: [...part.querySelectorAll('.pair tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent)),
    links: [...part.querySelectorAll('.pair a')].map((a) => [a.textContent, a.getAttribute('href')]),
    items: [...part.querySelectorAll('.pair li')].map((li) => li.textContent)}]))"""


def check_sheet(part: dict[str, dict[str, object]], t: pd.Series, towns: pd.DataFrame) -> None:
    """Every figure that a sheet shows is that of `sheets`, as print has it."""
    tables, codes = sheets(), towns.index
    assert part["people"]["text"].startswith(f"{t['population_2023']:,} inhabitants in 2023, {numeral(t['change'], '+.1f')} % since 2019")
    assert [row[2].startswith("a town") for row in part["called"]["rows"]] == [t["shape"], t["density"], t["flow"]]
    assert t["degurba"] in part["called"]["rows"][1][1] and t["size_class"] in part["called"]["rows"][0][1]
    assert (part["called"]["rows"][2][1] == "outside all attraction areas") == (t["area"] == "outside")
    wanted = [[str(year), "no figures", "–", "–"] if np.isnan(t[f"index {year}"]) else
              [str(year), f"{t[f'index {year}']:.2f}", f"{t[f'low {year}']:.2f} to {t[f'high {year}']:.2f}", STATES[t[f"state {year}"]]] for year in YEARS]
    assert part["path"]["rows"] == wanted
    assert f"{t['index 2011']:.2f} times" in part["path"]["text"]
    wanted = [[span, "no figures", "–", "–", "–"] if np.isnan(t[f"change {span}"]) else
              [span, *(numeral(t[f"{name} {span}"], "+.1f") for name in ("change", "national", "structural")),
               f"{numeral(t[f'local {span}'], '+.1f')} ({numeral(t[f'low {span}'], '+.1f')} to {numeral(t[f'high {span}'], '+.1f')})"] for span in SPANS]
    assert part["change"]["rows"] == wanted
    if not np.isnan(t["workers local 1982–2011"]):
        local, low, high = (numeral(t[f"workers {name} 1982–2011"], "+.1f") for name in ("local", "low", "high"))
        assert f"a local effect of {local} % a year ({low} to {high}), {['clearly worse', 'not clearly', 'clearly better'][t['workers reading'] + 1]}" in part["change"]["text"]
    check_type(part, t, tables, codes)
    near = tables["pairs"].query("a == @t['row'] or b == @t['row']")
    others = sorted(zip(near["km"], np.where(near["a"] == t["row"], near["b"], near["a"]), strict=True))
    assert part["near"]["links"] == [[towns["name"].iloc[row], f"#town={codes[row]}"] for _, row in others]
    if others:
        told = f"{len(others)} other urban unit{'s' * (len(others) > 1)}, of which {t['specialised near'] or 'none'} specialised"
        assert part["near"]["text"].startswith(told)
        assert f"{others[0][0] or 'under 1'} km ({towns['index 2011'].iloc[others[0][1]]:.2f})" in part["near"]["text"]
    else:
        assert part["near"]["text"] == "No other urban unit within 20 km."
    zone = tables["zones"].iloc[t["zone"]]
    assert zone["name"] in part["zone"]["text"] and ("Our tables do not say" in part["zone"]["text"]) == (not t["zone centre"])
    assert f"{zone['quotient']:.2f} times its share ({zone['low']:.2f} to {zone['high']:.2f})" in part["zone"]["text"]
    assert f"Smoothed: {zone['smoothed']:.2f} ({zone['smoothed low']:.2f} to {zone['smoothed high']:.2f})" in part["zone"]["text"]


def check_type(part: dict[str, dict[str, object]], t: pd.Series, tables: dict[str, pd.DataFrame], codes: pd.Index) -> None:
    """Type, stability and nearest; or the sentence that says why there are none."""
    if not t["type"]:
        reason = "100,000 inhabitants or more" if not t["shape"] else "no figures in 1982"
        assert reason in part["type"]["text"] and reason in part["alike"]["text"] and not part["alike"]["items"]
        return
    kind = tables["types"].iloc[t["type"] - 1]
    assert f"Type “{kind['name']}”, as {kind['towns'] - 1:,} other towns" in part["type"]["text"]
    assert f"{t['kept']} of {len(CHOICES)} other ways" in part["type"]["text"] and f"{t['redrawn']} of {DRAWS} samples" in part["type"]["text"]
    assert ("newly specialised" in part["type"]["text"]) == (t["new"] == 1)
    typed = tables["towns"].index[tables["towns"]["type"] > 0]
    first = 10 * typed.get_loc(t["row"])
    rows = tables["alike"].iloc[first:first + 10]
    assert part["alike"]["links"] == [[tables["towns"]["name"][row], f"#town={codes[row]}"] for row in rows["other"]]
    assert part["alike"]["items"] == [tables["towns"]["name"][row] + (f" ({far:.2f})" if far else "") for row, far in zip(rows["other"], rows["distance"], strict=True)]


def test_sheets_show_the_figures(visit: Open, towns: pd.DataFrame) -> None:
    seen = opened(visit)
    for code in sample(towns):
        go(seen.page, code)
        check_sheet(seen.page.evaluate(READ), towns.loc[code], towns)
        drawn = seen.page.locator(".town-line .drawing").get_attribute("aria-label") or ""
        assert towns.loc[code, "name"] in drawn and f"{towns.loc[code, 'index 2011']:g} in 2011" in drawn
        expect(seen.page.locator(".town-line svg")).to_have_count(1)
    seen.clean()


def test_the_chart_holds_the_rows_of_its_towns(visit: Open, towns: pd.DataFrame) -> None:
    seen = opened(visit, "#town=49501&with=66104")
    text = seen.page.locator(".town-line svg").inner_html()
    assert "Cholet" in text and "Saint-Nazaire (66)" in text and "middle half of 67 units" in text
    expect(seen.page.locator(".town-line svg .mark-symbol path")).to_have_count(5 + 4)      # Saint-Nazaire has no figures in 1982
    seen.clean()


def test_an_unknown_town_gets_a_sentence(visit: Open) -> None:
    seen = visit(PAGE.as_uri() + "#town=99999")
    seen.page.get_by_text(f"names a town that is not among these {len(sheets()['towns']):,}").first.wait_for()
    assert seen.page.locator(".sheet > *").count() == 0 and seen.page.get_by_role("button", name="Print").count() == 0
    go(seen.page, "12302")
    expect(seen.page.locator(".note")).to_have_text("")
    seen.page.evaluate("location.hash = '#town=12302&with=nowhere'")
    seen.page.get_by_text("names a town that is not among").first.wait_for()
    expect(seen.page.locator(".sheet > h2")).to_have_text("Decazeville")
    seen.clean()


def test_a_name_that_two_towns_share_is_told(visit: Open) -> None:
    seen = visit(PAGE.as_uri() + "#town=valence")
    seen.page.get_by_text("More than one town has that name").first.wait_for()
    assert seen.page.locator(".note a").all_inner_texts() == ["Valence (26)", "Valence (82)"]
    seen.page.locator(".note a").last.click()
    seen.page.wait_for_selector(".book-my-town[data-town='82202']")
    expect(seen.page.locator(".note")).to_have_text("")
    seen.clean()


@pytest.mark.parametrize("evil", ["<img src=x onerror=alert(1)>", "javascript:alert(1)", "__proto__", "constructor", "-1", "0", "%", "49501&town=<b>", "']; alert(1); ['"])
def test_an_address_injects_nothing(visit: Open, evil: str) -> None:
    seen = visit(PAGE.as_uri())
    seen.page.evaluate("void (window.alert = () => { document.title = 'broken into'; })")
    seen.page.wait_for_selector(".book-my-town[data-town]")
    for hash_ in (f"#town={evil}", f"#town=49501&with={evil}", f"#town=Cholet&in={evil}", f"#{evil}"):
        seen.page.evaluate("(hash) => { location.hash = hash; }", hash_)
        seen.page.wait_for_timeout(60)
    assert seen.page.title() != "broken into" and seen.page.locator(".book-my-town img, .book-my-town b").count() == 0
    seen.clean()


def test_a_table_may_name_a_town_and_its_departement(visit: Open) -> None:
    for address, code in {"#town=Valence&in=82": "82202", "#town=Valence&in=26": "00651", "#town=cholet": "49501", "#town=Saint-L%C3%B4&in=50": ""}.items():
        seen = opened(visit, address)
        found = seen.page.locator(".book-my-town").get_attribute("data-town")
        assert found == code if code else "Saint-Lô" in seen.page.locator(".sheet > h2").inner_text()


def test_the_search_by_keyboard_without_accents(visit: Open) -> None:
    seen = opened(visit)
    search = seen.page.get_by_label("Type the name of a town")
    assert search.input_value() == "" and "Until you choose one" in seen.page.locator(".sheet").inner_text()
    search.fill("GENOUILLE")
    options = seen.page.get_by_role("option")
    expect(seen.page.locator(".choose")).to_contain_text("No such name here.")                            # a village: in no urban unit
    assert options.count() == 0
    search.fill("sainte sigo")
    expect(options).to_have_text(["Sainte-Sigolène"])
    search.press("ArrowDown")
    search.press("Enter")
    seen.page.wait_for_function("document.querySelector('.book-my-town').dataset.town === '43203'")
    assert seen.page.url.endswith("#town=43203") and search.input_value() == "Sainte-Sigolène"
    expect(seen.page.locator(".choose [role=status].quiet")).to_contain_text("Sheet of Sainte-Sigolène")
    seen.clean()


def test_two_towns_side_by_side(visit: Open, towns: pd.DataFrame) -> None:
    seen = opened(visit, "#town=12302")
    second = seen.page.get_by_label("Compare it with another")
    second.fill("montbard")
    second.press("ArrowDown")
    second.press("Enter")
    seen.page.wait_for_function("document.querySelector('.book-my-town').dataset.town === '12302 21205'")
    boxes = [box.bounding_box() for box in seen.page.locator(".part-path .pair > div").all()]
    assert len(boxes) == 2 and abs(boxes[0]["y"] - boxes[1]["y"]) < 2 and boxes[1]["x"] > boxes[0]["x"] + 100
    one, other = towns.loc["12302"], towns.loc["21205"]
    apart = one["low 2011"] > other["high 2011"] or other["low 2011"] > one["high 2011"]
    told = seen.page.locator(".sheet > p").inner_text()
    assert f"{one['index 2011']:.2f} and {other['index 2011']:.2f}" in told and ("beyond their intervals" in told) == apart
    seen.page.get_by_role("button", name="Clear").nth(1).click()
    seen.page.wait_for_function("document.querySelector('.book-my-town').dataset.town === '12302'")
    seen.clean()


def test_a_link_of_a_sheet_leads_to_another(visit: Open, towns: pd.DataFrame) -> None:
    seen = opened(visit, "#town=49501")
    first = seen.page.locator(".part-alike li a").first
    name = first.inner_text()
    first.click()
    seen.page.wait_for_function("(name) => document.querySelector('.sheet > h2').textContent === name", arg=name)
    seen.page.wait_for_function("document.activeElement.tagName === 'H2'")
    seen.page.go_back()
    seen.page.wait_for_function("document.querySelector('.book-my-town').dataset.town === '49501'")
    seen.clean()


@pytest.mark.parametrize(("address", "pages"), [*((f"#town={code}", 1) for code in ("12302", "35701", "00851", "66104", "30119")), ("#town=49501&with=30119", 2)])
def test_a_sheet_prints_on_one_page_and_two_towns_on_two(visit: Open, address: str, pages: int) -> None:
    seen = opened(visit, address)
    seen.page.evaluate("void (window.print = () => { window.printed = true; })")
    seen.page.get_by_role("button", name="Print this sheet").click()
    assert seen.page.evaluate("window.printed")
    paper = seen.page.pdf(format="A4")
    assert 0 < len(re.findall(rb"/Type\s*/Page\b", paper)) <= pages
    seen.page.emulate_media(media="print")
    assert not seen.page.locator(".choose").is_visible() and not seen.page.locator(".bd-sidebar-primary").is_visible()
    assert seen.page.locator(".part-zone").is_visible() and seen.page.locator(".part .kind").first.is_visible()


def test_the_page_weighs_less_than_600_kilobytes(served: str, visit: Open) -> None:
    seen = visit("about:blank")
    bodies: dict[str, int] = {}
    seen.page.on("response", lambda answer: bodies.__setitem__(answer.url, len(gzip.compress(answer.body(), 9))))
    seen.page.goto(served + "book/my_town.html", wait_until="networkidle")
    seen.page.wait_for_selector(".book-my-town[data-town]")
    assert not [url for url in bodies if ".woff" in url], "the page fetches a font"
    assert sum(bodies.values()) < 600_000, sorted(bodies.items(), key=lambda one: -one[1])[:8]
    seen.clean()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("address", ["#town=00851&with=12302", "#town=99999"])
def test_axe_finds_nothing_serious(visit: Open, address: str, dark: bool) -> None:
    seen = visit(PAGE.as_uri() + address, dark=dark)
    seen.page.wait_for_selector(".book-my-town[data-town]" if "with" in address else ".note:not(:empty)")
    assert violations(seen.page, "document.querySelector('.book-my-town')", serious=True, dark=dark) == []


@pytest.mark.parametrize("address", ["#town=00851", "#town=12302&with=35701"])
def test_no_sideways_scroll_on_a_phone(visit: Open, address: str) -> None:
    seen = opened(visit, address, width=390, height=844)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert seen.page.locator(".town-line svg").bounding_box()["width"] <= 390
    seen.clean()


def test_a_page_whose_figures_are_missing_keeps_its_words(visit: Open, tmp_path: object) -> None:
    text = PAGE.read_text("utf-8").replace("explorers/_my_town.js", "explorers/_gone.js")
    copy = SITE / "book" / "my_town_without.html"
    copy.write_text(text, "utf-8")
    try:
        seen = visit(copy.as_uri())
        seen.page.get_by_text("the same figures stand in the tables of the chapters").wait_for()
    finally:
        copy.unlink()


def test_tables_and_explorers_lead_to_the_sheet(visit: Open) -> None:
    seen = visit((SITE / "chapters" / "01_towns.html").as_uri())
    seen.page.wait_for_selector("figure.book-table .tools a")
    long = seen.page.locator("figure.book-table:has(input[type=search])").last
    expect(long.locator("tbody th a")).to_have_count(20)
    long.locator("input[type=search]").fill("valence")
    long.get_by_role("link", name="Valence", exact=True).last.click()
    seen.page.wait_for_selector(".book-my-town[data-town]")
    assert "Valence (" in seen.page.locator(".sheet > h2").inner_text()
    seen.page.goto((SITE / "chapters" / "01_towns.html").as_uri() + "#towns:town=49501")
    link = seen.page.locator(".explorer .row a")
    link.wait_for()
    link.click()
    seen.page.wait_for_selector(".book-my-town[data-town='49501']")
    seen.clean()


def test_a_circle_of_a_map_offers_the_sheet(visit: Open) -> None:
    seen = visit((SITE / "chapters" / "02_trajectories.html").as_uri())
    seen.page.evaluate("document.querySelectorAll('iframe').forEach((f) => { f.loading = 'eager'; })")
    seen.page.wait_for_selector("iframe")
    frame = next(f for f in seen.page.frames if f.parent_frame)
    frame.wait_for_selector(".leaflet-container canvas", timeout=20_000)
    frame.evaluate("""() => {
        const map = Object.values(window).find((value) => value instanceof L.Map), circles = [];
        map.eachLayer((layer) => { if (layer instanceof L.CircleMarker) circles.push(layer); });
        circles.find((circle) => circle.getTooltip().getContent().startsWith("Decazeville:")).openPopup();
    }""")
    link = frame.get_by_text("Sheet of Decazeville")
    link.wait_for()
    link.click()
    seen.page.wait_for_selector(".book-my-town[data-town='12302']")
    seen.clean()
