"""The files of a content folder at one moment, on disk or in git, with the ids that git gives."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from builder.review.history import Repository
from builder.review.paths import is_published, is_read
from builder.source import MAX_BYTES


@dataclass(frozen=True, slots=True)
class File:
    """One file. Equal contents have equal ids; `content` is there for YAML files we read."""

    id: str
    size: int
    is_regular: bool = True
    content: bytes | None = None


Files = Mapping[str, File]
"""Files by their paths relative to the content folder, with forward slashes."""


def in_revision(repository: Repository, revision: str) -> Files:
    """The files of the content folder in a revision."""
    blobs = repository.blobs(revision)
    wanted = {
        path: blob.id
        for path, blob in blobs.items()
        if blob.is_regular and blob.size <= MAX_BYTES and is_read(path)
    }
    contents = repository.contents(wanted.values())
    return {
        path: File(b.id, b.size, b.is_regular, contents[b.id] if path in wanted else None)
        for path, b in blobs.items()
    }


def on_disk(folder: Path, digest: str = "sha1") -> Files:
    """The files of the content folder as they are; ids as git makes them, by `digest`.

    Outside of the folders of years (佐证材料) and themes, only what lies at the top of a folder.
    Raises OSError for a folder that cannot be read.
    """
    found: dict[str, File] = {}
    for parent, folders, names in os.walk(folder, onerror=_refuse):
        below = Path(parent).relative_to(folder).parts
        links = [name for name in folders if Path(parent, name).is_symlink()]
        is_deep = not below or is_published(below[0])
        folders[:] = sorted(set(folders) - {".git"}) if is_deep else []
        for name in (*names, *links):
            path = Path(parent, name)
            shown = os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "replace")
            found[shown] = _file(path, shown, digest)
    return found


def of_bytes(contents: Mapping[str, bytes]) -> Files:
    """Files given by their contents."""
    return {
        path: File(_id(io.BytesIO(data), len(data), "sha1"), len(data), content=data)
        for path, data in contents.items()
    }


def _refuse(error: OSError) -> None:
    """A folder that is closed to us would be compared as if all in it had been removed."""
    # The content need not be there today, nor what a link leads to.
    if error.errno not in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
        raise error


def _file(path: Path, shown: str, digest: str) -> File:
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            target = os.fsencode(path.readlink())
            name = _id(io.BytesIO(target), len(target), digest)
            return File(name, len(target), is_regular=False)
        if not stat.S_ISREG(status.st_mode):
            return File("", 0, is_regular=False)
        if not is_published(shown.partition("/")[0]) and not is_read(shown):
            return File("", status.st_size)
        with path.open("rb") as stream:
            if not is_read(shown) or status.st_size > MAX_BYTES:
                return File(_id(stream, status.st_size, digest), status.st_size)
            data = stream.read()
    except OSError:
        return File("", 0)
    return File(_id(io.BytesIO(data), len(data), digest), len(data), content=data)


def _id(stream: io.BufferedReader | io.BytesIO, size: int, digest: str) -> str:
    """The name that git gives to a content; nothing here depends on its strength."""
    header = hashlib.new(digest, b"blob %d\0" % size, usedforsecurity=False)
    return hashlib.file_digest(stream, lambda: header).hexdigest()
