"""Begin a chapter: a skeleton that runs and passes the chapter standard, to be filled part by part.

    python -m book._make.new_chapter harbours       writes chapters/NN_harbours.py, runs it, adds it to _toc.yml
"""
from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from book._make.chapters import run

HERE = Path(__file__).resolve().parents[2]


def begin(name: str, root: Path = HERE) -> Path:
    """Write a chapter's skeleton, its typical wrong answers, its entry for instructors and its line in the table of contents.

    Parameters
    ----------
    name : str
        Small letters, digits and underscores, without a number: ``"harbours"``.
    root : Path
        Folder of the book.

    Returns
    -------
    Path
        The chapter's text twin, not yet run. Its number is the first after those that exist.

    Raises
    ------
    ValueError
        When the name has other letters, or a chapter has it already.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise ValueError(f"a chapter is named in small letters, digits and underscores, such as harbours; got {name!r}")
    kept = sorted((root / "chapters").glob("[0-9][0-9]_*.py"))
    if any(path.stem[3:] == name for path in kept):
        raise ValueError(f"there is a chapter called {name} already: choose another name, or edit it")
    stem = f"{int(kept[-1].stem[:2]) + 1 if kept else 1:02d}_{name}"
    for source, target in ((HERE / "book/_make/skeleton.py.txt", root / "chapters" / f"{stem}.py"),
                           (HERE / "book/_make/skeleton_wrong.py.txt", root / "tests/chapters/wrong" / f"{stem}.py"),
                           (HERE / "book/_make/skeleton_teaching.yml.txt", root / "book/teaching" / f"{stem}.yml")):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(source.read_text("utf-8").replace("NAME-", f"{name.replace('_', '-')}-"), "utf-8", newline="\n")
    contents = (root / "_toc.yml").read_text("utf-8")
    lines = re.findall(r"^ *- file: chapters/.*\n", contents, flags=re.MULTILINE)
    contents = contents.replace(lines[-1], f"{lines[-1]}{lines[-1].partition('chapters/')[0]}chapters/{stem}\n")
    (root / "_toc.yml").write_text(contents, "utf-8", newline="\n")
    return root / "chapters" / f"{stem}.py"


def main() -> int:
    parser = argparse.ArgumentParser(description="Begin a chapter.")
    parser.add_argument("name", help="such as harbours")
    asked = parser.parse_args()
    try:
        path = begin(asked.name)
    except ValueError as problem:
        print(problem)
        return 1
    path.with_suffix(".ipynb").write_text(run(path), "utf-8", newline="\n")
    print(f"chapters/{path.name} and its notebook are there, and a line in _toc.yml. What is in CAPITALS is yours to write.\n"
          f"Next: edit chapters/{path.name}, then `make chapters book`. CONTRIBUTING.md says the seven steps.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
