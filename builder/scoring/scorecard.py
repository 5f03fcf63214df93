"""Scores: a pure function of a report and a profile, in exact decimals.

Every figure keeps how it came about: the method, the formula with its numbers, the
rounding. What the rule cannot decide stays None and asks for the author's own 得分.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from builder.layouts import Layout
from builder.model import GROUPS, Indicator, Report
from builder.scoring.funds import FundLine, fund_lines, scored, total_line, total_of
from builder.scoring.notation import read_result, read_target
from builder.scoring.points import Points, is_left_open, is_measured, measures
from builder.scoring.profile import Profile
from builder.scoring.ruling import BY_STANDARD, HUNDRED, ZERO, Method, Ruling, Verdict
from builder.scoring.target import Result, Target, plain
from builder.scoring.units import paired

__all__ = [
    "HUNDRED", "ZERO", "ExecutionPoints", "FundLine", "Method", "Points", "Scorecard", "score",
]  # fmt: skip


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


def score(
    report: Report, profile: Profile, layout: Layout, spent: Decimal | None = None
) -> Scorecard:
    """Score a report under a profile, on a layout. Pure; raises nothing for any report that
    decodes. `spent` is the total's 全年执行数 where it is not what the rows come to."""
    if report.is_planned:
        return _planned(report, profile, layout)
    execution = _execution(total_line(report, profile, layout.funds, spent), profile)
    rows = fund_lines(report, profile, layout.funds)
    points = tuple(
        _points(path, indicator, profile, report.year, execution.total)
        for path, indicator in report.indicators()
    )
    if not profile.is_scored:
        return Scorecard(execution, rows, points, None, None, "", None)
    weight_sum = total_of([point.weight for point in points]) if points else None
    if weight_sum is not None:
        weight_sum += execution.weight or ZERO
    sum_, formula = _total(execution, points, profile)
    grade = profile.grade(sum_) if sum_ is not None else None
    return Scorecard(execution, rows, points, weight_sum, sum_, formula, grade)


def _planned(report: Report, profile: Profile, layout: Layout) -> Scorecard:
    """What there is before any result: amounts, targets, and the points that may be reached."""
    total = total_line(report, profile, layout.funds)
    rows = fund_lines(report, profile, layout.funds)
    execution = ExecutionPoints(
        total, profile.execution.weight if profile.is_scored else None, None, ""
    )
    points = tuple(_target(path, indicator, profile) for path, indicator in report.indicators())
    weights = total_of([point.weight for point in points]) if points else None
    if weights is not None:
        weights += execution.weight or ZERO
    return Scorecard(execution, rows, points, weights, None, "", None)


def _target(path: tuple[str, str, int], indicator: Indicator, profile: Profile) -> Points:
    target, result = _read(indicator)
    weight = indicator.weight if profile.is_scored else None
    return Points(
        path, indicator, target, result, paired(target, result), weight, None, None,
        Method.PLANNED, Method.PLANNED, "目标，尚无结果",
    )  # fmt: skip


def _read(indicator: Indicator) -> tuple[Target, Result]:
    qualitative = {"定性": True, "定量": False}.get(indicator.kind or "")
    return read_target(indicator.target, qualitative=qualitative), read_result(indicator.actual)


def _execution(line: FundLine, profile: Profile) -> ExecutionPoints:
    """The points of the total row; where the execution is one of the indicators it has none."""
    if profile.execution.indicator is None or not profile.is_scored:
        total = scored(line, profile)
        return ExecutionPoints(total, total.weight, total.score, total.formula)
    where = f"列为指标“{profile.execution.indicator}”，在指标里计分"
    return ExecutionPoints(line, None, None, where)


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
    if not points:
        missing.append("绩效指标空白")
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
    line = scored(execution, profile, weight)
    method = Method.UNDECIDED if line.score is None else Method.EXECUTION
    return Verdict(line.score, method, line.formula)


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
    target, result = _read(indicator)
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
