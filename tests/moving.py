"""What the tests of explorers in a browser share: waiting, setting choices, reading what is drawn."""
from __future__ import annotations

import json
import random
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Page

from tests.conftest import Visit
from widgets.explorer import Explorer

__all__ = ["alive", "check_drawn_as_computed", "drawn", "name_of"]


def alive(seen: Visit) -> Page:
    """The page, once every explorer is drawn."""
    seen.page.wait_for_function("[...document.querySelectorAll('.book-explorer')].every((e) => e.dataset.state)")
    return seen.page


def name_of(choices: dict[str, Any]) -> str:
    """The name of a state, as the page writes it."""
    text = {name: [str(v).lower() if isinstance(v, bool) else v for v in (value if isinstance(value, tuple) else [value])]
            for name, value in choices.items()}
    return urlencode(text, doseq=True)


READ = """async ([name, wanted]) => {
  const el = document.querySelector(`[data-explorer=${name}]`), { model, plan } = el.explorer, found = [];
  for (const choices of wanted) {
    const moves = Object.entries(choices).some(([k, v]) => JSON.stringify(model.get(k)) !== JSON.stringify(v));
    const drawn = new Promise((done) => el.addEventListener("explorer:drawn", done, { once: true }));
    for (const [k, v] of Object.entries(choices)) model.set(k, v);
    if (moves) await drawn;
    const data = {};
    for (const { view, chart } of el.explorer.views)
      for (const table of chart.tables) (data[table] ??= []).push(JSON.stringify(view.data(table)));
    found.push({ state: el.dataset.state, say: el.querySelector(".sentence").textContent, data });
  }
  return JSON.stringify(found);
}"""


def drawn(page: Page, name: str, wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    asked = [{k: list(v) if isinstance(v, tuple) else v for k, v in choices.items()} for choices in wanted]
    return json.loads(page.evaluate(READ, [name, asked]))


def rows(frame: Any) -> list[dict[str, Any]]:
    return json.loads(frame.to_json(orient="records", double_precision=15))


def wanted_states(explorer: Explorer) -> list[dict[str, Any]]:
    """All states where they are under 200; else each value of each control, and 200 others."""
    grid = explorer.grid()
    chance = random.Random(63)
    if len(grid) < 200:
        return chance.sample(grid, len(grid))
    first = explorer.chosen()
    singly = [{**first, name: tuple(v) if isinstance(v, list) else v} for name, about in explorer.controls.items()
              if about["kind"] != "place" for v in about["stored"]]
    return [*singly, *chance.sample(grid, 200)]


def check_drawn_as_computed(page: Page, name: str, explorer: Explorer) -> None:
    """Every wanted state of an explorer in a page: its name, sentence and data are those that Python computes."""
    wanted = wanted_states(explorer)
    for part in range(0, len(wanted), 40):
        for choices, found in zip(wanted[part:part + 40], drawn(page, name, wanted[part:part + 40]), strict=True):
            tables = explorer.tables(**choices)
            assert found["state"] == name_of(choices)
            assert found["say"] == explorer.say(tables, **choices)
            for table, views in found["data"].items():
                for view in map(json.loads, views):
                    assert view == rows(tables[table][list(view[0])] if view else tables[table]), f"{table} in {found['state']}"
