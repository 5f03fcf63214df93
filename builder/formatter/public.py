"""YAML text written by us: the canonical form in which a report is published.

What leaves the source is written anew from the record, never copied: comments, internal
notes and internal evidence cannot come along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from builder.formatter.layout import Collection, Item, Node, Scalar
from builder.formatter.writing import UNPRINTABLE, written
from builder.model import Evidence, Report
from builder.records import Record
from builder.text import joined

_PUBLIC = (
    "year", "name", "code", "department", "unit", "profile", "funds", "execution_note", "goals",
    "groups", "evidence", "published",
)  # fmt: skip
_LITERAL = frozenset({Report.label("code"), Report.label("profile"), Evidence.label("file")})
_NOTHING: tuple[object, ...] = (None, (), {})
_SPECIAL = re.compile(rf'["\\]|{UNPRINTABLE.pattern}')


def published(report: Report) -> str:
    """The public part of a report as YAML: labels as keys in the form's order, exact digits.

    Left out: 内部备注, 公开, 核对 and internal 佐证材料.
    """
    public = report.model_copy(
        update={"evidence": tuple(item for item in report.evidence if not item.internal)}
    )
    own = (name for name in type(report).model_fields if name not in Report.model_fields)
    return written(_mapping(_members(public, (*_PUBLIC, *own))), type(report))


def _members(record: Record, names: Iterable[str]) -> Iterator[tuple[str, object]]:
    return ((record.label(name), record.typed(name)) for name in names)


def _mapping(members: Iterable[tuple[str, object]]) -> Collection:
    found = Collection(is_mapping=True, is_flow=False, column=0)
    for key, value in members:
        if value not in _NOTHING:
            found.items.append(Item((0, 0), (), _scalar(key), _node(value, key)))
    return found


def _node(value: object, key: str) -> Node:
    match value:
        case Record():
            return _mapping(_members(value, type(value).model_fields))
        case dict():
            return _mapping(value.items())
        case tuple():
            entries = Collection(is_mapping=False, is_flow=False, column=0)
            entries.items += (Item((0, 0), (), None, _node(entry, key)) for entry in value)
            return entries
        case bool():
            return _scalar("是" if value else "否")
        case Decimal():
            return _scalar(f"{value:f}")
        case str() if key not in _LITERAL and joined(value) != value:
            # A text about tags and entities: read again, they would be taken for stray markup.
            return _scalar(value.replace("&", "&amp;").replace("<", "&lt;"))
    return _scalar(f"{value}")


def _scalar(text: str) -> Scalar:
    """A text that is quoted only where it must be, over several lines where it has them."""
    if UNPRINTABLE.search(text.replace("\n", "")):
        escaped = _SPECIAL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
        return Scalar(text, '"', [f'"{escaped}"'])
    return Scalar(text, "|", text.split("\n")) if "\n" in text else Scalar(text, "'", [text])
