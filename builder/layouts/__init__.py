"""How a region's form looks, as data: blocks, rows, columns, words.

In come YAML files (`forms/` here, `content/layouts/` of a site), out go `Layout` records. Says
nothing of points: a scoring profile names the layout that it belongs to.
"""

from builder.layouts.account import account
from builder.layouts.entry import CHOICE, NUMBER, TABLE, TEXT, Entry
from builder.layouts.funds import AMOUNTS, RATE, REASON, SCORE, WEIGHT, FundsBlock
from builder.layouts.indicators import (
    ADJUSTED_TARGET,
    COLUMNS,
    COMPUTED,
    FIGURE,
    INITIAL_TARGET,
    LEVEL_POINTS,
    LEVELS,
    PARTS,
    QUOTIENT,
    RECHECKED,
    IndicatorsBlock,
)
from builder.layouts.layout import (
    FUNDS,
    GOALS,
    HEAD,
    INDICATORS,
    LAYOUTS,
    OF_YEAR,
    PART_OF,
    TOTAL,
    Layout,
    Layouts,
)
from builder.layouts.widths import printed, stretched

__all__ = [
    "ADJUSTED_TARGET",
    "AMOUNTS",
    "CHOICE",
    "COLUMNS",
    "COMPUTED",
    "FIGURE",
    "FUNDS",
    "GOALS",
    "HEAD",
    "INDICATORS",
    "INITIAL_TARGET",
    "LAYOUTS",
    "LEVELS",
    "LEVEL_POINTS",
    "NUMBER",
    "OF_YEAR",
    "PARTS",
    "PART_OF",
    "QUOTIENT",
    "RATE",
    "REASON",
    "RECHECKED",
    "SCORE",
    "TABLE",
    "TEXT",
    "TOTAL",
    "WEIGHT",
    "Entry",
    "FundsBlock",
    "IndicatorsBlock",
    "Layout",
    "Layouts",
    "account",
    "printed",
    "stretched",
]
