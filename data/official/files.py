"""A file before it is read: is it what its name says, whole, and of a size that can be read?"""
from __future__ import annotations

import hashlib
import importlib
import sys
import threading
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

__all__ = ["AGAIN", "MOST_BYTES", "MOST_UNPACKED", "RefusedError", "container", "kept", "say", "sha256", "ticking"]

#: Largest file that is read, in bytes, and largest content of a workbook once unpacked. The workbook of nine censuses
#: has 23.5 MB, Urssaf's file up to 200 MB.
MOST_BYTES = {"workbook": 200_000_000, "text": 2_000_000_000}
MOST_UNPACKED = 3_000_000_000

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOKS = (".xlsx", ".xls", ".xlsm")
AGAIN = "download it again from its producer"


class RefusedError(ValueError):
    """A file, or a folder, that is not taken: one sentence with its name, what is wrong, and what to do.

    Examples
    --------
    >>> str(RefusedError("x.xlsx", "is empty", "download it again"))
    'x.xlsx is empty: download it again.'
    """

    def __init__(self, file: str | Path, wrong: str, remedy: str) -> None:
        super().__init__(f"{Path(file).name} {wrong}: {remedy}.")


def kept(module: str, package: str) -> ModuleType:
    """A package of ``requirements.txt``, or words that say how to get it."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise RefusedError(package, "is not installed", "run pip install -r data/official/requirements.txt, or use make "
                      "official, which installs it") from None


def say(words: str) -> None:
    """A line of progress, beside the command's output."""
    print(words, file=sys.stderr, flush=True)


@contextmanager
def ticking(words: str, every: float = 5) -> Iterator[None]:
    """While something long runs, say every few seconds that it does."""
    done = threading.Event()

    def tick() -> None:
        seconds = 0.0
        while not done.wait(every):
            seconds += every
            say(f"  {words} ... {seconds:.0f} s")

    say(f"  {words} ...")
    ticker = threading.Thread(target=tick, daemon=True)
    ticker.start()
    try:
        yield
    finally:
        done.set()
        ticker.join()


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _zip(path: Path) -> str:
    """A ZIP container: a whole workbook, or refused."""
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
            if unpacked > MOST_UNPACKED:
                raise RefusedError(path, f"unpacks to {unpacked / 1e9:.1f} GB, more than {MOST_UNPACKED / 1e9:g}", AGAIN)
            if "xl/workbook.xml" not in packed.namelist():
                raise RefusedError(path, "is an archive, not a workbook", "unpack it and give the file inside")
            if packed.testzip():
                raise RefusedError(path, "is damaged", AGAIN)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, zlib.error) as error:
        raise RefusedError(path, "is cut short or damaged", AGAIN) from error
    return "workbook"


def _ole(path: Path) -> str:
    """An old Office container: an old workbook, or a protected one."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise RefusedError(path, "is protected by a password",
                      "open it in a spreadsheet, save it without the password, and run this again")
    if "Workbook".encode("utf-16-le") not in content and "Book".encode("utf-16-le") not in content:
        raise RefusedError(path, "is an Office container without a workbook that can be read (protected or cut short)",
                      "save it without a password as .xlsx, or " + AGAIN)
    return "workbook"


def _text(path: Path, head: bytes) -> str:
    """A text, or something that is no table."""
    if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        raise RefusedError(path, "is a web page, not a table", "download the file itself")
    if b"\0" in head:
        raise RefusedError(path, "is neither a workbook nor a text in UTF-8 or Latin-1", AGAIN)
    return "text"


def container(path: Path) -> str:
    """What a file is, by its first bytes; its name must say the same.

    Parameters
    ----------
    path : Path

    Returns
    -------
    {"workbook", "text"}

    Raises
    ------
    RefusedError
        When it is not there, empty, too large, damaged, protected by a password, or not what its name says.
    """
    if not path.is_file():
        raise RefusedError(path, "is not there", "check its name and folder")
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(65_536)
    if not head.strip(b"\xef\xbb\xbf \r\n\t"):
        raise RefusedError(path, "is empty", AGAIN)
    named = "workbook" if path.suffix.lower() in WORKBOOKS else "text"
    found = "workbook" if head.startswith((ZIP, OLE)) else "text"
    if size > MOST_BYTES[found]:
        raise RefusedError(path, f"has {size / 1e6:,.0f} MB, more than the {MOST_BYTES[found] / 1e6:,.0f} that are read",
                      "give the producer's own file, not a merged one")
    found = _zip(path) if head.startswith(ZIP) else _ole(path) if head.startswith(OLE) else _text(path, head)
    if found != named:
        raise RefusedError(path, f"is a {found}, and its name says {named}", "give it its own ending back, or " + AGAIN)
    return found
