"""The ways into a volume on screen: bookmarks, named destinations, page labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from builder.compendium.pieces import Piece, Placed
from builder.compendium.writer import Writer, encoded, text

COVER = "封面"


def write_outline(writer: Writer, placed: Iterable[Placed]) -> int:
    """Bookmarks by the levels of their pieces, those below the first closed; the number of their
    root."""
    root = writer.number()
    path, below = [root], dict[int, list[tuple[int, Piece]]]()
    for entry in placed:
        if level := entry.piece.level:
            path[level:] = [writer.number()]
            below.setdefault(path[level - 1], []).append((path[level], entry.piece))
    top = below[root]
    _write_level(writer, root, below)
    first, last = top[0][0], top[-1][0]
    writer.write(
        root, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (first, last, len(top))
    )
    return root


def _write_level(
    writer: Writer, parent: int, below: Mapping[int, Sequence[tuple[int, Piece]]]
) -> None:
    entries = below[parent]
    for place, (number, piece) in enumerate(entries):
        more = b""
        if place:
            more += b"/Prev %d 0 R" % entries[place - 1][0]
        if place + 1 < len(entries):
            more += b"/Next %d 0 R" % entries[place + 1][0]
        if under := below.get(number):
            first, last = under[0][0], under[-1][0]
            more += b"/First %d 0 R/Last %d 0 R/Count %d" % (first, last, -len(under))
            _write_level(writer, number, below)
        writer.write(
            number,
            b"<</Title%b/Parent %d 0 R/Dest%b%b>>"
            % (text(piece.title), parent, text(piece.target), more),
        )


def write_destinations(writer: Writer, targets: Mapping[str, tuple[int, float]]) -> int:
    """Named destinations, each the top of a page; the number of their tree."""
    places = sorted(targets.items(), key=lambda entry: encoded(entry[0]))
    return writer.add_tree(
        b"/Names",
        ((text(name), b"[%d 0 R/XYZ 0 %g 0]" % place) for name, place in places),
    )


def page_labels(roman_from: int, arabic_from: int, first: int) -> bytes:
    """What a reader calls the pages: roman numbers from one page of the file on, then arabic.

    Pages of the file count from 0; `first` is the first arabic number.
    """
    return b"<</Nums[0<</P%b>> %d<</S/r>> %d<</S/D/St %d>>]>>" % (
        text(COVER),
        roman_from,
        arabic_from,
        first,
    )
