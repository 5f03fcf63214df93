"""C4: on a form that lists the execution among its indicators, does it say what was computed?"""

from __future__ import annotations

from builder.checks.inspection import Inspection
from builder.checks.money import execution_counts
from builder.diagnostics import catalogue
from builder.scoring import Amount


def execution_is_listed(inspection: Inspection) -> None:
    document, profile = inspection.document, inspection.document.profile
    name = profile.execution.indicator
    if name is None or document.report.is_planned:
        return
    points = document.card.points
    found = [point for point in points if profile.is_execution(point.indicator.name)]
    if not found and all(map(document.is_named, points)):
        inspection.find(
            catalogue.EXECUTION_MISSING, document.key("绩效指标"), name=name, profile=profile.name
        )
    rate = document.card.execution.total.rate
    for point in found if execution_counts(inspection) else ():
        result = point.pair.result
        if isinstance(result, Amount) and result.value != rate:
            inspection.find(
                catalogue.EXECUTION_DIFFERS,
                document.of(point, "实际完成值"),
                name=name,
                actual=point.indicator.actual,
                rate=rate,
            )


CHECKS = (execution_is_listed,)
