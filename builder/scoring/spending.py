"""How the money was spent and what that is worth, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from builder.layouts import AMOUNTS
from builder.scoring.deviation import reason_of
from builder.scoring.document import Document
from builder.scoring.funds import FundLine, worked_out
from builder.text import figure, percent, to_plain


def execution(document: Document) -> Iterator[str]:
    """What was spent of what there was, row by row, and what that is worth."""
    card, profile = document.card, document.profile
    points = card.execution
    if points.weight is None:
        yield f"预算执行{points.formula or '不计分'}"
    else:
        digits = int(profile.execution.score.digits) if profile.execution.score else 0
        yield f"预算执行{scored(points.score, points.weight, digits)}"
    rounding = profile.execution.rate.in_words()
    yield f"  {points.total.label}：{_fund(points.total, document)}（{rounding}）。"
    for told in worked_out(points.total, profile, document.layout.funds):
        yield f"    {told}。"
    idle = [row.label for row in card.rows if _is_idle(row)]
    busy = [row for row in card.rows if not _is_idle(row)]
    if len(card.rows) > 1 or any(row.weight is not None for row in card.rows):
        yield from (f"  {row.label}：{_fund(row, document)}{_beside(row)}。" for row in busy)
    if busy and idle:
        yield f"  {'、'.join(idle)}：没有预算，也没有支出。"
    if points.weight is not None:
        yield f"  {'得分' if points.score is not None else '没有得分'}：{points.formula}。"
    if note := reason_of(document.report.execution_note):
        yield f"  说明：{to_plain(note)}"


def _is_idle(row: FundLine) -> bool:
    return row.rate is not None and not any(row.amounts.values())


def _beside(row: FundLine) -> str:
    """The points that a row shows beside the total's."""
    if row.weight is None:
        return ""
    how = f"{row.formula}，只在本行列出" if row.score is not None else row.formula
    return f"；{'得分' if row.score is not None else '没有得分'}：{how}"


def _fund(row: FundLine, document: Document) -> str:
    """`全年预算数 110.00 万元，全年执行数 96.20 万元，执行率 87.45%`; 年初预算数 if it differs,
    and what only this form has."""
    profile, unit = document.profile, document.layout.money_unit
    of_initial = profile.execution.denominator == "年初预算数"
    told = []
    if row.initial is not None and (of_initial or row.initial != row.budget):
        told.append(f"年初预算数 {figure(row.initial)} {unit}")
    own = [(label, row.amounts[label]) for label in document.layout.funds.amounts[len(AMOUNTS) :]]
    told += [f"全年预算数{_amount(row.budget, unit)}"]
    told += [f"{label}{_amount(amount, unit)}" for label, amount in own if amount is not None]
    told += [f"{label} {percent(s)}" for label, s in row.shares.items() if s is not None]
    if row.spent is None and "全年执行数" not in document.layout.funds.asked(row.label):
        return "，".join(told)
    told += [f"全年执行数{_amount(row.spent, unit)}"]
    base = row.base(profile)
    if row.rate is None or base is None:
        told.append("执行率无法计算")
    else:
        rate = f"执行率 {percent(row.rate)}"
        told.append(rate if base > 0 else f"{profile.execution.denominator}不大于零，{rate}")
    return "，".join(told)


def _amount(amount: Decimal | None, unit: str) -> str:
    return "空白" if amount is None else f" {figure(amount)} {unit}"


def scored(points: Decimal | None, weight: Decimal | None, digits: int) -> str:
    """`得 12.50 分，满分 15.00 分`, after a name, with the decimals that the form prints."""
    got = f"得 {figure(points, digits)} 分" if points is not None else "还没有得分"
    return f"{got}，{'分值空白' if weight is None else f'满分 {figure(weight, digits)} 分'}"
