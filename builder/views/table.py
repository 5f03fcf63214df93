"""Reports as a table, one row each, and the order that reports and departments stand in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from builder.content import Summary, addresses, grouped
from builder.text import figure, percent, wan
from builder.views.charts import share
from builder.views.page import LABELS, Link

HUNDRED = Decimal(100)


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
    deviations: str


@dataclass(frozen=True, slots=True)
class TableView:
    """Reports as a table, in groups. A group without a name has no heading row."""

    caption: str
    columns: int
    has_scores: bool
    has_deviations: bool
    has_units: bool
    groups: tuple[tuple[Link, tuple[SummaryView, ...]], ...]


def table_view(
    caption: str,
    members: Sequence[Summary],
    *,
    by_department: bool = False,
    has_units: bool = True,
) -> TableView:
    """A table of `members`, in one group or one for each department."""
    parts = grouped(members, lambda s: s.department if by_department else "")
    parts = dict(sorted(parts.items(), key=by_weight))
    has_scores = any(s.total is not None for s in members)
    has_deviations = has_scores or any(s.deviations for s in members)
    return TableView(
        f"{caption}（按{LABELS.budget}从大到小，金额单位：万元）",
        4 + has_units + 2 * has_scores + has_deviations,
        has_scores,
        has_deviations,
        has_units,
        tuple(
            (
                Link(name, addresses.department_page(name)) if name else Link(""),
                tuple(_row(summary) for summary in part),
            )
            for name, part in parts.items()
        ),
    )


def by_weight(group: tuple[str, Sequence[Summary]]) -> tuple[int, Decimal, str]:
    """The order of departments: by the newest year, then by its amount, then by name."""
    name, members = group
    return (
        -members[0].year,
        -sum((s.budget or Decimal() for s in of_newest_year(members)), Decimal()),
        name,
    )


def any_scored(members: Iterable[Summary]) -> bool:
    """Whether any of these reports has points to speak of."""
    return any(summary.is_scored for summary in members)


def of_newest_year(members: Sequence[Summary]) -> Sequence[Summary]:
    """Those of the newest year, which stands first."""
    return [s for s in members if s.year == members[0].year]


def _row(summary: Summary) -> SummaryView:
    number = len(summary.deviations)
    return SummaryView(
        name=Link(summary.name, addresses.report_page(summary.year, summary.stem)),
        unit=Link(summary.unit, addresses.unit_page(summary.department, summary.unit)),
        budget=wan(summary.budget),
        spent=wan(summary.spent),
        rate=percent(summary.rate),
        length=share(summary.rate, HUNDRED) if summary.rate is not None else "0%",
        total=figure(summary.total),
        grade=summary.grade or "",
        deviations=f"{number}项偏差" if number else "",
    )
