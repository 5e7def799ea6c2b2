"""The static site behind Debian's nginx, under load: requests a second, and whether any was lost.

h2load (nghttp2-client) asks for exactly as many files as it is told to, over and over those of a first visit to each
chapter, and counts what came back; nginx counts what it gave in its log. The two must agree.
"""
from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

__all__ = ["first_visits", "counts", "measure"]

ADVICE = "the drill needs {0}: `apt-get install nginx-light nghttp2-client` on Debian and Ubuntu"
CONFIG = """
daemon off; pid nginx.pid; worker_processes auto; error_log error.log;
{user}
events {{ worker_connections 1024; }}
http {{
  include /etc/nginx/mime.types; sendfile on; tcp_nopush on; keepalive_requests 100000;
  log_format short '$status'; access_log access.log short;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  server {{ listen 127.0.0.1:{port}; root {root}; }}
}}
"""


class _Loads(HTMLParser):
    """What a page loads by itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag in ("script", "img") and named.get("src"):
            self.found.append(named["src"])
        if tag == "link" and "stylesheet" in (named.get("rel") or ""):
            self.found.append(named["href"])


def first_visits(site: Path) -> list[str]:
    """The addresses below the site's root that first visits to its chapters load, page by page.

    Parameters
    ----------
    site : Path
        The built book.

    Returns
    -------
    list of str
        A file that several pages load stands once for each.
    """
    found = []
    for page in sorted((site / "chapters").glob("*.html")):
        address = f"/chapters/{page.name}"
        parts = [urlsplit(urljoin(address, one)) for one in _Loads(page.read_text("utf-8")).found]
        found += [address, *(part.path for part in parts if not part.scheme and (site / part.path.lstrip("/")).is_file())]
    return found


def program(name: str) -> str:
    """Where a program of the system lies.

    Raises
    ------
    RuntimeError
        When it is not installed; the message says how to.
    """
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if found is None:
        raise RuntimeError(ADVICE.format(name))
    return found


@contextlib.contextmanager
def nginx(site: Path, port: int) -> Iterator[Path]:
    """nginx on loopback, with a folder of its own; it gives the folder, where the log is."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(CONFIG.format(user=user, port=port, root=site))
        server = subprocess.Popen([program("nginx"), "-p", name, "-c", "nginx.conf", "-e", "error.log"], stderr=subprocess.DEVNULL)
        try:
            for _ in range(100):
                with contextlib.suppress(OSError), urlopen(f"http://127.0.0.1:{port}/index.html", timeout=5):
                    break
                time.sleep(0.1)
            else:
                raise RuntimeError("nginx does not answer:\n" + (folder / "error.log").read_text()[-1000:])
            (folder / "access.log").write_text("")
            yield folder
        finally:
            server.terminate()
            server.wait(30)


def counts(said: str) -> dict[str, float]:
    """What h2load says at its end, as numbers.

    Examples
    --------
    >>> counts("finished in 2.00s, 500.00 req/s, 3.50MB/s\\nrequests: 1000 total, 1000 started, 1000 done, 999 succeeded, "
    ...        "1 failed, 1 errored, 0 timeout\\nstatus codes: 999 2xx, 0 3xx, 0 4xx, 1 5xx")["failed"]
    1.0
    """
    seconds, rate = re.search(r"finished in ([\d.]+)(ms|s)", said), re.search(r"([\d.]+) req/s", said)
    found = {"seconds": float(seconds[1]) / (1000 if seconds[2] == "ms" else 1), "requests a second": float(rate[1])}
    for line in re.findall(r"^(?:requests|status codes): (.*)$", said, re.MULTILINE):
        found |= {word: float(number) for number, word in re.findall(r"(\d+) (\w+)", line)}
    return found


def measure(site: Path, port: int, requests: int = 20_000, visitors: int = 50) -> dict[str, Any]:
    """Ask nginx for the site, from many visitors at once.

    Parameters
    ----------
    site : Path
        The built book.
    port : int
        A free one.
    requests, visitors : int
        How many in all, and connections at a time.

    Returns
    -------
    dict
        Requests a second, bytes of a first visit, and what was lost: what did not come back with status 200, on either side.
    """
    loaded, load = first_visits(site), os.getloadavg()[0]
    pages = len(list((site / "chapters").glob("*.html")))
    weight = sum((site / path.lstrip("/")).stat().st_size for path in loaded)
    with nginx(site, port) as folder:
        listed = folder / "addresses.txt"
        listed.write_text("".join(f"http://127.0.0.1:{port}{path}\n" for path in loaded))
        said = subprocess.run([program("h2load"), "--h1", "--requests", str(requests), "--clients", str(visitors), "--threads", "1",
                               "--input-file", str(listed)], capture_output=True, text=True, check=True).stdout
        time.sleep(1)
        given = (folder / "access.log").read_text().split()
    found = counts(said)
    return {"requests": requests, "visitors": visitors, "seconds": round(found["seconds"], 2), "load before": round(load, 2),
            "requests a second": round(found["requests a second"]), "files a visit": round(len(loaded) / pages, 1),
            "MB a visit": round(weight / pages / 1e6, 2), "lost": int(requests - found["2xx"]),
            "lost by its log": requests - given.count("200")}
