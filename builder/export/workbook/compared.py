"""How the figures in two cells are compared: brought to one unit, as scoring does it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from builder.export.workbook.arithmetic import constant, sure
from builder.export.workbook.figures import figure
from builder.scoring import (
    Amount,
    Bound,
    Points,
    Range,
    paired,
    plain,
    read_result,
    read_target,
)

# As `scoring.units` has it: beside a share a figure without a unit may be one of one; beside a
# large figure it may be counted in 万 where that brings it nearer.
WHOLE = {"%": 100, "‰": 1000}
LARGE, NEARER = 10_000, 1000


@dataclass(frozen=True, slots=True)
class Compared:
    """Formulas of a result and of what it is measured by, both bounds of a range; `unless` is
    when nobody can tell what a figure without a unit means, "" where that cannot be."""

    actual: str
    bounds: tuple[str, ...]
    unless: str


def compared(point: Points, actual: str, target: str | None) -> Compared | None:
    """The two sides of an indicator: `actual` and `target` are the cells of their figures, None
    for a target without one. None where no figures are compared, or their units are no matter of
    a formula."""
    asked, written = point.target, _sample(point.indicator.target)
    result = read_result(_sample(point.indicator.actual) or "1")
    if not isinstance(result, Amount):  # who replaces words by a figure types no unit
        result = Amount(Decimal(1), "")
    if target and written and isinstance(asked, Bound):
        asked = read_target(written)
    if not isinstance(asked, Bound | Range):
        return None
    pair = paired(asked, result)
    if pair.doubt or pair.unlike or not isinstance(pair.result, Amount):
        pair = paired(asked, _like(asked))
    found, of_result = pair.target, pair.result
    if not isinstance(found, Bound | Range) or not isinstance(of_result, Amount):
        return None
    is_bare, is_other_bare = _is_bare(result), _is_bare(asked)
    if is_bare != is_other_bare and (result.magnitude or asked.magnitude):
        return None
    by = of_result.value
    bounds: tuple[str, ...]
    if isinstance(found, Range):
        bounds = constant(found.low), constant(found.high)
    elif target and written:
        common = _common(found.value, by)
        bounds = (_scaled(target, found.value / common),)
        by /= common
    else:
        bounds = (constant(found.value),)
    sides = Compared(_scaled(actual, by), bounds, "")
    if is_bare == is_other_bare:
        return sides
    bare, like = (actual, target or bounds[-1]) if is_bare else (target or bounds[-1], actual)
    unit = asked.unit if is_bare else result.unit
    return Compared(sides.actual, sides.bounds, _doubtful(bare, like, unit))


def _sample(text: str) -> str | None:
    """A text with 1 for its figure, which tells how large its unit is; None without one."""
    found = figure(text)
    return f"{found.before}1{found.after}" if found else None


def _like(asked: Bound | Range) -> Amount:
    """A result of one, in the unit of its target."""
    return Amount(Decimal(1), asked.unit)


def _is_bare(side: Bound | Range | Amount) -> bool:
    return not side.unit and not side.magnitude


def _doubtful(bare: str, like: str, unit: str) -> str:
    """When a figure without a unit beside one with it may mean something else."""
    if whole := WHOLE.get(unit):
        return (
            f"AND({bare}>0,{like}>0,{bare}*{bare}*{whole}<={like}*{like},"
            f"OR({bare}<=1,{like}>{whole}))"
        )
    return f"AND({bare}>0,{like}>={LARGE},{bare}*{NEARER}<={like})"


def _common(one: Decimal, other: Decimal) -> Decimal:
    """What two factors can be divided by so that both stay whole."""
    small = min(one, other)
    return small if small > 0 and not max(one, other) % small else Decimal(1)


def _scaled(cell: str, by: Decimal) -> str:
    return cell if by == 1 else sure(f"{cell}*{plain(by)}")
