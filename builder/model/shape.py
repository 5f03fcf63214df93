"""The record of a report on a given layout: the fields of every form and those of that one.

A field that only a layout knows has its label like any other, so that whatever goes through
the fields of a record (decoding, the formatter, the comparison of two versions, the schema)
meets it. A table is a record of its rows, and a row one of its columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal

from pydantic import Field, create_model

from builder.layouts import CHOICE, GOALS, TABLE, Entry, FundsBlock, IndicatorsBlock, Layout
from builder.model.levels import DESCRIPTIONS, GROUPS, groups_of
from builder.model.report import TOTAL_ROW, Amounts, Goals, Indicator, Report, WholeReport
from builder.records import Day, Figure, Line, OrBlank, Record, Text

_Kind = tuple[str, tuple[str, ...], tuple[str, ...], str]
_Declared = tuple[tuple[str, _Kind, bool, str], ...]
_TYPES: Mapping[str, Any] = {
    "一行": OrBlank[Line],
    "文字": OrBlank[Text],
    "数字": Figure,
    "日期": OrBlank[Day],
}

_CHOICE: Any = OrBlank
_UNKNOWN = Field(None, exclude=True)
"""A field that a form has not: under its label it is an unknown key."""
_NO_TEXT: Any = (Literal[""], Field("", exclude=True))
_LEFT_OUT: Mapping[str, Any] = {
    "target": _NO_TEXT,
    "actual": _NO_TEXT,
    "kind": (None, _UNKNOWN),
    "shares": (tuple[()], Field((), exclude=True)),
}


def report_on(layout: Layout, *, whole: bool = False) -> type[Report]:
    """The record that a file on this layout holds; `whole`: it is about a whole office."""
    block = layout.indicators
    return _report(
        _declared(layout.entries),
        of_indicators=_declared(block.entries),
        of_funds=_declared(layout.funds.entries),
        free=_free(layout.funds),
        goals=_goals(layout),
        depth=len(block.levels),
        left_out=unmeasured(block),
        base=WholeReport if whole else Report,
    )


def _goals(layout: Layout) -> tuple[str, ...]:
    """The fields of 年度总体目标 that the form has; none without that block."""
    columns = layout.goals.columns if layout.has(GOALS) else ()
    return tuple(name for name in Goals.model_fields if Goals.label(name) in columns)


def unmeasured(block: IndicatorsBlock) -> tuple[str, ...]:
    """The fields of an indicator that a form without targets or results does not ask for."""
    targets = () if block.has_targets else ("target", "kind")
    results = () if block.has_results else ("actual",)
    return (*targets, *results, *(("shares",) if targets or results else ()))


def extras(record: Record) -> Mapping[str, Any]:
    """The fields of a report, an indicator or a funding row that only its layout knows, by
    label; those that are filled in, a figure that is blank on purpose among them as None."""
    return {
        label: getattr(record, name)
        for name, label in _own(type(record)).items()
        if name in record.model_fields_set
    }


def cells(table: Record) -> Iterator[tuple[str, str, Any]]:
    """The cells of a table that are filled in: row, column and value, None or "" for blanks."""
    for row, inner in _filled(table):
        if inner is not None:
            yield from ((row, column, value) for column, value in _filled(inner))


def values(record: Record) -> Iterator[tuple[str, str, str, Any]]:
    """What is filled in of the fields that only the layout knows: label, row, column, value; of
    what is no table, row and column are ""."""
    for label, value in extras(record).items():
        if isinstance(value, Record):
            yield from ((label, *cell) for cell in cells(value))
        else:
            yield label, "", "", value


def _filled(record: Record) -> Iterator[tuple[str, Any]]:
    names = (name for name in type(record).model_fields if name in record.model_fields_set)
    return ((record.label(name), getattr(record, name)) for name in names)


@cache
def _own(record: type[Record]) -> Mapping[str, str]:
    known = Report.model_fields.keys() | Indicator.model_fields.keys() | Amounts.model_fields.keys()
    return {name: record.label(name) for name in record.model_fields if name not in known}


def _declared(entries: Mapping[str, Entry]) -> _Declared:
    return tuple(
        (label, _kind(entry), entry.required, entry.hint) for label, entry in entries.items()
    )


def _free(funds: FundsBlock) -> tuple[str, ...]:
    """The amounts of every form, by field, that not every row of this one has."""
    asked = [funds.asked(row) for row in (TOTAL_ROW, *funds.rows)]
    return tuple(
        name
        for name in ("budget", "spent")
        if not all(Amounts.label(name) in columns for columns in asked)
    )


def _kind(entry: Entry) -> _Kind:
    """What a value of an entry may be, as something that can be looked up."""
    if entry.kind == TABLE:
        return TABLE, entry.row_names, entry.columns, entry.cell
    return entry.kind, entry.choices, (), ""


@cache
def _report(
    entries: _Declared,
    *,
    of_indicators: _Declared,
    of_funds: _Declared,
    free: tuple[str, ...],
    goals: tuple[str, ...],
    depth: int,
    left_out: tuple[str, ...],
    base: type[Report],
) -> type[Report]:
    fields = _fields(entries)
    if not goals:
        fields["goals"] = (None, _UNKNOWN)
    elif left := {name: _NO_TEXT for name in Goals.model_fields if name not in goals}:
        record = create_model("Goals", __base__=Goals, **left)
        fields["goals"] = (record | None, Report.model_fields["goals"])
    own = _fields(of_indicators) | {name: _LEFT_OUT[name] for name in left_out}
    if own or depth < len(DESCRIPTIONS) - 1:
        indicator = create_model("Indicator", __base__=Indicator, **own) if own else Indicator
        told = Field(alias=GROUPS, description=DESCRIPTIONS[depth], min_length=1 if depth else None)
        fields["groups"] = (groups_of(depth, indicator), told)
    if of_funds or free:
        row = create_model("Amounts", __base__=Amounts, **_amounts(of_funds, free))
        fields["funds"] = (dict[str, row], Report.model_fields["funds"])
    return create_model("Report", __base__=base, **fields) if fields else base


def _amounts(entries: _Declared, free: tuple[str, ...]) -> dict[str, Any]:
    """The fields of a funding row. What is required depends on the row: the checks ask for it."""
    fields = _fields(tuple((label, kind, False, hint) for label, kind, _, hint in entries))
    for name in free:
        known = Amounts.model_fields[name]
        fields[name] = (
            Figure,
            Field(None, alias=known.alias, description=known.description, examples=known.examples),
        )
    return fields


def _fields(entries: _Declared) -> dict[str, Any]:
    """The fields of a layout, called by number: a label could be no name, or one that is taken."""
    fields: dict[str, Any] = {}
    for number, (label, kind, required, hint) in enumerate(entries, start=1):
        type_ = _type(*kind)
        fields[f"own_{number}"] = (
            (type_, Field(alias=label, description=hint)) if required
            else (type_ | None, Field(None, alias=label, description=hint))
        )  # fmt: skip
    return fields


def _type(kind: str, names: Sequence[str], columns: Sequence[str], cell: str) -> Any:
    if kind == CHOICE:
        return _CHOICE[Literal[tuple(names)]]
    if kind != TABLE:
        return _TYPES[kind]
    row = create_model("Row", __base__=Record, **_optional(columns, _TYPES[cell]))
    return create_model("Table", __base__=Record, **_optional(names, row))


def _optional(labels: Sequence[str], type_: Any) -> dict[str, Any]:
    numbered = enumerate(labels, start=1)
    return {f"own_{number}": (type_ | None, Field(None, alias=label)) for number, label in numbered}
