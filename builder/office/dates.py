"""Days and times that a spreadsheet stores as the number of days since its beginning."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from builder.office.formats import Section

_DAY: Final = 86_400
_LAST: Final = 2_958_465  # 9999-12-31
_MONTHS: Final = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
_FULL: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS: Final = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_HAN: Final = "〇一二三四五六七八九"


def show(value: Decimal, section: Section, *, is_1904: bool) -> str | None:
    """A number of days in a section that shows dates; None where no spreadsheet would."""
    if not 0 <= value <= _LAST + 1:
        return None
    parts = [token.text for token in section.tokens if token.kind in ("date", "elapsed")]
    digits = max((len(part.partition(".")[2]) for part in parts), default=0)
    seconds = (value * _DAY).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    if seconds >= (_LAST + 1) * _DAY:
        return None
    days, rest = divmod(seconds, _DAY)
    day = _day(int(days), is_1904=is_1904)
    is_noon = any(token.kind == "noon" for token in section.tokens)
    shown = []
    for index, token in enumerate(section.tokens):
        text = token.text
        if token.kind == "date":
            if text[0] == "m" and _is_minute(section, index):
                text = _padded(int(rest) // 60 % 60, text)
            elif text[0] in "hs":
                text = _time(rest, text, is_noon=is_noon)
            else:
                text = _date(day, text, is_han=section.numerals == "1")
        elif token.kind == "elapsed":
            text = _padded(int(seconds) // {"h": 3600, "m": 60, "s": 1}[text[0]], text)
        elif token.kind == "noon":
            text = text.split("/")[rest >= _DAY // 2]
        shown.append(text)
    return "".join(shown)


def _day(days: int, *, is_1904: bool) -> tuple[int, int, int, int]:
    """Year, month, day and weekday (0 is Monday) of a serial number."""
    if is_1904:
        found = date(1904, 1, 1) + timedelta(days)
    elif days > 60:
        found = date(1899, 12, 30) + timedelta(days)
    elif days == 60:
        return 1900, 2, 29, 2  # a day that only spreadsheets have
    elif days == 0:
        return 1900, 1, 0, 5
    else:
        found = date(1899, 12, 31) + timedelta(days)
    return found.year, found.month, found.day, found.weekday()


def _is_minute(section: Section, index: int) -> bool:
    """Whether `m` at this place stands beside hours or seconds."""
    times = [i for i, token in enumerate(section.tokens) if token.kind in ("date", "elapsed")]
    at = times.index(index)
    before = section.tokens[times[at - 1]].text if at else ""
    after = section.tokens[times[at + 1]].text if at + 1 < len(times) else ""
    return len(section.tokens[index].text) < 3 and (before[:1] == "h" or after[:1] == "s")


def _time(rest: Decimal, text: str, *, is_noon: bool) -> str:
    if text[0] == "h":
        hour = int(rest) // 3600
        return _padded((hour - 1) % 12 + 1 if is_noon else hour, text)
    places, _, digits = text.partition(".")
    second = _padded(int(rest) % 60, places)
    return f"{second}.{f'{rest % 1:f}'[2:]}" if digits else second


def _date(day: tuple[int, int, int, int], text: str, *, is_han: bool) -> str:
    year, month, number, weekday = day
    kind, length = text[0], len(text)
    if kind == "a":
        return ("星期" if length > 3 else "") + "一二三四五六日"[weekday]
    if kind in "ye":
        shown = f"{year:04d}" if length > 2 or kind == "e" else f"{year % 100:02d}"
        return "".join(_HAN[int(digit)] for digit in shown) if is_han else shown
    if kind == "m" and length > 2:
        names = {3: _MONTHS[month - 1], 5: _MONTHS[month - 1][0]}
        return names.get(length, _FULL[month - 1])
    if kind == "d" and length > 2:
        return _DAYS[weekday][: 3 if length == 3 else None]
    count = month if kind == "m" else number
    return counted(count) if is_han else _padded(count, text)


def counted(count: int) -> str:
    """A number below 100 in Chinese numerals."""
    tens, ones = divmod(count, 10)
    if not tens:
        return _HAN[ones]
    return ("" if tens == 1 else _HAN[tens]) + "十" + (_HAN[ones] if ones else "")


def _padded(count: int, text: str) -> str:
    return f"{count:0{min(len(text), 2)}d}"
