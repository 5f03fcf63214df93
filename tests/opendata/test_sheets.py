"""Our own sheets: what programs read of them is what was meant, whatever stands in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl.workbook import Workbook

from builder import office
from builder.cache import at_once
from builder.opendata import cut
from builder.opendata.runs import Part, fixed
from builder.opendata.sheets import CUT, EXACT, LONGEST
from builder.opendata.tables import Cell, ColumnOf, Kind, Row, TableOf
from builder.opendata.workbook import About, to_xlsx
from tests.opendata.test_opendata import as_shown, opened
from tests.support.documents import HOSTILE
from tests.support.libreoffice import saved_anew

DAY = date(2025, 3, 31)
TEXTS = [
    *(text for text in HOSTILE.values() if "\r" not in text),
    " 前", "后 ", "　全角", "甲\n乙", "a\tb", "_x0041_x0042_", "_X0041_", "_x12_", "a & b < c > d",
    "]]>", "'", "''引", '"引"', "1", "-1.50", "2025-03-31", "长" * LONGEST, "𠮷" * LONGEST,
    "=" * (LONGEST + 1), "&" * LONGEST,
]  # fmt: skip
NUMBERS = [
    Decimal(text)
    for text in ("0", "-0.00", "0.1", "12.50", "-2.5", "999999999999.999", "100", "1E+2", "0.00001",
                 "123456789012345", "0.000000000000001")
]  # fmt: skip
AS_TEXTS = [Decimal(10**15 + 1), Decimal("123456789012.4567"), Decimal("1E-16")]


def table(*kinds: Kind) -> TableOf[Row]:
    columns: tuple[ColumnOf[Row], ...] = tuple(
        ColumnOf(f"第{at}列", kind, "", itemgetter(at - 1), width=10 + at)
        for at, kind in enumerate(kinds, start=1)
    )
    return TableOf("made", "表", "", columns, ("第1列",))


def book(rows: Sequence[Row], *kinds: Kind) -> bytes:
    about = About("标题 & <名称>", "甲\x07局", DAY)
    return b"".join(to_xlsx(about, [Part(table(*kinds), [fixed(rows)])], at_once))


def column(found: Workbook, at: int = 1) -> list[Any]:
    return [row[at - 1] for row in found["表"].iter_rows(min_row=2)]


def unescaped(text: str) -> str:
    """As programs with a screen show it; openpyxl leaves escapes as they are."""
    return text.replace("_x005F_", "_")


def test_texts_stay_texts() -> None:
    cells = column(opened(book([(text,) for text in TEXTS], "string")))
    assert {cell.data_type for cell in cells} == {"s"}
    for cell, text in zip(cells, TEXTS, strict=True):
        if text == HOSTILE["controls"]:
            assert cell.value == "甲_x0000__x0007__x001B_[31m乙\x7f\x9b_xFFFE_"
        else:
            assert unescaped(cell.value) == cut(text)


def test_what_looks_like_an_escape_is_escaped_where_it_begins() -> None:
    (cell,) = column(opened(book([("_x0041_x0042_ _x004a_",)], "string")))
    assert cell.value == "_x005F_x0041_x005F_x0042_ _x005F_x004a_"


def test_carriage_returns_survive_xml() -> None:
    (cell,) = column(opened(book([("甲\r\n乙\r丙",)], "string")))
    assert cell.value == "甲_x000D_\n乙_x000D_丙"


def test_a_text_fills_a_cell_to_its_last_sign() -> None:
    for full in ("长" * LONGEST, "𠮷" * (LONGEST // 2), "a" + "𠮷" * (LONGEST // 2)):
        assert cut(full) == full
        longer = cut(full + "多出来")
        assert longer.endswith(CUT)
        assert LONGEST - 1 <= len(longer.encode("utf-16-le")) // 2 <= LONGEST


def test_numbers_show_their_own_decimals() -> None:
    cells = column(opened(book([(number,) for number in NUMBERS], "number")))
    for cell, number in zip(cells, NUMBERS, strict=True):
        assert cell.data_type == "n"
        assert cell.value == float(number)
        decimals = len(f"{number:f}".partition(".")[2])
        assert cell.number_format == ("0." + "0" * decimals if decimals else "0")


def test_what_a_number_would_lose_is_a_text() -> None:
    cells = column(opened(book([(number,) for number in AS_TEXTS], "number")))
    assert [cell.value for cell in cells] == [f"{number:f}" for number in AS_TEXTS]
    assert {cell.data_type for cell in cells} == {"s"}
    assert len(f"{AS_TEXTS[0]}") == EXACT + 1


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (DAY, datetime(2025, 3, 31)),  # noqa: DTZ001
        (date(1900, 1, 1), datetime(1900, 1, 1)),  # noqa: DTZ001
        (date(1900, 3, 1), datetime(1900, 3, 1)),  # noqa: DTZ001  behind a day that never was
        (date(1899, 12, 31), "1899-12-31"),
    ],
)
def test_days_are_days_as_far_as_spreadsheets_count(day: date, shown: object) -> None:
    (cell,) = column(opened(book([(day,)], "date")))
    assert cell.value == shown


def test_empty_cells_keep_the_place_of_the_others() -> None:
    rows: list[tuple[Cell, ...]] = [(None, "乙", None, 3), ("甲", None, Decimal("1.0"), None)]
    found = opened(book(rows, "string", "string", "number", "integer"))["表"]
    assert [*found.iter_rows(min_row=2, values_only=True)] == [
        (None, "乙", None, 3),
        ("甲", None, 1, None),
    ]
    assert found.dimensions == found.auto_filter.ref == "A1:D3"


def test_a_table_without_rows_has_its_headings() -> None:
    kinds: list[Kind] = ["string"] * 30
    found = opened(book([], *kinds))
    assert found["表"].auto_filter.ref == "A1:AD1"
    assert found["表"].column_dimensions["AD"].width == 40.7109375
    assert found.properties.title == "标题 & <名称>"
    assert found.properties.creator == "甲局"


def test_the_package_is_as_the_standard_has_it() -> None:
    """Elements in their order, and every part told of and led to: Excel opens nothing else."""
    with zipfile.ZipFile(io.BytesIO(book([("甲",)], "string"))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert next(iter(parts)) == "[Content_Types].xml"
    trees = {name: etree.fromstring(part) for name, part in parts.items()}
    told = {tree.get("PartName") for tree in trees["[Content_Types].xml"] if tree.get("PartName")}
    assert told == {f"/{name}" for name in parts if not name.endswith((".rels", "Types].xml"))}
    led = {f"xl/{one.get('Target')}" for one in trees["xl/_rels/workbook.xml.rels"]}
    assert led == {name for name in parts if name.startswith(("xl/worksheets/", "xl/styles"))}

    def order(name: str) -> list[str]:
        return [etree.QName(child).localname for child in trees[name]]

    assert order("xl/worksheets/sheet1.xml") == [
        "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "autoFilter",
        "pageMargins",
    ]  # fmt: skip
    assert order("xl/workbook.xml") == ["bookViews", "sheets", "definedNames"]
    assert order("xl/styles.xml") == [
        "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles",
    ]  # fmt: skip
    styles = trees["xl/styles.xml"]
    assert all(int(group.get("count", "")) == len(group) for group in styles)
    names = [(one.get("localSheetId"), one.text) for one in trees["xl/workbook.xml"][2]]
    assert names == [("0", "'表'!$A$1:$A$2"), ("1", "'字段说明'!$A$1:$E$2")]


def test_libreoffice_shows_the_same(tmp_path: Path) -> None:
    numbers: list[Cell] = [*NUMBERS, *AS_TEXTS]
    rows = [
        (text, numbers[at % len(numbers)], at, DAY if at % 2 else None)
        for at, text in enumerate(TEXTS)
        if text != HOSTILE["controls"]  # which signs it keeps is its own
    ]
    data = book(rows, "string", "number", "integer", "date")
    again = opened(saved_anew({"made.xlsx": data}, tmp_path)["made.xlsx"])
    ours = opened(data)
    assert again.sheetnames == ours.sheetnames
    assert again["表"].auto_filter.ref == f"A1:D{len(rows) + 1}"
    for saved, row, text in zip(
        again["表"].iter_rows(min_row=2), ours["表"].iter_rows(min_row=2), rows, strict=True
    ):
        assert unescaped(saved[0].value or "") == cut(f"{text[0]}")
        for one, other in zip(saved[1:], row[1:], strict=True):
            assert as_shown(one) == as_shown(other)


def test_our_own_reader_finds_every_cell() -> None:
    rows: list[tuple[Cell, ...]] = [("甲", None, Decimal("12.50")), (None, "乙", Decimal(3))]
    paper = office.read("made.xlsx", book(rows, "string", "string", "number"))
    assert isinstance(paper, office.Paper)
    (found,) = [one for one in paper.tables if one.name == "表"]
    assert [[cell.text for cell in row] for row in found.rows][1:] == [
        ["甲", "", "12.50"],
        ["", "乙", "3"],
    ]
