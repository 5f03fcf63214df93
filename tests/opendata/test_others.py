"""The table of fields that only layouts have: there when a public report has any, and described."""

from __future__ import annotations

import json
from collections.abc import Sequence

from builder import opendata
from builder.content import Settings, summarize
from builder.opendata import data_package
from builder.opendata.others import OTHERS
from builder.scoring import Document
from builder.site.metadata import year_metadata
from builder.views import Overview, site_view
from tests.opendata.test_opendata import opened, read_csv, validate
from tests.support.documents import SITE, document
from tests.support.reports import changed, changed_rules, examine

LAYOUT = """\
区块: [表头, 资金, 目标, 指标, 合计, 评价结论, 基础数据]
表头: [[项目名称], [主管部门, 实施单位], [填报日期]]
栏目:
  填报日期: {种类: 日期}
  评价结论: {种类: 文字}
  基础数据: {种类: 表, 行: [人数], 列: [上年, 本年], 格: 数字}
指标:
  列: {一级指标: 一级, 二级指标: 二级, 三级指标: 指标, 得分系数: 系数, 分值: 分值, 得分: 得分}
  栏目: {得分系数: {种类: 数字}}"""
TYPED = """\
填报日期: 2025-03-01
评价结论: =**完成**得好
基础数据:
  人数: {上年: 12.50, 本年: 留空}
"""
PATH = "data/2024-others.csv"


def known() -> Settings:
    return changed_rules("layouts", LAYOUT)


def made(*typed: str) -> list[Document]:
    text = changed(("分值: 25\n    时效", "分值: 25\n        得分系数: 0.950\n    时效"))
    found = [examine(text + more, known=known()).document for more in typed]
    return [document for document in found if document]


def files(documents: Sequence[Document]) -> dict[str, bytes]:
    return {file.path: b"".join(file.make()) for file in held(documents)}


def held(documents: Sequence[Document]) -> list[opendata.DataFile]:
    rows = [opendata.data_rows(document, SITE) for document in documents]
    return list(opendata.data_files(rows, [summarize(document) for document in documents], SITE))


def test_every_filled_field_is_a_row() -> None:
    content = files(made(TYPED))
    rows = read_csv(content[PATH])
    names = ("序号", "位置", "指标序号", "栏目", "行", "列", "值")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("1", "表", "", "填报日期", "", "", "2025-03-01"),
        ("2", "表", "", "评价结论", "", "", "'=完成得好"),
        ("3", "表", "", "基础数据", "人数", "上年", "12.50"),
        ("4", "表", "", "基础数据", "人数", "本年", ""),
        ("5", "产出指标 / 数量指标 / 培训期数", "1", "得分系数", "", "", "0.950"),
    ]
    assert {row["编号"] for row in rows} == {"2024/case"}
    sheets = opened(content["data/2024.xlsx"])
    assert OTHERS.title in sheets.sheetnames
    explained = [row[0] for row in sheets["字段说明"].iter_rows(values_only=True)]
    assert OTHERS.title in explained


def test_there_is_no_such_table_where_no_report_has_such_fields() -> None:
    document = examine(changed(), known=known()).document
    assert document
    assert not summarize(document).has_own
    assert PATH not in files([document])
    assert OTHERS.title not in opened(files([document])["data/2024.xlsx"]).sheetnames
    assert PATH in files([document, *made(TYPED)])  # of one of them is enough


def test_the_package_and_the_page_of_the_year_name_it_where_it_is() -> None:
    older = document({"年度": "2023"})
    described = json.loads(data_package(SITE, held([older, *made(TYPED)]))[1])
    named = {r["name"]: r for r in described["resources"]}
    assert "2024-others" in named
    assert "2023-others" not in named
    assert named["all-others"]["path"] == "all-others.csv"
    validate(named["2024-others"], "tabular-data-resource")
    assert named["2024-others"]["path"] == "2024-others.csv"
    profile = known().profiles.by_name["上海市级"]
    for documents, is_there in ((made(TYPED), True), (made(), False)):
        summaries = [summarize(d) for d in documents] or [summarize(d) for d in plain()]
        overview = Overview(site_view(SITE), summaries, profile)
        view, page = overview.year(2024)
        assert any(OTHERS.title in one.note for one in view.downloads) == is_there
        assert ("2024-others.csv" in year_metadata(SITE, page, 2024, summaries).linked) == is_there


def plain() -> list[Document]:
    document = examine(changed()).document
    assert document
    return [document]


def test_a_blank_figure_is_null_as_other_blanks_are() -> None:
    document = made("填报日期: 留空\n")[0]
    record = opendata.record(document)
    assert record["填报日期"] is None
    assert "评价结论" not in record
    text = changed(("分值: 25\n    时效", "分值: 25\n        得分系数: 留空\n    时效"))
    blank = examine(text, known=known()).document
    assert blank
    assert opendata.record(blank)["绩效指标"][0]["得分系数"] is None
