"""What deviates, and what is no reason for it: asked in one place by checks and by pages."""

from __future__ import annotations

import pytest

from builder.scoring import (
    deviates,
    execution_deviates,
    execution_needs_reason,
    missed,
    reason_of,
)
from tests.support.scores import indicator, named, report, score

NONE = ["", " ", "无", "无。", "0", "0.00%", "-", "—", "/", "没有偏差", "N/A", "\\"]


@pytest.mark.parametrize("written", [None, *NONE])
def test_what_is_no_reason(written: str | None) -> None:
    assert reason_of(written) == ""


@pytest.mark.parametrize("written", ["无法按期完工", "0号线延期", "无资金", "汛期停工。"])
def test_what_is_one(written: str) -> None:
    assert reason_of(f" {written}\n") == written


@pytest.mark.parametrize(
    ("target", "actual", "is_missed"),
    [
        ("≥100(公里)", "20(公里)", True),
        ("≥100(公里)", "120(公里)", False),
        ("≤10(天)", "12(天)", True),
        ("5-10(个)", "12(个)", True),
        ("2024年9月前", "2024年11月", True),
        ("2024年11月15日前", "2024年11月", False),
        ("良好", "效果不错", False),
    ],
)
def test_a_form_without_points_deviates_by_its_targets(
    target: str, actual: str, is_missed: bool
) -> None:
    (point,) = score(report(indicator(target, actual)), named("转移支付")).points
    assert deviates(point) is bool(missed(point)) is is_missed
    assert not point.is_short


def test_a_cost_that_was_saved_is_not_missed() -> None:
    """`20万元` without a sign is a limit where it is a cost."""
    cost = report(indicator("20万元", "18万元", 三级指标="维护成本"))
    income = report(indicator("20万元", "18万元", 三级指标="销售收入"))
    found = [deviates(score(each, named("转移支付")).points[0]) for each in (cost, income)]
    assert found == [False, True]


def test_with_points_they_decide() -> None:
    for own, is_deviation in (("7", True), ("10", False)):
        (point,) = score(report(indicator("≥5次", "3次", 得分=own)), named("上海市级")).points
        assert deviates(point) is is_deviation


@pytest.mark.parametrize(
    ("profile", "budget", "spent", "is_deviation", "needs_reason"),
    [
        ("上海市级", "100", "100", False, False),
        ("上海市级", "100", "95", True, False),
        ("上海市级", "100", "80", True, True),
        ("上海市级", "100", "103", True, True),
        ("上海市级", "0", "0", False, False),
        ("转移支付", "100", "95", False, False),
        ("转移支付", "100", "80", True, True),
        ("转移支付", "100", "103", True, True),
    ],
)
def test_the_execution_deviates(
    profile: str, budget: str, spent: str, is_deviation: bool, needs_reason: bool
) -> None:
    card = score(report(indicator("≥1次", "1次"), budget=budget, spent=spent), named(profile))
    assert execution_deviates(card.execution, named(profile)) is is_deviation
    assert execution_needs_reason(card.execution, named(profile)) is needs_reason
