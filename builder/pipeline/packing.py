"""Facts as bytes, and back: what travels between processes and machines, and what is kept.

JSON, never pickles: a cache may have been carried here, and reading one must run nothing.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from functools import cache
from hashlib import sha256
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

from builder.diagnostics import Diagnostic, Severity, Span, catalogue

T = TypeVar("T")

Told = tuple[str, Severity, Span, str, str, tuple[tuple[Span, str], ...]]
"""A finding whose rule is named by its code."""


def pack(kind: Any, value: object) -> bytes:
    """A record, or a tuple of records, as JSON; `kind` is its type, all of whose fields tell
    theirs."""
    return _adapter(kind).dump_json(value, by_alias=True)


def unpack(kind: type[T], data: bytes) -> T:
    """The same record again: equal to the first, its decimals with the digits they had.

    Raises pydantic's ValidationError for bytes that `pack` did not make of that type.
    """
    found: T = _adapter(cast("Hashable", kind)).validate_json(data)
    return found


def mark(kind: Any, value: object) -> str:
    """The SHA-256, in hex, of a record: no other one of its type has it."""
    return sha256(pack(kind, value)).hexdigest()


def told(findings: Iterable[Diagnostic]) -> tuple[Told, ...]:
    """Findings that can be packed."""
    return tuple(
        (one.rule.code, one.severity, one.span, one.message, one.hint, one.related)
        for one in findings
    )


def findings(told: Iterable[Told]) -> Iterator[Diagnostic]:
    """What was `told`, as findings again."""
    for code, severity, span, message, hint, related in told:
        yield Diagnostic(catalogue.RULES[code], severity, span, message, hint, related)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
