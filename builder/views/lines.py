"""Figures of years as points and lines: where they stand, and which of them are written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from builder.text import width
from builder.views.charts import Shape, share

Values = Mapping[int, Decimal]
"""A figure of each year that has one, the oldest first."""

ZERO, HUNDRED = Decimal(0), Decimal(100)
HEIGHT, TOP, BOTTOM, TICKS = 148, 28, 116, 142
EDGE = Decimal(8)  # in %: left of the first year, and right of the last one
ABOVE, BELOW = -10, 21  # pixels from a point to the baseline of its label
LOWEST = BOTTOM - BELOW - 3  # pixels: a label below a point that stands lower has no room
CLOSE = 36  # pixels between two lines that have no room for a label
LETTER = Decimal("2.2")  # in %: half a Han character, in a drawing as wide as a telephone
AIR = Decimal(2)  # in %: between two labels
STEP, LEAST = 10, 20  # an axis spans 20 at least, lest a tenth of a point looks like a fall


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

    def ticks(self) -> Iterator[Shape]:
        """The years, as many as have room, the ends first."""
        texts = {year: f"{year}" for year in self.years}
        for year in self._apart(texts, _ends_first(self.years)):
            yield Shape("text", _at(self.x(year)), TICKS, style="tick", text=texts[year])

    def line(self, values: Values, style: str = "") -> Iterator[Shape]:
        """A point for each figure, joined to that of the next year where that has one."""
        for year, value in values.items():
            if (after := values.get(year + 1)) is not None:
                here, there = _at(self.x(year)), _at(self.x(year + 1))
                kind = f"course {style}".strip()
                yield Shape("slope", here, self.y(value), there, self.y(after), style=kind)
        for year, value in values.items():
            yield Shape("dot", _at(self.x(year)), self.y(value), radius=4, style=style)

    def labels(
        self,
        values: Values,
        told: Callable[[Decimal], str],
        sides: Mapping[int, int],
        name: str = "",
    ) -> Iterator[Shape]:
        """Figures at their points, `sides` says where: as many as stand apart from one another,
        the ends first, then the highest and the lowest. The first one has the `name` of all.
        """
        texts = {year: told(value) for year, value in values.items() if year in sides}
        if texts and name:
            first = min(texts)
            texts[first] = f"{name} {texts[first]}"
        by_rank = sorted(texts, key=lambda year: (values[year], year))
        order = dict.fromkeys([*_ends_first([*texts])[:2], *by_rank[-1:], *by_rank])
        for year in self._apart(texts, [*order]):
            style, x, _ = self._stand(year, texts[year])
            y = self.y(values[year]) + sides[year]
            yield Shape("text", _at(x), y, style=style, text=texts[year])

    def _apart(self, texts: Mapping[int, str], order: Sequence[int]) -> Iterator[int]:
        """The years whose texts stand apart from those before them in `order`."""
        taken: list[tuple[Decimal, Decimal]] = []
        for year in order:
            style, x, wide = self._stand(year, texts[year])
            left = {"start": x, "middle": x - wide / 2, "end": x - wide}[style]
            if all(left >= end + AIR or left + wide + AIR <= start for start, end in taken):
                taken.append((left, left + wide))
                yield year

    def _stand(self, year: int, text: str) -> tuple[str, Decimal, Decimal]:
        """The side that a text stands at, where, and how wide it is: the outermost ones begin and
        end with the drawing."""
        x, wide = self.x(year), width(text) * LETTER
        if x < wide / 2:
            return "start", ZERO, wide
        return ("end", HUNDRED, wide) if x + wide / 2 > HUNDRED else ("middle", x, wide)


def beside(values: Values) -> Mapping[int, int]:
    """The side of each label of one line: below the point where the line has a trough."""
    years = [*values]
    found = {}
    for place, year in enumerate(years):
        near = [values[y] for y in years[max(place - 1, 0) : place + 2] if y != year]
        is_trough = len(near) * values[year] < sum(near, ZERO)
        found[year] = BELOW if is_trough else ABOVE
    return found


def between(plan: Plan, values: Values, others: Values, *, is_first: bool) -> Mapping[int, int]:
    """The side of each label of one of two lines: above the higher one, below the lower one, and
    none where the axis or the other line leave no room. Where they meet the first is higher."""
    found = {}
    for year, value in values.items():
        other = others[year]
        gap = plan.y(value) - plan.y(other)
        if value > other or (value == other and is_first):
            found[year] = ABOVE
        elif plan.y(value) <= LOWEST:
            found[year] = BELOW
        elif gap >= CLOSE:
            found[year] = ABOVE
    return found


def cropped(years: Sequence[int], values: Values) -> Plan:
    """The plan of figures around 100: an axis of whole tens, not from zero."""
    least, most = min(values.values()), max(values.values())
    low = (least / STEP).to_integral_value(ROUND_FLOOR) * STEP
    high = max((most / STEP).to_integral_value(ROUND_CEILING) * STEP, low + LEAST)
    if most <= HUNDRED < high:
        low, high = low - (high - HUNDRED), HUNDRED
    return Plan(years, low, high, LOWEST)


def _ends_first(years: Sequence[int]) -> list[int]:
    return [*dict.fromkeys([*years[-1:], *years[:1], *years])]


def _at(value: Decimal) -> str:
    return share(value, HUNDRED)
