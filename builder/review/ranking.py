"""Which projects a reader has to look at first: those that an edit moves the most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from builder.review.changes import FUNDS, GRADE, TOTAL, Change
from builder.review.comparison import Project


def by_effect(projects: Iterable[Project]) -> list[Project]:
    """Projects with another grade first, then those that move 总分 or money the most.

    The better of both ranks counts: an amount may grow tenfold and the score stay as it was.
    """
    found = list(projects)
    ranks = [_ranks([measure(project) for project in found]) for measure in (_of_total, _of_money)]
    order = [
        (_keeps_grade(project), min(rank[at] for rank in ranks), at)
        for at, project in enumerate(found)
    ]
    return [found[at] for *_, at in sorted(order)]


def _ranks(values: Sequence[Decimal]) -> list[int]:
    """The rank of each value from the greatest down; who moves nothing comes last."""
    place = {value: at for at, value in enumerate(sorted(set(values), reverse=True))}
    return [place[value] if value else len(values) for value in values]


def _keeps_grade(project: Project) -> bool:
    return all(shift.is_same for shift in project.change.figures if shift.label == GRADE)


def _of_total(project: Project) -> Decimal:
    shifts = (shift for shift in project.change.figures if shift.label == TOTAL)
    return sum((_moved(shift.old, shift.new) for shift in shifts), Decimal())


def _of_money(project: Project) -> Decimal:
    fields: Iterable[Change] = project.change.fields
    return sum((_moved(f.old, f.new) for f in fields if f.place[0] == FUNDS), Decimal())


def _moved(old: str | None, new: str | None) -> Decimal:
    return abs(Decimal(new or 0) - Decimal(old or 0))
