"""The content at one moment, on disk or in git: its files, and what each of them means.

The same reading, decoding, scoring and checking as in a build, over bytes in memory: an
old revision never touches the disk.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path, PurePosixPath
from posixpath import normpath

from builder import content, source
from builder.checks import check
from builder.content import Entry, Filed, Settings
from builder.diagnostics import Diagnostic, Diagnostics, Span, catalogue
from builder.model import Report
from builder.review.history import Repository
from builder.scoring import LABELS as PROFILE_LABELS
from builder.scoring import Document, understand_profiles
from builder.source import MAX_BYTES, Source, Spans


@dataclass(frozen=True, slots=True)
class File:
    """One file. Equal contents have equal ids; `content` is there for YAML files we read."""

    id: str
    size: int
    is_regular: bool = True
    content: bytes | None = None


Files = Mapping[str, File]
"""Files by their paths relative to the content folder, with forward slashes."""


def in_revision(repository: Repository, revision: str) -> Files:
    """The files of the content folder in a revision."""
    blobs = repository.blobs(revision)
    wanted = {
        path: blob.id
        for path, blob in blobs.items()
        if blob.is_regular and blob.size <= MAX_BYTES and is_read(path)
    }
    contents = repository.contents(wanted.values())
    return {
        path: File(b.id, b.size, b.is_regular, contents[b.id] if path in wanted else None)
        for path, b in blobs.items()
    }


def on_disk(folder: Path, digest: str = "sha1") -> Files:
    """The files of the content folder as they are; ids as git makes them, by `digest`.

    Outside of the years' folders, which hold 佐证材料, and of themes, only what lies at the top
    of a folder.
    """
    found: dict[str, File] = {}
    for parent, folders, names in os.walk(folder):
        below = Path(parent).relative_to(folder).parts
        links = [name for name in folders if Path(parent, name).is_symlink()]
        is_deep = not below or _is_told_by_id(below[0])
        folders[:] = sorted(set(folders) - {".git"}) if is_deep else []
        for name in (*names, *links):
            path = Path(parent, name)
            shown = os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "replace")
            found[shown] = _file(path, shown, digest)
    return found


def of_bytes(contents: Mapping[str, bytes]) -> Files:
    """Files given by their contents."""
    return {
        path: File(_id(io.BytesIO(data), len(data), "sha1"), len(data), content=data)
        for path, data in contents.items()
    }


def _file(path: Path, shown: str, digest: str) -> File:
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            target = os.fsencode(path.readlink())
            name = _id(io.BytesIO(target), len(target), digest)
            return File(name, len(target), is_regular=False)
        if not stat.S_ISREG(status.st_mode):
            return File("", 0, is_regular=False)
        if not _is_told_by_id(shown.partition("/")[0]) and not is_read(shown):
            return File("", status.st_size)
        with path.open("rb") as stream:
            if not is_read(shown) or status.st_size > MAX_BYTES:
                return File(_id(stream, status.st_size, digest), status.st_size)
            data = stream.read()
    except OSError:
        return File("", 0)
    return File(_id(io.BytesIO(data), len(data), digest), len(data), content=data)


def _is_told_by_id(folder: str) -> bool:
    """Whether files below that folder decide what is published, though we do not read them."""
    return folder == content.THEMES or content.YEAR.fullmatch(folder) is not None


def _id(stream: io.BufferedReader | io.BytesIO, size: int, digest: str) -> str:
    """The name that git gives to a content; nothing here depends on its strength."""
    header = hashlib.new(digest, b"blob %d\0" % size, usedforsecurity=False)
    return hashlib.file_digest(stream, lambda: header).hexdigest()


def is_read(path: str) -> bool:
    """Whether a file is one whose content we read: settings, profiles, reports."""
    folder, _, name = path.rpartition("/")
    is_ours = folder == "profiles" or content.YEAR.fullmatch(folder) is not None
    return path == content.SITE or (is_ours and name.endswith(".yaml"))


@dataclass(frozen=True, slots=True)
class Reading:
    """One report's file as far as it could be understood, and what was found in it.

    `document` is None where it could not. `evidence` holds the ids of the files that the
    佐证材料 name, by the name written there; "" for one that is not there.
    """

    path: str
    entry: Entry
    source: Source
    document: Document | None
    found: tuple[Diagnostic, ...]
    evidence: Mapping[str, str]

    @property
    def folder(self) -> str:
        """The year's folder that it lies in."""
        return self.entry.folder

    @property
    def code(self) -> str:
        """项目编码, "" where none is written."""
        return self._written("code")

    @property
    def name(self) -> str:
        """项目名称, "" where none is written."""
        return self._written("name")

    @property
    def unit(self) -> str:
        """实施单位, "" where none is written."""
        return self._written("unit")

    def _written(self, field: str) -> str:
        """A field as it is written: reports that do not fit have an identity, too."""
        value = self.source.value
        text = value.get(Report.label(field)) if isinstance(value, dict) else None
        return text.strip() if isinstance(text, str) else ""


class Edition:
    """The content at one moment: its settings, its reports, and what is wrong with the rest."""

    def __init__(self, name: str, folder: Path, files: Files) -> None:
        """`name` is what a reader calls it; `folder` is where the content belongs on disk."""
        self.name = name
        self.files = files
        self._folder = folder
        self._found = Diagnostics()
        self.settings = self._settings()
        for path, file in sorted(files.items()):
            if not file.is_regular and (path == "profiles" or content.YEAR.fullmatch(path)):
                at = Span(content.shown(folder / path, folder))
                self._found.report(catalogue.NOT_A_FILE, at)
        entries = content.sort_out(self._listing(), folder, (), self._found)
        self.entries: Mapping[str, Entry] = {
            f"{entry.folder}/{entry.path.name}": entry for entry in entries
        }

    @property
    def found(self) -> tuple[Diagnostic, ...]:
        """What is wrong with settings, profiles and the places of files."""
        return tuple(self._found)

    def has_rules_of(self, other: Edition) -> bool:
        """Whether reports are read, scored and checked alike in both."""
        mine, theirs = self.settings, other.settings
        return (
            mine.profiles == theirs.profiles
            and mine.site.profile == theirs.site.profile
            and mine.site.review_required == theirs.site.review_required
        )

    @cached_property
    def material(self) -> Mapping[str, Mapping[str, str]]:
        """The ids of the files that are not ours to read, by the folder at the top."""
        found: dict[str, dict[str, str]] = {}
        for path, file in self.files.items():
            if path not in self.entries:
                found.setdefault(path.partition("/")[0], {})[path] = file.id
        return found

    @property
    def themes(self) -> Mapping[str, str]:
        """The ids of all files of the site's own themes: what they hold is published as it is."""
        return self.material.get(content.THEMES, {})

    def understand(self, path: str) -> Document | None:
        """The report in a file, not checked; None where it cannot be understood."""
        entry, nobody = self.entries[path], Diagnostics()
        found = self._source(path, content.report_labels(), nobody)
        return content.understand(found, entry, self.settings, nobody)

    def read(self, path: str) -> Reading:
        """One report, with everything found in it."""
        entry, diagnostics = self.entries[path], Diagnostics()
        found = self._source(path, content.report_labels(), diagnostics)
        document = content.understand(found, entry, self.settings, diagnostics)
        if document is None:
            return Reading(path, entry, found, None, tuple(diagnostics), {})
        check(document, diagnostics, review_required=self.settings.site.review_required)
        evidence = self._evidence(document, diagnostics)
        return Reading(path, entry, found, document, tuple(diagnostics), evidence)

    def _settings(self) -> Settings:
        own = {
            PurePosixPath(path).stem: self._source(path, PROFILE_LABELS, self._found)
            for path in sorted(self.files)
            if path.startswith("profiles/") and is_read(path)
        }
        profiles = understand_profiles(own, self._found)
        site = None
        if content.SITE in self.files:
            site = self._source(content.SITE, content.LABELS, self._found)
        return content.understand_settings(site, profiles, self._found)

    def _listing(self) -> Mapping[str, list[str] | None]:
        """What is in each folder at the top, and None for each file there."""
        listing: dict[str, list[str] | None] = {}
        for path in self.files:
            top, _, below = path.partition("/")
            if not below:
                listing[top] = None
            elif "/" not in below:
                names = listing.setdefault(top, [])
                if names is not None:
                    names.append(below)
        return listing

    def _source(self, path: str, labels: frozenset[str], diagnostics: Diagnostics) -> Source:
        file, name = self.files[path], content.shown(self._folder / path, self._folder)
        if file.content is not None:
            return source.from_bytes(file.content, name, labels, diagnostics)
        if not file.is_regular:
            diagnostics.report(catalogue.NOT_A_FILE, Span(name))
        elif file.size > MAX_BYTES:
            diagnostics.report(catalogue.TOO_LARGE, Span(name), size=file.size)
        else:
            diagnostics.report(catalogue.UNREADABLE, Span(name), problem="没有权限，或磁盘有错")
        return Source(name, "", None, Spans(name))

    def _evidence(self, document: Document, diagnostics: Diagnostics) -> Mapping[str, str]:
        """Which files the 佐证材料 mean; what can be told without reading them is reported
        as in a build."""
        ids: dict[str, str] = {}
        for position, item in enumerate(document.report.evidence):
            path = PurePosixPath(document.folder, item.file)
            file = None if ".." in path.parts else self.files.get(path.as_posix())
            ids[item.file] = file.id if file and file.is_regular else ""
            if item.internal:
                continue
            rule, problem = content.unfit_name(item.file)
            if not problem and not ids[item.file]:
                rule = catalogue.NO_EVIDENCE_FILE
                problem = "不在本年度的文件夹里，或是链接" if file else "不存在"
            if not problem and file:
                rule, problem = content.unfit_size(file.size)
            if problem:
                at = document.at("佐证材料", position, "文件")
                diagnostics.report(rule, at, name=item.name, path=item.file, problem=problem)
        materials = content.Materials()
        materials.meet(document, partial(self._filed, document.folder))
        materials.tell(diagnostics)
        return ids

    def _filed(self, folder: str, name: str) -> Filed | None:
        """A file of a year's folder; what has equal contents has one id."""
        file = self.files.get(normpath(f"{folder}/{name}"))
        return Filed(file.id, file.size, lambda: file.id) if file and file.id else None
