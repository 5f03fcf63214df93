"""The search index of a preview: that of the reports that can be read now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from posixpath import dirname

from builder.content import Settings, addresses
from builder.serve.report import LiveReport
from builder.site import search_files

FOLDER = f"{dirname(addresses.SEARCH)}/"


class LiveSearch:
    """Made when it is asked for, anew when any report has changed."""

    def __init__(self) -> None:
        self._files: Mapping[str, bytes] = {}
        self._made_of: object = None

    def look(self, path: str, reports: Iterable[LiveReport], settings: Settings) -> bytes | None:
        """What there is at a site path; None for what is no file of the index, and without the
        site's default profile."""
        profile = settings.profiles.by_name.get(settings.site.profile)
        if not profile or not path.startswith(FOLDER) or path == addresses.SEARCH:
            return None
        entries = [(report.summary, report.found_by) for report in reports if report.summary]
        made_of = (entries, profile.execution.rate)
        if self._made_of != made_of:
            self._files, self._made_of = dict(search_files(*made_of)), made_of
        return self._files.get(path)
