"""The columns that a site wants: content/tables/<表>.yaml.

    列: {部门: 处室部门, 项目名称: 项目, 审核人: 审核人}
    固定: {审核人: 留空}

`列` names the columns in their order, each with its heading; what is not named is dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import Field

from builder.content import TABLES as FOLDER
from builder.diagnostics import Diagnostics, catalogue
from builder.export.columns import TABLES, Column, Table, fixed, own
from builder.layouts import TABLE, Entry, Layouts
from builder.records import Line, OrBlank, Record, decode, own_files, suggestion
from builder.source import Location, Source

COLUMNS, FIXED = "列", "固定"


class Choice(Record, title="一张上报表的列"):
    """The columns of one table by name, with their headings, and what stands in fixed ones."""

    columns: dict[Line, Line] = Field(alias=COLUMNS, min_length=1)
    fixed: dict[Line, OrBlank[Line]] = Field({}, alias=FIXED)


@dataclass(frozen=True, slots=True)
class Handed:
    """The tables as a site wants them, by name; `sources` are its own files."""

    tables: Mapping[str, Table]
    sources: tuple[Source, ...] = ()


def own_tables(content: Path, layouts: Layouts, diagnostics: Diagnostics) -> Handed:
    """The tables with the columns of a site's own files; what is wrong there is reported."""
    found = own_files(content / FOLDER, frozenset({COLUMNS, FIXED}), diagnostics)
    tables = dict(TABLES)
    for name, file in found.items():
        table = TABLES.get(Path(name).stem)
        if table is None:
            at, stem = file.spans.value(()), Path(name).stem
            hint = suggestion(stem, TABLES)
            diagnostics.report(catalogue.UNKNOWN_TABLE, at, name=stem, hint=hint)
        elif choice := decode(file, Choice, diagnostics):
            columns = _chosen(table, choice, file, layouts, diagnostics)
            tables[table.name] = replace(table, columns=columns)
    return Handed(tables, tuple(found.values()))


def _chosen(
    table: Table, choice: Choice, file: Source, layouts: Layouts, diagnostics: Diagnostics
) -> tuple[Column, ...]:
    """The columns that a file names, under its headings; what is none is reported."""
    usual = {column.name: column for column in table.columns}
    for location, problem in _flaws(choice):
        at = file.spans.key(location)
        diagnostics.report(catalogue.UNFIT_COLUMN, at, name=location[-1], problem=problem)
    # Of a field that only layouts have there is a column where somebody wants it.
    labels = {label for layout in layouts.by_stem.values() for label in _fields(layout.entries)}
    known = {label: own(label) for label in sorted(labels)} | usual
    known |= {name: fixed(name, text) for name, text in choice.fixed.items()}
    columns = []
    for name, heading in choice.columns.items():
        if column := known.get(name):
            columns.append(replace(column, heading=heading, is_optional=False))
        else:
            hint = suggestion(name, (*usual, *choice.fixed))
            at = file.spans.key((COLUMNS, name))
            diagnostics.report(catalogue.UNKNOWN_COLUMN, at, name=name, table=table.name, hint=hint)
    return tuple(columns)


def _fields(entries: Mapping[str, Entry]) -> Iterator[str]:
    return (label for label, entry in entries.items() if entry.kind != TABLE)


def _flaws(choice: Choice) -> Iterator[tuple[Location, str]]:
    """What is wrong with the headings and the fixed columns: where, and what."""
    for heading, count in Counter(choice.columns.values()).items():
        if count > 1:
            names = [name for name, shown in choice.columns.items() if shown == heading]
            yield (COLUMNS, names[-1]), f"的标题“{heading}”已经用过"
    for name in choice.fixed:
        if name not in choice.columns:
            yield (FIXED, name), f"没有写进“{COLUMNS}”，表上看不到"
