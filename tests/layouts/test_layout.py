"""Layouts: the built-in ones are sound, an own one is told its faults, years have versions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markupsafe import Markup

from builder import content, formatter, opendata
from builder.cli.main import main
from builder.content import Settings
from builder.diagnostics import Diagnostics
from builder.layouts import LAYOUTS, Layout, printed
from builder.model import extras
from builder.review.marking import marked_form
from builder.site.search.passages import passages
from builder.views import Cell, Section, form_view
from tests.review.test_review import compared
from tests.support.reports import changed, changed_rules, examine, settings

BUILT = sorted(path.stem for path in LAYOUTS.folder.glob("*.yaml"))


def own(tmp_path: Path, **texts: str) -> tuple[Settings, list[str]]:
    """The settings with a site's own files (`layouts/本区`), and what was told where."""
    for name, text in texts.items():
        path = tmp_path / "content" / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    diagnostics = Diagnostics()
    found = content.settings(tmp_path / "content", diagnostics)
    return found, [f"{d.rule.code} {d.span}" for d in diagnostics]


def layout(found: Settings, name: str) -> Layout:
    return found.layouts.by_name[name]


def test_every_profile_has_its_layout() -> None:
    layouts = settings().layouts.by_name
    assert layouts.keys() == set(BUILT)
    for profile in settings().profiles.by_name.values():
        named = (profile.layout, profile.targets, profile.review)
        assert set(filter(None, named)) <= layouts.keys()


@pytest.mark.parametrize("name", sorted(settings().profiles.by_name))
def test_usual_weights_are_of_groups_that_the_form_has(name: str) -> None:
    profile = settings().profiles.by_name[name]
    assert set(profile.weights) <= set(layout(settings(), profile.layout).indicators.groups)


def test_own_layout_takes_what_it_does_not_name(tmp_path: Path) -> None:
    """Setting by setting inside a block; a setting is taken whole."""
    text = "基于: 安徽\n名称: 本区\n资金单位: 元\n资金:\n  可增行: 是\n  列: {全年预算数: 预算}\n"
    found, codes = own(tmp_path, layouts__本区=text)
    mine, base = layout(found, "本区"), layout(found, "安徽")
    assert codes == []
    assert (mine.money_unit, mine.funds.open_rows) == ("元", True)
    assert mine.funds.columns == {"全年预算数": "预算"}
    assert mine.funds.rows == base.funds.rows
    assert (mine.goals, mine.indicators) == (base.goals, base.indicators)


def test_profile_and_layout_change_without_one_another(tmp_path: Path) -> None:
    found, codes = own(
        tmp_path,
        layouts__本区="基于: 安徽\n名称: 本区\n资金单位: 元\n",
        profiles__本区="基于: 湖北\n名称: 本区\n版式: 本区\n",
    )
    assert codes == []
    text = changed(("年度: 2024", "年度: 2024\n评分规则: 本区"), ("当年财政拨款", "本年财政拨款"))
    document = examine(text, known=found).document
    assert document
    assert document.layout.money_unit == "元"
    assert document.card.execution.weight == 20


BROKEN = {
    "unknown layout": (
        {"profiles__本区": "基于: 云南\n名称: 本区\n版式: 云\n"},
        "P106 profiles:3:5",
    ),
    "unknown layouts of other stages": (
        {"profiles__本区": "基于: 云南\n名称: 本区\n目标版式: 云\n复核版式: 云\n"},
        "P106 profiles:3:7, P106 profiles:4:7",
    ),
    "unknown base": ({"layouts__本区": "基于: 云\n名称: 本区\n"}, "P106 layouts:1:5"),
    "other name": ({"layouts__本区": "基于: 云南\n名称: 某区\n"}, "P102 layouts:2:5"),
    "year in the name alone": (
        {"layouts__本区-2024": "基于: 云南\n名称: 本区\n"},
        "P102 layouts-2024:2:5",
    ),
    "in the old place": (
        {"profiles__本区": "基于: 云南\n名称: 本区\n资金单位: 元\n资金列: {分值: 分}\n"},
        "P107 profiles:3:1, P107 profiles:4:1",
    ),
    "misspelt": (
        {"layouts__本区": "基于: 云南\n名称: 本区\n资金: {行数: 3}\n"},
        "S102 layouts:3:6",
    ),
    "unknown names": (
        {
            "layouts__本区": "基于: 云南\n名称: 本区\n区块: [表头, 资金, 结论]\n"
            "表头: [[项目名称, 负责人]]\n指标: {列: {三级指标: 指标, 权重系数: 系数}}\n"
        },
        "P108 layouts:3:14, P108 layouts:4:13, P108 layouts:5:26",
    ),
    "no column": (
        {"layouts__本区": "基于: 云南\n名称: 本区\n资金:\n  列: {预算数: 预算}\n"},
        "P108 layouts:4:12",
    ),
}


@pytest.mark.parametrize(
    "name",
    ["内部备注", "核对", "公开", "项目资金", "总分", "编号", "指标"],
)
def test_no_field_of_a_layout_goes_by_the_name_of_another(name: str, tmp_path: Path) -> None:
    """An internal note would be printed under it."""
    text = f"基于: 财政部2020\n名称: 本区\n栏目:\n  '{name}': {{种类: 文字}}\n"
    found, codes = own(tmp_path, layouts__本区=text)
    assert codes == ["S330 content/layouts/本区.yaml:4:3"]
    assert "本区" not in found.layouts.by_name


BOUNDS = {
    "表头: [[项目名称], []]": "4:14",
    "指标: {列: {}}": "4:6",
    "区块: [表头, 资金, 指标, 资金]": "4:1",
    "表头: [[项目名称], [主管部门, 项目名称]]": "4:1",
}


@pytest.mark.parametrize("text", BOUNDS)
def test_a_layout_leaves_nothing_empty_and_names_nothing_twice(text: str, tmp_path: Path) -> None:
    """An empty row has no width to be divided."""
    _, codes = own(tmp_path, layouts__本区=f"基于: 财政部2020\n名称: 本区\n说明: 试\n{text}\n")
    assert codes == [f"S331 content/layouts/本区.yaml:{BOUNDS[text]}"]


def test_a_layout_has_not_more_columns_than_can_be_laid_out(tmp_path: Path) -> None:
    names = [f"第{n}列" for n in range(100)]
    text = (
        f"基于: 财政部2020\n名称: 本区\n指标:\n  列: {{{', '.join(f'{n}: 列' for n in names)}}}\n"
    )
    text += f"  栏目: {{{', '.join(f'{n}: {{种类: 一行}}' for n in names)}}}\n"
    _, codes = own(tmp_path, layouts__本区=text)
    assert codes == ["S331 content/layouts/本区.yaml:4:3"]


@pytest.mark.parametrize("name", ["三级指标", "得分", "其中", "计算得分", "一级指标分值"])
def test_no_field_of_an_indicator_goes_by_the_name_of_another(name: str, tmp_path: Path) -> None:
    text = f"基于: 财政部2020\n名称: 本区\n指标:\n  栏目:\n    '{name}': {{种类: 文字}}\n"
    _, codes = own(tmp_path, layouts__本区=text)
    assert codes == ["S330 content/layouts/本区.yaml:5:5"]


@pytest.mark.parametrize("name", BROKEN)
def test_broken_layout(name: str, tmp_path: Path) -> None:
    files, told = BROKEN[name]
    _, codes = own(tmp_path, **files)
    shown = [
        code.replace("content/", "").replace("/本区", "").replace(".yaml", "") for code in codes
    ]
    assert ", ".join(shown) == told


def test_a_form_that_changes_leaves_earlier_years_as_they_were(tmp_path: Path) -> None:
    found, codes = own(
        tmp_path,
        **{
            "layouts__云南-2024": "基于: 云南\n名称: 云南\n自年度: 2024\n资金单位: 元\n",
            "layouts__云南": "基于: 云南\n名称: 云南\n表名: 旧表\n",
            "profiles__云南-2024": "基于: 云南\n名称: 云南\n自年度: 2024\n预算执行:\n"
            "  分值: 20\n  执行率: {小数位: 1, 舍入: 截断}\n"
            "  得分: {依据: 精确比值, 小数位: 0, 舍入: 截断}\n",
            "profiles__云南": "基于: 云南\n名称: 云南\n",
        },
    )
    assert codes == []
    text = changed(("年度: 2024", "年度: 2024\n评分规则: 云南"))
    old, new = (
        examine(text.replace("年度: 2024", f"年度: {year}"), known=found).document
        for year in (2023, 2024)
    )
    assert old
    assert new
    assert (old.layout.form_title, old.layout.money_unit) == ("旧表", "万元")
    assert (new.layout.form_title, new.layout.money_unit) == ("项目支出绩效自评表", "元")
    assert [d.card.execution.weight for d in (old, new)] == [10, 20]
    records = [opendata.record(document) for document in (old, new)]
    assert [record["版式"] for record in records] == ["云南", "云南"]
    assert [record.get("版式自年度") for record in records] == [None, 2024]
    assert [record.get("评分规则自年度") for record in records] == [None, 2024]


def test_a_rule_that_is_not_there_yet_is_told_from_when(tmp_path: Path) -> None:
    rule = "基于: 云南\n名称: 本区\n自年度: 2025\n"
    found, codes = own(tmp_path, **{"profiles__本区-2025": rule})
    assert codes == []
    finding = examine(changed(("年度: 2024", "年度: 2024\n评分规则: 本区")), known=found)
    assert finding.codes == ["P101"]
    assert "2025" in finding.found[0].hint


SICHUAN = """\
年度: 2024
评分规则: 四川
项目名称: 工资性支出
主管部门: 某县发展和改革局
实施单位: 某县发展和改革局
项目资金:
  财政资金: {年初预算数: 238.93, 全年预算数: 251.89, 全年执行数: 251.89}
预算执行说明: 年中追加绩效奖金。
年度总体目标:
  预期目标: 工资按月足额发放，社保按时足额缴纳。
  实际完成情况: 全年按月发放，没有拖欠。
项目实施内容及过程概述: 每月十日前核定人数和金额。
绩效指标:
  产出指标:
    数量指标:
      - 三级指标: 发放覆盖率
        年度指标值: ≥98.5(%)
        实际完成值: 100(%)
        分值: 50
    质量指标:
      - 三级指标: 队伍稳定
        年度指标值: 稳定
        实际完成值: 达成指标
        分值: 40
评价结论: 工资发放及时足额。
改进措施: |
  人事部门每月报送变动。

  与社保经办机构按月对账。
"""


def plain(cell: Cell) -> str:
    return cell.text.striptags() if isinstance(cell.text, Markup) else cell.text


def rows_of(text: str) -> tuple[list[str], list[list[str]]]:
    """The kinds of the form's sections in order, and the texts of all its cells by row."""
    document = examine(text).document
    assert document
    form = form_view(document)
    sections = (*form.opening, Section("indicators", form.groups()[0]), *form.closing)
    cells = [[plain(cell) for cell in row.cells] for section in sections for row in section.rows]
    return [section.kind for section in sections], cells


def test_a_form_has_the_blocks_of_its_layout_in_their_order() -> None:
    kinds, rows = rows_of(SICHUAN)
    assert kinds == [
        "head", "goals", "texts", "funding", "indicators", "closing", "texts", "texts", "texts",
    ]  # fmt: skip
    assert ["评价结论", "工资发放及时足额。"] in rows
    assert ["存在问题", ""] in rows  # a text that is not written stays blank
    assert rows[-4][0] == "合计"


def test_a_target_stands_in_three_columns_where_the_form_has_them() -> None:
    _, rows = rows_of(SICHUAN)
    first = next(row for row in rows if "发放覆盖率" in row)
    assert first[first.index("发放覆盖率") + 1 :][:4] == ["≥", "98.5", "%", "100(%)"]
    state = next(row for row in rows if "队伍稳定" in row)
    assert state[state.index("队伍稳定") + 1 :][:3] == ["定性", "稳定", ""]


def test_the_sign_of_a_target_may_stand_in_words(tmp_path: Path) -> None:
    """A text has no direction; a column that the form has typed is not worked out."""
    text = """\
基于: 四川
名称: 四川
指标:
  列: {一级指标: 一级, 二级指标: 二级, 三级指标: 三级, 指标性质: 性质, 指标方向: 方向,
       指标数值: 目标值, 计量单位: 单位, 实际完成值: 完成值, 分值: 权重, 得分: 得分}
  栏目: {指标性质: {种类: 选项, 选项: [正向, 反向, 定性]}}
"""
    known, codes = own(tmp_path, layouts__四川=text)
    assert codes == []
    typed = SICHUAN.replace("≥98.5(%)", "≥98.5(%)\n        指标性质: 正向")
    document = examine(typed, known=known).document
    assert document
    rows = [[plain(cell) for cell in row.cells] for row in form_view(document).groups()[0]]
    assert rows[0][2:7] == ["发放覆盖率", "正向", "大于等于", "98.5", "%"]
    assert rows[1][1:6] == ["队伍稳定", "", "", "稳定", ""]


def test_goals_of_the_form_s_own_are_marked_where_they_changed(tmp_path: Path) -> None:
    text = """\
基于: 上海市级
名称: 上海市级
栏目: {调整后的目标: {种类: 文字}}
目标: {列: {预期目标: 预期, 调整后的目标: 调整}}
"""
    known, codes = own(tmp_path, layouts__上海市级=text)
    assert codes == []
    goal = re.search(r"  实际完成情况: .*\n", changed())
    assert goal
    one, other = (
        examine(changed((goal[0], "")) + f"调整后的目标: {text}\n", known=known).document
        for text in ("办班八期", "办班十期")
    )
    assert one
    assert other
    _, goals = marked_form(one, other).rows("goals")
    assert [cell.text.count("<ins") for cell in goals.cells] == [0, 1]


def test_what_is_left_of_the_page_goes_to_texts() -> None:
    """Where no reasons take it: numbers, signs and 一级指标 are as wide as everywhere."""
    for name in BUILT:
        block = layout(settings(), name).indicators
        columns = tuple(block.columns)
        wide = dict(zip(columns, printed(columns, block), strict=True))
        assert round(sum(wide.values())) == 167
        usual = {"一级指标": 15.5, "分值": 13, "得分": 13}
        assert all(wide.get(key, of) == of for key, of in usual.items() if key not in block.widths)


def test_a_goal_alone_stands_beside_the_name_of_its_block(tmp_path: Path) -> None:
    """Not below it, and once more under the same words."""
    text = TARGETS.replace("年度绩效目标(文字)", "年度绩效目标")
    known, _ = own(tmp_path, layouts__转移支付=text)
    one, other = (
        examine(ASKED.replace("280人次}\n绩", f"{count}人次}}\n绩"), known=known).document
        for count in (280, 290)
    )
    assert one
    assert other
    (goals,) = form_view(one).rows("goals")
    assert [plain(cell).strip() for cell in goals.cells] == ["年度绩效目标", "主体班培训280人次"]
    (goals,) = marked_form(one, other).rows("goals")
    assert "<ins" in goals.cells[1].text


def test_a_field_of_the_layout_is_published_searched_and_compared() -> None:
    document = examine(SICHUAN).document
    assert document
    assert extras(document.report)["评价结论"] == "工资发放及时足额。"
    assert opendata.record(document)["评价结论"] == "工资发放及时足额。"
    again = examine(formatter.published(document.report)).document
    assert again
    assert extras(again.report) == extras(document.report)
    found = {passage.label: passage.text for passage in passages(document)}
    assert found["评价结论"] == "工资发放及时足额。"
    other = {"2024/a.yaml": SICHUAN.replace("及时足额。\n改", "及时。\n改")}
    change = compared({"2024/a.yaml": SICHUAN}, other).projects[0].change
    assert [field.place for field in change.fields] == [("评价结论",)]


def test_a_field_of_another_layout_is_none_here() -> None:
    finding = examine(SICHUAN.replace("评分规则: 四川", "评分规则: 云南"))
    assert {"S102"} <= set(finding.codes)
    finding = examine(SICHUAN.replace("评分规则: 四川", "评分规则: 湖北"))
    assert "S335 @ 10" in [f"{d.rule.code} @ {d.span.line}" for d in finding.found]  # no goals


def test_a_layout_may_ask_for_what_others_do_not_know(tmp_path: Path) -> None:
    text = """\
基于: 上海市级
名称: 上海市级
表头: [[项目名称], [主管部门, 实施单位], [项目类型, 填报日期]]
栏目:
  项目类型: {种类: 选项, 选项: [经常性, 一次性], 必填: 是}
  填报日期: {种类: 日期}
指标:
  列: {一级指标: 一级, 二级指标: 二级, 三级指标: 指标, 年度指标值: 目标, 实际完成值: 完成,
       得分系数: 系数, 分值: 分值, 得分: 得分}
  栏目: {得分系数: {种类: 数字}}
"""
    known, codes = own(tmp_path, layouts__上海市级=text)
    assert codes == []
    assert [f"{d.rule.code}" for d in examine(changed(), known=known).found] == ["S103"]
    typed = "项目类型: 一次性\n填报日期: 2025-03-01\n"
    filled = changed(("分值: 25\n    时效", "分值: 25\n        得分系数: 0.95\n    时效")) + typed
    document = examine(filled, known=known).document
    assert document
    cells = [
        plain(cell)
        for section in form_view(document).opening
        for row in section.rows
        for cell in row.cells
    ]
    assert {"□经常性 ■一次性", "2025年3月1日"} <= set(cells)
    assert "0.95" in [cell.text for cell in form_view(document).groups()[0][0].cells]
    wrong = examine(filled.replace("0.95", "九成").replace("一次性", "临时"), known=known)
    assert set(wrong.codes) == {"S108", "S201"}


SHARES = """\
        其中:
          - {三级指标: 线上, 年度指标值: 8(期), 实际完成值: 8(期)}
          - {三级指标: 线下, 年度指标值: 4(期), 实际完成值: 4(期)}
"""


def test_what_is_part_of_an_indicator_stands_below_it() -> None:
    row = "12(期)\n        分值: 25\n"
    document, before = (
        examine(text).document for text in (changed((row, row + SHARES)), changed())
    )
    assert document
    assert before
    form = form_view(document)
    first, *rest = form.groups()[0]
    assert first.cells[0].rows == 4  # its 一级指标: two indicators and two rows below the first
    assert first.cells[1].rows == 3
    assert [plain(row.cells[0]) for row in rest[:2]] == ["其中：线上", "其中：线下"]
    assert [row.kind for row in (first, *rest)] == ["indicator", "share", "share", "indicator"]
    assert document.card.total == before.card.total
    again = examine(formatter.published(document.report)).document
    assert again
    assert again.report == document.report
    shares = opendata.record(document)["绩效指标"][0]["其中"]
    assert [share["三级指标"] for share in shares] == ["线上", "线下"]


def funds_of(text: str, known: Settings | None = None) -> list[list[str]]:
    document = examine(text, known=known).document
    assert document
    return [[plain(cell) for cell in row.cells] for row in form_view(document).rows("funding")]


def test_a_row_that_nobody_wrote_stands_blank() -> None:
    typed = re.search(r"  上年结转资金: .*\n", changed())
    assert typed
    total, first, second, third = funds_of(changed((typed[0], "")))[1:]
    assert (total[0], first[0]) == ("年度资金总额", "其中：当年财政拨款")
    assert second == ["上年结转资金", "", "", "", "-", "", "-"]  # the form has no points there
    assert third[0] == "其他资金"


def test_the_total_may_come_last() -> None:
    known = changed_rules("layouts", "资金:\n  总额在末行: 是\n字样: {年度资金总额: 合计}")
    assert funds_of(changed(), known)[-1][0] == "合计"


def test_a_column_that_may_stay_empty_is_not_asked_for() -> None:
    text = changed(("年初预算数: 100.00, ", ""), ("年度: 2024", "年度: 2024\n评分规则: 财政部2020"))
    assert "S306" in examine(text).codes
    assert "S306" not in examine(text.replace("财政部2020", "云南")).codes


def test_groups_are_told_with_their_points_where_the_form_does() -> None:
    known = changed_rules("layouts", "指标:\n  类别带分值: 是")
    document = examine(changed(), known=known).document
    assert document
    first = form_view(document).groups()[0][0].cells[0]
    assert plain(first) == "产出指标(50分)"


def test_layouts_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "版式"]) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in BUILT)
    assert main(["explain", "湖北"]) == 0
    told = capsys.readouterr().out
    assert all(words in told for words in ("项目属性", "部门预算项目", "环境效益指标"))
    assert main(["explain", "海南"]) == 0
    assert "一级指标 → 二级指标 → 三级指标；量表" in capsys.readouterr().out
    assert main(["explain", "银川"]) == 0
    told = capsys.readouterr().out
    assert all(words in told for words in ("带分值：一级指标、二级指标", "只有年度资金总额"))


def test_an_empty_form_is_that_of_the_layout(tmp_path: Path) -> None:
    content_ = ["--content", str(tmp_path)]
    assert main(["new", "2025", "a", "--layout", "湖北", *content_]) == 0
    text = (tmp_path / "2025" / "a.yaml").read_text(encoding="utf-8")
    assert "评分规则: 湖北\n" in text
    assert "项目属性" in text
    assert "年初预算数" not in text
    assert "年度总体目标" not in text
    for wrong in (["--layout", "河南"], ["--layout", "湖北", "--profile", "云南"]):
        assert main(["new", "2025", "b", *wrong, *content_]) == 2


TARGETS = """\
基于: 转移支付
名称: 转移支付
表名: 项目支出绩效目标批复表
区块: [表头, 资金, 目标, 指标]
表头: [[项目名称], [主管部门, 实施单位]]
资金:
  名称: 项目金额
  行: {当年市级财政资金: 其中：当年市级财政资金}
  只列其中: 是
  列: {全年预算数: 项目金额}
目标: {名称: 年度绩效目标, 列: {预期目标: 年度绩效目标(文字)}}
指标:
  列: {一级指标: 一级指标, 二级指标: 二级指标, 三级指标: 三级指标, 上年实际实现值: 上年实际,
       年度指标值: 预期实现值}
  栏目: {上年实际实现值: {种类: 一行}}
"""
ASKED = """\
年度: 2024
项目名称: 主体班
主管部门: 某市委党校
实施单位: 某市委党校
评分规则: 转移支付
项目资金:
  年度资金总额: {全年预算数: 164}
  当年市级财政资金: {全年预算数: 132}
年度总体目标: {预期目标: 主体班培训280人次}
绩效指标:
  产出指标:
    数量指标:
      - {三级指标: 主体班培训人次, 年度指标值: 280人次, 上年实际实现值: 260人次}
  满意度指标:
    服务对象满意度指标:
      - {三级指标: 培训学员满意度, 年度指标值: ≥95%}
"""


def test_a_form_may_have_no_results_at_all(tmp_path: Path) -> None:
    """What the January form asks for, and nothing that comes a year later."""
    known, codes = own(tmp_path, layouts__转移支付=TARGETS)
    assert codes == []
    found = examine(ASKED, known=known)
    assert found.codes == []
    assert found.document
    assert found.document.card.execution.total.budget == 164
    data = opendata.record(found.document)
    assert data["年度总体目标"] == {"预期目标": "主体班培训280人次"}
    assert examine(formatter.published(found.document.report), known=known).codes == []
    too_much = ASKED.replace("280人次}\n绩效", "280人次, 实际完成情况: 完成}\n绩效")
    assert examine(too_much, known=known).codes == ["S102"]


def test_rows_that_are_only_some_of_the_total_want_it_written(tmp_path: Path) -> None:
    known, _ = own(tmp_path, layouts__转移支付=TARGETS)
    text = ASKED.replace("  年度资金总额: {全年预算数: 164}\n", "")
    assert examine(text, known=known).codes == ["S306"]
