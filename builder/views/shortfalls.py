"""Where points were lost, by kind of indicator, and what is said about it.

The losses are rows of bars that are their own table; with the last row they come to the sum that
its title tells. What is said is counted, never weighed: a cause is what its author calls one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from builder.content import Deviation, Line, Summary, counted
from builder.scoring import EXECUTION, Remedy
from builder.text import figure, percent
from builder.views.charts import ChartView, Extreme, Extremes, share, stacked
from builder.views.page import Link
from builder.views.table import noun

ZERO, HUNDRED = Decimal(0), Decimal(100)
MOST = 10
OTHER = "没有分类的指标"
MEASURE, CAUSE, NOTHING = "写了措施", "只写了原因", "都没有写"

Narrowed = Callable[[Mapping[str, str]], str]
"""The page of the register, narrowed to what is given."""


@dataclass(frozen=True, slots=True)
class LossRow:
    """What one kind of indicator lost: points, its share of all (in %), and how often.

    The link leads to the register, where it has any; the last rows have none.
    """

    link: Link
    lost: str
    part: str
    count: str
    length: str


@dataclass(frozen=True, slots=True)
class LossView:
    """The kinds that lost most, the others in one row, and the `total` of all."""

    title: str
    description: str
    rows: tuple[LossRow, ...]
    total: LossRow


def loss_view(
    members: Iterable[Summary], deviations: Iterable[Deviation], narrowed: Narrowed
) -> LossView | None:
    """Where reports of one year lost their points; None where fewer than two kinds lost any.

    `deviations` are those of the reports. There is none, either, where the points of forms come
    to different sums, so that they do not add up, or something has more than its full points.
    """
    found = [s for s in counted(members) if s.total is not None]
    lines = [line for s in found for line in _lines(s)]
    fulls = {sum((line.weight or ZERO for line in _lines(s)), ZERO) for s in found}
    kinds: dict[str, list[Decimal]] = {}
    for line in lines:
        if line.lost:
            kinds.setdefault(_kind(line), []).append(line.lost)
    if len(fulls) != 1 or len(kinds) < 2 or any((line.lost or ZERO) < 0 for line in lines):
        return None
    ordered = sorted(kinds.items(), key=lambda kind: (-sum(kind[1], ZERO), kind[0]))
    every = [lost for losses in kinds.values() for lost in losses]
    total, most = sum(every, ZERO), sum(ordered[0][1], ZERO)
    digits = max(s.point_digits for s in found)

    def row(link: Link, losses: Sequence[Decimal]) -> LossRow:
        lost = sum(losses, ZERO)
        part = (lost * HUNDRED / total).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return LossRow(
            link, figure(lost, digits), percent(part), f"{len(losses):,d}", share(lost, most)
        )

    listed = {one.line.kind for one in deviations}
    shown = ordered if len(ordered) <= MOST + 1 else ordered[:MOST]
    rows = [
        row(Link(name, narrowed({"类别": name}) if name in listed else ""), losses)
        for name, losses in shown
    ]
    if rest := ordered[len(shown) :]:
        others = [lost for _, losses in rest for lost in losses]
        rows.append(row(Link(f"其余 {len(rest):,d} 类"), others))
    whole = row(Link("合计"), every)
    return LossView(_title(found, rows, whole), _description(kinds), tuple(rows), whole)


def causes_chart(deviations: Sequence[Deviation], narrowed: Narrowed) -> ChartView | None:
    """For how many deviations measures are written down, for how many a cause only, or nothing;
    None where it is the same for all."""
    said = [_said(one.remedy) for one in deviations]
    parts = [(words, said.count(words)) for words in (MEASURE, CAUSE, NOTHING)]
    if max(number for _, number in parts) == len(said):
        return None
    without = Link("没有写改进措施的", narrowed({"无改进措施": "1"}))
    number = len(said) - said.count(MEASURE)
    chart = stacked(
        "causes",
        f"{len(said):,d}项偏差中，{said.count(MEASURE):,d}项写了改进措施",
        "一条横条按偏差事项写了什么分段，各段长度为项数所占的比例。"
        "原因和措施写在同一格里的，由程序按文字拆开。",
        ("填写情况", "偏差数"),
        [part for part in parts if part[1]],
    )
    listed = Extremes("其中", (Extreme(without, f"{number:,d}项"),))
    return replace(chart, extremes=(listed,))


def _lines(summary: Summary) -> Sequence[Line]:
    return [*([summary.execution] if summary.execution else []), *summary.indicators]


def _kind(line: Line) -> str:
    return line.kind or line.group or OTHER


def _said(remedy: Remedy) -> str:
    if remedy.measure:
        return MEASURE
    return CAUSE if remedy.cause else NOTHING


def _title(found: Sequence[Summary], rows: Sequence[LossRow], whole: LossRow) -> str:
    """What was lost altogether, and at which kind most, if it is one."""
    told = f"{len(found):,d}个{noun(found).one}共扣{whole.lost}分"
    first, second = rows[:2]
    if first.lost == second.lost:
        return told
    return f"{told}，{first.link.text}最多，扣{first.lost}分"


def _description(kinds: Iterable[str]) -> str:
    return "横条的长度是各类指标扣分的合计，从零起，比例相同。" + (
        "没有达到须说明程度的预算执行扣分也计算在内，不列入偏差事项。" if EXECUTION in kinds else ""
    )
