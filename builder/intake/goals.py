"""The block of 年度总体目标: texts below their labels, or beside them."""

from __future__ import annotations

from collections.abc import Iterable

from builder.intake.aligning import Column, nearest
from builder.intake.draft import Draft
from builder.intake.figures import is_filler
from builder.intake.forms import Line, parted_line
from builder.intake.texts import prose
from builder.intake.words import CLOSING, COLUMN, FRAME, FUND_ROW, GOAL, GOALS, HEAD, TEXT, Words
from builder.model import Goals as Record
from builder.model import Report
from builder.office import Cell
from builder.source import Location

PLACE = Report.label("goals")
_OF_GOALS = {Record.label(name) for name in Record.model_fields}


class Goals:
    """The goals of one form."""

    def __init__(self, draft: Draft, words: Words) -> None:
        self._draft, self._words = draft, words
        self._columns: list[Column] = []
        self._found: dict[str, list[Cell]] = {}

    def begin(self, line: Line) -> bool:
        """Take a row with the labels of goals; False for any other."""
        filled = line.filled
        labels = [(at, role.label) for at, cell in enumerate(filled)
                  if (role := self._words.role(cell.text, GOAL))]  # fmt: skip
        if not labels:
            return False
        if len(labels) > 1:  # 年度总体目标 | 预期目标 | …: the first one only holds the others
            first = [at for at, _ in labels]
            labels = (
                [
                    (at, label)
                    for at, label in labels
                    if label not in [other for place, other in labels if place > at]
                ]
                if first
                else labels
            )
        known = [at for at, _ in labels]
        beside = [at for at in known if at + 1 < len(filled) and at + 1 not in known]
        self._columns = [
            Column(
                label, filled[at].text, filled[at].column, filled[at].column + filled[at].columns
            )
            for at, label in labels
        ]
        if beside:  # 预期目标 | 保障运行 | 实际完成情况 | 已完成
            for at, label in labels:
                if at in beside:
                    self._put(label, filled[at + 1])
            self._draft.know(*(filled[at] for at, _ in labels))
            self._know_frames(filled)
            return True
        if len(labels) == 1 and len(self._words.layout.goals.columns) == 1 and len(filled) == 1:
            cells = [c for c in line.cells if c.column > filled[0].column]
            if cells and not any(c.text for c in cells):  # its cell is there, and blank
                self._draft.know(filled[0])
                self._blank(labels[0][1])
                return True
        self._draft.know(*(filled[at] for at, _ in labels))
        self._know_frames(filled)
        for _, label in labels:
            self._blank(label)
        return True

    def take(self, line: Line) -> bool:
        """Take a row of texts below the labels; False where another block begins."""
        parts = parted_line(line)
        if not line.is_aligned and len(parts.cells) == len(self._columns):
            self._draft.know(*line.filled)
            line = parts
        filled = [cell for cell in line.filled if not is_filler(cell.text)]
        texts = [c for c in filled if not self._words.role(c.text, GOALS, FRAME)]
        if any(
            self._words.role(c.text, HEAD, TEXT, FUND_ROW, COLUMN, CLOSING, GOAL) for c in texts[:1]
        ):
            return False
        self._know_frames(line.filled)
        if not texts:
            return bool(filled)
        if len(texts) > len(self._columns):
            return False
        for at, cell in enumerate(texts):
            place = (
                nearest(cell, self._columns)
                if line.is_aligned or len(texts) < len(self._columns)
                else at
            )
            if place is None:
                place = min(at, len(self._columns) - 1)
            self._put(self._columns[place].label, cell)
        return True

    def _put(self, label: str, cell: Cell) -> None:
        at = self._at(label)
        before = self._draft.at(at)
        if before and label in self._found:  # a text that goes on in the next row
            container = self._draft.at(at[:-1]) if len(at) > 1 else self._draft.values
            container[f"{at[-1]}"] = f"{before}\n{prose(cell.text)}"
            self._draft.know(cell)
        else:
            self._unblank(at)
            self._draft.put(at, prose(cell.text), cell)
        self._found.setdefault(label, []).append(cell)

    def _know_frames(self, cells: Iterable[Cell]) -> None:
        """Words that hold the others together, and strokes."""
        frames = (
            c for c in cells if is_filler(c.text) or self._words.role(c.text, GOALS, FRAME, GOAL)
        )
        self._draft.know(*frames)

    def _at(self, label: str) -> Location:
        return (PLACE, label) if label in _OF_GOALS else (label,)

    def _blank(self, label: str) -> None:
        """A text that the form asks for is blank until one is found."""
        at = self._at(label)
        if len(at) > 1 and self._draft.at(at) is None:
            self._draft.values.setdefault(PLACE, {})[label] = ""

    def _unblank(self, at: Location) -> None:
        if len(at) > 1 and self._draft.at(at) == "":
            del self._draft.values[PLACE][at[-1]]
