"""Bytes of text files and web pages, as text."""

from __future__ import annotations

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# What no text has, whatever its language. Word's end of file (1A) is left out of it.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
# Pages say gb2312 and hold what came after it; every one of these is a part of gb18030.
_ASCII = bytes(range(128))
# So many bytes of Chinese in them are hardly ever valid UTF-8 by accident, fewer may be. The other
# way round it happens: pages are saved anew and go on naming their old encoding.
_SHORT = 24
_CHINESE = re.compile(r"gb|936", re.IGNORECASE)
# A text of which so much cannot be read is none, or not in this encoding.
_TOLERATED = 0.005


def decode(data: bytes, declared: str = "") -> tuple[str, int] | None:
    """A text and how many of its characters could not be made out; None where it is no text.

    `declared` is what the file says of itself, which counts only where it fits.
    """
    mark = next((name for start, name in _MARKS if data.startswith(start)), "")
    guesses = [mark] if mark else ["utf-8", *_without_mark(data), "gb18030"]
    if not mark and _CHINESE.search(declared) and len(data.translate(None, _ASCII)) < _SHORT:
        guesses.insert(0, "gb18030")
    for guess in guesses:
        try:
            text = data.decode(guess)
        except UnicodeDecodeError:
            continue
        if _is_text(text, 0):
            return text, 0
    texts = [data.decode(guess, errors="replace") for guess in guesses]
    text = min(texts, key=lambda text: text.count("\ufffd"))
    lost = text.count("\ufffd")
    return (text, lost) if _is_text(text, lost) else None


def _is_text(text: str, lost: int) -> bool:
    """Whether there is little in it that no text has; Word leaves signs of its own in some."""
    return lost + len(_CONTROLS.findall(text)) <= len(text) * _TOLERATED


def _without_mark(data: bytes) -> list[str]:
    """UTF-16 without a mark at its beginning, known by its line ends, tabs and blanks."""
    if len(data) % 2 or b"\0" not in data:
        return []
    little = sum(data.count(sign + b"\0") for sign in (b"\n", b"\t", b" "))
    big = sum(data.count(b"\0" + sign) for sign in (b"\n", b"\t", b" "))
    return ["utf-16-le" if little >= big else "utf-16-be"]
