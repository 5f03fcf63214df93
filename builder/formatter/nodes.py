"""Values as the parts of a YAML file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from builder.formatter.layout import Collection, Item, Node, Scalar
from builder.formatter.writing import UNPRINTABLE
from builder.model import Evidence, Report
from builder.records import Record
from builder.text import joined

_LITERAL = frozenset({Report.label("code"), Report.label("profile"), Evidence.label("file")})
_NOTHING: tuple[object, ...] = (None, (), {})
_SPECIAL = re.compile(rf'["\\]|{UNPRINTABLE.pattern}')


def members(record: Record, names: Iterable[str]) -> Iterator[tuple[str, object]]:
    """Fields of a record by their labels, as their author writes them; what is left to the
    default of its field is not written."""
    known = (name for name in names if name in record.model_fields_set)
    return ((record.label(name), record.typed(name)) for name in known)


def mapping(pairs: Iterable[tuple[str, object]]) -> Collection:
    """Keys and values, without those that hold nothing."""
    found = Collection(is_mapping=True, is_flow=False, column=0)
    for key, value in pairs:
        if value not in _NOTHING:
            found.items.append(Item((0, 0), (), scalar(key), node(value, key)))
    return found


def node(value: object, key: str) -> Node:
    """A value under a key, as it is written there."""
    match value:
        case Record():
            return mapping(members(value, type(value).model_fields))
        case dict():
            return mapping(value.items())
        case tuple():
            entries = Collection(is_mapping=False, is_flow=False, column=0)
            entries.items += (Item((0, 0), (), None, node(entry, key)) for entry in value)
            return entries
        case bool():
            return scalar("是" if value else "否")
        case Decimal():
            return scalar(f"{value:f}")
        case str() if key not in _LITERAL and joined(value) != value:
            # A text about tags and entities: read again, they would be taken for stray markup.
            return scalar(value.replace("&", "&amp;").replace("<", "&lt;"))
    return scalar(f"{value}")


def scalar(text: str) -> Scalar:
    """A text that is quoted only where it must be, over several lines where it has them."""
    if UNPRINTABLE.search(text.replace("\n", "")):
        escaped = _SPECIAL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
        return Scalar(text, '"', [f'"{escaped}"'])
    return Scalar(text, "|", text.split("\n")) if "\n" in text else Scalar(text, "'", [text])
