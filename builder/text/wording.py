"""What changed inside a text, in runs that a person reads: whole numbers, whole words, and
Han characters one by one, without confetti of single kept characters between changes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from builder.text.prose import CHINESE

_NUMBER = r"[0-9]+(?:[.,:/-][0-9]+)*%?"
_TOKEN = re.compile(rf"{_NUMBER}|[A-Za-z]+|\s+|.", re.DOTALL)
_SENTENCE = re.compile(r"[^。；;！？!?\n]*[。；;！？!?\n]+|[^。；;！？!?\n]+")
_STOPS = "。；，、：！？\n"

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})

MOST = 1_000_000  # steps of a comparison: it costs the product of the lengths
SHORT = 3  # kept characters between two changes that only disturb the eye
AROUND = 12  # characters shown of what stayed the same

Kind = Literal["kept", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that was kept, is gone, or is new."""

    kind: Kind
    text: str


def runs(old: str, new: str) -> tuple[Run, ...]:
    """How `old` became `new`; the kept and gone runs make `old`, the kept and new ones `new`."""
    if old == new:
        return (Run("kept", old),) if old else ()
    pieces = list(_edits(_TOKEN.findall(old), _TOKEN.findall(new)))
    return tuple(_told(_settled(pieces)))


def visible(text: str) -> str:
    """A text in one line in which nothing hides or steers a terminal: `〔U+202E〕`."""
    return "".join(
        f"〔U+{ord(c):04X}〕" if unicodedata.category(c) in _HIDDEN else c
        for c in re.sub(r"\r\n?|\n", "⏎", text).replace("\t", " ")
    )


def shortened(found: Sequence[Run], around: int = AROUND) -> tuple[Run, ...]:
    """Runs with the middle of long kept ones left out, for where there is little room."""
    short = []
    for position, run in enumerate(found):
        text, last = run.text, len(found) - 1
        head = around if position else 0
        tail = around if position < last else 0
        if run.kind == "kept" and len(text) > head + tail + 2:
            text = text[:head] + "…" + (text[-tail:] if tail else "")
        short.append(Run(run.kind, text))
    return tuple(short)


Edit = tuple[str, str, str]
"""What is kept, then what is gone, then what is new in its place."""


def _edits(old: Sequence[str], new: Sequence[str]) -> Iterator[Edit]:
    """Edits from token to token; texts too long for that sentence by sentence first."""
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    kept = "".join(old[:head])
    old_rest, new_rest = old[head : len(old) - tail], new[head : len(new) - tail]
    if not old_rest or not new_rest:
        yield kept, "".join(old_rest), "".join(new_rest)
    elif len(old_rest) * len(new_rest) <= MOST:
        yield kept, "", ""
        yield from _matched(old_rest, new_rest)
    else:
        yield kept, "", ""
        yield from _by_sentence("".join(old_rest), "".join(new_rest))
    yield "".join(old[len(old) - tail :]), "", ""


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many tokens two sequences have in common at their beginning."""
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[Edit]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "".join(old[a:b]), "", ""
        else:
            yield "", "".join(old[a:b]), "".join(new[c:d])


def _by_sentence(old: str, new: str) -> Iterator[Edit]:
    olds, news = _SENTENCE.findall(old), _SENTENCE.findall(new)
    if len(olds) * len(news) > MOST:
        yield "", old, new
        return
    for kept, gone, put in _matched(olds, news):
        left, right = _TOKEN.findall(gone), _TOKEN.findall(put)
        if left and right and len(left) * len(right) <= MOST:
            yield from _edits(left, right)
        else:
            yield kept, gone, put


def _settled(edits: Sequence[Edit]) -> list[Edit]:
    """Edits joined where hardly anything is kept between them, and moved to where a reader
    would set them."""
    joined: list[Edit] = []
    for kept, gone, new in edits:
        if joined and not kept:
            before, left, right = joined[-1]
            joined[-1] = (before, left + gone, right + new)
        elif joined and not (gone or new) and not (joined[-1][1] or joined[-1][2]):
            joined[-1] = (joined[-1][0] + kept, "", "")
        else:
            joined.append((kept, gone, new))
    settled: list[Edit] = []
    for kept, gone, new in joined:
        if settled and (gone or new) and _is_crumb(kept, settled[-1], gone + new):
            before, left, right = settled[-1]
            settled[-1] = (before, left + kept + gone, right + kept + new)
        else:
            settled.append((kept, gone, new))
    return _slid(settled)


def _is_crumb(kept: str, before: Edit, after: str) -> bool:
    """Whether what is kept between two changes is too little to be worth showing as kept."""
    has_change = bool(before[1] or before[2])
    size = len(kept.strip())
    bare = not re.search(rf"[0-9A-Za-z{CHINESE}]", kept) or size < SHORT
    return has_change and bare and size <= max(len(before[1] + before[2]), len(after))


def _slid(edits: Sequence[Edit]) -> list[Edit]:
    """A lone insertion or deletion moved left to a punctuation mark: `完成三期。` is new, not
    `三期。完成`."""
    slid = list(edits)
    for at in range(len(slid) - 1):
        kept, gone, new = slid[at]
        change = gone or new
        if not change or (gone and new):
            continue
        following = slid[at + 1]
        for length in range(min(len(kept), len(change)) + 1):
            cut = kept[: len(kept) - length]
            moved = kept[len(kept) - length :]
            if not change.endswith(moved):
                break
            is_stop = not cut or cut[-1] in _STOPS
            if is_stop:
                turned = moved + change[: len(change) - length]
                slid[at] = (cut, turned, "") if gone else (cut, "", turned)
                slid[at + 1] = (moved + following[0], *following[1:])
                break
    return slid


def _told(edits: Sequence[Edit]) -> Iterator[Run]:
    for kept, gone, new in edits:
        if kept:
            yield Run("kept", kept)
        if gone:
            yield Run("gone", gone)
        if new:
            yield Run("new", new)
