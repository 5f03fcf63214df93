"""What a volume is made of, in order, and on which page each piece begins."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto

from builder.pdf import Sheaf


class Side(Enum):
    """Where pages begin in the open book: on the next page, or on one side of it."""

    NEXT = auto()
    LEFT = auto()
    RIGHT = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """Pages that belong together.

    `target` is their destination's name. `level` is that of their bookmark, 0 for none;
    `place` the parts of the volume they stand in, department and unit.
    """

    title: str
    target: str
    pages: int
    open: Callable[[], Sheaf]
    level: int = 1
    side: Side = Side.RIGHT
    place: tuple[str, ...] = ()
    role: str = "Sect"
    heads: tuple[str, str] = ("", "")
    is_numbered: bool = True
    is_cover: bool = False
    """Whether they go round the book, and so have no margin for the binding."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and where it begins: the page of the file (from 0), the number printed there."""

    piece: Piece
    page: int
    number: int

    @property
    def end(self) -> int:
        """The page after it."""
        return self.page + self.piece.pages


def opening(page: int, side: Side) -> int:
    """The first page on that side, from a page of the file (from 0: a right-hand one) on."""
    if side is Side.NEXT:
        return page
    return page + (page % 2 if side is Side.RIGHT else 1 - page % 2)


def place(pieces: Iterable[Piece], page: int = 0, number: int = 1, spare: int = 0) -> list[Placed]:
    """Give every piece its first page; `page` and `number` are those of the first one.

    A page counts from 0 and its number from 1, so that odd numbers are on right-hand pages.
    `spare` pages may be left blank so that pieces begin on the left.
    """
    placed = []
    for piece in pieces:
        first = opening(page, piece.side)
        if piece.side is Side.LEFT:
            first = min(first, page + spare)
            spare -= first - page
        number += first - page
        placed.append(Placed(piece, first, number))
        page, number = first + piece.pages, number + piece.pages
    return placed


def roman(number: int) -> str:
    """A page number of the front matter, such as `xiv`."""
    signs = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
             (4, "iv"), (1, "i"))  # fmt: skip
    text = ""
    for value, sign in signs:
        text += sign * (number // value)
        number %= value
    return text
