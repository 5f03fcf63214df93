"""How a target stands beside the approved one."""

from __future__ import annotations

from builder.model import Cancelled, Indicator
from builder.scoring.notation import normalized, read_target
from builder.scoring.target import Bound, plain
from builder.scoring.units import side_by_side
from builder.text import folded_name


def adjustment(indicator: Indicator) -> str:
    """How an indicator differs from the approved one, in words; "" where it does not."""
    before, name = indicator.approved, indicator.name
    if before is None:
        return ""
    if before.is_added:
        return f"批复以后增加了指标“{name}”"
    told = []
    if before.name and folded_name(before.name) != folded_name(name):
        told.append(f"名称由“{before.name}”改为“{name}”")
    if before.target and normalized(before.target) != normalized(indicator.target):
        eased = "（放宽）" if _is_eased(before.target, indicator.target) else ""
        told.append(f"指标值由 {before.target} 改为 {indicator.target or '空白'}{eased}")
    if before.weight is not None and before.weight != indicator.weight:
        now = "空白" if indicator.weight is None else f"{plain(indicator.weight)} 分"
        told.append(f"分值由 {plain(before.weight)} 分改为 {now}")
    return f"指标“{name}”的{'，'.join(told)}" if told else ""


def _is_eased(before: str, now: str) -> bool:
    """Whether a target asks for less than before, where that is certain."""
    one, other = read_target(before), read_target(now)
    if not isinstance(one, Bound) or not isinstance(other, Bound):
        return False
    figures = side_by_side(one, other) if one.is_upper == other.is_upper else None
    if figures is None:
        return False
    was, is_now = figures
    return is_now > was if one.is_upper else is_now < was


def cancellation(gone: Cancelled) -> str:
    """What is said of an indicator that was given up."""
    return f"取消了批复的指标“{gone.name}”（指标值 {gone.target or '空白'}）"
