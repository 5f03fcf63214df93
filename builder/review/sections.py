"""A review in plain Chinese, ready to be set out: what every reporter says, in the same words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from builder.diagnostics import WORDS, Severity
from builder.model import Evidence
from builder.review import alarms
from builder.review.changes import EVIDENCE, GROUPS, Change, EvidenceChange, IndicatorChange
from builder.review.comparison import Project, Review
from builder.review.figures import (
    AWARDED,
    BUDGET,
    EXECUTION_SCORE,
    FOUND_TOTAL,
    GRADE,
    RATE,
    SPENT,
    TOTAL,
    Shift,
)
from builder.review.naming import Place
from builder.review.problems import Found
from builder.review.stages import STAGE, step_between
from builder.text import CHINESE, visible

LONG = 20  # characters from which on a text is told by what changed inside it
BASICS = "基本信息"
NOTHING = "无"
_TOTALS = ((TOTAL, TOTAL), (FOUND_TOTAL, FOUND_TOTAL), (GRADE, "等级"))
REWRITTEN = "只改写法或注释"
SETTINGS = "网站信息、评分规则、主题和前言"


@dataclass(frozen=True, slots=True)
class Line:
    """One field: what it is called, its texts on both sides; None: no such field."""

    label: str
    old: str | None
    new: str | None

    @property
    def is_long(self) -> bool:
        """Whether to tell only what changed inside the text."""
        return min(len(self.old or ""), len(self.new or "")) > LONG


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened to one thing (an indicator, a 佐证材料, a part of the form): a heading,
    a remark, its fields, and the effect on its points."""

    heading: str
    remark: str = ""
    lines: tuple[Line, ...] = ()
    effect: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One project. `alarms` are what nobody may miss: publication, addresses."""

    kind: str
    title: str
    file: str
    alarms: tuple[str, ...]
    effect: str
    entries: tuple[Entry, ...]
    new: Found
    solved: Found
    shared: int = 0
    """How many of its edits and problems are told elsewhere, because many projects have them."""


def section(project: Project) -> Section:
    """What a review says about one project."""
    return Section(
        kind=kind(project),
        title=title(project),
        file=project.reading.entry.file,
        alarms=tuple(alarms.of_project(project)),
        effect=effect(project),
        entries=tuple(_entries(project)),
        new=_worst_first(project.new),
        solved=_worst_first(project.solved),
    )


def counts(found: Found) -> str:
    """`1 个错误，2 个警告`; "" for none."""
    told = ((kind, sum(one.severity is kind for one in found)) for kind in Severity)
    return "，".join(f"{number} 个{WORDS[kind]}" for kind, number in told if number)


def has_errors(found: Found) -> bool:
    """Whether any of it forbids publishing."""
    return any(one.severity is Severity.ERROR for one in found)


def _worst_first(found: Found) -> Found:
    """Errors before remarks, each kind in the order of the file: a list may be cut short."""
    order = list(Severity)
    return tuple(sorted(found, key=lambda problem: order.index(problem.severity)))


def kind(project: Project) -> str:
    """新增, 删除, 修改, or that nothing differs but the rules or the way the file is written."""
    if project.before is None:
        return "新增"
    if project.after is None:
        return "删除"
    if project.follows:
        return "随规则变化"
    return "修改" if project.is_edited else REWRITTEN


def title(project: Project) -> str:
    """`电教远教工作经费（上海市党建服务中心）`, as far as either file can be read."""
    for reading in (project.after, project.before):
        if reading and reading.document:
            report = reading.document.report
            return f"{report.name}（{report.unit}）"
    return project.reading.path


def sides(review: Review) -> str:
    """`从 main（31b2272）到工作区`, each side in one visible line."""
    words = ("从", visible(review.base), "到", visible(review.head))
    told = words[0]
    for word in words[1:]:
        is_tight = re.match(f"[{CHINESE}]", told[-1]) and re.match(f"[{CHINESE}]", word)
        told += word if is_tight else f" {word}"
    return told


def verdict(review: Review) -> str:
    """Whether the edit may be published as far as errors go; the first thing to know."""
    return f"带来 {review.errors} 个错误，改正后才能发布。" if review.fails else "没有带来错误。"


def headline(review: Review) -> str:
    """`修改 2 个项目，新增 1 个，其余 4 个没有变化。`"""
    kinds = [kind(project) for project in review.projects]
    told = [f"{word} {kinds.count(word)} 个" for word in dict.fromkeys(kinds)]
    if not told and not review.settings:
        if review.left_out:
            return "只有不公开的内容有改动。"
        return f"两边没有差别，共 {review.same} 个项目。"
    told = told or ["只改了网站信息、评分规则、主题或前言"]
    if review.same:
        told.append(f"{'其余 ' if kinds else ''}{review.same} 个项目没有变化")
    return "，".join(told) + "。"


def left_out(review: Review) -> str:
    """What is not told because it is not for the public; "" where nothing is left out."""
    left = review.left_out
    told = (
        (left.reports, "不公开的项目 {} 个"),
        (left.edits, "内部备注、核对、公开理由、不公开的复核的改动 {} 处"),
        (left.evidence, "内部佐证材料 {} 份"),
        (left.problems, "其中的问题 {} 个" + (f"（{left.errors} 个错误）" if left.errors else "")),
    )
    words = "，".join(text.format(number) for number, text in told if number)
    return f"略去不公开的内容：{words}。加 --with-private 全部列出，只供内部。" if words else ""


def effect(project: Project) -> str:
    """`得分 9.54 → 9.50，总分 98.12 → 98.08，等级 优（不变）`; "" where nothing can be said."""
    figures = {shift.label: shift for shift in project.change.figures}
    if not all(side is None or side.document for side in (project.before, project.after)):
        return ""
    taken = step_between(project.before, project.after, project.change)
    change, later = (taken.rest, NOTHING) if taken else (project.change, "待定")
    moved = [c.points for c in change.indicators if c.old and c.new]
    moved = [shift for shift in moved if not shift.is_same]
    told = []
    if len(moved) == 1:
        told.append(_shift(moved[0], AWARDED))
    elif moved:
        told.append(f"{len(moved)} 个指标的得分有变化")
    told += [
        _shift(figures[label], label, None, later)
        for label in (RATE, EXECUTION_SCORE)
        if label in figures and not figures[label].is_same and project.before and project.after
    ]
    shown = ((figures.get(label), name) for label, name in _TOTALS)
    told += [_shift(s, name, project, later) for s, name in shown if s and (s.old or s.new)]
    told += [
        _shift(figures[label], label, None, later)
        for label in (BUDGET, SPENT)
        if label in figures and not figures[label].is_same and project.before and project.after
    ]
    return "，".join(told)


def _shift(shift: Shift, label: str, project: Project | None = None, later: str = "待定") -> str:
    """A figure in words; of a project that is new or gone, only the one there is. `later` stands
    for one that there is no more."""
    if project and not (project.before and project.after):
        return f"{label} {shift.new or shift.old}"
    if shift.is_same:
        return f"{label} {shift.new}（不变）"
    return f"{label} {shift.old or NOTHING} → {shift.new or later}"


def _entries(project: Project) -> Iterator[Entry]:
    change, taken = project.change, step_between(project.before, project.after, project.change)
    if taken:
        yield Entry(f"{STAGE} {taken.old} → {taken.new}", taken.words)
        change = taken.rest
    yield from by_part(change.fields)
    yield from map(_indicator, change.indicators)
    yield from map(_evidence, change.evidence)
    for place in change.reordered:
        yield Entry(_joined(place), "调整了顺序")


def by_part(fields: Iterable[Change]) -> Iterator[Entry]:
    """Fields under the part of the form they belong to; single ones as 基本信息."""
    parts: dict[str, list[Line]] = {}
    for change in fields:
        head, rest = (change.place[0], change.place[1:]) if len(change.place) > 1 else (
            BASICS, change.place,
        )  # fmt: skip
        parts.setdefault(head, []).append(Line(" ".join(rest), change.old, change.new))
    for heading, lines in parts.items():
        yield Entry(heading, lines=tuple(lines))


def _indicator(change: IndicatorChange) -> Entry:
    remarks = []
    if change.old is None:
        remarks.append("新增指标")
    if change.new is None:
        remarks.append("删除指标")
    if change.is_renamed and change.old:
        remarks.append(f"改名，原名“{change.old[-1]}”")
    if change.is_moved and change.old:
        remarks.append(f"移动，原在 {_joined(change.old[:-1])}")
    points = change.points
    if points.is_same or not (change.old and change.new):
        told = f"得分 {points.new or points.old}" if points.new or points.old else ""
        told += "（不变）" if told and change.old and change.new else ""
    else:
        told = _shift(points, AWARDED)
    if not change.found.is_same:
        told = "，".join(filter(None, [told, shift_words(change.found)]))
    lines = [
        Line(_joined(field.place), field.old, field.new)
        for field in change.fields
        if not (field.place == (AWARDED,) and (field.old, field.new) == (points.old, points.new))
    ]
    return Entry(_joined(change.path), "；".join(remarks), tuple(lines), told)


def _evidence(change: EvidenceChange) -> Entry:
    old, new = change.old, change.new
    item = new or old
    assert item
    remarks = []
    if old is None or new is None:
        access = "内部" if item.internal else "公开"
        remarks.append(f"{'新增' if old is None else '删除'}，{access}")
    elif old.internal != new.internal:
        remarks.append("由公开改为内部" if new.internal else "由内部改为公开")
    if change.is_replaced:
        remarks.append("文件内容有变化")
    lines = []
    if old and new and old.name != new.name:
        lines.append(Line(Evidence.label("name"), old.name, new.name))
    return Entry(f"{EVIDENCE}“{item.name}”", "；".join(remarks), tuple(lines))


def _joined(place: Place) -> str:
    """`产出指标 / 数量指标 / 培训期数`; 绩效指标 itself goes without saying."""
    inside = place[1:] if len(place) > 1 and place[0] == GROUPS else place
    return " / ".join(inside)


def shift_words(shift: Shift) -> str:
    """`平均总分 98.05 → 98.04`, `评为优 5（不变）`."""
    if shift.is_same:
        return f"{shift.label} {shift.new}（不变）"
    return f"{shift.label} {shift.old or NOTHING} → {shift.new or NOTHING}"
