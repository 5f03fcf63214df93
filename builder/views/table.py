"""Reports as a table, one row each, and the order that reports and departments stand in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from builder.content import Line, Summary, addresses, disjoint, grouped
from builder.model import SELF, TARGET, Stage
from builder.text import figure, percent, separated, wan
from builder.views.charts import share
from builder.views.page import LABELS, Link

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Noun:
    """What figures over many reports count, and what they are figures of."""

    one: str
    of: str


PROJECTS, OFFICES = Noun("项目", "项目"), Noun("部门", "整体支出")


@dataclass(frozen=True, slots=True)
class SummaryView:
    """One report as a row of a table; amounts in 万元, `length` of the rate's bar in %."""

    name: Link
    unit: Link
    budget: str
    spent: str
    rate: str
    length: str
    total: str
    grade: str
    deviations: Link | None
    review: str


@dataclass(frozen=True, slots=True)
class TableView:
    """Reports as a table, in groups. A group without a name has no heading row."""

    caption: str
    heading: str
    columns: int
    has_scores: bool
    has_deviations: bool
    has_units: bool
    has_results: bool
    groups: tuple[tuple[Link, tuple[SummaryView, ...]], ...]


def table_view(
    caption: str,
    members: Sequence[Summary],
    *,
    by_department: bool = False,
    has_units: bool = True,
) -> TableView:
    """A table of `members`, in one group or one for each department.

    Forms about whole offices are called by those.
    """
    is_whole = any(s.is_whole for s in members)
    has_units = has_units and not is_whole
    parts = grouped(members, lambda s: s.department if by_department else "")
    parts = dict(sorted(parts.items(), key=by_weight))
    has_scores = any(s.total is not None for s in members)
    has_deviations = has_scores or any(s.deviations for s in members)
    has_results = not all(s.is_planned for s in members)
    budget = LABELS.budget if has_results else "预算数"
    return TableView(
        f"{caption}（按{budget}从大到小，金额单位：万元）",
        "部门和单位" if is_whole else LABELS.name,
        2 + has_units + 2 * has_results + 2 * has_scores + has_deviations,
        has_scores,
        has_deviations,
        has_units,
        has_results,
        tuple(
            (
                Link(name, addresses.department_page(name)) if name else Link(""),
                tuple(_row(summary) for summary in part),
            )
            for name, part in parts.items()
        ),
    )


def by_weight(group: tuple[str, Sequence[Summary]]) -> tuple[bool, int, bool, Decimal, str]:
    """The order of departments: by the newest year of results, then by its amount, then by name;
    behind those that have projects in it those that have none, and last who has no results."""
    name, members = group
    results = [s for s in members if not s.is_planned]
    newest = of_newest_year(results or members)
    found = disjoint(newest)
    weight = sum((s.budget or Decimal() for s in found), Decimal())
    is_whole = any(s.is_whole for s in found)
    return not results, -newest[0].year, is_whole, -weight, name


def noun(members: Iterable[Summary]) -> Noun:
    """What figures over these reports count: projects, where there are any."""
    return OFFICES if all(summary.is_whole for summary in members) else PROJECTS


def topic(members: Sequence[Summary]) -> str:
    """What these reports are, in words: `项目支出绩效自评`, or `…绩效目标` of targets alone."""
    kinds = {summary.is_whole for summary in members} or {False}
    stage = "绩效目标" if members and all(summary.is_planned for summary in members) else "绩效自评"
    return f"{'' if len(kinds) > 1 else '部门整体' if True in kinds else '项目'}支出{stage}"


def how_many(members: Sequence[Summary]) -> str:
    """`3个项目`; of forms that are not all about projects `3份自评表`."""
    is_any = any(summary.is_whole for summary in members)
    return f"{len(members):,d}{'份自评表' if is_any else '个项目'}"


def unit_link(summary: Summary) -> Link:
    """The unit with its page; a form about a whole department leads to that of the department."""
    if summary.is_of_department:
        return Link(summary.unit, addresses.department_page(summary.department))
    return Link(summary.unit, addresses.unit_page(summary.department, summary.unit))


def report_link(summary: Summary) -> str:
    """The page of a report; of one that has targets only, that of those, which stays."""
    stage: Stage = TARGET if summary.is_planned else SELF
    return addresses.report_page(summary.year, summary.stem, stage)


def any_scored(members: Iterable[Summary]) -> bool:
    """Whether any of these reports has points to speak of."""
    return any(summary.is_scored for summary in members)


def of_newest_year(members: Sequence[Summary]) -> Sequence[Summary]:
    """Those of the newest year, which stands first."""
    return [s for s in members if s.year == members[0].year]


def review_note(summary: Summary) -> str:
    """Of a report that was rechecked, the score that does not count here."""
    if not summary.is_rechecked:
        return ""
    own, found = figure(summary.own_total), figure(summary.found_total)
    return f"已复核，自评 {own} 分" if summary.counts_review else f"复核 {found} 分"


def _row(summary: Summary) -> SummaryView:
    number, page = len(summary.deviations), addresses.report_page(summary.year, summary.stem)
    return SummaryView(
        name=Link(summary.unit if summary.is_whole else summary.name, page),
        unit=unit_link(summary),
        budget=wan(summary.budget),
        spent=wan(summary.spent),
        rate=percent(summary.rate),
        length=share(summary.rate, HUNDRED) if summary.rate is not None else "0%",
        total=figure(summary.total),
        grade=summary.grade or "",
        deviations=Link(f"{number}项偏差", f"{page}#{addresses.DEVIATIONS}") if number else None,
        review=review_note(summary),
    )


def both(line: Line) -> tuple[str, str]:
    """What was meant and what came of it; the amounts of 预算执行 with separators, as beside it."""
    told = line.target, line.actual
    return told if line.number else (separated(told[0]), separated(told[1]))
