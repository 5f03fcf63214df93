"""How a target stands beside the approved one."""

from __future__ import annotations

from builder.model import Cancelled, Indicator
from builder.scoring.notation import normalized
from builder.scoring.target import plain
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
        told.append(f"指标值由 {before.target} 改为 {indicator.target or '空白'}")
    if before.weight is not None and before.weight != indicator.weight:
        now = "空白" if indicator.weight is None else f"{plain(indicator.weight)} 分"
        told.append(f"分值由 {plain(before.weight)} 分改为 {now}")
    return f"指标“{name}”的{'，'.join(told)}" if told else ""


def cancellation(gone: Cancelled) -> str:
    """What is said of an indicator that was given up."""
    return f"取消了批复的指标“{gone.name}”（指标值 {gone.target or '空白'}）"
