"""How a region's form looks, as data: blocks, rows, columns, words.

In come YAML files (`forms/` here, `content/layouts/` of a site), out go `Layout` records. Says
nothing of points: a scoring profile names the layout that it belongs to.
"""

from builder.layouts.account import account
from builder.layouts.entry import CHOICE, NUMBER, TABLE, TEXT, Entry
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
    "TABLE",
    "TEXT",
    "TOTAL",
    "Entry",
    "Layout",
    "Layouts",
    "account",
]
