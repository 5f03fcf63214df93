"""Where a report stands: its year and its offices, above each of its pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from builder.content import addresses
from builder.model import Site
from builder.scoring import Document
from builder.views.page import Link, PageView, page_view, site_view


@dataclass(frozen=True, slots=True)
class Standing:
    """The year and the offices of a report; `above` is the way down to it."""

    year: Link
    department: Link
    unit: Link

    @property
    def above(self) -> tuple[Link, ...]:
        return (self.year, self.department, *self._own)

    @property
    def _own(self) -> tuple[Link, ...]:
        return (self.unit,) if self.unit.text != self.department.text else ()


def standing(document: Document) -> Standing:
    """Where a report stands; one about a whole department leads to no unit of the same name."""
    report = document.report
    department = Link(report.department, addresses.department_page(report.department))
    unit = Link(report.unit, addresses.unit_page(report.department, report.unit))
    if document.profile.is_whole and report.unit == report.department:
        unit = department
    year = Link(f"{report.year}年度", addresses.year_page(report.year))
    return Standing(year, department, unit)


def table_page(
    document: Document, site: Site, path: str, title: str, description: str, *above: Link,
    has_scores: bool,
) -> PageView:  # fmt: skip
    """The page of a table of a report; many about whole offices are called alike."""
    page = page_view(site_view(site), path, title, description, *above, has_scores=has_scores)
    if document.profile.is_whole:
        page = replace(page, title=f"{document.report.unit}{page.title}")
    to = site.contact.feedback if site.contact else None
    return replace(page, feedback=_feedback(to, page, document)) if to else page


def _feedback(to: str, page: PageView, document: Document) -> str:
    """A link that says which table is meant: a mail that is begun, or a page with two values."""
    report = document.report
    title = f"{report.unit}{report.year}年度“{report.name}”"
    if "/" in to:
        values = {"title": title, "url": page.canonical}
        return f"{to}?{urlencode({key: text for key, text in values.items() if text})}"
    about = page.canonical or page.path
    return f"mailto:{to}?subject={quote(f'反馈：{title}')}&body={quote(f'{about}')}"


def topic_of(document: Document, of: str) -> str:
    """What the page is about, in words: `项目支出绩效自评`, where `of` is 绩效自评."""
    return f"{'部门整体' if document.profile.is_whole else '项目'}支出{of}"
