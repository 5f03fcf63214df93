"""The wheel and the source archive: the same bytes wherever they are made, all that is needed."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent
# What lies about in a checkout and is not ignored.
LEFTOVERS = (
    "builder/old.py",
    "builder/scoring/profiles/x.yaml~",
    "themes/official/a.orig",
    "notes.md",
)


def make(source: Path, folder: Path, *, umask: int = 0o022, zone: str = "UTC") -> dict[str, bytes]:
    """The files that `make dist` makes of `source`, by name."""
    subprocess.run(
        ["sh", source / "release/dist.sh", folder],
        env={**os.environ, "PYTHON": sys.executable, "TZ": zone},
        cwd=source.parent, umask=umask, check=True, capture_output=True,
    )  # fmt: skip
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def unpacked(archive: Path, folder: Path) -> Path:
    """The folder that a source archive holds, unpacked in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["tar", "-xf", str(archive), "-C", str(folder)], check=True)
    (source,) = folder.iterdir()
    return source


def only(folder: Path, pattern: str) -> Path:
    (path,) = folder.glob(pattern)
    return path


def test_there_is_a_wheel_an_archive_and_their_checksums(distributed: Path) -> None:
    sums = (distributed / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    packages = [path for path in sorted(distributed.iterdir()) if path.name != "SHA256SUMS"]
    assert [path.suffix for path in packages] == [".whl", ".gz"]
    assert sums == [f"{sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in packages]


def test_what_the_archive_holds_makes_the_same_bytes_elsewhere(
    distributed: Path, tmp_path: Path
) -> None:
    source = unpacked(only(distributed, "*.tar.gz"), tmp_path / "另一个 文件夹")
    for path in source.rglob("*"):  # as after `git clone` with such a umask
        path.chmod(path.stat().st_mode & ~0o077)
    again = make(source, tmp_path / "made", umask=0o077, zone="Asia/Shanghai")
    assert again == {path.name: path.read_bytes() for path in distributed.iterdir()}


def test_leftovers_stay_out(distributed: Path, tmp_path: Path) -> None:
    source = unpacked(only(distributed, "*.tar.gz"), tmp_path / "elsewhere")
    (source / "PKG-INFO").unlink()
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for arguments in (["init", "-q"], ["add", "--all"]):
        subprocess.run(["git", *arguments], cwd=source, env=environment, check=True)
    for name in LEFTOVERS:
        (source / name).write_text("left over", encoding="utf-8")
    again = make(source, tmp_path / "made")
    assert again == {path.name: path.read_bytes() for path in distributed.iterdir()}


def contents(distributed: Path) -> set[str]:
    """The names of all files in the source archive."""
    with tarfile.open(only(distributed, "*.tar.gz")) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


def test_the_archive_holds_what_git_knows(distributed: Path) -> None:
    names = contents(distributed)
    needed = {"Makefile", "pyproject.toml", "requirements.lock", "LICENSE", "release/dist.sh"}
    assert needed <= names
    if (ROOT / ".git").exists():
        git = ["git", "-C", str(ROOT), "ls-files", "-z"]
        listed = subprocess.run(git, check=True, capture_output=True).stdout.decode()
        known = set(listed.rstrip("\0").split("\0"))
        assert names <= known | {"PKG-INFO"}
        assert all(name.startswith(".") for name in known - names)  # settings of git and editors


def test_the_wheel_holds_all_that_runs(distributed: Path) -> None:
    with zipfile.ZipFile(only(distributed, "*.whl")) as wheel:
        names = set(wheel.namelist())
    metadata = {name for name in names if ".dist-info/" in name}
    assert names - metadata == {
        name if name.startswith("builder/") else f"builder/{name}"
        for name in contents(distributed)
        if name.startswith(("builder/", "themes/"))
    }
    for ending in ("profiles/财政部2020.yaml", "official/theme.yaml", "fonts/song-regular.ttf"):
        assert any(name.endswith(ending) for name in names)
    assert {name.partition("/")[2] for name in metadata} >= {
        "METADATA", "entry_points.txt", "licenses/LICENSE",
        "licenses/themes/official/fonts/OFL.txt",
    }  # fmt: skip
