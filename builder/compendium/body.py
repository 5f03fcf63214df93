"""The middle of a book: departments, each with its half-title and its forms, page after page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from builder.compendium.book import Book
from builder.compendium.halftitle import half_title
from builder.compendium.lists import SECTION, Line, Setting, set_list
from builder.compendium.order import Chapter, Form
from builder.compendium.pieces import Piece, Placed, Side, opening, place
from builder.pdf import Sheaf

SHARE, ELSEWHERE = 25, 3
"""Of so many pages one may be blank, so that forms of two pages lie open; so many are in front."""
LIST = "项目一览"


@dataclass(frozen=True)
class Body:
    """The pieces of every volume, each counted from page 0, and the numbers of their pages.

    `end` is the page number after all of them, that of a right-hand page.
    """

    parts: Sequence[Sequence[Placed]]
    numbers: Mapping[str, str]
    end: int


# Set once for all volumes of a book, and kept no longer than the book with its fonts.
_bodies: WeakKeyDictionary[Book, Body] = WeakKeyDictionary()


def body(book: Book) -> Body:
    """The chapters of a book; their numbers run on through all volumes."""
    if book not in _bodies:
        numbers: dict[str, str] = {}
        parts, number = [], 1
        for part in book.parts:
            placed, number = _part(book, part, number, numbers)
            numbers.update((entry.piece.target, f"{entry.number}") for entry in placed)
            parts.append(placed)
        _bodies[book] = Body(parts, numbers, number)
    return _bodies[book]


def _part(
    book: Book, part: Sequence[Chapter], number: int, numbers: Mapping[str, str]
) -> tuple[list[Placed], int]:
    """The chapters of a volume, and the number of the right-hand page behind them.

    Each in the way that leaves the fewest pages blank and the fewest forms to be turned over.
    """
    placed: list[Placed] = []
    page, spare = 0, max(sum(chapter.pages for chapter in part) // SHARE - ELSEWHERE, 0)
    for chapter in part:
        plain = _pieces(book, chapter)
        most = min(spare, sum(piece.side is Side.LEFT for piece in plain))
        found = [place(plain, page, number, spent) for spent in range(most + 1)]
        if any(_flaws(found[-1])) and (listed := _listed(book, chapter, numbers)):
            found += [place(listed, page, number, spent) for spent in range(most + 1)]
        chosen = min(found, key=lambda each: (sum(_flaws(each)), _flaws(each)))
        placed += chosen
        spare = max(spare - _flaws(chosen)[1], 0)
        end = opening(chosen[-1].end, Side.RIGHT)
        page, number = end, number + end - page
    return placed, number


def _flaws(placed: Sequence[Placed]) -> tuple[int, int]:
    """How many forms must be turned over that could lie open, and how many pages are blank."""
    turned = sum(entry.piece.side is Side.LEFT and entry.page % 2 == 0 for entry in placed)
    end = opening(placed[-1].end, Side.RIGHT)
    return turned, end - placed[0].page - sum(entry.piece.pages for entry in placed)


def _pieces(book: Book, chapter: Chapter) -> list[Piece]:
    press, name = book.press, chapter.department
    shown, colour = book.totals.figures(chapter.summaries), press.colour + b" RG"
    return [
        Piece(
            title=name,
            target=chapter.target,
            pages=1,
            open=lambda: half_title(name, shown, colour, book.letters),
            place=(name,),
            is_numbered=False,
        ),
        *(piece for form in chapter.forms for piece in _form(chapter, form)),
    ]


def _listed(book: Book, chapter: Chapter, numbers: Mapping[str, str]) -> list[Piece]:
    """The same with a list of its projects on the back of the half-title, where it fits there.

    Not where forms are wanted on right-hand pages: then the backs are blank on purpose.
    """
    lines, letters = list(_lines(chapter)), book.letters
    stems = frozenset(form.summary.stem for form in chapter.forms)
    unknown = Setting(letters, dict.fromkeys(stems, "0000"), frozenset())
    if chapter.is_apart or len(set_list(LIST, lines, unknown).leaves) > 1:
        return []
    opened, *forms = _pieces(book, chapter)
    listed = Piece(
        title=LIST,
        target=f"list:{chapter.department}",
        pages=1,
        open=lambda: set_list(LIST, lines, Setting(letters, numbers, stems)),
        level=0,
        side=Side.NEXT,
        place=(chapter.department, LIST),
    )
    return [opened, listed, *forms]


def _lines(chapter: Chapter) -> Iterator[Line]:
    """The projects of a chapter, under their units."""
    for unit, forms in chapter.sections().items():
        if not chapter.is_unit:
            yield Line(unit, (), SECTION)
        yield from (Line(form.summary.name, (form.summary.stem,)) for form in forms)


def _form(chapter: Chapter, form: Form) -> Iterator[Piece]:
    """A form, and right behind it its 复核表."""
    name = form.summary.name
    own = Piece(
        title=name,
        target=form.summary.stem,
        pages=form.pages,
        open=lambda: Sheaf.unpacked(form.sheaf()),
        level=2,
        side=chapter.side(form),
        place=(chapter.department, form.summary.unit),
        role="Art",
        heads=(chapter.department, name),
    )
    yield own
    if form.review_pages:
        yield replace(
            own,
            title=f"{name}（复核表）",
            target=form.review_target,
            pages=form.review_pages,
            open=lambda: Sheaf.unpacked(form.review()),
            level=3,
            side=Side.NEXT,
        )
