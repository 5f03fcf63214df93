"""Layouts (版式): how a region's form looks, as data.

A layout is a YAML file under `forms/` here (built in) or under `content/layouts/` (the site's
own). Its settings carry their evidence as comments; one without evidence says 假定 and why.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from builder.diagnostics import catalogue
from builder.records import Kind, Line, Named, Record, Shelf, Text, YesNo

BUILT_IN = Path(__file__).parent / "forms"

FundColumn = Literal["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
GoalColumn = Literal["预期目标", "实际完成情况"]
IndicatorColumn = Literal[
    "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分",
    "偏差原因分析及改进措施",
]  # fmt: skip


class FundsBlock(Record):
    """资金: its rows below the total and its columns, each with the word that is printed."""

    heading: Line = Field(alias="名称")
    rows: dict[str, Line] = Field(alias="行")
    open_rows: YesNo = Field(False, alias="可增行")
    columns: dict[FundColumn, Line] = Field(alias="列")
    percent_sign: YesNo = Field(False, alias="执行率带百分号")


class GoalsBlock(Record):
    """目标: what was meant beside what came of it."""

    heading: Line = Field(alias="名称")
    columns: dict[GoalColumn, Line] = Field(alias="列")


class IndicatorsBlock(Record):
    """指标: the columns as printed, and the levels that an indicator may stand under."""

    columns: dict[IndicatorColumn, Line] = Field(alias="列")
    groups: dict[str, tuple[Line, ...]] = Field(alias="类别")
    open_groups: YesNo = Field(False, alias="可增类别")


class Layout(Named):
    """One 版式; see the comments in forms/上海市级.yaml for each setting."""

    summary: Text = Field(alias="说明")
    form_title: Line = Field(alias="表名")
    money_unit: Literal["万元", "元"] = Field(alias="资金单位")
    funds: FundsBlock = Field(alias="资金")
    goals: GoalsBlock = Field(alias="目标")
    indicators: IndicatorsBlock = Field(alias="指标")


LAYOUTS = Kind(Layout, BUILT_IN, "layouts", catalogue.UNKNOWN_LAYOUT, depth=2)
Layouts = Shelf[Layout]
