"""Whether anything changed since a site was published: decided before anything else is imported.

What could matter is looked at, never read: sizes, times and inodes of the content, of this program
and the libraries that it finds, and of the site itself; the words of the command, and what of the
environment could reach a page. Of all that a record beside the site has digests. What cannot be
told for certain is told as changed.
"""

from __future__ import annotations

import json
import os
import re
import stat
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from builder.failures import EnvironmentFailed
from builder.output import STANDING, beside, keep_file, looks, looks_as_published, moment, walk

_HERE = Path(__file__).parent
_CACHED = frozenset({"__pycache__"})
_GIT = frozenset({".git"})
# A changed file may have the time of a moment ago where the clock of its disk is coarse.
_COARSE = 100_000_000  # nanoseconds
_COARSER = 2 * 10**9  # where times are whole seconds
_NAMES = frozenset({"HOME", "LANG", "LANGUAGE", "PATH", "WINDIR"})
_MATTERS = re.compile(r"(?:GIT_|LC_|LD_|DYLD_|PYTHON|XDG_(?:CONFIG|DATA)|FONTCONFIG_|FC_|PANGO|G_)")
_FONTS = (
    "/usr/local/share/fonts", "/usr/share/fonts", "/Library/Fonts", "/System/Library/Fonts",
    "/etc/fonts", "C:/Windows/Fonts",
)  # fmt: skip
_OWN_FONTS = (".local/share/fonts", ".fonts", "Library/Fonts")
_OWN_GIT = (".gitconfig", ".config/git")


@dataclass(frozen=True, slots=True)
class Asked:
    """A site that is asked for: of which content, where, and all other words that could matter."""

    content: Path
    output: Path
    words: str
    has_pdf: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How everything stood that a site is made of, and `history`, what git keeps of it. Both are
    empty where something had changed in the very moment before: the next change might not show."""

    inputs: str
    history: str


@dataclass(frozen=True, slots=True)
class Published:
    """What was told when a site was published: the findings, then what was made of how many
    reports, in how many files, and what else was said."""

    findings: str
    reports: int
    files: int
    closing: str


class _Look:
    """What has been looked at so far, as lines."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self.newest = 0

    def say(self, *words: object) -> None:
        self._lines.append("\0".join(map(str, words)))

    def file(self, path: Path | str, name: str = "", status: os.stat_result | None = None) -> None:
        """One file or folder; that it is missing is told, too."""
        try:
            found = status or Path(path).stat()
        except (FileNotFoundError, NotADirectoryError):
            self.say(name or path, "-")
            return
        modified, changed = found.st_mtime_ns, found.st_ctime_ns
        known = f"{found.st_mode}\0{found.st_ino}\0{found.st_size}\0{modified}\0{changed}"
        self._lines.append(f"{name or path}\0{known}")
        if max(modified, changed) + _COARSER > self.newest:  # of most it need not be asked
            for time in (modified, changed):
                is_whole = time % 10**9 == 0
                self.newest = max(self.newest, time + (_COARSER if is_whole else _COARSE))

    def tree(
        self, folder: Path, without: frozenset[str] = frozenset(), *, is_plain: bool = False
    ) -> None:
        """Everything below a folder. Raises OSError, also where something in a plain one is no
        file: what a link leads to could change unseen."""
        self.file(folder)
        if not folder.is_dir():
            return
        top = f"{folder}"
        for path, status in walk(top, without):
            if stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode):
                self.file("", f"{top}/{path}", status)
            elif is_plain:
                raise OSError(f"{path} is no file")
            else:
                self.file(folder / path, f"{top}/{path}")

    def digest(self, start: int | None = None) -> str:
        """Of all that was looked at; "" if some of it may have changed after `start`."""
        if start is not None and self.newest >= start:
            return ""
        lines = sorted(self._lines)
        return sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def observe(asked: Asked) -> Standing | None:
    """How everything stands now; None where that cannot be told."""
    try:
        target = asked.output.absolute()
        start = moment(next((path for path in target.parents if path.is_dir()), target))
        look, history = _Look(), _Look()
        _ask(look, asked)
        _git(history, asked.content.resolve())
        return Standing(look.digest(start), history.digest(start))
    except (OSError, RuntimeError, UnicodeError):
        return None


def unchanged(asked: Asked, now: Standing) -> Published | None:
    """What was told when the site was published that is still what it would be; None where
    anything may have changed."""
    target = asked.output.absolute()
    try:
        path = beside(target) / STANDING
        kept = json.loads(path.read_bytes())
        if kept["inputs"] != now.inputs or kept["history"] not in (None, now.history):
            return None
        if kept["libraries"] != _libraries(kept["loaded"]) or kept["site"] != looks(target):
            return None
        told = kept["told"]
        return Published(told["findings"], told["reports"], told["files"], told["closing"])
    except (OSError, ValueError, LookupError, TypeError):
        return None


def note(asked: Asked, before: Standing, told: Published, *, has_history: bool) -> None:
    """Remember what was published and told just now, if nothing can have changed since `before`.

    Nothing in `told` may be withheld: the record lies beside the site.
    """
    now, target = observe(asked), asked.output.absolute()
    if now is None or not now.inputs or now.inputs != before.inputs:
        return
    if has_history and (not now.history or now.history != before.history):
        return
    try:
        loaded = _loaded() if asked.has_pdf else []
        site = looks_as_published(target)
        if not site or loaded is None:
            return
        kept: Mapping[str, object] = {
            "inputs": now.inputs,
            "history": now.history if has_history else None,
            "loaded": loaded,
            "libraries": _libraries(loaded),
            "site": site,
            "told": {name: getattr(told, name) for name in Published.__slots__},
        }
        keep_file(beside(target) / STANDING, json.dumps(kept).encode())
    except (OSError, EnvironmentFailed):
        return


def _ask(look: _Look, asked: Asked) -> None:
    """All that a site is made of, but for its history."""
    look.say("asked", asked.content.absolute(), asked.output.absolute(), asked.words)
    look.say("python", sys.version, sys.executable, *sys.path)
    for name, value in os.environ.items():
        if name in _NAMES or _MATTERS.match(name):
            look.say("environment", name, value)
    mask = os.umask(0o077)
    os.umask(mask)
    look.say("umask", mask)
    look.tree(asked.content.resolve(), _GIT, is_plain=True)
    look.tree(_HERE, _CACHED)
    if not (_HERE / "themes").is_dir():
        look.tree(_HERE.parent / "themes", _CACHED)
    for folder in filter(Path.is_dir, map(Path, sys.path)):
        for path in folder.iterdir():
            if path.suffix in (".dist-info", ".egg-info"):
                look.file(path)
    if asked.has_pdf:
        look.file("/etc/ld.so.cache")
        for folder in (*map(Path, _FONTS), *_own(_OWN_FONTS)):
            look.tree(folder)


def _git(look: _Look, content: Path) -> None:
    """What git knows of the content; nothing of its objects, which never change."""
    top = next((path for path in content.parents if os.path.lexists(path / ".git")), None)
    if os.path.lexists(content / ".git"):
        top = content
    if top is None:
        return
    folder = top / ".git"
    look.say("repository", folder)
    if folder.is_file():  # of a worktree, or a submodule
        look.file(folder)
        folder = top / folder.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
    common = folder / "commondir"
    whole = folder / common.read_text(encoding="utf-8").strip() if common.is_file() else folder
    for one in {folder, whole}:
        for name in ("HEAD", "packed-refs", "shallow", "config", "config.worktree"):
            look.file(one / name)
        for name in ("refs", "reftable", "info", "objects/info"):
            look.tree(one / name)
    look.file(top / ".mailmap")
    look.file("/etc/gitconfig")
    for path in _own(_OWN_GIT):
        look.tree(path)


def _own(names: Iterable[str]) -> list[Path]:
    """Files of whoever runs this; none where there is no home, as in a container."""
    try:
        return [Path.home() / name for name in names]
    except RuntimeError:
        return []


def _loaded() -> list[str] | None:
    """The libraries that this process has loaded by now; None where the system does not say."""
    try:
        maps = Path("/proc/self/maps").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    found = {line[line.index("/") :] for line in maps.splitlines() if ".so" in line and "/" in line}
    if not all(Path(path).exists() for path in found):  # replaced meanwhile
        return None
    return sorted(found)


def _libraries(paths: Iterable[str]) -> str:
    look = _Look()
    for path in paths:
        look.file(path)
    return look.digest()
