"""Lists as a workbook that can be printed and handed in: A4 across, a heading on each page."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from builder.export.cells import Formats, streamed, write_cell
from builder.export.columns import Column, Table
from builder.export.lists import List
from builder.model import Site
from builder.opendata import Cell
from builder.scoring import WHOLE
from builder.text import to_plain, width

A4 = 9  # as spreadsheets count paper
FONT, SIZE = "宋体", 10
LARGE = {
    "font_name": "黑体", "font_size": 16, "bold": True, "align": "center", "valign": "vcenter",
}  # fmt: skip
TITLE, UNIT_LINE, HEADING = 0, 1, 2
# Heights in points: of a line, of what is left around lines, and the most that a row can have.
LINE, AIR, TALLEST = 13.5, 5, 409
NARROW = 10  # a column whose texts stand in the middle
_LINES = {"border": 1, "valign": "vcenter", "text_wrap": True}


def to_sheets(
    table: Table, lists: Sequence[List], year: int, site: Site, banner: str = ""
) -> bytes:
    """A sheet for each list; `banner` is what its readers must know of it before all."""
    publisher = f"填报单位：{to_plain(site.publisher)}" if site.publisher else ""
    above = "　　".join(filter(None, (banner, publisher, f"单位：{table.units}")))
    with streamed(f"{year}年度{table.title}", year, site) as (workbook, stream):
        shapes = _Shapes(workbook)
        for one in lists:
            part = f"（{WHOLE}）" if one.name == WHOLE else ""
            sheet = _page(workbook, one)
            _above(sheet, one, shapes, f"{year}年度{table.title}{part}", above)
            _rows(sheet, one, shapes)
    return stream.getvalue()


def overfull(one: List) -> int:
    """How many rows would be taller than a spreadsheet can print."""
    return sum(_height(cells, one.columns) > TALLEST for cells in one.rows)


class _Shapes:
    """How cells look: in a row or in the total, as they are or in the middle."""

    def __init__(self, workbook: Workbook) -> None:
        def shapes(**more: Any) -> Formats:
            return Formats(workbook, font_name=FONT, font_size=SIZE, **more)

        self.plain = shapes()
        self._lined = {
            (is_bold, is_central): shapes(
                **_LINES, **({"bold": True} if is_bold else {}),
                **({"align": "center"} if is_central else {}),
            )
            for is_bold in (False, True)
            for is_central in (False, True)
        }  # fmt: skip

    def of(self, *, bold: bool, central: bool) -> Formats:
        """Those of a cell with lines around it."""
        return self._lined[bold, central]


def _page(workbook: Workbook, one: List) -> Worksheet:
    """A sheet as it is printed: across, as wide as the paper, with page numbers."""
    sheet = workbook.add_worksheet(one.name)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADING)
    sheet.freeze_panes(HEADING + 1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    for at, column in enumerate(one.columns):
        sheet.set_column(at, at, column.width)
    return sheet


def _above(sheet: Worksheet, one: List, shapes: _Shapes, title: str, told: str) -> None:
    """Title, unit and headings."""
    last = len(one.columns) - 1
    sheet.set_row(TITLE, 30)
    _across(sheet, TITLE, last, title, shapes.plain.of(**LARGE))
    _across(sheet, UNIT_LINE, last, told, shapes.plain.of(align="right"))
    sheet.set_row(HEADING, 2 * LINE + AIR)
    for at, column in enumerate(one.columns):
        heading = column.heading or column.name
        write_cell(sheet, HEADING, at, heading, shapes.of(bold=True, central=True))


def _rows(sheet: Worksheet, one: List, shapes: _Shapes) -> None:
    """The rows, what they come to, and the remarks below."""
    rows = [*one.rows, *([one.total] if one.total else [])]
    for number, cells in enumerate(rows):
        row, is_total = HEADING + 1 + number, number == len(one.rows)
        sheet.set_row(row, min(_height(cells, one.columns), TALLEST))
        for at, (cell, column) in enumerate(zip(cells, one.columns, strict=True)):
            is_short = column.width < NARROW and not isinstance(cell, Decimal)
            write_cell(sheet, row, at, cell, shapes.of(bold=is_total, central=is_short))
    for row, note in enumerate(one.notes, start=HEADING + 1 + len(rows)):
        _across(sheet, row, len(one.columns) - 1, f"注：{note}", shapes.plain.of())


def _height(cells: Sequence[Cell], columns: Sequence[Column]) -> float:
    """How tall a row is, in points: not every program finds that out when it opens a file."""
    lines = (
        sum(max(1, ceil(width(line) / (column.width - 1))) for line in cell.split("\n"))
        for cell, column in zip(cells, columns, strict=True)
        if isinstance(cell, str)
    )
    return max(lines, default=1) * LINE + AIR


def _across(sheet: Worksheet, row: int, last: int, text: str, shape: Format) -> None:
    """A text over all columns."""
    if last:
        sheet.merge_range(row, 0, row, last, "", shape)
    sheet.write_string(row, 0, text, shape)
