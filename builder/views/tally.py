"""What many reports come to: headline figures with charts, and groups of them as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from builder.content import Summary, counted, statistics
from builder.scoring import Profile
from builder.text import NOTHING, figure, percent, wan
from builder.views.charts import ChartView, grades_chart
from builder.views.histogram import rates_histogram, totals_histogram
from builder.views.page import LABELS, Figure, Link
from builder.views.table import PROJECTS, Noun, noun, of_newest_year, report_link


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """Headline figures and charts over several reports; `note` says what they count."""

    figures: tuple[Figure, ...]
    charts: tuple[ChartView, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class GroupView:
    """A department, unit or year as a row of a list; its figures are those of `year`, and `noun`
    says of what."""

    link: Link
    year: str
    noun: Noun
    count: str
    budget: str
    rate: str
    average: str


def statistics_view(members: Sequence[Summary], profile: Profile) -> StatisticsView:
    """Figures over many reports; `profile` is the site's default."""
    found, one = counted(members), noun(members).one
    figures = statistics(found, profile.execution.rate)
    last = (
        Figure("平均总分", figure(figures.average), "分")
        if figures.average is not None
        else Figure(LABELS.spent, wan(figures.spent), "万元")
    )
    # What contains the projects is told beside them, never in their sums.
    wholes = sum(s.is_whole for s in members) if one == PROJECTS.one else 0
    order = [band.grade for band in sorted(profile.bands, key=lambda band: -band.lower)]
    links = [(Link(s.unit if s.is_whole else s.name, report_link(s)), s) for s in found]
    charts = (
        grades_chart(figures.grades, order, figures.count, one),
        rates_histogram([(link, s.rate) for link, s in links if s.rate is not None], one),
        totals_histogram(
            [(link, s.total) for link, s in links if s.total is not None], figures.count, one
        ),
    )
    return StatisticsView(
        (
            Figure(one, f"{figures.count:,d}", "个"),
            Figure(LABELS.budget, wan(figures.budget), "万元"),
            Figure(LABELS.rate, percent(figures.rate, sign=False), "%" if figures.budget else ""),
            last,
            *((Figure("部门整体支出", f"{wholes:,d}", "份"),) if wholes else ()),
        ),
        tuple(chart for chart in charts if chart),
        _reviewed(found, one),
    )


def _reviewed(members: Sequence[Summary], one: str) -> str:
    """Which score was counted of those that have two; "" where none has."""
    rechecked = [summary for summary in members if summary.is_rechecked]
    if not rechecked:
        return ""
    which = "复核" if rechecked[0].counts_review else "自评"
    return f"其中 {len(rechecked):,d} 个{one}已经复核，总分按{which}的统计。"


def group_views(
    groups: Iterable[tuple[Link, Sequence[Summary]]], profile: Profile
) -> tuple[GroupView, ...]:
    """Rows of one list: what counts in one of them counts in all, so that they add up."""
    listed = list(groups)
    every = counted(s for _, members in listed for s in members)
    known, of = {s.id for s in every}, noun(every)
    return tuple(
        _group(link, [s for s in members if s.id in known], members[0].year, of, profile)
        for link, members in listed
    )


def _group(
    link: Link, members: Sequence[Summary], year: int, of: Noun, profile: Profile
) -> GroupView:
    """The row of a group, with the figures of its newest year; of none in `year`."""
    newest = of_newest_year(members)
    figures = statistics(newest, profile.execution.rate)
    return GroupView(
        link,
        f"{newest[0].year if newest else year}年度",
        of,
        f"{figures.count:,d}",
        wan(figures.budget) if newest else NOTHING,
        percent(figures.rate),
        figure(figures.average),
    )
