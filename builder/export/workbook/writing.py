"""A form as a workbook: formulas that count along, cells that are filled in, A4 on paper."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from builder.export.beyond import beyond
from builder.export.cells import OPTIONS, Formats
from builder.export.words import Run, paragraphs
from builder.export.workbook.arithmetic import Formula
from builder.export.workbook.closing import SCORE
from builder.export.workbook.contents import ABOVE, SIZE, Contents, contents
from builder.export.workbook.figures import Figure, bare
from builder.export.workbook.locks import Checks, is_filled_in
from builder.export.workbook.measure import height, wide
from builder.export.workbook.money import FUNDS
from builder.export.workbook.plan import HIGHEST, LOWEST, Spot, alignment
from builder.layouts import RATE
from builder.model import BEYOND, BEYOND_COLUMNS, BEYOND_TOLD
from builder.records import BLANK
from builder.scoring import Document

A4 = 9  # as spreadsheets count paper
MM = 1 / 25.4  # inches
PIXELS = 96 / 25.4  # of a mm
FONT = "宋体"
LINES = {"border": 1, "valign": "vcenter"}
BEYOND_WIDTHS = (70, 108)  # mm
HEADING: dict[str, Any] = {"bold": True, "font_size": 14, "align": "center"}
LINE_FEED = Run("\n")
FILLED_IN = "#FFFBEB"  # behind what is filled in; not printed
ALLOWED = {
    "format_columns": True, "format_rows": True, "format_cells": True,
    "select_locked_cells": True, "select_unlocked_cells": True,
}  # fmt: skip


def form_to_xlsx(document: Document, *, is_empty: bool = False) -> bytes:
    """The official form of a report as a workbook, and what it has no place for on a second sheet.

    Of an empty form the indicators have no names yet. The workbook is dated by the 发布日期 of
    the report, else by the last day of its year, so that the same report gives the same bytes.
    """
    stream = io.BytesIO()
    report, found = document.report, contents(document, is_empty=is_empty)
    view = found.view
    workbook = Workbook(stream, {**OPTIONS, "constant_memory": False, "in_memory": True})
    created = report.published or date(report.year, 12, 31)
    title = view.title if is_empty else view.summary
    workbook.set_properties(
        {"title": title, "created": datetime.combine(created, datetime.min.time())}
    )
    _Form(workbook, document, found).write()
    rest = beyond(document, view)
    if is_empty:
        rest = tuple((label, "" if text == BLANK else text) for label, text in rest)
    if rest:
        _write_beyond(workbook, rest)
    workbook.close()
    return stream.getvalue()


class _Form:
    """One form on a sheet of its own."""

    def __init__(self, workbook: Workbook, document: Document, found: Contents) -> None:
        self._document, self._contents = document, found
        self._sheet = workbook.add_worksheet(sheet_name(found.view.title))
        self._formats = Formats(workbook, font_name=FONT, font_size=SIZE, **LINES)
        self._bare = Formats(workbook, font_name=FONT, valign="vcenter", align="center")
        self._letters = Formats(workbook, font_name=FONT, font_size=SIZE)
        self._checks = Checks(document, found.names, found.figures)

    def write(self) -> None:
        """All that is on the sheet."""
        sheet, plan, view = self._sheet, self._contents.plan, self._contents.view
        for column, mm in enumerate(plan.widths):
            sheet.set_column_pixels(column, column, round(mm * PIXELS))
        last = len(plan.widths) - 1
        lines = ((view.title, 36, 18), (view.year, 20, 11))
        for row, (text, tall, size) in enumerate(lines):
            sheet.set_row(row, tall)
            shape = self._bare.of(font_size=size, bold=not row)
            sheet.merge_range(row, 0, row, last, "", shape)
            sheet.write_string(row, 0, text, shape)
        sheet.set_default_row(LOWEST)
        for row, high in enumerate(plan.heights, start=ABOVE):
            if high != LOWEST:  # programs make such a row higher where more is typed
                sheet.set_row(row, round(high, 2))
        for spot in plan.spots:
            self._write(spot)
        _page(sheet, len(plan.heights) + ABOVE - 1, last)
        if plan.repeated:
            sheet.repeat_rows(*plan.repeated)

    def _write(self, spot: Spot) -> None:
        cell, sheet = spot.cell, self._sheet
        found = self._contents.formulas.get(cell.place) if cell.place else None
        shown = self._contents.figures.get(cell.place) if cell.place else None
        is_open = found is None and is_filled_in(cell, self._document)
        shape = self._formats.of(**self._shape(spot, found, shown, is_open=is_open))
        at = spot.row, spot.column
        if spot.rows > 1 or spot.columns > 1:
            sheet.merge_range(
                *at, spot.row + spot.rows - 1, spot.column + spot.columns - 1, "", shape
            )
        if found:
            sheet.write_formula(*at, f"={found.text}", shape, _cached(found, spot.text))
        elif shown:
            sheet.write_number(*at, float(shown.value), shape)
        elif spot.text:
            self._write_text(spot, shape)
        else:
            sheet.write_blank(*at, None, shape)
        if is_open and (check := self._checks.of(cell.place)):
            sheet.data_validation(*at, *at, dict(check))

    def _write_text(self, spot: Spot, shape: Format) -> None:
        """A text, what is bold in it as well; never a formula, whatever it begins with."""
        at = spot.row, spot.column
        whole = [] if spot.cell.scope else paragraphs(spot.cell.text)
        runs = [run for paragraph in whole for run in (*paragraph.runs, LINE_FEED)][:-1]
        if not any(run.is_bold for run in runs) or len(runs) == 1:
            self._sheet.write_string(*at, spot.text, shape)
            return
        pieces: list[object] = []
        for run in runs:
            pieces += [self._letters.of(bold=run.is_bold), run.text]
        self._sheet.write_rich_string(*at, *pieces, shape)

    def _shape(
        self, spot: Spot, found: Formula | None, shown: Figure | None, *, is_open: bool
    ) -> dict[str, Any]:
        side = alignment(spot.cell)
        shape: dict[str, Any] = {"align": side, **({"indent": 1} if side == "left" else {})}
        if is_open:
            shape |= {"locked": False, "bg_color": FILLED_IN}
        if shown:
            shape |= {"num_format": shown.pattern}
        elif found:
            now = bare(spot.text)
            shape |= {"num_format": found.pattern or (now.pattern if now else self._pattern(spot))}
        # A number in lines is shown as #### by many programs, a text that is worked out is not.
        is_number = shown or (found and {"number", "figure"} & {*spot.cell.kind.split()})
        if not is_number:
            shape |= {"text_wrap": True}
        elif wide(spot.text, SIZE) > spot.width:
            shape |= {"shrink": True}
        return shape

    def _pattern(self, spot: Spot) -> str:
        """How a formula's number is shown where none is there yet."""
        profile, place = self._document.profile, spot.cell.place
        sign = '"%"' if self._document.layout.funds.percent_sign else ""
        score, total = profile.execution.score, profile.total
        match place:
            case (*_, str(key)) if key == RATE:
                return _decimals(int(profile.execution.rate.digits)) + sign
            case (block, _, key) if block == FUNDS:
                return _decimals(int(score.digits) if score and key == SCORE else 2)
            case (_,):
                return _decimals(int(total.digits) if total else 0)
        return _decimals(profile.point_digits)


def _write_beyond(workbook: Workbook, rest: Sequence[tuple[str, str]]) -> None:
    """What the form has no place for, to be read back: its labels are locked."""
    sheet = workbook.add_worksheet(BEYOND)
    lined = Formats(workbook, font_name=FONT, font_size=SIZE, text_wrap=True, **LINES)
    wide = [mm * PIXELS for mm in BEYOND_WIDTHS]
    for column, pixels in enumerate(wide):
        sheet.set_column_pixels(column, column, round(pixels))
    for row, (text, looks) in enumerate(((BEYOND, HEADING), (BEYOND_TOLD, {}))):
        shape = lined.of(border=0, **looks)
        sheet.merge_range(row, 0, row, 1, "", shape)
        sheet.write_string(row, 0, text, shape)
        sheet.set_row(row, height(text, sum(wide) * 0.75, looks.get("font_size", SIZE)))
    rows = [BEYOND_COLUMNS, *rest]
    for row, texts in enumerate(rows, start=2):
        is_head = row == 2
        for column, text in enumerate(texts):
            is_open = column and not is_head
            looks = {"locked": False, "bg_color": FILLED_IN} if is_open else {}
            sheet.write_string(
                row, column, text, lined.of(align="center" if is_head else "left", **looks)
            )
        needed = max(
            height(text, pixels * 0.75, SIZE) for text, pixels in zip(texts, wide, strict=True)
        )
        sheet.set_row(row, min(needed, HIGHEST))
    _page(sheet, len(rows) + 1, 1)


def _page(sheet: Worksheet, bottom: int, right: int) -> None:
    """A sheet as it is printed, and locked but for what is filled in."""
    sheet.set_paper(A4)
    sheet.set_portrait()
    sheet.set_margins(left=16 * MM, right=16 * MM, top=18 * MM, bottom=18 * MM)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, bottom, right)
    sheet.print_black_and_white()
    sheet.set_footer('&C&"宋体"&10第 &P 页，共 &N 页')
    sheet.hide_gridlines(2)
    sheet.protect("", ALLOWED)


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: some signs and more than 31 characters are not allowed."""
    return re.sub(r"[\[\]:*?/\\']", "", title)[:31]


def _cached(found: Formula, text: str) -> float | str:
    """What a formula comes to now."""
    if isinstance(found.value, Decimal):
        return float(found.value)
    return (text if found.value is None else found.value) or _Nothing()


class _Nothing(str):
    """A result that is an empty text. XlsxWriter asks whether a result is "", and then writes one
    that no program can tell from a formula that was never worked out."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


def _decimals(digits: int) -> str:
    return "0." + "0" * digits if digits else "0"
