"""Units that measure the same: 24小时 are 1天, 2800米 are 2.8公里, 95‰ are 9.5%.

Only what is exact is converted: the figure of the larger unit becomes a whole number of the
smaller one. What measures the same and has no such number (天 and 个月, 亩 and 平方米), and a
share beside a count, cannot be compared at all.
"""

from __future__ import annotations

# The spellings of a unit; NFKC has made ㎞ of km, ㎡ of m2, ㎏ of kg before.
_USUAL = {
    "名": "人", "位": "人", "个人": "人",
    "mm": "毫米", "cm": "厘米", "m": "米", "km": "公里", "千米": "公里",
    "m2": "平方米", "平米": "平方米", "km2": "平方公里", "平方千米": "平方公里",
    "hm2": "公顷", "ha": "公顷",
    "ml": "毫升", "l": "升", "公升": "升", "m3": "立方米",
    "mg": "毫克", "g": "克", "kg": "公斤", "千克": "公斤", "t": "吨", "公吨": "吨",
    "min": "分钟", "h": "小时", "个小时": "小时", "日": "天", "个工作日": "工作日",
    "月": "个月", "个季度": "季度", "周年": "年",
}  # fmt: skip
_SHARES = {"‰": 1, "%": 10, "倍": 1000}
_POINTS = ("分", "个百分点", "百分点")  # of a hundred, as a share is
# What measures the same, and how many of the smallest unit each one is.
_DIMENSIONS: tuple[tuple[dict[str, int], ...], ...] = (
    (_SHARES,),
    ({"毫米": 1, "厘米": 10, "米": 1000, "公里": 1_000_000},),
    ({"平方米": 1, "公顷": 10_000, "平方公里": 1_000_000}, {"亩": 1, "公顷": 15, "平方公里": 1500}),
    ({"毫升": 1, "升": 1000, "立方米": 1_000_000},),
    ({"毫克": 1, "克": 1000, "斤": 500_000, "公斤": 1_000_000, "吨": 1_000_000_000},),
    (
        {"秒": 1, "分钟": 60, "小时": 3600, "天": 86_400, "周": 604_800},
        {"个月": 1, "季度": 3, "年": 12},
        {"工作日": 1},
    ),
)  # fmt: skip


def is_same(one: str, other: str) -> bool:
    """Whether two spellings mean one unit: ㎡ and 平方米, 名 and 人."""
    return _usual(one) == _usual(other)


def times_as_large(one: str, other: str) -> int | None:
    """How many times as large as the `other` unit `one` is, as a whole number; None where it is
    smaller, or where there is no such number."""
    large, small = _usual(one), _usual(other)
    for table in (table for dimension in _DIMENSIONS for table in dimension):
        if large in table and small in table and table[large] % table[small] == 0:
            return table[large] // table[small]
    return None


def are_unlike(one: str, other: str) -> bool:
    """Whether figures of two units say nothing of one another: hours and metres, 30天 and 1个月,
    and a share beside a count."""
    units = {_usual(one), _usual(other)}
    if units & {"%", "‰"}:
        return not any(unit in _POINTS or unit.startswith("%(") for unit in units)
    homes = [_dimension(unit) for unit in units]
    return None not in homes


def _dimension(unit: str) -> int | None:
    found = (n for n, tables in enumerate(_DIMENSIONS) if any(unit in table for table in tables))
    return next(found, None)


def _usual(unit: str) -> str:
    folded = unit.casefold() if unit.isascii() else unit
    return _USUAL.get(folded, folded)
