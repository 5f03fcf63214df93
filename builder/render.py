"""Step 5, one report at a time: its page, its PDF, its data and its YAML.

A `Renderer` is made once in each worker process; tasks and results are small enough to
travel between processes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from builder import addresses, catalogue, content, fonts, formatter, opendata
from builder.content import Entry, Settings
from builder.diagnostics import Diagnostic, Diagnostics
from builder.document import Document
from builder.fonts import Faces
from builder.metadata import report_metadata
from builder.opendata import DataRows
from builder.output import OutputError
from builder.pdf import About, Attachment, Part, Printer, PrintError
from builder.site import Artifact, report_page
from builder.source import Source
from builder.summary import Summary
from builder.theme import open_theme
from builder.views import ReportView, report_view, site_view

STYLE = "print/print.css"
PAGE = "print/print.html"
FONT = "fonts/song-regular.ttf"


@dataclass(frozen=True, slots=True)
class Task:
    """One report to render; `years` are those of the same project, this one among them."""

    entry: Entry
    source: Source
    years: tuple[Summary, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """What one report became, its share of its year's data, and what went wrong on the way."""

    artifacts: tuple[Artifact, ...]
    rows: DataRows | None
    found: tuple[Diagnostic, ...]


class Renderer:
    """Renders reports of one site with one theme."""

    def __init__(
        self, settings: Settings, themes: Path, theme: str, *, pdf: bool, prints: bool = True
    ) -> None:
        """`themes` is the site's own folder of themes; without `pdf` the site has none.

        With `pdf` and without `prints` pages offer PDFs that are made elsewhere.

        The theme has been opened before, and its problems told: here it must open.
        """
        opened = open_theme(theme, themes, Diagnostics(), settings.site.colour)
        if opened is None:
            raise ValueError(theme)
        self._settings = settings
        self._theme = opened
        self._faces = Faces.of(self._file(FONT).parent)
        self._has_pdf = pdf
        self._printer = self._open_printer() if pdf and prints else None

    def render(self, task: Task) -> Rendered:
        """Everything published of one report. Its own mistakes have been told by now."""
        entry, source = task.entry, task.source
        diagnostics = Diagnostics()
        document = content.understand(source, entry, self._settings, Diagnostics())
        if document is None:
            return Rendered((), None, ())
        report, site = document.report, self._settings.site
        view = report_view(
            report,
            entry.stem,
            document.card,
            document.profile,
            site,
            has_pdf=self._has_pdf,
            years=task.years,
        )
        metadata = report_metadata(site, view, report.published)
        artifacts = report_page(self._theme, site_view(site), view, metadata, diagnostics)
        data = opendata.to_json(
            opendata.record(report, entry.stem, document.card, document.profile)
        ).encode()
        yaml = formatter.published(report).encode()
        folder = addresses.report_folder(report.year, entry.stem)
        artifacts.append((f"{folder}/report.json", data))
        artifacts.append((addresses.report_file(report.year, entry.stem, ".yaml"), yaml))
        artifacts += content.evidence(entry, document, diagnostics).items()
        if self._has_pdf:
            attachments = (
                Attachment(f"{entry.stem}.yaml", yaml, "application/yaml", "填报内容", "Source"),
                Attachment("report.json", data, "application/json", "各项得分和算式", "Data"),
            )
            fonts.check(source, yaml.decode(), self._faces, diagnostics)
            if self._printer and not diagnostics.failed:
                artifacts += self._print(self._printer, document, view, attachments, diagnostics)
        rows = opendata.data_rows(document, site)
        return Rendered(tuple(artifacts), rows, tuple(diagnostics))

    def _open_printer(self) -> Printer:
        style = self._file(STYLE)
        return Printer(style.read_text(encoding="utf-8"), self._faces, (style.parent,))

    def _file(self, name: str) -> Path:
        path = self._theme.find(name)
        if path is None:
            raise OutputError(f"主题 {self._theme.name} 缺少文件 {name}")
        return path

    def _print(
        self,
        printer: Printer,
        document: Document,
        view: ReportView,
        attachments: Sequence[Attachment],
        diagnostics: Diagnostics,
    ) -> list[Artifact]:
        report, site = document.report, self._settings.site

        def page(parts: Sequence[Part]) -> str:
            text = self._theme.render(PAGE, {"report": view, "parts": parts}, diagnostics)
            if text is None:
                raise PrintError(PAGE)
            return text

        about = About(
            title=f"{report.name}（{view.year}{document.profile.form_title}）",
            author=report.unit,
            subject=view.page.description,
            created=report.published or site.published,
        )
        try:
            pdf = printer.print(page, about, attachments)
        except PrintError as error:
            if not diagnostics.failed:  # a template's mistake has been told at its place
                at = document.key("项目名称")
                diagnostics.report(catalogue.NOT_PRINTED, at, problem=f"{error}")
            return []
        return [(addresses.report_file(report.year, document.stem, ".pdf"), pdf)]
