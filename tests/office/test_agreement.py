"""The same table is the same, whichever program wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import pytest

from builder.office import Paper, read
from tests.support.parts import docx, xlsx


@dataclass(frozen=True)
class Box:
    row: int
    column: int
    rows: int
    columns: int
    text: str


def tiling(chance: Random) -> list[Box]:
    """A table of merged cells, some of them empty."""
    height, width = chance.randint(1, 7), chance.randint(1, 7)
    free = {(row, column) for row in range(height) for column in range(width)}
    boxes: list[Box] = []
    while free:
        row, column = min(free)
        rows, columns = chance.choice([1, 1, 1, 2, 3]), chance.choice([1, 1, 2, 4])
        while not all((row, column + x) in free for x in range(columns)):
            columns -= 1
        while row + rows > height:
            rows -= 1
        free -= {(row + y, column + x) for y in range(rows) for x in range(columns)}
        text = f"格{len(boxes)}" if chance.random() < 0.8 else ""
        boxes.append(Box(row, column, rows, columns, text))
    return boxes


def as_page(boxes: list[Box]) -> bytes:
    rows = [""] * (1 + max(box.row for box in boxes))
    for box in boxes:
        rows[box.row] += f"<td rowspan={box.rows} colspan={box.columns}>{box.text}</td>"
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>".encode()


def as_workbook(boxes: list[Box]) -> bytes:
    cells = "".join(
        f'<row r="{box.row + 1}"><c r="{chr(65 + box.column)}{box.row + 1}" t="inlineStr"><is>'
        f"<t>{box.text}</t></is></c></row>"
        for box in boxes
    )
    merged = "".join(
        f'<mergeCell ref="{chr(65 + box.column)}{box.row + 1}:'
        f'{chr(64 + box.column + box.columns)}{box.row + box.rows}"/>'
        for box in boxes
        if box.rows * box.columns > 1
    )
    return xlsx(cells, after=f"<mergeCells>{merged}</mergeCells>")


def as_document(boxes: list[Box]) -> bytes:
    rows: list[list[tuple[int, str]]] = [[] for _ in range(max(b.row + b.rows for b in boxes))]
    for box in boxes:
        for down in range(box.rows):
            merge = "" if box.rows == 1 else "<w:vMerge/>"
            if not down and merge:
                merge = '<w:vMerge w:val="restart"/>'
            text = "" if down else f"<w:r><w:t>{box.text}</w:t></w:r>"
            cell = (
                f'<w:tc><w:tcPr><w:gridSpan w:val="{box.columns}"/>{merge}</w:tcPr>'
                f"<w:p>{text}</w:p></w:tc>"
            )
            rows[box.row + down].append((box.column, cell))
    return docx(
        "<w:tbl>"
        + "".join(f"<w:tr>{''.join(cell for _, cell in sorted(row))}</w:tr>" for row in rows)
        + "</w:tbl>"
    )


def geometry(file: str, data: bytes) -> list[list[tuple[str, int, int, int]]]:
    paper = read(file, data)
    assert isinstance(paper, Paper), paper
    assert not paper.remarks
    return [
        [(cell.text, cell.column, cell.columns, cell.rows) for cell in row]
        for table in paper.tables
        for row in table.rows
    ]


def expected(boxes: list[Box]) -> list[list[tuple[str, int, int, int]]]:
    """What is left when rows without a text of their own and empty sides are gone."""
    full = [box for box in boxes if box.text]
    if not full:
        return []
    kept = sorted({box.row for box in full})
    left, right = min(b.column for b in full), max(b.column for b in full) + 1
    rows: list[list[tuple[str, int, int, int]]] = [[] for _ in kept]
    for box in sorted(boxes, key=lambda box: box.column):
        inside = [i for i, row in enumerate(kept) if box.row <= row < box.row + box.rows]
        start, stop = max(box.column, left), min(box.column + box.columns, right)
        if inside and start < stop:
            rows[inside[0]].append((box.text, start - left, stop - start, len(inside)))
    return rows


@pytest.mark.parametrize("seed", range(40))
def test_a_table_is_the_same_in_every_kind_of_file(seed: int) -> None:
    boxes = tiling(Random(seed))  # noqa: S311  not a secret
    wanted = expected(boxes)
    assert geometry("表.xlsx", as_workbook(boxes)) == wanted
    assert geometry("表.html", as_page(boxes)) == wanted
    assert geometry("表.docx", as_document(boxes)) == wanted
