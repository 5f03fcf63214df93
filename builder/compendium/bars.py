"""Rows of bars that are their own table, on paper: names, bars on one scale from zero, figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from builder.compendium.composer import INK, MUTED, SIDE, WIDTH, Composer, rule, spans
from builder.compendium.letters import REGULAR, SONG, Style
from builder.views import LABELS, LossView, MoneyView

CELL = Style(SONG, REGULAR, 9)
NAMES, GAP = 150.0, 14.0  # points: the widest column of names, and between two columns
ROW, LINE = 16.5, 11.5


@dataclass(frozen=True, slots=True)
class BarRow:
    """A name, its bars (lengths in %; of two the first one is hollow), and its figures."""

    name: str
    lengths: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """A picture of the site that is a table; of a `total`, the last row, there is no bar."""

    title: str
    description: str
    headings: tuple[str, ...]
    rows: tuple[BarRow, ...]


def money_bars(view: MoneyView) -> Bars:
    """The money of a year."""
    table = view.table
    average = ("平均" if table.one else "") + LABELS.total
    headings = [view.heading, LABELS.budget, LABELS.spent, LABELS.rate]
    headings += [average] * table.has_scores + [f"{table.one}数"] * bool(table.one)
    return Bars(
        view.title,
        view.description,
        tuple(headings),
        tuple(
            BarRow(
                row.link.text,
                (row.budget_length, row.spent_length),
                (row.budget, row.spent, row.rate)
                + (row.average,) * table.has_scores
                + (row.count,) * bool(table.one),
            )
            for row in table.rows
        ),
    )


def loss_bars(view: LossView) -> Bars:
    """Where points were lost."""
    rows = [
        BarRow(row.link.text, (row.length,), (row.lost, row.part, row.count)) for row in view.rows
    ]
    total = view.total
    rows.append(BarRow(total.link.text, (), (total.lost, total.part, total.count)))
    headings = ("指标类别", "扣分", "占全部扣分", "扣分项数")
    return Bars(view.title, view.description, headings, tuple(rows))


class BarSetter:
    """Sets the table of bars in a colour, `r g b`, whose hollow bars are `pale`."""

    def __init__(self, composer: Composer, bars: Bars, colour: bytes, pale: bytes) -> None:
        self._composer, self._letters, self._bars = composer, composer.letters, bars
        self._colour, self._pale = colour, pale
        names = [bars.headings[0], *(row.name for row in bars.rows)]
        self._names = min(max(self._letters.width(name, CELL) for name in names), NAMES)
        self._edges = self._right_edges()

    @property
    def height(self) -> float:
        """In points, of all rows with their heading."""
        return sum((self._tall(row.name) for row in self._bars.rows), ROW)

    def draw(self, y: float) -> float:
        """The table from the line y downwards; where it ends."""
        composer, bars = self._composer, self._bars
        with composer.element("Table"):
            composer.artifact(rule(SIDE, WIDTH - SIDE, y + 11, 0.5))
            y = self._row(bars.headings[0], bars.headings[1:], y, is_head=True)
            for row in bars.rows:
                self._draw_bars(row.lengths, y)
                y = self._row(row.name, row.cells, y)
        return y

    def _row(self, name: str, cells: Sequence[str], y: float, *, is_head: bool = False) -> float:
        composer, ink = self._composer, MUTED if is_head else INK
        tall = self._tall(name)
        with composer.element("TR"):
            with composer.element("TH", spans(scope="Column" if is_head else "Row")):
                for place, line in enumerate(self._letters.lines(name, CELL, NAMES)):
                    composer.text(SIDE, y - place * LINE, line, CELL, ink)
            for cell, edge in zip(cells, self._edges, strict=True):
                kind = ("TH", spans(scope="Column")) if is_head else ("TD", spans())
                with composer.element(*kind):
                    composer.text(edge - self._letters.width(cell, CELL), y, cell, CELL, ink)
        composer.artifact(rule(SIDE, WIDTH - SIDE, y - tall + ROW - 5, 0.35))
        return y - tall

    def _draw_bars(self, lengths: Sequence[str], y: float) -> None:
        left = SIDE + self._names + GAP
        room = self._edges[0] - self._widest(1) - GAP - left
        for place, length in enumerate(lengths):
            wide = room * float(length.rstrip("%")) / 100
            if not wide:
                continue
            tall = 8.0 if place + 1 < len(lengths) or len(lengths) == 1 else 3.5
            box = b"%.2f %.2f %.2f %.2f re" % (left, y + 3 - tall / 2, wide, tall)
            is_hollow = place + 1 < len(lengths)
            paint = (
                b"%b rg %b RG 0.5 w %b B" % (self._pale, self._colour, box)
                if is_hollow
                else b"%b rg %b f" % (self._colour, box)
            )
            self._composer.artifact(paint)

    def _right_edges(self) -> list[float]:
        """Where the figures of each column end."""
        edges, edge = [], WIDTH - SIDE
        for column in range(len(self._bars.headings) - 1, 0, -1):
            edges.append(edge)
            edge -= self._widest(column) + GAP
        return edges[::-1]

    def _widest(self, column: int) -> float:
        texts = [self._bars.headings[column], *(r.cells[column - 1] for r in self._bars.rows)]
        return max(self._letters.width(text, CELL) for text in texts)

    def _tall(self, name: str) -> float:
        return ROW + LINE * (len(self._letters.lines(name, CELL, NAMES)) - 1)
