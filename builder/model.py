"""A performance report as its author means it: frozen records, fields and labels.

A field's Chinese label stands here and nowhere else: it is the key in the author's file,
the word in messages, the title in the JSON Schema, the heading in tables and the name in
the data dictionary. Values are exact: texts, `Decimal`, `date`; never a float.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from builder.prose import joined

# Long enough for any budget and any share of it, short enough for exact sums and quotients.
NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,10})?")
WEB_ADDRESS = re.compile(r"https?://[^\s/?#\"'<>]+(/[^\s?#\"'<>]*)?")
TOTAL_ROW = "年度资金总额"


def _number(value: object) -> object:
    """Let Decimal see only what an author can mean by a number.

    It would also take `1_000`, `1e3`, `１８４` and `NaN`. Raises PydanticCustomError with
    a type of its own for each slip, which `decode` turns into a message.
    """
    if not isinstance(value, str) or NUMBER.fullmatch(value):
        return value
    plain = value.strip().translate(_HALF_WIDTH)
    if NUMBER.fullmatch(plain):
        raise PydanticCustomError("number_wide", "full-width", {"mended": plain})
    if re.fullmatch(r"-?[0-9]{1,3}([,，][0-9]{3})+(\.[0-9]+)?", plain):
        mended = re.sub("[,，]", "", plain)
        raise PydanticCustomError("number_thousands", "separators", {"mended": mended})
    with_unit = re.fullmatch(r"(-?[0-9]+(?:\.[0-9]+)?)\s*([^\s0-9.,]{1,4})", plain)
    if with_unit:
        found = {"mended": with_unit[1], "unit": with_unit[2]}
        raise PydanticCustomError("number_unit", "with unit", found)
    raise PydanticCustomError("number_format", "not a number")


_HALF_WIDTH = str.maketrans("０１２３４５６７８９．－", "0123456789.-")


def _year(value: object) -> object:
    if isinstance(value, str):
        if not re.fullmatch(r"(19|20)[0-9]{2}", value):
            raise PydanticCustomError("year_format", "not a year")
        return int(value)
    return value


def _day(value: object) -> object:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value if re.fullmatch(r"[0-9-]{10}", value) else "")
        except ValueError:
            raise PydanticCustomError("date_format", "not a date") from None
    return value


def _web_address(value: object) -> object:
    if isinstance(value, str) and not WEB_ADDRESS.fullmatch(value):
        raise PydanticCustomError("address_format", "not a web address")
    return value


def _colour(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise PydanticCustomError("colour_format", "not a colour")
    return value


def _yes_no(value: object) -> object:
    if isinstance(value, str):
        if value not in ("是", "否"):
            raise PydanticCustomError("yes_no", "not 是 or 否")
        return value == "是"
    return value


def _text(value: str) -> str:
    """A text as it is meant; one that was nothing but tags and spaces is a missing text."""
    text = joined(value)
    if not text:
        raise PydanticCustomError("text_empty", "nothing left")
    return text


# The schemas say how an editor reads the same text: it types `93` as a number.
Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
Text = Annotated[str, AfterValidator(_text)]
Measure = Annotated[Text, WithJsonSchema({"type": ["string", "number"]})]
Year = Annotated[int, BeforeValidator(_year)]
Day = Annotated[date, BeforeValidator(_day)]
YesNo = Annotated[bool, BeforeValidator(_yes_no), WithJsonSchema({"enum": ["是", "否"]})]


WebAddress = Annotated[str, BeforeValidator(_web_address)]
Colour = Annotated[str, BeforeValidator(_colour)]


class Record(BaseModel):
    """What every record is: frozen, and without a key that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def label(cls, name: str) -> str:
        """The Chinese label of a field, by its English name. KeyError for another name."""
        return cls.model_fields[name].alias or name


class Amounts(Record):
    """One row of 项目资金, in the money unit of the scoring profile (万元 or 元)."""

    initial: Number | None = Field(
        None, alias="年初预算数", description="年初批复的预算数", examples=["334.50"]
    )
    budget: Number = Field(
        alias="全年预算数", description="调整后的全年预算数，执行率的分母", examples=["334.50"]
    )
    spent: Number = Field(
        alias="全年执行数", description="全年实际支出数，执行率的分子", examples=["319.26"]
    )


class Goals(Record):
    """年度总体目标: what was meant and what came of it."""

    expected: Text = Field(alias="预期目标", description="年初设定的总体目标")
    achieved: Text = Field(alias="实际完成情况", description="年末对照目标的完成情况")


class Indicator(Record):
    """One 三级指标 with its target, its result and its points."""

    name: Text = Field(alias="三级指标", description="指标名称", examples=["基层党组织满意度"])
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
    weight: Number | None = Field(
        None, alias="分值", description="本指标的满分，单位：分", examples=["10.00"]
    )
    awarded: Number | None = Field(
        None,
        alias="得分",
        description="只在低于计算得分或规则无法计算时填写，单位：分",
        examples=["9.32"],
    )
    reason: Text | None = Field(
        None, alias="偏差原因分析及改进措施", description="未得满分或大幅偏离目标时必填"
    )
    kind: Literal["定量", "定性"] | None = Field(
        None, alias="类型", description="仅在文字会被误读时填写"
    )


class Evidence(Record):
    """One 佐证材料: a file beside the report; an internal one never leaves the source."""

    name: Text = Field(alias="名称", description="材料名称")
    file: str = Field(alias="文件", description="相对于本文件的路径")
    internal: YesNo = Field(alias="内部", description="是：只供内部核查，不公开；否：随网站公开")


class Disclosure(Record):
    """公开: whether the report may be published, and who looked at it when."""

    scope: Literal["全文", "不公开"] = Field("全文", alias="范围", description="默认全文公开")
    basis: Text | None = Field(None, alias="理由", description="不公开时必填")
    reviewed: Day | None = Field(
        None, alias="审查日期", description="先审查、后公开的审查日期", examples=["2025-03-20"]
    )


class Declared(Record):
    """核对: figures as declared on paper, to be compared with the computed ones."""

    rate: Number | None = Field(None, alias="执行率", description="单位：%", examples=["78.91"])
    execution_score: Number | None = Field(None, alias="预算执行得分", description="单位：分")
    total: Number | None = Field(None, alias="总分", description="单位：分", examples=["97.89"])
    grade: str | None = Field(None, alias="评分等级", examples=["优"])
    group_weights: dict[str, Number] = Field(
        {}, alias="一级指标分值", description="表上印出的一级指标分值，如 产出指标: 50"
    )


Groups = dict[str, dict[str, tuple[Indicator, ...]]]


class Report(Record):
    """One 项目支出绩效自评表."""

    year: Year = Field(alias="年度", description="与文件夹名一致", examples=["2024"])
    name: Text = Field(alias="项目名称", description="项目全称", examples=["电教远教工作经费"])
    code: str | None = Field(None, alias="项目编码", description="预算项目编码")
    department: Text = Field(alias="主管部门", description="主管部门全称")
    unit: Text = Field(alias="实施单位", description="实施单位全称")
    profile: str | None = Field(
        None, alias="评分规则", description="评分规则名称；不填时用网站的默认规则"
    )
    funds: dict[str, Amounts] = Field(
        alias="项目资金", description="每行资金一个键；年度资金总额可写出以供核对"
    )
    execution_note: Text | None = Field(
        None, alias="预算执行说明", description="执行率偏低或年中调整预算时的说明"
    )
    goals: Goals = Field(alias="年度总体目标")
    groups: Groups = Field(
        alias="绩效指标", description="一级指标 → 二级指标 → 三级指标的列表", min_length=1
    )
    evidence: tuple[Evidence, ...] = Field((), alias="佐证材料")
    disclosure: Disclosure = Field(Disclosure(), alias="公开")
    published: Day | None = Field(
        None, alias="发布日期", description="不填时用网站的发布日期", examples=["2025-03-31"]
    )
    declared: Declared | None = Field(None, alias="核对", description="纸质表上的数，供核对")
    internal_note: str | None = Field(None, alias="内部备注", description="只留在源文件，从不公开")

    @property
    def rows(self) -> dict[str, Amounts]:
        """The funding rows that make up the total, by label, in the author's order."""
        return {label: row for label, row in self.funds.items() if label != TOTAL_ROW}

    def indicators(self) -> Iterator[tuple[tuple[str, str, int], Indicator]]:
        """Every indicator with its path (一级指标, 二级指标, position from 0), in order."""
        for first, seconds in self.groups.items():
            for second, entries in seconds.items():
                for position, indicator in enumerate(entries):
                    yield (first, second, position), indicator

    @property
    def is_public(self) -> bool:
        """Whether any byte of this report may appear in the output."""
        return self.disclosure.scope != "不公开"


class Contact(Record):
    """联系方式 of the publisher."""

    phone: str | None = Field(None, alias="电话")
    mail: str | None = Field(None, alias="邮箱")
    address: str | None = Field(None, alias="地址")


class Binding(Record):
    """汇编: how the annual volume is printed and bound."""

    gutter: Number = Field(
        Decimal(10), alias="装订线", description="订口比切口宽多少毫米", examples=["10"]
    )
    crop_marks: YesNo = Field(False, alias="裁切标记", description="是否印裁切标记")
    split: str | None = Field(
        None,
        alias="分册",
        pattern=r"^(部门|[1-9][0-9]{1,4})$",
        description="部门：每个主管部门一册；数字：每册不超过多少页；不填则为一册",
    )
    paper: Number = Field(
        Decimal("0.1"), alias="纸厚", description="一张纸的厚度，单位：毫米，用来估算书脊"
    )


class Site(Record):
    """content/site.yaml: what holds for the site as a whole; every key is optional."""

    title: Text = Field("财政项目支出绩效自评公开", alias="名称", description="网站名称")
    publisher: Text | None = Field(None, alias="主办单位")
    summary: Text | None = Field(None, alias="说明", description="首页的一句话说明")
    address: WebAddress | None = Field(
        None, alias="网址", description="网站根地址", examples=["https://example.gov.cn/jixiao/"]
    )
    profile: str = Field("上海市级", alias="评分规则", description="默认评分规则")
    published: Day | None = Field(None, alias="发布日期")
    contact: Contact | None = Field(None, alias="联系方式")
    site_code: str | None = Field(None, alias="网站标识码")
    record_number: str | None = Field(None, alias="备案号")
    licence: Text | None = Field(None, alias="许可协议")
    colour: Colour | None = Field(None, alias="主色", examples=["#9a2a22"])
    binding: Binding = Field(Binding.model_validate({}), alias="汇编")
    review_required: YesNo = Field(False, alias="公开审查", description="发布前须有审查日期")


def labels() -> frozenset[str]:
    """Every key that an author's file or site.yaml may have, but for open ones (rows, groups)."""
    records = (
        Amounts,
        Goals,
        Indicator,
        Evidence,
        Disclosure,
        Declared,
        Report,
        Contact,
        Binding,
        Site,
    )
    fields: list[FieldInfo] = [f for record in records for f in record.model_fields.values()]
    return frozenset(field.alias for field in fields if field.alias)
