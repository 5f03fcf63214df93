"""Air between rows: laid out close together, they are spread where their page has room.

A form that nearly fills its page stays on it, and a shorter one looks as calm as it can,
without laying anything out twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

# Added to the height of a row at most, in CSS pixels: 0.5 mm above and below its text.
MOST = 96 / 25.4


def spread(pages: Sequence[Any]) -> None:
    """Give what is left free below the tables of each page to their rows, up to `MOST`."""
    for page in pages:
        box = page._page_box  # noqa: SLF001
        tables = list(_tables(box))
        rows = [row for _, table in tables for group in table.children for row in group.children]
        if rows:
            bottom = rows[-1].position_y + rows[-1].height
            free = box.content_box_y() + box.height - bottom
            _widen(tables, min(MOST, max(0, free) / len(rows)))


def _widen(tables: Sequence[tuple[Any, Any]], extra: float) -> None:
    shift = 0.0
    for wrapper, table in tables:
        start = shift
        wrapper.position_y += start
        table.position_y += start
        for group in table.children:
            group.position_y += shift
            group.height += extra * len(group.children)
            for position, row in enumerate(group.children):
                row.translate(0, shift)
                row.height += extra
                for cell in row.children:
                    rows = min(cell.rowspan, len(group.children) - position)
                    _pad(cell, extra, rows)
                shift += extra
        table.height += shift - start
        wrapper.height += shift - start


def _pad(cell: Any, extra: float, rows: int) -> None:
    """Make a cell higher by `extra` for each of its rows; what was in its middle stays there."""
    above = extra / 2 * (rows if cell.vertical_align == "middle" else 1)
    cell.padding_top += above
    cell.padding_bottom += extra * rows - above
    for child in cell.children:
        child.translate(0, above)


def _tables(box: Any) -> Iterator[tuple[Any, Any]]:
    """The tables below a box, in order, each with the box around it."""
    for child in getattr(box, "children", ()):
        if getattr(child, "is_table_wrapper", False):
            yield child, child.get_wrapped_table()
        else:
            yield from _tables(child)
