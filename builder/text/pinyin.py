"""How Chinese is said: the pinyin of a text, for orders and for those who type letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from types import MappingProxyType

SAID: Mapping[str, str] = MappingProxyType(
    {
        "长三角": "cháng sān jiǎo", "长效": "cháng xiào", "长宁": "cháng níng",
        "朝阳": "cháo yáng", "调蓄": "tiáo xù", "还款": "huán kuǎn", "还建": "huán jiàn",
    }
)  # fmt: skip
"""Words that begin names of projects and indicators, and that pypinyin has with another sound."""


@cache
def _pinyin() -> Callable[[str], list[list[str]]]:
    from pypinyin import Style, load_phrases_dict, pinyin

    load_phrases_dict({word: [[sound] for sound in said.split()] for word, said in SAID.items()})
    return partial(pinyin, style=Style.TONE3)


def sounds(text: str) -> list[str]:
    """The pinyin of each Han character in small letters with the number of its tone, `dang3`, as
    it is said among its neighbours. What has no sound stays, joined: `GIS平台` is gis, ping2, tai2.
    """
    return [sound[0].lower() for sound in _pinyin()(text)]
