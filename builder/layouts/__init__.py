"""How a region's form looks, as data: blocks, rows, columns, words.

In come YAML files (`forms/` here, `content/layouts/` of a site), out go `Layout` records. Says
nothing of points: a scoring profile names the layout that it belongs to.
"""

from builder.layouts.account import account
from builder.layouts.entry import CHOICE, NUMBER, TABLE, TEXT, Entry
from builder.layouts.funds import AMOUNTS, RATE, REASON, SCORE, WEIGHT, FundsBlock
from builder.layouts.layout import (
    FUNDS,
    GOALS,
    HEAD,
    INDICATORS,
    LAYOUTS,
    OF_YEAR,
    PART_OF,
    PARTS,
    TOTAL,
    Layout,
    Layouts,
)

__all__ = [
    "AMOUNTS",
    "CHOICE",
    "FUNDS",
    "GOALS",
    "HEAD",
    "INDICATORS",
    "LAYOUTS",
    "NUMBER",
    "OF_YEAR",
    "PARTS",
    "PART_OF",
    "RATE",
    "REASON",
    "SCORE",
    "TABLE",
    "TEXT",
    "TOTAL",
    "WEIGHT",
    "Entry",
    "FundsBlock",
    "Layout",
    "Layouts",
    "account",
]
