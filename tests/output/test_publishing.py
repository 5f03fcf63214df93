"""The only writer: a site appears whole or not at all, and touches nothing that is not ours."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.output import SUMS, OutputError, Staging, opening, stage, staging

OLD = {"index.html": b"old", "2024/a/index.html": b"old page"}
NEW = {"index.html": b"new", "2024/a/index.html": b"new page", "2025/b.json": b"{}"}


def publish(target: Path, files: dict[str, bytes]) -> int:
    with staging(target) as place:
        for path, content in files.items():
            place.write(path, content)
        return place.publish()


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, but for the sums."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in found
        if path.name != SUMS
    }


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


KEPT = [".output.kept", "output"]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A place with the site of yesterday, and what is kept beside it."""
    publish(tmp_path / "output", OLD)
    return tmp_path / "output"


def test_new_site_replaces_the_old_one(target: Path) -> None:
    assert publish(target, NEW) == len(NEW) + 1
    assert files(target) == NEW
    assert names(target.parent) == KEPT


def test_site_may_lie_deep(tmp_path: Path) -> None:
    publish(tmp_path / "a" / "b" / "output", NEW)
    assert files(tmp_path / "a" / "b" / "output") == NEW


def test_sums_are_those_of_the_files(target: Path) -> None:
    lines = (target / SUMS).read_text(encoding="utf-8").splitlines()
    assert lines == [
        f"{hashlib.sha256(content).hexdigest()}  {path}" for path, content in sorted(OLD.items())
    ]


def test_without_publish_nothing_changes(target: Path) -> None:
    with staging(target) as place:
        place.write("index.html", b"new")
        assert files(target) == OLD
    assert files(target) == OLD
    assert names(target.parent) == KEPT


@pytest.mark.parametrize("stop", [RuntimeError, KeyboardInterrupt, SystemExit, MemoryError])
@pytest.mark.parametrize("written", [0, 1, 2])
def test_stop_at_any_moment_leaves_the_old_site(
    stop: type[BaseException], written: int, target: Path
) -> None:
    def stopped() -> None:
        with staging(target) as place:
            for path, content in list(NEW.items())[:written]:
                place.write(path, content)
            raise stop

    with pytest.raises(stop):
        stopped()
    assert files(target) == OLD
    assert names(target.parent) == KEPT


def failing(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, after: int) -> None:
    """Let the function fail as on a full disk, from its call number `after` (from 0) on."""
    original: Callable[..., object] = getattr(owner, name)
    calls = 0

    def function(*arguments: object, **options: object) -> object:
        nonlocal calls
        calls += 1
        if calls > after:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return original(*arguments, **options)

    monkeypatch.setattr(owner, name, function)


FAILURES: list[tuple[object, str, int]] = [(Path, "open", n) for n in range(7)]
FAILURES += [(Path, "mkdir", n) for n in range(5)] + [(Path, "replace", 0)]
FAILURES += [(stage, "exchange", 0), (fcntl, "flock", 0), (os, "fsync", 0), (opening, "walk", 0)]


@pytest.mark.parametrize(("owner", "name", "after"), FAILURES)
def test_full_disk_leaves_the_old_site(
    owner: object, name: str, after: int, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        failing(patch, owner, name, after)
        with pytest.raises(OutputError):
            publish(target, NEW)
    assert files(target) == OLD
    assert publish(target, NEW)
    assert files(target) == NEW
    assert names(target.parent) == KEPT


class _NoExchange:
    """A C library on a file system that cannot exchange two names."""

    def renameat2(self, *_: object) -> int:
        return -1


def without_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: _NoExchange())


def test_without_exchange_two_renames_do(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_exchange(monkeypatch)
    publish(target, NEW)
    assert files(target) == NEW
    assert names(target.parent) == KEPT


@pytest.mark.parametrize(
    "failure", [OSError(errno.EIO, os.strerror(errno.EIO)), KeyboardInterrupt()]
)
@pytest.mark.parametrize("after", [0, 1])
def test_without_exchange_a_failure_leaves_the_old_site(
    after: int, failure: BaseException, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = Path.rename
    calls: list[Path] = []

    def rename(path: Path, to: Path) -> Path:
        calls.append(path)
        if len(calls) == after + 1:
            raise failure
        return original(path, to)

    with monkeypatch.context() as patch:
        without_exchange(patch)
        patch.setattr(Path, "rename", rename)
        with pytest.raises((OutputError, KeyboardInterrupt)):
            publish(target, NEW)
    assert files(target) == OLD


def test_leavings_of_a_crash_are_swept(target: Path) -> None:
    for name in ("site/half", "parts/half", "old/half"):
        (target.with_name(".output.kept") / name).mkdir(parents=True)
    publish(target, NEW)
    assert files(target) == NEW
    assert names(target.parent) == KEPT


UNSAFE = [
    "", ".", "/", "/etc/passwd", "..", "../x", "a/../../x", "a/..", "./a", "a/./b", "a//b", "a/",
    "a\\b", "a\0b", "a\nb", "\x7f", "//a",
]  # fmt: skip


@pytest.mark.parametrize("path", UNSAFE)
def test_path_cannot_leave_the_site(path: str, target: Path) -> None:
    with staging(target) as place, pytest.raises(ValueError, match="unsafe"):
        place.write(path, b"x")
    assert files(target) == OLD


@pytest.mark.parametrize("path", ["a.html", "A.HTML", "2024/Ａ.html"])
def test_two_files_cannot_share_a_path(path: str, target: Path) -> None:
    with staging(target) as place:
        place.write(path, b"x")
        with pytest.raises(ValueError, match="share"):
            place.write(path.upper() if path.islower() else path.lower(), b"y")


def test_file_and_folder_cannot_share_a_name(target: Path) -> None:
    with pytest.raises(OutputError):
        publish(target, {"a": b"x", "a/b": b"y"})
    assert files(target) == OLD


def thesis(folder: Path) -> None:
    (folder / "论文.docx").write_bytes(b"three years")


def someones_sums(folder: Path) -> None:
    (folder / SUMS).write_text(f"{'0' * 64}  debian.iso\n", encoding="utf-8")
    thesis(folder)


def deep(folder: Path) -> None:
    (folder / "2024").mkdir(exist_ok=True)
    thesis(folder / "2024")


def linked(folder: Path) -> None:
    (folder / "link").symlink_to("/etc")


@pytest.mark.parametrize("put", [thesis, someones_sums, deep, linked])
@pytest.mark.parametrize("published", [False, True])
def test_foreign_file_is_never_lost(
    put: Callable[[Path], None], published: bool, tmp_path: Path
) -> None:
    target = tmp_path / "output"
    if published:
        publish(target, OLD)
    else:
        target.mkdir()
    put(target)
    before = files(target)
    with pytest.raises(OutputError):
        publish(target, NEW)
    assert files(target) == before
    assert names(tmp_path) == (KEPT if published else ["output"])


def test_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    publish(tmp_path / "output", NEW)
    assert files(tmp_path / "output") == NEW


def test_file_and_link_are_not_taken(target: Path) -> None:
    file, link = target.with_name("file"), target.with_name("link")
    file.write_bytes(b"x")
    link.symlink_to(target)
    for place in (file, link, Path("/")):
        with pytest.raises(OutputError):
            publish(place, NEW)
    assert file.read_bytes() == b"x"
    assert link.is_symlink()
    assert files(target) == OLD


def test_two_builds_do_not_meet(target: Path) -> None:
    with staging(target) as first:
        first.write("index.html", b"first")
        with pytest.raises(OutputError):
            publish(target, NEW)
        with staging(target.with_name("other")) as other:
            other.write("index.html", b"other")
        assert first.publish() == 2
    assert files(target) == {"index.html": b"first"}
    publish(target, NEW)
    assert files(target) == NEW


def test_lock_of_a_build_that_ended_is_no_lock(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another build opens the file, we end and remove it, a third one makes a new file."""
    lock = target.with_name(".output.kept") / "lock"
    with monkeypatch.context() as patch:
        patch.setattr(fcntl, "flock", lambda *_: lock.unlink())
        with pytest.raises(OutputError):
            publish(target, NEW)
    assert files(target) == OLD


def test_staging_is_no_way_around(tmp_path: Path) -> None:
    place = Staging(tmp_path / "new", tmp_path / "output", {}, {})
    with pytest.raises(ValueError, match="unsafe"):
        place.write("../output/x", b"x")
    assert names(tmp_path) == []
