"""C4: rates are shares in %, counts are not, and shares of a whole stay below 100 %."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.checks.inspection import Inspection
from builder.checks.points import holds_points
from builder.diagnostics import catalogue
from builder.scoring import HUNDRED, Amount, Bound, Points, Range, is_rate

SHARE = re.compile(r"满意度(?:[(（].{0,20}[)）])?$")
BOUNDED_RATE = re.compile(
    r"(合格率|达标率|覆盖率|满意度|满意率|完好率|准确率|及时率|验收率|优良率|可用性)"
)
COUNT = re.compile(r"(次数|人数|人次|数量|个数|场次|天数|户数|件数)$")
COUNT_UNITS = frozenset(
    ["次", "人", "个", "家", "户", "件", "场", "起", "套", "台", "部", "份", "期", "项", "天",
     "人次", "场次", "篇", "批", "处", "所", "名", "辆"]
)  # fmt: skip
PERCENT = ("%", "百分比")


def measures(point: Points) -> Iterator[tuple[str, str, Amount | Bound]]:
    """The quantities of an indicator: label, text as written, value as it is compared."""
    if isinstance(point.pair.target, Bound):
        yield "年度指标值", point.indicator.target, point.pair.target
    if isinstance(point.pair.result, Amount):
        yield "实际完成值", point.indicator.actual, point.pair.result


def units_fit_names(inspection: Inspection) -> None:
    document = inspection.document
    for point in document.card.points:
        name, target = point.indicator.name, point.target
        if not isinstance(target, Bound):
            continue
        at, unit = document.of(point, "年度指标值"), target.unit
        if is_rate(name) and unit in COUNT_UNITS:
            inspection.find(catalogue.RATE_UNIT, at, name=name, kind="比率", unit=unit)
        elif COUNT.search(name) and unit in PERCENT:
            inspection.find(catalogue.RATE_UNIT, at, name=name, kind="计数", unit=unit)


def rates_have_a_unit(inspection: Inspection) -> None:
    document = inspection.document
    if holds_points(document):
        return
    for point in document.card.points:
        name, target = point.indicator.name, point.target
        is_bare = isinstance(target, Bound | Range) and target.size > 0 and not target.unit
        is_told = point.pair.doubt is not None
        if is_bare and not is_told and (is_rate(name) or SHARE.search(name)):
            inspection.find(
                catalogue.RATE_WITHOUT_UNIT,
                document.of(point, "年度指标值"),
                name=name,
                target=point.indicator.target,
            )


def rates_stay_below_100(inspection: Inspection) -> None:
    document = inspection.document
    for point in document.card.points:
        for label, text, value in measures(point):
            if outgrows(value, point):
                at = document.of(point, label)
                inspection.find(
                    catalogue.RATE_OVER_100, at, name=point.indicator.name, label=label, text=text
                )


def outgrows(value: object, point: Points) -> bool:
    """Whether a share that cannot exceed the whole does."""
    is_share = BOUNDED_RATE.search(point.indicator.name) is not None
    return (
        is_share
        and isinstance(value, Amount | Bound)
        and value.unit in PERCENT
        and value.value > HUNDRED
    )


CHECKS = (units_fit_names, rates_have_a_unit, rates_stay_below_100)
