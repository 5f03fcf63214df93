"""Whose border wins where cells meet: in a form all are the same, so that none has to."""

from __future__ import annotations

from typing import Any

from weasyprint.draw.color import get_color
from weasyprint.layout import table

_SIDES = ("top", "right", "bottom", "left")
BORDERS = tuple(f"border_{side}_width" for side in _SIDES)
# What WeasyPrint compares borders by: hidden or not, width, kind of line.
_SOLID, _NONE, _HIDDEN = 7, 0, 9

_collapse = table.collapse_table_borders


def collapse_table_borders(box: Any, width: int, height: int) -> Any:
    """Where all cells have the same solid border and nothing else has one, none wins."""
    border = _one_border(box) if width and height else None
    if border is None:
        return _collapse(box, width, height)
    inside = ((1, 0, _HIDDEN), ("hidden", 0, table.TRANSPARENT))
    outside = ((0, 0, _NONE), ("none", 0, table.TRANSPARENT))
    vertical = [[outside] * (width + 1) for _ in range(height)]
    horizontal = [[outside] * width for _ in range(height + 1)]
    half = border[1][1] / 2
    y = 0
    for group in box.children:
        _set_borders(group, 0)
        for row in group.children:
            _set_borders(row, 0)
            for cell in row.children:
                _set_borders(cell, half)
                x, columns, rows = cell.grid_x, cell.colspan, cell.rowspan
                for line in vertical[y : y + rows]:
                    line[x] = line[x + columns] = border
                    line[x + 1 : x + columns] = [inside] * (columns - 1)
                horizontal[y][x : x + columns] = [border] * columns
                horizontal[y + rows][x : x + columns] = [border] * columns
                for line in horizontal[y + 1 : y + rows]:
                    line[x : x + columns] = [inside] * columns
            y += 1
    for group in box.column_groups:
        for each in (group, *group.children):
            _set_borders(each, 0)
    box.border_top_width = max(w for _, (_, w, _) in horizontal[0]) / 2
    box.border_bottom_width = max(w for _, (_, w, _) in horizontal[-1]) / 2
    box.border_left_width = vertical[0][0][1][1] / 2
    box.border_right_width = vertical[0][-1][1][1] / 2
    return vertical, horizontal


def _one_border(box: Any) -> Any:
    """The border that all cells of a table have on all sides, or None."""
    rows = [row for group in box.children for row in group.children]
    columns = [column for group in box.column_groups for column in group.children]
    others = [box, *box.children, *rows, *box.column_groups, *columns]
    if box.style["direction"] != "ltr" or any(
        style[f"border_{side}_style"] != "none" for style in _styles(others) for side in _SIDES
    ):
        return None
    found = {
        (
            style[f"border_{side}_style"],
            style[f"border_{side}_width"],
            get_color(style, f"border_{side}_color"),
        )
        for style in _styles(cell for row in rows for cell in row.children)
        for side in _SIDES
    }
    kind, width, color = found.pop() if len(found) == 1 else ("none", 0, None)
    return ((0, width, _SOLID), (kind, width, color)) if kind == "solid" and width else None


def _styles(found: Any) -> Any:
    return {id(box.style): box.style for box in found}.values()


def _set_borders(box: Any, width: float) -> None:
    for name in BORDERS:
        setattr(box, name, width)
