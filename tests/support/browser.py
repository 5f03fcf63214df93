"""A site seen with a real browser: served under the strictest policy, or from a folder."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

# What axe has to look at in each scheme: in the second only what depends on colours.
LOOKS: dict[Literal["light", "dark"], dict[str, object]] = {
    "light": {},
    "dark": {"runOnly": ["color-contrast", "link-in-text-block"]},
}
LOOK = """async ([within, options]) => {
    const {violations} = await axe.run(within ?? document, options);
    return violations.map((one) => [one.id, one.nodes[0].html]);
}"""
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"
# Debian's Chromium without windows, which takes a quarter of the time that the one with windows
# needs for a page that nobody sees, and asks nobody on the network for anything.
CHROMIUM = "/usr/bin/chromium-headless-shell"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class _Handler(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/favicon.ico":  # asked for by browsers, of the server, not of the site
            self.send_response(204)
            self.end_headers()
            return
        super().do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page, as hosts do, whatever the address was."""
        asked = Path(self.translate_path(self.path))
        pages = (folder / "404.html" for folder in asked.parents)
        page = next((page for page in pages if page.is_file()), None)
        if code != HTTPStatus.NOT_FOUND or page is None:
            super().send_error(code, message, explain)
            return
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.read_bytes())

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: a test looks at what the browser saw."""


@contextmanager
def reached(folder: Path, by: str) -> Iterator[str]:
    """The address of a site: `http`, on a server with the policy of design §7, or `file`."""
    if by == "file":
        yield folder.as_uri() + "/"
        return
    with served(folder) as address:
        yield address


@contextmanager
def watched(browser: Browser, root: str = "") -> Iterator[Page]:
    """A page in which nothing goes wrong, and that asks nobody but the site at `root`."""
    page = browser.new_page()
    wrong: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            wrong.append(message.text)

    def ask(asked: Request) -> None:
        if not asked.url.startswith(root):
            wrong.append(asked.url)

    page.on("console", listen)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", ask)
    yield page
    page.close()
    assert not wrong


def wrong(page: Page, widths: Sequence[int], within: str | None = None) -> list[object]:
    """What keeps a page from being used by all, at these widths by day, at the last by night:
    colours are the same at all.

    That is what axe finds, in the whole page or `within` a part of it, each rule with the first
    element; and every width than which the page is wider.
    """
    size = page.viewport_size
    assert size
    found: list[object] = []
    if page.evaluate("!window.axe"):
        page.evaluate(AXE_SCRIPT)
    for width in widths:
        page.set_viewport_size({"width": width, "height": size["height"]})
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(width)
        for scheme, only in LOOKS.items():
            if scheme == "dark" and width != widths[-1]:
                continue
            page.emulate_media(color_scheme=scheme)
            # By itself it asks for style sheets in a way that our policy forbids, and describes
            # all that is in order.
            options = {"preload": False, "resultTypes": ["violations"], **only}
            found += [(width, scheme, *told) for told in page.evaluate(LOOK, [within, options])]
    return found


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which `folder` is served on loopback while the context lasts."""
    handler = functools.partial(_Handler, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
