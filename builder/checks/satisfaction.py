"""C4: was anybody asked whether they are content, and is there proof of a perfect answer?"""

from __future__ import annotations

import re

from builder.checks.inspection import Inspection
from builder.diagnostics import catalogue
from builder.scoring import HUNDRED, Amount, Bound


def satisfaction_has_evidence(inspection: Inspection) -> None:
    document = inspection.document
    if document.report.evidence:
        return
    for point in document.card.points:
        result, target = point.result, point.target
        if "满意" not in point.indicator.name or not isinstance(result, Amount):
            continue
        exact = isinstance(target, Bound) and result.value == target.value
        if result.value == HUNDRED or exact:
            at = document.of(point, "实际完成值")
            inspection.find(
                catalogue.PERFECT_SATISFACTION,
                at,
                name=point.indicator.name,
                actual=point.indicator.actual,
            )


def satisfaction_is_asked(inspection: Inspection) -> None:
    document = inspection.document
    groups = document.report.groups
    if not any("满意" in group for group in groups):
        inspection.find(catalogue.NO_SATISFACTION, document.key("绩效指标"))
    for point in document.card.points:
        if "满意" in point.path[0] and not re.search("满意|认可|好评|投诉", point.indicator.name):
            at = document.of(point)
            inspection.find(catalogue.FOREIGN_SATISFACTION, at, name=point.indicator.name)


CHECKS = (satisfaction_has_evidence, satisfaction_is_asked)
