"""Runs of consecutive reports: the pieces that data files are put together from.

One that changes concerns the run where it stands (`cache.divided`); all others are what they were,
in the file of a year as in that of all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from builder.cache import Remember
from builder.opendata.delimited import lines
from builder.opendata.tables import Row, TableOf


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive rows of a table: how many, what they are made of, and their lines of CSV.

    `made_of` gives digests, the same ones for the same rows only.
    """

    number: int
    made_of: Callable[[], Sequence[bytes]]
    lines: Callable[[], bytes]

    def csv(self, table: TableOf[Any], remember: Remember) -> bytes:
        """The lines, made anew or remembered."""
        return remember(f"csv {table.name}", self.made_of(), self.lines)


@dataclass(frozen=True, slots=True)
class Part:
    """A table with its rows of some years."""

    table: TableOf[Any]
    runs: Sequence[Run]

    @property
    def number(self) -> int:
        return sum(run.number for run in self.runs)

    def made_of(self) -> Iterator[bytes]:
        """Digests of all that is in it."""
        yield self.table.name.encode()
        for run in self.runs:
            yield from run.made_of()


def fixed(rows: Sequence[Row]) -> Run:
    """Rows that are known."""
    content = lines(rows)
    return Run(len(rows), lambda: [content], lambda: content)


def digest_of(*content: bytes) -> bytes:
    """16 bytes that stand for some others, in this order."""
    whole = b"".join([b"%d:%b" % (len(one), one) for one in content])
    return blake2b(whole, digest_size=16).digest()
