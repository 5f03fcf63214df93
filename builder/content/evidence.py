"""佐证材料 that are published: the files themselves, if each of them may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path, PurePosixPath

from builder.content import addresses, kinds, materials
from builder.content.folder import Entry
from builder.diagnostics import Diagnostics, Rule, catalogue

OUTSIDE = "不在本年度的文件夹里，或是链接"
MEGABYTE = 1024 * 1024


def evidence(
    entry: Entry, listed: Iterable[materials.Listing], diagnostics: Diagnostics
) -> Mapping[str, bytes]:
    """The public 佐证材料 among those that a report lists: bytes by site path.

    A file must lie in the report's own year folder, through no link, be of a kind that may be
    published and be what its name says; otherwise, or when it cannot be read, it is reported.
    What the report also lists as internal is left out (told by `Materials`).
    """
    own, found = materials.Materials(), tuple(listed)
    if not found:
        return {}
    root = entry.path.parent.resolve()
    own.take(materials.looked_at(found, partial(materials.on_disk, root)))
    internal = {public.at for public in own.exposed()}
    copies: dict[str, bytes] = {}
    for item in found:
        at = item.at
        if item.is_marked or at in internal:
            continue
        content, (rule, problem) = b"", unfit_name(item.file)
        if not problem:
            content, (rule, problem) = _content(root, item.file)
        if not problem:
            rule, problem = catalogue.DISGUISED, kinds.unfit_content(item.file, content)
        if problem:
            diagnostics.report(rule, at, name=item.name, path=item.file, problem=problem)
            continue
        if not content:
            diagnostics.report(catalogue.EMPTY_EVIDENCE, at, name=item.name, path=item.file)
        copies[addresses.evidence_file(int(entry.folder), entry.stem, item.file)] = content
    return copies


def unfit_name(file: str) -> tuple[Rule, str]:
    """What its name alone says against publishing a file: the rule and the problem ("": none)."""
    path = PurePosixPath(file)
    if path.is_absolute() or ".." in path.parts:
        return catalogue.NO_EVIDENCE_FILE, OUTSIDE
    name = path.name.lower()
    if ".yaml" in name or ".yml" in name:
        return catalogue.NO_EVIDENCE_FILE, "是填报的源文件，其中有不公开的内容"
    return catalogue.UNFIT_KIND, kinds.unfit_name(file)


def unfit_size(size: int) -> tuple[Rule, str]:
    """The same for its size, in bytes."""
    is_large = size > kinds.LIMIT
    told = f"有 {size / MEGABYTE:.1f} MB，超过 {kinds.LIMIT // MEGABYTE} MB" if is_large else ""
    return catalogue.UNFIT_KIND, told


def _content(root: Path, file: str) -> tuple[bytes, tuple[Rule, str]]:
    """The bytes of a file below `root`, or why there are none."""
    path = materials.meant(root / file)
    try:
        if path.resolve() != path or not path.is_relative_to(root) or path == root:
            problem = OUTSIDE
        elif not path.is_file():
            problem = "不存在"
        elif (unfit := unfit_size(path.stat().st_size))[1]:
            return b"", unfit
        else:
            content = path.read_bytes()
            problem = "只是 Git LFS 的指针，文件本身没有取来" if _is_pointer(content) else ""
            return content, (catalogue.NO_EVIDENCE_FILE, problem)
    except (OSError, RuntimeError, ValueError):  # a loop of links, in older Pythons
        problem = "打不开"
    return b"", (catalogue.NO_EVIDENCE_FILE, problem)


def _is_pointer(content: bytes) -> bool:
    """Whether a file is what git keeps of a large one, where Git LFS was not at work."""
    return content.startswith(b"version https://git-lfs.github.com/spec/")
