"""The spare tree: only what changed is written, and nothing is published that we did not write."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, NoReturn

import pytest

from builder.output import SUMS, OutputError, Staging, staging
from tests.conftest import fingerprint

Files = dict[str, bytes]
Way = Callable[[Staging, str, bytes], None]

OLD = {"index.html": b"old", "2024/a/index.html": b"page", "2024/a/a.pdf": b"%PDF", "css": b"{}"}
NEW = {"index.html": b"new", "2024/a/index.html": b"page", "2025/b.json": b"{}", "css": b"{}"}


def in_pieces(place: Staging, path: str, content: bytes) -> None:
    with place.open(path) as sink:
        for position in range(len(content)):
            sink(content[position : position + 1])


def reused(place: Staging, path: str, content: bytes) -> None:
    if not has_reused(place, path, content):
        place.write(path, content)


def has_reused(place: Staging, path: str, content: bytes) -> bool:
    return not place.reuse({path: hashlib.sha256(content).hexdigest()})


WAYS: list[Way] = [Staging.write, in_pieces, reused]
each_way = pytest.mark.parametrize("way", WAYS)


def tick(folder: Path) -> None:
    """Let the clock of the file system go on: what is as young as a record is not believed."""
    probe = folder / "probe"
    probe.touch()
    before = probe.stat().st_mtime_ns
    for _ in range(10**6):
        probe.touch()
        if probe.stat().st_mtime_ns > before:
            break
    probe.unlink()


def publish(target: Path, files: Files, way: Way = Staging.write) -> None:
    with staging(target) as place:
        for path, content in files.items():
            way(place, path, content)
        tick(target.parent)
        place.publish()


def found(folder: Path) -> Files:
    """Every file below a folder, but for the sums."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != SUMS)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def inodes(folder: Path) -> dict[str, tuple[int, int]]:
    statuses = {path: (folder / path).stat() for path in found(folder)}
    return {path: (status.st_ino, status.st_mtime_ns) for path, status in statuses.items()}


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here asks what is left after a power cut, and all machines wait for a disk."""
    monkeypatch.setattr(os, "sync", lambda: None)
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """The site of yesterday, and as a spare that of the day before, which was the same."""
    for _ in range(2):
        publish(tmp_path / "output", OLD)
    return tmp_path / "output"


@each_way
def test_what_did_not_change_is_the_same_file(way: Way, target: Path) -> None:
    before = inodes(target)
    for _ in range(3):
        publish(target, OLD, way)
        assert inodes(target) == before
    publish(target, NEW, way)
    after = inodes(target)
    same = {path for path in after if after[path] == before.get(path)}
    assert same == {"2024/a/index.html", "css"}
    assert found(target) == NEW
    assert not (target / "2024/a/a.pdf").exists()


@each_way
def test_a_folder_without_files_goes(way: Way, target: Path) -> None:
    publish(target, {"index.html": b"new"}, way)
    assert sorted(path.name for path in target.iterdir()) == [SUMS, "index.html"]


def test_nothing_stays_beside_the_site_that_is_not_published(target: Path) -> None:
    """A report may have been withheld meanwhile."""
    publish(target, NEW)
    kept = target.with_name(".output.kept")
    assert inodes(kept / "site").items() <= inodes(target).items()
    assert sorted(path.name for path in (kept / "site").rglob("*") if path.is_dir()) == [
        "2024",
        "a",
    ]
    record = (kept / "record").read_text(encoding="utf-8")
    assert "a.pdf" not in record
    assert "b.json" in record


@each_way
def test_the_site_stays_as_it_is_until_it_is_published(way: Way, target: Path) -> None:
    with staging(target) as place:
        for path in OLD:
            way(place, path, b"other")
        assert found(target) == OLD
    assert found(target) == OLD


def test_what_is_not_there_cannot_be_used_again(target: Path) -> None:
    with staging(target) as place:
        assert not has_reused(place, "index.html", b"never")
        assert not has_reused(place, "other", b"old")
        place.write("index.html", b"never")
        with pytest.raises(ValueError, match="share"):
            has_reused(place, "index.html", b"never")
        with pytest.raises(ValueError, match="unsafe"):
            has_reused(place, "../output/css", b"{}")
        place.publish()
    assert found(target) == {"index.html": b"never"}


def edited(target: Path) -> None:
    """As an editor does that opens the file itself, which both trees share; with the same size."""
    (target / "css").write_bytes(b"!!")


def replaced(target: Path) -> None:
    other = target / "css.new"
    other.write_bytes(b"!!")
    other.replace(target / "css")


def deleted(target: Path) -> None:
    (target / "css").unlink()


def closed(target: Path) -> None:
    (target / "css").chmod(0o600)


def linked(target: Path) -> None:
    (target / "css").unlink()
    (target / "css").symlink_to("/etc/passwd")


def gone(target: Path) -> None:
    shutil.rmtree(target)


def without_spare(target: Path) -> None:
    shutil.rmtree(target.with_name(".output.kept"))


def restored(target: Path) -> None:
    """All is a copy, with its times, as from a backup."""
    for folder in (target, target.with_name(".output.kept")):
        copy = folder.with_name("copy")
        shutil.copytree(folder, copy)
        shutil.rmtree(folder)
        copy.rename(folder)


def spoilt_record(target: Path) -> None:
    path = target.with_name(".output.kept") / "record"
    path.write_bytes(path.read_bytes()[:-9] + b"\xff\n")


def young_record(target: Path) -> None:
    """One edited in the very moment of the record, which the clock is too coarse to tell."""
    status = (target / "css").stat()
    edited(target)
    os.utime(target / "css", ns=(status.st_atime_ns, status.st_mtime_ns))
    times = (status.st_mtime_ns, status.st_mtime_ns)
    os.utime(target.with_name(".output.kept") / "record", ns=times)


MEDDLING = [
    edited, replaced, deleted, closed, linked, gone, without_spare, restored, spoilt_record,
    young_record,
]  # fmt: skip


@each_way
@pytest.mark.parametrize("meddle", MEDDLING)
def test_what_others_did_is_never_published(
    meddle: Callable[[Path], None], way: Way, target: Path, tmp_path: Path
) -> None:
    meddle(target)
    publish(target, OLD, way)
    publish(tmp_path / "clean", OLD)
    assert fingerprint(target) == fingerprint(tmp_path / "clean")
    modes = {path.stat().st_mode for path in target.rglob("*") if path.is_file()}
    assert modes == {(tmp_path / "clean" / "css").stat().st_mode}
    publish(target, OLD, way)  # what was the site is the spare tree now
    assert fingerprint(target) == fingerprint(tmp_path / "clean")


@pytest.mark.parametrize("meddle", [edited, replaced, closed])
def test_who_meddles_while_a_site_is_made_is_told(
    meddle: Callable[[Path], None], target: Path
) -> None:
    with staging(target) as place:
        for path, content in NEW.items():
            place.write(path, content)
        meddle(target)
        if meddle is edited:
            with pytest.raises(OutputError):
                place.publish()
        else:
            place.publish()
    publish(target, NEW)
    assert found(target) == NEW


def test_a_file_that_is_only_touched_is_as_good(target: Path) -> None:
    with staging(target) as place:
        for path, content in OLD.items():
            place.write(path, content)
        os.utime(target / "css")
        place.publish()
    assert found(target) == OLD


def test_another_umask_makes_other_files(target: Path) -> None:
    before = os.umask(0o077)
    try:
        publish(target, OLD)
        assert {path.stat().st_mode & 0o077 for path in target.rglob("*")} == {0}
    finally:
        os.umask(before)
    for _ in range(2):
        publish(target, OLD)
        assert {path.stat().st_mode & 0o044 for path in [target, *target.rglob("*")]} == {0o044}


def no_links(*_: object, **__: object) -> NoReturn:
    raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))


@each_way
def test_without_links_there_are_copies(
    way: Way, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", no_links)
    shutil.rmtree(target.with_name(".output.kept") / "site")
    for files in (OLD, NEW, NEW, OLD):
        publish(target, files, way)
        assert found(target) == files


def test_a_copy_is_made_of_what_was_written_only(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", no_links)
    shutil.rmtree(target.with_name(".output.kept") / "site")
    with staging(target) as place:
        edited(target)
        assert not has_reused(place, "css", b"{}")
        assert has_reused(place, "index.html", b"old")


IN_THE_WAY = {"index.html/a": b"1", "2024/a": b"2", "css/b/c": b"3", "2025": b"4"}


@each_way
def test_files_and_folders_change_places(way: Way, target: Path) -> None:
    for files in (IN_THE_WAY, OLD, NEW, IN_THE_WAY):
        publish(target, files, way)
        assert found(target) == files


def test_a_full_disk_is_given_back_what_is_stale(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original, stale = Path.open, target.with_name(".output.kept") / "site/2024/a/a.pdf"

    def opened(path: Path, mode: str = "r", *more: Any, **options: Any) -> Any:
        if mode == "xb" and path.name == "b.json" and stale.exists():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return original(path, mode, *more, **options)

    monkeypatch.setattr(Path, "open", opened)
    publish(target, NEW)
    assert found(target) == NEW


def whole(kept: Path, elsewhere: Path) -> None:
    shutil.rmtree(kept)
    kept.symlink_to(elsewhere)


def below(name: str) -> Callable[[Path, Path], None]:
    def put(kept: Path, elsewhere: Path) -> None:
        path = kept / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        path.symlink_to(elsewhere)

    return put


LINKED = ["site", "parts", "old", "site/2024", "site/css", "record"]


@pytest.mark.parametrize("put", [whole, *map(below, LINKED)], ids=["whole", *LINKED])
def test_no_link_leads_away(
    put: Callable[[Path, Path], None], target: Path, tmp_path: Path
) -> None:
    """The folder could come from a stranger's repository."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "thesis").write_bytes(b"three years")
    put(target.with_name(".output.kept"), elsewhere)
    try:
        publish(target, NEW)
    except OutputError:
        assert found(target) == OLD
    else:
        assert found(target) == NEW
    assert found(elsewhere) == {"thesis": b"three years"}


def test_where_names_are_folded_the_spare_is_made_anew(target: Path) -> None:
    (target.with_name(".output.kept") / "SITE").mkdir()  # as if it were the same folder
    before = inodes(target)
    publish(target, OLD)
    assert inodes(target) == before


def test_a_stop_between_two_renames_is_made_good(target: Path) -> None:
    target.rename(target.with_name(".output.kept") / "old")
    with staging(target):
        assert found(target) == OLD
    assert found(target) == OLD


KILLED = """
import os, signal, sys
from pathlib import Path
from builder.output import Staging, staging, stage
left = int(sys.argv[2])
def counted(owner, name):
    original = getattr(owner, name)
    def function(*arguments, **options):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*arguments, **options)
    setattr(owner, name, function)
for name in ("open", "unlink", "mkdir", "rmdir", "rename", "replace"):
    counted(Path, name)
for owner, name in ((os, "link"), (os, "sync"), (os, "fsync"), (stage, "exchange")):
    counted(owner, name)
with staging(Path(sys.argv[1])) as place:
    for path, content in {files!r}.items():
        place.write(path, content)
    place.publish()
"""


@pytest.mark.parametrize("spare", [OLD, NEW])
def test_killed_at_any_moment(spare: Files, tmp_path: Path) -> None:
    """The old site or the new one, and the next build is right in any case."""
    ended, moment = -signal.SIGKILL, 0
    while ended == -signal.SIGKILL:
        target = tmp_path / f"{moment}" / "output"
        for files in (spare, OLD):
            publish(target, files)
        command = [sys.executable, "-c", KILLED.replace("{files!r}", repr(NEW)), f"{target}"]
        ended = subprocess.run([*command, f"{moment}"], check=False).returncode
        assert found(target) in ([OLD, NEW] if ended else [NEW])
        for files in (NEW, OLD) if moment % 2 else (OLD, NEW):
            publish(target, files)
            assert found(target) == files
        moment += 1
    assert ended == 0
    assert moment > 10


@pytest.mark.parametrize("seed", range(8))
def test_whatever_comes_a_build_is_as_a_clean_one(seed: int, target: Path, tmp_path: Path) -> None:
    random = Random(seed)  # noqa: S311
    for number in range(12):
        names = random.sample(sorted({*OLD, *NEW, "2024/a/b/c", "2025/d"}), 5)
        files = {name: random.choice([b"", b"{}", b"page", b"old"]) for name in names}
        way = random.choice(WAYS)
        if random.random() < 0.3 and (target / "css").exists():
            random.choice(MEDDLING)(target)
        if random.random() < 0.3:  # one that gives up
            with staging(target) as place:
                for path in names[:3]:
                    way(place, path, b"given up")
        publish(target, files, way)
        clean = tmp_path / f"clean{number}"
        publish(clean, files)
        assert fingerprint(target) == fingerprint(clean)
