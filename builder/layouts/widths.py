"""How wide the columns of the indicators are on paper, in mm: whether they have room on a page.

The figures are those of the official theme (print.css).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from builder.layouts.indicators import FIGURE, LEVEL_POINTS, LEVELS, RESULT, IndicatorsBlock

PAGE, NARROWEST = 167.0, 15.0
"""The text of an A4 page, and what is the least for reasons: four characters a line."""
REASON = "偏差原因分析及改进措施"
COLUMNS = {
    LEVELS[0]: 15.5, LEVELS[1]: 18.5, "三级指标": 38.0, "年度指标值": 19.5, RESULT: 19.5,
    "分值": 13.0, "得分": 13.0, FIGURE: 15.0, REASON: NARROWEST,
}  # fmt: skip
CHOSEN = {"窄": 9.5, "中": 15.0, "宽": 19.5}
OTHER, POINTS = CHOSEN["窄"], 13.0


def needed(block: IndicatorsBlock) -> float:
    """What the columns take together."""
    return sum(_width(column, block) for column in block.columns)


def printed(columns: Sequence[str], block: IndicatorsBlock) -> tuple[Decimal, ...]:
    """How wide each of these columns is, a name in several as all of them together; that of
    reasons takes what is left of the page."""
    wide = [_width(column, block) / columns.count(column) for column in columns]
    if REASON in columns:
        wide[columns.index(REASON)] += max(0.0, PAGE - sum(wide))
    return tuple(map(Decimal, wide))


def _width(column: str, block: IndicatorsBlock) -> float:
    if chosen := block.widths.get(column):
        return CHOSEN[chosen]
    if column in LEVEL_POINTS:
        return OTHER if REASON in block.columns else POINTS
    entry = block.entries.get(column)
    return COLUMNS.get(column, CHOSEN["宽"] if entry and entry.kind == "文字" else OTHER)
