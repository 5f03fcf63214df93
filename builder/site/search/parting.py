"""Where the index is divided: by what stands there, so that a change moves only ends near it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import TypeVar
from zlib import crc32

T = TypeVar("T")


def parted(
    things: Sequence[T],
    size: Callable[[T], int],
    key: Callable[[T], str],
    *,
    least: int,
    most: int,
) -> Iterator[Sequence[T]]:
    """Neighbours together, `least` to `most` large; only the last part may be smaller, and one
    larger that ends with a large thing.

    A part ends before the thing whose key has the smallest hash of all before which it may end.
    After a thing that came, grew or went, the same place is soon the smallest again.
    """
    ends = [*accumulate(map(size, things), initial=0)]
    hashes = [crc32(key(thing).encode()) for thing in things]
    first = 0
    while ends[-1] - ends[first] > most:
        low = bisect_left(ends, ends[first] + least)
        high = bisect_right(ends, ends[first] + most)
        end = min(range(low, high), key=hashes.__getitem__, default=low)
        yield things[first:end]
        first = end
    if first < len(things):
        yield things[first:]
