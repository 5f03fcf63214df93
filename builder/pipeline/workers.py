"""Who does the steps of reports: this process where they are few, others where they are many.

A worker is started clean, on every system: a fork would copy whatever locks the threads of
this process hold just then (newer Pango answers questions about fonts in one), and, with the
first collection of garbage, the whole heap.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.synchronize import Event
from threading import Thread, Timer
from typing import Protocol

from builder.output import OutputError
from builder.pipeline.desk import Desk, Made, Shared
from builder.pipeline.garbage import Collector
from builder.pipeline.steps import SPAN, Load, Step

Job = tuple[Step, Load]

# A worker costs a second of CPU before its first page. So many reports are worth that.
WORTH = 16
BATCH = 4  # jobs that travel together
AHEAD = 3  # batches of each worker that wait or are done: no more of them are in memory
GRACE = 2.0  # seconds from being told to end until a worker does so, whatever it is doing


class Hands(Protocol):
    """Processes that take batches of jobs: those of this machine, or of others."""

    @property
    def count(self) -> int:
        """How many there are just now."""

    def submit(self, batch: Sequence[Job]) -> Future[list[Made]]:
        """Hand a batch out."""

    def failure(self, error: Exception) -> OutputError | None:
        """What to say where the result of a batch is an error that is none of the job's own."""

    def close(self) -> None:
        """Let all of them go; what was handed out and not begun is not done any more."""


class Crew:
    """Who works on one site: this process and, where there is enough to do, other `hands`."""

    def __init__(self, shared: Shared, opening: Callable[[int], Hands | None]) -> None:
        """`opening` gives hands for so many jobs; None where they are not worth it."""
        self._desk, self._opening = Desk(shared), opening
        self._hands: Hands | None = None

    def do(
        self, jobs: Iterable[Job], number: int, batch: int = BATCH
    ) -> Generator[Made, None, None]:
        """What comes of jobs, in their order; `number` is how many there are, `batch` how many
        travel together.

        Raises OutputError where a worker dies, and what a `Desk` raises.
        """
        self._hands = self._hands or self._opening(number)
        if self._hands and number >= WORTH:
            return _shared_out(self._hands, iter(jobs), batch)
        return self._here(jobs)

    def close(self) -> None:
        """Let the hands go."""
        if self._hands:
            self._hands.close()
            self._hands = None

    def _here(self, jobs: Iterable[Job]) -> Generator[Made, None, None]:
        seat = _Seat(self._desk)
        try:
            yield from map(seat.do, jobs)
        finally:
            seat.leave()


class _Seat:
    """A desk at which garbage is collected between jobs, from the first one on."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._collector = desk, Collector()
        self._steps: set[str] = set()

    def do(self, job: Job) -> Made:
        """What comes of a job."""
        step, load = job
        made = self._desk.do(step, load)
        if step.name not in self._steps:  # what it has opened for that stays alive
            self._steps.add(step.name)
            self._collector.start()
        self._collector.done(is_large=step.name == SPAN.name)
        return made

    def leave(self) -> None:
        """Hand garbage back to Python."""
        self._collector.stop()


def _shared_out(hands: Hands, jobs: Iterator[Job], batch: int) -> Generator[Made, None, None]:
    pending = deque[Future[list[Made]]]()
    while True:
        room = AHEAD * hands.count
        while len(pending) < room and (next_ones := list(islice(jobs, batch))):
            pending.append(hands.submit(next_ones))
        if not pending:
            return
        try:
            found = pending.popleft().result()
        except Exception as error:
            if told := hands.failure(error):
                raise told from error
            raise
        yield from found


class Local:
    """Processes of this machine, for one site."""

    def __init__(self, shared: Shared, count: int) -> None:
        self.count = count
        # A worker is never killed: half of a result in the pipe would be waited for for ever.
        self._enough = get_context("spawn").Event()
        self._pool = pool(count, partial(_begin, shared, self._enough))

    def submit(self, batch: Sequence[Job]) -> Future[list[Made]]:
        """See `Hands`."""
        return self._pool.submit(_do, batch)

    def failure(self, error: Exception) -> OutputError | None:
        """See `Hands`."""
        if isinstance(error, BrokenProcessPool):
            return OutputError("排版进程意外中止，可能是内存不足；请减少 --jobs 再试")
        return None

    def close(self) -> None:
        """See `Hands`."""
        self._enough.set()
        self._pool.shutdown(cancel_futures=True)


def local(shared: Shared, jobs: int, number: int) -> Local | None:
    """At most `jobs` processes for `number` jobs; None where this one is as quick."""
    count = min(jobs, number // WORTH)
    return Local(shared, count) if count > 1 else None


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


class _Worker:
    """One process at work on one batch after the other.

    Its desk opens what it needs with the first job: what stands against that is raised where the
    results are awaited, while an initializer that raises breaks the pool without a word of why.
    """

    def __init__(self, shared: Shared, enough: Event) -> None:
        self._seat, self._enough = _Seat(Desk(shared, enough.is_set)), enough

    def do(self, batch: Sequence[Job]) -> list[Made]:
        found: list[Made] = []
        for job in batch:
            if self._enough.is_set():  # what was handed out before that
                break
            found.append(self._seat.do(job))
        return found


_worker: _Worker  # of a worker process, which has no other place to keep it


def _begin(shared: Shared, enough: Event) -> None:
    global _worker  # noqa: PLW0603
    _worker = _Worker(shared, enough)


def _do(batch: Sequence[Job]) -> list[Made]:
    return _worker.do(batch)
