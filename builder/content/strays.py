"""What lies in a year's folder and is neither read nor named: its author thinks it is published."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from posixpath import dirname, normpath

from builder.content.folder import PREFACE, Entry
from builder.content.names import folded_path, is_leftover, looks_like_report, shown
from builder.diagnostics import Diagnostics, Span, catalogue
from builder.home import YEAR
from builder.scoring import Document

MANY = 20  # files of one folder that are told one by one

_NAMED = re.compile(r"文件['\"]?\s*[:：]\s*(?:'([^'\n]+)'|\"([^\"\n]+)\"|([^\s,}#][^,}#\n]*))")
_UNNAMED = "佐证材料要列入自评表的“佐证材料”，不需要的请移出年度文件夹"


def in_years(content: Path, years: Iterable[str]) -> Iterator[str]:
    """The paths, below the content folder, of all files in the folders of `years`, or of all.

    Folders that are closed to us are passed over: `entries` has told of them.
    """
    wanted = frozenset(years)
    _, folders, _ = next(os.walk(content), ("", [], []))
    for folder in (content / name for name in sorted(folders) if YEAR.fullmatch(name)):
        if (wanted and folder.name not in wanted) or folder.is_symlink():
            continue
        for parent, below, names in os.walk(folder):
            links = [name for name in below if Path(parent, name).is_symlink()]
            for name in sorted((*names, *links)):
                yield Path(parent, name).relative_to(content).as_posix()


class Strays:
    """Files of the years' folders, fewer with every report that is met."""

    def __init__(self, paths: Iterable[str]) -> None:
        """`paths` lie below the content folder, with forward slashes."""
        self._left = {folded_path(path): path for path in paths if _is_expected(path)}
        self._named: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._left)

    def meet(self, entry: Entry, named: Iterable[str]) -> None:
        """Take note of the files that a report names."""
        self._named |= {folded_path(normpath(f"{entry.folder}/{file}")) for file in named}

    def tell(self, content: Path, diagnostics: Diagnostics) -> None:
        """Report what is left, by its name; where a folder holds many, by that."""
        folders: dict[str, list[str]] = {}
        for path in self._left.values():
            if not self._named.isdisjoint(_with_parents(folded_path(path))):
                continue
            if looks_like_report(path):
                in_year = YEAR.fullmatch(dirname(path))
                problem = "的扩展名不是 .yaml" if in_year else "在下一层文件夹里"
                _tell(content, path, diagnostics, problem=problem)
            elif path.partition("/")[2].casefold() == PREFACE:
                problem = f"不叫 {PREFACE}，不会印在年度汇编里"
                _tell(content, path, diagnostics, problem=problem, hint=f"改名为 {PREFACE}")
            else:
                folders.setdefault(dirname(path), []).append(path)
        for folder, paths in folders.items():
            if len(paths) <= MANY:
                for path in paths:
                    problem = "不是自评表，也没有列为佐证材料"
                    _tell(content, path, diagnostics, problem=problem, hint=_UNNAMED)
            else:
                problem = f"里有 {len(paths)} 个文件，不是自评表，也没有列为佐证材料"
                _tell(content, folder, diagnostics, problem=problem, hint=_UNNAMED)


def named_files(document: Document | None, text: str) -> tuple[str, ...]:
    """The files that a report names; of one that was not understood, by its `text`."""
    if document:
        return tuple(item.file for item in document.report.evidence)
    return tuple("".join(found).strip() for found in _NAMED.findall(text))


def _tell(
    content: Path, path: str, diagnostics: Diagnostics, *, problem: str, hint: str = ""
) -> None:
    at = Span(shown(content / path, content))
    name = at.file.removeprefix(f"{content.name}/").partition("/")[2]  # below its year
    diagnostics.report(catalogue.WRONG_PLACE, at, hint=hint, name=name, problem=problem)


def _is_expected(path: str) -> bool:
    """Whether a file should be named by a report: no leftover, and not told or read already."""
    parts = PurePosixPath(path).parts
    if len(parts) == 1 or not YEAR.fullmatch(parts[0]) or any(map(is_leftover, parts)):
        return False
    is_read = parts[-1] == PREFACE or PurePosixPath(path).suffix.lower() in (".yaml", ".yml")
    return len(parts) > 2 or not is_read


def _with_parents(path: str) -> Iterator[str]:
    return (f"{one}" for one in (path, *PurePosixPath(path).parents))
