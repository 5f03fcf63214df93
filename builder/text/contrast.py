"""Whether a colour can be read: the contrast of WCAG 2.1, and a colour darkened until it has it.

Colours are written `#rrggbb`. In decimals, so that every machine comes to the same shade.
"""

from __future__ import annotations

from decimal import Decimal

PAPER, DARK_PAPER = "#fdfcfa", "#171615"  # the grounds of the theme
ENOUGH = Decimal("4.5")  # 1.4.3, level AA, for text of any size
_WEIGHTS = (Decimal("0.2126"), Decimal("0.7152"), Decimal("0.0722"))


def contrast(one: str, other: str) -> Decimal:
    """The contrast ratio of two colours, from 1 to 21, whichever is the ground."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + Decimal("0.05")) / (darker + Decimal("0.05"))


def readable(colour: str) -> str:
    """The colour itself where it can be read on `PAPER`, else darkened by as little as it takes."""
    found = colour
    for share in range(199, -1, -1):
        if contrast(found, PAPER) >= ENOUGH:
            break
        found = "#" + "".join(f"{shade * share // 200:02x}" for shade in channels(colour))
    return found


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> Decimal:
    """The relative luminance, as WCAG defines it."""
    parts = zip(_WEIGHTS, channels(colour), strict=True)
    return sum((weight * _linear(shade) for weight, shade in parts), Decimal(0))


def _linear(shade: int) -> Decimal:
    part = Decimal(shade) / 255
    if part <= Decimal("0.04045"):
        return part / Decimal("12.92")
    return ((part + Decimal("0.055")) / Decimal("1.055")) ** Decimal("2.4")
