"""C4: was anybody asked whether they are content, and is there proof of a perfect answer?"""

from __future__ import annotations

import re

from builder.checks.inspection import Inspection
from builder.checks.points import holds_points
from builder.diagnostics import catalogue
from builder.scoring import HUNDRED, Amount, Bound

ASKED = re.compile("满意|认可|好评|投诉")


def satisfaction_has_evidence(inspection: Inspection) -> None:
    document = inspection.document
    if document.report.evidence or holds_points(document):
        return
    for point in document.card.points:
        result, target = point.pair.result, point.pair.target
        if "满意" not in point.indicator.name or not isinstance(result, Amount):
            continue
        exact = isinstance(target, Bound) and result.value == target.value
        # A result copied with its sign is told as that.
        if (result.value == HUNDRED or exact) and result.comparator is None:
            at = document.of(point, "实际完成值")
            inspection.find(
                catalogue.PERFECT_SATISFACTION,
                at,
                name=point.indicator.name,
                actual=point.indicator.actual,
            )


def satisfaction_is_asked(inspection: Inspection) -> None:
    """It is a 一级指标 on some forms, a 二级指标 on others, and may be asked in a name alone."""
    document, block = inspection.document, inspection.document.layout.indicators
    offered = [name for group, kinds in block.groups.items() for name in (group, *kinds)]
    written = [name for group, kinds in document.report.groups.items() for name in (group, *kinds)]
    written += inspection.blanks("绩效指标")  # begun, and told as empty
    written += [point.indicator.name for point in document.card.points]
    has_room = block.open_groups or not block.levels or any("满意" in name for name in offered)
    is_known = all(map(document.is_named, document.card.points))
    is_told = not document.card.points and document.is_blank("绩效指标")
    if has_room and is_known and not is_told and not any("满意" in name for name in written):
        inspection.find(catalogue.NO_SATISFACTION, document.key("绩效指标"))
    for point in document.card.points:
        is_asked = any("满意" in level for level in point.path[:2])
        if is_asked and document.is_named(point) and not ASKED.search(point.indicator.name):
            at = document.of(point)
            inspection.find(catalogue.FOREIGN_SATISFACTION, at, name=point.indicator.name)


CHECKS = (satisfaction_has_evidence, satisfaction_is_asked)
