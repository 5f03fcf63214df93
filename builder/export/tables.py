"""The form as tables of an office program: which cell begins where, and how wide columns are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from builder.views import Cell, FormRow, FormView, Section

PAGE = 167.0  # mm of text on an upright A4 page: margins of 25 and 18


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell on the grid of its table, counted from 0."""

    cell: Cell
    row: int
    column: int

    @property
    def end(self) -> int:
        """The column behind it."""
        return self.column + self.cell.columns


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that are one table, each with the kind of its section; the first is repeated on every
    page where there is a `heading`."""

    rows: tuple[FormRow, ...]
    kinds: tuple[str, ...]
    has_heading: bool


def parts(view: FormView) -> tuple[Part, ...]:
    """The tables that a form is made of where only the first row of a table can be repeated, as
    on paper: what stands above the indicators, they with the closing rows, and what has a heading
    of its own."""
    opening, closing = view.sheets(view.opening), view.sheets(view.closing)
    found = [_part(sheet.heading, sheet.sections) for sheet in opening]
    own = Section("indicators", tuple(chain.from_iterable(view.groups())))
    is_behind = bool(closing) and closing[0].heading is None
    found.append(_part(view.heading, (own, *(closing[0].sections if is_behind else ()))))
    found += (_part(sheet.heading, sheet.sections) for sheet in closing[is_behind:])
    return tuple(part for part in found if part.rows)


def _part(heading: FormRow | None, sections: Sequence[Section]) -> Part:
    rows = [(heading, "heading")] if heading else []
    rows += ((row, section.kind) for section in sections for row in section.rows)
    return Part(tuple(row for row, _ in rows), tuple(kind for _, kind in rows), heading is not None)


def widths(view: FormView) -> tuple[float, ...]:
    """How wide the columns of the form's grid are, in mm; together a page."""
    found = [float(width) for width in view.widths]
    return tuple(width * PAGE / sum(found) for width in found)


def placed(rows: Sequence[FormRow]) -> Iterator[Placed]:
    """Every cell with its place: a row leaves out the columns that cells above reach into."""
    taken: dict[int, int] = {}  # column: first row in which it is free again
    for number, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while taken.get(column, 0) > number:
                column += 1
            yield Placed(cell, number, column)
            for at in range(column, column + cell.columns):
                taken[at] = number + cell.rows
            column += cell.columns


def simplified(cells: Sequence[Placed], wide: Sequence[float]) -> tuple[list[Placed], list[float]]:
    """The same cells on a grid that has no column edge where no cell ends: who draws a column
    wider by hand meets what is seen."""
    edges = sorted({edge for one in cells for edge in (one.column, one.end)})
    at = {edge: position for position, edge in enumerate(edges)}
    found = [
        Placed(replace(one.cell, columns=at[one.end] - at[one.column]), one.row, at[one.column])
        for one in cells
    ]
    return found, [sum(wide[left:right]) for left, right in pairwise(edges)]
