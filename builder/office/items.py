"""What a browser puts in front of an item of a list."""

from __future__ import annotations

from lxml import etree

from builder.office.package import whole


def mark(item: etree._Element) -> str:
    """`1. ` or `- `; "" for the only item of a list that is not counted."""
    listed = item.getparent()
    items = [one for one in listed if one.tag == "li"] if listed is not None else []
    if listed is None or listed.tag != "ol":
        return "- " if len(items) > 1 else ""
    return f"{whole(listed.get('start'), 1) + items.index(item)}. "
