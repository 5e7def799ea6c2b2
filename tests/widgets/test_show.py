"""Tables, charts and glued numbers as a chapter shows them."""
from __future__ import annotations

import json
import re
from collections.abc import Iterator

import altair as alt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from widgets import data_used, figure, glue, start, table
from widgets.show import KINDS, credit
from widgets.theme import VEGALITE, figures


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    """A Python shell as in a notebook: outside one, `display` prints."""
    yield InteractiveShell.instance()
    InteractiveShell.clear_instance()


TOWNS = pd.DataFrame({"town": [f"T{n:02d}" for n in range(40)], "people": range(1000, 41000, 1000), "share": np.linspace(0, 1, 40)})


def packed(html: str) -> dict:
    return json.loads(re.search(r'<script type="application/json">(.*?)</script>', html, re.DOTALL)[1].replace("<\\/", "</"))


def test_a_long_table_shows_both_ends_and_keeps_all_rows() -> None:
    html = table(TOWNS, "Forty towns", kind="toy", formats={"share": ".1%"}).data
    assert html.count("<tr>") == 21
    assert "20 more rows" in html
    assert "T09" in html and "T10</th>" not in html and "T30" in html
    assert [row[0] for row in packed(html)["rows"]] == TOWNS["town"].tolist()
    assert "100.0%" in html and "40,000" in html


def test_a_short_table_is_whole_and_escapes_what_it_holds() -> None:
    html = table(pd.DataFrame({"a": ["<b>", None], "n": [1.0, np.nan]}), "A & B", kind="toy").data
    assert "&lt;b&gt;" in html and "<b>" not in html.split("<script")[0]
    assert "A &amp; B" in html and "more rows" not in html
    assert packed(html)["rows"] == [["<b>", 1.0], [None, None]]


def test_a_table_cannot_close_its_own_script() -> None:
    html = table(pd.DataFrame({"a": ["</script><img>"]}), "x", kind="toy").data
    assert html.count("</script>") == 1


def test_a_format_for_a_column_that_is_not_there() -> None:
    with pytest.raises(KeyError, match="shares"):
        table(TOWNS, "x", kind="toy", formats={"shares": ".1%"})


def test_every_figure_has_its_mark() -> None:
    with pytest.raises(ValueError, match="a figure needs its mark"):
        credit()
    with pytest.raises(ValueError, match="invented"):
        credit(kind="invented")
    assert KINDS["toy"] in credit(kind="toy")
    line = credit(["france_occupations", "timeline"])
    assert KINDS["official"] in line and KINDS["quoted"] in line and "INSEE" in line
    assert line.count("Licence Ouverte 2.0") == 1 and line.count("CC BY 4.0") == 1


def test_the_data_box_names_producer_and_licence() -> None:
    box = data_used("mons_land_use").data
    assert "Statbel" in box and "mons_land_use" in box and KINDS["official"] in box


def test_a_chart_is_written_without_its_words_lost(shell: InteractiveShell) -> None:
    start()
    with capture_output() as seen:
        figure(alt.Chart(TOWNS).mark_bar().encode(x="share", y="town").properties(title="A finding"), "What it shows", kind="toy")
    chart, line = seen.outputs
    spec = chart.data[VEGALITE]
    assert spec["description"] == "What it shows"
    assert spec["title"] == "A finding"
    assert KINDS["toy"] in line.data["text/html"]
    values = next(iter(spec["datasets"].values()))
    assert values[13]["share"] == 0.333333


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_six_figures(value: float) -> None:
    assert figures(value) == pytest.approx(value, rel=5e-6, abs=0)
    assert figures(figures(value)) == figures(value)


def test_glue_writes_the_record_that_the_page_reads(shell: InteractiveShell) -> None:
    with capture_output() as seen:
        glue(towns=np.int64(7), share=1 / 3, name="Cholet")
    assert [(o.metadata["scrapbook"]["name"], o.data["application/papermill.record/text/plain"]) for o in seen.outputs] == [
        ("towns", "7"), ("share", "0.333333"), ("name", "'Cholet'")]
    with pytest.raises(TypeError, match="table is a DataFrame"):
        glue(table=TOWNS)
