"""年度指标值 and 实际完成值 as authors write them, understood.

Real forms write `=100(%)`, `≧90%`, `98%以上`, `不少于12种`, `5-10个`, `2024年12月底前`,
`及时`; and `81(次)`, `200余人`, `达成指标`, `0起`, `/`. A text is read as far as it is
certain; what is not certain stays text, and scoring then asks the author for a 得分.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import prod


class Comparator(StrEnum):
    """How a target binds its value."""

    AT_LEAST = "≥"
    MORE = ">"
    AT_MOST = "≤"
    LESS = "<"
    EQUAL = "="


@dataclass(frozen=True, slots=True)
class Bound:
    """A quantitative target: comparator, value, unit. `written` is False for a bare `116次`."""

    comparator: Comparator
    value: Decimal
    unit: str
    written: bool = True

    @property
    def is_upper(self) -> bool:
        """Whether less is better (反向指标)."""
        return self.comparator in (Comparator.AT_MOST, Comparator.LESS)

    def met_by(self, actual: Decimal) -> bool:
        """Whether `actual` reaches the target; `=0` asks for zero, any other `=` is a floor.

        That an over-achieved `=` target is met is what deployed systems compute (domain note
        1.3, 等于).
        """
        match self.comparator:
            case Comparator.MORE:
                return actual > self.value
            case Comparator.LESS:
                return actual < self.value
            case Comparator.AT_MOST:
                return actual <= self.value
            case Comparator.EQUAL if self.value == 0:
                return actual <= 0
        return actual >= self.value


@dataclass(frozen=True, slots=True)
class Range:
    """A target between two bounds, both included."""

    low: Decimal
    high: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date, as far as it was written: the year and the month's day may be missing."""

    year: int | None
    month: int | None
    day: int | None

    def last_day(self, default_year: int) -> date:
        """The last day that the text still covers (2月29日 of a common year: the 28th)."""
        year, month = self.year or default_year, self.month or 12
        last = calendar.monthrange(year, month)[1]
        return date(year, month, min(self.day or last, last))

    def first_day(self, default_year: int) -> date:
        """The first day that the text covers."""
        return date(self.year or default_year, self.month or 1, self.day or 1)


@dataclass(frozen=True, slots=True)
class Quality:
    """A qualitative target: a state in words."""

    text: str


Target = Bound | Range | Deadline | Quality


@dataclass(frozen=True, slots=True)
class Amount:
    """A measured result. `approximate` for 约/余/左右; `comparator` if one was copied along."""

    value: Decimal
    unit: str
    approximate: bool = False
    comparator: Comparator | None = None


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """`/`, `无`, `—`: nothing was measured."""

    text: str


Result = Amount | Deadline | NotApplicable | Quality

NOTHING = frozenset({"无", "/", "-", "—", "——", "不适用", "未涉及"})

_DASHES = str.maketrans("−‐‑―〜∼", "---—~~")
LONGEST = 50  # characters; a longer text is prose, whatever figures it holds
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,10})?|[0-9]{1,15}(?:\.[0-9]{1,10})?"
_SIGNS = {
    "≥": Comparator.AT_LEAST, "≧": Comparator.AT_LEAST, ">=": Comparator.AT_LEAST,
    "⩾": Comparator.AT_LEAST, "=>": Comparator.AT_LEAST,
    "大于等于": Comparator.AT_LEAST, "大于或等于": Comparator.AT_LEAST,
    "不得少于": Comparator.AT_LEAST, "不得低于": Comparator.AT_LEAST,
    "不少于": Comparator.AT_LEAST, "不低于": Comparator.AT_LEAST, "不小于": Comparator.AT_LEAST,
    "至少": Comparator.AT_LEAST, "达到": Comparator.AT_LEAST,
    "≤": Comparator.AT_MOST, "≦": Comparator.AT_MOST, "<=": Comparator.AT_MOST,
    "⩽": Comparator.AT_MOST, "=<": Comparator.AT_MOST,
    "小于等于": Comparator.AT_MOST, "小于或等于": Comparator.AT_MOST,
    "不得超过": Comparator.AT_MOST, "不得高于": Comparator.AT_MOST,
    "不超过": Comparator.AT_MOST, "不高于": Comparator.AT_MOST, "不多于": Comparator.AT_MOST,
    "不大于": Comparator.AT_MOST, "至多": Comparator.AT_MOST, "控制在": Comparator.AT_MOST,
    "大于": Comparator.MORE, "超过": Comparator.MORE, "高于": Comparator.MORE,
    "多于": Comparator.MORE, ">": Comparator.MORE,
    "小于": Comparator.LESS, "低于": Comparator.LESS, "少于": Comparator.LESS,
    "<": Comparator.LESS,
    "=": Comparator.EQUAL, "═": Comparator.EQUAL, "==": Comparator.EQUAL,
}  # fmt: skip
_ENDINGS = {
    "及以上": Comparator.AT_LEAST,
    "以上": Comparator.AT_LEAST,
    "及以下": Comparator.AT_MOST,
    "以下": Comparator.AT_MOST,
    "以内": Comparator.AT_MOST,
    "之内": Comparator.AT_MOST,
    "内": Comparator.AT_MOST,
}
_SIGN = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
_ENDING = "|".join(sorted(_ENDINGS, key=len, reverse=True))
_MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
# 百万, 千万 and 万亿 are products; 百分点 is no hundred.
_MAGNITUDE = r"[十百千]?(?:万亿|[万亿])|[百千](?!分)"
# 次, %, 元/人, m2 (what NFKC makes of ㎡), 台(套); but not the (含) of 80%(含)
_UNIT = (
    r"[^0-9<>≥≤=+,，。；;、()（）.~\-\s]{0,8}?(?:m[23])?"
    r"(?:/[^0-9\s()（）]{1,6})?(?:\((?!含)[^()0-9\s]{1,6}\))?"
)
_QUANTITY = re.compile(
    r"(?!(?:19|20)[0-9]{2}年)"  # 2024年第三季度前 is a date that we cannot read
    rf"(?P<sign>{_SIGN})?\s*(?P<about>约|大约|近)?\s*(?P<number>-?(?:{_NUMBER}))\s*"
    rf"(?P<more>余|多|几)?(?P<magnitude>{_MAGNITUDE})?(?P<more2>余|多)?\s*"
    rf"(?:\((?P<bracketed>[^()]{{0,10}})\)|(?P<unit>{_UNIT}))"
    rf"(?P<around>左右)?(?:\((?:含)\))?(?P<ending>{_ENDING})?"
)
_RANGE = re.compile(
    r"(?!(?:19|20)[0-9]{2}年)(?:=|控制在)?\s*"
    rf"(?P<low>-?(?:{_NUMBER}))\s*(?P<low_magnitude>{_MAGNITUDE})?\s*"
    rf"(?:\((?P<low_bracketed>[^()]{{0,10}})\)|(?P<low_unit>{_UNIT}))\s*(?:-|~|–|—|至|到)\s*"
    rf"(?P<high>{_NUMBER})\s*(?P<magnitude>{_MAGNITUDE})?\s*"
    rf"(?:\((?P<bracketed>[^()]{{0,10}})\)|(?P<unit>{_UNIT}))"
    r"(?:以内|之内|之间)?"
)
_DATE = re.compile(
    r"(?:于|在)?(?:(?P<year>(?:19|20)[0-9]{2})\s*(?:年度?|[-/.](?=[0-9])))?\s*"
    r"(?:(?P<month>1[0-2]|0?[1-9])\s*(?:月份?|[-/.](?=[0-9])))?"
    r"(?:\s*(?P<day>3[01]|[12][0-9]|0?[1-9])\s*[日号]?)?\s*"
    r"(?:底|末)?(?:之?前|以前)?(?:(?:按时)?(?:全部)?完成|竣工|完工|交付|验收)?"
)
_ISO = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})[-/](?P<month>[0-9]{1,2})(?:[-/](?P<day>[0-9]{1,2}))?"
)


def normalized(text: str) -> str:
    """A target or result with full-width digits, signs and brackets made half-width.

    NFKC turns `％` into `%`, `＝` and `﹦` into `=`, `（` into `(`; of the dashes and waves that
    input methods offer it leaves some as they are.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return plain.strip().rstrip("。;；")


def read_target(text: str, *, qualitative: bool | None = None) -> Target:
    """Understand a 年度指标值; `qualitative` is the author's own word on it (类型), if given."""
    plain = re.sub(rf"^\(({_SIGN})\)", r"\1", normalized(text))  # (≤)3%
    if qualitative or len(plain) > LONGEST:
        return Quality(text.strip())
    deadline = _read_deadline(plain)
    if deadline:
        return deadline
    span = _read_range(plain)
    if span:
        return span
    quantity = _QUANTITY.fullmatch(plain)
    if quantity and not quantity["about"] and not _is_vague(quantity):
        sign, ending = quantity["sign"], quantity["ending"]
        comparator = _SIGNS[sign] if sign else _ENDINGS.get(ending or "", Comparator.EQUAL)
        amount = _amount(quantity)
        return Bound(comparator, amount.value, amount.unit, written=bool(sign or ending))
    return Quality(text.strip())


def read_result(text: str) -> Result:
    """Understand a 实际完成值."""
    plain = normalized(text)
    if plain in NOTHING:
        return NotApplicable(plain)
    if len(plain) > LONGEST:
        return Quality(text.strip())
    deadline = _read_deadline(plain)
    if deadline:
        return deadline
    quantity = _QUANTITY.fullmatch(plain.removeprefix("共").removeprefix("已完成"))
    if quantity:
        return _amount(quantity)
    return Quality(text.strip())


def _is_vague(quantity: re.Match[str]) -> bool:
    return bool(quantity["more"] or quantity["more2"] or quantity["around"])


def _read_range(plain: str) -> Range | None:
    """Two bounds of one unit, where it is certain which; the first may leave unit and 万 to the
    second (5-10万元), and a unit alone says that there is no 万 (5000元-1万元)."""
    found = _RANGE.fullmatch(plain)
    if not found:
        return None
    low_scale, low_unit = _measure(
        found["low_magnitude"], found["low_bracketed"], found["low_unit"]
    )
    scale, unit = _measure(found["magnitude"], found["bracketed"], found["unit"])
    if low_unit and unit and low_unit != unit:
        return None
    shared = not low_unit and low_scale == 1
    low = _number(found["low"]) * (scale if shared else low_scale)
    high = _number(found["high"]) * scale
    return Range(low, high, unit or low_unit) if low <= high else None


def _amount(quantity: re.Match[str]) -> Amount:
    scale, unit = _measure(quantity["magnitude"], quantity["bracketed"], quantity["unit"])
    sign, ending = quantity["sign"], quantity["ending"]
    comparator = _SIGNS[sign] if sign else _ENDINGS.get(ending or "")
    approximate = bool(quantity["about"]) or _is_vague(quantity)
    return Amount(_number(quantity["number"]) * scale, unit, approximate, comparator)


def _measure(magnitude: str | None, bracketed: str | None, unit: str | None) -> tuple[int, str]:
    """What a number is multiplied by, and its unit: 万 may stand in the brackets, too."""
    unit = (unit if bracketed is None else bracketed) or ""
    unit = unit.strip()
    inside = None if magnitude else re.match(_MAGNITUDE, unit)
    if inside:
        magnitude, unit = inside[0], unit[inside.end() :].lstrip()
    return prod(_MAGNITUDES[sign] for sign in magnitude or ""), unit


def _number(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _read_deadline(plain: str) -> Deadline | None:
    found = _ISO.fullmatch(plain) or _DATE.fullmatch(plain)
    if not found or not plain:
        return None
    year, month, day = found["year"], found["month"], found["day"]
    # `15日` may be a duration, `3.5` a number and `2019` a count: a date has its month
    # with 月 or behind a year, or is a year with 年.
    if not (month and (year or "月" in plain)) and not (year and "年" in plain and not day):
        return None
    deadline = Deadline(
        int(year) if year else None, int(month) if month else None, int(day) if day else None
    )
    try:
        deadline.first_day(2024)
    except ValueError:
        return None
    return deadline
