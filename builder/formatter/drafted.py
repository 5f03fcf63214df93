"""An author's file made of texts that were found elsewhere, with what found no place beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from builder.formatter.layout import Collection, Item, Node
from builder.formatter.nodes import node, scalar
from builder.formatter.writing import written
from builder.source import Location


def drafted(
    values: Mapping[str, Any], comments: Mapping[Location, Sequence[str]], record: type[BaseModel]
) -> str:
    """The canonical text of a file that holds a `record`: labels with texts, mappings and lists.

    `comments` stand above the value at their location, or where there is none above the nearest
    that it would lie in; those of () open the file.
    """
    root = _mapping(values)
    for location, lines in comments.items():
        item = _item_at(root, location)
        above = item.above if item else root.items[0].above
        above += [f"# {' '.join(line.split())}" for line in lines]
    return written(root, record)


def _mapping(values: Mapping[str, Any]) -> Collection:
    found = Collection(is_mapping=True, is_flow=False, column=0)
    for key, value in values.items():
        found.items.append(Item((0, 0), (), scalar(f"{key}"), _part(value, f"{key}")))
    return found


def _part(value: Any, key: str) -> Node:
    if isinstance(value, Mapping):
        return _mapping(value)
    if isinstance(value, list):
        found = Collection(is_mapping=False, is_flow=False, column=0)
        found.items += (Item((0, 0), (), None, _part(entry, key)) for entry in value)
        return found
    return node(value, key)


def _item_at(root: Collection, location: Location) -> Item | None:
    """The member at a location, or the last one on the way there."""
    found: Item | None = None
    inside: Node = root
    for part in location:
        if not isinstance(inside, Collection):
            break
        if isinstance(part, int):
            item = inside.items[part] if part < len(inside.items) else None
        else:
            item = next((i for i in inside.items if i.key and i.key.value == part), None)
        if item is None:
            break
        found, inside = item, item.value
    return found
