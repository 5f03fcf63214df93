"""A public web server on loopback: it deflates, keeps the policy, and counts what it sends."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from tests.support.browser import POLICY

Sent = list[tuple[str, int]]
"""What was asked for, and the bytes of each answer."""


class _Handler(SimpleHTTPRequestHandler):
    sent: Sent

    def do_GET(self) -> None:
        file = Path(self.translate_path(urlsplit(self.path).path))
        if not file.is_file():
            self.send_error(404)
            return
        data = gzip.compress(file.read_bytes(), 6)
        self.sent.append((self.path, len(data)))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", f"{len(data)}")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that is closed hangs up."""


@contextmanager
def line(folder: Path) -> Iterator[tuple[str, Sent]]:
    """The address of a folder on loopback, and what was sent from it so far."""
    sent: Sent = []
    handler = partial(type("Handler", (_Handler,), {"sent": sent}), directory=str(folder))
    server = _Server(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", sent
    finally:
        server.shutdown()
        server.server_close()
