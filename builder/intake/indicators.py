"""The block of indicators: rows below a heading, levels over several of them, sums at the end."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from builder.intake.aligning import UNKNOWN, Column, assigned, likeness
from builder.intake.closing import Closing
from builder.intake.draft import Draft
from builder.intake.figures import MARKS, is_filler, is_nothing, number, plain
from builder.intake.forms import Line, parted_line
from builder.intake.labels import is_of_part
from builder.intake.levels import Levels
from builder.intake.measures import target_of
from builder.intake.pairs import chosen
from builder.intake.rechecks import recheck
from builder.intake.several import counted, rows_in
from builder.intake.texts import line as in_one_line
from builder.intake.texts import measure, prose
from builder.intake.words import FRAME, HEAD, TABLE_NAME, TEXT, Words
from builder.layouts import COMPUTED, INITIAL_TARGET, LEVEL_POINTS, LEVELS, QUOTIENT
from builder.model import Indicator, Share
from builder.office import Cell
from builder.source import Location

NAME, TARGET, ACTUAL = "三级指标", "年度指标值", "实际完成值"
WEIGHT, SCORE, REASON = "分值", "得分", "偏差原因分析及改进措施"
_SIGNED = re.compile(
    r"[(（](?:盖章|签章|签字|公章)[)）]|年\s*月\s*日\s*$|(?:签名|签字|负责人)\s*[:：]"
)
_ORDINAL_ONLY = re.compile(r"指标\s*[0-9一二三四五六七八九十]*\s*[:：.、]?")


class Indicators:
    """The indicators of one form."""

    def __init__(self, draft: Draft, words: Words) -> None:
        self._draft, self._words = draft, words
        self._block = words.layout.indicators
        self._levels = Levels(draft, words)
        self._closing = Closing(draft, words)
        self.columns: Sequence[Column] = ()
        self._last: Location = ()
        self._is_over = False
        self._sheet = ""  # where its heading stands

    def begin(self, cells: Sequence[Cell], columns: Sequence[Column], line: Line) -> int:
        """Rows of these columns follow; how many rows of the heading do before."""
        self.columns, self._is_over, self._sheet = columns, False, _sheet(cells[0])
        self._draft.know(*line.filled)
        named = {column.start for column in columns if column.label != UNKNOWN}
        tall = {cell.rows for cell in cells if cell.text and cell.column in named}
        return min(max(tall) - 1, 1) if len(tall) > 1 else 0

    def begins_without_heading(self, line: Line) -> bool:
        """Whether a row is an indicator below its levels, though nothing stands above it."""
        filled = line.filled
        if len(filled) < 3 or len(self._block.levels) < 2 or self.columns:
            return False
        first, second = filled[:2]
        if not (
            self._levels.belongs(first.text, LEVELS[0])
            and self._levels.belongs(second.text, LEVELS[1])
        ):
            return False
        self._sheet = _sheet(first)
        labels = [label for label in self._block.columns if label not in LEVEL_POINTS]
        self.columns = [
            Column(label, label, cell.column, cell.column + cell.columns)
            for label, cell in zip(labels, filled, strict=False)
        ]
        return True

    def may_resume(self, line: Line) -> bool:
        """Whether a row that stands elsewhere is one more indicator."""
        return bool(self.columns) and not self._is_over and self._names_levels(line)

    def _names_levels(self, line: Line) -> bool:
        """Whether a row of some length has the name of a level in front."""
        names = line.filled[:3]
        return len(line.filled) > 3 and any(self._levels.is_known(cell.text) for cell in names)

    def take(self, line: Line) -> bool:
        """Read a row; False where another block begins."""
        filled = [cell for cell in line.filled if not is_filler(cell.text)]
        if not filled:
            self._draft.know(*line.filled)
            return True
        if self._closing.is_last and self._names_levels(line):
            self._is_over = False
            self._closing.go_on()
        if not self._levels.is_known(filled[0].text) and self._closing.take(line, self.columns):
            self._is_over = self._is_over or self._closing.is_last
            return True
        self._is_over = self._is_over or any(_SIGNED.search(cell.text) for cell in filled)
        is_elsewhere = _sheet(filled[0]) != self._sheet and not self._names_levels(line)
        if self._is_over or is_elsewhere or self._begins_other(filled):
            return False
        if not line.is_aligned and len(filled) == 1:
            self._draft.know(*line.filled)
            line = parted_line(line)
        if self._is_remark(line, filled):
            self._draft.lose(filled[0])
            return True
        if len(filled) < 3 and all(self._levels.is_known(cell.text) for cell in filled):
            for cell in filled:
                self._levels.take_alone(cell)
        else:
            self._assign(line)
        return True

    def _is_remark(self, line: Line, filled: Sequence[Cell]) -> bool:
        """Whether a row is one text over several columns: it speaks of what follows."""
        cell, *others = filled
        below = [
            c
            for c in self.columns
            if c.start >= cell.column and c.end <= cell.column + cell.columns
        ]
        is_level = self._levels.is_known(cell.text)
        return line.is_aligned and not others and not is_level and len(below) > len(LEVELS)

    def _assign(self, line: Line) -> None:
        """Hand the cells of a row out to the columns; what has no column is a loss."""
        frames = [cell for cell in line.filled[:1] if self._words.role(cell.text, FRAME)]
        self._draft.know(*frames)  # 绩效指标, where a merge over all rows was parted
        cells = [cell for cell in line.cells if cell not in frames]
        placed, left, is_moved = assigned(
            cells, self.columns, is_aligned=line.is_aligned, fit=self._fit
        )
        if is_moved and placed:
            self._draft.doubt(line.filled[0], "这一行没有对齐列，按内容对上了")
        self._row(
            {c.label: placed[at] for at, c in enumerate(self.columns) if at in placed and c.label}
        )
        unknown = [cell for at, cell in placed.items() if self.columns[at].label == UNKNOWN]
        for cell in (*unknown, *left):
            if cell in unknown and re.fullmatch(r"[0-9]{1,3}", plain(cell.text)):
                self._draft.know(cell)  # 序号
            else:
                self._draft.lose(cell)

    def finish(self) -> None:
        """Nothing follows any more."""
        self._levels.finish()

    def _fit(self, text: str, label: str) -> float:
        if label in LEVELS and self._levels.is_known(text):
            if not self._levels.belongs(text, label):
                return 2.5
            return 0.5 if label == LEVELS[0] and self._levels.goes_on(text) else 0.0
        if label == NAME and self._levels.is_known(text):
            return 3.0
        return likeness(text, label)

    def _begins_other(self, filled: Sequence[Cell]) -> bool:
        first = filled[0]
        role = self._words.role(first.text, TEXT, HEAD, TABLE_NAME)
        if role is None or self._levels.is_known(first.text):
            return False
        return (
            len(filled) <= 2
            or role.part != HEAD
            or len(filled) == 2 * sum(1 for c in filled if self._words.role(c.text, HEAD))
        )

    def _row(self, cells: Mapping[str, Cell]) -> None:
        """An indicator, a part of one, or a row that only has levels."""
        for level, points in zip(LEVELS, LEVEL_POINTS, strict=True):
            if level in cells:
                self._levels.take(level, cells[level])
            if points in cells:
                self._levels.take_points(level, cells[points])
        texts = {k: c for k, c in cells.items() if k not in (*LEVELS, *LEVEL_POINTS)}
        name = texts.get(NAME)
        values = {k: c for k, c in texts.items() if k != NAME and not is_nothing(c.text)}
        if not values and (name is None or _ORDINAL_ONLY.fullmatch(plain(name.text))):
            for cell in texts.values():
                self._draft.leave_empty(cell)
            return
        if name is not None and is_of_part(name.text) and self._last and WEIGHT not in values:
            self._share(name, texts)
            return
        if several := rows_in(texts, NAME, WEIGHT):
            self._draft.doubt(
                texts[NAME], f"一格里有 {len(several)} 个指标，分成了 {len(several)} 行"
            )
        elif name is not None and (names := counted(name.text)):
            self._draft.doubt(name, f"一格里有 {len(names)} 个指标，分值没有分开，录作一个")
        for one in several or [texts]:
            self._indicator(one)

    def _indicator(self, texts: Mapping[str, Cell]) -> None:
        self._last = self._levels.next_place()
        tall = texts[NAME].rows if NAME in texts else 1
        for label in (WEIGHT, SCORE, TARGET, ACTUAL):
            if label in texts and texts[label].text and texts[label].rows > tall:
                told = f"这一格合并了 {texts[label].rows} 行，只录在第一行"
                self._draft.doubt(texts[label], told)
        if NAME in texts:
            self._put(NAME, in_one_line(texts[NAME].text), texts[NAME])
        self._measures(texts)
        self._points(texts)
        self._others(texts)

    def _put(self, label: str, text: str, cell: Cell) -> None:
        self._draft.put((*self._last, label), text, cell)

    def _blank(self, label: str) -> None:
        """A cell that the form has for it, and nothing in it."""
        found = self._draft.at(self._last)
        if isinstance(found, dict):
            found.setdefault(label, "")
        else:
            self._put(label, "", Cell("", "", 0))

    def _has(self, label: str) -> bool:
        return any(column.label == label for column in self.columns)

    def _measures(self, texts: Mapping[str, Cell]) -> None:
        """指标值 and 完成值, as they are typed in one text."""
        found = target_of(texts)
        if found:
            text, cell = found
            self._put(TARGET, text, cell)
            self._draft.know(*(texts[part] for part in texts if part in COMPUTED))
        elif self._block.has_targets:
            self._blank(TARGET)
        if ACTUAL in texts:
            self._put(ACTUAL, measure(texts[ACTUAL].text), texts[ACTUAL])
        elif self._has(ACTUAL):
            self._blank(ACTUAL)
        initial, adjusted = texts.get(INITIAL_TARGET), texts.get("调整指标值")
        if initial and adjusted and INITIAL_TARGET in self._block.entries:
            self._put(INITIAL_TARGET, in_one_line(initial.text), initial)

    def _points(self, texts: Mapping[str, Cell]) -> None:
        for label in (WEIGHT, SCORE):
            cell = texts.get(label)
            digits = number(cell.text) if cell else None
            if cell and digits is not None:
                self._put(label, digits, cell)
                if any(mark in cell.text for mark in MARKS):
                    self._draft.doubt(cell, "只录了分数，记号没有录入")
                elif plain(cell.text).endswith("%"):
                    self._draft.doubt(cell, f"“{label}”是百分数，录作 {digits} 分")
            elif cell and not is_nothing(cell.text):
                self._draft.lose(cell)
            elif self._has(label):
                self._blank(label)

    def _others(self, texts: Mapping[str, Cell]) -> None:
        """Reasons, what only this layout has, and what 复核 found."""
        reason = texts.get(REASON)
        if reason and not re.fullmatch(r"[-—/\\]*", plain(reason.text)):
            self._put(REASON, prose(reason.text), reason)
        entries = self._block.entries
        for label, entry in entries.items():
            cell = texts.get(label)
            if cell is None or is_nothing(cell.text) or label == INITIAL_TARGET:
                continue
            ticked = chosen(cell.text, entry.choices) if entry.choices else []
            self._put(label, ticked[0] if len(ticked) == 1 else prose(cell.text), cell)
        recheck(self._draft, self._last, texts)
        if QUOTIENT in texts:
            self._draft.know(texts[QUOTIENT])

    def _share(self, name: Cell, texts: Mapping[str, Cell]) -> None:
        """A row 其中 below an indicator."""
        shares: list[Any] = self._draft.at((*self._last, Indicator.label("shares"))) or []
        at = (*self._last, Indicator.label("shares"), len(shares))
        own = re.sub(r"^\s*其中\s*[:：]?\s*", "", in_one_line(name.text))
        self._draft.put((*at, Share.label("name")), own, name)
        found = target_of(texts)
        if found:
            self._draft.put((*at, Share.label("target")), *found)
        if ACTUAL in texts:
            text = measure(texts[ACTUAL].text)
            self._draft.put((*at, Share.label("actual")), text, texts[ACTUAL])
        for label, cell in texts.items():
            if label not in (NAME, TARGET, ACTUAL, *COMPUTED) and not is_nothing(cell.text):
                self._draft.lose(cell)


def _sheet(cell: Cell) -> str:
    """The sheet that a cell stands on; "" in what has none."""
    return cell.place.rpartition("!")[0]
