"""Cause and measure told apart: as a reader would, and never a word more or less than was typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.scoring import names_measures, told_apart

BOTH = [
    ("部分培训未能开展。下一步将合理安排时间。", "部分培训未能开展。", "下一步将合理安排时间。"),
    ("偏差原因：受疫情影响；改进措施：提前谋划。", "受疫情影响", "提前谋划。"),
    ("1.偏差原因：指标偏低。2.改进措施：科学设置", "指标偏低。", "科学设置"),
    ("存在的问题：编制不准。下一步改进措施：细化预算。", "编制不准。", "细化预算。"),
    ("**原因**：人员不足。**改进措施**：补充人员。", "人员不足。", "补充人员。"),
    ("【原因】：人员不足\n【整改措施】：补充人员", "人员不足", "补充人员"),
    ("指标设置偏低，今后将科学设定指标值", "指标设置偏低", "今后将科学设定指标值"),
    ("指标较保守，下年度将合理调整", "指标较保守", "下年度将合理调整"),
    ("未开展；下一年度继续推进该项工作；", "未开展；", "下一年度继续推进该项工作；"),
    ("资金下达较晚。我局将加快进度", "资金下达较晚。", "我局将加快进度"),
    ("宣传不够，需进一步加强宣传", "宣传不够", "需进一步加强宣传"),
    ("设备老化。针对上述问题，拟更新设备", "设备老化。", "针对上述问题，拟更新设备"),
    ("未完成原因及改进措施：款项紧张。明年提前申请。", "款项紧张。", "明年提前申请。"),
    (
        "机顶盒老旧。\n一是加强巡查。\n二是更换设备。",
        "机顶盒老旧。",
        "一是加强巡查。\n二是更换设备。",
    ),
    ("加强与财政沟通,加快资金支付", "", "加强与财政沟通,加快资金支付"),
    ("改进措施：加大宣传", "", "加大宣传"),
]
CAUSES = [
    "少数远教站点机顶盒版本老旧，更换不及时不主动",
    "对远教站点管理主动性不强，机顶盒升级工作效率不高",
    "部分项目延续至下年",
    "项目跨年实施，下年度支付尾款",
    "跨年项目，2024年支付剩余款项",
    "项目未验收，待2024年验收后支付",
    "工期推迟，将影响后续进度",
    "部分设备到货较晚，后续设备未到货，工期顺延",
    "严格控制成本，节约资金。",
    "加强管理后节约了经费",
    "今年已加强巡查。",
    "工作计划调整：原定12月举办的活动改为次年1月。",
]


@pytest.mark.parametrize(("text", "cause", "measure"), BOTH)
def test_one_cell_with_both_is_divided_and_says_so(text: str, cause: str, measure: str) -> None:
    found = told_apart(text)
    assert (found.cause, found.measure, found.source) == (cause, measure, "split")


@pytest.mark.parametrize("text", CAUSES)
def test_a_cause_alone_promises_nothing(text: str) -> None:
    found = told_apart(text)
    assert (found.cause, found.measure, found.source) == (text, "", "")


def test_a_measure_that_says_nothing_is_none() -> None:
    found = told_apart("原因分析：招标推迟。改进措施：无")
    assert (found.cause, found.measure, found.source) == ("招标推迟。", "", "")
    assert told_apart("无") == told_apart(None) == told_apart("", "无", "0")


def test_a_field_of_its_own_goes_before_a_reading_and_that_before_the_whole_form() -> None:
    text = "人员不足。下一步补充人员。"
    assert told_apart(text, "招聘两人", "加强管理").source == "own"
    assert told_apart(text, "招聘两人").cause == text
    assert told_apart(text, "", "加强管理").measure == "下一步补充人员。"
    found = told_apart("人员不足。", "", "加强管理")
    assert (found.cause, found.measure, found.source) == ("人员不足。", "加强管理", "form")


def test_fields_of_layouts_are_known_by_their_names() -> None:
    assert names_measures("改进措施")
    assert names_measures("改进措施及结果应用方案")
    assert not names_measures("偏差原因分析及改进措施")
    assert not names_measures("存在问题")


WORDS = st.sampled_from([
    *("人员不足", "工期推迟", "下一步", "今后将", "加强", "改进措施：", "原因：", "下年度", "将"),
    *("拟", "进一步完善", "1.", "（二）", "**", "2024年", "问题", "无", "后，", "了", " "),
    *("，", "。", "；", "\n"),
])  # fmt: skip


@given(st.lists(WORDS, max_size=14).map("".join))
def test_nothing_is_made_up_and_nothing_lost(text: str) -> None:
    """Both parts are cut out of the text; what is missing are labels, what says nothing, signs."""
    found = told_apart(text)
    for part in (found.cause, found.measure):
        assert all(line.strip() in text for line in part.split("\n"))
    told = found.cause + found.measure
    if "：" not in text and told:
        signs = r"[\s，。；*]|无"
        assert re.sub(signs, "", told) == re.sub(signs, "", text)
    assert bool(found.measure) == (found.source == "split")
