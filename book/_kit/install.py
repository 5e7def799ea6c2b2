"""Install JupyterLab and the book's packages from this kit, with no network: python install.py [folder]

The folder is `industrial-reconquest` in the reader's home when none is named: a stick may be read only, or of a format
that holds no environment. The notebooks are copied there, so that they can be changed and kept.
"""
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

KIT = Path(__file__).resolve().parent
VERSIONS = json.loads((KIT / "account.json").read_text("utf-8"))["python"]
SAYS = "import sys; print('%d.%d' % sys.version_info[:2])"


def pythons():
    """Commands that may start a Python, this one first."""
    yield [sys.executable]
    for version in VERSIONS:
        yield [f"python{version}"]
        yield ["py", f"-{version}"]


def fitting():
    """The first of them that is of a version which the kit has wheels for."""
    for command in pythons():
        if shutil.which(command[0]):
            said = subprocess.run([*command, "-c", SAYS], capture_output=True, text=True).stdout.strip()
            if said in VERSIONS:
                return command
    sys.exit(f"This kit has wheels for Python {' and '.join(VERSIONS)}, and found none of them here. Install one from a stick or from "
             "python.org, then start again. The book itself opens without it: index.html.")


def copied(home):
    """The notebooks, beside the environment; one that is there already is the reader's own, and stays."""
    target = home / "notebooks"
    target.mkdir(parents=True, exist_ok=True)
    for notebook in sorted((KIT / "notebooks").glob("*.ipynb")):
        if not (target / notebook.name).exists():
            shutil.copyfile(notebook, target / notebook.name)
    return target


def main():
    home = Path(sys.argv[1] if len(sys.argv) > 1 else Path.home() / "industrial-reconquest").expanduser().resolve()
    place = home / "python"
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    print(f"Installing into {home} ...", flush=True)
    subprocess.run([*fitting(), "-m", "venv", "--clear", "--without-pip", str(place)], check=True)
    # The kit's own pip, run from its wheel: some systems leave out the one that Python brings.
    pip = next((KIT / "wheels").glob("pip-*.whl")) / "pip"
    done = subprocess.run([str(programs / "python"), str(pip), "install", "--quiet", "--disable-pip-version-check", "--no-index", "--find-links",
                           str(KIT / "wheels"), "--requirement", str(KIT / "requirements.txt")])
    if done.returncode:
        sys.exit("Not installed: see the lines above, and the wheels that this kit lacks, named on its start page.")
    notebooks = copied(home)
    print(f'Installed. Start the lab with:\n  "{programs / "jupyter"}" lab "{notebooks}"')


if __name__ == "__main__":
    main()
