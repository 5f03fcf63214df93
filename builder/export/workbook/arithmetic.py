"""Formulas of spreadsheets that come to what exact decimals come to.

A spreadsheet counts in binary: 0.1 × 3 is a little more than 0.3. So whatever was multiplied or
divided is set to ten decimals before it is rounded, cut or compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from builder.export.words import printable
from builder.scoring import Rounding, plain
from builder.text import NOTHING

SURE = 10  # decimals that figures of a form keep in binary
OPEN = '""'  # what a formula gives where nothing can be worked out and the form has no dash
LONGEST = 255  # characters of a text inside a formula


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and what it comes to now; `pattern` shows a number."""

    text: str
    value: Decimal | str | None
    pattern: str = ""


def sure(expression: str) -> str:
    """A result without what counting in binary adds to it."""
    return f"ROUND({expression},{SURE})"


def rounded(expression: str, rounding: Rounding) -> str:
    """A figure as printed."""
    name = "ROUND" if rounding.mode == "四舍五入" else "TRUNC"
    return f"{name}({sure(expression)},{rounding.digits})"


def within(expression: str, weight: str, rounding: Rounding) -> str:
    """Printed points: from zero up to the 分值."""
    points = rounded(f"MAX(0,MIN({expression},{weight}))", rounding)
    return f"MIN({weight},{points})"


def quoted(text: str) -> str:
    """A text inside a formula, of at most `LONGEST` characters."""
    return '"' + printable(text).replace('"', '""') + '"'


def nothing(shown: str) -> str:
    """What a cell shows where nothing can be worked out: a dash, but where it is `shown` blank."""
    return quoted(NOTHING) if shown else OPEN


def constant(value: Decimal) -> str:
    """A number inside a formula."""
    return plain(value)


def one_of(cell: str, words: Iterable[str]) -> str:
    """Whether a cell says one of some words."""
    tests = [f"TRIM({cell})={quoted(word)}" for word in words]
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"


def are_numbers(*cells: str) -> str:
    """Whether all cells hold numbers."""
    tests = [f"ISNUMBER({cell})" for cell in cells]
    return tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"


def listed(cells: Sequence[str]) -> str:
    """Cells as arguments of a sum."""
    return ",".join(cells)
