"""Dates and spans of time as forms write them: `2024年12月底前`, `2023.07-2024.01`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from builder.scoring.target import Deadline

_YEAR, _MONTH, _DAY = "(?:19|20)[0-9]{2}", "1[0-2]|0?[1-9]", "3[01]|[12][0-9]|0?[1-9]"
_AROUND = r"(?:底|末)?(?:之?前|以前)?(?:(?:按时)?(?:全部)?完成|竣工|完工|交付|验收)?"
_BEFORE = r"(?:于|在|不[晚迟]于)?"
_WORDS = re.compile(
    rf"{_BEFORE}(?:(?P<year>{_YEAR})\s*年度?)?\s*"
    rf"(?:(?P<month>{_MONTH})\s*(?:月份?|[/.](?=[0-9])))?"
    rf"(?:\s*(?P<day>{_DAY})\s*[日号]?)?\s*{_AROUND}"
)
_FIGURES = re.compile(
    rf"{_BEFORE}(?P<year>{_YEAR})(?P<sign>[-/.])(?P<month>{_MONTH})"
    rf"(?:(?P=sign)(?P<day>{_DAY})\s*[日号]?|\s*月份?)?\s*{_AROUND}"
)
_BETWEEN = re.compile(r"\s*[-~–—至到]\s*")


def read_deadline(plain: str) -> Deadline | None:
    """The date in a normalized text, or the end of the span of time; None for any other text."""
    return _date(plain) or _span(plain.removeprefix("自").removeprefix("从"))


def _date(plain: str) -> Deadline | None:
    found = _FIGURES.fullmatch(plain) or _WORDS.fullmatch(plain)
    if not found:
        return None
    year, month, day = found["year"], found["month"], found["day"]
    # `15日` may be a duration, `3.5` a number and `2019` a count: a date has its month
    # with 月 or behind a year, or is a year with 年.
    if not (month and (year or "月" in plain)) and not (year and "年" in plain and not day):
        return None
    deadline = Deadline(
        int(year) if year else None, int(month) if month else None, int(day) if day else None
    )
    return deadline if _is_possible(deadline) else None


def _is_possible(deadline: Deadline) -> bool:
    try:
        deadline.first_day(2024)
    except ValueError:
        return False
    return True


def _span(plain: str) -> Deadline | None:
    """The end of `2023年7月至12月`, where two dates in order can be read in one way only."""
    found = set()
    for sign in _BETWEEN.finditer(plain):
        for first, last in _ends(plain[: sign.start()], plain[sign.end() :]):
            whole = replace(last, year=last.year or first.year)
            year = whole.year or 2024
            if first.first_day(year) <= whole.last_day(year):
                found.add(replace(whole, begins=first.year or whole.year))
    return found.pop() if len(found) == 1 else None


def _ends(first: str, last: str) -> Iterator[tuple[Deadline, Deadline]]:
    """Two dates; what both have in common may stand with one of them: 年, 月 or the year."""
    begin, end = _date(first), _date(last)
    if not begin and end:  # 2024年6-8月, 2023-2024年
        begin = _date(f"{first}年" if end.month is None else f"{first}月")
    if not begin:
        return
    if not end and begin.day is None and begin.month:  # 2024.1-12
        end = _date(f"{last}月") if re.fullmatch(_MONTH, last) else None
    elif not end and begin.day:  # 6月1日-15日, 2024.7.1-8.31
        end = _date(f"{begin.month}月{last}") if last[-1:] in ("日", "号") else None
        end = end or _date(f"{begin.year or 2024}.{last}")
        end = replace(end, year=None) if end else None
    if end:
        yield begin, end
