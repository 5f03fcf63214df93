"""Where each cell of a form stands on a sheet, and how wide and high everything is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil

from xlsxwriter.utility import xl_rowcol_to_cell

from builder.export.words import paragraphs
from builder.export.workbook.measure import INDENT, height, in_lines
from builder.export.workbook.money import FUNDS
from builder.source import Location
from builder.views import Cell, FormRow, FormView

MM = 72 / 25.4  # points
WIDTH = 178.0  # mm of an A4 page between margins of 16
LOWEST, HIGHEST = 20.0, 400.0  # points of a row; no program lets one be higher than 409
ROOMY = 80.0  # for a text that is still to come


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell and the rows and columns that it takes, from 0; it is so many points wide."""

    cell: Cell
    row: int
    column: int
    rows: int
    columns: int
    width: float
    text: str

    @property
    def name(self) -> str:
        """What formulas call it."""
        name: str = xl_rowcol_to_cell(self.row, self.column)
        return name


@dataclass(frozen=True, slots=True)
class Plan:
    """A sheet: its cells, the widths of its columns in mm, the heights of its rows in points, and
    the rows that are repeated on each page (first and last), if any."""

    spots: tuple[Spot, ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    repeated: tuple[int, int] | None

    def places(self) -> Mapping[Location, Spot]:
        """The cells by their places in the author's file."""
        return {spot.cell.place: spot for spot in self.spots if spot.cell.place}


def plan(
    form: FormView,
    texts: Mapping[Location, str],
    size: float,
    above: int,
    *,
    is_empty: bool,
) -> Plan:
    """The rows of a form, one below the other under `above` rows; `texts` are what cells say
    otherwise than on the page, by place, `size` is that of the letters in points.

    Columns of the form's grid that no cell begins or ends at are one here. A row that is higher
    than rows can be is several. In an empty form texts that are still to come have room.
    """
    rows, heading = _rows(form)
    ends = [0.0, *accumulate(map(float, form.widths))]
    scale = WIDTH / ends[-1]
    placed = []
    for cell, row, left in _placed(rows, len(form.columns)):
        wide = (ends[left + cell.columns] - ends[left]) * scale * MM
        text = in_lines(words_of(cell), wide, size) if cell.scope else plain(cell)
        text = texts.get(cell.place, text)
        placed.append((cell, row, left, text))
    edges = sorted({edge for cell, _, left, _ in placed for edge in (left, left + cell.columns)})
    widths = tuple((ends[b] - ends[a]) * scale for a, b in pairwise(edges))
    column = {edge: number for number, edge in enumerate(edges)}
    needed = [LOWEST] * len(rows)
    for cell, row, left, text in sorted(placed, key=lambda one: one[0].rows):
        wide = (ends[left + cell.columns] - ends[left]) * scale * MM
        least = ROOMY if is_empty and cell.place and "prose" in cell.kind.split() else 0.0
        wide -= INDENT if alignment(cell) == "left" else 0
        missing = max(least, height(text, wide, size)) - sum(needed[row : row + cell.rows])
        if missing > 0:
            for each in range(row, row + cell.rows):
                needed[each] += missing / cell.rows
    counts = [ceil(high / HIGHEST) for high in needed]
    starts = [above, *accumulate(counts, initial=above)][1:]
    spots = tuple(
        Spot(
            cell, starts[row], column[left], starts[row + cell.rows] - starts[row],
            column[left + cell.columns] - column[left],
            (ends[left + cell.columns] - ends[left]) * scale * MM, text,
        )
        for cell, row, left, text in placed
    )  # fmt: skip
    heights = tuple(
        high / count for high, count in zip(needed, counts, strict=True) for _ in range(count)
    )
    repeated = None if heading is None else (starts[heading], starts[heading + 1] - 1)
    return Plan(spots, widths, heights, repeated)


def alignment(cell: Cell) -> str:
    """On which side of a cell its text stands. The points of the execution have a wide column with
    no figure but them, so that they stand in its middle."""
    kinds = cell.kind.split()
    is_alone = "points" in kinds and cell.place[:1] == (FUNDS,)
    if is_alone or "label" in kinds or "figure" in kinds:
        return "center"
    return "right" if "number" in kinds else "left"


def plain(cell: Cell) -> str:
    """What a cell says, without its looks."""
    return "\n".join(paragraph.text for paragraph in paragraphs(cell.text))


def words_of(cell: Cell) -> list[str]:
    """The words of a label, between which it may be broken."""
    return [run.text for paragraph in paragraphs(cell.text) for run in paragraph.runs]


def _rows(form: FormView) -> tuple[list[FormRow], int | None]:
    """All rows of a form, and which of them is the heading of the indicators."""
    rows: list[FormRow] = []
    for section in form.opening:
        rows += [section.heading] if section.heading else []
        rows += section.rows
    heading = None
    if form.indicators:
        heading = len(rows)
        rows.append(form.heading)
        rows += [row for group in form.groups() for row in group]
    for section in form.closing:
        rows += [section.heading] if section.heading else []
        rows += section.rows
    return rows, heading


def _placed(rows: Sequence[FormRow], columns: int) -> Iterator[tuple[Cell, int, int]]:
    """Every cell with its row and the column of the grid where it begins."""
    taken = [0] * columns  # for how many rows a cell from above still fills a column
    for number, row in enumerate(rows):
        left = 0
        for cell in row.cells:
            while taken[left]:
                left += 1
            yield cell, number, left
            taken[left : left + cell.columns] = [cell.rows] * cell.columns
            left += cell.columns
        taken = [max(0, rows - 1) for rows in taken]
