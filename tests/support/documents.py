"""Documents to publish: the five forms, and reports made without a file.

What is made here has not passed the reader, so it may hold what no file could.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from builder import content
from builder.content import Settings
from builder.diagnostics import Diagnostics
from builder.model import Report, Site
from builder.scoring import Document, Profiles, score
from builder.source import Source, Spans
from tests.conftest import ROOT

ADDRESS = "https://example.gov.cn/jixiao/"
SITE = Site.model_validate({})

# What a stranger might write to make another program do something, one per trick.
HOSTILE = {
    "formula": '=HYPERLINK("http://evil.test","点我")',
    "command": "=cmd|' /C calc'!A0",
    "plus": "+1+1",
    "minus": "-1+1",
    "at": "@SUM(A1:A2)",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "full-width": "＝1＋1",
    "apostrophe": "'=1+1",
    "quotes": '"甲","乙"',
    "lines": "一\n二\r\n三",
    "script": "</script><script>alert(1)</script><!--",
    "entity": "&lt;b&gt;&amp;",
    "cdata": "]]><evil/>",
    "controls": "甲\x00\x07\x1b[31m乙\x7f\x9b\ufffe",
    "separators": "甲\u2028乙\u2029丙",
    "excel escape": "_x0041_",
    "astral": "𠮷野家",
}


@cache
def settings() -> Settings:
    """The site's own settings and all profiles."""
    return content.settings(ROOT / "content", Diagnostics())


@cache
def five() -> tuple[Document, ...]:
    """The five forms of 2024, by stem."""
    diagnostics = Diagnostics()
    entries = content.entries(ROOT / "content", (), diagnostics)
    found = (
        content.understand(content.read(entry, diagnostics), entry, settings(), diagnostics)
        for entry in entries
    )
    documents = tuple(document for document in found if document)
    assert len(documents) == 5
    return documents


@cache
def profiles() -> Profiles:
    """The built-in profiles."""
    return content.built_in_settings().profiles


def document(
    changes: Mapping[str, Any] | None = None, *, stem: str = "made", profile: str = "上海市级"
) -> Document:
    """A report of one indicator with some of its keys changed."""
    values = {
        "年度": "2024",
        "项目名称": "培训项目",
        "主管部门": "甲部",
        "实施单位": "乙单位",
        "项目资金": {"其他资金": amounts("12.50", "12.50", "10.00")},
        "年度总体目标": {"预期目标": "培训", "实际完成情况": "已培训"},
        "绩效指标": {"产出指标": {"数量指标": [indicator()]}},
    }
    report = Report.model_validate({**values, **(changes or {})})
    rule = profiles().by_name[profile]
    source = Source("made.yaml", "", None, Spans("made.yaml"))
    layout = content.built_in_settings().layouts.by_name[rule.layout]
    card = score(report, rule, layout)
    return Document(str(report.year), stem, source, report, rule, layout, card)


def amounts(initial: str, budget: str, spent: str) -> dict[str, str]:
    """One funding row."""
    return {"年初预算数": initial, "全年预算数": budget, "全年执行数": spent}


def indicator(**changes: str) -> dict[str, str]:
    """One indicator, met in full."""
    entry = {"三级指标": "次数", "年度指标值": "≥5(次)", "实际完成值": "5(次)", "分值": "90.00"}
    return {**entry, **changes}


def hostile(text: str) -> Document:
    """A report with `text` wherever a stranger may write one, in one line where it must be."""
    line = " ".join(text.splitlines())
    entry = indicator(
        三级指标=line, 年度指标值=text, 实际完成值=text, 得分="1.00", 偏差原因分析及改进措施=text
    )
    changes = {
        "项目名称": line,
        "项目编码": line,
        "主管部门": line,
        "实施单位": line,
        "预算执行说明": text,
        "项目资金": {text: amounts("1.00", "1.00", "1.00")},
        "年度总体目标": {"预期目标": text, "实际完成情况": text},
        "绩效指标": {text: {text: [entry]}},
    }
    return document(changes)
