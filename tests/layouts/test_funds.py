"""The block of 资金: columns of its own, what is worked out of them, rows that split others."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from builder import formatter, opendata
from builder.checks.money import base_of
from builder.content import Settings, summarize
from builder.diagnostics import Severity
from builder.layouts import account
from builder.layouts.funds import read_formula
from builder.model import extras, report_on
from builder.opendata.tables import rows as rows_of
from builder.scoring import Document, explain
from builder.site.search.passages import passages
from builder.starter import empty_form, report_schema
from builder.views import FormView, form_view, report_view
from builder.views.widths import fitted
from tests.layouts.test_layout import own, plain
from tests.review.test_review import compared
from tests.support.reports import changed, examine, settings

FREE = """\
基于: 转移支付
名称: 本区
资金:
  行: {中央资金: 其中：中央资金, 地方资金: 地方资金}
  栏目:
    统筹整合资金数: {种类: 数字}
    全年到位资金数: {种类: 数字, 必填: 是}
    佐证材料: {种类: 一行}
  计算:
    整合后预算数: 全年预算数 − 统筹整合资金数
    到位率: 全年到位资金数 / 整合后预算数
  列:
    全年预算数: 全年预算数(A)
    统筹整合资金数: 统筹整合资金数(B)
    整合后预算数: 扣除统筹整合后(C)
    全年到位资金数: 全年到位资金(D)
    到位率: 预算到位(D/C)
    全年执行数: 全年执行资金(E)
    执行率: 预算执行(E/C)
    佐证材料: 佐证材料
"""
RULE = (
    "基于: 转移支付\n名称: 本区\n版式: 本区\n"
    "预算执行:\n  分母: {}\n  执行率: {{小数位: 2, 舍入: 四舍五入}}\n"
)
ROWS = """\
项目资金:
  中央资金: {全年预算数: 60, 统筹整合资金数: 10, 全年到位资金数: 40, 全年执行数: 30,
    佐证材料: 川财〔2024〕1号}
  地方资金: {全年预算数: 20, 统筹整合资金数: 留空, 全年到位资金数: 10, 全年执行数: 5}
"""

FUNDS = "项目资金:\n  其他资金: {年初预算数: 1, 全年预算数: 1, 全年执行数: 1}\n"


def site(tmp_path: Path, layout: str = FREE, denominator: str = "整合后预算数") -> Settings:
    """A site with a layout and a profile of its own; the profile can be read."""
    known, codes = own(tmp_path, layouts__本区=layout, profiles__本区=RULE.format(denominator))
    assert codes == []
    return known


def form(rows: str = ROWS, *, profile: str = "本区") -> str:
    """The good report with other funds, as a profile wants them."""
    text = changed(("年度: 2024", f"年度: 2024\n评分规则: {profile}"))
    return re.sub(r"项目资金:\n(?:  .*\n)+", lambda _: rows, text)


def made(known: Settings, rows: str = ROWS) -> Document:
    document = examine(form(rows), known=known).document
    assert document
    assert document.is_whole
    return document


def funds_of(document: Document) -> list[list[str]]:
    """The rows of the block as printed; the first has the headings."""
    view = form_view(document)
    rows = view.rows("funding")
    return [[plain(cell) for cell in row.cells] for row in rows]


@pytest.mark.parametrize("sign", ["÷", "/"])
def test_a_formula_is_a_share(sign: str) -> None:
    found = read_formula(f"甲{sign} 乙")
    assert found
    assert (found.one, found.other, found.is_share) == ("甲", "乙", True)


@pytest.mark.parametrize("text", ["甲", "甲 ÷", "÷ 乙", "甲 + 乙", "甲 − 乙 − 丙", "甲乙丙"])
def test_no_formula(text: str) -> None:
    assert read_formula(text) is None


def test_columns_stand_in_the_order_of_the_layout(tmp_path: Path) -> None:
    document = made(site(tmp_path))
    heading, total, first, second = funds_of(document)
    assert heading[2:] == [
        "全年预算数(A)", "统筹整合资金数(B)", "扣除统筹整合后(C)", "全年到位资金(D)",
        "预算到位(D/C)", "全年执行资金(E)", "预算执行(E/C)", "佐证材料",
    ]  # fmt: skip
    assert total == ["年度资金总额", "80", "10", "70", "50", "71.43%", "35", "50.00%", ""]
    assert first[1:] == ["60", "10", "50", "40", "80.00%", "30", "60.00%", "川财〔2024〕1号"]
    # A blank takes nothing away.
    assert second[1:] == ["20", "", "20", "10", "50.00%", "5", "25.00%", ""]


def test_figures_are_the_same_everywhere(tmp_path: Path) -> None:
    document = made(site(tmp_path))
    funds = opendata.record(document)["项目资金"]
    assert f"{funds['年度资金总额']['到位率']}" == "71.43"
    assert f"{funds['中央资金']['整合后预算数']}" == "50"
    assert funds["中央资金"]["佐证材料"] == "川财〔2024〕1号"
    told = explain(document)
    assert "到位率：全年到位资金数 50 ÷ 整合后预算数 70 = 71.43%（四舍五入到两位小数）" in told
    assert "整合后预算数：全年预算数 80 − 统筹整合资金数 10 = 70" in told
    view = report_view(document, settings().site)
    assert any("全年到位资金数 50 ÷ 整合后预算数 70 = 71.43%" in line for line in view.worked_out)
    texts = [passage.text for passage in passages(document)]
    assert any("统筹整合资金数 10 万元" in text and "到位率 80.00%" in text for text in texts)
    assert "川财〔2024〕1号" in texts


def test_what_is_typed_is_published_and_compared(tmp_path: Path) -> None:
    known = site(tmp_path)
    document = made(known)
    again = examine(formatter.published(document.report), known=known).document
    assert again
    assert again.report == document.report
    assert extras(again.report.funds["中央资金"])["佐证材料"] == "川财〔2024〕1号"
    record = report_on(document.layout)
    line = "  中央资金: {全年预算数: 60, 全年执行数: 30, 统筹整合资金数: 10, 全年到位资金数: 40, "
    canonical = formatter.canonical(form(), "a.yaml", record) or ""
    assert line + "佐证材料: 川财〔2024〕1号}\n" in canonical


def test_a_field_of_a_row_is_known_to_the_comparison() -> None:
    files = {
        "layouts/本区.yaml": FREE,
        "profiles/本区.yaml": RULE.format("整合后预算数"),
        "2024/a.yaml": form(),
    }
    other = files | {"2024/a.yaml": form().replace("统筹整合资金数: 10", "统筹整合资金数: 12")}
    change = compared(files, other).projects[0].change
    assert [(field.place, field.old, field.new) for field in change.fields] == [
        (("项目资金", "中央资金", "统筹整合资金数"), "10", "12")
    ]


def test_what_a_row_must_have_is_asked_for(tmp_path: Path) -> None:
    known = site(tmp_path)
    text = form().replace(", 全年到位资金数: 10", "")
    assert {"S306", "S319"} == {code for code in examine(text, known=known).codes if code[0] == "S"}
    wrong = examine(form().replace("全年到位资金数: 40", "全年到位资金数: 四十"), known=known)
    assert "S201" in wrong.codes
    assert "S102" in examine(form(profile="转移支付").replace("中央资金", "中央补助")).codes


def test_new_and_schema_know_the_columns(tmp_path: Path) -> None:
    known = site(tmp_path)
    profile, layout = known.profiles.by_name["本区"], known.layouts.by_name["本区"]
    text = empty_form(profile, layout, 2024, is_default=False)
    assert (
        "  中央资金: {全年预算数: , 全年执行数: , 统筹整合资金数: , 全年到位资金数: , 佐证材料: }"
        in text
    )
    row = report_schema(known)["$defs"]["Amounts"]
    assert {"统筹整合资金数", "佐证材料"} <= row["properties"].keys()


def test_a_written_total_ties_in_every_column(tmp_path: Path) -> None:
    total = "全年预算数: 80, 统筹整合资金数: 11, 全年到位资金数: 50, 全年执行数: 35"
    rows = ROWS.replace("项目资金:\n", f"项目资金:\n  年度资金总额: {{{total}}}\n")
    found = [d for d in examine(form(rows), known=site(tmp_path)).found if d.rule.code == "C201"]
    assert ["统筹整合资金数" in d.message for d in found] == [True]


def test_the_rate_is_a_share_of_any_amount(tmp_path: Path) -> None:
    document = made(site(tmp_path, denominator="全年到位资金数"))
    assert f"{document.card.execution.total.rate}" == "70.00"
    assert base_of(document) == 50
    assert summarize(document).rate == document.card.execution.total.rate


WRONG = {
    "no such column": (
        "统筹整合资金数\n    到位率",
        "整合资金数\n    到位率",
        "P108 layouts:10:13",
    ),
    "a share of a share": ("/ 整合后预算数", "/ 到位率", "P108 layouts:11:10"),
    "a text": ("/ 整合后预算数", "/ 佐证材料", "P108 layouts:11:10"),
    "not understood": (
        "全年到位资金数 / 整合后预算数",
        "全年到位资金数占预算数",
        "P109 layouts:11:10",
    ),
    "taken": ("    到位率: 全年", "    执行率: 全年", "P110 layouts:11:10, P108 layouts:17:10"),
    "no such amount": ("分母: 整合后预算数", "分母: 预算数", "P111 profiles:5:7"),
    "no amount": ("分母: 整合后预算数", "分母: 到位率", "P111 profiles:5:7"),
    "no such row": (
        "其中：中央资金, 地方资金: 地方资金",
        "中央资金, 甲: {名称: 甲, 属于: 地方资金}",
        "P108 layouts:4:34",
    ),
    "no row to score": ("  栏目:\n", "  计分行: [其他]\n  栏目:\n", "P108 layouts:5:9"),
}


def test_columns_beyond_what_paper_holds(tmp_path: Path) -> None:
    columns = ", ".join(f"数{n}: 数{n}" for n in range(17))
    entries = ", ".join(f"数{n}: {{种类: 数字}}" for n in range(17))
    text = f"基于: 转移支付\n名称: 本区\n资金:\n  列: {{{columns}}}\n  栏目: {{{entries}}}\n"
    assert own(tmp_path, layouts__本区=text)[1] == ["P112 content/layouts/本区.yaml:4:3"]
    most = re.sub("数16: 数16|数16: {种类: 数字}", "", text).replace(", }", "}")
    known, codes = own(tmp_path, layouts__本区=most, profiles__本区=RULE.format("全年预算数"))
    assert codes == []
    document = examine(form("项目资金:\n  中央补助: {数1: 1}\n"), known=known).document
    assert document
    assert widths_of(form_view(document)) == {60}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_settings(name: str, tmp_path: Path) -> None:
    old, new, told = WRONG[name]
    layout, profile = FREE, RULE.format("整合后预算数")
    assert old in layout + profile
    _, codes = own(
        tmp_path,
        layouts__本区=layout.replace(old, new, 1), profiles__本区=profile.replace(old, new, 1),
    )  # fmt: skip
    shown = [re.sub("content/|/本区|.yaml", "", code) for code in codes]
    assert ", ".join(shown) == told


def test_a_layout_tells_of_its_funds(tmp_path: Path) -> None:
    told = account(site(tmp_path).layouts.by_name["本区"], ["本区"])
    assert "预算到位(D/C) = 全年到位资金数 ÷ 整合后预算数" in told
    assert "全年到位资金数（数字，必填）" in told
    told = account(split(tmp_path).layouts.by_name["本区"], ["本区"])
    assert "中央资金（财政拨款的其中一行，只有全年预算数）" in told
    assert "印分值和得分：财政拨款" in told


def test_a_layout_that_loses_what_a_built_in_profile_divides_by(tmp_path: Path) -> None:
    _, codes = own(tmp_path, layouts__转移支付带到位="基于: 转移支付\n名称: 转移支付带到位\n")
    assert codes == ["P111 content/layouts/转移支付带到位.yaml:1:1"]


SPLIT = """\
基于: 财政部2020
名称: 本区
资金:
  行:
    财政拨款: 财政拨款
    中央资金: {名称: 其中：中央资金, 属于: 财政拨款, 列: [全年预算数]}
    地方资金: {名称: 地方资金, 属于: 财政拨款, 列: [全年预算数]}
    其他资金: 其他资金
    基本支出: {名称: 其中：基本支出, 分法: 按支出性质, 列: [全年预算数]}
    项目支出: {名称: 项目支出, 分法: 按支出性质, 列: [全年预算数]}
  计分行: [财政拨款]
"""
TWO_WAYS = """\
项目资金:
  财政拨款: {年初预算数: 80, 全年预算数: 80, 全年执行数: 72}
  中央资金: {全年预算数: 50}
  地方资金: {全年预算数: 30}
  其他资金: {年初预算数: 20, 全年预算数: 20, 全年执行数: 20}
  基本支出: {全年预算数: 40}
  项目支出: {全年预算数: 60}
"""


def split(tmp_path: Path) -> Settings:
    known, codes = own(
        tmp_path, layouts__本区=SPLIT, profiles__本区="基于: 财政部2020\n名称: 本区\n版式: 本区\n"
    )
    assert codes == []
    return known


def test_no_amount_counts_twice(tmp_path: Path) -> None:
    document = made(split(tmp_path), TWO_WAYS)
    total = document.card.execution.total
    assert [f"{amount}" for amount in total.amounts.values()] == ["100", "100", "92"]
    assert summarize(document).budget == 1_000_000
    rows = rows_of(document, settings().site)["funds"]
    assert [row[5] for row in rows] == ["财政拨款", "其他资金"]
    assert {"中央资金", "项目支出"} <= opendata.record(document)["项目资金"].keys()
    codes = examine(form(TWO_WAYS), known=split(tmp_path)).codes
    assert not {"C201", "C211", "C212", "S306"} & {*codes}


def test_rows_that_split_others_are_printed_below_them(tmp_path: Path) -> None:
    printed = funds_of(made(split(tmp_path), TWO_WAYS))
    assert [row[0] for row in printed[1:]] == [
        "年度资金总额", "财政拨款", "\u3000其中：中央资金", "\u3000地方资金", "其他资金",
        "按支出性质", "其中：基本支出", "项目支出",
    ]  # fmt: skip
    assert printed[3][1:] == ["", "50", "", "—", "", "—"]
    assert len(printed[6]) == 1


UNTIED = {
    "part": ("中央资金: {全年预算数: 50}", "中央资金: {全年预算数: 51}", ["C211 @ 8"]),
    "way": ("项目支出: {全年预算数: 60}", "项目支出: {全年预算数: 61}", ["C212 @ 12"]),
    "alone": ("  财政拨款: {年初预算数: 80, 全年预算数: 80, 全年执行数: 72}\n", "", ["C213 @ 8"]),
    "missing": ("中央资金: {全年预算数: 50}", "中央资金: {全年执行数: 50}", ["S103 @ 9"]),
}  # fmt: skip


@pytest.mark.parametrize("name", UNTIED)
def test_rows_that_do_not_tie(name: str, tmp_path: Path) -> None:
    old, new, told = UNTIED[name]
    assert old in TWO_WAYS
    finding = examine(form(TWO_WAYS.replace(old, new)), known=split(tmp_path))
    found = [f"{d.rule.code} @ {d.span.line}" for d in finding.found]
    assert [code for code in found if code[:4] in ("C211", "C212", "C213", "S103")] == told


def test_a_row_may_show_points_that_count_nowhere(tmp_path: Path) -> None:
    document = made(split(tmp_path), TWO_WAYS)
    printed = funds_of(document)
    assert printed[1][4:] == ["10.00", "92.00%", "9.20"]
    assert printed[2][4:] == ["10.00", "90.00%", "9.00"]
    assert document.card.weight_sum == 100
    assert opendata.record(document)["项目资金"]["财政拨款"]["得分"] == 9
    assert "只在本行列出" in explain(document)


def test_what_cannot_stand_in_a_cell_has_the_sign_of_its_form(tmp_path: Path) -> None:
    known, codes = own(
        tmp_path,
        layouts__本区=SPLIT.replace("资金:\n", "字样: {不适用: /}\n资金:\n", 1),
        profiles__本区="基于: 财政部2020\n名称: 本区\n版式: 本区\n",
    )
    assert codes == []
    document = examine(form(TWO_WAYS), known=known).document
    assert document
    assert funds_of(document)[4][4:] == ["/", "", "/"]
    assert funds_of(document)[5][4:] == ["/", "100.00%", "/"]


def widths_of(view: FormView) -> set[int]:
    """How many columns of the grid the rows of a form take, cells from above counted."""
    groups = [row for group in view.groups() for row in group]
    closing = [row for section in view.closing for row in section.rows]
    opening = [row for section in view.opening for row in section.rows]
    hanging: list[list[int]] = []
    found = set()
    for row in (*opening, view.heading, *groups, *closing):
        found.add(sum(cell.columns for cell in row.cells) + sum(wide for _, wide in hanging))
        hanging += [[cell.rows, cell.columns] for cell in row.cells]
        hanging = [[rows - 1, wide] for rows, wide in hanging if rows > 1]
    return found


def test_many_columns_stand_on_a_finer_grid(tmp_path: Path) -> None:
    view = form_view(made(site(tmp_path)))
    assert widths_of(view) == {len(view.columns)} == {60}
    assert set(view.columns) == {"fine"}
    # No figure may be broken: a column of amounts holds 15000.00, one of shares 100.00%.
    total = view.rows("funding")[1].cells
    assert min(cell.columns for cell in total[1:] if "number" in cell.kind) >= 5
    usual = form_view(made(split(tmp_path / "other"), TWO_WAYS))
    assert widths_of(usual) == {len(usual.columns)}
    assert "fine" not in usual.columns


def test_a_grid_is_cut_where_the_columns_want_it() -> None:
    assert fitted((4, 2, 2), (0, 0, 0), (Decimal(1),) * 8) == (4, 2, 2)
    assert fitted((9, 1, 1), (0, 3, 3), (Decimal(1),) * 8) == (2, 3, 3)


def test_all_indicators_may_be_blank(tmp_path: Path) -> None:
    text = re.sub("绩效指标:\n(?:  .*\n)+", "绩效指标: 留空\n", form())
    finding = examine(text, known=site(tmp_path))
    assert [d.rule.code for d in finding.found if d.severity is Severity.ERROR] == []
    assert "C106" not in finding.codes
    assert finding.document
    assert finding.document.is_whole
    published = formatter.published(finding.document.report)
    assert "绩效指标: 留空" in published
    scored = examine(re.sub("评分规则: .*\n", "", re.sub("项目资金:\n(?:  .*\n)+", FUNDS, text)))
    assert scored.document
    assert scored.document.card.total is None
    assert "绩效指标空白" in scored.document.card.total_formula


def test_more_was_spent_than_the_form_says_there_was(tmp_path: Path) -> None:
    known = site(tmp_path)
    text = form().replace("全年执行数: 30", "全年执行数: 55")
    found = [d for d in examine(text, known=known).found if d.rule.code == "C204"]
    assert ["整合后预算数 50" in d.message for d in found] == [True]
    document = made(known, ROWS.replace("全年执行数: 30", "全年执行数: 70"))
    assert report_view(document, settings().site).execution.mark == "偏差"


def test_a_text_in_a_row_has_an_end(tmp_path: Path) -> None:
    text = form().replace("川财〔2024〕1号", "川财〔2024〕1号" * 12)
    found = [d for d in examine(text, known=site(tmp_path)).found if d.rule.code == "F104"]
    assert ["佐证材料" in d.message for d in found] == [True]
