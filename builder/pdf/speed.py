"""Room for the frames of WeasyPrint, without which they are allocated again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def in_one_chunk(work: Callable[[], T]) -> T:
    """Call `work` with room for all of its frames.

    CPython 3.11 and later keep Python frames in chunks of 16 KiB. A loop whose calls happen
    to cross the edge of one gives it back to the system and asks for it again thousands of
    times a document. The frame of this function is over half a MiB large, so that a chunk
    of 1 MiB is taken, and everything below fits into it.
    """
    return work()


in_one_chunk.__code__ = in_one_chunk.__code__.replace(co_stacksize=66_000)
