"""An explorer beside a kernel: JupyterLab, with the network cut."""
from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Page, expect

from tests.conftest import ROOT, Visit
from tests.demonstrations import Toy

pytest.importorskip("vl_convert")
CELLS = [f"import sys; sys.path.insert(0, {str(ROOT)!r})\nfrom tests.demonstrations import Toy", "toy = Toy()\ntoy",
         "import ipywidgets as w\ns = w.IntSlider(10000, min=2000, max=20000)\nw.jslink((s, 'value'), (toy, 'bound'))\ns"]
RUN = "(code) => jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute({ code }).done.then(() => true)"
STATE = "(part) => document.querySelector('.explorer').dataset.state?.includes(part)"


def write(path: Path) -> None:
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in CELLS])
    book.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(book, path)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a notebook in a JupyterLab of its own."""
    folder = tmp_path_factory.mktemp("lab")
    write(folder / "toy.ipynb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {f"JUPYTER_{name}_DIR": str(folder / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    log = folder / "log"
    with log.open("w") as written:
        command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser", f"--port={port}",
                   "--ServerApp.ip=127.0.0.1", "--ServerApp.token=", "--ServerApp.password=", "--LabApp.news_url=None",
                   f"--ServerApp.root_dir={folder}"]
        server = subprocess.Popen(command, env={**os.environ, **own}, stdout=written, stderr=subprocess.STDOUT)
    until = time.monotonic() + 60
    while "is running at" not in log.read_text("utf-8"):
        assert server.poll() is None and time.monotonic() < until, log.read_text("utf-8")[-2000:]
        time.sleep(0.2)
    yield f"http://127.0.0.1:{port}/lab/tree/toy.ipynb"
    server.terminate()
    server.wait(20)


def test_alive_in_a_lab(lab: str, visit: Callable[..., Visit]) -> None:
    """Drawn without the network; any step of the range; linked to a slider of ipywidgets; what cannot be is said."""
    seen = visit(lab, wait="domcontentloaded")
    page: Page = seen.page
    page.wait_for_function("window.jupyterapp && document.querySelectorAll('.jp-CodeCell').length === 3", timeout=60_000)
    page.wait_for_function("jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'", timeout=60_000)
    page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(STATE, arg="bound=10000", timeout=60_000)
    toy = page.locator(".explorer")
    assert toy.locator("canvas").count() == 3

    bound = toy.get_by_label("Large from", exact=True)
    bound.focus()
    page.keyboard.press("ArrowRight")                               # 11,000: a step that a page does not hold
    page.wait_for_function(STATE, arg="bound=11000")
    assert toy.locator(".sentence").inner_text() == Toy().sentence(bound=11_000)
    expect(page.locator(".widget-readout").first).to_have_text("11000")
    assert page.locator(".jp-CodeCell").count() == 3                # the keys moved the slider, not the notebook

    page.evaluate(RUN, "toy.bound = 3456")
    page.wait_for_function(STATE, arg="bound=3456")
    page.evaluate(RUN, "toy.bound = -1")
    page.wait_for_function("document.querySelector('.explorer').dataset.problem?.startsWith('a town cannot have')")
    page.evaluate(RUN, "toy.bound = 5000")
    page.wait_for_function(STATE, arg="bound=5000")
    expect(page.locator(".explorer[data-problem]")).to_have_count(0)

    page.evaluate(RUN, "import time; quick = toy.compute; toy.compute = lambda **c: (time.sleep(1), quick(**c))[1]")
    bound.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.explorer').getAttribute('aria-busy') === 'true'")
    expect(toy.get_by_text("Computing…")).to_be_visible()
    page.wait_for_function(STATE, arg="bound=6000")
    expect(toy).to_have_attribute("aria-busy", "false")
    assert not seen.left, f"asked other hosts: {seen.left}"
