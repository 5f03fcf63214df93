"""A form about a whole office, for tests that set it beside projects."""

from __future__ import annotations

import re

from builder.scoring import Document
from tests.support.pages import document
from tests.support.reports import GOOD

_FUNDS = "项目资金:\n  年度资金总额: {年初预算数: 200, 全年预算数: 200, 全年执行数: 190}\n"

WHOLE = re.sub(
    r"项目资金:\n(?:  .*\n)+", _FUNDS, re.sub("(项目名称|实施单位): .*\n", "", GOOD)
).replace("\n项目资金", "评分规则: 安徽部门整体\n\n项目资金", 1)
"""That of the department of `GOOD`: 200 万元, without a name and a unit."""


def whole(department: str = "某市教育局", stem: str = "zhengti", unit: str = "") -> Document:
    """A form about a whole department, or about one of its units."""
    text = WHOLE.replace("主管部门: 某市教育局", f"主管部门: {department}")
    return document(text.replace("评分规则", f"实施单位: {unit}\n评分规则") if unit else text, stem)
