"""Scores: a pure function of a report and a profile, in exact decimals.

Every figure keeps how it came about: the method, the formula with its numbers, the
rounding. What the rule cannot decide stays None and asks for the author's own 得分.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from builder.model import GROUPS, TOTAL_ROW, Amounts, Indicator, Report
from builder.scoring.notation import read_result, read_target
from builder.scoring.points import Points, is_left_open, is_measured, measures
from builder.scoring.profile import Profile
from builder.scoring.ruling import BY_STANDARD, HUNDRED, ZERO, Method, Ruling, Verdict, within
from builder.scoring.target import plain
from builder.scoring.units import paired

__all__ = [
    "HUNDRED", "ZERO", "ExecutionPoints", "FundLine", "Method", "Points", "Scorecard", "score",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class FundLine:
    """One funding row: amounts in the profile's money unit, rate in % as printed. What is blank,
    or follows from a blank, is None."""

    label: str
    initial: Decimal | None
    budget: Decimal | None
    spent: Decimal | None
    rate: Decimal | None

    def base(self, profile: Profile) -> Decimal | None:
        """What the rate is a share of."""
        return self.budget if profile.execution.denominator == "全年预算数" else self.initial


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
    def group_weights(self) -> Mapping[str, Decimal | None]:
        """Σ分值 by 一级指标 (by `Points.group`), in the form's order; None where one of them is
        blank."""
        firsts = self.level_weights(1).items()
        return MappingProxyType({first or GROUPS: total for (first,), total in firsts})

    def level_weights(self, depth: int) -> Mapping[tuple[str, ...], Decimal | None]:
        """Σ分值 by 一级指标 (1), or by 一级 and 二级指标 (2), in the form's order; None where one
        of them is blank."""
        weights: dict[tuple[str, ...], list[Decimal | None]] = {}
        for point in self.points:
            weights.setdefault(point.path[:2][:depth], []).append(point.weight)
        return MappingProxyType({path: total_of(found) for path, found in weights.items()})


def score(report: Report, profile: Profile) -> Scorecard:
    """Score a report under a profile. Pure; raises nothing for any report that decodes."""
    execution = _execution(report, profile)
    rows = tuple(_line(label, row, profile) for label, row in report.rows.items())
    points = tuple(
        _points(path, indicator, profile, report.year, execution.total)
        for path, indicator in report.indicators()
    )
    if not profile.is_scored:
        return Scorecard(execution, rows, points, None, None, "", None)
    weight_sum = total_of([point.weight for point in points])
    if weight_sum is not None:
        weight_sum += execution.weight or ZERO
    total, formula = _total(execution, points, profile)
    grade = profile.grade(total) if total is not None else None
    return Scorecard(execution, rows, points, weight_sum, total, formula, grade)


def total_of(parts: Iterable[Decimal | None]) -> Decimal | None:
    """A sum; None where a part is not known."""
    found = list(parts)
    known = [part for part in found if part is not None]
    return sum(known, ZERO) if len(known) == len(found) else None


def _line(label: str, row: Amounts, profile: Profile) -> FundLine:
    line = FundLine(label, row.initial, row.budget, row.spent, None)
    base = line.base(profile)
    if base is None or row.spent is None:
        return line
    share = row.spent * HUNDRED / base if base > 0 else ZERO
    return replace(line, rate=profile.execution.rate.apply(share))


def _totals(report: Report) -> Amounts:
    """What the rows come to. What they leave open, the written total may say."""
    rows, written = tuple(report.rows.values()), report.funds.get(TOTAL_ROW)
    found: dict[str, Any] = {}
    for name in Amounts.model_fields:
        total = total_of(getattr(row, name) for row in rows) if rows else None
        found[name] = getattr(written, name, None) if total is None else total
    return Amounts.model_construct(**found)


def _execution(report: Report, profile: Profile) -> ExecutionPoints:
    rule = profile.execution
    total = _line(TOTAL_ROW, _totals(report), profile)
    if rule.weight is None or not profile.is_scored:
        is_elsewhere = rule.indicator is not None and profile.is_scored
        where = f"列为指标“{rule.indicator}”，在指标里计分" if is_elsewhere else ""
        return ExecutionPoints(total, None, None, where)
    return ExecutionPoints(total, rule.weight, *_of_rate(total, rule.weight, profile))


def _of_rate(total: FundLine, weight: Decimal, profile: Profile) -> tuple[Decimal | None, str]:
    """What the execution is worth of so many points, and how that came about."""
    rule, base, spent = profile.execution, total.base(profile), total.spent
    assert rule.score is not None
    if base is None or spent is None:
        blank = rule.denominator if base is None else Amounts.label("spent")
        return None, f"{blank}空白，无法计算"
    if base <= 0:
        return None, f"{rule.denominator}为零，无法计算"
    printed = total.rate if total.rate is not None else ZERO
    if rule.score.basis == "精确比值":
        exact = spent * weight / base
        quotient = f"{plain(spent)} ÷ {plain(base)}"
    else:
        exact = printed * weight / HUNDRED
        quotient = f"{plain(printed)}%"
    points = within(weight, exact, rule.score)
    formula = f"{quotient} × {plain(weight)} = {points}（{rule.score.in_words()}）"
    if exact > weight:
        formula = f"{quotient} × {plain(weight)} 超过满分，按满分 {plain(weight)} 计"
    return points, formula


def _total(
    execution: ExecutionPoints, points: tuple[Points, ...], profile: Profile
) -> tuple[Decimal | None, str]:
    """Σ of the printed scores; where 不适用 rescales, put back onto the full points."""
    assert profile.total is not None
    counted = [point for point in points if point.method is not Method.NOT_APPLICABLE]
    scores = [point.awarded for point in counted]
    known = [value for value in scores if value is not None]
    missing = []
    if execution.weight is not None and execution.score is None:
        missing.append("预算执行得分无法计算")
    if len(known) < len(scores):
        missing.append("有指标尚无得分")
    if len(counted) < len(points) and any(point.weight is None for point in points):
        missing.append("有指标分值空白，无法折算")
    if missing:
        return None, "，".join(missing)
    total = sum(known, execution.score or ZERO)
    formula = f"指标得分 {plain(sum(known, ZERO))}"
    if execution.score is not None:
        formula += f" + 预算执行得分 {plain(execution.score)}"
    if len(counted) < len(points):
        full = sum((point.weight or ZERO for point in points), execution.weight or ZERO)
        left = sum((point.weight or ZERO for point in counted), execution.weight or ZERO)
        total = total * full / left if left else ZERO
        formula = f"（{formula}）÷ 适用分值 {plain(left)} × {plain(full)}"
    printed = profile.total.apply(total)
    return printed, f"{formula} = {printed}"


def _by_execution(execution: FundLine, weight: Decimal, profile: Profile) -> Verdict:
    """What an indicator is worth that is the execution itself."""
    points, formula = _of_rate(execution, weight, profile)
    return Verdict(points, Method.UNDECIDED if points is None else Method.EXECUTION, formula)


def _blanks(indicator: Indicator, profile: Profile) -> list[str]:
    """What a rule would need of an indicator and is blank, by label."""
    needed = {
        **measures(indicator),
        "weight": "" if indicator.weight is None and profile.is_scored else "0",
    }
    return [Indicator.label(name) for name, value in needed.items() if not value]


def _points(
    path: tuple[str, str, int],
    indicator: Indicator,
    profile: Profile,
    year: int,
    execution: FundLine,
) -> Points:
    qualitative = {"定性": True, "定量": False}.get(indicator.kind or "")
    target = read_target(indicator.target, qualitative=qualitative)
    result = read_result(indicator.actual)
    pair = paired(target, result)
    weight = indicator.weight
    if blanks := _blanks(indicator, profile):
        ruling = Verdict(None, Method.UNDECIDED, f"{'、'.join(blanks)}空白，规则无法判定")
    elif profile.is_execution(indicator.name):
        ruling = _by_execution(execution, weight or ZERO, profile)
    elif not is_measured(indicator):
        ruling = BY_STANDARD
    else:
        ruling = Ruling(weight or ZERO, profile, year).decide(pair, indicator)
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
    elif method is Method.UNDECIDED and not blanks:
        formula = f"{formula}，须填写得分"
    if method is Method.NOT_APPLICABLE:
        awarded = None
    elif is_left_open(indicator):
        awarded, method, formula = None, Method.UNDECIDED, f"{ruling.formula}；得分留空"
    return Points(
        path, indicator, target, result, pair, weight, ruling.points, awarded, method,
        ruling.method, formula, ruling.achievement, ruling.tier, ruling.is_met,
    )  # fmt: skip
