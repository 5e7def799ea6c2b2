"""The JavaScript that the site carries: where each file comes from, and which page loads it."""
from __future__ import annotations

import shutil
from pathlib import Path

__all__ = ["HERE", "join_vega", "copy_vendor"]

HERE = Path(__file__).resolve().parents[2]
PACKAGES = HERE / "node_modules"
WHOLE = {"mathjax/es5/tex-mml-chtml.js": "mathjax/tex-mml-chtml.js",
         "mathjax/es5/output/chtml/fonts": "mathjax/output/chtml/fonts"}


def join_vega(packages: Path = PACKAGES) -> str:
    """Vega, Vega-Lite and Vega-Embed as one classic script that leaves one name on the page, `bookVega`.

    The words `define`, `exports` and `module` are hidden from the three builds, so that they behave the same beside a
    module loader.
    """
    def build(name: str) -> str:
        text = (packages / name / "build" / f"{name}.min.js").read_text("utf-8")
        return "\n".join(line for line in text.splitlines() if not line.startswith("//# sourceMappingURL"))
    parts = "\n;\n".join(build(name) for name in ("vega", "vega-lite", "vega-embed"))
    return ("if(!globalThis.bookVega)(function(define,exports,module){\n" + parts +
            "\n;globalThis.bookVega={vega:globalThis.vega,embed:globalThis.vegaEmbed};\n})();\n")


def copy_vendor(site: Path, packages: Path = PACKAGES) -> None:
    """Put the carried files beside the built site.

    Parameters
    ----------
    site : Path
        The folder of the built site.

    Raises
    ------
    FileNotFoundError
        When the npm packages are not there: `make book` installs them.
    """
    if not packages.is_dir():
        raise FileNotFoundError(f"no {packages.name} folder beside the book: run `npm ci`, or `make book`, which does it")
    target = site / "_static" / "vendor"
    target.mkdir(parents=True, exist_ok=True)
    for source, name in WHOLE.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        if (packages / source).is_dir():
            shutil.copytree(packages / source, target / name, dirs_exist_ok=True)
        else:
            shutil.copyfile(packages / source, target / name)
    shutil.copytree(HERE / "widgets" / "carried", target / "leaflet", dirs_exist_ok=True)
    (target / "vega.js").write_text(join_vega(packages), "utf-8")
