"""The cells that need a kernel: their function is called over the range of each control."""
from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from book._make.chapters import read_text, sources
from tests.chapters.running import ran

LIVE = [p for p in sources() if any("needs-kernel" in c.metadata.get("tags", []) for c in read_text(p).cells)]


def stops(control: Any) -> list[Any]:
    """The values that a control can take; of a long range, its ends and three between."""
    if isinstance(control, tuple) and all(isinstance(v, (int, float)) for v in control):
        low, high, step = control if len(control) == 3 else (*control, 1)
        every = np.arange(low, high + step / 2, step)
        picked = every[np.unique(np.linspace(0, len(every) - 1, 5).round().astype(int))]
        return [v.item() for v in picked]
    if isinstance(control, bool):
        return [False, True]
    if isinstance(control, (list, tuple)):
        return [v[1] if isinstance(v, tuple) else v for v in control]
    raise TypeError(f"a control of an interact cell is {control!r}: use (low, high, step), a list, or True")


@pytest.mark.parametrize("path", LIVE, ids=lambda p: p.stem)
def test_every_value_of_every_control(path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    calls = ran(path).interacts
    monkeypatch.chdir(path.parent)
    assert calls
    for function, controls in calls:
        shown = set()
        for values in itertools.product(*map(stops, controls.values())):
            capsys.readouterr()
            result = function(**dict(zip(controls, values, strict=True)))
            shown.add((capsys.readouterr().out, repr(result)))
        assert len(shown) > 1, f"{function.__name__} shows the same whatever its controls say"
