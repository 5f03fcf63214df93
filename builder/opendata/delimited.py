"""CSV text (RFC 4180) that a spreadsheet opens as it is meant.

A text that a spreadsheet would run as a formula gets an apostrophe in front, and so does
one that begins with an apostrophe: who takes one leading `'` away from every text has the
original back. Numbers are written with their digits and need no guard.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from builder.opendata.tables import Cell, Row, TableOf
from builder.records import NUMBER

BOM = "\ufeff"  # without it a Chinese Excel reads GBK
GUARD = "'"
PIECE = 65_536  # characters
# The full-width signs count: some spreadsheets in East Asia take them for the plain ones.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", GUARD)


def guarded(text: str) -> str:
    """`text` as a spreadsheet may see it; a plain negative number stays a number."""
    is_safe = not text.startswith(DANGEROUS) or NUMBER.fullmatch(text)
    return text if is_safe else GUARD + text


def to_csv(table: TableOf[Any], rows: Iterable[Row]) -> bytes:
    """A table as UTF-8 with a byte order mark, one record a line, lines ended by CR LF."""
    return b"".join(csv_pieces(table, rows))


def csv_pieces(table: TableOf[Any], rows: Iterable[Row]) -> Iterator[bytes]:
    """The same in pieces of whole records, so that a long table needs little memory."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    stream.write(BOM)
    writer.writerow(column.name for column in table.columns)
    for row in rows:
        writer.writerow(map(_written, row))
        if stream.tell() > PIECE:
            yield stream.getvalue().encode()
            stream.seek(0)
            stream.truncate()
    yield stream.getvalue().encode()


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return guarded(cell)
        case Decimal():
            return f"{cell:f}"
        case date():
            return cell.isoformat()
        case _:
            return str(cell)
