"""C4: is each indicator plausible: its target, its result, its unit, its place?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.checks.inspection import Inspection, reason_of
from builder.diagnostics import Severity, Span, catalogue
from builder.scoring import (
    HUNDRED,
    Amount,
    Bound,
    Comparator,
    Deadline,
    Points,
    Quality,
    Range,
    normalized,
)

TEMPLATE = re.compile(
    r"指标\s?[0-9一二三]\s?[：:]|^(?:……|…|\.\.\.)$|[（(]?[0-9]{1,4}字以内[）)]?|对照年度目标"
)
OPTIONS = frozenset(
    {"好坏", "优良中差", "优良中低差", "高中低", "是否", "有无", "达成/部分达成/未达成"}
)
NEGATIVE = re.compile(r"成本|事故|故障|投诉|死亡|结余|差错|违规|逾期|处置时间|响应时间")
BOUNDED_RATE = re.compile(
    r"(合格率|达标率|覆盖率|满意度|满意率|完好率|准确率|及时率|验收率|优良率|可用性)"
)
RATE = re.compile(r"(率|比例|占比)$")
COUNT = re.compile(r"(次数|人数|人次|数量|个数|场次|天数|户数|件数)$")
COUNT_UNITS = frozenset(
    ["次", "人", "个", "家", "户", "件", "场", "起", "套", "台", "部", "份", "期", "项", "天",
     "人次", "场次", "篇", "批", "处", "所", "名", "辆"]
)  # fmt: skip
# 完成率 among 数量指标 is settled practice (every form of the seeds has one) and not reported.
BETTER_KIND = (
    (re.compile(r"(合格率|达标率|优良率)"), "质量指标"),
    (re.compile(r"(及时率|及时性|按时|准时)"), "时效指标"),
)
NAME_NUMBER = re.compile(
    r"(?<![0-9.])[0-9]{1,15}(?:\.[0-9]{1,10})?\s?(?:公里|平方米|米|亩|吨|万元|元|人次|人|次|个|台|套|户|家|场|项|天|%|％)"
)


def _measures(point: Points) -> Iterator[tuple[str, str, Amount | Bound]]:
    """The quantities of an indicator: label, text as written, value."""
    if isinstance(point.target, Bound):
        yield "年度指标值", point.indicator.target, point.target
    if isinstance(point.result, Amount):
        yield "实际完成值", point.indicator.actual, point.result


def results_are_in_reach(inspection: Inspection) -> None:
    document, limits = inspection.document, inspection.document.profile.limits
    for point in document.card.points:
        percent = point.achievement
        if percent is None or reason_of(point.indicator.reason):
            continue
        steps = (
            (limits.error, Severity.ERROR),
            (limits.warning, Severity.WARNING),
            (limits.info, Severity.INFO),
        )
        severity = next((s for limit, s in steps if limit is not None and percent >= limit), None)
        if severity:
            inspection.find(
                catalogue.OVERACHIEVED,
                document.of(point, "实际完成值"),
                severity=severity,
                name=point.indicator.name,
                percent=f"{percent:.0f}",
            )


def results_are_results(inspection: Inspection) -> None:
    document = inspection.document
    for point in document.card.points:
        name, actual, at = (
            point.indicator.name,
            point.indicator.actual,
            document.of(point, "实际完成值"),
        )
        match point.target, point.result:
            case _, Amount(comparator=Comparator()):
                inspection.find(catalogue.COPIED_TARGET, at, name=name, actual=actual)
            case _, Amount(approximate=True):
                inspection.find(catalogue.APPROXIMATE, at, name=name, actual=actual)
            case Bound() | Range(), Quality() if point.tier is not None:
                inspection.find(
                    catalogue.NO_MEASURE,
                    at,
                    name=name,
                    target=point.indicator.target,
                    actual=actual,
                )


def texts_are_filled_in(inspection: Inspection) -> None:
    document = inspection.document
    for point in document.card.points:
        entry = point.indicator
        fields = {"三级指标": entry.name, "年度指标值": entry.target, "实际完成值": entry.actual}
        for label, text in fields.items():
            found = TEMPLATE.search(text)
            if found:
                at = document.of(point, label)
                inspection.find(catalogue.TEMPLATE_TEXT, at, label=label, text=found[0])
            if label != "三级指标" and text in OPTIONS:
                at = document.of(point, label)
                inspection.find(catalogue.OPTION_LIST, at, label=label, text=text)


def units_agree(inspection: Inspection) -> None:
    document = inspection.document
    for point in document.card.points:
        target, result, doubt = point.pair.target, point.pair.result, point.pair.doubt
        if doubt:
            one, other = doubt.readings
            inspection.find(
                catalogue.UNIT_MISSING,
                document.of(point, doubt.label),
                name=point.indicator.name,
                label=doubt.label,
                one=one,
                other=other,
            )
        elif not isinstance(target, Bound | Range) or not isinstance(result, Amount):
            continue
        elif target.unit != result.unit:
            inspection.find(
                catalogue.UNIT_DIFFERS,
                document.of(point, "实际完成值"),
                name=point.indicator.name,
                target=target.unit,
                actual=result.unit,
            )


def targets_can_be_measured(inspection: Inspection) -> None:
    document, profile = inspection.document, inspection.document.profile
    for point in document.card.points:
        target, entry = point.target, point.indicator
        at = document.of(point, "年度指标值")
        if isinstance(target, Quality):
            known = target.text in profile.states or profile.tier_of(target.text)
            if not known and entry.kind is None and not TEMPLATE.search(target.text):
                inspection.find(catalogue.VAGUE_TARGET, at, name=entry.name, target=target.text)
        number = NAME_NUMBER.search(entry.name)
        is_points = isinstance(target, Bound) and not target.written and not target.unit
        if number and is_points and isinstance(target, Bound) and target.value == point.weight:
            inspection.find(catalogue.TARGET_IN_NAME, at, name=entry.name, number=number[0])


def directions_make_sense(inspection: Inspection) -> None:
    document = inspection.document
    for point in document.card.points:
        target, name = point.target, point.indicator.name
        if not isinstance(target, Bound) or not target.written:
            continue
        upward = target.comparator in (Comparator.AT_LEAST, Comparator.MORE)
        less_is_better = NEGATIVE.search(name) and not RATE.search(name)
        direction = ""
        if upward and less_is_better and "降低" not in name and "节约" not in name:
            direction = "越少越好"
        elif target.is_upper and "满意" in name and "不满意" not in name:
            direction = "越高越好"
        if direction:
            at = document.of(point, "年度指标值")
            inspection.find(
                catalogue.DIRECTION,
                at,
                name=name,
                direction=direction,
                target=point.indicator.target,
            )


def units_fit_names(inspection: Inspection) -> None:
    document = inspection.document
    for point in document.card.points:
        name, target = point.indicator.name, point.target
        if not isinstance(target, Bound):
            continue
        at, unit = document.of(point, "年度指标值"), target.unit
        if RATE.search(name) and unit in COUNT_UNITS:
            inspection.find(catalogue.RATE_UNIT, at, name=name, kind="比率", unit=unit)
        elif COUNT.search(name) and unit in ("%", "百分比"):
            inspection.find(catalogue.RATE_UNIT, at, name=name, kind="计数", unit=unit)


def indicators_are_in_place(inspection: Inspection) -> None:
    document = inspection.document
    for point in document.card.points:
        first, kind, _ = point.path
        for words, better in BETTER_KIND:
            if words.search(point.indicator.name) and first.startswith("产出") and kind != better:
                at = document.of(point)
                inspection.find(
                    catalogue.MISFILED, at, name=point.indicator.name, kind=kind, better=better
                )
                break


def rates_stay_below_100(inspection: Inspection) -> None:
    document = inspection.document
    for point in document.card.points:
        if not BOUNDED_RATE.search(point.indicator.name):
            continue
        for label, text, value in _measures(point):
            if value.unit in ("%", "百分比") and value.value > HUNDRED:
                at = document.of(point, label)
                inspection.find(
                    catalogue.RATE_OVER_100, at, name=point.indicator.name, label=label, text=text
                )


def dates_are_of_the_year(inspection: Inspection) -> None:
    document = inspection.document
    year = document.report.year
    for point in document.card.points:
        entry = point.indicator
        if isinstance(point.target, Deadline):
            problem = ""
            if point.target.year is None:
                problem = "没有写年份"
            elif not point.target.is_of(year):
                problem = f"不在 {year} 年度"
            if problem:
                _date(inspection, point, "年度指标值", entry.target, problem)
            done = point.result if isinstance(point.result, Deadline) else None
            if done and (done.year or year) > year and not done.is_of(year):
                _date(inspection, point, "实际完成值", entry.actual, f"晚于 {year} 年度")


def _date(inspection: Inspection, point: Points, label: str, text: str, problem: str) -> None:
    document = inspection.document
    inspection.find(
        catalogue.DATE_TARGET,
        document.of(point, label),
        name=point.indicator.name,
        label=label,
        text=text,
        problem=problem,
        year=document.report.year,
    )


def names_differ(inspection: Inspection) -> None:
    document = inspection.document
    first: dict[str, Span] = {}
    for point in document.card.points:
        name, at = normalized(point.indicator.name), document.of(point)
        if name in first:
            related = {first[name]: "首次出现在这里"}
            inspection.find(catalogue.SAME_NAME, at, related=related, name=point.indicator.name)
        first.setdefault(name, at)


def counts_are_whole(inspection: Inspection) -> None:
    document = inspection.document
    for point in document.card.points:
        for label, text, value in _measures(point):
            if value.unit in COUNT_UNITS and "." in text and value.value == int(value.value):
                at = document.of(point, label)
                inspection.find(
                    catalogue.DECIMAL_COUNT, at, name=point.indicator.name, label=label, text=text
                )


CHECKS = (
    results_are_in_reach,
    results_are_results,
    texts_are_filled_in,
    units_agree,
    targets_can_be_measured,
    directions_make_sense,
    units_fit_names,
    indicators_are_in_place,
    rates_stay_below_100,
    dates_are_of_the_year,
    names_differ,
    counts_are_whole,
)
