"""Figures as offices type them, made plain: `１,２３４.５０万元` is 1234.50."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

# What stands in a cell where there is nothing to say.
NOTHING = re.compile(r"[-—–―−/\\·.…。*＊]*|无|不适用|空|\(空\)")
MARKS = "★☆▲△※"
"""What is put to a figure, or a name, that matters most."""
_FILLER = re.compile(r"[-—–―−/\\·.…。*＊\s]*")
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|[-+]?\.[0-9]+")
_MONEY = re.compile(rf"(?P<number>{_NUMBER.pattern})(?P<unit>万元|亿元|元|万|亿)?")
_BRACKETED = re.compile(r"(?<=[0-9])\((万?元|亿元?|万)\)$")
_TIMES = {"元": Decimal(1), "万元": Decimal(10000), "万": Decimal(10000),
          "亿元": Decimal(100_000_000), "亿": Decimal(100_000_000)}  # fmt: skip


class Money(NamedTuple):
    """An amount in the unit of the layout, and what was done to bring it there, "" for nothing."""

    text: str
    told: str = ""
    is_of_its_own: bool = False
    """Whether it has another unit than the form."""


def plain(text: str) -> str:
    """A text with half-width digits and signs, without blanks."""
    return re.sub(r"[\s\u200b]+", "", unicodedata.normalize("NFKC", text)).replace("−", "-")


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing: `/`, `—`, `无`, or no text at all."""
    return NOTHING.fullmatch(plain(text)) is not None


def is_filler(text: str) -> bool:
    """Whether a cell holds strokes and dots only: `……`, `—`."""
    return _FILLER.fullmatch(text) is not None


def is_number(text: str) -> bool:
    """Whether a cell holds one number, of whatever kind: `1,030,700.00`, `98%`, `5分`."""
    return (
        re.fullmatch(rf"(?:{_NUMBER.pattern})(?:%|分|万元|元)?", plain(text).strip(MARKS))
        is not None
    )


def number(text: str) -> str | None:
    """The digits of a number without separators, % and 分; None for anything else.

    A mark like ★ is no part of it.
    """
    found = re.fullmatch(rf"({_NUMBER.pattern})(?:%|分)?", plain(text).strip(MARKS))
    return _digits(found[1]) if found else None


def money(text: str, form_unit: str, unit: str) -> Money | None:
    """An amount as a form of `form_unit` prints it (万元 or 元), in `unit`; None for no amount.

    A unit in the cell itself goes before that of the form. The value is exact.
    """
    found = _MONEY.fullmatch(_BRACKETED.sub(r"\1", plain(text)))
    if found is None:
        return None
    digits, own = _digits(found["number"]), found["unit"]
    typed = own or form_unit
    if _TIMES[typed] == _TIMES[unit]:
        return Money(digits)
    value = Decimal(digits) * _TIMES[typed] / _TIMES[unit]
    shown = f"{value:f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return Money(shown, f"原为{typed}，按{unit}录作 {shown}", _TIMES[typed] != _TIMES[form_unit])


def _digits(text: str) -> str:
    digits = text.replace(",", "").lstrip("+").rstrip(".")
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    whole, dot, part = digits.partition(".")
    return f"{sign}{whole.lstrip('0') or '0'}{dot}{part}"
