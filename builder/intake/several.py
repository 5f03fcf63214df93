"""Several indicators that somebody typed into one row: 1.… 2.… in every cell, line by line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from builder.office import Cell

_COUNTED = re.compile(
    r"[（(]?(?:(?P<number>[0-9]{1,2})[)）.、．]|(?P<round>[①-⑳]))[)）]?\s*(?P<text>.*)"
)


def counted(text: str) -> list[str]:
    """The lines of a text that are counted from 1 on, without their numbers; [] for others."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = [_COUNTED.fullmatch(line) for line in lines]
    numbers = [int(one["number"] or ord(one["round"]) - ord("①") + 1) for one in found if one]
    if len(lines) < 2 or len(numbers) < len(lines) or numbers != [*range(1, len(lines) + 1)]:
        return []
    return [one["text"].strip() for one in found if one]


def rows_in(texts: Mapping[str, Cell], name: str, points: str) -> list[dict[str, Cell]]:
    """The rows that are in one, by their columns; [] where there is only one.

    Its names are counted, and its points stand line by line as well: what a single figure was
    given for together cannot be parted. A text without as many lines goes to the first.
    """
    names = counted(texts[name].text) if name in texts else []
    weights = texts[points].text.splitlines() if points in texts else []
    if not names or len(weights) != len(names):
        return []
    found: list[dict[str, Cell]] = [{} for _ in names]
    for label, cell in texts.items():
        lines = counted(cell.text) or [line.strip() for line in cell.text.splitlines()]
        if len(lines) != len(names):
            lines = [cell.text]
        for row, text in zip(found, lines, strict=False):
            row[label] = replace(cell, text=text)
    return found
