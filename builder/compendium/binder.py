"""Binds pieces into one PDF, page by page.

Page contents go through as they were deflated when the project's own PDF was printed; each
gets two small streams of its own, one in front that moves it away from the binding, and one
behind with its head and number. Nothing of a page is kept once it is written.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from builder.compendium import stamp
from builder.compendium.composer import HEIGHT, WIDTH
from builder.compendium.font import write_font
from builder.compendium.letters import Letters
from builder.compendium.outline import page_labels, write_destinations, write_outline
from builder.compendium.pieces import Piece, Placed, roman
from builder.compendium.structure import StructureTree
from builder.compendium.writer import Writer, references, text
from builder.pdf import About, FaceKey, FontUse, Leaf, Printer, Sheaf, identity

GROUP = 64
"""Pages under one node of the page tree."""
LANGUAGE = "zh-CN"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is bound how: `gutter` in points, `titles` by destination.

    Pages of the file (from 0) have roman numbers from `roman_from` on, arabic ones from
    `arabic_from` on.
    """

    placed: Sequence[Placed]
    titles: Mapping[str, str]
    roman_from: int
    arabic_from: int
    gutter: float
    crop_marks: bool = False
    tagged: bool = True


class Binder:
    """One volume in the making."""

    def __init__(
        self, sink: Callable[[bytes], object], printer: Printer, letters: Letters, plan: Plan
    ) -> None:
        self._writer = writer = Writer(sink)
        self._printer, self._letters, self._plan = printer, letters, plan
        self._tree = StructureTree(writer) if plan.tagged else None
        self._pages, self._resources = writer.numbers(2)
        self._groups: list[tuple[int, list[int]]] = []
        self._count = 0
        self._uses: dict[str, FontUse] = {}
        self._states: dict[str, bytes] = {}
        self._moves: dict[float, int] = {}
        self._targets: dict[str, tuple[int, float]] = {}
        self._ways: dict[str, bytes] = {}
        self._marks = [self._stream(stamp.crop_marks())] if plan.crop_marks else []

    def bind(self, about: About) -> int:
        """Write the volume; the number of its pages, which is even."""
        for entry in self._plan.placed:
            while self._count < entry.page:
                self._write_page(self._new_page(), self._marks)
            self._bind_piece(entry)
        if self._count % 2:
            self._write_page(self._new_page(), self._marks)
        self._close(about)
        return self._count

    def _bind_piece(self, entry: Placed) -> None:
        piece, sheaf, writer = entry.piece, entry.piece.open(), self._writer
        assert len(sheaf.leaves) == piece.pages, piece.title
        _add_uses(self._uses, sheaf.fonts)
        self._states.update(sheaf.states)
        pages = [self._new_page() for _ in sheaf.leaves]
        self._targets[piece.target] = pages[0], sheaf.leaves[0].height
        links = writer.numbers(len(sheaf.links))
        key = self._tree.next_key if self._tree else 0
        if self._tree:
            self._tree.hang(piece, sheaf, pages, links)
        on_pages: dict[int, list[int]] = {}
        for number, link in zip(links, sheaf.links, strict=True):
            on_pages.setdefault(link.page, []).append(number)
        for place, (page, leaf) in enumerate(zip(pages, sheaf.leaves, strict=True)):
            number = entry.number + place
            is_arabic = entry.page >= self._plan.arabic_from
            label = (f"{number}" if is_arabic else roman(number)) if piece.is_numbered else ""
            entries = b"/Rotate 90" if leaf.is_turned else b""
            if place in on_pages:
                entries += b"/Tabs/S/Annots[%b]" % references(on_pages[place])
            if self._tree:
                entries += b"/StructParents %d" % (key + place)
            contents = self._contents(leaf, piece, label, right_hand=self._is_right(entry, place))
            self._write_page(page, contents, entries)
        self._write_links(entry, sheaf, links, key + len(pages))

    def _is_right(self, entry: Placed, place: int) -> bool:
        """Whether a page of a piece is a right-hand one; the file begins with such a one."""
        return (entry.page + place) % 2 == 0

    def _gutter(self, piece: Piece) -> float:
        return 0 if piece.is_cover else self._plan.gutter

    def _contents(self, leaf: Leaf, piece: Piece, label: str, *, right_hand: bool) -> list[int]:
        gutter = self._gutter(piece)
        move = round(stamp.shift(leaf, right_hand=right_hand, gutter=gutter), 3)
        if move not in self._moves:
            self._moves[move] = self._stream(stamp.before(move))
        frame = stamp.Frame.of(leaf, right_hand=right_hand, gutter=gutter)
        behind = stamp.after(frame, piece.heads, label, self._letters)
        content = self._writer.add_stream(leaf.content)
        return [self._moves[move], content, self._stream(behind), *self._marks]

    def _write_links(self, entry: Placed, sheaf: Sheaf, links: range, key: int) -> None:
        for place, (number, link) in enumerate(zip(links, sheaf.links, strict=True)):
            right_hand = self._is_right(entry, link.page)
            leaf = sheaf.leaves[link.page]
            move = stamp.shift(leaf, right_hand=right_hand, gutter=self._gutter(entry.piece))
            x1, y1, x2, y2 = link.box
            self._writer.write(
                number,
                b"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[%.2f %.2f %.2f %.2f]%b%b>>"
                % (
                    *(x1 + move, y1, x2 + move, y2),
                    self._leading_to(link.target),
                    b"/StructParent %d" % (key + place) if self._tree else b"",
                ),
            )

    def _leading_to(self, target: str) -> bytes:
        if target not in self._ways:
            title = text(f"转到{self._plan.titles[target]}")
            self._ways[target] = b"/Dest%b/Contents%b" % (text(target), title)
        return self._ways[target]

    def _new_page(self) -> int:
        if not self._groups or len(self._groups[-1][1]) == GROUP:
            self._groups.append((self._writer.number(), []))
        number = self._writer.number()
        self._groups[-1][1].append(number)
        self._count += 1
        return number

    def _write_page(self, number: int, contents: Sequence[int], entries: bytes = b"") -> None:
        parent = next(group for group, kids in reversed(self._groups) if number in kids)
        if contents:
            entries += b"/Contents[%b]" % references(contents)
        if self._marks:
            entries += b"/TrimBox[0 0 %.3f %.3f]" % (WIDTH, HEIGHT)
        self._writer.write(  # PDF/A asks for resources at the page itself
            number,
            b"<</Type/Page/Parent %d 0 R/Resources %d 0 R%b>>" % (parent, self._resources, entries),
        )

    def _close(self, about: About) -> None:
        writer, plan = self._writer, self._plan
        self._write_resources()
        self._write_page_tree()
        metadata = writer.add_stream(
            identity.packet(about, LANGUAGE), b"/Type/Metadata/Subtype/XML", deflated=False
        )
        profile = writer.add_stream(zlib.compress(identity.colour_profile(), 9), b"/N 3")
        first = next(e.number for e in plan.placed if e.page >= plan.arabic_from)
        catalog = (
            b"/Type/Catalog/Pages %d 0 R/PageMode/UseOutlines/PageLayout/TwoPageRight/Lang(%b)"
            b"/ViewerPreferences<</DisplayDocTitle true>>/Metadata %d 0 R"
            b"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
            b"/Info(sRGB)/DestOutputProfile %d 0 R>>]/Outlines %d 0 R/Names<</Dests %d 0 R>>"
            b"/PageLabels%b"
            % (
                *(self._pages, LANGUAGE.encode(), metadata, profile),
                write_outline(writer, plan.placed),
                write_destinations(writer, self._targets),
                page_labels(plan.roman_from, plan.arabic_from, first),
            )
        )
        if self._tree:
            catalog += b"/StructTreeRoot %d 0 R/MarkInfo<</Marked true>>" % self._tree.write()
        info = writer.add(identity.entries(about))
        writer.close(writer.add(b"<<%b>>" % catalog), info)

    def _write_page_tree(self) -> None:
        out = stamp.CROP + stamp.CROP_GAP if self._marks else 0
        box = (-out, -out, WIDTH + out, HEIGHT + out)
        for number, kids in self._groups:
            self._writer.write(
                number,
                b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%b]>>"
                % (self._pages, len(kids), references(kids)),
            )
        self._writer.write(
            self._pages,
            b"<</Type/Pages/Count %d/MediaBox[%.3f %.3f %.3f %.3f]/Kids[%b]>>"
            % (self._count, *box, references([number for number, _ in self._groups])),
        )

    def _write_resources(self) -> None:
        """One font for each face, with all that any page uses of it."""
        _add_uses(self._uses, self._letters.uses)
        merged: dict[FaceKey, FontUse] = {}
        for use in self._uses.values():
            known = merged.setdefault(use.key, FontUse(use.family, use.weight, {}, {}))
            known.widths.update(use.widths)
            known.texts.update(use.texts)
        programs = self._printer.programs(merged)
        fonts = {
            key: write_font(self._writer, merged[key], programs[key]) for key in sorted(merged)
        }
        names = b"".join(
            b"/%b %d 0 R" % (name.encode(), fonts[use.key])
            for name, use in sorted(self._uses.items())
        )
        states = b"".join(
            b"/%b %b" % (name.encode(), state) for name, state in sorted(self._states.items())
        )
        self._writer.write(self._resources, b"<</Font<<%b>>/ExtGState<<%b>>>>" % (names, states))

    def _stream(self, operators: bytes) -> int:
        return self._writer.add_stream(zlib.compress(operators))


def _add_uses(uses: dict[str, FontUse], more: Mapping[str, FontUse]) -> None:
    for name, use in more.items():
        known = uses.setdefault(name, FontUse(use.family, use.weight, {}, {}))
        known.widths.update(use.widths)
        known.texts.update(use.texts)
