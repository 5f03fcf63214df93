"""How wide the columns of the indicators are on paper, in mm: whether they have room on a page.

The figures are those of the official theme (print.css).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from builder.layouts.entry import TEXT
from builder.layouts.indicators import (
    FIGURE,
    LEVEL_POINTS,
    LEVELS,
    RECHECKED,
    RESULT,
    IndicatorsBlock,
)

PAGE, NARROWEST = 167.0, 15.0
"""The text of an A4 page, and what is the least for reasons: four characters a line."""
REASON, NAME, TARGET = "偏差原因分析及改进措施", "三级指标", "年度指标值"
COLUMNS = {
    LEVELS[0]: 15.5, LEVELS[1]: 18.5, NAME: 38.0, TARGET: 19.5, RESULT: 19.5,
    "分值": 13.0, "得分": 13.0, FIGURE: 15.0, REASON: NARROWEST,
    **dict(zip(RECHECKED, (19.5, 13.0, 13.0, NARROWEST), strict=True)),
}  # fmt: skip
CHOSEN = {"窄": 9.5, "中": 15.0, "宽": 19.5}
OTHER, POINTS = CHOSEN["窄"], 13.0
SPARED = COLUMNS[NAME] - 2 * NARROWEST


def needed(block: IndicatorsBlock) -> float:
    """What the columns take together, a name that shares what is left no more than it has to."""
    free = REASON not in block.columns and NAME in stretched(block)
    return sum(_width(column, block) for column in block.columns) - (SPARED if free else 0)


def stretched(block: IndicatorsBlock) -> frozenset[str]:
    """The columns that share what is left of the page: that of reasons, or on a form without it
    those of 二级指标, names, targets and texts."""
    if REASON in block.columns:
        return frozenset({REASON})
    texts = (name for name, entry in block.entries.items() if entry.kind == TEXT)
    known = {LEVELS[1], NAME, TARGET, FIGURE, RECHECKED[3]}
    return frozenset({*known, *texts} - block.widths.keys())


def printed(columns: Sequence[str], block: IndicatorsBlock) -> tuple[Decimal, ...]:
    """How wide each of these columns is, a name in several as all of them together."""
    free, wide = stretched(block), dict[str, float]()
    for column in columns:
        if column not in free:
            wide[column] = _width(column, block) / columns.count(column)
    left = PAGE - sum(wide.get(column, 0) for column in columns)
    share = max(NARROWEST, left / max(1, sum(column in free for column in columns)))
    return tuple(Decimal(wide.get(column, share)) for column in columns)


def _width(column: str, block: IndicatorsBlock) -> float:
    if chosen := block.widths.get(column):
        return CHOSEN[chosen]
    if column in LEVEL_POINTS:
        return OTHER if REASON in block.columns else POINTS
    entry = block.entries.get(column)
    return COLUMNS.get(column, CHOSEN["宽"] if entry and entry.kind == TEXT else OTHER)
