"""The index: for each gram, the reports that hold it; encoded, and divided into shards.

A run of three Han characters is kept only where the two pairs in it do not tell the same:
about one in nine, which makes phrases exact for a tenth more of the size. Of longer runs those
are looked after that stand in a name, because it is these that people ask for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, compress, count, pairwise
from operator import concat

import simplejson

from builder.site.search.grams import fold, is_han
from builder.site.search.parting import parted
from builder.site.search.passages import Unpacked

# Printable ASCII without quote and backslash, which JSON would escape: 45 signs that end a
# number and 45 that do not. The three left over have meanings of their own.
SIGNS = "".join(chr(code) for code in range(32, 124) if chr(code) not in '"\\')
BASE = len(SIGNS) // 2
BETWEEN, ALL_BUT = "|", "~"
PHRASE = 6  # characters of a run of a name that is told exactly
SHARD = {"least": 600, "most": 1_800}  # bytes of UTF-8; a server deflates them to two thirds


@dataclass(frozen=True, slots=True)
class Shard:
    """Grams that follow one another in code point order, each with its encoded reports."""

    first: str
    entries: dict[str, str]


class Index:
    """Collects reports in the order of their numbers, from 0. `names` are those of all of them."""

    def __init__(self, names: Iterable[str]) -> None:
        self.count = 0
        self._phrases: dict[str, list[int]] = {phrase: [] for phrase in phrases(names)}
        self._held: dict[str, list[int]] = defaultdict(list)
        self._named: dict[str, list[int]] = defaultdict(list)
        self._triples: dict[str, list[int]] = defaultdict(list)

    def add(self, report: Unpacked) -> None:
        """The next report: everything counts, and what its name holds counts twice."""
        for gram in report.grams:
            self._held[gram].append(self.count)
        for gram in report.triples:
            self._triples[gram].append(self.count)
        texts = (text for _, _, text in simplejson.loads(report.data)["passages"])
        for gram in self._found(fold("\n".join(texts))):
            self._phrases[gram].append(self.count)
        for gram in report.named:
            self._named[gram].append(self.count)
        self.count += 1

    def shards(self) -> Iterator[Shard]:
        """All grams in code point order; a longer run stands in the shard of its first two."""
        held = self._held | dict(self._telling())
        runs: list[Shard] = []
        for gram in sorted(held):
            text = encode(held[gram], self.count)
            if gram in self._named:
                text += BETWEEN + encode(self._named[gram], self.count)
            if len(gram) > 2 and is_han(gram):
                runs[-1].entries[gram] = text
            else:
                runs.append(Shard(gram, {gram: text}))
        for part in parted(runs, _size, lambda run: run.first, **SHARD):
            entries = chain.from_iterable(run.entries.items() for run in part)
            yield Shard(part[0].first, dict(entries))

    def _found(self, text: str) -> set[str]:
        """The runs of names that a folded text holds; a longer one begins with one of four."""
        phrases = self._phrases
        pairs = list(map(concat, text, text[1:]))
        places = [*compress(count(), map(phrases.__contains__, map(concat, pairs, pairs[2:])))]
        found = {text[at : at + 4] for at in places}
        for length in range(5, PHRASE + 1):
            found.update(run for at in places if (run := text[at : at + length]) in phrases)
        return found

    def _telling(self) -> Iterator[tuple[str, list[int]]]:
        """The runs that stand in fewer reports than their two parts together."""
        parts = self._held | self._triples | self._phrases
        bits: dict[str, int] = {}
        for run, numbers in chain(self._triples.items(), self._phrases.items()):
            both = run[:-1], run[1:]
            if not numbers or any(len(parts[part]) == len(numbers) for part in both):
                continue
            for part in both:
                if part not in bits:
                    bits[part] = _bits(parts[part], self.count)
            if (bits[both[0]] & bits[both[1]]).bit_count() != len(numbers):
                yield run, numbers


def _size(shard: Shard) -> int:
    return sum(
        len(gram.encode()) + len(text) + len('"":"",') for gram, text in shard.entries.items()
    )


def phrases(names: Iterable[str]) -> set[str]:
    """The runs of four to six Han characters in names."""
    texts = {fold(name) for name in names}
    return {
        text[at : at + length]
        for text in texts
        for length in range(4, PHRASE + 1)
        for at in range(len(text) - length + 1)
        if is_han(text[at : at + length])
    }


def encode(numbers: Sequence[int], count: int) -> str:
    """Rising numbers below `count` as text: gaps, or the gaps of all others behind a `~`."""
    if len(numbers) * 2 > count:
        others = set(range(count)).difference(numbers)
        return ALL_BUT + _gaps(sorted(others))
    return _gaps(numbers)


def _gaps(numbers: Sequence[int]) -> str:
    return "".join(_gap(number - before - 1) for before, number in pairwise((-1, *numbers)))


def signs_of(number: int) -> str:
    """A number from 0 as text, of as few signs as it needs; the last one says that it ends."""
    if number < BASE:
        return SIGNS[number]
    return SIGNS[BASE + number % BASE] + signs_of(number // BASE)


_gap = cache(signs_of)


def _bits(numbers: Iterable[int], count: int) -> int:
    found = bytearray(count // 8 + 1)
    for number in numbers:
        found[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(found, "little")


def column(numbers: Sequence[int]) -> tuple[int, str]:
    """Small numbers, one for each report, as text: how many signs each takes, and the signs."""
    base, width = len(SIGNS), 1
    while max(numbers, default=0) >= base**width:
        width += 1
    places = [base**place for place in reversed(range(width))]
    return width, "".join(SIGNS[n // place % base] for n in numbers for place in places)
