"""What `explain` says of the stages before and after the self-evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from builder.model import Report
from builder.scoring.adjustment import adjustment, cancellation
from builder.scoring.document import Document
from builder.scoring.scorecard import Points
from builder.scoring.target import plain
from builder.text import day, figure, to_plain


def targets(document: Document) -> Iterator[str]:
    """The targets of a report without results: what it costs, and what it may reach."""
    card, profile, unit = document.card, document.profile, document.layout.money_unit
    total = card.execution.total
    amount = total.approved
    told = "预算数空白" if amount is None else f"预算数 {figure(amount)} {unit}"
    yield f"目标表，还没有结果。{told}。"
    for first, points in groupby(card.points, lambda point: point.group):
        yield ""
        yield first
        for point in points:
            kind = f"（{point.path[1]}）" if point.path[1] else ""
            worth = f"，满分 {figure(point.weight, profile.point_digits)} 分"
            told = worth if point.weight is not None else ""
            target = point.indicator.target or "空白"
            yield f"  {point.indicator.name}{kind}：指标值 {target}{told}"
    if card.weight_sum is not None:
        yield ""
        part = f"，其中预算执行 {figure(card.execution.weight)} 分" if card.execution.weight else ""
        yield f"分值合计 {figure(card.weight_sum)} 分{part}"


def changes(report: Report) -> Iterator[str]:
    """What is no longer as it was approved, and why; nothing where all is."""
    told = [
        (words, one.approved.note if one.approved else None)
        for _, one in report.indicators()
        if (words := adjustment(one))
    ]
    gone = report.approval.cancelled if report.approval else ()
    told += [(cancellation(one), one.note) for one in gone]
    if told:
        yield ""
        yield "批复以后的调整"
    for words, note in told:
        yield f"  {words}{f'：{to_plain(note)}' if note else ''}"


def review(document: Document) -> Iterator[str]:
    """What 复核 found, and by how much the score is another; nothing without it."""
    card, found, said = document.card, document.recheck, document.report.review
    if found is None or said is None:
        return
    by = f"，{said.office}" if said.office else ""
    yield ""
    yield f"复核（{day(said.day)}{by}）"
    if said.spent is not None:
        amount = f"全年执行数 {plain(said.spent)} {document.layout.money_unit}"
        yield f"  {'，'.join(filter(None, (amount, found.execution.formula)))}"
    for own, point in zip(card.points, found.points, strict=True):
        # An indicator that is the execution itself follows 全年执行数, and says nothing of it.
        if own.indicator.recheck or own.awarded != point.awarded:
            yield f"  {_checked(own, point, document.profile.point_digits)}"
    if card.total is not None and found.total is not None:
        yield f"  自评 {card.total} 分，复核 {found.total} 分，{apart(card.total, found.total)}。"
        yield f"  {found.total_formula}"
    if said.causes:
        yield f"  主要偏差原因：{to_plain(said.causes)}"


def _checked(own: Points, point: Points, digits: int) -> str:
    indicator, recheck = own.indicator, own.indicator.recheck
    told = [f"{indicator.name}："]
    if recheck and recheck.actual is not None:
        told.append(f"完成值 {indicator.actual or '空白'} → {recheck.actual or '空白'}，")
    if own.awarded != point.awarded:
        told.append(f"{figure(own.awarded, digits)} → {figure(point.awarded, digits)} 分，")
    told.append(f"{point.formula}。")
    if recheck and recheck.note:
        told.append(f"备注：{to_plain(recheck.note)}")
    return "".join(told)


def apart(own: Decimal, found: Decimal) -> str:
    """By how much 复核 differs from the self-evaluation, in words."""
    gap = found - own
    return f"{'高' if gap > 0 else '低'} {plain(abs(gap))} 分" if gap else "没有差别"
