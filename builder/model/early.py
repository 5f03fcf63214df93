"""Fields whose time has not come: in a file of targets nobody can know results.

They are read like any other, so that the checks can tell of them, and belong to no form.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from builder.model.report import Goals, Indicator, Report, Share
from builder.records import Record

RESULTS: Mapping[type[Record], tuple[str, ...]] = {
    Report: ("execution_note", "declared"),
    Goals: ("achieved",),
    Indicator: ("actual", "awarded", "reason"),
    Share: ("actual",),
}
"""What nobody can know while there are targets only."""


def early(record: type[Record], name: str) -> Any:
    """A field whose time has not come: it is read, so that the checks can tell of it, and
    belongs to no form."""
    known = record.model_fields[name]
    kind: Any = known.annotation
    if known.metadata:
        kind = Annotated[kind, *known.metadata]
    default = "" if known.is_required() else None
    return kind, Field(default, alias=known.alias, description=known.description, exclude=True)


def too_early(record: type[Record]) -> dict[str, Any]:
    """What no form of targets has: it is told where it is filled in."""
    return {name: early(record, name) for name in RESULTS[record]}
