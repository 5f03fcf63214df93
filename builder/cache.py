"""What steps came to, kept between builds under a digest of all that went into them.

An entry is one file: a few facts, then parts (pages, PDFs) one after the other, with the digest of
each in front. Nobody judges whether an entry is still good: what it was made of is its name. One
that does not hold what its own digests say is as good as none. Two builds may use a cache at once,
and machines may share its folder: an entry appears whole, and whoever writes it again writes the
same bytes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from builder.output import drop_file, keep_file

LIMIT = 4 * 2**30
"""Bytes that a cache may take; beyond that the entries go that were used longest ago."""

FIRST = 16 * 1024  # bytes read of an entry at once: facts and small parts are among them
SEAL = sha256().digest_size
DAY = 86_400  # seconds; so exactly is it known when an entry was used
_MAGIC = b"jixiao-entry-1 "
_TAG = b"Signature: 8a477f597d28d172789f06886806bc55\n# jixiao: may be deleted at any time\n"

Remember = Callable[[str, Sequence[bytes], Callable[[], bytes]], bytes]
"""How a step that makes one thing is asked for: its name, all that goes into it, how it is made."""


def digest(parts: Iterable[bytes]) -> str:
    """The SHA-256 of several things, in hex: each with its length, so that none runs into the
    next."""
    found = sha256()
    for part in parts:
        found.update(b"%d:" % len(part))
        found.update(part)
    return found.hexdigest()


def at_once(_name: str, _made_of: Sequence[bytes], make: Callable[[], bytes]) -> bytes:
    """Keep nothing: the `Remember` of those who have no cache."""
    return make()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an entry: its length in bytes, its SHA-256 in hex, and where it begins."""

    length: int
    digest: str
    start: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What a step came to: `facts`, which have been compared with their digest, and parts by name,
    which are compared when they are read."""

    facts: bytes
    parts: Mapping[str, Part]
    path: Path
    head: bytes

    def read(self, names: Iterable[str]) -> dict[str, bytes] | None:
        """The parts of those names; None where any is not what it was."""
        wanted = {name: self.parts[name] for name in names}
        found: dict[str, bytes] = {}
        try:
            for name, part in wanted.items():
                data = self.head[part.start : part.start + part.length]
                if len(data) < part.length:
                    with self.path.open("rb") as file:
                        file.seek(part.start)
                        data = file.read(part.length)
                if sha256(data).hexdigest() != part.digest:
                    return None
                found[name] = data
        except OSError:
            return None
        return found


class Cache:
    """A folder of entries, which may be deleted at any time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._now = self._opened()

    def get(self, key: str) -> Entry | None:
        """The entry of a key; None where there is none, or where it is damaged."""
        path = self._path(key)
        try:
            with path.open("rb") as file:
                head = file.read(FIRST)
                status = os.fstat(file.fileno())
        except OSError:
            return None
        entry = _opened(head, path, status.st_size)
        if entry and self._now - status.st_mtime > DAY:
            with suppress(OSError):  # a cache that may only be read
                os.utime(path)
        return entry

    def has(self, key: str) -> bool:
        """Whether there is an entry of a key; `get` says whether it is sound."""
        return self._path(key).exists()

    def put(self, key: str, facts: bytes, parts: Mapping[str, bytes]) -> None:
        """Keep what a step came to. Raises OutputError where that cannot be written."""
        table = {name: [len(data), sha256(data).hexdigest()] for name, data in parts.items()}
        told = [len(facts), sha256(facts).hexdigest(), table]
        head = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        seal = sha256(head).hexdigest().encode()
        keep_file(
            self._path(key), b"".join((_MAGIC, seal, b"\n", head, b"\n", facts, *parts.values()))
        )

    def remember(self, name: str, made_of: Sequence[bytes], make: Callable[[], bytes]) -> bytes:
        """A `Remember`: what `make` came to the last time that the same went into it."""
        key = digest([name.encode(), *made_of])
        entry = self.get(key)
        if entry and (found := entry.read([name])):
            return found[name]
        made = make()
        self.put(key, b"", {name: made})
        return made

    def note(self, name: str, content: bytes) -> None:
        """Keep something under a name of its own, which may be another the next time."""
        keep_file(
            self._folder / "notes" / digest([name.encode()]), sha256(content).digest() + content
        )

    def noted(self, name: str) -> bytes:
        """What was noted last; b"" where nothing was, or it is damaged."""
        try:
            found = (self._folder / "notes" / digest([name.encode()])).read_bytes()
        except OSError:
            return b""
        seal, content = found[:SEAL], found[SEAL:]
        return content if sha256(content).digest() == seal else b""

    def tidy(self, limit: int = LIMIT) -> None:
        """Let go what was used longest ago, where all takes more than `limit` bytes."""
        found = [(status.st_mtime, status.st_size, path) for path, status in self._files()]
        left = sum(size for _, size, _ in found) - limit
        for _, size, path in sorted(found) if left > 0 else ():
            if left <= 0:
                break
            if drop_file(path):
                left -= size

    def _opened(self) -> float:
        """Make the folder, where there is none; when that was, in seconds, 0 for one that may only
        be read."""
        tag, has_tag = self._folder / "CACHEDIR.TAG", (self._folder / ".gitignore").exists()
        if not has_tag:
            keep_file(tag, _TAG)
            keep_file(self._folder / ".gitignore", b"*\n")
        with suppress(OSError):
            os.utime(tag)
            return tag.stat().st_mtime
        return 0

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key[2:]

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        for folder, _, names in os.walk(self._folder):
            for name in names:
                path = Path(folder, name)
                with suppress(OSError):  # gone while we looked
                    yield path, path.stat()


def _opened(head: bytes, path: Path, size: int) -> Entry | None:
    """The entry that begins with `head`, if that is whole and the file has all of its parts."""
    first, _, rest = head.partition(b"\n")
    told, newline, facts = rest.partition(b"\n")
    if first != _MAGIC + sha256(told).hexdigest().encode() or not newline:
        return _read_whole(head, path, size)
    length, seal, table = json.loads(told)
    start = len(head) - len(facts)
    if len(facts) < length:
        return _read_whole(head, path, size)
    if sha256(facts[:length]).hexdigest() != seal:
        return None
    at, parts = start + length, dict[str, Part]()
    for name, (long, own) in table.items():
        parts[name] = Part(long, own, at)
        at += long
    return Entry(facts[:length], parts, path, head) if at == size else None


def _read_whole(head: bytes, path: Path, size: int) -> Entry | None:
    """The same once more with all of the file, where its head was longer than what was read."""
    if len(head) >= size:
        return None
    try:
        whole = path.read_bytes()
    except OSError:
        return None
    return _opened(whole, path, len(whole)) if len(whole) == size else None
