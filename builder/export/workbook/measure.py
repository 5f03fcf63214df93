"""How much room a text takes in a cell: programs do not ask that themselves of merged cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

PADDING = 4.5  # points at both sides together
INDENT = 7.0  # points before a text that stands to the left
LEADING = 1.4  # of the size of the letters, which the fonts of no system exceed
AIR = 6.0  # points above and below together
NARROW = 0.56  # of a letter that is no sign of Chinese; digits of 宋体 take 0.5
CLOSING = "，。、；：？！）》〉」』】〕％”’…—%),.;:?!]}"
OPENING = "（《〈「『【〔“‘([{"
_PIECES = re.compile(rf"[{re.escape(OPENING)}]*(?:[!-~]+|.)[{re.escape(CLOSING)}]*", re.DOTALL)


def height(text: str, width: float, size: float) -> float:
    """The height in points of a cell so many points wide with a text in letters of that size."""
    return lines(text, width, size) * size * LEADING + AIR


def lines(text: str, width: float, size: float) -> int:
    """In how many lines a text stands in a cell so many points wide."""
    room = (width - PADDING) / size
    return sum(_lines(line, room) for line in text.split("\n"))


def wide(text: str, size: float) -> float:
    """How many points wide a cell must be that shows a text in one line."""
    return _wide(text) * size + PADDING


def in_lines(words: Sequence[str], width: float, size: float) -> str:
    """Words that belong together one behind the other, in as many lines as they need, so that
    none is divided that has room in one."""
    room = (width - PADDING) / size
    found = [""]
    for word in words:
        if found[-1] and _wide(found[-1] + word) > room:
            found.append("")
        found[-1] += word
    return "\n".join(found)


def _lines(line: str, room: float) -> int:
    """One paragraph, in lines of so many ems."""
    count, used = 1, 0.0
    for piece in _pieces(line, room):
        own = _wide(piece)
        if used and used + own > room:
            count, used = count + 1, 0.0
        used += own
    return count


def _pieces(line: str, room: float) -> Iterator[str]:
    """What a line may be broken between; a word that is longer than a line sign by sign."""
    for piece in _PIECES.findall(line):
        if _wide(piece) <= room:
            yield piece
        else:
            yield from piece


def _wide(text: str) -> float:
    """How wide in ems."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else NARROW for sign in text)
