"""佐证材料 over the reports of a year: what one of them keeps internal no other may publish.

Which file is meant is told by its name, however it is written, and by what lies there: one
file under two names, and a copy, are the same material.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from posixpath import normpath

from builder.content.names import folded_path
from builder.diagnostics import Diagnostics, Span, catalogue
from builder.scoring import Document


@dataclass(frozen=True, slots=True)
class Filed:
    """A file as it lies there: equal keys are one file, equal digests (of equal sizes) copies."""

    key: object
    size: int
    digest: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Listing:
    """One place that names a file of a year's folder; `is_marked` as internal, or withheld with
    its report.

    `filed` is None where no such file lies there, or nobody has looked yet.
    """

    folder: str
    name: str
    file: str
    at: Span
    is_marked: bool
    is_withheld: bool
    filed: Filed | None = None

    @property
    def is_internal(self) -> bool:
        """Whether it is not for the public."""
        return self.is_marked or self.is_withheld


def meant(path: Path) -> Path:
    """The file that a path means: the one of that name, else the only one that reads the same."""
    if path.exists() or path.is_symlink() or not path.parent.name:
        return path
    folder = meant(path.parent)
    wanted = folded_path(path.name)
    alike = (
        [p for p in folder.iterdir() if folded_path(p.name) == wanted] if folder.is_dir() else []
    )
    return alike[0] if len(alike) == 1 else folder / path.name


def on_disk(folder: Path, file: str) -> Filed | None:
    """What lies in a year's folder under a name, through links; None where there is no file."""
    try:
        path = meant(folder / file)
        status = path.stat()
        if not path.is_file():
            return None
    except (OSError, ValueError):
        return None

    @cache
    def digest() -> object:
        try:
            with path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").digest()
        except OSError:
            return path  # like no other: that it cannot be read is told elsewhere

    return Filed((status.st_dev, status.st_ino), status.st_size, digest)


def listings(document: Document) -> Iterator[Listing]:
    """The files that a report names."""
    is_withheld = not document.report.is_public
    for position, item in enumerate(document.report.evidence):
        at = document.at("佐证材料", position, "文件")
        yield Listing(document.folder, item.name, item.file, at, item.internal, is_withheld)


def looked_at(found: Iterable[Listing], look: Callable[[str], Filed | None]) -> tuple[Listing, ...]:
    """Listings with their files; `look` finds one by the name written there."""
    return tuple(replace(listing, filed=look(listing.file)) for listing in found)


class Materials:
    """What the reports met so far publish, and what they keep."""

    def __init__(self) -> None:
        self._internal: list[Listing] = []
        self._public: list[Listing] = []

    def take(self, found: Iterable[Listing]) -> None:
        """Take note of the files of a report, which have been `looked_at`."""
        for listing in found:
            (self._internal if listing.is_internal else self._public).append(listing)

    def exposed(self) -> Mapping[Listing, Listing]:
        """Each place that would publish what is internal, with one that keeps it."""
        return self._met(self._public, self._internal)

    def tell(self, diagnostics: Diagnostics) -> None:
        """Report both places of everything that is exposed."""
        sides = (
            (self.exposed(), "在这里是内部材料"),
            (self._met(self._internal, self._public), "在这里随网站公开"),
        )
        for found, words in sides:
            for one, other in found.items():
                diagnostics.report(
                    catalogue.INTERNAL_AND_PUBLIC, one.at, related={other.at: words}, path=one.file
                )

    def _met(self, these: Iterable[Listing], those: Iterable[Listing]) -> Mapping[Listing, Listing]:
        """For each of these that is also among those, the first one there."""
        sizes = [
            {(one.folder, one.filed.size) for one in side if one.filed} for side in (these, those)
        ]
        alike = sizes[0] & sizes[1]  # no other is read: an internal file may be of any size
        firsts: dict[object, Listing] = {}
        for listing in those:
            for key in _keys(listing, alike):
                firsts.setdefault(key, listing)
        found = {}
        for listing in these:
            same = next((firsts[key] for key in _keys(listing, alike) if key in firsts), None)
            if same:
                found[listing] = same
        return found


def _keys(listing: Listing, alike: Set[tuple[str, int]]) -> Iterator[object]:
    """What two listings of one material have in common, one of these at least.

    Contents are compared only among files `alike` in folder and size.
    """
    path = normpath(listing.file.replace("\\", "/"))
    yield listing.folder, unicodedata.normalize("NFC", path).casefold()
    if filed := listing.filed:
        yield listing.folder, "file", filed.key
        if filed.size and (listing.folder, filed.size) in alike:
            yield listing.folder, "content", filed.size, filed.digest()
