"""Who is who on two sides of a change: projects and indicators keep their identity when they
are renamed, moved or put in another order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Generic, Protocol, TypeVar

from builder.model import Indicator, Report
from builder.text import folded_name

ALIKE = 0.6  # how much two names must have in common
RELATED = 0.34  # how much is enough where the place is the same, too
COMPARED = 10_000  # pairs of names: more are not compared
LONGEST = 60  # characters of a name that are compared


class Known(Protocol):
    """What a report is known by, fit or not; a name or code is "" where none is written."""

    @property
    def path(self) -> str:
        """Its file, relative to the content folder."""

    @property
    def folder(self) -> str:
        """Its year, as the folder says."""

    @property
    def code(self) -> str:
        """项目编码."""

    @property
    def name(self) -> str:
        """项目名称."""

    @property
    def unit(self) -> str:
        """实施单位."""


T = TypeVar("T")
K = TypeVar("K", bound=Known)
Pair = tuple[T | None, T | None]


@dataclass(slots=True)
class _Matching(Generic[T]):
    """Partners for the members of two sides, found by the surest signs first."""

    before: Sequence[T]
    after: Sequence[T]
    partner: dict[int, int] = field(default_factory=dict)  # position after → position before

    def by_key(
        self,
        key: Callable[[T], Hashable],
        old_key: Callable[[T], Hashable] | None = None,
        *,
        repeated: bool = False,
    ) -> None:
        """Pair those with the same key (None: has none); with `repeated` equals in order,
        otherwise only those that nothing else on their side is equal to."""
        olds, news = self._open()
        by_key: dict[Hashable, list[int]] = {}
        for i in olds:
            by_key.setdefault((old_key or key)(self.before[i]), []).append(i)
        counts = Counter(key(self.after[j]) for j in news)
        for j in news:
            found = key(self.after[j])
            same = by_key.get(found, [])
            if found is not None and same and (repeated or len(same) == counts[found] == 1):
                self.partner[j] = same.pop(0)

    def by_likeness(self, likeness: Callable[[T, T], float]) -> None:
        """Pair those that are like each other, the likest first; 0 is not alike."""
        olds, news = self._open()
        if len(olds) * len(news) > COMPARED:
            return
        found = [(likeness(self.before[i], self.after[j]), -j, -i) for j in news for i in olds]
        taken: set[int] = set()
        for score, j, i in sorted(found, reverse=True):
            if score > 0 and -j not in self.partner and i not in taken:
                self.partner[-j] = -i
                taken.add(i)

    def pairs(self) -> list[Pair[T]]:
        """Everyone in the order of the later side; who is gone follows who stood before."""
        place = {old: new for new, old in self.partner.items()}
        gone_after: dict[int, list[int]] = {}
        last = -1
        for i in range(len(self.before)):
            last = place.get(i, last)
            if i not in place:
                gone_after.setdefault(last, []).append(i)
        found: list[Pair[T]] = [(self.before[i], None) for i in gone_after.get(-1, ())]
        for j, new in enumerate(self.after):
            found.append((self.before[self.partner[j]] if j in self.partner else None, new))
            found += [(self.before[i], None) for i in gone_after.get(j, ())]
        return found

    def _open(self) -> tuple[list[int], list[int]]:
        taken = set(self.partner.values())
        olds = [i for i in range(len(self.before)) if i not in taken]
        return olds, [j for j in range(len(self.after)) if j not in self.partner]


def in_order(old: Sequence[T], new: Sequence[T]) -> list[T]:
    """The members of both sides, as on the later one; who is gone follows who stood before."""
    matching = _Matching(old, new)
    matching.by_key(lambda member: member)
    return [one if other is None else other for one, other in matching.pairs()]  # type: ignore[misc]


def pair_reports(
    before: Sequence[K], after: Sequence[K], renames: Mapping[str, str]
) -> list[Pair[K]]:
    """Reports of two sides by 项目编码, else by file, else by renamed file, else by name.

    `renames` holds new paths by old ones.
    """
    matching = _Matching(before, after)
    matching.by_key(_code)
    matching.by_key(lambda report: report.path)
    matching.by_key(lambda report: report.path, lambda old: renames.get(old.path))
    matching.by_key(_full_name)
    matching.by_likeness(_report_likeness)
    return matching.pairs()


def _code(report: Known) -> Hashable:
    return (report.folder, report.code) if report.code else None


def _full_name(report: Known) -> Hashable:
    name, unit = folded_name(report.name), folded_name(report.unit)
    return (report.folder, name, unit) if name else None


def _report_likeness(old: Known, new: Known) -> float:
    if old.folder != new.folder or not old.name or not new.name:
        return 0
    ratio = _alike(old.name, new.name)
    return ratio + (old.unit == new.unit) if ratio >= ALIKE else 0


@dataclass(frozen=True, slots=True)
class Placed:
    """An indicator and where it stands: 一级指标, 二级指标 and its position there."""

    first: str
    second: str
    position: int
    entry: Indicator

    @property
    def group(self) -> tuple[str, str]:
        """一级指标 and 二级指标."""
        return self.first, self.second


def pair_indicators(before: Report, after: Report) -> list[Pair[Placed]]:
    """Indicators of two reports by their whole path, else by name (moved), else by likeness."""
    matching = _Matching(_placed(before), _placed(after))
    matching.by_key(lambda placed: (placed.group, placed.entry.name), repeated=True)
    matching.by_key(lambda placed: placed.entry.name, repeated=True)
    matching.by_likeness(_indicator_likeness)
    return matching.pairs()


class Lasting(Protocol):
    """What an indicator is known by over the years."""

    @property
    def group(self) -> str:
        """Its 二级指标."""

    @property
    def name(self) -> str:
        """Its name, without what differs from year to year."""


L = TypeVar("L", bound=Lasting)


def pair_over_years(before: Sequence[L], after: Sequence[L]) -> list[Pair[L]]:
    """Indicators of two years of a project by 二级指标 and name, else by name, else by likeness.

    That two stand at one place and want the same says nothing here: `=100%` is asked of much.
    """
    matching = _Matching(before, after)
    matching.by_key(lambda one: (one.group, one.name))
    matching.by_key(lambda one: one.name)
    matching.by_likeness(_name_likeness)
    return matching.pairs()


def folded(name: str) -> str:
    """A name as names are compared: without blanks, and however wide it was typed."""
    return "".join(folded_name(name).split())


def timeless(name: str, year: int) -> str:
    """The same without the year that it is of: 2024年度培训 goes on from 2023年度培训."""
    return folded(name).replace(f"{year}", "")


def kind_name(kind: str) -> str:
    """A 二级指标 as it is compared: 经济效益 on one form is 经济效益指标 on another."""
    return folded(kind).removesuffix("指标")


def _name_likeness(old: Lasting, new: Lasting) -> float:
    ratio = _alike(old.name, new.name)
    same_group = bool(old.group) and old.group == new.group
    return ratio + same_group if ratio >= (RELATED if same_group else ALIKE) else 0


def _placed(report: Report) -> list[Placed]:
    return [Placed(*path, entry) for path, entry in report.indicators()]


def _indicator_likeness(old: Placed, new: Placed) -> float:
    """More for what stands in the same place and wants the same."""
    ratio = _alike(old.entry.name, new.entry.name)
    same_group = old.group == new.group
    same_place = same_group and old.position == new.position
    same_target = old.entry.target == new.entry.target
    if ratio < ALIKE and not (same_group and ratio >= RELATED) and not (same_place and same_target):
        return 0
    return ratio + same_group + 0.5 * same_target + 0.25 * same_place


def _alike(one: str, other: str) -> float:
    """How much two names have in common, from 0 to 1."""
    matcher = SequenceMatcher(None, one[:LONGEST], other[:LONGEST], autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= RELATED else 0
