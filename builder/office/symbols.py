"""Signs that documents take from symbol fonts, as the characters that they look like."""

from __future__ import annotations

from typing import Final

_WINGDINGS: Final = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x75: "◆", 0xA1: "○",
    0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xE0: "→", 0xFB: "×", 0xFC: "√", 0xFD: "☒",
    0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2: Final = {
    0x4F: "×", 0x50: "√", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0xA2: "■",
    0xA3: "□", 0xA4: "□", 0x2A: "□", 0x35: "□",
}  # fmt: skip
_SYMBOL: Final = {
    0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xB7: "•", 0xB0: "°",
    0x3C: "<", 0x3D: "=", 0x3E: ">", 0x25: "%",
}  # fmt: skip
_FONTS: Final = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def is_symbolic(font: str) -> bool:
    """Whether the letters of a font are pictures."""
    return font.lower() in _FONTS


def character(font: str, code: int) -> str:
    """What a sign of a symbol font looks like; "" where that is not known."""
    # Word moves the signs of such fonts up to U+F000.
    return _FONTS.get(font.lower(), {}).get(code & 0xFF if code >= 0xF000 else code, "")
