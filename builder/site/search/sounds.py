"""How the names of projects and offices are said, for who types `dangqun` or `dq`.

Not the names, of which there may be ten thousand, but the pairs of characters in them: a
browser goes from pair to pair and asks the index what it has found so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from builder.site.search.grams import HAN, fold
from builder.text import sounds

_RUN = re.compile(f"[{HAN}]{{2,}}")


def said(names: Iterable[str]) -> dict[str, Any]:
    """What is said alike, and all pairs of Han characters that stand in names.

    `sounds` are characters by their pinyin without tones, the most frequent first; one that is
    said in two ways stands in both. `pairs` follow one another, the most frequent first. A name
    counts once, however many reports it has.
    """
    runs = Counter(run for name in set(names) for run in _RUN.findall(fold(name)))
    pairs, signs = Counter[str](), defaultdict[str, Counter[str]](Counter)
    for run, many in runs.items():
        told = sounds(run)
        if len(told) != len(run):  # a character without a sound
            told = [sound for sign in run for sound in sounds(sign)]
        for sign, sound in zip(run, told, strict=True):
            signs[sound.rstrip("12345")][sign] += many
        for pair in pairwise(run):
            pairs["".join(pair)] += many
    return {
        "sounds": {
            sound: "".join(_often(signs[sound])) for sound in sorted(signs) if sound.isascii()
        },
        "pairs": "".join(_often(pairs)),
    }


def _often(counted: Counter[str]) -> list[str]:
    """From the most frequent down; equals by code point, whatever order they came in."""
    return sorted(counted, key=lambda one: (-counted[one], one))
