"""Which unit a figure without one has: that of the other side, as far as that is certain.

Forms write `≥90万元` and `90`: ninety of what was asked for. Whether the result of `≤10万次` and
`90000` is counted in 万 nobody can tell, nor whether 0.95 against `≥90%` is 0.95% or 95%: there
the author is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from builder.scoring.conversion import are_unlike, is_same, times_as_large
from builder.scoring.target import Amount, Bound, Range, Result, Target, plain, times

Side = Bound | Range | Amount

TARGET, RESULT = "年度指标值", "实际完成值"
# A figure may be counted in 万 where that makes at most ten times the other side, and where it
# would be a hundredth of it, or less, without.
MOST, LEAST = 10, 100
LARGE = 10_000  # beside which a figure may be counted in 万 or 亿, whatever the other side is
_WHOLE = {"%": 100, "‰": 1000}  # a share of one may be written for it: 0.95


@dataclass(frozen=True, slots=True)
class Doubt:
    """A figure without a unit: in which field it stands, and the two ways to write what it may
    mean."""

    label: str
    readings: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """A target and a result as they are compared.

    `note` tells which figure was taken for another one; with a `doubt`, and where the units
    are `unlike`, there is no comparing.
    """

    target: Target
    result: Result
    note: str = ""
    doubt: Doubt | None = None
    unlike: bool = False


def paired(target: Target, result: Result) -> Pair:
    """A target and a result in one unit where one of them has none; else as they are."""
    if not isinstance(target, Bound | Range) or not isinstance(result, Amount):
        return Pair(target, result)
    if _is_bare(result) and not _is_bare(target):
        if readings := _readings(result, target):
            return Pair(target, result, doubt=Doubt(RESULT, readings) if target.unit else None)
        taken = replace(result.scaled(times(target.magnitude)), unit=target.unit)
        return Pair(target, taken, _note(RESULT, result, target))
    if _is_bare(target) and not _is_bare(result):
        if readings := _readings(target, result):
            return Pair(target, result, doubt=Doubt(TARGET, readings) if result.unit else None)
        meant = replace(target.scaled(times(result.magnitude)), unit=result.unit)
        return Pair(meant, result, _note(TARGET, target, result))
    # 95万 against ≥90万元: only the unit is missing.
    unit, other = target.unit or result.unit, result.unit or target.unit
    return _in_one_unit(replace(target, unit=unit), replace(result, unit=other))


def side_by_side(one: Bound, other: Bound | Amount) -> tuple[Decimal, Decimal] | None:
    """Two figures of one thing in one unit; None where they have none, or it is not certain
    which: 0.95 beside 95%."""
    pair = paired(one, Amount(other.value, other.unit, magnitude=other.magnitude))
    match pair:
        case Pair(Bound(value=first, unit=unit), Amount(value=second, unit=same), doubt=None):
            return (first, second) if unit == same and not pair.unlike else None
    return None


def _in_one_unit(target: Bound | Range, result: Amount) -> Pair:
    """Both in the smaller unit of the two, where one is a whole number of the other."""
    if target.unit == result.unit:
        return Pair(target, result)
    if is_same(target.unit, result.unit):
        return Pair(target, replace(result, unit=target.unit))
    if by := times_as_large(result.unit, target.unit):
        taken = _converted(result, by, target.unit)
        return Pair(replace(target, magnitude=""), taken, _as(RESULT, result, taken))
    if by := times_as_large(target.unit, result.unit):
        meant = _converted(target, by, result.unit)
        return Pair(meant, replace(result, magnitude=""), _as(TARGET, target, meant))
    return Pair(target, result, unlike=bool(result.size) and are_unlike(target.unit, result.unit))


S = TypeVar("S", Bound, Range, Bound | Range, Amount)


def _converted(side: S, by: int, unit: str) -> S:
    return replace(side.scaled(by), unit=unit, magnitude="")


def _as(label: str, one: Side, other: Side) -> str:
    return f"{label} {_text(one)}{one.unit} 按 {_text(other)}{other.unit} 计"


def _is_bare(side: Side) -> bool:
    return not side.unit and not side.magnitude


def _readings(bare: Side, like: Side) -> tuple[str, str] | None:
    """The two ways to write what a bare figure may mean beside one with a unit; None where it
    is certain that it is like that one."""
    if not bare.size or not like.size:
        return None
    otherwise = _share(bare, like) if like.unit in _WHOLE else _counted_otherwise(bare, like)
    if otherwise is None:
        return None
    return f"{_text(bare)}{like.magnitude}{like.unit}", f"{otherwise}{like.unit}"


def _share(bare: Side, like: Side) -> str | None:
    """A figure as a share of one, where that is nearer to the other side, and no more than all."""
    size, other, whole = bare.size, like.size, _WHOLE[like.unit]
    is_share = size * size * whole <= other * other and (size <= 1 or other > whole)
    return _text(bare.scaled(whole)) if is_share else None


def _counted_otherwise(bare: Side, like: Side) -> str | None:
    """A figure with another magnitude than the other side's, where it may well have that one."""
    size, other, own = bare.size, like.size, bare.size * times(like.magnitude)
    is_certain = not like.magnitude or _may_count(size, like.magnitude, other)
    for sign in "亿万" if other >= LARGE and like.magnitude in ("", "万", "亿") else "":
        taken = size * times(sign)
        is_nearer = taken * own <= other * other if taken > own else taken * own >= other * other
        if taken != own and _may_count(size, sign, other) and (is_nearer or not is_certain):
            return f"{_text(bare)}{sign}"
    return None if is_certain else _text(bare)


def _may_count(size: Decimal, magnitude: str, other: Decimal) -> bool:
    return size * times(magnitude) <= MOST * other and size * LEAST <= other


def _text(side: Side) -> str:
    if isinstance(side, Range):
        return f"{plain(side.low)}-{plain(side.high)}"
    return plain(side.value)


def _note(label: str, bare: Side, like: Side) -> str:
    if not like.magnitude or not bare.size:
        return ""
    return f"{label} {_text(bare)} 按 {_text(bare)}{like.magnitude}{like.unit} 计"
