"""What stands in the wide tables of a volume: 偏差事项一览 and 复核情况一览."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from builder.compendium.lists import Setting
from builder.compendium.order import Form
from builder.compendium.wide import Column, Row, wide_table
from builder.pdf import Sheaf
from builder.scoring import gap
from builder.text import figure, signed, to_plain

DEVIATIONS = (
    Column("项目", 160), Column("指标", 130), Column("分值", 40, 8), Column("得分", 42, 14),
    Column("偏差原因分析及改进措施", 293), Column("页码", 35, 2),
)  # fmt: skip
RECHECKS = (
    Column("项目", 160), Column("实施单位", 130), Column("自评总分", 48, 4),
    Column("复核总分", 48, 4), Column("相差", 48, 14), Column("主要偏差原因", 231),
    Column("页码", 35, 2),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One deviation of a project; `target` leads to its form."""

    department: str
    project: str
    indicator: str
    weight: str
    awarded: str
    reason: str
    target: str


def entries_of(forms: Iterable[Form]) -> Iterator[Entry]:
    """The deviations of all forms; where no points tell of them, the result does."""
    for form in forms:
        summary, digits = form.summary, form.summary.point_digits
        for line in summary.deviations:
            course = "" if summary.is_scored else f"（{line.target} → {line.actual}）"
            yield Entry(
                department=summary.department,
                project=summary.called,
                indicator=f"{line.name}{course}",
                weight=figure(line.weight, digits),
                awarded=figure(line.awarded, digits),
                reason=to_plain(line.reason) or "没有填写原因",
                target=summary.stem,
            )


def deviations(title: str, note: str, entries: Iterable[Entry], setting: Setting) -> Sheaf:
    """The pages of the deviations, by department."""
    rows = (
        Row(e.department, e.target, (e.project, e.indicator, e.weight, e.awarded), e.reason)
        for e in entries
    )
    return wide_table(title, note, DEVIATIONS, rows, setting)


def rechecks(title: str, note: str, forms: Iterable[Form], setting: Setting) -> Sheaf:
    """The pages of what was rechecked, by department: both scores and what they differ by.

    Each leads to its 复核表, or where it has none to its form.
    """
    return wide_table(title, note, RECHECKS, map(_recheck, forms), setting)


def _recheck(form: Form) -> Row:
    summary = form.summary
    own, found = summary.own_total, summary.found_total
    totals = figure(own), figure(found), signed(gap(own, found))
    target = form.review_target if form.review_pages else summary.stem
    unit = "" if summary.is_whole else summary.unit
    cells = (summary.called, unit, *totals)
    return Row(summary.department, target, cells, to_plain(summary.causes))
