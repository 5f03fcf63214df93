"""The register of deviations: what fell short, why, what is done about it, and what became of it.

What became of it stands in the next form of the same project, at the indicator of the same name:
上年措施落实了吗 is answered by what was reached, never by what was promised.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.content.continued import goes_on
from builder.content.summary import Line, Summary, grouped
from builder.scoring import Remedy, told_apart


@dataclass(frozen=True, slots=True)
class Later:
    """The next form of a project, and its indicator of the same name; None where it has none."""

    summary: Summary
    line: Line | None


@dataclass(frozen=True, slots=True)
class Deviation:
    """One indicator that fell short, or 预算执行; `later` is None where no later form can tell."""

    summary: Summary
    line: Line
    remedy: Remedy
    later: Later | None


def deviations_of(
    members: Iterable[Summary], years: Mapping[str, Sequence[Summary]]
) -> Iterator[Deviation]:
    """The deviations of reports, in their order; in each 预算执行 first.

    `years` are all reports by project.
    """
    for summary in members:
        found = short_lines(summary)
        after = _next(summary, years.get(summary.project, ())) if found else None
        became = _became(summary, after) if after else {}
        for line in found:
            remedy = told_apart(line.reason, line.measure, summary.measures)
            yield Deviation(summary, line, remedy, became.get(line.number))


def deviations_in(year: int, reports: Sequence[Summary]) -> Iterator[Deviation]:
    """The deviations of a year among all public reports, in their order."""
    members = [one for one in reports if one.year == year and not one.is_planned]
    return deviations_of(members, grouped(reports, lambda one: one.project))


def earlier_deviations(summary: Summary, years: Sequence[Summary]) -> list[Deviation]:
    """The deviations of the form before, to which this one is the next; `years` are all reports
    of its project."""
    before = [one for one in years if not one.is_planned and one.year < summary.year]
    last = [one for one in before if one.year == max(other.year for other in before)]
    found = list(deviations_of(last, {summary.project: years}))
    return [one for one in found if one.later and one.later.summary.id == summary.id]


def short_lines(summary: Summary) -> list[Line]:
    """What fell short in a report with results, 预算执行 first: the rows of its deviations."""
    execution = summary.execution
    is_short = execution is not None and execution.is_deviation
    return [*([execution] if execution and is_short else []), *summary.deviations]


def _next(summary: Summary, years: Sequence[Summary]) -> Summary | None:
    """The next form with results; None where two of a year make it uncertain which one."""
    results = [one for one in years if not one.is_planned]
    after = [one.year for one in results if one.year > summary.year]
    often = Counter(one.year for one in results)
    if not after or often[min(after)] > 1 or often[summary.year] > 1:
        return None
    return next(one for one in results if one.year == min(after))


def _became(summary: Summary, after: Summary) -> dict[int, Later]:
    """What the next form says of each indicator, by its number, and of 预算执行."""
    lines = goes_on(summary, after) | ({0: after.execution} if after.execution else {})
    return {number: Later(after, line) for number, line in lines.items()}
