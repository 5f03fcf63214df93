"""Who renders: this process where reports are few, processes of their own where they are many.

A worker is started clean, on every system: a fork would copy whatever locks the threads of
this process hold just then (newer Pango answers questions about fonts in one), and, with the
first collection of garbage, the whole heap.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.synchronize import Event
from threading import Thread, Timer

from builder.output import OutputError
from builder.pipeline.garbage import Collector
from builder.pipeline.render import Rendered, Renderer, Task

Opening = Callable[[], Renderer]
"""How a renderer is made; it travels to the workers."""

# A worker costs a second of CPU before its first page. So many reports are worth that.
WORTH = 16
GRACE = 2.0  # seconds from being told to end until a worker does so, whatever it is doing


def rendered(opening: Opening, tasks: Sequence[Task], jobs: int) -> Generator[Rendered, None, None]:
    """The result of every task, in order, by at most `jobs` processes.

    Whoever wants no more of them closes this, and no process is left. Raises OutputError where
    a worker dies, and what `opening` raises.
    """
    count = min(jobs, len(tasks) // WORTH)
    if count > 1:
        # A worker is never killed: half of a result in the pipe would be waited for for ever.
        enough = get_context("spawn").Event()
        with pool(count, partial(_begin, opening, enough)) as workers:
            try:
                yield from workers.map(_render, tasks)
            except BrokenProcessPool as error:
                raise OutputError("排版进程意外中止，可能是内存不足；请减少 --jobs 再试") from error
            finally:
                enough.set()
    elif tasks:
        work = _Work(opening)
        try:
            yield from map(work.render, tasks)
        finally:
            work.end()


def pool(count: int, begin: Callable[[], None] | None = None) -> ProcessPoolExecutor:
    """So many clean processes, which call `begin` first; they end when this one does."""
    return ProcessPoolExecutor(count, get_context("spawn"), initializer=_settle, initargs=(begin,))


def _settle(begin: Callable[[], None] | None) -> None:
    # A signal may reach every process of a terminal or a service; whoever started this one ends
    # it, and has the time of a report for that.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: _end_soon())
    Thread(target=_end_with_parent, daemon=True).start()
    if begin:
        begin()


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent
    parent.join()
    os._exit(1)


def _end_soon() -> None:
    timer = Timer(GRACE, os._exit, (1,))
    timer.daemon = True
    timer.start()


class _Work:
    """One process at work on one report after the other.

    The renderer is opened with the first: what stands against it is raised where the results
    are awaited, while an initializer that raises breaks the pool without a word of why.
    """

    def __init__(self, opening: Opening, enough: Event | None = None) -> None:
        self._opening, self._enough = opening, enough
        self._renderer: Renderer | None = None
        self._collector = Collector()

    def render(self, task: Task) -> Rendered:
        if self._enough and self._enough.is_set():  # what was handed out before that
            return Rendered((), None, b"", ())
        if self._renderer is None:
            self._renderer = self._opening()
            self._collector.start()
        result = self._renderer.render(task)
        self._collector.done()
        return result

    def end(self) -> None:
        self._collector.stop()


_work: _Work  # of a worker process, which has no other place to keep it


def _begin(opening: Opening, enough: Event) -> None:
    global _work  # noqa: PLW0603
    _work = _Work(opening, enough)


def _render(task: Task) -> Rendered:
    return _work.render(task)
