"""What deviates from what was planned, and what counts as a reason for it."""

from __future__ import annotations

import re

from builder.scoring.kinds import is_cost
from builder.scoring.profile import Profile
from builder.scoring.ruling import ZERO, Method
from builder.scoring.scorecard import ExecutionPoints, Points
from builder.scoring.target import NOTHING, Amount, Bound, Comparator, Deadline, Range

_MEANINGLESS = NOTHING | {"无偏差", "没有偏差", "不存在偏差", "无原因", "没有", "暂无", "N/A", "\\"}
_ZERO = re.compile(r"0{1,4}(?:\.0{1,4})?[%％]?")


def reason_of(text: str | None) -> str:
    """The reason that an author gives; `无`, `0` or `-` is none."""
    reason = (text or "").strip()
    bare = reason.rstrip("。.;；")
    return "" if bare in _MEANINGLESS or _ZERO.fullmatch(bare) else reason


def deviates(point: Points) -> bool:
    """Whether an indicator fell short: of its points, or on a form without points of its target."""
    if point.method is Method.UNSCORED:
        return bool(missed(point))
    return point.is_short


def missed(point: Points) -> str:
    """How the target was missed, in words, whatever it is worth; `""` if it was not, or if the
    rules cannot say."""
    if point.is_met is not False or _is_saving(point):
        return ""
    match point.pair.target:
        case Range():
            return "不在指标值的范围之内"
        case Deadline():
            return "晚于指标值"
        case Bound() as bound if bound.is_upper or bound.value == 0:
            return "超过了指标值"
    return "没有达到指标值"


def _is_saving(point: Points) -> bool:
    """Whether less was spent than a cost that has no sign: `20万元` is then no floor."""
    match point.pair.target, point.pair.result:
        case Bound(Comparator.EQUAL, limit), Amount(spent) if limit > ZERO:
            return spent < limit and is_cost(point)
    return False


def execution_deviates(execution: ExecutionPoints, profile: Profile) -> bool:
    """Whether the execution lost points, or calls for a reason without losing any."""
    score, weight = execution.score, execution.weight
    is_short = score is not None and weight is not None and score < weight
    return is_short or execution_needs_reason(execution, profile)


def execution_needs_reason(execution: ExecutionPoints, profile: Profile) -> bool:
    """Whether more was spent than there was, or so little that the profile asks why."""
    total, limit = execution.total, profile.limits.rate
    there_is = total.limit(profile)
    if there_is is None or total.spent is None or there_is <= ZERO:
        return False
    is_low = limit is not None and total.rate is not None and total.rate < limit
    return is_low or total.spent > there_is
