"""The lines of a form in few strokes: WeasyPrint draws those of every cell by themselves.

A line of the form is then one stroke from end to end. That is a fifteenth of a page's work
and of its size, and a viewer that smooths edges shows no joints. Like the `shortcuts` it is
used only when it has been proved on a specimen: all that is drawn must be the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from weasyprint import draw

from builder.pdf import places
from builder.pdf.places import Place

Line = tuple[bool, float]
"""Whether a line is upright, and where it stands."""
Reach = tuple[float, float]

_draw_borders = draw.draw_collapsed_borders
_draw_line = draw.draw_line

_NUMBER = rb"-?[\d.]+"
_ARTIFACT = re.compile(rb"/Artifact\nBMC\n(.*?)\nEMC\n?", re.DOTALL)
_STROKE = re.compile(rb"(%b) (%b) m\n(%b) (%b) l\n" % ((_NUMBER,) * 4))


class _Deaf:
    """A page that nothing is drawn on."""

    def artifact(self) -> AbstractContextManager[None]:
        return nullcontext()

    stacked = artifact


def draw_collapsed_borders(stream: Any, table: Any) -> None:
    """Draw the borders of a table; takes the place of WeasyPrint's function."""
    segments: list[tuple[float, float, float, float]] = []
    pens = set()

    def note(_: object, x1: float, y1: float, x2: float, y2: float, *pen: Any) -> None:
        segments.append((x1, y1, x2, y2))
        pens.add(pen)

    draw.draw_line = note
    try:
        _draw_borders(_Deaf(), table)
    finally:
        draw.draw_line = _draw_line
    width, kind, colour = pens.pop() if len(pens) == 1 else (0, "", None)
    if kind != "solid":
        _draw_borders(stream, table)
        return
    with stream.artifact(), stream.stacked():
        stream.set_color(colour, stroke=True)
        stream.set_line_width(width)
        for (is_upright, place), reaches in joined(segments).items():
            for start, end in reaches:
                stream.move_to(*((place, start) if is_upright else (start, place)))
                stream.line_to(*((place, end) if is_upright else (end, place)))
        stream.stroke()


def joined(
    segments: Iterable[tuple[float, float, float, float]],
) -> Mapping[Line, list[Reach]]:
    """Segments (x1, y1, x2, y2) on the same line as one wherever they touch."""
    lines: dict[Line, list[Reach]] = {}
    for x1, y1, x2, y2 in segments:
        line, reach = ((True, x1), (y1, y2)) if x1 == x2 else ((False, y1), (x1, x2))
        lines.setdefault(line, []).append(reach)
    for line, reaches in lines.items():
        whole: list[Reach] = []
        for start, end in sorted(reaches):
            if whole and start <= whole[-1][1]:
                whole[-1] = whole[-1][0], max(end, whole[-1][1])
            else:
                whole.append((start, end))
        lines[line] = whole
    return lines


def shown(content: bytes) -> tuple[bytes, set[bytes], Mapping[Line, list[Reach]]]:
    """What the content of a page shows, whatever strokes it is drawn with.

    Everything but its lines, the pens of these, and the lines themselves.
    """
    drawn = b"\n".join(_ARTIFACT.findall(content))
    segments = (tuple(map(float, found)) for found in _STROKE.findall(drawn))
    pens = set(_STROKE.sub(b"", drawn).split(b"\n"))
    return _ARTIFACT.sub(b"", content), pens, joined(segments)  # type: ignore[arg-type]


PLACES: tuple[Place, ...] = ((draw, "draw_collapsed_borders", draw_collapsed_borders),)


def taken() -> AbstractContextManager[None]:
    """Draw so while the context lasts."""
    return places.taken(PLACES)
