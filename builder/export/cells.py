"""Cells of workbooks that are made for the eye: typed, the printed decimals as their format.

Rows go to scratch files as they come and are zipped at the end. A text is never run as a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryDirectory
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from builder.model import Site
from builder.opendata import EXACT, Cell, cut, dated

FONT = "等线"
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

    It is dated as those of the data are.
    """
    stream = io.BytesIO()
    with TemporaryDirectory(prefix="jixiao-") as scratch:
        workbook = Workbook(stream, {**OPTIONS, "tmpdir": scratch})
        workbook.set_properties(
            {
                "title": title,
                "author": site.publisher or "",
                "created": datetime.combine(dated(year, site), datetime.min.time()),
            }
        )
        yield workbook, stream
        workbook.close()


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
            sheet.write_string(row, position, cut(cell), formats.plain)
