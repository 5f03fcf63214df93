"""Cause and measure of a deviation, told apart.

Most forms have one cell for both (偏差原因分析及改进措施). What stands there is divided by what
its author says: by a label (改进措施：…), else at the first sentence, or clause, that speaks of
what is to come (下一步将…, 今后…, 2025年拟…) or begins with what is to be done (加强…). It is a
reading, not a fact: whoever shows it says that the text was divided.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from builder.scoring.deviation import reason_of

_NUMBER = "(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})"
_ORDINAL = rf"(?:[（(]?{_NUMBER}[、.．)）]|[①-⑳]|[一二三四五六]是)?\s*"
_COLON = r"[】\]》”*_]*[:：][*_]*\s*"
_WHAT = r"(?:偏差|差异|未完成|未达标|主要|具体|存在的?|产生的?|造成的?){0,3}"
_HOW = r"(?:下一?步|今后|拟采取的?)?(?:改进|整改|纠偏|应对|解决|补救|工作){0,2}"
_LABEL = re.compile(
    rf"(?:(?<=[。；;，,、！!\s])|^){_ORDINAL}[*_#【\[《“]*(?:"
    rf"(?P<both>{_WHAT}原因(?:分析)?(?:及|和|与){_HOW}措施)"
    rf"|(?P<measure>{_HOW}(?:措施|办法|打算|计划|建议)|下一?步工作)"
    rf"|(?P<cause>{_WHAT}(?:原因|问题)(?:分析|说明)?)"
    rf"){_COLON}",
    re.MULTILINE,
)
_END = re.compile(r"(?<=[。；;！!\n])")
_CLAUSE = re.compile(r"(?<=[，,])")
_OPENING = rf"^[\s*]*{_ORDINAL}"
_DEED = (
    "(?:进一步|继续|切实|不断|及时)?"
    "(?:加强|加快|加大|强化|完善|健全|细化|压实|督促|优化|改进|提高|提升|做好|抓好|落实|总结经验)"
)
# What is said of these is yet to come, whatever follows.
_SURELY_LATER = re.compile(_OPENING + "(?:在?(?:今后|以后的?工作|接下来)|在?下一?步|为此|对此)")
# These may belong to a cause (下年度才支付) unless something is to be done.
_LATER = re.compile(
    _OPENING + "(?:[在到于]?(?:下一?年度?|明年|次年|来年|后期|后续|20[0-9]{2}年度?)"
    "|针对[^，,。；;]{1,30}[，,])"
    f"[^。；;]{{0,24}}?(?:将|拟|要|应|需|继续|提前|合理|推进|{_DEED})"
)
_WILL = re.compile(
    _OPENING + "(?:[我本][局委院校处所部]门?|[本各]单位|项目单位)?(?:将|拟|计划)(?!近|来|会)"
)
_TO_DO = re.compile(_OPENING + f"(?:要|应|需要?|建议)?{_DEED}")
_WILL_DO = re.compile(f"(?:将|拟|要|应|需要?){_DEED}")
_DONE = re.compile("了|已|后[，,]|使得|导致|未|没有|不够|不足|不到位|无法|节约|不及时")

_FIELD = re.compile(r"改进措施.*|(?!.*原因).*改进措施")

Source = Literal["", "own", "form", "split"]


@dataclass(frozen=True, slots=True)
class Remedy:
    """Why something fell short, and what is done about it; each "" where nothing is said.

    `source` says where the measure is from: a field of its own (`own`), one for the whole form
    (`form`), or a cell with both that was divided (`split`).
    """

    cause: str
    measure: str
    source: Source = ""


def names_measures(label: str) -> bool:
    """Whether a field that only a layout has holds measures, and no reasons beside them."""
    return bool(_FIELD.fullmatch(label))


def told_apart(reason: str | None, own: str = "", whole: str = "") -> Remedy:
    """Cause and measure of one deviation.

    `reason` is the cell of reasons, `own` the measure where the form has a field for that, and
    `whole` what the form says of measures for all its indicators.
    """
    text = reason_of(reason)
    if measure := reason_of(own):
        return Remedy(text, measure, "own")
    cause, measure = _divided(text)
    if measure:
        return Remedy(cause, measure, "split")
    measure = reason_of(whole)
    return Remedy(cause, measure, "form" if measure else "")


def _divided(text: str) -> tuple[str, str]:
    """Cause and measure that stand in one text; "" is not said."""
    labels = list(_LABEL.finditer(text))
    if any(label["measure"] for label in labels):
        return _by_labels(text, labels)
    if labels and labels[0].start() == 0:  # it says what its column says
        text = text[labels[0].end() :]
    at = _turn(text)
    cause, measure = text[:at].rstrip("，, \n"), text[at:].strip()
    return cause if reason_of(cause) else "", measure


def _by_labels(text: str, labels: list[re.Match[str]]) -> tuple[str, str]:
    """What stands behind labels, put together by what they say; the beginning is cause."""
    parts: dict[bool, list[str]] = {False: [text[: labels[0].start()]], True: []}
    ends = [*(label.start() for label in labels[1:]), len(text)]
    for label, end in zip(labels, ends, strict=True):
        parts[bool(label["measure"])].append(text[label.end() : end])
    cause, measure = (
        "\n".join(part.strip().rstrip("；;，,") for part in parts[kind] if reason_of(part))
        for kind in (False, True)
    )
    return cause, measure


def _turn(text: str) -> int:
    """Where the text turns to what is to be done; its length where it does not."""
    start = 0
    for sentence in _END.split(text):
        if _is_measure(sentence):
            return start
        at = start
        for number, clause in enumerate(_CLAUSE.split(sentence)):
            if number and _is_turn(clause, text[at : start + len(sentence)]):
                return at
            at += len(clause)
        start += len(sentence)
    return len(text)


def _is_measure(sentence: str) -> bool:
    """Whether a sentence tells from its beginning of what is to be done."""
    is_to_do = _TO_DO.match(sentence) and not _DONE.search(sentence)
    return bool(is_to_do or _WILL.match(sentence)) or _is_turn("", sentence)


def _is_turn(clause: str, rest: str) -> bool:
    """Whether a clause, with the `rest` of its sentence from there, turns to what is to come."""
    later = _LATER.match(rest)
    is_later = later and not _DONE.search(later[0])
    return bool(is_later or _SURELY_LATER.match(rest) or _WILL_DO.match(clause))
