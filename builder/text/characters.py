"""Characters that deceive: those that nobody sees, and those that look like another one."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

# Controls, formats that turn or join text around them, fillers as wide as nothing, and tags.
# Not the selectors of variants: they choose between forms of a rare character in a name.
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff]"
)

# 部首 as characters of their own, and 汉字 that old character sets had twice. Programs that take
# texts out of a PDF put them where the usual character was meant.
_RADICAL, _TWIN = "\u2e80-\u2ef3\u2f00-\u2fd5", "\uf900-\ufad9\U0002f800-\U0002fa1d"
_LOOKALIKE = re.compile(f"[{_RADICAL}{_TWIN}]")
# Those that Unicode itself does not lead back, as far as they are whole characters in use:
# its table EquivalentUnifiedIdeograph, version 15.
_USUAL = dict(
    zip(
        "⺒⺓⺟⺠⺶⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻱⻲⻳",
        "巳幺母民羊虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龜亀龟",
        strict=True,
    )
)


def usual(text: str) -> str:
    """A text with the usual character in the place of each that looks like it: as long as before.

    A 部首 that is no character, such as ⺡, stays.
    """
    return _LOOKALIKE.sub(lambda found: _meant(found[0]) or found[0], text)


def lookalikes(text: str) -> dict[str, str]:
    """The characters of a text that look like another one, each with that one; "" for a 部首
    that is no character."""
    return {found: _meant(found) for found in _LOOKALIKE.findall(text) if _meant(found) != found}


@cache
def _meant(character: str) -> str:
    normal = unicodedata.normalize("NFKC", character)
    is_alone = normal == character
    if is_alone and character > "\u2fff":
        return character  # twelve of the twins have no other: \ufa0e \ufa0f \ufa11 …
    return _USUAL.get(character, "") if is_alone else normal


@lru_cache(4096)  # the same offices over and over
def folded_name(text: str) -> str:
    """A name as it is compared: full and half width, twins and composed letters are one."""
    return unicodedata.normalize("NFKC", usual(text))
