"""The page in front of a department: its name at the optical centre, its figures at the foot."""

from __future__ import annotations

from dataclasses import replace

from builder.compendium.composer import HEIGHT, MM, MUTED, SIDE, WIDTH, Composer, rule
from builder.compendium.letters import BOLD, REGULAR, SONG, Letters, Style
from builder.pdf import Sheaf
from builder.views import Figure

NAME = Style(SONG, BOLD, 26)
LABEL, DIGITS, UNIT = Style(SONG, REGULAR, 9), Style(SONG, REGULAR, 17), Style(SONG, REGULAR, 9)
UNIT_GAP, LEAST_GAP = 3.0, 24.0
"""Between a figure and its unit, and the least between two of them; in points."""
LEADING = 1.5
MOST_LINES = 8
CENTRE = HEIGHT * 0.618
FOOT = 58 * MM


def half_title(name: str, figures: tuple[Figure, ...], colour: bytes, letters: Letters) -> Sheaf:
    """One page; `colour` is that of the rule, as PDF operators."""
    composer = Composer(letters)
    composer.page()
    lines = _even(name, letters)
    y = CENTRE + (len(lines) - 1) * NAME.size * LEADING / 2
    with composer.element("H1"):
        for line in lines:
            composer.text((WIDTH - letters.width(line, NAME)) / 2, y, line, NAME)
            y -= NAME.size * LEADING
    composer.artifact(rule(WIDTH / 2 - 12 * MM, WIDTH / 2 + 12 * MM, y - 4, 1.2, colour))
    digits, widths = _fitting(figures, letters)
    gap = (WIDTH - 2 * SIDE - sum(widths)) / max(len(figures) - 1, 1)
    x = SIDE
    with composer.element("P"):
        for figure, width in zip(figures, widths, strict=True):
            composer.text(x, FOOT + 26, figure.label, LABEL, MUTED)
            composer.text(x, FOOT, figure.text, digits)
            unit = x + letters.width(figure.text, digits) + UNIT_GAP
            composer.text(unit, FOOT, figure.unit, UNIT, MUTED)
            x += width + gap
    composer.artifact(rule(SIDE, WIDTH - SIDE, FOOT + 46, 0.5))
    return composer.sheaf()


def _fitting(figures: tuple[Figure, ...], letters: Letters) -> tuple[Style, list[float]]:
    """The digits in which all figures have room beside each other, and the width of each."""
    for size in range(round(DIGITS.size), round(UNIT.size), -1):
        digits = replace(DIGITS, size=size)
        widths = [
            max(
                letters.width(figure.label, LABEL),
                letters.width(figure.text, digits) + UNIT_GAP + letters.width(figure.unit, UNIT),
            )
            for figure in figures
        ]
        if sum(widths) + LEAST_GAP * (len(widths) - 1) <= WIDTH - 2 * SIDE:
            break
    return digits, widths


def _even(name: str, letters: Letters) -> list[str]:
    """A name on as few lines as it needs, all of about the same length."""
    width = WIDTH - 2 * SIDE - 20 * MM
    number = len(letters.lines(name, NAME, width))
    if number > MOST_LINES:
        return letters.beginning(name, NAME, width, MOST_LINES)
    return letters.lines(name, NAME, max(letters.width(name, NAME) / number + NAME.size, 1))
