"""How wide texts are, about, and in which size the numbers of a form are set."""

from __future__ import annotations

from lxml import etree

from builder.pdf.breaks import add_class, has_class
from builder.pdf.grid import placed

# In em: what a column of amounts or targets holds on one line, in small print, one of points.
FIGURE, SMALL_FIGURE, POINTS = 5.4, 6.9, 3.6
RATE = 4.0  # 102.59%, which a column of points holds in print that is only a little smaller
NARROW = ("weight", "score", "part")  # columns that hold no more than points


def even(table: etree._Element) -> None:
    """Set the numbers of a column in one size: in small print where the longest has no room."""
    names = [column.get("class") for column in table.iterfind("colgroup/col")]
    for body in table.iterchildren("tbody"):
        columns: dict[tuple[int, int], list[etree._Element]] = {}
        for place in placed(body.iterchildren("tr"))[0]:
            if has_class(place.cell, "number"):
                columns.setdefault((place.left, place.right), []).append(place.cell)
        for (left, right), cells in columns.items():
            is_narrow = len(names[left:right]) == 1 and _is_narrow(names[left])
            longest = max(width(cell.text_content().strip()) for cell in cells)
            if longest > (POINTS if is_narrow else FIGURE):
                size = "smaller" if is_narrow and longest <= RATE else "small"
                for cell in cells:
                    add_class(cell, size)


def _is_narrow(column: str) -> bool:
    """Whether a column is one of points, or a third and less of that of names."""
    return column in NARROW or " of-" in column


def width(text: str) -> float:
    """About how wide a text is, in em: a Han character is 1, a Latin one half of that."""
    return sum(1 if character > "\u2e7f" else 0.55 for character in text)
