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
    kept = {row: index for index, row in enumerate(sorted({cell.row for cell in shown}))}
    left = min(cell.column for cell in shown)
    right = max(cell.column for cell in shown) + 1
    room.take(len(kept) * (right - left))
    rows: list[dict[int, Cell]] = [{} for _ in kept]
    free = [[True] * (right - left) for _ in kept]
    order = list(kept)
    # A cell with a text is never hidden by an empty one that reaches over it.
    for cell in sorted(known, key=lambda cell: (not cell.text, cell.row, cell.column)):
        inside = _inside(kept, order, cell)
        start, stop = max(cell.column, left), min(cell.column + cell.columns, right)
        if not inside or start >= stop:
            continue
        top = inside[0]
        columns = _free_run(free[top], start - left, stop - left)
        if not columns:
            continue
        reach = 0
        for row in inside:
            if not all(free[row][start - left : start - left + columns]):
                break
            free[row][start - left : start - left + columns] = [False] * columns
            reach += 1
        rows[top][start - left] = Cell(
            cell.text, cell.place, start - left, columns, reach, cell.exact
        )
    if fill:
        for index, row in enumerate(order):
            for column, is_free in enumerate(free[index]):
                if is_free:
                    rows[index][column] = Cell("", fill(row, column + left), column)
    return Table(
        name,
        tuple(
            Row(tuple(rows[index][column] for column in sorted(rows[index])), number(row))
            for index, row in enumerate(order)
        ),
        is_aligned,
    )


def _inside(kept: dict[int, int], order: list[int], cell: Placed) -> list[int]:
    """Which of the rows that are kept a cell reaches, by their new numbers."""
    if cell.rows == 1:
        return [kept[cell.row]] if cell.row in kept else []
    if cell.rows > len(order):
        return [kept[row] for row in order if cell.row <= row < cell.row + cell.rows]
    return [kept[row] for row in range(cell.row, cell.row + cell.rows) if row in kept]


def _free_run(free: list[bool], start: int, stop: int) -> int:
    """How many places from `start` on are free, at most up to `stop`."""
    at = start
    while at < stop and free[at]:
        at += 1
    return at - start
