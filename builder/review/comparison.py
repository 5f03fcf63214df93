"""Two editions of the content compared: which projects an edit touches, what it does to them,
and what it does to the figures of the year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from builder.checks import Member, across
from builder.content import (
    Summary,
    disclosed,
    grouped,
    in_order,
    pair_reports,
    summarize,
)
from builder.diagnostics import Diagnostic, Diagnostics
from builder.review.changes import Change, ReportChange
from builder.review.changes import compare as compare_reports
from builder.review.counting import Counting, Tally
from builder.review.edition import Edition, Reading
from builder.review.figures import Shift
from builder.review.leftout import LeftOut
from builder.review.naming import Place
from builder.review.problems import Found, difference, errors, told_apart
from builder.review.settings import differences
from builder.scoring import Document

UNREAD = "读不出来、没有计入的"


@dataclass(frozen=True, slots=True)
class Project:
    """One project whose file, figures or problems differ; a side is None where it has no file."""

    before: Reading | None
    after: Reading | None
    change: ReportChange
    new: Found
    solved: Found
    follows: bool = False
    """Whether only the rules have changed: nobody edited this report."""
    caused: Found = ()
    """Those of its new and solved problems that come from other rules, not from an edit of it."""

    @property
    def reading(self) -> Reading:
        """What there is of it now, or was; as far as it may be told."""
        sides = [side for side in (self.after, self.before) if side]
        return next((side for side in sides if not side.is_kept_back), sides[0])

    @property
    def is_edited(self) -> bool:
        """Whether more differs than the way the file is written."""
        if not (self.before and self.after):
            return True
        if self.change or self.new or self.solved or self.before.path != self.after.path:
            return True
        is_told = self.before.whole and self.after.whole
        return not is_told and self.before.source.text != self.after.source.text


@dataclass(frozen=True, slots=True)
class Year:
    """A year that the change touches: its figures, and those of the departments that differ."""

    year: str
    total: Tally
    departments: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """What an edit does to the content.

    `settings` are differences of site.yaml, scoring profiles, themes and 前言; `new` and `solved`
    are problems outside of reports. `same` counts the reports that nothing happened to.
    """

    base: str
    head: str
    projects: tuple[Project, ...]
    settings: tuple[Change, ...]
    years: tuple[Year, ...]
    new: Found
    solved: Found
    same: int
    left_out: LeftOut = field(default_factory=LeftOut)

    @property
    def errors(self) -> int:
        """How many errors the edit brings, that is, what would forbid publishing."""
        told = errors(self.new) + sum(errors(project.new) for project in self.projects)
        return told + self.left_out.errors

    @property
    def fails(self) -> bool:
        """Whether the edit brings an error."""
        return self.errors > 0


def compare(before: Edition, after: Edition, renames: Mapping[str, str]) -> Review:
    """Compare two editions; `renames` holds new paths by old ones, as far as git knows."""
    is_alike = before.has_rules_of(after)
    lasting = {path for path in before.entries if path in after.entries}
    lasting = {path for path in lasting if before.files[path].id == after.files[path].id}
    suspects = lasting if not is_alike else {p for p in lasting if _may_differ(p, before, after)}
    olds = [before.read(path) for path in before.entries if path not in lasting]
    news = [after.read(path) for path in after.entries if path not in lasting]
    pairs = pair_reports(olds, news, renames)
    projects = [_project(old, new) for old, new in pairs]
    steady = (_project(before.read(path), after.read(path)) for path in sorted(suspects))
    projects += [project for project in steady if project.is_edited]
    if not is_alike:
        projects = [_with_causes(project, before, after) for project in projects]
    projects.sort(key=lambda project: (project.reading.path, project.after is None))
    known: dict[_Key, _Counted] = {}
    years = tuple(_years(before, after, projects, known))
    sides = ((before, True), (after, is_alike))
    _meet_other_years(sides, projects, known)
    new, solved = difference(
        *(_located(edition) + _between_reports(edition, known, is_old) for edition, is_old in sides)
    )
    return Review(
        base=before.name,
        head=after.name,
        projects=tuple(projects),
        settings=tuple(differences(before, after)),
        years=years,
        new=new,
        solved=solved,
        same=len(after.entries) - sum(project.after is not None for project in projects),
    )


def _may_differ(path: str, before: Edition, after: Edition) -> bool:
    """Whether a report may have other problems because a file of its 佐证材料 is another one."""
    folder = path.partition("/")[0]
    return before.material.get(folder) != after.material.get(folder)


def _project(old: Reading | None, new: Reading | None) -> Project:
    change = compare_reports(old, new)
    return Project(old, new, change, *told_apart(old, new, change.indicators))


def _with_causes(project: Project, before: Edition, after: Edition) -> Project:
    """What the new rules do by themselves: the old report is read under them, too."""
    old, new, change = project.before, project.after, project.change
    if not (old and old.document and new and new.document):
        return project
    between = before.read(old.path, after.settings)
    own, _ = told_apart(between, new, change.indicators)
    _, lifted = told_apart(old, between)
    caused = tuple(one for one in project.new if one not in own)
    caused += tuple(one for one in project.solved if one in lifted)
    follows = old.path == new.path and not change.has_edits and project.is_edited
    return replace(project, follows=follows, caused=caused)


def _located(edition: Edition) -> list[tuple[Place, Diagnostic]]:
    """What is wrong outside of reports; a file and a message say what it is about."""
    return [((found.span.file, found.message), found) for found in edition.found]


def _between_reports(
    edition: Edition, known: Mapping[_Key, _Counted], is_old: bool
) -> list[tuple[Place, Diagnostic]]:
    """What is wrong between public reports of the years that were looked at; whatever their files
    are called, a message says what it is about."""
    keys = (_key(edition, is_old, path) for path in edition.entries)
    counted = (known[key].member for key in keys if key in known)
    found = Diagnostics()
    across((member for member in counted if member), found)
    return [((one.message,), one) for one in found]


def _years(
    before: Edition, after: Edition, projects: Iterable[Project], known: dict[_Key, _Counted]
) -> Iterator[Year]:
    """The years that the projects belong to, with their figures on both sides; `known` learns
    of all their reports."""
    years = set()
    is_alike = before.has_rules_of(after)
    sides = ((before, True), (after, is_alike))
    for project in projects:
        readings = (project.before, project.after)
        for (edition, is_old), reading in zip(sides, readings, strict=True):
            if reading:
                years.add(reading.entry.folder)
                key = _key(edition, is_old, reading.path)
                known[key] = _counted(reading.whole, edition)
    for year in sorted(years):
        yield _year(year, before, after, known, is_alike=is_alike)


def _meet_other_years(
    sides: Sequence[tuple[Edition, bool]], projects: Iterable[Project], known: dict[_Key, _Counted]
) -> None:
    """Let `known` learn of the projects' other years, too, as far as files of one name tell: what
    an edit of a year says of the next one is told."""
    readings = (side for project in projects for side in (project.before, project.after) if side)
    stems = {reading.entry.stem for reading in readings}
    for edition, is_old in sides:
        for path, entry in edition.entries.items():
            key = _key(edition, is_old, path)
            if entry.stem in stems and key not in known:
                known[key] = _counted(edition.understand(path), edition)


_Key = tuple[bool, str, str]


def _key(edition: Edition, is_old: bool, path: str) -> _Key:
    """What decides on a summary: whether the old rules hold, the file, its content."""
    return is_old, path, edition.files[path].id


@dataclass(frozen=True, slots=True)
class _Counted:
    """What one report adds to the figures; nothing for a withheld or unreadable one."""

    summary: Summary | None
    member: Member | None
    is_read: bool


def _counted(document: Document | None, edition: Edition) -> _Counted:
    if document is None or not document.report.is_public:
        return _Counted(None, None, document is not None)
    site = edition.settings.site
    summary = summarize(disclosed(document, site), by_review=site.counts_review)
    return _Counted(summary, Member.of(document), is_read=True)


def _year(
    year: str, before: Edition, after: Edition, known: dict[_Key, _Counted], *, is_alike: bool
) -> Year:
    sides, unread = [], []
    for edition, is_old in ((before, True), (after, is_alike)):
        found = []
        for path, entry in edition.entries.items():
            if entry.folder == year:
                key = _key(edition, is_old, path)
                if key not in known:
                    known[key] = _counted(edition.understand(path), edition)
                found.append(known[key])
        sides.append([one.summary for one in found if one.summary])
        unread.append(sum(not one.is_read for one in found))
    count = Counting(before, after)
    old, new = (grouped(side, lambda summary: summary.department) for side in sides)
    names = in_order(list(old), list(new))
    tallies = [count.tally(name, old.get(name, ()), new.get(name, ())) for name in names]
    departments = (t for t in tallies if not all(shift.is_same for shift in t.figures))
    total = count.tally(f"{year}年度", *sides)
    if any(unread):
        # Said first: all other figures lack these, and are no news before they can be read.
        left_out = Shift(UNREAD, *map(str, unread))
        total = Tally(total.name, (left_out, *total.figures))
    return Year(year, total, tuple(departments))
