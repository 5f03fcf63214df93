"""Real forms after somebody moved their cells apart: what they say stays."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from builder import office
from builder.intake import Taken, take
from builder.office import Paper
from tests.intake.test_real_forms import FORMS, expected, imported, known
from tests.support import office_forms
from tests.support.imported import by_name, unlike
from tests.support.office_forms import Spot, boxes, packed
from tests.support.office_xlsx import put

# How far apart the columns are, whether merges stay; each from the third row and column on.
WAYS = {"an empty column behind each": (2, True), "merges parted": (1, False),
        "both": (2, False)}  # fmt: skip


def loosened(name: str, stretch: int, *, is_merged: bool) -> bytes:
    """The workbook of a transcription, its cells moved."""
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    cached = {}
    for number, sheet in enumerate(office_forms.read(name, "xlsx").sheets, 1):
        page = book.create_sheet(sheet.name)
        lines = [line for line in sheet.lines if line.kind not in ("part", "textbox")]
        edges = [[Spot("<<")] if line.kind == "title" and sheet.width > 1 else [] for line in lines]
        rows = [[*line.spots, *edge] for line, edge in zip(lines, edges, strict=True)]
        values = {}
        for box in boxes(rows, sheet.width):
            y, x = box.row + 3, box.column * stretch + 3
            if value := put(page.cell(y, x), box.spot):
                values[page.cell(y, x).coordinate] = value
            bottom, right = y + box.rows - 1, x + (box.columns - 1) * stretch
            if is_merged and (y, x) != (bottom, right):
                page.merge_cells(start_row=y, end_row=bottom, start_column=x, end_column=right)
        cached[f"xl/worksheets/sheet{number}.xml"] = [
            (rf'(<c r="{place}"[^>]*><f>[^<]*</f>)<v\s*(?:/>|></v>)', rf"\1<v>{value}</v>")
            for place, value in values.items()
        ]
    out = io.BytesIO()
    book.save(out)
    return packed(out.getvalue(), cached)


# Of 211 资金用途 stands below a label that nothing but the merge holds to it.
MOVED = [(name, way) for name in FORMS for way in WAYS if name != "211" or WAYS[way][1]]


@pytest.mark.parametrize(("name", "way"), MOVED)
def test_cells_moved_apart_say_the_same(name: str, way: str) -> None:
    stretch, is_merged = WAYS[way]
    paper = office.read(f"{name}.xlsx", loosened(name, stretch, is_merged=is_merged))
    assert isinstance(paper, Paper)
    year = Path(expected()[name]["typed"]).parent.name
    taken: Taken = next(iter(take(paper, known(), year=year)))
    whole = imported(name, "xlsx")
    assert whole.document
    assert taken.document
    found = unlike(whole.document, taken.document)
    assert {by_name(at, whole.document): both for at, both in found.items()} == {}
    assert len(taken.draft.lost) == len(whole.draft.lost)
