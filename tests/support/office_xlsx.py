"""A transcription as a workbook: what is typed into Excel becomes what Excel makes of it."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal
from math import ceil

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.office_forms import Box, Form, Sheet, Spot, boxes, packed

NUMBER = re.compile(r"(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,14})(\.\d+)?(%?)$")
STAMP = "2024-03-01T09:30:00Z"
THIN = Side(style="thin")
BORDER = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def written(form: Form) -> bytes:
    """The bytes of the workbook; its last sheet is the one it was saved on."""
    book = Workbook()
    book.remove(book.active)
    cached: dict[str, list[tuple[str, str]]] = {}
    for number, sheet in enumerate(form.sheets, 1):
        page = book.create_sheet(sheet.name)
        page.page_setup.orientation = "landscape"
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        values = fill(page, sheet)
        if sheet.is_hidden:
            page.sheet_state = "hidden"
        cached[f"xl/worksheets/sheet{number}.xml"] = [
            (rf'(<c r="{place}"[^>]*><f>[^<]*</f>)<v\s*(?:/>|></v>)', rf"\1<v>{value}</v>")
            for place, value in values.items()
        ]
    book.active = len(form.sheets) - 1
    out = io.BytesIO()
    book.save(out)
    cached["docProps/core.xml"] = [(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", STAMP)]
    return packed(out.getvalue(), cached)


def fill(page: Worksheet, sheet: Sheet) -> dict[str, str]:
    """Writes a sheet; gives the values that formulas had when it was saved, by cell."""
    lines = [line for line in sheet.lines if line.kind not in ("part", "textbox")]
    width = sheet.width
    rows = [
        [*line.spots, Spot("<<")] if line.kind == "title" and width > 1 else line.spots
        for line in lines
    ]
    widths = [*sheet.widths, *[12.0] * width][:width]
    heights = [2 if line.kind == "title" else 1 for line in lines]
    cached: dict[str, str] = {}
    for box in boxes(rows, width):
        kind = lines[box.row].kind
        cell = page.cell(box.row + 1, box.column + 1)
        if value := put(cell, box.spot):
            cached[cell.coordinate] = value
        dress(page, box, kind)
        if kind == "row" and box.rows == 1:
            room = sum(widths[box.column : box.column + box.columns]) / 2
            tall = sum(ceil(len(part) / room) for part in box.spot.text.split("\n"))
            heights[box.row] = max(heights[box.row], tall)
    for number, line in enumerate(lines, 1):
        page.row_dimensions[number].height = 16 * heights[number - 1]
        page.row_dimensions[number].hidden = any("hidden" in spot.marks for spot in line.spots)
    for column in range(width):
        dimension = page.column_dimensions[get_column_letter(column + 1)]
        dimension.width = widths[column]
        dimension.hidden = column in sheet.hidden
    return cached


def dress(page: Worksheet, box: Box, kind: str) -> None:
    """The look of a cell, and its merge."""
    top, left = box.row + 1, box.column + 1
    bottom, right = box.row + box.rows, box.column + box.columns
    cell = page.cell(top, left)
    across = None if kind == "line" else "center"
    cell.alignment = Alignment(wrap_text=kind == "row", vertical="center", horizontal=across)
    cell.font = Font(name="宋体", size=16 if kind == "title" else 10, bold=kind == "title")
    if kind == "row":
        for inner in page.iter_rows(top, bottom, left, right):
            for one in inner:
                one.border = BORDER
    if (top, left) != (bottom, right):
        page.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def put(cell, spot: Spot) -> str:  # type: ignore[no-untyped-def]
    """Writes one cell; gives what a formula came to when the file was saved, "" where nothing."""
    marks, text = spot.marks, spot.text
    if "note" in marks:
        cell.comment = Comment(marks["note"], "张某")
    if "n" in marks:
        value, _, form = marks["n"].partition(";")
        cell.value, cell.number_format = float(value), form.strip() or "General"
        return ""
    if "f" in marks:
        formula, value, form = (part.strip() for part in marks["f"].split(";", 2))
        cell.value, cell.number_format = f"={formula}", form or "General"
        return value
    if "date" in marks:
        day, _, form = marks["date"].partition(";")
        cell.value = (date.fromisoformat(day.strip()) - date(1899, 12, 30)).days
        cell.number_format = form.strip()
        return ""
    if "text" not in marks and (found := NUMBER.match(text)):
        digits, percent = found[1] or "", found[2]
        number = Decimal(text.rstrip("%").replace(",", ""))
        cell.value = float(number / 100) if percent else float(number) if digits else int(number)
        plain = digits == "" or not digits.endswith("0")
        pattern = ("#,##0" if "," in text else "0") + (
            "." + "0" * (len(digits) - 1) if digits else ""
        )
        cell.number_format = (
            "General" if plain and not percent and "," not in text else pattern + percent
        )
        return ""
    if text:
        cell.value = text
        cell.data_type = "s"
        if NUMBER.match(text):
            cell.number_format = "@"
    return ""
