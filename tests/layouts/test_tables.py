"""Tables that only a layout has: read, told, shown, published, searched and compared by cell."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from builder import content, formatter, opendata, source
from builder.content import Settings
from builder.diagnostics import Diagnostic, Diagnostics
from builder.layouts import account
from builder.model import Indicator, Report
from builder.model.naming import OF_INDICATORS, OF_REPORTS
from builder.pdf.engine import parse
from builder.pdf.groups import part
from builder.serve.places import Cell, Places
from builder.site.search.passages import passages
from builder.starter import empty_form, report_schema
from builder.views import FormRow, form_view
from tests.layouts.test_layout import plain
from tests.review.test_review import compared
from tests.support.reports import changed, changed_rules, examine

LAYOUT = """\
区块: [表头, 资金, 资金管理情况, 目标, 指标, 合计, 三年基础数据]
栏目:
  资金管理情况:
    种类: 表
    行:
      分配科学性: [资金分配规范性, 资金分配合理性]
      下达及时性: [资金到位率]
    列: [情况说明, 存在问题, 改进措施]
  三年基础数据: {种类: 表, 行: [服务人数, 经费], 列: [2023年, 2024年], 格: 数字}"""
TYPED = """\
资金管理情况:
  资金分配规范性:
    情况说明: 严格按办法分配。
    存在问题: 留空
  资金到位率: {情况说明: 资金已到位, 改进措施: 无}
三年基础数据:
  服务人数: {2023年: 1200.50, 2024年: 留空}
"""


def known() -> Settings:
    return changed_rules("layouts", LAYOUT)


def texts(rows: tuple[FormRow, ...]) -> list[list[str]]:
    return [[plain(cell) for cell in row.cells] for row in rows]


def test_a_table_stands_where_the_layout_has_it() -> None:
    finding = examine(changed() + TYPED, known=known())
    assert set(finding.codes) == {"S319"}
    assert finding.document
    form = form_view(finding.document)
    assert [section.kind for section in form.opening] == [
        "head", "funding", "table", "table", "goals",
    ]  # fmt: skip
    first, second = form.opening[2:4]
    assert first.heading
    assert second.heading is None
    assert texts((first.heading,)) == [["资金管理情况", "情况说明", "存在问题", "改进措施"]]
    assert texts(first.rows) == [
        ["分配科学性", "资金分配规范性", "严格按办法分配。", "", ""],
        ["资金分配合理性", "", "", ""],
    ]
    assert first.rows[0].cells[0].rows == 2
    assert texts(form.closing[-1].rows) == [["服务人数", "1200.50", ""], ["经费", "", ""]]
    rows = (first.heading, *first.rows, *second.rows)
    free = [sum(cell.columns for cell in row.cells) for row in rows]
    assert free == [len(form.columns)] * 2 + [
        len(form.columns) - first.rows[0].cells[0].columns
    ] + [len(form.columns)]


def test_a_row_that_is_its_own_group_is_one_cell() -> None:
    rules = changed_rules("layouts", LAYOUT.replace("[资金到位率]", "[下达及时性]"))
    document = examine(changed(), known=rules).document
    assert document
    (row,) = form_view(document).opening[3].rows
    assert [plain(cell) for cell in row.cells] == ["下达及时性", "", "", ""]
    assert sum(cell.columns for cell in row.cells) == len(form_view(document).columns)


def test_the_preview_finds_the_cell_of_a_problem() -> None:
    text = changed() + TYPED
    document = examine(text, known=known()).document
    assert document
    broken = text.replace("改进措施: 无", "改进措施: [无]")
    (found,) = (d for d in examine(broken, known=known()).found if d.rule.code != "S319")
    assert Places(document, broken).cell(found.span) == Cell("资金到位率", "改进措施")


def test_what_has_a_heading_is_a_table_of_its_own_on_paper() -> None:
    document = examine(changed() + TYPED, known=known()).document
    assert document
    form = form_view(document)
    shapes = [
        [(bool(sheet.heading), [s.kind for s in sheet.sections]) for sheet in form.sheets(sections)]
        for sections in (form.opening, form.closing)
    ]
    assert shapes == [
        [(False, ["head", "funding"]), (True, ["table", "table"]), (False, ["goals"])],
        [(False, ["closing"]), (True, ["table"])],
    ]


def test_a_long_group_has_its_label_in_every_row() -> None:
    def body(text: str) -> str:
        row = f'<tr><th class="text" scope="row">乙</th><td class="text">{text}</td></tr>'
        head = '<th class="label" scope="row" rowspan="2">甲</th>'
        rows = row.replace("<tr>", f"<tr>{head}") + row
        return f'<table><tbody class="table">{rows}</tbody></table>'

    labels = []
    for text in ("短", "长" * 200):
        root = parse(body(text))
        part(root)
        labels.append([(len(row), row[0].get("rowspan")) for row in root.iter("tr")])
    assert labels == [[(3, "2"), (2, None)], [(3, None), (3, None)]]


WRONG = {
    "row": ("  资金分配规范: {情况说明: 甲}\n", "S102 @ 40:3", "资金分配规范性"),
    "column": ("  资金到位率: {情况: 甲}\n", "S102 @ 40:11", "情况说明"),
    "text for a row": ("  资金到位率: 好\n", "S105 @ 40:10", ""),
    "text for a table": ("好\n", "S105 @ 39:9", ""),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_the_table_does_not_have_is_told_at_its_place(name: str) -> None:
    typed, place, hint = WRONG[name]
    key = "资金管理情况:" + ("\n" if typed.startswith(" ") else " ")
    finding = examine(changed() + key + typed, known=known())
    told = finding.found[0]
    assert f"{told.rule.code} @ {told.span.line}:{told.span.column}" == place
    assert hint in told.hint
    assert finding.document  # the rest is checked


def test_a_cell_of_figures_holds_figures() -> None:
    text = changed() + "三年基础数据:\n  经费: {2023年: 五十}\n"
    finding = examine(text, known=known())
    assert [(d.rule.code, d.span.line, d.span.column) for d in finding.found] == [("S201", 40, 15)]


def test_cells_are_published_as_they_are() -> None:
    document = examine(changed() + TYPED, known=known()).document
    assert document
    record = opendata.record(document)
    assert record["资金管理情况"] == {
        "资金分配规范性": {"情况说明": "严格按办法分配。", "存在问题": None},
        "资金到位率": {"情况说明": "资金已到位", "改进措施": "无"},
    }
    assert record["三年基础数据"] == {"服务人数": {"2023年": Decimal("1200.50"), "2024年": None}}
    again = examine(formatter.published(document.report), known=known()).document
    assert again
    assert opendata.record(again) == record
    found = [p for p in passages(document) if p.label == "资金管理情况"]
    assert [(p.anchor, p.text) for p in found] == [
        ("table-1-1", "资金分配规范性 情况说明：严格按办法分配。"),
        ("table-1-3", "资金到位率 情况说明：资金已到位"),
        ("table-1-3", "资金到位率 改进措施：无"),
    ]
    anchors = {row.anchor for section in form_view(document).opening for row in section.rows}
    assert {p.anchor for p in found} <= anchors


def test_the_formatter_puts_rows_and_columns_in_the_order_of_the_form() -> None:
    text = changed() + (
        "资金管理情况:\n  资金到位率: {改进措施: 乙, 情况说明: 甲}\n"
        "  资金分配规范性:\n    情况说明: 丙\n"
    )
    settings_ = known()
    document = examine(text, known=settings_).document
    assert document
    result = formatter.canonical(text, "a.yaml", type(document.report))
    assert result
    assert result.endswith(
        "资金管理情况:\n  资金分配规范性:\n    情况说明: 丙\n"
        "  资金到位率: {情况说明: 甲, 改进措施: 乙}\n"
    )


def test_versions_are_compared_cell_by_cell() -> None:
    layout = f"基于: 上海市级\n名称: 上海市级\n{LAYOUT}\n"
    old, new = (
        {"layouts/上海市级.yaml": layout, "2024/a.yaml": changed() + typed}
        for typed in (TYPED, TYPED.replace("改进措施: 无", "存在问题: 滞后"))
    )
    change = compared(old, new).projects[0].change
    assert {(field.place[1:], field.old, field.new) for field in change.fields} == {
        (("资金到位率", "存在问题"), None, "滞后"),
        (("资金到位率", "改进措施"), "无", None),
    }


def test_an_empty_form_and_the_schema_offer_every_cell() -> None:
    rules = known()
    profile, layout = rules.profiles.by_name["上海市级"], rules.layouts.by_name["上海市级"]
    text = empty_form(profile, layout, 2025, is_default=True)
    assert "  # 分配科学性\n  资金分配规范性:\n    情况说明:\n    存在问题:\n" in text
    assert "  经费: {2023年: , 2024年: }\n" in text
    assert content.make_out(
        source.parse(text, "content/2025/a.yaml", content.report_labels(), Diagnostics()),
        content.Entry(Path("a.yaml"), "content/2025/a.yaml", "2025", "a"), rules, Diagnostics(),
    )  # fmt: skip
    schema = report_schema(rules)["properties"]["三年基础数据"]["anyOf"][0]
    assert schema["properties"]["服务人数"]["properties"].keys() == {"2023年", "2024年"}
    assert schema["additionalProperties"] is False


FAULTS = {
    "no rows": "栏目:\n  甲: {种类: 表, 列: [乙]}",
    "no columns": "栏目:\n  甲: {种类: 表, 行: [乙]}",
    "rows of a text": "栏目:\n  甲: {种类: 文字, 行: [乙]}",
    "one row twice": "栏目:\n  甲: {种类: 表, 行: {丙: [乙], 丁: [乙]}, 列: [丙]}",
    "too many columns": "栏目:\n  甲: {种类: 表, 行: [乙], 列: [1, 2, 3, 4, 5, 6, 7, 8, 9]}",
    "an annex that is no table": "栏目:\n  甲: {种类: 文字, 附表: 是}",
    "nothing to choose": "栏目:\n  甲: {种类: 选项}",
    "a name that is taken": "栏目:\n  公开: {种类: 文字}",
    "of an indicator": "指标:\n  栏目:\n    甲: {种类: 表, 行: [乙], 列: [丙]}",
    "in the head": "表头: [[甲]]\n栏目:\n  甲: {种类: 表, 行: [乙], 列: [丙]}",
}


def faults_of(settings_: str) -> list[Diagnostic]:
    diagnostics = Diagnostics()
    text = f"基于: 上海市级\n名称: 上海市级\n{settings_}\n"
    own = source.parse(text, "layouts/上海市级.yaml", content.RULE_LABELS, diagnostics)
    content.understand_settings(None, {"layouts/上海市级.yaml": own}, diagnostics)
    return list(diagnostics)


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_field_of_a_layout_is_told(name: str) -> None:
    told = faults_of(FAULTS[name])
    wanted = {"in the head": "P108", "a name that is taken": "S330"}.get(name, "P117")
    assert [d.rule.code for d in told] == [wanted]
    assert told[0].span.line >= 3


NOWHERE = {
    "of the form": "栏目:\n  甲: {种类: 文字}",
    "of an indicator": "指标:\n  栏目:\n    甲: {种类: 数字}",
}


@pytest.mark.parametrize("name", NOWHERE)
def test_a_field_that_stands_nowhere_is_told(name: str) -> None:
    assert [d.rule.code for d in faults_of(NOWHERE[name])] == ["P118"]


def test_an_inherited_field_that_stands_nowhere_is_none() -> None:
    rules = changed_rules("layouts", "区块: [表头, 资金, 目标, 指标, 合计]", name="四川")
    text = changed(("年度: 2024", "年度: 2024\n评分规则: 四川")) + "评价结论: 好\n"
    told = [d.rule.code for d in examine(text, known=rules).found if d.span.line > 38]
    assert told == ["S102"]


def test_a_field_may_have_any_name_that_is_not_taken() -> None:
    rules = changed_rules(
        "layouts", "区块: [_甲, name]\n栏目:\n  _甲: {种类: 文字}\n  name: {种类: 文字}"
    )
    document = examine(changed() + "_甲: 乙\nname: 丙\n", known=rules).document
    assert document
    assert opendata.record(document)["name"] == "丙"
    assert document.report.name == "公益培训项目"


def test_names_of_the_form_and_of_its_data_are_taken() -> None:
    document = examine(changed()).document
    assert document
    record = opendata.record(document)
    of_report = {field.alias for field in Report.model_fields.values()}
    of_indicator = {field.alias for field in Indicator.model_fields.values()}
    assert of_report | record.keys() <= OF_REPORTS
    assert of_indicator | record["绩效指标"][0].keys() <= OF_INDICATORS


def test_a_layout_with_tables_is_explained() -> None:
    told = account(known().layouts.by_name["上海市级"], ["上海市级"])
    assert all(words in told for words in ("分配科学性", "资金到位率", "改进措施"))
