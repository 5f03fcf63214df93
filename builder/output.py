"""The only writer: a site is built beside the old one and takes its place in one step.

Until `publish` nothing under the output folder changes; a crash, a full disk or an error
at any moment leaves the last good site as it was.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from builder.failures import EnvironmentFailed, reason

SUMS = "SHA256SUMS"

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class OutputError(EnvironmentFailed):
    """The environment does not let us write; the text says why, in Chinese."""


class Staging:
    """A site being written; `write` takes artifacts, `publish` puts them in place."""

    def __init__(self, folder: Path, target: Path) -> None:
        self._folder = folder
        self._target = target
        self._sums: dict[str, str] = {}
        self._folded: set[str] = set()
        self.is_published = False

    def write(self, path: str, content: bytes) -> None:
        """Write one artifact; `path` is relative, with forward slashes.

        Raises ValueError for a path that would leave the folder or meet another one
        (case-insensitively: the site may be copied to any file system).
        """
        with self.open(path) as sink:
            sink(content)

    @contextmanager
    def open(self, path: str) -> Iterator[Callable[[bytes], None]]:
        """Write one artifact piece by piece, by calls of what this gives; see `write`."""
        _refuse_unsafe(path)
        if path.casefold() in self._folded:
            raise ValueError(f"two artifacts share the path {path!r}")
        self._folded.add(path.casefold())
        digest = hashlib.sha256()
        try:
            (self._folder / path).parent.mkdir(parents=True, exist_ok=True)
            with (self._folder / path).open("wb") as file:

                def sink(data: bytes) -> None:
                    digest.update(data)
                    file.write(data)

                yield sink
        except OSError as error:
            raise OutputError(f"写不了 {path}：{reason(error)}") from error
        self._sums[path] = digest.hexdigest()

    def publish(self) -> int:
        """Add the checksums and swap the finished site in; the number of files written."""
        lines = (f"{digest}  {path}\n" for path, digest in sorted(self._sums.items()))
        self.write(SUMS, "".join(lines).encode())
        if hasattr(os, "sync"):
            os.sync()  # the new site is on disk before the old one goes
        try:
            if self._target.exists():
                _exchange(self._folder, self._target)
            else:
                self._folder.rename(self._target)
        except OSError as error:
            raise OutputError(f"换不上新网站：{reason(error)}") from error
        self.is_published = True
        return len(self._sums)


@contextmanager
def staging(target: Path) -> Iterator[Staging]:
    """A place to build the site that will become `target`; gone afterwards, whatever happens.

    Raises OutputError when the folder is not ours to replace, or another build is at work.
    """
    target = target.absolute()
    try:
        _refuse_foreign(target)
    except OSError as error:
        raise OutputError(f"读不了 {target}：{reason(error)}") from error
    folder = target.with_name(f".{target.name}.new")
    with _locked(target):
        try:
            _remove(folder)
            folder.mkdir()
        except OSError as error:
            raise OutputError(f"写不了 {folder}：{reason(error)}") from error
        stage = Staging(folder, target)
        try:
            yield stage
        finally:
            # What cannot be removed now goes with the next build. Who is in a hurry when the new
            # site is in place already must not be told that the old one is.
            hurry = (KeyboardInterrupt,) if stage.is_published else ()
            with suppress(OSError, *hurry):
                _remove(folder)


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Keep every other build of `target` out; raises OutputError where one is at work."""
    path = target.with_name(f".{target.name}.lock")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("w", encoding="utf-8")
    except OSError as error:
        raise OutputError(f"写不了 {target.parent}：{reason(error)}") from error
    with file:
        try:
            _lock(file.fileno())
            # The file of a build that has just ended is gone: our lock on it keeps nobody out.
            held = os.path.samestat(os.fstat(file.fileno()), path.stat())
        except (FileNotFoundError, BlockingIOError, PermissionError):
            held = False
        except OSError as error:
            raise OutputError(f"锁不住 {path}：{reason(error)}") from error
        if not held:
            raise OutputError(f"另一个 jixiao 正在生成 {target.name}，请等它结束")
        try:
            yield
        finally:
            with suppress(OSError):  # Windows removes no open file: it is found again and locked
                path.unlink()


def replace_file(path: Path, content: bytes) -> None:
    """Give one file of the content other contents, in one step; its permissions stay.

    Raises OutputError; then the file is as it was.
    """
    aside = path.with_name(f".{path.name}.new")
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise OutputError(f"{path} 不是普通文件，没有改动")
        aside.unlink(missing_ok=True)  # left by one that was stopped
        with aside.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        aside.chmod(stat.S_IMODE(status.st_mode))
        aside.replace(path)
    except OSError as error:
        with suppress(OSError):
            aside.unlink()
        raise OutputError(f"写不了 {path}：{reason(error)}") from error


def write_new(path: Path, content: bytes, *, is_program: bool = False) -> bool:
    """Write a file where there is none; False, and nothing changed, where there is something.

    Raises OutputError; then there is no file.
    """
    if os.path.lexists(path):
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as stream:
            stream.write(content)
        if is_program:
            path.chmod(0o755)
    except OSError as error:
        if not isinstance(error, FileExistsError):
            with suppress(OSError):
                path.unlink()
        raise OutputError(f"写不了 {path}：{reason(error)}") from error
    return True


def keep_file(path: Path, content: bytes) -> None:
    """Write a file that can be made anew at any time: whole or not at all, in its place or not.

    Folders above it are made. Raises OutputError.
    """
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        try:
            aside.write_bytes(content)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(content)
        aside.replace(path)
    except OSError as error:
        with suppress(OSError):
            aside.unlink()
        raise OutputError(f"写不了 {path}：{reason(error)}") from error


def drop_file(path: Path) -> bool:
    """Delete a file that can be made anew; False where it is gone already, or not ours."""
    try:
        path.unlink()
    except OSError:
        return False
    return True


def _refuse_foreign(target: Path) -> None:
    """Only a folder that holds nothing but what we wrote, or an empty one, is replaced."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise OutputError(f"{target.name} 不是文件夹，请换一个输出位置")
    if not target.is_dir() or not any(target.iterdir()):
        return
    sums = target / SUMS
    text = sums.read_text(encoding="utf-8", errors="replace") if sums.is_file() else ""
    ours = {SUMS} | {line.partition("  ")[2] for line in text.splitlines()}
    for path in target.rglob("*"):
        name = path.relative_to(target).as_posix()
        if name not in ours and (path.is_symlink() or not path.is_dir()):
            raise OutputError(
                f"{target.name} 里有别的文件（{name}），不敢覆盖；请换一个空文件夹，或先把它们移走"
            )


def _refuse_unsafe(path: str) -> None:
    parts = PurePosixPath(path).parts
    clean = path == "/".join(parts) and not path.startswith("/")
    if not parts or not clean or ".." in parts or re.search(r"[\x00-\x1f\x7f\\]", path):
        raise ValueError(f"unsafe artifact path {path!r}")


def _lock(file: int) -> None:
    """Lock an open file; raises BlockingIOError or PermissionError where another holds it."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _exchange(new: Path, old: Path) -> None:
    """Let two folders change names, so that readers never find neither."""
    if not _exchange_at_once(new, old):
        # Two renames, the old site kept until both are done.
        aside = old.with_name(f".{old.name}.old")
        _remove(aside)
        old.rename(aside)
        try:
            new.rename(old)
        except BaseException:  # a signal, too
            aside.rename(old)
            raise
        _remove(aside)


def _exchange_at_once(new: Path, old: Path) -> bool:
    """Whether it was done in one step, which Linux can, and not on every file system."""
    try:
        exchange = getattr(ctypes.CDLL(None), "renameat2", None)
    except TypeError:  # Windows
        return False
    names = (_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(old))
    return exchange is not None and exchange(*names, _RENAME_EXCHANGE) == 0


def _remove(folder: Path) -> None:
    if folder.is_dir():
        shutil.rmtree(folder)
