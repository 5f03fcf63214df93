"""The files of a tree, and which of them still hold what was written into them.

A file's seal is its stamp (inode, size, time of the last change) and the SHA-256 of its bytes. A
record beside the trees has the seals of the site that was published last, so that nothing is read
to know what it holds. What was edited, restored or copied by others has
another stamp than the record tells of its path, and is not known. Nothing is ever written into a
file that has been published: the record stays true whatever comes in between.
"""

from __future__ import annotations

import hashlib
import os
import stat
import struct
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

_STAMP = struct.Struct("<QQq")
_LARGEST = 2**64 - 1  # some file systems number their files by more than that
_SEAL = _STAMP.size + hashlib.sha256().digest_size

Seals = dict[str, bytes]
"""Seals by path, which is relative to the tree and has forward slashes."""


def walk(folder: str, without: Collection[str] = ()) -> Iterator[tuple[str, os.stat_result]]:
    """Everything below a folder by its path, folders before what they hold; no link is followed.

    `without`: what is called so is passed over. Raises OSError where something cannot be looked at.
    """
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(f"{folder}/{below}") as listing:
            entries = [
                (f"{below}{one.name}", one.path) for one in listing if one.name not in without
            ]
        for path, place in entries:
            status = os.lstat(place)
            yield path, status
            if stat.S_ISDIR(status.st_mode):
                waiting.append(f"{path}/")


def stamp(status: os.stat_result) -> bytes:
    """What another one tells that a file was changed, or is another file."""
    return _STAMP.pack(status.st_ino & _LARGEST, status.st_size, status.st_mtime_ns)


def stamp_of(seal: bytes) -> bytes:
    """The first part of a seal."""
    return seal[: _STAMP.size]


def digest_of(seal: bytes) -> bytes:
    """The second part of a seal: a SHA-256."""
    return seal[_STAMP.size :]


class Record:
    """What was published: digests by stamp and path. One that cannot be read knows nothing."""

    def __init__(self, path: Path) -> None:
        self._digests = dict[bytes, bytes]()
        try:
            lines = path.read_bytes().split(b"\n")
            taken = path.stat().st_mtime_ns
            for line in lines[:-1]:
                seal = bytes.fromhex(line[: _SEAL * 2].decode("ascii"))
                _, _, changed = _STAMP.unpack_from(seal)
                # One changed in the very moment of the record could have been changed again.
                if changed < taken:
                    self._digests[stamp_of(seal) + line[_SEAL * 2 + 1 :]] = digest_of(seal)
        except (OSError, ValueError, struct.error):
            self._digests.clear()

    def __len__(self) -> int:
        return len(self._digests)

    def seal(self, path: str, status: os.stat_result) -> bytes:
        """The seal of the file at `path`; empty where it is not known to be as it was written."""
        mark = stamp(status)
        digest = self._digests.get(mark + _encoded(path), b"")
        return mark + digest if digest else b""


def record(seals: Mapping[str, bytes]) -> Iterable[bytes]:
    """The pieces of the record of a site."""
    return (seal.hex().encode() + b" " + _encoded(path) + b"\n" for path, seal in seals.items())


def looks(folder: Path, known: Record | None = None) -> str:
    """A digest of how everything below a folder looks from outside; with a record "" where it does
    not hold just the files that this tells of, as they were written. Raises OSError."""
    lines, files = list[bytes](), 0
    for path, status in walk(os.fspath(folder)):
        mark = b""
        if not stat.S_ISDIR(status.st_mode):
            if known is not None and not known.seal(path, status):
                return ""
            mark = stamp(status)
            files += 1
        lines.append(b"%s\0%o\0%s" % (_encoded(path), status.st_mode, mark.hex().encode()))
    if known is not None and len(known) != files:
        return ""
    return hashlib.sha256(b"\n".join(sorted(lines))).hexdigest()


def _encoded(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")
