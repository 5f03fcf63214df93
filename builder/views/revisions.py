"""Revisions of reports: on the page of each, as a notice above its form, and those of the whole
site that corrected what had been public."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from builder.content import Summary, addresses
from builder.text import with_units
from builder.views.page import Link, PagerView, PageView, SiteView, page_view
from builder.views.paging import ROWS, pages_of
from builder.views.table import report_link, unit_link

TOLD = 2  # sentences of a revision that a notice repeats; the rest stands with the revision
_KINDS = {"更正": "数字更正", "文字修改": "文字修改"}


@dataclass(frozen=True, slots=True)
class RevisionView:
    """One revision: its day in words and as `2025-09-01`, who made it ("" where not told), what
    changed, what it did to total and grade. `kind` is 更正 or 文字修改 where the report had been
    public before."""

    day: str
    moment: str
    author: str
    words: tuple[str, ...]
    effect: str
    kind: Literal["", "更正", "文字修改"] = ""


@dataclass(frozen=True, slots=True)
class NoticeView:
    """That the figures of a report were corrected: when last, what, and whether before, too."""

    day: str
    moment: str
    words: str
    earlier: str


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """One revision of a report that had been public; `kind` is 数字更正 or 文字修改."""

    report: Link
    unit: Link
    day: str
    moment: str
    kind: str
    words: tuple[str, ...]
    effect: str


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    """What was corrected on the whole site, the newest first."""

    title: str
    lead: str
    entries: tuple[CorrectionView, ...]
    pager: PagerView | None = None


def notice(revisions: Iterable[RevisionView]) -> NoticeView | None:
    """What the page of a report says first of its corrections; None where no figure was corrected.

    `revisions` are those of the report, the newest first.
    """
    found = [revision for revision in revisions if revision.kind == "更正"]
    if not found:
        return None
    newest, *others = found
    words = [*newest.words[:TOLD]]
    if len(newest.words) > TOLD:
        words[-1] += f"等 {len(newest.words)} 处"
    told = "；".join([*words, *([newest.effect] if newest.effect else [])])
    earlier = f"此前更正过 {len(others)} 次。" if others else ""
    return NoticeView(newest.day, newest.moment, f"{told}。", with_units(earlier))


def corrections(
    site: SiteView, revised: Sequence[tuple[Summary, RevisionView]]
) -> tuple[CorrectionsView, PageView]:
    """The page of all corrections; of several on a day those of the newest year come first."""
    by_place = sorted(revised, key=lambda pair: pair[0].place)
    newest_first = sorted(by_place, key=lambda pair: pair[1].moment, reverse=True)
    entries = tuple(_correction(summary, revision) for summary, revision in newest_first)
    reports = len({summary.id for summary, _ in revised})
    figures = sum(revision.kind == "更正" for _, revision in revised)
    count = f"共 {len(entries)} 次，涉及 {reports} 份自评表，其中更正数字 {figures} 次。"
    lead = f"自评表公开以后改过的，逐次列在这里，最近的在前。{count}"
    view = CorrectionsView("更正", with_units(lead), entries)
    return view, page_view(site, addresses.CORRECTIONS, view.title, lead)


def correction_pages(
    view: CorrectionsView, page: PageView, rows: int = ROWS
) -> Iterator[tuple[CorrectionsView, PageView]]:
    """The corrections of a site in pages of at most so many."""
    for part, pager, place in pages_of(view.entries, page, rows):
        yield replace(view, entries=tuple(part), pager=pager), place


def _correction(summary: Summary, revision: RevisionView) -> CorrectionView:
    return CorrectionView(
        report=Link(f"{summary.called}（{summary.year}年度）", report_link(summary)),
        unit=unit_link(summary),
        day=revision.day,
        moment=revision.moment,
        kind=_KINDS[revision.kind],
        words=revision.words,
        effect=revision.effect,
    )
