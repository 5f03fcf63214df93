"""What makes the pages of a preview: with one edition of settings and theme."""

from __future__ import annotations

from collections.abc import Iterable

from builder import content
from builder.content import Listing, Settings
from builder.diagnostics import Diagnostics
from builder.pipeline import Printing, Renderer, Task
from builder.theme import Theme


class Maker:
    """Makes what a build would of one report, but for its PDFs, which are printed elsewhere."""

    def __init__(self, settings: Settings, theme: Theme) -> None:
        """Raises OutputError for a theme that lacks a file it needs."""
        self.theme = theme
        self._renderer = Renderer(settings, theme, pdf=True)
        self._printing = Printing(settings, theme, prints=False)

    def make(
        self, task: Task, listed: Iterable[Listing], diagnostics: Diagnostics
    ) -> dict[str, bytes]:
        """The files of a report by site path; what is wrong, also with its print, is reported."""
        rendered = self._renderer.render(task)
        diagnostics.extend((*rendered.found, *self._printing.print(task).found))
        return {**dict(rendered.artifacts), **content.evidence(task.entry, listed, diagnostics)}
