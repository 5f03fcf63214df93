"""The formulas of indicators: what the rules make of a target and a result."""

from __future__ import annotations

from dataclasses import dataclass

from builder.export.workbook.arithmetic import LONGEST, OPEN, constant, one_of, quoted, within
from builder.export.workbook.compared import Compared, compared
from builder.export.workbook.figures import figure
from builder.scoring import (
    HUNDRED,
    NOTHING,
    Amount,
    Bound,
    Comparator,
    Method,
    NotApplicable,
    Points,
    Profile,
    Quality,
    Range,
)

NONE = "无"


@dataclass(frozen=True, slots=True)
class Cells:
    """What formulas call the cells of one indicator: result, 分值, target; `figure` is that which
    holds the figure of the target, None where it stands in a text."""

    actual: str
    weight: str
    target: str | None
    figure: str | None


def is_by_rule(point: Points) -> bool:
    """Whether the points are those that the rules give, and not the author's."""
    is_ruled = point.computed is not None and point.awarded == point.computed
    return is_ruled or point.method is Method.NOT_APPLICABLE


def formula(point: Points, cells: Cells, profile: Profile) -> str | None:
    """What gives the points of an indicator; None where the rules leave them to the author."""
    return _Rule(point, cells, profile).formula() if profile.scoring else None


class _Rule:
    """The rule of one indicator."""

    def __init__(self, point: Points, cells: Cells, profile: Profile) -> None:
        assert profile.scoring
        self._point, self._cells = point, cells
        self._profile, self._scoring = profile, profile.scoring
        self._full, self._zero = self._given(cells.weight), self._given("0")
        self._sides = compared(point, cells.actual, cells.figure)

    def formula(self) -> str | None:
        actual, weight = self._cells.actual, self._cells.weight
        words = self._of_words()
        if self._sides is None and words == OPEN:
            return None
        found = words
        if self._sides:
            number = self._of_number(self._sides)
            unless = self._sides.unless
            number = f"IF({unless},{OPEN},{number})" if unless else number
            found = f"IF(ISNUMBER({actual}),{number},{words})"
        return f'IF(OR({actual}="",NOT(ISNUMBER({weight}))),{OPEN},{found})'

    def _given(self, exact: str) -> str:
        return within(exact, self._cells.weight, self._scoring.points)

    def _of_words(self) -> str:
        """What a result in words is worth, or one that no other rule reads."""
        actual, target = self._cells.actual, self._point.target
        met: list[str] = []
        if not isinstance(target, NotApplicable):
            tiers = (tier for tier in self._profile.tiers if tier.upper == HUNDRED)
            met += (word for tier in tiers for word in tier.words)
        if isinstance(target, Bound) and _wants_little(target):
            met.append(NONE)
        tests = [one_of(actual, met)] if met else []
        if isinstance(target, Quality) and self._cells.target:
            tests.append(f"EXACT(TRIM({actual}),TRIM({self._cells.target}))")
        elif self._point.indicator.actual.strip() not in met:
            tests += filter(None, [self._as_it_is()])
        left = self._not_applicable(met)
        if not tests:
            return left
        test = tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"
        return f"IF({test},{self._full},{left})"

    def _as_it_is(self) -> str | None:
        """Whether the result is still the one that reached its target by a rule that is no matter
        of a formula: a date that is early enough."""
        point, actual = self._point, self._cells.actual
        if point.computed is None or point.computed != point.weight:
            return None
        written = figure(point.indicator.actual) if isinstance(point.result, Amount) else None
        if written is None:
            text = point.indicator.actual.strip()
            return f"TRIM({actual})={quoted(text)}" if len(text) < LONGEST else None
        return None if self._sides else f"{actual}={constant(written.value)}"

    def _not_applicable(self, met: list[str]) -> str:
        """`-` for a result that says that there is nothing to score, where others make up."""
        if self._scoring.not_applicable != "折算":
            return OPEN
        words = sorted(NOTHING - set(met))
        return f'IF({one_of(self._cells.actual, words)},"-",{OPEN})'

    def _of_number(self, sides: Compared) -> str:
        """What a result that is a number is worth."""
        target, actual = self._point.target, sides.actual
        if isinstance(target, Range):
            low, high = sides.bounds
            return self._range(actual if target.low < 0 else f"MAX(0,{actual})", low, high)
        assert isinstance(target, Bound)
        actual = actual if target.value < 0 else f"MAX(0,{actual})"
        (limit,) = sides.bounds
        ratio = self._given(f"{actual}*{self._cells.weight}/{limit}")
        missed = f"IF({limit}<=0,{self._zero},{ratio})"
        match target.comparator:
            case Comparator.AT_MOST | Comparator.LESS:
                sign = "<=" if target.comparator is Comparator.AT_MOST else "<"
                over = self._reverse(actual, limit)
                return f"IF({actual}{sign}{limit},{self._full},{over})"
            case Comparator.EQUAL:
                none = f"IF({actual}<=0,{self._full},{self._zero})"
                return f"IF({limit}=0,{none},IF({actual}>={limit},{self._full},{missed}))"
            case Comparator.MORE:
                return f"IF({actual}>{limit},{self._full},{missed})"
        return f"IF({actual}>={limit},{self._full},{missed})"

    def _reverse(self, actual: str, limit: str) -> str:
        """What is left where less would have been better."""
        weight = self._cells.weight
        match self._scoring.reverse:
            case "全有或全无":
                return self._zero
            case "反比":
                found = self._given(f"{limit}*{weight}/{actual}")
            case _:
                found = self._given(f"({limit}-({actual}-{limit}))*{weight}/{limit}")
        return f"IF({limit}<=0,{self._zero},{found})"

    def _range(self, actual: str, low: str, high: str) -> str:
        weight = self._cells.weight
        is_open = low == "0" or low.startswith("-")
        below = self._zero if is_open else self._given(f"{actual}*{weight}/{low}")
        above = self._given(f"{high}*{weight}/{actual}")
        inside = f"AND({actual}>={low},{actual}<={high})"
        return f"IF({inside},{self._full},IF({actual}<{low},{below},{above}))"


def _wants_little(target: Bound) -> bool:
    """A target that 无 fulfils: zero, or an upper bound."""
    return target.is_upper or (target.comparator is Comparator.EQUAL and target.value == 0)
