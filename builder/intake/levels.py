"""The levels that indicators stand under, as a form prints them: once for all that follow."""

from __future__ import annotations

import re

from builder.intake.draft import Draft
from builder.intake.figures import number, plain
from builder.intake.labels import bare, key
from builder.intake.words import GROUP, KIND, Role, Words
from builder.layouts import LEVELS
from builder.model import Declared, Report, place
from builder.office import Cell
from builder.source import Location

_WITH_POINTS = re.compile(r"(?P<name>.+?)[(\[]?(?P<points>[0-9]{1,3}(?:\.[0-9]+)?)分?[)\]]?")
_SUFFIX = "指标"
_LONGEST = 100  # characters of a name: a longer one is a text that strayed
NO_LEVEL = "（没有一级指标）"


class Levels:
    """The latest 一级 and 二级指标, and how many indicators each has."""

    def __init__(self, draft: Draft, words: Words) -> None:
        self._draft, self._words = draft, words
        self._block = words.layout.indicators
        self._first = self._second = ""
        self._said: Cell | None = None
        self._counts: dict[tuple[str, str], int] = {}
        self._points: dict[str, dict[str, str]] = {}
        self._kinds = {
            kind: [g for g, kinds in self._block.groups.items() if kind in kinds]
            for kinds in self._block.groups.values()
            for kind in kinds
        }

    def is_known(self, text: str) -> bool:
        """Whether a text is the name of a level."""
        return self._role(_named(text)[0], GROUP, KIND) is not None

    def belongs(self, text: str, level: str) -> bool:
        """Whether a known name is one of that level."""
        part = GROUP if level == LEVELS[0] else KIND
        return self._role(_named(text)[0], part) is not None

    def _role(self, name: str, *parts: str) -> Role | None:
        """What a name stands for; 产出 is short for 产出指标."""
        role = self._words.role(name, *parts)
        return role or (self._words.role(f"{name}{_SUFFIX}", *parts) if len(name) > 1 else None)

    def goes_on(self, text: str) -> bool:
        """Whether a name may be a 二级指标 of the 一级指标 that holds: 成本指标 is both."""
        return _named(text)[0] in self._block.groups.get(self._first, ())

    def take_alone(self, cell: Cell) -> None:
        """A name that stands in a row without an indicator: a class that has none."""
        is_first = self.belongs(cell.text, LEVELS[0]) and not self.goes_on(cell.text)
        is_first = is_first or len(self._block.levels) < 2
        self.take(LEVELS[0] if is_first else LEVELS[1], cell)

    def take(self, level: str, cell: Cell) -> None:
        """A name of a level: it holds for all rows until the next one."""
        name, points = _named(cell.text)
        if len(name) > _LONGEST:
            self._draft.lose(cell)
            return
        self._draft.know(cell)
        if level == LEVELS[0] and len(self._block.levels) > 1:
            role = self._role(name, GROUP)
            kind = None if role else self._role(name, KIND)
            if kind:  # a group whose own cell is missing
                self._kind(name, cell)
                return
            new = role.label if role else name
            if new != self._first:
                self._first, self._second = new, ""
        elif level == LEVELS[0]:
            role = self._role(name, GROUP)
            self._first = role.label if role else name
        else:
            self._kind(name, cell)
        if points:
            self.note_points(level, points)

    def _kind(self, name: str, cell: Cell) -> None:
        """A 二级指标, under the group that it belongs to where its own has not such a one."""
        known = self._block.groups.get(self._first, ())
        spelled = _spelled(name, known)
        if spelled is None:
            others = [k for k in self._kinds if _spelled(name, (k,))]
            groups = {g for k in others for g in self._kinds[k]}
            if (
                others
                and len(groups) == 1
                and (not self._first or self._first in self._block.groups)
            ):
                group = next(iter(groups))
                if self._first:
                    self._draft.doubt(cell, f"“{name}”不在“{self._first}”之下，归到“{group}”")
                elif self._block.groups:
                    self._draft.doubt(cell, f"没有一级指标，按“{name}”归到“{group}”")
                self._first, spelled = group, others[0]
        if spelled and spelled != name:
            self._draft.doubt(cell, f"按版式写作“{spelled}”")
        self._second = spelled or name

    def take_points(self, level: str, cell: Cell) -> None:
        """The points of a level, in a column of their own."""
        self._draft.know(cell)
        if (digits := number(cell.text)) is not None:
            self.note_points(level, digits)
        else:
            self._draft.lose(cell)

    def note_points(self, level: str, points: str) -> None:
        """Points as the form prints them for a level, to be compared with their sum."""
        if level == LEVELS[0]:
            self._points.setdefault(self._first, {})[""] = points
        else:
            self._points.setdefault(self._first, {})[self._second] = points

    def next_place(self) -> Location:
        """Where the next indicator goes."""
        depth = len(self._block.levels)
        first = self._first if depth else ""
        second = self._second if depth > 1 else ""
        if depth and not first:
            first = NO_LEVEL
        if depth > 1 and not second:
            second = next(iter(self._block.groups.get(first, ())), "（没有二级指标）")
            if len(self._block.groups.get(first, ())) != 1:
                second = "（没有二级指标）"
        count = self._counts.get((first, second), 0)
        self._counts[first, second] = count + 1
        return place(first, second, count)

    def finish(self) -> None:
        """Put the points that the form prints for its levels."""
        declared = Report.label("declared")
        firsts = {first: found[""] for first, found in self._points.items() if "" in found}
        seconds = {
            first: {second: points for second, points in found.items() if second}
            for first, found in self._points.items()
        }
        target = self._draft.values
        for label, found in (
            (Declared.label("group_weights"), firsts),
            (Declared.label("kind_weights"), {k: v for k, v in seconds.items() if v}),
        ):
            if found:
                target.setdefault(declared, {})[label] = found


def _named(text: str) -> tuple[str, str]:
    """A level's name, and the points behind it."""
    flat = plain(text)
    found = _WITH_POINTS.fullmatch(flat)
    if found and re.search(r"[(\[].*[)\]]$|\D[0-9.]+分$", flat):
        return found["name"], found["points"]
    return bare(text) if flat.endswith(")") else (key(text) or flat), ""


def _spelled(name: str, known: tuple[str, ...]) -> str | None:
    """A kind as the layout spells it: 社会效益 and 社会效益指标 are one."""
    short = name.removesuffix(_SUFFIX)
    if name in known:
        return name
    if len(known) == 1 and short and short in known[0]:  # 满意度 of 服务对象满意度指标
        return known[0]
    return next((kind for kind in known if kind.removesuffix(_SUFFIX) == short), None)
