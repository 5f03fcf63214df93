"""What changes on the disk: as the system tells it, or by looking at every file."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from threading import Event

from watchfiles import Change, DefaultFilter, watch

QUIET = 50  # milliseconds without another change before one is acted on
GLANCE = 0.3  # seconds between looks at a file system that tells of no changes

Changes = Set[tuple[Change, str]]
State = tuple[int, int, int]


def changes(
    folders: tuple[Path, ...], stop: Event, tell: Callable[[str], None], *, polling: bool
) -> Iterator[Set[Path]]:
    """What changes below the folders, now and then nothing; first the folders themselves, once
    they are watched.

    A folder may go and another one come in its place (`git switch`): of that one the system
    tells nothing before it is watched, too.
    """
    while not stop.is_set():
        watched = {folder: _identity(folder) for folder in folders}
        here = [folder for folder in folders if watched[folder]]
        looks = _glances(here, stop) if polling or not here else _told(here, stop)
        is_first = True
        try:
            for found in looks:
                yield set(folders) if is_first else {Path(path) for _, path in found}
                is_first = False
                gone = {Path(path) for kind, path in found if kind is Change.deleted}
                # The number of a folder that is gone may be given to the next one.
                if not gone.isdisjoint(folders) or _are_others(watched):
                    break
        except OSError as error:
            if not _are_others(watched):  # else one went just then
                tell(f"系统不能通知改动（{error}），改为逐个查看文件，同 --poll。")
                polling = True
        finally:
            looks.close()


def _told(folders: Sequence[Path], stop: Event) -> Generator[Changes, None, None]:
    """What the system tells, and at least every few moments that there is nothing."""
    yield from watch(
        *folders,
        stop_event=stop,
        step=QUIET,
        rust_timeout=4 * QUIET,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )


def _glances(folders: Sequence[Path], stop: Event) -> Generator[Changes, None, None]:
    """The same by looking; own code, as others take two edits within a second for one."""
    is_wanted, before = DefaultFilter(), _states(folders)
    yield set()
    while not stop.wait(GLANCE):
        after = _states(folders)
        paths = {path for path, _ in before.items() ^ after.items()}
        before = after
        kinds = ((Change.modified if path in after else Change.deleted, path) for path in paths)
        yield {found for found in kinds if is_wanted(*found)}


def _states(folders: Iterable[Path]) -> Mapping[str, State]:
    """How every file and folder below is just now."""
    found = {}
    waiting = [os.fspath(folder) for folder in folders]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    status = entry.stat(follow_symlinks=False)
                    found[entry.path] = (status.st_mtime_ns, status.st_size, status.st_ino)
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
        except OSError:  # it went just then, or is closed to us
            continue
    return found


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from one that takes its place; None where there is none."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISDIR(status.st_mode) else None


def _are_others(watched: Mapping[Path, tuple[int, int] | None]) -> bool:
    return any(_identity(folder) != identity for folder, identity in watched.items())
