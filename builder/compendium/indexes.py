"""The indexes at the back: projects and indicators by pinyin, under their first letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from builder.compendium.lists import HEAD, INDEXED, MENTIONED, Line
from builder.compendium.order import Form

SIGNS = "#"
"""The heading of names that begin with neither a letter nor a Han character."""


def projects(forms: Iterable[Form]) -> Iterator[Line]:
    """Every project with its unit, under its first letter."""
    entries = sorted(forms, key=lambda form: (sort_key(form.summary.name), form.summary.stem))
    for letter, group in groupby(entries, key=lambda form: _letter(form.summary.name)):
        yield Line(letter, (), HEAD)
        for form in group:
            yield Line(form.summary.name, (form.summary.stem,), INDEXED)


def indicators(forms: Iterable[Form]) -> Iterator[Line]:
    """Every indicator with all projects that have one of that name."""
    places: dict[str, dict[str, None]] = {}
    for form in forms:
        for indicator in form.summary.indicators:
            places.setdefault(indicator.name, {})[form.summary.stem] = None
    for letter, group in groupby(sorted(places, key=sort_key), key=_letter):
        yield Line(letter, (), HEAD)
        for name in group:
            yield Line(name, tuple(places[name]), MENTIONED)


@cache
def sort_key(name: str) -> tuple[tuple[str, ...], str]:
    """By the pinyin of each character; equal sounds by the characters themselves."""
    from pypinyin import Style, pinyin

    sounds = pinyin(name, style=Style.TONE3)
    return tuple(sound[0].lower() for sound in sounds), name


def _letter(name: str) -> str:
    first = sort_key(name)[0][0][:1].upper() if name else SIGNS
    return first if first.isascii() and first.isalpha() else SIGNS
