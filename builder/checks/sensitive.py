"""What of a text may not be published as it is: persons' numbers, and words of secrecy.

Numbers are believed by more than their length: an identity number by its place, its date and
its check digit (GB 11643), a bank card by its issuer and check digit (Luhn), a telephone by how
its digits are grouped. Words are told from the everyday ones that contain them. Both lists
are held to `tests/data/sensitive.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from builder.checks.folding import Folded, folded

_GAP = r"[ \-.·*()]{0,3}"
_PROVINCES = "1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]"
# What every number and word below has something of: most texts have nothing of it.
_WORTH_A_LOOK = re.compile(r"[密内得禁勿宜此微@＠]|(?:\d[^\d]*){4}|[qｑQＱ]|at", re.IGNORECASE)
_UNIT = "[元万亿吨]|平方|立方|公里|人次"
_TOLD = r"(?:号码?|为|是|[:(（])*"  # between what a number is called and the number


@dataclass(frozen=True, slots=True)
class Sensitive:
    """A stretch of a text (`start`, `end`: indexes of its characters) and what it is.

    That is a sort of number, or, where `is_secret`, a word of secrecy as it reads.
    """

    start: int
    end: int
    what: str
    is_secret: bool


def sensitive(text: str) -> list[Sensitive]:
    """Everything of that kind in a text, in order; of two that overlap the earlier one."""
    if not _WORTH_A_LOOK.search(text):
        return []
    plain = folded(text)
    bare = plain.without_gaps()
    found = [*_numbers(plain), *_secrets(bare)]
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Sensitive] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _numbers(plain: Folded) -> Iterator[Sensitive]:
    for what, pattern, is_meant in _NUMBERS:
        for match in pattern.finditer(plain.text):
            start, end = match.span("number")
            number = re.sub(r"[ \-.·_/()]", "", match["number"])
            if is_meant(match["number"], number):
                yield Sensitive(*plain.origin(start, end), what, is_secret=False)


def _secrets(bare: Folded) -> Iterator[Sensitive]:
    for match in _SECRET.finditer(bare.text):
        yield Sensitive(*bare.origin(*match.span()), match[0], is_secret=True)


def _is_day(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= 1900
    except ValueError:
        return False


def _is_identity(_: str, number: str) -> bool:
    if not re.match(_PROVINCES, number):
        return False
    if len(number) == 15:
        return _is_day(f"19{number[6:12]}")
    if not _is_day(number[6:14]):
        return False
    weights = (pow(2, 17 - place, 11) for place in range(17))
    total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))
    # A wrong check digit may be a slip; in codes that end so it is a day of our years.
    is_checked = "10X98765432"[total % 11] == number[-1].upper()
    return is_checked or int(number[6:10]) in range(1920, 2010)


def _is_dated(_: str, number: str) -> bool:
    """Called an identity number: a slip in its check digit makes it none the less one."""
    return re.match(_PROVINCES, number) is not None and _is_day(number[6:14])


def _is_card(written: str, number: str) -> bool:
    groups = _groups(written)
    if "." in written or any(size < 4 for size in groups[:-1]):
        return False  # figures of a table
    digits = [int(digit) for digit in reversed(number)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0 and len(set(number)) > 2


# How people group the eleven digits of a mobile number.
_GROUPED = frozenset(
    ((11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 3, 4), (5, 6), (3, 2, 2, 2, 2), (1,) * 11)
)


def _is_mobile(written: str, _: str) -> bool:
    groups = _groups(re.sub(r"^(?:\+|00)?86(?=[ \-(]*1)", "", written))
    is_amount = written.count(".") == 1 and len(groups) == 2
    return groups in _GROUPED and not is_amount


def _is_masked(written: str, _: str) -> bool:
    """Eleven signs as of a telephone, whichever of them are hidden."""
    return len(written) == 11 and sum(map(str.isdecimal, written)) >= 5


def _groups(written: str) -> tuple[int, ...]:
    return tuple(len(group) for group in re.findall("[0-9]+", written))


def _always(*_: str) -> bool:
    return True


_Number = tuple[str, re.Pattern[str], Callable[[str, str], bool]]


def _number(what: str, pattern: str, is_meant: Callable[[str, str], bool] = _always) -> _Number:
    """Looked for at every place, so that digits before it cannot hide a number."""
    return what, re.compile(f"(?={pattern})", re.IGNORECASE), is_meant


def _spaced(first: str, count: str) -> str:
    return f"{first}(?:{_GAP}[0-9]){count}"


_MAIL_HOSTS = (
    r"(?:vip\.)?(?:qq|163|126|139|188|189|sina|sohu|foxmail|yeah|aliyun|tom|21cn|wo|gmail|hotmail|"
    r"outlook|live|msn|icloud|yahoo|proton(?:mail)?)\.(?:com|net|cn|me)"
)
_IDENTITY = rf"{_spaced('[1-8]', '{16}')}{_GAP}[0-9x]"
_MOBILE = rf"(?:(?:\+|00)?86[ \-]*\(?)?1{_GAP}[3-9](?:{_GAP}[0-9]){{9}}"
_AREA, _LINE = "(?:10|2[0-9]|[3-9][0-9]{2})", r"[2-8][0-9]{2,3}[ \-.]?[0-9]{4}"
_ABROAD = rf"(?:\+|00)86[ \-.]*\(?0?{_AREA}[) \-.]{{0,3}}|86[ \-]?{_AREA}-"
_CARD = f"{_spaced('6', '{15,18}')}|{_spaced('[3-5]', '{15}')}|{_spaced('9', '{18}')}"
_NUMBERS: tuple[_Number, ...] = (
    _number("身份证号码", rf"(?<![0-9])(?P<number>{_IDENTITY})(?![0-9x])", _is_identity),
    _number(
        "身份证号码",
        rf"(?<![0-9])(?P<number>{_spaced('[1-8]', '{14}')})(?![0-9x])",
        _is_identity,
    ),
    _number("身份证号码", rf"证件?{_TOLD} *(?P<number>{_IDENTITY})(?![0-9x])", _is_dated),
    _number(
        "身份证号码",
        r"(?<![0-9])(?P<number>[1-8][0-9]{5}(?:[0-9]{4}|[0-9]{8})?[*×x]{4,12}"
        r"(?:[0-9]{3,4}|[0-9]{3}x)?)(?![0-9*])",
    ),
    _number(
        "电话号码",
        rf"(?<![0-9])(?P<number>{_MOBILE})(?![0-9]|\.[0-9]|,[0-9]{{3}}|[(]?(?:{_UNIT}))",
        _is_mobile,
    ),
    _number(
        "电话号码",
        r"(?<![0-9])(?P<number>1[3-9](?:[0-9][ \-]*[*×x•●.]{3,8}|[*×x•●]{5,7})[ \-]*"
        r"[0-9]{2,4})(?![0-9])",
    ),
    _number(
        "电话号码",
        r"(?<![0-9])(?P<number>1[3-9][0-9]{0,6}[*×x•●○□■#?_]{3,8}[0-9]{0,4})(?![0-9*×x•●○□■#?_])",
        _is_masked,
    ),
    _number(
        "电话号码",
        rf"(?<![0-9])(?<![0-9]\.)(?P<number>(?:{_ABROAD}|\(0{_AREA}\)[ \-]*|0{_AREA}[ \-./]{{1,3}})"
        rf"{_LINE})(?![0-9]|\.[0-9])",
    ),
    _number(
        "电话号码",
        rf"(?:电话|手机|热线|传真|座机|联系方式|tel|phone){_TOLD} *"
        rf"(?P<number>(?:0{_AREA})?{_LINE})(?![0-9]|{_UNIT}|次)",
    ),
    _number("银行卡号", rf"(?<![0-9])(?P<number>{_CARD})(?![0-9])", _is_card),
    _number(
        "银行账号",
        rf"(?:卡|(?:银行|开户|收款|结算)[账帐](?:号|户)){_TOLD} *"
        r"(?P<number>[0-9](?:[ \-]?[0-9]){11,29})(?![0-9])",
    ),
    _number(
        "个人邮箱",
        r"(?<![a-z0-9.+_-])(?P<number>[a-z0-9][a-z0-9.+_-]* *(?:@|[(\[]at[)\]]) *"
        rf"{_MAIL_HOSTS})(?![a-z0-9-])",
    ),
    _number(
        "QQ 号或微信号",
        rf"qq(?:群|号){{0,2}}{_TOLD} *(?P<number>[1-9][0-9]{{4,10}})(?![0-9@.])",
    ),
    _number("QQ 号或微信号", rf"微信(?:同?号{_TOLD}|:) *(?P<number>[a-z0-9][a-z0-9_-]{{5,19}})"),
)

# Everyday words in which a word of secrecy stands by chance, or that say there is no secret.
_DENIED = "(?<![不非未无])(?<!不涉及)(?<!未涉及)(?<!无涉及)(?<!不属于)(?<!不含)"
_UNKEPT = (
    "技术|工作|检查|宣传|教育|培训|局|办|委|法|协议|承诺|制度|设备|设施|(?:文件|档案)?柜|(?:会议)?室|机|测评|管理|意识|责任|防护|审查|系统|"
    "监管|条例|规定|纪律|知识|行政|科技|测试|自查|专网|措施|性|率|度|要求|义务|工程|资质|资格|安全|条款|能力|教材|"
    "产品|经费|业务|队伍|体系|建设|和|与|及|、"
)
_SECRET = re.compile(
    "|".join(
        (
            "[绝机秘]密[★☆]",
            "(?<![拒杜隔])绝密(?![码集切封闭])",
            "(?<![算手随飞电待时])机密(?![码钥封度集性闭])",
            "秘密级|密级[:为是]?[绝机秘]密",
            f"{_DENIED}涉密(?!以外)",
            f"{_DENIED}(?<!保守)国家秘密(?!法|载体)",
            f"{_DENIED}(?<!保护)(?<!侵犯)商业秘密(?!保护)",
            f"{_DENIED}工作秘密",
            f"(?<![不非无])保密(?!{_UNKEPT})",
            "内部(?:资料(?!性)|文件|材料(?!成本)|刊物|传阅|掌握|使用(?!面积)|参考|发行)",
            "(?:不得|严禁|请勿|禁止|切勿)(?:对?外传|外泄|扩散|转发|(?:对外)?公开(?!招标))",
            "不宜(?:对外)?公开|此件不予?公开",
        )
    )
)
