"""Figures of years as points and lines: where they stand, and which of them are written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from builder.text import width
from builder.views.charts import LETTER, Shape, share

Values = Mapping[int, Decimal]
"""A figure of each year that has one, the oldest first."""

ZERO, HUNDRED = Decimal(0), Decimal(100)
HEIGHT, TOP, BOTTOM, TICKS = 148, 28, 116, 142
EDGE = Decimal(8)  # in %: left of the first year, and right of the last one
ABOVE, BELOW = -10, 21  # pixels from a line to the baseline of a label
RISE, FALL = 12, 4  # pixels from a baseline to the upper and lower end of a label
LOWEST = BOTTOM - BELOW - FALL  # pixels: a point below it has no room for a label below
AIR = Decimal(2)  # in %: between two labels
STEP, LEAST = 10, 20  # an axis spans 20 at least, lest a tenth of a point looks like a fall


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of a line, and what is written beside some of them, the most important first."""

    values: Values
    labels: Mapping[int, str]
    style: str = ""


@dataclass(frozen=True, slots=True)
class _Label:
    """A text with its `side` at `x`, its baseline, and how far it reaches (in %)."""

    text: str
    side: str
    x: Decimal
    left: Decimal
    right: Decimal
    y: int

    def hits(self, other: _Label) -> bool:
        is_beside = self.right + AIR <= other.left or other.right + AIR <= self.left
        is_apart = self.y + FALL <= other.y - RISE or other.y + FALL <= self.y - RISE
        return not (is_beside or is_apart)


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the figures of `years`, the oldest first, stand between `low` and `high`."""

    years: Sequence[int]
    low: Decimal
    high: Decimal
    bottom: int = BOTTOM

    def x(self, year: int) -> Decimal:
        """In %, by the calendar: a year that is missing has its room."""
        first, last = self.years[0], self.years[-1]
        return EDGE + (HUNDRED - 2 * EDGE) * (year - first) / max(last - first, 1)

    def y(self, value: Decimal) -> int:
        """In pixels from above."""
        part = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.bottom - round(part * (self.bottom - TOP))

    def drawn(self, *lines: Line) -> Iterator[Shape]:
        """One line, or two over the same years; where two meet the first counts as the higher."""
        for line in lines:
            yield from self._line(line)
        for tick in _apart(self._label(year, f"{year}", TICKS) for year in ends_first(self.years)):
            yield Shape("text", _at(tick.x), tick.y, style="tick", text=tick.text)
        for label in _apart(self._labels(lines)):
            yield Shape("text", _at(label.x), label.y, style=label.side, text=label.text)

    def _line(self, line: Line) -> Iterator[Shape]:
        """A point for each figure, joined to that of the next year where that has one."""
        style = f"course {line.style}".strip()
        for year, value in line.values.items():
            if (after := line.values.get(year + 1)) is not None:
                here, there = _at(self.x(year)), _at(self.x(year + 1))
                yield Shape("slope", here, self.y(value), there, self.y(after), style=style)
        for year, value in line.values.items():
            yield Shape("dot", _at(self.x(year)), self.y(value), radius=4, style=line.style)

    def _labels(self, lines: Sequence[Line]) -> Iterator[_Label]:
        """Each above all lines or below them, as its point lies; where there is no room below,
        close above its own line, if the other one is not there."""
        for place, line in enumerate(lines):
            others = [other for other in lines if other is not line]
            for year, text in line.labels.items():
                label = self._label(year, text, 0)
                every = [y for one in lines for y in self._passed(one.values, label)]
                own = min(self._passed(line.values, label)) + ABOVE
                y = max(every) + BELOW
                if not _is_lower(line, year, others, is_second=place > 0):
                    yield replace(label, y=min(every) + ABOVE)
                elif y + FALL <= BOTTOM:
                    yield replace(label, y=y)
                elif own - RISE > max(z for one in others for z in self._passed(one.values, label)):
                    yield replace(label, y=own)

    def _passed(self, values: Values, label: _Label) -> Iterator[int]:
        """How high a line stands where a label is: at its points, and where it comes and goes."""
        for year, value in values.items():
            if label.left <= (here := self.x(year)) <= label.right:
                yield self.y(value)
            if (after := values.get(year + 1)) is not None:
                run, start, end = self.x(year + 1) - here, self.y(value), self.y(after)
                for edge in (label.left, label.right):
                    if here < edge < here + run:
                        yield start + round((end - start) * (edge - here) / run)

    def _label(self, year: int, text: str, y: int) -> _Label:
        """At its year, the outermost ones inside of the drawing."""
        x, wide = self.x(year), width(text) * LETTER
        if x < wide / 2:
            return _Label(text, "start", ZERO, ZERO, wide, y)
        if x + wide / 2 > HUNDRED:
            return _Label(text, "end", HUNDRED, HUNDRED - wide, HUNDRED, y)
        return _Label(text, "middle", x, x - wide / 2, x + wide / 2, y)


def cropped(years: Sequence[int], values: Values) -> Plan:
    """The plan of figures around 100: an axis of whole tens, not from zero."""
    least, most = min(values.values()), max(values.values())
    low = (least / STEP).to_integral_value(ROUND_FLOOR) * STEP
    high = max((most / STEP).to_integral_value(ROUND_CEILING) * STEP, low + LEAST)
    if most <= HUNDRED < high:
        low, high = low - (high - HUNDRED), HUNDRED
    return Plan(years, low, high, LOWEST)


def ends_first(years: Sequence[int]) -> list[int]:
    """The last year, the first, then the others."""
    return [*dict.fromkeys([*years[-1:], *years[:1], *years])]


def _is_lower(line: Line, year: int, others: Sequence[Line], *, is_second: bool) -> bool:
    """Whether a point has its label below: the lower one of two, or one in a trough."""
    value = line.values[year]
    for other in others:
        return value < other.values[year] or (value == other.values[year] and is_second)
    years = [*line.values]
    place = years.index(year)
    near = [line.values[y] for y in years[max(place - 1, 0) : place + 2] if y != year]
    return len(near) * value < sum(near, ZERO)


def _apart(labels: Iterable[_Label]) -> Iterator[_Label]:
    """Those that hit none before them."""
    taken: list[_Label] = []
    for label in labels:
        if not any(label.hits(other) for other in taken):
            taken.append(label)
            yield label


def _at(value: Decimal) -> str:
    return share(value, HUNDRED)
