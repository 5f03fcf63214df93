"""Which column each cell of a row belongs to: by where it stands, and by what it can be.

In a sheet that nobody touched the place decides. Rows are shifted, merges are lost, borders are
blanks: then the way is taken, of all ways that keep the order, on which every cell is most like
what its column holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from builder import layouts
from builder.intake.figures import is_nothing, is_number, plain
from builder.layouts import FIGURE, LEVEL_POINTS, LEVELS, QUOTIENT, RECHECKED
from builder.office import Cell

UNKNOWN = ""  # the label of a column that the layout has not
_POINTS = {"分值", "得分", *LEVEL_POINTS, QUOTIENT, RECHECKED[1], RECHECKED[2]}
_MEASURES = {*layouts.COLUMNS[5:6], FIGURE, "年初指标值", "调整指标值", "实际完成值", RECHECKED[0]}
_SIGNS = re.compile(
    r"[=≥≤><≧≦]{1,2}|正向|反向|定性|定量|(?:大于|小于|等于|不低于|不高于)+或?等?于?|定[性量]指标"
)
_LEVEL = re.compile(r".*(?:指标|效益|满意度|影响)(?:\(.*\))?")
_QUANTITY = re.compile(r"[=≥≤><≧≦]{1,2}.+|[0-9.,]+[^0-9]{0,4}")
# What it costs to leave a column of a row empty: those that a row has least often nothing in.
MISSING = {
    "三级指标": 6.0, "年度指标值": 1.2, "实际完成值": 1.2, "分值": 1.0, "得分": 0.6,
}  # fmt: skip
_LEFT_OUT, _SHIFTED, _ODD = 8.0, 0.15, 2.4
_QUALITY = {
    "及时",
    "稳定",
    "达成",
    "达成指标",
    "达成预期指标",
    "完成",
    "已完成",
    "部分达成",
    "未达成",
    "良好",
    "优",
    "是",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its label, "" where the layout has none, what is printed above it,
    and where it lies."""

    label: str
    heading: str
    start: int
    end: int

    @classmethod
    def over(cls, cell: Cell, label: str = UNKNOWN) -> Self:
        """The column below a cell."""
        return cls(label, cell.text, cell.column, cell.column + cell.columns)


Fit = Callable[[str, str], float]
"""How little a text is like what a column holds: from 0 to about 5."""


def assigned(
    cells: Sequence[Cell],
    columns: Sequence[Column],
    *,
    is_aligned: bool,
    fit: Fit,
    missing: Mapping[str, float] = MISSING,
) -> tuple[Mapping[int, Cell], tuple[Cell, ...], bool]:
    """The cell of each column, by the column's position; the cells that have none; and whether
    the row had to be moved.

    `missing` is what it costs to leave a column empty, by its label.
    """
    filled = [cell for cell in cells if cell.text]
    placed = _by_place(filled, columns) if is_aligned else _by_count(cells, columns)
    if placed is not None and _oddness(placed, columns, fit) < _ODD:
        return placed, (), False
    best = _by_likeness(filled, columns, fit, [_missing(c.label, missing) for c in columns])
    left = tuple(cell for cell in filled if cell not in best.values())
    return best, left, is_aligned and best != placed


def _oddness(placed: Mapping[int, Cell], columns: Sequence[Column], fit: Fit) -> float:
    """How little a row is like its columns; a column of points that is empty counts, too."""
    empty = sum(
        MISSING[c.label] for at, c in enumerate(columns) if at not in placed and c.label == "得分"
    )
    return empty + sum(fit(cell.text, columns[at].label) for at, cell in placed.items())


def _by_place(cells: Sequence[Cell], columns: Sequence[Column]) -> dict[int, Cell] | None:
    """Each cell in the column that it lies under; None where two lie under the same one."""
    found: dict[int, Cell] = {}
    for cell in cells:
        at = nearest(cell, columns)
        if at is None or at in found:
            return None
        found[at] = cell
    return found


def _by_count(cells: Sequence[Cell], columns: Sequence[Column]) -> dict[int, Cell] | None:
    """Cells between tabs, one for each column; None where there are fewer or more of them."""
    if len(cells) != len(columns):
        return None
    return {at: cell for at, cell in enumerate(cells) if cell.text}


def nearest(cell: Cell, columns: Sequence[Column]) -> int | None:
    """The column that a cell shares most with; None where it lies beside all of them."""
    best, most = None, 0
    for at, column in enumerate(columns):
        common = min(cell.column + cell.columns, column.end) - max(cell.column, column.start)
        if common > most:
            best, most = at, common
    return best


def _by_likeness(
    cells: Sequence[Cell], columns: Sequence[Column], fit: Fit, missing: Sequence[float]
) -> dict[int, Cell]:
    """The cheapest way to hand cells out to columns in order; a cell or a column may be left."""
    rows, wide = len(cells), len(columns)

    def cost(at: int, column: int) -> float:
        cell = cells[at]
        is_moved = columns[column].start != cell.column
        return fit(cell.text, columns[column].label) + _SHIFTED * is_moved

    best = [[0.0] * (wide + 1) for _ in range(rows + 1)]
    for at in range(rows - 1, -1, -1):
        best[at][wide] = best[at + 1][wide] + _LEFT_OUT
    for column in range(wide - 1, -1, -1):
        best[rows][column] = best[rows][column + 1] + missing[column]
        for at in range(rows - 1, -1, -1):
            best[at][column] = min(
                best[at + 1][column + 1] + cost(at, column),
                best[at][column + 1] + missing[column],
                best[at + 1][column] + _LEFT_OUT,
            )
    found: dict[int, Cell] = {}
    at = column = 0
    while at < rows and column < wide:
        if best[at][column] == best[at + 1][column + 1] + cost(at, column):
            found[column] = cells[at]
            at, column = at + 1, column + 1
        elif best[at][column] == best[at][column + 1] + missing[column]:
            column += 1
        else:
            at += 1
    return found


def _missing(label: str, known: Mapping[str, float]) -> float:
    return known.get(label, 0.3 if label in LEVELS else 0.1)


@lru_cache(maxsize=20_000)
def likeness(text: str, label: str) -> float:
    """How little a text is like what a column of indicators holds."""
    if label in _POINTS:
        is_share = plain(text).endswith("%") and label != QUOTIENT
        is_fit = is_nothing(text) or is_number(text)
        return 5.0 if not is_fit else 2.0 if is_share else 0.0  # 权重 may be printed as 10%
    if label in LEVELS:
        return 5.0 if is_number(text) else 0.0 if _LEVEL.fullmatch(plain(text)) else 2.0
    if label == "三级指标":
        if plain(text) in _QUALITY:
            return 1.0
        return 4.0 if is_nothing(text) or _QUANTITY.fullmatch(plain(text)) else 0.0
    if label in _MEASURES:
        short = len(text) <= 14
        return 0.0 if re.search(r"[0-9０-９]", text) and short else 0.4 if short else 1.5
    if label == "计量单位":
        return 4.0 if re.search(r"[0-9]", plain(text)) or len(text) > 8 else 0.0
    if label in ("指标性质", "指标方向"):
        return 0.0 if _SIGNS.fullmatch(plain(text)) else 4.0
    if label == UNKNOWN:
        return 1.0
    return 3.0 if is_number(text) else 0.2
