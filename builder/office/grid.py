"""Cells that know their place on a grid, made into a table: the one way to the contract."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from builder.office import limits
from builder.office.failing import excessive
from builder.office.paper import Cell, Row, Table


class Room:
    """How many places of all tables of a file may still be read."""

    def __init__(self) -> None:
        self._left = limits.PLACES

    def has(self, places: int) -> bool:
        """Whether so many places would still be read."""
        return places <= self._left

    def take(self, places: int) -> None:
        """Read so many places; raises `Unreadable` where that is too much."""
        if not self.has(places):
            raise excessive(f"表格合计超过 {limits.PLACES} 格")
        self._left -= places


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell on a grid, row and column from 0; reaching over `rows` and `columns` of it."""

    row: int
    column: int
    text: str
    place: str
    rows: int = 1
    columns: int = 1
    exact: str = ""


def table(
    name: str,
    cells: Iterable[Placed],
    room: Room,
    number: Callable[[int], int] = lambda row: row + 1,
    fill: Callable[[int, int], str] | None = None,
    *,
    is_aligned: bool = True,
) -> Table | None:
    """A table of the cells, without rows that are empty and without empty columns at its sides.

    `number` is what a reader calls a row. `fill` gives the place of an empty cell where `cells`
    has nothing; without it there is no cell. Merged cells end where the table does. None where
    no cell has a text. Raises `Unreadable` where there is no room for it.
    """
    known = list(cells)
    shown = [cell for cell in known if cell.text]
    if not shown:
        return None
    left = min(cell.column for cell in shown)
    right = max(cell.column for cell in shown) + 1
    order = sorted({cell.row for cell in shown})
    room.take(len(order) * (right - left))
    rows = _laid(known, order, left, right)
    if fill:
        for row, laid in zip(order, rows, strict=True):
            for column, cell in enumerate(laid):
                if cell is None:
                    laid[column] = Cell("", fill(row, column + left), column)
    made = [
        Row(tuple(cell for cell in laid if isinstance(cell, Cell)), number(row))
        for row, laid in zip(order, rows, strict=True)
    ]
    return Table(name, tuple(made), is_aligned)


def _laid(
    cells: list[Placed], order: list[int], left: int, right: int
) -> list[list[Cell | bool | None]]:
    """The places of the rows `order` between two columns.

    Where a cell begins stands the cell, what it reaches into is True, and None is free.
    """
    kept = {row: index for index, row in enumerate(order)}
    rows: list[list[Cell | bool | None]] = [[None] * (right - left) for _ in order]
    # A cell with a text is never hidden by an empty one that reaches over it.
    for cell in sorted(cells, key=lambda cell: (not cell.text, cell.row, cell.column)):
        inside = _inside(kept, order, cell)
        start, stop = max(cell.column, left) - left, min(cell.column + cell.columns, right) - left
        if not inside:
            continue
        free = next((i for i in range(start, stop) if rows[inside[0]][i] is not None), stop)
        columns = free - start
        if columns < 1:
            continue
        reach = 0
        for row in inside:
            if any(place is not None for place in rows[row][start:free]):
                break
            rows[row][start:free] = [True] * columns
            reach += 1
        rows[inside[0]][start] = Cell(cell.text, cell.place, start, columns, reach, cell.exact)
    return rows


def _inside(kept: dict[int, int], order: list[int], cell: Placed) -> list[int]:
    """Which of the rows that are kept a cell reaches, by their new numbers."""
    if cell.rows == 1:
        return [kept[cell.row]] if cell.row in kept else []
    if cell.rows > len(order):
        return [kept[row] for row in order if cell.row <= row < cell.row + cell.rows]
    return [kept[row] for row in range(cell.row, cell.row + cell.rows) if row in kept]
