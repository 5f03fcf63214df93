"""What the printed front and back of a volume say, as views for the theme's templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from builder.compendium.book import Book
from builder.compendium.order import Chapter
from builder.compendium.totals import SummaryRow
from builder.content import Summary
from builder.model import Site
from builder.text import day, to_html
from builder.views import (
    RuleView,
    TermGroup,
    any_scored,
    how_many,
    printed_glossary,
    rules_in_use,
    topic,
)


@dataclass(frozen=True, slots=True)
class VolumeView:
    """One volume; `part` names it among several (第一册), `parts` what each of them holds.

    `has_results` is false of targets. Projects are scored, or some, or none: `has_scores` (of
    targets: that they have points) and `has_unscored` say so; `has_wholes`: some forms are about
    a whole office, and in no sums. `rechecked` says of how many there was a 复核, "" of none;
    `counts_review`: its scores are those that are counted. `is_apart`: every form begins on a
    right-hand page.
    """

    title: str
    year: str
    publisher: str
    date: str
    part: str
    parts: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    scope: str
    preface: Markup
    rules: tuple[RuleView, ...]
    glossary: tuple[TermGroup, ...]
    has_results: bool
    has_scores: bool
    has_unscored: bool
    has_wholes: bool
    rechecked: str
    counts_review: bool
    is_apart: bool
    headings: tuple[str, ...]
    rows: tuple[SummaryRow, ...]
    total: SummaryRow


def volume_view(book: Book, names: Sequence[str], number: int) -> VolumeView:
    """The volume of that number (from 0) of those that `names` names."""
    site, totals, here = book.press.settings.site, book.totals, book.parts[number]
    summaries = book.summaries
    has_scores = any_scored(summaries) if book.is_planned else bool(totals.grades)
    rechecked = [form.summary for form in book.forms if form.is_rechecked]
    return VolumeView(
        title=f"{topic(summaries)}{'' if book.is_planned else '表'}汇编",
        year=f"{book.year}年度",
        publisher=site.publisher or "",
        date=day(book.published),
        part=names[number],
        parts=tuple(map(_holds, names, book.parts)) if names[1:] else (),
        facts=facts(site, book.published),
        scope=scope(book.year, summaries, site),
        preface=to_html(book.preface) if book.preface else Markup(),
        rules=rules_in_use(book.press.settings, summaries),
        glossary=printed_glossary(
            results=not book.is_planned, points=has_scores, recheck=bool(rechecked)
        ),
        has_results=not book.is_planned,
        has_scores=has_scores,
        has_unscored=any(summary.total is None for summary in summaries),
        has_wholes=any(summary.is_whole for summary in summaries),
        rechecked=how_many(rechecked) if rechecked else "",
        counts_review=site.counts_review,
        is_apart=site.binding.forms_apart,
        headings=totals.headings,
        rows=tuple(
            totals.row(
                chapter.department, chapter.target if chapter in here else "", chapter.summaries
            )
            for chapter in book.chapters
        ),
        total=totals.row("合计", "", summaries),
    )


def _holds(name: str, part: Sequence[Chapter]) -> str:
    """`第一册　某局等3个部门`."""
    return f"{name}　{part[0].department}" + (f"等{len(part)}个部门" if part[1:] else "")


def scope(year: int, summaries: Sequence[Summary], site: Site) -> str:
    """What a book holds, in one sentence."""
    departments = len({summary.department for summary in summaries})
    units = len({(summary.department, summary.unit) for summary in summaries})
    publisher = f"{site.publisher}公开的" if site.publisher else ""
    return (
        f"本汇编收录{publisher}{year}年度{topic(summaries)}表{len(summaries):,d}份，"
        f"涉及{departments:,d}个主管部门、{units:,d}个实施单位。"
    )


def facts(site: Site, published: date | None) -> tuple[tuple[str, str], ...]:
    """What the title page's back says of the publisher."""
    contact = site.contact
    entries: Mapping[str, str | None] = {
        "编制单位": site.publisher,
        "编制日期": day(published),
        "电话": contact.phone if contact else None,
        "网址": site.address,
        "许可协议": site.licence,
    }
    return tuple((label, text) for label, text in entries.items() if text)
