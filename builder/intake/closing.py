"""The last rows of a form: sums below the columns of points, and the grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from builder.intake.aligning import Column, assigned, likeness
from builder.intake.draft import Draft
from builder.intake.figures import number
from builder.intake.forms import Line
from builder.intake.labels import key
from builder.intake.texts import line as in_one_line
from builder.intake.words import CLOSING, EXECUTION, GRADE, TOTAL, Words
from builder.layouts import RECHECKED
from builder.model import Declared, Report
from builder.office import Cell

ACTUAL, WEIGHT, SCORE = "实际完成值", "分值", "得分"
PLACE = Report.label("declared")
_SUMS = ("总分", "合计", "总计", "小计", "分值合计", "得分合计")
_OF_EXECUTION = {ACTUAL: "rate", SCORE: "execution_score"}


class Closing:
    """The sums of one form: kept as they are printed, to be compared."""

    def __init__(self, draft: Draft, words: Words) -> None:
        self._draft, self._words = draft, words
        self.is_last = False
        """Whether no indicator follows the latest row."""

    def take(self, line: Line, columns: Sequence[Column]) -> bool:
        """Read a row of sums, or the grade; False for any other."""
        first, *rest = line.filled
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
            for column, name in _OF_EXECUTION.items() if label == EXECUTION else ():
                if column in found:
                    self._put(name, found[column])
        for at, cell in enumerate(rest[:-1]):
            if (beside := self._words.role(cell.text, CLOSING)) and beside.label == GRADE:
                self._draft.know(cell)
                self._grade(rest[at + 1 :])
        return True

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
        digits = number(cell.text)
        if digits is not None:
            self._draft.put((PLACE, Declared.label(name)), digits, cell)

    def _grade(self, cells: Sequence[Cell]) -> None:
        for cell in cells[:1]:
            self._draft.put((PLACE, Declared.label("grade")), in_one_line(cell.text), cell)
