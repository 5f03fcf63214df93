"""A field that a form has beyond those of every form."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from builder.records import Line, Record, Text, YesNo


class Entry(Record):
    """栏目: what may be typed in such a field."""

    kind: Literal["一行", "文字", "数字", "日期", "选项"] = Field("一行", alias="种类")
    choices: tuple[Line, ...] = Field((), alias="选项")
    required: YesNo = Field(False, alias="必填")
    hint: Text = Field("本版式的一栏", alias="说明")
