"""Git-LFS: the repository holds a pointer where the working tree holds the file.

git would make the pointer with a program that the settings name, which we do not run; a pointer
tells length and SHA-256 of its file, and that can be looked at without.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

from builder.review.files import Files
from builder.review.history import Repository

_LONGEST = 200  # bytes of a pointer
_POINTER = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\noid sha256:([0-9a-f]{64})\nsize ([0-9]+)\n"
)


def settled(old: Files, new: Files, repository: Repository, folder: Path) -> Files:
    """The files on disk, those under the id of their pointer that `old` has a pointer of."""
    suspects = {
        path: old[path].id
        for path, file in new.items()
        if file.is_regular and path in old and 0 < old[path].size <= _LONGEST
        if file.id not in ("", old[path].id)
    }
    contents = repository.contents(suspects.values()) if suspects else {}
    same = {
        path: replace(new[path], id=digest)
        for path, digest in suspects.items()
        if _is_of(contents[digest], folder / path, new[path].size)
    }
    return {**new, **same}


def _is_of(pointer: bytes, path: Path, size: int) -> bool:
    found = _POINTER.fullmatch(pointer)
    if found is None or int(found[2]) != size:
        return False
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest().encode() == found[1]
    except OSError:
        return False
