"""The content at one moment, on disk or in git: its files, and what each of them means.

The same reading, decoding, scoring and checking as in a build, over bytes in memory: an
old revision never touches the disk.
"""

from __future__ import annotations

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
from builder.review.files import File, Files
from builder.review.naming import Place, named
from builder.review.paths import is_preface, is_rule
from builder.scoring import Document
from builder.source import MAX_BYTES, Source, Spans

PRIVATE = frozenset(Report.label(name) for name in ("disclosure", "declared", "internal_note"))


@dataclass(frozen=True, slots=True)
class Reading:
    """One report's file as far as it could be understood, and what was found in it.

    `document` is None where it could not be at all; it has blanks where a value is missing or
    does not fit. `evidence` holds the ids of the files that the
    佐证材料 name, by the name written there; "" for one that is not there.
    """

    path: str
    entry: Entry
    source: Source
    document: Document | None
    found: tuple[Diagnostic, ...]
    evidence: Mapping[str, str]
    is_kept_back: bool = False
    """Whether it is withheld, and what it says left out of the review."""
    approved: Document | None = None
    """Its table of targets, where there is one on the site."""
    is_review_withheld: bool = False
    """Whether its site publishes nothing of 复核."""

    @property
    def whole(self) -> Document | None:
        """The report, if it was understood everywhere: others count in no figures."""
        return self.document if self.document and self.document.is_whole else None

    @property
    def unread(self) -> tuple[Place, ...]:
        """Where it was not, by labels and names, but for places that are never published."""
        places = sorted(self.document.unread, key=str) if self.document else ()
        return tuple(
            named(location, self.source.value) for location in places if location[0] not in PRIVATE
        )

    @property
    def is_public(self) -> bool:
        """Whether it will be on the site."""
        return bool(self.document and self.document.report.is_public)

    @property
    def is_withheld(self) -> bool:
        """Whether it says that it is not for the site."""
        return self.is_kept_back or bool(self.document and not self.is_public)

    @property
    def is_withdrawn(self) -> bool:
        """Whether its address only says that it is no longer public."""
        return bool(self.document and self.document.report.is_withdrawn)

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
        self.prefaces = self._prefaces()
        for path, file in sorted(files.items()):
            if not file.is_regular and (path in content.RULES or content.YEAR.fullmatch(path)):
                at = Span(content.shown(folder / path, folder))
                self._found.report(catalogue.NOT_A_FILE, at)
        entries = content.sort_out(self._listing(), folder, (), self._found)
        self.entries: Mapping[str, Entry] = {
            f"{entry.folder}/{entry.path.name}": entry for entry in entries
        }

        self._tell_strays()

    @property
    def found(self) -> tuple[Diagnostic, ...]:
        """What is wrong with settings, profiles and the places of files."""
        return tuple(self._found)

    def has_rules_of(self, other: Edition) -> bool:
        """Whether reports are read, scored, checked and counted alike in both."""
        mine, theirs = self.settings, other.settings
        return (
            (mine.profiles, mine.layouts) == (theirs.profiles, theirs.layouts)
            and mine.site.profile == theirs.site.profile
            and mine.site.review_required == theirs.site.review_required
            and mine.site.review == theirs.site.review
        )

    @cached_property
    def material(self) -> Mapping[str, Mapping[str, str]]:
        """The ids of the files that are not ours to read, by the folder at the top."""
        found: dict[str, dict[str, str]] = {}
        for path, file in self.files.items():
            if path not in self.entries:
                found.setdefault(path.partition("/")[0], {})[path] = file.id
        return found

    def understand(self, path: str) -> Document | None:
        """The report in a file, not checked; None where it cannot be understood."""
        entry, nobody = self.entries[path], Diagnostics()
        found = self._source(path, content.report_labels(), nobody)
        return content.understand(found, entry, self.settings, nobody)

    def read(self, path: str, settings: Settings | None = None) -> Reading:
        """One report, with everything found in it; as it would be under other settings, if any."""
        entry, diagnostics, rules = self.entries[path], Diagnostics(), settings or self.settings
        found = self._source(path, content.report_labels(), diagnostics)
        document = content.make_out(found, entry, rules, diagnostics)
        if document is None:
            return Reading(path, entry, found, None, tuple(diagnostics), {})
        check(document, diagnostics, review_required=rules.site.review_required)
        evidence = self._evidence(document, diagnostics)
        approved = content.approved(document, rules) if document.is_whole else None
        return Reading(
            path, entry, found, document, tuple(diagnostics), evidence, approved=approved,
            is_review_withheld=rules.site.withholds_review,
        )  # fmt: skip

    def _prefaces(self) -> Mapping[str, str]:
        """The 前言 of each year's volume as it is printed, by file."""
        found = {}
        for path in sorted(filter(is_preface, self.files)):
            name, data = content.shown(self._folder / path, self._folder), self.files[path].content
            text = source.decoded(data, name, self._found) if data is not None else None
            found[path] = content.understand_preface(text or "", name, self._found)
        return found

    def _settings(self) -> Settings:
        site = None
        if content.SITE in self.files:
            site = self._source(content.SITE, content.LABELS, self._found)
        own = {
            path: self._source(path, content.RULE_LABELS, self._found)
            for path in sorted(self.files)
            if is_rule(path)
        }
        return content.understand_settings(site, own, self._found)

    def _tell_strays(self) -> None:
        strays = content.Strays(path for path in self.files if path not in self.entries)
        for path, entry in self.entries.items() if strays else ():
            text = (self.files[path].content or b"").decode("utf-8", "replace")
            strays.meet(entry, content.named_files(None, text))
        strays.tell(self._folder, self._found)

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

    def _like(self, path: str) -> File | None:
        """The file of that name, else the only one that reads the same; see `content.evidence`."""
        if path not in self.files:
            wanted = content.folded_path(path)
            alike = [other for other in self.files if content.folded_path(other) == wanted]
            path = alike[0] if len(alike) == 1 else path
        return self.files.get(path)

    def _evidence(self, document: Document, diagnostics: Diagnostics) -> Mapping[str, str]:
        """Which files the 佐证材料 mean; what can be told without reading them is reported
        as in a build."""
        ids: dict[str, str] = {}
        for position, item in enumerate(document.report.evidence):
            path = PurePosixPath(document.folder, item.file)
            rule, problem = content.unfit_name(item.file)
            file = None if problem else self._like(path.as_posix())
            ids[item.file] = file.id if file and file.is_regular else ""
            if item.internal:
                continue
            if not problem and not ids[item.file]:
                rule = catalogue.NO_EVIDENCE_FILE
                problem = "不在本年度的文件夹里，或是链接" if file else "不存在"
            if not problem and file:
                rule, problem = content.unfit_size(file.size)
            if problem:
                at = document.at("佐证材料", position, "文件")
                diagnostics.report(rule, at, name=item.name, path=item.file, problem=problem)
            elif file and not file.size:
                at = document.at("佐证材料", position, "文件")
                diagnostics.report(catalogue.EMPTY_EVIDENCE, at, name=item.name, path=item.file)
        materials = content.Materials()
        look = partial(self._filed, document.folder)
        materials.take(content.looked_at(content.listings(document), look))
        materials.tell(diagnostics)
        return ids

    def _filed(self, folder: str, name: str) -> Filed | None:
        """A file of a year's folder; what has equal contents has one id."""
        file = self._like(normpath(f"{folder}/{name}"))
        return Filed(file.id, file.size, lambda: file.id) if file and file.id else None
