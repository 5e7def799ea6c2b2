"""Refresh the copy of Leaflet that the packages carry, from the npm package that `package-lock.json` pins.

A map must draw in JupyterLab, in the browser's Python and in the page with no network, so its JavaScript travels with
the `widgets` package. Run ``python -m book._make.carry`` after changing the version in `package.json`.
"""
from __future__ import annotations

import base64
import re
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
SOURCE, TARGET = HERE / "node_modules" / "leaflet", HERE / "widgets" / "carried"


def carried() -> dict[str, str]:
    """The carried files by name: Leaflet's script, and its style sheet with the pictures inside."""
    def inside(match: re.Match[str]) -> str:
        picture = (SOURCE / "dist" / match[1]).read_bytes()
        return f"url(data:image/png;base64,{base64.b64encode(picture).decode()})"
    script = (SOURCE / "dist" / "leaflet.js").read_text("utf-8")
    style = (SOURCE / "dist" / "leaflet.css").read_text("utf-8").replace("\r\n", "\n")
    return {"leaflet.js": "\n".join(line for line in script.splitlines() if "sourceMappingURL" not in line) + "\n",
            "leaflet.css": re.sub(r"url\((images/[\w.-]+\.png)\)", inside, style),
            "LICENSE-leaflet": (SOURCE / "LICENSE").read_text("utf-8")}


if __name__ == "__main__":
    TARGET.mkdir(exist_ok=True)
    for name, text in carried().items():
        (TARGET / name).write_text(text, "utf-8")
        print(f"widgets/carried/{name}: {len(text.encode()):,} bytes")
