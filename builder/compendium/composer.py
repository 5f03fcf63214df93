"""Pages set by hand: texts at places, with their structure; measures in points, y upwards."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from builder.compendium.letters import Letters, Style
from builder.pdf import Leaf, Link, Sheaf, Structure

MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM
"""A4."""
SIDE, TOP, BOTTOM = 22.5 * MM, 30 * MM, 26 * MM
"""Margins of the text; the binding moves it sideways."""
HEADLINE = 22.65
"""From the upper margin down to the line of a page's title, as the theme's `h1` has it."""

INK, MUTED, LINE = b"0.11 0.106 0.102 rg", b"0.373 0.353 0.329 rg", b"0.65 0.63 0.6 RG"


_ELEMENT, _LINK, _CONTENT, _KINDS = range(4)
_SHIFT = 16  # a page has less pieces of content than 2 to that power


@dataclass(slots=True)
class _Element:
    role: str
    parent: int
    page: int
    attributes: bytes
    kids: list[int] = field(default_factory=list)
    """Elements, links, and content by page and number, each as `_kid` makes it a number."""


@dataclass(slots=True)
class _Page:
    content: list[bytes]
    owners: list[int]


class Composer:
    """Pages in the making; y counts from the foot of the page.

    A turned page is set on a sheet lying down, whose head comes to lie to the left.
    """

    def __init__(self, letters: Letters, role: str = "Sect", *, turned: bool = False) -> None:
        self.letters = letters
        self.turned = turned
        self.width, self.height = (HEIGHT, WIDTH) if turned else (WIDTH, HEIGHT)
        self._elements = [_Element(role, -1, 0, b"")]
        self._open = [0]
        self._pages: list[_Page] = []
        self._links: list[Link] = []
        self._headings = 0

    @property
    def pages(self) -> int:
        return len(self._pages)

    def page(self) -> None:
        """Begin a page."""
        start = b"0 1 -1 0 %.3f 0 cm" % WIDTH if self.turned else b""
        self._pages.append(_Page([start], []))

    @contextmanager
    def element(self, role: str, attributes: bytes = b"") -> Iterator[int]:
        """Everything set inside belongs to a new structure element."""
        number, parent = len(self._elements), self._open[-1]
        self._elements.append(_Element(role, parent, self.pages - 1, attributes))
        self._elements[parent].kids.append(_kid(_ELEMENT, number))
        self._open.append(number)
        try:
            yield number
        finally:
            self._open.pop()

    def text(self, x: float, y: float, text: str, style: Style, colour: bytes = INK) -> None:
        """A text that begins at x on the line y."""
        shown = self.letters.show(text, style)
        self.marked(b"BT %b 1 0 0 1 %.2f %.2f Tm %b ET" % (colour, x, y, shown))

    def marked(self, operators: bytes) -> None:
        """Operators that draw content of the element that is open."""
        page = self._pages[-1]
        owner, number = self._open[-1], len(page.owners)
        page.content.append(b"/Span<</MCID %d>>BDC %b EMC" % (number, operators))
        page.owners.append(owner)
        self._elements[owner].kids.append(_kid(_CONTENT, (self.pages - 1) << _SHIFT | number))

    def artifact(self, operators: bytes) -> None:
        """Operators that draw what is no content."""
        self._pages[-1].content.append(b"/Artifact BMC q %b Q EMC" % operators)

    def link(self, target: str, box: tuple[float, float, float, float]) -> None:
        """Let a place lead to a destination; inside a Link element."""
        owner = self._open[-1]
        x1, y1, x2, y2 = box
        if self.turned:
            x1, y1, x2, y2 = WIDTH - y2, x1, WIDTH - y1, x2
        self._elements[owner].kids.append(_kid(_LINK, len(self._links)))
        self._links.append(Link(self.pages - 1, target, (x1, y1, x2, y2), owner))

    def sheaf(self) -> Sheaf:
        """The finished pages."""
        leaves = [
            Leaf(zlib.compress(b"\n".join(page.content)), WIDTH, HEIGHT, SIDE, SIDE, self.turned)
            for page in self._pages
        ]
        return Sheaf(
            tuple(leaves), self._structure(), tuple(self._links), self.letters.uses, {}, {}
        )

    def _structure(self) -> Structure:
        pages, links = len(self._elements), len(self._elements) + self.pages
        blanks = array("I")
        objects = []
        for element in self._elements:
            kids = []
            parent = links + len(self._links) if element.parent < 0 else element.parent
            blanks.extend((parent, pages + element.page))
            for kid in element.kids:
                number, kind = divmod(kid, _KINDS)
                page, mark = number >> _SHIFT, number & (1 << _SHIFT) - 1
                if kind == _ELEMENT:
                    kids.append(b"%d 0 R")
                    blanks.append(number)
                elif kind == _LINK:
                    kids.append(b"<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>")
                    blanks.extend((links + number, pages + self._links[number].page))
                elif page == element.page:
                    kids.append(b"%d" % mark)
                else:
                    kids.append(b"<</Type/MCR/Pg %%d 0 R/MCID %d>>" % mark)
                    blanks.append(pages + page)
            objects.append(
                b"<</Type/StructElem/S/%b/P %%d 0 R/Pg %%d 0 R%b/K[%b]>>"
                % (element.role.encode(), element.attributes, b" ".join(kids))
            )
        for made in self._pages:
            blanks.extend(made.owners)
            objects.append(b"[" + b" ".join([b"%d 0 R"] * len(made.owners)) + b"]")
        syntax = zlib.compress(b"\x1e".join(objects))
        return Structure(syntax, blanks, len(self._elements), array("I"))


def _kid(kind: int, number: int) -> int:
    return number * _KINDS + kind


def rule(x1: float, x2: float, y: float, width: float = 0.5, colour: bytes = LINE) -> bytes:
    """Operators of a line across."""
    return b"%b %g w %.2f %.2f m %.2f %.2f l S" % (colour, width, x1, y, x2, y)


def spans(columns: int = 1, scope: str = "") -> bytes:
    """The attributes of a table cell."""
    entries = b"/ColSpan %d" % columns if columns > 1 else b""
    if scope:
        entries += b"/Scope/" + scope.encode()
    return b"/A<</O/Table%b>>" % entries


def columns(widths: Sequence[float], start: float) -> list[float]:
    """Where columns of those widths begin."""
    places = [start]
    for width in widths[:-1]:
        places.append(places[-1] + width)
    return places
