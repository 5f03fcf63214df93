"""What a 年度指标值 and an 实际完成值 may be: quantities, dates, states, or nothing."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import prod

MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


def times(magnitude: str) -> int:
    """What a number before `magnitude` is multiplied by: 百万 is a product, nothing is 1."""
    return prod(MAGNITUDES[sign] for sign in magnitude)


def plain(value: Decimal) -> str:
    """A number as a person writes it in a formula: no exponent, no empty decimals."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Comparator(StrEnum):
    """How a target binds its value."""

    AT_LEAST = "≥"
    MORE = ">"
    AT_MOST = "≤"
    LESS = "<"
    EQUAL = "="


@dataclass(frozen=True, slots=True)
class Bound:
    """A quantitative target: comparator, value, unit. `written` is False for a bare `116次`.

    `value` is in units without the `magnitude` (百, 万, 亿 …) that they were written with.
    """

    comparator: Comparator
    value: Decimal
    unit: str
    written: bool = True
    magnitude: str = ""

    @property
    def size(self) -> Decimal:
        """How large it is, whatever its sign."""
        return abs(self.value)

    def scaled(self, by: int | Decimal) -> Bound:
        """The same figure, `by` times as large."""
        return replace(self, value=self.value * by)

    @property
    def is_upper(self) -> bool:
        """Whether less is better (反向指标)."""
        return self.comparator in (Comparator.AT_MOST, Comparator.LESS)

    def met_by(self, actual: Decimal) -> bool:
        """Whether `actual` reaches the target; `=0` asks for zero, any other `=` is a floor.

        That an over-achieved `=` target is met is what deployed systems compute (domain note
        1.3, 等于).
        """
        match self.comparator:
            case Comparator.MORE:
                return actual > self.value
            case Comparator.LESS:
                return actual < self.value
            case Comparator.AT_MOST:
                return actual <= self.value
            case Comparator.EQUAL if self.value == 0:
                return actual <= 0
        return actual >= self.value


@dataclass(frozen=True, slots=True)
class Range:
    """A target between two bounds, both included; `magnitude` is that of the upper one."""

    low: Decimal
    high: Decimal
    unit: str
    magnitude: str = ""

    @property
    def size(self) -> Decimal:
        """How large it is at most, whatever its sign."""
        return max(abs(self.low), abs(self.high))

    def scaled(self, by: int | Decimal) -> Range:
        """The same range, `by` times as large."""
        return replace(self, low=self.low * by, high=self.high * by)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date, as far as it was written: the year and the month's day may be missing.

    Of a span of time it is the end; `begins` is then the year of its first day.
    """

    year: int | None
    month: int | None
    day: int | None
    begins: int | None = None

    def is_of(self, year: int) -> bool:
        """Whether a written year is `year`, or a span goes through it."""
        last = self.year if self.year is not None else year
        return (self.begins or last) <= year <= last

    def last_day(self, default_year: int) -> date:
        """The last day that the text still covers (2月29日 of a common year: the 28th)."""
        year, month = self.year or default_year, self.month or 12
        last = calendar.monthrange(year, month)[1]
        return date(year, month, min(self.day or last, last))

    def first_day(self, default_year: int) -> date:
        """The first day that the text covers."""
        return date(self.year or default_year, self.month or 1, self.day or 1)


@dataclass(frozen=True, slots=True)
class Quality:
    """A qualitative target: a state in words."""

    text: str


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """`/`, `无`, `—`: nothing was asked for, or nothing measured."""

    text: str


Target = Bound | Range | Deadline | Quality | NotApplicable


@dataclass(frozen=True, slots=True)
class Amount:
    """A measured result. `approximate` for 约/余/左右; `comparator` if one was copied along."""

    value: Decimal
    unit: str
    approximate: bool = False
    comparator: Comparator | None = None
    magnitude: str = ""

    @property
    def size(self) -> Decimal:
        """How large it is, whatever its sign."""
        return abs(self.value)

    def scaled(self, by: int | Decimal) -> Amount:
        """The same figure, `by` times as large."""
        return replace(self, value=self.value * by)


Result = Amount | Deadline | NotApplicable | Quality

NOTHING = frozenset({"无", "/", "-", "--", "—", "——", "不适用", "不涉及", "未涉及"})
