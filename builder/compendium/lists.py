"""Contents and indexes: lines of text, dots and a page number that lead to a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from builder.compendium.composer import BOTTOM, HEADLINE, HEIGHT, SIDE, TOP, WIDTH, Composer
from builder.compendium.letters import BOLD, REGULAR, SONG, Letters, Style
from builder.pdf import Sheaf

TITLE = Style(SONG, BOLD, 20)
LETTER = Style(SONG, BOLD, 12)
DOTS = b"0.373 0.353 0.329 RG 0.75 w 1 J [0 3.6] %.2f d %.2f %.2f m %.2f %.2f l S"
DOT_STEP = 3.6
GAP = 22.0
KEPT = 8
"""Lines of numbers that stay together."""
MOST_LINES = 8
"""Of an entry: what is longer can be read where it leads."""
SEPARATOR = ", "
TAIL = 30.0
"""Room for a page number, at which all dots end; in points."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a line is set: its face, its indent, its height and the air above it, in points."""

    style: Style
    indent: float
    height: float
    above: float = 0
    dots: bool = True
    """Whether dots lead to the number at the edge; else it stands behind the text."""
    leads: bool = False
    """Whether it is a heading, which stays with what follows."""


PART = Kind(Style(SONG, BOLD, 11), 0, 18, 8, leads=True)
SECTION = Kind(Style(SONG, REGULAR, 10), 11, 16, 2, leads=True)
ENTRY = Kind(Style(SONG, REGULAR, 10), 22, 15.5)
PLAIN = Kind(Style(SONG, REGULAR, 10.5), 0, 17)
# Multiples of one height, so that the columns of an index share their lines.
HEAD = Kind(LETTER, 0, 13.5, 13.5, leads=True)
INDEXED = Kind(Style(SONG, REGULAR, 9), 0, 13.5)
MENTIONED = Kind(Style(SONG, REGULAR, 9), 0, 13.5, dots=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: what it says, where it leads (nowhere: a heading), and beside it, quietly, a note.

    `targets` are destinations: one where dots lead to its number, else as many as there are.
    """

    text: str
    targets: tuple[str, ...]
    kind: Kind = ENTRY
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Block:
    """An entry with the headings in front of it, each in its lines of text.

    `height` is that of all, `least` what it is begun in: the numbers of an indicator of a
    thousand projects run over into the next columns.
    """

    lines: Sequence[tuple[Line, list[str]]]
    above: float
    height: float
    least: float


@dataclass(frozen=True, slots=True)
class Setting:
    """What lists of one volume share: letters, and what is printed for a destination.

    Only those that are `linked` can be reached from here; others are in another volume.
    """

    letters: Letters
    numbers: Mapping[str, str]
    linked: frozenset[str]


def set_list(title: str, lines: Iterable[Line], setting: Setting, *, columns: int = 1) -> Sheaf:
    """The pages of a list."""
    return _List(setting, columns).pages(title, lines)


class _List:
    def __init__(self, setting: Setting, columns: int) -> None:
        self.letters, self.numbers = setting.letters, setting.numbers
        self.linked, self.columns = setting.linked, columns
        self.composer = Composer(self.letters)
        self.width = (WIDTH - 2 * SIDE - GAP * (columns - 1)) / columns
        self.column, self.y, self.top, self.bottom = 0, 0.0, 0.0, BOTTOM

    def pages(self, title: str, lines: Iterable[Line]) -> Sheaf:
        composer = self.composer
        composer.page()
        self.y = HEIGHT - TOP - HEADLINE
        with composer.element("H1"):
            x = (WIDTH - self.letters.width(title, TITLE)) / 2
            composer.text(x, self.y, title, TITLE)
        blocks = list(self._blocks(lines))
        self._begin(self.y - 32, blocks)
        with composer.element("TOC"):
            for place, block in enumerate(blocks):
                if self.y - block.least < self.bottom - 0.01 and self.y < self.top:
                    self._next(blocks[place:])
                for line, texts in block.lines:
                    self._line(line, texts)
        return composer.sheaf()

    @property
    def left(self) -> float:
        """Where the column begins."""
        return SIDE + self.column * (self.width + GAP)

    def _blocks(self, lines: Iterable[Line]) -> Iterator[_Block]:
        waiting: list[tuple[Line, list[str]]] = []
        for line in lines:
            waiting.append((line, self._wrapped(line)))
            if not line.kind.leads:
                height = sum(self._height(*each) for each in waiting)
                more = 0 if line.kind.dots else len(self._rows(line, self._end(*waiting[-1]))) - 1
                least = height + line.kind.height * min(more, KEPT)
                height += line.kind.height * more
                yield _Block(waiting, waiting[0][0].kind.above, height, least)
                waiting = []

    def _begin(self, top: float, blocks: Sequence[_Block]) -> None:
        """Begin the columns of a page; on the last one they come out even."""
        self.column, self.y, self.top, self.bottom = 0, top, top, BOTTOM
        room = top - BOTTOM
        if self.columns == 1 or not blocks or not self._fit(blocks, room):
            return
        least = sum(block.height for block in blocks) / self.columns
        steps = range(int(least / INDEXED.height), int(room / INDEXED.height))
        depths = (step * INDEXED.height for step in steps)
        self.bottom = top - next((depth for depth in depths if self._fit(blocks, depth)), room)

    def _fit(self, blocks: Sequence[_Block], depth: float) -> bool:
        """Whether all of them fit into columns of that depth."""
        column, used = 0, 0.0
        for block in blocks:
            if used and used + block.height > depth:
                column, used = column + 1, 0
            used += block.height - (0 if used else block.above)
            if column == self.columns or used > depth:
                return False
        return True

    def _next(self, blocks: Sequence[_Block] = ()) -> None:
        """The next column, where necessary on a new page, for what is left."""
        if self.column + 1 < self.columns:
            self.column += 1
            self.y = self.top
            return
        self.composer.page()
        self._begin(HEIGHT - TOP - 4, blocks)

    def _tail(self, line: Line) -> str:
        return SEPARATOR.join(self.numbers[target] for target in line.targets)

    def _wrapped(self, line: Line) -> list[str]:
        """The lines of an entry's text; the last one leaves room for its number."""
        room = self.width - line.kind.indent
        if line.kind.dots and line.targets:
            room -= TAIL + 14
        text = line.text + (f"　{line.note}" if line.note else "")
        return self.letters.beginning(text, line.kind.style, room, MOST_LINES)

    def _height(self, line: Line, texts: list[str]) -> float:
        return line.kind.height * len(texts) + line.kind.above

    def _end(self, line: Line, texts: list[str]) -> float:
        """Where the last line of an entry's text ends, from the left of its column."""
        hanging = line.kind.style.size if len(texts) > 1 else 0
        return line.kind.indent + hanging + self.letters.width(texts[-1], line.kind.style)

    def _line(self, line: Line, texts: list[str]) -> None:
        composer, kind, style = self.composer, line.kind, line.kind.style
        if self.y < self.top - 1:
            self.y -= kind.above
        left, right = self.left, self.left + self.width
        single = line.targets[0] if line.kind.dots and line.targets else ""
        with ExitStack() as inside:
            inside.enter_context(composer.element("TOCI"))
            if single:
                inside.enter_context(composer.element("Reference"))
            if single in self.linked:
                inside.enter_context(composer.element("Link"))
            top = self.y
            for number, text in enumerate(texts):
                self.y -= kind.height
                x = left + kind.indent + (style.size if number else 0)
                composer.text(x, self.y, text, style)
            end = self._end(line, texts)
            if single:
                tail = self._tail(line)
                x = right - self.letters.width(tail, style)
                self._dots(left + end + 5, min(x - 5, right - TAIL))
                composer.text(x, self.y, tail, style)
                if single in self.linked:
                    composer.link(single, (left, self.y - 4, right, top - 2))
            elif line.targets:
                self._several(line, end)

    def _rows(self, line: Line, end: float) -> list[list[str]]:
        """The targets of an entry by the lines that their numbers take."""
        style, used = line.kind.style, end + 8
        rows: list[list[str]] = [[]]
        for target in line.targets:
            wide = self.letters.width(self.numbers[target] + SEPARATOR, style)
            if used + wide > self.width:
                rows.append([])
                used = 2 * style.size
            rows[-1].append(target)
            used += wide
        return rows

    def _several(self, line: Line, end: float) -> None:
        """The numbers of several places, each with its own link, behind the text."""
        composer, style = self.composer, line.kind.style
        x, last = self.left + end + 8, line.targets[-1]
        for place, targets in enumerate(self._rows(line, end)):
            if place:
                if self.y - line.kind.height < self.bottom - 0.01:
                    self._next()
                self.y -= line.kind.height
                x = self.left + 2 * style.size
            for target in targets:
                number = self.numbers[target]
                wide = self.letters.width(number, style)
                if target in self.linked:
                    with composer.element("Link"):
                        composer.text(x, self.y, number, style)
                        composer.link(target, (x, self.y - 3, x + wide, self.y + style.size))
                else:
                    composer.text(x, self.y, number, style)
                x += wide
                if target != last:
                    composer.text(x, self.y, SEPARATOR, style)
                    x += self.letters.width(SEPARATOR, style)

    def _dots(self, start: float, end: float) -> None:
        """Dots that stand under those of the lines above, whatever the lengths of the texts."""
        grid = (SIDE + self.width) % DOT_STEP
        first = start + (grid - start) % DOT_STEP
        last = end - (end - grid) % DOT_STEP
        if last - first > 2 * DOT_STEP:
            # A little longer than to the last dot, which rounding would lose otherwise.
            self.composer.artifact(DOTS % (0, first, self.y + 1, last + 0.5, self.y + 1))
