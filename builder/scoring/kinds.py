"""What an indicator's name says of it: a share of something, or what is better low."""

from __future__ import annotations

import re

from builder.scoring.scorecard import Points
from builder.scoring.target import Bound

# Not 频率, 功率, 汇率, 速率, 倍率, 分辨率, which have units of their own.
_RATE = re.compile(r"(?:(?<![频功汇速倍辨])率|比例|占比|比重)(?:[(（].{0,20}[)）])?$")
# 成本 and 响应时间 are better low; accidents are, but not what is done about them.
_LITTLE = re.compile(
    "成本|结余|处置时间|响应时间|"
    "(?:事故|故障|投诉|死亡|差错|违规|逾期)(?!.*(?:处理|处置|办结|受理|查处|整改|排查|化解|调解|演练|"
    "宣传|培训|检查|救援|保险|赔付|补助|救助|抚恤|清收|清理|追缴))"
)
_PAID = re.compile("补助|补贴|奖|标准|待遇|抚恤|供养|保险|收入|产值|效率|效益")
_LESSENED = re.compile("降低|下降|减少|节约")


def is_rate(name: str) -> bool:
    """Whether an indicator of that name is a share of something."""
    return _RATE.search(name) is not None


def is_little(name: str) -> bool:
    """Whether a name speaks of what is better low."""
    return _LITTLE.search(name) is not None


def is_cost(point: Points) -> bool:
    """Whether less of what is measured is better: by its name, or as money among 成本指标 that is
    no subsidy."""
    name, target = point.indicator.name, point.target
    is_money = "成本" in point.path[1] and isinstance(target, Bound) and "元" in target.unit
    is_low = is_little(name) or (is_money and not _PAID.search(name))
    return bool(is_low and not is_rate(name) and not _LESSENED.search(name))
