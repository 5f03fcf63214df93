"""Figures with their units as numbers: `≥90.00(%)` is 90, shown by a pattern as it was typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from builder.opendata import EXACT

LONGEST = 200  # characters of a pattern; programs take 255
_FIGURE = re.compile(
    r"(?P<before>[^0-9]*?)(?P<digits>-?(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|0|[1-9][0-9]*)"
    r"(?:\.[0-9]+)?)(?P<after>(?![0-9]).*)"
)
_UNFIT = re.compile(r'["\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the pattern by which a spreadsheet shows it."""

    value: Decimal
    pattern: str
    before: str = ""
    after: str = ""


def bare(text: str) -> Figure | None:
    """A text that is a number, at most with % behind it; None for another text."""
    found = figure(text)
    return found if found and not found.before and found.after in ("", "%") else None


def figure(text: str) -> Figure | None:
    """A text that a number and a pattern show exactly; None where there is none.

    What stands before the first number and after it is the pattern's: whether the text is one
    figure at all is known to whoever asks.
    """
    found = _FIGURE.fullmatch(text)
    if found is None or _UNFIT.search(text):
        return None
    digits = found["digits"]
    value = Decimal(digits.replace(",", ""))
    # Programs set the minus of a number before all of its pattern, and know no -0.
    is_odd = digits.startswith("-") and (found["before"] or not value)
    if is_odd or len(value.as_tuple().digits) > EXACT:
        return None
    decimals = len(digits.partition(".")[2])
    pattern = ("#,##0" if "," in digits else "0") + ("." + "0" * decimals if decimals else "")
    pattern = f"{_literal(found['before'])}{pattern}{_literal(found['after'])}"
    if len(pattern) > LONGEST:
        return None
    return Figure(value, pattern, found["before"], found["after"])


def _literal(text: str) -> str:
    return f'"{text}"' if text else ""
