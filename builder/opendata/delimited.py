"""CSV text (RFC 4180) that a spreadsheet opens as it is meant.

A text that a spreadsheet would run as a formula gets an apostrophe in front, and so does
one that begins with an apostrophe: who takes one leading `'` away from every text has the
original back. Numbers are written with their digits and need no guard.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from builder.opendata.tables import Cell, Row, TableOf
from builder.records import NUMBER

BOM = "\ufeff"  # without it a Chinese Excel reads GBK
GUARD = "'"
# The full-width signs count: some spreadsheets in East Asia take them for the plain ones.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", GUARD)

_CELL = re.compile(r'([^,"]*),|"([^"]*(?:""[^"]*)*)",')


def guarded(text: str) -> str:
    """`text` as a spreadsheet may see it; a plain negative number stays a number."""
    is_safe = not text.startswith(DANGEROUS) or NUMBER.fullmatch(text)
    return text if is_safe else GUARD + text


def to_csv(table: TableOf[Any], rows: Iterable[Row]) -> bytes:
    """A table as UTF-8 with a byte order mark, one record a line, lines ended by CR LF."""
    return heading(table) + lines(rows)


def heading(table: TableOf[Any]) -> bytes:
    """What such a file begins with."""
    return BOM.encode() + lines([tuple(column.name for column in table.columns)])


def lines(rows: Iterable[Row]) -> bytes:
    """Rows as they stand in it, wherever that is."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows(map(_written, row) for row in rows)
    return stream.getvalue().encode()


def cells(content: bytes) -> Iterator[list[str]]:
    """The cells of rows that `lines` has written, still guarded.

    The library's reader has a limit to cells, which is the same for all who use it.
    """
    before = ""
    for part in content.decode().split("\r\n")[:-1]:
        line = before + part
        if '"' not in line:
            yield line.split(",")
        elif line.count('"') % 2:  # in the midst of a cell
            before = f"{line}\r\n"
            continue
        else:
            found = _CELL.findall(f"{line},")
            yield [plain or quoted.replace('""', '"') for plain, quoted in found]
        before = ""


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
