"""The order of forms in a volume, and how they are divided among several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from builder.content import Summary, grouped


@dataclass(frozen=True, slots=True)
class Form:
    """A rendered report: how many pages it has, and those pages, a packed Sheaf."""

    summary: Summary
    pages: int
    sheaf: bytes


@dataclass(frozen=True, slots=True)
class Chapter:
    """A 主管部门 with its forms, by unit."""

    department: str
    forms: tuple[Form, ...]

    @property
    def target(self) -> str:
        """The destination of its half-title."""
        return f"department:{self.department}"

    @property
    def summaries(self) -> list[Summary]:
        return [form.summary for form in self.forms]

    @property
    def pages(self) -> int:
        """Pages with the blank ones that let every form begin on the right."""
        return 2 + sum(form.pages + form.pages % 2 for form in self.forms)

    def sections(self) -> Mapping[str, Sequence[Form]]:
        """Forms by unit."""
        return {unit: list(forms) for unit, forms in groupby(self.forms, lambda f: f.summary.unit)}


def chapters(forms: Iterable[Form]) -> list[Chapter]:
    """Departments, in them units, in them projects: each by 全年预算数, the largest first."""
    by_id = {form.summary.id: form for form in forms}
    summaries = [form.summary for form in by_id.values()]
    found = []
    for department, members in _by_weight(grouped(summaries, lambda s: s.department)):
        ordered = [
            by_id[summary.id]
            for _, of_unit in _by_weight(grouped(members, lambda s: s.unit))
            for summary in sorted(of_unit, key=lambda s: (-s.budget, s.name, s.stem))
        ]
        found.append(Chapter(department, tuple(ordered)))
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


def _by_weight(
    groups: Mapping[str, Sequence[Summary]],
) -> list[tuple[str, Sequence[Summary]]]:
    def weight(group: tuple[str, Sequence[Summary]]) -> tuple[object, ...]:
        name, members = group
        return -sum(summary.budget for summary in members), name

    return sorted(groups.items(), key=weight)
