"""Texts of office files as a reader sees them."""

from __future__ import annotations

import re
from typing import Final

from builder.text import HIDDEN

# Spreadsheets write what XML cannot hold as _x000D_, and an underscore before such as _x005F_.
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Nobody sees them; a tab inside of a cell is a blank.
_CONTROLS: Final = {code: None for code in [*range(32), *range(127, 160)] if code != 10}
_CONTROLS[9] = " "  # type: ignore[assignment]
_NOT_TEXT = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
_LONGEST_QUOTE = 80
_MOST_NAMED = 20


def clean(text: str) -> str:
    """A text with `\\n` between its lines, without what cannot be seen and without outer blanks."""
    if not text.isprintable():
        text = _BREAKS.sub("\n", text).replace("\xa0", " ").translate(_CONTROLS)
        text = _NOT_TEXT.sub("\ufffd", text)
    return HIDDEN.sub("", text).strip()


def unescape(text: str) -> str:
    """A text of a spreadsheet's XML with its escapes resolved."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def several(names: list[str]) -> str:
    """Names in a sentence, the first ones of many."""
    more = f"等 {len(names)} 处" if len(names) > _MOST_NAMED else ""
    return "、".join(names[:_MOST_NAMED]) + more


def quoted(text: str) -> str:
    """A text in quotes for a sentence, in one line, shortened where it is long."""
    line = " ".join(text[: 10 * _LONGEST_QUOTE].split())
    return f"“{line[:_LONGEST_QUOTE]}……”" if len(line) > _LONGEST_QUOTE else f"“{line}”"
