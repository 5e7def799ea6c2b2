"""A full room, simulated: 20 students on a JupyterHub, and the site behind nginx under load.

    python -m tests.drill [--students 20] [--chapter 02_trajectories]       with the Python of _build/drill

The result is kept in tests/drill/last.json, and printed on a page of the book, book/measured_room.md.
"""
from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from pathlib import Path

import psutil

from tests.drill import hub, report, web

HERE = Path(__file__).resolve().parents[2]
SITE = HERE / "_build" / "html"
PROXY = HERE / "_build" / "drill" / "node_modules" / ".bin" / "configurable-http-proxy"


def main() -> int:
    parser = argparse.ArgumentParser(description="Simulate a full room.")
    parser.add_argument("--students", type=int, default=20)
    parser.add_argument("--chapter", default="02_trajectories", help="the heaviest by default")
    asked = parser.parse_args()
    notebook = SITE / "_sources" / "chapters" / f"{asked.chapter}.ipynb"
    if not notebook.exists():
        print(f"no chapter {asked.chapter} in the built book: run `make book`, or name one of {sorted(p.stem for p in notebook.parent.glob('*.ipynb'))}")
        return 1
    with tempfile.TemporaryDirectory() as room:
        full = hub.measure(asked.students, notebook, PROXY, Path(room))
    site = web.measure(SITE, hub.free_ports(1))
    machine = {"cores": os.cpu_count(), "memory GB": round(psutil.virtual_memory().total / 1e9, 1), "system": platform.system(),
               "python": platform.python_version()}
    result = {"date": time.strftime("%Y-%m-%d"), "machine": machine, "hub": full, "web": site}
    report.LAST.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    report.main()
    print(json.dumps(result, indent=1))
    return bool(full["errors"] or site["lost"] or site["lost by its log"])


if __name__ == "__main__":
    sys.exit(main())
