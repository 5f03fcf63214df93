"""The indicators of one project over its years: which one of a year goes on from which.

An indicator goes on under its name, without the year and the ordinal in it, and in its 二级指标
where both forms have that. Where it is not certain which one goes on, none does: a cell must show
nothing but what that year's form says of the same thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from builder.content.matching import kind_name, timeless
from builder.content.summary import Line, Summary
from builder.text import unnumbered

Course = tuple[Line | None, ...]
"""One indicator over the years: its line in each, None in a year that has it not."""


@dataclass(slots=True)
class _Known:
    """An indicator as far as it has been followed: by what it is known, and the place of each
    line among the years."""

    name: str
    kind: str
    lines: dict[int, Line]

    def may_be(self, other: _Known) -> bool:
        """Whether nothing speaks against its going on in the other one."""
        is_one_kind = self.kind == other.kind or not self.kind or not other.kind
        return self.name == other.name and is_one_kind


def with_results(years: Iterable[Summary]) -> list[Summary]:
    """The forms with results of a project, the oldest first; none where there are fewer than two,
    or where two are of one year, so that it is not certain which one goes on.

    `years` are all reports of the project.
    """
    found = sorted((one for one in years if not one.is_planned), key=lambda one: one.year)
    is_clear = len({one.year for one in found}) == len(found)
    return found if is_clear and len(found) > 1 else []


def courses(years: Sequence[Summary]) -> list[Course]:
    """Every indicator of these forms, the oldest of which stands first, in exactly one course.

    Those of the newest form come first, in its order; then those that are gone, the last seen
    first.
    """
    found: list[_Known] = []
    for place, summary in enumerate(years):
        news = [_known(line, summary.year, place) for line in summary.indicators]
        gone_on = _pairs(found, news)
        for number, new in enumerate(news):
            old = gone_on.get(number)
            if old is None:
                found.append(new)
            else:
                old.kind = new.kind or old.kind
                old.lines |= new.lines
    found.sort(key=lambda one: _place(one, len(years)))
    return [tuple(one.lines.get(place) for place in range(len(years))) for one in found]


def goes_on(before: Summary, after: Summary) -> dict[int, Line | None]:
    """In which indicator of the form `after` each of the form `before` goes on, by its number.

    None where it has none of that name; left out where it is not certain which one it is.
    """
    olds = [_known(line, before.year, 0) for line in before.indicators]
    news = [_known(line, after.year, 1) for line in after.indicators]
    found: dict[int, Line | None] = {
        old.lines[0].number: None for old in olds if not _choices(old, news)
    }
    pairs = _pairs(olds, news).items()
    return found | {old.lines[0].number: news[number].lines[1] for number, old in pairs}


def _known(line: Line, year: int, place: int) -> _Known:
    return _Known(timeless(unnumbered(line.name), year), kind_name(line.kind), {place: line})


def _pairs(olds: Sequence[_Known], news: Sequence[_Known]) -> dict[int, _Known]:
    """Which one goes on in which, by its place among the new ones: only where each is the only
    choice of the other."""
    before = [_choices(new, olds) for new in news]
    after = [_choices(old, news) for old in olds]
    return {
        number: olds[mine[0]]
        for number, mine in enumerate(before)
        if len(mine) == 1 and after[mine[0]] == [number]
    }


def _choices(one: _Known, others: Sequence[_Known]) -> list[int]:
    """The places of those that it may be; those of its own 二级指标 where there are several."""
    found = [place for place, other in enumerate(others) if one.may_be(other)]
    alike = [place for place in found if others[place].kind == one.kind]
    return alike if found[1:] and alike else found


def _place(one: _Known, years: int) -> tuple[int, int]:
    last = max(one.lines)
    return years - last, one.lines[last].number
