"""Which heading cells belong to a data cell of a table with merged cells.

Works on the rows of HTML `tr` elements, wherever pages divide them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """A cell on the grid: rows from `top` to before `bottom`, columns likewise."""

    cell: Any
    top: int
    bottom: int
    left: int
    right: int

    @property
    def is_column_heading(self) -> bool:
        return self.cell.tag == "th" and self.cell.get("scope") in ("col", "colgroup")

    @property
    def is_row_heading(self) -> bool:
        return self.cell.tag == "th" and not self.is_column_heading

    @property
    def is_about_heading(self) -> bool:
        """Whether it says something of the heading to its left, as the points of a level do."""
        return self.cell.tag == "td" and "label" in self.cell.get("class", "").split()


def headings(rows: Iterable[Any]) -> Mapping[Any, tuple[Any, ...]]:
    """For every `td` the `th` cells that say what it is: those of its row, then of its column.

    Headings of a row are those directly left of the cell, or left of the data cells that share
    them; what is said of a heading stands between them and parts nothing. The heading of a
    column is the nearest one above that is as wide as the cell.
    """
    places, grid = placed(rows)
    found = {}
    for place in places:
        if place.cell.tag == "td":
            of_row = _row_headings(place, grid)
            of_column = _column_heading(place, grid)
            found[place.cell] = tuple(heading.cell for heading in (*of_row, *of_column))
    return found


def placed(rows: Iterable[Any]) -> tuple[list[Place], dict[tuple[int, int], Place]]:
    """The cells of some rows in their order, and by row and column."""
    places: list[Place] = []
    grid: dict[tuple[int, int], Place] = {}
    for top, row in enumerate(rows):
        column = 0
        for cell in row.iterchildren("th", "td"):
            while (top, column) in grid:
                column += 1
            width, height = int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))
            place = Place(cell, top, top + height, column, column + width)
            places.append(place)
            for y in range(place.top, place.bottom):
                for x in range(place.left, place.right):
                    grid[y, x] = place
    return places, grid


def _row_headings(place: Place, grid: Mapping[tuple[int, int], Place]) -> list[Place]:
    found: list[Place] = []
    x = place.left - 1
    while x >= 0:
        left = grid.get((place.top, x))
        if left and left.is_row_heading and left.bottom >= place.bottom:
            found.insert(0, left)
        elif found and not (left and left.is_about_heading):
            break
        x = (left.left if left else x) - 1
    return found


def _column_heading(place: Place, grid: Mapping[tuple[int, int], Place]) -> list[Place]:
    y = place.top - 1
    while y >= 0:
        above = grid.get((y, place.left))
        if above and above.is_column_heading:
            covers = above.left <= place.left and place.right <= above.right
            return [above] if covers else []
        y -= 1
    return []
