"""C4: does each target say what is to be reached, in the right direction and the right year?"""

from __future__ import annotations

import re

from builder.checks.inspection import Inspection
from builder.checks.templates import residue
from builder.diagnostics import catalogue
from builder.scoring import (
    Amount,
    Bound,
    Comparator,
    Deadline,
    Points,
    Quality,
    is_cost,
    is_little,
    is_rate,
    reason_of,
)

# More of what is done is better: 建设村庄数量 ≤4 is a slip of the sign. Buying may be capped.
DONE = re.compile("建设|新建|改造|完成|开展|举办|培训|受益|覆盖|服务|种植|修复|宣传")
CAPPED = re.compile("采购|购置|租|编制|支出|费|元|耗|控制|时间|时长|时限|天数|间隔|密度|周期")


def targets_can_be_measured(inspection: Inspection) -> None:
    document, profile = inspection.document, inspection.document.profile
    for point in document.card.points:
        target, entry = point.target, point.indicator
        if isinstance(target, Quality) and target.text:
            known = target.text in profile.states or profile.tier_of(target.text)
            if not known and entry.kind is None and not residue(target.text):
                at = document.of(point, "年度指标值")
                inspection.find(catalogue.VAGUE_TARGET, at, name=entry.name, target=target.text)


def directions_make_sense(inspection: Inspection) -> None:
    document = inspection.document
    for point in document.card.points:
        target, name = point.pair.target, point.indicator.name
        if isinstance(target, Bound) and (better := _better(point, target)):
            inspection.find(
                catalogue.DIRECTION,
                document.of(point, "年度指标值"),
                name=name,
                direction=better,
                target=point.indicator.target,
            )


def _better(point: Points, target: Bound) -> str:
    """What speaks against the sign of a target, `""` if nothing does."""
    name, kind = point.indicator.name, point.path[1]
    if target.comparator in (Comparator.AT_LEAST, Comparator.MORE):
        return "越少越好" if is_cost(point) else ""
    if target.comparator is Comparator.EQUAL:
        # Without a sign a cost is read as a floor, which matters where the result is another one.
        result = point.pair.result
        differs = isinstance(result, Amount) and result.value != target.value
        other = differs and point.pair.doubt is None
        return "越少越好" if other and is_cost(point) and target.value > 0 else ""
    if "满意" in name:
        return "" if "不满意" in name else "越高越好"
    is_done = "数量" in kind and DONE.search(name) and target.value > 0
    may_be_capped = CAPPED.search(f"{name} {target.unit}") or is_little(name) or is_rate(name)
    return "越多越好" if is_done and not may_be_capped else ""


def dates_are_of_the_year(inspection: Inspection) -> None:
    document = inspection.document
    year = document.report.year
    for point in document.card.points:
        # In another folder than that of its year all dates would be wrong; that is told once.
        if not isinstance(point.target, Deadline) or f"{year}" != document.folder:
            continue
        problem = ""
        if point.target.year is None:
            problem = "没有写年份"
        elif not point.target.is_of(year):
            problem = f"不在 {year} 年度"
        if problem:
            _tell_date(inspection, point, "年度指标值", problem)
        done = point.result if isinstance(point.result, Deadline) else None
        # Who was late says why; without a word that is told (C303, C310, C313).
        is_told = point.is_met is False or reason_of(point.indicator.reason)
        if done and (done.year or year) > year and not done.is_of(year) and not is_told:
            _tell_date(inspection, point, "实际完成值", f"晚于 {year} 年度")


def _tell_date(inspection: Inspection, point: Points, label: str, problem: str) -> None:
    document, entry = inspection.document, point.indicator
    inspection.find(
        catalogue.DATE_TARGET,
        document.of(point, label),
        name=entry.name,
        label=label,
        text=entry.target if label == "年度指标值" else entry.actual,
        problem=problem,
        year=document.report.year,
    )


CHECKS = (
    targets_can_be_measured,
    directions_make_sense,
    dates_are_of_the_year,
)
