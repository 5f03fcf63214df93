"""C4: does a project ask of itself what it asked the year before?

A report is set beside the latest earlier one of its project, indicator by indicator. What fell
with its budget is no news; where it is not certain that two figures count the same, nothing is
told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from builder.checks.member import Aim, Meeting, Member
from builder.content import folded, grouped, kind_name, pair_over_years, timeless
from builder.diagnostics import Rule, Severity, Span, catalogue
from builder.model import GROUPS
from builder.scoring import (
    HUNDRED,
    Amount,
    Bound,
    Comparator,
    NotApplicable,
    is_little,
    is_rate,
    paired,
    read_result,
    read_target,
    side_by_side,
)
from builder.text import unnumbered

NAMED = 3  # indicators that a message names
ONE = Decimal(1)
LEAP = ONE / 365  # of a quantity: no less, a year may have a day less
SLIGHT = Decimal("0.1")  # of a quantity: less, but no two years are planned alike
SHARES = frozenset(["%", "‰", "分", "个百分点", "百分点"])
# What is bought or built, and how long that takes, goes by what is lacking in a year.
ONCE = re.compile("购|新建|建设|改建|扩建|改造|修缮|维修|安装|更换|编制|拆除|工期|施工")


def years_go_on(members: Sequence[Member]) -> Iterator[Meeting]:
    """Targets that were eased, and indicators that are gone. Told at the later form."""
    for one, other in _pairs(members):
        pairs = pair_over_years(_once(other), _once(one))
        for old, new in pairs:
            if old and new and old.name == new.name and _may_be_one(old.group, new.group):
                yield from _Step(one, other, old.aim, new.aim).findings()
        names = {_known_as(aim, one.year) for aim in one.aims}
        gone = [old.aim for old, new in pairs if old and not new and old.name not in names]
        yield from _gone(one, other, [aim for aim in gone if _is_asked(aim)])


def _gone(one: Member, other: Member, aims: Sequence[Aim]) -> Iterator[Meeting]:
    if not aims or not one.aims or GROUPS not in one.places:
        return
    names = "、".join(f"“{unnumbered(aim.name)}”" for aim in aims[:NAMED])
    values = {
        "year": f"{other.year}",
        "count": f"{len(aims)}",
        "names": names + ("等" if len(aims) > NAMED else ""),
    }
    related = {aim.at: f"{other.year}年度的在这里" for aim in aims[:NAMED]}
    yield Meeting(catalogue.INDICATOR_GONE, one, one.places[GROUPS], related, values=values)


@dataclass(frozen=True, slots=True)
class _Step:
    """One indicator from an earlier year to the next."""

    one: Member
    other: Member
    old: Aim
    new: Aim

    def findings(self) -> Iterator[Meeting]:
        """That the target was eased; else that it asks for less than what was reached."""
        if self.new.is_explained or not (self.old.is_figure and self.new.is_figure):
            return
        before, after = read_target(self.old.target), read_target(self.new.target)
        if not isinstance(before, Bound) or not isinstance(after, Bound):
            return
        wants_less = _wants_less(self.old, before)
        if wants_less is None or wants_less != _wants_less(self.new, after):
            return
        measure = self._measure(after.unit or before.unit, wants_less=wants_less)
        figures = side_by_side(before, after)
        if figures and (severity := measure.judged(*figures)):
            how = "高" if wants_less else "低"
            yield self._found(catalogue.TARGET_EASED, self.old.target, severity, how)
        elif measure.is_level and (result := self._result(before)):
            figures = side_by_side(after, result)
            if figures and (severity := self._beside(*figures, measure)):
                yield self._found(catalogue.LESS_THAN_REACHED, self.old.actual, severity)

    def _result(self, target: Bound) -> Amount | None:
        """What was reached, where that is certain."""
        pair = paired(target, read_result(self.old.actual))
        match pair.result:
            case Amount(approximate=False, comparator=None) as result:
                return None if pair.doubt or pair.unlike else result
        return None

    def _beside(self, target: Decimal, reached: Decimal, measure: _Measure) -> Severity | None:
        """How much it matters that more was reached: a warning where that much would call for a
        word beside this target, too (C401)."""
        severity, limit = measure.judged(reached, target), self.one.limit
        is_far = limit is not None and reached * measure.fallen * HUNDRED >= limit * target
        return severity if severity is None or is_far else Severity.INFO

    def _measure(self, unit: str, *, wants_less: bool) -> _Measure:
        name, now, was = self.new.name, self.one.budget, self.other.budget
        is_share = unit in SHARES or (not unit and (is_rate(name) or "满意" in name))
        budget = now / was if now is not None and was else None
        return _Measure(wants_less, unit, is_share, bool(ONCE.search(name)), budget)

    def _found(self, rule: Rule, before: str, severity: Severity, how: str = "") -> Meeting:
        values = {
            "name": unnumbered(self.new.name), "target": self.new.target,
            "year": f"{self.other.year}", "before": before, "how": how,
        }  # fmt: skip
        related: dict[Span, str] = {self.old.at: f"{self.other.year}年度的在这里"}
        return Meeting(rule, self.one, self.new.at, related, severity, values)


@dataclass(frozen=True, slots=True)
class _Measure:
    """How the figures of an indicator are judged; `budget` is this year's ÷ the earlier one's,
    None where one of them is blank."""

    wants_less: bool
    unit: str
    is_share: bool
    is_once: bool
    budget: Decimal | None

    @property
    def fallen(self) -> Decimal:
        """What is left of a quantity when less can be spent on it."""
        return ONE if self.is_share or self.budget is None else min(ONE, self.budget)

    @property
    def is_money_limit(self) -> bool:
        """Whether it says what may be spent in all: that grows with the budget."""
        return self.wants_less and "元" in self.unit and "/" not in self.unit

    @property
    def is_level(self) -> bool:
        """Whether what was reached once can be asked for again: not a limit that was not used up,
        nor what is bought and there."""
        return not self.wants_less and (self.is_share or not self.is_once)

    def judged(self, was: Decimal, now: Decimal) -> Severity | None:
        """How much it matters that the later figure is another one; None where it asks for no
        less, or the budget tells why.

        A quantity may have a reason that the budget would tell, if it were known.
        """
        if min(was, now) < 0 or not self._is_eased(was, now, 0 if self.is_share else LEAP):
            return None
        is_open = self.budget is None and (self.is_money_limit or not self.wants_less)
        is_little = not self._is_eased(was, now, SLIGHT)
        if not self.is_share and (self.is_once or is_open or is_little):
            return Severity.INFO
        return Severity.WARNING

    def _is_eased(self, was: Decimal, now: Decimal, by: Decimal | int) -> bool:
        """Whether the later figure asks for less, by more than such a part."""
        if not self.wants_less:
            return now < was * self.fallen * (1 - by)
        grown = max(ONE, self.budget or ONE) if self.is_money_limit else ONE
        return now > was * grown * (1 + by)


@dataclass(frozen=True, slots=True)
class _Known:
    """An indicator by what stays the same over the years."""

    group: str
    name: str
    aim: Aim


def _once(member: Member) -> list[_Known]:
    """The indicators whose name stands once in its place: of two alike it is not certain which
    goes on."""
    found = [_Known(kind_name(aim.kind), _known_as(aim, member.year), aim) for aim in member.aims]
    counts = Counter((one.group, one.name) for one in found)
    return [one for one in found if counts[one.group, one.name] == 1]


def _known_as(aim: Aim, year: int) -> str:
    return timeless(unnumbered(aim.name), year)


def _may_be_one(group: str, other: str) -> bool:
    """Whether two levels are the same, as far as both forms have them."""
    return group == other or not group or not other


def _is_asked(aim: Aim) -> bool:
    """Whether a target was set at all: `不涉及` may go."""
    return bool(aim.target) and not isinstance(read_target(aim.target), NotApplicable)


def _wants_less(aim: Aim, target: Bound) -> bool | None:
    """Whether less is better; None where name and sign do not say the same."""
    if target.is_upper:
        return True
    if target.comparator is Comparator.EQUAL:
        if target.value == 0 or aim.is_cost:
            return True
        return None if is_little(aim.name) else False
    return None if aim.is_cost else False


_Key = tuple[str, ...]


def _pairs(members: Sequence[Member]) -> Iterator[tuple[Member, Member]]:
    """Each report with the latest earlier one of its project, where that is certain."""
    known: dict[_Key, list[Member]] = {}
    for _, ones in sorted(grouped(members, lambda member: member.year).items()):
        mine: dict[_Key, list[Member]] = {}
        for one in ones:
            for key in _keys(one):
                mine.setdefault(key, []).append(one)
        for one in ones:
            olds = [known[key] for key in _keys(one) if key in known and len(mine[key]) == 1]
            found = [few[0] for few in olds if len(few) == 1 and _may_go_on(few[0], one)]
            if found:
                yield one, max(found, key=lambda other: other.year)
        known |= mine


def _keys(member: Member) -> Iterator[_Key]:
    """By what a project is known again, the surest first: several units may report under one
    code, and a file may keep its name."""
    unit = folded(member.unit)
    if member.code:
        yield "code", member.code, unit
        yield "code", member.code
    yield "name", timeless(member.name, member.year), unit
    yield "stem", folded(member.department), member.stem


def _may_go_on(old: Member, new: Member) -> bool:
    """Whether nothing speaks against it: neither two codes, nor, where only the file is called
    the same, two forms that have nothing in common."""
    if old.code and new.code:
        return old.code == new.code
    if timeless(old.name, old.year) == timeless(new.name, new.year):
        return True
    names = {_known_as(aim, old.year) for aim in old.aims}
    return any(_known_as(aim, new.year) in names for aim in new.aims)
