"""Step 5, one report at a time: its page, its PDF, its data and its YAML.

A `Renderer` is made once in each worker process; tasks and results are small enough to
travel between processes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from builder import checks, content, formatter, opendata
from builder.content import Entry, Settings, Summary, addresses
from builder.diagnostics import Diagnostic, Diagnostics, catalogue
from builder.model import REVIEW, SELF, STAGES, TARGET, Stage
from builder.opendata import DataRows
from builder.output import OutputError
from builder.pdf import (
    About,
    Attachment,
    EndlessError,
    Faces,
    Part,
    Printer,
    PrintError,
    Sheaf,
    fonts,
)
from builder.pipeline.revised import revision_view
from builder.review import Revision
from builder.scoring import Document
from builder.site import Artifact, report_metadata, report_page, search
from builder.source import Source
from builder.theme import Theme, open_theme
from builder.views import (
    ReportView,
    StageView,
    published_on,
    report_view,
    site_view,
    stage_view,
    wide_part,
)

STYLE = "print/print.css"
PAGE = "print/print.html"
FONT = "fonts/song-regular.ttf"


@dataclass(frozen=True, slots=True)
class Task:
    """One report to render; `years` are those of the same project, this one among them."""

    entry: Entry
    source: Source
    years: tuple[Summary, ...]
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaves:
    """The pages of a report for the bound volume: how many, and a packed Sheaf."""

    pages: int
    sheaf: bytes


@dataclass(frozen=True, slots=True)
class Rendered:
    """What one report became, its share of what spans reports, and what went wrong on the way.

    `pages` are the site paths of its pages, `rows` are for the data of its year, `found_by` is
    its entry in the search index, `wide` its share of its unit's table of targets.
    """

    artifacts: tuple[Artifact, ...]
    rows: DataRows | None
    found_by: bytes
    found: tuple[Diagnostic, ...]
    pages: tuple[str, ...] = ()
    leaves: Mapping[Stage, Leaves] = field(default_factory=dict)
    wide: bytes = b""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a report with its page: the report's own, or that of another stage."""

    stage: Stage
    document: Document
    view: ReportView | StageView
    is_printed: bool = True

    @property
    def published(self) -> date | None:
        """The day on which the table was published, if it is known; else the site's holds."""
        return published_on(self.document.report, self.stage)


class Renderer:
    """Renders reports of one site with one theme."""

    def __init__(
        self, settings: Settings, themes: Path, theme: str, *, pdf: bool, prints: bool = True,
        has_corrections: bool = False,
    ) -> None:  # fmt: skip
        """`themes` is the site's own folder of themes; without `pdf` the site has none. With
        `has_corrections` pages lead to those of the site.

        With `pdf` and without `prints` pages offer PDFs that are made elsewhere.

        The theme has been opened before, and its problems told: here it must open.
        """
        opened = open_theme(theme, themes, Diagnostics(), settings.site.colour)
        if opened is None:
            raise ValueError(theme)
        self._settings = settings
        self.theme = opened
        self._faces = theme_faces(opened)
        self._site = site_view(settings.site, has_corrections=has_corrections)
        self._has_pdf = pdf
        self._printer = self._open_printer() if pdf and prints else None

    def render(self, task: Task) -> Rendered:
        """Everything published of one report, and of its tables of other stages. Its own
        mistakes have been told by now."""
        entry, source, site = task.entry, task.source, self._settings.site
        diagnostics = Diagnostics()
        understood = content.understand(source, entry, self._settings, Diagnostics())
        if understood is None:
            return Rendered((), None, b"", ())
        document = content.disclosed(understood, site)
        report = document.report
        tables = content.other_tables(document, self._settings)
        there_are = {*tables, *(() if report.is_planned else (SELF,))}
        stages = tuple(stage for stage in STAGES if stage in there_are)
        sheets = [self._own_sheet(document, task, stages)]
        sheets += (
            Sheet(stage, table, self._stage_view(stage, table, task, stages))
            for stage, table in tables.items()
        )
        artifacts: list[Artifact] = []
        leaves: dict[Stage, Leaves] = {}
        for sheet in sheets:
            files, printed = self._sheet(sheet, source, diagnostics)
            artifacts += files
            leaves |= {sheet.stage: printed} if printed else {}
        artifacts += content.evidence(entry, document, diagnostics).items()
        rows = opendata.data_rows(document, site)
        return Rendered(
            tuple(artifacts), rows, search.entry(document), tuple(diagnostics),
            tuple(sheet.view.page.path for sheet in sheets), leaves,
            b"".join(wide_part(s.document, s.view.form) for s in sheets if s.stage == TARGET),
        )  # fmt: skip

    def _own_sheet(self, document: Document, task: Task, stages: Sequence[Stage]) -> Sheet:
        """What stands on the report's own page."""
        if document.report.is_planned:
            view = self._stage_view(TARGET, document, task, stages, at=SELF)
            return Sheet(SELF, document, view, is_printed=False)
        revisions = [revision_view(revision) for revision in task.revisions]
        view_ = report_view(
            document, self._settings.site, has_pdf=self._has_pdf, years=task.years,
            revisions=revisions, stages=stages,
        )  # fmt: skip
        return Sheet(SELF, document, view_)

    def _stage_view(
        self, stage: Stage, document: Document, task: Task, stages: Sequence[Stage],
        at: Stage | None = None,
    ) -> StageView:  # fmt: skip
        return stage_view(
            document, self._settings.site, stage, stages=stages, at=at, years=task.years,
            has_pdf=self._has_pdf,
        )  # fmt: skip

    def _sheet(
        self, sheet: Sheet, source: Source, diagnostics: Diagnostics
    ) -> tuple[list[Artifact], Leaves | None]:
        """The files of one table: its page, its PDF, its data and its YAML."""
        document, view, stage, site = sheet.document, sheet.view, sheet.stage, self._settings.site
        report, stem = document.report, document.stem
        metadata = report_metadata(site, view, sheet.published)
        artifacts = report_page(self.theme, self._site, view, metadata, diagnostics)
        data = opendata.to_json(opendata.record(document)).encode()
        yaml = formatter.published(report).encode()
        if stage != REVIEW:  # of which the report's own files tell everything
            folder = addresses.report_folder(report.year, stem, stage)
            artifacts.append((f"{folder}/report.json", data))
            artifacts.append((addresses.report_file(report.year, stem, ".yaml", stage), yaml))
        if not self._has_pdf or not sheet.is_printed:
            return artifacts, None
        attachments = (
            Attachment(f"{stem}.yaml", yaml, "application/yaml", "填报内容", "Source"),
            Attachment("report.json", data, "application/json", "各项得分和算式", "Data"),
        )
        fonts.check(source, yaml.decode(), self._faces, diagnostics)
        checks.lengths(document, diagnostics)
        if self._printer and not diagnostics.failed:
            pdf, leaves = self._print(self._printer, sheet, attachments, diagnostics)
            return artifacts + pdf, leaves
        return artifacts, None

    def _open_printer(self) -> Printer:
        style = _file(self.theme, STYLE)
        return Printer(style.read_text(encoding="utf-8"), self._faces, (style.parent,))

    def _print(
        self,
        printer: Printer,
        sheet: Sheet,
        attachments: Sequence[Attachment],
        diagnostics: Diagnostics,
    ) -> tuple[list[Artifact], Leaves | None]:
        document, view, site = sheet.document, sheet.view, self._settings.site
        report = document.report

        def page(parts: Sequence[Part]) -> str:
            variables = {"report": view, "parts": parts, "annex": site.has_annex}
            text = self.theme.render(PAGE, variables, diagnostics)
            if text is None:
                raise PrintError(PAGE)
            return text

        about = About(
            title=f"{report.name}（{view.year}{document.layout.form_title}）",
            author=report.unit,
            subject=view.subject,
            created=sheet.published or site.published,
        )
        kept: list[Sheaf] = []
        try:
            pdf = printer.print(page, about, attachments, kept.append)
        except EndlessError as error:
            at = document.at(*checks.longest(document))
            diagnostics.report(catalogue.NO_END, at, pages=error.pages)
            return [], None
        except PrintError as error:
            if not diagnostics.failed:  # a template's mistake has been told at its place
                at = document.key("项目名称")
                diagnostics.report(catalogue.NOT_PRINTED, at, problem=f"{error}")
            return [], None
        leaves = Leaves(len(kept[0].leaves), kept[0].packed())
        path = addresses.report_file(report.year, document.stem, ".pdf", sheet.stage)
        return [(path, pdf)], leaves


def theme_faces(theme: Theme) -> Faces:
    """The fonts of a theme."""
    return Faces.of(_file(theme, FONT).parent)


def _file(theme: Theme, name: str) -> Path:
    path = theme.find(name)
    if path is None:
        raise OutputError(f"主题 {theme.name} 缺少文件 {name}")
    return path
