"""Small reports to score: what matters is given, the rest is always the same."""

from __future__ import annotations

from typing import Any

from builder.model import Report
from builder.scoring import Profile, Scorecard
from builder.scoring import score as score_on
from tests.support.reports import layout_of, profiles

PROFILES = profiles().by_name


def named(name: str, **scoring: str) -> Profile:
    """A built-in profile, with other settings of 指标计分."""
    profile = PROFILES[name]
    if not scoring:
        return profile
    assert profile.scoring is not None
    return profile.model_copy(update={"scoring": profile.scoring.model_copy(update=scoring)})


def score(report: Report, profile: Profile) -> Scorecard:
    """The scorecard of a report on the profile's own layout."""
    return score_on(report, profile, layout_of(profile.layout))


def report(
    *indicators: dict[str, str], budget: str = "100", spent: str = "95", **more: Any
) -> Report:
    """A report of these indicators, all of 数量指标."""
    row = {"年初预算数": budget, "全年预算数": budget, "全年执行数": spent}
    return Report.model_validate(
        {
            "年度": "2024", "项目名称": "甲", "主管部门": "乙", "实施单位": "丙",
            "项目资金": {"当年财政拨款": row},
            "年度总体目标": {"预期目标": "丁", "实际完成情况": "戊"},
            "绩效指标": {"产出指标": {"数量指标": list(indicators)}},
        }
        | more
    )  # fmt: skip


def indicator(target: str, actual: str, weight: str = "10", **more: str) -> dict[str, str]:
    """An indicator as an author writes it."""
    entry = {"三级指标": "己", "年度指标值": target, "实际完成值": actual, "分值": weight}
    return entry | more
