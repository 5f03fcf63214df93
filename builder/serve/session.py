"""One preview, from the first look at the files to Ctrl-C.

The work happens in three threads' worth of places: this one watches
the files and tells the terminal, the server's threads make what browsers ask for, and a
process of its own prints PDFs.
"""

from __future__ import annotations

from errno import EADDRINUSE
from pathlib import Path
from threading import Event, Thread
from typing import TextIO

from builder.diagnostics import REPORTERS, WORDS, Diagnostics, Severity
from builder.failures import reason
from builder.output import OutputError
from builder.progress import Progress
from builder.serve.press import Press
from builder.serve.preview import Preview
from builder.serve.server import Server
from builder.serve.watching import changes
from builder.theme import BUILT_IN

FEW = 20  # changed reports whose pages are made at once, to tell what shows only there


def serve(
    folder: Path, theme: str, port: int, stream: TextIO, stop: Event, *, polling: bool = False
) -> None:
    """Show the content of `folder` until `stop`; say on `stream` where, and what is wrong.

    Raises OutputError when there is nothing to show it with: no such theme, no free port.
    """
    preview, press = Preview(folder, theme), Press(folder, theme)
    terminal = _Terminal(preview, stream)
    if not preview.is_open:
        terminal.tell_of_site()
        raise OutputError(f"主题 {theme} 打不开，没有开始预览")
    with _open(port, preview, press) as server:
        Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        terminal.say(f"预览：{server.address}　按 Ctrl-C 结束。")
        try:
            pending: set[Path] = set()
            folders = (folder.absolute(), BUILT_IN / theme)
            for paths in changes(folders, stop, terminal.say, polling=polling):
                pending |= paths
                if not pending:
                    continue
                try:
                    preview.change(pending)
                except OSError:  # files on the move: seen again in a moment
                    continue
                pending = set()
                pages = preview.stale()
                server.bell.ring()
                terminal.tell_of_reports(pages)
                server.bell.ring()  # a page may show other years, known only now
        finally:
            server.bell.ring(last=True)
            server.shutdown()
            press.close()


def _open(port: int, preview: Preview, press: Press) -> Server:
    try:
        return Server(port, preview, press)
    except OSError as error:
        if error.errno == EADDRINUSE:
            problem = f"端口 {port} 已被占用，请换一个，如 jixiao serve --port {port + 1}"
        else:
            problem = f"不能使用端口 {port}：{reason(error)}"
        raise OutputError(problem) from error


class _Terminal:
    """What the author reads beside the browser."""

    def __init__(self, preview: Preview, stream: TextIO) -> None:
        self._preview, self._stream = preview, stream
        self._told = Diagnostics()

    def say(self, text: str) -> None:
        self._stream.write(f"{text}\n")
        self._stream.flush()

    def tell_of_site(self) -> None:
        """What is wrong with settings, theme and listing, when it is no longer the same."""
        found = Diagnostics()
        found.extend(self._preview.site_problems())
        if list(found) != list(self._told):
            self._told = found
            self._report(found)

    def tell_of_reports(self, pages: dict[str, str]) -> None:
        """What is wrong with the reports of these pages, given with their files' names."""
        found = Diagnostics()
        with Progress(self._stream) as progress:
            for page in progress.step("读取、理解、评分、检查", pages, len(pages)):
                found.extend(self._preview.examine(page, thoroughly=len(pages) <= FEW))
        self.tell_of_site()
        if not pages:
            return
        blanks = self._preview.blanks(pages)
        self._report(found)
        counts = {severity: found.count(severity) for severity in Severity}
        told = "，".join(f"{n} 个{WORDS[severity]}" for severity, n in counts.items() if n)
        told = "，".join(filter(None, (f"还有 {blanks} 处待填" if blanks else "", told)))
        names = f"{len(pages)} 份自评表" if len(pages) > 1 else next(iter(pages.values()))
        withheld = self._preview.withheld()
        more = f"其中 {withheld} 份不公开，只检查，不预览。" if withheld and len(pages) > 1 else ""
        self.say(f"{names}：{told or '没有问题'}。{more}")

    def _report(self, found: Diagnostics) -> None:
        """Errors and warnings in full; the hints stand in the pages."""
        worth_reading = [d for d in found if d.severity is not Severity.INFO]
        if worth_reading:
            self.say(REPORTERS["text"](worth_reading, self._preview.texts()))
