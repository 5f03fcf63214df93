"""The page in front of a department: its name at the optical centre, its figures at the foot."""

from __future__ import annotations

from builder.compendium.composer import HEIGHT, MM, MUTED, SIDE, WIDTH, Composer, rule
from builder.compendium.letters import BOLD, REGULAR, SONG, Letters, Style
from builder.pdf import Sheaf
from builder.views import Figure

NAME = Style(SONG, BOLD, 26)
LABEL, DIGITS, UNIT = Style(SONG, REGULAR, 9), Style(SONG, REGULAR, 17), Style(SONG, REGULAR, 9)
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
    step = (WIDTH - 2 * SIDE) / len(figures)
    with composer.element("P"):
        for place, figure in enumerate(figures):
            x = SIDE + place * step
            composer.text(x, FOOT + 26, figure.label, LABEL, MUTED)
            composer.text(x, FOOT, figure.text, DIGITS)
            x += letters.width(figure.text, DIGITS) + 3
            composer.text(x, FOOT, figure.unit, UNIT, MUTED)
    composer.artifact(rule(SIDE, WIDTH - SIDE, FOOT + 46, 0.5))
    return composer.sheaf()


def _even(name: str, letters: Letters) -> list[str]:
    """A name on as few lines as it needs, all of about the same length."""
    width = WIDTH - 2 * SIDE - 20 * MM
    number = len(letters.lines(name, NAME, width))
    if number > MOST_LINES:
        return letters.beginning(name, NAME, width, MOST_LINES)
    return letters.lines(name, NAME, max(letters.width(name, NAME) / number + NAME.size, 1))
