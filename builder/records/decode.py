"""Turn the values of a file into a frozen record, reporting every misfit at its place.

pydantic finds all misfits of a file at once and names each by a type and a path; the
path leads to the position, the type to our own rule. Its English texts are never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from builder.diagnostics import Diagnostics, Rule, catalogue, lines_of
from builder.records.likeness import LIKE, close_to, listed, suggestion
from builder.records.places import (
    are_words_at,
    choices_at,
    field_of,
    fields_at,
    names_at,
    record_at,
    type_at,
)
from builder.records.values import BLANK, Figure, OrBlank
from builder.source import Location, Source, Value

MOST = 100  # misfits told of one file
LIKELY = 0.65  # from which on a key is taken for a field that may be left out

R = TypeVar("R", bound=BaseModel)

_MISFITS: dict[str, Rule] = {
    "number_wide": catalogue.WIDE_NUMBER,
    "number_thousands": catalogue.THOUSANDS,
    "number_unit": catalogue.NUMBER_WITH_UNIT,
    "number_format": catalogue.NOT_A_NUMBER,
    "year_format": catalogue.NOT_A_YEAR,
    "date_format": catalogue.NOT_A_DATE,
    "yes_no": catalogue.NOT_YES_NO,
    "string_type": catalogue.NOT_A_TEXT,
    "text_lines": catalogue.NOT_ONE_LINE,
    "colour_format": catalogue.NOT_A_COLOUR,
    "address_format": catalogue.NOT_AN_ADDRESS,
    "dict_type": catalogue.NOT_A_MAPPING,
    "model_type": catalogue.NOT_A_MAPPING,
    "tuple_type": catalogue.NOT_A_LIST,
    "list_type": catalogue.NOT_A_LIST,
    "too_short": catalogue.NOTHING_IN_IT,
}
_MARKS = (get_args(Figure)[1], get_args(OrBlank)[1])
_UNIT = re.compile(r"单位[^，。]+")
_WRONG_SHAPE = {"decimal_type", "is_instance_of", "int_type", "date_type", "bool_type"}


def decode(source: Source, record: type[R], diagnostics: Diagnostics) -> R | None:
    """The record that a file holds, or None where it does not fit (all reported)."""
    if source.value is None:
        return None
    if not isinstance(source.value, dict):
        diagnostics.report(catalogue.NOT_A_FORM, source.spans.value(()))
        return None
    for location in islice(source.blanks, MOST):
        _report_blank(location, record, source, diagnostics)
    try:
        return record.model_validate(source.value)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=True)
        meant = {
            (*at[:-1], label)
            for at in map(place_of, found)
            if (label := meant_label(at, record, source.value))
        }
        # More than that is no form with mistakes but another kind of file.
        for details in islice(found, MOST):
            if details["type"] != "missing" or place_of(details) not in meant:
                _report(details, record, source, diagnostics)
        return None


def place_of(details: ErrorDetails) -> Location:
    """Where a misfit stands."""
    return tuple(part for part in details["loc"] if part != "[key]")


def meant_label(location: Location, record: type[BaseModel], value: Value) -> str:
    """The missing field of a record that the unknown key at `location` is likely meant for;
    "" if it is none."""
    around, key = location[:-1], str(location[-1]) if location else ""
    mapping = _inside_of(value, around)
    if not isinstance(mapping, dict) or not record_at(record, around):
        return ""
    fields = {name: field_of(record, (*around, name)) for name in fields_at(record, around)}
    free = {name: field for name, field in fields.items() if name not in mapping}
    if key in fields:
        return ""
    needed = [name for name, field in free.items() if field and field.is_required()]
    # A field that must be there is missed at its place; of others more must speak for it.
    found = close_to(key, needed) or close_to(key, free, LIKELY)
    return next(iter(found), "")


def _report_blank(
    location: Location, record: type[BaseModel], source: Source, diagnostics: Diagnostics
) -> None:
    """A key without a value is one that is not filled in; but it must be one of ours."""
    around = location[:-1]
    fields = fields_at(record, around) if record_at(record, around) else names_at(record, around)
    if fields and location[-1] not in fields:
        _report_unknown(location, fields, record, source, diagnostics)
    elif are_words_at(record, around):
        owner, at = _owner(record, around, source.value), source.spans.key(location)
        diagnostics.report(catalogue.MISSING_KEY, at, key=f"{location[-1]}", owner=owner)


def _report(
    details: ErrorDetails, record: type[BaseModel], source: Source, diagnostics: Diagnostics
) -> None:
    spans = source.spans
    location = place_of(details)
    kind, context = details["type"], details.get("ctx", {})
    label = next((str(part) for part in reversed(location) if isinstance(part, str)), "文件")
    match kind:
        case "missing" | "text_empty" | "text_blank":
            owner, at = _owner(record, location[:-1], source.value), spans.key(location)
            hint = f"“{label}”不能{BLANK}" if kind == "text_blank" else ""
            if not hint and may_be_blank(field_of(record, location)):
                hint = f"补上“{label}: …”；原表上就空着的，写“{label}: {BLANK}”"
            diagnostics.report(catalogue.MISSING_KEY, at, hint=hint, key=label, owner=owner)
        case "extra_forbidden":
            fields = fields_at(record, location[:-1])
            _report_unknown(location, fields, record, source, diagnostics)
        case "literal_error" if details["loc"][-1] == "[key]":
            names = names_at(record, location[:-1])
            _report_unknown(location, names, record, source, diagnostics)
        case "literal_error":
            choices = "、".join(str(choice) for choice in choices_at(record, location))
            diagnostics.report(
                catalogue.BAD_CHOICE,
                spans.value(location),
                label=label,
                value=_shown(details["input"]),
                choices=choices,
            )
        case _ if kind in _MISFITS or kind in _WRONG_SHAPE:
            field = field_of(record, location)
            if kind == "number_unit":
                context |= {"fixed": _fixed_unit(field, context["unit"])}
            elif kind == "number_format":
                context |= {"instead": _instead(field)}
            rule = _MISFITS.get(kind, catalogue.NOT_A_TEXT)
            hint = _other_levels(record, location, details["input"], field)
            diagnostics.report(
                rule, spans.value(location), hint=hint, label=label,
                value=_shown(details["input"]), **context,
            )  # fmt: skip
        case _:
            diagnostics.report(
                catalogue.BAD_VALUE,
                spans.value(location),
                hint=f"须不小于 {context['ge']}" if "ge" in context else "",
                label=label,
                value=_shown(details["input"]),
            )


def may_be_blank(field: FieldInfo | None) -> bool:
    """Whether `留空` may be written in a field."""
    return field is not None and any(mark in field.metadata for mark in _MARKS)


def _fixed_unit(field: FieldInfo | None, typed: str) -> str:
    """What the description of a field says of its unit; more for an author who `typed` another."""
    unit = _UNIT.search((field.description if field else "") or "")
    if unit is None:
        return ""
    return f"（{unit[0]}）" if unit[0].endswith(typed) else f"（{unit[0]}，不同的先换算）"


def _other_levels(
    record: type[BaseModel], location: Location, value: object, field: FieldInfo | None
) -> str:
    """Which levels belong there, where there is one too many or too few; "" for another slip."""
    kind = get_origin(type_at(record, location))
    is_one_less = kind is dict and isinstance(value, list)
    is_one_more = kind is tuple and isinstance(value, dict)
    if isinstance(value, dict) and not {*value}.isdisjoint(fields_at(record, location)):
        return ""  # a member of the list without its dash
    told = field and field.description and (is_one_less or is_one_more)
    return f"“{field.alias}”下面是{field.description}" if field and told else ""


def _instead(field: FieldInfo | None) -> str:
    """An example of a number in a field, and what to write where there is none."""
    example = f"，如 {field.examples[0]}" if field and field.examples else ""
    if field and field.is_required():
        example += "；没有就写 0"
    return f"{example}；原表上就空着的写“{BLANK}”" if may_be_blank(field) else example


def _report_unknown(
    location: Location,
    known: Iterable[str],
    record: type[BaseModel],
    source: Source,
    diagnostics: Diagnostics,
) -> None:
    key, at, known = str(location[-1]), source.spans.key(location), tuple(known)
    there = _inside_of(source.value, location[:-1])
    # What is filled in already is not what was meant.
    free = [name for name in known if not isinstance(there, dict) or name not in there]
    hint = suggestion(key, free) if close_to(key, free) else listed(known)
    before = lines_of(source.text)[at.line - 1][: at.column - 1]
    if before.rstrip().endswith(",") and not hint.startswith(LIKE):  # only in braces
        hint = f"文字里有英文逗号，请加引号或改成中文逗号；若是字段，{hint}"
    owner = _owner(record, location[:-1], source.value)
    diagnostics.report(catalogue.UNKNOWN_KEY, at, key=key, owner=owner, hint=hint)


def _inside_of(value: Value, location: Location) -> Value:
    """What stands at a location of a file's values."""
    for part in location:
        value = value[part]  # type: ignore[index]
    return value


def _owner(record: type[BaseModel], location: Location, value: Value) -> str:
    """What a field belongs to, in words: an entry of a list by its name, else the nearest key."""
    value = _inside_of(value, location)
    around = next((f"“{part}”" for part in reversed(location) if isinstance(part, str)), "本文件")
    if not location or not isinstance(location[-1], int):
        return around
    fields = {label: field_of(record, (*location, label)) for label in fields_at(record, location)}
    first = next((label for label, field in fields.items() if field and field.is_required()), "")
    name = value.get(first) if isinstance(value, dict) else None
    is_named = isinstance(name, str) and name.strip() != ""
    return f"{first}“{_shown(name)}”" if is_named else f"{around}的第 {location[-1] + 1} 项"


def _shown(value: object) -> str:
    """A wrong value as the message quotes it: short, and a shape in words."""
    if value is None:
        return "空白"
    if isinstance(value, dict):
        return "一组字段"
    if isinstance(value, list):
        return "一个列表"
    text = str(value)
    return text if len(text) <= 30 else text[:29] + "…"
