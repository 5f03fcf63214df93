"""Forms with fewer levels, points on every level, no targets, or the execution as an indicator."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from builder import formatter, opendata
from builder.content import Settings, report_labels
from builder.diagnostics import Diagnostics, Severity, Span
from builder.formatter import canonical
from builder.layouts import widths
from builder.model import Site, report_on
from builder.opendata.tables import rows
from builder.records import completed, decode
from builder.scoring import Document, Method, explain
from builder.serve.places import Cell, Places
from builder.site.search.passages import passages
from builder.source import Value, parse
from builder.starter import empty_form, report_schema
from builder.views import form_view, report_view, rule_view
from tests.conftest import ROOT
from tests.layouts.test_layout import own, plain
from tests.review.test_review import compared
from tests.serve.test_draft import places, spoiled
from tests.support.reports import changed, examine, settings

HEAD = changed().partition("绩效指标:\n")[0]
ENTRY = """\
- 三级指标: 培训期数
  年度指标值: ≥12(期)
  实际完成值: 12(期)
  分值: 45
- 三级指标: 参训教师满意度
  年度指标值: ≥90(%)
  实际完成值: 95(%)
  分值: 45
"""
COLUMNS = "三级指标: 名称, 年度指标值: 指标值, 实际完成值: 完成值, 分值: 分值, 得分: 得分"
TWO = f"指标:\n  列: {{一级指标: 类别, {COLUMNS}}}\n  类别: {{产出指标: [], 效益指标: []}}"
ONE = f"指标:\n  列: {{{COLUMNS}}}\n  类别: {{}}"
RULE = "基于: 上海市级\n名称: 上海市级\n一级指标分值: {}\n"


def indented(text: str, by: int) -> str:
    return "".join(f"{' ' * by}{line}\n" for line in text.splitlines())


FORMS = {
    1: (TWO, HEAD + "绩效指标:\n  产出指标:\n" + indented(ENTRY, 4)),
    0: (ONE, HEAD + "绩效指标:\n" + indented(ENTRY, 2)),
}


def site(tmp_path: Path, layout: str, profile: str = "") -> Settings:
    """A site whose default form has that layout."""
    texts = {"layouts__上海市级": f"基于: 上海市级\n名称: 上海市级\n{layout}\n"}
    found, told = own(tmp_path, **texts, profiles__上海市级=RULE + profile)
    assert told == []
    return found


def document_of(text: str, known: Settings) -> Document:
    found = examine(text, known=known)
    assert found.document
    assert [d for d in found.found if d.severity is not Severity.INFO] == []
    return found.document


@pytest.mark.parametrize("depth", FORMS)
def test_a_form_of_fewer_levels_goes_all_the_way(depth: int, tmp_path: Path) -> None:
    layout, text = FORMS[depth]
    known = site(tmp_path, layout)
    document = document_of(text, known)
    assert f"{document.card.total}" == "99.50"
    record = report_on(document.layout)
    assert canonical(text, "", record) == text
    published = formatter.published(document.report)
    assert published.partition("绩效指标:\n")[2] == text.partition("绩效指标:\n")[2]
    schema = report_schema(known)
    typed = YAML(typ="safe").load(text)
    typed["公开"] = {"审查日期": "2025-03-20"}
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(typed)) == []


@pytest.mark.parametrize("depth", FORMS)
def test_no_level_is_shown_that_is_not_there(depth: int, tmp_path: Path) -> None:
    layout, text = FORMS[depth]
    document = document_of(text, site(tmp_path, layout))
    form = form_view(document)
    heads = [plain(cell) for cell in form.heading.cells]
    assert heads == [*["类别"][:depth], "名称", "指标值", "完成值", "分值", "得分"]
    for rows_ in form.groups():
        for row in rows_:
            assert sum(cell.columns for cell in row.cells) <= len(form.columns)
            assert plain(row.cells[0]) != ""
    view = report_view(document, Site.model_validate({}))
    group = ["产出指标", "绩效指标"][1 - depth]
    assert [part.name for part in view.parts] == ["预算执行", group]
    assert [entry.name for entry in view.groups] == [group]
    data = opendata.record(document)["绩效指标"][0]
    assert [label for label in data if "级指标" in label] == ["一级指标", "三级指标"][1 - depth :]
    table = rows(document, Site.model_validate({}))["indicators"][0]
    assert table[6:9] == ("产出指标" if depth else None, None, "培训期数")
    assert "（）" not in explain(document)
    assert all(passage.label and passage.text for passage in passages(document))


@pytest.mark.parametrize("depth", FORMS)
def test_places_are_those_of_the_file(depth: int, tmp_path: Path) -> None:
    layout, text = FORMS[depth]
    known = site(tmp_path, layout)
    line = text.splitlines().index(next(x for x in text.splitlines() if "95(%)" in x)) + 1
    missing = text.replace("实际完成值: 95(%)", "实际完成值: ")
    (found,) = [d for d in examine(missing, known=known).found if d.rule.code == "S103"]
    assert (found.span.line, found.rule.code) == (line, "S103")
    assert "参训教师满意度" in found.message
    cell = Places(document_of(text, known), text).cell(Span("", line, 20))
    assert cell == Cell("#indicator-2", "完成值")


@pytest.mark.parametrize(
    ("depth", "text", "told"),
    [
        (1, changed(), ["S106 产出指标", "S106 效益指标", "S106 满意度指标"]),
        (1, FORMS[0][1], ["S105 绩效指标"]),
        (0, changed(), ["S106 绩效指标"]),
        (0, FORMS[1][1], ["S106 绩效指标"]),
        (0, HEAD + "绩效指标: []\n", ["S107 绩效指标"]),
        (1, HEAD + "绩效指标: {产出指标: []}\n", ["S107 产出指标"]),
    ],
)
def test_another_number_of_levels_is_told(
    depth: int, text: str, told: list[str], tmp_path: Path
) -> None:
    found = examine(text, known=site(tmp_path, FORMS[depth][0])).found
    assert [d.rule.code for d in found if d.severity is Severity.ERROR] == [
        word.split()[0] for word in told
    ]
    for diagnostic, word in zip(found, told, strict=False):
        assert word.split()[1] in diagnostic.message
        if diagnostic.rule.code in ("S105", "S106"):
            assert "三级指标的列表" in diagnostic.hint


@pytest.mark.parametrize("depth", FORMS)
def test_a_change_is_told_by_what_is_written(depth: int) -> None:
    layout, text = FORMS[depth]
    files = {
        "layouts/上海市级.yaml": f"基于: 上海市级\n名称: 上海市级\n{layout}\n",
        "profiles/上海市级.yaml": RULE,
        "2024/a.yaml": text,
    }
    edited = text.replace("95(%)", "96(%)")
    review = compared(files, files | {"2024/a.yaml": edited})
    (change,) = review.projects[0].change.indicators
    assert change.path == (*["产出指标"][:depth], "参训教师满意度")


@pytest.mark.parametrize("depth", FORMS)
def test_an_empty_form_has_the_levels_of_its_layout(depth: int, tmp_path: Path) -> None:
    known = site(tmp_path, FORMS[depth][0])
    layout, profile = known.layouts.by_name["上海市级"], known.profiles.by_name["上海市级"]
    text = empty_form(profile, layout, 2024, is_default=True)
    assert set(examine(text, known=known).codes) <= {"S103", "S306", "S307"}
    assert canonical(text, "", report_on(layout)) == text


FLAWS = {
    "列: {二级指标: 二级, 三级指标: 指标, 年度指标值: 值, 实际完成值: 完成}": "P113 5:13",
    "列: {三级指标: 指标, 一级指标: 一级, 年度指标值: 值, 实际完成值: 完成}\n  类别: {甲: []}":
        "P113 5:3",
    "列: {三级指标: 指标, 年度指标值: 值, 实际完成值: 完成}": "P113 4:1",
    "列: {一级指标: 一级, 三级指标: 指标}\n  类别: {甲: [乙]}": "P113 6:8",
    "列: {一级指标分值: 分, 三级指标: 指标}\n  类别: {}": "P113 5:15",
    "列: {一级指标: 一级, 三级指标: 指标}\n  类别: {甲: []}\n  类别带分值: [二级指标]": "P113 7:3",
    "列宽: {备注: 宽}": "P108 5:12",
    "列宽: {得分: 极宽}": "S108 5:12",
    "类别带分值: [三级指标]": "S108 5:11",
}  # fmt: skip


@pytest.mark.parametrize("setting", FLAWS)
def test_levels_that_do_not_fit(setting: str, tmp_path: Path) -> None:
    text = f"基于: 上海市级\n名称: 本区\n说明: 试\n指标:\n  {setting}\n"
    _, codes = own(tmp_path, layouts__本区=text)
    shown = [code.replace("content/layouts/本区.yaml:", "") for code in codes]
    assert shown[:1] == [FLAWS[setting]]


def test_columns_that_have_no_room_are_told(tmp_path: Path) -> None:
    columns = "一级指标: 一, 二级指标: 二, 三级指标: 三, 年度指标值: 值, 实际完成值: 完成"
    more = "分值: 分, 得分: 得, 得分系数: 系, 偏差原因分析及改进措施: 因, 备注: 注"
    text = (
        "基于: 上海市级\n名称: 本区\n说明: 试\n指标:\n"
        f"  列: {{{columns}, {more}}}\n  栏目: {{备注: {{种类: 文字}}}}\n"
    )
    found, codes = own(tmp_path, layouts__本区=text)
    assert codes == ["P115 content/layouts/本区.yaml:5:3"]
    assert "本区" in found.layouts.by_name
    _, codes = own(tmp_path, layouts__本区=f"{text}  列宽: {{备注: 窄, 年度指标值: 中}}\n")
    assert codes == []


def test_widths_are_those_of_the_theme() -> None:
    css = (ROOT / "themes" / "official" / "print" / "print.css").read_text(encoding="utf-8")
    names = {"level1": "一级指标", "level2": "二级指标", "target": "年度指标值", "weight": "分值"}
    for name, column in names.items():
        found = re.search(rf"^\.{name}\b[^{{]*{{ width: ([0-9.]+)mm }}", css, re.MULTILINE)
        assert found
        assert float(found[1]) == widths.COLUMNS[column]
    for name, word in {"part": "窄", "wide": "中", "broad": "宽"}.items():
        assert f"col.{name} {{ width: {widths.CHOSEN[word]:g}mm }}" in css
    assert f".name {{ width: {widths.COLUMNS['三级指标'] / 2:g}mm }}" in css


POINTS = """\
指标:
  列:
    一级指标: 一级
    一级指标分值: 一级分
    二级指标: 二级
    二级指标分值: 二级分
    三级指标: 指标
    年度指标值: 指标值
    实际完成值: 完成值
    分值: 分值
    得分: 得分
  类别带分值: [二级指标]
"""


def test_points_stand_on_every_level(tmp_path: Path) -> None:
    document = document_of(changed(), site(tmp_path, POINTS))
    (first, second), _, _ = form_view(document).groups()
    cells = [(plain(cell), cell.rows) for cell in first.cells[:5]]
    assert cells == [
        ("产出指标", 2), ("50.00", 2), ("数量指标(25分)", 1), ("25.00", 1), ("培训期数", 1),
    ]  # fmt: skip
    assert [plain(cell) for cell in second.cells[:3]] == ["时效指标(25分)", "25.00", "开班及时性"]


@pytest.mark.parametrize(("points", "told"), [("25", []), ("20", ["C102"])])
def test_points_of_a_second_level_are_compared(points: str, told: list[str]) -> None:
    text = changed() + f"核对:\n  二级指标分值: {{产出指标: {{数量指标: {points}}}}}\n"
    assert examine(text).codes == told


RUBRIC = """\
年度: 2024
项目名称: 公益培训项目
主管部门: 某市教育局
实施单位: 某市教师进修学院
评分规则: 海南
项目资金:
  省财政: {年初预算数: 100.00, 全年预算数: 100.00, 全年执行数: 95.00, 实际到位资金: 100}
绩效指标:
  项目决策:
    项目目标:
      - {三级指标: 目标内容, 分值: 20, 得分: 20}
  项目管理:
    资金管理:
      - {三级指标: 资金使用, 分值: 25, 得分: 25}
  项目绩效:
    项目产出:
      - {三级指标: 产出质量, 分值: 25, 得分: 25}
      - {三级指标: 产出数量, 分值: 30, 得分: 25, 偏差原因分析及改进措施: 两期因场地维修没有办。}
"""


def test_a_rubric_asks_for_points_alone() -> None:
    found = examine(RUBRIC)
    assert [d.rule.code for d in found.found if d.severity is not Severity.INFO] == []
    assert found.document
    assert f"{found.document.card.total}" == "95.00"
    assert {point.method for point in found.document.card.points} == {Method.MANUAL}
    assert all("按评分标准评定" in p.formula for p in found.document.card.points)
    told = explain(found.document)
    assert "按评分标准评定。填报单位评定为 20 分。" in told
    assert "指标值" not in told.replace("没有指标值", "")
    data = opendata.record(found.document)["绩效指标"][0]
    assert not data.keys() & {"年度指标值", "实际完成值"}
    again = formatter.published(found.document.report)
    assert "留空" not in again
    assert examine(again).document


def test_a_rubric_knows_no_targets_and_wants_points() -> None:
    typed = RUBRIC.replace("三级指标: 目标内容,", "三级指标: 目标内容, 年度指标值: 明确,")
    finding = examine(typed)
    assert finding.codes[0] == "S102"
    assert "年度指标值" in finding.found[0].message
    open_one = examine(RUBRIC.replace("分值: 20, 得分: 20", "分值: 20"))
    assert "C310" in open_one.codes


EXECUTION = "预算执行:\n  列为指标: 预算执行率\n  分母: 全年预算数\n"
ROUNDED = "  执行率: {小数位: 2, 舍入: 截断}\n  得分: {依据: 精确比值, 小数位: 2, 舍入: 四舍五入}\n"
LISTED = changed(
    ("三级指标: 开班及时性", "三级指标: 预算执行率"),
    ("年度指标值: 及时\n        实际完成值: 达成指标", "年度指标值: 100%\n        实际完成值: 95%"),
    ("分值: 30", "分值: 40"),
)


def test_the_execution_is_scored_once_where_it_is_an_indicator(tmp_path: Path) -> None:
    known = site(tmp_path, "表名: 自评表", EXECUTION + ROUNDED)
    document = examine(LISTED, known=known).document
    assert document
    assert (document.card.execution.weight, document.card.execution.score) == (None, None)
    point = document.card.points[1]
    assert (point.method, f"{point.awarded}") == (Method.EXECUTION, "23.75")  # 95 ÷ 100 × 25
    assert f"{document.card.total}" == "98.75"
    assert "预算执行率" in document.card.execution.formula
    assert "按执行率得分：95 ÷ 100 × 25 = 23.75 分" in explain(document)
    view = report_view(document, Site.model_validate({}))
    assert [part.name for part in view.parts] == ["产出指标", "效益指标", "满意度指标"]
    other = LISTED.replace("实际完成值: 95%", "实际完成值: 100%")
    assert "C421" in examine(other, known=known).codes
    assert "C421" not in examine(LISTED, known=known).codes


def test_the_volume_tells_such_rules() -> None:
    known = settings()
    said = {
        name: "".join(
            rule_view(known.profiles.by_name[name], known.layouts.by_name[name]).sentences
        )
        for name in ("银川", "海南", "财政部2020")
    }
    assert "“预算执行率”一项的得分＝精确的执行率×这一项的分值" in said["银川"]
    assert "按评分标准评定" in said["海南"]
    assert "定量指标" not in said["海南"]
    assert "预算执行得分＝精确的执行率×10分" in said["财政部2020"]


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        (EXECUTION + "  执行率: {小数位: 2, 舍入: 截断}\n", "P103"),
        (EXECUTION + ROUNDED + "  分值: 10\n", "P114"),
    ],
)
def test_execution_that_cannot_be_scored(setting: str, told: str, tmp_path: Path) -> None:
    _, codes = own(tmp_path, profiles__本区=f"基于: 云南\n名称: 本区\n{setting}")
    assert [code.split(":")[0] for code in codes] == [f"{told} content/profiles/本区.yaml"]


ADJUSTED = """\
表头: [[项目名称, 总分], [主管部门, 实施单位]]
字样: {总分: 自评总分}
栏目:
  调整后的目标: {种类: 文字}
目标:
  列: {预期目标: 年初, 调整后的目标: 调整, 实际完成情况: 完成}
指标:
  列:
    一级指标: 一级
    二级指标: 二级
    三级指标: 指标
    年初指标值: 年初值
    调整指标值: 调整值
    实际完成值: 完成值
    得分系数: 系数
    分值: 分值
    得分: 得分
  列宽: {年初指标值: 宽, 得分系数: 中}
  栏目:
    年初指标值: {种类: 一行}
"""


def test_targets_that_were_adjusted(tmp_path: Path) -> None:
    text = changed(
        ("年度指标值: ≥12(期)", "年初指标值: ≥15(期)\n        年度指标值: ≥12(期)"),
        ("实际完成值: 96(%)\n        分值: 30", "实际完成值: 60(%)\n        分值: 30"),
    )
    text += "调整后的目标: 面向全市教师举办十二期培训。\n"
    document = examine(text, known=site(tmp_path, ADJUSTED)).document
    assert document
    form = form_view(document)
    cells = {row[0]: row[1:] for row in (
        [plain(cell) for cell in entry.row.cells] for entry in form.indicators
    )}  # fmt: skip
    assert cells["培训期数"][:4] == ["≥15(期)", "≥12(期)", "12(期)", "100%"]
    assert cells["开班及时性"][:3] == ["及时", "", "达成指标"]
    assert cells["教师结业率"][3:] == ["66.67%", "30.00", "20.00"]
    assert form.columns[-5:] == ("part", "actual", "part wide", "weight", "score")
    goals = [plain(cell) for cell in form.rows("goals")[1].cells]
    assert goals[1] == "面向全市教师举办十二期培训。"
    assert [cell.label for cell in form.rows("goals")[1].cells] == ["年初", "调整", "完成"]
    head = [plain(cell) for cell in form.rows("head")[0].cells]
    assert head[2:] == ["自评总分", f"{document.card.total}"]
    line = text.count("\n")
    assert Places(document, text).cell(Span("", line, 10)) == Cell("", "调整")


SHAPES: list[Value] = [None, "x", {}, [], {"a": "b"}, ["x"], [{}], {"a": {"b": []}}]


@pytest.mark.parametrize("put", SHAPES, ids=str)
@pytest.mark.parametrize("depth", [0, 1, 2])
def test_a_form_of_any_shape_is_one_or_none(put: Value, depth: int, tmp_path: Path) -> None:
    layout, text = FORMS.get(depth, (POINTS, RUBRIC))
    known = settings() if depth > 1 else site(tmp_path, layout)
    rule = known.layouts.by_name["海南" if depth > 1 else "上海市级"]
    whole = parse(text, "content/2024/a.yaml", report_labels(), Diagnostics())
    for at in places(whole.value):
        value = spoiled(at, deepcopy(put), whole.value) if at else put
        source, record = replace(whole, value=value), report_on(rule)
        made = completed(source, record)
        assert decode(source, record, Diagnostics()) is None or made
        for _, indicator in made[0].indicators() if made else ():
            assert indicator.name
