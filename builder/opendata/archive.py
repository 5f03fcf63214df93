"""Archives (zip) put together from blocks that were deflated before.

The standard library writes only what it deflates itself. A file in ours is a row of blocks, each
of which ends at a whole byte and looks back at no other, so that the same one can stand in many
files; the checksum of the whole is worked out of theirs. Sizes stand in front of a file, as all
readers want them, so that one file is held at a time, deflated.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

_ONE = 1 << 31  # of CRC-32, whose polynomials have their lowest power first
_POLYNOMIAL = 0xEDB88320
_END = b"\x03\x00"  # a last block in which nothing is
_FACTS = struct.Struct("<QII")
_LOCAL = struct.Struct("<4s5H3I2H")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_END_64 = struct.Struct("<4sQ2H2I4Q")
_END_PLACE = struct.Struct("<4sIQI")
_ARCHIVE_END = struct.Struct("<4s4H2IH")
_DEFLATED, _PLAIN, _LARGE = 8, 20, 45  # how it is stored; the versions that read it
_FIRST_DAY = 0x21  # 1980-01-01, the earliest that an archive knows
LARGEST = 0xFFFFFFFE  # number that has room where all readers look for it
_ELSEWHERE = 0xFFFFFFFF  # stands there for one that has not


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a file, deflated: its `size` before, its CRC-32, and by what the checksum of all
    before it is multiplied when it is put behind that."""

    data: bytes
    size: int
    crc: int
    shift: int

    @classmethod
    def of(cls, content: bytes) -> Block:
        """A block of this content."""
        deflating = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        data = deflating.compress(content) + deflating.flush(zlib.Z_FULL_FLUSH)
        return cls(data, len(content), zlib.crc32(content), _shift(len(content)))

    @classmethod
    def read(cls, stored: bytes) -> Block:
        """The block that `stored` gave these bytes for."""
        return cls(stored[_FACTS.size :], *_FACTS.unpack_from(stored))

    def stored(self) -> bytes:
        """The block as bytes."""
        return _FACTS.pack(self.size, self.crc, self.shift) + self.data


def zipped(files: Iterable[tuple[str, Iterable[Block]]]) -> Iterator[bytes]:
    """An archive of files with their names (ASCII), piece by piece; the same bytes at any time."""
    entries = []
    place = 0
    for name, given in files:
        blocks = list(given)
        size = sum(block.size for block in blocks)
        packed = sum(len(block.data) for block in blocks) + len(_END)
        facts = _Facts(name.encode("ascii"), checksum(blocks), packed, size, place)
        entries.append(facts.entry())
        head = facts.head()
        yield head
        for block in blocks:
            yield block.data
        yield _END
        place += len(head) + packed
    directory = b"".join(entries)
    yield directory
    yield _end(len(entries), len(directory), place)


def checksum(blocks: Iterable[Block]) -> int:
    """The CRC-32 of what is in all of them together."""
    crc = 0
    for block in blocks:
        crc = _times(crc, block.shift) ^ block.crc
    return crc


@dataclass(frozen=True, slots=True)
class _Facts:
    """What an archive tells of a file, before it and once more at the end."""

    name: bytes
    crc: int
    packed: int
    size: int
    place: int

    def head(self) -> bytes:
        is_large = max(self.packed, self.size) > LARGEST
        more = struct.pack("<2H2Q", 1, 16, self.size, self.packed) if is_large else b""
        packed, size = (_ELSEWHERE, _ELSEWHERE) if is_large else (self.packed, self.size)
        return (
            _LOCAL.pack(
                b"PK\x03\x04", _LARGE if is_large else _PLAIN, 0, _DEFLATED, 0, _FIRST_DAY,
                self.crc, packed, size, len(self.name), len(more),
            )
            + self.name + more
        )  # fmt: skip

    def entry(self) -> bytes:
        numbers = (self.packed, self.size, self.place)
        is_large = max(numbers) > LARGEST
        more = b""
        if is_large:
            more = struct.pack("<2H3Q", 1, 24, self.size, self.packed, self.place)
            numbers = (_ELSEWHERE,) * 3
        version, (packed, size, place) = _LARGE if is_large else _PLAIN, numbers
        return (
            _ENTRY.pack(
                b"PK\x01\x02", version, version, 0, _DEFLATED, 0, _FIRST_DAY, self.crc, packed,
                size, len(self.name), len(more), 0, 0, 0, 0, place,
            )
            + self.name + more
        )  # fmt: skip


def _end(count: int, size: int, place: int) -> bytes:
    """What an archive ends with, and by which it is opened: where its directory is."""
    more = b""
    if max(size, place) > LARGEST:
        rest = _END_64.size - 12
        more = _END_64.pack(
            b"PK\x06\x06", rest, _LARGE, _LARGE, 0, 0, count, count, size, place
        ) + _END_PLACE.pack(b"PK\x06\x07", 0, place + size, 1)
        size, place = _ELSEWHERE, _ELSEWHERE
    return more + _ARCHIVE_END.pack(b"PK\x05\x06", 0, 0, count, count, size, place, 0)


def _times(one: int, other: int) -> int:
    """The product of two polynomials modulo that of CRC-32."""
    product = 0
    while one:
        if one & _ONE:
            product ^= other
        one = one << 1 & 0xFFFFFFFF
        other = other >> 1 ^ (_POLYNOMIAL if other & 1 else 0)
    return product


def _shift(size: int) -> int:
    """x to the power of as many bits as there are in so many bytes."""
    shift = _ONE
    for bit in range(size.bit_length()):
        if size >> bit & 1:
            shift = _times(_power(bit + 3), shift)
    return shift


@cache
def _power(exponent: int) -> int:
    """x to the power of 2 to the power of `exponent`."""
    if exponent == 0:
        return _ONE >> 1
    before = _power(exponent - 1)
    return _times(before, before)
