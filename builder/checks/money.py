"""C2: do the amounts agree with one another, and is the execution explained?"""

from __future__ import annotations

from decimal import Decimal

from builder.checks.inspection import Inspection, reason_of
from builder.content import YUAN
from builder.diagnostics import catalogue
from builder.model import TOTAL_ROW, Amounts
from builder.scoring import HUNDRED, ZERO, Bound, plain


def rows_make_the_total(inspection: Inspection) -> None:
    document = inspection.document
    declared, computed = document.report.funds.get(TOTAL_ROW), document.card.execution.total
    if declared is None or not document.report.rows:
        return
    pairs = (
        ("年初预算数", declared.initial, computed.initial),
        ("全年预算数", declared.budget, computed.budget),
        ("全年执行数", declared.spent, computed.spent),
    )
    for column, written, total in pairs:
        if written is not None and total is not None and written != total:
            inspection.find(
                catalogue.FUND_SUM,
                document.at("项目资金", TOTAL_ROW, column),
                column=column,
                total=total,
                declared=written,
                unit=document.layout.money_unit,
            )


def money_is_plausible(inspection: Inspection) -> None:
    document, total = inspection.document, inspection.document.card.execution.total
    denominator = document.profile.execution.denominator
    base = total.budget if denominator == "全年预算数" else total.initial or ZERO
    if base <= 0:
        at = document.key("项目资金")
        inspection.find(catalogue.NO_BUDGET, at, denominator=denominator)
    for line in document.card.rows:
        if line.spent > line.budget:
            inspection.find(
                catalogue.OVERSPENT,
                document.at("项目资金", line.label, "全年执行数"),
                row=line.label,
                spent=line.spent,
                denominator="全年预算数",
                budget=line.budget,
            )


def amounts_are_not_negative(inspection: Inspection) -> None:
    document = inspection.document
    if reason_of(document.report.execution_note):
        return
    for row, amounts in document.report.funds.items():
        for field in ("initial", "budget", "spent"):
            amount = getattr(amounts, field)
            if amount is not None and amount < 0:
                column = Amounts.label(field)
                inspection.find(
                    catalogue.NEGATIVE_AMOUNT,
                    document.at("项目资金", row, column),
                    row=row,
                    column=column,
                    amount=amount,
                    unit=document.layout.money_unit,
                )


def execution_is_explained(inspection: Inspection) -> None:
    document, total = inspection.document, inspection.document.card.execution.total
    if reason_of(document.report.execution_note) or total.budget <= 0:
        return
    limit = document.profile.limits.rate
    exact = total.spent * HUNDRED / total.budget
    if limit is not None and exact < limit and total.rate is not None:
        at = document.key("项目资金")
        inspection.find(catalogue.LOW_RATE, at, rate=total.rate, limit=plain(limit))
    if total.initial is not None and total.initial != total.budget:
        inspection.find(
            catalogue.ADJUSTED,
            document.key("项目资金"),
            initial=total.initial,
            budget=total.budget,
            unit=document.layout.money_unit,
        )


def decimals_are_even(inspection: Inspection) -> None:
    document = inspection.document
    for column, field in (
        ("年初预算数", "initial"),
        ("全年预算数", "budget"),
        ("全年执行数", "spent"),
    ):
        values = [getattr(row, field) for row in document.report.funds.values()]
        known = [value for value in values if value is not None]
        if len({value.as_tuple().exponent for value in known}) > 1:
            inspection.find(
                catalogue.MIXED_DECIMALS,
                document.key("项目资金"),
                column=column,
                values="、".join(str(value) for value in known),
            )


def money_units_agree(inspection: Inspection) -> None:
    document = inspection.document
    unit = document.layout.money_unit
    funds = document.card.execution.total.budget * YUAN[unit]
    for point in document.card.points:
        if isinstance(point.target, Bound) and point.target.unit == "元" and funds > 0:
            ratio = point.target.value / funds
            if ratio in (Decimal(10_000), Decimal("0.0001")):
                inspection.find(
                    catalogue.UNIT_MIX,
                    document.of(point, "年度指标值"),
                    name=point.indicator.name,
                    amount=plain(point.target.value),
                    funds=plain(funds),
                    unit=unit,
                )


CHECKS = (
    rows_make_the_total,
    money_is_plausible,
    amounts_are_not_negative,
    execution_is_explained,
    decimals_are_even,
    money_units_agree,
)
