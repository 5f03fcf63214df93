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
from builder.model.early import RESULTS, early, too_early
from builder.model.levels import DESCRIPTIONS, GROUPS, groups_of
from builder.model.report import (
    TOTAL_ROW,
    Amounts,
    Goals,
    Indicator,
    Report,
    Share,
    WholeReport,
)
from builder.model.stages import REVIEW, SELF, TARGET, Stage
from builder.records import Day, Figure, Line, OrBlank, Record, Text

_Kind = tuple[str, tuple[str, ...], tuple[str, ...], str]
_Declared = tuple[tuple[str, _Kind, bool, str, bool], ...]
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


def report_on(
    layout: Layout,
    beside: Layout | None = None,
    stage: Stage = SELF,
    *,
    whole: bool = False,
    keeps_targets: bool = True,
) -> type[Report]:
    """The record that a file of a stage on this layout holds; `whole`: it is about a whole office.

    `beside` is the layout of the other stage that the same file lives through: of the targets
    for a report with results, and the other way round. Its own fields stay in the file, if its
    table is kept, too (`keeps_targets`).
    """
    block, other = layout.indicators, beside.indicators if beside else None
    in_order = stage != TARGET

    def own(mine: Mapping[str, Entry], theirs: Mapping[str, Entry]) -> _Declared:
        return _declared(
            mine, theirs, in_order=in_order, is_early=not in_order or not keeps_targets
        )

    return _report(
        own(layout.entries, beside.entries if beside else {}),
        of_indicators=own(block.entries, other.entries if other else {}),
        of_funds=own(layout.funds.entries, beside.funds.entries if beside else {}),
        free=_free(layout.funds),
        absent=_absent(layout.funds) if stage == TARGET else (),
        goals=_goals(layout),
        other_goals=_goals(beside) if beside else (),
        keeps_targets=keeps_targets,
        depth=len(block.levels),
        left_out=unmeasured(block),
        stage=stage,
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


def _declared(
    mine: Mapping[str, Entry], theirs: Mapping[str, Entry], *, in_order: bool, is_early: bool
) -> _Declared:
    """The fields of two layouts, in the order of `mine` first, or last: a field has the same
    place in the records of both. Required is what mine requires; with targets only, what
    belongs to the other layout comes too early."""
    first, second = (mine, theirs) if in_order else (theirs, mine)
    both = {**first, **second, **mine}
    return tuple(
        (
            label,
            _kind(entry),
            entry.required and label in mine,
            entry.hint,
            is_early and label not in mine,
        )
        for label, entry in both.items()
    )


def _free(funds: FundsBlock) -> tuple[str, ...]:
    """The amounts of every form, by field, that not every row of this one has."""
    asked = [funds.asked(row) for row in (TOTAL_ROW, *funds.rows)]
    return tuple(
        name
        for name in ("budget", "spent")
        if not all(Amounts.label(name) in columns for columns in asked)
    )


def _absent(funds: FundsBlock) -> tuple[str, ...]:
    """The amounts that a form of targets has no column for: their time has not come."""
    return tuple(n for n in ("budget", "spent") if Amounts.label(n) not in funds.columns)


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
    absent: tuple[str, ...],
    goals: tuple[str, ...],
    other_goals: tuple[str, ...],
    keeps_targets: bool,
    depth: int,
    left_out: tuple[str, ...],
    stage: Stage,
    base: type[Report],
) -> type[Report]:
    is_planned = stage == TARGET
    fields = _fields(entries) | (too_early(Report) if is_planned else {})
    asked = Report.model_fields["stage"]
    # Of a stage that cannot be read this is the one that the file is read as.
    fields["stage"] = (Stage, Field(stage, alias=asked.alias, description=asked.description))
    if stage != REVIEW:
        fields["review"] = early(Report, "review")
    if not goals and not other_goals:
        fields["goals"] = (None, _UNKNOWN)
    else:
        fields["goals"] = _of_goals(
            goals, other_goals, is_planned=is_planned, keeps_targets=keeps_targets
        )
    own = _fields(of_indicators)
    if is_planned:
        own |= too_early(Indicator)
        share = create_model("Share", __base__=Share, **too_early(Share))
        own["shares"] = (tuple[share, ...], Indicator.model_fields["shares"])
        left_out = tuple(name for name in left_out if name in ("target", "kind"))
    if stage != REVIEW:
        own["recheck"] = early(Indicator, "recheck")
    own |= {name: _LEFT_OUT[name] for name in left_out}
    indicator = create_model("Indicator", __base__=Indicator, **own)
    told = Field(alias=GROUPS, description=DESCRIPTIONS[depth], min_length=1 if depth else None)
    fields["groups"] = (groups_of(depth, indicator), told)
    if of_funds or free:
        row = create_model("Amounts", __base__=Amounts, **_amounts(of_funds, free, absent))
        fields["funds"] = (dict[str, row], Report.model_fields["funds"])
    return create_model("Report", __base__=base, **fields)


def _of_goals(
    names: tuple[str, ...], others: tuple[str, ...], *, is_planned: bool, keeps_targets: bool
) -> Any:
    """The field of 年度总体目标: which parts it has; a part of the other stage may be missing."""
    parts: dict[str, Any] = {}
    for name in Goals.model_fields:
        is_left = name not in names and name in others and not keeps_targets
        if is_left or (is_planned and name in RESULTS[Goals]):
            parts[name] = early(Goals, name)
        elif name not in names:
            parts[name] = _optional_text(name) if name in others else _NO_TEXT
    record: Any = create_model("Goals", __base__=Goals, **parts) if parts else Goals
    known = Report.model_fields["goals"]
    if names:
        return record | None, known
    return record | None, Field(None, alias=known.alias, description=known.description)


def _optional_text(name: str) -> Any:
    known = Goals.model_fields[name]
    return known.annotation, Field("", alias=known.alias, description=known.description)


def _amounts(entries: _Declared, free: tuple[str, ...], absent: tuple[str, ...]) -> dict[str, Any]:
    """The fields of a funding row. What is required depends on the row: the checks ask for it."""
    fields = _fields(tuple((entry[0], entry[1], False, *entry[3:]) for entry in entries))
    for name in free:
        known = Amounts.model_fields[name]
        fields[name] = (
            Figure,
            Field(
                None, alias=known.alias, description=known.description, examples=known.examples,
                exclude=name in absent or None,
            ),
        )  # fmt: skip
    return fields


def _fields(entries: _Declared) -> dict[str, Any]:
    """The fields of a layout, called by number: a label could be no name, or one that is taken."""
    fields: dict[str, Any] = {}
    for number, (label, kind, required, hint, is_early) in enumerate(entries, start=1):
        type_ = _type(*kind)
        told: Any = {"alias": label, "description": hint, "exclude": is_early or None}
        fields[f"own_{number}"] = (
            (type_, Field(**told)) if required else (type_ | None, Field(None, **told))
        )
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
