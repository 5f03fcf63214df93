"""Texts of cells as an author would write them."""

from __future__ import annotations

import re

from builder.intake.several import counted
from builder.text import joined

# A paragraph of an office's text ends with its line; what is counted goes on in the same one.
_PARAGRAPH = re.compile(
    r"(?<=[。！？])[ \t]*\n(?!\s*(?:[（(]?[0-9一二三四五六七八九十]+[.、．）)]|[①-⑳]|目标))"
)
_STEP = re.compile(r"\s+(?=[0-9]{1,2}[.、．](?![0-9]))")


def line(text: str) -> str:
    """A text that stands in one line: a name, a unit."""
    if parts := counted(text):
        text = "；".join(f"{at}.{part}" for at, part in enumerate(parts, start=1))
    return re.sub(r"\s*\n\s*", "", joined(text)).strip()


_WIDE = str.maketrans("０１２３４５６７８９．％＝＞＜≧≦", "0123456789.%=><≥≤")


def measure(text: str) -> str:
    """A target or a result in one line, its digits and signs half-width."""
    return line(text).translate(_WIDE)


def prose(text: str) -> str:
    """A text of sentences: breaks that a narrow cell made are gone, and what is counted 1. 2. 3.
    stands one below the other."""
    plain = joined(_PARAGRAPH.sub("\n\n", text))
    parts = [part.strip() for part in _STEP.split(plain) if part.strip()]
    steps = [re.match(r"([0-9]{1,2})[.、．]", part) for part in parts]
    numbers = [int(found[1]) for found in steps if found]
    if len(parts) > 1 and all(steps) and numbers == [*range(1, len(parts) + 1)]:
        return "\n".join(parts)
    return plain
