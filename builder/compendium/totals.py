"""What departments come to: figures of half-titles and rows of the 汇总表."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from builder.content import Summary, counted, disjoint, statistics
from builder.scoring import ZERO, Profile
from builder.text import figure, percent, wan
from builder.views import LABELS, Figure, noun

PLANNED, INDICATORS = "预算数", "绩效指标"
"""What a table of targets has instead of 全年预算数 and results."""


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A 主管部门 in the 汇总表, or all of them; `target` is empty where there is no link."""

    name: str
    target: str
    cells: tuple[str, ...]


class Totals:
    """What the forms of one volume come to; those of targets have no results to be told."""

    def __init__(self, summaries: Sequence[Summary], profile: Profile, *, planned: bool) -> None:
        """`profile` is the site's own."""
        self._every, self._rate, self._is_planned = summaries, profile.execution.rate, planned
        added = disjoint(summaries) if planned else counted(summaries)
        self._added = {summary.id for summary in added}  # in all rows or in none
        self.grades = _grades(summaries, profile)

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the 汇总表 behind that of the departments."""
        one = f"{noun(self._every).one}数"
        if self._is_planned:
            return one, PLANNED, f"{INDICATORS}数"
        scores = (f"平均{LABELS.total}", *self.grades) if self.grades else ()
        return (one, LABELS.budget, LABELS.spent, LABELS.rate, *scores)

    def row(self, name: str, target: str, members: Sequence[Summary]) -> SummaryRow:
        """The figures of some of them as a row of the 汇总表."""
        added = [summary for summary in members if summary.id in self._added]
        if self._is_planned:
            budget, indicators = _planned(added)
            return SummaryRow(name, target, (f"{len(added):,d}", wan(budget), f"{indicators:,d}"))
        found = statistics(added, self._rate)
        amounts = (wan(amount if added else None) for amount in (found.budget, found.spent))
        counts = [f"{found.grades.get(grade, 0)}" for grade in self.grades]
        scores = (figure(found.average), *counts) if self.grades else ()
        cells = (f"{found.count:,d}", *amounts, percent(found.rate), *scores)
        return SummaryRow(name, target, cells)

    def figures(self, members: Sequence[Summary]) -> tuple[Figure, ...]:
        """The figures of a department: its projects, or what it spends as a whole."""
        one = noun(members).one
        if self._is_planned:
            added = disjoint(members)
            budget, indicators = _planned(added)
            return (
                Figure(one, f"{len(added):,d}", "个"),
                Figure(PLANNED, wan(budget), "万元" if budget is not None else ""),
                Figure(INDICATORS, f"{indicators:,d}", "项"),
            )
        found = statistics(members, self._rate)
        last = (
            Figure(f"平均{LABELS.total}", figure(found.average), "分")
            if found.average is not None
            else Figure(LABELS.spent, wan(found.spent), "万元")
        )
        return (
            Figure(one, f"{found.count:,d}", "个"),
            Figure(LABELS.budget, wan(found.budget), "万元"),
            Figure(LABELS.rate, percent(found.rate, sign=False), "%" if found.budget else ""),
            last,
        )


def _planned(members: Sequence[Summary]) -> tuple[Decimal | None, int]:
    """The money of targets in 元, None where no amount is known, and the number of indicators."""
    amounts = [summary.budget for summary in members if summary.budget is not None]
    indicators = sum(len(summary.indicators) for summary in members)
    return sum(amounts, ZERO) if amounts else None, indicators


def _grades(summaries: Sequence[Summary], profile: Profile) -> tuple[str, ...]:
    """评分等级, best first: those of the site's profile, then any others that were given.

    None where no project is scored.
    """
    if not any(summary.total is not None for summary in summaries):
        return ()
    known = [band.grade for band in sorted(profile.bands, key=lambda band: -band.lower)]
    given = {summary.grade for summary in summaries if summary.grade}
    return (*known, *sorted(given - set(known)))
