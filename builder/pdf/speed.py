"""What makes WeasyPrint faster without changing a byte of what it prints.

Each measure stands alone; `docs/benchmarks.md` has the figures.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

# Garbage of so many documents is collected at a time.
_COLLECT_EVERY = 5


def settle_worker() -> None:
    """Make the most of a process that only prints from now on: call it once, warmed up.

    What is alive stays out of the garbage collector's sight, which otherwise goes through
    all of WeasyPrint again and again while a page is laid out.
    """
    gc.collect()
    gc.freeze()
    gc.disable()


class Collector:
    """Collects garbage between documents where `settle_worker` has stopped it elsewhere."""

    def __init__(self) -> None:
        self._documents = 0

    def document_done(self) -> None:
        """Count a document; now and then collect."""
        self._documents += 1
        if not gc.isenabled() and self._documents % _COLLECT_EVERY == 0:
            gc.collect()


def in_one_chunk(work: Callable[[], T]) -> T:
    """Call `work` with room for all of its frames.

    CPython 3.11 and later keep Python frames in chunks of 16 KiB. A loop whose calls happen
    to cross the edge of one gives it back to the system and asks for it again thousands of
    times a document. The frame of this function is over half a MiB large, so that a chunk
    of 1 MiB is taken, and everything below fits into it.
    """
    return work()


in_one_chunk.__code__ = in_one_chunk.__code__.replace(co_stacksize=66_000)
