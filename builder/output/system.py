"""What is asked of the system, with the way round where it cannot do that."""

from __future__ import annotations

import ctypes
import os
import shutil
from pathlib import Path
from tempfile import TemporaryFile

from builder.failures import EnvironmentFailed

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class OutputError(EnvironmentFailed):
    """The environment does not let us write; the text says why, in Chinese."""


def lock(file: int) -> None:
    """Lock an open file; raises BlockingIOError or PermissionError where another holds it."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def exchange(new: Path, old: Path, aside: Path) -> None:
    """Let two folders change names, so that readers never find neither.

    Where that takes more than one step the old one is `aside` in between.
    """
    if not _exchange_at_once(new, old):
        remove(aside)
        old.rename(aside)
        try:
            new.rename(old)
        except BaseException:  # a signal, too
            aside.rename(old)
            raise
        aside.rename(new)


def _exchange_at_once(new: Path, old: Path) -> bool:
    """Whether it was done in one step, which Linux can, and not on every file system."""
    try:
        renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    except TypeError:  # Windows
        return False
    names = (_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(old))
    return renameat2 is not None and renameat2(*names, _RENAME_EXCHANGE) == 0


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it; nothing where there is none."""
    if folder.is_dir():
        shutil.rmtree(folder)


def moment(folder: Path) -> int:
    """What time a file has that is made in a folder now, in nanoseconds. Raises OSError."""
    with TemporaryFile(dir=folder) as file:
        return os.fstat(file.fileno()).st_mtime_ns
