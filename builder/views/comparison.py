"""Indicators side by side: one kind over all projects, and the years of a project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from builder.content import Line, Summary, addresses
from builder.text import figure, percent, wan
from builder.views.page import Link, PagerView, PageView, SiteView, page_view
from builder.views.table import any_scored, how_many, unit_link


@dataclass(frozen=True, slots=True)
class LineView:
    """One indicator of one project; `name` leads to its row in the form."""

    project: Link
    unit: Link
    name: Link
    target: str
    actual: str
    weight: str
    awarded: str
    is_deviation: bool


@dataclass(frozen=True, slots=True)
class LinesView:
    """Indicators of one kind as a table: first those that fell short."""

    title: str
    lead: str
    caption: str
    lines: tuple[LineView, ...]
    pager: PagerView | None = None


@dataclass(frozen=True, slots=True)
class KindView:
    """One 二级指标: how many indicators and projects, and how many fell short, with where they
    are listed."""

    link: Link
    indicators: Link
    projects: str
    short: Link


@dataclass(frozen=True, slots=True)
class KindsView:
    """All 二级指标 of a year."""

    title: str
    lead: str
    kinds: tuple[KindView, ...]


@dataclass(frozen=True, slots=True)
class YearView:
    """One year of a project that is evaluated again and again; no path for the page's own."""

    link: Link
    budget: str
    spent: str
    rate: str
    total: str
    grade: str


def trend(summaries: Sequence[Summary], here: str) -> tuple[YearView, ...]:
    """The results of one project, oldest first, as its charts have them; empty where there is
    only one.

    `here` is the page that it stands on. Two of one year are told apart by name.
    """
    if len(summaries) < 2:
        return ()
    oldest = sorted(summaries, key=lambda summary: summary.year)
    often = Counter(summary.year for summary in summaries)
    return tuple(
        YearView(
            Link(
                f"{summary.year}年度{'目标' if summary.is_planned else ''}"
                + (f" {summary.name}（{summary.unit}）" if often[summary.year] > 1 else ""),
                "" if (page := addresses.report_page(summary.year, summary.stem)) == here else page,
            ),
            wan(summary.budget),
            wan(summary.spent),
            percent(summary.rate),
            figure(summary.total),
            summary.grade or "",
        )
        for summary in oldest
    )


def shortfall(members: Sequence[Summary], full: str = "未得满分", met: str = "未达到指标值") -> str:
    """What a deviation is among these reports: `full` where points are given, `met` where not.

    Asked of those that have one, if any has.
    """
    short = [summary for summary in members if summary.deviations]
    kinds = {summary.is_scored for summary in short or members}
    return "或".join(
        words for words, is_scored in ((full, True), (met, False)) if is_scored in kinds
    )


def kinds(site: SiteView, year: int, members: Sequence[Summary]) -> tuple[KindsView, PageView]:
    """The list of 二级指标 of a year."""
    entries = []
    for kind, pairs in _by_kind(members).items():
        count, short = len(pairs), sum(line.is_deviation for _, line in pairs)
        projects = len({summary.id for summary, _ in pairs})
        page = addresses.kind_page(year, kind)
        listed = Link(f"{short:,d}", f"{page}#{addresses.SHORT}" if short else "")
        entries.append(
            KindView(Link(kind, page), Link(f"{count:,d}", page), f"{projects:,d}", listed)
        )
    title = f"{year}年度同类指标"
    lead = "把各项目的同类指标放在一起，便于比较。"
    view = KindsView(title, lead, tuple(entries))
    return view, page_view(site, addresses.kinds_page(year), title, lead, _up(year))


def kind_names(members: Sequence[Summary]) -> tuple[str, ...]:
    """The 二级指标 in use, in the order in which forms name them."""
    return tuple(_by_kind(members))


def kind(
    site: SiteView, year: int, name: str, members: Sequence[Summary]
) -> tuple[LinesView, PageView]:
    """The indicators of one 二级指标 over all projects of a year."""
    pairs = _by_kind(members)[name]
    short_first = sorted(pairs, key=lambda pair: not pair[1].is_deviation)
    lines = tuple(_line(summary, line) for summary, line in short_first)
    title = f"{year}年度{name}"
    projects = {summary.id: summary for summary, _ in pairs}
    lead = f"{how_many(list(projects.values()))}的{len(lines)}项指标。"
    view = LinesView(title, lead, f"各项目的{name}", lines)
    above = Link("同类指标", addresses.kinds_page(year))
    path, scored = addresses.kind_page(year, name), any_scored(summary for summary, _ in pairs)
    return view, page_view(site, path, title, lead, _up(year), above, has_scores=scored)


def _by_kind(members: Sequence[Summary]) -> dict[str, list[tuple[Summary, Line]]]:
    found: dict[str, list[tuple[Summary, Line]]] = {}
    for summary in members:
        for line in summary.indicators:
            if line.kind:  # a form without levels has none
                found.setdefault(line.kind, []).append((summary, line))
    return found


def _line(summary: Summary, line: Line) -> LineView:
    page = addresses.report_page(summary.year, summary.stem)
    return LineView(
        project=Link(summary.called, page),
        unit=unit_link(summary),
        name=Link(line.name, f"{page}#{addresses.indicator_row(line.number)}"),
        target=line.target,
        actual=line.actual,
        weight=figure(line.weight, summary.point_digits),
        awarded=figure(line.awarded, summary.point_digits),
        is_deviation=line.is_deviation,
    )


def _up(year: int) -> Link:
    return Link(f"{year}年度", addresses.year_page(year))
