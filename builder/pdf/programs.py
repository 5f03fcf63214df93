"""Font programs for many documents at once: each face subset to all that they use of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import Any

from builder.pdf.sheaf import FaceKey, FontUse

_BOLD = 600


@dataclass(frozen=True, slots=True)
class Program:
    """A face as it is embedded; measures in thousandths of an em."""

    name: bytes
    content: bytes
    ascent: int
    descent: int
    flags: int
    is_cff: bool


def specimen(uses: Iterable[FontUse]) -> str:
    """A page that shows one character of every face."""
    lines = [
        f"<p style='font: {use.weight} 10pt \"{use.family}\"'>{escape(sample(use))}</p>"
        for use in uses
    ]
    return f'<html lang="zh-CN"><title>字</title><body>{"".join(lines)}</body></html>'


def sample(use: FontUse) -> str:
    """A character of a face that can be seen."""
    return next(text for _, text in sorted(use.texts.items()) if text.strip())


def programs(fonts: Iterable[Any], uses: Mapping[FaceKey, FontUse]) -> dict[FaceKey, Program]:
    """Programs with all glyphs of `uses`, by WeasyPrint's `fonts` of their specimen."""
    found = {}
    for font in fonts:
        key = font.family, int(font.weight)
        if key in uses and key not in found:
            font.subset(uses[key].texts, hinting=False)
            found[key] = Program(
                font_name(*key, uses[key].texts),
                font.file_content,
                font.ascent,
                font.descent,
                font.flags,
                font.type == "otf",
            )
    return found


def font_name(family: str, weight: int, glyphs: Iterable[int]) -> bytes:
    """The name of a subset, as PDF syntax: `/ABCDEF+Jixiao-Song-Bold`."""
    style = "-Bold" if weight >= _BOLD else ""
    name = family.replace(" ", "-") + style
    return f"/{tag(name, *sorted(glyphs))}+{name}".encode()


def tag(*values: object) -> str:
    """Six letters that belong to those values."""
    digest = sha256(repr(values).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
