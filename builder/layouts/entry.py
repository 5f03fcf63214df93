"""Fields that a form has beyond those of every form (栏目)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from builder.records import Line, Record, Text, YesNo

TEXT, NUMBER, CHOICE, TABLE = "文字", "数字", "选项", "表"
MOST_COLUMNS = 8  # of a table: more would be narrower than a figure on A4


def _grouped(value: object) -> object:
    """Rows that no heading holds together are one group without a name."""
    return {"": value} if isinstance(value, list) else value


class Entry(Record):
    """A field that a form has beyond those of every form: what may be typed in it.

    A table has rows, some of them under a heading of their own, and columns; all its cells hold
    the same kind of value. An `annex` is a table that stands on the form where it is filled in.
    What `is_result_before` of an indicator is filled in where a form is begun from the year before.
    """

    kind: Literal["一行", "文字", "数字", "日期", "选项", "表"] = Field("一行", alias="种类")
    choices: tuple[Line, ...] = Field((), alias="选项")
    rows: Annotated[dict[str, tuple[Line, ...]], BeforeValidator(_grouped)] = Field({}, alias="行")
    columns: tuple[Line, ...] = Field((), alias="列")
    cell: Literal["文字", "一行", "数字"] = Field("文字", alias="格")
    annex: YesNo = Field(False, alias="附表")
    required: YesNo = Field(False, alias="必填")
    is_result_before: YesNo = Field(False, alias="上年完成值")
    hint: Text = Field("本版式的一栏", alias="说明")

    @property
    def row_names(self) -> tuple[str, ...]:
        """The rows of a table in their order, whatever heading they stand under."""
        return tuple(row for rows in self.rows.values() for row in rows)


def faults(entries: Mapping[str, Entry], *, tables: bool) -> Iterator[tuple[str, str]]:
    """What is wrong with each entry: its name, and the fault in Chinese; `tables` tells whether
    a table may stand among them."""
    for name, entry in entries.items():
        if entry.kind == CHOICE and not entry.choices:
            yield name, "是选项，没有写明“选项”有哪几种"
        if entry.kind == TABLE:
            yield from ((name, fault) for fault in _of_table(entry, tables=tables))
        elif entry.rows or entry.columns:
            yield name, "有“行”和“列”，种类却不是表"
        elif entry.annex:
            yield name, "是附表，种类却不是表"
        if entry.is_result_before and (tables or entry.kind not in ("一行", TEXT)):
            yield name, "是上年完成值，应是指标的栏目，种类是一行或文字"


def _of_table(entry: Entry, *, tables: bool) -> Iterator[str]:
    if not tables:
        yield "是表，不能作指标或资金的栏目"
    if not entry.row_names:
        yield "是表，没有写明“行”"
    if not entry.columns:
        yield "是表，没有写明“列”"
    if len(entry.columns) > MOST_COLUMNS:
        yield f"有 {len(entry.columns)} 列，一页纸上最多排 {MOST_COLUMNS} 列，请拆成两个表"
    for what, names in (("行", entry.row_names), ("列", entry.columns)):
        twice = [name for name, count in Counter(names).items() if count > 1]
        if twice:
            yield f"有两个{what}叫“{twice[0]}”，填报时分不清"
