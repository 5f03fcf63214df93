"""Texts as the index knows them: folded, and cut into grams. `search.js` does the same.

Grams are every two neighbouring Han characters, the last one of each run, every number or
Latin word as a whole with its first one and two characters (`1*`, `18*`), and the two
characters where Han and such words meet (`路8`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import concat
from typing import cast
from unicodedata import normalize

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_IS_HAN = re.compile(f"[{HAN}]+")
_LAST = re.compile(f"[{HAN}](?![{HAN}])")
_WORD = re.compile(rf"[^\W_{HAN}]+(?:\.[0-9]+)?")
_SEPARATOR = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
PREFIX = "*"
PREFIXES = 2  # so many characters of a number or word are grams of their own


class _Folding(dict[int, str]):
    """Each character by its code: compatible forms made one, capitals made small."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = normalize("NFKC", chr(code)).lower()
        return folded


class _Pairs(dict[str, bool]):
    """Whether two neighbouring characters are a gram: both Han, or Han beside a number or word."""

    def __missing__(self, pair: str) -> bool:
        kinds = [is_han(sign) or (sign.isalnum() and "word") for sign in pair]
        self[pair] = found = all(kinds) and True in kinds
        return found


class _Triples(dict[str, bool]):
    """Whether three neighbouring characters are all Han."""

    def __missing__(self, triple: str) -> bool:
        self[triple] = found = is_han(triple)
        return found


_joined = cast("Callable[[str, str], str]", concat)
_FOLDING, _PAIRS, _TRIPLES = _Folding(), _Pairs(), _Triples()


def is_han(gram: str) -> bool:
    """Whether a text is of Han characters alone."""
    return _IS_HAN.fullmatch(gram) is not None


def fold(text: str) -> str:
    """A text as it is compared: `１８４．６５` is `184.65`, `1,234` is `1234`, `A` is `a`."""
    return _SEPARATOR.sub("", text).translate(_FOLDING)


def grams(text: str) -> tuple[set[str], set[str]]:
    """The grams of a text, and its runs of three Han characters; a line break divides it."""
    folded = f"{fold(text)}\n"
    # One pass of C code over the characters each, and a look into a table for what is new.
    pairs = list(map(_joined, folded, folded[1:]))
    found = {pair for pair in set(pairs) if _PAIRS[pair]}
    triples = {triple for triple in set(map(_joined, pairs, folded[2:])) if _TRIPLES[triple]}
    words = set(_WORD.findall(folded))
    for length in range(1, PREFIXES + 1):
        found.update([word[:length] + PREFIX for word in words if len(word) > length])
    found.update(words, _LAST.findall(folded))
    return found, triples
