"""年度指标值 and 实际完成值 as authors write them, understood.

Real forms write `=100(%)`, `≧90%`, `98%以上`, `不少于12种`, `5-10个`, `每亩300元`, `及时`, `—`;
and `81(次)`, `200余人`, `达成指标`, `0起`, `/`. A text is read as far as it is certain; what is
not certain stays text, and scoring then asks the author for a 得分.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from builder.scoring.dates import read_deadline
from builder.scoring.target import (
    NOTHING,
    Amount,
    Bound,
    Comparator,
    NotApplicable,
    Quality,
    Range,
    Result,
    Target,
    times,
)

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
    "等于": Comparator.EQUAL, "=": Comparator.EQUAL, "═": Comparator.EQUAL, "==": Comparator.EQUAL,
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
# 百万, 千万 and 万亿 are products; 百分点 is no hundred.
_MAGNITUDE = r"[十百千]?(?:万亿|[万亿])|[百千](?!分)"
# 次, %, 元/人, 次/10万公顷, m2 (what NFKC makes of ㎡), 台(套); but not the (含) of 80%(含)
_PER = r"/(?:(?<![0-9]/)(?:10{2,6}|10{0,3}[百千万亿]))?[^0-9\s()（）]{1,6}"
_UNIT = (
    r"[^0-9<>≥≤=+,，。；;、()（）.~\-\s]{0,8}?(?:m[23])?"
    rf"(?:{_PER})?(?:\((?!含)[^()0-9\s]{{1,6}}\))?"
)
_SAME_UNIT = {"百分比": "%"}
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
# 每亩300元, 不超过每人每天50元. 每年 and its like stand with totals as often as with shares.
_EACH = re.compile(
    rf"(?P<sign>{_SIGN})?每(?!小时|分钟|星期|学期)(?P<one>[^\W\d_每约近年月季旬周天日夜]{{1,4}}?)"
    rf"(?:每(?P<time>[年月天日]))?(?=(?:{_SIGN})?(?:大?约|近)?\s*[0-9])"
)
_SHARE = re.compile(r"(?<=[%‰])\((?:共|计)?[0-9][^()%‰]{0,15}\)$")  # 100%(1000件), 95%(190/200)

# 已完成50次, 全年累计50次, 达到95%: what was reached, not the sign of a target.
_DONE = re.compile(
    r"(?:全年|本年度?|实际|[已共]|累计|合计|总计|总共|一共)*(?:完成|达到?)?(?:了|[为:])?(?=[0-9约近-])"
)

_NO_TARGET = re.compile(r"(?:本?项目)?(?:不适用|[不未]涉及)(?:于?[此本该]项?(?:指标|项目))?")


def normalized(text: str) -> str:
    """A target or result with full-width digits, signs and brackets made half-width.

    NFKC turns `％` into `%`, `＝` and `﹦` into `=`, `（` into `(`; of the dashes and waves that
    input methods offer it leaves some as they are.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return plain.strip().rstrip("。;；")


def read_target(text: str, *, qualitative: bool | None = None) -> Target:
    """Understand a 年度指标值; `qualitative` is the author's own word on it (类型), if given."""
    plain = re.sub(rf"^[(\[【]({_SIGN})[)\]】]", r"\1", normalized(text))  # (≤)3%
    if qualitative or len(plain) > LONGEST:
        return Quality(text.strip())
    if plain in NOTHING or _NO_TARGET.fullmatch(plain):
        return NotApplicable(plain)
    deadline = read_deadline(plain)
    if deadline:
        return deadline
    span = _read_range(plain)
    if span:
        return span
    amount = _read_amount(plain)
    if amount and not amount.approximate:
        comparator = amount.comparator or Comparator.EQUAL
        written = amount.comparator is not None
        return Bound(comparator, amount.value, amount.unit, written, amount.magnitude)
    return Quality(text.strip())


def read_result(text: str) -> Result:
    """Understand a 实际完成值."""
    plain = normalized(text)
    if plain in NOTHING:
        return NotApplicable(plain)
    if len(plain) > LONGEST:
        return Quality(text.strip())
    deadline = read_deadline(plain)
    if deadline:
        return deadline
    amount = _read_amount(_DONE.sub("", plain))
    return amount or Quality(text.strip())


def _read_range(plain: str) -> Range | None:
    """Two bounds of one unit, where it is certain which; the first may leave unit and 万 to the
    second (5-10万元), and a unit alone says that there is no 万 (5000元-1万元)."""
    plain, each = _without_each(plain)
    found = _RANGE.fullmatch(plain)
    if not found:
        return None
    low_magnitude, low_unit = _measure(
        found["low_magnitude"], found["low_bracketed"], found["low_unit"]
    )
    magnitude, unit = _measure(found["magnitude"], found["bracketed"], found["unit"])
    if low_unit and unit and low_unit != unit:
        return None
    shared = not low_unit and not low_magnitude
    low = _number(found["low"]) * times(magnitude if shared else low_magnitude)
    high = _number(found["high"]) * times(magnitude)
    return Range(low, high, (unit or low_unit) + each, magnitude) if low <= high else None


def _read_amount(plain: str) -> Amount | None:
    plain, each = _without_each(plain)
    quantity = _QUANTITY.fullmatch(_SHARE.sub("", plain))
    if not quantity:
        return None
    magnitude, unit = _measure(quantity["magnitude"], quantity["bracketed"], quantity["unit"])
    sign, ending = quantity["sign"], quantity["ending"]
    comparator = _SIGNS[sign] if sign else _ENDINGS.get(ending or "")
    vague = quantity["about"] or quantity["more"] or quantity["more2"] or quantity["around"]
    value = _number(quantity["number"]) * times(magnitude)
    return Amount(value, unit + each, bool(vague), comparator, magnitude)


def _without_each(plain: str) -> tuple[str, str]:
    """每亩不低于300元 as 不低于300元, and what its unit ends in: /亩."""
    each = _EACH.match(plain)
    if not each:
        return plain, ""
    time = f"/{each['time']}" if each["time"] else ""
    return (each["sign"] or "") + plain[each.end() :], f"/{each['one']}{time}"


def _measure(magnitude: str | None, bracketed: str | None, unit: str | None) -> tuple[str, str]:
    """The magnitude of a number and its unit: 万 may stand in the brackets, too."""
    unit = (unit if bracketed is None else bracketed) or ""
    unit = unit.strip()
    inside = None if magnitude else re.match(_MAGNITUDE, unit)
    if inside:
        magnitude, unit = inside[0], unit[inside.end() :].lstrip()
    return magnitude or "", _SAME_UNIT.get(unit, unit)


def _number(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))
