"""A 年度指标值 in the columns that some forms have for it."""

from __future__ import annotations

import re

from builder.scoring.notation import normalized, read_target
from builder.scoring.target import Bound, Comparator

QUALITATIVE = "定性"
WORDS = {
    Comparator.AT_LEAST: "大于等于",
    Comparator.MORE: "大于",
    Comparator.AT_MOST: "小于等于",
    Comparator.LESS: "小于",
    Comparator.EQUAL: "等于",
}
_FIGURE = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")


def split_target(text: str) -> tuple[str, str, str, str]:
    """指标性质, 指标方向, 指标值 and 度量单位: sign, the same in words, figure and unit; the
    figure as typed.

    A target without a sign is `=`; what is no quantity is 定性, has no direction and stands
    whole as the figure. A blank is blank in all of them.
    """
    if not text:
        return "", "", "", ""
    target, found = read_target(text), _FIGURE.search(normalized(text))
    if not isinstance(target, Bound) or found is None:
        return QUALITATIVE, "", text, ""
    sign = target.comparator if target.written else Comparator.EQUAL
    return sign.value, WORDS[sign], found[0], target.magnitude + target.unit
