"""Stored numbers as a spreadsheet shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from builder.office import dates
from builder.office.formats import Section, Token, sections

# A spreadsheet shows 15 significant digits of the binary number that it stores, so that
# 0.1 + 0.2 is 0.3 and half a cent is rounded as it is written.
_SHOWN = Context(prec=15, rounding=ROUND_HALF_UP)
# The largest number with as many places as a format can have.
_EXACT = Context(prec=2_000)
_NUMBER = re.compile(r"[+-]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:[Ee][+-]?\d{1,3})?")


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in the cell; `exact` is the number where that has fewer digits.

    `is_sure` is false where the format was not understood and all digits are shown instead.
    """

    text: str
    exact: str = ""
    is_sure: bool = True


def number(text: str) -> Decimal | None:
    """The number that a file stores, with 15 significant digits; None for anything else."""
    if not text.isascii() or not _NUMBER.fullmatch(text):
        return None
    value = _SHOWN.create_decimal(text)
    return value if value.is_finite() and abs(value.adjusted()) < 310 else None


def plain(value: Decimal) -> str:
    """All digits of a number, without exponent and without zeros at the end."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def show(value: Decimal, code: str, *, is_1904: bool = False) -> Shown:
    """A number in the format `code`; dates count from 1904 where `is_1904`."""
    chosen = _choose(value, sections(code))
    if chosen is None:
        return Shown(_general(value), is_sure=code in ("", "General"))
    section, value_shown = chosen
    kinds = {token.kind for token in section.tokens}
    if section.is_date:
        text = dates.show(value, section, is_1904=is_1904)
        return Shown(_general(value), is_sure=False) if text is None else Shown(text)
    signs = {token.text for token in section.tokens if token.kind == "sign"}
    if "general" in kinds or "@" in signs:
        is_sure = not section.numerals and "digit" not in kinds
        return Shown(_around(section.tokens, _general(value_shown)), is_sure=is_sure)
    if section.numerals or "exponent" in kinds or ("/" in signs and "digit" in kinds):
        return Shown(_general(value), is_sure="exponent" in kinds)
    if "digit" not in kinds:
        return Shown(_around(section.tokens, ""), plain(value))
    return _digits(value_shown, section.tokens, value)


def show_text(text: str, code: str) -> str:
    """A text in the format `code`, which may set something around it or hide it."""
    found = sections(code)
    section = found[3] if len(found) == 4 else found[0] if len(found) == 1 else None
    if section is None or (len(found) == 1 and Token("sign", "@") not in section.tokens):
        return text
    return _around(section.tokens, text)


def _general(value: Decimal) -> str:
    if not value:
        return "0"
    if -10 <= value.adjusted() < 21:
        return plain(value)
    digits = plain(value.scaleb(-value.adjusted(), _EXACT))
    return f"{digits}E{value.adjusted():+03d}"


def _choose(value: Decimal, found: tuple[Section, ...]) -> tuple[Section, Decimal] | None:
    """The section for a number, and the number that it shows: the second has its own sign."""
    found = found[:3]
    if not found or (len(found) == 1 and not found[0].tokens):
        return None
    if any(section.relation for section in found):
        for section in found:
            if not section.relation or section.meets(value):
                return section, value
        return None
    if value < 0 and len(found) > 1:
        return found[1], -value
    if not value and len(found) > 2:
        return found[2], value
    return found[0], value


def _around(tokens: tuple[Token, ...], text: str) -> str:
    """A text where a format has General or @, between the literals of the format."""
    pieces = []
    for token in tokens:
        if token.kind == "general" or token == Token("sign", "@"):
            pieces.append(text)
        elif token.kind in ("literal", "sign"):
            pieces.append(token.text)
    return "".join(pieces)


def _digits(value: Decimal, tokens: tuple[Token, ...], stored: Decimal) -> Shown:
    """A number in a section of digit places."""
    places = [index for index, token in enumerate(tokens) if token.kind == "digit"]
    first, last = places[0], places[-1]
    point = next((i for i, token in enumerate(tokens) if token == Token("sign", ".")), len(tokens))
    commas = [i for i, token in enumerate(tokens) if token == Token("sign", ",")]
    units = max((i for i in places if i < point), default=-1)
    is_grouped = any(first < i < units for i in commas)
    scaling = _scaling(tokens, max(units, last if point < last else units))
    percents = sum(token == Token("sign", "%") for token in tokens)
    decimals = sum(i > point for i in places)
    full = value.scaleb(2 * percents - 3 * scaling, _EXACT)
    rounded = full.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _EXACT)
    whole, _, fraction = f"{rounded.copy_abs():f}".partition(".")
    whole = whole.lstrip("0")
    pieces = ["-"] if value < 0 else []
    integers = [i for i in places if i < point]
    filled = _fill(whole, [tokens[i].text for i in integers], is_grouped=is_grouped)
    shown = dict(zip(integers, filled, strict=True))
    if not integers and whole:
        shown[point] = f"{whole}."
    after = [i for i in places if i > point]
    asked = max((index for index, i in enumerate(after, 1) if tokens[i].text == "0"), default=0)
    wanted = max(len(fraction.rstrip("0")), asked)
    for index, i in enumerate(after):
        is_shown = index < wanted
        blank = " " if tokens[i].text == "?" else ""
        shown[i] = fraction[index] if is_shown else blank
    for i, token in enumerate(tokens):
        if i in shown:
            pieces.append(shown[i])
        elif token.kind != "sign" or token.text != ",":
            pieces.append(token.text)
    text = "".join(pieces)
    is_whole = rounded == full and any(map(str.isdigit, text))
    return Shown(text, "" if is_whole else plain(stored))


def _scaling(tokens: tuple[Token, ...], last: int) -> int:
    """How many commas stand right behind the last place: each takes three digits away."""
    found = 0
    while last + found + 1 < len(tokens) and tokens[last + found + 1] == Token("sign", ","):
        found += 1
    return found


def _fill(whole: str, places: list[str], *, is_grouped: bool) -> list[str]:
    """The digits before the point for each of its places; the first takes all that are left."""
    if not places:
        return []
    zeros = len(places) - places.index("0") if "0" in places else 0
    whole = whole.zfill(zeros) if zeros else whole
    if is_grouped:
        return [_grouped(whole), *[""] * (len(places) - 1)]
    spare = len(places) - len(whole)
    if spare >= 0:
        return [" " if place == "?" else "" for place in places[:spare]] + list(whole)
    return [whole[: 1 - spare], *whole[1 - spare :]]


def _grouped(whole: str) -> str:
    head = len(whole) % 3
    groups = [whole[:head]] if head else []
    return ",".join(groups + [whole[i : i + 3] for i in range(head, len(whole), 3)])
