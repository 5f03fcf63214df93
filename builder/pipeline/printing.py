"""Step 5, the other half: the PDFs of one report, and its pages for the bound volume.

Apart from `render`, because they cost most and depend on least: what is known of other years of a
project is on its page, never on its paper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from builder import checks
from builder.content import Settings, addresses
from builder.diagnostics import Diagnostic, Diagnostics, catalogue
from builder.model import Stage
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
from builder.pipeline.sheets import Sheet, Task, published_files, sheets, shown
from builder.site import Artifact
from builder.source import Source
from builder.theme import Theme

STYLE = "print/print.css"
PAGE = "print/print.html"
FONT = "fonts/song-regular.ttf"


@dataclass(frozen=True, slots=True)
class Leaves:
    """The pages of a report for the bound volume: how many, and a packed Sheaf."""

    pages: int
    sheaf: bytes


@dataclass(frozen=True, slots=True)
class Printed:
    """The PDFs of one report, its pages for the volume by table, and what went wrong.

    `is_fixed` says that no font of this machine was needed: another one prints the same bytes.
    """

    artifacts: tuple[Artifact, ...]
    leaves: Mapping[Stage, Leaves]
    found: tuple[Diagnostic, ...]
    is_fixed: bool = True


@dataclass(slots=True)
class _Tray:
    """What has been printed of a report so far."""

    artifacts: list[Artifact] = field(default_factory=list)
    leaves: dict[Stage, Leaves] = field(default_factory=dict)
    found: Diagnostics = field(default_factory=Diagnostics)
    is_fixed: bool = True


class Printing:
    """Prints reports of one site with one theme."""

    def __init__(self, settings: Settings, theme: Theme, *, prints: bool = True) -> None:
        """Without `prints` it only tells what stands against a print.

        Raises OutputError where the theme lacks a file, or the system what prints.
        """
        self._settings, self._theme, self._faces = settings, theme, theme_faces(theme)
        style = _file(theme, STYLE)
        self._printer = (
            Printer(style.read_text(encoding="utf-8"), self._faces, (style.parent,))
            if prints
            else None
        )

    def print(self, task: Task) -> Printed:
        """The PDF of every table of a report that is printed."""
        alone = replace(task, years=())
        document, tray = shown(alone, self._settings), _Tray()
        for sheet in sheets(document, alone, self._settings, has_pdf=True):
            if sheet.is_printed:
                self._sheet(sheet, task.source, tray)
        return Printed(tuple(tray.artifacts), tray.leaves, tuple(tray.found), tray.is_fixed)

    def _sheet(self, sheet: Sheet, source: Source, tray: _Tray) -> None:
        yaml, data = published_files(sheet)
        stem = sheet.document.stem
        attachments = (
            Attachment(f"{stem}.yaml", yaml, "application/yaml", "填报内容", "Source"),
            Attachment("report.json", data, "application/json", "各项得分和算式", "Data"),
        )
        fonts.check(source, yaml.decode(), self._faces, tray.found)
        checks.lengths(sheet.document, tray.found)
        if self._printer and not tray.found.failed:
            self._print(self._printer, sheet, attachments, tray)

    def _print(
        self, printer: Printer, sheet: Sheet, attachments: Sequence[Attachment], tray: _Tray
    ) -> None:
        document, view, site = sheet.document, sheet.view, self._settings.site
        report = document.report

        def page(parts: Sequence[Part]) -> str:
            variables = {"report": view, "parts": parts, "annex": site.has_annex}
            text = self._theme.render(PAGE, variables, tray.found)
            if text is None:
                raise PrintError(PAGE)
            tray.is_fixed = tray.is_fixed and not self._faces.missing(text)
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
            tray.found.report(catalogue.NO_END, at, pages=error.pages)
        except PrintError as error:
            if not tray.found.failed:  # a template's mistake has been told at its place
                at = document.key("项目名称")
                tray.found.report(catalogue.NOT_PRINTED, at, problem=f"{error}")
        else:
            path = addresses.report_file(report.year, document.stem, ".pdf", sheet.stage)
            tray.artifacts.append((path, pdf))
            tray.leaves[sheet.stage] = Leaves(len(kept[0].leaves), kept[0].packed())


def theme_faces(theme: Theme) -> Faces:
    """The fonts of a theme."""
    return Faces.of(_file(theme, FONT).parent)


def _file(theme: Theme, name: str) -> Path:
    path = theme.find(name)
    if path is None:
        raise OutputError(f"主题 {theme.name} 缺少文件 {name}")
    return path
