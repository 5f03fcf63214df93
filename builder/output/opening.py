"""Where a site is built: the folder beside it, and what its two trees still hold."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from builder.failures import reason
from builder.output.stage import OLD, PARTS, RECORD, SITE, STANDING, SUMS, Staging
from builder.output.system import OutputError, lock, remove
from builder.output.trees import Record, Seals, looks_recorded, walk

_LOCK = "lock"


@contextmanager
def staging(target: Path) -> Iterator[Staging]:
    """A place to build the site that will become `target`.

    Raises OutputError when the folder is not ours to replace, or another build is at work.
    """
    target = target.absolute()
    if not target.name or target.is_symlink() or (target.exists() and not target.is_dir()):
        raise OutputError(f"{target.name or target} 不是文件夹，请换一个输出位置")
    kept = beside(target)
    with _locked(kept, target):
        try:
            modes = _tidied(kept, target)
            known = Record(kept / RECORD)
            try:
                live = _live(target, known, modes[0])
            except OSError as error:
                raise OutputError(f"读不了 {target}：{reason(error)}") from error
            try:
                spare = _spare(kept / SITE, known, modes)
            except OSError as error:
                raise OutputError(f"写不了 {kept}：{reason(error)}") from error
            del known
            yield Staging(kept, target, spare, live)
        finally:
            if not (kept / RECORD).exists():  # nothing was published yet: nothing is worth keeping
                with suppress(OSError):
                    remove(kept)


def beside(target: Path) -> Path:
    """The folder where a site's spare tree is, and what is known of both; there may be none."""
    return target.with_name(f".{target.name}.kept")


def looks_as_published(target: Path) -> str:
    """How a site that was published just now `looks`, by its record; "" where that cannot be told.

    Raises OSError.
    """
    return looks_recorded(target, Record(beside(target) / RECORD))


@contextmanager
def _locked(kept: Path, target: Path) -> Iterator[None]:
    """Keep every other build of `target` out; raises OutputError where one is at work."""
    path = kept / _LOCK
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.mkdir(exist_ok=True)
        if kept.is_symlink():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        file = path.open("ab")
    except OSError as error:
        raise OutputError(f"写不了 {target.parent}：{reason(error)}") from error
    with file:
        try:
            lock(file.fileno())
            # Of a build that has just ended without a site all is gone: that lock keeps nobody out.
            held = os.path.samestat(os.fstat(file.fileno()), path.stat())
        except (FileNotFoundError, BlockingIOError, PermissionError):
            held = False
        except OSError as error:
            raise OutputError(f"锁不住 {path}：{reason(error)}") from error
        if not held:
            raise OutputError(f"另一个 jixiao 正在生成 {target.name}，请等它结束")
        yield


def _tidied(kept: Path, target: Path) -> tuple[int, int]:
    """Clear away what a build that was stopped has left; the modes of new files and folders."""
    old, site, parts = kept / OLD, kept / SITE, kept / PARTS
    try:
        with suppress(FileExistsError), (kept / ".gitignore").open("xb") as file:
            file.write(b"*\n")
        (kept / STANDING).unlink(missing_ok=True)  # it tells of a site that is going
        if old.exists() and not target.exists():
            old.rename(target)  # stopped between two renames
        remove(old)
        # Where names are folded, a file that is now called otherwise would keep its old name.
        if (kept / SITE.upper()).exists():
            remove(site)
        remove(parts)
        parts.mkdir()
        probe = parts / "probe"
        probe.touch()
        modes = probe.stat().st_mode, parts.stat().st_mode
        probe.unlink()
        # What was made under another umask, or is no longer open to all, is made anew.
        if os.path.lexists(site) and site.lstat().st_mode != modes[1]:
            remove(site)
        site.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(f"写不了 {kept}：{reason(error)}") from error
    return modes


def _live(target: Path, known: Record, mode: int) -> Seals:
    """The seals of the site, b"" of what is not known; only a folder with nothing but what we
    wrote, or an empty one, is replaced: raises OutputError for any other."""
    found, ours = Seals(), _listed(target / SUMS)
    for path, status in walk(os.fspath(target)) if target.is_dir() else ():
        if stat.S_ISDIR(status.st_mode):
            continue
        if path not in ours:
            raise OutputError(
                f"{target.name} 里有别的文件（{path}），不敢覆盖；请换一个空文件夹，或先把它们移走"
            )
        found[path] = known.seal(path, status) if status.st_mode == mode else b""
    return found


def _listed(sums: Path) -> set[str]:
    """The files that a site says are its own."""
    text = sums.read_text(encoding="utf-8", errors="replace") if sums.is_file() else ""
    return {SUMS} | {line.partition("  ")[2] for line in text.splitlines()}


def _spare(site: Path, known: Record, modes: tuple[int, int]) -> Seals:
    """The seals of the spare tree, in which is then nothing but what they tell of."""
    found = Seals()
    for path, status in walk(os.fspath(site)):
        if stat.S_ISDIR(status.st_mode):
            if status.st_mode != modes[1]:
                remove(site)
                site.mkdir()
                return {}
        elif status.st_mode == modes[0] and (seal := known.seal(path, status)):
            found[path] = seal
        else:
            (site / path).unlink()
    return found
