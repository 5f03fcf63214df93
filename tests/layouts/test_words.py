"""Words that a form prints of itself, and its head: a layout may have others (字样, 栏目)."""

from __future__ import annotations

from builder import content, source
from builder.diagnostics import Diagnostics
from builder.views import form_view
from tests.conftest import ROOT
from tests.layouts.test_layout import SHARES, plain
from tests.support.reports import changed, changed_rules, examine

WORDS = """\
字样:
  其中：: "其中: "
  （0000年度）: 年度：0000年
  (万元): （单位：万元）"""


def test_fixed_words_are_those_of_the_layout() -> None:
    row = "12(期)\n        分值: 25\n"
    document = examine(changed((row, row + SHARES)), known=changed_rules("layouts", WORDS)).document
    assert document
    form = form_view(document)
    assert form.year == "年度：2024年"
    assert plain(form.rows("funding")[0].cells[0]) == "项目资金（单位：万元）"
    assert [plain(row.cells[0]) for row in form.indicators[0].shares] == ["其中:线上", "其中:线下"]


def test_words_of_what_the_form_does_not_print_are_told() -> None:
    diagnostics = Diagnostics()
    text = "基于: 上海市级\n名称: 上海市级\n字样: {项目名: 转移支付名称}\n"
    own = source.parse(text, "layouts/上海市级.yaml", content.RULE_LABELS, diagnostics)
    content.understand_settings(None, {"layouts/上海市级.yaml": own}, diagnostics)
    (found,) = diagnostics
    assert (found.rule.code, found.span.line) == ("P108", 3)
    assert "项目名称" in found.hint


def test_two_supervising_departments_stand_in_the_head() -> None:
    path = ROOT / "tests/data/forms/content/2021/31-langzhong-jiaotong.yaml"
    document = examine(path.read_text(encoding="utf-8")).document
    assert document
    form = form_view(document)
    assert form.year == "(2021年度)"
    head = [[plain(cell) for cell in row.cells] for row in form.rows("head")]
    assert [row[::2] for row in head] == [
        ["转移支付(项目)名称"], ["中央主管部门"], ["地方主管部门", "资金使用单位"],
    ]  # fmt: skip
    assert head[1][1] == "财政部"
    assert [plain(cell) for cell in form.rows("texts")[0].cells] == ["说明", ""]
