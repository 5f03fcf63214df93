"""Which projects a reader has to look at first: those that an edit moves the most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from builder.content import YUAN
from builder.review.comparison import Project
from builder.review.edition import Reading
from builder.review.figures import GRADE


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
    old, new = (
        side.document.card.total if side and side.document else None
        for side in (project.before, project.after)
    )
    return abs((new or Decimal()) - (old or Decimal()))


def _of_money(project: Project) -> Decimal:
    """元 that 全年预算数 or 全年执行数 moves, whichever is more."""
    old, new = _funds(project.before), _funds(project.after)
    return max(abs(after - before) for before, after in zip(old, new, strict=True))


def _funds(side: Reading | None) -> tuple[Decimal, Decimal]:
    if side is None or side.document is None:
        return Decimal(), Decimal()
    total, factor = side.document.card.execution.total, YUAN[side.document.layout.money_unit]
    return (total.budget or Decimal()) * factor, (total.spent or Decimal()) * factor
