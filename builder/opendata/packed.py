"""What a report gives to the data files of its year and of all, packed until all are there."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import simplejson

from builder.model import Site
from builder.opendata import delimited
from builder.opendata.files import record
from builder.opendata.others import ALL, OTHERS, other_rows
from builder.opendata.runs import digest_of
from builder.opendata.tables import Table, rows
from builder.scoring import Document

_PLACES = {table.name: place for place, table in enumerate(ALL)}


@dataclass(frozen=True, slots=True)
class DataRows:
    """One report's share of the data files, small enough to keep until all are there.

    `packed` gives, deflated, the record as a line of JSON and the rows of each table as lines of
    CSV, behind a line that tells how long these are; `counts` says how many rows there are.
    `digest` stands for all that, `id` is the 编号.
    """

    id: str
    year: int
    packed: Callable[[], bytes]
    counts: tuple[int, ...]
    digest: bytes

    @property
    def has_own(self) -> bool:
        """Whether fields are among them that only a layout knows."""
        return self.count(OTHERS) > 0

    def record(self) -> bytes:
        """The record of `report.json`, on one line."""
        return self._part(0)

    def count(self, table: Table) -> int:
        """How many rows it gives to a table."""
        return self.counts[_PLACES[table.name]]

    def lines(self, table: Table) -> bytes:
        """These rows as they stand in a CSV."""
        return self._part(1 + _PLACES[table.name]) if self.count(table) else b""

    def _part(self, number: int) -> bytes:
        told, _, content = zlib.decompress(self.packed()).partition(b"\n")
        lengths = [int(length) for length in told.split()]
        start = sum(lengths[:number])
        return content[start : start + lengths[number]]


def data_rows(document: Document, site: Site) -> DataRows:
    """What a public report gives to the files of its year. ValueError for a withheld one."""
    report = document.report
    name = f"{report.year}/{document.stem}"
    if not report.is_public:
        raise ValueError(f"{name} is withheld")
    by_table = rows(document, site) | {OTHERS.name: other_rows(document, site)}
    every = [by_table[table.name] for table in ALL]
    told = simplejson.dumps(record(document), use_decimal=True, ensure_ascii=False)
    parts = [told.encode(), *map(delimited.lines, every)]
    text = " ".join(f"{len(part)}" for part in parts).encode() + b"\n" + b"".join(parts)
    packed = zlib.compress(text)
    return DataRows(name, report.year, lambda: packed, (*map(len, every),), digest_of(text))
