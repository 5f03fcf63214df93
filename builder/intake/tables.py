"""Tables that only a layout has: rows and columns with names of their own."""

from __future__ import annotations

from collections.abc import Sequence

from builder.intake.aligning import Column, assigned
from builder.intake.draft import Draft
from builder.intake.figures import is_nothing, is_number, number
from builder.intake.forms import Line
from builder.intake.texts import prose
from builder.intake.words import TABLE_COLUMN, TABLE_NAME, TABLE_ROW, Words
from builder.layouts import NUMBER
from builder.office import Cell


def table_columns(cells: Sequence[Cell], words: Words) -> tuple[str, list[Column]] | None:
    """The table whose heading a row is, and its columns; None for any other row."""
    found: dict[str, list[Column]] = {}
    names = set()
    for cell in cells:
        for role in words.roles(cell.text) if cell.text else ():
            if role.part == TABLE_COLUMN:
                column = Column.over(cell, role.label)
                found.setdefault(role.of, []).append(column)
            elif role.part == TABLE_NAME:
                names.add(role.label)
    for name, columns in found.items():
        if name in names or len(columns) >= 2:
            return name, columns
    return None


class Tables:
    """The tables of one form."""

    def __init__(self, draft: Draft, words: Words) -> None:
        self._draft, self._words = draft, words
        self._name, self._columns = "", list[Column]()

    def begin(self, name: str, columns: list[Column], line: Line) -> None:
        """Rows of that table follow."""
        self._name, self._columns = name, columns
        self._draft.know(*line.filled)

    def take(self, line: Line) -> bool:
        """Read a row; False for one that the table has not."""
        entry = self._words.layout.entries[self._name]
        labels = [
            (at, role.label)
            for at, cell in enumerate(line.filled)
            for role in self._words.roles(cell.text)
            if role.part == TABLE_ROW and role.of == self._name
        ]
        if not labels:
            is_group = all(cell.text.strip() in entry.rows for cell in line.filled)
            self._draft.know(*(line.filled if is_group else ()))
            return is_group
        at, row = labels[-1]
        rest = line.filled[at + 1 :]
        cells = [cell for cell in line.cells if not cell.text or cell in rest]
        placed, left, _ = assigned(
            cells, self._columns, is_aligned=line.is_aligned,
            fit=_figures if entry.cell == NUMBER else _texts,
        )  # fmt: skip
        self._draft.know(*line.filled[: at + 1])
        for place, cell in placed.items():
            where = (self._name, row, self._columns[place].label)
            digits = number(cell.text)
            if entry.cell == NUMBER and digits is not None:
                self._draft.put(where, digits, cell)
            elif not is_nothing(cell.text):
                self._draft.put(where, prose(cell.text), cell)
            else:
                self._draft.know(cell)
        for cell in left:
            self._draft.lose(cell)
        return True


def _figures(text: str, _: str) -> float:
    return 0.0 if is_number(text) or is_nothing(text) else 4.0


def _texts(_: str, __: str) -> float:
    return 0.0
