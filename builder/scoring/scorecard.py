"""Scores: a pure function of a report and a profile, in exact decimals.

Every figure keeps how it came about: the method, the formula with its numbers, the
rounding. What the rule cannot decide stays None and asks for the author's own 得分.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from builder.model import TOTAL_ROW, Amounts, Indicator, Report
from builder.scoring.notation import read_result, read_target
from builder.scoring.profile import Profile, Tier
from builder.scoring.ruling import HUNDRED, ZERO, Method, Ruling, within
from builder.scoring.target import Result, Target, plain
from builder.scoring.units import Pair, paired

__all__ = [
    "HUNDRED", "ZERO", "ExecutionPoints", "FundLine", "Method", "Points", "Scorecard", "score",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Points:
    """The points of one indicator.

    `weight` is the 分值, `computed` what the rule gives, `awarded` what counts: the
    author's own 得分 where there is one. None where nothing can be said. `method` is how the
    awarded points came about, `ruled` how the rule alone judged. `target` and `result` are as
    they were written, `pair` as they were compared. `tier` holds the limits inside which the
    author may decide. `is_met` says whether the target is reached, on forms without points,
    too; None where the rules cannot say.
    """

    path: tuple[str, str, int]
    indicator: Indicator
    target: Target
    result: Result
    pair: Pair
    weight: Decimal | None
    computed: Decimal | None
    awarded: Decimal | None
    method: Method
    ruled: Method
    formula: str
    achievement: Decimal | None = None
    tier: Tier | None = None
    is_met: bool | None = None

    @property
    def is_overridden(self) -> bool:
        """Whether the author's 得分 differs from the computed one."""
        return self.computed is not None and self.awarded != self.computed

    @property
    def is_short(self) -> bool:
        """Whether points are missing: lost, or not given yet. 不适用 and 不计分 miss none."""
        is_counted = self.method not in (Method.UNSCORED, Method.NOT_APPLICABLE)
        return is_counted and self.awarded != self.weight


@dataclass(frozen=True, slots=True)
class FundLine:
    """One funding row: amounts in the profile's money unit, rate in % as printed."""

    label: str
    initial: Decimal | None
    budget: Decimal
    spent: Decimal
    rate: Decimal | None


@dataclass(frozen=True, slots=True)
class ExecutionPoints:
    """The total row: its rate in % as printed, its points and how they came about."""

    total: FundLine
    weight: Decimal | None
    score: Decimal | None
    formula: str


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All that a report's figures come to under one profile."""

    execution: ExecutionPoints
    rows: tuple[FundLine, ...]
    points: tuple[Points, ...]
    weight_sum: Decimal | None
    total: Decimal | None
    total_formula: str
    grade: str | None

    @property
    def group_weights(self) -> Mapping[str, Decimal]:
        """Σ分值 by 一级指标, in the form's order."""
        sums: dict[str, Decimal] = {}
        for point in self.points:
            sums[point.path[0]] = sums.get(point.path[0], ZERO) + (point.weight or ZERO)
        return MappingProxyType(sums)


def score(report: Report, profile: Profile) -> Scorecard:
    """Score a report under a profile. Pure; raises nothing for any report that decodes."""
    execution = _execution(report, profile)
    rows = tuple(_line(label, row, profile) for label, row in report.rows.items())
    points = tuple(
        _points(path, indicator, profile, report.year) for path, indicator in report.indicators()
    )
    if not profile.is_scored:
        return Scorecard(execution, rows, points, None, None, "", None)
    weights = [point.weight for point in points] + [execution.weight]
    weight_sum = sum((weight for weight in weights if weight is not None), ZERO)
    total, formula = _total(execution, points, profile)
    grade = profile.grade(total) if total is not None else None
    return Scorecard(execution, rows, points, weight_sum, total, formula, grade)


def _line(label: str, row: Amounts, profile: Profile) -> FundLine:
    base = row.budget if profile.execution.denominator == "全年预算数" else row.initial or ZERO
    rate = profile.execution.rate.apply(row.spent * HUNDRED / base if base > 0 else ZERO)
    return FundLine(label, row.initial, row.budget, row.spent, rate)


def _execution(report: Report, profile: Profile) -> ExecutionPoints:
    rows = tuple(report.rows.values())
    initials = [row.initial for row in rows if row.initial is not None]
    complete = bool(rows) and len(initials) == len(rows)
    amounts = Amounts.model_construct(
        initial=sum(initials, ZERO) if complete else None,
        budget=sum((row.budget for row in rows), ZERO),
        spent=sum((row.spent for row in rows), ZERO),
    )
    if not rows and TOTAL_ROW in report.funds:
        amounts = report.funds[TOTAL_ROW]
    rule = profile.execution
    total = _line(TOTAL_ROW, amounts, profile)
    base = amounts.budget if rule.denominator == "全年预算数" else amounts.initial or ZERO
    if rule.weight is None or rule.score is None or not profile.is_scored:
        return ExecutionPoints(total, None, None, "")
    if base <= 0:
        return ExecutionPoints(total, rule.weight, None, f"{rule.denominator}为零，无法计算")
    printed = total.rate if total.rate is not None else ZERO
    if rule.score.basis == "精确比值":
        exact = amounts.spent * rule.weight / base
        quotient = f"{plain(amounts.spent)} ÷ {plain(base)}"
    else:
        exact = printed * rule.weight / HUNDRED
        quotient = f"{plain(printed)}%"
    points = within(rule.weight, exact, rule.score)
    formula = f"{quotient} × {plain(rule.weight)} = {points}（{rule.score.in_words()}）"
    if exact > rule.weight:
        formula = f"{quotient} × {plain(rule.weight)} 超过满分，按满分 {plain(rule.weight)} 计"
    return ExecutionPoints(total, rule.weight, points, formula)


def _total(
    execution: ExecutionPoints, points: tuple[Points, ...], profile: Profile
) -> tuple[Decimal | None, str]:
    """Σ of the printed scores; where 不适用 rescales, put back onto the full points."""
    assert profile.total is not None
    counted = [point for point in points if point.method is not Method.NOT_APPLICABLE]
    scores = [point.awarded for point in counted]
    known = [value for value in scores if value is not None]
    if execution.weight is not None:
        if execution.score is None:
            return None, "预算执行得分无法计算"
        known.append(execution.score)
    if any(value is None for value in scores):
        return None, "有指标尚无得分"
    total = sum(known, ZERO)
    indicators = plain(sum((value for value in scores if value is not None), ZERO))
    formula = f"指标得分 {indicators}"
    if execution.score is not None:
        formula += f" + 预算执行得分 {plain(execution.score)}"
    if len(counted) < len(points):
        full = sum((point.weight or ZERO for point in points), execution.weight or ZERO)
        left = sum((point.weight or ZERO for point in counted), execution.weight or ZERO)
        total = total * full / left if left else ZERO
        formula = f"（{formula}）÷ 适用分值 {plain(left)} × {plain(full)}"
    printed = profile.total.apply(total)
    return printed, f"{formula} = {printed}"


def _points(
    path: tuple[str, str, int], indicator: Indicator, profile: Profile, year: int
) -> Points:
    qualitative = {"定性": True, "定量": False}.get(indicator.kind or "")
    target = read_target(indicator.target, qualitative=qualitative)
    result = read_result(indicator.actual)
    pair = paired(target, result)
    weight = indicator.weight if indicator.weight is not None else ZERO
    ruling = Ruling(weight, profile, year).decide(pair, indicator)
    if not profile.is_scored:
        return Points(
            path, indicator, target, result, pair, None, None, None, Method.UNSCORED,
            Method.UNSCORED, "本表不计分", ruling.achievement, ruling.tier, ruling.is_met,
        )  # fmt: skip
    awarded = indicator.awarded if indicator.awarded is not None else ruling.points
    method, formula = ruling.method, ruling.formula
    if indicator.awarded is not None and indicator.awarded != ruling.points:
        method = Method.MANUAL
        formula = f"{formula}；填报得分 {indicator.awarded}"
    elif method is Method.UNDECIDED:
        formula = f"{formula}，须填写得分"
    if method is Method.NOT_APPLICABLE:
        awarded = None
    return Points(
        path, indicator, target, result, pair, weight, ruling.points, awarded, method,
        ruling.method, formula, ruling.achievement, ruling.tier, ruling.is_met,
    )  # fmt: skip
