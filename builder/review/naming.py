"""What a place in a file is called: by labels and names, which stay when lines and positions go."""

from __future__ import annotations

from builder.model import Evidence, Indicator
from builder.source import Location, Value
from builder.text import joined

Place = tuple[str, ...]
"""Where something stands, by the labels on the way to it."""

_NAMES = (Indicator.label("name"), Evidence.label("file"), Evidence.label("name"))


def named(location: Location, value: Value) -> Place:
    """A location with the names of list members in place of their positions."""
    named = []
    for part in location:
        item: Value = None
        if isinstance(value, dict) and isinstance(part, str):
            item = value.get(part)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            item = value[part]
        name = part
        if isinstance(part, int) and isinstance(item, dict):
            names = (item.get(label) for label in _NAMES)
            name = next((joined(text) for text in names if isinstance(text, str)), part)
        named.append(str(name))
        value = item
    return tuple(named)
