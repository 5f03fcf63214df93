"""Which line is indented wrongly, where a parser has stopped at one that fits to none above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

STEP = 2  # blanks a level, as the handbook asks for
FEW = 3  # lines that are out of step: more, and the file goes by another step
_LINE = re.compile(
    r"(?P<indent> *)(?P<dashes>(?:- +)*)(?P<key>[^\s#:'\"{\[-][^:#'\"{\[]*)(?P<colon>:?)"
)


def out_of_step(lines: Sequence[str], stopped: int, labels: Set[str]) -> tuple[int, str] | None:
    """The line (from 0) that is out of step at `stopped` or above, and what to do; None where
    nothing speaks for the indentation. Only lines of known labels are looked at."""
    fields = [(number, len(found["indent"])) for number, found in _lines(lines, labels)]
    odd = [(number, indent) for number, indent in fields if indent % STEP]
    nearest = [entry for entry in odd if entry[0] <= stopped][-1:]
    if nearest and len(odd) <= FEW:
        number, indent = nearest[0]
        hint = f"这一行前面有 {indent} 个空格；每层两个，并与同一层的各行对齐"
        return number, hint
    here = next((indent for number, indent in fields if number == stopped), None)
    if here is None or here in _levels(lines[:stopped], labels):
        return None
    hint = f"这一行前面有 {here} 个空格，与上面哪一层都没有对齐：检查它和上面同一层的各行的缩进"
    return stopped, hint


def _lines(lines: Sequence[str], labels: Set[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """The lines of known labels, and those that begin an entry."""
    for number, line in enumerate(lines):
        found = _LINE.match(line)
        if found and (found["dashes"] or (found["colon"] and found["key"].strip() in labels)):
            yield number, found


def _levels(lines: Sequence[str], labels: Set[str]) -> list[int]:
    """The indentations of the levels that are open below some lines."""
    levels: list[int] = []
    for _, found in _lines(lines, labels):
        for indent in sorted({len(found["indent"]), found.start("key")}):
            while levels and levels[-1] > indent:
                levels.pop()
            if not levels or levels[-1] < indent:
                levels.append(indent)
    return levels
