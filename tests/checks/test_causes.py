"""One cause, one finding: what mending the first would mend as well is not told beside it."""

from __future__ import annotations

import pytest

from builder.content import Settings
from builder.diagnostics import Severity
from tests.support.reports import changed, changed_rules, examine

ROW = "当年财政拨款: {年初预算数: 100.00, 全年预算数: 100.00, 全年执行数: 95.00}"
NOTE = "预算执行说明: 场地由学院无偿提供，年中追加设备经费，退回上年多付的租金。\n"
EXPLAINED = {
    "C204": ROW.replace("95.00", "120.00"),
    "C206": ROW.replace("95.00", "80.00"),
    "C309": ROW.replace("95.00", "59.99"),
    "C207": ROW.replace("年初预算数: 100", "年初预算数: 90"),
    "C210": ROW.replace("95.00", "-95.00"),
}


@pytest.mark.parametrize("code", EXPLAINED)
def test_what_asks_for_a_note_is_content_with_one(code: str) -> None:
    text = changed((ROW, EXPLAINED[code]))
    assert code in [d.rule.code for d in examine(text).found if d.severity is not Severity.INFO]
    told = examine(text + NOTE).found
    assert all(d.severity is Severity.INFO for d in told)


def with_severity(code: str, word: str) -> Settings:
    return changed_rules("profiles", f"严重程度: {{{code}: {word}}}")


def test_a_cause_that_stops_nothing_hides_nothing() -> None:
    total = ROW.replace("当年财政拨款", "年度资金总额").replace("95.00", "94.00")
    text = changed((ROW, f"{total}\n  {ROW}")) + "核对: {执行率: 94.00}\n"
    assert examine(text).codes == ["C201"]
    assert examine(text, known=with_severity("C201", "警告")).codes == ["C201", "C202"]


def test_a_template_that_stops_nothing_does_not_hide_a_missing_score() -> None:
    text = changed(
        (
            "年度指标值: 及时\n        实际完成值: 达成指标",
            "年度指标值: ……\n        实际完成值: 已办结",
        )
    )
    assert "C310" not in examine(text).codes
    assert "C310" in examine(text, known=with_severity("C403", "提示")).codes


TOLD_ONCE = {
    # The year is wrong, not every name and date.
    "S301": ("年度: 2024", "年度: 2023"),
    # What the level is called is wrong, not its share of the points.
    "S304": ("  满意度指标:\n", "  满意度:\n"),
    # The sum is wrong; the split cannot be usual then.
    "C101": ("分值: 30", "分值: 25"),
    # A share above the whole is no target left far behind.
    "C413": ("实际完成值: 95(%)", "实际完成值: 125(%)"),
    # A result copied with its sign is not a perfect one.
    "C402": ("实际完成值: 95(%)", "实际完成值: ≥90(%)"),
}


@pytest.mark.parametrize("code", TOLD_ONCE)
def test_a_cause_is_told_once(code: str) -> None:
    dated = changed(
        ("年度指标值: 及时", "年度指标值: 2024年12月底前"),
        ("实际完成值: 达成指标", "实际完成值: 2024年11月"),
        ("项目名称: 公益", "项目名称: 2024年公益"),
    )
    assert examine(dated).codes == []
    old, new = TOLD_ONCE[code]
    assert dated.count(old) == 1
    assert examine(dated.replace(old, new)).codes == [code]


def test_a_late_result_with_a_reason_has_the_right_year() -> None:
    late = changed(
        ("年度指标值: 及时", "年度指标值: 2024年12月底前"),
        ("实际完成值: 达成指标", "实际完成值: 2025年2月\n        得分: 20"),
    )
    assert examine(late).codes == ["C303"]
    reason = "得分: 20\n        偏差原因分析及改进措施: 场地维修，两期移到年后，下年度先落实场地。"
    assert examine(late.replace("得分: 20", reason)).codes == []


@pytest.mark.parametrize("reason", ["无", "无。", "/", "0", "0.00", "0%", "-", "无偏差", "N/A"])
def test_what_says_nothing_is_no_reason(reason: str) -> None:
    text = changed(
        ("分值: 10", f"分值: 10\n        得分: 9\n        偏差原因分析及改进措施: '{reason}'")
    )
    assert examine(text).codes == ["C303"]


# The form comes to 95.00 %, 9.50, 99.50 and 优.
DECLARED = [
    ("执行率: 100, 预算执行得分: 10, 总分: 100, 评分等级: 优", ["C202"]),
    ("执行率: 95.00, 预算执行得分: 10, 总分: 100", ["C203"]),
    ("执行率: 100, 总分: 100", ["C202"]),
    ("执行率: 100, 预算执行得分: 9.50, 总分: 99.50", ["C202"]),
    # A second mistake is told.
    ("执行率: 100, 预算执行得分: 9, 总分: 99.50", ["C202", "C203"]),
    ("执行率: 100, 预算执行得分: 10, 总分: 98", ["C202", "C307"]),
    ("执行率: 100, 预算执行得分: 10, 总分: 100, 评分等级: 良", ["C202", "C308"]),
    ("总分: 79.50, 评分等级: 良", ["C307", "C308"]),
]


@pytest.mark.parametrize(("declared", "codes"), DECLARED)
def test_what_follows_from_a_wrong_figure_is_no_second_one(declared: str, codes: list[str]) -> None:
    assert examine(f"{changed()}核对: {{{declared}}}\n").codes == codes


def test_a_wrong_rate_that_stops_nothing_hides_nothing() -> None:
    text = f"{changed()}核对: {{执行率: 100, 预算执行得分: 10}}\n"
    assert examine(text, known=with_severity("C202", "警告")).codes == ["C202", "C203"]
