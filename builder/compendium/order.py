"""The order of forms in a volume, and how they are divided among several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from builder.compendium.pieces import Side, opening
from builder.content import Summary, disjoint, grouped
from builder.scoring import ZERO
from builder.views import by_weight


@dataclass(frozen=True, slots=True)
class Form:
    """A rendered report: how many pages it has, and what gives those pages, a packed Sheaf.

    `review` gives those of its 复核表, `review_pages` tells how many: 0 where it has none.
    """

    summary: Summary
    pages: int
    sheaf: Callable[[], bytes]
    review_pages: int = 0
    review: Callable[[], bytes] = bytes

    @property
    def all_pages(self) -> int:
        return self.pages + self.review_pages

    @property
    def review_target(self) -> str:
        """The destination of its 复核表."""
        return f"review:{self.summary.stem}"

    @property
    def is_rechecked(self) -> bool:
        """Whether there is anything to tell of 复核."""
        return self.summary.is_rechecked or self.review_pages > 0


@dataclass(frozen=True, slots=True)
class Chapter:
    """A 主管部门 with its forms, by unit; `is_apart`: each on a right-hand page."""

    department: str
    forms: tuple[Form, ...]
    is_apart: bool = False

    @property
    def target(self) -> str:
        """The destination of its half-title."""
        return f"department:{self.department}"

    @property
    def summaries(self) -> list[Summary]:
        return [form.summary for form in self.forms]

    @property
    def is_unit(self) -> bool:
        """Whether all its projects are its own: then its name stands for the unit, too."""
        return all(form.summary.unit == self.department for form in self.forms)

    def side(self, form: Form) -> Side:
        """Where a form begins: one of two pages on the left, so that it lies open as a whole.

        So does one of a single page whose 复核表 has no more.
        """
        if self.is_apart:
            return Side.RIGHT
        return Side.LEFT if 2 in (form.pages, form.all_pages) else Side.NEXT

    @property
    def pages(self) -> int:
        """The most pages that it takes, with half-title and blank ones."""
        page = 1
        for form in self.forms:
            page = opening(page, self.side(form)) + form.all_pages
        return opening(page, Side.RIGHT)

    def sections(self) -> Mapping[str, Sequence[Form]]:
        """Forms by unit."""
        return {unit: list(forms) for unit, forms in groupby(self.forms, lambda f: f.summary.unit)}


def chapters(forms: Iterable[Form], *, apart: bool = False) -> list[Chapter]:
    """Departments, in them units, in them projects: each by its amount, the largest first.

    What an office spends as a whole stands in front of its projects, and of its units.
    """
    by_id = {form.summary.id: form for form in forms}
    summaries = [form.summary for form in by_id.values()]
    found = []
    departments = grouped(summaries, lambda s: s.department)
    for department, members in sorted(departments.items(), key=by_weight):
        ordered = [
            by_id[summary.id]
            for _, of_unit in sorted(grouped(members, lambda s: s.unit).items(), key=_of_unit)
            for summary in sorted(
                of_unit, key=lambda s: (not s.is_whole, -(s.budget or 0), s.name, s.stem)
            )
        ]
        found.append(Chapter(department, tuple(ordered), apart))
    return found


def volumes(found: Sequence[Chapter], pages: int | None, *, by_department: bool) -> list[
    list[Chapter]
]:  # fmt: skip
    """Chapters in volumes: one, one for each department, or of at most so many pages.

    A chapter is not divided, so a volume with a single long one may have more.
    """
    if by_department:
        return [[chapter] for chapter in found]
    parts: list[list[Chapter]] = [[]]
    for chapter in found:
        length = sum(entry.pages for entry in parts[-1])
        if pages and parts[-1] and length + chapter.pages > pages:
            parts.append([])
        parts[-1].append(chapter)
    return parts


def _of_unit(group: tuple[str, Sequence[Summary]]) -> tuple[bool, Decimal, str]:
    """The order of units: that of their projects; what is told of all of them stands first."""
    name, members = group
    weight = sum((summary.budget or ZERO for summary in disjoint(members)), ZERO)
    return not any(summary.is_of_department for summary in members), -weight, name
