"""C4: what of the form's own template was left where an answer should stand.

An ordinal in front of a real text (指标1：开展培训) is a published habit and no residue.
"""

from __future__ import annotations

import re

from builder.checks.inspection import Inspection, label_of
from builder.diagnostics import catalogue
from builder.model import Evidence, Report
from builder.text import NAMED, ORDINAL, joined

# ……, XXX, ≥**人, X个: stands for a text or a number that was to be filled in.
_DOTS = r"…+|\.{3,}|。{2,}|_{2,}"
_BLANK = (
    rf"{_DOTS}|(?:[≥≧≤≦><=＞＜＝]{{1,2}}\s?[xX×*＊]{{1,9}}|[xX×*＊]{{2,9}}|[xX×](?=[%％个人次万元]))"
    r"[^\s.,，。；;0-9A-Za-z]{0,4}"
)
_ALONE = re.compile(rf"(?:(?:{NAMED})?\s*(?:{_BLANK})?|(?:{ORDINAL})\s*(?:{_BLANK}))[。；;]?")
_PART = re.compile(rf"(?:{ORDINAL})\s*(?:{_BLANK})")
_ASKED = re.compile(
    r"[（(](?:(?:限|不超过|控制在)\s?[0-9]{2,4}\s?字|[0-9]{2,4}\s?字(?:以内|之内|以下|左右))[）)]|"
    r"[（(]?[≥≧≤≦><=＞＜＝]{1,2}\s?[*×＊]{2,9}[^\s（）()]{0,4}[）)]?"
)
# A sentence that tells what to write, where a text begins with it.
_TOLD = re.compile(
    r"对照年度目标(?:$|[，,]?\s?说明)|结合自评情况[，,]\s?(?:说明|分析)|针对项目自评中发现的问题|"
    r"[（(]?(?:此处|在此处?|请)(?:请|在此处?|如实|简要){0,2}(?:填写|填报|输入)"
    r"(?:$|[：:）)]|[本该此]|项目|内容|相关|实际|具体|目标)|"
    r"(?:不超过)?[0-9]{2,4}\s?字(?:以内|之内)$|待(?:填写?|补充|定)$"
)
# What all of the above has something of, and most texts have nothing of.
_WORTH_A_LOOK = re.compile(r"指标|目标|任务|字|填|输入|待|结合|针对|…|\.\.|。。|__|[xX×*＊]")
_APART = re.compile(r"[。；;\n]")
_SHORT = 20

# Of a choice like 优/良/中/差 nothing was chosen.
_CHOICES = frozenset(
    {"好坏", "优良中差", "优良中低差", "高中低", "是否", "有无", "达成部分达成未达成"}
)


def residue(text: str) -> str:
    """What of a template stands in a text instead of an answer, `""` where all is the author's."""
    bare = joined(text) if _WORTH_A_LOOK.search(text) else ""
    if not bare or _ALONE.fullmatch(bare):
        return bare
    found = _TOLD.match(bare) or _ASKED.search(bare)
    parts = [part.strip() for part in _APART.split(bare)]
    if found:
        return found[0]
    if all(_ALONE.fullmatch(part) for part in parts):
        return bare[:_SHORT]
    return next((part for part in parts if _PART.fullmatch(part)), "")


def is_choice(text: str) -> bool:
    """Whether a text lists all that could be chosen (优/良/中/差)."""
    return len(text) < _SHORT and re.sub(r"[\s/／、，,|；;]", "", text) in _CHOICES


def texts_are_filled_in(inspection: Inspection) -> None:
    document = inspection.document
    for location, text in inspection.texts:
        label = label_of(location)
        is_figure = location[0] == Report.label("funds") or label == Evidence.label("file")
        if is_figure or document.is_unread(*location):
            continue
        if found := residue(text):
            at = document.at(*location)
            inspection.find(catalogue.TEMPLATE_TEXT, at, label=label, text=found)
        elif is_choice(text):
            at = document.at(*location)
            inspection.find(catalogue.OPTION_LIST, at, label=label, text=text)


CHECKS = (texts_are_filled_in,)
