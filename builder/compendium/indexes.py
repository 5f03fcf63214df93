"""The indexes at the back: projects and indicators by pinyin, under their first letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from builder.compendium.lists import HEAD, INDEXED, MENTIONED, Line
from builder.compendium.order import Form
from builder.text import sounds, unnumbered

SIGNS = "#"
"""The heading of names that begin with a figure, or have no letter at all."""

_FIGURES = re.compile("[0-9]+")


def projects(forms: Iterable[Form]) -> Iterator[Line]:
    """Every project with its unit, under its first letter."""
    entries = sorted(forms, key=lambda form: (sort_key(form.summary.called), form.summary.stem))
    for letter, group in groupby(entries, key=lambda form: _letter(form.summary.called)):
        yield Line(letter, (), HEAD)
        for form in group:
            yield Line(form.summary.called, (form.summary.stem,), INDEXED)


def indicators(forms: Iterable[Form]) -> Iterator[Line]:
    """Every indicator with all projects that have one of that name.

    An ordinal (指标1：) is printed, but what is looked up is the name behind it.
    """
    places: dict[str, dict[str, None]] = {}
    for form in forms:
        for indicator in form.summary.indicators:
            places.setdefault(indicator.name, {})[form.summary.stem] = None
    ordered = sorted(places, key=lambda name: (sort_key(unnumbered(name)), sort_key(name)))
    for letter, group in groupby(ordered, key=lambda name: _letter(unnumbered(name))):
        yield Line(letter, (), HEAD)
        for name in group:
            yield Line(name, tuple(places[name]), MENTIONED)


@cache
def sort_key(name: str) -> tuple[tuple[str, ...], str]:
    """By the pinyin of each character; equal sounds by the characters themselves.

    Signs count for nothing: 《长三角》 stands among the names with C. Figures count by what
    they are worth: 第2期 before 第10期.
    """
    letters = _FIGURES.sub(lambda found: found[0].zfill(12), "".join(filter(str.isalnum, name)))
    return tuple(sounds(letters)), name


def _letter(name: str) -> str:
    first = "".join(sort_key(name)[0])[:1].upper()
    return first if first.isascii() and first.isalpha() else SIGNS
