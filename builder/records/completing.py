"""A record of a file that does not fit everywhere: what cannot be read is blank in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any, TypeVar, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from builder.records.decode import may_be_blank, meant_label, place_of
from builder.records.places import field_of, record_at, type_at
from builder.records.values import BLANK
from builder.source import Location, Source

UNFILLED = "待填"  # stands for a name that is missing: without one there is no form
ROUNDS = 8  # a record in a list in a mapping: each round fills one level

R = TypeVar("R", bound=BaseModel)


def completed(source: Source, record: type[R]) -> tuple[R, frozenset[Location]] | None:
    """A record that is blank where a value is missing or is none that fits, and those places.

    What no such record has is left out, or read as the missing field that it is likely meant
    for, and its places are among them, too. None for what is no such form, even then.
    """
    value = deepcopy(source.value)
    fillers: dict[Location, Iterator[object]] = {}
    for _ in range(ROUNDS if isinstance(value, dict) else 0):
        try:
            return record.model_validate(value), frozenset(fillers)
        except ValidationError as error:
            errors = error.errors(include_url=False, include_context=False)
            if _take_as_meant(errors, source, record, value, fillers):
                continue
            for details in errors:
                at = place_of(details)
                if at not in fillers:
                    is_unknown = details["type"] == "extra_forbidden"
                    fillers[at] = iter((None,)) if is_unknown else _fillers(record, at)
                filler = next(fillers[at], ...)
                if filler is ...:
                    return None
                _put(value, at, filler)
    return None


def _take_as_meant(
    errors: Iterable[ErrorDetails],
    source: Source,
    record: type[BaseModel],
    value: Any,
    fillers: dict[Location, Iterator[object]],
) -> bool:
    """Call what stands under unknown keys by the fields that were meant; whether any did."""
    is_any = False
    for details in errors:
        at = place_of(details)
        is_unknown = details["type"] == "extra_forbidden"
        if is_unknown and (label := meant_label(at, record, value)):
            *way, last = at
            around = value
            for part in way:
                around = around[part]
            around[label] = around.pop(last)
            source.spans.copy(at, (*at[:-1], label))
            fillers[at] = iter(())
            is_any = True
    return is_any


def _fillers(record: type[BaseModel], at: Location) -> Iterator[object]:
    """What may stand for a value, the best first; None: nothing."""
    field, kind = field_of(record, at), type_at(record, at)
    if field is None:
        return
    if get_origin(kind) is dict or record_at(record, at):
        yield {}
    elif field.alias == at[-1] and not field.is_required() and not may_be_blank(field):
        yield None  # as if it were not there
    elif get_origin(kind) is not tuple:
        yield BLANK
        if kind is str:
            yield UNFILLED


def _put(value: Any, location: Location, filler: object) -> None:
    """Set what is at a location, or take it away; the way there exists."""
    *way, last = location
    for part in way:
        value = value[part]
    if filler is None:
        value.pop(last, None) if isinstance(value, dict) else value.pop(int(last))
    else:
        value[last] = filler
