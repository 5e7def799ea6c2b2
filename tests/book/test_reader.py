"""The reader's copy: plain Markdown, folded solutions, a first cell that says what is missing."""
from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from book._make.chapters import sources

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

from reader import FIRST, cited, plain_markdown, reader_copy  # noqa: E402

REFERENCES = cited(ROOT / "book" / "references.bib")


def test_roles_become_what_they_quote() -> None:
    text = "{glue:text}`share:.1%` of {glue:text}`towns:,` in {glue:text}`name` {cite:p}`introduction`, {cite:t}`gabaix2011`"
    assert plain_markdown(text, {"share": 0.3456, "towns": 2175, "name": "Gier"}, REFERENCES) == (
        "34.6% of 2,175 in Gier (Gros-Balthazard and Talandier 2023), Gabaix and Ibragimov 2011")
    with pytest.raises(KeyError):
        plain_markdown("{glue:text}`absent`", {}, REFERENCES)


def test_boxes_become_quotations_and_folds() -> None:
    text = ":::{admonition} It holds\n:class: verdict\nBecause.\n\n*What would change it:* x\n:::\n\n:::{exercise}\n:label: a\nTry.\n:::\n\n:::{solution} a\n:class: dropdown\nDone.\n:::"
    plain = plain_markdown(text, {}, {})
    assert plain.startswith("> **It holds**\n>\n> Because.\n>\n> *What would change it:* x")
    assert "**Exercise.** Try." in plain
    assert "<details><summary>Solution</summary>\n\nDone.\n\n</details>" in plain
    assert ":::" not in plain


@pytest.mark.parametrize("path", sources(), ids=lambda p: p.stem)
def test_no_word_to_the_builder_is_left(path: Path) -> None:
    notebook = json.loads(path.with_suffix(".ipynb").read_text("utf-8"))
    before = json.dumps(notebook)
    mine = reader_copy(notebook, REFERENCES)
    assert json.dumps(notebook) == before
    nbformat.validate(nbformat.from_dict(mine))
    assert mine["cells"][0]["source"] == FIRST
    for cell in mine["cells"]:
        if cell["cell_type"] == "markdown":
            assert not re.search(r":::|\{[a-z][a-z:-]*\}`|planned-minutes", cell["source"]), cell["source"]
    folded = [c for c in mine["cells"] if c["metadata"].get("jupyter", {}).get("source_hidden")]
    starts = sum("".join(c["source"]).count("{solution-start}") for c in notebook["cells"] if c["cell_type"] == "markdown")
    assert len(folded) >= starts


def test_without_the_packages_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-I", "-S", "-c", FIRST], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode != 0
    assert "pip install -r requirements.txt" in done.stderr


def test_the_site_offers_the_readers_copy() -> None:
    for path in sources():
        offered = ROOT / "_build" / "html" / "_sources" / "chapters" / f"{path.stem}.ipynb"
        assert json.loads(offered.read_text("utf-8"))["cells"][0]["source"] == FIRST
