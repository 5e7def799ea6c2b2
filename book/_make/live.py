"""Make the live layer: the Python that runs in the pages, with everything that it needs, from package registries alone.

    python -m book._make.live           fetch what is missing, check it, put it together in _build/live/site
    python -m book._make.live --check   say whether every file of the layer is as its account says

What was fetched and checked stays in `_build/live/shelf`, so that a run which was cut goes on where it stopped, and a change
of the book's own modules makes only their wheel again. The book builds without this layer; when it is there, `make book`
puts it beside the pages.
"""
from __future__ import annotations

import json
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from book._make.live_fetch import HERE, LISTS, LiveError, from_npm, official_wheels, pure_wheels, run, sha256
from book._make.live_memory import keep_memory
from book._make.live_wheels import generated_lock, lab_lock, own_wheel, slim
from book._make.needs import module_needs

__all__ = ["LIVE", "SITE", "main", "check"]

LIVE = HERE / "_build" / "live"
SHELF, SITE = LIVE / "shelf", LIVE / "site"
CORE = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"]
# The parts of ipywidgets 7 are left out; pictures that only they or a notebook program use are left out too.
BUNDLE = ["--bundle", "--format=esm", "--minify", "--legal-comments=eof", "--log-level=error", "--define:global=globalThis",
          '--define:process.env.NODE_ENV="production"', "--loader:.svg=dataurl", "--loader:.woff2=empty", "--loader:.woff=empty",
          "--loader:.ttf=empty", "--loader:.eot=empty"]
OLD = ["@jupyter-widgets/base7", "@jupyter-widgets/controls7", "@jupyter-widgets/controls7/css/widgets-base.css",
       "@jupyter-widgets/controls7/css/labvariables.css"]


def _front(packages: Path) -> None:
    """Join the editor and the widgets' front end, one file each."""
    sources = [*sorted(LISTS.glob("*.js")), LISTS / "package-lock.json", Path(__file__)]
    stamp, wanted = SHELF / "front-ready", "".join(map(sha256, sources))
    if stamp.exists() and stamp.read_text() == wanted and (SITE / "widgets.js").exists():
        return
    for name in ("editor", "unzip", "widgets"):
        work = packages.parent / f"{name}.entry.js"     # beside the packages, where they are found
        for source in LISTS.glob("*.js"):
            shutil.copy(source, packages.parent)
        aliases = [f"--alias:{one}=./nothing.js" for one in OLD] if name == "widgets" else []
        run("node", packages / "esbuild" / "bin" / "esbuild", work.name, *BUNDLE, *aliases, f"--outfile={SITE / name}.js", where=packages.parent)
    stamp.write_text(wanted)


def _lab() -> None:
    """Build the lab, empty of notebooks: the book puts its own beside it. Its Python is that of the pages."""
    files = [LISTS / "lab-requirements.txt", LISTS / "lab.json", Path(__file__)]
    stamp, wanted, target = SHELF / "lab-ready", "".join(map(sha256, files)), LIVE / "lab"
    if stamp.exists() and stamp.read_text() == wanted and (target / "lab" / "index.html").exists():
        return
    home, settings = SHELF / "lab-python", SHELF / "lab-settings"
    programs = home / ("Scripts" if sys.platform == "win32" else "bin")
    for stale in (target, settings):        # the settings hold what the builder remembers of its last run
        shutil.rmtree(stale, ignore_errors=True)
    settings.mkdir()
    shutil.copyfile(files[1], settings / "jupyter-lite.json")
    run(sys.executable, "-m", "venv", home)
    run(programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", files[0])
    run(programs / "jupyter-lite", "build", "--lite-dir", settings, "--output-dir", target, "--no-unused-shared-packages", "--no-sourcemaps",
        where=settings)         # it leaves a small file of its own where it is started
    stamp.write_text(wanted)


def _account(sources: dict[str, str], lock: dict[str, Any], memory: dict[str, Any], version: str) -> dict[str, Any]:
    """What the layer holds, and where each part came from."""
    folder, notes = SITE / "pyodide", json.loads((SITE / "pyodide" / "slimmed.json").read_text())
    files = [{"file": name, "from": f"npm, pyodide {version}", "bytes": (folder / name).stat().st_size, "sha256": sha256(folder / name)}
             for name in CORE]
    for name, about in sorted(lock["packages"].items()):
        file = about["file_name"]
        files.append({"file": file, "package": name, "version": about["version"], "from": sources.get(file, "this book"),
                      "bytes": about["size"], "sha256 as fetched": notes[file].split()[1], "sha256": about["sha256"]})
    files += [{"file": memory[one]["file_name"], "from": "this book", "bytes": memory[one]["size"], "sha256": memory[one]["sha256"]}
              for one in ("memory", "files")]
    files += [{"file": f"../{path.name}", "from": "npm, joined by esbuild", "bytes": path.stat().st_size, "sha256": sha256(path)}
              for path in sorted(SITE.glob("*.[jc]s*")) if path.name != "needs.json"]
    return {"pyodide": version, "made": time.strftime("%Y-%m-%d"), "files": files}


def check() -> list[str]:
    """The files of the layer that are missing or not as the account says."""
    account = json.loads((LIVE / "account.json").read_text())
    return [one["file"] for one in account["files"]
            if not (path := SITE / "pyodide" / one["file"]).exists() or sha256(path) != one["sha256"]]


def make() -> dict[str, Any]:
    """Fetch, check, slim and put together; the account of it."""
    SHELF.mkdir(parents=True, exist_ok=True)
    folder = SITE / "pyodide"
    folder.mkdir(parents=True, exist_ok=True)
    print("Live layer: npm packages ...", flush=True)
    packages = from_npm(SHELF / "npm")
    npm = packages / "pyodide"
    version = json.loads((npm / "package.json").read_text())["version"]
    official = json.loads((npm / "pyodide-lock.json").read_text())
    print("Live layer: official wheels, each compared with the official lock ...", flush=True)
    sources = official_wheels(official, version, SHELF / "official")
    print("Live layer: pure wheels, each compared with our hash ...", flush=True)
    sources |= pure_wheels(SHELF / "pure")
    own = own_wheel(SHELF / "own")
    sources[own.name] = "this book"
    wheels = [SHELF / "official" / name for name in sources if (SHELF / "official" / name).exists()]
    wheels += [*sorted((SHELF / "pure").glob("*.whl")), own]
    print("Live layer: bytecode, by the browser's own Python ...", flush=True)
    slim(wheels, folder, npm, own)
    for name in CORE:
        shutil.copyfile(npm / name, folder / name)
    lock = generated_lock(official, folder, own)
    (folder / "pyodide-lock.json").write_text(json.dumps(lock, separators=(",", ":")))
    (folder / "pyodide-lock-lab.json").write_text(json.dumps(lab_lock(lock, own), separators=(",", ":")))
    print("Live layer: the memory that Python begins with ...", flush=True)
    memory = keep_memory(folder, packages, lock)
    (SITE / "needs.json").write_text(json.dumps(module_needs(HERE), separators=(",", ":")))
    _front(packages)
    print("Live layer: the lab (JupyterLite) ...", flush=True)
    _lab()
    account = _account(sources, lock, memory, version)
    (LIVE / "account.json").write_text(json.dumps(account, indent=1))
    return account


def main() -> int:
    try:
        if "--check" in sys.argv:
            wrong = check()
            print(f"not as the account says: {', '.join(wrong)}" if wrong else "every file is as the account says")
            return bool(wrong)
        account = make()
    except LiveError as problem:
        print(f"The live layer could not be made. {problem}", file=sys.stderr)
        return 1
    by_source: dict[str, list[int]] = {}
    for one in account["files"]:
        by_source.setdefault(one["from"], []).append(one["bytes"])
    for source, sizes in by_source.items():
        print(f"  {len(sizes):3} files, {sum(sizes) / 1e6:5.1f} MB   {source}")
    print(f"The live layer is in {SITE.relative_to(HERE)}; its account, file by file, in {(LIVE / 'account.json').relative_to(HERE)}.")
    (LIVE / "ready").touch()
    return 0


if __name__ == "__main__":
    sys.exit(main())
