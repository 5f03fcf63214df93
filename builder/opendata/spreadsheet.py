"""The tables of a year as a workbook: typed cells, the printed decimals as their format.

How a cell is written stands here, for every workbook of figures. Rows go to scratch files as
they come and are zipped at the end, so that a large year needs little memory. Nothing in a
workbook is a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryDirectory
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from builder.model import Site
from builder.opendata.tables import Cell, Row, TableOf, dictionary

FONT = "等线"
LAST_ROW = 1_048_575  # counted from 0; Excel has no more
EXACT = 15  # significant digits that a spreadsheet's number keeps
LONGEST = 32_767  # UTF-16 units of a cell
CUT = "……（此处过长，全文见网页）"
DICTIONARY = (("表", 8), ("字段", 24), ("类型", 8), ("单位", 8), ("说明", 80))

HEADING = {"bold": True, "bg_color": "#EEEEEE", "bottom": 1, "text_wrap": True, "valign": "top"}
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_format_properties": {"font_name": FONT, "font_size": 11, "font_scheme": "none"},
}


@contextmanager
def streamed(title: str, year: int, site: Site) -> Iterator[tuple[Workbook, io.BytesIO]]:
    """A workbook to fill, and where its bytes are once it is.

    It is dated by the site's 发布日期, else by the last day of its year, so that the same content
    gives the same bytes.
    """
    stream = io.BytesIO()
    created = site.published or date(year, 12, 31)
    with TemporaryDirectory(prefix="jixiao-") as scratch:
        workbook = Workbook(stream, {**OPTIONS, "tmpdir": scratch})
        workbook.set_properties(
            {
                "title": title,
                "author": site.publisher or "",
                "created": datetime.combine(created, datetime.min.time()),
            }
        )
        yield workbook, stream
        workbook.close()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with the rows of its sheet."""

    table: TableOf[Any]
    rows: Iterable[Row]


def to_xlsx(title: str, sheets: Iterable[Sheet], year: int, site: Site) -> bytes:
    """A workbook of these sheets and the data dictionary; `year` dates it where the site has no
    发布日期."""
    with streamed(title, year, site) as (workbook, stream):
        formats = Formats(workbook)
        shown = []
        for one in sheets:
            shown.append(one.table)
            headings = tuple((column.name, column.width) for column in one.table.columns)
            _fill(workbook, formats, one.table.title, headings, one.rows)
        _fill(workbook, formats, "字段说明", DICTIONARY, dictionary(shown))
    return stream.getvalue()


class Formats:
    """The cell formats of one workbook, each made once; all have the `common` properties."""

    def __init__(self, workbook: Workbook, **common: Any) -> None:
        self._workbook = workbook
        self._common = common
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.plain = self.of() if common else None
        """That of texts and empty cells."""

    def of(self, **properties: Any) -> Format:
        """The common properties, and some more."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format({**self._common, **properties})
        return self._made[key]

    def number(self, decimals: int) -> Format:
        """Exactly so many decimals, as printed."""
        return self.of(num_format="0." + "0" * decimals if decimals else "0")

    def day(self) -> Format:
        return self.of(num_format="yyyy-mm-dd")


def _fill(
    workbook: Workbook,
    formats: Formats,
    title: str,
    headings: tuple[tuple[str, int], ...],
    rows: Iterable[Row],
) -> None:
    """Write rows under frozen headings; on a further sheet where one is full."""
    sheet, at, sheets = _sheet(workbook, formats, title, headings), 0, 1
    for row in rows:
        if at == LAST_ROW:
            sheet.autofilter(0, 0, at, len(headings) - 1)
            sheets += 1
            sheet, at = _sheet(workbook, formats, f"{title}{sheets}", headings), 0
        at += 1
        for position, cell in enumerate(row):
            write_cell(sheet, at, position, cell, formats)
    sheet.autofilter(0, 0, at, len(headings) - 1)


def _sheet(
    workbook: Workbook, formats: Formats, title: str, headings: tuple[tuple[str, int], ...]
) -> Worksheet:
    sheet = workbook.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    for position, (heading, width) in enumerate(headings):
        sheet.set_column(position, position, width)
        sheet.write_string(0, position, heading, formats.of(**HEADING))
    return sheet


def write_cell(sheet: Worksheet, row: int, position: int, cell: Cell, formats: Formats) -> None:
    """Write one cell by its type; a text is never run, and never longer than a cell can be."""
    match cell:
        case None:
            sheet.write_blank(row, position, None, formats.plain)
        case Decimal() if len(cell.as_tuple().digits) > EXACT:
            sheet.write_string(row, position, f"{cell:f}", formats.plain)
        case Decimal():
            exponent = cell.as_tuple().exponent
            assert isinstance(exponent, int), "not a number"
            sheet.write_number(row, position, float(cell), formats.number(max(0, -exponent)))
        case date():
            sheet.write_datetime(row, position, cell, formats.day())
        case int():
            sheet.write_number(row, position, cell, formats.number(0))
        case str():
            sheet.write_string(row, position, _cut(cell), formats.plain)


def _cut(text: str) -> str:
    """A text that fits into a cell; what is cut says so."""
    if len(text) * 2 <= LONGEST or len(text.encode("utf-16-le")) <= LONGEST * 2:
        return text
    room = (LONGEST - len(CUT)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT
