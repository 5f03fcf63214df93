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

from builder.layouts import GOALS, Entry, IndicatorsBlock, Layout
from builder.model.levels import DESCRIPTIONS, GROUPS, groups_of
from builder.model.report import Indicator, Report
from builder.records import Day, Figure, Line, OrBlank, Record, Text

Declared = tuple[tuple[str, str, tuple[str, ...], bool, str], ...]
_TYPES: Mapping[str, Any] = {
    "一行": OrBlank[Line],
    "文字": OrBlank[Text],
    "数字": Figure,
    "日期": OrBlank[Day],
}

_CHOICE: Any = OrBlank
_UNKNOWN = Field(None, exclude=True)
"""A field that a form has not: under its label it is an unknown key."""
_LEFT_OUT: Mapping[str, Any] = {
    "target": (Literal[""], Field("", exclude=True)),
    "actual": (Literal[""], Field("", exclude=True)),
    "kind": (None, _UNKNOWN),
    "shares": (tuple[()], Field((), exclude=True)),
}


def report_on(layout: Layout) -> type[Report]:
    """The record that a file on this layout holds."""
    block = layout.indicators
    return _report(
        _declared(layout.entries),
        _declared(block.entries),
        layout.has(GOALS),
        len(block.levels),
        unmeasured(block),
    )


def unmeasured(block: IndicatorsBlock) -> tuple[str, ...]:
    """The fields of an indicator that a form without targets or results does not ask for."""
    targets = () if block.has_targets else ("target", "kind")
    results = () if block.has_results else ("actual",)
    return (*targets, *results, *(("shares",) if targets or results else ()))


def extras(record: Record) -> Mapping[str, Any]:
    """The fields of a report or an indicator that only its layout knows, by label; those that
    are filled in."""
    found = {name: getattr(record, name) for name in _own(type(record))}
    return {name: value for name, value in found.items() if value is not None}


@cache
def _own(record: type[Record]) -> tuple[str, ...]:
    known = Report.model_fields.keys() | Indicator.model_fields.keys()
    return tuple(name for name in record.model_fields if name not in known)


def _declared(entries: Mapping[str, Entry]) -> Declared:
    return tuple(
        (label, entry.kind, entry.choices, entry.required, entry.hint)
        for label, entry in entries.items()
    )


@cache
def _report(
    entries: Declared,
    of_indicators: Declared,
    has_goals: bool,
    depth: int,
    left_out: tuple[str, ...],
) -> type[Report]:
    fields = _fields(entries)
    if not has_goals:
        fields["goals"] = (None, _UNKNOWN)
    own = _fields(of_indicators) | {name: _LEFT_OUT[name] for name in left_out}
    if own or depth < len(DESCRIPTIONS) - 1:
        indicator = create_model("Indicator", __base__=Indicator, **own) if own else Indicator
        told = Field(alias=GROUPS, description=DESCRIPTIONS[depth], min_length=1 if depth else None)
        fields["groups"] = (groups_of(depth, indicator), told)
    return create_model("Report", __base__=Report, **fields) if fields else Report


def _fields(entries: Declared) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for label, kind, choices, required, hint in entries:
        type_ = _CHOICE[Literal[choices]] if kind == "选项" else _TYPES[kind]
        fields[label] = (
            (type_, Field(description=hint)) if required
            else (type_ | None, Field(None, description=hint))
        )  # fmt: skip
    return fields
