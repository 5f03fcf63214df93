"""C1: do the points make a hundred, and is each plausible?"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from builder.checks.inspection import Inspection
from builder.diagnostics import catalogue
from builder.model import Declared
from builder.scoring import HUNDRED, ZERO, plain

HALF = Decimal("0.5")
LABELS = (Declared.label("group_weights"), Declared.label("kind_weights"))


def weights_make_100(inspection: Inspection) -> None:
    document = inspection.document
    total = document.card.weight_sum
    if total is None or total == HUNDRED:
        return
    execution = document.card.execution.weight or ZERO
    gap = HUNDRED - total
    inspection.find(
        catalogue.WEIGHT_SUM,
        document.key("绩效指标"),
        total=plain(total),
        difference=f"{'少' if gap > 0 else '多'} {plain(abs(gap))} 分",
        groups=_told(document.card.group_weights),
        execution=plain(execution),
        expected=plain(HUNDRED - execution),
    )


def _told(weights: Mapping[str, Decimal | None]) -> str:
    known = ((name, weight) for name, weight in weights.items() if weight is not None)
    return "、".join(f"{name} {plain(weight)}" for name, weight in known)


def groups_weigh_as_declared(inspection: Inspection) -> None:
    document = inspection.document
    declared = document.report.declared
    if declared is None or not document.profile.is_scored:
        return
    written: dict[tuple[str, ...], Decimal] = {
        (first,): weight for first, weight in declared.group_weights.items()
    }
    for first, kinds in declared.kind_weights.items():
        written |= {(first, second): weight for second, weight in kinds.items()}
    for levels, weight in written.items():
        total = document.card.level_weights(len(levels)).get(levels, ZERO)
        if total is not None and total != weight:
            inspection.find(
                catalogue.GROUP_WEIGHT,
                document.at("核对", LABELS[len(levels) - 1], *levels),
                group=levels[-1],
                total=plain(total),
                declared=plain(weight),
            )


def groups_weigh_as_usual(inspection: Inspection) -> None:
    document, profile = inspection.document, inspection.document.profile
    block, actual = document.layout.indicators, document.card.group_weights
    usual = {name: weight for name, weight in profile.weights.items() if name in block.groups}
    # A sum that is wrong or open, or a name that is, has been told.
    total = document.card.weight_sum
    is_told = total is None or (total != HUNDRED and inspection.stops(catalogue.WEIGHT_SUM))
    is_told = is_told or (not block.open_groups and not actual.keys() <= block.groups.keys())
    if not profile.is_scored or not usual or is_told:
        return
    if any(actual.get(name, ZERO) != weight for name, weight in usual.items()):
        inspection.find(
            catalogue.GROUP_SPLIT,
            document.key("绩效指标"),
            actual=_told(actual),
            usual=_told(usual),
            profile=profile.name,
        )


def weights_are_sound(inspection: Inspection) -> None:
    document = inspection.document
    weights = [point.weight for point in document.card.points if point.weight is not None]
    half = sum(weights, ZERO) * HALF
    is_whole = all(point.indicator.weight is not None for point in document.card.points)
    for point in document.card.points:
        weight, name = point.indicator.weight, point.indicator.name
        if weight is None or not document.profile.is_scored:
            continue
        at = document.of(point, "分值")
        if weight <= 0:
            inspection.find(catalogue.WEIGHT_NOT_POSITIVE, at, name=name, weight=weight)
        elif weight > half and len(weights) > 1 and is_whole:
            inspection.find(catalogue.HEAVY_INDICATOR, at, name=name, weight=plain(weight))


CHECKS = (
    weights_make_100,
    groups_weigh_as_declared,
    groups_weigh_as_usual,
    weights_are_sound,
)
