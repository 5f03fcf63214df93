"""Where pages divide a form, so that cells can end with the page and go on overleaf.

Left alone, a cell merged over rows on both sides of a page break shows its label on the
first page only, and a long text runs out of the page without a line below it. So a form is
laid out once to see where its pages end, and again divided there: merged cells end, long
texts are cut, and overleaf every label is repeated, as 产出指标（续）.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from lxml import etree

from builder.pdf.contract import Part
from builder.pdf.cutting import length

if TYPE_CHECKING:
    from weasyprint import Document

GOALS = -1
"""The number of the row of goals; indicators count from 0, all other rows down from -2."""
LABEL = "label"

# A text leaves at least so many lines behind when it goes on overleaf.
_MIN_LINES = 3


Cut = tuple[int, ...]
"""How many characters of each body cell come before a break; blanks are not counted."""


@dataclass(frozen=True, slots=True)
class Break:
    """A page ends before a row, or with a `cut` amid it.

    Where it `divides` the form, cells end with the page and labels are repeated; elsewhere
    nothing crosses it, and the page ends there by itself.
    """

    row: int
    cut: Cut = ()
    divides: bool = True


def parts(breaks: Sequence[Break]) -> tuple[Part, ...]:
    """The indicators on each side of `breaks`; one that is cut belongs to both."""
    amid = [entry for entry in breaks if entry.divides and entry.row >= 0]
    begins = (0, *(entry.row for entry in amid))
    ends = (*(entry.row + bool(entry.cut) for entry in amid), None)
    return tuple(map(Part, begins, ends))


def find(document: Document, planned: Sequence[Break]) -> tuple[Break, ...]:
    """Where the pages of a layout end, and where the form has to be divided there.

    The layout was made for the breaks `planned`; its rows tell their number in `data-row`,
    what is cut from them in `data-cut`, and in `data-merged` that a label to their left is
    merged with rows above.
    """
    found = []
    wanted = {(entry.row, entry.cut) for entry in planned if entry.divides}
    seen: dict[etree._Element, _Shown] = {}
    for page in document.pages:
        rows = list(_rows(page._page_box))  # noqa: SLF001
        if rows and seen:
            row = rows[0].element
            begun = int(row.get("data-row")), _numbers(row.get("data-cut", ""))
            so_far = seen.get(row)
            if so_far and (so_far.lines >= _MIN_LINES or begun in wanted):
                found.append(Break(begun[0], so_far.cut_before(rows[0], begun[1])))
            else:
                merged = bool(row.get("data-merged"))
                found.append(Break(*begun, bool(so_far) or begun in wanted or merged))
        for box in rows:
            seen.setdefault(box.element, _Shown()).add(box)
    return tuple(found)


def settled(planned: Sequence[Break], found: Sequence[Break]) -> bool:
    """Whether a layout planned for `planned` showed that no more is to be divided."""
    count = len(planned)
    ends_as_planned = tuple(found[:count]) == tuple(planned)
    return ends_as_planned and not any(entry.divides for entry in found[count:])


def settle(planned: Sequence[Break], found: Sequence[Break]) -> tuple[Break, ...]:
    """The breaks to plan for next, after a layout planned for `planned` showed `found`.

    Behind the first page that ends elsewhere than planned everything may move, so what was
    planned there is forgotten.
    """
    pairs = zip(planned, found, strict=False)
    agreed = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
    return tuple(found if agreed == len(planned) else found[: agreed + 1])


class _Shown:
    """How much of a row its pages have shown so far: of each cell, the lengths of its lines."""

    def __init__(self) -> None:
        self._cells: list[list[int]] = []

    @property
    def lines(self) -> int:
        """How many lines the longest cell has shown."""
        return max(map(len, self._cells))

    def add(self, row: Any) -> None:
        """Take in what one more page shows of the row."""
        cells = _lines(row)
        self._cells = [a + b for a, b in zip(self._cells or [[]] * len(cells), cells, strict=True)]

    def cut_before(self, row: Any, begin: Cut) -> Cut:
        """How much of each cell comes before a page that goes on with `row`.

        A cell that goes on gives up its last line here: below it there will be the air and
        the border that a cell has at its end, and that one running out of the page lacks.
        """
        before = [
            sum(shown[:-1] if more else shown)
            for shown, more in zip(self._cells, _lines(row), strict=True)
        ]
        return tuple(map(sum, zip(begin or [0] * len(before), before, strict=True)))


def _lines(row: Any) -> list[list[int]]:
    """The lengths of the lines in each cell of a row, but for its labels."""
    return [
        [
            length("".join(box.text for box in _below(line, "TextBox")))
            for line in _below(cell, "LineBox")
            if line.element_tag != "li::marker"
        ]
        for cell in row.children
        if not has_class(cell.element, LABEL)
    ]


def body_cells(row: etree._Element) -> list[etree._Element]:
    """The cells of a row that a break may cut: all but labels merged with other rows."""
    return [cell for cell in row if not has_class(cell, LABEL)]


def add_class(element: etree._Element, name: str) -> None:
    """Add a class to an element."""
    element.set("class", f"{element.get('class', '')} {name}".strip())


def has_class(element: etree._Element, name: str) -> bool:
    """Whether an HTML element has that class, among others."""
    return name in element.get("class", "").split()


def _rows(box: Any) -> Iterator[Any]:
    """The numbered rows below a box of the layout, in order; those of headings have no number."""
    if box.element_tag == "tr":
        if box.element.get("data-row"):
            yield box
        return
    for child in getattr(box, "children", ()):
        yield from _rows(child)


def _below(box: Any, kind: str) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if type(child).__name__ == kind:
            yield child
        else:
            yield from _below(child, kind)


def _numbers(text: str) -> Cut:
    return tuple(map(int, text.split()))
