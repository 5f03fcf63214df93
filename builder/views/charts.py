"""Charts as shapes: where a mark stands, in percent of the width and pixels of the height.

Widths in percent and no viewBox: a chart fills its column while its text keeps the size
of the text around it. Each chart has a sentence for a title, which is true of the figures
behind it, and those figures as a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from builder.text import count, width
from builder.views.page import LABELS, Link

ZERO, HUNDRED = Decimal(0), Decimal(100)
SHADES = 4
LABELS_AT, LINE = 48, 22  # pixels: the labels under a bar, and from one line of them to the next
GAP = Decimal(2)  # in %, between two labels
LETTER = Decimal("2.2")  # in %: half a Han character, in a drawing as wide as a telephone
NARROWEST = 16  # a segment of less than this share (in %) has its label at the end of the line


@dataclass(frozen=True, slots=True)
class Shape:
    """One mark. `x` and `width` are percentages, `y`, `height` and `radius` pixels.

    A line runs from `x` to `width`, a slope also from `y` to `height`; of a text `style` is also
    the side it stands at.
    """

    kind: Literal["bar", "dot", "line", "slope", "text"]
    x: str
    y: int
    width: str = ""
    height: int = 0
    radius: int = 0
    style: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Extreme:
    """One of the outermost reports, and its figure."""

    link: Link
    figure: str


@dataclass(frozen=True, slots=True)
class Extremes:
    """The outermost reports of a chart, the farthest first: `最低的三个`."""

    title: str
    members: tuple[Extreme, ...]


@dataclass(frozen=True, slots=True)
class ChartView:
    """A drawing of `height` pixels, and the table behind it.

    `extremes` are named below it, each with its page.
    """

    name: str
    title: str
    description: str
    height: int
    shapes: tuple[Shape, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    extremes: tuple[Extremes, ...] = ()


def grades_chart(
    grades: Mapping[str, int], order: Sequence[str], everything: int, noun: str = "项目"
) -> ChartView | None:
    """评分等级 of `everything` projects as one stacked bar, best first; None where there are not
    two grades: of a bar in one colour there is nothing to see.

    `noun` is what is counted, if no projects.
    """
    names = [*(g for g in order if grades.get(g)), *sorted(set(grades) - set(order))]
    total = sum(grades.values())
    if len(names) < 2:
        return None
    best, most = max(((n, grades[n]) for n in names), key=lambda pair: pair[1])
    return stacked(
        "grades",
        f"{scored(total, everything)}{part_of(most, total, noun)}评为{best}",
        f"一条横条按评分等级分段，各段长度为{noun}数所占的比例。",
        (LABELS.grade, f"{noun}数"),
        [(name, grades[name]) for name in names],
    )


def stacked(
    name: str,
    title: str,
    description: str,
    headings: tuple[str, str],
    parts: Sequence[tuple[str, int]],
) -> ChartView:
    """Numbers that make a whole, as one bar in shades; those of narrow parts stand at its end."""
    total = sum(number for _, number in parts)
    start, taken = ZERO, ZERO
    shapes: list[Shape] = []
    narrow: list[str] = []
    for position, (words, number) in enumerate(parts):
        part = Decimal(number) * HUNDRED / total
        style = f"shade-{min(position, SHADES - 1) + 1}"
        shapes.append(Shape("bar", at(start), 0, at(part), 28, style=style))
        label = f"{words} {number:,d}"
        # Below its segment, beside the one before it where that needs more than its own.
        place = max(start, taken + GAP) if position else start
        end = place + width(label) * LETTER
        if position and (part < NARROWEST or end > start + part):
            narrow.append(label)
        else:
            shapes.append(Shape("text", at(place), LABELS_AT, style="start", text=label))
            taken = end
        start += part
    line = 0
    if narrow:
        text = "　".join(narrow)
        # Where the line of the labels has no room for them, they have one of their own.
        line = LINE if taken + width(text) * LETTER > HUNDRED else 0
        shapes.append(Shape("text", "100%", LABELS_AT + line, style="end", text=text))
    rows = tuple((words, f"{number:,d}") for words, number in parts)
    return ChartView(name, title, description, 56 + line, tuple(shapes), headings, rows)


def scored(part: int, everything: int) -> str:
    """What a sentence begins with that is not about all projects."""
    return "" if part == everything else "已评分的"


def part_of(part: int, total: int, noun: str) -> str:
    """`五个项目中四个`, `五个项目全部`, `一个项目`."""
    if part == total:
        return f"{count(total)}个{noun}{'全部' if total > 1 else ''}"
    return f"{count(total)}个{noun}中{count(part)}个"


def share(part: Decimal, whole: Decimal) -> str:
    """The length of a bar for `part` of `whole`, within its frame: `78.91%`."""
    return at(max(ZERO, min(part, whole)) * HUNDRED / whole) if whole > 0 else "0%"


def at(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01')).normalize():f}%"
