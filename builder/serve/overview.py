"""The pages of a preview over many reports: those that can be read now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from builder.content import Settings
from builder.diagnostics import Diagnostics
from builder.serve.report import LiveReport
from builder.site import Spanned, overview_pages
from builder.theme import Theme
from builder.views import rules_in_use


class LiveOverview:
    """Made when one of them is asked for, anew when any report, the settings or the theme have
    changed. `found` is what was wrong with the templates."""

    def __init__(self) -> None:
        self._pages: Mapping[str, bytes] = {}
        self._made_of: object = None
        self.found = Diagnostics()

    def pages(
        self, reports: Iterable[LiveReport], theme: Theme, settings: Settings, edition: int
    ) -> Mapping[str, bytes]:
        """All of them, by site path; where a template fails the earlier ones stay. `edition` is
        that of settings and theme."""
        shown = [report for report in reports if report.summary]
        summaries = [report.summary for report in shown if report.summary]
        targets = [report.targets for report in shown if report.targets]
        wides = {r.targets.id: r.wide for r in shown if r.targets and r.wide}
        made_of = (edition, summaries, targets, wides)
        if self._made_of != made_of:
            found, site, pages = Diagnostics(), settings.site, dict[str, bytes]()
            profile = settings.profiles.by_name.get(site.profile)
            if summaries and profile:
                spanned = Spanned(
                    theme, site, summaries, profile, targets=targets, wides=wides,
                    used=rules_in_use(settings, summaries),
                )  # fmt: skip
                pages |= overview_pages(spanned, found)
            self._pages = {**self._pages, **pages} if found.failed else pages
            self._made_of, self.found = made_of, found
        return self._pages
