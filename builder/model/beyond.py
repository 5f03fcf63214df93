"""What a form has no place for, told beside it as labels and texts: the words of that list.

It is written where a form is exported and read where one is imported.
"""

from __future__ import annotations

from builder.model.report import Report

BEYOND = "表上没有的栏目"
BEYOND_COLUMNS = ("栏目", "内容")
BEYOND_TOLD = (
    "以下各栏填报过，表上没有位置。导入时和表一起读回；“栏目”一列请不要改。报送纸质表不附本页。"
)
STEP = " › "
"""What stands between the labels that lead to a value: 佐证材料 › 第1份 › 名称."""
_COUNTED = {Report.label("evidence"): "份"}


def numbered(label: str, position: int, name: str = "") -> str:
    """What is at a position, from 0, of the list below a label: 第1份, or 第2项 培训人次."""
    named = f" {name.replace(STEP.strip(), ' ')}" if name else ""
    return f"第{position + 1}{_COUNTED.get(label, '项')}{named}"
