"""Labels with their values beside them: the head of a form, its texts, what stands below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from builder.intake.draft import Draft
from builder.intake.figures import is_filler, is_nothing, money, number, plain
from builder.intake.forms import Line, is_title, unit_of, year_of
from builder.intake.funding import Funding
from builder.intake.labels import key
from builder.intake.texts import line as in_one_line
from builder.intake.texts import prose
from builder.intake.words import (
    CLOSING,
    FRAME,
    FUND_COLUMN,
    FUND_ROW,
    FUNDS,
    GOALS,
    GRADE,
    HEAD,
    TEXT,
    TOTAL,
    Role,
    Words,
)
from builder.model import Declared, Report
from builder.office import Cell

_DECLARED = Report.label("declared")
_FIGURES = {TOTAL: Declared.label("total"), GRADE: Declared.label("grade")}
_DAY = re.compile(r"((?:19|20)\d\d)[-年./](\d{1,2})[-月./](\d{1,2})日?")
_TICKED, _OPEN = "■☑√✓✔☒●▣◉xX", "□口○◯☐"
_SEVERAL = re.compile(r"[^\s:：]{2,12}[:：]\s*[^:：]*?(?=\s+[^\s:：]{2,12}[:：]|$)")
_LABEL = 14  # characters of a label that a form may have and we do not know


class Pairs:
    """The labels of one form that have a value beside them."""

    def __init__(self, draft: Draft, words: Words, funding: Funding) -> None:
        self._draft, self._words, self._funding = draft, words, funding
        self._waiting: Role | None = None

    def take(self, line: Line) -> None:
        """Read a row of labels and values; what is neither is a loss."""
        cells = [cell for cell in line.cells if cell.text or line.is_aligned]
        at = 0
        while at < len(cells):
            at = self._step(cells, at)

    def _step(self, cells: list[Cell], at: int) -> int:
        """Read what begins at a cell; where the next begins."""
        cell = cells[at]
        if not cell.text:
            return at + 1
        role = self._words.role(cell.text, HEAD, TEXT, CLOSING)
        beside = cells[at + 1] if at + 1 < len(cells) else None
        value = beside if beside is not None and beside.text else None
        if value is not None and (self._is_label(value.text) or _ends_in_colon(value.text)):
            value = None
        if role is not None:
            self._waiting = None
            if value is not None:
                self._put(role, value)
                self._draft.cells += 1
                return at + 2
            if len([c for c in cells if c.text]) == 1 and role.part == TEXT and beside is None:
                self._waiting = role
            self._blank(role)
            return at + 1
        if self._funding.pair(cell, value):
            return at + 2
        if self._funding.alone(cell) or self._frame(cell) or self.take_alone(cell):
            return at + 1
        if self._waiting is not None:
            self._put(self._waiting, cell)
            self._waiting = None
            return at + 1
        if value is None and self._looks_like_label(cell.text):
            self._draft.empty.append(in_one_line(cell.text))
            return at + 1
        if is_title(cell.text) or unit_of(cell.text):
            return at + 1
        if value is not None and self._looks_like_label(cell.text):  # the two belong together
            told = f"{in_one_line(cell.text).rstrip(':：')}：{value.text}"
            self._draft.lose(Cell(told, cell.place, cell.column))
            return at + 2
        self._draft.lose(cell)
        return at + 1

    def take_alone(self, cell: Cell) -> bool:
        """Read `填报日期：2022年3月22日`, label and value in one cell, several of them if need be."""
        found = list(self._inside(cell))
        if not found or any(role is None for role, _, _ in found):
            return False
        for role, label, text in found:
            assert role
            if text:
                self._put(role, Cell(text, cell.place, cell.column, cell.columns, cell.rows))
            else:
                self._draft.empty.append(label)
        return True

    def _inside(self, cell: Cell) -> Iterator[tuple[Role | None, str, str]]:
        for part in _SEVERAL.findall(cell.text):
            label, _, text = re.sub("：", ":", part, count=1).partition(":")
            yield self._words.role(label, HEAD, TEXT, CLOSING), label, text.strip()

    def _frame(self, cell: Cell) -> bool:
        """Whether a cell only holds others together."""
        if is_filler(cell.text) or self._words.role(cell.text, FRAME, FUNDS, GOALS, FUND_ROW, FUND_COLUMN):
            return True
        return bool(year_of(cell.text)) and len(key(cell.text)) <= 10

    def _is_label(self, text: str) -> bool:
        return self._words.role(text, HEAD, TEXT, CLOSING, FUND_ROW, FUND_COLUMN) is not None

    def _looks_like_label(self, text: str) -> bool:
        """Whether a text may be a label that the layout has not, with nothing beside it."""
        plain_text = key(text)
        return _ends_in_colon(text) or (
            0 < len(plain_text) <= _LABEL and not re.search(r"[0-9。；，]", plain_text)
        )

    def _blank(self, role: Role) -> None:
        if role.part == HEAD and role.label in _REQUIRED:
            self._draft.values.setdefault(role.label, "")
        self._draft.empty.append(role.label)

    def _put(self, role: Role, cell: Cell) -> None:
        """Put the value of a label where it belongs, in the way in which an author writes it."""
        label, text = role.label, cell.text
        if self._draft.values.get(label) == "":
            del self._draft.values[label]
        if label in _FIGURES:
            digits = number(text) if label == TOTAL else in_one_line(text)
            if digits is None:
                self._draft.lose(cell)
            elif not is_nothing(text):
                self._draft.put((_DECLARED, _FIGURES[label]), digits, cell)
            return
        entry = self._words.layout.entries.get(label)
        kind = entry.kind if entry else "文字" if label == "预算执行说明" else "一行"
        if is_nothing(text):
            self._draft.empty.append(label)
        elif label == Report.label("year"):
            self._draft.put((label,), year_of(text) or plain(text).rstrip("年度"), cell)
        elif entry and kind == "选项":
            self._choice(label, entry.choices, cell)
        elif kind == "日期":
            found = _day(text)
            self._draft.put((label,), found or in_one_line(text), cell)
            if not found:
                self._draft.doubt(cell, f"“{label}”应是日期，照原样录入")
        elif kind == "数字":
            amount = money(text, self._words.layout.money_unit, self._words.layout.money_unit)
            self._draft.put((label,), amount.text if amount else plain(text), cell)
        else:
            self._draft.put((label,), prose(text) if kind == "文字" else in_one_line(text), cell)

    def _choice(self, label: str, choices: tuple[str, ...], cell: Cell) -> None:
        ticked = chosen(cell.text, choices)
        if len(ticked) == 1:
            self._draft.put((label,), ticked[0], cell)
        elif not ticked and all(choice in plain(cell.text) for choice in choices):
            self._draft.empty.append(label)
        else:
            self._draft.put((label,), in_one_line(cell.text), cell)
            self._draft.doubt(cell, f"“{label}”看不出选的是哪一项，照原样录入")


def _ends_in_colon(text: str) -> bool:
    return text.rstrip().endswith((":", "："))


_REQUIRED = {Report.label(name) for name in ("name", "department", "unit")}


def chosen(text: str, choices: tuple[str, ...]) -> list[str]:
    """What is ticked of a list of choices: `持续性项目■ 新增性项目□`, `经常性项目(√)`, `☑是 □否`."""
    flat = re.sub(r"\s+", "", text)
    if flat in choices:
        return [flat]
    marks = f"[{_TICKED}{_OPEN}]"
    found = []
    # A mark more than there are choices ticks one of them: □是(√)□否.
    ticked = rf"(?!\(?{marks}\)?(?!.*{marks}))" if len(re.findall(marks, flat)) > len(choices) else ""
    for choice in choices:
        word = re.escape(choice)
        before = re.search(rf"({marks})(?:[0-9][、.．])?{word}{ticked}", flat)
        behind = re.search(rf"{word}[(（]?({marks}?)[)）]?", flat)
        is_leading = re.match(marks, flat) is not None
        mark = before if is_leading else behind
        if mark and mark[1] and mark[1] in _TICKED:
            found.append(choice)
    if not found and (only := [choice for choice in choices if choice in flat]) and len(only) == 1:
        return only
    return found


def _day(text: str) -> str | None:
    found = _DAY.search(plain(text))
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None
