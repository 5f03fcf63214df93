"""C2: do the amounts agree with one another, and is the execution explained?"""

from __future__ import annotations

import re
from decimal import Decimal

from builder.checks.inspection import Inspection, is_explained
from builder.checks.splitting import lost
from builder.content import YUAN
from builder.diagnostics import catalogue
from builder.layouts import AMOUNTS
from builder.model import TOTAL_ROW, Amounts, Report
from builder.scoring import HUNDRED, ZERO, Bound, Document, making_the_total, plain, typed

PIECE = re.compile("每|均|单价|标准|补助|补贴")  # what is paid to one, and may be a 10,000th of all
FUNDS, NOTE = Report.label("funds"), Report.label("execution_note")
INITIAL, BUDGET = Amounts.label("initial"), Amounts.label("budget")
SPENT = Amounts.label("spent")


def rows_make_the_total(inspection: Inspection) -> None:
    document = inspection.document
    for column, (written, total) in _untied(document).items():
        inspection.find(
            catalogue.FUND_SUM,
            document.at("项目资金", TOTAL_ROW, column),
            column=column,
            total=total,
            declared=written,
            unit=document.layout.money_unit,
        )


def _untied(document: Document) -> dict[str, tuple[Decimal, Decimal]]:
    """The columns whose rows do not make the written total: that total and their sum."""
    written, computed = document.report.funds.get(TOTAL_ROW), document.card.execution.total
    if written is None or not document.report.rows or lost(document):
        return {}
    said = typed(written, document.layout.funds)
    return {
        column: (one, other)
        for column, one in said.items()
        if one is not None and (other := computed.amounts[column]) is not None and one != other
    }


def ties(inspection: Inspection, *columns: str) -> bool:
    """Whether the sums of these columns are worth a word.

    Where rows do not make the written total one of them is wrong, and so is what follows from
    their sum: the author mends that first.
    """
    doubtful = _untied(inspection.document) if inspection.stops(catalogue.FUND_SUM) else {}
    sources = map(inspection.document.layout.funds.sources, columns)
    return all(doubtful.keys().isdisjoint(typed_) for typed_ in sources)


def execution_counts(inspection: Inspection) -> bool:
    """Whether rate and execution score are worth a word: there is a base, and the rows tie."""
    document = inspection.document
    return (
        (base_of(document) or ZERO) > 0
        and document.card.execution.total.rate is not None
        and (ties(inspection, document.profile.execution.denominator, SPENT))
    )


def base_of(document: Document) -> Decimal | None:
    """What the rate is a share of, in the form's unit; None where it is blank."""
    return document.card.execution.total.base(document.profile)


def budget_is_there(inspection: Inspection) -> None:
    document = inspection.document
    denominator, base = document.profile.execution.denominator, base_of(document)
    if not document.report.funds and not document.is_blank(FUNDS):
        base = ZERO
    if base is not None and base <= 0 and ties(inspection, denominator):
        at = document.key("项目资金")
        inspection.find(catalogue.NO_BUDGET, at, denominator=denominator, base=base)


def budget_is_kept(inspection: Inspection) -> None:
    document = inspection.document
    is_told = is_explained(document, document.report.execution_note, NOTE)
    if is_told or not ties(inspection, BUDGET, SPENT):
        return
    if (base_of(document) or ZERO) <= 0:
        return  # told already, and no rate is worked out of it
    lines = document.card.rows or (document.card.execution.total,)
    profile = document.profile
    limits = [(line, line.limit(profile)) for line in lines]
    over = {
        line.label: (line.spent, limit)
        for line, limit in limits
        if line.spent is not None and limit is not None and line.spent > limit
    }
    whole = making_the_total(document.report, document.layout.funds)
    is_usual = profile.execution.denominator in AMOUNTS
    # Where a row is overspent, a part of it or another way to split the total says no more.
    for label in [label for label in over if label in whole] or over:
        spent, limit = over[label]
        inspection.find(
            catalogue.OVERSPENT,
            document.at("项目资金", label, SPENT),
            row=label,
            spent=spent,
            denominator=BUDGET if is_usual else profile.execution.denominator,
            budget=limit,
        )


def amounts_are_not_negative(inspection: Inspection) -> None:
    document = inspection.document
    if is_explained(document, document.report.execution_note, NOTE):
        return
    for row, amounts in document.report.funds.items():
        for column, amount in typed(amounts, document.layout.funds).items():
            if amount is not None and amount < 0:
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
    if is_explained(document, document.report.execution_note, NOTE):
        return
    limit, at = document.profile.limits.rate, document.key("项目资金")
    exact, base = HUNDRED, base_of(document)
    if base and total.spent is not None and execution_counts(inspection):
        exact = total.spent * HUNDRED / base
    if limit is not None and ZERO <= exact < limit:  # an amount below zero has been told
        inspection.find(catalogue.LOW_RATE, at, rate=total.rate, limit=plain(limit))
    is_printed = INITIAL in document.layout.funds.columns
    budget = total.budget or ZERO
    is_adjusted = total.initial is not None and total.initial != budget
    if is_printed and is_adjusted and budget > 0 and ties(inspection, INITIAL, BUDGET):
        inspection.find(
            catalogue.ADJUSTED,
            at,
            initial=total.initial,
            budget=budget,
            unit=document.layout.money_unit,
        )


def decimals_are_even(inspection: Inspection) -> None:
    document = inspection.document
    funds = document.layout.funds
    rows = [typed(row, funds) for row in document.report.funds.values()]
    for column in (*AMOUNTS, *funds.own_amounts):
        if column not in funds.columns:
            continue
        values = [row[column] for row in rows]
        # A plain 0 says nothing of how exact the others are.
        known = [value for value in values if value is not None and f"{value}" != "0"]
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
    budget = document.card.execution.total.budget if ties(inspection, BUDGET) else None
    funds = (budget or ZERO) * YUAN[unit]
    for point in document.card.points:
        is_total = PIECE.search(point.indicator.name) is None
        if isinstance(point.target, Bound) and point.target.unit == "元" and funds > 0 and is_total:
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
    budget_is_there,
    budget_is_kept,
    amounts_are_not_negative,
    execution_is_explained,
    decimals_are_even,
    money_units_agree,
)
