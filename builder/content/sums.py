"""What many reports come to: counts, sums and averages, in which no money counts twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from builder.content.summary import ZERO, Summary
from builder.scoring import Rounding


@dataclass(frozen=True, slots=True)
class Statistics:
    """Figures over several reports: amounts in 元, rate in %, average in points."""

    count: int
    scored: int
    budget: Decimal
    spent: Decimal
    rate: Decimal | None
    average: Decimal | None
    grades: Mapping[str, int]
    deviations: int


def counted(summaries: Iterable[Summary]) -> list[Summary]:
    """Those that count in sums and averages of results, in their order."""
    return disjoint(report for report in summaries if not report.is_planned)


def disjoint(summaries: Iterable[Summary]) -> list[Summary]:
    """Those whose amounts may be added up, in their order: no money is in two of them.

    Projects, where there are any. A form about a whole office contains those, so that it counts
    only among its like, and there one about a unit only where there is none about its department.
    """
    reports = list(summaries)
    projects = [report for report in reports if not report.is_whole]
    above = {(report.year, report.department) for report in reports if report.is_of_department}
    return projects or [
        report
        for report in reports
        if report.is_of_department or (report.year, report.department) not in above
    ]


def statistics(summaries: Iterable[Summary], rate: Rounding) -> Statistics:
    """Figures over those of `summaries` that are `counted`; `rate` is how the site's default
    profile rounds a rate.

    Reports that all round in one way are added up in that way, and of a single one the rate is
    the printed one: it must not differ from the form that the reader opens next.
    The average is the `mean` of the printed totals. Amounts that are blank on a form count
    nowhere, and its other amount not in the rate.
    """
    reports = counted(summaries)
    known = [report for report in reports if None not in (report.budget, report.spent)]
    base = sum((report.budget or ZERO for report in known), ZERO)
    part = sum((report.spent or ZERO for report in known), ZERO)
    totals = [report.total for report in reports if report.total is not None]
    grades = Counter(report.grade for report in reports if report.grade)
    return Statistics(
        count=len(reports),
        scored=len(totals),
        budget=sum((report.budget or ZERO for report in reports), ZERO),
        spent=sum((report.spent or ZERO for report in reports), ZERO),
        rate=_rate(known, base, part, rate) if base else None,
        average=mean(totals) if totals else None,
        grades=MappingProxyType(dict(grades)),
        deviations=sum(len(report.deviations) for report in reports),
    )


def mean(totals: Sequence[Decimal]) -> Decimal:
    """The plain mean of at least one total, in points, half-up to two decimals."""
    return (sum(totals, ZERO) / len(totals)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _rate(
    reports: Sequence[Summary], budget: Decimal, spent: Decimal, default: Rounding
) -> Decimal | None:
    if len(reports) == 1:
        return reports[0].rate
    own = {report.rounding for report in reports}
    rounding = own.pop() if len(own) == 1 else default
    return rounding.apply(spent * 100 / budget)
