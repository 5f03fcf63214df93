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
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any, TypeVar

from builder.output import drop_file, keep_file

LIMIT = 4 * 2**30
"""Bytes that a cache may take; beyond that the entries go that were used longest ago."""

FIRST = 16 * 1024  # bytes read of an entry at once: facts and small parts are among them
SEAL = sha256().digest_size
DAY = 86_400  # seconds; so exactly is it known when an entry was used
_MAGIC = b"jixiao-entry-1 "
_FACTS, _SIZE = "facts", "size"
_TAG = b"Signature: 8a477f597d28d172789f06886806bc55\n# jixiao: may be deleted at any time\n"

USUAL, MOST = 64, 256  # things in a run

Remember = Callable[[str, Sequence[bytes], Callable[[], bytes]], bytes]
"""How a step that makes one thing is asked for: its name, all that goes into it, how it is made."""

T = TypeVar("T")


def digest(parts: Iterable[bytes]) -> str:
    """The SHA-256 of several things, in hex: each with its length, so that none runs into the
    next."""
    found = sha256()
    for part in parts:
        found.update(b"%d:" % len(part))
        found.update(part)
    return found.hexdigest()


def divided(things: Sequence[T], name: Callable[[T], str]) -> Iterator[Sequence[T]]:
    """Consecutive things in runs of about `USUAL` and at most `MOST`, by their names.

    A run ends behind a thing whose name says so, never after so many: one that comes, goes or
    changes concerns the run where it stands, and no other.
    """
    start = 0
    for stop, thing in enumerate(things, start=1):
        if stop - start == MOST or _ends(name(thing)):
            yield things[start:stop]
            start = stop
    if start < len(things):
        yield things[start:]


def _ends(name: str) -> bool:
    return int.from_bytes(blake2b(name.encode(), digest_size=4).digest(), "big") % USUAL == 0


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
    head: bytes = b""

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
        self._written = 0

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
        return os.path.exists(self._path(key))  # noqa: PTH110  asked of each report

    def put(self, key: str, facts: bytes, parts: Mapping[str, bytes]) -> Entry:
        """Keep what a step came to. Raises OutputError where that cannot be written."""
        table = {name: [len(data), sha256(data).hexdigest()] for name, data in parts.items()}
        told = [len(facts), sha256(facts).hexdigest(), table]
        head = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        seal = sha256(head).hexdigest().encode()
        begins, path = b"".join((_MAGIC, seal, b"\n", head, b"\n")), self._path(key)
        whole = b"".join((begins, facts, *parts.values()))
        keep_file(path, whole)
        self._written += len(whole)
        return Entry(facts, _placed(table, len(begins) + len(facts)), path)

    def shelf(self, keys: Sequence[str]) -> list[Entry] | None:
        """The entries of those keys, which were shelved together; None where they were not.

        One file tells the facts of all: who has ten thousand entries need not open each.
        """
        name = _shelf(keys)
        is_fresh = self._is_fresh(self._path(name))
        entry = self.get(name)
        read = entry.read([_FACTS]) if entry else None
        if entry is None or read is None:
            return None
        found, at = list[Entry](), 0
        for key, (length, parts) in zip(keys, json.loads(entry.facts), strict=True):
            path = self._path(key)
            known = {name: Part(*part) for name, part in parts.items()}
            found.append(Entry(read[_FACTS][at : at + length], known, path))
            at += length
            if not is_fresh:
                with suppress(OSError):
                    os.utime(path)
        return found

    def has_shelf(self, keys: Sequence[str]) -> bool:
        """Whether there is a shelf of those keys; `shelf` says whether it is sound."""
        return self.has(_shelf(keys))

    def shelve(self, keys: Sequence[str], entries: Sequence[Entry]) -> None:
        """Keep the facts of those entries together; see `shelf`."""
        table = [
            [len(one.facts), {n: [p.length, p.digest, p.start] for n, p in one.parts.items()}]
            for one in entries
        ]
        facts = json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()
        self.put(_shelf(keys), facts, {_FACTS: b"".join(one.facts for one in entries)})

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
        """Let go what was used longest ago where all takes more than `limit` bytes, down to nine
        tenths of it.

        What all takes is noted, so that entries are looked at once a day, and not each time.
        """
        size, looked = map(float, self.noted(_SIZE).split() or (limit, 0))
        if size + self._written <= limit and self._now - looked <= DAY:
            self.note(_SIZE, b"%d %f" % (size + self._written, looked))
            self._written = 0
            return
        found = [(status.st_mtime, status.st_size, path) for path, status in self._files()]
        left = sum(size for _, size, _ in found) - limit
        for _, size, path in sorted(found) if left > 0 else ():
            if left <= -limit / 10:
                break
            if drop_file(path):
                left -= size
        self.note(_SIZE, b"%d %f" % (limit + left, self._now))
        self._written = 0

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

    def _is_fresh(self, path: Path) -> bool:
        with suppress(OSError):
            return self._now - path.stat().st_mtime <= DAY
        return True

    def _path(self, key: str) -> Path:
        return Path(f"{self._folder}/{key[:2]}/{key[2:]}")

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
    at = start + length
    parts = _placed(table, at)
    is_whole = at + sum(part.length for part in parts.values()) == size
    return Entry(facts[:length], parts, path, head) if is_whole else None


def _placed(table: Mapping[str, Sequence[Any]], at: int) -> dict[str, Part]:
    """Parts one behind the other; `table` has their lengths and digests."""
    parts = dict[str, Part]()
    for name, (length, own) in table.items():
        parts[name] = Part(length, own, at)
        at += length
    return parts


def _shelf(keys: Sequence[str]) -> str:
    return digest([b"shelf", *(key.encode() for key in keys)])


def _read_whole(head: bytes, path: Path, size: int) -> Entry | None:
    """The same once more with all of the file, where its head was longer than what was read."""
    if len(head) >= size:
        return None
    try:
        whole = path.read_bytes()
    except OSError:
        return None
    return _opened(whole, path, len(whole)) if len(whole) == size else None
