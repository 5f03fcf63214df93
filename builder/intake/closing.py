"""The last rows of a form: sums below the columns of points, and the grade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import Any

from builder.intake.aligning import Column, assigned, likeness, nearest
from builder.intake.draft import Draft
from builder.intake.figures import is_nothing, number
from builder.intake.forms import Line
from builder.intake.labels import bare, key
from builder.intake.texts import line as in_one_line
from builder.intake.texts import prose
from builder.intake.words import CLOSING, EXECUTION, GRADE, TOTAL, Words
from builder.layouts import LEVELS, RECHECKED
from builder.model import GROUPS, Declared, Report
from builder.office import Cell

NAME, TARGET, ACTUAL = "三级指标", "年度指标值", "实际完成值"
WEIGHT, SCORE, REASON = "分值", "得分", "偏差原因分析及改进措施"
PLACE = Report.label("declared")
_SUMS = ("总分", "合计", "总计", "分值合计", "得分合计")
_SUBTOTAL = "小计"
_EXECUTION = {"预算执行率", "预算执行", "预算执行情况", "资金执行率", "执行率"}
_OF_EXECUTION = {ACTUAL: "rate", SCORE: "execution_score"}


class Closing:
    """The sums of one form: kept as they are printed, to be compared."""

    def __init__(self, draft: Draft, words: Words) -> None:
        self._draft, self._words = draft, words
        self.is_last = False
        """Whether no indicator follows the latest row."""
        self._last_total: list[Cell] = []

    def take(self, line: Line, columns: Sequence[Column]) -> bool:
        """Read a row of sums, or the grade; False for any other."""
        first, *rest = line.filled
        if key(first.text).endswith(_SUBTOTAL):
            self._subtotal(line, columns)
            return True
        if self._is_execution(line, columns):
            self._execution(line, columns)
            return True
        role = self._words.role(first.text, CLOSING)
        if role is None and key(first.text) not in _SUMS:
            return False
        label = role.label if role else TOTAL
        self._draft.know(first)
        self.is_last = label != EXECUTION
        if label == GRADE:
            self._grade(rest)
        else:
            found = self._sums(line, rest, columns, is_execution=label == EXECUTION)
            if label == TOTAL and SCORE in found:
                self._put("total", found[SCORE])
                self._last_total = [found[SCORE]]
            for column, name in _OF_EXECUTION.items() if label == EXECUTION else ():
                if column in found:
                    self._put(name, found[column])
        for at, cell in enumerate(rest[:-1]):
            if (beside := self._words.role(cell.text, CLOSING)) and beside.label == GRADE:
                self._draft.know(cell)
                self._grade(rest[at + 1 :])
        return True

    def _subtotal(self, line: Line, columns: Sequence[Column]) -> None:
        """A sum of the rows above, with more of them to come: it goes without saying, if it is
        their sum."""
        self.is_last = False
        first, *rest = line.filled
        self._draft.know(first)
        for label, cell in self._sums(line, rest, columns, is_execution=False).items():
            if Decimal(number(cell.text) or 0) not in self._sums_so_far(label):
                self._draft.doubt(cell, "和上面各行加起来的不同，没有录入")

    def _sums_so_far(self, label: str) -> Iterator[Decimal]:
        """What a column comes to in the latest 一级指标, in its latest 二级指标, and in all."""
        within: Any = self._draft.values.get(GROUPS, {})
        while isinstance(within, dict) and within:
            yield _sum(within, label)
            within = list(within.values())[-1]
        yield _sum(within, label)

    def go_on(self) -> None:
        """What was taken for the last row was a sum of some: more indicators follow."""
        self.is_last = False
        for cell in self._last_total:
            self._draft.values.get(PLACE, {}).pop(Declared.label("total"), None)
            self._draft.doubt(cell, "下面还有指标，当作小计，没有录入")
        self._last_total = []

    def _is_execution(self, line: Line, columns: Sequence[Column]) -> bool:
        """Whether a row among the indicators repeats what 资金 says of the execution."""
        layout = self._words.layout
        if EXECUTION in layout.closing or SCORE not in layout.funds.columns:
            return False
        at = [(nearest(cell, columns), cell) for cell in line.filled]
        names = [c for n, c in at if n is None or columns[n].label in (*LEVELS, NAME)]
        if not line.is_aligned:
            names = [*takewhile(lambda cell: number(cell.text) is None, line.filled)]
        return bool(names) and all(bare(cell.text) in _EXECUTION for cell in names)

    def _execution(self, line: Line, columns: Sequence[Column]) -> None:
        """Keep what is declared of the execution; what 复核 confirms goes without saying."""
        self.is_last = False
        if not line.is_aligned:  # 资金 says it, too, and certainly
            said = (c for c in line.filled if number(c.text) or bare(c.text) in _EXECUTION)
            self._draft.know(*said)
            return
        places = ((nearest(cell, columns), cell) for cell in line.filled)
        found = [("" if at is None else columns[at].label, cell) for at, cell in places]
        texts = {label: number(cell.text) for label, cell in found}
        confirmed = {RECHECKED[2]} | {
            other
            for own, other in zip((ACTUAL, SCORE), RECHECKED, strict=False)
            if texts.get(own) == texts.get(other)
        }
        for label, cell in found:
            if label == REASON and not is_nothing(cell.text):
                self._draft.put((Report.label("execution_note"),), prose(cell.text), cell)
            elif name := _OF_EXECUTION.get(label):
                self._put(name, cell)
            if label in (*LEVELS, NAME, TARGET, *_OF_EXECUTION, WEIGHT, "", *confirmed):
                self._draft.know(cell)

    def _sums(
        self, line: Line, rest: Sequence[Cell], columns: Sequence[Column], *, is_execution: bool
    ) -> Mapping[str, Cell]:
        """The figures of a row by their columns; of text without borders the only one is the
        score."""
        sums = [cell for cell in rest if number(cell.text) is not None]
        self._draft.know(*sums)
        if len(sums) == 1 and not line.is_aligned:
            return {SCORE: sums[0]}
        wanted = {WEIGHT, SCORE, *RECHECKED[1:3], *((ACTUAL, RECHECKED[0]) if is_execution else ())}
        known = [column for column in columns if column.label in wanted]
        placed, _, _ = assigned(sums, known, is_aligned=line.is_aligned, fit=likeness)
        return {known[at].label: cell for at, cell in placed.items()}

    def _put(self, name: str, cell: Cell) -> None:
        digits, at = number(cell.text), (PLACE, Declared.label(name))
        if digits is None:
            return
        before = self._draft.at(at)
        if before is not None and Decimal(before) == Decimal(digits):  # said twice
            self._draft.know(cell)
        else:
            self._draft.put(at, digits, cell)

    def _grade(self, cells: Sequence[Cell]) -> None:
        for cell in cells[:1]:
            self._draft.put((PLACE, Declared.label("grade")), in_one_line(cell.text), cell)


def _sum(within: Any, label: str) -> Decimal:
    if isinstance(within, dict):
        return sum((_sum(inner, label) for inner in within.values()), Decimal(0))
    return sum((Decimal(one.get(label) or 0) for one in within), Decimal(0))
