"""Make the kit for the room: one zip with the book, its Python, the notebooks, the tables, and wheels for an install.

    python -m book._make.kit        after `make book`; KIT_PYTHON="3.14" adds wheels for other versions of Python

The kit lies in `_build/kit`. It holds the Python of the pages and the lab without a server when `make live` was run before
the book was built, and says so when not.
"""
from __future__ import annotations

import html
import json
import os
import shutil
import sys
import time
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from book._make.kit_wheels import LAB, KitError, pins, versions_asked, wheels_for_all
from book._make.live_fetch import HERE, LiveError, sha256
from book._make.live_wheels import own_wheel

__all__ = ["NAME", "Kit", "gather", "account_of", "start_page", "write", "main"]

NAME = "industrial-reconquest-kit"
FILES = HERE / "book" / "_kit"
TABLES = ("datapackage.json", "tables/*.csv", "outlines/*.geojson")
PACKED = {".whl", ".bin", ".zip", ".png", ".jpg", ".woff2", ".pdf"}      # already compressed
STARTS = {".sh", ".command"}
LIVE = ("The pages run Python by themselves, once the book is served from this machine: start it, then press <em>Run the code here</em> under a "
        'chapter\'s title. The lab without an install is then at <a href="http://127.0.0.1:8000/lite/lab/index.html">/lite/lab/</a>.')
NO_LIVE = ("<strong>This kit has no Python for its pages and no lab without a server</strong>: it was made from a book built without "
           "<code>make live</code>. The pages read the same; to run code, install the lab.")


@dataclass
class Kit:
    """What goes into the zip: its files by address, and the wheels' account."""

    files: dict[str, Path]
    wheels: list[dict[str, Any]]
    live: bool
    slides: bool


def gather(site: Path, data: Path, slides: Path, shelf: Path, wheels: list[dict[str, Any]], own: Path) -> Kit:
    """Find every file of the kit.

    Parameters
    ----------
    site : Path
        The built book.
    data : Path
        The folder with `datapackage.json`.
    slides : Path
        The folder of the slides; it may be absent.
    shelf : Path
        What `wheels_for_all` filled.
    wheels : list of dict
        What `wheels_for_all` gave.
    own : Path
        The wheel of the book's packages.

    Returns
    -------
    Kit

    Raises
    ------
    KitError
        When the book is not built.
    """
    if not (site / "index.html").exists():
        raise KitError("the book is not built: run `make book` first")
    files = {f"site/{path.relative_to(site).as_posix()}": path for path in sorted(site.rglob("*"))
             if path.is_file() and path.name != ".buildinfo"}
    files |= {f"notebooks/{path.name}": path for path in sorted((site / "_sources" / "chapters").glob("*.ipynb"))}
    files |= {f"data/{path.relative_to(data).as_posix()}": path for pattern in TABLES for path in sorted(data.glob(pattern))}
    files |= {f"slides/{path.relative_to(slides).as_posix()}": path for path in sorted(slides.rglob("*")) if path.is_file()}
    files |= {f"wheels/{name}": shelf / "wheels" / name for name in sorted({name for one in wheels for name in one["wheels"]})}
    files[f"wheels/{own.name}"] = own
    files |= {path.name: path for path in sorted(FILES.iterdir()) if path.name not in ("index.html", "requirements.txt")}
    return Kit(files, wheels, (site / "live").is_dir() and (site / "lite").is_dir(), any(slides.rglob("*.*")))


def account_of(kit: Kit, versions: tuple[str, ...], made: str) -> dict[str, Any]:
    """What the kit holds, in words and file by file; a wheel that PyPI lacks is named, and so is a layer that was not made."""
    files = [{"file": name, "bytes": path.stat().st_size, "sha256": sha256(path)} for name, path in kit.files.items()]
    return {"made": made, "python": list(versions), "python in the pages": kit.live, "lab without a server": kit.live, "slides": kit.slides,
            "wheels": [{**one, "wheels": len(one["wheels"])} for one in kit.wheels], "files": files}


def _title(notebook: Path) -> str:
    """A notebook's own title."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    lines = [line for cell in cells if cell["cell_type"] == "markdown" for line in "".join(cell["source"]).splitlines()]
    return next((line.removeprefix("# ") for line in lines if line.startswith("# ")), notebook.stem)


def _part(name: str) -> str:
    first, _, rest = name.partition("/")
    return {"site": {"live": "Python of the pages", "lite": "lab without a server"}.get(rest.split("/")[0], "the book")}.get(
        first, first if rest else "start and install")


def start_page(kit: Kit, account: Mapping[str, Any]) -> str:
    """The page that opens the kit, told from its account."""
    sums: dict[str, list[int]] = {}
    for one in account["files"]:
        sums.setdefault(_part(one["file"]), []).append(one["bytes"])
    notebooks = [f'<li><a href="{name}">{html.escape(_title(path))}</a></li>' for name, path in kit.files.items() if name.startswith("notebooks/")]
    wheels = [f"<tr><td>{one['system']}</td><td>{one['python']}</td><td>{one['wheels']}</td><td>{', '.join(one['missing']) or 'nothing'}</td></tr>"
              for one in account["wheels"]]
    parts = [f"<tr><td>{part}</td><td>{len(sizes):,}</td><td>{sum(sizes) / 1e6:,.1f}</td></tr>" for part, sizes in sums.items()]
    slides = 'The slides are in <a href="slides/">slides/</a>.' if account["slides"] else "There are no slides in this kit."
    return Template((FILES / "index.html").read_text("utf-8")).substitute(
        live=LIVE if account["python in the pages"] else NO_LIVE, notebooks="\n".join(notebooks), parts="\n".join(parts), slides=slides,
        wheels="\n".join(wheels), versions=" or ".join(filter(None, [", ".join(account["python"][:-1]), account["python"][-1]])), made=account["made"])


def _requirements(own: Path) -> str:
    """What an install asks for: the book's wheel as it is, and the lab in the pinned versions."""
    name, version = own.name.split("-")[:2]
    return "\n".join([f"{name}=={version}", *(next((pin for pin in pins() if pin.startswith(f"{one}==")), one) for one in LAB)]) + "\n"


def write(kit: Kit, account: Mapping[str, Any], requirements: str, target: Path) -> Path:
    """Write the zip: every file of the kit below one folder, the scripts so that they start."""
    texts = {"index.html": start_page(kit, account), "account.json": json.dumps(account, indent=1), "requirements.txt": requirements}
    part = target.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as whole:
        for name, source in [*texts.items(), *kit.files.items()]:
            about = zipfile.ZipInfo(f"{NAME}/{name}", (2026, 1, 1, 0, 0, 0))
            about.compress_type = zipfile.ZIP_STORED if Path(name).suffix in PACKED else zipfile.ZIP_DEFLATED
            about.external_attr = (0o100755 if Path(name).suffix in STARTS else 0o100644) << 16
            if isinstance(source, str):
                whole.writestr(about, source)
                continue
            with source.open("rb") as file, whole.open(about, "w") as inside:
                shutil.copyfileobj(file, inside, 1 << 20)
    return part.replace(target)


def main() -> int:
    home = HERE / "_build" / "kit"
    try:
        versions = versions_asked(os.environ.get("KIT_PYTHON", ""))
        wheels = wheels_for_all(home / "shelf", versions)
        own = own_wheel(home / "own")
        kit = gather(HERE / "_build" / "html", HERE / "data", HERE / "_build" / "slides", home / "shelf", wheels, own)
    except LiveError as problem:
        print(f"The kit could not be made. {problem}", file=sys.stderr)
        return 1
    made = write(kit, account_of(kit, versions, time.strftime("%Y-%m-%d")), _requirements(own), home / f"{NAME}.zip")
    for one in wheels:
        print(f"  {one['system']:15} Python {one['python']:5} {len(one['wheels']):4} wheels; not on PyPI: {', '.join(one['missing']) or 'nothing'}")
    print("  Python in the pages and the lab: " + ("there" if kit.live else "absent; run `make live book` first, then `make kit` again"))
    print("  slides: " + ("there" if kit.slides else "absent (no _build/slides)"))
    print(f"The kit, {made.stat().st_size / 1e6:,.0f} MB: {made.relative_to(HERE)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
