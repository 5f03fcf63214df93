"""The preview over HTTP, for browsers on this machine alone."""

from __future__ import annotations

import json
from hashlib import sha256
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Condition
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from builder.content import addresses, kind_of
from builder.diagnostics import WORDS, catalogue, rule_entry
from builder.output import OutputError
from builder.serve.press import Press
from builder.serve.preview import Preview
from builder.serve.report import Look, Problem

HOST = "127.0.0.1"
# Names by which a browser can mean this machine. Under any other one, a foreign page has had
# its own name bound to our address, and would read along.
LOOPBACK = frozenset({HOST, "localhost", "[::1]"})
OWN = "/-/"  # the preview's own addresses: no folder of a site is named by a lone hyphen
OWN_FILES = ("preview.js", "preview.css")
MOST = 100  # problems listed on one page
BREATH = 15.0  # seconds of silence until a listener's connection is tried
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
ADDED = """<link rel="stylesheet" href="/-/preview.css">
<script src="/-/preview.js" data-digest="{digest}" defer></script>
</head>"""
PLAIN = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{text}</title>
</head>
<body class="jixiao-plain"><main><h1>{text}</h1>{links}</main></body>
</html>
"""


class Bell:
    """Rings whenever something changed."""

    def __init__(self) -> None:
        self._rung = 0
        self._is_silenced = False
        self._changed = Condition()

    def ring(self, *, last: bool = False) -> None:
        """Wake who waits. After the `last` time nobody waits any more."""
        with self._changed:
            self._rung += 1
            self._is_silenced = self._is_silenced or last
            self._changed.notify_all()

    def wait(self, heard: int, seconds: float) -> int | None:
        """How often it has rung: at once where that is not `heard`, else within `seconds`.

        None once it rings no more.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._is_silenced or self._rung != heard, seconds)
            return None if self._is_silenced else self._rung


class Server(ThreadingHTTPServer):
    """Serves one preview on the loopback interface."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, port: int, preview: Preview, press: Press) -> None:
        """Raises OSError where the port cannot be had."""
        self.preview, self.press, self.bell = preview, press, Bell()
        super().__init__((HOST, port), _Handler)

    @property
    def address(self) -> str:
        """Where to point a browser."""
        return f"http://{HOST}:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no error."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    server_version = "jixiao"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").lower()
        if host not in LOOPBACK and host.rpartition(":")[0] not in LOOPBACK:
            self._say(HTTPStatus.MISDIRECTED_REQUEST, "预览只对本机开放")
            return
        address = urlsplit(self.path)
        if address.path.startswith(OWN):
            self._own(address.path.removeprefix(OWN), parse_qs(address.query))
            return
        path = _site_path(address.path)
        if job := self.server.preview.job(path):
            self._print(path, *job)
        elif look := self.server.preview.look(path):
            self._show(path, look)
        elif self.server.preview.look(f"{path}/index.html"):
            self._send(HTTPStatus.FOUND, "text/plain", b"", Location=quote(f"/{path}/"))
        else:
            missing = self.server.preview.look(addresses.NOT_FOUND) or Look(None, "没有这个页面")
            self._show(addresses.NOT_FOUND, missing, HTTPStatus.NOT_FOUND)

    def _own(self, name: str, query: dict[str, list[str]]) -> None:
        """Answer what our own script asks for."""
        folder, _, code = name.partition("/")
        if name in OWN_FILES:
            self._send(HTTPStatus.OK, _type(name), Path(__file__).with_name(name).read_bytes())
        elif name == "state":
            state = self._state(_site_path(query.get("path", ["/"])[0]))
            self._send(HTTPStatus.OK, "application/json", json.dumps(state).encode())
        elif name == "events":
            self._events()
        elif folder == "explain" and code in catalogue.RULES:
            self._say(HTTPStatus.OK, rule_entry(catalogue.RULES[code]))
        else:
            self._say(HTTPStatus.NOT_FOUND, "没有这个页面")

    def _state(self, path: str) -> dict[str, Any]:
        """What a page has to know: whether it is still the same, and what is wrong."""
        preview = self.server.preview
        look = preview.look(path) or preview.look(addresses.NOT_FOUND) or Look(None)
        shown = look.problems[:MOST]
        return {
            "digest": _digest(_page(look)),
            "note": look.note,
            "blanks": sum(problem.is_blank for problem in look.problems),
            "problems": [_plain_problem(problem, path) for problem in shown],
            "more": len(look.problems) - len(shown),
        }

    def _events(self) -> None:
        """Tell a page, as long as it listens, that something changed."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        heard = -1
        while (rung := self.server.bell.wait(heard, BREATH)) is not None:
            self.wfile.write(b":\n\n" if rung == heard else f"data: {rung}\n\n".encode())
            heard = rung

    def _show(self, path: str, look: Look, status: HTTPStatus = HTTPStatus.OK) -> None:
        """Send a file of the site; into a page, put what keeps it up to date."""
        data = _page(look)
        if look.data is not None and addresses.is_evidence(path):
            self._hand_over(path, data)
            return
        is_page = look.data is None or path.endswith(".html")
        if is_page:
            added = ADDED.format(digest=_digest(data))
            data = data.replace(b"</head>", added.encode(), 1)
        self._send(status, "text/html" if is_page else _type(path), data)

    def _hand_over(self, path: str, data: bytes) -> None:
        """Send a 佐证材料: to be kept, never to be shown or run at our address."""
        kind = kind_of(path)
        name = quote(path.rpartition("/")[2])
        disposition = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        media = kind.media if kind else "application/octet-stream"
        self._send(HTTPStatus.OK, media, data, **disposition)

    def _print(self, path: str, *job: Any) -> None:
        """Print the report whose PDF has that path: its 佐证材料 may be PDFs as well."""
        try:
            rendered = self.server.press.print(*job)
        except OutputError as error:
            self._say(HTTPStatus.INTERNAL_SERVER_ERROR, f"{error}")
            return
        pdf = dict(rendered.artifacts).get(path)
        if pdf is None:
            reasons = "\n".join(f"{found.span}: {found.message}" for found in rendered.found)
            self._say(HTTPStatus.INTERNAL_SERVER_ERROR, f"没有打印出来\n{reasons}")
        else:
            self._send(HTTPStatus.OK, "application/pdf", pdf)

    def _say(self, status: HTTPStatus, text: str) -> None:
        self._send(status, "text/plain", f"{text}\n".encode())

    def _send(self, status: HTTPStatus, kind: str, data: bytes, **more: str) -> None:
        self.send_response(status)
        is_text = kind.startswith("text/") or kind == "application/json"
        charset = "; charset=utf-8" if is_text else ""
        length = {"Content-Type": f"{kind}{charset}", "Content-Length": f"{len(data)}"}
        for name, value in {**length, **HEADERS, **more}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse a request that is none, or that would change something."""
        del message, explain
        self.close_connection = True
        self._say(HTTPStatus(code), "预览只供查看，不接受这种请求")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class's name
        """Silent: the terminal is for what an author has to know."""


def _site_path(address: str) -> str:
    """The site path of an address; a folder's is that of its page."""
    path = unquote(address).lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def _page(look: Look) -> bytes:
    """The file at an address, or a page that says why there is none."""
    if look.data is not None:
        return look.data
    items = "".join(
        f'<li><a href="{quote(f"/{page}")}">{escape(text)}</a></li>' for text, page in look.links
    )
    links = f"<ul>{items}</ul>" if items else ""
    return PLAIN.format(text=escape(look.note), links=links).encode()


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:16]


def _type(path: str) -> str:
    if path.endswith((".yaml", ".txt")):
        return "text/plain"
    return guess_type(path)[0] or "application/octet-stream"


def _plain_problem(problem: Problem, path: str) -> dict[str, Any]:
    """A problem as our script takes it; other pages get a link to the one it concerns."""
    found, cell = problem.diagnostic, problem.cell
    is_elsewhere = problem.page and problem.page != path
    return {
        "severity": found.severity,
        "word": WORDS[found.severity],
        "code": found.rule.code,
        "message": found.message,
        "hint": found.hint,
        "blank": problem.is_blank,
        "place": f"{found.span}",
        "page": quote(f"/{problem.page}") if is_elsewhere else "",
        "cell": {"row": cell.row, "column": cell.column} if cell and not is_elsewhere else None,
    }
