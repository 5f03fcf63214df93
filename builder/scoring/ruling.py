"""The rules for one indicator: what a target and a result come to under a profile.

What the rules cannot decide stays None, with the reason in the formula.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from builder.model import Indicator
from builder.scoring.profile import Profile, Rounding, Scoring, Tier
from builder.scoring.target import (
    Amount,
    Bound,
    Comparator,
    Deadline,
    NotApplicable,
    Quality,
    Range,
    Result,
    Target,
    plain,
    times,
)
from builder.scoring.units import Pair

ZERO = Decimal(0)
HUNDRED = Decimal(100)


class Method(StrEnum):
    """评分方式: how an indicator's points came about."""

    MET = "达标满分"
    RATIO = "比例得分"
    REVERSE = "反向扣减"
    ALL_OR_NOTHING = "全有或全无"
    TIER = "定性分档"
    EXECUTION = "执行率得分"
    MANUAL = "人工评定"
    NOT_APPLICABLE = "不适用"
    UNDECIDED = "待评定"
    UNSCORED = "不计分"
    PLANNED = "尚无结果"


_UNSCORED = Scoring.model_validate(
    {"得分": {"小数位": "2", "舍入": "四舍五入"}, "反向指标": "线性递减"}
)
_REACHED = (Method.MET, Method.TIER)
_MISSED = (Method.RATIO, Method.REVERSE, Method.ALL_OR_NOTHING)


def within(weight: Decimal, exact: Decimal, rounding: Rounding) -> Decimal:
    """Printed points: rounded, from zero up to the 分值, which may have more decimals."""
    points = rounding.apply(max(ZERO, min(exact, weight)))
    return min(points, max(ZERO, weight))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say: points, None where they leave them to the author."""

    points: Decimal | None
    method: Method
    formula: str
    achievement: Decimal | None = None  # result ÷ target in %, for 正向 targets above zero
    tier: Tier | None = None
    is_late: bool = False  # certainly later than the date asked for

    @property
    def is_met(self) -> bool | None:
        """Whether the target is reached, whatever it is worth; None where the rules cannot say."""
        if self.method in _REACHED:
            return True
        return False if self.method in _MISSED or self.tier or self.is_late else None


BY_STANDARD = Verdict(None, Method.UNDECIDED, "按评分标准评定")
_NO_TARGET = Verdict(None, Method.UNDECIDED, "没有指标值，规则无法判定")


@dataclass(frozen=True, slots=True)
class Ruling:
    """The rules of one profile, applied to an indicator of `weight` points."""

    weight: Decimal
    profile: Profile
    year: int

    def decide(self, pair: Pair, indicator: Indicator) -> Verdict:
        """The points of `indicator`, its target and result as they were understood."""
        if pair.doubt:
            readings = "还是 ".join(f"{reading} " for reading in pair.doubt.readings)
            what = f"{pair.doubt.label}没有写单位，无法断定是 {readings}".rstrip()
            return Verdict(None, Method.UNDECIDED, what)
        if pair.unlike:
            return Verdict(None, Method.UNDECIDED, "指标值和完成值的单位不能换算，无法比较")
        verdict = self._decide(pair, indicator)
        if not pair.note:
            return verdict
        return replace(verdict, formula=f"{pair.note}：{verdict.formula}")

    def _decide(self, pair: Pair, indicator: Indicator) -> Verdict:
        target, result = _in_their_magnitude(pair)
        if isinstance(target, NotApplicable):
            is_rescaled = isinstance(result, NotApplicable) and self._rescales()
            return self._not_applicable() if is_rescaled else _NO_TARGET
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
        return Verdict(None, Method.UNDECIDED, "规则无法判定")

    @property
    def _scoring(self) -> Scoring:
        """How points come about; on a form without points it makes no difference."""
        return self.profile.scoring or _UNSCORED

    def _full(
        self, method: Method, formula: str, achievement: Decimal | None = None,
        tier: Tier | None = None,
    ) -> Verdict:  # fmt: skip
        points = self._rounded(self.weight)
        return Verdict(points, method, f"{formula}，得满分 {points}", achievement, tier)

    def _rounded(self, exact: Decimal) -> Decimal:
        return within(self.weight, exact, self._scoring.points)

    def _rescales(self) -> bool:
        return self._scoring.not_applicable == "折算"

    def _not_applicable(self) -> Verdict:
        if self._rescales():
            return Verdict(None, Method.NOT_APPLICABLE, "不适用，其余指标折算")
        return Verdict(None, Method.UNDECIDED, "完成值为不适用，规则不折算")

    def _tier(self, tier: Tier) -> Verdict:
        if tier.upper == HUNDRED:
            return self._full(Method.TIER, tier.name, tier=tier)
        span = f"{plain(tier.lower)}%（含）至{plain(tier.upper)}%"
        return Verdict(None, Method.UNDECIDED, f"{tier.name}，得分率在{span}之间", tier=tier)

    def _bound(self, target: Bound, result: Amount) -> Verdict:
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
            return Verdict(points, Method.ALL_OR_NOTHING, f"{missed}，得 {points}")
        points = self._rounded(actual * self.weight / target.value)
        ratio = f"{plain(actual)} ÷ {plain(target.value)} × {plain(self.weight)} = {points}"
        return Verdict(points, Method.RATIO, ratio, achievement)

    def _reverse(self, target: Bound, actual: Decimal) -> Verdict:
        """The variants in use: linear to twice the target, target ÷ result, all or nothing."""
        variant, limit = self._scoring.reverse, target.value
        full = plain(self.weight)
        if variant == "全有或全无" or limit <= 0:
            points = self._rounded(ZERO)
            return Verdict(
                points, Method.ALL_OR_NOTHING,
                f"{plain(actual)} 超过 {plain(limit)}，得 {points}",
            )  # fmt: skip
        if variant == "反比":
            points = self._rounded(limit * self.weight / actual)
            formula = f"{plain(limit)} ÷ {plain(actual)} × {full} = {points}"
        else:
            exact = (limit - (actual - limit)) * self.weight / limit
            points = self._rounded(exact)
            formula = f"（1 − （{plain(actual)} − {plain(limit)}）÷ {plain(limit)}）× {full}"
            formula += f" = {points}" if exact >= 0 else f" 小于 0，按 0 计，得 {points}"
        return Verdict(points, Method.REVERSE, formula)

    def _range(self, target: Range, result: Amount) -> Verdict:
        actual = max(ZERO, result.value) if target.low >= 0 else result.value
        low, high, full = plain(target.low), plain(target.high), plain(self.weight)
        if target.low <= actual <= target.high:
            return self._full(Method.MET, f"{plain(actual)} 在 {low} 至 {high} 之内")
        if actual < target.low <= 0:
            points = self._rounded(ZERO)
            formula = f"{plain(actual)} 低于 {low}，得 {points}"
            return Verdict(points, Method.ALL_OR_NOTHING, formula)
        if actual < target.low:
            points = self._rounded(actual * self.weight / target.low)
            formula = f"{plain(actual)} ÷ {low} × {full} = {points}"
        else:
            points = self._rounded(target.high * self.weight / actual)
            formula = f"{high} ÷ {plain(actual)} × {full} = {points}"
        return Verdict(points, Method.RATIO, formula)

    def _deadline(self, target: Deadline, result: Deadline, indicator: Indicator) -> Verdict:
        due = target.last_day(self.year)
        if result.last_day(self.year) <= due or result == target:
            return self._full(Method.MET, f"{indicator.actual}，未超过期限 {indicator.target}")
        # 11月 may lie behind 15 November: a month alone does not say.
        is_late = result.first_day(self.year) > due
        late = f"{indicator.actual}，{'' if is_late else '可能'}超过期限 {indicator.target}"
        return Verdict(None, Method.UNDECIDED, late, is_late=is_late)


def _in_their_magnitude(pair: Pair) -> tuple[Target, Result]:
    """A target and a result in the 万 that both are counted in: 1093 of 1100, as they are written.

    Every rule goes by their ratio, so that the points are the same.
    """
    match pair.target, pair.result:
        case (Bound() | Range()) as target, Amount() as result:
            magnitudes = {target.magnitude, result.magnitude}
            if pair.note:  # which says that a bare figure is counted like the other one
                magnitudes.discard("")
            if len(magnitudes) == 1:
                by = 1 / Decimal(times(magnitudes.pop()))
                return target.scaled(by), result.scaled(by)
    return pair.target, pair.result


def _wants_little(target: Bound) -> bool:
    """A target that 无 fulfils: zero, or an upper bound."""
    return target.is_upper or (target.comparator is Comparator.EQUAL and target.value == 0)


def _met(target: Bound, actual: Decimal) -> str:
    if target.comparator is Comparator.EQUAL and actual != target.value:
        return f"{plain(actual)} 达到并超过 {plain(target.value)}"
    return f"{plain(actual)} {target.comparator} {plain(target.value)}"
