"""Lists as a workbook that can be printed and handed in: A4 across, a heading on each page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from builder.export.lists import List
from builder.model import Site
from builder.opendata import OPTIONS, Formats, write_cell
from builder.scoring import WHOLE
from builder.text import to_plain

A4 = 9  # as spreadsheets count paper
FONT, SIZE = "宋体", 10
LARGE = {"font_name": "黑体", "font_size": 16}
TITLE, UNIT_LINE, HEADING = 0, 1, 2
UNITS = "单位：万元、%、分"
_LINES = {"border": 1, "valign": "vcenter", "text_wrap": True}


def to_xlsx(lists: Sequence[List], title: str, year: int, site: Site, banner: str = "") -> bytes:
    """A sheet for each list; `banner` is what its readers must know of it before all.

    The workbook is dated by the site's 发布日期, else by the last day of its year, so that the
    same content gives the same bytes.
    """
    stream = io.BytesIO()
    created = site.published or date(year, 12, 31)
    publisher = f"填报单位：{to_plain(site.publisher)}" if site.publisher else ""
    above = "　　".join(filter(None, (banner, publisher, UNITS)))
    with TemporaryDirectory(prefix="jixiao-") as scratch:
        workbook = Workbook(stream, {**OPTIONS, "tmpdir": scratch})
        workbook.set_properties(
            {
                "title": f"{year}年度{title}",
                "author": site.publisher or "",
                "created": datetime.combine(created, datetime.min.time()),
            }
        )
        plain = Formats(workbook, font_name=FONT, font_size=SIZE)
        lined = Formats(workbook, font_name=FONT, font_size=SIZE, **_LINES)
        bold = Formats(workbook, font_name=FONT, font_size=SIZE, bold=True, **_LINES)
        for one in lists:
            sheet = _page(workbook, one)
            last = len(one.columns) - 1
            sheet.set_row(TITLE, 30)
            part = "（部门整体）" if one.name == WHOLE else ""
            shape = plain.of(bold=True, align="center", valign="vcenter", **LARGE)
            _across(sheet, TITLE, last, f"{year}年度{title}{part}", shape)
            _across(sheet, UNIT_LINE, last, above, plain.of(align="right"))
            for at, column in enumerate(one.columns):
                heading = column.heading or column.name
                sheet.write_string(HEADING, at, heading, bold.of(align="center"))
            rows = [(cells, lined) for cells in one.rows]
            rows += [(one.total, bold)] if one.total else []
            for row, (cells, formats) in enumerate(rows, start=HEADING + 1):
                for at, cell in enumerate(cells):
                    write_cell(sheet, row, at, cell, formats)
            for row, note in enumerate(one.notes, start=HEADING + 1 + len(rows)):
                _across(sheet, row, last, f"注：{note}", plain.of())
        workbook.close()
    return stream.getvalue()


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


def _across(sheet: Worksheet, row: int, last: int, text: str, shape: Format) -> None:
    """A text over all columns."""
    if last:
        sheet.merge_range(row, 0, row, last, "", shape)
    sheet.write_string(row, 0, text, shape)
