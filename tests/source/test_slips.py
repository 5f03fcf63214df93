"""Slips of the pen: each at its own place, all at once, and never one in an author's text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import StreamEndEvent

from builder.content import report_labels
from builder.diagnostics import Diagnostics, Span, lines_of
from builder.source import slips, without_blanks
from tests.support.reports import FILE, examine


def scan(text: str) -> list[str]:
    """Code and place of every slip."""
    diagnostics = Diagnostics()
    slips.scan(text, FILE, report_labels(), diagnostics)
    return [f"{d.rule.code} {d.span.line}:{d.span.column}" for d in diagnostics]


LEGAL = {
    "block": "预期目标: |\n  项目名称：甲\n  分值:5\n  - -\n  甲: >90\n\n  主管部门：\n",
    "block that keeps its end": "预期目标: |+  # 说明\n  项目名称：甲\n",
    "folded block": "预期目标: >-\n  项目名称：甲\n  年度:2024 目标: 乙\n\n  主管部门：丙\n",
    "block in a list": "- 预期目标: |\n    项目名称：甲\n  实际完成情况: 乙\n- |\n  项目名称：甲\n",
    "folded text": "预期目标: 甲\n  项目名称：乙\n  年度:2024\n",
    "text in the next line": "预期目标:\n  全年做到：\n  项目名称：乙\n  年度:2024\n",
    "text in a list": "行:\n  - 甲\n    项目名称：乙\n",
    "double quotes": '预期目标: "甲\n项目名称：乙 \\" \'\n分值:5"\n',
    "single quotes": "预期目标: '甲''\n项目名称：乙 \"\n分值:5'\n",
    "quotes in the next line": '预期目标:\n  "甲\n  项目名称：乙"\n',
    "quoted keys": '"预期目标": 甲\n- \'项目名称\': 乙\n- "a\\"b": |\n    项目名称：甲\n',
    "sentence with labels": "预期目标: 项目名称：甲,主管部门：乙，年度:2024\n",
    "sentence behind a comma": "预期目标: 召开会议,主管部门：市委\n",
    "unknown label": "预期目标:\n  目标一：甲\n",
    "names of levels": "预期目标:\n  数量指标：全年十二期\n  质量指标：良好\n",
    "comment": '# 项目名称：甲\n年度: 2024  # 分值:5 - "党"建\n',
    "clock": "预期目标: 每天18:30前\n",
    "address": "网址: https://example.gov.cn/a?b=c#d\n",
    "comparison": "年度指标值: ≥90(%)\n实际完成值: =100(%)\n",
    "bold within": "预期目标: 完成**甲**\n",
    "minus": "实际完成值: -5\n",
    "dashes within": '实际完成值: 甲 - 乙\n年度指标值: "-"\n',
    "empty": '项目名称: ""\n主管部门:\n实施单位: # 待填\n',
    "braces": "行: {名称: '项目名称：甲, 分值:5', 文件: \"a, 年度:b\"}\n",
    "braces over lines": "行: {年初预算数: 1,\n  全年预算数: 2}\n",
    "keys in the second line": "行: {年初预算数: 1,\n  全年预算数: 2, 全年执行数: 3}\n",
    "braces in braces": "行: {列: {名称: 甲,\n  得分: 4}, 行: [乙,\n  丙, {丁: 戊, 己: 庚}]}\n",
    "comments in braces": "行: { # 甲: 乙, 丙: 丁\n  # 戊: {\n  名称: 甲, # '\n  行: 乙, 列: 5 }\n",
    "quotes in braces": "行: {列: '甲: 乙,\n  丙: 丁', 文件: it's,\n  行: \"}\", 甲: 1}\n",
    "braces that end at their key": "行: {\n  名称: 甲, 文件: 乙,\n}\n列: 丙\n",
    "braces below their key": "行:\n  {名称: 甲,\n  文件: 乙, 分值: 5}\n",
    "braces not indented": "行:\n  列: {名称: 甲,\n  文件: 乙,\n  分值: 5, 得分: 4}\n",
    "braces in a list": "- {名称: 甲,\n  文件: 乙, 分值: 5}\n",
    "braces around all": "{名称: 甲,\n文件: 乙, 分值: 5}\n",
    "as JSON": '{"名称":"甲, {",\n"文件":"乙", "分值": 5}\n',
    "blank lines of tabs": "行: {名称: 甲,\n\t\n  文件: 乙, 分值: 5}\n\t\n列: |\n\t\n  丙\n",
    "block of a given depth": "预期目标: >2-\n    甲: 乙: 丙\n列: >-1 # 说明\n 丁\n行: |2\n   戊\n",
    "brackets": "二级指标: [数量指标, 质量指标]  # 两种\n",
    "brackets closed and noted": "二级指标: [数量指标] # 一种\n",
    "Chinese brackets": "预期目标: 【党建】“甲”《乙》\n",
    "entry in the next line": "数量指标:\n  -\n    三级指标: 甲\n",
    "tab behind a colon": "年度:\t2024\n",
    "directive": "%YAML 1.2\n---\n年度: 2024\n",
}


@pytest.mark.parametrize("name", LEGAL)
def test_legal_text_has_no_slip(name: str) -> None:
    assert scan(LEGAL[name]) == []


SLIPS = {
    "full-width colon": ("年度：2024", "Y301 1:3"),
    "full-width colon in braces": ("行: {年初预算数：1, 全年预算数：2}", "Y301 1:10, Y301 1:19"),
    "full-width colon after brackets": ("- 三级指标：甲", "Y301 1:7"),
    "full-width colon below": (
        "年度总体目标:\n  预期目标：甲\n  实际完成情况：乙",
        "Y301 2:7, Y301 3:9",
    ),
    "full-width colon and nothing": ("绩效指标:\n  产出指标：\n    数量指标:", "Y301 2:7"),
    "no space": ("年度:2024\n行: {年初预算数:1}", "Y302 1:3, Y302 2:10"),
    "other spaces": ("\u2003年度: 2024\n分值:\u2003\u00a05", "Y303 1:1, Y303 2:4"),
    "tab": ("甲:\n\t乙: 丙", "Y303 2:1"),
    "lone dash": ("得分: -\n分值: - # 无", "Y304 1:5, Y304 2:5"),
    "signs": ("甲: %5\n乙: ,5\n丙: ]5", "Y305 1:4, Y305 2:4, Y305 3:4"),
    "greater": ("甲: >90(%)\n乙: >=90\n丙: > 90\n丁: >9", "Y305 1:4, Y305 2:4, Y305 3:4, Y305 4:4"),
    "bold": ("甲: **乙**丙", "Y305 1:4"),
    "behind a list's dash": ("- %5\n- *乙", "Y305 1:3, Y305 2:3"),
    "half quoted": ("甲: \"乙\"丙\n丁: '戊'己", "Y306 1:7, Y306 2:7"),
    "colon in a text": ("甲: 乙: 丙", "Y307 1:5"),
    "no space behind a dash": ("-三级指标: 甲", "Y201 1:1"),
    "invisible": ("甲: 乙\u200b丙\u202e", "Y106 1:5, Y106 1:7"),
    "after a quoted text": ('甲: "乙\n  丙"\n年度：2024', "Y301 3:3"),
    "after a block": ("甲: |\n  年度：2024\n年度：2024", "Y301 3:3"),
    "no space behind a header": ("甲: >-# 说明\n  乙", "Y201 1:6"),
    "a comparison above a text": ("甲: >9\n  乙", "Y305 1:4"),
    "in the second line of braces": (
        "行: {名称: 甲,\n  文件：乙, 分值:5, 得分: %4}",
        "Y301 2:5, Y302 2:11, Y305 2:19",
    ),
    "number cut in the second line": ("行: {\n  列: 1,234.50, 丙: 丁}", "Y309 2:8"),
    "text cut in the second line": ("行: {甲: 乙,\n  列: 1, 丙, 丁, 戊: 己}", "Y310 2:9"),
    "comma forgotten": ("行: {名称: 甲\n  分值: 5 得分: 4}", "Y201 2:3, Y201 2:9"),
    "full-width comma": ("行: {名称: 甲，分值: 5，\n  得分: 4}", "Y201 1:11, Y201 2:3"),
    "colon in a text in braces": ("行: {名称: 甲: 乙,\n  分值: 5}", "Y307 1:10"),
    "tab before a comment": ("年度: 2024\n\t# 甲\n行: |\n  \t# 乙\n", "Y303 2:1"),
    "behind a forgotten brace": ("行: {甲: 乙, 丙: 丁\n分值：戊", "Y301 2:3"),
    "another dash": ("行:\n  • 三级指标: 甲\n    分值: 5", "Y201 2:3"),
    "a dash of full width": ("行:\n  － 三级指标：甲\n    分值: 5", "Y201 2:3"),
    "no dash": ("行:\n  三级指标: 甲\n    分值: 5", "Y201 2:3"),
    "no dash, but a text in lines": ("行:\n  三级指标: >+\n    甲: 乙", ""),
    "no brace": ("行: 分值: 5, 得分: 4}", "Y201 1:4"),
    "no colon before a brace": ("年度总体目标 {预期目标: 甲}", "Y311 1:7"),
    "no colon behind another slip": (
        "年度：2024\n项目名称 甲\n主管部门=乙",
        "Y301 1:3, Y311 2:5, Y311 3:5",
    ),
    "a label in a text that goes on": ("甲: 乙\n  分值 5\n丙： 丁", ""),
    "a label in a text of its own line": ("甲:\n  分值 5 丙\n年度：1", "Y301 3:3"),
    "words of the form before a row": ("其中：项目资金: {甲: 乙}", ""),
    "after Windows lines": ("甲: 乙\r\n\r\n年度：2024", "Y301 3:3"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_slip(name: str) -> None:
    text, places = SLIPS[name]
    assert ", ".join(scan(text)) == places


GAPS = st.sampled_from(["", "", " ", "\n", "\n  ", " # 甲: {乙, 丙: '\n    ", "\n\t\n      "])
WORDS = st.sampled_from(
    [
        "甲",
        "乙 丙",
        "分值",
        "95.00",
        "'引 {号'",
        '"a: b, c"',
        "it's",
        "5'6",
        "a:b",
        "≥90(%)",
        '"\\""',
    ]
)
ENTRIES = "{}{}: {}{}{},{}".format
FLOWS = st.recursive(
    WORDS,
    lambda inner: (
        st.lists(st.builds(ENTRIES, GAPS, WORDS, GAPS, inner, GAPS, GAPS), max_size=3).map(
            lambda entries: f"{{{''.join(entries)}}}"
        )
        | st.lists(st.builds("{}{}{},".format, GAPS, inner, GAPS), max_size=3).map(
            lambda items: f"[{''.join(items)}]"
        )
    ),
    max_leaves=8,
)
HEADS = st.sampled_from(["", "行: ", "行:\n  列: ", "行:\n  - ", "- 行: ", "行:\n  "])


@given(HEADS, FLOWS, st.sampled_from(["\n", " # 尾\n"]))
def test_legal_braces_are_read(head: str, flow: str, end: str) -> None:
    """Whatever a parser gets through is no slip, in braces over as many lines as there may be."""
    text = f"{head}{flow}{end}"
    if head:
        text += "列: 甲\n" if head[0] == "行" else "- 甲\n"
    stops = {"Y201", "Y301", "Y302", "Y304", "Y305", "Y306", "Y307"}
    assert not stops & set(examine(text).codes) or not is_legal(text)


def is_legal(text: str) -> bool:
    parser = CParser(without_blanks(text))
    try:
        while not isinstance(parser.get_event(), StreamEndEvent):
            pass
    except MarkedYAMLError:
        return False
    return True


def test_parser_is_silent_behind_a_slip_only() -> None:
    assert examine("项目名称: @甲\n主管部门: [乙").codes == ["Y305"]
    # What was meant by this slip is certain, and what a parser says then is no echo.
    assert examine("项目名称：甲\n主管部门: [乙").codes == ["Y301", "Y201"]
    assert examine("项目名称: [甲\n主管部门：乙").codes == ["Y201", "Y301"]


@pytest.mark.parametrize(
    "text", ["项目名称: 甲\n  年度: 5", "年度: 甲，\n  项目名称: 5", "年度: 甲: 乙,\n  行: 5"]
)
def test_parser_is_silent_where_braces_were_told(text: str) -> None:
    assert len(examine(f"行: {{{text}}}").codes) == 1


def test_mass_of_slips_is_cut() -> None:
    assert len(scan("年度：2024\n" * 10_000)) == slips.MOST


def test_lines_are_counted_as_yaml_does() -> None:
    assert lines_of("甲\n乙\r\n丙\r丁\x85戊\u2028己\u2029庚") == tuple("甲乙丙丁戊己庚")
    assert lines_of("") == ("",)
    assert f"{Span(FILE, 3, 7)}" == f"{FILE}:3:7"
