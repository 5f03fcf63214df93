"""The ordinals that forms print in front of names: `指标1：开展培训`, `2.开展培训`."""

from __future__ import annotations

import re

NAMED = r"(?:指标|目标|任务)\s?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[①-⑳])\s?[：:.．、]?"
ORDINAL = rf"{NAMED}|[0-9]{{1,2}}[.．、](?![0-9])"  # 3.5公里 begins with a figure
_NUMBERED = re.compile(rf"^\s*(?:{ORDINAL})\s*(?=\S)")


def unnumbered(text: str) -> str:
    """A name without the ordinal in front of it."""
    return _NUMBERED.sub("", text)
