"""Archives of blocks: what the standard library reads of them, and how large they may be."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence

import pytest

from builder.opendata import archive
from builder.opendata.archive import Block, checksum, zipped

PIECES = (
    b"",
    b"a",
    b"abc" * 1_000,
    bytes(range(256)) * 300,
    b"\x00" * 70_000,
    b"",
    "绩效".encode(),
)


def blocks(pieces: Sequence[bytes] = PIECES) -> list[Block]:
    return [Block.of(piece) for piece in pieces]


def opened(data: bytes) -> zipfile.ZipFile:
    found = zipfile.ZipFile(io.BytesIO(data))
    assert found.testzip() is None  # every checksum
    return found


def test_blocks_are_one_file_in_any_order() -> None:
    for pieces in (PIECES, PIECES[::-1], PIECES * 3, ()):
        whole = b"".join(pieces)
        assert checksum(blocks(pieces)) == zlib.crc32(whole)
        stream = b"".join(block.data for block in blocks(pieces)) + b"\x03\x00"
        inflating = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
        assert inflating.decompress(stream) == whole
        assert inflating.eof
        assert not inflating.unused_data


def test_a_block_comes_back_from_its_bytes() -> None:
    for block in blocks():
        assert Block.read(block.stored()) == block


def test_the_standard_library_reads_what_we_write() -> None:
    files = {"[Content_Types].xml": blocks(), "xl/a.xml": blocks(PIECES[::-1]), "empty": []}
    data = b"".join(zipped(files.items()))
    assert data == b"".join(zipped(files.items()))
    found = opened(data)
    assert found.namelist() == [*files]
    assert found.read("[Content_Types].xml") == b"".join(PIECES)
    assert found.read("xl/a.xml") == b"".join(PIECES[::-1])
    assert found.read("empty") == b""
    for entry in found.infolist():
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert entry.flag_bits == 0
        assert entry.extract_version == 20


def test_what_has_no_room_in_four_bytes_is_told_in_eight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST", 1_000)
    files = {"small": blocks([b"a"]), "large": blocks(), "behind": blocks([b"b"])}
    found = opened(b"".join(zipped(files.items())))
    versions = {entry.filename: entry.extract_version for entry in found.infolist()}
    assert versions == {"small": 20, "large": 45, "behind": 20}
    assert [found.read(name) for name in files] == [b"a", b"".join(PIECES), b"b"]
    monkeypatch.setattr(archive, "LARGEST", 100)  # now the place of the last one, too
    found = opened(b"".join(zipped(files.items())))
    assert {entry.filename for entry in found.infolist() if entry.extract_version == 45} == {
        "large",
        "behind",
    }
    assert found.read("behind") == b"b"


def test_a_file_of_more_than_four_gigabytes_is_told_as_it_is() -> None:
    block = Block.of(b"\x00" * (1 << 26))
    pieces = zipped([("large", [block] * 65), ("behind", [Block.of(b"b")])])
    found = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    assert found.getinfo("large").file_size == 65 << 26 > 1 << 32
    assert found.read("behind") == b"b"
    with found.open("large") as file:
        assert file.read(10) == b"\x00" * 10
