"""Open data: what a program reads. Today the one `report.json` of each report.

Keys are the labels of the author's file; decimals are JSON numbers with their printed
digits (`5.00`); what is not scored is null.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import simplejson

from builder.model import TOTAL_ROW, Report
from builder.profile import Profile
from builder.scoring import FundLine, Points, Scorecard


def record(report: Report, stem: str, card: Scorecard, profile: Profile) -> dict[str, Any]:
    """One report as plain data (design §7): 执行率 in %, amounts in 单位, points in 分."""
    execution = card.execution
    funds: dict[str, Any] = {"单位": profile.money_unit}
    funds[TOTAL_ROW] = _amounts(execution.total) | {
        "分值": execution.weight,
        "执行率": execution.total.rate,
        "得分": execution.score,
    }
    funds |= {line.label: _amounts(line) | {"执行率": line.rate} for line in card.rows}
    return {
        "编号": f"{report.year}/{stem}",
        "年度": report.year,
        "项目名称": report.name,
        **({"项目编码": report.code} if report.code else {}),
        "主管部门": report.department,
        "实施单位": report.unit,
        "评分规则": profile.name,
        "项目资金": funds,
        "预算执行说明": report.execution_note,
        "年度总体目标": {"预期目标": report.goals.expected, "实际完成情况": report.goals.achieved},
        "绩效指标": [_indicator(points) for points in card.points],
        "分值合计": card.weight_sum,
        "总分": card.total,
        "评分等级": card.grade,
    }


def _amounts(line: FundLine) -> dict[str, Decimal | None]:
    return {"年初预算数": line.initial, "全年预算数": line.budget, "全年执行数": line.spent}


def _indicator(points: Points) -> dict[str, Any]:
    first, second, _ = points.path
    entry = points.indicator
    return {
        "一级指标": first,
        "二级指标": second,
        "三级指标": entry.name,
        "年度指标值": entry.target,
        "实际完成值": entry.actual,
        "分值": points.weight,
        "得分": points.awarded,
        "计算得分": points.computed,
        "评分方式": points.method.value,
        "评分说明": points.formula,
        "偏差原因分析及改进措施": entry.reason,
    }


def to_json(data: dict[str, Any] | Sequence[dict[str, Any]]) -> str:
    """Plain data as JSON text with exact decimals and readable Chinese."""
    text: str = simplejson.dumps(data, use_decimal=True, ensure_ascii=False, indent=2)
    return text + "\n"
