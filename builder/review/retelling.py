"""What changed between two public versions of a report, in words for everybody: of figures the
old and the new one, of texts only that they were edited.

Nothing is told that the report of today does not show. What changes a figure (an amount, a
target, a result, points, a total, a grade) is told apart from what only changes words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from builder.model import Indicator, Recheck, Report, Review
from builder.review.changes import (
    NAME,
    Change,
    IndicatorChange,
    ReportChange,
    compare,
    fields_of,
)
from builder.review.edition import PRIVATE, Reading
from builder.review.figures import AWARDED, FOUND_TOTAL, GRADE, TOTAL, Shift
from builder.review.naming import Place
from builder.review.stages import step_between
from builder.scoring import Document, read_result, read_target

FUNDS = Report.label("funds")
TARGET, ACTUAL, WEIGHT = (Indicator.label(name) for name in ("target", "actual", "weight"))
_RECHECK, _REVIEW = Indicator.label("recheck"), Report.label("review")
_FOUND = tuple((_RECHECK, Recheck.label(name)) for name in ("actual", "awarded"))
_FOUND_SPENT = (_REVIEW, Review.label("spent"))
_DIGITS = re.compile(r"[0-9](?:[0-9.,]*[0-9])?")


class Said(NamedTuple):
    """A few words, and whether they tell of a figure."""

    words: str
    is_figure: bool


@dataclass(frozen=True, slots=True)
class Retold:
    """What changed: in words, and what that did to totals and grade that both versions have.

    `is_step` where the report came to another stage, `has_figures` where a figure is another one
    that did not come with that.
    """

    words: tuple[str, ...]
    shifts: tuple[Shift, ...]
    is_step: bool
    has_figures: bool


def retold(before: Reading, after: Reading, current: Document) -> Retold:
    """What became of one version in the next; no words for what no reader of the report as it is
    now, the `current` one, can see."""
    assert before.document
    assert after.document
    today = current.report
    units = {one.layout.money_unit for one in (before.document, after.document, current)}
    unit = f" {units.pop()}" if len(units) == 1 else ""
    change = compare(before, after)
    said = []
    if before.document.profile != after.document.profile:
        said.append(Said("评分规则有变动", is_figure=False))
    step = step_between(before, after, change)
    if step:
        said.append(Said(f"由{step.old}转为{step.new}", is_figure=False))
        change = step.rest
    said += _of_fields(change, today, unit)
    said += _of_indicators(change.indicators, today, is_step=step is not None)
    said += _of_evidence(change, today)
    shifts = tuple(
        shift
        for shift in change.figures
        if shift.label in (TOTAL, GRADE, FOUND_TOTAL)
        and shift.old and shift.new and not shift.is_same
    )  # fmt: skip
    is_same = before.document.card.total == after.document.card.total
    words = [one.words for one in said]
    if not words and (shifts or not is_same):
        words = ["得分有变动"]
    if words == ["评分规则有变动"] and is_same and not shifts:
        words = []
    has_figures = bool(shifts) or any(one.is_figure for one in said)
    return Retold(tuple(words), shifts, step is not None, has_figures)


def _of_fields(change: ReportChange, today: Report, unit: str) -> Iterator[Said]:
    shown = {place for place in fields_of(today) if place[0] not in PRIVATE}
    edited = []
    for field in change.fields:
        if field.place not in shown:
            continue
        is_amount = field.place[0] == FUNDS or field.place == _FOUND_SPENT
        if is_amount and field.old and field.new:
            words = f"{''.join(field.place[1:])} {field.old} → {field.new}{unit}"
            yield Said(words, is_figure=True)
        else:
            edited.append(field.place)
    if edited:
        names = "、".join("".join(place[-2:]) for place in edited)
        has_amount = any(place[0] == FUNDS for place in edited)
        yield Said(f"修改了{names}", is_figure=has_amount)


def _of_indicators(
    changes: Sequence[IndicatorChange], today: Report, *, is_step: bool
) -> Iterator[Said]:
    shown = {entry.name: fields_of(entry, NAME, AWARDED) for _, entry in today.indicators()}
    counts: Counter[str] = Counter()
    has_hidden = False
    for change in changes:
        if change.old is None or change.new is None:
            counts["新增" if change.old is None else "删去"] += 1
            continue
        counts["改名"] += change.is_renamed
        counts["移动"] += change.is_moved
        is_figure = _has_figure(change, is_step=is_step)
        name, points = change.new[-1], change.points
        effect = "" if points.is_same else f"{AWARDED} {points.old or '无'} → {points.new or '无'}"
        if name not in shown:
            counts["修改"] += bool(change.fields or effect)
            has_hidden |= is_figure
        elif told := [*_edits(change.fields, shown[name]), *([effect] if effect else [])]:
            yield Said(f"“{name}”{'，'.join(told)}", is_figure)
    for verb, count in counts.items():
        is_figure = verb in ("新增", "删去") or (verb == "修改" and has_hidden)
        if count:
            yield Said(f"{verb} {count} 项三级指标", is_figure)


def _edits(fields: Sequence[Change], shown: Mapping[Place, str | Decimal]) -> Iterator[str]:
    """The edits of an indicator that is `shown` today: figures first, then what was edited."""
    labels = {place[0] for place in shown}
    edited = []
    for field in fields:
        if _can_be_told(field, shown):
            yield f"{''.join(field.place)} {field.old} → {field.new}"
        elif field.place[0] in labels:
            edited.append(field.place[0])
    if edited:
        yield f"修改了{'、'.join(dict.fromkeys(edited))}"


def _can_be_told(field: Change, shown: Mapping[Place, str | Decimal]) -> bool:
    """Whether old and new differ in digits alone, and what stands around them is shown today."""
    if not (field.old and field.new and field.place in shown):
        return False
    if field.place not in ((TARGET,), (ACTUAL,), (WEIGHT,), *_FOUND):
        return False
    around = {_DIGITS.sub("0", text) for text in (field.old, field.new, f"{shown[field.place]}")}
    return len(around) == 1 and around.pop().count("0") > 0


def _has_figure(change: IndicatorChange, *, is_step: bool) -> bool:
    """Whether an edit gives an indicator another target, result or points; at a step to another
    stage what comes with it counts for nothing."""
    if not change.points.is_same or not (is_step or change.found.is_same):
        return True
    return any(
        _is_another(field)
        for field in change.fields
        if not (is_step and field.place[0] in (_RECHECK, _REVIEW))
    )


def _is_another(field: Change) -> bool:
    """Whether a target, a result or a weight means something else than before."""
    label = field.place[-1]
    old, new = field.old or "", field.new or ""
    if label == TARGET:
        return read_target(old) != read_target(new)
    if label == ACTUAL or field.place in _FOUND:
        return read_result(old) != read_result(new)
    return label == WEIGHT


def _of_evidence(change: ReportChange, today: Report) -> Iterator[Said]:
    shown = {item.file: item.name for item in today.evidence if not item.internal}
    for item in change.evidence:
        if item.became_public and item.new and item.new.file in shown:
            yield Said(f"新增佐证材料“{shown[item.new.file]}”", is_figure=False)
    if change.reordered:
        yield Said("调整了顺序", is_figure=False)
