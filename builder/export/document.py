"""The official form as a .docx: the same cells as on paper, in tables that an office can edit.

Labels are not locked. What Word offers for that forbids with them to add or take away a row,
and a form whose indicators cannot be added to is of no use; content controls that lock a single
cell hide its text from many programs that read a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple
from xml.sax.saxutils import escape

from builder.export.beyond import beyond
from builder.export.package import HEAD, packed
from builder.export.tables import PAGE, Part, Placed, parts, placed, simplified, widths
from builder.export.words import Paragraph, Run, before_unit, folded, lines, paragraphs
from builder.model import BEYOND, BEYOND_COLUMNS, BEYOND_TOLD
from builder.records import BLANK
from builder.scoring import Document
from builder.text import NOTHING
from builder.views import Cell, FormRow, FormView, form_view

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MM = 1440 / 25.4  # twips
DIGIT = 90  # twips, in 9 pt: half of a Han character, in 宋体 as in Times New Roman
SLACK = Decimal("1.05")  # another font than the one that is asked for may be wider
MARGIN, NARROW = 57, 28  # twips left and right of a text, and where every bit counts
TALL = 25  # lines of a row that may be divided at the end of a page
ROOM = 1134  # twips of a row for a text that is still to come
LONGEST_LABEL = 40
LIST = 180  # twips that an item of a list is indented: as much as 1. takes

_SHARED = re.compile("[“”‘’…—·\u2460-\u26ff]")
_PAPER = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1020" w:bottom="1304"'
    ' w:left="1417" w:header="720" w:footer="794" w:gutter="0"/>'
)
# Only the form has page numbers: what is no part of it is none of its pages.
_NUMBERED = f'<w:sectPr><w:footerReference w:type="default" r:id="rId3"/>{_PAPER}</w:sectPr>'
_PLAIN = f'<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>{_PAPER}</w:sectPr>'
# What parts two tables, so that the second repeats its own heading: out of sight, and as low as
# can be where somebody shows what is out of sight.
_LOW = '<w:spacing w:line="20" w:lineRule="exact"/>'
_SEAM = f'<w:p><w:pPr><w:keepNext/>{_LOW}<w:rPr><w:vanish/><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'


def to_docx(document: Document, *, is_empty: bool = False) -> bytes:
    """The form of a report as a .docx on A4, and what it has no place for on a page behind.

    Of an empty form the indicators have no names yet. The same report gives the same bytes; it is
    dated by its 发布日期, else by the last day of its year.
    """
    view, report = form_view(document), document.report
    rest = beyond(document, view)
    if is_empty:
        rest = tuple((label, "" if text == BLANK else text) for label, text in rest)
    title = view.title if is_empty else view.summary
    made = report.published or date(report.year, 12, 31)
    return packed("".join(_text(view, rest, is_empty=is_empty)), title, made)


def _text(view: FormView, rest: Sequence[tuple[str, str]], *, is_empty: bool) -> Iterator[str]:
    yield f'{HEAD}<w:document xmlns:w="{MAIN}" xmlns:r="{LINKS}"><w:body>'
    yield _line("Title", view.title)
    if view.year:
        yield _line("Subtitle", view.year)
    tables, wide = parts(view), widths(view)
    for number, part in enumerate(tables):
        if number:
            yield _SEAM
        is_last = number == len(tables) - 1
        yield from _Table(part, wide, is_first=not number, is_last=is_last, is_empty=is_empty).xml()
    if rest:
        yield f"<w:p><w:pPr>{_LOW}{_NUMBERED}</w:pPr></w:p>"
        yield _line("Heading1", BEYOND)
        yield _line("BodyText", BEYOND_TOLD)
        yield from _Table(_listed(rest), (PAGE * 0.4, PAGE * 0.6)).xml()
    # A table needs a paragraph behind it.
    yield f"<w:p><w:pPr>{_LOW}</w:pPr></w:p>"
    yield f"{_PLAIN if rest else _NUMBERED}</w:body></w:document>"


def _line(style: str, text: str) -> str:
    items = paragraphs(text)
    return _paragraph(items[0], f'<w:pStyle w:val="{style}"/>')


def _listed(rest: Sequence[tuple[str, str]]) -> Part:
    """Labels and texts as a table."""
    heading = FormRow(tuple(Cell(label, "label", "col") for label in BEYOND_COLUMNS), "heading")
    rows = (FormRow((Cell(label, "text", "row"), Cell(text))) for label, text in rest)
    found = (heading, *rows)
    return Part(found, ("heading", *["rest"] * len(rest)), has_heading=True)


class _Point(NamedTuple):
    """Where the figures of a column have their point: twips behind the point of the one that
    has the most decimals, and how long that tail is."""

    indent: int
    tail: int


class _Table:
    """One table of the form."""

    def __init__(
        self,
        part: Part,
        wide: Sequence[float],
        *,
        is_first: bool = True,
        is_last: bool = True,
        is_empty: bool = False,
    ) -> None:
        """`is_first` and `is_last` of tables that look like one."""
        self._part, self._is_first, self._is_last = part, is_first, is_last
        self._is_empty = is_empty
        self._cells, columns = simplified(list(placed(part.rows)), wide)
        self._edges = [round(edge * MM) for edge in accumulate(columns, initial=0.0)]
        self._begins = {(one.row, one.column): one for one in self._cells}
        self._texts = {(one.row, one.column): self._written(one) for one in self._cells}
        self._points, self._heights = self._aligned(), self._measured()
        self._to_come = {one.row for one in self._cells if "prose" in one.cell.kind.split()}

    def xml(self) -> Iterator[str]:
        """The table, row by row."""
        yield (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="Form"/><w:tblW w:w="{self._edges[-1]}"'
            ' w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>'
        )
        for left, right in zip(self._edges, self._edges[1:], strict=False):
            yield f'<w:gridCol w:w="{right - left}"/>'
        yield "</w:tblGrid>"
        above: dict[int, Placed] = {}  # the merged cells that reach into the row, by column
        for number in range(len(self._part.rows)):
            yield from self._row(number, above)
        yield "</w:tbl>"

    def _row(self, number: int, above: dict[int, Placed]) -> Iterator[str]:
        is_heading = self._part.has_heading and number == 0
        is_tall = self._heights.get(number, 1) > TALL
        yield "<w:tr><w:trPr>"
        yield "" if is_tall else "<w:cantSplit/>"
        if self._is_empty and number in self._to_come:
            yield f'<w:trHeight w:val="{ROOM}" w:hRule="atLeast"/>'
        yield "<w:tblHeader/></w:trPr>" if is_heading else "</w:trPr>"
        column, keeps = 0, self._stays(number)
        while column < len(self._edges) - 1:
            one = self._begins.get((number, column))
            if one is None:
                one = above[column]
            elif one.cell.rows > 1:
                above[column] = one
            yield self._cell(one, number, keeps_next=keeps)
            column = one.end
        yield "</w:tr>"

    def _measured(self) -> dict[int, int]:
        """About how many lines each row takes."""
        heights: dict[int, int] = {}
        for one in self._cells:
            if one.cell.rows == 1:
                high = lines(self._texts[one.row, one.column], self._room(one))
                heights[one.row] = max(high, heights.get(one.row, 1))
        return heights

    def _stays(self, number: int) -> bool:
        """Whether a row is kept on the page of the one below: a heading, 资金, the last indicator
        with 总分, an indicator with what is part of it."""
        rows, kinds = self._part.rows, self._part.kinds
        if number + 1 == len(rows):
            return False
        below = kinds[number + 1]
        is_heading = kinds[number] == "heading" or rows[number].kind.startswith("heading")
        is_one_block = below == kinds[number] == "funding"
        is_part = rows[number + 1].kind == "share"
        return is_heading or below == "closing" or is_one_block or is_part

    def _cell(self, one: Placed, number: int, *, keeps_next: bool) -> str:
        cell, width = one.cell, self._edges[one.end] - self._edges[one.column]
        span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
        merge = ""
        if cell.rows > 1:
            merge = '<w:vMerge w:val="restart"/>' if one.row == number else "<w:vMerge/>"
        looks = "" if "prose" in cell.kind else '<w:vAlign w:val="center"/>'
        if self._is_narrow(one):
            looks = (
                f'<w:tcMar><w:left w:w="{NARROW}" w:type="dxa"/>'
                f'<w:right w:w="{NARROW}" w:type="dxa"/></w:tcMar>{looks}'
            )
        if sides := self._seams(number):
            looks = f"<w:tcBorders>{sides}</w:tcBorders>{looks}"
        keep = "<w:keepNext/>" if keeps_next else ""
        items = self._texts[one.row, one.column] if one.row == number else [Paragraph()]
        text = "".join(_paragraph(item, keep + self._placing(one, item)) for item in items)
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{looks}</w:tcPr>'
            f"{text}</w:tc>"
        )

    def _seams(self, number: int) -> str:
        """Where a table meets another one: each has half of the line between them, so that there
        is one, too, where a page ends."""
        sides = ["top"] if number == 0 and not self._is_first else []
        sides += ["bottom"] if number == len(self._part.rows) - 1 and not self._is_last else []
        return "".join(f'<w:{side} w:val="single" w:sz="2"/>' for side in sides)

    def _placing(self, one: Placed, item: Paragraph) -> str:
        """How a paragraph stands in its cell."""
        kinds = one.cell.kind.split()
        if item.is_item:
            return f'<w:ind w:left="{LIST}" w:hanging="{LIST}"/>'
        if "number" in kinds and (point := self._points.get((one.column, one.end))):
            indent = point.indent + point.tail - _tail(item.text)
            return f'<w:ind w:right="{indent}"/><w:jc w:val="right"/>'
        is_left = "text" in kinds or "prose" in kinds
        return "" if is_left else '<w:jc w:val="center"/>'

    def _aligned(self) -> Mapping[tuple[int, int], _Point]:
        """Where the figures of each column have their point: in the middle, as a block."""
        found: dict[tuple[int, int], tuple[int, int]] = {}
        for one in self._cells:
            text = self._texts[one.row, one.column][0].text
            if "number" in one.cell.kind.split() and text:
                tail = _tail(text)
                front = len(text) * DIGIT - tail
                before, behind = found.get((one.column, one.end), (0, 0))
                found[one.column, one.end] = max(before, front), max(behind, tail)
        points = {}
        for (left, right), (front, tail) in found.items():
            room, longest = self._edges[right] - self._edges[left] - 2 * NARROW, front + tail
            spare = min((room - longest) // 2, room - int(longest * SLACK))
            points[left, right] = _Point(max(0, spare), tail)
        return points

    def _written(self, one: Placed) -> list[Paragraph]:
        is_to_come = self._is_empty and one.cell.place and one.cell.text == NOTHING
        text, kinds = "" if is_to_come else one.cell.text, one.cell.kind.split()
        items = paragraphs(text)
        if len(items) == 1 and len(items[0].text) <= LONGEST_LABEL:
            room = int(self._room(one))
            if "label" in kinds:
                items[0].runs = folded(items[0].runs, room)
            elif "figure" in kinds:
                items[0].runs = before_unit(items[0].runs, room)
        return items

    def _room(self, one: Placed) -> float:
        """How many half-width characters have room beside one another."""
        margin = NARROW if self._is_narrow(one) else MARGIN
        return (self._edges[one.end] - self._edges[one.column] - 2 * margin) / DIGIT

    def _is_narrow(self, one: Placed) -> bool:
        return not {"number", "figure", "narrow"}.isdisjoint(one.cell.kind.split())


def _tail(figure: str) -> int:
    """How long a figure is behind its whole number, in twips."""
    whole = figure.partition(".")[0].rstrip("%")
    return (len(figure) - len(whole)) * DIGIT


def _paragraph(item: Paragraph, looks: str) -> str:
    runs = "".join(map(_run, item.runs))
    return f"<w:p><w:pPr>{looks}</w:pPr>{runs}</w:p>" if looks else f"<w:p>{runs}</w:p>"


def _run(run: Run) -> str:
    # Marks that Latin and Chinese texts share are Chinese here.
    looks = "" if not _SHARED.search(run.text) else '<w:rFonts w:hint="eastAsia"/>'
    looks += "<w:b/><w:bCs/>" if run.is_bold else ""
    looks = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    text = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else ""
        for line in run.text.split("\n")
    )
    return f"<w:r>{looks}{text}</w:r>"
