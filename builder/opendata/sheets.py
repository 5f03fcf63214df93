"""Sheets of plain tables in SpreadsheetML (ECMA-376), and how their cells look.

No row and no cell tells its place, which readers then count. So a row is the same wherever it
stands, and so are the blocks that sheets are put together from. Texts stand in their cells; nothing
is a formula.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from builder.opendata.delimited import GUARD
from builder.opendata.tables import ColumnOf, Kind

Columns = Sequence[ColumnOf[Any]]

FONT = "等线"
LAST_ROW = 1_048_575  # counted from 0; a sheet has no more
EXACT = 15  # significant digits that a spreadsheet's number keeps
LONGEST = 32_767  # UTF-16 units of a cell
CUT = "……（此处过长，全文见网页）"

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

# What XML has other signs for, or none, and a text that may be taken for an escape of these (by
# LibreOffice with less than four figures, too).
_MARKED = re.compile("[&<>]|^\\s|\\s$|[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{1,4}_")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{1,4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_EMPTY = "<c/>"
_BEFORE, _LEAP_DAY = date(1899, 12, 31), 60  # spreadsheets have a 29 February 1900

# Numbers of the styles below: plain, then these, then one for each number of decimals.
_HEADING, _DAY, _WHOLE = 1, 2, 3
_OWN_FORMATS = 164  # the first number that a file may give


def styles() -> str:
    """The styles of all our sheets."""
    patterns = ["yyyy-mm-dd", *("0." + "0" * decimals for decimals in range(1, EXACT + 1))]
    formats = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{pattern}"/>'
        for number, pattern in enumerate(patterns, start=_OWN_FORMATS)
    )
    numbered = (_OWN_FORMATS, 1, *range(_OWN_FORMATS + 1, _OWN_FORMATS + len(patterns)))
    shown = "".join(
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0"'
        ' applyNumberFormat="1"/>'
        for number in numbered
    )
    font = f'<sz val="11"/><name val="{FONT}"/><family val="2"/>'
    return (
        f'{XML}<styleSheet xmlns="{MAIN}"><numFmts count="{len(patterns)}">{formats}</numFmts>'
        f'<fonts count="2"><font>{font}</font><font><b/>{font}</font></fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill>'
        '<fill><patternFill patternType="solid"><fgColor rgb="FFEEEEEE"/>'
        '<bgColor indexed="64"/></patternFill></fill></fills>'
        '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
        '<border><left/><right/><top/><bottom style="thin"><color auto="1"/></bottom>'
        '<diagonal/></border></borders><cellStyleXfs count="1">'
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{2 + len(numbered)}">'
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1"'
        ' applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
        f'{shown}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
        "</cellStyles></styleSheet>"
    )


def opening(columns: Columns, rows: int, *, is_first: bool) -> str:
    """What stands before so many rows: the headings stay in sight, and are a row of their own."""
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{_padded(column.width)}" customWidth="1"/>'
        for number, column in enumerate(columns, start=1)
    )
    headings = "".join(_text(column.name, f' s="{_HEADING}"') for column in columns)
    selected = ' tabSelected="1"' if is_first else ""
    return (
        f'{XML}<worksheet xmlns="{MAIN}"><dimension ref="{area(columns, rows)}"/><sheetViews>'
        f'<sheetView{selected} workbookViewId="0"><pane ySplit="1" topLeftCell="A2"'
        ' activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>'
        '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f"<cols>{widths}</cols><sheetData><row>{headings}</row>"
    )


def closing(columns: Columns, rows: int) -> str:
    """What stands behind them; all can be filtered."""
    return (
        f'</sheetData><autoFilter ref="{area(columns, rows)}"/><pageMargins left="0.7"'
        ' right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>'
    )


def area(columns: Columns, rows: int, mark: str = "") -> str:
    """Headings and so many rows, as `A1:C9`; with a `mark` before each letter and number."""
    return f"{mark}A{mark}1:{mark}{_letters(len(columns))}{mark}{rows + 1}"


def body(columns: Columns, rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of a CSV as they stand in a sheet: cells by their kinds, numbers with their decimals."""
    # What rows say of their report stands in many.
    text, number, day = cache(_guarded), cache(_number), cache(_day)
    shown: dict[Kind, Callable[[str], str]] = {
        "string": text,
        "integer": number,
        "number": number,
        "date": day,
    }
    writers = [shown[column.kind] for column in columns]
    return "".join(
        [
            "<row>" + "".join([write(c) for write, c in zip(writers, row, strict=True)]) + "</row>"
            for row in rows
        ]
    ).encode()


def cut(text: str) -> str:
    """A text that fits into a cell; what is cut says so."""
    if len(text) * 2 <= LONGEST or len(text.encode("utf-16-le")) <= LONGEST * 2:
        return text
    room = (LONGEST - len(CUT)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT


def _text(text: str, style: str = "") -> str:
    text, space = cut(text), ""
    if _MARKED.search(text):
        space = ' xml:space="preserve"' if text != text.strip() else ""
        text = escape(_ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", text))
    return f'<c{style} t="inlineStr"><is><t{space}>{text}</t></is></c>'


def _guarded(cell: str) -> str:
    return _text(cell.removeprefix(GUARD)) if cell else _EMPTY


def _number(digits: str) -> str:
    if not digits:
        return _EMPTY
    whole, _, decimals = digits.partition(".")
    # A text keeps what a number would lose.
    if len(digits) > EXACT and (
        len((whole + decimals).lstrip("-0")) > EXACT or len(decimals) > EXACT
    ):
        return _text(digits)
    value = digits.rstrip("0").rstrip(".") if decimals else digits
    return f'<c s="{_WHOLE + len(decimals)}"><v>{value}</v></c>'


def _day(cell: str) -> str:
    if not cell:
        return _EMPTY
    number = (date.fromisoformat(cell) - _BEFORE).days
    if number < 1:
        return _text(cell)
    return f'<c s="{_DAY}"><v>{number + (number >= _LEAP_DAY)}</v></c>'


def _letters(number: int) -> str:
    """The name of a column, counted from 1."""
    before, last = divmod(number - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + last)


def _padded(width: int) -> float:
    """The width of a column of so many figures, with the space beside them that Excel counts."""
    return (width * 7 + 5) / 7 * 256 // 1 / 256
