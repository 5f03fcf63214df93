"""What `opendata` holds and means, as `views` tells it on the page of the data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from builder.content import addresses
from builder.opendata import KINDS, DataFile, TableOf
from builder.views import BOOK, RECORDS, FieldsView, FieldView, Held


def held(files: Iterable[DataFile]) -> list[Held]:
    """The files, of which the sizes are known by now."""
    return [_held(file) for file in files]


def fields(files: Sequence[DataFile]) -> list[FieldsView]:
    """The fields of all tables that there are."""
    return [
        _fields(file.table) for file in files if file.years == addresses.ALL_YEARS and file.table
    ]


def _held(file: DataFile) -> Held:
    return Held(
        path=file.path,
        year=None if file.years == "all" else file.years,
        kind=file.table.title if file.table else BOOK if file.path.endswith(".xlsx") else RECORDS,
        rows=file.rows,
        size=file.size,
        left_out=tuple(table.title for table in file.left_out),
    )


def _fields(table: TableOf[Any]) -> FieldsView:
    keys = "和".join(table.key)
    fields = tuple(
        FieldView(
            addresses.data_field(table.name, column.label),
            column.label,
            column.name,
            KINDS[column.kind],
            column.unit,
            f"{column.description}。{f'取值：{choices}。' if choices else ''}",
        )
        for column in table.columns
        for choices in ["、".join(column.choices)]
    )
    return FieldsView(table.name, table.title, f"{table.description}；以{keys}区分各行。", fields)
