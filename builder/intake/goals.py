"""The block of 年度总体目标: texts below their labels, or beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

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
# What begins a block of another kind.
_OTHERS = (HEAD, TEXT, FUND_ROW, COLUMN, CLOSING, GOAL)
_OF_GOALS = {Record.label(name) for name in Record.model_fields}


_LABEL = re.compile(r"([^\s:：，。；]{2,10})\s*[:：]")


class Goals:
    """The goals of one form."""

    def __init__(self, draft: Draft, words: Words) -> None:
        self._draft, self._words = draft, words
        self._columns: list[Column] = []
        self._found: set[str] = set()

    def begin(self, line: Line) -> bool:
        """Take a row with the labels of goals; False for any other."""
        labels = self._labels(line.filled)
        if not labels:
            return self._all_in_one(line)
        self._columns = [Column.over(cell, label) for label, cell in labels.items()]
        self._draft.know(*labels.values())
        self._know_frames(line.filled)
        for cell, following in pairwise(line.filled):  # 预期目标 | 保障运行 | 实际完成情况 | …
            if cell in labels.values() and following not in labels.values():
                self._put(next(label for label in labels if labels[label] is cell), following)
        for label in labels:
            self._blank(label)
        return True

    def take(self, line: Line) -> bool:
        """Take a row of texts below the labels; False where another block begins."""
        parts = parted_line(line)
        if not line.is_aligned and len(parts.cells) == len(self._columns):
            self._draft.know(*line.filled)
            line = parts
        texts = [
            cell
            for cell in line.filled
            if not (is_filler(cell.text) or self._words.role(cell.text, GOALS, FRAME))
        ]
        is_other = bool(texts) and self._words.role(texts[0].text, *_OTHERS) is not None
        if is_other or len(texts) > len(self._columns):
            return False
        self._know_frames(line.filled)
        is_certain = not line.is_aligned and len(texts) == len(self._columns)
        for at, cell in enumerate(texts):
            place = at if is_certain else nearest(cell, self._columns)
            last = len(self._columns) - 1
            self._put(self._columns[min(at, last) if place is None else place].label, cell)
        return True

    def _all_in_one(self, line: Line) -> bool:
        """Take a cell that holds labels and texts, 预期目标：… 完成情况：…; False for others."""
        *frames, cell = line.filled
        found = [
            (role.label, label)
            for label in _LABEL.finditer(cell.text)
            if (role := self._words.role(label[1], GOAL))
        ]
        if len(found) < 2 or found[0][1].start() or not _are_frames(frames, self._words):
            return False
        self._draft.know(*line.filled)
        ends = [label.start() for _, label in found[1:]] + [len(cell.text)]
        for (label, at), end in zip(found, ends, strict=True):
            if text := cell.text[at.end() : end].strip():
                self._put(label, replace(cell, text=text))
        return True

    def _labels(self, cells: Sequence[Cell]) -> dict[str, Cell]:
        """The labels of goals in a row, each with its cell; one that only holds the others, like
        年度总体目标, gives way to the one after it."""
        roles = ((self._words.role(cell.text, GOAL), cell) for cell in cells)
        return {role.label: cell for role, cell in roles if role}

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
        self._found.add(label)

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


def _are_frames(cells: Iterable[Cell], words: Words) -> bool:
    return all(words.role(cell.text, GOALS, FRAME) for cell in cells)
