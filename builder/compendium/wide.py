"""Wide tables on sheets turned for the binding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from builder.compendium.composer import INK, LINE, MM, MUTED, Composer, rule, spans
from builder.compendium.composer import columns as edges_of
from builder.compendium.letters import BOLD, REGULAR, SONG, Style
from builder.compendium.lists import Setting
from builder.pdf import Sheaf

TITLE, GROUP = Style(SONG, BOLD, 20), Style(SONG, BOLD, 9.5)
NOTE, HEAD, CELL = Style(SONG, REGULAR, 9), Style(SONG, BOLD, 9), Style(SONG, REGULAR, 9)
LEADING, AIR = 13.0, 4.0
HEAD_HEIGHT, GROUP_HEIGHT = 20.0, 22.0
SIDE, TOP, BOTTOM = 25 * MM, 24 * MM, 20 * MM
"""Margins of the sheet lying down: its foot is the right edge of the page."""

MOST_LINES = 12
"""Of a name; what stands in the long column is never shortened."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; its width is its share of the page. One of figures has air to their right."""

    heading: str
    width: float
    air: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells, behind them a text of any length, and the page that `target` is on.

    The first cell is that of all rows in succession that lead to one place.
    """

    department: str
    target: str
    cells: tuple[str, ...]
    long: str


def wide_table(
    title: str, note: str, columns: Sequence[Column], rows: Iterable[Row], setting: Setting
) -> Sheaf:
    """The pages of the table, by department."""
    return _Table(columns, setting).pages(title, note, rows)


class _Table:
    def __init__(self, columns: Sequence[Column], setting: Setting) -> None:
        self.letters, self.setting, self.columns = setting.letters, setting, columns
        self.long = len(columns) - 2
        self.composer = Composer(self.letters, turned=True)
        scale = (self.composer.width - 2 * SIDE) / sum(column.width for column in columns)
        self.widths = [column.width * scale for column in columns]
        self.edges = edges_of(self.widths, SIDE)
        self.right = self.composer.width - SIDE
        self.y = 0.0
        self.department = ""

    def pages(self, title: str, note: str, rows: Iterable[Row]) -> Sheaf:
        composer = self.composer
        composer.page()
        self.y = composer.height - TOP - TITLE.size
        with composer.element("H1"):
            x = (composer.width - self.letters.width(title, TITLE)) / 2
            composer.text(x, self.y, title, TITLE)
        self.y -= 22
        with composer.element("P"):
            x = self.right - self.letters.width(note, NOTE)
            composer.text(x, self.y, note, NOTE, MUTED)
        self.y -= 8
        with composer.element("Table"):
            with composer.element("THead"):
                self._heading()
            with composer.element("TBody"):
                for department, group in groupby(rows, lambda row: row.department):
                    self._group(department)
                    for _, members in groupby(group, lambda row: row.target):
                        for place, row in enumerate(members):
                            self._rows(row, first=not place)
        composer.artifact(rule(SIDE, self.right, self.y, 0.8, INK.replace(b"rg", b"RG")))
        return composer.sheaf()

    def _heading(self) -> None:
        """The heading row, once in the structure; overleaf it is only repeated."""
        composer, ink = self.composer, INK.replace(b"rg", b"RG")
        composer.artifact(rule(SIDE, self.right, self.y, 0.8, ink))
        with composer.element("TR"):
            for place, column in enumerate(self.columns):
                with composer.element("TH", spans(scope="Column")):
                    x = self._x(place, column.heading, HEAD)
                    composer.text(x, self.y - 14, column.heading, HEAD)
        self.y -= HEAD_HEIGHT
        composer.artifact(rule(SIDE, self.right, self.y, 0.5, ink))

    def _room(self, height: float) -> None:
        """Go on overleaf unless there is room, under headings that are only repeated."""
        if self.y - height >= BOTTOM:
            return
        composer, ink = self.composer, INK.replace(b"rg", b"RG")
        composer.artifact(rule(SIDE, self.right, self.y, 0.5, ink))
        composer.page()
        self.y = composer.height - TOP
        shown = [rule(SIDE, self.right, self.y, 0.8, ink)]
        for place, column in enumerate(self.columns):
            x = self._x(place, column.heading, HEAD)
            shown.append(self._shown(x, self.y - 14, column.heading, HEAD))
        self.y -= HEAD_HEIGHT
        shown.append(rule(SIDE, self.right, self.y, 0.5, ink))
        if self.department:
            text = f"{self.department}（续）"
            shown.append(self._shown(SIDE + 2, self.y - 16, text, GROUP))
            self.y -= GROUP_HEIGHT
            shown.append(rule(SIDE, self.right, self.y, 0.5, LINE))
        composer.artifact(b" ".join(shown))

    def _shown(self, x: float, y: float, text: str, style: Style) -> bytes:
        shown = self.letters.show(text, style)
        return b"BT %b 1 0 0 1 %.2f %.2f Tm %b ET" % (INK, x, y, shown)

    def _group(self, department: str) -> None:
        self.department = ""
        self._room(60)
        with self.composer.element("TR"):
            attributes = spans(len(self.columns), "Column")
            with self.composer.element("TH", attributes):
                self.composer.text(SIDE + 2, self.y - 16, department, GROUP)
        self.y -= GROUP_HEIGHT
        self.composer.artifact(rule(SIDE, self.right, self.y, 0.5, LINE))
        self.department = department

    def _rows(self, row: Row, *, first: bool) -> None:
        """One row, or where its text is longer than a page, as many as it takes."""
        long = self.letters.lines(row.long, CELL, self.widths[self.long] - 10)
        most = int((self.composer.height - TOP - BOTTOM - HEAD_HEIGHT - GROUP_HEIGHT) / LEADING) - 1
        self._row(row, long[:most], first=first)
        name, second, *others = row.cells
        more = replace(row, cells=(name, f"{second}（续）", *("" for _ in others)))
        for start in range(most, len(long), most):
            self._row(more, long[start : start + most], first=False)

    def _row(self, row: Row, long: list[str], *, first: bool) -> None:
        composer = self.composer
        texts = (*row.cells, "", self.setting.numbers[row.target])
        cells = [
            self.letters.beginning(text, CELL, width - 10, MOST_LINES)
            for text, width in zip(texts, self.widths, strict=True)
        ]
        cells[self.long] = long
        height = max(map(len, cells)) * LEADING + 2 * AIR
        if not first:  # its project stands above, unless there is no above
            page, least = composer.pages, max(map(len, cells[1:])) * LEADING + 2 * AIR
            self._room(least)
            if composer.pages == page:
                cells[0], height = [], least
        self._room(height)
        top = self.y
        with composer.element("TR"):
            for place, lines in enumerate(cells):
                role, scope = ("TH", "Row") if not place else ("TD", "")
                with composer.element(role, spans(scope=scope)):
                    if lines:
                        self._cell(place, lines, top, row.target)
        self.y = top - height
        composer.artifact(rule(SIDE, self.right, self.y, 0.35, LINE))

    def _cell(self, place: int, lines: Sequence[str], top: float, target: str) -> None:
        composer, y = self.composer, top - AIR - 9
        if place + 1 == len(self.columns) and target in self.setting.linked:
            with composer.element("Link"):
                x = self._x(place, lines[0], CELL)
                composer.text(x, y, lines[0], CELL)
                composer.link(target, (x - 2, y - 4, self.right, y + 10))
            return
        for line in lines:
            composer.text(self._x(place, line, CELL), y, line, CELL)
            y -= LEADING

    def _x(self, place: int, text: str, style: Style) -> float:
        air = self.columns[place].air
        if air is not None:
            end = self.edges[place] + self.widths[place] - air
            return end - self.letters.width(text, style)
        return self.edges[place] + 2
