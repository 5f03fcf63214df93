"""Two editions of the content compared: which projects an edit touches, what it does to them,
and what it does to the figures of the year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.content import (
    SITE,
    Statistics,
    Summary,
    grouped,
    in_order,
    pair_reports,
    statistics,
    summarize,
)
from builder.diagnostics import Diagnostic, Severity
from builder.model import Site
from builder.review.changes import Change, Place, ReportChange, Shift, differing, fields_of
from builder.review.changes import compare as compare_reports
from builder.review.edition import Edition, Reading
from builder.review.problems import Found, difference, told_apart
from builder.scoring import Document, Profile
from builder.text import figure, percent, wan

PROFILES = Site.label("profile")
THEME = "主题"
UNREAD = "读不出来、没有计入的"


@dataclass(frozen=True, slots=True)
class Project:
    """One project whose file, figures or problems differ; a side is None where it has no file."""

    before: Reading | None
    after: Reading | None
    change: ReportChange
    new: Found
    solved: Found

    @property
    def reading(self) -> Reading:
        """What there is of it now, or was."""
        reading = self.after or self.before
        assert reading
        return reading

    @property
    def is_edited(self) -> bool:
        """Whether more differs than the way the file is written."""
        if not (self.before and self.after):
            return True
        if self.change or self.new or self.solved or self.before.path != self.after.path:
            return True
        is_told = self.before.document and self.after.document
        return not is_told and self.before.source.text != self.after.source.text


@dataclass(frozen=True, slots=True)
class Tally:
    """What is counted over the public reports of a year, or of one department."""

    name: str
    figures: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """A year that the change touches: its figures, and those of the departments that differ."""

    year: str
    total: Tally
    departments: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """What an edit does to the content.

    `settings` are differences of site.yaml and of scoring profiles; `new` and `solved` are
    problems outside of reports. `same` counts the reports that nothing happened to.
    """

    base: str
    head: str
    projects: tuple[Project, ...]
    settings: tuple[Change, ...]
    years: tuple[Year, ...]
    new: Found
    solved: Found
    same: int

    @property
    def errors(self) -> int:
        """How many errors the edit brings, that is, what would forbid publishing."""
        found = (*self.new, *(problem for project in self.projects for problem in project.new))
        return sum(problem.severity is Severity.ERROR for problem in found)

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
    projects.sort(key=lambda project: (project.reading.path, project.after is None))
    new, solved = difference(_located(before), _located(after))
    return Review(
        base=before.name,
        head=after.name,
        projects=tuple(projects),
        settings=tuple(_settings(before, after)),
        years=tuple(_years(before, after, projects)),
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


def _located(edition: Edition) -> list[tuple[Place, Diagnostic]]:
    """What is wrong outside of reports; a file and a message say what it is about."""
    return [((found.span.file, found.message), found) for found in edition.found]


def _settings(before: Edition, after: Edition) -> Iterator[Change]:
    old, new = before.settings, after.settings
    for change in differing(fields_of(old.site), fields_of(new.site)):
        yield Change((SITE, *change.place), change.old, change.new)
    olds, news = old.profiles.by_name, new.profiles.by_name
    for name in in_order(list(olds), list(news)):
        one, other = olds.get(name), news.get(name)
        if one is None or other is None:
            old_text, new_text = (side.summary if side else None for side in (one, other))
            yield Change((PROFILES, name), old_text, new_text)
        elif one != other:
            for change in differing(fields_of(one), fields_of(other)):
                yield Change((PROFILES, name, *change.place), change.old, change.new)
    # A theme may hold scripts; a reviewer has to look at the files themselves.
    for path in sorted(before.themes.keys() | after.themes.keys()):
        was, now = before.themes.get(path), after.themes.get(path)
        if was != now:
            yield Change((THEME, path), was and "原来的文件", now and "改后的文件，请逐行看")


def _years(before: Edition, after: Edition, projects: Iterable[Project]) -> Iterator[Year]:
    """The years that the projects belong to, with their figures on both sides."""
    known: dict[_Key, _Counted] = {}
    years = set()
    is_alike = before.has_rules_of(after)
    sides = ((before, True), (after, is_alike))
    for project in projects:
        readings = (project.before, project.after)
        for (edition, is_old), reading in zip(sides, readings, strict=True):
            if reading:
                years.add(reading.entry.folder)
                known[_key(edition, is_old, reading.path)] = _counted(reading.document)
    for year in sorted(years):
        yield _year(year, before, after, known, is_alike=is_alike)


_Key = tuple[bool, str, str]


def _key(edition: Edition, is_old: bool, path: str) -> _Key:
    """What decides on a summary: whether the old rules hold, the file, its content."""
    return is_old, path, edition.files[path].id


@dataclass(frozen=True, slots=True)
class _Counted:
    """What one report adds to the figures; no summary for a withheld or unreadable one."""

    summary: Summary | None
    is_read: bool


def _counted(document: Document | None) -> _Counted:
    if document is None or not document.report.is_public:
        return _Counted(None, document is not None)
    report, stem = document.report, document.stem
    return _Counted(summarize(report, stem, document.card, document.profile), is_read=True)


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
                    known[key] = _counted(edition.understand(path))
                found.append(known[key])
        sides.append([one.summary for one in found if one.summary])
        unread.append(sum(not one.is_read for one in found))
    count = _Counting(before, after)
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


class _Counting:
    """Figures over reports, counted as each side's settings want it."""

    def __init__(self, before: Edition, after: Edition) -> None:
        self._profiles = [_default_profile(edition) for edition in (before, after)]

    def tally(self, name: str, before: Sequence[Summary], after: Sequence[Summary]) -> Tally:
        olds, news = (
            self._figures(statistics(side, profile.execution.rate))
            for side, profile in zip((before, after), self._profiles, strict=True)
        )
        labels = in_order(list(olds), list(news))
        shifts = (Shift(label, olds.get(label, "0"), news.get(label, "0")) for label in labels)
        return Tally(name, tuple(shift for shift in shifts if shift.old or shift.new))

    def _figures(self, found: Statistics) -> dict[str, str]:
        bands = {band.grade: band.lower for profile in self._profiles for band in profile.bands}
        grades = sorted(bands, key=lambda grade: -bands[grade])
        return {
            "公开的项目": str(found.count),
            "平均总分": "" if found.average is None else figure(found.average),
            **{
                f"评为{grade}": str(found.grades[grade])
                for grade in grades
                if grade in found.grades
            },
            "全年预算数（万元）": wan(found.budget),
            "全年执行数（万元）": wan(found.spent),
            "执行率": "" if found.rate is None else percent(found.rate),
        }


def _default_profile(edition: Edition) -> Profile:
    """The site's default profile; another one where that is broken, as told elsewhere."""
    by_name = edition.settings.profiles.by_name
    return by_name.get(edition.settings.site.profile) or next(iter(by_name.values()))
