"""Labels with their values beside them: the head of a form, its texts, what stands below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
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
from builder.layouts import CHOICE, NUMBER, Entry
from builder.model import Declared, Report
from builder.office import Cell

LINE, DATE = "一行", "日期"
_DECLARED = Report.label("declared")
_FIGURES = {TOTAL: Declared.label("total"), GRADE: Declared.label("grade")}
_DAY = re.compile(r"((?:19|20)\d\d)[-年./](\d{1,2})[-月./](\d{1,2})日?")
_TICKED, _OPEN = "■☑√✓✔☒●▣◉xX", "□口○◯☐"
_SEVERAL = re.compile(r"[^\s:：]{2,12}[:：]\s*[^:：]*?(?=\s+[^\s:：]{2,12}[:：]|$)")
# 财政资金管理科室（盖章）　年　月　日; 签名：
_SIGNATURE = re.compile(
    r"\s*[^:：0-9]{0,20}(?:[(（](?:盖章|签章|公章|签字)[)）]|(?:签名|签字|盖章)?\s*[:：]|(?:签名|签字|盖章))\s*"
    r"(?:年\s*月\s*日)?\s*"
)
# What asks for something, though no layout has a word for it: 项目负责人, 联系电话.
_ASKS = re.compile(
    r"(?:人|电话|编码|代码|编号|文号|名称|单位|部门|处室|科室|科目|级次|类型|类别|性质|属性|时间|日期|年限|"
    r"期限|年度|地址|邮编|意见|说明|情况|原因|分析|措施|方案|依据|签名|签字|盖章|得分|评分|等级|备注)$"
)
# Who filled in a form and how to reach them: nothing that a report says.
_SIGNED = re.compile(
    r"(?:(?:填[表报]|负责|经办|联系|审核|制表|复核|财务)(?:负责)?人|电话|手机|填[表报](?:日期|时间))$"
)
_SIGNED_PART = re.compile(rf"[^:：]{{0,8}}{_SIGNED.pattern[:-1]}(?:[(（][^()（）]*[)）])?[:：].*")
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
            at = self._step(cells, at, is_aligned=line.is_aligned)

    def _step(self, cells: list[Cell], at: int, *, is_aligned: bool) -> int:
        """Read what begins at a cell; where the next begins."""
        cell = cells[at]
        if not cell.text:
            return at + 1
        following = self._following(cells, at)
        beside = cells[following] if following < len(cells) else None
        value = beside if beside is not None and self._is_value(beside) else None
        role = self._words.role(cell.text, HEAD, TEXT, CLOSING)
        if role is not None:
            self._labelled(role, cell, value, is_alone=len(cells) == 1 or not (is_aligned or at))
            return following + 1 if value is not None else at + 1
        if self._funding.pair(cell, value):
            return following + 1
        if self._funding.alone(cell) or self.take_frame(cell) or self.take_alone(cell):
            return at + 1
        if self._waiting is not None:
            self._put(self._waiting, cell)
            self._waiting = None
            return at + 1
        is_pair = self._unknown(cell, value, has_beside=beside is not None)
        return following + 1 if is_pair else at + 1

    def _following(self, cells: Sequence[Cell], at: int) -> int:
        """Where the value of a label stands: beside it, or behind the empty cells that a merge
        which was parted, or a column that was put in, leaves between the two."""
        at += 1
        filled = [n for n in range(at, len(cells)) if cells[n].text]
        if not filled or any(c.columns > 1 or c.rows > 1 for c in cells[at : filled[0]]):
            return at
        value, *others = filled
        if self._is_value(cells[value]) and not _ASKS.search(key(cells[value].text)):
            if not others or not self._is_value(cells[others[0]]):
                return value
            if _ASKS.search(key(cells[others[0]].text)):
                return value
            if not self._looks_like_label(cells[value].text):
                return value
        return at

    def _is_value(self, cell: Cell) -> bool:
        """Whether a cell may be what a label before it asks for: no label, no line to sign on."""
        text = cell.text
        is_label = self._is_label(text) or _ends_in_colon(text) or _SIGNATURE.fullmatch(text)
        return bool(text) and not is_label

    def _labelled(self, role: Role, cell: Cell, value: Cell | None, *, is_alone: bool) -> None:
        """A label that the form has, with what stands beside it."""
        self._waiting = None
        if value is not None:
            self._put(role, value)
            self._draft.know(cell)
            return
        if role.part == TEXT and (is_alone or cell.rows > 1):
            self._waiting = role  # its text stands in the next row
        self._blank(role, cell)

    def _unknown(self, cell: Cell, value: Cell | None, *, has_beside: bool) -> bool:
        """A cell that the layout has no word for; whether it takes the one beside it along."""
        looks_like_label = self._looks_like_label(cell.text)
        asks = _ends_in_colon(cell.text) or (has_beside and _ASKS.search(key(cell.text)))
        signs = _SIGNATURE.fullmatch(cell.text)
        if value is None and (signs or (looks_like_label and asks)):
            self._draft.leave_empty(cell)
        elif is_title(cell.text) or unit_of(cell.text):
            self._draft.know(cell)
        elif value is not None and key(cell.text) == "序号" and number(value.text):
            self._draft.know(cell, value)
            return True
        elif value is not None and looks_like_label:  # the two belong together
            told = f"{in_one_line(cell.text).rstrip(':：')}：{value.text}"
            self._draft.know(cell)
            both = replace(value, text=told)
            (self._draft.note if _SIGNED.search(key(cell.text)) else self._draft.lose)(both)
            return True
        elif _is_signed(cell.text):
            self._draft.note(cell)
        else:
            self._draft.lose(cell)
        return False

    def take_alone(self, cell: Cell) -> bool:
        """Read `填报日期：2022年3月22日`, one or several labels with values in one cell."""
        found = list(self._inside(cell))
        if not any(role for role, _, _ in found):
            return False
        for nth, (role, label, text) in enumerate(found, start=1):
            own = replace(cell, text=text, place=f"{cell.place}之{nth}")
            if role is None:
                self._draft.lose(replace(own, text=f"{label}：{text}"))
            elif text:
                self._put(role, own)
            else:
                self._draft.leave_empty(own, label)
        self._draft.know(cell)
        return True

    def _inside(self, cell: Cell) -> Iterator[tuple[Role | None, str, str]]:
        for part in _SEVERAL.findall(cell.text):
            label, _, text = re.sub("：", ":", part, count=1).partition(":")
            yield self._words.role(label, HEAD, TEXT, CLOSING), label, text.strip()

    def take_frame(self, cell: Cell) -> bool:
        """Whether a cell only holds others together."""
        text = cell.text
        is_year = bool(year_of(text)) and 0 < len(key(text)) <= 10
        is_unit = key(text) in ("(万元)", "(元)")
        is_frame = self._words.role(text, FRAME, FUNDS, GOALS, FUND_ROW, FUND_COLUMN) is not None
        if is_frame or is_year or is_unit or is_filler(text):
            self._draft.know(cell)
            return True
        return False

    def _is_label(self, text: str) -> bool:
        return self._words.role(text, HEAD, TEXT, CLOSING, FUND_ROW, FUND_COLUMN) is not None

    def _looks_like_label(self, text: str) -> bool:
        """Whether a text may be a label that the layout has not, with nothing beside it."""
        plain_text = key(text)
        return _ends_in_colon(text) or (
            0 < len(plain_text) <= _LABEL and not re.search(r"[0-9。；，:]", plain_text)
        )

    def _blank(self, role: Role, cell: Cell) -> None:
        if role.part == HEAD and role.label in _REQUIRED:
            self._draft.values.setdefault(role.label, "")
        self._draft.leave_empty(cell, role.label)

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
        if is_nothing(text):
            self._draft.leave_empty(cell, label)
        elif label == Report.label("year"):
            self._draft.put((label,), year_of(text) or plain(text).rstrip("年度"), cell)
        else:
            self._entry(label, self._words.layout.entries.get(label), cell)

    def _entry(self, label: str, entry: Entry | None, cell: Cell) -> None:
        """Put the value of a field in the way that its kind asks for."""
        text, unit = cell.text, self._words.layout.money_unit
        kind = entry.kind if entry else LINE
        if entry and kind == CHOICE:
            self._choice(label, entry.choices, cell)
        elif kind == DATE:
            day = day_of(text)
            self._draft.put((label,), day or in_one_line(text), cell)
            if not day:
                self._draft.doubt(cell, f"“{label}”应是日期，照原样录入")
        elif kind == NUMBER:
            amount = money(text, unit, unit)
            self._draft.put((label,), amount.text if amount else plain(text), cell)
        else:
            self._draft.put((label,), in_one_line(text) if kind == LINE else prose(text), cell)

    def _choice(self, label: str, choices: tuple[str, ...], cell: Cell) -> None:
        ticked = chosen(cell.text, choices)
        if len(ticked) == 1:
            self._draft.put((label,), ticked[0], cell)
        elif not ticked and all(choice in plain(cell.text) for choice in choices):
            self._draft.leave_empty(cell, label)
        else:
            self._draft.put((label,), in_one_line(cell.text), cell)
            self._draft.doubt(cell, f"“{label}”看不出选的是哪一项，照原样录入")


def _is_signed(text: str) -> bool:
    """Whether a text says who filled in the form and when, and nothing else."""
    parts = re.sub(r"(?<=[:：])\s+", "", text).split()
    return bool(parts) and all(map(_SIGNED_PART.fullmatch, parts))


def _ends_in_colon(text: str) -> bool:
    return text.rstrip().endswith((":", "："))


_REQUIRED = {Report.label(name) for name in ("name", "department", "unit")}


def chosen(text: str, choices: tuple[str, ...]) -> list[str]:
    """What is ticked of a list of choices: `持续性项目■ 新增性项目□`, `经常性项目(√)`."""
    flat = re.sub(r"\s+", "", text)
    if flat in choices:
        return [flat]
    marks = f"[{_TICKED}{_OPEN}]"
    found = []
    # A mark more than there are choices ticks one of them: □是(√)□否.
    ticked = (
        rf"(?!\(?{marks}\)?(?!.*{marks}))" if len(re.findall(marks, flat)) > len(choices) else ""
    )
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


def day_of(text: str) -> str | None:
    """A date as an author writes it, 2022-03-22; None for what is none."""
    found = _DAY.search(plain(text))
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None
