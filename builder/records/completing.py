"""A record of a form that is still being filled in: something stands for what is missing."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from builder.records.decode import field_at, record_at
from builder.source import Location, Source

BLANK = "待填"
ROUNDS = 8  # a record in a list in a mapping: each round fills one level

R = TypeVar("R", bound=BaseModel)


def completed(source: Source, record: type[R]) -> R | None:
    """A record with `BLANK` or zero where a required value is missing or cannot be one.

    None for what is no such form, even then. Its figures are for the eye alone.
    """
    value = deepcopy(source.value)
    for _ in range(ROUNDS if isinstance(value, dict) else 0):
        try:
            return record.model_validate(value)
        except ValidationError as error:
            for details in error.errors(include_url=False, include_context=False):
                location: Location = tuple(part for part in details["loc"] if part != "[key]")
                if details["type"] == "extra_forbidden":
                    _put(value, location, None)
                elif filler := _filler(field_at(record, location), record, location):
                    _put(value, location, filler[0])
                else:
                    return None
    return None


def _filler(
    annotation: Any, record: type[BaseModel], location: Location
) -> tuple[str | dict[str, Any] | None] | None:
    """What stands for a missing value, in a tuple; None where nothing can."""
    kinds = {annotation, *get_args(annotation)}
    if type(None) in kinds:
        return (None,)  # as if it were not there
    if record_at(record, location):
        return ({},)
    if annotation is str:
        return (BLANK,)
    return ("0",) if annotation is Decimal else None


def _put(value: Any, location: Location, filler: object) -> None:
    """Set what is at a location, or take it away; the way there exists."""
    *way, last = location
    for part in way:
        value = value[part]
    if filler is None:
        value.pop(last, None) if isinstance(value, dict) else value.pop(int(last))
    else:
        value[last] = filler
