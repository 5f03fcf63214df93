"""PDFs on demand, printed in processes of their own, each content once."""

from __future__ import annotations

from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from threading import Lock

from builder import content
from builder.diagnostics import Diagnostics
from builder.output import OutputError
from builder.pipeline import Printed, Printing, Task, workers
from builder.theme import open_theme

KEPT = 16
WORKERS = 2
"""So that one hard report does not keep all others waiting; the second starts when needed."""

Key = tuple[int, Path, str]


class Press:
    """Prints the reports of one site, and remembers the last few."""

    def __init__(self, folder: Path, theme: str) -> None:
        self._folder, self._theme = folder, theme
        self._lock = Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._printed: dict[Key, Future[Printed]] = {}

    def print(self, edition: int, task: Task) -> Printed:
        """A report with its PDF, or with what stood against one.

        `edition` changes whenever settings or theme do; the worker reads them anew then.
        Raises OutputError when the worker dies.
        """
        key = (edition, task.entry.path, task.source.text)
        with self._lock:
            if key not in self._printed:
                self._pool = self._pool or workers.pool(WORKERS)
                job = self._pool.submit(_print, self._folder, self._theme, edition, task)
                self._printed[key] = job
                for old in list(self._printed)[:-KEPT]:
                    del self._printed[old]
            printing = self._printed[key]
        try:
            return printing.result()
        except BrokenProcessPool as error:
            with self._lock:
                self._pool = None
            raise OutputError("打印进程意外中止，可能是内存不足，请再试一次") from error
        finally:
            if printing.exception():  # not what will be said for ever
                with self._lock:
                    self._printed.pop(key, None)

    def close(self) -> None:
        """Let the worker end."""
        with self._lock:
            if self._pool:
                self._pool.shutdown(wait=False, cancel_futures=True)


_printers: dict[int, Printing] = {}  # a worker's only state: that of this edition


def _print(folder: Path, theme: str, edition: int, task: Task) -> Printed:
    if edition not in _printers:
        _printers.clear()
        settings = content.settings(folder, Diagnostics())
        opened = open_theme(theme, folder / content.THEMES, Diagnostics(), settings.site.colour)
        if opened is None:  # it has been opened before, and its problems told
            raise ValueError(theme)
        _printers[edition] = Printing(settings, opened)
    return _printers[edition].print(task)
