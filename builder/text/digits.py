"""Figures as a reader sees them: exact decimals and dates in, text out.

Nothing here rounds what an author wrote: `234.00` prints `234.00`. Only sums over many
reports are set to two decimals, and shown in 万元 with thousands separators.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from markupsafe import Markup, escape

_BEFORE_UNIT = re.compile(r"(?<=[0-9]) (?=[\u3400-\u9fff])")
_AMOUNT = re.compile("[0-9]{4,}")
# With the character before it, else a browser sets the air between both at the edge of a line.
_WHOLE = re.compile(
    r"([\u4e00-\u9fff]?(?:[0-9][0-9,.]*[ \u00a0]?(?:万元|元|个百分点|年度?|[月日分个项份次%]))+)"
)
NOTHING = "-"  # what the official form prints where there is no figure
WAN = Decimal(10_000)
CENT = Decimal("0.01")


def figure(value: Decimal | None, digits: int = 0) -> str:
    """A figure with its own decimals, filled up to at least `digits` of them; `-` for None."""
    if value is None:
        return NOTHING
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int), "not a number"
    return f"{value:.{digits}f}" if -exponent < digits else f"{value:f}"


def signed(value: Decimal | None, digits: int = 0) -> str:
    """A difference with its sign: `-4.25`, `+1.00`, `0.00`; `-` for None."""
    return f"{'+' if value is not None and value > 0 else ''}{figure(value, digits)}"


def common_decimals(values: Iterable[Decimal | None]) -> int:
    """One column, one point: amounts get two decimals each where any of them has decimals."""
    return 2 if any("." in figure(value) for value in values) else 0


def percent(value: Decimal | None, *, sign: bool = True) -> str:
    """A rate in % as printed: `78.91%`, or `78.91` for forms whose heading holds the sign."""
    return NOTHING if value is None else f"{value:f}{'%' if sign else ''}"


def amount(value: Decimal | None) -> str:
    """An amount with its own decimals, and thousands separators; `-` for None."""
    return NOTHING if value is None else f"{value:,f}"


def separated(text: str) -> str:
    """A text that begins with an amount, which gets thousands separators."""
    return _AMOUNT.sub(lambda found: f"{int(found[0]):,d}", text, count=1)


def in_wan(yuan: Decimal) -> Decimal:
    """An amount of 元 in 万元, half-up to two decimals; one that rounds to 0 has no sign."""
    return (yuan / WAN).quantize(CENT, ROUND_HALF_UP) + 0


def wan(yuan: Decimal | None) -> str:
    """An amount of 元 as `in_wan`, with thousands separators; `-` for None."""
    return NOTHING if yuan is None else f"{in_wan(yuan):,f}"


def day(value: date | None) -> str:
    """`2025年3月31日`; nothing for None."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def whole(text: str) -> Markup:
    """A text for a page in which no line ends between a figure and its unit, or inside them."""
    parts = enumerate(_WHOLE.split(text))
    span = Markup('<span class="whole">{}</span>')
    return Markup("").join(span.format(part) if n % 2 else escape(part) for n, part in parts)


def count(number: int) -> str:
    """A small count in running text, before a measure word: 两, 五, 十; from eleven on, digits."""
    return "零一两三四五六七八九十"[number] if 0 <= number <= 10 else f"{number:,d}"


def file_size(number: int) -> str:
    """A number of bytes as file managers tell it, rounded up: `69 KB`, `1.3 MB`, with blanks
    at which no line ends."""
    kilo = -(-number // 1024)
    if kilo < 1000:
        return f"{kilo}\u00a0KB"
    tenths = -(-number * 10 // 1024**2)
    return f"{tenths // 10:,d}.{tenths % 10}\u00a0MB"


def with_units(text: str) -> str:
    """A sentence in which no figure parts from its unit at the end of a line: `99.12 分`."""
    return _BEFORE_UNIT.sub("\u00a0", text)
