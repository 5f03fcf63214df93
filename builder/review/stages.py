"""A report on its way through the year: the step to another stage, told once with what comes with
it, and what nobody may miss about approved targets and 复核."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from builder.model import REVIEW, SELF, STAGES, TARGET, Indicator, Report, Stage, place
from builder.records import fields_at
from builder.review.changes import GROUPS, Change, IndicatorChange, ReportChange, compare
from builder.review.edition import Reading
from builder.review.figures import AWARDED, TOTAL, Shift
from builder.review.naming import Place
from builder.scoring import Document, apart
from builder.source import Location

STAGE, FUNDS, GOALS = (Report.label(name) for name in ("stage", "funds", "goals"))
FEW = 3  # differences of a table that stand for all
SHORT = 20  # characters of a text that is told in full
# What is in no table of targets, or says of it what is told as it is typed.
_BESIDE = frozenset(
    Report.label(name)
    for name in ("approval", "published", "disclosure", "internal_note", "declared", "profile")
)
_GONE = {TARGET: "完成情况和得分", SELF: "复核的结果和网页"}


@dataclass(frozen=True, slots=True)
class Step:
    """A report in another stage than before. `came` counts by label what its new form has and
    its old one has not (or the other way round); `rest` is what else was edited."""

    old: Stage
    new: Stage
    came: Counter[str]
    rest: ReportChange

    @property
    def words(self) -> str:
        """Such as `随之填写全年执行数 2 处、实际完成值 6 处`; "" where nothing came."""
        counts = (f"{label} {n} 处" if n > 1 else label for label, n in self.came.items())
        told = "、".join(counts)
        is_back = STAGES.index(self.new) < STAGES.index(self.old)
        return f"随之{'去掉' if is_back else '填写'}{told}" if told else ""


def stage_of(reading: Reading) -> Stage | None:
    """The stage that a report is shown in; None where it could not be understood."""
    if reading.document is None:
        return None
    stage = reading.document.report.stage
    return SELF if stage == REVIEW and reading.is_review_withheld else stage


def step_between(
    before: Reading | None, after: Reading | None, change: ReportChange
) -> Step | None:
    """The step that an edit takes to another stage; None where it takes none."""
    old, new = (stage_of(side) if side else None for side in (before, after))
    if not (old and new and before and after) or old == new:
        return None
    came: Counter[str] = Counter()
    sides = [side.document.report for side in (before, after) if side.document]
    early, late = sorted(sides, key=lambda report: STAGES.index(report.stage))
    is_new = _Novelty(early, late)

    def left(fields: tuple[Change, ...], at: str = "") -> tuple[Change, ...]:
        told = []
        for field in fields:
            if is_new(field, at):
                came[field.place[-1]] += 1
            elif field.place != (STAGE,):
                told.append(field)
        return tuple(told)

    def rest(one: IndicatorChange) -> IndicatorChange:
        if not (one.old and one.new):
            return one
        has_points = TARGET not in (old, new)
        points = one.points if has_points else Shift(AWARDED, "", "")
        return replace(one, fields=left(one.fields, GROUPS), points=points)

    indicators = map(rest, change.indicators)
    told = replace(
        change,
        fields=left(change.fields),
        indicators=tuple(one for one in indicators if one.is_told),
    )
    return Step(old, new, came, told)


class _Novelty:
    """Which fields only the form of the later stage has."""

    def __init__(self, early: Report, late: Report) -> None:
        self._is_planned = early.is_planned
        path = next((path for path, _ in late.indicators()), None)
        places: dict[str, Location] = {"": (), FUNDS: (FUNDS, ""), GOALS: (GOALS,)}
        places |= {GROUPS: place(*path)} if path else {}
        self._labels = {
            at: {*fields_at(type(late), location)} - {*fields_at(type(early), location)}
            for at, location in places.items()
        }

    def __call__(self, change: Change, at: str) -> bool:
        """Whether a field came, or went, with the results. Of 复核 everything is news."""
        if not self._is_planned or (change.old and change.new):
            return False
        label = change.place[0]
        if label in (Report.label("review"), Indicator.label("recheck")):
            return False
        if not at and label in (FUNDS, GOALS):
            return change.place[-1] in self._labels[label]
        return label in self._labels.get(at, ()) or change.place[-1] == Indicator.label("actual")


def alarms(before: Reading, after: Reading) -> Iterator[str]:
    """What nobody may miss of a report that is public on both sides."""
    old, new = stage_of(before), stage_of(after)
    if old and new and STAGES.index(new) < STAGES.index(old):
        gone = "、".join(_GONE[stage] for stage in STAGES[STAGES.index(new) : STAGES.index(old)])
        yield f"阶段由{old}退回{new}：发布后网站上不再有{gone}"
    yield from _of_approved(before, after)
    if before.document and after.document and not after.is_review_withheld:
        yield from _of_review(before.document, after.document)


def _of_approved(before: Reading, after: Reading) -> Iterator[str]:
    if before.approved is None or not after.whole:
        return
    was, now = (side.document and side.document.report.approval for side in (before, after))
    if after.approved is None:
        how = "" if now else "；补上“批复”才留得住"
        yield f"发布后网站上不再有原来的目标表，它的网址失效{how}"
        return
    if was and not now:
        yield "去掉了“批复”：目标表不再写明何时批复，填了结果以后它的网址失效"
    told = list(_differences(before, after)) if was else []
    if told:
        more = f"等 {len(told)} 处" if len(told) > FEW else ""
        told = ["；".join(told[:FEW]) + more]
        yield f"已批复的目标表改变了（{told[0]}）：批复以后调整的，原来的写进“批复”"


def _differences(before: Reading, after: Reading) -> Iterator[str]:
    """Where the approved table is another one."""
    sides = (replace(side, document=side.approved) for side in (before, after))
    change = compare(*sides)
    for field in change.fields:
        if field.place[0] not in _BESIDE:
            yield _told(field.place, field.old, field.new)
    for one in change.indicators:
        if one.new is None or one.old is None:
            yield f"{'少了' if one.new is None else '多了'}“{one.path[-1]}”"
            continue
        name = f"“{one.path[-1]}”"
        if one.is_renamed:
            yield f"“{one.old[-1]}”改名为{name}"
        if one.is_moved:
            yield f"{name}移到了{'、'.join(one.new[:-1])}"
        yield from (_told((name, *field.place), field.old, field.new) for field in one.fields)


def _told(where: Place, old: str | None, new: str | None) -> str:
    name = "".join(where) if where[0].startswith("“") else " ".join(where)
    if max(len(old or ""), len(new or "")) > SHORT:
        return f"{name}有改动"
    return f"{name} {old or '无'} → {new or '无'}"


def _of_review(old: Document, new: Document) -> Iterator[str]:
    """That 复核 comes to another score than the report says."""
    own, found = new.card.total, new.recheck.total if new.recheck else None
    before = old.recheck.total if old.recheck else None
    if own is None or found is None or found in (own, before):
        return
    was = f"由 {before} 改为 " if before is not None else ""
    yield f"复核{TOTAL} {was}{found}，自评 {own}，{apart(own, found)}"
