"""How wide texts are, about, and in which size the numbers of a form are set."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from builder.pdf.breaks import add_class, has_class
from builder.pdf.grid import placed

# In em: what a column of amounts or targets holds on one line, in small print, one of points.
FIGURE, SMALL_FIGURE, POINTS = 5.4, 6.9, 3.6
RATE = 4.0  # 102.59%, which a column of points holds in print that is only a little smaller
NARROW = ("weight", "score", "part")  # columns that hold no more than points
# At least, in em, a column of the form by its class; a figure may stand over several of them.
WIDE = {
    "level1": 4.8, "level2": 5.8, "name": 5.2, "target": 6.1, "actual": 6.1, "weight": 4.1,
    "score": 4.1, "part": 3.0, "part wide": 4.7, "part broad": 6.1, "free": 6.0,
}  # fmt: skip
# A column of the finer grid in em, and what a cell of several keeps free.
FINE, FINE_WIDTH, PADDING = "fine", 0.87, 0.55
REASON = 9.0  # em: the usual column of reasons
SIZES = ("", "smaller", "small")  # of the print; the smaller one is eight ninths of the usual


def even(table: etree._Element) -> None:
    """Set the numbers of a column in one size: in small print where the longest has no room."""
    names = [column.get("class") for column in table.iterfind("colgroup/col")]
    for body in table.iterchildren("tbody"):
        columns: dict[tuple[int, int], list[etree._Element]] = {}
        for place in placed(body.iterchildren("tr"))[0]:
            if has_class(place.cell, "number"):
                columns.setdefault((place.left, place.right), []).append(place.cell)
        sizes = {
            edges: _size(max(width(cell.text_content().strip()) for cell in cells), *edges, names)
            for edges, cells in columns.items()
        }
        # Many columns of figures in three sizes would look like a mistake.
        common = max(sizes.values(), default=0) if FINE in names else 0
        for edges, cells in columns.items():
            if size := max(sizes[edges], common):
                for cell in cells:
                    add_class(cell, SIZES[size])


def _size(longest: float, left: int, right: int, names: Sequence[str | None]) -> int:
    """Which of the sizes a column needs whose longest text is so many em."""
    if names[left] == FINE:
        room = (right - left) * FINE_WIDTH - PADDING
        smaller = room * 9 / 8
    elif len(names[left:right]) == 1 and names[left] in NARROW:
        room, smaller = POINTS, RATE
    else:
        over = sum(WIDE.get(name or "", 0) for name in names[left:right])
        room = smaller = max(FIGURE, over - PADDING)
    if longest <= room:
        return 0
    return 1 if longest <= smaller else 2


def rooms(row: etree._Element) -> list[float]:
    """What share of a usual column of reasons the cells of a row have: less on the finer grid."""
    columns = next(row.iterancestors("table")).find("colgroup/col")
    if columns is None or columns.get("class") != FINE:
        return [1.0] * len(row)
    wide = (int(cell.get("colspan", 1)) * FINE_WIDTH for cell in row)
    return [min(1.0, one / REASON) for one in wide]


def width(text: str) -> float:
    """About how wide a text is, in em: a Han character is 1, a Latin one half of that."""
    return sum(1 if character > "\u2e7f" else 0.55 for character in text)
