"""The block of 资金: rows of amounts below a heading, or labels with amounts beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from builder.intake.aligning import UNKNOWN, Column, assigned, nearest
from builder.intake.draft import Draft
from builder.intake.figures import is_filler, is_nothing, is_number, money, number, plain
from builder.intake.forms import Line, parted_line
from builder.intake.labels import bare, is_of_part, key
from builder.intake.texts import prose
from builder.intake.words import FUND_COLUMN, FUND_ROW, FUNDS, HEAD, TEXT, WAY, Words
from builder.layouts import NUMBER, RATE, REASON, SCORE, WEIGHT
from builder.model import TOTAL_ROW, Report
from builder.office import Cell

PLACE = Report.label("funds")
_INSIDE = re.compile(
    r"(?P<label>[^:：]{2,24})[:：]\s*(?P<value>[-0-9０-９.,，．/—]*\s*(?:万元|元)?)\s*"
)
_SHARES = {RATE, "预算到位率"}
_MISSING = {"全年预算数": 0.5, "全年执行数": 0.5}
_DECLARED = {RATE: "执行率", SCORE: "预算执行得分"}


class Funding:
    """The rows of 资金 of one form."""

    def __init__(self, draft: Draft, words: Words, unit: str) -> None:
        self._draft, self._words, self._unit = draft, words, unit
        self._columns: Sequence[Column] = ()
        self._layout = words.layout
        self._is_converted = False
        self._waiting: tuple[str, Cell] | None = None  # a row whose amounts are still to come

    def begin(self, columns: Sequence[Column], line: Line) -> None:
        """Rows of these columns follow."""
        self._columns = columns
        for column in columns:
            if found := re.search(r"\((万元|元)\)", key(column.heading)):
                self._unit = found[1]
        self._draft.know(*line.filled)

    def take(self, line: Line) -> bool:
        """Read a row of amounts; False for one that is none."""
        if not line.is_aligned and len(line.filled) == 1:
            self._draft.know(*line.filled)
            line = parted_line(line)
        filled = line.filled
        if all(self._words.role(c.text, WAY, FUNDS) or is_filler(c.text) for c in filled):
            self._draft.know(*filled)
            return True
        found = self._row_of(filled) or self._waiting_row(filled) or self._only_row(filled)
        if found is None:
            return False
        row, label, rest = found
        if any(self._inside(cell) for cell in (label, *rest)):
            return False
        self._waiting = (row, label) if not rest else None
        fields, placed, left = self._assigned(line, filled, rest)
        for at, cell in placed.items():
            self._value(row, fields[at].label, cell)
        self._draft.know(*(cell for cell in filled if cell not in placed.values()))
        for cell in left:
            self._draft.lose(cell)
        if row == TOTAL_ROW or row in self._layout.funds.rows:
            self._draft.values.setdefault(PLACE, {}).setdefault(row, {})  # blank, and there
        return True

    def _assigned(
        self, line: Line, filled: Sequence[Cell], rest: list[Cell]
    ) -> tuple[Sequence[Column], Mapping[int, Cell], Sequence[Cell]]:
        """The columns of a row, the cell of each, and the cells that have none. Where borders are
        lost the printed rate tells which amount is missing."""
        edge = min((column.start for column in self._columns), default=0)
        if line.is_aligned:  # 行次: which row it is
            rest = [
                c
                for c in rest
                if c.column >= edge or not re.fullmatch(r"[0-9]{1,2}", plain(c.text))
            ]
        cells = [c for c in line.cells if c not in filled or c in rest]
        ways = [self._columns] if line.is_aligned else [self._columns, self._columns[1:]]
        found = []
        for columns in ways:
            placed, left, _ = assigned(
                cells, columns, is_aligned=line.is_aligned, fit=_likeness, missing=_MISSING
            )
            found.append((columns, placed, left))
        return next((one for one in found if _has_its_rate(*one[:2])), found[0])

    @property
    def is_open(self) -> bool:
        """Whether it is known which column holds which amounts."""
        return bool(self._columns)

    def pair(self, label: Cell, value: Cell | None) -> bool:
        """Read `其中：财政资金 | 20.00`, a label with an amount beside it; False for others."""
        role = self._words.role(label.text, FUND_ROW, FUND_COLUMN)
        if (
            role is None
            or value is None
            or not (is_number(value.text) or is_nothing(value.text) or _is_money(value.text))
        ):
            return False
        if role.part == FUND_ROW:
            self._value(role.label, self._column_of(role.label, value), value)
        else:
            self._value(TOTAL_ROW, role.label, value)
            self._columns = [
                *self._columns,
                replace(Column.over(value, role.label), heading=label.text),
            ]
        self._draft.know(label, value)
        return True

    def alone(self, cell: Cell) -> bool:
        """Read `一般公共预算：1873.66万元`, all in one cell; False for others."""
        found = self._inside(cell)
        if found is None:
            return self._column_inside(cell)
        row, text = found
        self._draft.know(cell)
        if text:
            self._value(row, self._column_of(row, cell), replace(cell, text=text, exact=""))
        return True

    def _column_inside(self, cell: Cell) -> bool:
        """Read `全年执行数：114` of the total; False for others."""
        label, _, text = plain(cell.text).partition(":")
        role = self._words.role(label, FUND_COLUMN) if text else None
        if role is None or not (is_number(text) or _is_money(text)):
            return False
        self._value(TOTAL_ROW, role.label, replace(cell, text=text))
        return True

    def _inside(self, cell: Cell) -> tuple[str, str] | None:
        """A row and its amount, where both stand in one cell."""
        found = _INSIDE.fullmatch(plain(cell.text).removeprefix("其中:"))
        role = self._words.role(found["label"], FUND_ROW) if found and found["value"] else None
        return (role.label, found["value"]) if found and role else None

    def _column_of(self, row: str, cell: Cell) -> str:
        """The column of an amount: the one that it stands under, if the row has it, else the first
        that counts of those that the row has."""
        typed = self._layout.funds.filled_in(row)
        at = self._column_at(cell)
        if at in typed and at is not None:
            return at
        return "全年预算数" if "全年预算数" in typed else typed[0] if typed else "全年预算数"

    def _column_at(self, cell: Cell) -> str | None:
        if not self._columns:
            return None
        at = nearest(cell, self._columns)
        label = self._columns[at].label if at is not None else UNKNOWN
        return label if label in self._layout.funds.amounts else None

    def _row_of(self, filled: Sequence[Cell]) -> tuple[str, Cell, list[Cell]] | None:
        """Which row of the block these cells are, the cell that says so, and the others."""
        for at, cell in enumerate(filled[:3]):
            role = self._words.role(cell.text, FUND_ROW)
            if role:
                return role.label, cell, list(filled[at + 1 :])
            if self._words.role(cell.text, HEAD, TEXT):
                return None
            if is_number(cell.text):
                break
        return self._own_row(filled)

    def _waiting_row(self, filled: Sequence[Cell]) -> tuple[str, Cell, list[Cell]] | None:
        """Amounts alone, below the label of their row."""
        if self._waiting is None or not _are_amounts(filled):
            return None
        return *self._waiting, list(filled)

    def _only_row(self, filled: Sequence[Cell]) -> tuple[str, Cell, list[Cell]] | None:
        """Amounts below a heading with nothing that says of which row: the total's."""
        if PLACE in self._draft.values or not _are_amounts(filled):
            return None
        return TOTAL_ROW, filled[0], list(filled)

    def _own_row(self, filled: Sequence[Cell]) -> tuple[str, Cell, list[Cell]] | None:
        """A row that the layout has not, with amounts in it: kept by its own name."""
        labels = [c for c in filled if not is_number(c.text) and not is_nothing(c.text)]
        labels = [c for c in labels if not self._words.role(c.text, FUNDS)]
        rest = [c for c in filled if is_number(c.text)]
        if (
            len(labels) != 1
            or not rest
            or filled.index(labels[0]) > 1
            or not 0 < len(key(labels[0].text)) <= 24
        ):
            return None
        if is_of_part(labels[0].text) and not self._layout.funds.open_rows:
            return None  # of which row it is a part, nobody says: its amounts must not count twice
        name = re.sub(r"^其中[:：]?", "", bare(labels[0].text))
        if not self._layout.funds.open_rows:
            self._draft.doubt(labels[0], f"版式“{self._layout.name}”的资金没有这一行，照原名录入")
        return name, labels[0], [c for c in filled if c is not labels[0]]

    def _value(self, row: str, column: str, cell: Cell) -> None:
        funds, text = self._layout.funds, cell.text
        if column in (RATE, SCORE, WEIGHT) or column in funds.computed:
            self._declared(row, column, cell)
        elif is_nothing(text) or (column == UNKNOWN and re.fullmatch(r"[0-9]{1,2}", plain(text))):
            self._draft.know(cell)  # of a column that is not known: 行次
        elif column == REASON:
            self._draft.put((Report.label("execution_note"),), prose(text), cell)
        elif column in funds.entries and funds.entries[column].kind != NUMBER:
            self._draft.put((PLACE, row, column), prose(text), cell)
        else:
            self._amount(row, column, cell)

    def _amount(self, row: str, column: str, cell: Cell) -> None:
        """Put an amount in the unit of the layout."""
        amount = money(cell.text, self._unit, self._layout.money_unit)
        if amount is None or column == UNKNOWN:
            self._draft.lose(cell)
            return
        self._draft.put((PLACE, row, column), amount.text, cell)
        if amount.told and amount.is_of_its_own:
            self._draft.doubt(cell, amount.told)
        elif amount.told and not self._is_converted:
            self._is_converted = True
            told = f"表上的金额以{self._unit}计，都按{self._layout.money_unit}录入"
            self._draft.doubt(cell, told)

    def _declared(self, row: str, column: str, cell: Cell) -> None:
        """What the form works out: kept as it is printed, to be compared."""
        label, digits = _DECLARED.get(column), number(cell.text)
        if digits is None and not is_nothing(cell.text):
            self._draft.lose(cell)
        self._draft.know(cell)
        if column == RATE and digits is not None and self._is_fraction(row, digits, cell):
            digits = f"{(Decimal(digits) * 100).normalize():f}"
            self._draft.doubt(cell, f"没有写成百分数，按 {digits}% 录入")
        if row == TOTAL_ROW and label and digits is not None:
            self._draft.put((Report.label("declared"), label), digits, cell)

    def _is_fraction(self, row: str, digits: str, cell: Cell) -> bool:
        """Whether a rate is printed as 0.95 and not as 95%: the amounts of its row tell."""
        spent, budget = (
            self._draft.at((PLACE, row, column)) for column in ("全年执行数", "全年预算数")
        )
        if "%" in plain(cell.text) or not spent or not budget or not Decimal(budget):
            return False
        is_near = abs(Decimal(spent) / Decimal(budget) - Decimal(digits)) < Decimal("0.0005")
        return bool(Decimal(digits)) and is_near


def _has_its_rate(columns: Sequence[Column], placed: Mapping[int, Cell]) -> bool:
    """Whether the printed rate is that of the amounts, to one percent; yes where none is."""
    texts = {columns[at].label: number(cell.text) for at, cell in placed.items()}
    spent, budget, rate = (texts.get(label) for label in ("全年执行数", "全年预算数", RATE))
    if not rate or budget is None or spent is None or not Decimal(budget):
        return True
    return abs(Decimal(spent) / Decimal(budget) * 100 - Decimal(rate)) < 1


def _are_amounts(cells: Sequence[Cell]) -> bool:
    return all(is_number(cell.text) or is_nothing(cell.text) for cell in cells)


def _is_money(text: str) -> bool:
    return money(text, "元", "元") is not None


def _likeness(text: str, label: str) -> float:
    """How little a text is like what a column of 资金 holds."""
    if label in (REASON, UNKNOWN) or label.endswith("材料"):
        is_counted = label == UNKNOWN and re.fullmatch(r"[0-9]{1,2}", plain(text))
        return 2.0 if is_number(text) and not is_counted else 0.0
    if is_nothing(text):
        return 0.0
    is_share = plain(text).endswith("%")
    is_fit = (is_number(text) or _is_money(text)) and not (is_share and label not in _SHARES)
    return 0.0 if is_fit else 5.0
