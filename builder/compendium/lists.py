"""Contents and indexes: lines of text, dots and a page number that lead to a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass

from builder.compendium.composer import BOTTOM, HEIGHT, SIDE, TOP, WIDTH, Composer
from builder.compendium.letters import BOLD, REGULAR, SONG, Letters, Style
from builder.pdf import Sheaf

TITLE = Style(SONG, BOLD, 20)
LETTER = Style(SONG, BOLD, 12)
DOTS = b"0.373 0.353 0.329 RG 0.75 w 1 J [0 3.6] %.2f d %.2f %.2f m %.2f %.2f l S"
DOT_STEP = 3.6
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


HEAD = Kind(LETTER, 0, 18, 10)
PART = Kind(Style(SONG, BOLD, 11), 0, 18, 7)
SECTION = Kind(Style(SONG, REGULAR, 10), 11, 16, 2)
ENTRY = Kind(Style(SONG, REGULAR, 10), 22, 15.5)
INDEXED = Kind(Style(SONG, REGULAR, 9), 0, 13.5)
MENTIONED = Kind(Style(SONG, REGULAR, 9), 0, 13.5, dots=False)
PLAIN = Kind(Style(SONG, REGULAR, 10.5), 0, 17)


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
        self.gap = 22.0
        self.width = (WIDTH - 2 * SIDE - self.gap * (columns - 1)) / columns
        self.column, self.y, self.top = 0, 0.0, 0.0

    def pages(self, title: str, lines: Iterable[Line]) -> Sheaf:
        composer = self.composer
        composer.page()
        self.y = HEIGHT - TOP - TITLE.size
        with composer.element("H1"):
            x = (WIDTH - self.letters.width(title, TITLE)) / 2
            composer.text(x, self.y, title, TITLE)
        self.y -= 22
        self.y -= 6
        self.top = self.y
        with composer.element("TOC"):
            waiting: list[Line] = []
            for line in lines:
                waiting.append(line)
                if line.targets:  # a heading stays with what it is the heading of
                    self._together(waiting)
                    waiting = []
        return composer.sheaf()

    def _together(self, lines: list[Line]) -> None:
        parts = [(line, self._wrapped(line)) for line in lines]
        needed = sum(self._height(line, texts) for line, texts in parts)
        if lines[-1].kind is PART:  # not alone at the foot
            needed += 2 * ENTRY.height
        if self.y - needed < BOTTOM:
            self._next()
        for line, texts in parts:
            self._line(line, texts)

    def _next(self) -> None:
        if self.column + 1 < self.columns:
            self.column += 1
            self.y = self.top
            return
        self.column = 0
        self.composer.page()
        self.y = self.top = HEIGHT - TOP - 4

    def _tail(self, line: Line) -> str:
        return SEPARATOR.join(self.numbers[target] for target in line.targets)

    def _wrapped(self, line: Line) -> list[str]:
        """The lines of an entry's text; the last one leaves room for its number."""
        room = self.width - line.kind.indent
        if line.kind.dots and line.targets:
            room -= TAIL + 14
        text = line.text + (f"　{line.note}" if line.note else "")
        return self.letters.lines(text, line.kind.style, room)

    def _height(self, line: Line, texts: list[str]) -> float:
        rows = len(texts)
        if not line.kind.dots:
            rows += len(self._rows(line, self._end(line, texts))) - 1
        return line.kind.height * rows + line.kind.above

    def _end(self, line: Line, texts: list[str]) -> float:
        """Where the last line of an entry's text ends, from the left of its column."""
        hanging = line.kind.style.size if len(texts) > 1 else 0
        return line.kind.indent + hanging + self.letters.width(texts[-1], line.kind.style)

    def _line(self, line: Line, texts: list[str]) -> None:
        composer, kind, style = self.composer, line.kind, line.kind.style
        if self.y < self.top:
            self.y -= kind.above
        left = SIDE + self.column * (self.width + self.gap)
        right = left + self.width
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
                self._several(line, left, end)

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

    def _several(self, line: Line, left: float, end: float) -> None:
        """The numbers of several places, each with its own link, behind the text."""
        composer, style = self.composer, line.kind.style
        x, last = left + end + 8, line.targets[-1]
        for place, targets in enumerate(self._rows(line, end)):
            if place:
                self.y -= line.kind.height
                x = left + 2 * style.size
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
            self.composer.artifact(DOTS % (0, first, self.y + 1, last, self.y + 1))
