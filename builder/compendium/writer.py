"""A PDF file written as it comes: nothing but the places of its objects is kept."""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import md5
from itertools import islice

PACK = 400
"""Objects in one object stream."""
NAMES = 64
"""Entries in a leaf of a name or number tree."""
TABLE = 4096
"""Rows of the table of objects that are deflated at a time."""

ROW = 8
"""Bytes of a row of that table."""

_FREE, _IN_FILE, _IN_STREAM = 0xFFFF, 1 << 56, 2 << 56


class Writer:
    """Numbers objects, and writes each when it is finished, in any order.

    Equal calls give equal bytes: the file's identifier is the hash of what it holds.
    """

    def __init__(self, sink: Callable[[bytes], object]) -> None:
        self._sink = sink
        self._position = 0
        self._hash = md5(usedforsecurity=False)
        # By object, as the table has it: its place in the file, or the object stream that it
        # is in and where.
        self._places = array("Q", [_FREE])
        self._waiting: list[tuple[int, bytes]] = []
        self._write(b"%PDF-1.7\n%\xf0\x9f\x93\x96\n")

    def number(self) -> int:
        """A number for an object yet to come."""
        self._places.append(0)
        return len(self._places) - 1

    def numbers(self, count: int) -> range:
        """Numbers for as many objects, one after the other."""
        first = len(self._places)
        self._places.extend([0] * count)
        return range(first, first + count)

    def write(self, number: int, syntax: bytes) -> None:
        """An object other than a stream."""
        self._waiting.append((number, syntax))
        if len(self._waiting) >= PACK:
            self._flush()

    def write_all(self, objects: Iterable[tuple[int, bytes]]) -> None:
        """Objects that belong together: in one object stream, or nearly so."""
        self._waiting.extend(objects)
        if len(self._waiting) >= PACK:
            self._flush()

    def add(self, syntax: bytes) -> int:
        """An object other than a stream; its number."""
        number = self.number()
        self.write(number, syntax)
        return number

    def add_stream(self, content: bytes, entries: bytes = b"", *, deflated: bool = True) -> int:
        """A stream; `content` has been deflated unless said otherwise. Its number."""
        number = self.number()
        self._places[number] = self._here
        filters = b"/Filter/FlateDecode" if deflated else b""
        head = b"%d 0 obj\n<<%s%s/Length %d>>stream\n" % (number, entries, filters, len(content))
        self._write(head + content + b"\nendstream\nendobj\n")
        return number

    def add_tree(self, kind: bytes, entries: Iterable[tuple[bytes, bytes]]) -> int:
        """A name tree (`/Names`) or number tree (`/Nums`) of sorted entries; its number."""
        leaves, left = [], iter(entries)
        while part := list(islice(left, NAMES)):
            pairs = b" ".join(b"%b %b" % entry for entry in part)
            limits = b"%b %b" % (part[0][0], part[-1][0])
            leaves.append(self.add(b"<</Limits[%b]%b[%b]>>" % (limits, kind, pairs)))
        return self.add(b"<</Kids[%b]>>" % references(leaves))

    def close(self, catalog: int, info: int) -> None:
        """The table of objects; nothing can be added any more."""
        self._flush()
        table = self.number()
        start, self._places[table] = self._position, self._here
        content = b"".join(self._table())
        identifier = self._hash.hexdigest().encode()
        self._write(
            b"%d 0 obj\n<</Type/XRef/Size %d/W[1 5 2]/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]"
            b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 8>>/Length %d>>stream\n%b"
            b"\nendstream\nendobj\n"
            b"startxref\n%d\n%%%%EOF\n"
            % (table, len(self._places), catalog, info, identifier, identifier,
               len(content), content, start)
        )  # fmt: skip

    def _table(self) -> Iterator[bytes]:
        """Where every object is, deflated; each row as what differs from the one above."""
        deflate = zlib.compressobj()
        above = b"\0" * ROW
        for start in range(0, len(self._places), TABLE):
            part = self._places[start : start + TABLE]
            if sys.byteorder == "little":
                part.byteswap()
            rows = part.tobytes()
            yield deflate.compress(_differences(rows, above + rows[:-ROW]))
            above = rows[-ROW:]
        yield deflate.flush()

    @property
    def _here(self) -> int:
        return _IN_FILE | self._position << 16

    def _flush(self) -> None:
        if not self._waiting:
            return
        heads, bodies, at = [], [], 0
        number = len(self._places)  # the one that add_stream will give
        for place, (entry, syntax) in enumerate(self._waiting):
            heads.append(b"%d %d" % (entry, at))
            bodies.append(syntax)
            at += len(syntax) + 1
            self._places[entry] = _IN_STREAM | number << 16 | place
        head = b" ".join(heads) + b"\n"
        entries = b"/Type/ObjStm/N %d/First %d" % (len(heads), len(head))
        self._waiting = []
        self.add_stream(zlib.compress(head + b"\n".join(bodies)), entries)

    def _write(self, data: bytes) -> None:
        self._position += len(data)
        self._hash.update(data)
        self._sink(data)


def _differences(rows: bytes, above: bytes) -> bytes:
    """Every byte less the one above it, each row with the number of this filter (PNG's Up).

    One subtraction for all bytes: where the highest bit of each is set beforehand, none
    borrows from its neighbour.
    """
    high = int.from_bytes(b"\x80" * len(rows), "big")
    upper, lower = int.from_bytes(rows, "big"), int.from_bytes(above, "big")
    less = ((upper | high) - (lower & ~high)) ^ ((upper ^ ~lower) & high)
    found = less.to_bytes(len(rows), "big")
    out = bytearray(b"\2" * (len(rows) // ROW * (ROW + 1)))
    for column in range(ROW):
        out[column + 1 :: ROW + 1] = found[column::ROW]
    return bytes(out)


def references(numbers: Sequence[int]) -> bytes:
    """`1 0 R 2 0 R`."""
    return b" ".join(b"%d 0 R" % number for number in numbers)


def text(value: str) -> bytes:
    """A text string."""
    if not value.isascii():
        return b"<" + encoded(value).hex().encode() + b">"
    data = encoded(value)
    for sign in (b"\\", b"(", b")"):
        data = data.replace(sign, b"\\" + sign)
    return b"(" + data + b")"


def encoded(value: str) -> bytes:
    """The bytes of a text string: ASCII, or UTF-16 with its mark."""
    return value.encode() if value.isascii() else b"\xfe\xff" + value.encode("utf-16-be")
