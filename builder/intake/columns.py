"""Headings: which column holds what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from builder.intake.aligning import UNKNOWN, Column
from builder.intake.figures import is_number
from builder.intake.labels import key
from builder.intake.words import COLUMN, FRAME, FUND_COLUMN, Words
from builder.layouts import AMOUNTS, FIGURE
from builder.office import Cell

_LEAST = 3


def indicator_columns(cells: Sequence[Cell], words: Words) -> list[Column] | None:
    """The columns of indicators below a heading; None for a row that is no such heading."""
    found, taken, order = list[Column](), set[str](), [*words.layout.indicators.columns]
    last = -1
    for cell in cells:
        if not cell.text:
            continue
        wanted = [role.label for role in words.roles(cell.text) if role.part == COLUMN]
        free = [label for label in wanted if label not in taken]
        after = [label for label in free if label in order and order.index(label) > last]
        label = (after or free or [UNKNOWN])[0]
        if label == UNKNOWN and any(r.part == FRAME for r in words.roles(cell.text)) and not found:
            continue  # 绩效指标 to the left of all, over all rows
        taken.add(label)
        last = order.index(label) if label in order else last
        found.append(Column.over(cell, label))
    labels = taken - {UNKNOWN}
    if len(labels) < _LEAST or "三级指标" not in labels:
        return None
    if "计量单位" in labels and FIGURE not in labels:
        found = [replace(c, label=FIGURE) if c.label == "年度指标值" else c for c in found]
    return found


def refined(columns: Sequence[Column], cells: Iterable[Cell], words: Words) -> list[Column]:
    """Columns below a heading of two rows: 指标值 over 上年实际 and 预期."""
    below = [cell for cell in cells if cell.text]
    found: list[Column] = []
    for column in columns:
        parts = [
            cell
            for cell in below
            if column.start <= cell.column and cell.column + cell.columns <= column.end
        ]
        if not parts:
            found.append(column)
        for cell in parts:
            role = words.role(cell.text, COLUMN)
            found.append(Column.over(cell, role.label if role else UNKNOWN))
    for cell in below:  # a merge above it was parted
        role = words.role(cell.text, COLUMN)
        if role and not any(
            c.start < cell.column + cell.columns and cell.column < c.end for c in columns
        ):
            found.append(Column.over(cell, role.label))
    return sorted(found, key=lambda column: column.start)


def fund_columns(cells: Sequence[Cell], words: Words) -> list[Column] | None:
    """The columns of 资金 below a heading; None for a row that is no such heading."""
    found, taken = list[Column](), set[str]()
    if any(is_number(cell.text) for cell in cells if cell.text):
        return None
    for cell in cells:
        if not cell.text:
            continue
        role = words.role(cell.text, FUND_COLUMN)
        label = role.label if role and role.label not in taken else UNKNOWN
        if label == UNKNOWN and not found and key(cell.text) != "行次":
            continue  # 项目资金, 资金来源: what the rows are called
        taken.add(label)
        found.append(Column.over(cell, label))
    funds = words.layout.funds
    amounts = {*AMOUNTS, *funds.entries, *funds.formulas}
    filled = [cell for cell in cells if cell.text]
    is_first = bool(filled) and words.role(filled[0].text, FUND_COLUMN) is None
    least = 1 if is_first or (filled and filled[0].column > 0) else 2
    return found if len(taken & amounts) >= least and len(taken - {UNKNOWN}) >= least else None
