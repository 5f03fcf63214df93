"""One report as its tables, each with its page: what pages and prints are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from builder import content, formatter, opendata
from builder.content import Entry, Settings, Summary
from builder.diagnostics import Diagnostics
from builder.model import SELF, STAGES, TARGET, Stage
from builder.pipeline.revised import revision_view
from builder.review import Revision
from builder.scoring import Document
from builder.source import Source
from builder.views import ReportView, StageView, published_on, report_view, stage_view


@dataclass(frozen=True, slots=True)
class Task:
    """One report to render; `years` are those of the same project, this one among them.

    `has_corrections` says that the site has a page of them.
    """

    entry: Entry
    source: Source
    years: tuple[Summary, ...]
    revisions: tuple[Revision, ...] = ()
    has_corrections: bool = False


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


def shown(task: Task, settings: Settings) -> Document:
    """A report, which was understood before, as the site shows it."""
    understood = content.understand(task.source, task.entry, settings, Diagnostics())
    assert understood, task.entry.file
    return content.disclosed(understood, settings.site)


def sheets(document: Document, task: Task, settings: Settings, *, has_pdf: bool) -> Iterator[Sheet]:
    """The tables of a report as it is `shown`, its own first; without `has_pdf` no page offers
    PDFs."""
    site = settings.site
    tables = content.other_tables(document, settings)
    there_are = {*tables, *(() if document.report.is_planned else (SELF,))}
    stages = tuple(stage for stage in STAGES if stage in there_are)

    def staged(stage: Stage, table: Document, at: Stage | None = None) -> StageView:
        return stage_view(
            table, site, stage, stages=stages, at=at, years=task.years, has_pdf=has_pdf
        )

    if document.report.is_planned:
        yield Sheet(SELF, document, staged(TARGET, document, SELF), is_printed=False)
    else:
        view = report_view(
            document, site, has_pdf=has_pdf, years=task.years,
            revisions=[revision_view(revision) for revision in task.revisions], stages=stages,
        )  # fmt: skip
        yield Sheet(SELF, document, view)
    for stage, table in tables.items():
        yield Sheet(stage, table, staged(stage, table))


def published_files(sheet: Sheet) -> tuple[bytes, bytes]:
    """What is published of a table as YAML and as JSON."""
    record = opendata.record(sheet.document)
    return formatter.published(sheet.document.report).encode(), opendata.to_json(record).encode()
