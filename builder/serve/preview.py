"""The site as it would be, kept up to date in memory; nothing is written.

A page is made when somebody asks for it, and kept until what it is made of changes. While
something is broken the last good page stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from threading import RLock

from builder import content
from builder.checks import Member, across
from builder.content import YEAR, Settings, Summary, addresses, grouped
from builder.diagnostics import Diagnostic, Diagnostics, Severity, Span, catalogue
from builder.output import OutputError
from builder.pipeline import Task
from builder.serve.data import LiveData
from builder.serve.making import Maker
from builder.serve.overview import LiveOverview
from builder.serve.report import (
    EMPTY,
    KEPT,
    OLD_SETTINGS,
    OLD_TEMPLATE,
    UNFILLED,
    LiveReport,
    Look,
    Problem,
    kept,
)
from builder.serve.search import LiveSearch
from builder.source import Source
from builder.theme import Theme, open_theme


class Preview:
    """The pages of one content folder. Safe to ask from several threads."""

    def __init__(self, folder: Path, theme: str) -> None:
        """Raises OutputError for a theme that lacks a file it needs."""
        self._folder, self._name = folder.absolute(), theme
        self._lock = RLock()
        self._theme: Theme | None = None
        self._site_file: Source | None = None
        self._assets: Mapping[str, bytes] = {}
        self._edition = 0  # of settings and theme
        self._reports: dict[str, LiveReport] = {}
        self._spanning, self._index, self._published = LiveOverview(), LiveSearch(), LiveData()
        self._members: list[Member] = []
        # What is wrong with the site as a whole, by the step that tells it.
        self._found: dict[str, tuple[Diagnostic, ...]] = {}
        self._open()
        self._list()

    @property
    def is_open(self) -> bool:
        """Whether there is a theme to show anything with."""
        return self._theme is not None

    def change(self, paths: Iterable[Path]) -> None:
        """Take note that these files and folders came, went or changed.

        Raises OSError where they are on the move just now.
        """
        with self._lock:
            years = {path: self._year(path) for path in paths}
            if None in years.values():
                self._open()
            self._list()
            attached = {year for path, year in years.items() if path.suffix != ".yaml"}
            for report in self._reports.values():
                is_touched = report.materials and report.entry.folder in attached
                # A folder that was replaced tells nothing of what is in it.
                if is_touched or not years.keys().isdisjoint(
                    (report.entry.path, *report.entry.path.parents)
                ):
                    report.change()

    def stale(self) -> dict[str, str]:
        """The pages of the reports that changed and were not asked for since: file by page."""
        with self._lock:
            return {r.page: r.entry.file for r in self._reports.values() if r.is_stale}

    def examine(self, page: str, *, thoroughly: bool = False) -> list[Diagnostic]:
        """What is wrong with the report of this page; thoroughly: its page made, too.

        What is only not filled in yet is counted by `blanks`.
        """
        with self._lock:
            report = self._report(page)
            if report is None:
                return []
            report.examine(self._settings)
            self._look_across()
            if thoroughly:
                self._look_at(report, page)
            return [p.diagnostic for p in report.problems() if not p.is_blank]

    def site_problems(self) -> list[Diagnostic]:
        """What is wrong with settings, theme and listing."""
        with self._lock:
            return list(self._told())

    def blanks(self, pages: Iterable[str]) -> int:
        """How many places are still to be filled in, in forms that were never whole."""
        with self._lock:
            return sum(report.blanks for page in pages if (report := self._report(page)))

    def withheld(self) -> int:
        """How many reports may not be published, and so have no page here either."""
        with self._lock:
            return sum(not report.is_public for report in self._reports.values())

    def texts(self) -> dict[str, str]:
        """The texts of all files, by name, for the lines that a message quotes."""
        with self._lock:
            texts = {report.entry.file: report.text for report in self._reports.values()}
            if self._site_file:
                texts[self._site_file.file] = self._site_file.text
            return texts

    def look(self, path: str) -> Look | None:
        """What there is at a site path; None for an address that the site does not have."""
        with self._lock:
            if path in self._assets:
                return Look(self._assets[path])
            report = self._report(path)
            if report is None:
                look = self._data(path) or self._search(path) or self._look_over(path)
            elif addresses.is_evidence(path) and path in kept(report, self._examined()):
                look = Look(None, KEPT)
            else:
                look = self._look_at(report, path)
            return self._with_site(look) if look else None

    def job(self, path: str) -> tuple[int, Task] | None:
        """What to print for the PDF at a site path, with the edition of settings and theme."""
        with self._lock:
            report = self._report(path)
            if report is None or not path.endswith(".pdf"):
                return None
            self._look_at(report, report.page)
            shown = report.shown()
            if shown is None or not report.has_pdf(path):
                return None
            return self._edition, Task(report.entry, shown, self._years(report))

    def _year(self, path: Path) -> str | None:
        """The year folder that a file is in; None for what concerns the whole site."""
        if not path.is_relative_to(self._folder):
            return None
        year = path.relative_to(self._folder).parts[:1]
        return year[0] if year and YEAR.fullmatch(year[0]) else None

    def _report(self, path: str) -> LiveReport | None:
        year, _, below = path.partition("/")
        stem, slash, _ = below.partition("/")
        return self._reports.get(f"{year}/{stem}") if slash else None

    def _open(self) -> None:
        """Read settings, profiles and theme; after an error the earlier ones stay in force."""
        found = Diagnostics()
        settings = content.settings(self._folder, found)
        # No link of the preview may lead to the published site.
        site = settings.site.model_copy(update={"address": None})
        settings = replace(settings, site=site)
        themes = self._folder / "themes"
        theme = open_theme(self._name, themes, found, site.colour)
        maker = self._made_with(settings, theme, found) if theme else None
        self._site_file = settings.source
        self._found["settings"] = tuple(found)
        if theme is None or maker is None or (found.failed and self._theme):
            return
        self._settings, self._maker = settings, maker
        self._theme, self._assets = theme, dict(theme.assets())
        self._edition += 1
        for report in self._reports.values():
            report.change()

    def _made_with(self, settings: Settings, theme: Theme, found: Diagnostics) -> Maker | None:
        """A maker with the theme as it is now; None, and told, where that lost a file."""
        try:
            return Maker(settings, theme)
        except OutputError as error:
            if not self._theme:
                raise
            at = Span(f"themes/{self._name}")
            found.report(catalogue.TEMPLATE_ERROR, at, problem=f"{error}")
            return None

    def _list(self) -> None:
        """See which files there are; those that stayed keep what is known of them."""
        found = Diagnostics()
        reports = (LiveReport(entry) for entry in content.entries(self._folder, (), found))
        self._reports = {new.folder: self._reports.get(new.folder, new) for new in reports}
        self._found["listing"] = tuple(found)

    def _look_at(self, report: LiveReport, path: str) -> Look | None:
        report.examine(self._settings)
        self._look_across()
        return report.look(path, self._settings, self._maker, self._years(report))

    def _look_across(self) -> None:
        """See what is wrong between reports, as far as they have been looked at."""
        members = [report.member for report in self._reports.values() if report.member]
        if members == self._members:
            return
        found = Diagnostics()
        across(members, found)
        by_file = grouped(found, lambda diagnostic: diagnostic.span.file)
        for report in self._reports.values():
            report.beside = tuple(by_file.get(report.entry.file, ()))
        self._members = members

    def _years(self, report: LiveReport) -> tuple[Summary, ...]:
        """The years of a report's project, as far as they have been looked at."""
        summaries = (other.summary for other in self._reports.values())
        project = report.summary.project if report.summary else ""
        return tuple(summary for summary in summaries if summary and summary.project == project)

    def _look_over(self, path: str) -> Look | None:
        """A page over many reports, with what is wrong in any of them."""
        pages = self._overview()
        problems = tuple(
            problem
            for report in self._reports.values()
            for problem in report.problems()
            if problem.diagnostic.severity is not Severity.INFO
        )
        if path in pages:
            return Look(pages[path], OLD_TEMPLATE if self._found["overview"] else "", problems)
        if path != addresses.HOME:
            return None
        links = [(f"{r.entry.file}（{r.state}）", r.page) for r in self._reports.values()]
        return Look(None, UNFILLED if links else EMPTY, problems, tuple(links))

    def _overview(self) -> Mapping[str, bytes]:
        """The pages over many reports."""
        reports = self._examined()
        if not self._theme:
            return {}
        pages = self._spanning.pages(reports, self._theme, self._settings, self._edition)
        self._found["overview"] = tuple(self._spanning.found)
        return pages

    def _data(self, path: str) -> Look | None:
        """A data file, or the page that leads to them."""
        if not self._theme or not path.startswith("data/"):
            return None
        found, reports = Diagnostics(), list(self._examined())
        data = self._published.look(path, self._theme, reports, self._settings.site, found)
        self._found["data"] = tuple(found)
        return None if data is None else Look(data, OLD_TEMPLATE if found.failed else "")

    def _search(self, path: str) -> Look | None:
        data = self._index.look(path, self._examined(), self._settings)
        return None if data is None else Look(data)

    def _examined(self) -> Iterable[LiveReport]:
        for report in self._reports.values():
            report.examine(self._settings)
        self._look_across()
        return self._reports.values()

    def _with_site(self, look: Look) -> Look:
        """A look, with what is wrong with the site as a whole."""
        has_failed = any(d.severity is Severity.ERROR for d in self._found["settings"])
        note = f"{look.note}{OLD_SETTINGS if has_failed else ''}"
        return replace(look, note=note, problems=(*map(Problem, self._told()), *look.problems))

    def _told(self) -> Iterator[Diagnostic]:
        return (diagnostic for found in self._found.values() for diagnostic in found)
