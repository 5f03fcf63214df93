"""How spreadsheets call their places: A1, and rectangles of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


@dataclass(frozen=True, slots=True)
class Range:
    """A rectangle of places, counted from 0, its last ones included."""

    top: int
    left: int
    bottom: int
    right: int

    def within(self, other: Range) -> Range:
        """The part of it that lies in another one; upside down where there is none."""
        return Range(
            max(self.top, other.top),
            max(self.left, other.left),
            min(self.bottom, other.bottom),
            min(self.right, other.right),
        )


def coordinates(reference: str) -> tuple[int, int] | None:
    """Row and column from 0 of a reference such as B3; None where it is none."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def rectangle(text: str) -> Range | None:
    """The range of a reference such as A1:B3; None where it is none."""
    start, _, stop = text.partition(":")
    first, last = coordinates(start), coordinates(stop or start)
    if first is None or last is None:
        return None
    rows, columns = sorted((first[0], last[0])), sorted((first[1], last[1]))
    return Range(rows[0], columns[0], rows[1], columns[1])


def letters(column: int) -> str:
    """The letters of a column counted from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def spans(numbers: list[int]) -> list[str]:
    """Numbers as a reader writes them: 3 and 5—8."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return [f"{a}" if a == b else f"{a}—{b}" for a, b in found]
