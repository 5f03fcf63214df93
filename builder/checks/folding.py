"""A text as it reads, with the way back to how it is written.

Whoever types a number in full width, with blanks or hyphens, or puts a zero-width space into
a word has written the number and the word.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

# Dashes of all sorts, dots in the middle, and what Markdown sets around words.
_LOOSE = frozenset(" -·.*_~|`")
_MINUS = frozenset("\u2212\u30fb")
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs that nobody sees


@dataclass(frozen=True, slots=True)
class Folded:
    """Characters after folding, and for each the index of the one that it comes from."""

    text: str
    origins: tuple[int, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The range of the written text that a range of the folded one comes from."""
        return self.origins[start], self.origins[end - 1] + 1

    def without_gaps(self) -> Folded:
        """Without blanks, hyphens and marks between the characters."""
        kept = [i for i, character in enumerate(self.text) if character not in _LOOSE]
        return Folded("".join(self.text[i] for i in kept), tuple(self.origins[i] for i in kept))


def folded(text: str) -> Folded:
    """NFKC, digits of any script as ASCII, blanks one space, every dash a hyphen; invisible
    characters are gone."""
    found: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        for piece in _pieces(character):
            if piece != " " or found[-1:] != [" "]:
                found.append(piece)
                origins.append(index)
    return Folded("".join(found), tuple(origins))


def _pieces(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Pd" or character in _MINUS:
        return "-"
    if category in ("Cf", "Mn", "Me") or character in _FILLERS:
        return ""
    if category[0] in "ZC":
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "No":  # ① counts items: it is no digit of the number behind it
        return " "
    return unicodedata.normalize("NFKC", character)
