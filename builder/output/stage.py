"""A site being written: the spare tree on its way to what it is to be; see the package."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from itertools import count
from pathlib import Path

from builder.failures import reason
from builder.output.system import OutputError, exchange
from builder.output.trees import Seals, digest_of, record, stamp, stamp_of, walk

SUMS = "SHA256SUMS"

# In the folder beside the site: its spare tree, what is being written piece by piece, the site
# itself between two renames, what is known of both trees, and what it was made of (`standing`).
SITE, PARTS, OLD, RECORD, STANDING = "site", "parts", "old", "record", "standing"
_UNFIT = re.compile(r"[\x00-\x1f\x7f\\]")
_IN_THE_WAY = {errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENOSPC, errno.EDQUOT}


class Staging:
    """A site being written; `write` takes artifacts, `publish` puts them in place.

    Paths of artifacts are relative, with forward slashes. ValueError is raised for one that would
    leave the folder or meet another one (case-insensitively: the site may be copied to any file
    system), OutputError where the environment does not let us write.
    """

    def __init__(self, kept: Path, target: Path, spare: Seals, live: Seals) -> None:
        self._kept, self._target = kept, target
        self._site = kept / SITE
        self._spare, self._live = spare, live
        self._seals: Seals = {}
        self._folded: set[str] = set()
        self._numbers = count()

    def write(self, path: str, content: bytes) -> None:
        """Write one artifact, unless one of the trees holds it already."""
        digest = hashlib.sha256(content).digest()
        with self._claimed(path):
            seal = self._held(path, digest)
            self._seals[path] = seal or self._new(path, digest, partial(_create, content))

    def reuse(self, wanted: Mapping[str, str]) -> list[str]:
        """Take over artifacts, by their paths, of those SHA-256 (hexadecimal) from the site of
        before; the paths of those that are not there, which then have to be written."""
        missing = []
        for path, hexadecimal in wanted.items():
            digest = bytes.fromhex(hexadecimal)
            if digest and digest_of(self._spare.get(path, b"")) == digest:
                self._claim(path)
                self._seals[path] = self._spare[path]
                continue
            with self._claimed(path):
                seal = digest and (self._held(path, digest) or self._copied(path, digest))
                self._seals[path] = seal
            missing += [] if seal else [path]
        return missing

    def digest(self, path: str) -> str:
        """The SHA-256, in hex, of an artifact that is there by now."""
        return digest_of(self._seals[path]).hex()

    @contextmanager
    def open(self, path: str) -> Iterator[Callable[[bytes], None]]:
        """Write one artifact piece by piece, by calls of what this gives; see `write`."""
        digest = hashlib.sha256()
        part = self._kept / PARTS / f"{next(self._numbers)}"
        with self._claimed(path):
            try:
                with part.open("xb") as file:

                    def sink(data: bytes) -> None:
                        digest.update(data)
                        file.write(data)

                    yield sink
                    _bring_to_disk(file.fileno())
                seal = self._held(path, digest.digest())
                move = partial(os.replace, part)
                self._seals[path] = seal or self._new(path, digest.digest(), move)
            finally:
                with suppress(OSError):
                    part.unlink(missing_ok=True)

    def publish(self) -> int:
        """Add the checksums and swap the finished site in; the number of files in it."""
        seals = sorted(self._seals.items())
        self.write(SUMS, b"".join(f"{digest_of(s).hex()}  {p}\n".encode() for p, s in seals))
        try:
            self._sweep()
            if hasattr(os, "sync"):
                os.sync()  # the new site is on disk before a record tells of it
            part = self._kept / PARTS / RECORD
            with part.open("wb") as file:
                file.writelines(record(self._seals))
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._kept / RECORD)
            if self._target.exists():
                exchange(self._site, self._target, self._kept / OLD)
            else:
                self._site.rename(self._target)
        except OSError as error:
            raise OutputError(f"换不上新网站：{reason(error)}") from error
        # What cannot be removed now goes with the next build. Who is in a hurry must not be told
        # that the old site is in place.
        with suppress(OSError, KeyboardInterrupt):
            self._forget()
        return len(self._seals)

    @contextmanager
    def _claimed(self, path: str) -> Iterator[None]:
        """Keep others from a path; free again where no seal comes of it."""
        self._claim(path)
        self._seals[path] = b""
        try:
            yield
        except OSError as error:
            raise OutputError(f"写不了 {path}：{reason(error)}") from error
        finally:
            if not self._seals[path]:
                del self._seals[path]
                self._folded.remove(path.casefold())

    def _claim(self, path: str) -> None:
        _refuse_unsafe(path)
        folded = path.casefold()
        if folded in self._folded:
            raise ValueError(f"two artifacts share the path {path!r}")
        self._folded.add(folded)

    def _held(self, path: str, digest: bytes) -> bytes:
        """The seal of an artifact that one of the trees holds, which is now in the spare one."""
        seal = self._spare.get(path, b"")
        if digest_of(seal) == digest:
            return seal
        seal = self._live.get(path, b"")
        if digest_of(seal) == digest:
            with suppress(OSError):  # not every file system has links
                self._put(path, partial(os.link, self._target / path))
                return seal
        return b""

    def _copied(self, path: str, digest: bytes) -> bytes:
        """The seal of a copy of what the live site holds; where links cannot be had."""
        if digest_of(self._live.get(path, b"")) == digest:
            with suppress(OSError):
                content = (self._target / path).read_bytes()
                if hashlib.sha256(content).digest() == digest:
                    return self._new(path, digest, partial(_create, content))
        return b""

    def _new(self, path: str, digest: bytes, make: Callable[[Path], object]) -> bytes:
        """The seal of an artifact that `make` puts in its place."""
        self._put(path, make)
        return stamp((self._site / path).lstat()) + digest

    def _put(self, path: str, make: Callable[[Path], object]) -> None:
        """Let `make` put something new in the place of an artifact; the live tree may share what
        is there, so that this is never written into."""
        place = self._site / path
        if self._spare.pop(path, b""):
            place.unlink()
        try:
            _with_folder(place, make)
        except OSError as error:
            if error.errno not in _IN_THE_WAY:
                raise
            self._sweep()
            _with_folder(place, make)

    def _sweep(self) -> None:
        """Remove from the spare tree what nobody has asked for; what is left is what was sealed.

        Raises OutputError where somebody meddled with it meanwhile, perhaps through a file that
        the live tree shares.
        """
        missing = dict.fromkeys(self._seals)

        def is_asked_for(path: str, status: os.stat_result) -> bool:
            seal = self._seals.get(path)
            if seal is None:
                return False
            del missing[path]
            if seal and stamp_of(seal) != stamp(status):
                _refuse_changed(path, self._site / path, digest_of(seal), status)
                self._seals[path] = stamp(status) + digest_of(seal)
            return True

        _keep_only(self._site, is_asked_for)
        for path in missing:
            if self._seals[path]:
                raise OutputError(f"{path} 在生成期间被删除，请再生成一次")
        self._spare.clear()

    def _forget(self) -> None:
        """Leave of what was the site nothing that is not published now: it may be withheld."""
        folders = set[str]()
        for path, seal in self._live.items():
            if not seal or stamp_of(self._seals.get(path, b"")) != stamp_of(seal):
                (self._site / path).unlink(missing_ok=True)
                folders.add(path.rpartition("/")[0])
        for folder in folders:
            with suppress(OSError):  # something is still in it
                (self._site / folder).rmdir()
                for above in Path(folder).parents[:-1]:
                    (self._site / above).rmdir()


def _keep_only(site: Path, is_wanted: Callable[[str, os.stat_result], bool]) -> None:
    """Remove all other files of a tree, and the folders that are empty then."""
    folders, busy = list[str](), set[str]()
    for path, status in walk(os.fspath(site)):
        if stat.S_ISDIR(status.st_mode):
            folders.append(path)
        elif is_wanted(path, status):
            busy.add(path.rpartition("/")[0])
        else:
            (site / path).unlink()
    for folder in reversed(folders):  # what a folder holds comes behind it
        if folder in busy:
            busy.add(folder.rpartition("/")[0])
        else:
            (site / folder).rmdir()


def _with_folder(place: Path, make: Callable[[Path], object]) -> None:
    try:
        make(place)
    except FileNotFoundError:
        place.parent.mkdir(parents=True, exist_ok=True)
        make(place)


def _create(content: bytes, place: Path) -> None:
    """Make a file where there is none; none is left of one that the disk does not take."""
    with place.open("xb") as file:
        try:
            file.write(content)
            file.flush()
            _bring_to_disk(file.fileno())
        except OSError:
            with suppress(OSError):
                place.unlink()
            raise


def _bring_to_disk(file: int) -> None:
    """Where all cannot be brought to the disk at the end, each file is: its seal is believed."""
    if not hasattr(os, "sync"):
        os.fsync(file)


def _refuse_changed(path: str, place: Path, digest: bytes, status: os.stat_result) -> None:
    """A file that is touched but has its bytes is as good as before."""
    is_same = False
    if stat.S_ISREG(status.st_mode):
        with place.open("rb") as file:
            is_same = hashlib.file_digest(file, "sha256").digest() == digest
    if not is_same:
        raise OutputError(f"{path} 在生成期间被改动，请再生成一次")


def _refuse_unsafe(path: str) -> None:
    if not {"", ".", ".."}.isdisjoint(path.split("/")) or _UNFIT.search(path):
        raise ValueError(f"unsafe artifact path {path!r}")
