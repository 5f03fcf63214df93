"""The revisions of a report as its page tells them: when, what changed, the score before and
after.

Nothing is told that the page of today does not show: of texts only that they changed, of
figures the old and the new one, names only where they stand in the report as it is now
(`retelling`). A version that was withheld, or cannot be read, is passed over. Those made after
the report had been public are told as `corrections`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path, PurePosixPath

from builder import content, source
from builder.content import Entry, Settings
from builder.diagnostics import Diagnostics
from builder.model import Site
from builder.review.corrections import Kind, Publicity, kind_of
from builder.review.edition import Reading
from builder.review.figures import Shift
from builder.review.history import Commit, Repository, Step, repository
from builder.review.paths import is_read, is_rule
from builder.review.retelling import retold
from builder.scoring import Document
from builder.source import MAX_BYTES

MOST_COMMITS = 10_000  # of the log
MOST = 50  # versions of one report
TOGETHER = 100  # texts fetched at once: to start git costs as much as to understand two reports


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision: its day, what changed in words, the 总分 before and after (None: none).

    `author` is "" unless the site asks for names. `kind` says whether it is a correction, `shifts`
    what it did to 总分, 评分等级 and 复核总分 where both versions have them.
    """

    day: date
    author: str
    words: tuple[str, ...]
    before: Decimal | None
    after: Decimal | None
    kind: Kind = ""
    shifts: tuple[Shift, ...] = ()


Rules = Mapping[str, str]
"""The files that decide how reports are scored, with the ids of their contents."""


@dataclass(frozen=True, slots=True)
class _Version:
    """A report's file after commit number `index` (0 is the newest), or since an older one."""

    index: int
    path: str
    blob: str


class Chronicle:
    """The versions of every report from one pass over the log; they are read when asked for."""

    def __init__(self, repository_: Repository, folder: Path, site: Site) -> None:
        """`folder` is the content folder; `site` says what of a version may be told."""
        self._repository = repository_
        self._folder = folder
        self._site = site
        self._is_whole = not repository_.is_shallow
        self._commits: list[tuple[date, str]] = []
        self._versions: dict[str, list[_Version]] = {}  # by path today, the newest first
        self._rules: list[tuple[int, Rules]] = []  # since which commit they were in force
        self._settings: dict[frozenset[tuple[str, str]], Settings] = {}
        self._fetched: Mapping[str, bytes] = {}
        self._asked: set[str] = set()  # for these; those too large are not among the fetched
        commits = list(repository_.log(MOST_COMMITS))
        if commits:
            self._walk(commits, has_authors=site.has_authors)
        self._paths = sorted(self._versions)

    @property
    def is_whole(self) -> bool:
        """Whether the history goes back to its beginning; else revisions may be missing."""
        return self._is_whole

    def of(self, document: Document) -> tuple[Revision, ...]:
        """The revisions of a report as the site shows it today, the newest first."""
        path = f"{document.folder}/{document.stem}.yaml"
        versions = self._moments(path)
        texts = self._fetch(path, {version.blob for version in versions})
        found: list[Revision] = []
        before: tuple[Reading, int] | None = None
        publicity = Publicity()
        for version in reversed(versions):
            reading = self._read(version, texts.get(version.blob, b""))
            if reading is None or reading.document is None:
                continue
            if not reading.document.report.is_public:
                continue
            if before:
                is_public = self._is_public(publicity, *before, version.index)
                found += self._revision(before[0], reading, version.index, document, is_public)
            elif len(versions) < MOST and self._is_whole:  # else there may have been others before
                day, author = self._commits[version.index]
                total = reading.document.card.total
                found.append(Revision(day, author, ("首次收录",), None, total))
            before = reading, version.index
        return tuple(reversed(found))

    def made_of(self, path: str) -> bytes:
        """All of the log that the revisions of a report are made of, beside the report itself."""
        moments = (
            (
                one.path,
                one.blob,
                *self._commits[one.index],
                sorted(self._rules_at(one.index).items()),
            )
            for one in self._moments(path)
        )
        return repr((self._is_whole, len(self._versions.get(path, ())), *moments)).encode()

    def _is_public(self, publicity: Publicity, before: Reading, since: int, until: int) -> bool:
        """Whether a report was public before commit number `until`; `before` is what it was since
        number `since`."""
        assert before.document
        site = self._settings_at(since).site
        return publicity.until(self._commits[until][0], before.document.report, site)

    def _revision(
        self, before: Reading, after: Reading, index: int, today: Document, is_public: bool
    ) -> Iterator[Revision]:
        """What commit number `index` made of a report; nothing where no reader can see it."""
        assert before.document
        assert after.document
        told = retold(before, after, today)
        if told.words:
            day, author = self._commits[index]
            kind = kind_of(is_public=is_public, is_step=told.is_step, has_figures=told.has_figures)
            totals = before.document.card.total, after.document.card.total
            yield Revision(day, author, told.words, *totals, kind, told.shifts)

    def _walk(self, commits: Sequence[Commit], *, has_authors: bool) -> None:
        """Follow every report of today back through the log, and the rules along with it."""
        blobs = self._repository.blobs(commits[0].id)
        rules = {path: blob.id for path, blob in blobs.items() if _is_rule(path)}
        today = {path: path for path in blobs if is_read(path) and not _is_rule(path)}
        self._rules.append((0, dict(rules)))
        for index, commit in enumerate(commits):
            self._commits.append((commit.day, commit.author if has_authors else ""))
            _undo(rules, commit.steps)
            if rules != self._rules[-1][1]:
                self._rules.append((index + 1, dict(rules)))
            older: dict[str, str] = {}
            for step in commit.steps:
                if step.path is None or step.new is None or step.path not in today:
                    continue
                key = today.pop(step.path)
                versions = self._versions.setdefault(key, [])
                if len(versions) < MOST:
                    versions.append(_Version(index, step.path, step.new))
                if step.old_path:
                    older[step.old_path] = key
            today |= older

    def _moments(self, path: str) -> list[_Version]:
        """What a report was after each commit that touched it or the rules, the newest first."""
        own = self._versions.get(path, [])
        if not own:
            return []
        changes = [since - 1 for since, _ in self._rules[1:]]
        indexes = {version.index for version in own}
        indexes.update(index for index in changes if index < own[-1].index)
        moments = []
        for index in sorted(indexes)[:MOST]:
            in_force = next(version for version in own if version.index >= index)
            moments.append(_Version(index, in_force.path, in_force.blob))
        return moments

    def _read(self, version: _Version, text: bytes) -> Reading | None:
        nobody = Diagnostics()
        path = PurePosixPath(version.path)
        entry = Entry(self._folder / path, version.path, path.parent.name, path.stem)
        found = source.from_bytes(text, version.path, content.report_labels(), nobody)
        document = content.understand(found, entry, self._settings_at(version.index), nobody)
        if document is None:
            return None
        document = content.disclosed(document, self._site)  # as the site of today would
        evidence = {item.file: "" for item in document.report.evidence}
        return Reading(version.path, entry, found, document, (), evidence)

    def _fetch(self, path: str, wanted: set[str]) -> Mapping[str, bytes]:
        """The texts that are `wanted` for a report, and those of its neighbours, who are next."""
        if not wanted <= self._asked:
            self._asked = wanted
            for neighbour in islice(self._paths, bisect_right(self._paths, path), None):
                if len(self._asked) >= TOGETHER:
                    break
                self._asked = self._asked | {v.blob for v in self._moments(neighbour)}
            self._fetched = self._texts(self._asked)
        return self._fetched

    def _texts(self, blobs: Iterable[str]) -> Mapping[str, bytes]:
        return self._repository.contents(blobs, most=MAX_BYTES)

    def _settings_at(self, index: int) -> Settings:
        """The settings after a commit."""
        rules = self._rules_at(index)
        key = frozenset(rules.items())
        if key not in self._settings:
            self._settings[key] = self._understood(rules)
        return self._settings[key]

    def _rules_at(self, index: int) -> Rules:
        return self._rules[bisect_right([since for since, _ in self._rules], index) - 1][1]

    def _understood(self, rules: Rules) -> Settings:
        nobody, texts = Diagnostics(), self._texts(rules.values())
        own = {
            path: source.from_bytes(texts[blob], path, content.RULE_LABELS, nobody)
            for path, blob in sorted(rules.items())
            if path != content.SITE and blob in texts
        }
        site = None
        if content.SITE in rules:
            text = texts.get(rules[content.SITE], b"")
            site = source.from_bytes(text, content.SITE, content.LABELS, nobody)
        return content.understand_settings(site, own, nobody)


def open_chronicle(folder: Path, site: Site) -> Chronicle | None:
    """The history of a content folder; None where the site does not ask for it.

    Raises RevisionError where there is no repository, GitError where git is missing.
    """
    if not site.has_revisions:
        return None
    return Chronicle(repository(folder), folder, site)


def _is_rule(path: str) -> bool:
    return path == content.SITE or is_rule(path)


def _undo(rules: dict[str, str], steps: Sequence[Step]) -> None:
    for step in steps:
        if step.path:
            rules.pop(step.path, None)
    for step in steps:
        if step.old_path and step.old and _is_rule(step.old_path):
            rules[step.old_path] = step.old
