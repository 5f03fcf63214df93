"""Texts and figures as Chinese readers expect them. Knows of no report.

In come texts, decimals and dates; out go texts, HTML of a little Markdown, differences in
words, and colours that can be read.
"""

from builder.text.characters import HIDDEN, folded_name, lookalikes, usual
from builder.text.contrast import PAPER, channels, contrast, readable
from builder.text.digits import (
    NOTHING,
    WAN,
    amount,
    common_decimals,
    count,
    day,
    figure,
    file_size,
    in_wan,
    percent,
    separated,
    signed,
    wan,
    whole,
    with_units,
)
from builder.text.ordinals import NAMED, ORDINAL, unnumbered
from builder.text.pinyin import sounds
from builder.text.prose import (
    CHINESE,
    folded,
    has_stray_space,
    joined,
    literal_mark,
    markup_of,
    to_html,
    to_inline,
    to_plain,
    width,
)
from builder.text.wording import Run, runs, shortened, visible

__all__ = [
    "CHINESE",
    "HIDDEN",
    "NAMED",
    "NOTHING",
    "ORDINAL",
    "PAPER",
    "WAN",
    "Run",
    "amount",
    "channels",
    "common_decimals",
    "contrast",
    "count",
    "day",
    "figure",
    "file_size",
    "folded",
    "folded_name",
    "has_stray_space",
    "in_wan",
    "joined",
    "literal_mark",
    "lookalikes",
    "markup_of",
    "percent",
    "readable",
    "runs",
    "separated",
    "shortened",
    "signed",
    "sounds",
    "to_html",
    "to_inline",
    "to_plain",
    "unnumbered",
    "usual",
    "visible",
    "wan",
    "whole",
    "width",
    "with_units",
]
