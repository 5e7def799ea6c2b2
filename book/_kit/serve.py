"""Serve the book of this kit to this machine's own browser, and open it: python serve.py [port]

It is Python's own `http.server`, on 127.0.0.1 alone. The kinds of files are said here because some Windows machines
call a script a plain text, and a browser then refuses to run it.
"""
import functools
import http.server
import sys
import threading
import webbrowser
from pathlib import Path

SITE = Path(__file__).resolve().parent / "site"
KINDS = {".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".html": "text/html", ".json": "application/json",
         ".svg": "image/svg+xml", ".wasm": "application/wasm", ".ipynb": "application/json"}


class Handler(http.server.SimpleHTTPRequestHandler):
    def guess_type(self, path):
        return KINDS.get(Path(path).suffix) or super().guess_type(path)


def server(first):
    """On the first port that is free, of ten."""
    for port in range(first, first + 10):
        try:
            return http.server.ThreadingHTTPServer(("127.0.0.1", port), functools.partial(Handler, directory=str(SITE)))
        except OSError:
            print(f"Port {port} is taken; trying the next.")
    sys.exit(f"No free port from {first} to {first + 9}. Say another: python serve.py 9000")


if __name__ == "__main__":
    serving = server(int(sys.argv[1]) if len(sys.argv) > 1 else 8000)
    address = f"http://127.0.0.1:{serving.server_port}/"
    print(f"The book is at {address}  (leave this window open; Ctrl+C stops it)", flush=True)
    threading.Timer(0.5, webbrowser.open, [address]).start()
    try:
        serving.serve_forever()
    except KeyboardInterrupt:
        print("Stopped.")
