"""Labels as offices print them, made comparable."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BLANK = re.compile(r"[\s\u200b\ufeff\u00ad]+")
# 一、项目基本情况; 1.项目年度目标完成情况; (一)…
_ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]\)|[0-9]{1,2}[、.](?![0-9]))"
)
_SEAL = re.compile(r"\((?:盖章|公章|签章|签字|签名|章)\)")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_OF_YEAR = re.compile(r"(?:19|20)[0-9]{2}年度?")
_PART_OF = re.compile(r"^其中[:,]?")
LONGEST = 40  # characters of what may be a label


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """A label without what offices add or leave out: blanks, width, ordinals, colons, seals.

    "" for what is too long for a label.
    """
    if len(text) > 3 * LONGEST:
        return ""
    plain = _BLANK.sub("", unicodedata.normalize("NFKC", text))
    plain = _SEAL.sub("", _ORDINAL.sub("", plain)).strip(":;,。*★")
    plain = plain.replace("—", "-").replace("“", '"').replace("”", '"')
    return plain if len(plain) <= LONGEST else ""


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """The same without years and what stands in brackets: units, letters of columns, points."""
    return _OF_YEAR.sub("", _BRACKETED.sub("", key(text))).strip(":%") or key(text)


def of_part(text: str) -> str:
    """The key of a row of funds or of an indicator's parts, without 其中."""
    return _PART_OF.sub("", key(text))


def is_of_part(text: str) -> bool:
    """Whether a row says of itself that it is part of the one above."""
    return bool(_PART_OF.match(key(text)))
