"""C2: do the rows that split another row, or the total in another way, come to the same?"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from builder.checks.inspection import Inspection
from builder.diagnostics import catalogue
from builder.model import TOTAL_ROW
from builder.scoring import ZERO, Document, groups, typed

FUNDS = "项目资金"


def lost(document: Document) -> dict[str, str]:
    """Rows of which only parts are written, so that the total lacks them: each with its first
    part."""
    report, funds = document.report, document.layout.funds
    if not funds.has_parts:
        return {}
    return {
        whole: next(iter(ways.values()))[0]
        for whole, ways in groups(report, funds).items()
        if whole is not None and whole not in report.funds
    }


def parts_stand_below_their_row(inspection: Inspection) -> None:
    document = inspection.document
    for whole, part in lost(document).items():
        if not document.is_blank(FUNDS, whole):
            at = document.key(FUNDS, part)
            inspection.find(catalogue.PART_ALONE, at, row=part, whole=whole)


def parts_make_their_row(inspection: Inspection) -> None:
    document = inspection.document
    report, funds = document.report, document.layout.funds
    if not funds.has_parts:
        return
    for whole, ways in groups(report, funds).items():
        if whole is None or whole not in report.funds:
            continue
        written = typed(report.funds[whole], funds)
        for parts in ways.values():
            for column, total in _sums(inspection, parts).items():
                declared = written[column]
                if declared is not None and total != declared:
                    inspection.find(
                        catalogue.PARTS_SUM,
                        document.at(FUNDS, whole, column),
                        column=column,
                        row=whole,
                        total=total,
                        declared=declared,
                        unit=document.layout.money_unit,
                    )


def ways_make_the_total(inspection: Inspection) -> None:
    document = inspection.document
    funds, computed = document.layout.funds, document.card.execution.total
    if not any(row.way for row in funds.rows.values()) or lost(document):
        return
    ways = groups(document.report, funds).get(None, {})
    for way, rows in [*ways.items()][1:]:
        for column, total in _sums(inspection, rows).items():
            declared = computed.amounts[column]
            if declared is not None and total != declared:
                inspection.find(
                    catalogue.WAY_SUM,
                    document.at(FUNDS, rows[0], column),
                    column=column,
                    way=way or "按来源分",
                    whole=TOTAL_ROW,
                    total=total,
                    declared=declared,
                    unit=document.layout.money_unit,
                )


def _sums(inspection: Inspection, rows: Sequence[str]) -> dict[str, Decimal]:
    """What some rows come to, column by column; without those that a row leaves blank."""
    document = inspection.document
    amounts = [typed(document.report.funds[row], document.layout.funds) for row in rows]
    found = {}
    for column in amounts[0]:
        known = [amount for row in amounts if (amount := row[column]) is not None]
        if len(known) == len(amounts):
            found[column] = sum(known, ZERO)
    return found


CHECKS = (parts_stand_below_their_row, parts_make_their_row, ways_make_the_total)
