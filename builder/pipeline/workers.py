"""Who renders: this process where reports are few, processes of their own where they are many.

A worker is started clean, on every system: a fork would copy whatever locks the threads of
this process hold just then (newer Pango answers questions about fonts in one), and, with the
first collection of garbage, the whole heap.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context, parent_process
from threading import Thread

from builder.output import OutputError
from builder.pipeline.garbage import Collector
from builder.pipeline.render import Rendered, Renderer, Task

Opening = Callable[[], Renderer]
"""How a renderer is made; it travels to the workers."""

# A worker costs a second of CPU before its first page. So many reports are worth that.
WORTH = 16


def rendered(opening: Opening, tasks: Sequence[Task], jobs: int) -> Iterator[Rendered]:
    """The result of every task, in order, by at most `jobs` processes.

    Raises OutputError where a worker dies, and what `opening` raises.
    """
    count = min(jobs, len(tasks) // WORTH)
    if count > 1:
        with pool(count, partial(_begin, opening)) as workers:
            try:
                yield from workers.map(_render, tasks)
            except BrokenProcessPool as error:
                raise OutputError("排版进程意外中止，可能是内存不足；请减少 --jobs 再试") from error
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
    # Ctrl-C reaches every process of a terminal; whoever started this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    if begin:
        begin()


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent
    parent.join()
    os._exit(1)


class _Work:
    """One process at work on one report after the other.

    The renderer is opened with the first: what stands against it is raised where the results
    are awaited, while an initializer that raises breaks the pool without a word of why.
    """

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        self._renderer: Renderer | None = None
        self._collector = Collector()

    def render(self, task: Task) -> Rendered:
        if self._renderer is None:
            self._renderer = self._opening()
            self._collector.start()
        result = self._renderer.render(task)
        self._collector.done()
        return result

    def end(self) -> None:
        self._collector.stop()


_work: _Work  # of a worker process, which has no other place to keep it


def _begin(opening: Opening) -> None:
    global _work  # noqa: PLW0603
    _work = _Work(opening)


def _render(task: Task) -> Rendered:
    return _work.render(task)
