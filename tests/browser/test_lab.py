"""The laboratory without a server (JupyterLite): it opens a chapter's copy for readers and runs it, with the network cut."""
from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import SITE, Visit
from tests.live import LONG

pytestmark = pytest.mark.skipif(not (SITE / "lite").is_dir(), reason="no live layer: run `make live`, then `make book`")
RUN = "(code) => jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute({ code }).done.then((m) => m.content.status)"


def test_the_lab_opens_a_chapter_and_runs_it(served: str, visit: Callable[..., Visit]) -> None:
    seen = visit(served + "lite/lab/index.html?path=01_towns.ipynb", wait="domcontentloaded")
    page = seen.page
    page.wait_for_function("globalThis.jupyterapp?.shell?.currentWidget?.content?.widgets?.length > 5", timeout=LONG)
    page.wait_for_function("jupyterapp.shell.currentWidget.sessionContext?.session?.kernel?.status === 'idle'", timeout=LONG)
    page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells').then(() => { globalThis.allRan = true; })")
    page.wait_for_function("globalThis.allRan", timeout=LONG)
    cells = page.evaluate("""jupyterapp.shell.currentWidget.content.widgets.filter((w) => w.model.type === 'code').map((w) => ({
        count: w.model.executionCount, source: w.model.sharedModel.getSource().slice(0, 80),
        kinds: Array.from({length: w.model.outputs.length}, (_, i) => w.model.outputs.get(i).type),
        error: Array.from({length: w.model.outputs.length}, (_, i) => w.model.outputs.get(i)).filter((o) => o.type === 'error').map((o) => String(o.toJSON().evalue))}))""")
    assert len(cells) > 30
    assert not [one for one in cells if one["error"]], [one for one in cells if one["error"]]
    assert all(one["count"] for one in cells)
    assert page.evaluate(RUN, "assert f\"{covered['workers'].max():.3f}\".startswith('0.')") == "ok"
    page.wait_for_selector(".jp-OutputArea .explorer canvas", timeout=LONG)
    assert not seen.left, f"asked other hosts: {seen.left}"
