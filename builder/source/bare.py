"""Lines that begin with a known label, and lack the sign that would make a field or an entry of
it: the colon, the dash before it, or the brace behind it."""

from __future__ import annotations

import re
from collections.abc import Set

from builder.diagnostics import catalogue
from builder.source.values import Slip

LONGEST = 20  # characters of a label
# What stands in the place of a colon.
_INSTEAD = ";；﹕∶︰ː=＝"
_GAP = re.compile(rf"\s*+[{_INSTEAD}]|\s++(?=\S)|(?=[≥≤≧≦<>＜＞0-9{{])|$")
_DASHES = re.compile(r"(?P<dash>[—–－−‐―•·●○◆▪*+])\s*+(?P<rest>\S.*)")
_BEGINS = ("", *"\"'|>{[&!#")  # of values that may go on over lines with colons in them
_FIELD = re.compile(r"[^\s:：#'\"]++:(?:\s|$)")
_FIRST = "三级指标"  # what every entry of the list of indicators begins with


def without_colon(
    rest: str, at: int, labels: Set[str], *, is_sure: bool, is_heading: bool
) -> Slip | None:
    """A known label at the beginning of `rest` (at column `at`) that no colon follows.

    Where a text may begin, not `is_sure`, it must stand alone and head what follows.
    """
    label = _label(rest, labels)
    found = _GAP.match(rest, len(label)) if label else None
    if not found:
        return None
    is_alone = not rest[found.end() :].strip()
    if not (is_sure or (is_alone and is_heading)):
        return None
    place = at + max(len(label), found.end() - 1)
    return catalogue.NO_COLON, place, place + 1, {"key": label}


def is_in_place_of_a_colon(character: str) -> bool:
    """Whether a character goes where a colon is put: else it is the first of the value."""
    return character in f":：{_INSTEAD}" or character.isspace()


def odd_dash(rest: str, at: int, labels: Set[str]) -> Slip | None:
    """An entry of a list behind a sign that only looks like a dash: `• 三级指标: …`."""
    found = _DASHES.fullmatch(rest)
    label = _label(found["rest"], labels) if found else ""
    if not found or not label or not found["rest"][len(label) :].lstrip().startswith((":", "：")):
        return None
    hint = f"开头的“{found['dash']}”改成英文减号，再空一格：- {label}: …"
    return catalogue.SYNTAX, at, at + 1, {"hint": hint}


def without_dash(rest: str, at: int, following: str) -> Slip | None:
    """The first field of an entry that has no dash, though what follows stands deeper."""
    is_plain = (
        rest.startswith(f"{_FIRST}: ") and rest[len(_FIRST) + 2 :].lstrip()[:1] not in _BEGINS
    )
    if not is_plain or following[:1] == "-" or not _FIELD.match(following):
        return None
    hint = f"“{_FIRST}”前面少了减号和空格：- {rest.strip()}"
    return catalogue.SYNTAX, at, at + len(_FIRST), {"hint": hint}


def is_printed_row(text: str, at: int, labels: Set[str]) -> bool:
    """Whether a label stands behind words that only a form prints: `其中：当年财政拨款: {…}`.

    Its colon is there; that no row is called so is told where rows are known.
    """
    label = _label(text[at:], labels)
    return label != "" and text[at + len(label) :].startswith(": ")


def without_brace(slip: Slip, value: str, at: int, labels: Set[str]) -> Slip:
    """A second colon behind a value that begins with a label: its brace was forgotten."""
    word = value[: slip[1] - at].strip()
    if slip[0] is not catalogue.INNER_COLON or word not in labels:
        return slip
    hint = f"“{word}”前面少了左花括号，或应另起一行，多缩进一层"
    return catalogue.SYNTAX, at, at + len(word), {"hint": hint}


def _label(rest: str, labels: Set[str]) -> str:
    """The longest known label that `rest` begins with."""
    most = min(LONGEST, len(rest))
    return next((rest[:end] for end in range(most, 0, -1) if rest[:end] in labels), "")
