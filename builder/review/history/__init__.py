"""The git door: the only package that runs git, and it only reads.

A `Repository` answers in the words of the content: states, files, renames, the log. How git is
run stands in `history.git`.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from builder.failures import WrongUsage
from builder.review.history.git import GitError, run
from builder.review.history.values import Blob, Commit, State, Step, commit

__all__ = [
    "WORKING_TREE",
    "Blob",
    "Commit",
    "GitError",
    "Repository",
    "RevisionError",
    "State",
    "Step",
    "repository",
]

WORKING_TREE = "工作区"

_DIFF = (
    "-r", "-z", "--find-renames", "--no-ext-diff", "--no-textconv", "--no-relative",
    f"-O{os.devnull}",
)  # fmt: skip
# The folder that git wants named: the top of the repository, not the one that we stand in.
_DISTRUSTED = re.compile(r"(?:dubious ownership in|unsafe) repository (?:at )?\(?'(?P<top>.+)'")
_REGULAR = frozenset({"100644", "100755", "100664"})  # neither links nor submodules


class RevisionError(WrongUsage):
    """What the user named is not there; the text says what, in Chinese."""


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository around a content folder.

    `root` is the top of its working tree, `folder` the content folder's path below it,
    with forward slashes, "" for the root itself.
    """

    root: Path
    folder: str

    def sides(self, base: str, head: str | None = None) -> tuple[State, State]:
        """The two states that `BASE [HEAD]`, `A..B` or `A...B` (from the merge base) mean.

        Without HEAD the working tree is compared. Raises RevisionError.
        """
        for dots in ("...", ".."):
            if head is None and dots in base:
                left, _, right = base.partition(dots)
                old, new = self._state(left or "HEAD"), self._state(right or "HEAD")
                return (self._fork(old, new) if dots == "..." else old), new
        new = State(WORKING_TREE, None) if head is None else self._state(head)
        return self._state(base), new

    def blobs(self, tree: str) -> Mapping[str, Blob]:
        """The files of a revision's content folder, by path relative to it."""
        # Behind the tree all are paths to ls-tree, `--` too.
        listed = self._git(
            "ls-tree", "-r", "-l", "-z", "--full-tree", "--end-of-options", tree, *self._limit()
        )
        found = {}
        for line in _text(listed).split("\0")[:-1]:
            about, _, path = line.partition("\t")
            mode, kind, digest, size = about.split()
            inside = self._inside(path)
            if kind == "blob" and inside is not None:
                # Of what a partial clone lacks no size is known; whoever reads it is told.
                found[inside] = Blob(digest, int(size) if size.isdigit() else 0, mode in _REGULAR)
        return found

    def contents(self, ids: Iterable[str], most: int | None = None) -> Mapping[str, bytes]:
        """The contents of blobs, in one pass; without those of more than `most` bytes."""
        wanted = list(dict.fromkeys(ids))
        if most is not None and wanted:
            names = "\n".join(wanted).encode() + b"\n"
            told = self._git("cat-file", "--batch-check", data=names).splitlines()
            sizes = (line.split()[-1] for line in told)  # or `missing`
            pairs = zip(wanted, sizes, strict=True)
            wanted = [digest for digest, size in pairs if not size.isdigit() or int(size) <= most]
        if not wanted:
            return {}
        data = self._git("cat-file", "--batch", data="\n".join(wanted).encode() + b"\n")
        found, at = {}, 0
        for digest in wanted:
            end = data.index(b"\n", at)
            words = data[at:end].split()
            if words[1:2] != [b"blob"]:
                raise GitError(f"仓库里缺少对象 {digest}，请先取回完整历史")
            start, size = end + 1, int(words[2])
            found[digest] = data[start : start + size]
            at = start + size + 1
        return found

    def renames(self, base: str, head: str | None) -> Mapping[str, str]:
        """Renamed files of the content folder: new path by old path; `head` None: in the index.

        Never in the working tree: to read a file there git would run its filters.
        """
        verb, sides = ("diff-tree", [base, head]) if head else ("diff-index", [base])
        cached = () if head else ("--cached",)
        options = (*_DIFF, *cached, "--diff-filter=R", "--name-status", "--end-of-options")
        told = self._git(verb, *options, *sides, "--", *self._limit())
        words = _text(told).split("\0")
        pairs = zip(map(self._inside, words[1::3]), map(self._inside, words[2::3]), strict=True)
        return {old: new for old, new in pairs if old is not None and new is not None}

    def log(self, most: int) -> Iterator[Commit]:
        """The last `most` commits of the main line that touched the content, the newest first.

        The main line is what was in force: a merged branch counts as one step. Nothing for a
        repository without a commit.
        """
        if self._find("HEAD^{commit}") is None:
            return
        told = self._git(
            "log", "--raw", "--no-abbrev", *_DIFF, "--first-parent", "--diff-merges=first-parent",
            "--no-show-signature", f"--max-count={most}", "--format=%x01%H%x02%cs%x02%aN",
            "--end-of-options", "HEAD", "--", *self._limit(),
        )  # fmt: skip
        head, steps = "", list[Step]()
        words = iter(_text(told).split("\0"))
        for word in words:
            if word.startswith("\x01"):
                if head:
                    yield commit(head, steps)
                head, steps = word[1:], []
            elif about := word.lstrip("\n:"):
                steps.extend(self._steps(about, words))
        if head:
            yield commit(head, steps)

    def _steps(self, about: str, words: Iterator[str]) -> Iterator[Step]:
        """One raw entry, whose paths are the next one or two words."""
        old_mode, new_mode, old, new, status = about.split()
        old_path = path = self._inside(next(words))
        if status[0] == "R":
            path = self._inside(next(words))
        was = old_mode in _REGULAR and old_path is not None
        now = new_mode in _REGULAR and path is not None
        if was or now:
            yield Step(
                old_path if was else None, path if now else None,
                old if was else None, new if now else None,
            )  # fmt: skip

    def _state(self, name: str) -> State:
        found = self._find(f"{name}^{{commit}}") or self._find(f"{name}^{{tree}}")
        if found:
            return State(name[:7] if found == name else f"{name}（{found[:7]}）", found)
        if name == "HEAD":
            raise RevisionError("这个仓库还没有提交过，没有可比较的版本")
        raise RevisionError(f"没有这个版本：{name}{self._shallow_hint()}")

    def _fork(self, one: State, other: State) -> State:
        """The merge base: where the two lines of work parted."""
        assert one.id is not None
        assert other.id is not None
        found = self._try("merge-base", "--end-of-options", one.id, other.id)
        if not found:
            problem = f"{one.name} 和 {other.name} 没有共同的祖先"
            raise RevisionError(problem + self._shallow_hint())
        digest = found.decode("ascii").strip()
        names = (side.name.partition("（")[0] for side in (one, other))
        return State(f"{' 与 '.join(names)} 的分叉点（{digest[:7]}）", digest)

    @property
    def is_shallow(self) -> bool:
        """Whether the beginning of the history has been left out."""
        return (self._try("rev-parse", "--is-shallow-repository") or b"").strip() == b"true"

    def _shallow_hint(self) -> str:
        hint = "。这里是浅克隆，请先取回完整历史：git fetch --unshallow"
        return hint if self.is_shallow else ""

    def _find(self, name: str) -> str | None:
        found = self._try("rev-parse", "--verify", "--quiet", "--end-of-options", name)
        return found.decode("ascii", "replace").strip() if found else None

    def _limit(self) -> list[str]:
        return [self.folder] if self.folder else []

    def _inside(self, path: str) -> str | None:
        """A path of the repository relative to the content folder, None for one outside."""
        if not self.folder:
            return path
        below = path.removeprefix(f"{self.folder}/")
        return below if below != path else None

    def _git(self, *arguments: str, data: bytes = b"") -> bytes:
        done = run(self.root, arguments, data)
        if done.returncode:
            told = _text(done.stderr).strip().splitlines()
            raise GitError(f"git {arguments[0]} 出错：{told[-1] if told else done.returncode}")
        return done.stdout

    def _try(self, *arguments: str) -> bytes | None:
        done = run(self.root, arguments)
        return None if done.returncode else done.stdout


def repository(content: Path) -> Repository:
    """The repository that `content` lies in; the folder itself need not exist today.

    Raises RevisionError where there is none, GitError where git is missing or refuses.
    """
    try:
        folder = content.absolute().resolve()
    except RuntimeError:  # Python before 3.13; later ones take it for a folder that is not there
        raise RevisionError(f"{content} 是绕成了圈的链接") from None
    existing = next(path for path in (folder, *folder.parents) if path.is_dir())
    done = run(existing, ("rev-parse", "--show-toplevel"))
    if done.returncode:
        if found := _DISTRUSTED.search(os.fsdecode(done.stderr)):
            top = found["top"]
            raise GitError(
                f"git 不信任 {top}，因为它属于另一个用户；"
                f"确认无误后运行：git config --global --add safe.directory {shlex.quote(top)}"
            )
        raise RevisionError(f"{content} 不在 git 仓库里，没有可比较的版本")
    root = Path(os.fsdecode(done.stdout.removesuffix(b"\n"))).resolve()
    below = folder.relative_to(root).as_posix()
    return Repository(root, "" if below == "." else below)


def _text(data: bytes) -> str:
    """What git says; a name that is not UTF-8 is shown as far as it can be."""
    return data.decode("utf-8", "replace")
