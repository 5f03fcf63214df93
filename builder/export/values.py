"""What a report says at a place, as its author typed it."""

from __future__ import annotations

from typing import Any

from builder.model import Report
from builder.records import BLANK, Record
from builder.source import Location


def value_at(report: Report, place: Location) -> Any:
    """The value of a field by the labels that lead to it; None where there is none."""
    found: Any = report
    for part in place:
        match found:
            case Record():
                names = {type(found).label(name): name for name in type(found).model_fields}
                found = found.typed(names[part]) if part in names else None
            case dict():
                found = found.get(part)
            case list() | tuple():
                found = found[part] if isinstance(part, int) and part < len(found) else None
            case _:
                return None
    return found


def text_at(report: Report, place: Location) -> str:
    """A text at a place, "" where there is none or it is blank on purpose."""
    found = value_at(report, place)
    return "" if found in (None, BLANK) else str(found)
