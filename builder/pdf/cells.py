"""Cells that a document shows twice are laid out once.

A form whose merged cells cross a page is laid out again to divide them (`breaks`). Nearly all
of its cells are what they were before, and many stand in it several times anyway. A cell that
holds nothing but text is laid out in the corner of a page, and its lines are put where they
are wanted. Like the `shortcuts` this is proved before it is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import partial
from math import inf
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block

from builder.pdf import places
from builder.pdf.shortcuts import LENGTHS

_KINDS = frozenset({boxes.TableCellBox, boxes.LineBox, boxes.InlineBox, boxes.TextBox})
# What a box of these kinds may have beside its style, and its layout looks at.
_TRAITS = (
    "text", "justification_spacing", "leading_collapsible_space", "trailing_collapsible_space",
    "is_leader", "first_letter_style", "first_line_style",
)  # fmt: skip

_lay_out = block.block_container_layout


class _Box:
    """What became of a box in the corner of the page: of a cell, a line or a part of one."""

    def __init__(self, box: Any, sources: Sequence[Any], before: Sequence[dict[str, Any]]) -> None:
        """`sources` are the boxes of the cell that was laid out, `before` is what they were."""
        self._now = dict(box.__dict__)
        self._source = self._now["_number"]
        self._was = before[self._source], dict(sources[self._source].__dict__)
        self._children = [_Box(child, sources, before) for child in box.children]
        self._changes: dict[str, Any] | None = None

    def at(self, x: float, y: float, sources: Sequence[Any]) -> Any:
        """The same of the boxes of another cell, for which (x, y) is the corner of the page."""
        if self._changes is None:
            before, after = self._was
            self._changes = {
                name: value
                for name, value in self._now.items()
                if before.get(name, before) is not value or after.get(name, after) is not value
            }
        box = sources[self._source].copy()
        used = box.__dict__
        used.update(self._changes)
        used["remove_decoration_sides"] = set(self._now["remove_decoration_sides"])
        used["position_x"] = self._now["position_x"] + x
        used["position_y"] = self._now["position_y"] + y
        used["children"] = [child.at(x, y, sources) for child in self._children]
        return box


def lay_out(
    known: dict[Any, _Box],
    context: Any,
    box: Any,
    bottom: float,
    skip: Any,
    *rest: Any,
    **more: Any,
) -> Any:
    """Lay a box out; takes the place of WeasyPrint's `block_container_layout`."""
    sources: list[Any] = []
    key = _key(box, sources) if skip is None and type(box) is boxes.TableCellBox else None
    if key is None:
        return _lay_out(context, box, bottom, skip, *rest, **more)
    x, y = box.position_x, box.position_y
    if key not in known:
        before = [dict(source.__dict__) for source in sources]
        for number, source in enumerate(sources):
            source.__dict__["_number"] = number
        box.position_x = box.position_y = 0
        cell = _lay_out(context, box, -inf, skip, *rest, **more)[0]
        known[key] = _Box(cell, sources, before)
        cell.translate(x, y)
    else:
        cell = known[key].at(x, y, sources)
    if context.overflows_page(bottom, y + cell.border_height()):
        box.position_x, box.position_y = x, y
        return _lay_out(context, box, bottom, skip, *rest, **more)
    return cell, None, {"break": "any", "page": cell.page_values()[1]}, [], False, None


def _key(cell: Any, sources: list[Any]) -> Any:
    """What the layout of a cell depends on, or None if that is more than text.

    The boxes of the cell are added to `sources`.
    """
    found = [*map(cell.__dict__.get, LENGTHS)]
    pending = [cell]
    while pending:
        box = pending.pop()
        if type(box) not in _KINDS or not box.is_in_normal_flow() or box.remove_decoration_sides:
            return None
        found += id(box.style), len(box.children), *map(box.__dict__.get, _TRAITS)
        sources.append(box)
        pending += box.children
    return tuple(found)


def taken() -> AbstractContextManager[None]:
    """Know the cells of a document while the context lasts."""
    return places.taken([(block, "block_container_layout", partial(lay_out, {}))])
