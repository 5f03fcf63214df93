"""C4: were points typed where targets belong, as where authors miss a column for them?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from builder.checks.inspection import Inspection
from builder.diagnostics import catalogue
from builder.scoring import HUNDRED, ZERO, Bound, Document, Points

NAME_NUMBER = re.compile(
    r"(?<![0-9.])([0-9]{1,15}(?:\.[0-9]{1,10})?)\s?"
    r"(?:公里|平方米|米|亩|吨|万元|元|人次|人|次|个|台|套|户|家|场|项|天|%|％)"
)
TAIL = re.compile(r"(?:以上|以内|左右|[)）])?")
FEW = 3  # bare numbers; as many may be points by chance


def targets_are_no_points(inspection: Inspection) -> None:
    """Points typed where targets belong, as on forms whose authors miss a column for them."""
    document = inspection.document
    bare = list(_bare(document))
    if holds_points(document):
        inspection.find(
            catalogue.POINTS_FOR_TARGETS,
            document.key("绩效指标"),
            count=len(bare),
            example=bare[0][0].indicator.target,
        )
    for point, value in bare:
        name = point.indicator.name
        number = NAME_NUMBER.search(name)
        if number is None or Decimal(number[1]) == value:
            continue
        if document.profile.is_scored:
            is_points = value == point.weight
        else:
            is_points = holds_points(document) or bool(TAIL.fullmatch(name, number.end()))
        if is_points:
            at = document.of(point, "年度指标值")
            inspection.find(catalogue.TARGET_IN_NAME, at, name=name, number=number[0])


def holds_points(document: Document) -> bool:
    """Whether the bare targets of a form are all points: its 分值, or together a hundred."""
    bare = list(_bare(document))
    if len(bare) < FEW or 2 * len(bare) <= len(document.card.points):
        return False
    if document.profile.is_scored:
        return all(value == point.weight for point, value in bare)
    return sum((value for _, value in bare), ZERO) == HUNDRED


def _bare(document: Document) -> Iterator[tuple[Points, Decimal]]:
    """The targets that are a number and nothing else."""
    for point in document.card.points:
        target = point.target
        if isinstance(target, Bound) and not target.written and not target.unit:
            yield point, target.value


CHECKS = (targets_are_no_points,)
