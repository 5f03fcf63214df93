"""The data files of a preview: what a build would write of the reports that can be read now."""

from __future__ import annotations

from collections.abc import Sequence

from builder.content import deviations_in
from builder.model import Site
from builder.opendata import (
    data_package,
    deviations_file,
    deviations_path,
    year_files,
    year_paths,
)
from builder.serve.report import LiveReport


def data_file(path: str, reports: Sequence[LiveReport], site: Site) -> bytes | None:
    """The data file at a site path; None where there is no such file."""
    rows = [report.rows for report in reports if report.rows]
    summaries = [report.summary for report in reports if report.summary]
    years = sorted({row.year for row in rows})
    files = dict([data_package(site, years, {row.year for row in rows if row.has_own})])
    for year in years:
        if path in year_paths(year, has_own=True):
            files |= year_files(year, [row for row in rows if row.year == year], site)
        if path == deviations_path(year):
            files |= [deviations_file(year, deviations_in(year, summaries))]
    return files.get(path)
