"""No result of a chapter hangs on the order of rows: run with every table shuffled, it shows the same."""
from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from book._make.chapters import run, sources

SHUFFLE = '''# %%
import data as _data
_load = _data.load
def _shuffled(name, *more, **options):
    frame = _load(name, *more, **options)
    return frame.sample(frac=1, random_state=63).reset_index(drop=True)
_data.load = _shuffled

'''


@pytest.mark.parametrize("path", sources(), ids=lambda p: p.stem)
def test_shuffled_rows_give_the_same_page(path: Path, tmp_path: Path) -> None:
    text = path.read_text("utf-8")
    at = text.index("# %% [markdown]")
    twin = tmp_path / path.name
    twin.write_text(text[:at] + SHUFFLE + text[at:], "utf-8")
    shuffled = nbformat.reads(run(twin), 4).cells[1:]
    usual = nbformat.read(path.with_suffix(".ipynb"), 4).cells
    for before, after in zip(usual, shuffled, strict=True):
        assert before.source == after.source
        for one, other in zip(before.get("outputs", []), after.get("outputs", []), strict=True):
            same = [{k: v for k, v in out.items() if k != "execution_count"} for out in (one, other)]
            assert json.dumps(same[0], sort_keys=True) == json.dumps(same[1], sort_keys=True), f"moves with the rows:\n{before.source}"
