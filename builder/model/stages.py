"""The year of a project in one file: 目标 in January, 自评 in spring, 复核 in summer.

What was approved (批复) and what was found on checking again (复核) stand beside what the
author says, field by field and only where they differ: nothing is typed twice.
"""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from builder.records import Day, Figure, Line, Measure, Number, Record, Text, YesNo

Stage = Literal["目标", "自评", "复核"]
TARGET: Final = "目标"
SELF: Final = "自评"
REVIEW: Final = "复核"
STAGES: tuple[Stage, ...] = (TARGET, SELF, REVIEW)


class Approved(Record, title="一个指标的批复"):
    """批复 of an indicator: how it stood in the approved table, where it stands otherwise now."""

    name: Line | None = Field(None, alias="三级指标", description="批复时的名称，改过才填")
    target: Measure | None = Field(
        None, alias="年度指标值", description="批复的指标值，改过才填", examples=["≥95.00(%)"]
    )
    weight: Figure = Field(None, alias="分值", description="批复的分值，改过才填，单位：分")
    is_added: YesNo = Field(False, alias="新增", description="批复以后增加的指标，写 是")
    note: Text | None = Field(None, alias="说明", description="与批复、与上年不同的原因，随表公开")


class Cancelled(Record, title="一个取消的指标"):
    """An indicator of the approved table that was given up afterwards."""

    first: Line | None = Field(None, alias="一级指标", description="批复时所在的一级指标")
    second: Line | None = Field(None, alias="二级指标", description="批复时所在的二级指标")
    name: Line = Field(alias="三级指标", description="批复时的名称")
    target: Measure = Field(alias="年度指标值", description="批复的指标值")
    weight: Figure = Field(None, alias="分值", description="批复的分值，单位：分")
    note: Text | None = Field(None, alias="说明", description="取消的原因，随表公开")


class Approval(Record, title="目标的批复"):
    """批复: when the targets were approved and published, and what of them is no longer so."""

    day: Day = Field(alias="日期", description="批复日期", examples=["2025-01-15"])
    number: Line | None = Field(None, alias="文号", description="批复的文号")
    published: Day | None = Field(
        None,
        alias="发布日期",
        description="目标表的发布日期，批复后 20 日内",
        examples=["2025-01-28"],
    )
    expected: Text | None = Field(None, alias="预期目标", description="批复的总体目标，改过才填")
    cancelled: tuple[Cancelled, ...] = Field(
        (), alias="取消的指标", description="批复以后取消的指标，照批复的抄下来"
    )


class Recheck(Record, title="一个指标的复核"):
    """复核 of an indicator, where it does not confirm what the author says."""

    actual: Measure | None = Field(
        None, alias="完成值", description="复核认定的完成值，与自评相同的不填"
    )
    awarded: Number | None = Field(
        None, alias="得分", description="复核得分，按规则能算的不填，单位：分", ge=0
    )
    note: Text | None = Field(None, alias="备注", description="为什么与自评不同，随表公开")


class Review(Record, title="复核"):
    """复核 of the report: by whom and when, and why it comes to another score."""

    day: Day = Field(alias="日期", description="复核日期", examples=["2025-07-10"])
    office: Line | None = Field(None, alias="单位", description="复核单位")
    spent: Number | None = Field(
        None, alias="全年执行数", description="复核认定的全年执行数，与自评相同的不填", ge=0
    )
    causes: Text | None = Field(None, alias="主要偏差原因", description="复核与自评相差的主要原因")
