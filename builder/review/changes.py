"""What an edit does to one report: field by field in the form's words, and in figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from builder.content import Pair, Placed, in_order, pair_indicators
from builder.model import Approved, Evidence, Indicator, Report
from builder.records import Record, type_at
from builder.review.edition import Reading
from builder.review.figures import AWARDED, FOUND_POINTS, Shift, figures, printed
from builder.review.naming import Place
from builder.scoring import Document
from builder.source import Location

GROUPS, EVIDENCE = Report.label("groups"), Report.label("evidence")
NAME = Indicator.label("name")


@dataclass(frozen=True, slots=True)
class Change:
    """One field: its place, its text before and after; None: there was, or is, no such field."""

    place: Place
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """One indicator: its path (一级、二级、三级指标) before and after, None where it was not or
    is not there; what was edited, what that does to its points, and to those of 复核,
    where these are others."""

    old: Place | None
    new: Place | None
    fields: tuple[Change, ...]
    points: Shift
    found: Shift

    @property
    def path(self) -> Place:
        """Where it stands, or stood."""
        return self.new or self.old or ()

    @property
    def is_told(self) -> bool:
        """Whether anything of it differs."""
        is_still = self.points.is_same and self.found.is_same
        return self.old != self.new or bool(self.fields) or not is_still

    @property
    def is_moved(self) -> bool:
        """Whether it went to another 一级 or 二级指标."""
        return self.old is not None and self.new is not None and self.old[:-1] != self.new[:-1]

    @property
    def is_renamed(self) -> bool:
        """Whether it has another name."""
        return self.old is not None and self.new is not None and self.old[-1] != self.new[-1]


@dataclass(frozen=True, slots=True)
class EvidenceChange:
    """One 佐证材料; `is_replaced` where the file itself has other contents."""

    old: Evidence | None
    new: Evidence | None
    is_replaced: bool

    @property
    def became_public(self) -> bool:
        """Whether what was internal, or not there, will be published."""
        return bool(self.new and not self.new.internal and (not self.old or self.old.internal))


@dataclass(frozen=True, slots=True)
class ReportChange:
    """Everything that differs between two states of one report; `reordered` holds the places
    whose members stand in another order."""

    fields: tuple[Change, ...]
    indicators: tuple[IndicatorChange, ...]
    evidence: tuple[EvidenceChange, ...]
    reordered: tuple[Place, ...]
    figures: tuple[Shift, ...]

    @property
    def has_edits(self) -> bool:
        """Whether the report itself says something else, or names another file."""
        of_indicators = (change.fields or change.old != change.new for change in self.indicators)
        return bool(self.fields or self.evidence or self.reordered) or any(of_indicators)

    def __bool__(self) -> bool:
        is_moved = not all(shift.is_same for shift in self.figures)
        return self.has_edits or bool(self.indicators) or is_moved


def compare(before: Reading | None, after: Reading | None) -> ReportChange:
    """How one report became another; a side that is missing or not understood has only figures.

    Where a side is not understood at a place, what is written there stands for its value.
    """
    old = before.document if before else None
    new = after.document if after else None
    if not (before and old and after and new):
        return ReportChange((), (), (), (), figures(old, new))
    pairs = pair_indicators(old.report, new.report)
    return ReportChange(
        tuple(_fields(old, new)),
        tuple(_indicators(pairs, old, new)),
        tuple(_evidence(before, old.report, after, new.report)),
        tuple(_reordered(pairs, old.report, new.report)),
        figures(old, new),
    )


def fields_of(record: Record, *left_out: str) -> Mapping[Place, str | Decimal]:
    """Every value of a record by its place: figures, and texts as an author writes them;
    without the fields of some labels."""
    found: dict[Place, str | Decimal] = {}
    for name, field in type(record).model_fields.items():
        label = field.alias or name
        is_unsaid = isinstance(record, Approved) and name not in record.model_fields_set
        if label not in left_out and not is_unsaid:
            _flatten(record.typed(name), (label,), found)
    return found


def differing(
    old: Mapping[Place, str | Decimal], new: Mapping[Place, str | Decimal]
) -> Iterator[Change]:
    """The fields that differ, in the order of the later side; 10.00 and 10.0 do not."""
    for place in in_order(list(old), list(new)):
        one, other = old.get(place), new.get(place)
        if one != other:
            told = (None if side is None else _text(side) for side in (one, other))
            yield Change(place, *told)


def _flatten(value: Any, place: Place, found: dict[Place, str | Decimal]) -> None:
    match value:
        case None | "" | ():
            return
        case Record():
            found |= {(*place, *below): text for below, text in fields_of(value).items()}
        case dict():
            for key, item in value.items():
                _flatten(item, (*place, str(key)), found)
        case (Record(), *_):  # named by their names, else by their first field
            for item in value:
                inside = dict(fields_of(item))
                name = inside.pop((NAME,) if (NAME,) in inside else next(iter(inside)))
                found |= {(*place, str(name), *below): text for below, text in inside.items()}
        case tuple():
            found[place] = "、".join(map(_text, value))
        case Decimal():
            found[place] = value
        case _:
            found[place] = _text(value)


def _text(value: Decimal | date | bool | int | str) -> str:
    """A value as its author writes it."""
    match value:
        case bool():
            return "是" if value else "否"
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
    return str(value)


def _fields(old: Document, new: Document) -> Iterator[Change]:
    sides = (_typed(side, (), fields_of(side.report, GROUPS, EVIDENCE)) for side in (old, new))
    return differing(*sides)


def _typed(
    document: Document, at: Location, found: Mapping[Place, str | Decimal]
) -> Mapping[Place, str | Decimal]:
    """The fields below a place, those that could not be understood as they are written."""
    told = dict(found)
    for location in document.unread:
        below = location[len(at) :]
        if location[: len(at)] != at or not all(isinstance(part, str) for part in below):
            continue
        place, value = tuple(map(str, below)), document.typed(*location)
        told.pop(place, None)
        # Of what is no field of the form nobody knows whether it may be told: 内部备住.
        is_field = type_at(type(document.report), location) is not None
        if is_field and isinstance(value, str) and place[:1] not in ((GROUPS,), (NAME,)):
            told[place] = value
    return told


def _indicators(
    pairs: Iterable[Pair[Placed]], old: Document, new: Document
) -> Iterator[IndicatorChange]:
    olds, news = _awarded(old), _awarded(new)
    for pair in pairs:
        one, other = pair
        (was, was_found), (now, now_found) = _points(olds, one), _points(news, other)
        points, found = Shift(AWARDED, was, now), Shift(FOUND_POINTS, was_found, now_found)
        fields = tuple(
            differing(
                _of_entry(one, old) if one else {},
                _of_entry(other, new) if other else {},
            )
        )
        change = IndicatorChange(_path(one), _path(other), fields, points, found)
        if change.is_told:
            yield change


def _of_entry(placed: Placed, document: Document) -> Mapping[Place, str | Decimal]:
    at = (GROUPS, placed.first, placed.second, placed.position)
    return _typed(document, at, fields_of(placed.entry, NAME))


_Awarded = Mapping[tuple[str, str, int], tuple[str, str]]


def _awarded(document: Document) -> _Awarded:
    """得分 of each indicator, and by 复核, where that comes to another."""
    own = document.card.points
    others = document.recheck.points if document.recheck else own
    return {
        one.path: (
            printed(one.awarded),
            printed(other.awarded) if other.awarded != one.awarded else "",
        )
        for one, other in zip(own, others, strict=True)
    }


def _points(awarded: _Awarded, at: Placed | None) -> tuple[str, str]:
    return awarded[at.first, at.second, at.position] if at else ("", "")


def _path(placed: Placed | None) -> Place | None:
    return (*filter(None, placed.group), placed.entry.name) if placed else None


def _evidence(
    before: Reading, old: Report, after: Reading, new: Report
) -> Iterator[EvidenceChange]:
    olds, news = ({item.file: item for item in report.evidence} for report in (old, new))
    for file in in_order(list(olds), list(news)):
        one, other = olds.get(file), news.get(file)
        is_replaced = bool(one and other) and before.evidence[file] != after.evidence[file]
        if one != other or is_replaced:
            yield EvidenceChange(one, other, is_replaced)


def _reordered(pairs: Sequence[Pair[Placed]], old: Report, new: Report) -> Iterator[Place]:
    if _is_reordered(old.funds, new.funds):
        yield (Report.label("funds"),)
    if _is_reordered(old.groups, new.groups):
        yield (GROUPS,)
    for first, kinds in new.groups.items():
        if _is_reordered(old.groups.get(first, ()), kinds):
            yield GROUPS, first
    positions: dict[tuple[str, str], list[int]] = {}
    for one, other in pairs:
        if one and other and one.group == other.group:
            positions.setdefault(other.group, []).append(one.position)
    for group, olds in positions.items():
        if olds != sorted(olds):
            yield GROUPS, *filter(None, group)


def _is_reordered(old: Iterable[str], new: Iterable[str]) -> bool:
    olds, news = dict.fromkeys(old), dict.fromkeys(new)
    return [key for key in olds if key in news] != [key for key in news if key in olds]
