"""Scores: a pure function of a report and a profile, in exact decimals.

Every figure keeps how it came about: the method, the formula with its numbers, the
rounding. What the rule cannot decide stays None and asks for the author's own 得分.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from builder.model import TOTAL_ROW, Amounts, Indicator, Report
from builder.profile import Profile, Rounding, Tier
from builder.target import (
    Amount,
    Bound,
    Comparator,
    Deadline,
    NotApplicable,
    Quality,
    Range,
    Result,
    Target,
    read_result,
    read_target,
)

ZERO = Decimal(0)
HUNDRED = Decimal(100)


class Method(StrEnum):
    """评分方式: how an indicator's points came about."""

    MET = "达标满分"
    RATIO = "比例得分"
    REVERSE = "反向扣减"
    ALL_OR_NOTHING = "全有或全无"
    TIER = "定性分档"
    MANUAL = "人工评定"
    NOT_APPLICABLE = "不适用"
    UNDECIDED = "待评定"
    UNSCORED = "不计分"


@dataclass(frozen=True, slots=True)
class Points:
    """The points of one indicator.

    `weight` is the 分值, `computed` what the rule gives, `awarded` what counts: the
    author's own 得分 where there is one. None where nothing can be said. `tier` holds the
    limits in points (lower, upper) inside which the author may decide.
    """

    path: tuple[str, str, int]
    indicator: Indicator
    target: Target
    result: Result
    weight: Decimal | None
    computed: Decimal | None
    awarded: Decimal | None
    method: Method
    formula: str
    achievement: Decimal | None = None
    tier: Tier | None = None

    @property
    def is_overridden(self) -> bool:
        """Whether the author's 得分 differs from the computed one."""
        return self.computed is not None and self.awarded != self.computed


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


def plain(value: Decimal) -> str:
    """A number as a person writes it in a formula: no exponent, no empty decimals."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _within(weight: Decimal, exact: Decimal, rounding: Rounding) -> Decimal:
    """Printed points: rounded, from zero up to the 分值, which may have more decimals."""
    points = rounding.apply(max(ZERO, min(exact, weight)))
    return min(points, max(ZERO, weight))


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
    points = _within(rule.weight, exact, rule.score)
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
    if not profile.is_scored or profile.scoring is None:
        return Points(
            path, indicator, target, result, None, None, None, Method.UNSCORED, "本表不计分"
        )
    weight = indicator.weight if indicator.weight is not None else ZERO
    ruling = _Ruling(weight, profile, year).decide(target, result, indicator)
    awarded = indicator.awarded if indicator.awarded is not None else ruling.points
    method, formula = ruling.method, ruling.formula
    if indicator.awarded is not None and indicator.awarded != ruling.points:
        method = Method.MANUAL
        formula = f"{formula}；填报得分 {indicator.awarded}"
    if method is Method.NOT_APPLICABLE:
        awarded = None
    return Points(
        path, indicator, target, result, weight, ruling.points, awarded, method, formula,
        ruling.achievement, ruling.tier,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Verdict:
    points: Decimal | None
    method: Method
    formula: str
    achievement: Decimal | None = None  # result ÷ target in %, for 正向 targets above zero
    tier: Tier | None = None


@dataclass(frozen=True, slots=True)
class _Ruling:
    """The rules of one profile, applied to an indicator of `weight` points."""

    weight: Decimal
    profile: Profile
    year: int

    def decide(self, target: Target, result: Result, indicator: Indicator) -> _Verdict:
        same = isinstance(target, Quality) and target.text == indicator.actual.strip()
        if isinstance(result, NotApplicable):
            if result.text == "无" and isinstance(target, Bound) and _wants_little(target):
                result = Amount(ZERO, target.unit)
            elif result.text != "无" or not same:
                return self._not_applicable()
        if isinstance(result, Quality) and (tier := self.profile.tier_of(result.text)):
            return self._tier(tier)
        match target, result:
            case Bound(), Amount():
                return self._bound(target, result)
            case Range(), Amount():
                return self._range(target, result)
            case Deadline(), Deadline():
                return self._deadline(target, result, indicator)
            case Quality(), _ if same:
                return self._full(Method.TIER, f"完成值与指标值同为“{target.text}”，达成")
        return _Verdict(None, Method.UNDECIDED, "规则无法判定，须填写得分")

    def _full(
        self, method: Method, formula: str, achievement: Decimal | None = None,
        tier: Tier | None = None,
    ) -> _Verdict:  # fmt: skip
        points = self._rounded(self.weight)
        return _Verdict(points, method, f"{formula}，得满分 {points}", achievement, tier)

    def _rounded(self, exact: Decimal) -> Decimal:
        assert self.profile.scoring is not None
        return _within(self.weight, exact, self.profile.scoring.points)

    def _not_applicable(self) -> _Verdict:
        assert self.profile.scoring is not None
        if self.profile.scoring.not_applicable == "折算":
            return _Verdict(None, Method.NOT_APPLICABLE, "不适用，其余指标折算")
        return _Verdict(None, Method.UNDECIDED, "完成值为不适用，规则不折算，须填写得分")

    def _tier(self, tier: Tier) -> _Verdict:
        if tier.upper == HUNDRED:
            return self._full(Method.TIER, tier.name, tier=tier)
        span = f"{plain(tier.lower)}%（含）至{plain(tier.upper)}%"
        return _Verdict(
            None, Method.UNDECIDED, f"{tier.name}，得分率在{span}之间，须填写得分", tier=tier
        )

    def _bound(self, target: Bound, result: Amount) -> _Verdict:
        actual = max(ZERO, result.value) if target.value >= 0 else result.value
        upward = target.value > 0 and not target.is_upper
        achievement = actual * HUNDRED / target.value if upward else None
        if target.met_by(actual):
            return self._full(Method.MET, f"{_met(target, actual)}", achievement)
        if target.is_upper:
            return self._reverse(target, actual)
        if target.value <= 0:
            points = self._rounded(ZERO)
            missed = f"{plain(actual)} 未达到 {target.comparator} {plain(target.value)}"
            return _Verdict(points, Method.ALL_OR_NOTHING, f"{missed}，得 {points}")
        points = self._rounded(actual * self.weight / target.value)
        ratio = f"{plain(actual)} ÷ {plain(target.value)} × {plain(self.weight)} = {points}"
        return _Verdict(points, Method.RATIO, ratio, achievement)

    def _reverse(self, target: Bound, actual: Decimal) -> _Verdict:
        """The variants in use: linear to twice the target, target ÷ result, all or nothing."""
        assert self.profile.scoring is not None
        variant, limit = self.profile.scoring.reverse, target.value
        full = plain(self.weight)
        if variant == "全有或全无" or limit <= 0:
            points = self._rounded(ZERO)
            return _Verdict(
                points, Method.ALL_OR_NOTHING,
                f"{plain(actual)} 超过 {plain(limit)}，得 {points}",
            )  # fmt: skip
        if variant == "反比":
            points = self._rounded(limit * self.weight / actual)
            formula = f"{plain(limit)} ÷ {plain(actual)} × {full} = {points}"
        else:
            points = self._rounded((limit - (actual - limit)) * self.weight / limit)
            formula = (
                f"（1 − （{plain(actual)} − {plain(limit)}）÷ {plain(limit)}）× {full} = {points}"
            )
        return _Verdict(points, Method.REVERSE, formula)

    def _range(self, target: Range, result: Amount) -> _Verdict:
        actual = max(ZERO, result.value)
        low, high, full = plain(target.low), plain(target.high), plain(self.weight)
        if target.low <= actual <= target.high:
            return self._full(Method.MET, f"{plain(actual)} 在 {low} 至 {high} 之内")
        if actual < target.low:
            points = self._rounded(actual * self.weight / target.low)
            formula = f"{plain(actual)} ÷ {low} × {full} = {points}"
        else:
            points = self._rounded(target.high * self.weight / actual)
            formula = f"{high} ÷ {plain(actual)} × {full} = {points}"
        return _Verdict(points, Method.RATIO, formula)

    def _deadline(self, target: Deadline, result: Deadline, indicator: Indicator) -> _Verdict:
        due = target.last_day(self.year)
        if result.last_day(self.year) <= due or result == target:
            return self._full(Method.MET, f"{indicator.actual} 不晚于 {indicator.target}")
        return _Verdict(
            None, Method.UNDECIDED, f"{indicator.actual} 晚于 {indicator.target}，须填写得分"
        )


def _wants_little(target: Bound) -> bool:
    """A target that 无 fulfils: zero, or an upper bound."""
    return target.is_upper or (target.comparator is Comparator.EQUAL and target.value == 0)


def _met(target: Bound, actual: Decimal) -> str:
    if target.comparator is Comparator.EQUAL and actual != target.value:
        return f"{plain(actual)} 达到并超过 {plain(target.value)}"
    return f"{plain(actual)} {target.comparator} {plain(target.value)}"
