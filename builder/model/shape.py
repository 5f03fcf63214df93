"""The record of a report on a given layout: the fields of every form and those of that one.

A field that only a layout knows is called by its label, so that whatever goes through the
fields of a record (decoding, the formatter, the comparison of two versions, the schema)
meets it like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from pydantic import Field, create_model

from builder.layouts import GOALS, Entry, FundsBlock, Layout
from builder.model.report import TOTAL_ROW, Amounts, Indicator, Report
from builder.records import Day, Figure, Line, OrBlank, Record, Text

Declared = tuple[tuple[str, str, tuple[str, ...], bool, str], ...]
_TYPES: Mapping[str, Any] = {
    "一行": OrBlank[Line],
    "文字": OrBlank[Text],
    "数字": Figure,
    "日期": OrBlank[Day],
}

_CHOICE: Any = OrBlank


def report_on(layout: Layout) -> type[Report]:
    """The record that a file on this layout holds."""
    return _report(
        _declared(layout.entries), _declared(layout.indicators.entries),
        _declared(layout.funds.entries), _free(layout.funds), layout.has(GOALS),
    )  # fmt: skip


def extras(record: Record) -> Mapping[str, Any]:
    """The fields of a report, an indicator or a funding row that only its layout knows, by
    label; those that are filled in."""
    found = {name: getattr(record, name) for name in _own(type(record))}
    return {name: value for name, value in found.items() if value is not None}


@cache
def _own(record: type[Record]) -> tuple[str, ...]:
    known = Report.model_fields.keys() | Indicator.model_fields.keys() | Amounts.model_fields.keys()
    return tuple(name for name in record.model_fields if name not in known)


def _declared(entries: Mapping[str, Entry]) -> Declared:
    return tuple(
        (label, entry.kind, entry.choices, entry.required, entry.hint)
        for label, entry in entries.items()
    )


def _free(funds: FundsBlock) -> tuple[str, ...]:
    """The amounts of every form, by field, that not every row of this one has."""
    asked = [funds.asked(row) for row in (TOTAL_ROW, *funds.rows)]
    return tuple(
        name
        for name in ("budget", "spent")
        if not all(Amounts.label(name) in columns for columns in asked)
    )


@cache
def _report(
    entries: Declared, of_indicators: Declared, of_funds: Declared, free: tuple[str, ...],
    has_goals: bool,
) -> type[Report]:  # fmt: skip
    fields = _fields(entries)
    if not has_goals:  # under its label it is then an unknown key
        fields["goals"] = (None, None)
    if of_indicators:
        indicator = create_model("Indicator", __base__=Indicator, **_fields(of_indicators))
        groups = Report.model_fields["groups"]
        fields["groups"] = (dict[str, dict[str, tuple[indicator, ...]]], groups)
    if of_funds or free:
        row = create_model("Amounts", __base__=Amounts, **_amounts(of_funds, free))
        fields["funds"] = (dict[str, row], Report.model_fields["funds"])
    return create_model("Report", __base__=Report, **fields) if fields else Report


def _amounts(entries: Declared, free: tuple[str, ...]) -> dict[str, Any]:
    """The fields of a funding row. What is required depends on the row: the checks ask for it."""
    fields = _fields(tuple((*entry[:3], False, entry[4]) for entry in entries))
    for name in free:
        known = Amounts.model_fields[name]
        fields[name] = (
            Figure,
            Field(None, alias=known.alias, description=known.description, examples=known.examples),
        )
    return fields


def _fields(entries: Declared) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for label, kind, choices, required, hint in entries:
        type_ = _CHOICE[Literal[choices]] if kind == "选项" else _TYPES[kind]
        fields[label] = (
            (type_, Field(description=hint)) if required
            else (type_ | None, Field(None, description=hint))
        )  # fmt: skip
    return fields
