"""What a form declares, beside what its figures come to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.model import Declared
from builder.scoring import Document
from builder.source import Location


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of the form that comes out otherwise: what it is, as printed, as computed."""

    what: str
    declared: str
    computed: str


def differences(document: Document) -> Iterator[Difference]:
    """Where the form and its own figures disagree; on forms with points only."""
    declared, card = document.report.declared, document.card
    if declared is not None:
        pairs = (
            (Declared.label("rate"), declared.rate, card.execution.total.rate),
            (Declared.label("execution_score"), declared.execution_score, card.execution.score),
            (Declared.label("total"), declared.total, card.total),
        )
        for label, one, other in pairs:
            if one is not None and other is not None and one != other:
                yield Difference(label, f"{one:f}", f"{other:f}")
        if declared.grade and card.grade and declared.grade != card.grade:
            yield Difference(Declared.label("grade"), declared.grade, card.grade)
    for point in card.points:
        own = point.indicator.awarded
        if own is not None and point.computed is not None and own != point.computed:
            yield Difference(f"{point.indicator.name} 得分", f"{own:f}", f"{point.computed:f}")


def same_points(document: Document) -> tuple[Location, ...]:
    """The places of 得分 that the rules give anyway."""
    return tuple(
        point.place("得分")
        for point in document.card.points
        if point.indicator.awarded is not None and point.computed == point.indicator.awarded
    )
