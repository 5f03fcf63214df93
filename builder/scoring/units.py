"""Which unit a figure without one has: that of the other side, as far as that is certain.

Forms write `≥90万元` and `90`: ninety of what was asked for. Whether the result of `≤10万次` and
`90000` is counted in 万 nobody can tell, nor whether 0.95 against `≥90%` is 0.95% or 95%: there
the author is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from builder.scoring.target import Amount, Bound, Range, Result, Target, plain, times

TARGET, RESULT = "年度指标值", "实际完成值"
# A figure is counted in the other side's 万 where that makes at most ten times the other one,
# and where it would be a hundredth of it, or less, without.
MOST, LEAST = 10, 100
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

    `note` tells which figure was taken for another one; with a `doubt` there is no comparing.
    """

    target: Target
    result: Result
    note: str = ""
    doubt: Doubt | None = None


def paired(target: Target, result: Result) -> Pair:
    """A target and a result in one unit where one of them has none; else as they are."""
    if not isinstance(target, Bound | Range) or not isinstance(result, Amount):
        return Pair(target, result)
    most = target.value if isinstance(target, Bound) else max(target.low, target.high, key=abs)
    if _is_bare(result) and not _is_bare(target):
        scale, doubt = _measure(result.value, target, most)
        if doubt:
            return Pair(target, result, doubt=Doubt(RESULT, doubt) if target.unit else None)
        taken = replace(result, value=result.value * scale, unit=target.unit)
        return Pair(target, taken, _note(RESULT, plain(result.value), target, scale))
    if _is_bare(target) and not _is_bare(result):
        scale, doubt = _measure(most, result, result.value)
        if doubt:
            return Pair(target, result, doubt=Doubt(TARGET, doubt) if result.unit else None)
        return Pair(
            _scaled(target, scale, result.unit), result, _note(TARGET, _told(target), result, scale)
        )
    # 95万 against ≥90万元: only the unit is missing.
    return Pair(_scaled(target, 1, target.unit or result.unit),
                replace(result, unit=result.unit or target.unit))  # fmt: skip


def _is_bare(side: Bound | Range | Amount) -> bool:
    return not side.unit and not side.magnitude


def _measure(
    bare: Decimal, like: Bound | Range | Amount, other: Decimal
) -> tuple[int, tuple[str, str] | None]:
    """What a bare figure is to be multiplied by to be `like` the other one; and where that is
    not certain, the two ways to write it."""
    scale, whole = times(like.magnitude), _WHOLE.get(like.unit, 0)
    written = f"{plain(bare)}{like.magnitude}{like.unit}"
    size, other = abs(bare), abs(other)
    if not size or not other:
        return scale, None
    if like.magnitude:
        is_certain = size * scale <= MOST * other and size * LEAST <= other
        return scale, None if is_certain else (written, f"{plain(bare)}{like.unit}")
    # Its share is nearer to the other figure, and no more than all of it.
    if whole and size * size * whole <= other * other and (size <= 1 or other > whole):
        return scale, (written, f"{plain(bare * whole)}{like.unit}")
    return scale, None


def _scaled(target: Bound | Range, scale: int, unit: str) -> Bound | Range:
    if isinstance(target, Bound):
        return replace(target, value=target.value * scale, unit=unit)
    return replace(target, low=target.low * scale, high=target.high * scale, unit=unit)


def _told(target: Bound | Range) -> str:
    if isinstance(target, Bound):
        return plain(target.value)
    return f"{plain(target.low)}-{plain(target.high)}"


def _note(label: str, figure: str, like: Bound | Range | Amount, scale: int) -> str:
    return f"{label} {figure} 按 {figure}{like.magnitude}{like.unit} 计" if scale != 1 else ""
