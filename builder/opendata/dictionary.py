"""The data dictionary: what the columns of the tables mean, as a table itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from builder.opendata.tables import KINDS, ColumnOf, Row, TableOf

Explained = tuple[TableOf[Any], ColumnOf[Any]]

DICTIONARY: TableOf[Explained] = TableOf(
    "dictionary",
    "字段说明",
    "每个字段一行",
    (
        ColumnOf("表", "string", "字段所在的表", lambda one: one[0].title, width=8),
        ColumnOf("字段", "string", "列的名称", lambda one: one[1].name, width=24),
        ColumnOf(
            "类型", "string", "文字、整数、数值或日期", lambda one: KINDS[one[1].kind], width=8
        ),
        ColumnOf("单位", "string", "每一格的单位", lambda one: one[1].unit, width=8),
        ColumnOf("说明", "string", "字段的含义", lambda one: one[1].description, width=80),
    ),
    key=("表", "字段"),
)


def dictionary(tables: Iterable[TableOf[Any]]) -> list[Row]:
    """The rows that explain every column of some tables."""
    return [DICTIONARY.row((table, column)) for table in tables for column in table.columns]
