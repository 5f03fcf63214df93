"""How a report's score came about, in sentences that can be read aloud at a meeting.

Every figure stands with its unit and the reason for it: what was meant, what came of it, the
rule, the sum. The figures are those of the `Scorecard`; nothing is computed anew but the
limits of a tier in points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from builder.scoring import staged
from builder.scoring.deviation import missed, reason_of
from builder.scoring.document import Document
from builder.scoring.funds import total_of
from builder.scoring.profile import Profile, Tier
from builder.scoring.ruling import HUNDRED, ZERO, Method
from builder.scoring.scorecard import Points, Scorecard
from builder.scoring.spending import execution, scored
from builder.scoring.target import (
    Amount,
    Bound,
    Comparator,
    Deadline,
    NotApplicable,
    Quality,
    Range,
    plain,
)
from builder.text import figure, to_plain, visible

_REACHED = {
    Comparator.AT_LEAST: "达到指标值",
    Comparator.MORE: "高于指标值",
    Comparator.AT_MOST: "没有超过指标值",
    Comparator.LESS: "低于指标值",
    Comparator.EQUAL: "与指标值相等",
}
_RULED = re.compile("；(?:填报得分|得分留空)")  # behind it is what the author says
_MISSED = {
    Comparator.AT_LEAST: "没有达到指标值",
    Comparator.MORE: "没有高于指标值",
    Comparator.AT_MOST: "超过指标值",
    Comparator.LESS: "没有低于指标值",
    Comparator.EQUAL: "没有达到指标值",
}


def explain(document: Document) -> str:
    """The whole account of one report, ending in a line break."""
    report, card, profile = document.report, document.card, document.profile
    if report.is_planned:
        head = f"{report.year}年度 {report.name}（{report.unit}）"
        told = (head, *staged.targets(document), *staged.changes(report))
        return "\n".join(map(visible, told)) + "\n"
    lines = [f"{report.year}年度 {report.name}（{report.unit}）", _headline(card, profile), ""]
    lines += execution(document)
    for first, points in groupby(card.points, lambda point: point.group):
        lines += ["", *_group(first, tuple(points), profile)]
    if profile.is_scored:
        lines += ["", *_total(card, profile)]
    lines += [*staged.changes(report), *staged.review(document)]
    return "\n".join(map(visible, lines)) + "\n"


def _headline(card: Scorecard, profile: Profile) -> str:
    if not profile.is_scored:
        return f"按“{profile.name}”填报，这张表不计分。"
    if card.total is None:
        return f"按“{profile.name}”评分，总分还无法得出。"
    return f"按“{profile.name}”评分，总分 {card.total} 分，等级为{card.grade or '未定'}。"


def _group(first: str, points: Sequence[Points], profile: Profile) -> Iterator[str]:
    """One 一级指标: what it comes to, then its indicators."""
    digits = profile.point_digits
    counted = [point for point in points if point.method is not Method.NOT_APPLICABLE]
    known = [point.awarded for point in counted if point.awarded is not None]
    if not profile.is_scored:
        yield first
    else:
        full = total_of(point.weight for point in points)
        points_known = sum(known, ZERO) if len(known) == len(counted) else None
        yield first + scored(points_known, full, digits)
    for point in points:
        kind = f"（{point.path[1]}）" if point.path[1] else ""
        name = f"  {point.indicator.name}{kind}"
        if point.method in (Method.UNSCORED, Method.NOT_APPLICABLE):
            yield name + ("不适用" if point.method is Method.NOT_APPLICABLE else "")
        else:
            yield name + scored(point.awarded, point.weight, digits)
        yield f"    {''.join(_sentences(point, profile))}"
        if reason := reason_of(point.indicator.reason):
            yield f"    偏差原因：{to_plain(reason)}"


def _sentences(point: Points, profile: Profile) -> Iterator[str]:
    """Why an indicator has its points: the rule's own judgement, then the author's 得分."""
    indicator, digits = point.indicator, profile.point_digits
    told = {
        "target": f"指标值 {indicator.target or '空白'}",
        "actual": f"完成值 {indicator.actual or '空白'}",
    }
    known = [text for name, text in told.items() if indicator.knows(name)]
    yield "，".join(known)
    if point.method is Method.UNSCORED:
        how = missed(point)
        yield f"，{how}。" if how else "。" if known else ""
        return
    yield f"{'，' if known else ''}{_judgement(point, profile)}。"
    if point.computed is None and point.awarded is None:
        if point.method is not Method.NOT_APPLICABLE and not point.is_blank:
            yield "须由填报单位填写得分。"
    elif point.computed is None:
        yield f"填报单位评定为 {figure(point.awarded, digits)} 分。"
    elif point.awarded is None:
        if point.method is not Method.NOT_APPLICABLE:
            yield "得分留空，不计入总分。"
    elif point.is_overridden:
        gap = point.awarded - point.computed
        yield (
            f"填报单位评定为 {figure(point.awarded, digits)} 分，"
            f"比按规则{'多' if gap > 0 else '少'} {figure(abs(gap), digits)} 分，以评定的为准。"
        )


def _judgement(point: Points, profile: Profile) -> str:
    """What the rule says, without the points that the author gave."""
    rule = _RULED.split(point.formula)[0].removeprefix(f"{point.pair.note}：")
    match point.ruled:
        case Method.MET:
            return f"{_converted(point)}{_reached(point)}，按{point.ruled}得 {point.computed} 分"
        case Method.RATIO | Method.REVERSE:
            assert profile.scoring is not None
            how = f"{_converted(point)}{_missed(point)}，按{point.ruled}：{rule} 分"
            is_rounded = not rule.endswith(f"按 0 计，得 {point.computed}")
            return f"{how}（{profile.scoring.points.in_words()}）" if is_rounded else how
        case Method.ALL_OR_NOTHING:
            missed = f"{_converted(point)}{_missed(point)}"
            return f"{missed}，按{point.ruled}得 {point.computed} 分"
        case Method.EXECUTION:
            return f"按{point.ruled}：{rule.replace('（', ' 分（')}"
        case Method.TIER:
            why = f"属于“{point.tier.name}”一档" if point.tier else "与指标值相同，视为达成"
            return f"{why}，按{point.ruled}得满分 {point.computed} 分"
        case Method.NOT_APPLICABLE:
            return f"不适用：这 {point.weight} 分不计，其余得分按比例折算"
    return _open(point)


def _open(point: Points) -> str:
    """Why the rule leaves the points to the author."""
    if point.is_blank:
        return "规则无法判定得分"
    if not point.is_measured:
        return "按评分标准评定"
    if point.tier:
        return f"属于“{point.tier.name}”一档，得分应在{_limits(point, point.tier)}之间"
    if doubt := point.pair.doubt:
        one, other = doubt.readings
        return f"{doubt.label}没有写单位，是 {one} 还是 {other}，规则无法断定"
    match point.target, point.result:
        case NotApplicable(), _:
            return "没有指标值，规则无法判定得分"
        case _, NotApplicable():
            return "不适用，而这套规则不折算"
        case Deadline(), Deadline():
            may = "" if point.is_met is False else "可能"
            return f"{may}晚于指标值，晚了扣多少分，规则没有规定"
        case Quality(), _:
            return "指标值是文字，规则无法从完成值判定得分"
    return "完成值不是可以同指标值比较的数，规则无法判定得分"


def _limits(point: Points, tier: Tier) -> str:
    """A tier in points: ` 12 分（含）至 16 分（不含）`."""
    weight = point.weight or ZERO
    lower, upper = (plain(weight * share / HUNDRED) for share in (tier.lower, tier.upper))
    return f" {lower} 分（含）至 {upper} 分（不含）"


def _converted(point: Points) -> str:
    """Which figure stands for one without a unit, for a result that is none or below zero."""
    note = f"{point.pair.note}，" if point.pair.note else ""
    match point.pair.target, point.pair.result:
        case Bound(), NotApplicable(text):
            return f"“{text}”按 0 计，"
        case Bound(value=value), Amount(actual) if actual < 0 <= value:
            return f"{note}负数按 0 计，"
        case Range(), Amount(actual) if actual < 0:
            return f"{note}负数按 0 计，"
    return note


def _reached(point: Points) -> str:
    match point.pair.target, point.pair.result:
        case Bound(Comparator.EQUAL, value), Amount(actual) if actual > value:
            return "达到并超过指标值"
        case Bound(comparator), _:
            return _REACHED[comparator]
        case Range(), _:
            return "在指标值的范围之内"
    return "没有晚于指标值"


def _missed(point: Points) -> str:
    match point.pair.target, point.pair.result:
        case Range(low), Amount(actual):
            return "低于范围的下限" if actual < low else "高于范围的上限"
        case Bound(Comparator.EQUAL, value), Amount(actual) if actual > value:
            return "超过指标值"
        case Bound(comparator), _:
            return _MISSED[comparator]
    return "没有达到指标值"


def _total(card: Scorecard, profile: Profile) -> Iterator[str]:
    if card.total is None:
        open_ones = [
            p.indicator.name
            for p in card.points
            if p.awarded is None and p.method is not Method.NOT_APPLICABLE
        ]
        yield "总分还无法得出"
        yield f"  {card.total_formula}{'：' if open_ones else ''}{'、'.join(open_ones)}。"
        return
    yield f"总分 {card.total} 分，等级为{card.grade or '未定'}"
    yield f"  {card.total_formula}。{_band(card, profile)}"


def _band(card: Scorecard, profile: Profile) -> str:
    """`80 分（含）以上、90 分以下为良。`"""
    bands = sorted(profile.bands, key=lambda band: band.lower)
    above = [band.lower for band in bands if card.total is not None and band.lower > card.total]
    lower = next((band.lower for band in bands if band.grade == card.grade), ZERO)
    told = [f"{plain(lower)} 分（含）以上"] if lower > 0 else []
    told += [f"{plain(above[0])} 分以下"] if above else []
    return f"{'、'.join(told)}为{card.grade}。" if told and card.grade else ""
