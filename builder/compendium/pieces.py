"""What a volume is made of, in order, and on which page each piece begins."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from builder.pdf import Sheaf


@dataclass(frozen=True, slots=True)
class Piece:
    """Pages that belong together; they begin on a right-hand page.

    `target` is their destination's name. `level` is that of their bookmark, 0 for none;
    `place` the parts of the volume they stand in, department and unit.
    """

    title: str
    target: str
    pages: int
    open: Callable[[], Sheaf]
    level: int = 1
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


def place(pieces: Iterable[Piece], page: int = 0, number: int = 1) -> list[Placed]:
    """Give every piece its first page; `page` and `number` are those of the first one.

    A number and its page are both odd or both even, so that odd ones are right-hand pages.
    """
    placed = []
    for piece in pieces:
        if page % 2:
            page, number = page + 1, number + 1
        placed.append(Placed(piece, page, number))
        page, number = page + piece.pages, number + piece.pages
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
