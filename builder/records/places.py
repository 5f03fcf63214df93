"""What stands at a place of a record, by its annotations.

Every key of every file is looked up here, several times: what an annotation holds is found once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from builder.source import Location


def type_at(record: type[BaseModel], location: Location) -> Any:
    """The annotation of the field at `location` of `record`; None where there is no such field."""
    annotation: Any = record
    for part in location:
        annotation = _inside(annotation, part)
    return annotation


def record_at(record: type[BaseModel], location: Location) -> type[BaseModel] | None:
    """The record that the mapping at `location` of `record` is; None for an open mapping."""
    return _model_in(type_at(record, location), direct=True)


def fields_at(record: type[BaseModel], location: Location) -> list[str]:
    """The labels a mapping at `location` of `record` may have."""
    model = _model_in(type_at(record, location))
    fields = model.model_fields.items() if model else ()
    return [field.alias or name for name, field in fields if not field.exclude]


def names_at(record: type[BaseModel], location: Location) -> list[str]:
    """The keys that a mapping of chosen names at `location` of `record` may have; none where
    they are open."""
    chosen = _key_at(record, location)
    return [str(name) for name in get_args(chosen)] if get_origin(chosen) is Literal else []


def are_words_at(record: type[BaseModel], location: Location) -> bool:
    """Whether the keys of the mapping at `location` of `record` are words of its author's own,
    each of which must say something."""
    return get_origin(_key_at(record, location)) is Annotated


def _key_at(record: type[BaseModel], location: Location) -> Any:
    """The annotation of the keys of an open mapping; None where there is none."""
    arguments = get_args(type_at(record, location))
    return arguments[0] if arguments else None


def choices_at(record: type[BaseModel], location: Location) -> tuple[Any, ...]:
    """What a field of choices at `location` of `record` may hold."""
    found = type_at(record, location)
    while inner := next((option for option in get_args(found) if get_args(option)), None):
        found = inner
    return get_args(found)


def field_of(record: type[BaseModel], location: Location) -> FieldInfo | None:
    """The declared field that `location` of `record` is, or lies in."""
    found: FieldInfo | None = None
    annotation: Any = record
    for part in location:
        model = _model_in(annotation, direct=True)
        found = (_by_alias(model).get(part) if model else None) or found
        annotation = _inside(annotation, part)
    return found


def _inside(annotation: Any, part: str | int) -> Any:
    """The annotation of what `part` (a key or a position) leads to."""
    model = _model_in(annotation, direct=True)
    if model:
        field = _by_alias(model).get(part)
        return field.annotation if field else None
    below = _below(annotation)
    # X | None → what is inside X
    return _inside(below, part) if _is_optional(annotation) else below


@cache
def _by_alias(model: type[BaseModel]) -> Mapping[str | int | None, FieldInfo]:
    return {field.alias: field for field in model.model_fields.values()}


@cache
def _below(annotation: Any) -> Any:
    """dict[str, X] → X; tuple[X, ...] → X; X | None → X."""
    inner = [found for found in get_args(annotation) if found not in (type(None), Ellipsis)]
    return inner[-1] if inner else None


@cache
def _is_optional(annotation: Any) -> bool:
    """Whether it is one thing or None."""
    arguments = get_args(annotation)
    return type(None) in arguments and len(arguments) == 2


@cache
def _model_in(annotation: Any, *, direct: bool = False) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if direct and type(None) not in get_args(annotation):
        return None
    found = (_model_in(argument) for argument in get_args(annotation) if argument is not Ellipsis)
    return next((model for model in found if model), None)
