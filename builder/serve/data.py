"""The data of a preview: what a build would write of the reports that can be read now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from builder.content import addresses
from builder.diagnostics import Diagnostics
from builder.model import Site
from builder.opendata import DataFile, data_files, data_package
from builder.serve.report import LiveReport
from builder.site import data_page
from builder.theme import Theme


class LiveData:
    """Data files are made at every asking. To tell how large they are, the page that leads to them
    needs all: that is found out once for what they are made of."""

    def __init__(self) -> None:
        self._weighed: list[DataFile] = []
        self._made_of: object = None
        self._page: bytes | None = None

    def look(
        self,
        path: str,
        theme: Theme,
        reports: Sequence[LiveReport],
        site: Site,
        diagnostics: Diagnostics,
    ) -> bytes | None:
        """What there is at a site path below `data/`; None where there is nothing. Where the
        template of the page fails its last one stays."""
        rows = [report.rows for report in reports if report.rows]
        summaries = [report.summary for report in reports if report.summary]
        files = list(data_files(rows, summaries, site))
        if path == addresses.DATA and files:
            made_of = (rows, summaries, site)
            if self._made_of != made_of:
                self._weighed, self._made_of = [_weighed(file) for file in files], made_of
            pages = dict(data_page(theme, site, self._weighed, summaries, diagnostics))
            self._page = pages.get(path, self._page)
            return self._page
        if path == addresses.DATA_PACKAGE:
            return data_package(site, files)[1]
        return next((b"".join(file.make()) for file in files if file.path == path), None)


def _weighed(file: DataFile) -> DataFile:
    return replace(file, size=sum(map(len, file.make())))
