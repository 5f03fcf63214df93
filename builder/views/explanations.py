"""How the figures of one report came about: of each indicator, of the execution, of the total."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from markupsafe import Markup

from builder.content import addresses
from builder.scoring import (
    ZERO,
    Document,
    Method,
    Points,
    Profile,
    Scorecard,
    deviates,
    execution_deviates,
    execution_needs_reason,
    missed,
    reason_of,
)
from builder.text import figure, percent, to_html
from builder.views.charts import share
from builder.views.page import LABELS

DEVIATION = "偏差"
EMPTY = "空白"  # beside an arrow a blank would be overlooked


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one indicator came to its points: 指标值 → 完成值 → 规则 → 得分.

    `mark` is 偏差 where points are missing, or without points the target; 说明 where a reason
    stands without either. Without `is_measured` the form asks for no target. `result` says in
    words what was given, with both scores where the author's own counts, or how the target was
    missed.
    """

    anchor: str
    row: str
    name: str
    is_measured: bool
    target: str
    actual: str
    method: str
    formula: str
    points: str
    weight: str
    mark: str
    result: str
    reason: Markup

    @property
    def is_deviation(self) -> bool:
        """Whether something fell short, rather than that something is said or still open."""
        return self.mark == DEVIATION


@dataclass(frozen=True, slots=True)
class ExplanationGroup:
    """The explanations of one 一级指标, with its points and full points."""

    name: str
    points: str
    weight: str
    entries: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the total: 预算执行 or a 一级指标, with the length of its bar in %."""

    name: str
    points: str
    weight: str
    length: str


@dataclass(frozen=True, slots=True)
class Execution:
    """预算执行 in words: the formula of its points, and the author's note.

    `mark` is 偏差 where points were lost or more was spent than there was, 说明 where it only
    carries a note; `is_unexplained` where a note is due and missing.
    """

    rate: str
    is_scored: bool
    formula: str
    note: Markup
    mark: str
    result: str
    is_unexplained: bool

    @property
    def is_deviation(self) -> bool:
        """Whether points were lost or too much was spent, rather than that something is said."""
        return self.mark == DEVIATION


def execution_view(document: Document) -> Execution:
    """预算执行 of a report."""
    execution, profile = document.card.execution, document.profile
    note = reason_of(document.report.execution_note)
    is_deviation = execution_deviates(execution, profile)
    result = f"{LABELS.rate} {percent(execution.total.rate)}"
    if is_deviation and execution.score is not None and profile.execution.score:
        digits = int(profile.execution.score.digits)
        full = figure(execution.weight, digits)
        result += f"，得 {figure(execution.score, digits)} 分，满分 {full} 分"
    return Execution(
        percent(execution.total.rate),
        execution.weight is not None,
        execution.formula,
        to_html(note) if note else Markup(),
        DEVIATION if is_deviation else "说明" if note else "",
        result,
        not note and execution_needs_reason(execution, profile),
    )


def explanation_groups(card: Scorecard, profile: Profile) -> Iterable[ExplanationGroup]:
    """The explanations of all indicators, by 一级指标."""
    digits = profile.point_digits
    numbered = enumerate(card.points, start=1)
    for name, members in groupby(numbered, lambda entry: entry[1].group):
        entries = list(members)
        counted = [p for _, p in entries if p.method is not Method.NOT_APPLICABLE]
        known = [p.awarded for p in counted if p.awarded is not None]
        is_known = profile.is_scored and len(known) == len(counted)
        weight = card.group_weights[name] if profile.is_scored else None
        yield ExplanationGroup(
            name,
            figure(sum(known, ZERO) if is_known else None, digits),
            figure(weight, digits),
            tuple(_explanation(number, point, profile) for number, point in entries),
        )


def _explanation(number: int, point: Points, profile: Profile) -> Explanation:
    indicator, digits = point.indicator, profile.point_digits
    return Explanation(
        anchor=f"points-{number}",
        row=addresses.indicator_row(number),
        name=indicator.name,
        is_measured=point.is_measured,
        target=indicator.target or (EMPTY if indicator.knows("target") else ""),
        actual=indicator.actual or (EMPTY if indicator.knows("actual") else ""),
        method=point.method,
        formula=point.formula,
        points=figure(point.awarded, digits),
        weight=figure(point.weight, digits),
        mark=_mark(point),
        result=_result(point, digits),
        reason=to_html(reason) if (reason := reason_of(indicator.reason)) else Markup(),
    )


def _mark(point: Points) -> str:
    if point.method is Method.UNDECIDED and point.awarded is None:
        return "待评定"
    if deviates(point):
        return DEVIATION
    return "说明" if reason_of(point.indicator.reason) else ""


def _result(point: Points, digits: int) -> str:
    if point.method is Method.UNSCORED:
        return missed(point)
    is_open = point.weight is None
    full = "分值空白" if is_open else f"满分 {figure(point.weight, digits)} 分"
    if point.method is Method.NOT_APPLICABLE:
        return f"不适用，{full}"
    if point.awarded is None:
        return f"尚无得分，{full}"
    given = figure(point.awarded, digits)
    if point.is_overridden:
        full += f"（计算得分 {figure(point.computed, digits)}，填报得分 {given}）"
    return f"得 {given} 分，{full}"


def parts(card: Scorecard, profile: Profile, groups: Iterable[ExplanationGroup]) -> Iterable[Part]:
    """The parts of the total; none on a form without points."""
    execution, weights = card.execution, card.group_weights
    if not profile.is_scored:
        return
    if execution.weight is not None:
        digits = int(profile.execution.score.digits) if profile.execution.score else 0
        score = execution.score
        yield Part(
            "预算执行", figure(score, digits), figure(execution.weight, digits),
            share(score or ZERO, execution.weight),
        )  # fmt: skip
    scores: dict[str, Decimal] = {}
    for point in card.points:
        scores[point.group] = scores.get(point.group, ZERO) + (point.awarded or ZERO)
    for group in groups:
        length = share(scores[group.name], weights[group.name] or ZERO)
        yield Part(group.name, group.points, group.weight, length)
