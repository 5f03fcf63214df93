"""One cause, one finding: what mending the first would mend as well is not told beside it."""

from __future__ import annotations

import pytest

from builder.diagnostics import Severity
from builder.scoring import Profiles
from tests.support.reports import changed, examine, profiles

ROW = "当年财政拨款: {年初预算数: 100.00, 全年预算数: 100.00, 全年执行数: 95.00}"
NOTE = "预算执行说明: 场地由学院无偿提供，年中追加设备经费，退回上年多付的租金。\n"
EXPLAINED = {
    "C204": ROW.replace("95.00", "120.00"),
    "C206": ROW.replace("95.00", "59.99"),
    "C207": ROW.replace("年初预算数: 100", "年初预算数: 90"),
    "C210": ROW.replace("95.00", "-95.00"),
}


@pytest.mark.parametrize("code", EXPLAINED)
def test_what_asks_for_a_note_is_content_with_one(code: str) -> None:
    text = changed((ROW, EXPLAINED[code]))
    assert [d.rule.code for d in examine(text).found if d.severity is not Severity.INFO] == [code]
    told = examine(text + NOTE).found
    assert all(d.severity is Severity.INFO for d in told)


def with_severity(code: str, word: str) -> Profiles:
    known = profiles()
    profile = known.by_name["上海市级"].model_copy(update={"severities": {code: word}})
    return Profiles({**known.by_name, profile.name: profile})


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
