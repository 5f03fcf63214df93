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
    """What was published: digests by stamp and path. One that cannot be read knows nothing.

    `is_certain`: there is one, and none of its files could have been changed in its own moment.
    """

    def __init__(self, path: Path) -> None:
        self._digests = dict[bytes, bytes]()
        self.is_certain = True
        try:
            lines = path.read_bytes().split(b"\n")
            taken = path.stat().st_mtime_ns
            for line in lines[:-1]:
                seal = bytes.fromhex(line[: _SEAL * 2].decode("ascii"))
                _, _, changed = _STAMP.unpack_from(seal)
                # One changed in the very moment of the record could have been changed again.
                self.is_certain = self.is_certain and changed < taken
                if changed < taken:
                    self._digests[stamp_of(seal) + line[_SEAL * 2 + 1 :]] = digest_of(seal)
        except (OSError, ValueError, struct.error):
            self._digests.clear()
            self.is_certain = False

    def stamps(self) -> Iterator[tuple[str, int, int, int]]:
        """Of every file its path, inode, size and the time of its last change."""
        for mark in self._digests:
            path = mark[_STAMP.size :].decode("utf-8", "surrogateescape")
            yield path, *_STAMP.unpack_from(mark)

    def seal(self, path: str, status: os.stat_result) -> bytes:
        """The seal of the file at `path`; empty where it is not known to be as it was written."""
        mark = stamp(status)
        digest = self._digests.get(mark + _encoded(path), b"")
        return mark + digest if digest else b""


def record(seals: Mapping[str, bytes]) -> Iterable[bytes]:
    """The pieces of the record of a site."""
    return (seal.hex().encode() + b" " + _encoded(path) + b"\n" for path, seal in seals.items())


def looks(folder: Path) -> str:
    """A digest of how everything below a folder looks from outside. Raises OSError.

    Nothing here is written for beauty: it is what a build of nothing costs, file by file.
    """
    lines, modes, waiting, is_folder = list[str](), set[int](), [""], stat.S_ISDIR
    while waiting:
        below = waiting.pop()
        with os.scandir(f"{folder}/{below}") as listing:
            for one in listing:
                status = one.stat(follow_symlinks=False)
                modes.add(status.st_mode)
                if is_folder(status.st_mode):
                    lines.append(f"{below}{one.name}/")
                    waiting.append(f"{below}{one.name}/")
                else:
                    inode = status.st_ino & _LARGEST
                    lines.append(
                        f"{below}{one.name}\0{inode}\0{status.st_size}\0{status.st_mtime_ns}"
                    )
    return _told(lines, modes)


def looks_recorded(folder: Path, known: Record) -> str:
    """How a site `looks` where nobody has touched it since it was recorded; "" where that is too
    short ago to be told. Raises OSError."""
    if not known.is_certain:
        return ""
    lines, folders = list[str](), set[str]()
    for path, inode, size, changed in known.stamps():
        lines.append(f"{path}\0{inode}\0{size}\0{changed}")
        while (path := path.rpartition("/")[0]) and path not in folders:
            folders.add(path)
    some = [*(line.partition("\0")[0] for line in lines[:1]), *list(folders)[:1]]
    modes = {(folder / path).lstat().st_mode for path in some}  # all others have the same
    return _told([*lines, *(f"{one}/" for one in folders)], modes)


def _told(lines: list[str], modes: Iterable[int]) -> str:
    lines.sort()
    text = "\n".join([*lines, *(f"{mode:o}" for mode in sorted(modes))])
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _encoded(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")
