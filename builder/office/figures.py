"""Stored numbers as a spreadsheet shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from builder.office import dates
from builder.office.formats import Section, Token, sections

# A spreadsheet shows 15 significant digits of the binary number that it stores, so that
# 0.1 + 0.2 is 0.3 and half a cent is rounded as it is written.
_SHOWN = Context(prec=15, rounding=ROUND_HALF_UP)
# The largest number with as many places as a format can have.
_EXACT = Context(prec=2_000)
_AT = Token("sign", "@")
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
    if len(found) == 4 or (found and _AT in found[-1].tokens):
        return _around(found[-1].tokens, text)
    return text


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
    if len(found) > 1 and _AT in found[-1].tokens:
        found = found[:-1]  # that of texts
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
        if token.kind == "general" or token == _AT:
            pieces.append(text)
        elif token.kind in ("literal", "sign"):
            pieces.append(token.text)
    return "".join(pieces)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where in a section of digit places which digit goes."""

    integers: tuple[int, ...]
    signs: tuple[str, ...]
    point: int
    after: tuple[int, ...]
    # So many digits behind the point are shown even where they are zeros.
    asked: int
    shift: int
    is_grouped: bool


@lru_cache(maxsize=1024)
def _plan(tokens: tuple[Token, ...]) -> _Plan:
    places = [index for index, token in enumerate(tokens) if token.kind == "digit"]
    point = next((i for i, token in enumerate(tokens) if token == Token("sign", ".")), len(tokens))
    integers = tuple(i for i in places if i < point)
    after = tuple(i for i in places if i > point)
    asked = max((index for index, i in enumerate(after, 1) if tokens[i].text == "0"), default=0)
    commas = [i for i, token in enumerate(tokens) if token == Token("sign", ",")]
    is_grouped = bool(integers) and any(integers[0] < i < integers[-1] for i in commas)
    percents = sum(token == Token("sign", "%") for token in tokens)
    # Each comma right behind the last place takes three digits away.
    scaling, last = 0, places[-1]
    for end in {last, integers[-1] if integers else last}:
        at = end + 1
        while at < len(tokens) and tokens[at] == Token("sign", ","):
            at += 1
        scaling = max(scaling, at - end - 1)
    signs = tuple(tokens[i].text for i in integers)
    return _Plan(integers, signs, point, after, asked, 2 * percents - 3 * scaling, is_grouped)


def _digits(value: Decimal, tokens: tuple[Token, ...], stored: Decimal) -> Shown:
    """A number in a section of digit places."""
    plan = _plan(tokens)
    full = value.scaleb(plan.shift, _EXACT)
    rounded = full.quantize(Decimal(1).scaleb(-len(plan.after)), ROUND_HALF_UP, _EXACT)
    whole, _, fraction = f"{rounded.copy_abs():f}".partition(".")
    whole = whole.lstrip("0")
    filled = _fill(whole, plan.signs, is_grouped=plan.is_grouped)
    shown = dict(zip(plan.integers, filled, strict=True))
    if not plan.integers and whole:
        shown[plan.point] = f"{whole}."
    wanted = max(len(fraction.rstrip("0")), plan.asked)
    for index, i in enumerate(plan.after):
        blank = " " if tokens[i].text == "?" else ""
        shown[i] = fraction[index] if index < wanted else blank
    if plan.after and not wanted:
        # Excel shows a bare point behind the digits, which reads like a slip.
        shown[plan.point] = whole if not plan.integers else ""
    pieces = ["-"] if value < 0 else []
    for i, token in enumerate(tokens):
        if i in shown:
            pieces.append(shown[i])
        elif token.kind != "sign" or token.text != ",":
            pieces.append(token.text)
    text = "".join(pieces)
    is_whole = rounded == full and any(map(str.isdigit, text))
    return Shown(text, "" if is_whole else plain(stored))


def _fill(whole: str, places: tuple[str, ...], *, is_grouped: bool) -> list[str]:
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
