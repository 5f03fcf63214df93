"""Step 5, one report at a time: its pages, its data and its YAML, and its share of what spans
reports. `printing` makes its PDFs.
"""

from __future__ import annotations

from dataclasses import dataclass

from builder import opendata
from builder.content import Settings, addresses
from builder.diagnostics import Diagnostic, Diagnostics
from builder.model import REVIEW, TARGET
from builder.opendata import DataRows
from builder.pipeline.sheets import Sheet, Task, published_files, sheets, shown
from builder.site import Artifact, report_page, search
from builder.theme import Theme
from builder.views import SiteView, site_view, wide_part


@dataclass(frozen=True, slots=True)
class Rendered:
    """What one report became, its share of what spans reports, and what went wrong on the way.

    `pages` are the site paths of its pages, `rows` are for the data of its year, `found_by` is
    its entry in the search index, `wide` its share of its unit's table of targets.
    """

    artifacts: tuple[Artifact, ...]
    rows: DataRows
    found_by: bytes
    found: tuple[Diagnostic, ...]
    pages: tuple[str, ...] = ()
    wide: bytes = b""


class Renderer:
    """Renders reports of one site with one theme."""

    def __init__(self, settings: Settings, theme: Theme, *, pdf: bool) -> None:
        """With `pdf` pages offer PDFs."""
        self._settings, self.theme, self._has_pdf = settings, theme, pdf
        self._sites = [site_view(settings.site, has_corrections=has) for has in (False, True)]

    def render(self, task: Task) -> Rendered:
        """Everything published of one report but PDFs and 佐证材料, with its tables of other
        stages."""
        document = shown(task, self._settings)
        diagnostics = Diagnostics()
        tables = list(sheets(document, task, self._settings, has_pdf=self._has_pdf))
        site = self._sites[task.has_corrections]
        artifacts = [file for sheet in tables for file in self._files(sheet, site, diagnostics)]
        rows = opendata.data_rows(document, self._settings.site)
        return Rendered(
            tuple(artifacts), rows, search.entry(document), tuple(diagnostics),
            tuple(sheet.view.page.path for sheet in tables),
            b"".join(wide_part(s.document, s.view.form) for s in tables if s.stage == TARGET),
        )  # fmt: skip

    def _files(self, sheet: Sheet, site: SiteView, diagnostics: Diagnostics) -> list[Artifact]:
        """The files of one table: its page, its data and its YAML."""
        view, stage = sheet.view, sheet.stage
        artifacts = report_page(
            self.theme, self._settings.site, site, view, diagnostics, published=sheet.published
        )
        if stage != REVIEW:  # of which the report's own files tell everything
            year, stem = sheet.document.report.year, sheet.document.stem
            yaml, data = published_files(sheet)
            folder = addresses.report_folder(year, stem, stage)
            artifacts.append((f"{folder}/report.json", data))
            artifacts.append((addresses.report_file(year, stem, ".yaml", stage), yaml))
        return artifacts
