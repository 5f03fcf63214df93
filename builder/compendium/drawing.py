"""The charts of the site, drawn on paper, each with the table behind it."""

from __future__ import annotations

from collections.abc import Sequence

from builder.compendium.bars import Bars, BarSetter
from builder.compendium.composer import (
    BOTTOM,
    HEADLINE,
    HEIGHT,
    INK,
    LINE,
    MUTED,
    SIDE,
    TOP,
    WIDTH,
    Composer,
    rule,
    spans,
)
from builder.compendium.letters import BOLD, REGULAR, SONG, Letters, Style
from builder.compendium.writer import text
from builder.pdf import Sheaf
from builder.views import ChartView, Shape

PIXEL = 0.85
"""Points for a pixel of a drawing."""
TITLE, HEADING = Style(SONG, BOLD, 20), Style(SONG, BOLD, 12)
LABEL, CELL = Style(SONG, REGULAR, 8.5), Style(SONG, REGULAR, 9)
ROW, GAP = 15.5, 22.0
ROWS, MOST_COLUMNS = 6, 3
TITLE_LINE, LINE_OF_TEXT, BETWEEN = 18.0, 13.0, 30.0
THIN = "thin"
_ROUND = 0.5523  # control points of a quarter of a circle


Drawing = ChartView | Bars


def charts(title: str, views: Sequence[Drawing], colour: bytes, letters: Letters) -> Sheaf:
    """Pages of charts; `colour` is the main colour as `r g b`."""
    composer = Composer(letters)
    composer.page()
    y = HEIGHT - TOP - HEADLINE
    with composer.element("H1"):
        composer.text((WIDTH - letters.width(title, TITLE)) / 2, y, title, TITLE)
    y -= 51
    for view in views:
        setter = _Setter(composer, view, colour)
        if y - setter.height < BOTTOM:
            composer.page()
            y = HEIGHT - TOP - HEADING.size
        y = setter.draw(y) - BETWEEN
    return composer.sheaf()


class _Setter:
    """One chart with its title, its table and who is outermost in it."""

    def __init__(self, composer: Composer, view: Drawing, colour: bytes) -> None:
        self._composer, self._view, self._colour = composer, view, colour
        letters = composer.letters
        self._title = letters.lines(view.title, HEADING, WIDTH - 2 * SIDE)
        told = [view.description] if isinstance(view, Bars) else _outermost(view)
        self._told = [
            line for text in told for line in letters.lines(text, LABEL, WIDTH - 2 * SIDE)
        ]

    @property
    def height(self) -> float:
        """In points."""
        view, texts = self._view, TITLE_LINE * len(self._title) + LINE_OF_TEXT * len(self._told)
        if isinstance(view, Bars):
            return texts + 12 + self._bars(view).height
        rows = ROW * (-(-len(view.rows) // _columns(view)) + 1) if view.rows else 0
        return texts + 12 + view.height * PIXEL + 18 + rows

    def draw(self, y: float) -> float:
        """From the line y downwards; where it ends."""
        view, composer = self._view, self._composer
        with composer.element("H2"):
            for line in self._title:
                composer.text(SIDE, y, line, HEADING)
                y -= TITLE_LINE
        if isinstance(view, Bars):
            return self._bars(view).draw(self._tell(y) - 8)
        top = y - 4
        bottom = top - view.height * PIXEL
        box = b"/BBox[%.1f %.1f %.1f %.1f]" % (SIDE, bottom, WIDTH - SIDE, top)
        alternative = b"/Alt%b/A<</O/Layout/Placement/Block%b>>" % (
            text(f"{view.title}。{view.description}").replace(b"%", b"%%"),
            box,
        )
        with composer.element("Figure", alternative):
            marks = (_drawn(one, top, self._colour, composer.letters) for one in view.shapes)
            composer.marked(b"q " + b"\n".join(marks) + b" Q")
        y = self._tell(bottom - 12)
        return _table(composer, view, y - 6) if view.rows else y

    def _tell(self, y: float) -> float:
        for line in self._told:
            with self._composer.element("P"):
                self._composer.text(SIDE, y, line, LABEL, MUTED)
            y -= LINE_OF_TEXT
        return y

    def _bars(self, view: Bars) -> BarSetter:
        return BarSetter(self._composer, view, self._colour, _shade(self._colour, 0.16))


def _outermost(view: ChartView) -> list[str]:
    """`最低的三个：甲 62.10%；乙 70.00%。`"""
    return [
        f"{extremes.title}："
        + "；".join(f"{one.link.text} {one.figure}" for one in extremes.members)
        + "。"
        for extremes in view.extremes
    ]


def _drawn(shape: Shape, top: float, colour: bytes, letters: Letters) -> bytes:
    width = WIDTH - 2 * SIDE
    x, y = SIDE + _part(shape.x) * width, top - shape.y * PIXEL
    if shape.kind == "bar":
        height = shape.height * PIXEL
        shade = int(shape.style.removeprefix("shade-") or 1)
        paint = _shade(colour, 1 - 0.28 * (shade - 1))
        return b"%b rg %.2f %.2f %.2f %.2f re f" % (
            paint, x, y - height, _part(shape.width) * width, height,
        )  # fmt: skip
    if shape.kind == "dot":
        circle = _circle(x, y, shape.radius * PIXEL)
        if THIN in shape.style:
            return b"1 1 1 rg %b RG 1 w %b B" % (colour, circle)
        return b"%b rg %b f" % (_shade(colour, 0.85), circle)
    if shape.kind == "slope":
        end = SIDE + _part(shape.width) * width, top - shape.height * PIXEL
        wide = 1.2 if THIN in shape.style else 2.4
        return b"%b RG %g w 1 J %.2f %.2f m %.2f %.2f l S" % (colour, wide, x, y, *end)
    if shape.kind == "line":
        return rule(x, SIDE + _part(shape.width) * width, y, 0.6, LINE)
    wide = letters.width(shape.text, LABEL)
    x -= {"end": wide, "middle": wide / 2, "tick": wide / 2}.get(shape.style, 0)
    ink = MUTED if shape.style == "tick" else INK
    return b"BT %b 1 0 0 1 %.2f %.2f Tm %b ET" % (ink, x, y, letters.show(shape.text, LABEL))


def _table(composer: Composer, view: ChartView, y: float) -> float:
    """The figures behind a chart, from the height y downwards; where it ends.

    A long table stands in columns side by side.
    """
    letters, top = composer.letters, y
    number = _columns(view)
    deep = -(-len(view.rows) // number)
    room = (WIDTH - 2 * SIDE + GAP) / max(number, 2) - GAP
    with composer.element("Table"):
        for place, row in enumerate((view.headings, *view.rows)):
            column, line = divmod(max(place - 1, 0), deep)
            left = SIDE + column * (room + GAP)
            edges = [left, *(left + room - 68 * (len(row) - at) for at in range(2, len(row) + 1))]
            if place and column and not line:
                composer.artifact(_repeated(view.headings, edges, top, letters))
            y = top - ROW * (line + bool(place))
            with composer.element("TR"):
                for cell, text_, edge in zip(range(len(row)), row, edges, strict=True):
                    scope = "Row" if place and not cell else "" if place else "Column"
                    with composer.element("TH" if scope else "TD", spans(scope=scope)):
                        x = edge - letters.width(text_, CELL) if cell else left
                        composer.text(x, y, text_, CELL, INK if place else MUTED)
            composer.artifact(rule(left, left + room, y - 4.5, 0.35))
            if not line:
                composer.artifact(rule(left, left + room, top + 11, 0.5))
                composer.artifact(rule(left, left + room, top - 4.5, 0.35))
    return top - ROW * (deep + 1)


def _repeated(
    headings: Sequence[str], edges: Sequence[float], y: float, letters: Letters
) -> bytes:  # fmt: skip
    """Operators of headings that stand once in the structure and over every column."""
    shown = []
    for place, (heading, edge) in enumerate(zip(headings, edges, strict=True)):
        x = edge - letters.width(heading, CELL) if place else edge
        at = b"%.2f %.2f" % (x, y)
        shown.append(b"BT %b 1 0 0 1 %b Tm %b ET" % (MUTED, at, letters.show(heading, CELL)))
    return b" ".join(shown)


def _columns(view: ChartView) -> int:
    """In how many columns the rows of its table stand."""
    return min(MOST_COLUMNS, -(-len(view.rows) // ROWS))


def _circle(x: float, y: float, r: float) -> bytes:
    k = r * _ROUND
    points = (
        (x + r, y), (x + r, y + k, x + k, y + r, x, y + r), (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r), (x + k, y - r, x + r, y - k, x + r, y),
    )  # fmt: skip
    parts = [b"%.2f %.2f m" % points[0]]
    parts += [b"%.2f %.2f %.2f %.2f %.2f %.2f c" % curve for curve in points[1:]]
    return b" ".join(parts)


def _shade(colour: bytes, strength: float) -> bytes:
    """A colour mixed with white."""
    return b" ".join(b"%.3f" % (1 - (1 - float(part)) * strength) for part in colour.split())


def _part(percentage: str) -> float:
    return float(percentage.rstrip("%")) / 100
