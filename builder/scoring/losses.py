"""Where points were lost: at which indicators, in which parts of the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from builder.scoring.ruling import ZERO, Method
from builder.scoring.scorecard import Scorecard

EXECUTION = "预算执行"


@dataclass(frozen=True, slots=True)
class Loss:
    """The points that one indicator lost, or 预算执行.

    `number` counts the indicators from 1 in the form's order; 0 is 预算执行.
    """

    number: int
    points: Decimal


@dataclass(frozen=True, slots=True)
class Losses:
    """All points that a report lost, at least 0 each.

    `full` is what it could reach and `lost` the sum of all losses. `parts` are those of 预算执行
    and the 一级指标 that lost any, the greatest first. Only where `is_sum` do they come to `full`
    minus the total: not where 不适用 rescales (`is_rescaled`), nor where the total is rounded.
    """

    full: Decimal
    lost: Decimal
    entries: tuple[Loss, ...]
    parts: Mapping[str, Decimal]
    is_rescaled: bool
    is_sum: bool

    @property
    def greatest(self) -> tuple[Loss, ...]:
        """The greatest loss; several where they are equal, in the form's order."""
        most = max((entry.points for entry in self.entries), default=None)
        return tuple(entry for entry in self.entries if entry.points == most)


def losses(card: Scorecard) -> Losses | None:
    """Where points were lost; None where there is no total, or something has more than its full
    points, so that no sum of losses says how much is missing."""
    if card.total is None or card.weight_sum is None:
        return None
    found: list[tuple[str, Loss]] = []
    execution = card.execution
    if execution.weight is not None and execution.score is not None:
        found.append((EXECUTION, Loss(0, execution.weight - execution.score)))
    for number, point in enumerate(card.points, start=1):
        if point.weight is not None and point.awarded is not None:
            found.append((point.group, Loss(number, point.weight - point.awarded)))
    if any(loss.points < 0 for _, loss in found):
        return None
    parts: dict[str, Decimal] = {}
    for part, loss in found:
        parts[part] = parts.get(part, ZERO) + loss.points
    lost = sum(parts.values(), ZERO)
    return Losses(
        full=card.weight_sum,
        lost=lost,
        entries=tuple(loss for _, loss in found if loss.points),
        parts=MappingProxyType(
            {part: points for part, points in sorted(parts.items(), key=_falling) if points}
        ),
        is_rescaled=any(point.method is Method.NOT_APPLICABLE for point in card.points),
        is_sum=lost == card.weight_sum - card.total,
    )


def _falling(part: tuple[str, Decimal]) -> Decimal:
    return -part[1]
