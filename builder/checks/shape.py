"""Does the report fit its profile, its folder and its files?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from builder.checks.inspection import Inspection, label_of
from builder.diagnostics import catalogue
from builder.model import TOTAL_ROW, place
from builder.records import BLANK, suggestion
from builder.scoring import Document, reason_of

UNIT = "单位"  # stands beside the rows in report.json, and says what they are counted in


def year_is_folder(inspection: Inspection) -> None:
    document = inspection.document
    if str(document.report.year) != document.folder:
        inspection.find(
            catalogue.YEAR_FOLDER,
            document.at("年度"),
            year=document.report.year,
            folder=document.folder,
        )


def rows_are_known(inspection: Inspection) -> None:
    document, layout = inspection.document, inspection.document.layout
    beside = document.beside.funds if document.beside else layout.funds
    known = (TOTAL_ROW, *dict.fromkeys((*layout.funds.rows, *beside.rows)))
    is_open = layout.funds.open_rows or beside.open_rows
    for row in (*document.report.funds, *inspection.blanks("项目资金")):
        if row not in known and (row == UNIT or not is_open):
            hint, at = suggestion(row, known), document.key("项目资金", row)
            inspection.find(catalogue.UNKNOWN_ROW, at, hint=hint, layout=layout.name, row=row)
    if layout.funds.unsummed and TOTAL_ROW not in document.report.funds:
        at, column = document.key("项目资金"), layout.funds.unsummed[0]
        inspection.find(
            catalogue.MISSING_COLUMN, at, row=TOTAL_ROW, column=column, layout=layout.name
        )
    for row, amounts in document.report.funds.items():
        known_fields = {amounts.label(name): name for name in type(amounts).model_fields}
        for column in layout.funds.asked(row):
            place = ("项目资金", row, column)
            if getattr(amounts, known_fields[column]) is None and not document.is_blank(*place):
                inspection.find(
                    catalogue.MISSING_COLUMN,
                    document.key(*place),
                    row=row,
                    column=column,
                    layout=layout.name,
                )


def known_groups(document: Document) -> Mapping[str, Sequence[str]] | None:
    """The 二级指标 of each 一级指标 that the form has, or that of the other stage; None where
    authors may add to them, or there are no levels."""
    block = document.layout.indicators
    beside = document.beside.indicators if document.beside else block
    if block.open_groups or beside.open_groups or not block.levels:
        return None
    both = (block.groups, beside.groups)
    return {
        name: tuple(dict.fromkeys(kind for groups in both for kind in groups.get(name, ())))
        for name in chain(*both)
    }


def groups_are_known(inspection: Inspection) -> None:
    document, layout = inspection.document, inspection.document.layout
    groups = known_groups(document)
    if groups is None:
        return
    for group, kinds in document.report.groups.items():
        known = groups.get(group)
        if known is None:
            hint = suggestion(group, groups)
            at = document.key("绩效指标", group)
            inspection.find(catalogue.UNKNOWN_GROUP, at, hint=hint, layout=layout.name, name=group)
            continue
        for kind in kinds if len(layout.indicators.levels) > 1 else ():
            if kind not in known:
                hint = suggestion(kind, known)
                at = document.key("绩效指标", group, kind)
                inspection.find(catalogue.UNKNOWN_KIND, at, hint=hint, group=group, name=kind)


def levels_are_filled(inspection: Inspection) -> None:
    """A level without indicators: the author began it and forgot the rest."""
    document = inspection.document
    for group, kinds in document.report.groups.items():
        empty = [(group, kind) for kind, entries in kinds.items() if not entries]
        empty += [(group, kind) for kind in inspection.blanks("绩效指标", group)]
        for levels in empty if kinds else [(group,)]:
            _report_empty(inspection, *levels)
    for group in inspection.blanks("绩效指标"):
        _report_empty(inspection, group)


def _report_empty(inspection: Inspection, *levels: str) -> None:
    where = place(*levels)
    inspection.find(catalogue.NOTHING_IN_IT, inspection.document.key(*where), label=where[-1])


def weights_are_given(inspection: Inspection) -> None:
    document = inspection.document
    is_planned, columns = document.report.is_planned, document.layout.indicators.columns
    if not document.profile.is_scored or (is_planned and "分值" not in columns):
        return
    for point in document.card.points:
        where = point.place()
        if point.indicator.weight is None and not document.is_blank(*where, "分值"):
            at = document.key(*where, "分值")
            if at == document.key(*where):  # not even the key is there
                at = document.of(point)
            owner = f"指标“{point.indicator.name}”"
            if not document.is_named(point):
                owner = f"“{point.path[1]}”的第 {point.path[2] + 1} 项"
            inspection.find(catalogue.MISSING_WEIGHT, at, owner=owner)


def withholding_has_a_reason(inspection: Inspection) -> None:
    document, disclosure = inspection.document, inspection.document.report.disclosure
    if not document.report.is_public and not reason_of(disclosure.basis):
        inspection.find(catalogue.NO_BASIS, document.key("公开", "范围"), scope=disclosure.scope)


def withdrawal_is_whole(inspection: Inspection) -> None:
    """The day is published, so that nobody wonders since when; on others it would say nothing."""
    document, disclosure = inspection.document, inspection.document.report.disclosure
    is_withdrawn = document.report.is_withdrawn
    if is_withdrawn and disclosure.withdrawn is None and not document.is_unread("公开", "撤回日期"):
        inspection.find(catalogue.NO_WITHDRAWAL_DAY, document.key("公开", "范围"))
    for label, value in (("撤回日期", disclosure.withdrawn), ("撤回说明", disclosure.notice)):
        if value and not is_withdrawn:
            at = document.key("公开", label)
            inspection.find(catalogue.NOT_WITHDRAWN, at, label=label, scope=disclosure.scope)


def blanks_are_told(inspection: Inspection) -> None:
    """What is blank on purpose: nobody counts it, and who reads the findings should know."""
    document = inspection.document
    for location, text in inspection.texts:
        if text == BLANK:
            at = document.at(*location)
            inspection.find(catalogue.LEFT_BLANK, at, label=label_of(location))


CHECKS = (
    blanks_are_told,
    year_is_folder,
    rows_are_known,
    groups_are_known,
    levels_are_filled,
    weights_are_given,
    withholding_has_a_reason,
    withdrawal_is_whole,
)
