"""A form as a workbook: formulas that count along, cells that are filled in, A4 on paper."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from markupsafe import Markup
from xlsxwriter import Workbook

from builder.export.values import text_at, value_at
from builder.export.workbook.arithmetic import Formula
from builder.export.workbook.figures import Figure, figure
from builder.export.workbook.formulas import Formulas
from builder.export.workbook.locks import Checks, is_filled_in, marked
from builder.export.workbook.measure import wide
from builder.export.workbook.plan import Spot, plan
from builder.layouts import CHOICE, RATE
from builder.opendata import OPTIONS, Formats
from builder.scoring import Amount, Bound, Document, read_result, read_target
from builder.source import Location
from builder.views import form_view

A4 = 9  # as spreadsheets count paper
MM = 1 / 25.4  # inches
PIXELS = 96 / 25.4  # of a mm
FONT, SIZE = "宋体", 10.0
TITLE = {"font_size": 18, "bold": True}
ABOVE = 2  # rows: title and year
SHRUNK = 0.75  # of its size, at least, is a number set that is too wide for its cell
INDENT, ROOMY = 9.0, "0000.00"  # points from the edge, in columns that have room for that
FILLED_IN = "#FFFBEB"  # behind what is filled in; not printed
ALLOWED = {
    "format_columns": True, "format_rows": True, "format_cells": True,
    "select_locked_cells": True, "select_unlocked_cells": True,
}  # fmt: skip
TARGETS = frozenset({"年度指标值", "年初指标值", "调整指标值", "指标数值"})
RESULTS = frozenset({"实际完成值", "完成值"})


def form_workbook(document: Document, *, is_empty: bool = False) -> bytes:
    """The official form of a report that is scored, or of an empty one.

    Dated by the 发布日期 of the report, else by the last day of its year, so that the same report
    gives the same bytes.
    """
    stream = io.BytesIO()
    report = document.report
    workbook = Workbook(stream, {**OPTIONS, "constant_memory": False, "in_memory": True})
    created = report.published or date(report.year, 12, 31)
    workbook.set_properties(
        {
            "title": f"{document.layout.form_title}（{report.year}年度）",
            "created": datetime.combine(created, datetime.min.time()),
        }
    )
    _Form(workbook, document, is_empty=is_empty).write()
    workbook.close()
    return stream.getvalue()


class _Form:
    """One form on a sheet of its own."""

    def __init__(self, workbook: Workbook, document: Document, *, is_empty: bool) -> None:
        self._document = document
        self._view = form_view(document)
        self._plan = plan(self._view, self._texts(), SIZE, ABOVE)
        self._sheet = workbook.add_worksheet(sheet_name(self._view.title))
        self._formats = Formats(
            workbook, font_name=FONT, font_size=SIZE, border=1, valign="vcenter"
        )
        self._bare = Formats(workbook, font_name=FONT, valign="vcenter", align="center")
        spots = self._plan.places()
        self._figures = {
            place: found for place, spot in spots.items() if (found := self._figure(spot))
        }
        names = {place: spot.name for place, spot in spots.items()}
        formulas = Formulas(document, names, self._figures, is_empty=is_empty)
        self._formulas = formulas.by_place()
        self._checks = Checks(document, names)

    def write(self) -> None:
        """All that is on the sheet."""
        sheet, plan = self._sheet, self._plan
        for column, mm in enumerate(plan.widths):
            sheet.set_column_pixels(column, column, round(mm * PIXELS))
        last = len(plan.widths) - 1
        lines = ((self._view.title, 36, 18), (self._view.year, 20, 11))
        for row, (text, tall, size) in enumerate(lines):
            sheet.set_row(row, tall)
            shape = self._bare.of(font_size=size, bold=not row)
            sheet.merge_range(row, 0, row, last, "", shape)
            sheet.write_string(row, 0, text, shape)
        for row, high in enumerate(plan.heights, start=ABOVE):
            sheet.set_row(row, round(high, 2))
        for spot in plan.spots:
            self._write(spot)
        self._set_up(len(plan.heights) + ABOVE - 1, last)

    def _set_up(self, bottom: int, right: int) -> None:
        """How it is printed, and what may be changed."""
        sheet = self._sheet
        sheet.set_paper(A4)
        sheet.set_portrait()
        sheet.set_margins(left=16 * MM, right=16 * MM, top=18 * MM, bottom=18 * MM)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, 0, bottom, right)
        sheet.print_black_and_white()
        sheet.set_footer('&C&"宋体"&10第 &P 页，共 &N 页')
        if self._plan.repeated:
            sheet.repeat_rows(*self._plan.repeated)
        sheet.hide_gridlines(2)
        sheet.protect("", ALLOWED)

    def _texts(self) -> Mapping[Location, str]:
        """What cells say that a view marks up, as it was typed."""
        found = {}
        sections = (*self._view.opening, *self._view.closing)
        rows = [row for section in sections for row in section.rows]
        rows += [row for group in self._view.groups() for row in group]
        for cell in (cell for row in rows for cell in row.cells if cell.place and not cell.scope):
            entry = self._document.layout.entries.get(str(cell.place[0]))
            if entry and entry.kind == CHOICE:
                chosen = value_at(self._document.report, cell.place)
                texts = dict(zip(entry.choices, marked(entry), strict=True))
                found[cell.place] = texts.get(chosen) or "　".join(f"□{n}" for n in entry.choices)
            elif isinstance(cell.text, Markup):
                found[cell.place] = text_at(self._document.report, cell.place)
        return found

    def _figure(self, spot: Spot) -> Figure | None:
        """What a cell says as a number, where it has room for that."""
        kinds, place = spot.cell.kind.split(), spot.cell.place
        found = figure(spot.text) if spot.text else None
        if found is None or wide(spot.text, SIZE) * SHRUNK > spot.width:
            return None
        key = place[-1]
        if key in TARGETS:
            return found if isinstance(read_target(spot.text), Bound) else None
        if key in RESULTS:
            return found if isinstance(read_result(spot.text), Amount) else None
        is_bare = not found.before and found.after in ("", "%")
        return found if is_bare and ("number" in kinds or key == RATE) else None

    def _write(self, spot: Spot) -> None:
        cell, sheet = spot.cell, self._sheet
        found = self._formulas.get(cell.place) if cell.place else None
        shown = self._figures.get(cell.place) if cell.place else None
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
            sheet.write_string(*at, spot.text, shape)
        else:
            sheet.write_blank(*at, None, shape)
        if is_open and (check := self._checks.of(cell.place)):
            sheet.data_validation(*at, *at, dict(check))

    def _shape(
        self, spot: Spot, found: Formula | None, shown: Figure | None, *, is_open: bool
    ) -> dict[str, Any]:
        align = _align(spot.cell.kind.split())
        shape: dict[str, Any] = {"align": align}
        if align == "right" and wide(max(spot.text, ROOMY, key=len), SIZE) + INDENT < spot.width:
            shape |= {"indent": 1}
        if is_open:
            shape |= {"locked": False, "bg_color": FILLED_IN}
        if shown:
            shape |= {"num_format": shown.pattern}
        elif found:
            shape |= {"num_format": found.pattern or self._pattern(spot)}
        if (shown or found) and wide(spot.text, SIZE) > spot.width:
            shape |= {"shrink": True}
        elif not shown and not (found and "number" in spot.cell.kind.split()):
            shape |= {"text_wrap": True}
        return shape

    def _pattern(self, spot: Spot) -> str:
        """How a formula's number is shown where none is there yet."""
        profile, key = self._document.profile, spot.cell.place[-1]
        if key == RATE:
            digits = profile.execution.rate.digits
            sign = '"%"' if self._document.layout.funds.percent_sign else ""
            return _decimals(int(digits)) + sign
        return _decimals(2 if spot.cell.place[0] == "项目资金" else profile.point_digits)


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: some signs and more than 31 characters are not allowed."""
    return re.sub(r"[\[\]:*?/\\']", "", title)[:31]


def _align(kinds: Sequence[str]) -> str:
    if "label" in kinds or "figure" in kinds:
        return "center"
    return "right" if "number" in kinds else "left"


def _cached(found: Formula, text: str) -> float | str:
    """What a formula comes to now."""
    if isinstance(found.value, Decimal):
        return float(found.value)
    return text if found.value is None else found.value


def _decimals(digits: int) -> str:
    return "0." + "0" * digits if digits else "0"
