"""How a table is cited: GB/T 7714, a document on the web, without the day of access.

That day is its reader's, who puts it in: a build knows no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from builder.model import REVIEW, Report, Site, Stage
from builder.scoring import Document
from builder.views.page import PageView


@dataclass(frozen=True, slots=True)
class CitationView:
    """A citation; the day of access stands in brackets between `head` and `tail`. Without an
    address there is nothing to access, and `tail` is ""."""

    head: str
    tail: str = ""


def published_on(report: Report, stage: Stage) -> date | None:
    """The day on which the table of a stage was published, if it says so; else the site's holds."""
    if stage == REVIEW and report.review:
        return report.review.day
    if report.is_planned and report.approval:
        return report.approval.published or report.approval.day
    return report.published


def citation(
    document: Document, site: Site, stage: Stage, page: PageView, modified: str = ""
) -> CitationView:
    """The citation of a table on its `page`; `modified` is the day of its last change after it
    had been public, as `2025-09-01`, or ""."""
    report = document.report
    title = f"{report.name}: {report.year}年度{document.layout.form_title}[EB/OL]"
    published = published_on(report, stage) or site.published
    known = modified or (published.isoformat() if published else "")
    if page.canonical:
        day = f"({known})" if known else ""
        return CitationView(f"{report.unit}. {title}. {day}", f". {page.canonical}.")
    issued = ", ".join(filter(None, (site.publisher, known[:4])))
    return CitationView(f"{report.unit}. {title}.{f' {issued}.' if issued else ''}")
