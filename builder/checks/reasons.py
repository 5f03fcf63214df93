"""C3: is every deviation explained, and does the explanation fit?"""

from __future__ import annotations

import re

from builder.checks.inspection import Inspection, is_explained
from builder.checks.scores import is_in_tier
from builder.diagnostics import catalogue
from builder.model import Indicator
from builder.scoring import (
    Bound,
    Deadline,
    Method,
    NotApplicable,
    Points,
    Range,
    missed,
    reason_of,
)

REASON = Indicator.label("reason")
SHORT_REASON = 6  # characters; below that no reason says why and what next
# But not 无未完成事项, 不存在滞后.
UNFINISHED = re.compile(
    "(?<![无未])(?<!没有)(?<!不存在)(?<!未发生)(?<!未出现)"
    "(?:未完成|未达成|未达到|滞后|延期|延迟|尚未|没有完成)"
)


def deductions_are_explained(inspection: Inspection) -> None:
    document = inspection.document
    for point in document.card.points:
        weight, awarded, name = point.weight, point.awarded, point.indicator.name
        reason = reason_of(point.indicator.reason)
        if weight is None or awarded is None or awarded >= weight:
            continue
        where = document.of(point, "得分" if point.indicator.awarded is not None else "实际完成值")
        if not is_explained(document, reason, *point.place(REASON)):
            inspection.find(catalogue.NO_REASON, where, name=name, awarded=awarded, weight=weight)
        elif 0 < len(reason) < SHORT_REASON:
            inspection.find(
                catalogue.THIN_REASON, document.of(point, REASON), name=name, reason=reason
            )
        elif reason and point.computed == weight and is_in_tier(point, awarded):
            inspection.find(
                catalogue.MET_BUT_LOWERED,
                where,
                name=name,
                awarded=awarded,
                computed=point.computed,
            )


def missed_targets_are_explained(inspection: Inspection) -> None:
    """Those that cost no points: of a form without points, and a late date with full points."""
    document = inspection.document
    for point in document.card.points:
        problem, entry = _missed(point), point.indicator
        reason = reason_of(entry.reason)
        if problem and not is_explained(document, reason, *point.place(REASON)):
            inspection.find(
                catalogue.MISSED,
                document.of(point, "实际完成值"),
                name=entry.name,
                target=entry.target,
                actual=entry.actual,
                problem=problem,
            )
        elif problem and 0 < len(reason) < SHORT_REASON:
            at = document.of(point, REASON)
            inspection.find(catalogue.THIN_REASON, at, name=entry.name, reason=reason)


def _missed(point: Points) -> str:
    """How a target was missed that no other rule asks about, in words; `""` if it was not."""
    is_unscored = point.method is Method.UNSCORED
    is_full = point.is_full and point.computed is None and point.tier is None
    if not is_unscored and not is_full:
        return ""
    if found := missed(point):
        return found
    if point.is_blank or not point.is_measured:
        return ""
    if is_unscored and isinstance(point.result, NotApplicable) and point.is_met is None:
        return "没有完成值" if isinstance(point.target, Bound | Range | Deadline) else ""
    return ""


def reasons_do_not_contradict(inspection: Inspection) -> None:
    document = inspection.document
    for point in document.card.points:
        is_unscored = point.method is Method.UNSCORED
        is_full = point.is_met if is_unscored else point.is_full
        word = UNFINISHED.search(reason_of(point.indicator.reason))
        if is_full and word and not isinstance(point.target, Deadline | Range):
            inspection.find(
                catalogue.REASON_CONTRADICTS,
                document.of(point, REASON),
                name=point.indicator.name,
                state="达到了指标值" if is_unscored else "得满分",
                word=word[0],
            )


def full_points_need_a_result(inspection: Inspection) -> None:
    document = inspection.document
    for point in document.card.points:
        if (
            isinstance(point.result, NotApplicable)
            and point.is_measured
            and point.computed is None
            and point.weight
            and point.is_full
            and not document.is_unread(*point.place("实际完成值"))
            and not reason_of(point.indicator.reason)
        ):
            inspection.find(
                catalogue.FULL_FOR_NOTHING,
                document.of(point, "得分"),
                name=point.indicator.name,
                actual=point.indicator.actual,
                awarded=point.awarded,
            )


CHECKS = (
    deductions_are_explained,
    missed_targets_are_explained,
    reasons_do_not_contradict,
    full_points_need_a_result,
)
