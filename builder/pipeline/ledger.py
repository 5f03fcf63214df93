"""Why something was made: what went into each step, beside what did the last time, in signs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

import simplejson

from builder.pipeline.steps import Step

SIGNS = 8  # of a sum in hex: enough to see a change, and nothing is decided by it
WORDS = {
    "tool": "程序、Python 或库变了",
    "settings": "设置或规则变了",
    "theme": "主题变了",
    "engine": "排版用的系统库变了",
    "pdf": "PDF 从无到有或从有到无",
    "release": "--publish 变了",
    "data": "自评表变了",
    "years": "同一项目的其他年度变了",
    "revisions": "修订记录变了",
    "has_corrections": "更正页从无到有或从有到无",
    "made_of": "里面的自评表变了",
}
NEW, LOST, NEVER = "新的", "上次的结果不在缓存里，或已损坏", "不公开的内容从不留在缓存里"
MANY = 20
"""Things that one reason is told of by name."""

Notes = Mapping[str, Mapping[str, str]]


@dataclass(slots=True)
class Ledger:
    """What went into the steps of a build. `before` is the `packed` one of the last."""

    shared: Mapping[str, bytes]
    before: bytes = b""
    _notes: dict[str, dict[str, str]] = field(default_factory=dict)
    _made: list[tuple[Step, str, Sequence[str]]] = field(default_factory=list)

    def note(self, step: Step, name: str, parts: Mapping[str, bytes]) -> None:
        """Write down what goes into a step of one thing, by the names of the table."""
        signs = "".join(_signs(parts[key]) for key in sorted(parts))
        self._notes.setdefault(step.name, {})[name] = signs

    def made(self, step: Step, name: str, keys: Iterable[str], *, is_kept: bool = True) -> None:
        """Tell that something noted was not in the cache; nothing is written down of what may not
        be kept."""
        self._made.append((step, name, sorted(keys) if is_kept else ()))
        if not is_kept:
            self._notes[step.name].pop(name, None)

    @property
    def has_made(self) -> bool:
        """Whether anything was made."""
        return bool(self._made)

    def packed(self) -> bytes:
        """What the next build is compared with."""
        shared = {name: _signs(value) for name, value in self.shared.items()}
        return simplejson.dumps([shared, self._notes], ensure_ascii=False).encode()

    def told(self) -> Iterator[str]:
        """What was made in this build and why: a line for each step and reason."""
        known: tuple[Mapping[str, str], Notes] = ({}, {})
        if self.before:
            known = tuple(simplejson.loads(self.before))
        found: dict[tuple[str, str], list[str]] = {}
        for step, name, keys in self._made:
            reason = "、".join(self._changed(step, name, keys, *known))
            found.setdefault((step.words, reason), []).append(name)
        for (words, reason), names in found.items():
            more = f" 等 {len(names)} 项" if len(names) > MANY else ""
            yield f"{words}：{reason}：{'、'.join(names[:MANY])}{more}"

    def _changed(
        self, step: Step, name: str, keys: Sequence[str], shared: Mapping[str, str], notes: Notes
    ) -> list[str]:
        old, new = notes.get(step.name, {}).get(name), self._notes[step.name].get(name)
        if new is None:
            return [NEVER]
        if not shared or old is None:
            return [NEW]
        of_all = [key for key in sorted(step.shares) if _signs(self.shared[key]) != shared.get(key)]
        places = ((key, slice(i * SIGNS, (i + 1) * SIGNS)) for i, key in enumerate(keys))
        of_one = [key for key, place in places if old[place] != new[place]]
        return [WORDS[key] for key in (*of_all, *of_one)] or [LOST]


def _signs(value: bytes) -> str:
    return f"{crc32(value):08x}"
