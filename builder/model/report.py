"""One 项目支出绩效自评表, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, Self

from pydantic import Field, ValidatorFunctionWrapHandler, field_validator

from builder.model.levels import DESCRIPTIONS, GROUPS, as_written
from builder.model.stages import REVIEW, TARGET, Approval, Approved, Recheck, Review, Stage
from builder.records import (
    BLANK,
    Day,
    Figure,
    Line,
    Measure,
    Number,
    OrBlank,
    Record,
    Text,
    Word,
    Year,
    YesNo,
)

TOTAL_ROW = "年度资金总额"
WHOLE_NAME = "部门整体支出"  # what a form about a whole office is called where nobody named it


class Amounts(Record, title="一行资金"):
    """One row of 项目资金, in the money unit of the scoring profile (万元 or 元); None is blank."""

    initial: Figure = Field(
        None, alias="年初预算数", description="年初批复的预算数，单位由评分规则规定",
        examples=["334.50"],
    )  # fmt: skip
    budget: Figure = Field(
        alias="全年预算数", description="调整后的全年预算数，执行率的分母，单位由评分规则规定",
        examples=["334.50"],
    )  # fmt: skip
    spent: Figure = Field(
        alias="全年执行数", description="全年实际支出数，执行率的分子，单位由评分规则规定",
        examples=["319.26"],
    )  # fmt: skip


class Goals(Record, title="目标和完成情况"):
    """年度总体目标: what was meant and what came of it."""

    expected: OrBlank[Text] = Field(alias="预期目标", description="年初设定的总体目标")
    achieved: OrBlank[Text] = Field(alias="实际完成情况", description="年末对照目标的完成情况")


class Share(Record, title="其中一项"):
    """A line below a 三级指标 that is part of it (其中): shown, not scored."""

    name: Line = Field(alias="三级指标", description="其中一项的名称", examples=["桃树种植面积"])
    target: Measure = Field(alias="年度指标值", description="这一项的指标值", examples=["1.5亩"])
    actual: Measure = Field(alias="实际完成值", description="这一项的完成值", examples=["1.5亩"])


class Indicator(Record, title="一个三级指标"):
    """One 三级指标 with its target, its result and its points."""

    name: Line = Field(alias="三级指标", description="指标名称", examples=["基层党组织满意度"])
    target: Measure = Field(
        alias="年度指标值",
        description="写明比较符号、数值和单位，或及时、稳定等定性目标",
        examples=["≥90.00(%)", "=2(次)", "≤5天", "2024年12月底前", "及时"],
    )
    actual: Measure = Field(
        alias="实际完成值",
        description="实测数值和单位；定性目标写达成指标、部分达成或未达成",
        examples=["93.00(%)", "达成指标"],
    )
    weight: Figure = Field(
        None, alias="分值", description="本指标的满分，单位：分", examples=["10.00"]
    )
    awarded: Figure = Field(
        None,
        alias="得分",
        description="只在低于计算得分或规则无法计算时填写，单位：分",
        examples=["9.32"],
    )
    reason: OrBlank[Text] | None = Field(
        None, alias="偏差原因分析及改进措施", description="未得满分、未达到指标值或大幅偏离时必填"
    )
    kind: Literal["定量", "定性"] | None = Field(
        None, alias="类型", description="仅在文字会被误读时填写"
    )
    shares: tuple[Share, ...] = Field(
        (), alias="其中", description="表上“其中”各行：名称、指标值和完成值，不计分"
    )
    approved: Approved | None = Field(
        None, alias="批复", description="批复时与现在不同的；没有改过的不填",
        examples=[{"年度指标值": "≥95.00(%)", "说明": "因汛情停训两期"}],
    )  # fmt: skip
    recheck: Recheck | None = Field(
        None, alias="复核", description="复核与自评不同的；认可自评的不填",
        examples=[{"完成值": "88.00(%)", "备注": "按回收的问卷重新计算"}],
    )  # fmt: skip


class Evidence(Record, title="一份佐证材料"):
    """One 佐证材料: a file beside the report; an internal one never leaves the source."""

    name: Line = Field(alias="名称", description="材料名称")
    file: Word = Field(alias="文件", description="相对于本文件的路径")
    internal: YesNo = Field(alias="内部", description="是：只供内部核查，不公开；否：随网站公开")


class Waiver(Record, title="一处放行"):
    """放行: a text that only looks private or secret, and why it may be published."""

    text: Text = Field(alias="文字", description="照抄检查指出的文字，可以带上前后几个字")
    reason: Text = Field(alias="理由", description="为什么可以公开；理由本身不公开")


class Disclosure(Record, title="公开方式"):
    """公开: whether the report may be published, and who looked at it when.

    What is 不公开 leaves no byte in the output; what is 撤回 leaves its name and year, the day
    and, where there is one, the 撤回说明 at the address where it was.
    """

    scope: Literal["全文", "不公开", "撤回"] = Field(
        "全文", alias="范围", description="默认全文公开；撤回：公开过、现在收回的"
    )
    basis: Text | None = Field(None, alias="理由", description="不公开、撤回时必填，从不公开")
    withdrawn: Day | None = Field(
        None, alias="撤回日期", description="撤回时必填，会公开", examples=["2025-06-01"]
    )
    notice: Text | None = Field(
        None, alias="撤回说明", description="撤回时可填，写给公众看，会公开"
    )
    reviewed: Day | None = Field(
        None, alias="审查日期", description="先审查、后公开的审查日期", examples=["2025-03-20"]
    )
    waivers: tuple[Waiver, ...] = Field(
        (), alias="放行", description="检查误认为个人信息或涉密的文字"
    )


class Declared(Record, title="纸质表上的数"):
    """核对: figures as declared on paper, to be compared with the computed ones."""

    rate: Number | None = Field(
        None, alias="执行率", description="纸质表上的执行率，单位：%", examples=["78.91"]
    )
    execution_score: Number | None = Field(
        None,
        alias="预算执行得分",
        description="纸质表上的预算执行得分，单位：分",
        examples=["7.89"],
    )
    total: Number | None = Field(
        None, alias="总分", description="纸质表上的总分，单位：分", examples=["97.89"]
    )
    grade: Word | None = Field(
        None, alias="评分等级", description="纸质表上的评分等级", examples=["优"]
    )
    group_weights: dict[str, Number] = Field(
        {}, alias="一级指标分值", description="表上印出的一级指标分值，如 产出指标: 50，单位：分"
    )
    kind_weights: dict[str, dict[str, Number]] = Field(
        {},
        alias="二级指标分值",
        description="表上印出的二级指标分值，如 产出指标: {数量指标: 20}，单位：分",
    )


Groups = dict[str, dict[str, tuple[Indicator, ...]]]


class Report(Record):
    """One 项目支出绩效自评表."""

    year: Year = Field(alias="年度", description="与文件夹名一致", examples=["2024"])
    stage: Stage = Field(
        "自评", alias="阶段", description="目标：年初，还没有结果；自评：不填就是；复核：复核以后"
    )
    name: Line = Field(alias="项目名称", description="项目全称", examples=["电教远教工作经费"])
    code: OrBlank[Word] | None = Field(None, alias="项目编码", description="预算项目编码")
    department: Line = Field(alias="主管部门", description="主管部门全称")
    unit: Line = Field(alias="实施单位", description="实施单位全称")
    profile: Word | None = Field(
        None, alias="评分规则", description="评分规则名称；不填时用网站的默认规则"
    )
    funds: dict[str, Amounts] = Field(
        alias="项目资金", description="每行资金一个键；年度资金总额可写出以供核对"
    )
    execution_note: OrBlank[Text] | None = Field(
        None, alias="预算执行说明", description="执行率偏低或年中调整预算时的说明"
    )
    goals: Goals | None = Field(alias="年度总体目标", description="年初的目标和年末的完成情况")
    groups: Groups = Field(alias=GROUPS, description=DESCRIPTIONS[2], min_length=1)
    approval: Approval | None = Field(
        None, alias="批复", description="目标何时批复；填了，目标表的网址就一直在",
        examples=[{"日期": "2025-01-15", "发布日期": "2025-01-28"}],
    )  # fmt: skip
    review: Review | None = Field(
        None, alias="复核", description="何时由谁复核，与自评相差的主要原因",
        examples=[{"日期": "2025-07-10", "单位": "某某区财政局"}],
    )  # fmt: skip
    evidence: tuple[Evidence, ...] = Field(
        (), alias="佐证材料", description="支持完成值的文件，放在本年度的文件夹里",
        examples=[[{"名称": "满意度调查问卷", "文件": "问卷.pdf", "内部": "否"}]],
    )  # fmt: skip
    disclosure: Disclosure = Field(
        Disclosure(), alias="公开", description="是否公开、何时审查；不填为全文公开",
        examples=[{"范围": "全文", "审查日期": "2025-03-20"}],
    )  # fmt: skip
    published: Day | None = Field(
        None, alias="发布日期", description="不填时用网站的发布日期", examples=["2025-03-31"]
    )
    declared: Declared | None = Field(None, alias="核对", description="纸质表上的数，供核对")
    internal_note: str | None = Field(None, alias="内部备注", description="只留在源文件，从不公开")

    @field_validator("groups", mode="wrap")
    @classmethod
    def _or_blank(cls, value: object, read: ValidatorFunctionWrapHandler) -> Any:
        """All indicators may be blank: a table that was cut off, or is still to come."""
        return {} if value == BLANK else read(value)

    @property
    def rows(self) -> dict[str, Amounts]:
        """The funding rows that make up the total, by label, in the author's order."""
        return {label: row for label, row in self.funds.items() if label != TOTAL_ROW}

    def indicators(self) -> Iterator[tuple[tuple[str, str, int], Indicator]]:
        """Every indicator with its path (一级指标, 二级指标, position from 0), in order.

        A level that the form has not is "".
        """
        for first, seconds in self.groups.items():
            for second, entries in seconds.items():
                for position, indicator in enumerate(entries):
                    yield (first, second, position), indicator

    def with_indicators(self, change: Callable[[Indicator], Indicator]) -> Self:
        """A copy in which each indicator is what `change` makes of it, in the same place."""
        groups = {
            first: {second: tuple(map(change, entries)) for second, entries in seconds.items()}
            for first, seconds in self.groups.items()
        }
        return self.model_copy(update={"groups": groups})

    def typed(self, name: str) -> Any:
        """The value of a field, by its English name, as its author writes it."""
        if name != "groups":
            return super().typed(name)
        return as_written(self.groups) if self.groups else BLANK

    @property
    def expected(self) -> str:
        """预期目标, "" where the form has no goals."""
        return self.goals.expected if self.goals else ""

    @property
    def achieved(self) -> str:
        """实际完成情况, "" where the form has no goals."""
        return self.goals.achieved if self.goals else ""

    @property
    def is_planned(self) -> bool:
        """Whether there are targets only, and no results yet."""
        return self.stage == TARGET

    @property
    def is_rechecked(self) -> bool:
        """Whether it was checked again, so that there are two scores."""
        return self.stage == REVIEW

    @property
    def is_public(self) -> bool:
        """Whether the report may appear in the output."""
        return self.disclosure.scope == "全文"

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was public, so that its address tells that it is no longer."""
        return self.disclosure.scope == "撤回"


class WholeReport(Report):
    """One 部门整体支出绩效自评表: of one office, which is the unit where none is named."""

    name: Line = Field(WHOLE_NAME, alias="项目名称", description=f"可不写，不写就叫{WHOLE_NAME}")
    unit: Line = Field("", alias="实施单位", description="可不写，不写就是主管部门自己")

    def model_post_init(self, _: Any) -> None:
        """Who reads the unit finds the office; what its author wrote stays what it was."""
        if not self.unit:
            self.__dict__["unit"] = self.department

    def typed(self, name: str) -> Any:
        """The value of a field as its author writes it: nothing where it goes without saying."""
        is_said = name not in ("name", "unit") or name in self.model_fields_set
        return super().typed(name) if is_said else None
