"""What holds for a site as a whole."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from builder.model.report import Waiver
from builder.records import (
    Colour,
    Day,
    Line,
    Number,
    Reachable,
    Record,
    Text,
    WebAddress,
    Word,
    YesNo,
)


class Contact(Record):
    """联系方式 of the publisher."""

    phone: Word | None = Field(None, alias="电话", description="咨询电话")
    mail: Word | None = Field(None, alias="邮箱", description="咨询邮箱")
    address: Word | None = Field(None, alias="地址", description="通信地址")
    feedback: Reachable | None = Field(
        None, alias="反馈", description="每份表的网页上“反馈意见”通到哪里：邮箱或网址",
        examples=["name@example.gov.cn"],
    )  # fmt: skip


class Binding(Record):
    """汇编: how the annual volume is printed and bound."""

    gutter: Number = Field(
        Decimal(10),
        alias="装订线",
        ge=0,
        le=30,
        description="订口比切口宽多少毫米，0 至 30",
        examples=["10"],
    )
    crop_marks: YesNo = Field(False, alias="裁切标记", description="是否印裁切标记")
    forms_apart: YesNo = Field(
        False, alias="每表单页起", description="每份自评表是否都从单数页起排，一页的表背面空白"
    )
    split: str | None = Field(
        None,
        alias="分册",
        pattern=r"^(部门|[1-9][0-9]{1,4})$",
        description="部门：每个主管部门一册；数字：每册不超过多少页；不填则为一册",
    )
    paper: Number = Field(
        Decimal("0.1"),
        alias="纸厚",
        gt=0,
        le=1,
        description="一张纸的厚度，单位：毫米，不超过 1，用来估算书脊",
    )


class Site(Record):
    """content/site.yaml: what holds for the site as a whole; every key is optional."""

    title: Line = Field("财政项目支出绩效自评公开", alias="名称", description="网站名称")
    publisher: Line | None = Field(None, alias="主办单位", description="公开网站的单位")
    summary: Text | None = Field(None, alias="说明", description="首页的一句话说明")
    address: WebAddress | None = Field(
        None, alias="网址", description="网站根地址", examples=["https://example.gov.cn/jixiao/"]
    )
    profile: Word = Field("上海市级", alias="评分规则", description="默认评分规则")
    published: Day | None = Field(
        None, alias="发布日期", description="本批自评表的发布日期", examples=["2025-08-20"]
    )
    contact: Contact | None = Field(None, alias="联系方式", description="供公众咨询")
    site_code: Word | None = Field(None, alias="网站标识码", description="政府网站标识码")
    record_number: Word | None = Field(None, alias="备案号", description="ICP 备案号")
    licence: Line | None = Field(
        None, alias="许可协议", description="数据的许可协议", examples=["CC BY 4.0"]
    )
    colour: Colour | None = Field(
        None, alias="主色", description="网站的主色，须加引号", examples=["#1f4d78"]
    )
    binding: Binding = Field(
        Binding.model_validate({}), alias="汇编", description="年度汇编怎样装订"
    )
    has_annex: YesNo = Field(
        False, alias="附评分说明", description="在每份 PDF 后面附上各项得分的算式"
    )
    review_required: YesNo = Field(False, alias="公开审查", description="发布前须有审查日期")
    review: Literal["以复核为准", "以自评为准", "不公开"] = Field(
        "以复核为准", alias="复核结果", description="复核以后统计用哪个总分，复核是否公开"
    )
    waivers: tuple[Waiver, ...] = Field(
        (), alias="放行", description="网站信息、评分规则和前言里被误认为个人信息或涉密的文字"
    )
    has_revisions: YesNo = Field(
        False, alias="修订记录", description="在每个项目的页面上列出修订记录，取自 git 历史"
    )
    has_authors: YesNo = Field(
        False, alias="修订记录署名", description="修订记录写明修改人，取自 git 的提交人姓名"
    )

    @property
    def counts_review(self) -> bool:
        """Whether after 复核 its score is the one that statistics count."""
        return self.review == "以复核为准"

    @property
    def withholds_review(self) -> bool:
        """Whether nothing of 复核 is published."""
        return self.review == "不公开"
