"""The points of one indicator, and how they came about."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from builder.model import GROUPS, Indicator, place
from builder.scoring.profile import Tier
from builder.scoring.ruling import Method
from builder.scoring.target import Result, Target
from builder.scoring.units import Pair
from builder.source import Location


@dataclass(frozen=True, slots=True)
class Points:
    """The points of one indicator.

    `weight` is the 分值, `computed` what the rule gives, `awarded` what counts: the
    author's own 得分 where there is one. None where nothing can be said; a 分值 of a form with
    points is None where it is blank. `method` is how the
    awarded points came about, `ruled` how the rule alone judged. `target` and `result` are as
    they were written, `pair` as they were compared. `tier` holds the limits inside which the
    author may decide. `is_met` says whether the target is reached, on forms without points,
    too; None where the rules cannot say.
    """

    path: tuple[str, str, int]
    indicator: Indicator
    target: Target
    result: Result
    pair: Pair
    weight: Decimal | None
    computed: Decimal | None
    awarded: Decimal | None
    method: Method
    ruled: Method
    formula: str
    achievement: Decimal | None = None
    tier: Tier | None = None
    is_met: bool | None = None

    def place(self, *field: str) -> Location:
        """Where it stands in the file, or a field of it, by labels and positions."""
        return place(*self.path, *field)

    @property
    def levels(self) -> tuple[str, ...]:
        """一级指标 and 二级指标, those that its form has."""
        return tuple(filter(None, self.path[:2]))

    @property
    def group(self) -> str:
        """What it is told under: its 一级指标, 绩效指标 on a form without one."""
        return self.path[0] or GROUPS

    @property
    def kind(self) -> str:
        """The nearest level above it: its 二级指标, else its 一级指标; "" on a form without."""
        return self.path[1] or self.path[0]

    @property
    def is_overridden(self) -> bool:
        """Whether the author's 得分 differs from the computed one."""
        return None not in (self.computed, self.awarded) and self.awarded != self.computed

    @property
    def is_blank(self) -> bool:
        """Whether target, result or 分值 is blank, so that no rule can say anything, or 得分 is."""
        entry = self.indicator
        is_open = is_left_open(entry) or self.weight is None
        is_open = is_open and self.method is not Method.UNSCORED
        return is_open or not all(measures(entry).values())

    @property
    def is_measured(self) -> bool:
        """Whether its form asks for a target and a result; a rubric has neither."""
        return is_measured(self.indicator)

    @property
    def is_full(self) -> bool:
        """Whether all points were given."""
        return self.weight is not None and self.awarded == self.weight

    @property
    def is_short(self) -> bool:
        """Whether points are missing: lost, or not given yet. 不适用 and 不计分 miss none, nor does
        what has no results yet."""
        is_counted = self.method not in (Method.UNSCORED, Method.NOT_APPLICABLE, Method.PLANNED)
        is_lost = self.weight is not None and self.awarded != self.weight
        return is_counted and (self.awarded is None or is_lost)


def is_left_open(indicator: Indicator) -> bool:
    """Whether 得分 is blank on purpose: then not even the rule's points count."""
    return indicator.awarded is None and "awarded" in indicator.model_fields_set


def measures(indicator: Indicator) -> dict[str, str]:
    """Target and result, as far as the form asks for them, by English name."""
    found = {"target": indicator.target, "actual": indicator.actual}
    return {name: text for name, text in found.items() if indicator.knows(name)}


def is_measured(indicator: Indicator) -> bool:
    """Whether its form asks for a target and a result; a rubric has neither."""
    return indicator.knows("target") and indicator.knows("actual")
